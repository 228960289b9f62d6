/* bytes.c - fields as bytes, and reading them back with their bounds checked. */
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
buffer_u32(struct buffer *b, uint32_t v)
{
	buffer_put(b, &v, sizeof v);
}

void
buffer_u64(struct buffer *b, uint64_t v)
{
	buffer_put(b, &v, sizeof v);
}

void
buffer_i64(struct buffer *b, int64_t v)
{
	buffer_put(b, &v, sizeof v);
}

void
buffer_double(struct buffer *b, double v)
{
	buffer_put(b, &v, sizeof v);
}

void
buffer_text(struct buffer *b, const char *s, size_t n)
{
	buffer_u64(b, n);
	buffer_put(b, s, n);
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

bool
bytes_bool(const void *p)
{
	const unsigned char *byte = p;

	return *byte <= 1;
}

int
reader_u64(struct reader *r, uint64_t *v)
{
	return reader_get(r, v, sizeof *v);
}

int
reader_u32(struct reader *r, uint32_t *v)
{
	return reader_get(r, v, sizeof *v);
}

int
reader_i64(struct reader *r, int64_t *v)
{
	return reader_get(r, v, sizeof *v);
}

int
reader_double(struct reader *r, double *v)
{
	return reader_get(r, v, sizeof *v);
}

int
reader_count(struct reader *r, size_t least, size_t *n)
{
	struct reader before = *r;
	uint64_t count;

	if (reader_u64(r, &count) < 0)
		return -1;
	if (count > (size_t)(r->end - r->p) / least) {
		*r = before;
		return -1;
	}
	*n = (size_t)count;
	return 0;
}

int
reader_text(struct reader *r, const char **s, size_t *n)
{
	if (reader_count(r, 1, n) < 0)
		return -1;
	*s = (const char *)r->p;
	r->p += *n;
	return 0;
}

int
reader_below(struct reader *r, uint32_t most, uint32_t *v)
{
	struct reader before = *r;

	if (reader_u32(r, v) == 0 && *v <= most)
		return 0;
	*r = before;
	return -1;
}

/* Eight bytes at a step. A step is undone by no other: a change in one word is never lost. The end
 * mixes the high bits down, as MurmurHash3 does. */
uint64_t
bytes_hash_begin(size_t n)
{
	return UINT64_C(0x9e3779b97f4a7c15) ^ n;
}

uint64_t
bytes_hash_on(uint64_t h, const void *p, size_t n)
{
	const unsigned char *s = p;
	uint64_t word;

	for (; n > 0; s += sizeof word) {
		size_t k = n < sizeof word ? n : sizeof word;

		word = 0;
		memcpy(&word, s, k);
		h = (h ^ word) * UINT64_C(0xff51afd7ed558ccd);
		h = h << 29 | h >> 35;
		n -= k;
	}
	return h;
}

uint64_t
bytes_hash_end(uint64_t h)
{
	h = (h ^ h >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
	return h ^ h >> 29;
}

uint64_t
bytes_hash(const void *p, size_t n)
{
	return bytes_hash_end(bytes_hash_on(bytes_hash_begin(n), p, n));
}
