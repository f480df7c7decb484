#!/bin/sh
# Installs the Debian packages that are missing: as root or with sudo; otherwise prints the exact command.
set -eu
needed="libxml2-dev libsqlite3-dev libedit-dev libmimalloc-dev zlib1g-dev pkg-config tzdata libxml2-utils"
# only tests need a server and a second opinion on seals; people who run them without are told what was skipped
case ",${MSE_REQUIRE:-}," in *,postgresql,*) needed="$needed postgresql xmlsec1" ;; esac
missing=""
for package in $needed; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
  apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive $install >/dev/null
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  sudo apt-get update -q >/dev/null && sudo env DEBIAN_FRONTEND=noninteractive $install >/dev/null
else
  echo "Packages are missing. Run: sudo apt-get update && sudo $install" >&2
  exit 1
fi
