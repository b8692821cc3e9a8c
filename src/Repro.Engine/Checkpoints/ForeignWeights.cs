namespace Repro.Engine.Checkpoints;

/// <summary>Weights in a format that is not read, and the way to one that is.</summary>
internal static class ForeignWeights
{
    private const string Danger = "which are pickle files and can run any code when they are opened; where you trust them";
    private static readonly string[] Pickles = ["pytorch_model*.bin", "model*.bin", "pytorch_model*.pt", "model*.pt", "*.pth"];

    /// <summary>One sentence on the weights of a folder without readable ones, or null where it has none of a known format.</summary>
    public static string? Complaint(string folder)
    {
        if (!Directory.Exists(folder))
            return null;
        if (First(folder, "adapter_model*") is { } adapter)
            return $"{folder} holds an adapter ({adapter}), not a model; merge it into its base model (merge_and_unload in peft) and save that as safetensors.";
        if (First(folder, "consolidated*.pth") is { } original)
            return $"{folder} holds weights in Meta's own format ({original}), {Danger}, convert them with python -m transformers.models.llama.convert_llama_weights_to_hf --input_dir '{folder}' --output_dir '{folder}-hf' --model_size 7B (or what its size is).";
        if (Pickles.Select(pattern => First(folder, pattern)).FirstOrDefault(name => name is not null) is { } pickle)
            return $"{folder} holds PyTorch weights ({pickle}), {Danger}, write them as safetensors with python -c \"from transformers import AutoModelForCausalLM as M; M.from_pretrained('{folder}', torch_dtype='auto').save_pretrained('{folder}-safetensors', safe_serialization=True)\" and copy the tokenizer's files.";
        return First(folder, "*.gguf") is { } gguf
            ? $"{folder} holds GGUF weights ({gguf}), which are not supported; use the Hugging Face checkpoint that they were made from."
            : null;
    }

    private static string? First(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).FirstOrDefault();
}
