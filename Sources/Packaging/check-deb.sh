#!/bin/sh
# Installs a Debian package into a root of its own, runs what is there, removes it, and looks for what was left:
#
#     check-deb.sh PACKAGE
set -eu
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/admin/info" "$root/admin/updates"
: > "$root/admin/status"
: > "$root/admin/available"
mkdir "$root/system"
deb() {
  dpkg --admindir="$root/admin" --instdir="$root/system" --log=/dev/null --force-not-root --force-bad-path --force-depends \
    "$@" > "$root/said" 2>&1 || { cat "$root/said" >&2; exit 1; }
}
deb --install "$1"
env -i "$root/system/usr/bin/rdbounds" table ramp --rates 1:4:1 > /dev/null
gzip -dc "$root/system/usr/share/man/man1/rdbounds.1.gz" | head -n 1 | grep -q '^\.TH RDBOUNDS 1'
test -s "$root/system/usr/share/rdbounds/tables/manifest.json"
deb --purge rdbounds
left=$(find "$root/system" -type f)
if [ -n "$left" ]; then echo "left behind: $left" >&2; exit 1; fi
echo "$(basename "$1") installs, runs, and leaves nothing behind"
if command -v lintian > /dev/null; then
  lintian --fail-on error "$1"
else
  echo "not looked at by lintian, which is not installed"
fi
