/* models.c - the models that classify, side by side: one reading of the row, who learns, who
 * answers. */
#include "data/ops/learn/models.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/ops/learn/features/shares.h"

enum { LAGS_MOST = 16 /* classes up to which the labels before are features */ };
static const double fade = 0.1;

static bool
has(const struct models *m, int member)
{
	return (m->method->needs >> member & 1) != 0;
}

static struct shape
shape_of(const struct models *m, int k, uint64_t seed, bool compact)
{
	struct shape s = { .k = k, .seed = seed };
	int d = m->numbers + m->texts * codes_width(k), most = ROWS_KEPT / (compact ? 4 : 1);

	s.d = d;
	s.lags = k == 2 ? 1 : k <= LAGS_MOST ? k : 0;
	s.u = 1 + 3 * d + (k == 2 ? 3 : k <= LAGS_MOST ? 3 * k : 0);
	s.rows = d <= 40 ? most : most * 40 / d / RING_BLOCK * RING_BLOCK;
	s.rows = s.rows < 64 ? 64 : s.rows;
	return s;
}

static void
models_fields(struct models *m, struct fields *f)
{
	size_t d = (size_t)m->shape.d, k = (size_t)m->shape.k;

	codes_fields(&m->codes, f);
	scaler_fields(&m->scaler, f);
	fields_int(f, &m->before, -1, m->shape.k - 1);
	fields_int(f, &m->before_that, -1, m->shape.k - 1);
	fields_doubles(f, &m->recent, k);
	fields_doubles(f, &m->recalled, k);
	fields_doubles(f, &m->x, d);
	fields_doubles(f, &m->z, d + 1); /* a 1 stands before, for the models with an intercept */
	fields_doubles(f, &m->u, (size_t)m->shape.u);
	fields_floats(f, &m->f, (size_t)shape_tree(&m->shape));
	for (int i = 0; i < MEMBERS; i++)
		if (has(m, i) && members[i].fields != NULL)
			members[i].fields(m, f);
	if (m->method->answers == MEMBERS)
		mixer_fields(&m->mixer, m->shape.k, f);
}

static void
set_shapes(struct models *m)
{
	const struct shape *s = &m->shape;

	m->codes.texts = m->texts;
	m->codes.k = s->k;
	m->scaler.d = s->d;
	m->bayes.shape = m->forest.shape = m->neighbours.shape = m->hoeffding.shape = *s;
	m->markov.k = m->logistic.k = m->time.k = m->perceptron.k = s->k;
	m->logistic.n = m->logistic.cov.n = s->d + 1;
	m->time.n = m->time.cov.n = m->perceptron.n = s->u;
	m->logistic.cov.start = 1;
	m->logistic.cov.walk = 1e-5;
	m->calibration.k = s->k;
	m->time.cov.start = 0.3;
	m->time.cov.walk = 1e-4;
}

struct models *
models_new(const struct method *method, int numbers, int texts, int k, uint64_t seed, bool compact)
{
	struct models first = { .method = method, .numbers = numbers, .texts = texts }, *m;
	struct fields f = { .what = FIELDS_MEASURE };
	size_t head = (sizeof *m + 15) / 16 * 16;

	first.shape = shape_of(&first, k, seed, compact);
	set_shapes(&first);
	models_fields(&first, &f);
	m = memory_zero(1, head + f.at);
	*m = first;
	m->held = head + f.at;
	f = (struct fields){ .what = FIELDS_LAY_OUT, .memory = (unsigned char *)m + head };
	models_fields(m, &f);
	m->before = m->before_that = -1;
	m->z[0] = 1;
	m->u[0] = 1;
	m->row = (struct example){ .z = m->z + 1, .u = m->u, .f = m->f };
	for (int i = 0; i < MEMBERS; i++)
		if (has(m, i) && members[i].init != NULL)
			members[i].init(m);
	mixer_init(&m->mixer);
	return m;
}

void
models_save(struct models *m, struct buffer *out)
{
	struct fields f = { .what = FIELDS_SAVE, .out = out };

	models_fields(m, &f);
}

