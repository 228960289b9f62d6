/* two_stacks.c - the memory and the bytes of an aggregate over a sliding range. See fold.h. */
#include "data/ops/window/two_stacks.h"

#include <stdlib.h>
#include <string.h>

void *
two_stacks_reserve(struct two_stacks *f, uint64_t n, size_t item)
{
	f->item = (uint32_t)item;
	if (n > f->cap) {
		f->cap = n;
		f->front = memory_grow(f->front, f->cap, item);
	}
	return f->front;
}

void
two_stacks_save(const struct op *op, struct buffer *b)
{
	const struct two_stacks *f = op->state;
	const uint64_t place[] = { f->lo, f->mid, f->hi };

	buffer_put(b, place, sizeof place);
	buffer_put(b, f + 1, op->node->class->size - sizeof *f);
}

int
two_stacks_load(struct op *op, struct reader *r)
{
	const struct window *w = op_window_of(op, 0);
	struct two_stacks *f = op->state;
	uint64_t place[3];

	if (reader_get(r, place, sizeof place) < 0 ||
	    reader_get(r, f + 1, op->node->class->size - sizeof *f) < 0)
		return -1;
	f->lo = place[0];
	f->mid = place[1];
	f->hi = place[2];
	f->stale = true;
	if (f->lo > f->mid || f->mid > f->hi || f->hi > w->end)
		return -1;
	return f->hi < w->kept || window_holds(w, f->lo, f->mid) ? 0 : -1;
}

void
two_stacks_done(struct op *op)
{
	struct two_stacks *f = op->state;

	free(f->front);
}

size_t
two_stacks_held(const struct op *op)
{
	const struct two_stacks *f = op->state;

	return f->cap * f->item;
}
