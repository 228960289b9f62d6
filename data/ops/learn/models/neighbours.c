/* neighbours.c - the class of the nearest of the last rows.
 *
 * A feature counts the more, the more of its variance is between the classes. The nearest are
 * looked for in three lengths of memory, which are mixed by how well each did of late: a short one
 * follows changes, a long one knows more. */
#include "data/ops/learn/models/neighbours.h"

#include <math.h>

#include "data/ops/learn/features/shares.h"

enum { WEIGH_EVERY = 32, WEIGH_FROM = 20 };
static const double prior_weight = 0.3, fade = 0.99, least_told = 0.02;

void
neighbours_fields(struct neighbours *m, struct fields *f)
{
	size_t k = (size_t)m->shape.k;

	m->ring.d = m->shape.d;
	m->ring.cap = m->shape.rows;
	ring_fields(&m->ring, f);
	fields_u16(f, &m->class, (size_t)m->shape.rows);
	for (int i = 0; i < RING_WINDOWS; i++)
		fields_double(f, &m->loss[i]);
	fields_doubles(f, &m->p, RING_WINDOWS * k);
	fields_doubles(f, &m->prior, k);
}

int
neighbours_check(const struct neighbours *m)
{
	for (int i = 0; i < ring_rows(&m->ring); i++)
		if (m->class[i] >= m->shape.k)
			return -1;
	return 0;
}

static void
vote(const struct neighbours *m, const struct near *near, double *p)
{
	double sum = prior_weight;

	for (int c = 0; c < m->shape.k; c++)
		p[c] = prior_weight * m->prior[c];
	for (int i = 0; i < near->n; i++) {
		double far = (double)near->distance[near->n - 1];
		double w = 1 / (0.1 + (far > 0 ? (double)near->distance[i] / far : 0));

		if (!isfinite(w))
			continue;
		p[m->class[near->row[i]]] += w;
		sum += w;
	}
	for (int c = 0; c < m->shape.k; c++)
		p[c] /= sum;
}

void
neighbours_predict(
    struct neighbours *m, const struct example *ex, const struct markov *markov, double *p)
{
	struct near near[RING_WINDOWS];
	double least = fmin(m->loss[0], fmin(m->loss[1], m->loss[2])), sum = 0;
	int k = m->shape.k;

	markov_prior(markov, m->prior);
	ring_search(&m->ring, ex->f, (float)ex->before, near);
	for (int c = 0; c < k; c++)
		p[c] = 0;
	for (int i = 0; i < RING_WINDOWS; i++) {
		double w = exp(least - m->loss[i]);

		vote(m, &near[i], m->p + i * k);
		for (int c = 0; c < k; c++)
			p[c] += w * m->p[i * k + c];
		sum += w;
	}
	for (int c = 0; c < k; c++)
		p[c] /= sum;
}

static void
weigh(struct neighbours *m, const struct scaler *s, const struct bayes *b, const struct markov *k)
{
	double told = markov_told(k), sum = 0;

	for (int j = 0; j < m->shape.d; j++) {
		double v = s->var[j], w = 0;

		if (v >= 1e-30 && v <= 1e30)
			w = m->ring.n < WEIGH_FROM ? 1 / v
						   : pow(0.1 + bayes_between(b, j), 1.5) / v;
		m->ring.w[j] = (float)w;
		sum += w * v;
	}
	m->ring.tag_weight = told < least_told ? 0 : told * sum;
}

void
neighbours_learn(struct neighbours *m, const struct example *ex, int class, const struct scaler *s,
    const struct bayes *b, const struct markov *markov)
{
	for (int i = 0; i < RING_WINDOWS; i++)
		m->loss[i] =
		    fade * m->loss[i] + shares_loss(m->p + i * m->shape.k, m->shape.k, class);
	m->class[ring_push(&m->ring, ex->f, (float)ex->before)] = (uint16_t) class;
	if (m->ring.n % WEIGH_EVERY == 0 || m->ring.n <= WEIGH_FROM)
		weigh(m, s, b, markov);
}
