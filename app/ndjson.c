/* ndjson.c - a listener that writes each event as a line of JSON.
 *
 * Rows are the bulk, so all that stands between their numbers is worked out once, when the columns are
 * known: a row costs the formatting of its numbers and the copying of the rest. */
#include "app/ndjson.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/number.h"
#include "data/base/times.h"

struct item { /* a value in a row and what stands before it */
	char *label; /* ,"name": */
	size_t len;
	int index;   /* column or KPI */
	bool is_text;
	enum column_type type;
};

struct items {
	struct item *items;
	int n;
};

struct writer { /* of the rows of one source */
	char *head;  /* {"type":"row","source":"reactor","row": */
	struct items values, kpis;
	int64_t period; /* --every DUR: the multiple that the last row was in */
	bool begun;
};

struct ndjson {
	struct engine *engine;
	struct sink *sink;
	unsigned emit;
	struct span every;
	struct writer *writers; /* by source */
	int nwriters;
	int at; /* in its block, of the first row just stepped */
};

/* --- pieces ------------------------------------------------------------------------------------- */

static struct text *
out(struct ndjson *j)
{
	return &j->sink->text;
}

static void
add_string(struct text *t, const char *s)
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

static void
add_count(struct text *t, uint64_t n)
{
	char buf[20];
	size_t i = sizeof buf;

	do
		buf[--i] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	text_addn(t, buf + i, sizeof buf - i);
}

static void
add_cell(struct text *t, const struct block *b, int column, enum column_type type, int row)
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

static void
add_kpi(struct text *t, const struct engine *e, double v, bool is_text)
{
	if (is_text && !number_missing(v))
		add_string(t, names_text(engine_names(e), v));
	else
		text_number(t, v);
}

static void
add_place(struct ndjson *j, const struct event *event)
{
	struct text *t = out(j);

	if (event->time != TIME_NONE) {
		text_addn(t, ",\"time\":", 8);
		add_time(t, event->time);
	}
	if (event->key != NULL) {
		text_addn(t, ",\"key\":", 7);
		add_string(t, event->key);
	}
}

/* Events of alerts and drifts name the source where there is more than one. */
static void
add_source(struct ndjson *j, const struct event *event)
{
	if (engine_sources(j->engine) < 2)
		return;
	text_add(out(j), ",\"source\":");
	add_string(out(j), engine_schema(j->engine, event->source)->source);
}

static void
end_line(struct ndjson *j)
{
	text_addn(out(j), "}\n", 2);
	if (out(j)->len >= SINK_FULL)
		sink_flush(j->sink, -1);
}

/* --- what stands between the numbers ------------------------------------------------------------ */

static void
items_add(struct items *list, const char *name, int index, bool is_text, enum column_type type)
{
	struct text label = {0};

	if (list->n > 0)
		text_addc(&label, ',');
	add_string(&label, name);
	text_addc(&label, ':');
	list->items = memory_grow(list->items, (size_t)list->n + 1, sizeof *list->items);
	list->items[list->n++] = (struct item){label.s, label.len, index, is_text, type};
}

static void
items_done(struct items *list)
{
	for (int i = 0; i < list->n; i++)
		free(list->items[i].label);
	free(list->items);
}

static void
writer_init(struct writer *w, const struct engine *e, int source)
{
	const struct schema *schema = engine_schema(e, source);
	struct text head = {0};

	text_add(&head, "{\"type\":\"row\",\"source\":");
	add_string(&head, schema->source);
	text_add(&head, ",\"row\":");
	w->head = head.s;
	for (int c = 0; c < schema->n; c++) /* the event time and the key stand for themselves */
		if (c != schema->time && c != engine_by(e, source))
			items_add(&w->values, schema->columns[c].name, c, false, schema->columns[c].type);
	for (int k = 0; k < engine_kpis(e); k++) {
		const struct kpi *kpi = engine_kpi(e, k);

		if (kpi->source == source)
			items_add(&w->kpis, kpi->name, k, kpi->result == RESULT_TEXT, COLUMN_NUMBER);
	}
}

