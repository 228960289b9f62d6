/* op.h - an operator: what every statistic, model and arithmetic sign is.
 *
 * One operator = one const struct op_class in its own file under ops/ and one line in ops/list.h.
 * Expressions compile into a plan: nodes, each with a class, its inputs and parameters, where equal
 * nodes are one. A graph is the state of a plan's operators; with --by there is one for each key. A
 * row's way: the graph steps the nodes in order over a run of rows; each reads its inputs' outputs
 * for the same rows and writes its own. An operator's output at a row depends on the rows up to it
 * alone, never on how they were cut into runs.
 *
 * The three ways to write an operator, from the shortest:
 * - means: its definition in the language itself, "max(x, w) - min(x, w)"; nothing else is needed.
 * - step alone: a function of its inputs at the same row, such as abs.
 * - with state: size bytes given zeroed, stepped forward. Where part is set, each input is first
 *   passed through that operator, built from the parameters of the same names: so mean and sd of
 *   the same x and w read one shared moments, which reads one shared window. */
#ifndef WEIR_OP_H
#define WEIR_OP_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/error.h"
#include "data/base/names.h"
#include "data/base/numbers/number.h"
#include "data/base/params/params.h"
#include "data/base/text.h"
#include "data/base/times/times.h"
#include "data/rows/block.h"

enum { HORIZON_MAX = 200 }; /* rows that a forecast may look ahead at most */

enum op_result { RESULT_NUMBER, RESULT_TEXT /* the id of a text, see names.h */, RESULT_AS_INPUT };

struct op;

/* The rows of one step: 1 to BLOCK_ROWS; none for a class with part and load that was just loaded.
 */
struct run {
	int n;
	uint64_t first;      /* how many rows this graph was stepped over before */
	const int64_t *time; /* event time of each row, ns; never goes back */
	int64_t shift; /* ns that these times stand ahead of the stamps, by a clock set back */
};

/* What an operator has to say of a row: a season found, a method that diverged, a change. */
enum remark_kind { REMARK_NOTE, REMARK_DRIFT };
struct op_remark {
	uint64_t row; /* counted as run.first: of the graph */
	enum remark_kind kind;
	int what; /* the operator's own */
};

/* How a learner did, over all rows that were judged before they were learned, beside two honest
 * baselines: shares that were right, or mean errors. */
struct op_score {
	const char *method;
	bool numbers; /* errors, of numbers */
	double n, own;
	double plain; /* of the majority class, or the mean so far */
	double last;  /* of the label, or the value, known last */
};

struct op_class {
	/* as written; one that starts with '.' is a part, not for users */
	const char *name;
	const char *family;         /* level, moments, order, ... groups `weir list ops` */
	const char *help;           /* one line, the formula included */
	const struct param *params; /* in the order in which they are written; inputs first */
	const char *means;
	const struct op_class *part;
	/* As a part: it reads all inputs together, and whose part it is reads it alone. */
	bool gathers;
	/* The definition in the place of the one above where halflife= is written. */
	const char *fading;
	enum op_result result;
	int lanes;    /* outputs for each row; 0 means 1. Lane l stands at out + l * BLOCK_ROWS */
	size_t size;  /* of the state */
	bool unsaved; /* which follows from the expression or lasts a step: none of it is saved */

	/* Parameters are checked by their table before; init may refuse what a table cannot say. It
	 * reads the node's values alone: it is also run once to check an expression, without
	 * inputs. */
	int (*init)(struct op *, struct error *);
	void (*step)(struct op *, const struct run *, double *out);
	/* Time goes on to run->time[0] and no row comes: out[0], and the other lanes, as they are
	 * now. Where absent, the value of the last row stays: see graph_tick.c. */
	void (*tick)(struct op *, const struct run *, double *out);
	/* Where absent, the state is saved as its bytes: right when it holds no pointers. load is
	 * called after init. */
	void (*save)(const struct op *, struct buffer *);
	int (*load)(struct op *, struct reader *);
	/* The arithmetic of the row just read, with its numbers, a few short lines; see explain.h.
	 */
	void (*explain)(const struct op *, struct text *);
	void (*done)(struct op *);
	/* The next step will read what it holds beyond size: that is fetched into the cache;
	 * optional, of use with many keys. */
	void (*fetch)(const struct op *);
	/* Memory held beyond size, in bytes, for explain; optional. */
	size_t (*held)(const struct op *);
	/* What it has to say of the rows of the last step, in their order: returns how many; they
	 * and their words last until the next step. Where remark_print is absent, a remark's words
	 * are the expression. */
	int (*remarks)(const struct op *, const struct op_remark **);
	bool detects; /* changes: they are its remarks */
	void (*remark_print)(const struct op *, const struct op_remark *, struct text *);
	/* Of a learner: how it did so far; false: nothing was judged yet. */
	bool (*score)(const struct op *, struct op_score *);
};

struct node {                         /* one operator or leaf of a plan */
	const struct op_class *class; /* NULL: a leaf */
	int column;                   /* leaf: column of the schema; -1: a constant */
	double constant;
	enum op_result result; /* RESULT_NUMBER or RESULT_TEXT */
	int ninputs;
	const int *inputs;          /* indices of earlier nodes */
	const struct value *values; /* of class->params, in their order; inputs hold nothing */
	char *key;                  /* canonical text, such as "mean(x, 60)" */
	const char *called;         /* a derived column's name for it; NULL */
	int lane;                   /* where its outputs are kept */
	bool plain;                 /* computed from the row's own values alone */
	int *columns;               /* of the schema, that it is computed from; ascending */
	int ncolumns;
	/* what all graphs of the plan have in common */
	struct names *names;
	int horizon;  /* how many rows ahead forecasts are wanted at most */
	bool compact; /* one of many keys: keep little */
	bool stamps;  /* ... but the times of the rows in windows */
	bool timed;   /* rows' times are a column's, not those of their arrival */
};

/* What explain needs beside the states. Only a graph that is watched keeps it: see graph_watch. */
struct op_ends {
	double in_last[4]; /* first four inputs at the last row */
	double out_before; /* lane 0 at the row before */
};

struct op { /* an operator in a graph */
	const struct node *node;
	void *state;
	const struct op *const *args; /* the operators of its inputs (NULL for leaves) */
	const double *const *in;      /* their outputs over the run, during step; lanes as theirs */
	double out_last;              /* lane 0 at the last row; missing before any */
	struct op_ends *ends;         /* NULL but where the graph is watched; never in explain */
};

/* The value of a parameter by its name; the name must be in the table. */
const struct value *op_value(const struct op *, const char *name);
double op_number(const struct op *, const char *name);    /* NaN when left out */
struct span op_span(const struct op *, const char *name); /* SPAN_NONE when left out */
bool op_choice(const struct op *, const char *name, const char *word);
/* Is the parameter written (or has a default)? */
bool op_given(const struct op *, const char *name);
/* An input's value as people read it, for explain: a short number, a text, true, or "missing". */
void op_print(const struct op *, int input, double v, struct text *);

/* The words of a remark of the last step, one line without an end. */
void op_remark_print(const struct op *, const struct op_remark *, struct text *);

/* How it is written, for lists: "mean(x, w)", or the sign itself. */
void op_form_print(const struct op_class *, struct text *);

extern const struct op_class *const op_classes[]; /* ends with NULL */
const struct op_class *op_class_find(const char *name);

#endif
