/* engine_parts.h - what the files of the engine share; nobody else includes it.
 *
 * engine.c                 makes the engine
 * engine_open.c            until the columns are known
 * engine_run.c             runs it in slices: how many rows may go
 * engine_finish.c          what is told when all rows went
 * turns/turns.c            whose turn it is
 * rows/row_range.c         --start and --stop
 * engine_sources.c         sources added and ended while rows go
 * doubts.c                 what looks as if something else was meant
 * stream.c                 one source: its next rows, where they start and stop
 * rows/row_view.c          the rows of a block as the plan sees them, and as the listeners do
 * rows/joined_values.c     columns that enter other sources, with their latest values
 * keys/row_keys.c          the keys of the rows that are about to go
 * keys/key_states.c        one state for each key
 * keys_view.c              ... as those see them who list them
 * rows/row_times.c         at what time of its key's clock each row is stepped
 * dispatch.c               steps a run of rows and tells the listeners
 * turns/ticks.c            time that passes at a live source while no row comes
 * turns/tick_row.c         ... and what it has to tell
 * what_if.c                a row as if it came next
 * pending.c                what is to be told of these rows, gathered
 * query_replace.c          a staged query takes the place of the one in force
 * query_move.c             ... and the graphs of keys move to its plans
 * forecasts.c              the forecaster of a column
 * saved/engine_save.c      the whole as bytes, in slices
 * saved/engine_load.c      ... and back
 * saved/saved_order.c      ... which source is which
 * saved/rewind_keep.c      ... kept from time to time,
 * saved/rewind.c           ... to go back to
 * saved/marks.c            where its source goes on behind rows that are held back
 * keys/key_state_bytes.c   ... of the keys of a source
 * engine_view.c            answers those who read
 * progress.c               ... how far it is
 * rule_explain.c           why a rule is in its state */
#ifndef WEIR_ENGINE_PARTS_H
#define WEIR_ENGINE_PARTS_H

#include "data/base/state.h"
#include "data/engine/clocks/pulse.h"
#include "data/engine/engine.h"
#include "data/engine/engine_view.h"
#include "data/engine/key_parts.h"
#include "data/engine/row_parts.h"
#include "data/rows/reorder.h"

struct stream {
	int index;
	struct feed *feed;
	char *spec;
	const struct schema *own; /* what the feed gives; NULL while opening */
	struct schema none;       /* in its place, of one that is gone */
	int given;                /* which of those that were given before it ran; -1 */
	bool added;               /* while rows went: it fails alone */
	bool lost;                /* ... which it did: err */
	bool gone;                /* it was ended while rows went: nothing is read of it */
	uint64_t ahead;           /* rows that count as gone before it was added */
	struct row_view view;
	struct key_states states;
	int64_t came;          /* clock at which its last row went; 0: none did */
	int64_t tick;          /* clock of its next tick; INT64_MAX: it has none */
	struct key_state *now; /* of the last row */
	char *looked;          /* with --by: the key that is looked at, nlooked bytes; NULL: none */
	size_t nlooked;

	struct reorder *reorder; /* NULL: rows go as they come */
	int64_t lateness;        /* ns that it holds them back */
	uint64_t marked;         /* see stream_mark_pushed */
	int64_t arrived;         /* clock at which it was given rows last; 0: not yet */
	bool pushed;             /* it has the feed's first block */
	struct block *block;     /* rows at .. block->n - 1 are next */
	int at, end;             /* rows at .. end-1 of it may go */
	int fault;               /* the next one to be told */
	bool ended;              /* the feed has no more */
	bool failed;
	bool more;      /* nothing came of what was read; there is more */
	bool caught_up; /* all that it had went, and there was nothing more */
	bool silent;    /* when it was asked last, there was nothing to read */
	bool stopped;   /* --stop was reached */
	struct error err;

	uint64_t row;       /* the last that went, as numbered in its source */
	int64_t time;       /* its event time */
	uint64_t first;     /* of those that went; 0: none did since this engine began to read */
	int64_t first_time; /* its event time */
	uint64_t read;      /* the last row of the blocks taken so far */
	int64_t read_time;  /* its event time */
	int64_t before;     /* ... and that of the row before the block last taken */
	int64_t key_time;   /* where the key stood before the rows just told; TIME_NONE */
	bool late;          /* the rows just told came too late to enter windows */
	bool replied;       /* something was written back because of the row just told */
	bool late_told;     /* that a row lay behind the clock */
	bool other_told;    /* that there is another table */
	bool times_checked; /* some cell of its column of times is one */
	int rows_judged, times_judged; /* of the first rows: so many, with so many times */
	uint32_t set_backs;            /* how often it was told that time was set back */
	uint64_t nfaults, most_faults; /* told up to here; ever */
	struct counts counts;
	struct pulse pulse;
};