/* --- rows --------------------------------------------------------------------------------------- */

/* --every: at multiples of N rows, or the first row at or after each multiple of DUR since 1970. */
static bool
is_due(const struct ndjson *j, struct writer *w, const struct event *event)
{
	int64_t time = event->block->time[event->at], period, before = w->period;
	bool first = !w->begun;

	if (j->every.unit == SPAN_ROWS)
		return event->row % (uint64_t)j->every.n == 0;
	if (j->every.unit != SPAN_TIME)
		return true;
	period = time / j->every.n - (time % j->every.n < 0);
	w->begun = true;
	if (!first && period <= before)
		return false;
	w->period = period;
	return !first || time % j->every.n == 0;
}

static void
write_row(struct ndjson *j, const struct event *event)
{
	struct writer *w = &j->writers[event->source];
	struct text *t = out(j);

	if (!is_due(j, w, event))
		return;
	text_add(t, w->head);
	add_count(t, event->row);
	add_place(j, event);
	text_add(t, ",\"values\":{");
	for (int i = 0; i < w->values.n; i++) {
		const struct item *item = &w->values.items[i];

		text_addn(t, item->label, item->len);
		add_cell(t, event->block, item->index, item->type, event->at);
	}
	text_add(t, "},\"kpis\":{");
	for (int i = 0; i < w->kpis.n; i++) {
		const struct item *item = &w->kpis.items[i];
		double v = engine_kpi_values(j->engine, item->index)[event->at - j->at];

		text_addn(t, item->label, item->len);
		add_kpi(t, j->engine, v, item->is_text);
	}
	text_addc(t, '}');
	end_line(j);
}

/* --- the other events --------------------------------------------------------------------------- */

static void
write_start(struct ndjson *j)
{
	struct text *t = out(j);

	text_add(t, "{\"type\":\"start\",\"version\":");
	add_string(t, WEIR_VERSION);
	text_add(t, ",\"sources\":[");
	for (int s = 0; s < engine_sources(j->engine); s++) {
		const struct schema *schema = engine_schema(j->engine, s);

		text_add(t, s > 0 ? ",{\"name\":" : "{\"name\":");
		add_string(t, schema->source);
		text_add(t, ",\"columns\":[");
		for (int c = 0; c < schema->n; c++) {
			text_add(t, c > 0 ? ",{\"name\":" : "{\"name\":");
			add_string(t, schema->columns[c].name);
			text_add(t, ",\"type\":");
			add_string(t, column_type_name(schema->columns[c].type));
			text_addc(t, '}');
		}
		text_add(t, "]}");
	}
	text_addc(t, ']');
	end_line(j);
}

static void
write_alert(struct ndjson *j, const struct event *event)
{
	const struct alert_rule *rule = engine_rule(j->engine, event->rule);
	const struct schema *schema = engine_schema(j->engine, event->source);
	struct text *t = out(j);
	const int *columns;
	int n = engine_rule_columns(j->engine, event->rule, &columns);

	text_add(t, "{\"type\":\"alert\",\"name\":");
	add_string(t, rule->name);
	text_add(t, ",\"state\":");
	add_string(t, alert_state_name(event->state));
	text_add(t, ",\"severity\":");
	add_string(t, severity_name(rule->severity));
	add_source(j, event);
	text_add(t, ",\"row\":");
	add_count(t, event->row);
	add_place(j, event);
	text_add(t, ",\"expr\":");
	add_string(t, rule->when);
	text_add(t, ",\"values\":{");
	for (int i = 0; i < n; i++) {
		text_add(t, i > 0 ? "," : "");
		add_string(t, schema->columns[columns[i]].name);
		text_addc(t, ':');
		add_cell(t, event->block, columns[i], schema->columns[columns[i]].type, event->at);
	}
	text_addc(t, '}');
	end_line(j);
}

