/* window.c - the shared window: which rows of x count at each row. See window.h. */
#include <assert.h>
#include <stdlib.h>

#include "data/base/times/clock.h"
#include "data/ops/window/window_parts.h"

enum { FIRST_RING = 4 /* many keys have few rows */ };

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

/* Rings are powers of two, so a row keeps its place by a mask. */
void
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
	assert(w->x != NULL || w->kept == w->end);
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
