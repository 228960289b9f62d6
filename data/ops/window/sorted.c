/* sorted.c - the values of a window in order, answering what its readers asked.
 *
 * The answers stand in lanes, worked out as the window passes each row: so all quantiles, mad and
 * rank of the same x and w cost one structure. `all` is exact for the first EXACT_MOST values; then
 * a t-digest of bounded size goes on from them. */
#include "data/ops/window/sorted.h"

#include <stdlib.h>

#include "data/ops/window/structures/digest.h"
#include "data/ops/window/structures/order.h"
#include "data/ops/window/over.h"

enum { EXACT_MOST = 1000000 };

struct ask {
	enum question question;
	double q, answer;
	int place, second; /* of the order, where the answer is read */
	struct order_mad mad;
};

struct place {
	uint64_t lo, hi;
	double last; /* x at row hi - 1 */
	bool stale;  /* order is not built: the state was loaded */
	bool asked;  /* answers stand for the range lo..hi-1 */
	bool sketched;
};

struct sorted {
	struct place at;
	struct order order;
	struct digest *digest; /* when sketched */
	int nasks;
	struct ask *asks;
};

int
sorted_ask(const struct op *op, enum question question, double q, struct error *err)
{
	struct sorted *s = op->state;

	for (int i = 0; i < s->nasks; i++)
		if (s->asks[i].question == question && !(s->asks[i].q < q) && !(s->asks[i].q > q))
			return i;
	if (s->nasks == SORTED_LANES)
		return error_set(
		    err, "more than %d different quantiles of one window", SORTED_LANES);
	s->at.asked = false;
	s->asks = memory_grow(s->asks, (size_t)s->nasks + 1, sizeof *s->asks);
	s->asks[s->nasks] = (struct ask){ .question = question, .q = q, .answer = NAN };
	if (question == ASK_MAD)
		order_mad_init(&s->order, &s->asks[s->nasks].mad);
	else
		s->asks[s->nasks].place = order_place(&s->order);
	if (question == ASK_IQR)
		s->asks[s->nasks].second = order_place(&s->order);
	return s->nasks++;
}

size_t
sorted_count(const struct op *op, bool *sketched)
{
	const struct sorted *s = op->state;

	*sketched = s->at.sketched;
	return s->at.sketched ? (size_t)s->digest->weight : s->order.n;
}

double
sorted_at(const struct op *op, size_t rank)
{
	const struct sorted *s = op->state;

	return order_at(&s->order, rank);
}

/* --- following the window --------------------------------------------------------------------- */

static void
sorted_clear(struct sorted *s)
{
	order_clear(&s->order);
	free(s->digest);
	s->digest = NULL;
	s->at.sketched = false;
}

static void
sorted_add(struct sorted *s, double x, bool all)
{
	if (number_missing(x))
		return;
	x += 0.0; /* -0 is 0 */
	if (s->at.sketched) {
		digest_add(s->digest, x);
		return;
	}
	order_add(&s->order, x);
	if (all && s->order.n == EXACT_MOST) {
		s->digest = memory_new(1, sizeof *s->digest);
		digest_build(s->digest, &s->order);
		order_clear(&s->order);
		s->at.sketched = true;
	}
}

static void
sorted_drop(struct sorted *s, double x)
{
	if (!number_missing(x))
		order_remove(&s->order, x);
}

static void
sorted_slide(struct sorted *s, double out, double in)
{
	if (number_missing(in) || number_missing(out)) {
		sorted_drop(s, out);
		sorted_add(s, in, false);
	} else {
		order_replace(&s->order, out, in + 0.0);
	}
}