struct pending { /* something to tell of a row, in a list for each row */
	int next;
	int rule; /* -1: a remark of an operator, or of the clock */
	enum alert_state state;
	enum row_news news; /* of the clock: what, and by how many ns; 0: none */
	int64_t by;
	const struct op *op;
	const struct op_remark *remark;
};

struct pendings {
	struct pending *all;
	int n, cap;
	int first[BLOCK_ROWS], last[BLOCK_ROWS]; /* of each row; first -1: nothing */
};

struct saving {             /* of an engine, under way */
	struct buffer *out; /* NULL: it is not, or what was saved is no more as it is */
	bool whole;
	size_t begun;
	int source;                  /* of which pieces are written */
	bool opened;                 /* ... and stand open: */
	size_t piece, keys;          /* where they began */
	const struct key_state *key; /* the next one to be written */
	bool sealing;
	struct state_sum sum;
};

struct engine {
	bool holds_places; /* see engine_hold_places */
	bool written;      /* somebody shows cells as they stood there */
	struct engine_options options;
	struct limit start, stop;
	bool limited; /* there is a start or a stop */
	struct uv_loop_s *loop;
	struct names *names;
	struct query *query;
	unsigned followed;           /* the version of it that what follows was made for */
	struct joined_value *joined; /* of the query's joined columns */
	int njoined;
	uint64_t *fired; /* of the query's rules, over all keys */
	int nfired;
	struct stream **streams;
	int nstreams;
	struct key_state *aside; /* keys that are to be freed, by and by */
	struct moving *moving;   /* NULL: no key is behind */
	struct stream **joining; /* added, and their columns are not known yet */
	int njoining;
	int last;       /* the source whose rows went last */
	bool live_went; /* ... which is a live one */
	struct listener *listeners;
	int nlisteners;
	unsigned wants; /* of all listeners */
	struct pacer pacer;
	enum engine_state state;
	bool finished;
	bool resumed;           /* ... which is still to be told */
	struct buffer asked;    /* what is asked for, as it stands beside a state that is saved, */
	unsigned asked_version; /* ... of the query's version */
	struct text changes;    /* what is asked and was not when that state was saved */
	bool held_up_told;      /* that some wait for the rows of others */
	char **notes;           /* to be told at the start */
	int nnotes;
	bool stop_here;        /* a rule that pauses fired at the row that went */
	const uint64_t *holds; /* rows of the first source after which it pauses */
	int nholds;
	struct limit seek;        /* row of the first source to go to at full speed */
	uint64_t seek_gone;       /* go to where so many rows had gone; 0: it does not */
	bool returning;           /* ... though rules and notes would pause it on the way */
	uint64_t gone, most_gone; /* rows, of all sources: up to here; ever */
	bool again;               /* what is told now was told before */
	struct rewind *rewind;    /* NULL: nothing is kept */
	struct saving saving;
	uint64_t lap;  /* rows gone since the recordings last began, for --loop */
	int most;      /* rows of one run, so that it takes a few milliseconds */
	int64_t began; /* clock of the first engine_run; 0: not yet */
	int64_t now;   /* clock of the run under way */
	int64_t until; /* ... at which all of them are to be over, for this time */
	void (*ready)(void *);
	void *ready_arg;
	double *missing;        /* BLOCK_ROWS NaNs: the derived columns of a late row */
	bool *all_late;         /* BLOCK_ROWS times true */
	struct row_times times; /* of the run under way */
	struct row_key *keys;   /* likewise, by their place in the block; NULL: none has any */
	struct pendings pending;
	struct text note; /* the one being told */
};

int64_t engine_clock(void);

/* engine_open.c: one step; the columns of all sources are known: what was asked for is compiled; a
 * state was loaded. */
enum engine_state engine_open(struct engine *, int64_t *wake, struct error *);
int engine_bind(struct engine *, struct error *);
void tell_resumed(struct engine *);

/* turns.c: NULL with *waits, or with none: all have ended, or one failed (*failed). *before: a
 * recording's, which goes first where it may go now: live sources that always have rows do not keep
 * it back. */
struct turn {
	struct stream *stream; /* NULL: nobody's */
	int n;                 /* how many rows may go before somebody else's */
	bool waits;            /* some source may have rows later */
	bool more;             /* ... when it is asked again at once */
};
struct turn next_turn(struct engine *, struct stream **failed, struct turn *before);

/* engine_save.c: whole: for another engine; else for this one, which goes back. */
enum { ENGINE_STATE = 6 }; /* the version of its pieces */
/* The last that went, or was taken in to be put in order. */
uint64_t stream_row(const struct stream *);
/* marks.c: a block was given to be put in order; one came out of it, NULL: all did. */
void stream_mark_pushed(const struct engine *, struct stream *, const struct block *);
void stream_mark_popped(const struct engine *, struct stream *, const struct block *);
struct feed_place stream_place(const struct stream *); /* where its source goes on */
struct saving engine_saving(const struct engine *, bool whole, struct buffer *);
/* At least one key more; true: all of it is saved. until: of the engine's clock; INT64_MAX. */
bool engine_saving_on(struct engine *, struct saving *, int64_t until);
/* saved_order.c: which sources there are, in their order; and back: those given on the command line
 * are put in that order, *n of them, and behind them stand those that had not come by then. -1 with
 * err: others are given. back: the engine itself goes back, so they stand in it. */
