/* window.c - the shared window: which rows of x count at each row. See window.h. */
#include "data/ops/window/window.h"

#include <stdlib.h>

#include "data/base/times/clock.h"
#include "data/graph/explain.h"

enum { FIRST_RING = 4 /* many keys have few rows */ };

static const uint64_t ROWS_MOST = UINT64_C(1) << 53; /* lo and hi go out as doubles */

static const struct param params[] = {
	{ "x", PARAM_ANY, NULL, 0, 0, NULL, "values" },
	WINDOW_PARAMS,
	{ 0 },
};

static int
window_init(struct op *op, struct error *err)
{
	struct window *w = op->state;

	(void)err;
	w->span = op_span(op, "w");
	w->every = op_span(op, "every");
	w->gap = op_span(op, "gap");
	w->last = w->boundary = TIME_NONE;
	w->times = w->span.unit == SPAN_TIME || !op->node->compact || op->node->stamps;
	return 0;
}

/* The rows that are in already keep no times: a reader that came late does without them. */
void
window_keep_times(const struct op *window)
{
	struct window *w = window->state;

	if (w->times)
		return;
	w->times = true;
	w->timed = w->end;
	if (w->x != NULL)
		w->time = memory_zero(w->mask + 1, sizeof *w->time);
}

/* Room for the rows kept and n more. Rings are powers of two, so a row keeps its place by a mask.
 */
static void
window_reserve(struct window *w, uint64_t n)
{
	uint64_t need = w->end - w->kept + n, size = w->x != NULL ? w->mask + 1 : 0;
	uint64_t grown = size > 0 ? size : FIRST_RING;
	int64_t *time = NULL;
	double *x;

	if (need <= size)
		return;
	while (grown < need)
		grown *= 2;
	x = memory_new(grown, sizeof *x);
	if (w->times)
		time = memory_zero(grown, sizeof *time);
	for (uint64_t row = w->kept; row < w->end; row++) {
		x[row & (grown - 1)] = w->x[row & w->mask];
		if (time != NULL)
			time[row & (grown - 1)] = w->time[row & w->mask];
	}
	free(w->x);
	free(w->time);
	w->x = x;
	w->time = time;
	w->mask = grown - 1;
}

/* The largest multiple of step not above t; where no int64_t reaches it, the first stamp of all. */
static int64_t
floor_multiple(int64_t t, int64_t step)
{
	int64_t rest = t % step, multiple;

	if (__builtin_sub_overflow(t, rest < 0 ? rest + step : rest, &multiple))
		return TIME_NONE + 1;
	return multiple;
}

/* The oldest row that counts for a window that ends with row hi - 1, at time now. */
static uint64_t
window_lo(const struct window *w, uint64_t hi, int64_t now)
{
	uint64_t lo = w->lo;

	switch (w->span.unit) {
	case SPAN_ROWS:
		if (hi > (uint64_t)w->span.n && hi - (uint64_t)w->span.n > lo)
			lo = hi - (uint64_t)w->span.n;
		break;
	case SPAN_TIME:
		while (lo < hi && elapsed(window_time(w, lo), now) >= w->span.n)
			lo++;
		break;
	case SPAN_ALL:
	case SPAN_NONE:
		break;
	}
	return lo > w->session ? lo : w->session < hi ? w->session : hi;
}

static void
window_publish(struct window *w, uint64_t hi, int64_t now)
{
	w->lo = window_lo(w, hi, now);
	w->hi = hi;
	w->ready = true;
}

/* every= in time, for the row at t that is about to come: when the last multiple before it was not
 * told yet, the value changes to what stood at that multiple. Multiples are those of the stamps,
 * from which a clock that was set back stands apart by shift; where that has just changed, the last
 * multiple may lie before rows that went already, and then tells nothing of them. */
static void
window_multiple(struct window *w, int64_t t, int64_t shift)
{
	int64_t at = elapsed(-shift, floor_multiple(elapsed(shift, t), w->every.n));

	if (at < t && at != w->boundary && at >= w->last && w->end > 0)
		window_publish(w, w->end, at);
	w->boundary = at;
}

/* Takes in the row at time t, which is already in the ring: moves lo and hi on to what counts now.
 */
static void
window_row(struct window *w, int64_t t, int64_t shift)
{
	if (w->every.unit == SPAN_TIME)
		window_multiple(w, t, shift);
	if (w->gap.unit == SPAN_TIME && w->last != TIME_NONE && elapsed(w->last, t) > w->gap.n)
		w->session = w->end;
	w->last = t;
	w->end++;
	if (w->every.unit == SPAN_NONE || (w->every.unit == SPAN_TIME && t == w->boundary) ||
	    (w->every.unit == SPAN_ROWS && w->end % (uint64_t)w->every.n == 0))
		window_publish(w, w->end, t);
}

