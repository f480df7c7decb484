#!/usr/bin/env bash
# Fuzzes the FEEL parser and evaluator and the reading and making of decisions with libFuzzer.
#
#   MINUTES  how long (default 10); what it has learnt stays in .build/fuzz/corpus for the next run
#
# A finding is left in .build/fuzz/found-*: mend it and put the file into Tests/Fuzz/Found, where `make test` runs it.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=.build/fuzz
corpus=$work/corpus
sanitizer=fuzzer
mkdir -p "$corpus"
. Tests/Scripts/fuzz-modules.sh
compile_modules Diagnostics XML FEEL DMN
swiftc "${swift_options[@]}" -module-name Fuzz Tests/Fuzz/Entry.swift Tests/DMNTests/FuzzTarget.swift \
  "$work"/{Diagnostics,XML,FEEL,DMN,CXML}.o $(pkg-config --libs libxml-2.0) -o "$work/fuzz"

# What to start from: every expression of the cases, every decision of the workflows and tests.
awk -v RS= -v folder="$corpus" '{
  count = split($0, lines, "\n"); text = ""
  for (i = 1; i <= count; i++) if (lines[i] !~ /^[=!#]/) text = text (text == "" ? "" : "\n") lines[i]
  if (text != "" && length(text) < 2000) { file = folder "/case-" NR; printf "%s", text > file; close(file) }
}' Tests/FEELTests/Cases/*.txt
for file in Workflows/*/*.dmn Tests/DMNTests/Cases/*.dmn Samples/decisions/*.dmn; do
  cp "$file" "$corpus/$(echo "$file" | tr / -)"
done

# A quarter of the stack that threads have: what just fits is not enough.
ulimit -s 2048
SWIFT_BACKTRACE=enable=no exec nice -n 10 "$work/fuzz" -dict=Tests/Fuzz/feel.dict -artifact_prefix="$work/found-" \
  -max_total_time=$((${MINUTES:-10} * 60)) -timeout=60 -rss_limit_mb=2048 -max_len=20000 -len_control=500 \
  -print_final_stats=1 -verbosity=1 "$corpus" Tests/Fuzz/Found
