/* query.h - what is asked of some sources: derived columns, KPIs and rules, and the plans that
 * compute them.
 *
 * A query is asked in text, before the columns of its sources are known or after. Bound, it has a
 * plan for each source. It holds no state of any row: graphs and alerts belong to the engine. So a
 * query can be put in the place of another, as a dashboard file that is read again does: staged
 * beside the one in force, bound, and then taken by the engine, which lets equal states go on.
 *
 * All may read its members; they change through the functions below alone. */
#ifndef WEIR_QUERY_H
#define WEIR_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/error.h"
#include "data/base/name_index.h"
#include "data/base/names.h"
#include "data/base/params/params.h"
#include "data/graph/graph.h"
#include "data/query/alert.h"
#include "data/rows/schema.h"

struct query_options {
	struct span window; /* of operators written without one; SPAN_NONE: 60 rows */
	int horizon;        /* forecast steps ahead, 1 to HORIZON_MAX; 0: 12 */
	const char *by;     /* the column of the keys; NULL */
	bool default_kpis;  /* add the default set of each number column */
	bool forecasts;     /* ... with expected() among them, and what a band needs */
	/* with keys: each number column keeps its last rows for each, and maybe their times, so
	 * that one that is looked at has a past */
	bool trails, trail_times;
	/* where no expression makes a forecast, each number column has one */
	bool forecast_columns;
};

struct query_source {              /* one source as the query knows it */
	const struct schema *own;  /* its columns as they come; the source's */
	struct schema shown;       /* these and the derived ones: what others see */
	struct schema inner;       /* these and the joined ones: what the plan sees */
	struct name_index columns; /* the names of shown: a name's number is its column */
	struct plan *plan;
	int by;    /* the column of the keys; -1 */
	bool gone; /* it was dropped while rows went: its place stays, without columns */
};

struct derivation { /* a derived column: a name for the plan, and a column for those who look */
	char *name, *expr;
	int source, root; /* -1 until it is bound */
	int column;       /* in the shown schema; -1: added too late to be shown */
	bool late;        /* asked for while rows went */
	int known;        /* of how many sources, see query_names_alone() */
	int was;          /* see query_column_was() */
};

struct joined { /* a column of one source as it enters another: with its latest value (as-of) */
	int from, column, to;
	int inner;        /* its column in the inner schema of `to` */
	const char *name; /* in there */
	enum column_type type;
};

/* The user's own in their order, then the default sets, column by column. */
struct kpi {
	char *name;     /* as events call it */
	char *expr;     /* as it was written; default sets: NULL */
	int source;     /* whose rows step it */
	int root;       /* in the plan of that source */
	int column;     /* default sets: of which column; -1: the user's own */
	const char *op; /* default sets: "mean"; NULL */
	enum op_result result;
	bool late; /* asked for while rows went */
	int known; /* of how many sources */
	int was;   /* its number in the query before; -1: it is new */
};

struct rule {
	struct alert_rule rule;
	int source, when, clear; /* roots; clear -1: none */
	int *columns, ncolumns;  /* of the shown schema that the condition names, ascending */
	bool threshold;          /* "column < number" or the like */
	int threshold_column;
	double threshold_at;
	bool threshold_above; /* it holds above the number, not below */
	bool clears;          /* the clearing condition is such a one of the same column ... */
	double clears_at;
	bool late; /* asked for while rows went */
	int known; /* of how many sources */
	int was;   /* its number in the query before; -1: it is new */
};

struct alias { /* "source.name" in a plan where the column is just name */
	int source;
	char *name;
};

struct kpi_wish { /* a KPI, as text, until the columns are known */
	char *text;
	bool waits; /* for columns that no source has yet, see query_expect() */
};

