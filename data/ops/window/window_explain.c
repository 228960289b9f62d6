/* window_explain.c - what a window tells of itself: its rows, which came in, which went. */
#include "data/graph/explain.h"
#include "data/ops/window/window_parts.h"

/* "60 rows, every 10 rows" */
static void
explain_span(const struct window *w, struct text *out)
{
	if (w->span.unit == SPAN_ALL) {
		text_add(out, "since the start");
	} else {
		span_print(w->span, out);
		text_add(out, w->span.unit == SPAN_ROWS ? " rows" : "");
	}
	if (w->every.unit != SPAN_NONE) {
		text_add(out, ", every ");
		span_print(w->every, out);
		text_add(out, w->every.unit == SPAN_ROWS ? " rows" : "");
	}
	if (w->gap.unit != SPAN_NONE) {
		text_add(out, ", anew after a gap of ");
		span_print(w->gap, out);
	}
}

/* The rows that the last one pushed out: those from lo before to lo. */
static void
explain_out(const struct op *op, struct text *out)
{
	const struct window *w = op->state;
	double before = op->ends->out_before; /* it may be any number after a load */
	uint64_t from = before > 0 && before < (double)w->lo ? (uint64_t)before : 0;
	uint64_t gone = before >= (double)w->lo ? 0 : w->lo - from;

	explain_line(out, "out");
	if (gone == 0)
		text_add(out, "none");
	else if (gone > 1 || w->lo <= w->kept)
		text_addf(out, "%llu rows", (unsigned long long)gone);
	else
		op_print(op, 0, window_x(w, w->lo - 1), out);
	text_addc(out, '\n');
}

static void
explain_in(const struct op *op, struct text *out)
{
	const struct window *w = op->state;

	explain_line(out, "in");
	op_print(op, 0, op->ends->in_last[0], out);
	if (number_missing(op->ends->in_last[0]))
		text_add(out, " (ages the others, and does not count)");
	if (w->hi != w->end)
		text_add(out, " (waits for the next multiple)");
	text_addc(out, '\n');
}

enum { SHOWN = 8 };

static void
explain_held(const struct op *op, struct text *out)
{
	const struct window *w = op->state;
	uint64_t rows = w->hi - w->lo, from = rows > SHOWN ? w->hi - SHOWN : w->lo;

	explain_line(out, "holds");
	text_addf(out, "%llu row%s", (unsigned long long)rows, rows == 1 ? "" : "s");
	if (from < w->kept)
		from = w->kept;
	for (uint64_t row = from; row < w->hi; row++) {
		size_t line = out->len;

		text_add(out, row > from ? " " : row > w->lo ? ": ... " : ": ");
		op_print(op, 0, window_x(w, row), out);
		if (out->len - line > 10 && row + 4 < w->hi)
			row += 2; /* wide values: fewer of them */
	}
	text_addc(out, '\n');
}

void
window_explain(const struct op *op, struct text *out)
{
	const struct window *w = op->state;

	bool counts_rows = op->args[0]->node->class == NULL && op->args[0]->node->column < 0;

	text_add(out, "window of ");
	if (counts_rows)
		text_add(out, "rows");
	else
		explain_label(op->args[0], out);
	text_add(out, ": ");
	explain_span(w, out);
	text_addc(out, '\n');
	if (w->end == 0 || counts_rows)
		return;
	explain_in(op, out);
	explain_out(op, out);
	explain_held(op, out);
}