static void
sorted_follow(struct sorted *s, const struct window *w, struct range r)
{
	bool all = over_all(w);

	if (r.lo >= s->at.hi && r.lo > s->at.lo) { /* nothing that was counts any more */
		sorted_clear(s);
		s->at.lo = s->at.hi = r.lo;
	}
	while (!all && s->at.lo < r.lo && s->at.hi < r.hi)
		sorted_slide(s, window_x(w, s->at.lo++), window_x(w, s->at.hi++));
	while (!all && s->at.lo < r.lo)
		sorted_drop(s, window_x(w, s->at.lo++));
	while (s->at.hi < r.hi)
		sorted_add(s, window_x(w, s->at.hi++), all);
	if (r.lo < r.hi && r.hi - 1 >= w->kept)
		s->at.last = window_x(w, r.hi - 1);
}

/* What the window no longer keeps cannot be followed; what a loaded state lacks is in the ring. */
static void
sorted_begin(struct sorted *s, const struct window *w)
{
	if (s->at.hi < w->kept) {
		sorted_clear(s);
		s->at.lo = s->at.hi = w->kept;
	} else if (s->at.stale && !over_all(w)) {
		order_clear(&s->order);
		for (uint64_t row = s->at.lo; row < s->at.hi; row++)
			sorted_add(s, window_x(w, row), false);
	}
	s->at.stale = false;
}

/* --- answers ---------------------------------------------------------------------------------- */

static double
answer(struct sorted *s, struct ask *a)
{
	const struct digest *d = s->at.sketched ? s->digest : NULL;
	struct order *o = &s->order;

	switch (a->question) {
	case ASK_QUANTILE:
		return d != NULL ? digest_quantile(d, a->q) : order_quantile(o, a->place, a->q);
	case ASK_IQR:
		return d != NULL ? digest_quantile(d, 0.75) - digest_quantile(d, 0.25)
				 : order_between(o, a->place, 0.25, a->second, 0.75);
	case ASK_MAD:
		return d != NULL ? digest_mad(d) : order_mad(o, &a->mad);
	case ASK_RANK:
		break;
	}
	if (number_missing(s->at.last) || (d == NULL && o->n == 0))
		return NAN;
	return d != NULL ? digest_share(d, s->at.last)
			 : (double)order_at_most(o, a->place, s->at.last) / (double)o->n;
}

static void
sorted_answer(struct sorted *s)
{
	for (int k = 0; k < s->nasks; k++)
		s->asks[k].answer = number_finite(answer(s, &s->asks[k]));
	s->at.asked = true;
}

/* Rows from i on that slide the window by one value out and one in, as nearly all do where it has a
 * length in rows: nothing but the values moves. Returns the first that does not. */
static int
slide_rows(struct sorted *s, const struct window *w, const double *in, int i, int n, double *out)
{
	double lo = (double)(int64_t)s->at.lo, hi = (double)(int64_t)s->at.hi;

	if (over_all(w) || !(lo < hi))
		return i;
	for (; i < n && in[i] == ++lo && in[i + BLOCK_ROWS] == ++hi; i++) {
		double gone = window_x(w, s->at.lo), come = window_x(w, s->at.hi);

		if (number_missing(gone) || number_missing(come))
			break;
		order_replace(&s->order, gone, come + 0.0);
		s->at.last = come;
		s->at.lo++;
		s->at.hi++;
		sorted_answer(s);
		for (int k = 0; k < s->nasks; k++)
			out[i + k * BLOCK_ROWS] = s->asks[k].answer;
	}
	return i;
}

static void
sorted_row(struct sorted *s, const struct window *w, const double *in, int i, double *out)
{
	struct range r;
	bool any = window_range(in, i, &r);

	if (any && (r.hi != s->at.hi || r.lo > s->at.lo)) {
		sorted_follow(s, w, r);
		s->at.asked = false;
	}
	if (any && !s->at.asked)
		sorted_answer(s);
	for (int k = 0; k < s->nasks; k++)
		out[i + k * BLOCK_ROWS] = any ? s->asks[k].answer : NAN;
}

static void
sorted_step(struct op *op, const struct run *run, double *out)
{
	struct sorted *s = op->state;
	const struct window *w = op_window_of(op, 0);
	const double *in = op->in[0];

	sorted_begin(s, w);
	for (int i = slide_rows(s, w, in, 0, run->n, out); i < run->n;) {
		sorted_row(s, w, in, i, out);
		i = slide_rows(s, w, in, i + 1, run->n, out);
	}
}

