#!/usr/bin/env bash
# Importance and evaluation at the shape of LLaMA-2-7B, this project and then PyTorch on the same device in one run:
#   ci/gpu-benchmark.sh DIR [--device cuda:0] [--layers 32] [--documents 16] [--tokens 512]
# DIR gets repro.json and pytorch.json. REPRO_LIBTORCH may name the lib folder of the Python torch that is compared with.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: ci/gpu-benchmark.sh DIR [--device cuda:0] [--layers N] [--documents N] [--tokens N]" >&2; exit 2; }
out=$(mkdir -p "$1" && cd "$1" && pwd)
shift
cd "$(dirname "$0")/.."
dotnet run -c Release --project tests/Repro.Benchmarks ${TORCH_BACKEND:+-p:TorchBackend=$TORCH_BACKEND} -- full-size "$@" --out "$out/repro.json"
python3 ci/compare-pytorch.py "$@" --out "$out/pytorch.json"
python3 - "$out" <<'PYTHON'
import json, sys
sides = [json.load(open(f"{sys.argv[1]}/{name}.json")) for name in ("repro", "pytorch")]
print(f"{'':24}" + "".join(f"{s['program']:>24}" for s in sides))
for name in ("evaluation", "importance"):
    print(f"{name + ' tokens/s':24}" + "".join(f"{s[name]['tokensPerSecond']:>24,.0f}" for s in sides))
    print(f"{'  share of GEMM':24}" + "".join(f"{s[name]['shareOfGemm']:>23.0%} " for s in sides))
PYTHON
