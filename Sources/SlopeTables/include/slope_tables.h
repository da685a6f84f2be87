#ifndef RDBOUNDS_SLOPE_TABLES_H
#define RDBOUNDS_SLOPE_TABLES_H

#include <stddef.h>
#include <stdint.h>

/// The proved slopes of one curve in standard units, written by `rdbounds prove SOURCE --tabulate NAME`.
///
/// Five numbers an entry: the slope beta in nats per unit of distortion, a lower and an upper bound on min R + beta D in nats, and both
/// ends of the distortion at which the upper one is achieved. Long array literals are slow to compile in Swift and quick in C.
typedef struct {
  const char *name;
  size_t count;
  const double *values;
  /// FNV-1a of the numbers' bytes, little end first: of the values, and then of what was found.
  uint64_t checksum;
  /// What was found at each slope where searching again takes long, such as a codebook: how many numbers, and then these, entry by entry;
  /// a null pointer where nothing is kept.
  const double *found;
  size_t found_count;
} slope_table;

/// The table at an index, or a null pointer from the end on.
const slope_table *slope_table_at(size_t index);

#endif
