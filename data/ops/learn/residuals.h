/* residuals.h - the sizes of the last errors, in order: how wide an interval is that holds a share
 * of them. */
#ifndef WEIR_LEARN_RESIDUALS_H
#define WEIR_LEARN_RESIDUALS_H

#include <stdint.h>

enum { RESIDUALS = 512 };

struct residuals { /* zeroed: none yet */
	uint64_t n;
	double row[RESIDUALS], sorted[RESIDUALS]; /* as they came, in a ring; ascending */
};

void residuals_add(struct residuals *, double size);
/* The half width that holds a share `level` of the last errors; NaN: too few are known. */
double residuals_width(const struct residuals *, double level);

#endif
