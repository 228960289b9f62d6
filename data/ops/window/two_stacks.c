/* two_stacks.c - the memory and the bytes of an aggregate over a sliding range. See fold.h. */
#include "data/ops/window/two_stacks.h"

#include <stdlib.h>
#include <string.h>

void *
two_stacks_reserve(struct two_stacks *f, uint64_t n, size_t item)
{
	f->item = item;
	if (n > f->cap) {
		f->cap = n;
		f->front = memory_grow(f->front, f->cap, item);
	}
	return f->front;
}

void
two_stacks_save(const struct op *op, struct buffer *b)
{
	buffer_put(b, op->state, op->node->class->size);
}

int
two_stacks_load(struct op *op, struct reader *r)
{
	struct two_stacks *f = op->state, own = *f;

	if (reader_get(r, op->state, op->node->class->size) < 0)
		return -1;
	f->front = own.front;
	f->cap = own.cap;
	f->item = own.item;
	f->stale = true;
	return f->lo <= f->mid && f->mid <= f->hi ? 0 : -1;
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
