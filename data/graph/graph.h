/* graph.h - expressions compiled into one plan of shared operators, and the state of that plan. */
#ifndef WEIR_GRAPH_H
#define WEIR_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/error.h"
#include "data/base/names.h"
#include "data/base/params/params.h"
#include "data/base/text.h"
#include "data/rows/block.h"
#include "data/graph/op.h"
#include "data/rows/schema.h"

struct plan;  /* what is computed: append-only, shared by all graphs on it */
struct graph; /* the state of it */

/* The schema and names outlive the plan. window: for operators written without one. */
struct plan *plan_new(const struct schema *, struct names *, struct span window);
void plan_free(struct plan *);

/* For operators added later; 12 and false where not called. */
void plan_horizon(struct plan *, int rows);
void plan_compact(struct plan *, bool compact);
/* Windows of rows keep the times of these all the same, for charts that begin with them. */
void plan_stamps(struct plan *, bool stamps);

/* Makes name stand for expr in all that is added later. -1 with err ("column 6: no column ..."). */
int plan_derive(struct plan *, const char *name, const char *expr, struct error *);
/* Compiles expr and returns its root (0, 1, ...): equal expressions have equal roots. -1 with err.
 */
int plan_add(struct plan *, const char *expr, struct error *);

int plan_roots(const struct plan *);
const char *plan_key(const struct plan *, int root); /* as written, canonically spaced */
enum op_result plan_result(const struct plan *, int root);
/* The columns that the expression reads: indices into the schema, ascending; returns how many. */
int plan_columns(const struct plan *, int root, const int **columns);
void plan_reads(const struct plan *, bool *columns);         /* sets those that anything reads */
bool plan_plain(const struct plan *, int root);              /* computed from the row alone? */
const struct node *plan_node(const struct plan *, int root); /* what the root computes */
/* A root that is a call of the operator so named, or whose key contains one; -1. */
bool plan_uses(const struct plan *, int root, const char *op_name);

/* Does anything that it is computed from count in a duration? */
bool plan_counts_time(const struct plan *, int root);

/* Its nodes, inputs before those that read them: how many, the one of an index, and the index of
 * the one with this key, or -1. */
int plan_nodes(const struct plan *);
const struct node *plan_node_at(const struct plan *, int node);
int plan_find(const struct plan *, const char *key);
int plan_root_node(const struct plan *, int root); /* the index of what the root computes */

/* A graph in its first state, or NULL with err. It grows by itself when the plan has grown: what is
 * new starts at the next row. */
struct graph *graph_new(struct plan *, struct error *);
void graph_free(struct graph *);

/* Whether it keeps what graph_explain needs beside the states, some 70 bytes an operator: from the
 * next row on. A new graph does, unless its plan is compact. */
void graph_watch(struct graph *, bool watched);

/* Steps over rows from .. from+n-1 of the block. late[i] (NULL: none) marks rows that do not count:
 * they enter no window, and only what is plain is computed for them. */
int graph_step(
    struct graph *, const struct block *, int from, int n, const bool *late, struct error *);
/* Time has gone on to `time` and no row came: windows of time empty, what does not come is absent;
 * operators that count rows keep their values. shift: as of the last rows, see struct block. */
void graph_tick(struct graph *, int64_t time, int64_t shift);
/* Is there anything in the plan that moves so? And the first duration longer than `after` ns at
 * whose end something may be told, of those that plan_moves has looked at; INT64_MAX: none. */
bool plan_moves(struct plan *);
int64_t plan_edge(const struct plan *, int64_t after);
/* Values of the rows just stepped, n of them; valid until any graph of the plan is stepped. */
const double *graph_out(const struct graph *, int root);
double graph_value(const struct graph *, int root);      /* at the last row; missing before any */
double graph_node_value(const struct graph *, int node); /* ... of a node of the plan */
/* Its operator; NULL: the graph has not grown so far, see graph_step(). */
const struct op *graph_node_op(const struct graph *, int node);
/* It will be stepped soon: its states are fetched into the cache; then, when these are there, what
 * they hold elsewhere. */
void graph_fetch(const struct graph *);
void graph_fetch_held(const struct graph *);
/* graph_rows(), and graph_node_value() of a node that the plan had at first, will be asked soon. */
void graph_prefetch(const struct graph *, int node);
uint64_t graph_rows(const struct graph *); /* stepped so far */

/* The operators that may have something to say (op_class.remarks), ascending by node; kept by the
 * graph until it is stepped again, when it grows with the plan. Returns how many. */
int graph_speakers(const struct graph *, const struct op *const **);

/* A value as people read it: number or text by the root's result. */
void graph_print(const struct graph *, int root, double v, struct text *);

/* The state of each operator under its key: loads into any plan, where operators that the plan does
 * not have are passed over and those that the bytes do not have stay as they are. */
void graph_save(const struct graph *, struct buffer *);
int graph_load(struct graph *, struct reader *, struct error *);
/* ... of those nodes alone for which same holds; NULL: of all. */
int graph_load_same(struct graph *, const bool *same, struct reader *, struct error *);

/* Takes the state of the operators of another graph that have the same keys, of the nodes for which
 * same holds (by the numbers of this graph's plan). */
int graph_take(struct graph *, const struct graph *from, const bool *same, struct error *);

/* What the root's operators did at the last row, from the parts to the whole; of a graph that is
 * not watched, its value alone. */
void graph_explain(const struct graph *, int root, struct text *);
/* The state that is kept for that, against what a batch would hold. */
void graph_explain_held(const struct graph *, int root, struct text *);
/* Bytes of state that the root's operators hold. */
size_t graph_held(const struct graph *, int root);
size_t graph_bytes(const struct graph *); /* all of it */
/* The operator of a root's node, for views that read a model; NULL for leaves. */
const struct op *graph_op(const struct graph *, int root);

#endif
