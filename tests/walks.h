/* walks.h - what tests walk back and forth over, and all that there is to compare of a place. */
#ifndef WEIR_TESTS_WALKS_H
#define WEIR_TESTS_WALKS_H

#include "tests/rig.h"

/* Rows with stamps, some of them late, bad cells and words; the caller frees the text. */
char *walk_csv(int rows);
extern const struct rig_options walk_options; /* KPIs and rules that fire over them */
/* Appends counts, KPIs to the bit, the states of rules, and marks. */
void walk_add_values(const struct rig *, struct text *);

#endif
