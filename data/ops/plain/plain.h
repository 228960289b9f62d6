/* plain.h - functions of the same row: what the operators without state share. */
#ifndef WEIR_PLAIN_H
#define WEIR_PLAIN_H

#include "data/graph/op.h"

/* Inlined with f known, so a whole run is one loop. An infinite result is missing. */
static inline void
plain_one(const struct op *op, const struct run *run, double *out, double (*f)(double))
{
	const double *x = op->in[0];

	for (int i = 0; i < run->n; i++)
		out[i] = number_finite(f(x[i]));
}

static inline void
plain_two(const struct op *op, const struct run *run, double *out, double (*f)(double, double))
{
	const double *a = op->in[0], *b = op->in[1];

	for (int i = 0; i < run->n; i++)
		out[i] = number_finite(f(a[i], b[i]));
}

/* " = 9 < 10 = true" for signs between two inputs; " = abs(-3) = 3" for calls. */
void plain_explain_sign(const struct op *op, struct text *out);
void plain_explain_call(const struct op *op, struct text *out);

extern const struct param plain_x[];   /* x */
extern const struct param plain_a_b[]; /* a, b */

#endif
