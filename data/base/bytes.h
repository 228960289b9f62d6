/* bytes.h - the state of an operator as bytes, for checkpoints on the same machine. */
#ifndef WEIR_BYTES_H
#define WEIR_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
	unsigned char *data;
	size_t len, cap;
};

void buffer_put(struct buffer *, const void *p, size_t n);
void buffer_u64(struct buffer *, uint64_t v);
void buffer_done(struct buffer *);

struct reader {
	const unsigned char *p, *end;
};

/* Each returns 0, or -1 when fewer bytes are left than asked for; then nothing is read. */
int reader_get(struct reader *, void *p, size_t n);
int reader_u64(struct reader *, uint64_t *v);

/* Of a bool among bytes that were read as they stood: is it one? To look at another is undefined. */
bool bytes_bool(const void *);

#endif
