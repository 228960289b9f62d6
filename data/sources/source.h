/* source.h - where bytes come from. One source = one file in sources/ and one line in list.h. */
#ifndef WEIR_SOURCE_H
#define WEIR_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/params.h"

struct dialect_options;
struct uv_loop_s;

struct source {
	const struct source_class *class;
	char *spec;  /* as given, without the label and what is secret: to be shown, see rest */
	char *name;  /* its label, else from its file or scheme */
	void *state; /* class->size bytes, given zeroed */
	char *rest;  /* the URI behind the scheme, without ?params; a path for files */
	struct value *values; /* of class->params, in their order */
	struct uv_loop_s *loop;
	void (*ready)(void *); /* to be called when a read that had nothing may have more */
	void *ready_arg;
	bool follow;
	int64_t poll;    /* ns; 0: none */
	bool kept;       /* what it gave last can be read again, see input/kept.h */
	int64_t arrival; /* when what was last read came, ns since 1970; 0: just now */
	bool pipe;       /* set by open: rows come as somebody writes them, as from a live class */
};

/* SOURCE_NEW: what was read so far was a whole document; another begins with the next read, at its
 * own offset 0 (a file that was rotated, what a later poll gave). */
enum { SOURCE_NEW = -3, SOURCE_AGAIN = -2, SOURCE_FAIL = -1, SOURCE_END = 0 };

struct source_class {
	const char *scheme, *help; /* "synth:"; "" for a path, "-" for standard input */
	const char *form;          /* as `weir list sources` shows it: "synth:NAME?seed=N" */
	const struct param *params;
	size_t size;
	bool live;
	/* Of a path: is it one of these? Optional; else it is, when the scheme fits. */
	bool (*fits)(const char *path);
	int (*open)(struct source *, struct error *);
	/* Bytes read (1..cap), SOURCE_AGAIN, SOURCE_NEW, SOURCE_END or SOURCE_FAIL with err; never
	 * waits. */
	long (*read)(struct source *, char *buf, size_t cap, struct error *);
	/* Sets what it knows of how its rows are written, where nothing was told. Optional; what is
	 * set lives as long as the source. */
	void (*dialect)(struct source *, struct dialect_options *);
	void (*progress)(const struct source *, uint64_t *at, uint64_t *size); /* optional */
	/* Lines of a recording, where they were counted; 0: not. Optional. */
	uint64_t (*lines)(const struct source *);
	/* The next read begins so many bytes (as they are read: unpacked, made) behind the start of
	 * the document. Beyond its end: -1, or there is nothing to read. Optional: see source_seek.
	 */
	int (*seek)(struct source *, uint64_t offset, struct error *);
	/* Stops at once and frees what open got. The state itself is freed by its owner, so that uv
	 * handles, which close later, are no part of it: see sources/pipe.c. Optional; not called
	 * when open failed. */
	void (*close)(struct source *);
};

extern const struct source_class *const source_classes[]; /* ends with NULL */

/* Finds the class of "SOURCE" or "label=SOURCE" and reads its parameters; opens nothing. NULL:
 * there is no such source in this build, or a parameter is wrong. */
struct source *source_new(const char *spec, struct error *);
int source_open(struct source *, struct error *); /* once what its class reads of it is set */
bool source_repeats(const struct source *);       /* what was read once can be read again */
/* -1 where what was read once does not come again (pipes, live sources). */
int source_seek(struct source *, uint64_t offset, struct error *);
void source_free(struct source *); /* closes it, too */

#endif
