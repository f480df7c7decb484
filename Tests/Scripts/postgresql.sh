#!/usr/bin/env bash
# A PostgreSQL server for tests: says where it is, obeys the lines it reads (restart), and is gone when its input ends.
set -euo pipefail
bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || { echo "PostgreSQL is not installed" >&2; exit 3; }
# not in TMPDIR: the path of a socket must be short, and the user `postgres` must get there
folder=$(mktemp -d /tmp/mse-pg-XXXXXX)
chmod 700 "$folder"
if [ "$(id -u)" = 0 ]; then
  chown postgres: "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
else
  as=()
fi
pg() { (cd "$folder" && "${as[@]}" env -i PATH="$bin:/usr/bin:/bin" LC_ALL=C.UTF-8 "$@" >>"$folder/log" 2>&1 </dev/null); }
# fsync is off: no test of ours cuts the power, and the machine's disk is shared; MSE_PG_FSYNC=on for figures of durable steps
start() {
  pg pg_ctl -D "$folder/data" -l "$folder/server.log" -w -t 60 \
    -o "-k $folder -c listen_addresses='' -c fsync=${MSE_PG_FSYNC:-off} -c full_page_writes=${MSE_PG_FSYNC:-off} -c shared_buffers=64MB -c max_connections=300" start
}
stop() { pg pg_ctl -D "$folder/data" -m immediate -w stop; }
trap 'stop || true; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM HUP
"${as[@]}" touch "$folder/log"
pg initdb -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
start
echo "$bin/psql host=$folder user=postgres"
while read -r line; do
  case $line in
    restart) stop && start && echo restarted ;;
  esac
done
