/* engine_parts.h - what the files of the engine share; nobody else includes it.
 *
 * engine.c      makes the engine and takes what it is asked for
 * engine_run.c  opens and runs it in slices; whose turn it is
 * selection.c   --start and --stop
 * bind.c        finds the source of an expression and compiles it into that source's plan
 * uses.c        which columns anybody reads
 * asked.c       derived columns, KPIs and rules as they were asked for
 * draft.c       asks anew beside the rows that go
 * takeover.c    finds what in a draft is the same as before
 * adopt.c       a draft takes the place of what was asked for
 * stream.c      one source: its next rows, where it starts and stops, what it exchanges with others
 * reorder.c     puts late rows in order
 * states.c      one state for each key
 * tell.c        steps a run of rows and tells the listeners
 * engine_view.c answers those who read
 * engine_explain.c  why a rule is in its state */
#ifndef WEIR_ENGINE_PARTS_H
#define WEIR_ENGINE_PARTS_H

#include "data/engine/engine.h"
#include "data/expr/expr.h"
#include "data/rows/reorder.h"

struct key_state { /* the state of one key; without --by there is one, whose key is NULL */
	char *key;
	size_t len;
	uint64_t hash;
	struct graph *graph;
	struct alert *alerts;            /* by the engine's rules */
	const struct op **forecasters;   /* of the graph, for their notes */
	int nforecasters, scanned;       /* roots that were looked at for them */
	struct key_state *next;          /* in its bucket */
	struct key_state *older, *newer; /* by when a row was last seen */
};

struct key_states {
	struct key_state **buckets;
	size_t nbuckets; /* a power of two */
	int n, max;
	uint64_t evicted;
	struct key_state *oldest, *newest;
};

struct derivation { /* a derived column: a name for the plan, and a column for those who look */
	char *name, *expr;
	int source, root;
	int column; /* in the shown schema; -1: added too late to be shown */
	bool late;  /* asked for while rows went */
	int was;    /* see engine_column_was() */
	union cells cells;
};

struct joined { /* a column of one source as it enters another: with its latest value */
	int from, column, to;
	const char *name; /* in there: owned by the other's inner schema */
	enum column_type type;
	union cells cells; /* the value, repeated over the run */
	double number;
	int64_t time;
	struct text text;
	bool missing;
};

enum { PULSES = 21 };
struct pulse { /* rows gone, sampled ten times a second over two seconds */
	int64_t at[PULSES];
	uint64_t rows[PULSES];
	int n;
};

struct stream {
	int index;
	struct feed *feed;
	struct feed_options options;
	char *spec;
	const struct schema *own; /* what the feed gives; NULL while opening */
	struct schema shown;      /* its columns and the derived ones: what others see */
	struct schema inner;      /* its columns and the foreign ones: what the plan sees */
	union cells *shown_cells, *inner_cells;
	struct plan *plan;
	struct key_states states;
	struct key_state *now; /* of the last row */
	int by;                /* column; -1 */
	int *drifts;           /* roots that are calls of drift() */
	int ndrifts;
	int scanned; /* roots that were looked at for that */

	struct reorder *reorder; /* NULL: rows go as they come */
	bool pushed;             /* it has the feed's first block */
	struct block *block;     /* rows at .. block->n - 1 are next */
	int at, end;             /* rows at .. end-1 of it may go */
	int fault;               /* the next one to be told */
	bool ended;              /* the feed has no more */
	bool failed;
	bool stopped; /* --stop was reached */
	struct error err;

	int64_t high;      /* greatest event time so far; TIME_NONE: none */
	uint64_t row;      /* the last that went, as numbered in its source */
	int64_t time;      /* its event time */
	uint64_t read;     /* the last row of the blocks taken so far */
	int64_t read_time; /* its event time */
	bool late;         /* the rows just told were late */
	struct counts counts;
	struct pulse pulse;
};

struct rule {
	struct alert_rule rule;
	int source, when, clear; /* roots; clear -1: none */
	int *columns, ncolumns;
	bool threshold; /* "column < number" */
	int threshold_column;
	double threshold_at;
	uint64_t fired; /* over all keys */
	bool late;      /* asked for while rows went */
	int was;        /* see engine_rule_was() */
};

struct told { /* something to tell of a row, in a list for each row */
	int next;
	int rule; /* -1: drift */
	enum alert_state state;
	const char *what;
	const struct op *op; /* a note of a forecaster; NULL */
	const struct forecast_note *note;
};

struct alias { /* "source.name" in a plan where the column is just name */
	int source;
	char *name;
};

struct limit {        /* --start, --stop */
	uint64_t row; /* 0: not by number */
	int64_t time; /* TIME_NONE: not by time */
};

