/* source.h - where bytes come from. One source = one file in sources/ and one line in its list.h. */
#ifndef WEIR_SOURCE_H
#define WEIR_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/params.h"

struct uv_loop_s;

struct source {
	const struct source_class *class;
	void *state;          /* class->size bytes, given zeroed */
	const char *rest;     /* the URI behind the scheme, without ?params; a path for files */
	struct value *values; /* of class->params, in their order */
	struct uv_loop_s *loop;
	void (*ready)(void *); /* to be called when a read that had nothing may have more */
	void *ready_arg;
	bool follow;
	int64_t poll; /* ns; 0: none */
};

enum { SOURCE_AGAIN = -2, SOURCE_FAIL = -1, SOURCE_END = 0 };

struct source_class {
	const char *scheme, *help; /* "synth:"; "" for a path, "-" for standard input */
	const char *form;          /* as `weir list sources` shows it: "synth:NAME?seed=N" */
	const struct param *params;
	size_t size;
	bool live;
	int (*open)(struct source *, struct error *);
	/* Bytes read (1..cap), SOURCE_AGAIN, SOURCE_END or SOURCE_FAIL with err filled; never waits. */
	long (*read)(struct source *, char *buf, size_t cap, struct error *);
	void (*progress)(const struct source *, uint64_t *at, uint64_t *size); /* optional */
	int (*rewind)(struct source *, struct error *);                        /* optional */
	/* Stops at once; uv handles may close later, so state is freed by the class when it has a
	 * non-NULL uv handle: see sources/stdin.c. */
	void (*close)(struct source *);
};

extern const struct source_class *const source_classes[]; /* ends with NULL */

#endif
