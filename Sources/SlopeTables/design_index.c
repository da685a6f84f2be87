// Every shipped table of designed codes: one line each, and one file each beside this one.
#include "design_tables.h"

extern const design_table design_table_designed_conditional_0_01;
extern const design_table design_table_designed_conditional_0_1;
extern const design_table design_table_designed_marginal_0_01;
extern const design_table design_table_designed_marginal_0_1;

static const design_table *const tables[] = {
    &design_table_designed_conditional_0_01, &design_table_designed_conditional_0_1,
    &design_table_designed_marginal_0_01, &design_table_designed_marginal_0_1,
};

const design_table *design_table_at(size_t index) {
  return index < sizeof tables / sizeof *tables ? tables[index] : NULL;
}
