/* auc.c - the area under the ROC curve over a window: the chance that a row of the class had the
 * greater score than one of another class (Mann and Whitney 1947), ties by half.
 *
 * The scores of both kinds of rows are kept in order; a row that comes or goes changes the number
 * of pairs in the right order by what a search among the other kind tells. A window that drops
 * nothing would keep all rows: beyond EXACT it counts scores in BINS between 0 and 1. */
#include <stdlib.h>
#include <string.h>

#include "data/graph/explain.h"
#include "data/ops/window/over.h"

enum { EXACT = 65536, BINS = 8192 };

struct kind {
	double *score; /* ascending */
	size_t n, cap;
};

struct auc {
	struct kind kind[2]; /* rows of other classes, rows of the class */
	double right;        /* pairs in the right order, in halves: whole numbers, exact */
	struct over_value over;
	uint64_t *bins[2]; /* NULL: exact */
};

/* How many of a kind lie below, and how many below or at the score. */
static size_t
below(const struct kind *k, double score, bool or_at)
{
	size_t lo = 0, hi = k->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (k->score[mid] < score || (or_at && !(k->score[mid] > score)))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Pairs of a row and those of the other kind that are in the right order, in halves. */
static double
pairs(const struct auc *a, int is, double score)
{
	const struct kind *other = &a->kind[!is];
	double under = (double)below(other, score, false);
	double at = (double)below(other, score, true) - under;

	return is ? 2 * under + at : 2 * ((double)other->n - under - at) + at;
}

static int
bin_of(double score)
{
	return score >= 1 ? BINS - 1 : score > 0 ? (int)(score * BINS) : 0;
}

static void
to_bins(struct auc *a)
{
	for (int is = 0; is < 2; is++) {
		a->bins[is] = memory_zero(BINS, sizeof *a->bins[is]);
		for (size_t i = 0; i < a->kind[is].n; i++)
			a->bins[is][bin_of(a->kind[is].score[i])]++;
		free(a->kind[is].score);
		a->kind[is] = (struct kind){ NULL, 0, 0 };
	}
}

static void
add(struct auc *a, int is, double score)
{
	struct kind *k = &a->kind[is];
	size_t at;

	if (a->bins[0] != NULL) {
		a->bins[is][bin_of(score)]++;
		return;
	}
	a->right += pairs(a, is, score);
	if (k->n == k->cap) {
		k->cap = k->cap > 0 ? 2 * k->cap : 64;
		k->score = memory_grow(k->score, k->cap, sizeof *k->score);
	}
	at = below(k, score, false);
	memmove(k->score + at + 1, k->score + at, (k->n - at) * sizeof *k->score);
	k->score[at] = score;
	k->n++;
}

static void
drop(struct auc *a, int is, double score)
{
	struct kind *k = &a->kind[is];
	size_t at = below(k, score, false);

	if (at == k->n || k->score[at] > score)
		return;
	a->right -= pairs(a, is, score);
	k->n--;
	memmove(k->score + at, k->score + at + 1, (k->n - at) * sizeof *k->score);
}

static double
value(const struct auc *a)
{
	double under = 0, right = 0, n[2] = { (double)a->kind[0].n, (double)a->kind[1].n };

	if (a->bins[0] != NULL) {
		n[0] = n[1] = 0;
		for (int i = 0; i < BINS; i++) {
			double no = (double)a->bins[0][i], yes = (double)a->bins[1][i];

			right += yes * (2 * under + no);
			under += no;
			n[0] += no;
			n[1] += yes;
		}
	} else {
		right = a->right;
	}
	return n[0] > 0 && n[1] > 0 ? right / 2 / n[0] / n[1] : NAN;
}

static void
clear(struct auc *a, uint64_t from)
{
	free(a->bins[0]);
	free(a->bins[1]);
	a->bins[0] = a->bins[1] = NULL;
	a->kind[0].n = a->kind[1].n = 0;
	a->right = 0;
	a->over.lo = a->over.hi = from;
}

/* -1: not both are there. */
static int
pair_at(const struct op *op, uint64_t row, double *score)
{
	double is = window_x(op_window_of(op, 0), row);

	*score = window_x(op_window_of(op, 1), row);
	return number_missing(is) || number_missing(*score) ? -1 : is > 0;
}

static void
follow(struct op *op, struct range r)
{
	struct auc *a = op->state;
	bool all = over_all(op_window_of(op, 0));
	double score;
	int is;

	if (r.lo >= a->over.hi)
		clear(a, r.lo);
	for (; a->over.hi < r.hi; a->over.hi++) {
		is = pair_at(op, a->over.hi, &score);
		if (is >= 0)
			add(a, is, score);
		if (all && a->bins[0] == NULL && a->kind[0].n + a->kind[1].n > EXACT)
			to_bins(a);
	}
	for (; a->over.lo < r.lo && !all; a->over.lo++) {
		is = pair_at(op, a->over.lo, &score);
		if (is >= 0)
			drop(a, is, score);
	}
	a->over.now = value(a);
}

static void
auc_step(struct op *op, const struct run *run, double *out)
{
	const struct auc *a = op->state;

	over_value_step(op, run, out, &a->over, follow);
}

static int
auc_init(struct op *op, struct error *err)
{
	struct auc *a = op->state;

	(void)err;
	a->over.now = NAN;
	return 0;
}

static void
auc_save(const struct op *op, struct buffer *out)
{
	const struct auc *a = op->state;

	buffer_u64(out, a->over.lo);
	buffer_u64(out, a->over.hi);
	buffer_double(out, a->right);
	buffer_double(out, a->over.now);
	buffer_u32(out, a->bins[0] != NULL);
	for (int is = 0; is < 2; is++) {
		buffer_u64(out, a->kind[is].n);
		buffer_put(out, a->kind[is].score, a->kind[is].n * sizeof *a->kind[is].score);
		if (a->bins[is] != NULL)
			buffer_put(out, a->bins[is], BINS * sizeof *a->bins[is]);
	}
}

static int
load_kind(struct auc *a, int is, bool binned, struct reader *r)
{
	struct kind *k = &a->kind[is];
	size_t n;

	if (reader_count(r, sizeof *k->score, &n) < 0)
		return -1;
	k->score = memory_grow(k->score, n + 1, sizeof *k->score);
	k->cap = n + 1;
	k->n = n;
	if (reader_get(r, k->score, n * sizeof *k->score) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (isnan(k->score[i]) || (i > 0 && k->score[i] < k->score[i - 1]))
			return -1;
	if (!binned)
		return 0;
	a->bins[is] = memory_zero(BINS, sizeof *a->bins[is]);
	return reader_get(r, a->bins[is], BINS * sizeof *a->bins[is]);
}

static int
auc_load(struct op *op, struct reader *r)
{
	struct auc *a = op->state;
	uint32_t binned;

	clear(a, 0);
	if (reader_u64(r, &a->over.lo) < 0 || reader_u64(r, &a->over.hi) < 0 ||
	    reader_double(r, &a->right) < 0 || reader_double(r, &a->over.now) < 0 ||
	    reader_below(r, 1, &binned) < 0 || load_kind(a, 0, binned, r) < 0 ||
	    load_kind(a, 1, binned, r) < 0)
		return -1;
	return over_value_check(op, &a->over);
}

static void
auc_done(struct op *op)
{
	struct auc *a = op->state;

	clear(a, 0);
	free(a->kind[0].score);
	free(a->kind[1].score);
}

static size_t
auc_held(const struct op *op)
{
	const struct auc *a = op->state;

	return (a->kind[0].cap + a->kind[1].cap) * sizeof(double) +
	       (a->bins[0] != NULL ? 2 * BINS * sizeof *a->bins[0] : 0);
}

static void
auc_explain(const struct op *op, struct text *out)
{
	const struct auc *a = op->state;

	text_add(out, "area under the curve");
	explain_result(op, out);
	explain_line(out, "kept");
	if (a->bins[0] != NULL)
		text_addf(out, "chances in %d bins: more than %d rows came\n", BINS, EXACT);
	else
		text_addf(out, "%zu rows of the class, %zu of others; %.1f pairs in order\n",
		    a->kind[1].n, a->kind[0].n, a->right / 2);
}

static const struct param params[] = {
	{ "is", PARAM_INPUT, NULL, 0, 0, NULL, "1 where the row is of the class, else 0" },
	{ "p", PARAM_INPUT, NULL, 0, 0, NULL, "scores" },
	WINDOW_PARAMS,
	{ 0 },
};

const struct op_class op_auc_window = {
	.name = ".auc",
	.help = "area under the ROC curve over a window",
	.params = params,
	.part = &op_window,
	.size = sizeof(struct auc),
	.init = auc_init,
	.step = auc_step,
	.save = auc_save,
	.load = auc_load,
	.done = auc_done,
	.held = auc_held,
	.explain = auc_explain,
};
