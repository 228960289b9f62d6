/* linear.c - recursive least squares as a Kalman filter whose weights walk at random. An error
 * beyond five of the usual size is learned as if it were that: wild targets cost little. */
#include "data/ops/learn/models/linear.h"

#include <math.h>

static const double errors_most = 5, step = 0.02;
enum { CLIP_FROM = 30 };

void
linear_fields(struct linear *l, struct fields *f)
{
	fields_double(f, &l->rows);
	fields_double(f, &l->square);
	covariance_fields(&l->cov, f);
	fields_doubles(f, &l->w, (size_t)l->n);
}

void
linear_init(struct linear *l)
{
	covariance_init(&l->cov);
}

double
linear_predict(const struct linear *l, const double *x)
{
	double s = 0;

	for (int i = 0; i < l->n; i++)
		s += l->w[i] * x[i];
	return s;
}

void
linear_learn(struct linear *l, const double *x, double target)
{
	double e = target - linear_predict(l, x), most = errors_most * sqrt(l->square), den;

	if (l->rows >= CLIP_FROM)
		e = fmax(-most, fmin(most, e));
	l->rows++;
	l->square += fmax(step, 1 / l->rows) * (e * e - l->square);
	den = 1 + covariance_gain(&l->cov, x);
	for (int i = 0; i < l->n; i++)
		l->w[i] += l->cov.gain[i] * e / den;
	covariance_learn(&l->cov, x, 1, den);
}
