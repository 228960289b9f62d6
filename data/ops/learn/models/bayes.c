/* bayes.c - Gaussian naive Bayes, with forgetting.
 *
 * Counts, means and variances are those of the last 1,000 rows or so: counts fade, and a class's
 * mean goes by 1 / its count. Two pseudo rows with the variance of all classes keep a variance from
 * nothing. No single feature may say more than 16 against a class: real features have heavier tails
 * than the normal distribution. */
#include "data/ops/learn/models/bayes.h"

#include <math.h>

#include "data/ops/learn/features/shares.h"

static const double memory = 1000, tail = 16, least_share = 1e-3, least_var = 1e-12;

void
bayes_fields(struct bayes *b, struct fields *f)
{
	size_t d = (size_t)b->shape.d, k = (size_t)b->shape.k;

	fields_double(f, &b->n);
	fields_doubles(f, &b->count, k);
	fields_doubles(f, &b->all_mean, d);
	fields_doubles(f, &b->all_var, d);
	fields_doubles(f, &b->mean, k * d);
	fields_doubles(f, &b->var, k * d);
	fields_doubles(f, &b->log_var, k * d);
}

static double
score(const struct bayes *b, const double *z, int class)
{
	const double *mean = b->mean + class * b->shape.d, *var = b->var + class * b->shape.d;
	const double *log_var = b->log_var + class * b->shape.d;
	double sum = 0;

	for (int j = 0; j < b->shape.d; j++) {
		double e = z[j] - mean[j], far = e * e / var[j];

		if (b->all_var[j] > 0)
			sum += log_var[j] + (far < tail ? far : tail);
	}
	return sum;
}

void
bayes_predict(const struct bayes *b, const struct example *ex, double *p)
{
	double total = 0;
	int k = b->shape.k;

	for (int c = 0; c < k; c++)
		total += b->count[c];
	for (int c = 0; c < k; c++)
		p[c] = b->count[c] > 0
			   ? log((b->count[c] + 0.5) / (total + 0.5 * k)) - score(b, ex->z, c) / 2
			   : -1000;
	shares_softmax(p, k);
}

static void
learn_all(struct bayes *b, const double *z)
{
	double a;

	for (int c = 0; c < b->shape.k && b->n >= memory; c++)
		b->count[c] *= 1 - 1 / memory;
	b->n = fmin(b->n + 1, memory);
	a = 1 / b->n;
	for (int j = 0; j < b->shape.d; j++) {
		double e = z[j] - b->all_mean[j];

		b->all_mean[j] += a * e;
		b->all_var[j] += a * (e * (z[j] - b->all_mean[j]) - b->all_var[j]);
	}
}

static void
learn_first(struct bayes *b, const double *z, int class)
{
	double *mean = b->mean + class * b->shape.d, *var = b->var + class * b->shape.d;

	for (int j = 0; j < b->shape.d; j++) {
		mean[j] = z[j];
		var[j] = b->all_var[j] + least_var;
	}
}

static void
learn_class(struct bayes *b, const double *z, int class)
{
	double *mean = b->mean + class * b->shape.d, *var = b->var + class * b->shape.d;
	double n = b->count[class];

	for (int j = 0; j < b->shape.d; j++) {
		double e = z[j] - mean[j];

		mean[j] += e / n;
		var[j] += (e * (z[j] - mean[j]) - var[j]) / (n + 2);
		var[j] = fmax(var[j], least_share * b->all_var[j] + least_var);
	}
}

void
bayes_learn(struct bayes *b, const struct example *ex, int class)
{
	bool first = !(b->count[class] > 0);
	const double *var = b->var + class * b->shape.d;

	learn_all(b, ex->z);
	b->count[class] += 1;
	if (first)
		learn_first(b, ex->z, class);
	else
		learn_class(b, ex->z, class);
	for (int j = 0; j < b->shape.d; j++)
		b->log_var[class * b->shape.d + j] = log(var[j]);
}

double
bayes_between(const struct bayes *b, int feature)
{
	double within = 0, total = 0;

	for (int c = 0; c < b->shape.k; c++) {
		within += b->count[c] * b->var[c * b->shape.d + feature];
		total += b->count[c];
	}
	if (!(b->all_var[feature] > 0) || !(total > 0))
		return 0;
	return fmax(0, 1 - within / total / b->all_var[feature]);
}