void saved_order_put(const struct engine *, struct buffer *);
int saved_order_take(struct engine *, bool back, struct reader *, int *n, struct error *);
/* engine_load.c: -1 with err: it can only be freed then. */
int engine_load_back(struct engine *, struct reader *pieces, struct error *);

/* rewind_keep.c: a run of rows took so long, or none went yet: what is needed to come back here is
 * kept, when it is time. Of many keys that takes longer than keys of the keyboard may wait: it is
 * done in slices then, and no rows may go until it is. */
void rewind_keep(struct engine *, int64_t took);
/* Before the first row that goes, also of a run that goes on. */
void rewind_keep_first(struct engine *);
bool rewind_keeps(const struct engine *);
void rewind_keep_on(struct engine *, int64_t until);
void rewind_lost(struct engine *); /* the engine is no more as it was when that began */
void rewind_free(struct rewind *);
void rewind_restart(struct engine *); /* the sources are others: what was kept is of no use */
void rewind_source(struct engine *, struct stream *); /* it was just added */

/* engine.c: makes room for what was added to the query since it was last followed, and tells the
 * feeds which columns are read. */
void engine_follow(struct engine *);

/* no_rows.c */
void tell_missed_seek(struct engine *); /* at the end, where a seek was not over */
void tell_no_rows(struct engine *); /* at the end, of each source none of whose rows went: why */

/* doubts.c: of all sources, at the start and at the end; of the rows that go */
void tell_doubts(struct engine *);
void tell_last_doubts(struct engine *);
int check_times(struct stream *, struct error *); /* -1: what was said to be times is none */
void count_times(struct engine *, struct stream *, int n);

/* stream.c */
struct stream *stream_new(
    struct engine *, const char *spec, const struct feed_options *, struct error *);
void stream_free(struct stream *);
/* Do the options fit its columns? -1 with err. */
int stream_check(const struct engine *, const struct stream *, struct error *);
/* What it has to say before its columns are known. */
void tell_early_news(struct engine *, struct stream *);
/* The query has its columns. -1 with err: an option does not fit them. */
int stream_open(struct engine *, struct stream *, struct error *);
enum { FIRST_RUN = 1 }; /* rows, before it is known how long they take */
enum peek { PEEK_ROWS, PEEK_WAIT, PEEK_MORE, PEEK_END, PEEK_FAIL }; /* MORE: ask again, soon */
enum peek stream_peek(struct engine *, struct stream *);            /* is there a next row? */
/* The graph of the key that is looked at keeps what explain needs, or does no more. */
void stream_watch(struct engine *, struct stream *, bool watched);
int stream_restart(struct engine *, struct stream *, struct error *);

/* engine_sources.c: those that were added and whose columns became known; true: there is one more.
 * *wake: sooner, where one of them may have more. */
bool engine_join(struct engine *, int64_t now, int64_t *wake, struct error *);
/* Those that have no columns yet are added when they have. */
void engine_set_aside(struct engine *);
void tell_set_aside(struct engine *); /* which they are, and what waits for them */
/* nothing of it is read any more; n bytes: what its columns' source is called */
void stream_end_named(struct stream *, const char *name, size_t n);
struct stream *engine_first(const struct engine *); /* that is not gone */

/* query_replace.c: engine_replace(), telling what it is; source: that is new or gone, -1: none */
int engine_exchange(
    struct engine *, struct query *staged, int source, const char *what, struct error *);

/* ticks.c: of the silent sources, those that are due by now; when the next one is. n rows of the
 * stream's key have just gone: the time since counts from here. */
int64_t ticks_run(struct engine *, int64_t now);
void ticks_restart(struct engine *, struct stream *, int64_t now);
bool stream_has_ticks(const struct stream *);
/* tick_row.c: tells the state of a rule that changed by a tick, with the values of the last row;
 * time: of the tick. */
void tick_tell(struct engine *, struct stream *, struct key_state *, int rule, int64_t time);

/* dispatch.c: rows at .. at+n-1 of the stream's block go. */
int stream_go(struct engine *, struct stream *, int n, struct error *);
void dispatch(struct engine *, const struct event *);
void dispatch_faults(struct engine *, struct stream *, int end); /* of the rows before that one */
struct event event_of(
    const struct engine *, const struct stream *, enum event_type, const struct block *, int row);

/* pending.c: what is to be told of the n rows from at on, which the graph has just been stepped
 * over. */
void pending_gather(struct engine *, struct stream *, const struct block *, int at, int n);
void pending_dispatch(struct engine *, struct stream *, const struct block *, int at, int row);

#endif
