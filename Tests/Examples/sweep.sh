#!/bin/sh
# A sweep over the noise of the Wyner-Ziv problem on all cores, with GNU parallel:
#
#     sweep.sh OUTPUT.csv NOISE...
#
# Every table is the same bytes wherever it is made, so the result does not depend on the order in which jobs end.
set -eu
output=$1
shift
parallel --will-cite --halt now,fail=1 --keep-order \
  'rdbounds table wyner-ziv --noise-variance {} --rates 0:6:0.25 | sed "1s/^/noise_variance,/; 1!s/^/{},/"' ::: "$@" |
  awk 'NR == 1 || !/^noise_variance,/' > "$output"
