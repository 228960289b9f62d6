/* params.h - parameters described by tables: of operators, sources and widgets.
 *
 * A table of struct param is the one description of what a thing takes: the parser, the checks,
 * the help, `weir list` and the manual are all read off it. */
#ifndef WEIR_PARAMS_H
#define WEIR_PARAMS_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/error.h"
#include "data/base/text.h"

enum param_type {
	PARAM_INPUT,    /* operators: an expression that gives numbers */
	PARAM_ANY,      /* operators: an expression that gives numbers or texts */
	PARAM_INPUTS,   /* operators: one or more expressions, last of the positional ones */
	PARAM_ANYS,     /* the same, where each may be a number or a text */
	PARAM_WINDOW,   /* 60, 5m or all; left out: the default window */
	PARAM_NUMBER,   /* a number in [min, max] */
	PARAM_COUNT,    /* a whole number in [min, max] */
	PARAM_DURATION, /* a duration above 0 */
	PARAM_SPAN,     /* a count of rows or a duration */
	PARAM_CHOICE,   /* one of the words in choices, "a|b|c" */
	PARAM_TEXT      /* any text */
};

enum span_unit { SPAN_NONE, SPAN_ROWS, SPAN_TIME, SPAN_ALL };

struct span { /* how far a window reaches, or how often something happens */
	enum span_unit unit;
	int64_t n; /* rows, or nanoseconds */
};

bool param_is_input(enum param_type);   /* an expression, or several */
bool param_takes_many(enum param_type); /* any number of them, from one on */

struct param {
	const char *name; /* NULL ends a table */
	enum param_type type;
	const char *fallback; /* the default as text; NULL: must be given; "": may be left out */
	double min, max;      /* PARAM_NUMBER and PARAM_COUNT; both 0: any */
	/* "a|b|c": of PARAM_CHOICE; of PARAM_TEXT: what its list may hold, NULL: any */
	const char *choices;
	const char *help; /* one line */
};

struct value {            /* of one parameter; which member counts follows from the type */
	double number;    /* PARAM_NUMBER, _COUNT; PARAM_CHOICE: index of the word; NaN: left out */
	struct span span; /* PARAM_WINDOW, PARAM_SPAN, PARAM_DURATION; unit SPAN_NONE: left out */
	char *text;       /* PARAM_TEXT, PARAM_CHOICE: owned; NULL: left out */
};

/* Reads text as a value for p. The error says what was expected; callers put the name before it. */
int value_parse(struct value *, const struct param *p, const char *text, struct error *);
/* Appends the canonical form ("60", "5m", "hw"). */
void value_print(const struct value *, const struct param *p, struct text *);
/* Is it written, or has it a default? Not of inputs. */
bool value_given(const struct value *, enum param_type);
void value_done(struct value *);

/* Reads "60", "5m" or "all" as a span. */
int span_parse(const char *text, struct span *, struct error *);
void span_print(struct span, struct text *);

#endif
