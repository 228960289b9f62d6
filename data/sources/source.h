/* source.h - where bytes come from. One source = one file in sources/ and one line in list.h. */
#ifndef WEIR_SOURCE_H
#define WEIR_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/params.h"

struct uv_loop_s;

struct source {
	const struct source_class *class;
	char *spec;           /* as given, without the label */
	char *name;           /* its label, else from its file or scheme */
	void *state;          /* class->size bytes, given zeroed */
	char *rest;           /* the URI behind the scheme, without ?params; a path for files */
	struct value *values; /* of class->params, in their order */
	struct uv_loop_s *loop;
	void (*ready)(void *); /* to be called when a read that had nothing may have more */
	void *ready_arg;
	bool follow;
	int64_t poll; /* ns; 0: none */
	bool pipe;    /* set by open: rows come as somebody writes them, as from a live class */
	char **notes; /* what is yet to be told, see source_note(): nnotes, the oldest first */
	int nnotes;
	char *note; /* the one told last */
};

/* SOURCE_NEW: what was read so far was a whole document; another begins with the next read, at its
 * own offset 0 (a file that was rotated, what a later poll gave). */
enum { SOURCE_NEW = -3, SOURCE_AGAIN = -2, SOURCE_FAIL = -1, SOURCE_END = 0 };

enum source_kind {
	SOURCE_POLLS = 1 << 2, /* --poll has a meaning */
};

struct source_class {
	const char *scheme, *help; /* "synth:"; "" for a path, "-" for standard input */
	const char *form;          /* as `weir list sources` shows it: "synth:NAME?seed=N" */
	const struct param *params;
	size_t size;
	bool live;
	unsigned kind; /* enum source_kind, or-ed */
	int (*open)(struct source *, struct error *);
	/* Bytes read (1..cap), SOURCE_AGAIN, SOURCE_NEW, SOURCE_END or SOURCE_FAIL with err; never
	 * waits. */
	long (*read)(struct source *, char *buf, size_t cap, struct error *);
	void (*progress)(const struct source *, uint64_t *at, uint64_t *size); /* optional */
	/* Lines of a recording, where they were counted; 0: not. Optional. */
	uint64_t (*lines)(const struct source *);
	/* The next read begins so many bytes (as they are read: unpacked, made) behind the start of
	 * the document. Beyond its end: -1, or there is nothing to read. Optional: see source_seek.
	 */
	int (*seek)(struct source *, uint64_t offset, struct error *);
	/* Writes back n bytes to whom the rows of the lane came from; never waits. -1: it cannot,
	 * or nobody is there any more. Optional. */
	int (*reply)(struct source *, uint32_t lane, const char *bytes, size_t n, struct error *);
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
/* -1 where what was read once does not come again (pipes, live sources). */
int source_seek(struct source *, uint64_t offset, struct error *);
void source_free(struct source *); /* closes it, too */

/* For classes, at any time: something worth a note (it is started again, it says something). Where
 * nobody asks for them for long, the later ones are left out. */
void source_note(struct source *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The next of them; NULL: none. Valid until the next call. */
const char *source_next_note(struct source *);

#endif
