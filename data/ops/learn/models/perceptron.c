/* perceptron.c - the passive-aggressive perceptron PA-I for several classes (Crammer et al.,
 * "Online passive-aggressive algorithms", 2006): the smallest step that mends the margin, up to a
 * bound. */
#include "data/ops/learn/models/perceptron.h"

#include "data/ops/learn/features/shares.h"

static const double step_most = 0.01, sharpness = 2;

void
perceptron_fields(struct perceptron *m, struct fields *f)
{
	fields_doubles(f, &m->w, (size_t)m->k * (size_t)m->n);
	fields_doubles(f, &m->s, (size_t)m->k);
}

static void
scores(const struct perceptron *m, const double *x, double *s)
{
	for (int c = 0; c < m->k; c++) {
		const double *w = m->w + c * m->n;

		s[c] = 0;
		for (int i = 0; i < m->n; i++)
			s[c] += w[i] * x[i];
	}
}

void
perceptron_predict(const struct perceptron *m, const double *x, double *p)
{
	scores(m, x, p);
	for (int c = 0; c < m->k; c++)
		p[c] *= sharpness;
	shares_softmax(p, m->k);
}

void
perceptron_learn(struct perceptron *m, const double *x, int class)
{
	int best = class == 0;
	double loss, size = 0, t, *right = m->w + class * m->n, *wrong;

	scores(m, x, m->s);
	for (int c = 0; c < m->k; c++)
		if (c != class && m->s[c] > m->s[best])
			best = c;
	loss = 1 - (m->s[class] - m->s[best]);
	if (!(loss > 0))
		return;
	for (int i = 0; i < m->n; i++)
		size += x[i] * x[i];
	t = fmin(loss / (2 * size), step_most);
	wrong = m->w + best * m->n;
	for (int i = 0; i < m->n; i++) {
		right[i] += t * x[i];
		wrong[i] -= t * x[i];
	}
}
