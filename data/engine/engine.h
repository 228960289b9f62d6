/* engine.h - sources -> pacer -> graph -> alerts -> listeners: the only way that a row goes.
 *
 * The engine knows nothing of screens or files to write. It is fed by engine_run, which does as
 * much as may go now within a budget, and read through engine_view.h by whoever draws. What it
 * computes is its query, to which more may be added at any time. */
#ifndef WEIR_ENGINE_H
#define WEIR_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "data/engine/event.h"
#include "data/engine/clocks/pacer.h"
#include "data/input/feed.h"
#include "data/query/query.h"

struct engine;
struct uv_loop_s;

struct engine_options { /* zeroed: the defaults of the contract where not said otherwise */
	struct query_options query;
	int max_keys;             /* 0: 10,000 */
	const char *start, *stop; /* a row number or a time; NULL */
	bool loop;
	int64_t lateness;
	bool pauses; /* rules that ask for it pause the replay */
	/* Live sources that have no rows for a while hold nobody up: they are added when they have,
	 * and what names their columns waits for them. Their order may be another then. */
	bool joins;
	const char *together; /* ... else why all wait for all, which is told; NULL: it is not */
};

struct engine *engine_new(const struct engine_options *, struct uv_loop_s *, struct error *);
void engine_free(struct engine *);

/* Before it runs. */
int engine_add_source(
    struct engine *, const char *source, const struct feed_options *, struct error *);
/* While it runs: a source more. It is read beside the others until its columns are known, and is
 * then one of them, which EVENT_REPLACED tells: what was asked for goes on, names that meant a
 * column mean the same. One that fails for good fails alone. -1 with err: wrong usage, or the
 * engine has gone back. */
int engine_attach(struct engine *, const char *source, const struct feed_options *, struct error *);
/* Ends the source of that name: its place stays, without columns; what was asked of it alone goes
 * with it, which EVENT_REPLACED tells. -1 with err: there is none, it is the only one, or something
 * of another reads it. */
int engine_detach(struct engine *, const char *name, struct error *);
/* To be asked for more, before or while running: it starts at the next row. */
struct query *engine_ask(struct engine *);
/* Something to be told as EVENT_NOTE, right after EVENT_START. */
void engine_note(struct engine *, const char *what);
void engine_listen(struct engine *, const struct listener *);
/* Told as EVENT_BAD, between two runs of it: something that was to be done because of a row was not
 * done. text: what stood there, n bytes. It is not counted among the bad rows. */
void engine_bad(
    struct engine *, int source, uint64_t row, const char *what, const char *text, size_t n);

/* Writes a line back to whom the rows of a lane of a source came from; by a listener too. -1 with
 * err: it cannot, or nobody is there any more. */
int engine_reply(struct engine *, int source, uint32_t lane, const char *line, struct error *);

enum engine_state {
	ENGINE_OPENING, /* not all columns are known yet */
	ENGINE_RUNNING,
	ENGINE_WAITING, /* for a source, the pacer or a key: *wake tells till when */
	ENGINE_END,     /* all sources ended and every row went */
	ENGINE_FAILED,  /* a source failed for good: err */
	ENGINE_WRONG    /* usage: an expression or an option does not fit the columns: err */
};

/* Lets rows go for at most budget ns of work. now: uv_hrtime. *wake: when to call again, if nothing
 * else happens before (engine_on_ready); INT64_MAX: never by itself. */
enum engine_state engine_run(struct engine *, int64_t budget, int64_t *wake, struct error *);
void engine_on_ready(struct engine *, void (*ready)(void *), void *arg);
/* Emits what comes at the end: forecasts, summary. Once. */
void engine_finish(struct engine *);

struct pacer *engine_pacer(struct engine *);
/* Forward to that row of the first source: goes there at full speed, then paces on. */
void engine_seek(struct engine *, uint64_t row);
/* ... to its first row at or after that time, where its rows have times of their own. */
void engine_seek_time(struct engine *, int64_t time);
/* Pauses as soon as one of these rows of the first source went, whatever the pace, also on the way
 * of a seek. Ascending; the array outlives the engine. */
void engine_hold_at(struct engine *, const uint64_t *rows, int n);

/* Going back: from time to time what is needed for it is kept, of at most so many bytes. Rows then
 * go again, at full speed, up to the place that was asked for, and it is paused there. Of sources
 * that cannot be read again as much is kept, too. Before sources are added, or before it runs. -1
 * with err: there is no way back; nothing has changed, but where the source itself has: then it has
 * failed. */
void engine_keep(struct engine *, int64_t bytes);
int engine_go_back(struct engine *, uint64_t rows, struct error *); /* of all sources */
/* To a row of the first source, or, row 0, to its first row at that time or later; TIME_NONE: to
 * before the first row. */
int engine_seek_back(struct engine *, uint64_t row, int64_t time, struct error *);
/* To the furthest row that ever went; it is paused there as it was before it went back. Rows of
 * live sources go on, with those that came meanwhile. */
void engine_return(struct engine *);
/* The same at once, for the state alone; -1 with err: it cannot be. */
int engine_return_now(struct engine *, struct error *);
uint64_t engine_kept_bytes(const struct engine *); /* that going back takes */
bool engine_is_back(const struct engine *);
bool engine_is_going(const struct engine *); /* rows go again, and it has not arrived */

/* With --by: the key that those who draw look at, until another one is named; at first it is the
 * first one that has a row. false: no row of it is known. */
bool engine_look_at(struct engine *, int source, const char *key, size_t n);

/* Puts a bound query, staged from this engine's, in the place of its own: operators, rules and
 * columns that are the same go on with their state, the others start at the next row. Tells
 * EVENT_REPLACED and takes the query; -1 with err: nothing has changed, the query is the caller's.
 */
int engine_replace(struct engine *, struct query *staged, struct error *);

/* Between two rows: everything that decides what comes next - the graphs of all keys, alerts,
 * clocks and counts, joined values, rows held to be put in order, what was found of the sources and
 * the place of each - as pieces with a checksum, see state.h. Not while it opens. */
void engine_save(struct engine *, struct buffer *);
/* The same in slices of about so many ns, for engines of many keys. No row goes in between, and the
 * buffer, which is begun where it ends, is left alone. LOST: the engine has changed since, begin
 * again. */
enum engine_saved { ENGINE_SAVED_PART, ENGINE_SAVED_WHOLE, ENGINE_SAVED_LOST };
void engine_save_begin(struct engine *, struct buffer *);
enum engine_saved engine_save_on(struct engine *, int64_t budget);
/* Into an engine that has not run yet, with the same sources, of which live ones may not have come
 * by then (where it joins them): it goes on as if it had never stopped, and tells EVENT_RESUMED where it would tell its start, when it runs. What is asked now
 * and was not then starts at the next row. -1: the bytes are damaged, of another version, or of
 * other sources, which err says; the engine can then only be freed. */
int engine_load(struct engine *, const void *bytes, size_t n, struct error *);
/* What it says then where something else is asked for than was, which it tells as a note, too: what
 * goes on, what starts anew, and from which row. NULL: all goes on, or nothing was loaded. */
const char *engine_changes(const struct engine *);

/* Sources of messages are told that these were processed when marks are done, not when their rows
 * went: a mark is all that went up to here, under a number that never falls. */
void engine_hold_places(struct engine *);
void engine_mark(struct engine *, uint64_t number);
void engine_marks_done(struct engine *, uint64_t number); /* all up to it */

#endif
