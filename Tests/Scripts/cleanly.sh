#!/usr/bin/env bash
# Runs a command with a temporary folder of its own, which every user can read, and removes it after.
set -uo pipefail
TMPDIR=$(mktemp -d)
export TMPDIR
chmod 755 "$TMPDIR"
trap 'rm -rf "$TMPDIR"' EXIT
"$@"
