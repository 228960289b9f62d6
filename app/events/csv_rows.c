/* csv_rows.c - a listener that writes rows as CSV, for spreadsheets and for the next program in a
 * pipe: their columns, then the KPIs, under a header.
 *
 * As RFC 4180 has it, but for ends of lines, which are those of this system. Numbers have the
 * fewest digits that read back to the same double, times are ISO 8601, and what is missing is
 * empty. Of several sources each column stands there once under its name, behind the name of the
 * row's source; what a source does not have is empty in its rows. */
#include <stdlib.h>
#include <string.h>

#include "app/events/csv_header.h"
#include "app/events/event_writer.h"
#include "data/base/csv_text.h"
#include "data/base/numbers/number.h"
#include "data/base/times/times.h"

enum { NOT_THERE = -1 };

struct cell {      /* what of one source stands in a column of the table */
	int index; /* of its column, or of the KPI; NOT_THERE */
	enum column_type type;
};

struct table_column {
	char *name; /* a column's, or a KPI's */
	bool kpi;
	struct cell *cells; /* for each source */
};

struct csv {
	struct engine *engine;
	struct event_file *file;
	struct span every;
	struct table_column *columns;
	int n, nsources;
	int at; /* in its block, of the first row just stepped */
};

/* --- cells ------------------------------------------------------------------------------------ */

static void
add_string(struct text *t, const char *s)
{
	csv_text_cell(t, s, strlen(s));
}

static void
add_number(struct text *t, double v)
{
	if (!number_missing(v))
		text_number(t, v);
}

static void
add_cell(struct text *t, const struct block *b, const struct cell *cell, int row)
{
	union cells cells = b->cells[cell->index];
	char buf[TIME_CHARS];

	if (cell->type == COLUMN_NUMBER)
		add_number(t, cells.number[row]);
	else if (cell->type == COLUMN_TIME && cells.time[row] != TIME_NONE)
		text_addn(t, buf, (size_t)time_format(cells.time[row], buf));
	else if (cell->type == COLUMN_TEXT && cells.text[row].s != NULL)
		csv_text_cell(t, cells.text[row].s, cells.text[row].n);
}

static void
add_kpi(struct text *t, const struct csv *c, int kpi, int row)
{
	double v = engine_kpi_values(c->engine, kpi)[row - c->at];

	if (engine_kpi(c->engine, kpi)->result != RESULT_TEXT)
		add_number(t, v);
	else if (!number_missing(v))
		add_string(t, names_text(engine_names(c->engine), v));
}

/* A line that is empty is no row: the one cell of a row shows that it is there. */
static void
end_line(struct csv *c, size_t from)
{
	struct text *t = &c->file->text;

	text_add(t, t->len == from ? "\"\"\n" : "\n");
	if (t->len >= SINK_FULL)
		event_file_flush(c->file, -1);
}

/* --- the columns of the table ----------------------------------------------------------------- */

/* The column of that name, made when there is none. */
static struct table_column *
column_named(struct csv *c, const char *name, bool kpi)
{
	struct table_column *column;

	for (int i = 0; i < c->n && !kpi && c->nsources > 1; i++)
		if (!c->columns[i].kpi && strcmp(c->columns[i].name, name) == 0)
			return &c->columns[i];
	c->columns = memory_grow(c->columns, (size_t)c->n + 1, sizeof *c->columns);
	column = &c->columns[c->n++];
	*column = (struct table_column){ memory_text(name, strlen(name)), kpi,
		memory_new((size_t)c->nsources, sizeof *column->cells) };
	for (int s = 0; s < c->nsources; s++)
		column->cells[s] = (struct cell){ NOT_THERE, COLUMN_NUMBER };
	return column;
}

static void
find_columns(struct csv *c)
{
	c->nsources = engine_sources(c->engine);
	for (int s = 0; s < c->nsources; s++) {
		const struct schema *schema = engine_schema(c->engine, s);

		for (int i = 0; i < schema->n; i++)
			column_named(c, schema->columns[i].name, false)->cells[s] =
			    (struct cell){ i, schema->columns[i].type };
	}
	for (int k = 0; k < engine_kpis(c->engine); k++) {
		const struct kpi *kpi = engine_kpi(c->engine, k);

		column_named(c, kpi->name, true)->cells[kpi->source].index = k;
	}
}

static int
kpi_named(const struct engine *e, const char *name, int source)
{
	for (int k = 0; k < engine_kpis(e); k++)
		if (engine_kpi(e, k)->source == source && strcmp(engine_kpi(e, k)->name, name) == 0)
			return k;
	return NOT_THERE;
}

static int
column_called(const struct engine *e, const char *name, int source)
{
	int column = schema_find(engine_schema(e, source), name);

	return column >= 0 ? column : NOT_THERE;
}

/* What is asked for was exchanged: the header stays, and what is there no more is empty. */
static void
find_columns_anew(struct csv *c)
{
	for (int i = 0; i < c->n; i++)
		for (int s = 0; s < c->nsources; s++) {
			struct table_column *column = &c->columns[i];

			if (column->cells[s].index != NOT_THERE)
				column->cells[s].index =
				    column->kpi ? kpi_named(c->engine, column->name, s)
						: column_called(c->engine, column->name, s);
		}
}

