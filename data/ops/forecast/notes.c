/* notes.c - what a forecaster tells of itself in words: notes of what happened, and its
 * explanation. */
#include "data/ops/forecast/notes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/explain.h"

enum { LINES = 6 };

/* "15 rows (found in the data)" */
static void
print_lengths(const struct forecaster *f, int m, int M, struct text *out)
{
	if (m == 0)
		text_add(out, "none");
	else if (M == 0)
		text_addf(out, "%d rows", m);
	else
		text_addf(out, "%d and %d rows", m, M);
	if (m > 0)
		text_add(out, f->options.told ? " (given)"
			      : f->from_step  ? " (from the step of the times)"
					      : " (found in the data)");
}

static void
print_seasons(const struct forecaster *f, int m, int M, struct text *out)
{
	if (m == 0) {
		text_add(out, "no season");
		return;
	}
	text_add(out, M == 0 ? "season " : "seasons ");
	print_lengths(f, m, M, out);
}

void
forecast_note_print(const struct op *op, const struct forecast_note *n, struct text *out)
{
	const struct forecaster *f = forecaster_of(op);

	text_addf(out, "forecast of %s: ", op->args[0]->node->key);
	if (n->what == FORECAST_DIVERGED) {
		text_addf(out, "%s diverged and starts anew", f->options.method->name);
		if (f->options.method->calm != NULL)
			text_add(out, " with half the gains");
		return;
	}
	print_seasons(f, n->season, n->long_season, out);
}

static int
by_weight(const void *a, const void *b)
{
	const struct forecast_expert *x = a, *y = b;

	return x->weight < y->weight ? 1 : x->weight > y->weight ? -1 : strcmp(x->name, y->name);
}

static void
explain_experts(const struct op *op, struct text *out)
{
	struct forecast_expert e[FORECAST_EXPERTS];
	int n = forecaster_experts(op, e, FORECAST_EXPERTS), silent = 0;

	qsort(e, (size_t)n, sizeof *e, by_weight);
	for (int i = 0; i < n && n > 1; i++) {
		char weight[16];

		if (i >= LINES || !(e[i].weight > 0)) {
			silent++;
			continue;
		}
		snprintf(weight, sizeof weight, "%5.1f %%", 100 * e[i].weight);
		explain_line(out, weight);
		text_addf(out, "%s, ", e[i].name);
		if (isnan(e[i].error))
			text_add(out, "no loss known yet\n");
		else
			text_addf(out, "loss %.4g\n", e[i].error);
	}
	if (silent > 0) {
		explain_line(out, "and");
		text_addf(
		    out, "%d more expert%s, of less weight\n", silent, silent == 1 ? "" : "s");
	}
}

void
forecaster_explain(const struct op *op, struct text *out)
{
	const struct forecaster *f = forecaster_of(op);
	struct forecast_scores scores = forecaster_scores(op);

	text_add(out, "forecaster of ");
	explain_label(op->args[0], out);
	text_addf(out, ": %s\n", f->options.method->name);
	explain_line(out, "season");
	print_lengths(f, f->seasons.m, f->seasons.M, out);
	text_addc(out, '\n');
	if (scores.n > 0) {
		explain_line(out, "error");
		text_addf(out, "of late, mean of |x - expected| = %.4g\n", f->error);
		explain_line(out, "naive");
		text_addf(out, "of late, mean of |x - the value before| = %.4g\n", f->naive_error);
	}
	if (!isnan(f->widths[2])) {
		explain_line(out, "next row");
		text_addf(
		    out, "%.6g +- %.6g at coverage 0.95; covered so far ", f->next, f->widths[2]);
		explain_number(out, scores.coverage);
		text_addc(out, '\n');
	}
	explain_experts(op, out);
}
