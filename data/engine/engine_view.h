/* engine_view.h - the engine as those see it who draw and write: everything const.
 *
 * Without a key, what is read is of the key that is looked at, see engine_look_at(); without --by
 * there is one key alone. Keys are read through handles: reading one changes nothing. */
#ifndef WEIR_ENGINE_VIEW_H
#define WEIR_ENGINE_VIEW_H

#include "data/engine/engine.h"
#include "data/ops/anomaly/evidence.h"
#include "data/ops/forecast/forecast.h"

enum engine_state engine_state(const struct engine *);
const struct query *engine_query(const struct engine *);
double engine_seconds(const struct engine *); /* since the first engine_run */

/* --- sources ---------------------------------------------------------------------------------- */

int engine_sources(const struct engine *);
/* What was read of it once can be read again: it is a recording. */
bool engine_repeats(const struct engine *, int source);
/* ... or it goes on where a saved state was */
bool engine_resumes(const struct engine *, int source);
/* some source is no recording: its rows come when they come */
bool engine_live(const struct engine *);
/* can something be written back to it? */
bool engine_takes_replies(const struct engine *, int source);
struct dialect;
const struct dialect *engine_dialect(const struct engine *, int source); /* how rows are written */
const struct schema *engine_schema(const struct engine *, int source);   /* NULL while opening */

struct counts {
	uint64_t rows, bad, late, dropped;
	uint64_t skipped; /* lines that are none of the table, behind its first row ... */
	uint64_t headers; /* ... and of these, the header again */
};
struct counts engine_counts(const struct engine *, int source); /* -1: all together */

struct progress {      /* of the rows from --start to --stop */
	uint64_t row;  /* the last that went */
	uint64_t rows; /* the last that will go, estimated until the end was read; 0: unknown */
	bool exact;
	double share;   /* of them that went, by rows or by time: 0..1; NaN: unknown */
	double seconds; /* left at the present pace; NaN: unknown */
	int64_t time;   /* event time of the last row; TIME_NONE */
	double pace;    /* rows a second measured over the last two seconds */
};
struct progress engine_progress(const struct engine *, int source);

uint64_t engine_keys_of_all(const struct engine *); /* that have a state, of all sources */
uint64_t engine_held(const struct engine *);        /* rows held back to be put in order */
uint64_t engine_state_bytes(const struct engine *); /* of all keys, about: as the last one's */

/* How a source is at this time. */
struct source_now {
	bool live;       /* it gives rows when they happen */
	bool ended;      /* it has no more */
	bool lost;       /* ... since it failed, alone: err */
	bool gone;       /* it was ended while rows went, and has no columns any more */
	const char *err; /* NULL */
	int64_t silent;  /* ns that no row came, though it was asked; 0: before the first, or not */
	double lag; /* seconds by which its last row came later than its stamp; NaN: it tells not */
	struct feed_report report;
};
struct source_now engine_source_now(const struct engine *, int source);
/* What it is called, also before its columns are known. */
const char *engine_source_name(const struct engine *, int source);
const char *engine_source_spec(const struct engine *, int source); /* as it was given */
/* Which of the sources that were given before it ran, from 0; -1: it was added later. */
int engine_source_given(const struct engine *, int source);
bool engine_source_follows(const struct engine *, int source);    /* -f has a meaning for it */
int engine_source_named(const struct engine *, const char *name); /* one that is there; -1 */
/* Those that were added while rows go and are none of the sources yet. */
int engine_joining(const struct engine *);
const char *engine_joining_name(const struct engine *, int i);
const char *engine_joining_spec(const struct engine *, int i);
bool engine_joining_added(const struct engine *, int i); /* ... and was not given from the start */
struct source_now engine_joining_now(const struct engine *, int i);
/* Clock at which what is said of silence changes next; INT64_MAX: there is none. */
int64_t engine_silence_wake(const struct engine *);

