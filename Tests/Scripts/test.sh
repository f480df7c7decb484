#!/usr/bin/env bash
# The tests, the style, our own definitions and the demo; skipped suites are named at the end.
set -uo pipefail
cd "$(dirname "$0")/../.."
log=$(mktemp)
trap 'rm -f "$log" "$log.demo"' EXIT
status=0
swift test --skip-build 2>&1 | tee "$log" || status=1
swift format lint --strict -r Sources Tests Package.swift || status=1
.build/debug/mse lint --human Workflows Forms || status=1
rm -rf demo-out
if .build/debug/mse demo --keep demo-out >"$log.demo" 2>&1; then tail -n 6 "$log.demo"; else
  cat "$log.demo"
  status=1
fi
echo "--- skipped:"
grep '^skipped:' "$log" || echo "nothing"
grep -E 'Test run with' "$log" | tail -n 1
exit $status
