#!/usr/bin/env bash
# Formatting, build and tests, those of Slurm on a local one where it can be had; the last line counts the tests. Extra arguments go to the build, for example -p:SnapshotEngine=Verify.
set -uo pipefail
cd "$(dirname "$0")/.."

dotnet build "$@" || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
dotnet format whitespace --no-restore --verify-no-changes || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

log=$(mktemp) slurm=$(mktemp -d)
trap 'rm -rf "$log" "$slurm"' EXIT
if [ -n "${SLURM_CONF-}" ]; then
  echo "Slurm tests use $SLURM_CONF."
elif said=$(bash ci/slurm-local.sh start "$slurm" 2>&1); then
  trap 'bash ci/slurm-local.sh stop "$slurm"; rm -rf "$log" "$slurm"' EXIT
  eval "$(grep '^export ' <<< "$said")"
  echo "Slurm tests use a local Slurm in $slurm."
else
  echo "Slurm tests are skipped. $said"
fi

dotnet test --no-build "$@" 2>&1 | tee "$log"
status=$?

size=$(du -sm artifacts | cut -f1)
echo "build output: $size MB"
if [ "$size" -ge 1024 ]; then
  echo "The build output must stay under 1 GB."
  status=1
fi

count() { grep -oE "$1: +[0-9]+" "$log" | grep -oE '[0-9]+' | awk '{ n += $1 } END { print n + 0 }'; }
passed=$(count Passed) failed=$(count Failed) skipped=$(count Skipped)
[ "$((passed + failed))" -gt 0 ] || status=1
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
