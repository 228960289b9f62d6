/* hst.c - half-space trees: how crowded the part of space is in which a row lies.
 *
 * Tan, Ting, Liu, "Fast anomaly detection for streaming data" (2011). Each tree cuts the space of
 * the inputs at random, one input at a time, DEPTH times. Masses of the window before say how
 * crowded each part is; a row's is mass times 2^depth at the first part with few rows. The trees
 * are made after the first window, over its range and as much again on each side, so no unit has to
 * be told; `seed` makes them the same ones each time. What that mass means differs from stream to
 * stream, so its reciprocal is judged against that of all earlier rows: 0.5 where about one in 5,000
 * is as lonely. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/graph/explain.h"
#include "data/ops/anomaly/scorer.h"
#include "data/ops/anomaly/tail.h"

enum { TREES = 16, DEPTH = 8, INNER = (1 << DEPTH) - 1, NODES = 2 * INNER + 1, WINDOW = 250 };
static const double FEW = 0.1, LEVEL = 4.2, KNOWN = 0.02, SOME = 4, BEYOND = 0.5;

struct half_space {
	float cut;
	uint16_t input;
	uint16_t before, now; /* rows of the window before, and of this one */
};

struct hst {
	int inputs, w, n; /* rows of a window; in this one */
	bool made;
	uint64_t random;
	double low[ANOMALY_INPUTS], high[ANOMALY_INPUTS]; /* of the first window */
	double *first;                                    /* its rows */
	struct half_space (*trees)[NODES];
	struct tail tail;
	double mass, evidence; /* at the last row */
};

static void *
hst_open(const struct scorer_setup *setup)
{
	struct hst *h = memory_new(1, sizeof *h);

	*h = (struct hst){ .inputs = setup->inputs,
		.w = setup->window > 0 && setup->window < UINT16_MAX ? setup->window : WINDOW,
		.random = setup->seed };
	h->first = memory_new((size_t)h->w * (size_t)h->inputs, sizeof *h->first);
	h->trees = memory_zero(TREES, sizeof *h->trees);
	tail_init(&h->tail, TAIL_BINS);
	return h;
}

static void
hst_close(void *self)
{
	struct hst *h = self;

	free(h->first);
	free(h->trees);
	tail_done(&h->tail);
	free(h);
}

