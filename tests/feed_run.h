/* feed_run.h - runs of feeds that are saved on their way, and go on from there. */
#ifndef WEIR_TESTS_FEED_RUN_H
#define WEIR_TESTS_FEED_RUN_H

#include "data/base/state.h"
#include "data/input/feed.h"
#include "tests/support.h"

struct feed_saved { /* between two rows */
	struct buffer bytes;
	size_t told; /* length of the transcript until then */
};

struct feed_run {
	const char *spec;
	const struct feed_options *options;
	struct text text; /* rows, faults and places */
	struct feed_saved *saves;
	int n, cap;
	int sparse; /* one of so many rows is saved; 1: each */
	struct rng rng;
};

/* Reads all there is and appends what came, with its places; run NULL: saves nothing. */
void feed_read_on(struct feed *, struct text *, struct feed_run *);
/* Reads spec with options, and saves. */
void feed_run_begin(struct feed_run *);
void feed_run_done(struct feed_run *);
/* A fresh feed on the same source, at what was saved; NULL with err. */
struct feed *feed_run_load(const struct feed_run *, const struct buffer *, struct error *err);

/* From each save, in a fresh feed on the same source, comes what came. */
void feed_run_check(const char *spec, const struct feed_options *, int sparse, const char *what);

#endif
