#!/usr/bin/env bash
# Runs our workloads and those of the peers in turn and writes Tests/Benchmark/RESULTS.md, which no other hand does.
# What is run, against whom and with which goal stands in Tests/Benchmark/workloads.txt.
#
#   MSE_CORPUS  folder with `bench` in it, whose scripts run the peers (default ../shared); without it no peers
#   ROUNDS      how often everything is run, ours and theirs in turn (default 3); the median of the rounds counts, and
#               of their ratios: a round's two figures are of the same minute
#   WORKLOADS   only these, by name (default: all)
set -euo pipefail
cd "$(dirname "$0")/../.."
list=Tests/Benchmark/workloads.txt
out=Tests/Benchmark/RESULTS.md
binary=${BENCHMARK:-.build/release/benchmark}
corpus=${MSE_CORPUS:-../shared}
python=.build/bench-venv/bin/python
work=$(mktemp -d)
export BENCH_TMP=$work
trap 'rm -rf "$work"' EXIT
: >"$work/figures"

rows() { sed -n "s/^$1 *| *//p" "$list"; }
field() { echo "$1" | cut -d '|' -f "$2" | sed 's/^ *//; s/ *$//'; }

# The peers' interpreter with what they need; prints why there is none.
peers() {
  [ -d "$corpus/bench" ] || { echo "no corpus (MSE_CORPUS): the peers were not run"; return; }
  [ -x "$python" ] || python3 -m venv .build/bench-venv >"$work/venv" 2>&1 ||
    { echo "no python3-venv: the peers were not run"; return; }
  local row pin words
  while IFS= read -r row; do
    pin=$(grep -m 1 -o "\b$(field "$row" 1)==[0-9.]*" "$corpus/bench/requirements.txt")
    read -r -a words <<<"$(field "$row" 2)"
    "$python" -m pip install -q --disable-pip-version-check "${words[@]}" "$pin" >"$work/venv" 2>&1 ||
      { echo "PyPI cannot be reached: the peers were not run"; return; }
  done < <(rows package)
}

# Our figures: name, round, value, unit; of a workload of `benchmark`, or of a script of ours over the built program.
ours() {
  local words
  read -r -a words <<<"$(rows script | sed -n "s/^$1 *| *//p")"
  if [ "${#words[@]}" -gt 0 ]; then python3 "Tests/Scripts/${words[0]}" "${words[@]:1}"; else "$binary" "$1"; fi |
    awk -F '\t' -v OFS='\t' -v round="$round $1" '{ print $2 "@mse", round, $3, $4 }' >>"$work/figures"
}

# What a peer is run by: its interpreter, or a compiled program; TMP/ in its words is where our workloads leave files.
peer() {
  local script=$1 words=("${@:2}")
  case $script in
    *.c)
      local program=$work/$(basename "$script" .c)
      [ -x "$program" ] || cc -O2 "$corpus/bench/$script" -o "$program" $(pkg-config --cflags --libs libxml-2.0) || return
      "$program" "${words[@]/#TMP\//$work/}"
      ;;
    *) "$python" "$corpus/bench/$script" "${words[@]/#TMP\//$work/}" ;;
  esac
}

# A peer's figures beside the workload $1, by its processor time where it says it: that drifts less on a shared machine.
theirs() {
  BENCH_REPEATS=${BENCH_REPEATS:-3} BENCH_SECONDS=${BENCH_SECONDS:-0.3} \
    peer "${@:2}" 2>>"$work/errors" | "$python" -c '
import json, sys
for line in sys.stdin:
    record = json.loads(line)
    rate = record.get("cpu") or record.get("wall")
    if rate:
        print(record["bench"] + "@" + record["engine"], sys.argv[1], rate["median"], record["unit"], sep="\t")
' "$round $1" >>"$work/figures" || echo "failed: ${*:2}" >&2
}