/* --- keys ------------------------------------------------------------------------------------- */

struct key_state; /* what is kept for one key; valid until the next row goes */

int engine_by(const struct engine *, int source); /* column of the key; -1: none */
/* The key of a source that is looked at; NULL before any row, or when it was forgotten. */
const struct key_state *engine_key(const struct engine *, int source);
/* The name of the one that was chosen, which may be forgotten; NULL: none was. */
const char *engine_looked(const struct engine *, int source, size_t *n);
/* In listeners: are the rows, or is the row, just told of the key that is looked at? */
bool engine_looks(const struct engine *, int source);
const struct key_state *engine_key_find(
    const struct engine *, int source, const char *key, size_t n); /* NULL: it has none of it */
/* The one seen after it; NULL: the least recently seen; NULL: there are no more. */
const struct key_state *engine_key_after(
    const struct engine *, int source, const struct key_state *);
const char *key_state_name(const struct key_state *, size_t *n); /* NULL without --by */

/* --- KPIs and rules --------------------------------------------------------------------------- */

int engine_kpis(const struct engine *);
const struct kpi *engine_kpi(const struct engine *, int kpi);
double engine_kpi_value(const struct engine *, int kpi); /* now */
double engine_key_kpi(const struct engine *, const struct key_state *, int kpi);
/* In listener.rows and listener.event only: the n values of the rows just stepped. Beside a
 * late row stands what stood before. */
const double *engine_kpi_values(const struct engine *, int kpi);
void engine_kpi_print(const struct engine *, int kpi, double v, struct text *);

int engine_rules(const struct engine *);
const struct alert_rule *engine_rule(const struct engine *, int rule);
uint64_t engine_rule_fired(const struct engine *, int rule); /* over all keys */
int engine_rule_firing(const struct engine *, int rule);     /* for how many keys it fires now */
const struct alert *engine_alert(const struct engine *, int rule);
/* How many fire now, each key's for itself; *gravest: the greatest severity of them, -1: none. */
int engine_firing(const struct engine *, int *gravest);
/* Its conditions part by part, its state and why it is in it. */
void engine_rule_explain(const struct engine *, int rule, struct text *);

/* --- forecasts -------------------------------------------------------------------------------- */

/* Forecast of a column for a key, h = 1..horizon rows ahead, made after its last row, with the band
 * of coverage c. Returns the horizon, or 0 when the column has no forecast. Arrays hold
 * engine_horizon() numbers. */
int engine_horizon(const struct engine *);
int engine_forecast(const struct engine *, int source, const struct key_state *, int column,
    double c, double *mean, double *lower, double *upper);
/* The forecaster of a column, for what forecast.h tells of it; NULL when it has none. */
const struct op *engine_forecaster(const struct engine *, int source, int column);
/* How good its one-step forecasts were, for one key; false when it has none. */
bool engine_scores(const struct engine *, int source, const struct key_state *, int column,
    struct forecast_scores *);

/* The i-th learner of a key that has judged a row, with the expression that it learns; false: there
 * are not so many. */
bool engine_learner(const struct key_state *, int i, struct op_score *, const char **of);

/* The KPIs of a source as if a row came next, one JSON object: tell is called for each. Nothing
 * changes by it. -1 with err: it is no row of this source. */
int engine_what_if(struct engine *, int source, const char *json, size_t n,
    void (*tell)(void *self, int kpi, double value), void *self, struct error *);

/* --- anomalies -------------------------------------------------------------------------------- */

/* What the views of anomaly() of a column had to say so far, of the key that is looked at; NULL
 * where nobody asks for it. */
const struct evidence_history *engine_evidence(const struct engine *, int source, int column);

/* --- inside ----------------------------------------------------------------------------------- */

const struct plan *engine_plan(const struct engine *, int source);
const struct graph *engine_graph(const struct engine *, int source);
struct names *engine_names(const struct engine *);

#endif
