/* explain.h - how operators tell their arithmetic: what they are called, and numbers that can be
 * read.
 *
 * The graph writes what an operator is called, as the user wrote it; the operator's explain goes on
 * with " = " and its numbers, ends the line, and may add lines by explain_line(). A part, which no
 * user writes, begins with a heading of its own. No line is longer than 100 cells. */
#ifndef WEIR_EXPLAIN_H
#define WEIR_EXPLAIN_H

#include "data/graph/op.h"

bool explain_names(const struct op_class *); /* it is no part: users call it something */
/* "mean(temperature, 60)", "temperature < 10"; derived columns by their names. Long ones are cut.
 */
void explain_label(const struct op *, struct text *);
/* What an operator reads, within a line of others: derived columns by their names, at most so many
 * bytes. */
void explain_input(const struct op *, int input, int most, struct text *);
void explain_written(const char *expr, struct text *); /* the same of what was written */
/* Six digits are what the eye takes in. */
void explain_number(struct text *, double v);
void explain_operand(struct text *, double v); /* behind a sign: (-4) */
/* The operator's value at the last row: a number, a text, true or false, or "missing". */
void explain_value(const struct op *, struct text *);
/* " = " and the value; ends the line. */
void explain_result(const struct op *, struct text *);
/* Begins a line below: what its numbers are. */
void explain_line(struct text *, const char *what);
/* A duration as people say it: "1.5 s". */
void explain_seconds(struct text *, int64_t ns);
void explain_elapsed(struct text *, int64_t from, int64_t to); /* between two stamps, in ns */

#endif
