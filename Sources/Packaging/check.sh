#!/bin/sh
# Runs the self-contained program with an empty environment in a root where nothing but the C library is:
#
#     check.sh PROGRAM
#
# Without the right to make such a root, what it needs is checked, and that is said.
set -eu
program=$(realpath "$1")
least=$("$(dirname "$0")/glibc.sh" "$program")
case $(printf '%s\n2.35\n' "$least" | sort -V | tail -n 1) in
2.35) ;;
*) echo "$program needs glibc $least, later than 2.35" >&2; exit 1 ;;
esac
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/bin"
cp "$program" "$root/bin/rdbounds"
for library in $(ldd "$program" | grep -o '/[^ ]*'); do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
chroot=$(command -v chroot || echo /usr/sbin/chroot)
if [ "$(id -u)" = 0 ]; then enter=$chroot; else enter="$(command -v unshare) -r $chroot"; fi
if ! env -i $enter "$root" /bin/rdbounds --version > /dev/null 2>&1; then
  echo "not run in a bare root, which this user may not make; needed: glibc $least" >&2
  env -i "$program" table ramp --rates 1:4:1 > /dev/null
  exit
fi
inside() { env -i $enter "$root" /bin/rdbounds "$@"; }
inside table ramp --rates 1:4:1 > "$root/inside.csv"
env -i "$program" table ramp --rates 1:4:1 | cmp - "$root/inside.csv"
inside at circle --rate 3 --format json | inside check - > /dev/null 2>&1
inside table gaussian --curves ecsq,uniform-threshold --rates 2 > /dev/null
echo "$(basename "$program") runs in a root with the C library alone; it asks for glibc $least"
