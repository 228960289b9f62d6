/* cluster.c - online k-means: each row is told the nearest of k centres, which then steps towards
 * it (MacQueen 1967).
 *
 * Features are scaled by what was seen before. A centre's step is 1 over its rows, and never less
 * than 1/500, so that centres follow; one that was not the nearest for long is set where rows lie
 * farthest from theirs. A row is told its centre before that learns. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/explain.h"
#include "data/ops/learn/features/chance.h"
#include "data/ops/learn/features/scaler.h"

enum { VERSION = 1, DEAD_AFTER = 200 /* times k rows */, SEED_FROM = 10, NAME_BYTES = 18 };
static const double step_least = 1.0 / 500, far_fade = 0.99;

struct cluster {
	int k, d;
	void *memory; /* of the arrays; NULL: only checked */
	struct scaler scaler;
	struct chance chance;
	double *centre; /* [centre][feature], in standard deviations at the time */
	double *rows;   /* of each centre; fading */
	double *seen;   /* the last row that was its own */
	double *spare;  /* a row that lay far from its centre of late, and how far */
	double spare_far, spread;
	double n;
	double *x, *z;
	float *f;
};

static void
cluster_fields(struct cluster *c, struct fields *f)
{
	size_t d = (size_t)c->d, k = (size_t)c->k;

	scaler_fields(&c->scaler, f);
	fields_u64(f, &c->chance.state);
	fields_doubles(f, &c->centre, k * d);
	fields_doubles(f, &c->rows, k);
	fields_doubles(f, &c->seen, k);
	fields_doubles(f, &c->spare, d);
	fields_double(f, &c->spare_far);
	fields_double(f, &c->spread);
	fields_double(f, &c->n);
	fields_doubles(f, &c->x, d);
	fields_doubles(f, &c->z, d);
	fields_floats(f, &c->f, d);
}

static int
cluster_init(struct op *op, struct error *err)
{
	struct cluster *c = op->state;
	struct fields f = { .what = FIELDS_MEASURE };

	(void)err;
	if (op->args == NULL)
		return 0; /* only checked */
	c->k = (int)op_number(op, "k");
	c->d = c->scaler.d = op->node->ninputs;
	cluster_fields(c, &f);
	c->memory = memory_zero(1, f.at);
	f = (struct fields){ .what = FIELDS_LAY_OUT, .memory = c->memory };
	cluster_fields(c, &f);
	c->chance.state = 1000 * (uint64_t)op_number(op, "seed");
	return 0;
}

static void
cluster_done(struct op *op)
{
	struct cluster *c = op->state;

	free(c->memory);
}

/* Squared, in units of the scaled features as they are now. */
static double
distance(const struct cluster *c, int centre)
{
	const double *at = c->centre + centre * c->d;
	double sum = 0;

	for (int j = 0; j < c->d; j++) {
		double e = (c->scaler.x[j] - at[j]) * c->scaler.per_sd[j];

		sum += e * e;
	}
	return sum;
}

static void
set_centre(struct cluster *c, int centre, const double *x)
{
	memcpy(c->centre + centre * c->d, x, (size_t)c->d * sizeof *x);
	c->rows[centre] = 1;
	c->seen[centre] = c->n;
}

static int
nearest(const struct cluster *c, double *far)
{
	int best = -1;

	for (int i = 0; i < c->k; i++) {
		double at;

		if (!(c->rows[i] > 0))
			continue;
		at = distance(c, i);
		if (best < 0 || at < *far) {
			best = i;
			*far = at;
		}
	}
	return best;
}

/* A first place for each centre: the farther a row is from those there are, the sooner it is one
 * (k-means++, Arthur and Vassilvitskii 2007). -1: the row is none. */
static int
seed(struct cluster *c, double far)
{
	int free = 0;

	while (free < c->k && c->rows[free] > 0)
		free++;
	if (free == c->k || c->n < SEED_FROM)
		return -1;
	if (free > 0 && !(far > 0 && chance_uniform(&c->chance) < far / (4 * c->spread + 1e-300)))
		return -1;
	set_centre(c, free, c->scaler.x);
	return free;
}

