#ifndef RDBOUNDS_DESIGN_TABLES_H
#define RDBOUNDS_DESIGN_TABLES_H

#include <stddef.h>
#include <stdint.h>

/// Designed codes with side information, enclosed, written by `rdbounds prove SOURCE --tabulate NAME`.
///
/// Six numbers a code: the slope in bits, both ends of the rate in bits and of the distortion, in units of sigma^2_{X|Y},
/// and the number n of cells. n - 1 thresholds follow those of the codes before, in units of 2^-20 sigma_{X|Y}, and n labels.
typedef struct {
  const char *name;
  size_t count;
  const double *values;
  const int32_t *thresholds;
  const uint8_t *labels;
  /// FNV-1a of the bytes of each code's numbers, thresholds and labels, little end first.
  uint64_t checksum;
} design_table;

/// The table at an index, or a null pointer from the end on.
const design_table *design_table_at(size_t index);

#endif
