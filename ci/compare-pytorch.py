#!/usr/bin/env python3
"""The work of `Repro.Benchmarks full-size` in PyTorch, on the same shape, tokens and device, with the same fields of JSON.

Needs torch and transformers; nothing in the build or the tests does.
"""
import argparse
import json
import sys
import time

try:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM
except ImportError as missing:
    sys.exit(f"compare-pytorch.py: {missing.name} is missing; install torch and transformers to compare with them.")


def seconds(work, device, repeats):
    work()
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return (time.perf_counter() - start) / repeats


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--layers", type=int, default=32)
    parser.add_argument("--documents", type=int, default=16, help="documents of a batch")
    parser.add_argument("--tokens", type=int, default=512, help="tokens of a document")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out")
    options = parser.parse_args()

    device = torch.device(options.device)
    torch.manual_seed(1234)
    config = LlamaConfig(
        vocab_size=32000, hidden_size=4096, intermediate_size=11008, num_hidden_layers=options.layers, num_attention_heads=32,
        num_key_value_heads=32, max_position_embeddings=4096, rms_norm_eps=1e-5, attn_implementation="sdpa", torch_dtype=torch.bfloat16)
    with torch.device(device):
        torch.set_default_dtype(torch.bfloat16)
        model = LlamaForCausalLM(config)
        torch.set_default_dtype(torch.float32)
    ids = torch.randint(3, 32000, (options.documents, options.tokens), device=device)
    block = {name: weight for name, weight in model.named_parameters() if "layers." in name}
    sums = {name: torch.zeros_like(weight, dtype=torch.float32) for name, weight in block.items()}
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)

    def evaluate():
        with torch.inference_mode():
            logits = model(ids[:, :-1], use_cache=False).logits
            torch.nn.functional.cross_entropy(logits.float().flatten(0, 1), ids[:, 1:].flatten(), reduction="none")

    def importance():
        logits = model(ids[:, :-1], use_cache=False).logits
        loss = torch.nn.functional.cross_entropy(logits.float().flatten(0, 1), ids[:, 1:].flatten())
        gradients = torch.autograd.grad(loss, list(block.values()))
        for total, gradient in zip(sums.values(), gradients):
            total.add_(gradient.float())

    side = 8192 if device.type == "cuda" else 2048
    left = torch.randn(side, side, device=device, dtype=torch.bfloat16)
    gemm = 2 * side**3 / seconds(lambda: left @ left, device, options.repeats)
    predicted = options.documents * (options.tokens - 1)
    head = 32000 * 4096
    forward = 2 * (sum(w.numel() for w in block.values()) + head + options.layers * 2 * (options.tokens / 2) * 4096)
    result = {"program": f"PyTorch {torch.__version__}", "device": torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu",
              "layers": options.layers, "documents": options.documents, "tokens": options.tokens, "gemmFlops": gemm}
    for name, work, cost in (("evaluation", evaluate, 1), ("importance", importance, 3)):
        elapsed = seconds(work, device, options.repeats)
        result[name] = {"tokensPerSecond": predicted / elapsed, "shareOfGemm": cost * forward * predicted / elapsed / gemm}
    result["peakDeviceBytes"] = torch.cuda.max_memory_reserved(device) if device.type == "cuda" else None
    text = json.dumps(result, indent=2)
    print(text)
    if options.out:
        with open(options.out, "w", encoding="utf-8") as file:
            file.write(text + "\n")


main()
