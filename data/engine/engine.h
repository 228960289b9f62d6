/* engine.h - sources -> pacer -> graph -> alerts -> listeners: the only way that a row goes.
 *
 * The engine knows nothing of screens or files to write. It is fed by engine_run, which does as
 * much as may go now within a budget, and read through const accessors by whoever draws.
 * Expressions are given at any time; they are compiled when the columns of all sources are known.
 */
#ifndef WEIR_ENGINE_H
#define WEIR_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "data/query/alert.h"
#include "data/engine/event.h"
#include "data/input/feed.h"
#include "data/graph/graph.h"
#include "data/ops/forecast/forecast.h"
#include "data/engine/pacer.h"

struct engine;
struct uv_loop_s;

struct engine_options {     /* zeroed: the defaults of the contract where not said otherwise */
	struct span window; /* the default one; SPAN_NONE: 60 rows */
	const char *by;     /* column; NULL */
	int max_keys;       /* 0: 10,000 */
	const char *start, *stop; /* a row number or a time; NULL */
	bool loop;
	int64_t lateness;
	int horizon;       /* 0: 12 */
	bool default_kpis; /* add the default set of each number column */
	bool forecasts;    /* ... with expected() among them, and keep what a band needs */
	bool pauses;       /* rules that ask for it pause the replay */
	/* where no expression makes a forecast, each number column has one */
	bool forecast_columns;
};

struct engine *engine_new(const struct engine_options *, struct uv_loop_s *, struct error *);
void engine_free(struct engine *);

/* Before or while running. Errors name the position in text. What cannot be checked before the
 * columns are known is reported by engine_run. */
int engine_add_source(
    struct engine *, const char *source, const struct feed_options *, struct error *);
int engine_derive(struct engine *, const char *text, struct error *);  /* "NAME = EXPR" */
int engine_add_kpi(struct engine *, const char *text, struct error *); /* "[NAME: ]EXPR" */
/* takes what rule owns */
int engine_add_alert(struct engine *, struct alert_rule *, struct error *);
/* Something to be told as EVENT_NOTE, right after EVENT_START. */
void engine_note(struct engine *, const char *what);
void engine_listen(struct engine *, const struct listener *);

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
/* Pauses as soon as one of these rows of the first source went, whatever the pace, also on the way
 * of a seek. Ascending; the array outlives the engine. */
void engine_hold_at(struct engine *, const uint64_t *rows, int n);

/* --- asking anew ------------------------------------------------------------------------------
 *
 * A draft is an engine of the same columns and of no rows. It is asked for derived columns, KPIs
 * and rules, then bound; nothing of that touches the engine that goes on. Adopted, what the draft
 * was asked for takes the place of what was asked for before: operators, rules and columns that are
 * the same go on with their state, the others start at the next row. */

/* Of an engine whose columns are known. window: as in struct engine_options. */
struct engine *engine_draft(const struct engine *, struct span window);
int engine_draft_bind(struct engine *draft, struct error *);
/* Asks the bound draft for what the engine was asked for while rows went, where its name is free.
 */
void engine_draft_keep(struct engine *draft, const struct engine *);
/* Tells EVENT_ADOPTED. -1 with err: nothing has changed. */
int engine_adopt(struct engine *, struct engine *draft, struct error *);
void engine_draft_free(struct engine *draft);
/* The number before EVENT_ADOPTED of a rule, of a column of the shown schema; -1: it is new. */
int engine_rule_was(const struct engine *, int rule);
int engine_column_was(const struct engine *, int source, int column);

/* --- reading it ------------------------------------------------------------------------------- */

enum engine_state engine_state(const struct engine *);
int engine_sources(const struct engine *);
/* some source is no recording: its rows come when they come */
bool engine_live(const struct engine *);
const struct schema *engine_schema(const struct engine *, int source); /* NULL while opening */

int engine_by(const struct engine *, int source); /* column of the key; -1: none */

/* With --by: the key after that one, NULL: the first, the least recently seen; NULL: there are no
 * more. */
const char *engine_key_after(const struct engine *, int source, const char *key);
/* Makes what is read of a source with --by that of this key until its next row; false: it has none
 * of that key. */
bool engine_key_read(struct engine *, int source, const char *key);

struct counts {
	uint64_t rows, bad, late, dropped;
};
double engine_seconds(const struct engine *);                   /* since the first engine_run */
struct counts engine_counts(const struct engine *, int source); /* -1: all together */
struct progress {
	uint64_t row;  /* the last that went */
	uint64_t rows; /* in all, estimated until the end was read; 0: unknown */
	bool exact;
	double share;   /* 0..1; NaN: unknown */
	double seconds; /* left at the present pace; NaN: unknown */
	int64_t time;   /* event time of the last row; TIME_NONE */
	double pace;    /* rows a second measured over the last two seconds */
};
struct progress engine_progress(const struct engine *, int source);

/* KPIs: the user's own in their order, then the default sets, column by column. */
struct kpi {
	char *name;     /* as events call it */
	int source;     /* whose rows step it */
	int root;       /* in the plan of that source */
	int column;     /* default sets: of which column; -1: the user's own */
	const char *op; /* default sets: "mean"; NULL */
	enum op_result result;
	bool late; /* asked for while rows went */
	int was;   /* its number before EVENT_ADOPTED; -1: it is new */
};
int engine_kpis(const struct engine *);
const struct kpi *engine_kpi(const struct engine *, int kpi);
double engine_kpi_value(const struct engine *, int kpi); /* now */
/* In listener.rows and listener.event only: the n values of the rows just stepped. Beside a
 * late row stands what stood before. */
const double *engine_kpi_values(const struct engine *, int kpi);
void engine_kpi_print(const struct engine *, int kpi, double v, struct text *);

int engine_rules(const struct engine *);
const struct alert_rule *engine_rule(const struct engine *, int rule);
int engine_rule_source(const struct engine *, int rule);
uint64_t engine_rule_fired(const struct engine *, int rule); /* over all keys */
/* with --by: of the last key */
const struct alert *engine_alert(const struct engine *, int rule);
/* Its conditions part by part, its state and why it is in it; with --by: of the last key. */
void engine_rule_explain(const struct engine *, int rule, struct text *);
/* Columns that the condition reads. */
int engine_rule_columns(const struct engine *, int rule, const int **columns);
/* The rule is "column < number" or the like: its column and number, for a line in the chart. */
bool engine_rule_threshold(const struct engine *, int rule, int *source, int *column, double *at);

/* Forecast of a column h = 1..horizon rows ahead, made after the last row, with the band of
 * coverage c. Returns the horizon, or 0 when the column has no forecast. Arrays hold
 * engine_horizon() numbers. */
int engine_horizon(const struct engine *);
int engine_forecast(const struct engine *, int source, int column, double c, double *mean,
    double *lower, double *upper);
/* The forecaster of a column, for what forecast.h tells of it; NULL when it has none. */
const struct op *engine_forecaster(const struct engine *, int source, int column);
/* How good the one-step forecasts of a column were; false when it has none. */
bool engine_scores(const struct engine *, int source, int column, struct forecast_scores *);

const struct plan *engine_plan(const struct engine *, int source);
/* with --by: of the last key */
const struct graph *engine_graph(const struct engine *, int source);
struct names *engine_names(const struct engine *);

#endif
