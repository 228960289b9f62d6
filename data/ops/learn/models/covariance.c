/* covariance.c - the covariance of the weights of a linear model. */
#include "data/ops/learn/models/covariance.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static bool
is_full(const struct covariance *c)
{
	return c->n <= COVARIANCE_FULL;
}

void
covariance_fields(struct covariance *c, struct fields *f)
{
	size_t n = (size_t)c->n;

	fields_doubles(f, &c->p, is_full(c) ? n * n : n);
	fields_doubles(f, &c->gain, n);
}

void
covariance_init(struct covariance *c)
{
	size_t n = (size_t)c->n;

	memset(c->p, 0, (is_full(c) ? n * n : n) * sizeof *c->p);
	for (size_t i = 0; i < n; i++)
		c->p[is_full(c) ? i * n + i : i] = c->start;
}

double
covariance_gain(struct covariance *c, const double *x)
{
	int n = c->n;
	double s = 0;

	for (int i = 0; i < n; i++) {
		const double *row = c->p + i * n;
		double g = 0;

		if (is_full(c))
			for (int j = 0; j < n; j++)
				g += row[j] * x[j];
		else
			g = c->p[i] * x[i];
		c->gain[i] = g;
		s += x[i] * g;
	}
	return s;
}

/* Each weight on its own: what a row tells of it is its own input alone. */
static void
learn_diagonal(struct covariance *c, const double *x, double h)
{
	for (int i = 0; i < c->n; i++) {
		double p = 1 / (1 / c->p[i] + h * x[i] * x[i]) + c->walk;

		c->p[i] = p < c->start ? p : c->start;
	}
}

void
covariance_learn(struct covariance *c, const double *x, double h, double den)
{
	double share = h / den;
	int n = c->n;

	if (!is_full(c)) {
		learn_diagonal(c, x, h);
		return;
	}
	for (int i = 0; i < n; i++) {
		double *row = c->p + i * n, g = share * c->gain[i];

		for (int j = 0; j < n; j++)
			row[j] -= g * c->gain[j];
		row[i] = fmin(row[i] + c->walk, c->start);
	}
}
