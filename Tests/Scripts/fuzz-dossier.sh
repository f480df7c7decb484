#!/usr/bin/env bash
# Fuzzes the layers that a message goes through before the case, with libFuzzer and AddressSanitizer.
#
#   MINUTES     how long (default 10); what it has learnt stays in .build/fuzz-dossier/corpus for the next run
#   MSE_CORPUS  folder with `bad-xml` in it, to start from too
#
# A finding is left in .build/fuzz-dossier/found-*: mend it and put the file into Tests/Fuzz/Dossier/Found.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=.build/fuzz-dossier
corpus=$work/corpus
sanitizer=fuzzer,address
sanitizer_of_c=-fsanitize=address
mkdir -p "$corpus"
. Tests/Scripts/fuzz-modules.sh
with_crypto
compile_modules Diagnostics XML FEEL XForms Dossier
swiftc "${swift_options[@]}" -module-name Fuzz Tests/Fuzz/Dossier/Entry.swift Tests/DossierTests/DossierFuzzTarget.swift \
  "$work"/{Diagnostics,XML,FEEL,XForms,Dossier,CXML}.o "${crypto[@]}" -lstdc++ $(pkg-config --libs libxml-2.0) -o "$work/fuzz"

# What to start from: the samples, and what others thought of to break a receiver.
for file in Samples/dossiers/*/*/*.xml Samples/cda/*/*.xml "${MSE_CORPUS:-../shared}"/bad-xml/{ok,bad}/*.xml; do
  [ ! -f "$file" ] || cp "$file" "$corpus/$(echo "${file#"${MSE_CORPUS:-../shared}"/}" | tr / -)"
done

SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 exec nice -n 10 "$work/fuzz" -dict=Tests/Fuzz/Dossier/dossier.dict \
  -artifact_prefix="$work/found-" -max_total_time=$((${MINUTES:-10} * 60)) -timeout=60 -rss_limit_mb=2048 \
  -max_len=20000 -len_control=500 -print_final_stats=1 -verbosity=1 "$corpus" Tests/Fuzz/Dossier/Found
