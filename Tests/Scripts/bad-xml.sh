#!/usr/bin/env bash
# Reads every file of the corpus of bad messages twice: watched, so that no socket and no foreign file is opened and the
# bait is never let out, and with AddressSanitizer.
#
#   MSE_CORPUS   folder with `bad-xml` in it (default ../shared)
#   CONFORMANCE  the program (default: that of the release build, else of the debug build)
set -euo pipefail
cd "$(dirname "$0")/../.."
corpus=$(cd "${MSE_CORPUS:-../shared}/bad-xml" && pwd)
binary=${CONFORMANCE:-.build/release/conformance}
[ -x "$binary" ] || binary=.build/debug/conformance
work=.build/bad-xml
mkdir -p "$work"
status=0

if command -v strace >/dev/null; then
  for suite in bad-xml bad-xml-others; do
    strace -f -qq -e trace=%network,open,openat,execve -o "$work/$suite.calls" "$binary" "$suite" "$corpus" >"$work/$suite.out" 2>&1
    if grep -E '^[0-9]+ +(socket|connect|bind|sendto)\(' "$work/$suite.calls"; then
      echo "$suite: a socket was opened"
      status=1
    fi
    # beside the system's own: the schemas, the keys and the messages themselves
    opened=$(grep -o '"/[^"]*"' "$work/$suite.calls" | tr -d '"' | sort -u |
      grep -vE "^(/lib|/usr/|/etc/ld|/proc/|/sys/|/dev/|/etc/(localtime|timezone|nsswitch))|[.]so([.][0-9]+)*$" |
      grep -vE "^$corpus/?((manifest.tsv|probe.xsd|xmldsig-profile.xsd)|(ok|bad|trust|third-party)(/.*)?)?$" |
      grep -vF "$(pwd)/" || true)
    if [ -n "$opened" ]; then
      echo "$suite: foreign files were opened: $opened"
      status=1
    fi
    if grep -q 'CANARY-XXE-LEAK' "$work/$suite.out"; then
      echo "$suite: the bait was let out"
      status=1
    fi
    echo "watched: $(tail -n 1 "$work/$suite.out")"
  done
else
  echo "skipped: no strace to watch the reader of bad messages"
fi

sanitizer=address
sanitizer_of_c=-fsanitize=address
. Tests/Scripts/fuzz-modules.sh
with_crypto
compile_modules Diagnostics XML Dossier
swiftc "${swift_options[@]}" -module-name BadXML -emit-executable -emit-module \
  -emit-module-path "$work/modules/BadXML.swiftmodule" Tests/Fuzz/Dossier/BadXML.swift Tests/Conformance/BadXML*.swift \
  "$work"/{Diagnostics,XML,Dossier,CXML}.o "${crypto[@]}" -lstdc++ $(pkg-config --libs libxml-2.0) -o "$work/bad-xml"
SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 "$work/bad-xml" "$corpus" >"$work/sanitized.out" 2>"$work/sanitizer" || status=1
cat "$work/sanitizer" >&2
grep '^FAIL' "$work/sanitized.out" && status=1
echo "with AddressSanitizer: $(tail -n 1 "$work/sanitized.out")"
exit $status
