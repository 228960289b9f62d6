/* sketch.c - what of an explanation can be drawn, taken from the operators. See sketch.h. */
#include "widgets/explain/sketch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/graph.h"
#include "data/ops/window/sorted.h"
#include "data/ops/window/window.h"
#include "widgets/explain/sketch_parts.h"

enum { LEAST = 6, MOST = 20, CONTEXT = 4 /* a part of the window */, CONTEXT_LEAST = 4 };

/* --- which operator --------------------------------------------------------------------------- */

/* The first of a class among an operator and those that it reads, from the left; NULL. */
static const struct op *
find_class(const struct op *op, const struct op_class *class)
{
	const struct op *found = NULL;

	if (op == NULL || op->node->class == class)
		return op;
	for (int i = 0; i < op->node->ninputs && found == NULL; i++)
		found = find_class(op->args[i], class);
	return found;
}

/* The first that asks for something in order; NULL. */
static const struct op *
find_asker(const struct op *op)
{
	const struct op *found = NULL;

	if (op == NULL || (op->node->ninputs > 0 && op->args[0] != NULL &&
			      op->args[0]->node->class == &op_sorted))
		return op;
	for (int i = 0; i < op->node->ninputs && found == NULL; i++)
		found = find_asker(op->args[i]);
	return found;
}

/* --- values ----------------------------------------------------------------------------------- */

static void
add_value(struct sketch_values *s, double v)
{
	if (s->n == s->cap) {
		s->cap = s->cap > 0 ? s->cap * 2 : 128;
		s->v = memory_grow(s->v, (size_t)s->cap, sizeof *s->v);
	}
	s->v[s->n++] = v;
}

/* The track of a column, where the screen follows it; -1. */
static int
column_track(const struct view *v, int source, int column)
{
	for (int i = 0; i < v->nseries && column >= 0; i++)
		if (v->series[i].source == source && v->series[i].column == column)
			return v->series[i].track;
	return -1;
}

/* The track of what a window reads; -1: that is computed, or late rows stand between. */
static int
track_of(const struct view *v, const struct op *op, int source)
{
	const struct window *w = op->state;
	const struct node *leaf = plan_node_at(engine_plan(v->engine, source), op->node->inputs[0]);

	if (leaf->class != NULL || history_end(v->history, source) != w->end)
		return -1;
	return column_track(v, source, leaf->column);
}

/* Of rows that the window keeps from itself, of others from the track; missing where neither has
 * them. */
static double
row_value(const struct view *v, const struct window *w, int track, int source, uint64_t row)
{
	if (row >= w->kept && row < w->end)
		return window_x(w, row);
	if (track < 0 || row < history_begin(v->history, source))
		return NAN;
	return history_at(v->history, track, row);
}

static uint64_t
power_above(uint64_t n)
{
	uint64_t power = 1;

	while (power < n)
		power *= 2;
	return power;
}

/* Of a window by rows as many as it will hold; others grow and shrink, by powers of two here. */
static uint64_t
span_rows(const struct window *w)
{
	uint64_t rows = w->hi - w->lo;

	if (w->span.unit == SPAN_ROWS)
		rows = (uint64_t)w->span.n;
	else
		rows = power_above(rows);
	return rows < SKETCH_ROWS ? rows : SKETCH_ROWS;
}

/* Rows of the picture: those that count, and some that do not. */
static uint64_t
picture_rows(uint64_t rows)
{
	uint64_t more = rows / CONTEXT;

	return rows + (more > CONTEXT_LEAST ? more : CONTEXT_LEAST);
}

/* Those that the last row pushed out of the window; lo: none, or nobody knows. */
static uint64_t
first_left(const struct op *op, const struct window *w)
{
	double before = op->ends != NULL ? op->ends->out_before : NAN;

	return before >= 0 && before < (double)w->lo ? (uint64_t)before : w->lo;
}

static void
take_window(struct sketch *s, const struct view *v, const struct op *op, int source)
{
	const struct window *w = op->state;
	int track = track_of(v, op, source);
	uint64_t from;

	s->shown = picture_rows(span_rows(w));
	from =
	    w->end > 2 * s->shown ? w->end - 2 * s->shown : 0; /* some plots have room for more */
	s->lo = w->lo;
	s->hi = w->hi;
	s->came = w->hi == w->end && w->hi > w->lo;
	s->left = first_left(op, w);
	s->rows.first = from;
	for (uint64_t row = from; row < w->end; row++)
		add_value(&s->rows, row_value(v, w, track, source, row));
}

/* What a rule reads: the rows in a row for which its condition has held count. */
static void
take_column(struct sketch *s, const struct view *v, const struct rule *r)
{
	int column = r->threshold ? r->threshold_column : r->ncolumns > 0 ? r->columns[0] : -1;
	int track = column_track(v, r->source, column);
	uint64_t end = view_end(v, r->source), begin = history_begin(v->history, r->source);
	uint64_t asked = view_window(v, r->source), held = s->alert.since_row;

	if (track < 0)
		return;
	s->shown = asked > 0 && asked < SKETCH_ROWS ? asked : CONTEXT_LEAST * CONTEXT_LEAST;
	begin = end > begin + 2 * s->shown ? end - 2 * s->shown : begin;
	s->lo = end > held ? end - held : 0;
	s->left = s->lo;
	s->hi = end;
	s->came = held > 0;
	s->threshold = r->threshold ? r->threshold_at : NAN;
	s->rows.first = begin;
	for (uint64_t row = begin; row < end; row++)
		add_value(&s->rows, history_at(v->history, track, row));
}

