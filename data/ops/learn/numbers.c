/* numbers.c - the models that predict a number, and the mixture of them.
 *
 * All say numbers from the first target on, so that large offsets cost no digits. The mixture is
 * half an average by how well each did of late, half a regression on what they say (stacking,
 * Wolpert 1992), whichever did better counting more: without the latter, errors were a sixth
 * greater. */
#include "data/ops/learn/numbers_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum { LAGS = 3, LABELS = 4, TREES = 8, TESTS = 12, LEAVES = 110, TREE_TESTS = 30 };

static void
means_shape(struct numbers *m, int which, int trees, int tests)
{
	m->forest[which].shape = m->shape;
	m->forest[which].trees = trees;
	m->forest[which].tests = tests;
	m->forest[which].leaves = LEAVES;
}

static void
set_shapes(struct numbers *m, uint64_t seed, bool compact)
{
	int d = m->plain + m->texts * codes_width(0), most = ROWS_KEPT / (compact ? 4 : 1);
	int rows = d <= 40 ? most : most * 40 / d / RING_BLOCK * RING_BLOCK;

	m->shape = (struct shape){ .d = d,
		.lags = LAGS,
		.u = 1 + 3 * d + LABELS,
		.seed = seed,
		.rows = rows < 64 ? 64 : rows };
	m->codes.texts = m->texts;
	m->scaler.d = d;
	m->near.shape = m->shape;
	m->linear.n = m->linear.cov.n = d + 1;
	m->time.n = m->time.cov.n = m->shape.u;
	m->stack.n = m->stack.cov.n = NUMBERS_MIXED;
	m->linear.cov.start = 10;
	m->time.cov.start = 1;
	m->stack.cov.start = 0.15;
	m->linear.cov.walk = m->time.cov.walk = 1e-4;
	m->stack.cov.walk = 1.5e-4;
	for (int i = 0; i < 3; i++)
		means_shape(m, i, TREES, TESTS);
	means_shape(m, 3, 1, TREE_TESTS);
}

static void
target_fields(struct numbers *m, struct fields *f)
{
	wild_fields(&m->wild, f);
	fields_double(f, &m->n);
	fields_double(f, &m->first);
	fields_double(f, &m->last);
	fields_double(f, &m->before);
	fields_double(f, &m->mean);
	fields_double(f, &m->var);
	fields_double(f, &m->recent);
	fields_double(f, &m->least);
	fields_double(f, &m->most);
	for (int i = 0; i < NUMBER_MEMBERS; i++) {
		fields_double(f, &m->said[i]);
		fields_double(f, &m->square[i]);
	}
	for (int i = 0; i < NUMBERS_MIXED; i++)
		fields_double(f, &m->loss[i]);
	fields_double(f, &m->stack_loss);
	fields_double(f, &m->hedge_loss);
}

/* The forest that a member is, or -1. */
static int
forest_of(int member)
{
	return member == NUMBER_FOREST          ? 0
	       : member == NUMBER_LINEAR_FOREST ? 1
	       : member == NUMBER_TIME_FOREST   ? 2
	       : member == NUMBER_TREE          ? 3
						: -1;
}

static void
numbers_fields(struct numbers *m, struct fields *f)
{
	size_t d = (size_t)m->shape.d;

	codes_fields(&m->codes, f);
	scaler_fields(&m->scaler, f);
	target_fields(m, f);
	fields_doubles(f, &m->x, d);
	fields_doubles(f, &m->z, d + 1);
	fields_doubles(f, &m->u, (size_t)m->shape.u);
	fields_floats(f, &m->f, (size_t)shape_tree(&m->shape));
	if (numbers_has(m, NUMBER_LINEAR))
		linear_fields(&m->linear, f);
	if (numbers_has(m, NUMBER_TIME))
		linear_fields(&m->time, f);
	if (m->method->answers == NUMBER_MEMBERS)
		linear_fields(&m->stack, f);
	for (int i = 0; i < NUMBER_MEMBERS; i++)
		if (numbers_has(m, i) && forest_of(i) >= 0)
			means_fields(&m->forest[forest_of(i)], f);
	if (numbers_has(m, NUMBER_NEAR))
		near_numbers_fields(&m->near, f);
}

