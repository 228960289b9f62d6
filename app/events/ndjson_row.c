/* ndjson_row.c - rows as lines of JSON.
 *
 * Rows are the bulk, so all that stands between their numbers is worked out once, when the columns
 * are known: a row costs the formatting of its numbers and the copying of the rest. */
#include <stdlib.h>
#include <string.h>

#include "app/events/event_writer.h"
#include "app/events/ndjson_parts.h"
#include "data/base/numbers/number.h"
#include "data/base/times/times.h"

/* --- pieces ----------------------------------------------------------------------------------- */

struct text *
ndjson_out(struct ndjson *j)
{
	return &j->sink->text;
}

void
ndjson_string(struct text *t, const char *s)
{
	text_json(t, s, strlen(s));
}

static void
add_time(struct text *t, int64_t time)
{
	char buf[TIME_CHARS];

	if (time == TIME_NONE) {
		text_addn(t, "null", 4);
		return;
	}
	text_addc(t, '"');
	text_addn(t, buf, (size_t)time_format(time, buf));
	text_addc(t, '"');
}

void
ndjson_count(struct text *t, uint64_t n)
{
	char buf[20];
	size_t i = sizeof buf;

	do
		buf[--i] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	text_addn(t, buf + i, sizeof buf - i);
}

void
ndjson_cell(struct text *t, const struct block *b, int column, enum column_type type, int row)
{
	union cells cells = b->cells[column];

	if (type == COLUMN_NUMBER)
		text_number(t, cells.number[row]);
	else if (type == COLUMN_TIME)
		add_time(t, cells.time[row]);
	else if (cells.text[row].s == NULL)
		text_addn(t, "null", 4);
	else
		text_json(t, cells.text[row].s, cells.text[row].n);
}

void
ndjson_value(struct text *t, const struct engine *e, double v, bool is_text)
{
	if (is_text && !number_missing(v))
		ndjson_string(t, names_text(engine_names(e), v));
	else
		text_number(t, v);
}

void
ndjson_place(struct ndjson *j, const struct event *event)
{
	struct text *t = ndjson_out(j);

	if (event->time != TIME_NONE) {
		text_addn(t, ",\"time\":", 8);
		add_time(t, event->time);
	}
	if (event->key != NULL) {
		text_addn(t, ",\"key\":", 7);
		ndjson_string(t, event->key);
	}
}

void
ndjson_end(struct ndjson *j)
{
	text_addn(ndjson_out(j), "}\n", 2);
	if (ndjson_out(j)->len >= SINK_FULL)
		event_file_flush(j->sink, -1);
}

/* --- what stands between the numbers ---------------------------------------------------------- */

static void
items_add(struct items *list, const char *name, int index, bool is_text, enum column_type type)
{
	struct text label = { 0 };

	if (list->n > 0)
		text_addc(&label, ',');
	ndjson_string(&label, name);
	text_addc(&label, ':');
	list->items = memory_grow(list->items, (size_t)list->n + 1, sizeof *list->items);
	list->items[list->n++] = (struct item){ label.s, label.len, index, is_text, type };
}

static void
items_done(struct items *list)
{
	for (int i = 0; i < list->n; i++)
		free(list->items[i].label);
	free(list->items);
}

void
writer_done(struct writer *w)
{
	free(w->head);
	items_done(&w->values);
	items_done(&w->kpis);
	w->values = w->kpis = (struct items){ 0 };
}

void
writer_init(struct writer *w, const struct engine *e, int source)
{
	const struct schema *schema = engine_schema(e, source);
	struct text head = { 0 };

	writer_done(w);
	text_add(&head, "{\"type\":\"row\",\"source\":");
	ndjson_string(&head, schema->source);
	text_add(&head, ",\"row\":");
	w->head = head.s;
	for (int c = 0; c < schema->n; c++) /* the event time and the key stand for themselves */
		if (c != schema->time && c != engine_by(e, source))
			items_add(
			    &w->values, schema->columns[c].name, c, false, schema->columns[c].type);
	for (int k = 0; k < engine_kpis(e); k++) {
		const struct kpi *kpi = engine_kpi(e, k);

		if (kpi->source == source)
			items_add(
			    &w->kpis, kpi->name, k, kpi->result == RESULT_TEXT, COLUMN_NUMBER);
	}
}

/* --- rows ------------------------------------------------------------------------------------- */

void
ndjson_row(struct ndjson *j, const struct event *event)
{
	struct writer *w = &j->writers[event->source];
	struct text *t = ndjson_out(j);

	if (!event_is_due(event, j->every))
		return;
	text_add(t, w->head);
	ndjson_count(t, event->row);
	ndjson_place(j, event);
	text_add(t, ",\"values\":{");
	for (int i = 0; i < w->values.n; i++) {
		const struct item *item = &w->values.items[i];

		text_addn(t, item->label, item->len);
		ndjson_cell(t, event->block, item->index, item->type, event->at);
	}
	text_add(t, "},\"kpis\":{");
	for (int i = 0; i < w->kpis.n; i++) {
		const struct item *item = &w->kpis.items[i];
		double v = engine_kpi_values(j->engine, item->index)[event->at - j->at];

		text_addn(t, item->label, item->len);
		ndjson_value(t, j->engine, v, item->is_text);
	}
	text_addc(t, '}');
	ndjson_end(j);
}
