/* streams.h - the generators of the literature on learning from streams, each from its paper. */
#ifndef WEIR_BENCH_STREAMS_H
#define WEIR_BENCH_STREAMS_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/support.h"

enum { STREAM_FEATURES = 64 };

struct stream_row {
	double x[STREAM_FEATURES], y;
};

/* Fills row i of n. What it has drawn for all rows stays in state: zeros at row 0. */
typedef void stream_row_fn(struct rng *, void *state, int i, int n, struct stream_row *);

struct stream {
	const char *name;
	int features;
	bool number; /* the target is one; else a class */
	stream_row_fn *row;
	size_t state; /* bytes */
};

extern const struct stream streams_of_classes[]; /* end with a NULL name */
extern const struct stream streams_of_numbers[];

/* Rows of a seed, which the caller frees. */
struct stream_row *stream_rows(const struct stream *, int n, int seed);

#endif
