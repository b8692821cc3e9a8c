#!/usr/bin/env bash
# Installs the Debian packages that some tests use where they are found: Slurm, a browser, two shells, a clock that can be set. What can't be
# installed is said, and its tests are skipped with a reason. Extra arguments are packages instead of those.
set -uo pipefail
packages=("$@")
[ $# -gt 0 ] || packages=(slurm-wlm munge chromium chromium-driver zsh fish faketime)
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo --non-interactive)
if "${as_root[@]}" apt-get update --quiet --quiet && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --quiet --no-install-recommends "${missing[@]}" > /dev/null; then
  echo "Installed for the tests: ${missing[*]}."
else
  echo "Not installed, so that their tests are skipped: ${missing[*]}."
fi
