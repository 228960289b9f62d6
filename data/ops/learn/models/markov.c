/* markov.c - counts of labels alone, after the one and after the two before, each leaning on the
 * shorter where it has seen little. Counts fade, so that habits may change. */
#include "data/ops/learn/models/markov.h"

#include <math.h>

static const double cap_alone = 1000, cap_after = 300, lean_after = 2, lean_two = 4;

/* With very many classes only the labels alone are counted. */
static bool
looks_back(const struct markov *m)
{
	return m->k <= CLASSES_MIXED;
}

static bool
has_pairs(const struct markov *m)
{
	return m->k <= MARKOV_PAIRS;
}

void
markov_fields(struct markov *m, struct fields *f)
{
	size_t k = (size_t)m->k, pairs = has_pairs(m) ? k * k : 0;
	size_t before = looks_back(m) ? k : 0;

	fields_double(f, &m->total);
	fields_doubles(f, &m->alone, k);
	fields_doubles(f, &m->after, before * k);
	fields_doubles(f, &m->sum, before);
	fields_doubles(f, &m->after_two, pairs * k);
	fields_doubles(f, &m->sums, pairs);
}

void
markov_prior(const struct markov *m, double *p)
{
	for (int c = 0; c < m->k; c++)
		p[c] = (m->alone[c] + 1) / (m->total + m->k);
}

void
markov_predict(const struct markov *m, const struct example *ex, double *p)
{
	const double *one, *two;
	double sum;

	markov_prior(m, p);
	if (ex->before < 0 || !looks_back(m))
		return;
	one = m->after + ex->before * m->k;
	sum = m->sum[ex->before] + lean_after;
	for (int c = 0; c < m->k; c++)
		p[c] = (one[c] + lean_after * p[c]) / sum;
	if (!has_pairs(m) || ex->before_that < 0)
		return;
	two = m->after_two + (ex->before_that * m->k + ex->before) * m->k;
	sum = m->sums[ex->before_that * m->k + ex->before] + lean_two;
	for (int c = 0; c < m->k; c++)
		p[c] = (two[c] + lean_two * p[c]) / sum;
}

static void
count(double *counts, double *sum, int k, int class, double cap)
{
	double share;

	counts[class] += 1;
	*sum += 1;
	if (*sum <= cap)
		return;
	share = cap / *sum;
	for (int c = 0; c < k; c++)
		counts[c] *= share;
	*sum = cap;
}

void
markov_learn(struct markov *m, const struct example *ex, int class)
{
	int pair;

	count(m->alone, &m->total, m->k, class, cap_alone);
	if (ex->before < 0 || !looks_back(m))
		return;
	count(m->after + ex->before * m->k, &m->sum[ex->before], m->k, class, cap_after);
	if (!has_pairs(m) || ex->before_that < 0)
		return;
	pair = ex->before_that * m->k + ex->before;
	count(m->after_two + pair * m->k, &m->sums[pair], m->k, class, cap_after);
}

static double
entropy(const double *counts, double sum, int k)
{
	double h = 0;

	for (int c = 0; c < k; c++)
		if (counts[c] > 0)
			h -= counts[c] / sum * log(counts[c] / sum);
	return h;
}

double
markov_told(const struct markov *m)
{
	double all = entropy(m->alone, m->total, m->k), left = 0, total = 0;

	for (int c = 0; c < m->k && looks_back(m); c++) {
		if (!(m->sum[c] > 0))
			continue;
		left += m->sum[c] * entropy(m->after + c * m->k, m->sum[c], m->k);
		total += m->sum[c];
	}
	if (!(all > 0) || !(total > 0))
		return 0;
	return fmax(0, 1 - left / total / all);
}