/* --- values in order -------------------------------------------------------------------------- */

static void
add_place(struct sketch *s, double rank)
{
	if (rank >= 0 && s->nplaces < SKETCH_PLACES)
		s->places[s->nplaces++] = rank;
}

static void
find_places(struct sketch *s, const struct op *op, double last)
{
	const char *name = op->node->class->name;

	if (strcmp(name, "quantile") == 0) {
		add_place(s, last * op_number(op, "q"));
	} else if (strcmp(name, "iqr") == 0) {
		add_place(s, last * 0.25);
		add_place(s, last * 0.75);
	} else if (strcmp(name, "rank") == 0 && !isnan(op->out_last)) {
		add_place(s, op->out_last * (last + 1) - 1);
	}
}

/* Of very many values every so many-th. */
static void
take_sorted(struct sketch *s, const struct op *op)
{
	bool sketched;
	size_t n = sorted_count(op->args[0], &sketched), step = n / SKETCH_ROWS + 1;

	if (n < 2 || sketched)
		return;
	find_places(s, op, (double)(n - 1));
	s->ranks = n;
	for (size_t rank = 0; rank < n && s->nplaces > 0; rank += step)
		add_value(&s->sorted, sorted_at(op->args[0], rank));
}

/* --- all of it -------------------------------------------------------------------------------- */

/* A threshold is worth seeing when it is near, not when it would press the line flat. */
static void
span_values(struct sketch *s)
{
	const struct sketch_values *of = s->sorted.n > 0 ? &s->sorted : &s->rows;
	double least = NAN, greatest = NAN, near;

	for (int i = 0; i < of->n; i++) {
		least = fmin(least, of->v[i]); /* the other one where one is missing */
		greatest = fmax(greatest, of->v[i]);
	}
	near = fmax(greatest - least, fabs(greatest) * 0.01);
	if (s->threshold >= least - near && s->threshold <= greatest + near) {
		least = fmin(least, s->threshold);
		greatest = fmax(greatest, s->threshold);
	}
	s->least = least;
	s->greatest = greatest;
}

static void
take_root(struct sketch *s, const struct view *v, int source, int root)
{
	const struct op *op = graph_op(engine_graph(v->engine, source), root), *found;

	found = find_asker(op);
	if (found != NULL)
		take_sorted(s, found);
	found = find_class(op, &op_window);
	if (found != NULL && s->sorted.n == 0 && found->node->result == RESULT_NUMBER)
		take_window(s, v, found, source);
}

static void
take_rule(struct sketch *s, const struct view *v, int rule)
{
	const struct rule *r = &engine_query(v->engine)->rules[rule];

	s->rule = true;
	s->alert = *engine_alert(v->engine, rule);
	s->severity = r->rule.severity;
	s->waits = r->rule.lasting.unit != SPAN_NONE || r->rule.cooldown > 0;
	if (r->when < 0)
		return;
	take_root(s, v, r->source, r->when);
	if (s->rows.n == 0 && s->sorted.n == 0)
		take_column(s, v, r);
}

void
sketch_take(struct sketch *s, const struct view *v, struct explain_target target)
{
	struct sketch_values rows = s->rows, sorted = s->sorted;
	int source = explain_target_source(v, target);

	rows.n = sorted.n = 0;
	*s = (struct sketch){ .rows = rows, .sorted = sorted, .threshold = NAN };
	if (engine_graph(v->engine, source) != NULL && target.rule >= 0)
		take_rule(s, v, target.rule);
	else if (engine_graph(v->engine, source) != NULL)
		take_root(s, v, source, engine_kpi(v->engine, target.kpi)->root);
	span_values(s);
}

static bool
has_plot(const struct sketch *s)
{
	return !isnan(s->least);
}

int
sketch_least(const struct sketch *s, int w)
{
	int states = s->rule ? sketch_states_lines(s, w) : 0;

	return states > 0 ? states : has_plot(s) ? LEAST : 0;
}

int
sketch_most(const struct sketch *s, int w)
{
	int states = s->rule ? sketch_states_lines(s, w) : 0;

	return states + (has_plot(s) ? (states > 0 ? 1 : 0) + MOST : 0);
}

void
sketch_draw(const struct sketch *s, const struct canvas *c)
{
	int states = s->rule ? sketch_states_lines(s, c->w) : 0, top = states > 0 ? states + 1 : 0;
	struct canvas plot = canvas_part(c, 0, top, c->w, c->h - top);

	if (states > 0)
		sketch_states_draw(s, c);
	if (!has_plot(s) || plot.h < LEAST)
		return;
	if (s->sorted.n > 0)
		sketch_sorted_draw(s, &plot);
	else
		sketch_window_draw(s, &plot);
}

void
sketch_done(struct sketch *s)
{
	free(s->rows.v);
	free(s->sorted.v);
}
