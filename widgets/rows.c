/* rows.c - the raw rows as they came, the newest at the bottom, bad cells marked.
 *
 * Columns only grow, so that they stand still once their widest cells were seen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "widgets/name_lists.h"
#include "widgets/pane_options.h"
#include "widgets/draw/scale.h"

enum {
	CELL_MAX = 26,
	NUMBER_MIN = 5,
	GAP = 2,
	DERIVED_DIGITS = 10,
	DERIVED_CHARS = 32,
	BAD = 0x2717
};

struct rows {
	int source;    /* plus 1 */
	int n, cap;    /* columns that are to be shown */
	int of_schema; /* that there are */
	int *columns;  /* which, in their order */
	int *widths;
	int number_w;   /* of the row's number */
	int first;      /* of the columns: the leftmost that is shown */
	int shown;      /* columns that fit, from there on */
	uint64_t shift; /* rows that came since the picture stands */
};

enum { OF };
static const struct param rows_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "these columns of one source; left out: all" }, { 0 }
};

/* The column of the source that is called so; -1. */
static int
column_of(const struct schema *schema, const char *name, size_t n)
{
	for (int i = 0; i < schema->n; i++)
		if (strlen(schema->columns[i].name) == n &&
		    memcmp(schema->columns[i].name, name, n) == 0)
			return i;
	return -1;
}

/* The source that has the first column named, else that of the series with the focus. */
static int
rows_source(const struct widget *w, const struct view *v)
{
	const char *of = pane_option_option(w, OF), *name;
	const struct series *s = view_selected(v);
	size_t n = list_next(&of, &name);

	for (int i = 0; n > 0 && i < engine_sources(v->engine); i++)
		if (engine_schema(v->engine, i) != NULL &&
		    column_of(engine_schema(v->engine, i), name, n) >= 0)
			return i;
	return s != NULL ? s->source : 0;
}

/* With --by, where one key was chosen, the others' rows are left out. */
static bool
is_shown(const struct rows *r, const struct view *v, int row)
{
	size_t n;
	const char *key = v->one_key ? view_key(v, r->source - 1, &n) : NULL, *cell;
	bool bad;

	if (key == NULL)
		return true;
	cell = history_raw_cell(
	    v->history, r->source - 1, row, engine_by(v->engine, r->source - 1), &bad);
	cell = cell != NULL ? cell : "";
	n = n < HISTORY_RAW_CELL ? n : HISTORY_RAW_CELL; /* it is cut there */
	return strlen(cell) == n && memcmp(cell, key, n) == 0;
}

/* The text of a cell, NULL where it is missing: as it came, or, of a column that was derived, without
 * the last digits of a double, which only tell how it was computed. */
static const char *
cell_text(const struct rows *r, const struct view *v, int row, int column, bool *bad,
    char derived[DERIVED_CHARS])
{
	const struct query_source *s = &engine_query(v->engine)->sources[r->source - 1];
	const char *cell = history_raw_cell(v->history, r->source - 1, row, column, bad);

	if (cell == NULL || *bad || s->own == NULL || column < s->own->n ||
	    s->shown.columns[column].type != COLUMN_NUMBER)
		return cell;
	snprintf(derived, DERIVED_CHARS, "%.*g", DERIVED_DIGITS, strtod(cell, NULL));
	return derived;
}

/* The row, or the next one before it that is shown; -1: none. */
static int
shown_row(const struct rows *r, const struct view *v, int row)
{
	while (row >= 0 && !is_shown(r, v, row))
		row--;
	return row;
}

/* The last row shown, as history_raw counts them; -1: none. */
static int
last_row(const struct rows *r, const struct view *v)
{
	int64_t last = history_raw(v->history, r->source - 1) - 1 - (int64_t)r->shift;
	int row = shown_row(r, v, last > 0 ? (int)last : 0);

	for (int i = 0; i < v->scroll && row > 0; i++) {
		int before = shown_row(r, v, row - 1);

		if (before < 0)
			break;
		row = before;
	}
	return history_raw(v->history, r->source - 1) > 0 ? row : -1;
}

static void
add_column(struct rows *r, const struct schema *schema, int column)
{
	int cells = text_cells(schema->columns[column].name);

	if (r->n == r->cap)
		return;
	r->columns[r->n] = column;
	r->widths[r->n++] = cells > CELL_MAX ? CELL_MAX : cells;
}

static void
reset(struct rows *r, const struct schema *schema, const char *of, int source)
{
	const char *name;
	size_t n;

	if (schema->n > r->cap) {
		r->widths = memory_grow(r->widths, (size_t)schema->n, sizeof *r->widths);
		r->columns = memory_grow(r->columns, (size_t)schema->n, sizeof *r->columns);
		r->cap = schema->n;
	}
	r->n = 0;
	r->of_schema = schema->n;
	r->source = source + 1;
	r->number_w = NUMBER_MIN;
	for (int i = 0; *of == '\0' && i < schema->n; i++)
		add_column(r, schema, i);
	while ((n = list_next(&of, &name)) > 0)
		if (column_of(schema, name, n) >= 0)
			add_column(r, schema, column_of(schema, name, n));
}

/* Of no more columns than may be seen: there may be a thousand. */
static void
measure(struct rows *r, const struct view *v, int height, int seen)
{
	int last = last_row(r, v);
	char number[COUNT_CHARS], derived[DERIVED_CHARS];
	bool bad;

	if (last >= 0 &&
	    count_print(history_raw_number(v->history, r->source - 1, last), number) > r->number_w)
		r->number_w = (int)strlen(number);
	for (int i = last, n = 0; i >= 0 && n < height; i = shown_row(r, v, i - 1), n++)
		for (int k = r->first; k < r->n && k < r->first + seen; k++) {
			const char *cell = cell_text(r, v, i, r->columns[k], &bad, derived);
			int cells = cell != NULL ? text_cells(cell) + (bad ? 2 : 0) : 1;

			if (cells > r->widths[k])
				r->widths[k] = cells > CELL_MAX ? CELL_MAX : cells;
		}
}

