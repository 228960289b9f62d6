/* share.c - share, missing and per_second: rows of a window that are so, and how fast rows come. */
#include "data/base/times/clock.h"
#include "data/ops/window/over.h"

struct counts {
	uint64_t lo, hi;
	uint64_t present, yes; /* of rows lo..hi-1 */
};

static inline void
count_row(struct counts *c, double x, uint64_t one)
{
	c->present += number_missing(x) ? 0 : one;
	c->yes += number_missing(x) || x == 0 ? 0 : one;
}

static inline void
counts_follow(struct counts *c, const struct window *w, struct range r)
{
	if (c->hi < w->kept)
		*c = (struct counts){ .lo = w->kept, .hi = w->kept };
	if (r.lo >= c->hi && r.lo > c->lo)
		*c = (struct counts){ .lo = r.lo, .hi = r.lo };
	while (c->hi < r.hi)
		count_row(c, window_x(w, c->hi++), 1);
	while (c->lo < r.lo)
		count_row(c, window_x(w, c->lo++), UINT64_MAX); /* -1 */
}

static int
counts_load(struct op *op, struct reader *r)
{
	struct counts *c = op->state;

	if (reader_get(r, c, sizeof *c) < 0)
		return -1;
	return window_follows(op_window_of(op, 0), c->lo, c->hi) ? 0 : -1;
}

static inline __attribute__((always_inline)) void
counts_step(
    struct op *op, const struct run *run, double *out, double (*value)(const struct counts *))
{
	struct counts *c = op->state;

	for (int i = 0; i < run->n; i++) {
		struct range r;

		out[i] = NAN;
		if (!window_range(op->in[0], i, &r))
			continue;
		counts_follow(c, op_window_of(op, 0), r);
		out[i] = value(c);
	}
}

static double
share_value(const struct counts *c)
{
	return c->present > 0 ? (double)c->yes / (double)c->present : NAN;
}

static double
missing_value(const struct counts *c)
{
	return (double)(c->hi - c->lo - c->present);
}

static void
share_step(struct op *op, const struct run *run, double *out)
{
	counts_step(op, run, out, share_value);
}

static void
missing_step(struct op *op, const struct run *run, double *out)
{
	counts_step(op, run, out, missing_value);
}

static void
share_explain(const struct op *op, struct text *out)
{
	const struct counts *c = op->state;

	text_addf(out, " = true / rows = %llu / %llu", (unsigned long long)c->yes,
	    (unsigned long long)c->present);
	explain_result(op, out);
}

static void
missing_explain(const struct op *op, struct text *out)
{
	const struct counts *c = op->state;

	text_addf(out, " = rows - present = %llu - %llu", (unsigned long long)(c->hi - c->lo),
	    (unsigned long long)c->present);
	explain_result(op, out);
}

static const struct param share_params[] = {
	{ "cond", PARAM_INPUT, NULL, 0, 0, NULL, "a condition: true where it is not 0" },
	WINDOW_PARAMS,
	{ 0 },
};

const struct op_class op_share = {
	.name = "share",
	.family = "counting",
	.help = "share of the window's rows where cond is true (not 0)",
	.params = share_params,
	.part = &op_window,
	.size = sizeof(struct counts),
	.step = share_step,
	.load = counts_load,
	.explain = share_explain,
};

const struct op_class op_missing = {
	.name = "missing",
	.family = "counting",
	.help = "how many rows of the window have no value",
	.params = over_any,
	.part = &op_window,
	.size = sizeof(struct counts),
	.step = missing_step,
	.load = counts_load,
	.explain = missing_explain,
};

/* --- per_second ------------------------------------------------------------------------------- */

struct pace {
	uint64_t begin;  /* the first row ever looked at: it may be younger than its window */
	uint64_t lo, hi; /* the range that the times are of */
	int64_t first, last;
};

static int
pace_init(struct op *op, struct error *err)
{
	(void)err;
	if (op->args != NULL) /* else the trial of an expression */
		window_keep_times(op->args[0]);
	return 0;
}

static void
pace_follow(struct pace *p, const struct window *w, struct range r)
{
	uint64_t from = w->timed > w->kept ? w->timed : w->kept;

	if (p->hi < from)
		*p = (struct pace){ .begin = from, .lo = from, .hi = from };
	if (r.hi < from)
		return;
	if (r.lo < p->begin)
		r.lo = p->begin;
	if (r.lo < r.hi && (r.lo != p->lo || p->hi == p->begin))
		p->first = window_time(w, r.lo);
	if (r.lo < r.hi && r.hi != p->hi)
		p->last = window_time(w, r.hi - 1);
	p->lo = r.lo;
	p->hi = r.hi;
}

static int
pace_load(struct op *op, struct reader *r)
{
	struct pace *p = op->state;

	if (reader_get(r, p, sizeof *p) < 0)
		return -1;
	return p->lo <= p->hi && p->hi <= op_window_of(op, 0)->end ? 0 : -1;
}

/* n rows have n - 1 times from one to the next. */
static double
pace_value(const struct pace *p, const struct window *w)
{
	double rows = (double)(p->hi - p->lo);

	if (w->span.unit == SPAN_TIME)
		return rows / time_seconds(w->span.n);
	return p->hi > p->lo ? number_finite((rows - 1) / elapsed_seconds(p->first, p->last)) : NAN;
}

static void
pace_step(struct op *op, const struct run *run, double *out)
{
	struct pace *p = op->state;
	const struct window *w = op_window_of(op, 0);

	for (int i = 0; i < run->n; i++) {
		struct range r;

		out[i] = NAN;
		if (!window_range(op->in[0], i, &r))
			continue;
		pace_follow(p, w, r);
		out[i] = pace_value(p, w);
	}
}

static void
pace_explain(const struct op *op, struct text *out)
{
	const struct pace *p = op->state;
	const struct window *w = op_window_of(op, 0);
	unsigned long long rows = p->hi - p->lo;
	bool timed = w->span.unit == SPAN_TIME;

	text_addf(out, " = %s = %llu / ", timed ? "rows / window" : "(rows - 1) / time",
	    timed || rows == 0 ? rows : rows - 1);
	explain_elapsed(out, timed ? 0 : p->first, timed ? w->span.n : p->last);
	explain_result(op, out);
}

const struct op_class op_pace = {
	.name = ".pace",
	.help = "rows a second, of the rows of x",
	.params = over_any,
	.part = &op_window,
	.size = sizeof(struct pace),
	.init = pace_init,
	.step = pace_step,
	.load = pace_load,
	.explain = pace_explain,
};

static const struct param per_second_params[] = {
	WINDOW_PARAMS,
	{ 0 },
};

const struct op_class op_per_second = {
	.name = "per_second",
	.family = "counting",
	.help = "rows a second: rows / w of a time window, else (rows - 1) / time first to last",
	.params = per_second_params,
	.means = ".pace(1, w)",
};
