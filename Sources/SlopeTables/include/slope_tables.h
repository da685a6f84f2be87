#ifndef RDBOUNDS_SLOPE_TABLES_H
#define RDBOUNDS_SLOPE_TABLES_H

#include <stddef.h>
#include <stdint.h>

/// The proved slopes of one source in standard units, written by `rdbounds prove SOURCE --tabulate`.
///
/// Five numbers an entry: the slope beta in nats per unit of distortion, a lower bound on min R + beta D, an upper bound on
/// E[-log Z] of its law, and both ends of the law's own distortion. Long array literals are slow to compile in Swift and quick in C.
typedef struct {
  const char *name;
  size_t count;
  const double *values;
  /// FNV-1a of the numbers' bytes, little end first.
  uint64_t checksum;
} slope_table;

/// The table at an index, or a null pointer from the end on.
const slope_table *slope_table_at(size_t index);

#endif
