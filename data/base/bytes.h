/* bytes.h - fields as bytes, for state that is saved and loaded on the same machine. */
#ifndef WEIR_BYTES_H
#define WEIR_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer { /* zeroed: empty */
	unsigned char *data;
	size_t len, cap;
};

void buffer_put(struct buffer *, const void *p, size_t n);
void buffer_u32(struct buffer *, uint32_t v);
void buffer_u64(struct buffer *, uint64_t v);
void buffer_i64(struct buffer *, int64_t v);
void buffer_double(struct buffer *, double v);
void buffer_text(struct buffer *, const char *s, size_t n); /* its length, then the bytes */
void buffer_done(struct buffer *);

struct reader {
	const unsigned char *p, *end;
};

/* Each returns 0, or -1 when fewer bytes are left than asked for; then nothing is read. */
int reader_get(struct reader *, void *p, size_t n);
int reader_u32(struct reader *, uint32_t *v);
int reader_u64(struct reader *, uint64_t *v);
int reader_i64(struct reader *, int64_t *v);
int reader_double(struct reader *, double *v);
/* The text stays where it is, without a NUL behind it. */
int reader_text(struct reader *, const char **s, size_t *n);
/* A number of things to come, each of `least` bytes or more: -1 also where fewer bytes are left
 * than they would take, so that room may be made for so many. */
int reader_count(struct reader *, size_t least, size_t *n);
/* A number of 0 to most. */
int reader_below(struct reader *, uint32_t most, uint32_t *v);

/* 64 bits that differ where the bytes do, by accident all but never; not against malice. */
uint64_t bytes_hash(const void *p, size_t n);
/* The same in parts, of n bytes in all: each but the last is a multiple of the step. */
enum { BYTES_HASH_STEP = 8 };
uint64_t bytes_hash_begin(size_t n);
uint64_t bytes_hash_on(uint64_t hash, const void *p, size_t n);
uint64_t bytes_hash_end(uint64_t hash);

/* Of a bool among bytes that were read as they stood: is it one? Reading another is undefined. */
bool bytes_bool(const void *);

#endif
