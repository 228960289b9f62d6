/* other_names.h - operators as other programs call them, and how the same is written here. */
#ifndef WEIR_OTHER_NAMES_H
#define WEIR_OTHER_NAMES_H

#include "data/base/text.h"

struct other_name {
	const char *name, *ours;
};
extern const struct other_name other_names[]; /* ends with a NULL name */

/* Appends how what others call so is written: "mean", "quantile(x, 0.75)" for p75. -1: nobody is
 * known to call anything so. */
int other_name(const char *name, struct text *out);
/* The operator for two values of one row, where name is one over a window: "max2" for max; NULL. */
const char *other_of_two(const char *name);

#endif
