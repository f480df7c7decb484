#!/usr/bin/env bash
# Runs the benchmark and writes Tests/Benchmark/RESULTS.md, which no other hand does.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=Tests/Benchmark/RESULTS.md
{
  echo "# Measured"
  echo
  echo "Written by \`make bench\` at commit $(git rev-parse --short HEAD), release build, $(nproc) cores. Peers are run by the scripts"
  echo "of the corpus' \`bench\` folder on the same machine; absolute figures of shared machines move by two to ten."
  echo
  echo "| Workload | Case | Figure | Unit |"
  echo "| --- | --- | ---: | --- |"
  .build/release/benchmark | while IFS=$'\t' read -r workload name value unit; do
    echo "| $workload | $name | $value | $unit |"
  done
} >"$out.new"
mv "$out.new" "$out"
cat "$out"