/* Of centres that lost their rows the first goes where a row lay far from all. */
static void
reseed(struct cluster *c)
{
	for (int i = 0; i < c->k; i++)
		if (c->rows[i] > 0 && c->n - c->seen[i] > (double)DEAD_AFTER * c->k &&
		    c->spare_far > 0) {
			set_centre(c, i, c->spare);
			c->spare_far = 0;
			return;
		}
}

static void
learn(struct cluster *c, int own, double far)
{
	double *at = c->centre + own * c->d, step;

	c->rows[own] += 1;
	c->seen[own] = c->n;
	step = fmax(step_least, 1 / c->rows[own]);
	for (int j = 0; j < c->d; j++)
		at[j] += step * (c->scaler.x[j] - at[j]);
	c->spread += fmax(0.01, 1 / (c->n + 1)) * (far - c->spread);
	c->spare_far *= far_fade;
	if (far > c->spare_far) {
		c->spare_far = far;
		memcpy(c->spare, c->scaler.x, (size_t)c->d * sizeof *c->spare);
	}
	reseed(c);
}

/* Rows with nothing present are in no cluster. */
static double
step_row(struct cluster *c)
{
	double far = 0;
	int own, present = 0;

	for (int j = 0; j < c->d; j++)
		present += fabs(c->x[j]) <= DBL_MAX;
	if (present == 0)
		return NAN;
	scaler_read(&c->scaler, c->x, c->z, c->f);
	own = nearest(c, &far);
	if (own >= 0 || c->n >= SEED_FROM) {
		int fresh = seed(c, far);

		own = fresh >= 0 ? fresh : own;
		if (fresh < 0)
			learn(c, own, far);
	}
	c->n++;
	scaler_learn(&c->scaler);
	return own >= 0 ? (double)(own + 1) : (double)NAN;
}

static void
cluster_step(struct op *op, const struct run *run, double *out)
{
	struct cluster *c = op->state;

	for (int i = 0; i < run->n; i++) {
		for (int j = 0; j < c->d; j++)
			c->x[j] = op->in[j][i];
		out[i] = step_row(c);
	}
}

static void
cluster_save(const struct op *op, struct buffer *out)
{
	struct cluster *c = op->state;
	struct fields f = { .what = FIELDS_SAVE, .out = out };

	buffer_u32(out, VERSION);
	cluster_fields(c, &f);
}

static int
cluster_load(struct op *op, struct reader *r)
{
	struct cluster *c = op->state;
	struct fields f = { .what = FIELDS_LOAD, .in = r };
	uint32_t version;

	if (reader_u32(r, &version) < 0 || version != VERSION)
		return -1;
	cluster_fields(c, &f);
	return f.status;
}

static size_t
cluster_held(const struct op *op)
{
	const struct cluster *c = op->state;

	return sizeof(double) * ((size_t)c->k * ((size_t)c->d + 2) + 11 * (size_t)c->d);
}

static void
cluster_explain(const struct op *op, struct text *out)
{
	const struct cluster *c = op->state;
	int own = number_missing(op->out_last) ? -1 : (int)op->out_last - 1;

	explain_result(op, out);
	if (own < 0)
		return;
	explain_line(out, "centre");
	for (int j = 0; j < c->d && j < 4; j++) {
		text_add(out, j > 0 ? ", " : "");
		explain_input(op, j, NAME_BYTES, out);
		text_addc(out, ' ');
		explain_number(out, c->centre[own * c->d + j]);
	}
	text_addf(out, "%s; %.0f rows\n", c->d > 4 ? ", ..." : "", c->rows[own]);
}

static const struct param params[] = {
	{ "k", PARAM_COUNT, NULL, 1, 64, NULL, "how many clusters" },
	{ "x", PARAM_INPUTS, NULL, 0, 0, NULL, "features" },
	{ "seed", PARAM_COUNT, "1", 0, 1000000, NULL, "of what is left to chance" },
	{ 0 },
};

const struct op_class op_cluster = {
	.name = "cluster",
	.family = "learning",
	.help =
	    "the nearest of k centres, from 1: online k-means of scaled features, with forgetting",
	.params = params,
	.size = sizeof(struct cluster),
	.init = cluster_init,
	.step = cluster_step,
	.save = cluster_save,
	.load = cluster_load,
	.done = cluster_done,
	.held = cluster_held,
	.explain = cluster_explain,
};