struct query {
	struct query_options options; /* its window and horizon are filled in */
	char *by;
	struct names *names;
	struct query_source *sources;
	int nsources;
	struct derivation *derived;
	int nderived;
	struct joined *joined;
	int njoined;
	struct alias *aliases;
	int naliases;
	struct kpi_wish *wishes;
	int nwishes;
	struct kpi *kpis;
	int nkpis;
	struct rule *rules;
	int nrules;
	struct name_index kpi_names, rule_names, hidden; /* hidden: derived columns not shown */
	bool bound;                                      /* expressions are compiled */
	bool expects;                                    /* see query_expect() */
	int first;        /* sources that there were when it was first bound; 0: it was not yet */
	int asking;       /* what is being asked for was asked when there were so many; 0: now */
	unsigned version; /* of what is asked: another number after each addition */
};

/* The names outlive it. */
struct query *query_new(const struct query_options *, struct names *);
void query_free(struct query *);

/* The next source, when its columns are known. The schema outlives the query. */
void query_add_source(struct query *, const struct schema *own);
/* That source was dropped: it has no columns, and what names none belongs to another. */
void query_end_source(struct query *, int source);
int query_first(const struct query *); /* the first source that is none such */
/* Does the name of a column need no source before it? Sources that are added while rows go take
 * nothing from those before them: what a name meant it means on. */
bool query_names_alone(const struct query *, int source, const char *name);

/* Before it is bound or after. What cannot be checked before the columns are known is an error of
 * query_bind. Errors name the option, and the place in the text. */
int query_derive(struct query *, const char *text, struct error *);      /* "NAME = EXPR" */
int query_add_kpi(struct query *, const char *text, struct error *);     /* "[NAME: ]EXPR" */
int query_add_rule(struct query *, struct alert_rule *, struct error *); /* takes what it owns */
/* Compiles all that was asked for. -1 with err: it does not fit the columns. Where no source has
 * any column nothing is compiled: an empty file is no error, and nothing can fit it. */
int query_bind(struct query *, struct error *);
/* Sources are yet to come: what was asked for before the columns were known, and names one that no
 * source has, is not compiled, but waits till it is asked anew of one source more. Roots are -1
 * till then. */
void query_expect(struct query *, bool);
/* What a KPI is called that is asked for so, "[NAME: ]EXPR"; owned by the caller. *expr: where its
 * expression begins. */
char *query_kpi_name(const char *text, const char **expr);
/* Appends what waits: "alert 'hot', KPI 'load'". How many there are. */
int query_waiting(const struct query *, struct text *out);

/* --- asking anew ------------------------------------------------------------------------------ */

/* A query of the same sources of which nothing is asked yet; the other one outlives it, or what it
 * reads of the sources does. */
struct query *query_stage(const struct query *, struct span window);
/* Asks the bound staged query for what the other was asked for while rows went, where its name is
 * free. */
void query_keep(struct query *staged, const struct query *);
/* Is a derived column, a KPI or a rule of that name asked for? Default KPIs are not. */
bool query_asks(const struct query *, const char *name);
/* A bound staged query that asks for the same, but for the derived column, KPI and rule of that
 * name, whichever there are. NULL with err: there is none, or something else reads it. */
struct query *query_without(const struct query *, const char *name, struct error *);
/* A bound staged query that asks for the same with another default window. NULL with err. */
struct query *query_with_window(const struct query *, struct span window, struct error *);
/* ... of one source more; its schema outlives the query. NULL with err. */
struct query *query_with_source(const struct query *, const struct schema *own, struct error *);
/* ... but for a source, in whose place there is one without columns; what belongs to it is left
 * out. NULL with err: something of another source reads it. */
struct query *query_without_source(
    const struct query *, int source, const struct schema *none, struct error *);
/* The number of a column of the shown schema in the query before; -1: it is new. */
int query_column_was(const struct query *, int source, int column);

/* The expression as it means the same where all sources are there from the start: names that
 * several have are written "source.name". known: as of what is asked for. Owned by the caller. */
char *query_spelled(const struct query *, const char *expr, int known);

/* Sets those of a source's own columns that expressions, rules and joins read. */
void query_reads(const struct query *, int source, bool *used);

#endif
