#include "design_tables.h"
const design_table design_table_designed_conditional_0_01 = {"designed-conditional-0.01", 0, NULL, NULL, NULL, 0};