/* The last n rows, whatever their times are. */
static void
window_slide(struct window *w, const struct run *run, const double *x, double *out)
{
	int64_t end = (int64_t)w->end, lo = (int64_t)w->lo;

	for (int i = 0; i < run->n; i++) {
		uint64_t at = (uint64_t)(end + i) & w->mask;

		w->x[at] = x[i];
		if (w->time != NULL)
			w->time[at] = run->time[i];
	}
	for (int i = 0; i < run->n; i++) {
		end++;
		lo = end - w->span.n > lo ? end - w->span.n : lo;
		out[i] = (double)lo;
		out[i + BLOCK_ROWS] = (double)end;
	}
	w->lo = (uint64_t)lo;
	w->hi = w->end = (uint64_t)end;
	w->ready = true;
	if (run->n > 0)
		w->last = run->time[run->n - 1];
}

static void
window_step(struct op *op, const struct run *run, double *out)
{
	struct window *w = op->state;
	const double *x = op->in[0];

	/* Readers followed the range to its end; what is below is done with. `all` starts anew. */
	w->kept = w->span.unit == SPAN_ALL ? w->hi : w->lo;
	window_reserve(w, (uint64_t)run->n);
	if (w->span.unit == SPAN_ROWS && w->every.unit == SPAN_NONE && w->gap.unit == SPAN_NONE) {
		window_slide(w, run, x, out);
		return;
	}
	for (int i = 0; i < run->n; i++) {
		w->x[w->end & w->mask] = x[i];
		if (w->time != NULL)
			w->time[w->end & w->mask] = run->time[i];
		window_row(w, run->time[i], run->shift);
		out[i] = w->ready ? (double)(int64_t)w->lo : NAN;
		out[i + BLOCK_ROWS] = w->ready ? (double)(int64_t)w->hi : NAN;
	}
}

/* Rows leave a window of time though none comes; every= in time tells the multiples that pass. The
 * readers still have to read what leaves now, so the ring is left as it is. */
static void
window_tick(struct op *op, const struct run *run, double *out)
{
	struct window *w = op->state;
	int64_t t = run->time[0], shift = run->shift, at = t;

	if (w->every.unit == SPAN_TIME)
		at = elapsed(-shift, floor_multiple(elapsed(shift, t), w->every.n));
	if (w->every.unit == SPAN_TIME ? at != w->boundary && at >= w->last
				       : w->every.unit == SPAN_NONE && w->span.unit == SPAN_TIME) {
		window_publish(w, w->end, at);
		w->boundary = w->every.unit == SPAN_TIME ? at : w->boundary;
	}
	out[0] = w->ready ? (double)(int64_t)w->lo : NAN;
	out[BLOCK_ROWS] = w->ready ? (double)(int64_t)w->hi : NAN;
}

/* The ring's cells of the rows kept, in at most two stretches: from the place of the first row to
 * the ring's end, and from its start. */
static void
save_ring(const struct window *w, const void *ring, struct buffer *b)
{
	const unsigned char *cells = ring;
	uint64_t n = w->end - w->kept, from = w->kept & w->mask;
	uint64_t straight = n < w->mask + 1 - from ? n : w->mask + 1 - from;

	if (n == 0)
		return;
	buffer_put(b, cells + from * 8, straight * 8);
	buffer_put(b, cells, (n - straight) * 8);
}

static void
window_save(const struct op *op, struct buffer *b)
{
	const struct window *w = op->state;
	const uint64_t fields[] = { w->kept, w->lo, w->hi, w->end, w->session, w->timed, w->ready,
		w->time != NULL, (uint64_t)w->boundary, (uint64_t)w->last };

	buffer_put(b, fields, sizeof fields);
	save_ring(w, w->x, b);
	if (w->time != NULL)
		save_ring(w, w->time, b);
}

/* What the other functions rely on. */
static bool
window_right(const struct window *w)
{
	uint64_t kept = w->span.unit == SPAN_ALL ? w->hi : w->lo;

	return w->kept <= kept && w->lo <= w->hi && w->hi <= w->end && w->session <= w->end &&
	       w->end <= ROWS_MOST;
}

static int
load_fields(struct window *w, struct reader *r, bool *times)
{
	uint64_t f[10];

	if (reader_get(r, f, sizeof f) < 0 || f[6] > 1 || f[7] > 1)
		return -1;
	w->kept = f[0];
	w->lo = f[1];
	w->hi = f[2];
	w->end = f[3];
	w->session = f[4];
	w->timed = f[5];
	w->ready = f[6] == 1;
	*times = f[7] == 1;
	w->boundary = (int64_t)f[8];
	w->last = (int64_t)f[9];
	return window_right(w) ? 0 : -1;
}

static int
load_ring(const struct window *w, void *ring, struct reader *r)
{
	unsigned char *cells = ring;

	for (uint64_t row = w->kept; row < w->end; row++)
		if (reader_get(r, cells + (row & w->mask) * 8, 8) < 0)
			return -1;
	return 0;
}

