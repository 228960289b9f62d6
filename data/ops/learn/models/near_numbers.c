/* near_numbers.c - the mean target of the nearest of the last rows, and the linear model corrected
 * by what it errs there. Three lengths of memory are mixed, as in neighbours.c. */
#include "data/ops/learn/models/near_numbers.h"

#include <math.h>

enum { WEIGH_EVERY = 32, WEIGH_FROM = 20 };
static const double fade = 0.99, loss_most = 25;

void
near_numbers_fields(struct near_numbers *m, struct fields *f)
{
	m->ring.d = m->shape.d;
	m->ring.cap = m->shape.rows;
	ring_fields(&m->ring, f);
	fields_doubles(f, &m->y, (size_t)m->shape.rows);
	fields_doubles(f, &m->along, (size_t)m->shape.d);
	for (int i = 0; i < RING_WINDOWS; i++) {
		fields_double(f, &m->loss[0][i]);
		fields_double(f, &m->loss[1][i]);
		fields_double(f, &m->said[0][i]);
		fields_double(f, &m->said[1][i]);
	}
	fields_doubles(f, &m->z, (size_t)m->shape.d + 1);
}

/* What the linear model says now of a row that is kept. */
static double
linear_at(struct near_numbers *m, int row, const struct scaler *s, const struct linear *linear)
{
	const struct ring *r = &m->ring;
	const float *block = r->x + (size_t)(row / RING_BLOCK) * (size_t)r->d * RING_BLOCK;

	m->z[0] = 1;
	for (int j = 0; j < r->d; j++) {
		double x = (double)block[j * RING_BLOCK + row % RING_BLOCK] + s->origin[j];
		double z = (x - s->mean[j]) * s->per_sd[j];

		m->z[1 + j] = fmax(-6, fmin(6, z));
	}
	return linear_predict(linear, m->z);
}

static void
ask(struct near_numbers *m, const struct near *near, const struct scaler *s,
    const struct linear *linear, double from_linear, double said[2])
{
	double sum = 0, plain = 0, beside = 0;

	for (int i = 0; i < near->n; i++) {
		double far = (double)near->distance[near->n - 1];
		double w = 1 / (0.1 + (far > 0 ? (double)near->distance[i] / far : 0));

		if (!isfinite(w))
			continue;
		sum += w;
		plain += w * m->y[near->row[i]];
		beside += w * (m->y[near->row[i]] - linear_at(m, near->row[i], s, linear));
	}
	said[0] = sum > 0 ? plain / sum : 0;
	said[1] = from_linear + (sum > 0 ? beside / sum * (sum / (sum + 1)) : 0);
}

static double
mixed(const double said[RING_WINDOWS], const double loss[RING_WINDOWS])
{
	double least = fmin(loss[0], fmin(loss[1], loss[2])), sum = 0, p = 0;

	for (int i = 0; i < RING_WINDOWS; i++) {
		double w = exp((least - loss[i]) / 2);

		sum += w;
		p += w * said[i];
	}
	return p / sum;
}

void
near_numbers_predict(struct near_numbers *m, const float *x, const struct scaler *s,
    const struct linear *linear, double from_linear, double said[2])
{
	struct near near[RING_WINDOWS];

	ring_search(&m->ring, x, 0, near);
	for (int i = 0; i < RING_WINDOWS; i++) {
		double both[2];

		ask(m, &near[i], s, linear, from_linear, both);
		m->said[0][i] = both[0];
		m->said[1][i] = both[1];
	}
	said[0] = mixed(m->said[0], m->loss[0]);
	said[1] = mixed(m->said[1], m->loss[1]);
}

void
near_numbers_learn(struct near_numbers *m, const float *x, const double *z, double y, double y_z,
    double step, const double best[2], const struct scaler *s)
{
	for (int k = 0; k < 2; k++)
		for (int i = 0; i < RING_WINDOWS; i++) {
			double e = y - m->said[k][i];

			m->loss[k][i] = fade * m->loss[k][i] +
					(best[k] > 0 ? fmin(loss_most, e * e / best[k]) : 0);
		}
	m->y[ring_push(&m->ring, x, 0)] = y;
	for (int j = 0; j < m->shape.d; j++)
		m->along[j] += step * (z[j] * y_z - m->along[j]);
	if (m->ring.n % WEIGH_EVERY != 0 && m->ring.n > WEIGH_FROM)
		return;
	for (int j = 0; j < m->shape.d; j++) {
		double v = s->var[j], along = fmin(1, fabs(m->along[j]));
		double w = m->ring.n < WEIGH_FROM ? 1 : (0.1 + along) * (0.1 + along);

		m->ring.w[j] = v >= 1e-30 && v <= 1e30 ? (float)(w / v) : 0;
	}
}