int
models_load(struct models *m, struct reader *r)
{
	struct fields f = { .what = FIELDS_LOAD, .in = r };

	models_fields(m, &f);
	for (int i = 0; i < MEMBERS && f.status == 0; i++)
		if (has(m, i) && members[i].check != NULL)
			f.status = members[i].check(m);
	return f.status;
}

/* --- a row ------------------------------------------------------------------------------------ */

/* Labels before, as features of trees: one of two as its number, of more a feature for each. */
static void
set_lags(struct models *m)
{
	float *lag = m->f + m->shape.d;

	for (int i = 0; i < m->shape.lags; i++)
		lag[i] = (float)(m->shape.k == 2 ? m->before : m->before == i);
}

static void
set_labels(struct models *m)
{
	int k = m->shape.k;
	double *u = m->u + 1 + 3 * m->shape.d;

	if (k == 2) {
		u[0] = m->before < 0 ? 0 : 2 * m->before - 1;
		u[1] = m->before_that < 0 ? 0 : 2 * m->before_that - 1;
		u[2] = m->before < 0 ? 0 : 2 * m->recent[1] - 1;
	} else if (k <= LAGS_MOST) {
		for (int c = 0; c < k; c++) {
			u[c] = m->before == c;
			u[k + c] = m->before_that == c;
			u[2 * k + c] = m->recent[c];
		}
	}
}

void
models_read(struct models *m, const double *x)
{
	int d = m->shape.d, w = codes_width(m->shape.k);

	memcpy(m->x, x, (size_t)m->numbers * sizeof *x);
	for (int i = 0; i < m->texts; i++)
		codes_read(&m->codes, i, x[m->numbers + i], m->x + m->numbers + i * w);
	scaler_read(&m->scaler, m->x, m->z + 1, m->f);
	memcpy(m->u + 1, m->z + 1, (size_t)d * sizeof *m->u);
	if (has(m, MEMBER_TIME) || has(m, MEMBER_PERCEPTRON)) {
		scaler_changes(&m->scaler, m->u + 1 + d, m->u + 1 + 2 * d);
		set_labels(m);
	}
	set_lags(m);
	m->said = NULL;
	m->row.before = m->before;
	m->row.before_that = m->before_that;
}

void
models_predict(struct models *m, double *p)
{
	if (m->method->answers < MEMBERS) {
		members[m->method->answers].predict(m, p);
		return;
	}
	for (int i = 0; i < MIXED; i++)
		members[i].predict(m, m->mixer.p + i * m->shape.k);
	mixer_answer(&m->mixer, m->shape.k, p);
}

/* --- rows whose labels come later ------------------------------------------------------------- */

/* Numbers that the members said of a row: those that are weighed by how well they did. */
static size_t
said_size(const struct models *m)
{
	size_t k = (size_t)m->shape.k;

	return (m->method->answers == MEMBERS ? MIXED * k : 0) +
	       (has(m, MEMBER_NEIGHBOURS) ? RING_WINDOWS * k : 0);
}

size_t
models_row_size(const struct models *m)
{
	return (size_t)(2 + m->texts + 2 * m->shape.d + 1 + m->shape.u + shape_tree(&m->shape)) +
	       said_size(m);
}

static const double *
recall(double *to, const double *from, int n)
{
	memcpy(to, from, (size_t)n * sizeof *to);
	return from + n;
}

static double *
keep(double *to, const double *from, int n)
{
	memcpy(to, from, (size_t)n * sizeof *to);
	return to + n;
}

void
models_row_keep(const struct models *m, double *row)
{
	*row++ = m->row.before;
	*row++ = m->row.before_that;
	for (int i = 0; i < m->texts; i++)
		*row++ = m->codes.at[i];
	row = keep(row, m->scaler.x, m->shape.d);
	row = keep(row, m->z, m->shape.d + 1);
	row = keep(row, m->u, m->shape.u);
	for (int j = 0; j < shape_tree(&m->shape); j++)
		*row++ = (double)m->f[j];
	if (m->method->answers == MEMBERS)
		row = keep(row, m->mixer.p, MIXED * m->shape.k);
	if (has(m, MEMBER_NEIGHBOURS))
		keep(row, m->neighbours.p, RING_WINDOWS * m->shape.k);
}

