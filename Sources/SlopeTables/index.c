// Every shipped table: one line each, and one file each beside this one.
#include "slope_tables.h"

extern const slope_table slope_table_banana;
extern const slope_table slope_table_banana_ecvq;
extern const slope_table slope_table_exponential;
extern const slope_table slope_table_gaussian_2_ecvq;
extern const slope_table slope_table_gaussian_ecsq;
extern const slope_table slope_table_gaussian_mixture;
extern const slope_table slope_table_laplace;
extern const slope_table slope_table_logistic;
extern const slope_table slope_table_logistic_ecsq;
extern const slope_table slope_table_sawbridge;
extern const slope_table slope_table_uniform;

static const slope_table *const tables[] = {
    &slope_table_banana, &slope_table_banana_ecvq, &slope_table_exponential, &slope_table_gaussian_2_ecvq,
    &slope_table_gaussian_ecsq, &slope_table_gaussian_mixture, &slope_table_laplace, &slope_table_logistic,
    &slope_table_logistic_ecsq, &slope_table_sawbridge, &slope_table_uniform,
};

const slope_table *slope_table_at(size_t index) {
  return index < sizeof tables / sizeof *tables ? tables[index] : NULL;
}
