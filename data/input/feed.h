/* feed.h - one source with its format and its schema: bytes in, blocks of rows out.
 *
 * feed_fill never waits, and works on a bounded number of bytes, so that a line without end or a
 * million blank ones keep nobody from looking at keys and signals; it is called again when the
 * source says that there is more (feed_on_ready) or when the blocks held have been used up: not
 * calling it is the back-pressure. The same bytes give the same rows, however they arrive cut. */
#ifndef WEIR_FEED_H
#define WEIR_FEED_H

#include <stdbool.h>

#include "data/rows/block.h"
#include "data/rows/dialect.h"
#include "data/base/bytes.h"
#include "data/base/params/params.h"
#include "data/rows/schema.h"

struct feed;
struct feed_trial;
struct source;
struct uv_loop_s;

enum feed_sort {
	SORT_FOUND, /* put in the order of time what is newest first */
	SORT_TOLD,  /* ... whatever it is */
	SORT_NEVER
};

struct feed_options { /* zeroed: the defaults of the contract */
	struct dialect_options dialect;
	bool follow;
	bool with_rotated; /* the files before the one that is followed are read first */
	int64_t poll;      /* ns; 0: none */
	const char *ack;   /* see feed_ack(); NULL */
	enum feed_sort sort;
};

enum feed_state {
	FEED_WAIT,  /* nothing now; feed_on_ready will tell */
	FEED_MORE,  /* no row yet of what was read now; there is more: call again, soon */
	FEED_READY, /* the schema is known; feed_block may have rows */
	FEED_END,   /* no more rows will come; those held still count */
	FEED_FAIL,  /* the source failed for good, after the rows that came before: err says why */
	FEED_WRONG  /* an option does not fit the columns: err says which */
};

/* Opens "SOURCE" or "label=SOURCE" as the contract's table of sources has it. loop: for sources
 * that wait. NULL with err filled for wrong usage (an unknown scheme, a wrong parameter or option).
 * That a file is missing or may not be read is told by the first feed_fill. */
struct feed *feed_open(
    const char *source, const struct feed_options *, struct uv_loop_s *loop, struct error *);
/* ... on a source that is not yet open; it is taken over, also on failure. */
struct feed *feed_attach(
    struct source *, const struct feed_options *, struct uv_loop_s *loop, struct error *);
void feed_close(struct feed *);
/* Ends its source: what was found of it can still be asked, and no row comes any more. */
void feed_stop(struct feed *);
const char *feed_name(const struct feed *); /* of its source */

/* Called when a feed that answered FEED_WAIT may have more. */
void feed_on_ready(struct feed *, void (*ready)(void *), void *arg);

enum feed_state feed_fill(struct feed *, struct error *);
const struct schema *feed_schema(const struct feed *); /* NULL before FEED_READY or FEED_END */
/* The next thing to be told of the recording as a whole, before its first row, or of a live source
 * between two rows; NULL: nothing. Valid until the next call. */
const char *feed_note(struct feed *, bool *doubt); /* doubt: hardly what was meant */
/* The next thing that was lost or could not be kept, of which no row tells: false: nothing. what:
 * static; the text that stood there is valid until the next call. */
bool feed_bad(struct feed *, const char **what, struct cell_text *);
/* Why no record at all was met in what was read, of which so many lines were skipped; nothing is
 * added where nothing was read but a header. */
void feed_no_record(const struct feed *, uint64_t skipped, struct text *);
/* How its rows are written, as was found. Known with the schema. */
const struct dialect *feed_dialect(const struct feed *);
/* Which columns of the schema somebody reads, of the rows not yet made; NULL: all, as from the
 * start. The others are missing in blocks, and cost little time and no memory. Copied. */
void feed_use(struct feed *, const bool *used);
/* Of the rows not yet made cells are kept as they stand there, too: see struct block. */
void feed_keep_written(struct feed *);
struct block *feed_block(struct feed *); /* the oldest block not yet dropped; NULL */
void feed_drop(struct feed *);           /* that block is used up; its memory is used again */

