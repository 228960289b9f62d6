/* record_sink.h - where records of cells go, one after the other: what a format calls, and those
 * who make rows of it answer. */
#ifndef WEIR_RECORD_SINK_H
#define WEIR_RECORD_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "data/rows/position.h"

enum { RECORD_MAX = 1 << 20 };

struct field {         /* a cell as the format found it */
	const char *s; /* its text as it stood there, n bytes, valid during the call; not NULL */
	size_t n;      /* 0: missing */
};

struct record_sink { /* where the records go, one after the other */
	void (*cell)(void *self, int position, const struct field *); /* 0, 1, 2 ... */
	void (*named)(void *self, const char *key, size_t n, const struct field *);
	void (*record)(void *self); /* the record is whole: its cells count */
	/* A whole record at once, of n cells by position; NULL: it is to be given cell by cell. */
	void (*whole)(void *self, const struct field *, int n);
	/* The cells of the record under way do not count; what: static. */
	void (*drop)(void *self, const char *what, const char *s, size_t n);
	/* Something is wrong with the record under way, which is kept. */
	void (*fault)(void *self, const char *what, const char *s, size_t n);
	/* What follows is a new document: a header line again is no row, and none to tell of. */
	void (*document)(void *self);
	/* From the next record on, the n-th tag of the source is this (see source.h). NULL: it has
	 * no use for them. */
	void (*tag)(void *self, int n, const struct field *);
	/* A whole record at once, of n cells by key; NULL: it is to be given cell by cell. same:
	 * its keys are those of the record that came so before it, in their order. */
	void (*named_whole)(
	    void *self, const struct field *keys, const struct field *, int n, bool same);
	void *self;
	/* Where the record ends that is made whole or dropped: set before either is called. */
	struct position after;
};

#endif
