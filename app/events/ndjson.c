/* ndjson.c - a listener that writes each event as a line of JSON. */
#include "app/events/ndjson.h"

#include <stdlib.h>
#include <string.h>

#include "app/events/event_writer.h"
#include "app/events/ndjson_parts.h"
#include "data/base/times/times.h"
#include "data/dialect/find.h"

/* Events of alerts and drifts name the source where there is more than one. */
static void
add_source(struct ndjson *j, const struct event *event)
{
	if (engine_sources(j->engine) < 2)
		return;
	text_add(ndjson_out(j), ",\"source\":");
	ndjson_string(ndjson_out(j), engine_schema(j->engine, event->source)->source);
}

/* --- the other events ------------------------------------------------------------------------- */

/* What is not the plain case. */
static void
add_dialect(struct ndjson *j, int source)
{
	struct text members = { 0 };

	dialect_json(engine_dialect(j->engine, source), &members);
	if (members.len > 0)
		text_addf(ndjson_out(j), ",\"dialect\":{%s}", text_get(&members));
	text_done(&members);
}

static void
add_source_columns(struct ndjson *j, int source)
{
	const struct schema *schema = engine_schema(j->engine, source);
	struct text *t = ndjson_out(j);

	text_add(t, "{\"name\":");
	ndjson_string(t, schema->source);
	text_add(t, ",\"columns\":[");
	for (int c = 0; c < schema->n; c++) {
		if (schema->columns[c].joined)
			continue;
		text_add(t, c > 0 ? ",{\"name\":" : "{\"name\":");
		ndjson_string(t, schema->columns[c].name);
		text_add(t, ",\"type\":");
		ndjson_string(t, column_type_name(schema->columns[c].type));
		if (schema->columns[c].unit != NULL && schema->columns[c].unit[0] != '\0') {
			text_add(t, ",\"unit\":");
			ndjson_string(t, schema->columns[c].unit);
		}
		text_add(t, schema->columns[c].index ? ",\"index\":true}" : "}");
	}
	text_addc(t, ']');
	add_dialect(j, source);
	text_addc(t, '}');
}

/* Of the sources from..to-1: all of them, or one that came later. */
static void
write_start(struct ndjson *j, int from, int to)
{
	struct text *t = ndjson_out(j);

	text_add(t, "{\"type\":\"start\",\"version\":");
	ndjson_string(t, WEIR_VERSION);
	text_add(t, ",\"sources\":[");
	for (int s = from; s < to; s++) {
		text_add(t, s > from ? "," : "");
		add_source_columns(j, s);
	}
	text_addc(t, ']');
	ndjson_end(j);
}

static void
write_alert(struct ndjson *j, const struct event *event)
{
	const struct alert_rule *rule = engine_rule(j->engine, event->rule);
	const struct schema *schema = engine_schema(j->engine, event->source);
	struct text *t = ndjson_out(j);
	const struct rule *asked = &engine_query(j->engine)->rules[event->rule];

	text_add(t, "{\"type\":\"alert\",\"name\":");
	ndjson_string(t, rule->name);
	text_add(t, ",\"state\":");
	ndjson_string(t, alert_state_name(event->state));
	text_add(t, ",\"severity\":");
	ndjson_string(t, severity_name(rule->severity));
	add_source(j, event);
	text_add(t, ",\"row\":");
	ndjson_count(t, event->row);
	ndjson_place(j, event);
	text_add(t, ",\"expr\":");
	ndjson_string(t, rule->when);
	text_add(t, ",\"values\":{");
	for (int i = 0; i < asked->ncolumns; i++) {
		text_add(t, i > 0 ? "," : "");
		ndjson_string(t, schema->columns[asked->columns[i]].name);
		text_addc(t, ':');
		ndjson_cell(t, event->block, asked->columns[i],
		    schema->columns[asked->columns[i]].type, event->at);
	}
	text_addc(t, '}');
	ndjson_end(j);
}

void
ndjson_alert(struct engine *e, const struct event *event, struct text *out)
{
	struct event_file file = { .fd = -1, .memory = true };
	struct ndjson j = { .engine = e, .sink = &file };

	write_alert(&j, event);
	text_addn(out, file.text.s, file.text.len - 1);
	text_done(&file.text);
}

static void
write_drift(struct ndjson *j, const struct event *event)
{
	struct text *t = ndjson_out(j);

	text_add(t, "{\"type\":\"drift\",\"expr\":");
	ndjson_string(t, event->what);
	add_source(j, event);
	text_add(t, ",\"row\":");
	ndjson_count(t, event->row);
	ndjson_place(j, event);
	ndjson_end(j);
}

static void
write_bad(struct ndjson *j, const struct event *event)
{
	const struct schema *schema = engine_schema(j->engine, event->source);
	struct text *t = ndjson_out(j);

	text_add(t, "{\"type\":\"bad\",\"source\":");
	ndjson_string(t, schema->source);
	text_add(t, ",\"row\":");
	ndjson_count(t, event->row);
	if (event->column >= 0) {
		text_add(t, ",\"column\":");
		ndjson_string(t, schema->columns[event->column].name);
	}
	text_add(t, ",\"what\":");
	ndjson_string(t, event->what);
	if (event->text.s != NULL) {
		text_add(t, ",\"text\":");
		text_json(t, event->text.s, event->text.n);
	}
	ndjson_end(j);
}

static void
write_note(struct ndjson *j, const struct event *event)
{
	struct text *t = ndjson_out(j);

	text_add(t, "{\"type\":\"note\",\"what\":");
	ndjson_string(t, event->what);
	if (event->source >= 0) {
		text_add(t, ",\"source\":");
		ndjson_string(t, engine_source_name(j->engine, event->source));
	}
	if (event->row > 0) {
		text_add(t, ",\"row\":");
		ndjson_count(t, event->row);
	}
	ndjson_place(j, event);
	ndjson_end(j);
}