static int
rows_update(struct widget *w, const struct view *v, int width, int height)
{
	struct rows *r = w->state;
	int source = rows_source(w, v), x;
	const struct schema *schema =
	    engine_sources(v->engine) > 0 ? engine_schema(v->engine, source) : NULL;

	if (schema == NULL)
		return 0;
	if (r->source != source + 1 || r->of_schema != schema->n)
		reset(r, schema, pane_option_option(w, OF), source);
	r->shift = history_end(v->history, source) - view_end(v, source);
	r->first = v->side < r->n ? v->side : r->n > 0 ? r->n - 1 : 0;
	measure(r, v, height - 1, width / GAP);
	x = r->number_w;
	for (r->shown = 0; r->first + r->shown < r->n; r->shown++) {
		x += GAP + r->widths[r->first + r->shown];
		if (x > width && r->shown > 0)
			break;
	}
	return r->n - r->shown;
}

static void
rows_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct rows *r = w->state;

	if (r->source == 0 || w->title != NULL)
		snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "rows");
	else
		snprintf(h->title, sizeof h->title, "rows of %.60s",
		    engine_schema(v->engine, r->source - 1)->source);
	if (r->source > 0 && w->title == NULL && v->one_key)
		heading_key(h, v, r->source - 1);
	if (v->scroll > 0)
		snprintf(h->note, sizeof h->note, "%d rows back", v->scroll);
	else if (r->shown < r->n)
		snprintf(h->note, sizeof h->note, "columns %d to %d of %d · ←/→", r->first + 1,
		    r->first + r->shown, r->n);
	else
		snprintf(h->note, sizeof h->note, "as they came · bad cells ✗");
	snprintf(h->keys, sizeof h->keys, "←/→");
}

static void
draw_cell(
    const struct canvas *c, int x, int y, int w, enum column_type type, const char *cell, bool bad)
{
	if (cell == NULL || cell[0] == '\0') {
		canvas_text(c, type == COLUMN_NUMBER ? x + w - 1 : x, y, 1, STYLE_DIM, "-");
		return;
	}
	if (bad) {
		int cells = text_cells(cell), at = cells + 2 < w ? x + w - cells - 2 : x;

		if (type != COLUMN_NUMBER)
			at = x;
		canvas_cell(c, at, y, BAD, STYLE_CRITICAL);
		canvas_text(c, at + 2, y, x + w - at - 2, STYLE_CRITICAL, cell);
	} else if (type == COLUMN_NUMBER)
		canvas_right(c, x, y, w, STYLE_TEXT, cell);
	else
		canvas_text(c, x, y, w, STYLE_TEXT, cell);
}

static void
draw_titles(const struct rows *r, const struct schema *schema, const struct canvas *c)
{
	int x = r->number_w + GAP;

	canvas_right(c, 0, 0, r->number_w, STYLE_LABEL, "ROW");
	for (int i = r->first; i < r->first + r->shown; x += r->widths[i++] + GAP) {
		const struct column *column = &schema->columns[r->columns[i]];

		if (column->type == COLUMN_NUMBER)
			canvas_right(c, x, 0, r->widths[i], STYLE_LABEL, column->name);
		else
			canvas_text(c, x, 0, r->widths[i], STYLE_LABEL, column->name);
	}
}

/* The line of the last row: the lowest, or as many down as there are rows. */
static int
lines_down(const struct rows *r, const struct view *v, int last, int most)
{
	int n = 0;

	for (int row = last; row >= 0 && n < most; row = shown_row(r, v, row - 1))
		n++;
	return n;
}

static void
rows_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct rows *r = w->state;
	const struct schema *schema;
	int last;
	char number[COUNT_CHARS], derived[DERIVED_CHARS];

	if (r->source == 0 || (last = last_row(r, v)) < 0) {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM, view_emptiness(v));
		return;
	}
	schema = engine_schema(v->engine, r->source - 1);
	draw_titles(r, schema, c);
	for (int y = lines_down(r, v, last, c->h - 1), row = last; y >= 1 && row >= 0;
	     y--, row = shown_row(r, v, row - 1)) {
		int x = r->number_w + GAP;

		count_print(history_raw_number(v->history, r->source - 1, row), number);
		canvas_right(c, 0, y, r->number_w, STYLE_DIM, number);
		for (int i = r->first; i < r->first + r->shown; x += r->widths[i++] + GAP) {
			int column = r->columns[i];
			bool bad = false;
			const char *cell = cell_text(r, v, row, column, &bad, derived);

			draw_cell(c, x, y, r->widths[i], schema->columns[column].type, cell, bad);
		}
	}
}

static void
rows_done(struct widget *w)
{
	struct rows *r = w->state;

	free(r->widths);
	free(r->columns);
}

const struct widget_class widget_rows = {
	.name = "rows",
	.help = "the raw rows as they came, bad cells marked",
	.params = rows_params,
	.of = NAMES_COLUMNS,
	.size = sizeof(struct rows),
	.min_w = 24,
	.min_h = 2,
	.weight = 55,
	.update = rows_update,
	.heading = rows_heading,
	.draw = rows_draw,
	.done = rows_done,
};
