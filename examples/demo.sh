#!/usr/bin/env bash
# `make demo`: the six sample reports read into a store, then asked. Every line after a $ is a command you can type yourself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="$(cd "${BIN:-.venv/bin}" && pwd):$PATH"
store="${DEMO:-.demo}/store"
mkdir -p "$(dirname "$store")"
rm -f "$store" "$store"-wal "$store"-shm

say() { printf '\n\033[1m%s\033[0m\n' "$1" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi; }
run() { printf '$ %s\n' "$*"; "$@"; }

run onrecord add "$store" examples/reports
say "Who stands where: the pipeline, told by two outlets"
run onrecord positions "$store" --format table --text pipeline
say "Who said what, in whose words"
run onrecord statements "$store" --format table --form direct --since 2025-10-13 --limit 9
say "Who did what to whom"
run onrecord events "$store" --format table --status actual --since 2025-10-10 --limit 10
say "Who answers whom"
run onrecord threads "$store" --format table --until 2025-10-13
say "Next: . .venv/bin/activate, then onrecord show $store ID, onrecord standing $store, onrecord brief $store --actor Iran -o brief.html, docs/tutorial.md"