/* What is asked for is another now: because of a source more, whose columns are told. */
static void
write_replaced(struct ndjson *j, const struct event *event)
{
	int source = event->source;

	if ((j->emit & EVENT_NOTE) != 0)
		write_note(j, event);
	if ((j->emit & EVENT_START) != 0 && source >= 0 && engine_schema(j->engine, source)->n > 0)
		write_start(j, source, source + 1);
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
write_forecast_of(struct ndjson *j, const struct event *event, int most)
{
	double mean[HORIZON_MAX], lower[HORIZON_MAX], upper[HORIZON_MAX];
	int n = engine_forecast(
	    j->engine, event->source, event->state_of, event->column, 0.95, mean, lower, upper);
	struct text *t = ndjson_out(j);

	if (n == 0)
		return;
	n = n < most ? n : most;
	text_add(t, "{\"type\":\"forecast\",\"of\":");
	ndjson_column(j, event->source, event->column);
	text_add(t, ",\"row\":");
	ndjson_count(t, event->row);
	ndjson_place(j, event);
	text_add(t, ",\"horizon\":");
	ndjson_count(t, (uint64_t)n);
	add_array(t, ",\"mean\":", mean, n);
	add_array(t, ",\"lower\":", lower, n);
	add_array(t, ",\"upper\":", upper, n);
	text_add(t, ",\"coverage\":0.95");
	ndjson_end(j);
}

static void
write_forecast(struct ndjson *j, const struct event *event)
{
	write_forecast_of(j, event, HORIZON_MAX);
}

bool
ndjson_forecast(
    struct engine *e, int source, const struct key_state *key, int column, int h, struct text *out)
{
	struct event_file file = { .fd = -1, .memory = true };
	struct ndjson j = { .engine = e, .sink = &file };
	struct event event = { .type = EVENT_FORECAST,
		.source = source,
		.row = engine_progress(e, source).row,
		.time = TIME_NONE,
		.state_of = key,
		.column = column };
	bool any;

	if (key == NULL || engine_schema(e, source)->columns[column].type != COLUMN_NUMBER)
		return false;
	event.key = engine_by(e, source) >= 0 ? key_state_name(key, &(size_t){ 0 }) : NULL;
	write_forecast_of(&j, &event, h);
	any = file.text.len > 0;
	text_addn(out, text_get(&file.text), file.text.len);
	text_done(&file.text);
	return any;
}

/* --- listening -------------------------------------------------------------------------------- */

static void
learn_columns(struct ndjson *j)
{
	int n = engine_sources(j->engine);

	if (n > j->nwriters) {
		j->writers = memory_grow(j->writers, (size_t)n, sizeof *j->writers);
		memset(j->writers + j->nwriters, 0, (size_t)(n - j->nwriters) * sizeof *j->writers);
		j->nwriters = n;
	}
	for (int s = 0; s < j->nwriters; s++)
		writer_init(&j->writers[s], j->engine, s);
}

static void
on_event(void *self, const struct event *event)
{
	struct ndjson *j = self;

	if (event->type == EVENT_START)
		event_file_begin(j->sink);
	else if (event->type == EVENT_RESUMED) /* what is written goes on, too */
		j->sink->begun = true;
	if ((event->type & (EVENT_START | EVENT_REPLACED | EVENT_RESUMED)) != 0)
		learn_columns(j);
	if ((j->emit & event->type) == 0)
		return;
	switch (event->type) {
	case EVENT_START:
		write_start(j, 0, engine_sources(j->engine));
		break;
	case EVENT_ROW:
		if (j->sink->recent == 0 || j->at + j->n - event->at <= j->sink->recent)
			ndjson_row(j, event);
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
	case EVENT_DOUBT:
		write_note(j, event);
		break;
	case EVENT_REPLACED:
		write_replaced(j, event);
		break;
	case EVENT_SUMMARY:
		ndjson_summary(j);
		break;
	case EVENT_RESUMED:
		break;
	}
}

static void
on_rows(void *self, int source, const struct block *block, int at, int n)
{
	struct ndjson *j = self;

	(void)source;
	(void)block;
	j->at = at;
	j->n = n;
}

struct ndjson *
ndjson_new(struct engine *e, struct event_file *sink, unsigned emit, struct span every)
{
	struct ndjson *j = memory_zero(1, sizeof *j);
	struct listener listener = { .wants = emit | EVENT_START | EVENT_REPLACED | EVENT_RESUMED,
		.event = on_event,
		.rows = (emit & EVENT_ROW) != 0 ? on_rows : NULL,
		.once = true,
		.self = j };

	j->engine = e;
	j->sink = sink;
	j->emit = (emit & (EVENT_NOTE | EVENT_START)) != 0 ? emit | EVENT_REPLACED
							   : emit & ~(unsigned)EVENT_REPLACED;
	j->every = every;
	engine_listen(e, &listener);
	return j;
}

void
ndjson_free(struct ndjson *j)
{
	for (int s = 0; s < j->nwriters; s++)
		writer_done(&j->writers[s]);
	free(j->writers);
	free(j);
}

static void *
open_writer(struct engine *e, struct event_file *file, unsigned emit, struct span every,
    const struct trials *trials)
{
	struct ndjson *j = ndjson_new(e, file, emit, every);

	j->trials = trials;
	return j;
}

static void
close_writer(void *self)
{
	ndjson_free(self);
}

const struct event_writer_class event_writer_ndjson = {
	.name = "ndjson",
	.writes = ~0U,
	.open = open_writer,
	.close = close_writer,
};
