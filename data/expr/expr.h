/* expr.h - the language of KPIs, derived columns and alerts: text to tree.
 *
 * Grammar, loosest binding first: || or; && and; ! not; < <= > >= == !=; + -; * / %; unary -; ^
 * (right to left, so -2^2 is -4 and 2^-1 is 0.5). Then calls, names, `odd names` (a backtick in one
 * is written twice), "texts", numbers, durations (in seconds), and parentheses. Depth is bounded,
 * so that no input can overflow the stack. */
#ifndef WEIR_EXPR_H
#define WEIR_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/error.h"
#include "data/base/text.h"

enum expr_kind { EXPR_NUMBER, EXPR_DURATION, EXPR_TEXT, EXPR_NAME, EXPR_CALL };

struct expr { /* a node of the tree; owned by the tree's root */
	enum expr_kind kind;
	size_t at;     /* column in the text, from 1 */
	double number; /* EXPR_NUMBER; EXPR_DURATION: seconds */
	int64_t ns;    /* EXPR_DURATION */
	char *text; /* EXPR_TEXT, EXPR_NAME; EXPR_CALL: the operator; "+" "<" "&&" "neg" ... too */
	char *written; /* numbers, durations and signs: as they stood in the text, "90s", "and" */
	int brackets;  /* how many pairs stood around it */
	int n;         /* EXPR_CALL: arguments */
	struct expr **args;
	char **names; /* of each argument: "alpha" in alpha=0.1; NULL: by position */
};

/* NULL with err "column 6: what, what was expected". */
struct expr *expr_parse(const char *text, struct error *);
void expr_free(struct expr *);
/* The expression as written, canonically spaced: mean(x, 60), (a + b) * 2. */
void expr_print(const struct expr *, struct text *);

/* Splits "NAME: EXPR" (KPIs, alerts) or "NAME = EXPR" (derived columns). *name is owned by the
 * caller, NULL when there is none; the rest is returned. A colon inside quotes or brackets
 * separates nothing. */
const char *expr_named(const char *text, char separator, char **name);
/* Is there no name of a column before "= EXPR"? Then err says why. */
bool expr_nameless(const char *text, struct error *);

#endif