static void
begin(struct numbers *m)
{
	m->z[0] = m->u[0] = 1;
	if (numbers_has(m, NUMBER_LINEAR))
		linear_init(&m->linear);
	if (numbers_has(m, NUMBER_TIME))
		linear_init(&m->time);
	for (int i = 0; i < NUMBER_MEMBERS; i++)
		if (numbers_has(m, i) && forest_of(i) >= 0)
			means_init(
			    &m->forest[forest_of(i)], m->shape.seed * 4 + (uint64_t)forest_of(i));
	if (m->method->answers != NUMBER_MEMBERS)
		return;
	linear_init(&m->stack);
	for (int i = 0; i < NUMBERS_MIXED; i++)
		m->stack.w[i] = 1.0 / NUMBERS_MIXED;
}

struct numbers *
numbers_new(const struct number_method *method, int plain, int texts, uint64_t seed, bool compact)
{
	struct numbers first = { .method = method, .plain = plain, .texts = texts }, *m;
	struct fields f = { .what = FIELDS_MEASURE };
	size_t head = (sizeof *m + 15) / 16 * 16;

	set_shapes(&first, seed, compact);
	numbers_fields(&first, &f);
	m = memory_zero(1, head + f.at);
	*m = first;
	m->held = head + f.at;
	f = (struct fields){ .what = FIELDS_LAY_OUT, .memory = (unsigned char *)m + head };
	numbers_fields(m, &f);
	begin(m);
	return m;
}

void
numbers_save(struct numbers *m, struct buffer *out)
{
	struct fields f = { .what = FIELDS_SAVE, .out = out };

	numbers_fields(m, &f);
}

int
numbers_load(struct numbers *m, struct reader *r)
{
	struct fields f = { .what = FIELDS_LOAD, .in = r };

	numbers_fields(m, &f);
	for (int i = 0; i < NUMBER_MEMBERS && f.status == 0; i++)
		if (numbers_has(m, i) && forest_of(i) >= 0)
			f.status = grove_check(&m->forest[forest_of(i)].grove);
	return f.status;
}

/* --- predict ---------------------------------------------------------------------------------- */

static void
read_row(struct numbers *m, const double *x)
{
	int d = m->shape.d;
	double *u = m->u + 1 + 3 * d;
	float *lag = m->f + d;

	memcpy(m->x, x, (size_t)m->plain * sizeof *x);
	for (int i = 0; i < m->texts; i++)
		codes_read(&m->codes, i, x[m->plain + i], m->x + m->plain + i * codes_width(0));
	scaler_read(&m->scaler, m->x, m->z + 1, m->f);
	memcpy(m->u + 1, m->z + 1, (size_t)d * sizeof *m->u);
	scaler_changes(&m->scaler, m->u + 1 + d, m->u + 1 + 2 * d);
	u[0] = numbers_in_sds(m, m->last - m->mean);
	u[1] = numbers_in_sds(m, m->last - m->before);
	u[2] = numbers_in_sds(m, m->last - m->recent);
	u[3] = numbers_in_sds(m, m->before - m->recent);
	lag[0] = (float)(m->last - m->first);
	lag[1] = (float)(m->last - m->before);
	lag[2] = (float)(m->recent - m->first);
}

/* What was never seen, by more than half the range of what was, is not believed. */
static double
bounded(const struct numbers *m, double v)
{
	double half = (m->most - m->least) / 2, low = m->least - half - m->first;
	double high = m->most + half - m->first;

	return v > high ? high : v >= low ? v : low;
}

static void
ask_members(struct numbers *m)
{
	double *s = m->said, both[2];

	if (numbers_has(m, NUMBER_LINEAR))
		s[NUMBER_LINEAR] = linear_predict(&m->linear, m->z);
	if (numbers_has(m, NUMBER_TIME))
		s[NUMBER_TIME] = m->last - m->first + linear_predict(&m->time, m->u);
	if (numbers_has(m, NUMBER_FOREST))
		s[NUMBER_FOREST] = means_predict(&m->forest[0], m->f);
	if (numbers_has(m, NUMBER_LINEAR_FOREST))
		s[NUMBER_LINEAR_FOREST] = s[NUMBER_LINEAR] + means_predict(&m->forest[1], m->f);
	if (numbers_has(m, NUMBER_TIME_FOREST))
		s[NUMBER_TIME_FOREST] = s[NUMBER_TIME] + means_predict(&m->forest[2], m->f);
	if (numbers_has(m, NUMBER_TREE))
		s[NUMBER_TREE] = s[NUMBER_LINEAR] + means_predict(&m->forest[3], m->f);
	if (numbers_has(m, NUMBER_NEAR)) {
		near_numbers_predict(
		    &m->near, m->f, &m->scaler, &m->linear, s[NUMBER_LINEAR], both);
		s[NUMBER_NEAR] = both[0];
		s[NUMBER_LINEAR_NEAR] = both[1];
	}
	s[NUMBER_LAST] = m->last - m->first;
	s[NUMBER_MEAN] = m->mean - m->first;
}

