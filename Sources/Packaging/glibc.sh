#!/bin/sh
# The least glibc that a program runs with, from the versions of the symbols it asks for; fails if it needs another library.
set -eu
others=$(readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -v -E '^(libc|libm|ld-linux.*)\.so\.[0-9]+$' || true)
if [ -n "$others" ]; then
  echo "$1 needs more than the C library:" $others >&2
  exit 1
fi
readelf -V "$1" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -V | tail -n 1