static void
write_drift(struct ndjson *j, const struct event *event)
{
	struct text *t = out(j);

	text_add(t, "{\"type\":\"drift\",\"expr\":");
	add_string(t, event->what);
	add_source(j, event);
	text_add(t, ",\"row\":");
	add_count(t, event->row);
	add_place(j, event);
	end_line(j);
}

static void
write_bad(struct ndjson *j, const struct event *event)
{
	const struct schema *schema = engine_schema(j->engine, event->source);
	struct text *t = out(j);

	text_add(t, "{\"type\":\"bad\",\"source\":");
	add_string(t, schema->source);
	text_add(t, ",\"row\":");
	add_count(t, event->row);
	if (event->column >= 0) {
		text_add(t, ",\"column\":");
		add_string(t, schema->columns[event->column].name);
	}
	text_add(t, ",\"what\":");
	add_string(t, event->what);
	if (event->text.s != NULL) {
		text_add(t, ",\"text\":");
		text_json(t, event->text.s, event->text.n);
	}
	end_line(j);
}

static void
write_note(struct ndjson *j, const struct event *event)
{
	struct text *t = out(j);

	text_add(t, "{\"type\":\"note\",\"what\":");
	add_string(t, event->what);
	if (event->source >= 0) {
		text_add(t, ",\"source\":");
		add_string(t, engine_schema(j->engine, event->source)->source);
	}
	if (event->row > 0) {
		text_add(t, ",\"row\":");
		add_count(t, event->row);
	}
	add_place(j, event);
	end_line(j);
}

/* "temperature", or "reactor.temperature" where another source has that column too. */
static void
add_column_name(struct ndjson *j, int source, int column)
{
	const struct schema *schema = engine_schema(j->engine, source);
	struct text name = {0};

	for (int s = 0; s < engine_sources(j->engine) && name.len == 0; s++)
		if (s != source && schema_find(engine_schema(j->engine, s), schema->columns[column].name) >= 0)
			text_addf(&name, "%s.", schema->source);
	text_add(&name, schema->columns[column].name);
	add_string(out(j), text_get(&name));
	text_done(&name);
}

static void
add_array(struct text *t, const char *label, const double *v, int n)
{
	text_add(t, label);
	for (int i = 0; i < n; i++) {
		text_add(t, i > 0 ? "," : "[");
		text_number(t, v[i]);
	}
	text_addc(t, ']');
}

static void
write_forecast(struct ndjson *j, const struct event *event)
{
	double mean[FORECAST_LEADS], lower[FORECAST_LEADS], upper[FORECAST_LEADS];
	int n = engine_forecast(j->engine, event->source, event->column, 0.95, mean, lower, upper);
	struct text *t = out(j);

	if (n == 0)
		return;
	text_add(t, "{\"type\":\"forecast\",\"of\":");
	add_column_name(j, event->source, event->column);
	text_add(t, ",\"row\":");
	add_count(t, event->row);
	add_place(j, event);
	text_add(t, ",\"horizon\":");
	add_count(t, (uint64_t)n);
	add_array(t, ",\"mean\":", mean, n);
	add_array(t, ",\"lower\":", lower, n);
	add_array(t, ",\"upper\":", upper, n);
	text_add(t, ",\"coverage\":0.95");
	end_line(j);
}

static void
add_scores(struct ndjson *j, int source, int column, bool *first)
{
	struct forecast_scores s;
	struct text *t = out(j);

	if (!engine_scores(j->engine, source, column, &s))
		return;
	text_add(t, *first ? "" : ",");
	*first = false;
	add_column_name(j, source, column);
	text_add(t, ":{\"n\":");
	add_count(t, s.n);
	text_add(t, ",\"mae\":");
	text_number(t, s.mae);
	text_add(t, ",\"rmse\":");
	text_number(t, s.rmse);
	text_add(t, ",\"mase\":");
	text_number(t, s.mase);
	text_add(t, ",\"coverage\":");
	text_number(t, s.coverage);
	text_addc(t, '}');
}