double
numbers_best_square(const struct numbers *m)
{
	double best = m->square[0];

	for (int i = 1; i < NUMBERS_MIXED; i++)
		best = fmin(best, m->square[i]);
	return fmax(best, 1e-12 * m->var);
}

void
numbers_shares(const struct numbers *m, double share[NUMBERS_MIXED])
{
	double least = m->loss[0], sum = 0;

	for (int i = 1; i < NUMBERS_MIXED; i++)
		least = fmin(least, m->loss[i]);
	for (int i = 0; i < NUMBERS_MIXED; i++)
		sum += share[i] = exp((least - m->loss[i]) / 2);
	for (int i = 0; i < NUMBERS_MIXED; i++)
		share[i] /= sum;
}

static double
mix(struct numbers *m)
{
	double share[NUMBERS_MIXED], last = m->last - m->first, s;
	double scale = m->scale = 3 * sqrt(numbers_best_square(m));

	numbers_shares(m, share);
	m->hedged = 0;
	for (int i = 0; i < NUMBERS_MIXED; i++) {
		m->said[i] = bounded(m, m->said[i]);
		m->hedged += share[i] * m->said[i];
		m->inputs[i] = scale > 0 ? numbers_clip((m->said[i] - last) / scale, 50) : 0;
	}
	m->stacked = bounded(m, last + scale * linear_predict(&m->stack, m->inputs));
	if (m->n < NUMBERS_STACK_FROM)
		return m->hedged;
	s = 1 / (1 + exp(-0.2 * (m->hedge_loss - m->stack_loss)));
	return s * m->stacked + (1 - s) * m->hedged;
}

double
numbers_predict(struct numbers *m, const double *x)
{
	double p;

	read_row(m, x);
	ask_members(m);
	p = m->method->answers == NUMBER_MEMBERS ? mix(m) : m->said[m->method->answers];
	return m->n > 0 ? m->first + bounded(m, p) : NAN;
}

/* --- what matters ----------------------------------------------------------------------------- */

void
numbers_weights(const struct numbers *m, double *share)
{
	int n = m->plain + m->texts;
	double *w = memory_zero((size_t)shape_tree(&m->shape) + 1, sizeof *w), sum = 0;

	if (numbers_has(m, NUMBER_FOREST))
		grove_uses(&m->forest[0].grove, w);
	else
		for (int j = 0; j < m->shape.d; j++)
			w[j] = numbers_has(m, NUMBER_LINEAR) ? fabs(m->linear.w[1 + j]) : 0;
	for (int i = 0; i < n; i++)
		share[i] = 0;
	for (int j = 0; j < m->shape.d; j++) {
		share[j < m->plain ? j : m->plain + (j - m->plain) / codes_width(0)] += w[j];
		sum += w[j];
	}
	for (int i = 0; i < n && sum > 0; i++)
		share[i] /= sum;
	free(w);
}

/* --- methods ---------------------------------------------------------------------------------- */

enum { /* members as bits */
	LINEAR = 1 << NUMBER_LINEAR,
	TIME = 1 << NUMBER_TIME,
	FORESTS = 1 << NUMBER_FOREST | 1 << NUMBER_LINEAR_FOREST | 1 << NUMBER_TIME_FOREST,
	NEAR = 1 << NUMBER_NEAR | 1 << NUMBER_LINEAR_NEAR,
	TREE = 1 << NUMBER_TREE
};

const struct number_method number_methods[] = {
	{ "auto", "a mixture of nine that see different things", NUMBER_MEMBERS,
	    LINEAR | TIME | FORESTS | NEAR },
	{ "linear", "a weighted sum of the scaled features", NUMBER_LINEAR, LINEAR },
	{ "hoeffding", "the weighted sum, and a tree on what it errs", NUMBER_TREE, LINEAR | TREE },
	{ "knn", "the mean of the nearest of the last 1,024 rows", NUMBER_NEAR, LINEAR | NEAR },
	{ "last", "the value before, to compare with", NUMBER_LAST, 0 },
	{ "mean", "the mean so far, to compare with", NUMBER_MEAN, 0 },
	{ 0 },
};

const char *const number_names[NUMBER_MEMBERS] = { "linear", "linear, with changes", "forest",
	"linear + forest", "changes + forest", "nearest rows", "linear + nearest", "last value",
	"mean", "linear + tree" };
