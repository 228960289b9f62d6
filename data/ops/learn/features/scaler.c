/* scaler.c - features as they come, made fit for models.
 *
 * Mean and variance are those of the last rows, by a step of 1/n that stays at 1/2000. A row is
 * seen by what was known before it; only then is it learned itself. */
#include "data/ops/learn/features/scaler.h"

#include <math.h>

static const double memory = 2000, far = 6, most = 1e150, most_float = 1e15, least_var = 1e-300;

void
scaler_fields(struct scaler *s, struct fields *f)
{
	size_t d = (size_t)s->d;

	fields_double(f, &s->n);
	fields_doubles(f, &s->origin, d);
	fields_doubles(f, &s->mean, d);
	fields_doubles(f, &s->var, d);
	fields_doubles(f, &s->per_sd, d);
	fields_doubles(f, &s->before, d);
	fields_doubles(f, &s->recent, d);
	fields_doubles(f, &s->x, d);
}

static double
clip(double v, double limit)
{
	return v > limit ? limit : v >= -limit ? v : -limit;
}

static double
scaled(const struct scaler *s, int j, double deviation)
{
	return clip(deviation * s->per_sd[j], far);
}

void
scaler_read(struct scaler *s, const double *x, double *z, float *f)
{
	for (int j = 0; j < s->d; j++) {
		double v = isfinite(x[j]) ? clip(x[j], most) : s->mean[j];
		double origin = s->n > 0 ? s->origin[j] : v;

		s->x[j] = v;
		z[j] = s->n > 0 ? scaled(s, j, v - s->mean[j]) : 0;
		f[j] = (float)clip(v - origin, most_float);
	}
}

void
scaler_changes(const struct scaler *s, double *change, double *distance)
{
	for (int j = 0; j < s->d; j++) {
		change[j] = s->n > 0 ? scaled(s, j, s->x[j] - s->before[j]) : 0;
		distance[j] = s->n > 0 ? scaled(s, j, s->x[j] - s->recent[j]) : 0;
	}
}

void
scaler_learn(struct scaler *s)
{
	bool first = !(s->n > 0);
	double a;

	s->n = fmin(s->n + 1, memory);
	a = 1 / s->n;
	for (int j = 0; j < s->d; j++) {
		double x = s->x[j], e = x - s->mean[j];

		if (first)
			s->origin[j] = s->before[j] = s->recent[j] = x;
		s->mean[j] += a * e;
		s->var[j] += a * (e * (x - s->mean[j]) - s->var[j]);
		s->per_sd[j] = s->var[j] > least_var ? 1 / sqrt(s->var[j]) : 0;
	}
}

void
scaler_pass(struct scaler *s)
{
	for (int j = 0; j < s->d; j++) {
		s->before[j] = s->x[j];
		s->recent[j] += 0.05 * (s->x[j] - s->recent[j]);
	}
}

double
scaler_sd(const struct scaler *s, int feature)
{
	return s->var[feature] > 0 ? sqrt(s->var[feature]) : 0;
}
