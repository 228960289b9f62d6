/* logistic.c - softmax regression by an online Newton step.
 *
 * All classes share one covariance of the weights, which goes as in a Kalman filter with the
 * weights a random walk: each row costs the square of the inputs, not that times the classes. */
#include "data/ops/learn/models/logistic.h"

#include <math.h>
#include <string.h>

#include "data/ops/learn/features/shares.h"

void
logistic_fields(struct logistic *l, struct fields *f)
{
	covariance_fields(&l->cov, f);
	fields_doubles(f, &l->w, (size_t)l->k * (size_t)l->n);
	fields_doubles(f, &l->p, (size_t)l->k);
}

void
logistic_init(struct logistic *l)
{
	covariance_init(&l->cov);
}

void
logistic_predict(const struct logistic *l, const double *x, double *p)
{
	for (int c = 0; c < l->k; c++) {
		const double *w = l->w + c * l->n;
		double s = 0;

		for (int i = 0; i < l->n; i++)
			s += w[i] * x[i];
		p[c] = s;
	}
	shares_softmax(p, l->k);
}

void
logistic_learn(struct logistic *l, const double *x, int class)
{
	double s = covariance_gain(&l->cov, x), h = 1e-3, den;
	double share = l->k == 2 ? 0.5 : 1;

	logistic_predict(l, x, l->p);
	for (int c = 0; c < l->k; c++)
		h = fmax(h, l->p[c] * (1 - l->p[c]));
	den = 1 + h * s;
	for (int c = 0; c < l->k; c++) {
		double step = ((c == class) - l->p[c]) * share / den, *w = l->w + c * l->n;

		for (int i = 0; i < l->n; i++)
			w[i] += step * l->cov.gain[i];
	}
	covariance_learn(&l->cov, x, h, den);
}

/* Goodwin, Teoh and Elliott 1983. */
void
logistic_doubt(struct logistic *l)
{
	covariance_init(&l->cov);
}
