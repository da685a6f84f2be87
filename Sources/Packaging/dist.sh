#!/bin/sh
# Packs the self-contained program for people without a toolchain:
#
#     dist.sh PROGRAM OUTPUT
#
# A tarball with everything of an installation under one folder, a Debian package, and the SHA-256 of both. The same program gives
# the same bytes: times are those of the last commit, owners are root.
set -eu
program=$(realpath "$1")
output=$2
here=$(dirname "$(realpath "$0")")
root=$(dirname "$(dirname "$here")")
version=$("$program" --version | cut -d ' ' -f 2)
machine=$(uname -m)
glibc=$("$here/glibc.sh" "$program")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022

# What an installation has, below a prefix; zsh's completions are where their packager wants them.
lay_out() {
  mkdir -p "$1/bin" "$1/share/man/man1" "$1/share/bash-completion/completions" "$1/share/zsh/$2" \
    "$1/share/fish/vendor_completions.d" "$1/share/rdbounds"
  install -m 755 "$program" "$1/bin/rdbounds"
  "$program" --help-man > "$1/share/man/man1/rdbounds.1"
  "$program" --generate-completion-script bash > "$1/share/bash-completion/completions/rdbounds"
  "$program" --generate-completion-script zsh > "$1/share/zsh/$2/_rdbounds"
  "$program" --generate-completion-script fish > "$1/share/fish/vendor_completions.d/rdbounds.fish"
  cp -R "$root/tables" "$1/share/rdbounds/tables"
}

fill_in() {
  sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@GLIBC@/$glibc/; s/@SIZE@/${size:-}/" \
    -e "s/@DATE@/$(date -u -R -d "@$SOURCE_DATE_EPOCH")/" "$1"
}

mkdir -p "$output"
name=rdbounds-$version-linux-$machine
lay_out "$work/$name" site-functions
cp "$root/LICENSE" "$root/README.md" "$here/NOTICE" "$work/$name"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cJf "$work/tarball" "$name"
mv "$work/tarball" "$output/$name.tar.xz"
made=$name.tar.xz

if command -v dpkg-deb > /dev/null; then
  architecture=$(dpkg --print-architecture)
  package=$work/deb
  lay_out "$package/usr" vendor-completions
  gzip -9n "$package/usr/share/man/man1/rdbounds.1"
  documents=$package/usr/share/doc/rdbounds
  mkdir -p "$documents" "$package/DEBIAN"
  cp "$here/NOTICE" "$documents/copyright"
  printf '\nOn Debian systems the GNU General Public License, version 3, is in /usr/share/common-licenses/GPL-3.\n' \
    >> "$documents/copyright"
  fill_in "$here/changelog.in" | gzip -9n > "$documents/changelog.gz"
  size=$(du -sk "$package/usr" | cut -f 1)
  fill_in "$here/control.in" > "$package/DEBIAN/control"
  (cd "$package" && find usr -type f -print0 | sort -z | xargs -0 md5sum) > "$package/DEBIAN/md5sums"
  debian=rdbounds_${version}_$architecture.deb
  dpkg-deb --root-owner-group --build "$package" "$work/$debian" > /dev/null
  mv "$work/$debian" "$output/$debian"
  made="$made $debian"
else
  echo "no Debian package: dpkg-deb is not installed" >&2
fi
(cd "$output" && for file in $made; do sha256sum "$file" > "$file.sha256"; done && ls -l $made)
