/* mixer.c - one answer out of the members' chances, as the mean of two that err differently.
 *
 * One multiplies the members' chances, each to a power that is learned by the gradient of the loss
 * (logarithmic opinion pool, Genest and Zidek 1986): members that agree make each other surer. The
 * other averages them by how well each did of late (Vovk's aggregating algorithm with
 * forgetting). */
#include "data/ops/learn/models/mixer.h"

#include <math.h>

#include "data/ops/learn/features/shares.h"

static const double floor_share = 1e-4, power_start = 0.4, power_most = 2, rate = 0.02,
		    fade = 0.995;

void
mixer_fields(struct mixer *m, int k, struct fields *f)
{
	size_t n = (size_t)k;

	for (int i = 0; i < MIXED; i++) {
		fields_double(f, &m->w[i]);
		fields_double(f, &m->v[i]);
		fields_double(f, &m->loss[i]);
	}
	fields_doubles(f, &m->p, MIXED * n);
	fields_doubles(f, &m->log, MIXED * n);
	fields_doubles(f, &m->power, n);
	fields_doubles(f, &m->hedged, n);
}

void
mixer_init(struct mixer *m)
{
	for (int i = 0; i < MIXED; i++)
		m->w[i] = power_start;
}

static void
hedge_weights(const struct mixer *m, double w[MIXED])
{
	double least = m->loss[0], sum = 0;

	for (int i = 1; i < MIXED; i++)
		least = fmin(least, m->loss[i]);
	for (int i = 0; i < MIXED; i++)
		sum += w[i] = exp(least - m->loss[i]);
	for (int i = 0; i < MIXED; i++)
		w[i] /= sum;
}

void
mixer_answer(struct mixer *m, int k, double *p)
{
	double w[MIXED];

	hedge_weights(m, w);
	for (int c = 0; c < k; c++)
		m->power[c] = m->hedged[c] = 0;
	for (int i = 0; i < MIXED; i++)
		for (int c = 0; c < k; c++) {
			double own = m->p[i * k + c];

			m->log[i * k + c] = log((1 - k * floor_share) * own + floor_share);
			m->power[c] += m->w[i] * m->log[i * k + c];
			m->hedged[c] += w[i] * own;
		}
	shares_softmax(m->power, k);
	for (int c = 0; c < k; c++)
		p[c] = (m->power[c] + m->hedged[c]) / 2;
}

void
mixer_learn(struct mixer *m, int k, int class)
{
	for (int i = 0; i < MIXED; i++) {
		const double *l = m->log + i * k;
		double g = l[class];

		for (int c = 0; c < k; c++)
			g -= m->power[c] * l[c];
		m->v[i] += 0.005 * (g * g - m->v[i]);
		m->w[i] += rate * g / (0.1 + sqrt(m->v[i]));
		m->w[i] = fmax(0, fmin(power_most, m->w[i]));
		m->loss[i] = fade * m->loss[i] - l[class];
	}
}

void
mixer_shares(const struct mixer *m, double share[MIXED])
{
	double w[MIXED], sum = 0;

	hedge_weights(m, w);
	for (int i = 0; i < MIXED; i++)
		sum += m->w[i];
	for (int i = 0; i < MIXED; i++)
		share[i] = ((sum > 0 ? m->w[i] / sum : 0) + w[i]) / (sum > 0 ? 2 : 1);
}
