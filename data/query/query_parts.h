/* query_parts.h - what the files of the query share; nobody else includes it.
 *
 * query.c         made, asked for columns, KPIs and rules
 * sources.c       what a source looks like to others and to its plan
 * resolve.c       finds the source of an expression and compiles it into that source's plan
 * bind.c          compiles derived columns and KPIs, and all that was asked for
 * bind_rule.c     ... rules
 * default_kpis.c  the default sets, and the forecasts that nobody named
 * column_use.c    which columns anybody reads
 * waiting.c       what waits for the columns of sources that are yet to come
 * spelled.c       expressions as a file that is opened anew has to have them
 * staged.c        asks anew beside a query in force
 * query_match.c   finds what in a staged query is the same as before */
#ifndef WEIR_QUERY_PARTS_H
#define WEIR_QUERY_PARTS_H

#include "data/expr/expr.h"
#include "data/query/query.h"

struct found {              /* the column that a name means */
	int source, column; /* of the shown schema; column -1: a derived column that is not shown */
	int matches;
	bool qualified; /* written "source.name" */
};
/* known: columns of the first so many sources are meant before those of others */
struct found find_column(const struct query *, const char *name, int known);
int known_sources(const struct query *); /* when what is being asked for was asked */

struct resolution { /* an expression on its way into a plan */
	struct query *query;
	struct error *err;
	int home;               /* the source; -1: not found yet */
	int known;              /* see known_sources(); filled in */
	int *columns, ncolumns; /* of the home's shown schema that it names, ascending; owned */
};
/* Compiles text into the plan of its source (home >= 0: of that one) and returns the root; -1. */
int resolve(struct resolution *, const char *text);
/* Calls visit for each name that stands for a column, in the order of the text; stops at its -1. */
int each_column(const struct expr *, int (*visit)(void *, const struct expr *), void *arg);
/* Does it name a column that no source has? */
bool names_unknown(const struct query *, const char *text);

/* expr_named() without the spaces before the expression, so that columns count from its start. */
const char *named_expr(const char *text, char separator, char **name);

/* sources.c */
/* name: that it has in another query; NULL: it is found */
void source_add(struct query *, const struct schema *own, const char *name);
void source_done(struct query_source *);
void source_show_column(struct query *, struct derivation *);
/* Makes a column of one source known to the plan of another under a name. */
void source_join(struct query *, int from, int column, int to, const char *name);

/* bind.c, bind_rule.c; index: which of its kind it is, for what errors tell */
int bind_derived(struct query *, struct derivation *, int index, struct error *);
int bind_kpi(struct query *, const char *text, int index, struct error *);
int bind_rule(struct query *, struct rule *, int index, struct error *);
/* One that is there under this name must be the same. Takes kpi.name. */
int keep_kpi(struct query *, struct kpi, struct error *);

/* waiting.c */
bool has_to_wait(const struct query *, const char *expr);
bool rule_has_to_wait(const struct query *, const struct alert_rule *);

/* default_kpis.c */
int add_default_kpis(struct query *, struct error *);
int add_trails(struct query *, struct error *);
int add_forecasters(struct query *, struct error *);

#endif
