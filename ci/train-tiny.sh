#!/usr/bin/env bash
# Trains fixtures/tiny again: ci/train-tiny.sh DIR [SEED]
# DIR/corpora holds <language>.txt files of natural text in the paper's 30 languages, as fixtures/README.md describes them; the checkpoint goes to
# DIR/tiny, or to DIR/seed-SEED. A run that was stopped goes on where it was.
# Needs SentencePiece's spm_train (Debian: apt-get install sentencepiece) and about 40 minutes on 2 cores.
set -euo pipefail
[ $# -ge 1 ] && [ -d "$1/corpora" ] || { echo "usage: ci/train-tiny.sh DIR [SEED], where DIR/corpora holds <language>.txt files" >&2; exit 2; }
command -v spm_train > /dev/null || { echo "spm_train is missing; install Debian's package 'sentencepiece'." >&2; exit 3; }
work=$(cd "$1" && pwd)
seed=${2:-1234}
out=tiny
[ "$seed" = 1234 ] || out="seed-$seed"
project=$(cd "$(dirname "$0")/.." && pwd)

# Relative paths, so that the command in the provenance is the same wherever this runs.
cd "$work"
ln -sfn "$project/fixtures" fixtures
dotnet build -c Release "$project/src/Repro.Cli" -v quiet
repro() { dotnet "$project/artifacts/bin/Repro.Cli/release/repro.dll" "$@"; }

mkdir -p shape
cp fixtures/tiny/config.json shape/
if [ ! -e shape/tokenizer.model ]; then
  repro corpus lines --corpus corpora --hold-out fixtures/corpora --hold-out fixtures/further --out shape/lines.txt
  spm_train --input=shape/lines.txt --model_prefix=shape/tokenizer --vocab_size=4096 --model_type=bpe \
    --character_coverage=0.99 --byte_fallback=true --split_digits=true --normalization_rule_name=identity \
    --remove_extra_whitespaces=false --allow_whitespace_only_pieces=true --add_dummy_prefix=true \
    --pad_id=-1 --unk_id=0 --bos_id=1 --eos_id=2 --num_threads=2 --input_sentence_size=0 \
    --shuffle_input_sentence=false --max_sentence_length=16384
fi
repro train --corpus corpora --hold-out fixtures/corpora --hold-out fixtures/further --language-tokens 150000 \
  --shape shape/config.json --steps 10000 --learning-rate 5e-3 --keep-at 1000 3333 --seed "$seed" --out "$out"
