/* window_state.c - a window as bytes, and back. */
#include <stdlib.h>

#include "data/ops/window/window_parts.h"

static const uint64_t ROWS_MOST = UINT64_C(1) << 53; /* lo and hi go out as doubles */

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

void
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

int
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
