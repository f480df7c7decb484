#!/usr/bin/env bash
# Runs the outside suites, writes Tests/Conformance/RESULTS.md and fails where a score is below its floor.
set -uo pipefail
cd "$(dirname "$0")/../.."
corpus=${MSE_CORPUS:-../shared}
binary=${CONFORMANCE:-.build/release/conformance}
out=Tests/Conformance/RESULTS.md
reasons=Tests/Conformance/reasons.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
{
  echo "# Conformance"
  echo
  echo "Written by \`make conformance\`: the last line of every outside suite, and the floor it must not fall below."
  echo
  echo "| Suite | Result | Floor |"
  echo "| --- | --- | ---: |"
} >"$out.new"
# name, folder, floor of the first number in the last line
while read -r name folder floor; do
  "$binary" "$name" "$corpus/$folder" >"$work/$name"
  line=$(tail -n 1 "$work/$name")
  echo "$line"
  echo "| $name | ${line#*: } | $floor |" >>"$out.new"
  passed=$(echo "${line#*: }" | grep -oE '[0-9]+' | head -n 1)
  if [ "${passed:-0}" -lt "$floor" ]; then
    echo "below its floor: $name"
    status=1
  fi
done <<FLOORS
dmn-tck dmn-tck/TestCases 2595
bpmn-read bpmn-corpus 304
round-trip bpmn-corpus/miwg/reference 10
merkle vectors/merkle-rfc6962.jsonl 196
bad-xml bad-xml 156
bad-xml-others bad-xml 226
xpath xforms-corpus/xpath 1716
xforms xforms-corpus 240
betsy bpmn-corpus/betsy 70
must-reject bpmn-corpus/betsy/must-reject 160
FLOORS
# every miss of the suites that have reasons, by reason
for name in $(grep -v '^#' "$reasons" | cut -d '|' -f 1 | sort -u); do
  [ -e "$work/$name" ] || continue
  printf '\n## Misses of %s\n\n' "$name" >>"$out.new"
  awk -F ' *[|] *' -v suite="$name" '
    FNR == NR { if ($1 == suite) { start[++count] = "FAIL " $2; reason[count] = $3 } next }
    /^FAIL / {
      why = "**no reason is known**"
      for (i = 1; i <= count; i++) if (index($0, start[i]) == 1) why = reason[i]
      if (!(why in cases)) order[++kinds] = why
      cases[why] = cases[why] "\n- " substr($0, 6)
    }
    END { for (i = 1; i <= kinds; i++) printf "%s%s:\n%s\n", (i > 1 ? "\n" : ""), order[i], cases[order[i]] }
  ' "$reasons" "$work/$name" >>"$out.new"
done
mv "$out.new" "$out"
exit $status
