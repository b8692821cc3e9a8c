#!/usr/bin/env bash
# The nightly run on a GPU runner:
#   ci/nightly-gpu.sh check          what the runner needs is there
#   ci/nightly-gpu.sh build          builds with CUDA
#   ci/nightly-gpu.sh verify DIR     verifies the profiles in REPRO_PROFILES, reports into DIR, and says how it ended:
#                                    class=expected, class=regression (a verdict or number differs) or class=infrastructure,
#                                    and in drift= the profiles whose numbers drifted from earlier nights
# A profile that was decided is a run of the history, REPRO_HISTORY (default ~/.local/state/repro/nightly.db). How each profile ended,
# decided or not, is a line of DIR/nightly.log.
set -uo pipefail
cd "$(dirname "$0")/.."
profiles=${REPRO_PROFILES:-llama2-7b llama2-13b}
device=${REPRO_DEVICE:-cuda:all}
history=${REPRO_HISTORY:-$HOME/.local/state/repro/nightly.db}

checkpoint_of() { case $1 in llama2-7b) echo "${REPRO_LLAMA2_7B:-}" ;; llama2-13b) echo "${REPRO_LLAMA2_13B:-}" ;; esac; }
variable_of() { case $1 in llama2-7b) echo REPRO_LLAMA2_7B ;; llama2-13b) echo REPRO_LLAMA2_13B ;; esac; }
# Sums of all readings and of the untrained control, as 'repro plan' counts them, in GB.
disk_of() { case $1 in llama2-7b) echo 2100 ;; llama2-13b) echo 4000 ;; esac; }
repro() { if [ -n "${REPRO_PROGRAM:-}" ]; then bash "$REPRO_PROGRAM" "$@"; else dotnet run --no-build -c Release --project src/Repro.Cli -p:TorchBackend=cuda -- "$@"; fi; }

missing() { echo "infrastructure: $1" >&2; bad=1; }

check() {
  bad=0
  command -v nvidia-smi > /dev/null && nvidia-smi -L || missing "nvidia-smi finds no GPU; install the driver."
  [ -d "${REPRO_CORPUS:-}" ] || missing "REPRO_CORPUS names no folder; set it to the corpus of the full-size profiles."
  for profile in $profiles; do
    [ -n "$(variable_of "$profile")" ] || { missing "there is no profile $profile."; continue; }
    [ -f "$(checkpoint_of "$profile")/config.json" ] || missing "$(variable_of "$profile") names no checkpoint; set it to the folder of $profile."
  done
  free=$(df -Pk "${XDG_CACHE_HOME:-$HOME}" | awk 'NR == 2 { print int($4 / 1000000) }')
  need=${REPRO_MIN_DISK_GB:-$(for profile in $profiles; do disk_of "$profile"; done | awk '{ n += $1 } END { print n + 0 }')}
  [ "$free" -ge "$need" ] || missing "$free GB of disk are free for results; $need are needed."
  return "$bad"
}

# Exit codes of 'repro verify': 0 as expected, 1 a verdict or golden differs, 2 bad input, 3 the environment, 130 stopped.
class_of() { case $1 in 0) echo expected ;; 1) echo regression ;; *) echo infrastructure ;; esac; }

# What became of a profile's record; the program says on standard error when it could not write one.
record_of() { case $1 in infrastructure) echo "not recorded, for nothing was decided" ;; *) grep '^repro: this run is not recorded' "$2" || echo recorded ;; esac; }

verify() {
  mkdir -p "$1" "$(dirname "$history")"
  worst=expected
  drift=
  for profile in $profiles; do
    begun=$(date -u +%s)
    rm -f "$1/$profile/results.json"
    repro verify --profile "$profile" --device "$device" --history "$history" --out "$1/$profile" > "$1/$profile.log" 2> "$1/$profile.err"
    code=$?
    tail -n 4 "$1/$profile.log"
    tail -n 4 "$1/$profile.err" >&2
    class=$(class_of "$code")

    # Exit code 1 is also that of a program that broke: without a report no claim was decided.
    [ "$class" != regression ] || [ -f "$1/$profile/results.json" ] || class=infrastructure
    record=$(record_of "$class" "$1/$profile.err")
    echo "$(date -u +%FT%TZ) $profile: $class, exit code $code, $(($(date -u +%s) - begun)) s; $record" | tee -a "$1/nightly.log"
    if [ "$record" = recorded ]; then
      repro history drift --profile "$profile" --history "$history" > "$1/$profile.drift.txt"
      [ $? -ne 1 ] || drift="$drift $profile"
      cat "$1/$profile.drift.txt"
    fi
    case $class in regression) worst=regression ;; infrastructure) [ "$worst" = regression ] || worst=infrastructure ;; esac
  done
  repro history --history "$history" | tee "$1/history.txt"
  [ ! -f "$history" ] || cp "$history" "$1/history.db"
  printf 'drift=%s\nclass=%s\n' "${drift# }" "$worst" | tee -a "${GITHUB_OUTPUT:-/dev/null}"
  return 0
}

case ${1:-} in
  check) check ;;
  build) dotnet build -c Release src/Repro.Cli -p:TorchBackend=cuda ;;
  verify) [ $# -eq 2 ] || { echo "usage: ci/nightly-gpu.sh verify DIR" >&2; exit 2; }; verify "$2" ;;
  *) echo "usage: ci/nightly-gpu.sh check | build | verify DIR" >&2; exit 2 ;;
esac