/* Where the source goes on before the oldest row not yet dropped, and how many rows went before it.
 * Known with the schema. Of the rows of a block: block_position. */
struct position feed_position(const struct feed *, uint64_t *row);

/* Before it is filled: of a source that cannot be read again, so many bytes are kept, as far as
 * which it goes back all the same (feed_go_back). */
void feed_keep(struct feed *, size_t bytes);
/* While rows of before are shown: what comes is kept, too, so that nobody who writes is held up. */
void feed_keep_ahead(struct feed *);
struct feed_place { /* as far as going back there is concerned */
	uint64_t document, offset;
};
struct feed_place feed_place(const struct feed *, const struct position *);
bool feed_reaches(const struct feed *, struct feed_place); /* it can go back there */
bool feed_repeats(const struct feed *); /* what was read once can be read again */
bool feed_resumes(const struct feed *); /* ... or it goes on where a saved state was */
struct feed_report {                    /* how a live source is; see struct source_report */
	bool waits, retries;
	const char *what; /* it waits for, or why it tries again; "" */
	uint64_t bytes, dropped, attempts;
	int lanes;
};
struct feed_report feed_report(const struct feed *);
bool feed_live(const struct feed *);    /* rows come when they happen: not a recording */
bool feed_follows(const struct feed *); /* it was opened to be read as it grows */
bool feed_piped(const struct feed *);   /* ... from somebody who writes to a pipe */
/* How far a recording has been read and its size, in bytes as stored; size 0: unknown. */
void feed_progress(const struct feed *, uint64_t *at, uint64_t *size);
/* How many rows a recording has in all, by its lines where it is small, else by the bytes that
 * those made so far took; 0: unknown. */
uint64_t feed_rows(const struct feed *);
/* State: what was found of the source, what was learned up to a row that went, and the place behind
 * it (block_position, feed_position), as one piece. Known with the schema. */
void feed_save(const struct feed *, const struct position *, uint64_t row, struct buffer *);
/* A feed that was just opened on the same source goes there, and on as if it had read all before:
 * nothing is found anew. Where a source cannot be read again (feed_repeats), what it gives now is
 * another document of the same columns. -1: damaged, saved under other options, of a source that is
 * now shorter, or has other bytes before the place; then the feed can only be closed. */
int feed_load(struct feed *, struct reader *, struct error *);

/* Of a source of messages: what was processed is told to it not when blocks are dropped, but when
 * marks are done. A mark is what went up to a row, under a number that never falls; done: all up
 * to that number. */
void feed_hold_places(struct feed *);
void feed_mark(struct feed *, uint64_t row, uint64_t number);
void feed_marks_done(struct feed *, uint64_t number);
/* It is about to be closed, and the rows of its blocks up to that one went: told, unless held. */
void feed_leave(struct feed *, uint64_t row);

/* Writes a line back to whom the rows of a lane came from: the text, and its end. -1 with err. */
int feed_reply(struct feed *, uint32_t lane, const char *text, struct error *);
bool feed_takes_replies(const struct feed *);
/* Lock-step: the line that is written back after a row to which nothing was replied, so that
 * whoever waits for an answer to each goes on; NULL: none is. */
const char *feed_ack(const struct feed *);

/* A row that is tried: one JSON object, column: value, read as if it came next. Nothing changes by
 * it. stamp: of the row where it has none. NULL with err: it is no such row. */
struct feed_trial *feed_try(
    struct feed *, const char *json, size_t n, int64_t stamp, struct error *);
struct block *feed_trial_block(struct feed_trial *); /* of one row; the trial's */
void feed_trial_free(struct feed_trial *);

/* The place alone and what was learned up to it, for the same feed, which goes back there and reads
 * on. Blocks that it gave are gone, and all columns are read again. -1: it cannot be read again, or
 * has changed; then the feed can only be closed. */
void feed_save_place(const struct feed *, const struct position *, uint64_t row, struct buffer *);
int feed_go_back(struct feed *, struct reader *, struct error *);

/* Starts a recording over, for --loop. -1 where that cannot be. */
int feed_rewind(struct feed *, struct error *);

#endif