missing=$(peers)
[ -z "$missing" ] || echo "$missing" >&2
for round in $(seq "${ROUNDS:-3}"); do
  while IFS= read -r row; do
    name=$(field "$row" 1)
    [ -z "${WORKLOADS:-}" ] || [[ " $WORKLOADS " == *" $name "* ]] || continue
    echo "round $round: $name" >&2
    # what was written before is on the disk by now, and disturbs nobody
    sync
    ours "$name"
    while read -r -a script; do
      [ -n "$missing" ] || [ "${#script[@]}" -eq 0 ] || theirs "$name" "${script[@]}"
    done < <(field "$row" 2 | tr ';' '\n')
  done < <(rows run)
done

{
  echo "# Measured"
  echo
  echo "Written by \`make bench\` at commit $(git rev-parse --short HEAD), release build, $(nproc) cores, median of ${ROUNDS:-3} rounds,"
  echo "ours and the peers' in turn; a ratio is the median of the rounds' own. Rates are by processor time. Absolute figures"
  echo "of shared machines move by two to ten between minutes: judge the ratio. Workloads, peers and goals: \`workloads.txt\`."
  [ -z "$missing" ] || printf '\n%s.\n' "${missing^}"
  echo
  echo "| Figure | mse | Unit | Beside | Its figure | Ratio | Goal | Holds |"
  echo "| --- | ---: | --- | --- | ---: | ---: | ---: | --- |"
  LC_ALL=C awk -F '\t' -v list="$list" '
    function trim(text) { gsub(/^ +| +$/, "", text); return text }
    function sort(items, count,   i, j, item) {
      for (i = 2; i <= count; i++) {
        item = items[i]
        for (j = i - 1; j > 0 && items[j] > item; j--) items[j + 1] = items[j]
        items[j + 1] = item
      }
    }
    function median(figure, beside,   count, i, run, items) {
      for (i = 1; i <= runs; i++) {
        run = order[i]
        if ((figure, run) in value && (beside == "" || (beside, run) in value))
          items[++count] = value[figure, run] / (beside == "" ? 1 : value[beside, run])
      }
      sort(items, count)
      return items[int((count + 1) / 2)]
    }
    function shown(number) { return number >= 1000 ? sprintf("%.0f", number) : sprintf("%.4g", number) }
    function verdict(number, goal,   parts) {
      if (goal == "") return ""
      split(goal, parts, " ")
      return (parts[1] == ">=" ? number >= parts[2] : number <= parts[2]) ? "yes" : "**no**"
    }
    !($2 in seen) { seen[$2]; order[++runs] = $2 }
    { value[$1, $2] = $3 + 0; unit[$1] = $4 }
    END {
      while ((getline line < list) > 0) {
        split(line, parts, "|")
        kind = trim(parts[1]); figure = trim(parts[2]); mine = figure "@mse"
        if (kind != "compare" && kind != "limit" || !(mine in unit)) continue
        told[mine] = 1
        goal = trim(parts[kind == "limit" ? 3 : 4])
        row = "| " figure " | " shown(median(mine)) " | " unit[mine] " | "
        if (kind == "limit") {
          print row trim(parts[4]) " | | | " goal " | " verdict(median(mine), goal) " |"
          continue
        }
        peer = trim(parts[3])
        if (peer in unit) {
          ratio = median(mine, peer)
          print row peer " | " shown(median(peer)) " | " sprintf("%.2f", ratio) " | " goal " | " verdict(ratio, goal) " |"
        } else print row peer " | | | " goal " | |"
      }
      for (mine in unit) if (mine ~ /@mse$/ && !(mine in told)) {
        figure = mine; sub(/@mse$/, "", figure)
        rest[++count] = "| " figure " | " shown(median(mine)) " | " unit[mine] " | | | | | |"
      }
      sort(rest, count)
      for (i = 1; i <= count; i++) print rest[i]
    }' "$work/figures"
} >"$out.new"
mv "$out.new" "$out"
cat "$out"
