/* numbers_learn.c - what the models of numbers learn from a row: who did how well, the row itself, and
 * what its target does to what is known of targets. */
#include "data/ops/learn/numbers_parts.h"

static const double memory = 2000, step = 0.02, loss_fade = 0.98, loss_most = 25;

static void
learn_mixture(struct numbers *m, double y)
{
	double best = numbers_best_square(m), last = m->said[NUMBER_LAST], e, den;
	struct linear *s = &m->stack;

	if (!(best > 0 && m->scale > 0))
		return;
	for (int i = 0; i < NUMBERS_MIXED; i++) {
		e = y - m->said[i];
		m->loss[i] = loss_fade * m->loss[i] + fmin(loss_most, e * e / best);
	}
	e = y - m->stacked;
	m->stack_loss = loss_fade * m->stack_loss + fmin(loss_most, e * e / best);
	e = y - m->hedged;
	m->hedge_loss = loss_fade * m->hedge_loss + fmin(loss_most, e * e / best);
	if (m->n < NUMBERS_STACK_FROM)
		return;
	e = numbers_clip((y - last) / m->scale - linear_predict(s, m->inputs), 3);
	den = 1 + covariance_gain(&s->cov, m->inputs);
	for (int i = 0; i < NUMBERS_MIXED; i++)
		s->w[i] += s->cov.gain[i] * e / den;
	covariance_learn(&s->cov, m->inputs, 1, den);
}

static void
learn_members(struct numbers *m, double y)
{
	const double *s = m->said;
	double a = 1 / fmin(m->n + 1, memory), from_linear, from_time;
	double best[2] = { m->square[NUMBER_NEAR], m->square[NUMBER_LINEAR_NEAR] };

	from_linear = numbers_has(m, NUMBER_LINEAR) ? linear_predict(&m->linear, m->z) : 0;
	from_time =
	    numbers_has(m, NUMBER_TIME) ? s[NUMBER_LAST] + linear_predict(&m->time, m->u) : 0;
	for (int i = 0; i < NUMBER_MEMBERS; i++) {
		double e = y - s[i];

		m->square[i] += fmax(step, 1 / (m->n + 1)) * (fmin(e * e, 1e300) - m->square[i]);
	}
	if (numbers_has(m, NUMBER_FOREST))
		means_learn(&m->forest[0], m->f, y);
	if (numbers_has(m, NUMBER_LINEAR_FOREST))
		means_learn(&m->forest[1], m->f, y - from_linear);
	if (numbers_has(m, NUMBER_TIME_FOREST))
		means_learn(&m->forest[2], m->f, y - from_time);
	if (numbers_has(m, NUMBER_TREE))
		means_learn(&m->forest[3], m->f, y - from_linear);
	if (numbers_has(m, NUMBER_NEAR))
		near_numbers_learn(&m->near, m->f, m->z + 1, y,
		    numbers_in_sds(m, y + m->first - m->mean), a, best, &m->scaler);
	if (numbers_has(m, NUMBER_LINEAR))
		linear_learn(&m->linear, m->z, y);
	if (numbers_has(m, NUMBER_TIME))
		linear_learn(&m->time, m->u, y - s[NUMBER_LAST]);
}

static void
learn_target(struct numbers *m, double y)
{
	double a, e = y - m->mean;

	if (m->n == 0) {
		m->first = m->last = m->before = m->recent = y;
		m->least = m->most = y;
	}
	m->n++;
	a = 1 / fmin(m->n, memory);
	m->mean += a * e;
	m->var += a * (e * (y - m->mean) - m->var);
	m->recent += 0.1 * (y - m->recent);
	m->before = m->last;
	m->last = y;
	m->least = fmin(m->least, y);
	m->most = fmax(m->most, y);
}

bool
numbers_learn(struct numbers *m, double y)
{
	y = numbers_clip(y, 1e150);
	if (wild_next(&m->wild, y))
		return false;
	if (m->n == 0)
		learn_target(m, y);
	else {
		if (m->method->answers == NUMBER_MEMBERS)
			learn_mixture(m, y - m->first);
		learn_members(m, y - m->first);
		learn_target(m, y);
	}
	codes_learn_number(&m->codes, y);
	scaler_learn(&m->scaler);
	return true;
}

void
numbers_pass(struct numbers *m)
{
	scaler_pass(&m->scaler);
}