static int
window_load(struct op *op, struct reader *r)
{
	struct window *w = op->state;
	bool times;
	uint64_t n;

	free(w->x);
	free(w->time);
	w->x = NULL;
	w->time = NULL;
	if (load_fields(w, r, &times) < 0)
		return -1;
	n = w->end - w->kept;
	if (n > (uint64_t)(r->end - r->p) / sizeof *w->x)
		return -1;
	w->end = w->kept;
	window_reserve(w, n);
	w->end += n;
	if (load_ring(w, w->x, r) < 0)
		return -1;
	if (!times)
		w->timed = w->end;
	else if (w->time != NULL)
		return load_ring(w, w->time, r);
	else
		r->p = r->end; /* nobody reads them here */
	return 0;
}

static void
window_done(struct op *op)
{
	struct window *w = op->state;

	free(w->x);
	free(w->time);
}

/* Where the next row goes in; what goes out stands behind it when the ring is full. */
static void
window_fetch(const struct op *op)
{
	const struct window *w = op->state;

	if (w->x != NULL)
		__builtin_prefetch(&w->x[w->end & w->mask], 1);
	if (w->x != NULL && w->lo > 0)
		__builtin_prefetch(&w->x[w->lo & w->mask]);
}

static size_t
window_held(const struct op *op)
{
	const struct window *w = op->state;

	size_t cells = w->x != NULL ? w->mask + 1 : 0;

	return cells * (sizeof *w->x + (w->time != NULL ? sizeof *w->time : 0));
}

/* "60 rows, every 10 rows" */
static void
explain_span(const struct window *w, struct text *out)
{
	if (w->span.unit == SPAN_ALL) {
		text_add(out, "since the start");
	} else {
		span_print(w->span, out);
		text_add(out, w->span.unit == SPAN_ROWS ? " rows" : "");
	}
	if (w->every.unit != SPAN_NONE) {
		text_add(out, ", every ");
		span_print(w->every, out);
		text_add(out, w->every.unit == SPAN_ROWS ? " rows" : "");
	}
	if (w->gap.unit != SPAN_NONE) {
		text_add(out, ", anew after a gap of ");
		span_print(w->gap, out);
	}
}

/* The rows that the last one pushed out: those from lo before to lo. */
static void
explain_out(const struct op *op, struct text *out)
{
	const struct window *w = op->state;
	double before = op->ends->out_before; /* it may be any number after a load */
	uint64_t from = before > 0 && before < (double)w->lo ? (uint64_t)before : 0;
	uint64_t gone = before >= (double)w->lo ? 0 : w->lo - from;

	explain_line(out, "out");
	if (gone == 0)
		text_add(out, "none");
	else if (gone > 1 || w->lo <= w->kept)
		text_addf(out, "%llu rows", (unsigned long long)gone);
	else
		op_print(op, 0, window_x(w, w->lo - 1), out);
	text_addc(out, '\n');
}

static void
explain_in(const struct op *op, struct text *out)
{
	const struct window *w = op->state;

	explain_line(out, "in");
	op_print(op, 0, op->ends->in_last[0], out);
	if (number_missing(op->ends->in_last[0]))
		text_add(out, " (ages the others, and does not count)");
	if (w->hi != w->end)
		text_add(out, " (waits for the next multiple)");
	text_addc(out, '\n');
}

enum { SHOWN = 8 };

static void
explain_held(const struct op *op, struct text *out)
{
	const struct window *w = op->state;
	uint64_t rows = w->hi - w->lo, from = rows > SHOWN ? w->hi - SHOWN : w->lo;

	explain_line(out, "holds");
	text_addf(out, "%llu row%s", (unsigned long long)rows, rows == 1 ? "" : "s");
	if (from < w->kept)
		from = w->kept;
	for (uint64_t row = from; row < w->hi; row++) {
		size_t line = out->len;

		text_add(out, row > from ? " " : row > w->lo ? ": ... " : ": ");
		op_print(op, 0, window_x(w, row), out);
		if (out->len - line > 10 && row + 4 < w->hi)
			row += 2; /* wide values: fewer of them */
	}
	text_addc(out, '\n');
}

static void
window_explain(const struct op *op, struct text *out)
{
	const struct window *w = op->state;

	bool counts_rows = op->args[0]->node->class == NULL && op->args[0]->node->column < 0;

	text_add(out, "window of ");
	if (counts_rows)
		text_add(out, "rows");
	else
		explain_label(op->args[0], out);
	text_add(out, ": ");
	explain_span(w, out);
	text_addc(out, '\n');
	if (w->end == 0 || counts_rows)
		return;
	explain_in(op, out);
	explain_out(op, out);
	explain_held(op, out);
}

const struct op_class op_window = {
	.name = ".window",
	.help = "the rows that count",
	.params = params,
	.result = RESULT_AS_INPUT, /* what is in the ring, for those who read a value from it */
	.lanes = 2,
	.size = sizeof(struct window),
	.init = window_init,
	.step = window_step,
	.tick = window_tick,
	.save = window_save,
	.load = window_load,
	.done = window_done,
	.held = window_held,
	.fetch = window_fetch,
	.explain = window_explain,
};
