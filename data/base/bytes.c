/* bytes.c - buffers of state bytes, and reading them back with their bounds checked. */
#include "data/base/bytes.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

void
buffer_put(struct buffer *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	if (b->cap - b->len < n) {
		b->cap = (b->len + n) * 2;
		b->data = memory_grow(b->data, b->cap, 1);
	}
	memcpy(b->data + b->len, p, n);
	b->len += n;
}

void
buffer_u64(struct buffer *b, uint64_t v)
{
	buffer_put(b, &v, sizeof v);
}

void
buffer_done(struct buffer *b)
{
	free(b->data);
	*b = (struct buffer){ 0 };
}

int
reader_get(struct reader *r, void *p, size_t n)
{
	if (n == 0)
		return 0; /* also where there is nothing to read from */
	if ((size_t)(r->end - r->p) < n)
		return -1;
	memcpy(p, r->p, n);
	r->p += n;
	return 0;
}

int
reader_u64(struct reader *r, uint64_t *v)
{
	return reader_get(r, v, sizeof *v);
}