/* The next column of the table that is called so, if any, goes over into the new one. */
static bool
take_column(struct csv *c, struct table_column *to, const char *cell, size_t n)
{
	struct text name = { 0 };
	bool found = false;

	for (int i = 0; i < c->n && !found; i++) {
		if (c->columns[i].cells == NULL) /* gone over before */
			continue;
		text_clear(&name);
		add_string(&name, c->columns[i].name);
		found = name.len == n && memcmp(text_get(&name), cell, n) == 0;
		if (!found)
			continue;
		*to = c->columns[i];
		c->columns[i] = (struct table_column){ 0 };
	}
	text_done(&name);
	return found;
}

static void
add_empty(struct csv *c, struct table_column *to, const char *cell, size_t n)
{
	*to = (struct table_column){ memory_text(cell, n), true,
		memory_new((size_t)c->nsources + 1, sizeof *to->cells) };
	for (int s = 0; s < c->nsources; s++)
		to->cells[s] = (struct cell){ NOT_THERE, COLUMN_NUMBER };
}

static void
free_columns(struct table_column *columns, int n)
{
	for (int i = 0; i < n; i++) {
		free(columns[i].name);
		free(columns[i].cells);
	}
	free(columns);
}

/* The run before wrote the header, maybe with other KPIs: rows go on below it. */
static void
follow_header(struct csv *c)
{
	struct table_column *columns = NULL;
	struct text head = { 0 };
	size_t at = 0;
	int n = 0, taken = 0;

	if (c->file->owned && c->file->regular)
		csv_header_read(c->file->name, &head);
	if (c->nsources > 1 && head.len > 0)
		at = csv_header_cell(head.s, head.len) + 1;
	while (at < head.len) {
		size_t length = csv_header_cell(head.s + at, head.len - at);

		columns = memory_grow(columns, (size_t)n + 1, sizeof *columns);
		if (take_column(c, &columns[n], head.s + at, length))
			taken++;
		else
			add_empty(c, &columns[n], head.s + at, length);
		n++;
		at += length + 1;
	}
	text_done(&head);
	if (taken == 0) { /* that is no header of such rows */
		free_columns(columns, n);
		return;
	}
	free_columns(c->columns, c->n);
	c->columns = columns;
	c->n = n;
}

/* --- listening -------------------------------------------------------------------------------- */

static void
write_header(struct csv *c)
{
	struct text *t = &c->file->text;
	size_t from = t->len;

	if (c->n == 0)
		return;
	if (c->nsources > 1)
		text_add(t, "source,");
	for (int i = 0; i < c->n; i++) {
		text_add(t, i > 0 ? "," : "");
		add_string(t, c->columns[i].name);
	}
	end_line(c, from);
}

static void
write_row(struct csv *c, const struct event *event)
{
	struct text *t = &c->file->text;
	size_t from = t->len;

	if (event->source >= c->nsources || !event_is_due(event, c->every))
		return; /* of a source that came later the header knows nothing */
	if (c->nsources > 1) {
		add_string(t, engine_schema(c->engine, event->source)->source);
		text_addc(t, ',');
	}
	for (int i = 0; i < c->n; i++) {
		const struct cell *cell = &c->columns[i].cells[event->source];

		if (i > 0)
			text_addc(t, ',');
		if (cell->index == NOT_THERE)
			continue;
		if (c->columns[i].kpi)
			add_kpi(t, c, cell->index, event->at);
		else
			add_cell(t, event->block, cell, event->at);
	}
	end_line(c, from);
}

static void
on_event(void *self, const struct event *event)
{
	struct csv *c = self;

	if (event->type == EVENT_ROW) {
		write_row(c, event);
	} else if (event->type == EVENT_REPLACED) {
		find_columns_anew(c);
	} else if (c->columns == NULL) {
		find_columns(c);
		c->file->begun = true;
		if (event->type == EVENT_START) { /* else it stands where the run before wrote it */
			event_file_begin(c->file);
			write_header(c);
		} else {
			follow_header(c);
		}
	}
}

static void
on_rows(void *self, int source, const struct block *block, int at, int n)
{
	struct csv *c = self;

	(void)source;
	(void)block;
	(void)n;
	c->at = at;
}

static void *
csv_open(struct engine *e, struct event_file *file, unsigned emit, struct span every,
    const struct trials *trials)
{
	struct csv *c = memory_zero(1, sizeof *c);
	struct listener listener = { .wants =
					 EVENT_ROW | EVENT_START | EVENT_REPLACED | EVENT_RESUMED,
		.event = on_event,
		.rows = on_rows,
		.once = true,
		.self = c };

	(void)emit;
	(void)trials;
	c->engine = e;
	c->file = file;
	c->every = every;
	engine_listen(e, &listener);
	return c;
}

static void
csv_close(void *self)
{
	struct csv *c = self;

	free_columns(c->columns, c->n);
	free(c);
}

const struct event_writer_class event_writer_csv = {
	.name = "csv",
	.ending = ".csv",
	.writes = EVENT_ROW,
	.open = csv_open,
	.close = csv_close,
};
