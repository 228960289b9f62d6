/* session_describe.c - what actions are told of an event: as JSON, and as variables. */
#include <string.h>

#include "app/events/ndjson.h"
#include "app/run/session_parts.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"

enum { VALUE_BYTES = 1000 };

struct variables {
	char **all;
	size_t n;
};

/* A variable ends at a NUL byte, and a long one is cut: the whole stands in the event itself. */
static void
add_variable(struct variables *v, const char *name, const char *value, size_t n)
{
	struct text line = { 0 };

	text_add(&line, "WEIR_");
	for (; *name != '\0'; name++) {
		bool plain = (*name >= '0' && *name <= '9') || (*name >= 'a' && *name <= 'z') ||
			     (*name >= 'A' && *name <= 'Z');

		text_addc(&line, plain ? *name : '_');
	}
	text_addc(&line, '=');
	text_addn(&line, value, strnlen(value, n < VALUE_BYTES ? n : VALUE_BYTES));
	v->all = memory_grow(v->all, v->n + 2, sizeof *v->all);
	v->all[v->n++] = line.s;
	v->all[v->n] = NULL;
}

static void
add_text(struct variables *v, const char *name, const char *value)
{
	add_variable(v, name, value, strlen(value));
}

static void
add_time(struct variables *v, const char *name, int64_t time)
{
	char buf[TIME_CHARS];

	if (time != TIME_NONE)
		add_variable(v, name, buf, (size_t)time_format(time, buf));
}

/* The cells that the rule's condition reads: WEIR_VALUE_temperature=9. */
static void
add_values(struct variables *v, const struct engine *e, const struct event *event)
{
	const struct rule *rule = &engine_query(e)->rules[event->rule];
	const struct schema *schema = engine_schema(e, event->source);
	struct text name = { 0 }, number = { 0 };

	for (int i = 0; i < rule->ncolumns; i++) {
		int c = rule->columns[i];
		union cells cells = event->block->cells[c];

		text_clear(&name);
		text_clear(&number);
		text_addf(&name, "VALUE_%s", schema->columns[c].name);
		if (schema->columns[c].type == COLUMN_NUMBER) {
			text_number(&number, cells.number[event->at]);
			add_text(v, text_get(&name), text_get(&number));
		} else if (schema->columns[c].type == COLUMN_TIME) {
			add_time(v, text_get(&name), cells.time[event->at]);
		} else if (cells.text[event->at].s != NULL) {
			add_variable(
			    v, text_get(&name), cells.text[event->at].s, cells.text[event->at].n);
		}
	}
	text_done(&number);
	text_done(&name);
}

struct action_event
session_describe(struct engine *e, const struct event *event)
{
	const struct alert_rule *rule = engine_rule(e, event->rule);
	struct variables v = { 0 };
	struct text json = { 0 }, row = { 0 };

	ndjson_alert(e, event, &json);
	text_addf(&row, "%llu", (unsigned long long)event->row);
	add_text(&v, "NAME", rule->name);
	add_text(&v, "STATE", alert_state_name(event->state));
	add_text(&v, "SEVERITY", severity_name(rule->severity));
	add_text(&v, "EXPR", rule->when);
	add_text(&v, "SOURCE", engine_schema(e, event->source)->source);
	add_text(&v, "ROW", text_get(&row));
	add_time(&v, "TIME", event->time);
	if (event->key != NULL)
		add_text(&v, "KEY", event->key);
	add_values(&v, e, event);
	text_done(&row);
	return (struct action_event){ .source = event->source,
		.row = event->row,
		.lane = block_position(event->block, event->at + 1)->lane,
		.name = memory_text(rule->name, strlen(rule->name)),
		.json = json.s,
		.len = json.len,
		.env = v.all };
}
