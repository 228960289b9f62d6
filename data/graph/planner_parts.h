/* planner_parts.h - what the files of the planner share; nobody else includes it. */
#ifndef WEIR_PLANNER_PARTS_H
#define WEIR_PLANNER_PARTS_H

#include "data/graph/plan_parts.h"

/* What the names in a definition stand for; NULL outside definitions. */
struct scope {
	const struct op_class *class;
	const int *inputs; /* nodes, in the order of the input parameters */
	int ninputs;
	const struct value *values; /* of class->params */
};

struct compiler {
	struct plan *plan;
	struct error *err;
	const struct expr *origin; /* the call whose definition is compiled: errors are about it */
};

/* A call being compiled: what was given for each parameter. */
struct call {
	const struct expr *expr;
	const struct op_class *class;
	int inputs[MAX_INPUTS];
	int ninputs;
	struct value *values; /* owned until the call is a node */
};

/* The node of an expression, or -1 with the compiler's error. Equal expressions are one node. */
int compile(struct compiler *, const struct expr *, const struct scope *);

/* --- arguments.c: what is written in the brackets, against the operator's table --------------- */

/* Fills inputs and values; what was not written is inherited or the default. 0 or -1. */
int call_fill(struct compiler *, struct call *, const struct scope *);
/* A name in a definition that is one of its parameters: its index, or -1. */
int scope_param(const struct scope *, const struct expr *);

/* --- nodes.c: finding and making nodes -------------------------------------------------------- */

int leaf_constant(struct plan *, double v);
int leaf_text(struct plan *, const char *s);
int leaf_column(struct plan *, int column);
/* The numbers that a column of texts has, of which no cell told what it is; -1: another node. */
int leaf_number(struct plan *, int text);
/* Finds or makes the node of a call whose inputs are final; takes call->values. -1 with err. */
int intern_call(struct compiler *, struct call *);
void node_free(struct node *);

int count_params(const struct op_class *);
int find_param(const struct op_class *, const char *name); /* -1 */
struct value *values_new(const struct op_class *);         /* nothing given */
void values_free(const struct op_class *, struct value *);
void copy_value(struct value *to, const struct value *from);
extern const struct value no_value;

#endif
