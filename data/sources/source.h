/* source.h - where bytes come from. One source = one file in sources/ and one line in list.h. */
#ifndef WEIR_SOURCE_H
#define WEIR_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/params/params.h"
#include "data/rows/position.h"
#include "data/rows/record_sink.h"
#include "data/rows/tag_column.h"

struct dialect_options;
struct uv_loop_s;

enum source_doing {
	SOURCE_READS,  /* open, and giving what there is */
	SOURCE_WAITS,  /* for a file that is not there, for a first client */
	SOURCE_RETRIES /* what it read is gone; it tries again: what says why */
};

struct source_report { /* how a live source is; kept up by its class, zeroed at first */
	enum source_doing doing;
	char what[160];    /* of SOURCE_WAITS and SOURCE_RETRIES, one line: "connection refused" */
	uint64_t bytes;    /* received so far */
	uint64_t dropped;  /* messages that were lost on the way, as far as is known */
	uint64_t attempts; /* to get what was gone back, one after the other; 0 once it is there */
	int lanes;         /* files, clients, partitions at this time */
};

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
	bool with_rotated; /* with follow: the files that its path led to before are read first */
	int64_t poll;      /* ns; 0: none */
	bool kept;         /* what it gave last can be read again, see input/kept.h */
	int64_t arrival;   /* when what was last read came, ns since 1970; 0: just now */
	bool pipe; /* set by open: rows come as somebody writes them, as from a live class */

	/* Set by read together with the bytes that it gives.
	 *
	 * lane: whose they are (a file, a client, a connection). A record never has bytes of two
	 * lanes, and each lane has a header and a format of its own. Numbers count up and are not
	 * used again. Classes without LANES leave it 0.
	 * tags: of class->tags, their values for these bytes, as text; valid until the next read.
	 * message: of classes with MESSAGES: a message is over with these bytes.
	 * place: of classes with MESSAGES, set at its last bytes: where reading goes on behind the
	 * message (its offset in a partition, its number ...; place.lane: which partition). It is
	 * the place behind the last row of the message, and given back by class->processed.
	 * before: likewise, where it goes on before the message. */
	uint32_t lane;
	const struct field *tags;
	bool message;
	struct position before, place;

	struct source_report report;
	struct source_news *news; /* source_note, source_bad: what is yet to be told */
};

/* SOURCE_NEW: what was read so far of source->lane was a whole document; another begins with its
 * next read, at its own offset 0 (a file that was rotated, what a later poll gave).
 * SOURCE_GONE: the lane source->lane is over, and never comes again (a client that left). */
enum { SOURCE_GONE = -4, SOURCE_NEW = -3, SOURCE_AGAIN = -2, SOURCE_FAIL = -1, SOURCE_END = 0 };

enum source_kind {
	SOURCE_LANES = 1 << 0,    /* its bytes are of several lanes, in turn */
	SOURCE_MESSAGES = 1 << 1, /* they come as messages, each of one or more whole records */
	SOURCE_POLLS = 1 << 2,    /* --poll has a meaning */
	SOURCE_FOLLOWS = 1 << 3,  /* -f has: it is for paths that are followed */
};

struct source_class {
	const char *scheme, *help; /* "synth:"; "" for a path, "-" for standard input */
	const char *form;          /* as `weir list sources` shows it: "synth:NAME?seed=N" */
	const struct param *params;
	size_t size;
	bool live;
	unsigned kind;                 /* SOURCE_LANES ..., or-ed */
	const struct tag_column *tags; /* columns that it gives beside the rows; NULL: none */
	/* Of classes whose scheme is "": is the path one for them? Asked in the order of the list;
	 * NULL: any is. */
	bool (*takes)(const char *path, bool follow);
	/* What is wrong with what stands behind the scheme: wrong usage, found before anything is
	 * opened. Optional. */
	int (*check)(const struct source *, struct error *);
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
	/* Of live ones that can go on where they were: what they need for that. places: of their
	 * lanes, up to where the rows of each went; of one not among them none did. Optional, and
	 * then load too, right after open: -1 with err: damaged, or of another. What cannot be
	 * found again is told as a note, and its lane is gone. */
	void (*save)(const struct source *, const struct position *places, int n, struct buffer *);
	int (*load)(struct source *, struct reader *, struct error *);
	/* Every row of place.lane up to this place, which read gave as place, has gone through the
	 * engine, and with a store its checkpoint is on the disk: brokers are told so. Optional. */
	void (*processed)(struct source *, const struct position *);
	/* Before the first read, of classes with MESSAGES: each lane goes on at its place of these,
	 * as processed would have had them. Optional: what came meanwhile is lost then. */
	void (*resume)(struct source *, const struct position *, int n);
	/* Writes back n bytes to whom the rows of the lane came from; never waits. -1: it cannot,
	 * or nobody is there any more. Optional. */
	int (*reply)(struct source *, uint32_t lane, const char *bytes, size_t n, struct error *);
	/* Stops at once and frees what open got. The state itself is freed by its owner, so that uv
	 * handles, which close later, are no part of it: see sources/pipe.c. Optional; not called
	 * when open failed. */
	void (*close)(struct source *);
};

extern const struct source_class *const source_classes[]; /* ends with NULL */

/* Finds the class of "SOURCE" or "label=SOURCE" and reads its parameters; opens nothing. follow:
 * with -f. NULL: there is no such source in this build, or a parameter is wrong. */
struct source *source_new(const char *spec, bool follow, struct error *);
/* Does the path stand for all files that match it? One that is there stands for itself. */
bool source_is_pattern(const char *path);
int source_tags(const struct source *);           /* how many columns it gives beside the rows */
int source_open(struct source *, struct error *); /* once what its class reads of it is set */
bool source_repeats(const struct source *);       /* what was read once can be read again */
bool source_resumes(const struct source *);       /* ... or it goes on where a saved state was */
/* -1 where what was read once does not come again (pipes, live sources). */
int source_seek(struct source *, uint64_t offset, struct error *);
void source_stop(struct source *); /* closes it */
void source_free(struct source *); /* closes it, too */

/* For classes, at any time: something worth a note (rotated); what the user has to know though
 * notes are not asked for, once each time that it changes (it cannot be reached, and what is done
 * about it; it is there again); something that was lost or could not be kept, told as bad, with
 * what stood there. what of source_bad: static. */
void source_note(struct source *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void source_trouble(struct source *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void source_bad(struct source *, const char *what, const char *s, size_t n);
/* The next of them; NULL: none. Valid until the next call. */
const char *source_next_note(struct source *, bool *trouble);
bool source_next_bad(struct source *, const char **what, const char **s, size_t *n);

#endif