/* In [0, 1): splitmix64. */
static double
uniform(struct hst *h)
{
	uint64_t z = h->random += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* Where a value stands in the range of the first window, which is [0, 1]. */
static float
place(const struct hst *h, int input, double x)
{
	double width = h->high[input] - h->low[input];
	double v = width > 0 ? (x - h->low[input]) / width : x == h->low[input] ? 0.5 : 9;

	return (float)fmax(-9, fmin(9, v));
}

static void
make_node(struct hst *h, struct half_space *tree, int node, const double *low, const double *high)
{
	double l[ANOMALY_INPUTS], r[ANOMALY_INPUTS];
	int input = (int)(uniform(h) * h->inputs);

	if (node >= INNER)
		return;
	memcpy(l, high, sizeof l);
	memcpy(r, low, sizeof r);
	l[input] = r[input] = (low[input] + high[input]) / 2;
	tree[node].cut = (float)l[input];
	tree[node].input = (uint16_t)input;
	make_node(h, tree, 2 * node + 1, low, l);
	make_node(h, tree, 2 * node + 2, r, high);
}

/* The work range of Tan et al.: around a point at random, so far on each side that it holds all. */
static void
make_trees(struct hst *h)
{
	double low[ANOMALY_INPUTS] = { 0 }, high[ANOMALY_INPUTS] = { 0 };

	for (int t = 0; t < TREES; t++) {
		for (int i = 0; i < h->inputs; i++) {
			double s = uniform(h), reach = 2 * fmax(s, 1 - s);

			low[i] = s - reach;
			high[i] = s + reach;
		}
		make_node(h, h->trees[t], 0, low, high);
	}
	h->made = true;
}

/* Adds the row to the masses of this window, and tells how crowded it was there in the last. */
static double
pass(struct hst *h, const float *at)
{
	double mass = 0;

	for (int t = 0; t < TREES; t++) {
		struct half_space *tree = h->trees[t];
		double few = FEW * h->w, part = 0;

		for (int node = 0, depth = 0;; depth++) {
			struct half_space *p = &tree[node];

			p->now++;
			if (part == 0 && (p->before < few || node >= INNER))
				part = (p->before + 0.5) * (double)(1 << depth);
			if (node >= INNER)
				break;
			node = 2 * node + (at[p->input] < p->cut ? 1 : 2);
		}
		mass += part;
	}
	return mass / (TREES * (double)h->w);
}

static void
turn_window(struct hst *h)
{
	for (int t = 0; t < TREES; t++)
		for (int i = 0; i < NODES; i++) {
			h->trees[t][i].before = h->trees[t][i].now;
			h->trees[t][i].now = 0;
		}
	h->n = 0;
}

static void
places_of(const struct hst *h, const double *x, float *at)
{
	for (int i = 0; i < h->inputs; i++)
		at[i] = place(h, i, x[i]);
}

static void
take_first(struct hst *h, const double *x)
{
	float at[ANOMALY_INPUTS];

	memcpy(&h->first[h->n * h->inputs], x, (size_t)h->inputs * sizeof *x);
	for (int i = 0; i < h->inputs; i++) {
		h->low[i] = h->n == 0 ? x[i] : fmin(h->low[i], x[i]);
		h->high[i] = h->n == 0 ? x[i] : fmax(h->high[i], x[i]);
	}
	if (++h->n < h->w)
		return;
	make_trees(h);
	for (int row = 0; row < h->w; row++) {
		places_of(h, &h->first[row * h->inputs], at);
		pass(h, at);
	}
	turn_window(h);
}

/* The tail that evidence goes by is known from few rows, and heavier than an exponential one: that
 * of which k are known continues as Pareto's, (1 + y / k)^-k in the place of e^-y. */
static double
cautious(double evidence, double known)
{
	double y = evidence * M_LN10;

	return evidence > 0 && known > 0 ? known * log1p(y / known) / M_LN10 : evidence;
}

/* About -log10 of the share of rows as lonely. Where some of the earlier ones were, they are
 * counted, and the tail tells little beyond that: it is heavier than an exponential one. */
static double
evidence_of(const struct hst *h, double lonely)
{
	double evidence = cautious(tail_evidence(&h->tail, lonely, 1e-12), KNOWN * h->tail.rows);
	double as_lonely = tail_as_large(&h->tail, lonely) + 1;

	if (as_lonely <= SOME)
		return evidence;
	return fmin(evidence, log10((h->tail.rows + 1) / as_lonely) + BEYOND);
}

static double
hst_step(void *self, const double *x, int64_t time)
{
	struct hst *h = self;
	float at[ANOMALY_INPUTS];
	double lonely;

	(void)time;
	h->evidence = 0;
	if (!h->made) {
		take_first(h, x);
		return 0;
	}
	places_of(h, x, at);
	h->mass = pass(h, at);
	lonely = 1 / (1e-3 + h->mass);
	h->evidence = evidence_of(h, lonely);
	tail_add(&h->tail, lonely);
	if (++h->n == h->w)
		turn_window(h);
	return h->evidence / (h->evidence + LEVEL);
}

static void
hst_save(const void *self, struct buffer *b)
{
	const struct hst *h = self;

	buffer_u32(b, (uint32_t)h->n);
	buffer_u32(b, h->made);
	buffer_u64(b, h->random);
	buffer_put(b, h->low, sizeof h->low);
	buffer_put(b, h->high, sizeof h->high);
	if (h->made)
		buffer_put(b, h->trees, TREES * sizeof *h->trees);
	else
		buffer_put(b, h->first, (size_t)(h->n * h->inputs) * sizeof *h->first);
	buffer_double(b, h->mass);
	buffer_double(b, h->evidence);
	tail_save(&h->tail, b);
}

static bool
sound(const struct hst *h)
{
	for (int t = 0; t < TREES; t++)
		for (int i = 0; i < INNER; i++)
			if (h->trees[t][i].input >= h->inputs)
				return false;
	return true;
}

static int
hst_load(void *self, struct reader *r)
{
	struct hst *h = self;
	uint32_t n, made;

	if (reader_below(r, (uint32_t)h->w - 1, &n) < 0 || reader_below(r, 1, &made) < 0 ||
	    reader_u64(r, &h->random) < 0 || reader_get(r, h->low, sizeof h->low) < 0 ||
	    reader_get(r, h->high, sizeof h->high) < 0)
		return -1;
	h->n = (int)n;
	h->made = made;
	if (made ? reader_get(r, h->trees, TREES * sizeof *h->trees) < 0 || !sound(h)
		 : reader_get(r, h->first, n * (size_t)h->inputs * sizeof *h->first) < 0)
		return -1;
	if (reader_double(r, &h->mass) < 0 || reader_double(r, &h->evidence) < 0)
		return -1;
	return tail_load(&h->tail, r);
}

static size_t
hst_held(const void *self)
{
	const struct hst *h = self;

	return sizeof *h + TREES * sizeof *h->trees +
	       (size_t)h->w * (size_t)h->inputs * sizeof *h->first +
	       TAIL_BINS * (4 + sizeof(double));
}

static void
hst_explain(const void *self, struct text *out)
{
	const struct hst *h = self;

	explain_line(out, "mass");
	if (!h->made) {
		text_addf(out, "%d rows; the trees are made after %d\n", h->n, h->w);
		return;
	}
	text_addf(
	    out, "%.4g of the usual share of rows lies around here, by %d trees\n", h->mass, TREES);
	explain_line(out, "evidence");
	text_addf(out, "%.3g: about -log10 of the share of rows as lonely; 0.5 at %g\n",
	    h->evidence, LEVEL);
}

const struct scorer anomaly_hst = {
	.name = "hst",
	.help = "half-space trees: how crowded it is around the row, of up to 16 inputs",
	.inputs = ANOMALY_INPUTS,
	.looks_back = true,
	.open = hst_open,
	.close = hst_close,
	.step = hst_step,
	.save = hst_save,
	.load = hst_load,
	.held = hst_held,
	.explain = hst_explain,
};
