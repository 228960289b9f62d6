/* digest.h - quantiles of more values than are kept: a t-digest, of bounded size. */
#ifndef WEIR_DIGEST_H
#define WEIR_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "data/ops/window/structures/order.h"

enum { DIGEST_MOST = 2048 };

struct centroid { /* a group of neighbouring values */
	double mean, weight;
};

struct digest {                         /* no pointers: saved as its bytes */
	struct centroid c[DIGEST_MOST]; /* by mean */
	size_t n;
	double weight, min, max;
};

/* Groups the values of o, which is not empty. */
void digest_build(struct digest *, const struct order *o);
void digest_add(struct digest *, double v);

double digest_quantile(const struct digest *, double q);
double digest_share(const struct digest *, double v); /* share of values <= v */
double digest_mad(const struct digest *);
bool digest_right(const struct digest *); /* may it be one? Of bytes that were loaded */

#endif