/* --- bytes ------------------------------------------------------------------------------------ */

/* The values of a sliding window stand in its ring; those of `all` are saved here. */
static void
sorted_save(const struct op *op, struct buffer *b)
{
	const struct sorted *s = op->state;
	const uint64_t place[] = { s->at.lo, s->at.hi, s->at.sketched };
	double scratch[ORDER_PAGE];
	const double *v;
	size_t n;

	buffer_put(b, place, sizeof place);
	buffer_put(b, &s->at.last, sizeof s->at.last);
	if (s->at.sketched) {
		buffer_put(b, s->digest, sizeof *s->digest);
	} else if (over_all(op_window_of(op, 0))) {
		buffer_u64(b, s->order.n);
		for (size_t page = 0; (v = order_values(&s->order, page, scratch, &n)) != NULL;
		     page++)
			buffer_put(b, v, n * sizeof *v);
	}
}

static int
load_values(struct sorted *s, struct reader *r)
{
	uint64_t n;
	double v;

	if (reader_u64(r, &n) < 0 || n >= EXACT_MOST)
		return -1;
	for (; n > 0; n--) {
		if (reader_get(r, &v, sizeof v) < 0 || !isfinite(v))
			return -1;
		order_add(&s->order, v);
	}
	return 0;
}

static int
load_digest(struct sorted *s, struct reader *r)
{
	s->digest = memory_new(1, sizeof *s->digest);
	s->at.sketched = true;
	return reader_get(r, s->digest, sizeof *s->digest) == 0 && digest_right(s->digest) ? 0 : -1;
}

static int
sorted_load(struct op *op, struct reader *r)
{
	struct sorted *s = op->state;
	const struct window *w = op_window_of(op, 0);
	uint64_t place[3];

	sorted_clear(s);
	if (reader_get(r, place, sizeof place) < 0 ||
	    reader_get(r, &s->at.last, sizeof s->at.last) < 0 || place[2] > 1 ||
	    !window_follows(w, place[0], place[1]))
		return -1;
	s->at.lo = place[0];
	s->at.hi = place[1];
	s->at.stale = true;
	s->at.asked = false;
	if (!over_all(w))
		return place[2] == 0 ? 0 : -1;
	return place[2] == 1 ? load_digest(s, r) : load_values(s, r);
}

static void
sorted_done(struct op *op)
{
	struct sorted *s = op->state;

	order_done(&s->order);
	free(s->digest);
	free(s->asks);
}

static void
sorted_fetch(const struct op *op)
{
	const struct sorted *s = op->state;

	order_fetch(&s->order);
	__builtin_prefetch(s->asks, 1);
}

static size_t
sorted_held(const struct op *op)
{
	const struct sorted *s = op->state;

	return order_held(&s->order) + (size_t)s->nasks * sizeof *s->asks +
	       (s->digest != NULL ? sizeof *s->digest : 0);
}

static void
sorted_explain(const struct op *op, struct text *out)
{
	const struct sorted *s = op->state;
	bool sketched;
	size_t n = sorted_count(op, &sketched);

	text_addf(
	    out, "kept of it = n %zu, %s", n, sketched ? "a t-digest" : "the values in order");
	if (n > 0)
		text_addf(out, ": %.6g to %.6g", sketched ? s->digest->min : order_at(&s->order, 0),
		    sketched ? s->digest->max : order_at(&s->order, n - 1));
	text_addc(out, '\n');
}

const struct op_class op_sorted = {
	.name = ".sorted",
	.help = "the values in order",
	.params = over_x,
	.part = &op_window,
	.lanes = SORTED_LANES,
	.size = sizeof(struct sorted),
	.step = sorted_step,
	.save = sorted_save,
	.load = sorted_load,
	.explain = sorted_explain,
	.done = sorted_done,
	.held = sorted_held,
	.fetch = sorted_fetch,
};