static void
write_summary(struct ndjson *j)
{
	const struct engine *e = j->engine;
	struct counts counts = engine_counts(e, -1);
	struct text *t = out(j);
	bool first = true;

	text_add(t, "{\"type\":\"summary\",\"rows\":");
	add_count(t, counts.rows);
	text_add(t, ",\"bad\":");
	add_count(t, counts.bad);
	text_add(t, ",\"late\":");
	add_count(t, counts.late);
	text_add(t, ",\"dropped\":");
	add_count(t, counts.dropped);
	text_add(t, ",\"seconds\":");
	text_number(t, round(engine_seconds(e) * 1000) / 1000);
	text_add(t, ",\"alerts\":{");
	for (int r = 0; r < engine_rules(e); r++) {
		text_add(t, r > 0 ? "," : "");
		add_string(t, engine_rule(e, r)->name);
		text_addc(t, ':');
		add_count(t, engine_rule_fired(e, r));
	}
	text_add(t, "},\"kpis\":{");
	for (int k = 0; k < engine_kpis(e); k++) {
		text_add(t, k > 0 ? "," : "");
		add_string(t, engine_kpi(e, k)->name);
		text_addc(t, ':');
		add_kpi(t, e, engine_kpi_value(e, k), engine_kpi(e, k)->result == RESULT_TEXT);
	}
	text_add(t, "},\"forecast\":{");
	for (int s = 0; s < engine_sources(e); s++)
		for (int c = 0; c < engine_schema(e, s)->n; c++)
			add_scores(j, s, c, &first);
	text_addc(t, '}');
	end_line(j);
}

/* --- listening ---------------------------------------------------------------------------------- */

static void
learn_columns(struct ndjson *j)
{
	j->nwriters = engine_sources(j->engine);
	j->writers = memory_zero((size_t)j->nwriters, sizeof *j->writers);
	for (int s = 0; s < j->nwriters; s++)
		writer_init(&j->writers[s], j->engine, s);
}

static void
on_event(void *self, const struct event *event)
{
	struct ndjson *j = self;

	if (event->type == EVENT_START)
		learn_columns(j);
	if ((j->emit & event->type) == 0)
		return;
	switch (event->type) {
	case EVENT_START:
		write_start(j);
		break;
	case EVENT_ROW:
		write_row(j, event);
		break;
	case EVENT_ALERT:
		write_alert(j, event);
		break;
	case EVENT_DRIFT:
		write_drift(j, event);
		break;
	case EVENT_FORECAST:
		write_forecast(j, event);
		break;
	case EVENT_BAD:
		write_bad(j, event);
		break;
	case EVENT_NOTE:
		write_note(j, event);
		break;
	case EVENT_SUMMARY:
		write_summary(j);
		break;
	}
}

static void
on_rows(void *self, int source, const struct block *block, int at, int n)
{
	struct ndjson *j = self;

	(void)source;
	(void)block;
	(void)n;
	j->at = at;
}

struct ndjson *
ndjson_new(struct engine *e, struct sink *sink, unsigned emit, struct span every)
{
	struct ndjson *j = memory_zero(1, sizeof *j);
	struct listener listener = {emit | EVENT_START, on_event,
	    (emit & EVENT_ROW) != 0 ? on_rows : NULL, j};

	j->engine = e;
	j->sink = sink;
	j->emit = emit;
	j->every = every;
	engine_listen(e, &listener);
	return j;
}

void
ndjson_free(struct ndjson *j)
{
	for (int s = 0; s < j->nwriters; s++) {
		free(j->writers[s].head);
		items_done(&j->writers[s].values);
		items_done(&j->writers[s].kpis);
	}
	free(j->writers);
	free(j);
}
