#!/usr/bin/env bash
# Fuzzes forms, answers and expressions with libFuzzer.
#
#   MINUTES  how long (default 10); what it has learnt stays in .build/fuzz-forms/corpus for the next run
#
# A finding is left in .build/fuzz-forms/found-*: mend it and put the file into Tests/Fuzz/Forms/Found.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=.build/fuzz-forms
corpus=$work/corpus
sanitizer=fuzzer
mkdir -p "$corpus"
. Tests/Scripts/fuzz-modules.sh
compile_modules Diagnostics XML FEEL XForms
swiftc "${swift_options[@]}" -module-name Fuzz Tests/Fuzz/Forms/Entry.swift Tests/XFormsTests/FormFuzzTarget.swift \
  "$work"/{Diagnostics,XML,FEEL,XForms,CXML}.o $(pkg-config --libs libxml-2.0) -o "$work/fuzz"

# What to start from: our forms and the answers to them, and every expression of the cases.
for file in Forms/*.xml Samples/demo/answers/*.xml Tests/XFormsTests/Cases/forms/*.xml; do
  cp "$file" "$corpus/$(echo "$file" | tr / -)"
done
awk -v folder="$corpus" '!/^[=!#]/ && NF { file = folder "/case-" NR; printf "%s", $0 > file; close(file) }' \
  Tests/XFormsTests/Cases/xpath/*.txt

# A quarter of the stack that threads have: what just fits is not enough.
ulimit -s 2048
SWIFT_BACKTRACE=enable=no exec nice -n 10 "$work/fuzz" -dict=Tests/Fuzz/Forms/forms.dict \
  -artifact_prefix="$work/found-" -max_total_time=$((${MINUTES:-10} * 60)) -timeout=60 -rss_limit_mb=2048 \
  -max_len=20000 -len_control=500 -print_final_stats=1 -verbosity=1 "$corpus" Tests/Fuzz/Forms/Found