struct engine {
	struct engine_options options;
	char *by;
	struct limit start, stop;
	bool limited; /* there is a start or a stop */
	struct uv_loop_s *loop;
	struct names *names;
	struct stream **streams;
	int nstreams;
	struct derivation *derived;
	int nderived;
	struct joined **joined;
	int njoined;
	struct alias *aliases;
	int naliases;
	char **wishes; /* KPIs, as text, until the columns are known */
	int nwishes;
	struct kpi *kpis;
	int nkpis;
	struct rule *rules;
	int nrules;
	struct listener *listeners;
	int nlisteners;
	unsigned wants; /* of all listeners */
	struct pacer pacer;
	enum engine_state state;
	bool bound; /* expressions are compiled */
	bool finished;
	char **notes; /* to be told at the start */
	int nnotes;
	bool stop_here;        /* a rule that pauses fired at the row that went */
	const uint64_t *holds; /* rows of the first source after which it pauses */
	int nholds;
	uint64_t seek; /* row of the first source to go to at full speed; 0: none */
	uint64_t lap;  /* rows gone since the recordings last began, for --loop */
	int64_t began; /* clock of the first engine_run; 0: not yet */
	void (*ready)(void *);
	void *ready_arg;
	double *missing; /* BLOCK_ROWS NaNs: the derived columns of a late row */
	bool *all_late;  /* BLOCK_ROWS times true */
	struct told *told;
	int ntold, told_cap;
	int first_told[BLOCK_ROWS], last_told[BLOCK_ROWS];
	struct text note; /* the one being told */
};

int64_t engine_clock(void);
struct span window_or_default(struct span);

struct found {              /* the column that a name means */
	int source, column; /* of the shown schema; column -1: a derived column that is not shown */
	int matches;
	bool qualified; /* written "source.name" */
};
struct found find_column(const struct engine *, const char *name);

struct binding { /* an expression on its way into a plan */
	struct engine *engine;
	struct error *err;
	int home;               /* the source; -1: not found yet */
	int *columns, ncolumns; /* of the home's shown schema that it names, ascending; owned */
};
/* Compiles text into the plan of its source (home >= 0: of that one) and returns the root; -1. */
int bind_text(struct binding *, const char *text);

/* expr_named() without the spaces before the expression, so that columns count from its start. */
const char *named_expr(const char *text, char separator, char **name);

/* asked.c: compiles all that was asked for; later what is added. -1 with err: usage. */
int engine_bind(struct engine *, struct error *);
int bind_derived(struct engine *, struct derivation *, struct error *);
int bind_kpi(struct engine *, const char *text, struct error *);
int bind_rule(struct engine *, struct rule *, struct error *);
void asked_done(struct engine *); /* engine.c: frees all that was asked for */

/* selection.c */
int row_range_parse(struct engine *, struct error *); /* --start and --stop as they were given */
void tell_empty(struct engine *); /* at the end, of each source none of whose rows was selected */

/* uses.c: tells the feeds which columns are read; again when something was added. */
void engine_use(struct engine *);

/* stream.c */
struct stream *stream_new(
    struct engine *, const char *spec, const struct feed_options *, struct error *);
void stream_free(struct stream *);
int stream_open(struct engine *, struct stream *, struct error *); /* the feed's schema is known */
/* What others see of it, what its plan sees, and an empty plan; by its own columns. */
void stream_shape(const struct engine *, struct stream *);
void stream_unshape(struct stream *);
enum peek { PEEK_ROWS, PEEK_WAIT, PEEK_END, PEEK_FAIL };
enum peek stream_peek(struct engine *, struct stream *); /* is there a next row? */
int stream_restart(struct engine *, struct stream *, struct error *);
struct joined *joined_new(struct engine *, int from, int column, int to, const char *name);
void joined_free(struct joined *);
void joined_fill(struct joined *, int at, int n);
void joined_take(struct joined *, const struct block *, int row);

/* states.c: the state of a key, made when there is none; the least recently seen goes when they are
 * too many. NULL with err. */
struct key_state *key_states_get(
    struct key_states *, struct plan *, const char *key, size_t n, int nrules, struct error *);
struct key_state *key_states_find(
    const struct key_states *, const char *key, size_t n); /* NULL: none */
void key_states_grow(struct key_states *, int nrules);     /* a rule was added */
/* Takes another graph; the forecasters are looked for anew. */
void key_state_exchange(struct key_state *, struct graph *);
void key_states_done(struct key_states *);
void key_state_forecasters(
    struct key_state *, const struct plan *); /* brings that list up to date */

/* tell.c: rows at .. at+n-1 of the stream's block go. */
int stream_go(struct engine *, struct stream *, int n, struct error *);
void tell(struct engine *, const struct event *);
void tell_faults(struct engine *, struct stream *, int end); /* of the rows before that one */

/* engine_view.c */
void pulse_beat(struct pulse *, uint64_t rows, int64_t now);
/* The forecaster of a column of the shown schema in the state now; NULL. */
const struct op *stream_forecaster(const struct engine *, const struct stream *, int column);

#endif
