#!/usr/bin/env bash
# Mutation tests of what decides: changes regions, statistics, claims and goldens one operator at a time and says which changes no test notices.
#   ci/mutation.sh [PROJECT ...]     of Repro.Engine and Repro.Paper; without any, both
# Works on a copy, and leaves a report with every mutant of a project in $MUTATION_REPORTS, by default mutation-reports in the temporary folder.
# What is mutated and which tests are run stands in stryker-config.json beside the tests. Those that measure a model are left out: a mutant should be
# killed by a unit test of its own folder.
set -euo pipefail
cd "$(dirname "$0")/.."
# Mutants are tested side by side, each on one thread: the threads of two that have several wait for one another.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 OMP_NUM_THREADS=1

# 5.1.0 takes a first run of filtered tests for one that was cut short.
version=5.0.0
reports=${MUTATION_REPORTS:-${TMPDIR:-/tmp}/mutation-reports}
projects=("$@")
[ $# -gt 0 ] || projects=(Repro.Engine Repro.Harness)
for project in "${projects[@]}"; do
  [ -f "tests/$project.Tests/stryker-config.json" ] || { echo "There is nothing to mutate in '$project'; there are Repro.Engine and Repro.Harness." >&2; exit 2; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet tool install dotnet-stryker --version "$version" --tool-path "$work/tool" >/dev/null
mkdir "$work/copy"
git ls-files -z --cached --others --exclude-standard | tar --null --files-from - --create | tar --extract --directory "$work/copy"
for project in "${projects[@]}"; do
  (cd "$work/copy/tests/$project.Tests" && "$work/tool/dotnet-stryker" --output "$reports/$project" --skip-version-check)
done