/* Each is judged by what it said when the row came, not by what it would say now. */
static void
recall_said(struct models *m)
{
	const double *said = m->said;

	m->said = NULL;
	if (said == NULL)
		return;
	if (m->method->answers == MEMBERS) {
		said = recall(m->mixer.p, said, MIXED * m->shape.k);
		mixer_answer(&m->mixer, m->shape.k, m->recalled);
	}
	if (has(m, MEMBER_NEIGHBOURS))
		recall(m->neighbours.p, said, RING_WINDOWS * m->shape.k);
}

/* A whole number of 0 or more, below n, out of bytes that may be anything; else `none`. */
static int
index_of(double v, int n, int none)
{
	return v >= 0 && v < n ? (int)v : none;
}

void
models_row_recall(struct models *m, const double *row)
{
	m->row.before = index_of(*row++, m->shape.k, -1);
	m->row.before_that = index_of(*row++, m->shape.k, -1);
	for (int i = 0; i < m->texts; i++)
		m->codes.at[i] = index_of(*row++, m->codes.slots, 0);
	row = recall(m->scaler.x, row, m->shape.d);
	row = recall(m->z, row, m->shape.d + 1);
	row = recall(m->u, row, m->shape.u);
	for (int j = 0; j < shape_tree(&m->shape); j++)
		m->f[j] = (float)*row++;
	m->said = said_size(m) > 0 ? row : NULL;
}

/* --- learn --------------------------------------------------------------------------------------
 */

void
models_learn(struct models *m, int class)
{
	recall_said(m);
	if (m->method->answers == MEMBERS)
		mixer_learn(&m->mixer, m->shape.k, class);
	codes_learn_class(&m->codes, class);
	scaler_learn(&m->scaler);
	for (int i = 0; i < MEMBERS; i++)
		if (has(m, i) && members[i].learn != NULL)
			members[i].learn(m, class);
	for (int c = 0; c < m->shape.k; c++)
		m->recent[c] += fade * ((c == class) - m->recent[c]);
	m->before_that = m->before;
	m->before = class;
}

void
models_pass(struct models *m)
{
	scaler_pass(&m->scaler);
}

/* --- what matters ----------------------------------------------------------------------------- */

int
models_origin(const struct models *m, int feature)
{
	if (feature < m->numbers)
		return feature;
	return m->numbers + (feature - m->numbers) / codes_width(m->shape.k);
}

/* Of trees the splits, of linear models the weights on scaled features, of the others how much of a
 * feature's variance is between the classes. */
static void
weigh_models(const struct models *m, double *w)
{
	int d = m->shape.d, answers = m->method->answers;
	const double *linear = answers == MEMBER_LOGISTIC     ? m->logistic.w
			       : answers == MEMBER_PERCEPTRON ? m->perceptron.w
							      : NULL;
	int n = answers == MEMBER_LOGISTIC ? m->logistic.n : m->perceptron.n;

	for (int j = 0; j < d; j++)
		w[j] = 0;
	if (linear != NULL)
		for (int c = 0; c < m->shape.k; c++)
			for (int j = 0; j < d; j++)
				w[j] += fabs(linear[c * n + 1 + j]);
	else if (answers == MEMBER_FOREST || answers == MEMBERS)
		grove_uses(&m->forest.grove, w);
	else if (answers == MEMBER_HOEFFDING)
		hoeffding_uses(&m->hoeffding, w);
	else if (has(m, MEMBER_BAYES))
		for (int j = 0; j < d; j++)
			w[j] = bayes_between(&m->bayes, j);
}

void
models_weights(const struct models *m, double *share)
{
	int n = m->numbers + m->texts;
	double *w = memory_zero((size_t)shape_tree(&m->shape) + 1, sizeof *w), sum = 0;

	weigh_models(m, w);
	for (int i = 0; i < n; i++)
		share[i] = 0;
	for (int j = 0; j < m->shape.d; j++) {
		share[models_origin(m, j)] += w[j];
		sum += w[j];
	}
	for (int i = 0; i < n && sum > 0; i++)
		share[i] /= sum;
	free(w);
}

void
models_shares(const struct models *m, double share[MIXED])
{
	mixer_shares(&m->mixer, share);
}
