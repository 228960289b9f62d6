/* regressor_parts.h - what the files of the regressor share; nobody else includes it. */
#ifndef WEIR_LEARN_REGRESSOR_PARTS_H
#define WEIR_LEARN_REGRESSOR_PARTS_H

#include "data/ops/learn/regressor.h"

/* --- regressor_state.c ------------------------------------------------------------------------ */

void regressor_save(const struct op *, struct buffer *);
int regressor_load(struct op *, struct reader *);

/* --- regressor_explain.c ---------------------------------------------------------------------- */

void regressor_explain(const struct op *, struct text *);

enum { /* of a row that waits */
	WAITING_TARGET,
	WAITING_SAID,
	WAITING_MEAN, /* what the baselines said */
	WAITING_LAST,
	WAITING_OWN
};

#endif
