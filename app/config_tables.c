/* config_tables.c - what a dashboard file may hold: one table for each mapping. */
#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "app/config_parts.h"

enum { ITEMS_MAX = 256, ROWS_MAX = 32, WEIGHT_MAX = 1000, COUNT_MAX = 1000000000 };

/* --- sources ------------------------------------------------------------------------------------ */

static const struct field source_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct config_source, name),
	    .help = "what the source is called; left out: its file's name or scheme",
	    .example = "reactor" },
	{ "uri", FIELD_PLACED, offsetof(struct config_source, uri), .required = true,
	    .help = "a file, -, exec:COMMAND, synth:NAME, ... (weir list sources)",
	    .example = "\"synth:reactor?seed=1\"" },
	{ "time", FIELD_PLACED, offsetof(struct config_source, time),
	    .help = "the column with the event time; left out: the first that is one",
	    .example = "time" },
	{ "rate", FIELD_RATE, offsetof(struct config_source, rate),
	    .help = "rows a second: 10, 90/m, or max", .example = "10" },
	{ "speed", FIELD_SPEED, offsetof(struct config_source, speed), .aside = true,
	    .help = "instead of rate: times as fast as recorded, or max", .example = "60" },
	{ "format", FIELD_TEXT, offsetof(struct config_source, format), .aside = true,
	    .help = "csv, tsv, ndjson or logfmt; left out: found", .example = "csv" },
	{ "delimiter", FIELD_TEXT, offsetof(struct config_source, delimiter), .aside = true,
	    .help = "between cells; left out: found", .example = "\";\"" },
	{ "no_header", FIELD_FLAG, offsetof(struct config_source, no_header), .aside = true,
	    .help = "the first line is a row", .example = "true" },
	{ "columns", FIELD_NAMES, offsetof(struct config_source, columns), .aside = true,
	    .help = "the names of the columns, in their order", .example = "[time, temperature, pH]" },
	{ "types", FIELD_NAMES, offsetof(struct config_source, types), .aside = true,
	    .help = "types told: number, time or text", .example = "\"temperature=number\"" },
	{ "follow", FIELD_FLAG, offsetof(struct config_source, follow), .aside = true,
	    .help = "go on reading as the file grows", .example = "true" },
	{ "poll", FIELD_DURATION, offsetof(struct config_source, poll), .aside = true,
	    .help = "run or fetch it again that often", .example = "5s" },
	{ "start", FIELD_TEXT, offsetof(struct config_source, start), .aside = true,
	    .help = "the first row: its number or a time", .example = "100" },
	{ "stop", FIELD_TEXT, offsetof(struct config_source, stop), .aside = true,
	    .help = "the last row: its number or a time", .example = "1500" },
	{ "loop", FIELD_FLAG, offsetof(struct config_source, loop), .aside = true,
	    .help = "start over at the end", .example = "true" },
	{ 0 }
};

static bool
is_identifier(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	while (isalnum((unsigned char)*s) || *s == '_')
		s++;
	return *s == '\0';
}

static bool
has_scheme(const char *uri)
{
	if (!isalpha((unsigned char)*uri))
		return false;
	while (isalnum((unsigned char)*uri) || *uri == '-' || *uri == '+')
		uri++;
	return *uri == ':';
}

static char *
path_from(const char *folder, const char *path)
{
	struct text joined = { 0 };

	text_addf(&joined, "%s%s", path[0] == '/' ? "" : folder, path);
	return joined.s;
}

/* Files and unix: sockets are paths; what has another scheme is left as it is. */
static void
place_uri(char **uri, const char *folder)
{
	size_t scheme = strncmp(*uri, "unix:", 5) == 0 ? 5 :
	    strncmp(*uri, "unix-listen:", 12) == 0     ? 12 :
	                                                 0;
	struct text placed = { 0 };
	char *path;

	if (strcmp(*uri, "-") == 0 || (scheme == 0 && has_scheme(*uri)))
		return;
	path = path_from(folder, *uri + scheme);
	text_addn(&placed, *uri, scheme);
	text_add(&placed, path);
	free(path);
	free(*uri);
	*uri = placed.s;
}

static int
source_check(void *item, const struct yaml *y, const struct loading *l)
{
	struct config_source *s = item;

	if (s->name != NULL && !is_identifier(s->name))
		return yaml_wrong(l->report, place_of_key(y, "name"),
		    "'%.60s' is no name of a source (expected letters, digits and _)", s->name);
	if (s->uri.s[0] == '\0')
		return yaml_wrong(l->report, s->uri.at, "'uri' is empty (expected a file or another source)");
	if (s->rate != 0 && s->speed != 0)
		return yaml_wrong(l->report, place_of_key(y, "speed"),
		    "'speed' and 'rate' together (expected one of them)");
	if (s->delimiter != NULL && strlen(s->delimiter) != 1)
		return yaml_wrong(l->report, place_of_key(y, "delimiter"),
		    "'delimiter' is '%.60s' (expected one character such as \";\" or \"\\t\")",
		    s->delimiter);
	place_uri(&s->uri.s, l->folder);
	return 0;
}

static const struct table source_table = {
	.what = "a source", .size = sizeof(struct config_source), .fields = source_fields,
	.unique = true, .check = source_check,
};

/* --- what is computed --------------------------------------------------------------------------- */

static const struct field derive_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct config_named, name), .required = true,
	    .help = "the name of the new column", .example = "ratio" },
	{ "expr", FIELD_EXPR, offsetof(struct config_named, expr), .required = true,
	    .help = "what it is at each row", .example = "temperature / pH" },
	{ "unit", FIELD_TEXT, offsetof(struct config_named, unit),
	    .help = "shown behind its numbers", .example = "\"\"" },
	{ 0 }
};

static int
derive_check(void *item, const struct yaml *y, const struct loading *l)
{
	const struct config_named *d = item;

	if (d->name[0] == '\0' || strchr(d->name, '`') != NULL)
		return yaml_wrong(l->report, place_of_key(y, "name"),
		    "'%.60s' is no name of a column (expected text without `)", d->name);
	return 0;
}

static const struct table derive_table = {
	.what = "a derived column", .size = sizeof(struct config_named), .fields = derive_fields,
	.unique = true, .check = derive_check,
};

static const struct field kpi_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct config_named, name),
	    .help = "what it is called; left out: its expression", .example = "p95 1h" },
	{ "expr", FIELD_EXPR, offsetof(struct config_named, expr), .required = true,
	    .help = "an expression (weir list ops)", .example = "p95(temperature, 1h)" },
	{ "unit", FIELD_TEXT, offsetof(struct config_named, unit),
	    .help = "shown behind its numbers", .example = "\"°C\"" },
	{ 0 }
};

static int
kpi_check(void *item, const struct yaml *y, const struct loading *l)
{
	const struct config_named *k = item;

	if (k->name != NULL && (k->name[0] == '\0' || strpbrk(k->name, ":\"`(") != NULL))
		return yaml_wrong(l->report, place_of_key(y, "name"),
		    "'%.60s' is no name of a KPI (expected text without : ( ` and \")", k->name);
	return 0;
}

static const struct table kpi_table = {
	.what = "a KPI", .size = sizeof(struct config_named), .fields = kpi_fields,
	.unique = true, .check = kpi_check,
};

/* --- columns ------------------------------------------------------------------------------------ */

static const struct field column_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct config_column, name), .required = true,
	    .help = "a column of a source", .example = "temperature" },
	{ "unit", FIELD_TEXT, offsetof(struct config_column, unit),
	    .help = "shown behind its numbers", .example = "\"°C\"" },
	{ "label", FIELD_TEXT, offsetof(struct config_column, label),
	    .help = "shown in the place of its name", .example = "Temperature" },
	{ "min", FIELD_NUMBER, offsetof(struct config_column, min),
	    .help = "the least that its charts show", .example = "0" },
	{ "max", FIELD_NUMBER, offsetof(struct config_column, max),
	    .help = "the greatest that its charts show", .example = "20" },
	{ 0 }
};

static int
column_check(void *item, const struct yaml *y, const struct loading *l)
{
	const struct config_column *c = item;

	if (c->min >= c->max)
		return yaml_wrong(l->report, place_of_key(y, "max"), "'max' is %g (expected above min, %g)",
		    c->max, c->min);
	return 0;
}

static const struct config_column column_blank = { .min = NAN, .max = NAN };

static const struct table column_table = {
	.what = "a column", .size = sizeof(struct config_column), .blank = &column_blank,
	.fields = column_fields, .unique = true, .check = column_check,
};

/* --- alerts ------------------------------------------------------------------------------------- */

static const struct field action_fields[] = {
	{ "exec", FIELD_WORDS, offsetof(struct config_action, exec),
	    .count = offsetof(struct config_action, nexec), .aside = true,
	    .help = "run a program, without a shell; the event as JSON on its standard input",
	    .example = "[./heater, \"on\"]" },
	{ "post", FIELD_TEXT, offsetof(struct config_action, post), .aside = true,
	    .help = "send the event there", .example = "\"http://localhost:8080/alerts\"" },
	{ "publish", FIELD_TEXT, offsetof(struct config_action, publish), .aside = true,
	    .help = "to a broker: kafka://, mqtt:// or redis://",
	    .example = "\"mqtt://localhost:1883/alerts\"" },
	{ "append", FIELD_TEXT, offsetof(struct config_action, append), .aside = true,
	    .help = "a line with the event to a file", .example = "alerts.ndjson" },
	{ "reply", FIELD_TEXT, offsetof(struct config_action, reply), .aside = true,
	    .help = "write to the source: the feedback loop", .example = "heater on" },
	{ "pause", FIELD_FLAG, offsetof(struct config_action, pause), .aside = true,
	    .help = "pause the replay; also written - pause", .example = "true" },
	{ "bell", FIELD_FLAG, offsetof(struct config_action, bell),
	    .help = "ring the terminal's bell; also written - bell", .example = "true" },
	{ 0 }
};

static bool
starts_with_any(const char *s, const char *const *starts)
{
	for (; *starts != NULL; starts++)
		if (strncmp(s, *starts, strlen(*starts)) == 0)
			return true;
	return false;
}

static int
action_check(void *item, const struct yaml *y, const struct loading *l)
{
	static const char *const web[] = { "http://", "https://", NULL };
	static const char *const brokers[] = { "kafka://", "mqtt://", "redis://", NULL };
	struct config_action *a = item;
	char *placed;
	int given = (a->exec != NULL) + (a->post != NULL) + (a->publish != NULL) +
	    (a->append != NULL) + (a->reply != NULL) + a->pause + a->bell;

	if (given != 1)
		return yaml_wrong(l->report, y->at, "an action that does %d things (expected one of exec, "
		    "post, publish, append, reply, pause, bell)", given);
	if (a->post != NULL && !starts_with_any(a->post, web))
		return yaml_wrong(l->report, place_of_key(y, "post"),
		    "'post' is '%.60s' (expected http://... or https://...)", a->post);
	if (a->publish != NULL && !starts_with_any(a->publish, brokers))
		return yaml_wrong(l->report, place_of_key(y, "publish"),
		    "'publish' is '%.60s' (expected kafka://, mqtt:// or redis://...)", a->publish);
	if (a->append != NULL) {
		placed = path_from(l->folder, a->append);
		free(a->append);
		a->append = placed;
	}
	/* A program without '/' is looked for in PATH, as always. */
	if (a->exec != NULL && strchr(a->exec[0], '/') != NULL) {
		placed = path_from(l->folder, a->exec[0]);
		free(a->exec[0]);
		a->exec[0] = placed;
	}
	return 0;
}

static const struct table action_table = {
	.what = "an action", .size = sizeof(struct config_action), .fields = action_fields,
	.words = true, .one_each = true, .check = action_check,
};

static const struct field alert_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct config_alert, name),
	    .help = "what it is called; left out: its condition", .example = "temp too low" },
	{ "when", FIELD_EXPR, offsetof(struct config_alert, when), .required = true,
	    .help = "the condition", .example = "temperature < 10" },
	{ "for", FIELD_LASTING, offsetof(struct config_alert, lasting),
	    .help = "how long it has to hold: a duration, or rows such as 3 rows", .example = "5s" },
	{ "clear", FIELD_EXPR, offsetof(struct config_alert, clear),
	    .help = "hysteresis: it fires on until this holds", .example = "temperature > 10.5" },
	{ "keep", FIELD_DURATION, offsetof(struct config_alert, keep), .aside = true,
	    .help = "it fires on that long after the condition ended", .example = "10s" },
	{ "cooldown", FIELD_DURATION, offsetof(struct config_alert, cooldown), .aside = true,
	    .help = "it does not fire again for that long", .example = "1m" },
	{ "severity", FIELD_SEVERITY, offsetof(struct config_alert, severity),
	    .help = "info, warning or critical", .example = "critical" },
	{ "do", FIELD_LIST, offsetof(struct config_alert, actions), .max = 16,
	    .count = offsetof(struct config_alert, nactions), .of = &action_table,
	    .help = "what is done when it fires" },
	{ 0 }
};

static const struct config_alert alert_blank = { .severity = SEVERITY_WARNING };

static const struct table alert_table = {
	.what = "an alert", .size = sizeof(struct config_alert), .blank = &alert_blank,
	.fields = alert_fields, .unique = true,
};

/* --- notes -------------------------------------------------------------------------------------- */

static const struct field note_fields[] = {
	{ "at", FIELD_COUNT, offsetof(struct config_note, row), .required = true, .min = 1,
	    .max = COUNT_MAX, .help = "the row behind which the replay pauses and shows it",
	    .example = "8" },
	{ "title", FIELD_TEXT, offsetof(struct config_note, title),
	    .help = "a few words above it", .example = "Too cold" },
	{ "text", FIELD_TEXT, offsetof(struct config_note, text), .required = true,
	    .help = "what is said", .example = "\"The temperature falls below 10: watch the rule.\"" },
	{ 0 }
};

static const struct table note_table = {
	.what = "a note", .size = sizeof(struct config_note), .fields = note_fields,
};

/* --- layout ------------------------------------------------------------------------------------- */

static const struct field pane_fields[] = {
	{ "widget", FIELD_WIDGET, offsetof(struct config_pane, class), .required = true,
	    .help = "what is drawn (weir list widgets, with the keys that each takes)",
	    .example = "chart" },
	{ "of", FIELD_NAMES, offsetof(struct config_pane, of),
	    .help = "the columns that it shows; left out: all, or the one that has the focus",
	    .example = "temperature" },
	{ "kpis", FIELD_NAMES, offsetof(struct config_pane, kpis), .aside = true,
	    .help = "what it shows of them", .example = "\"mean, sd, p95\"" },
	{ "title", FIELD_TEXT, offsetof(struct config_pane, title), .aside = true,
	    .help = "in its frame; left out: its own", .example = "Vessel" },
	{ "width", FIELD_COUNT, offsetof(struct config_pane, width), .min = 1, .max = WEIGHT_MAX,
	    .help = "its share of the row", .example = "3" },
	{ 0 }
};

static const struct table pane_table;

static bool
is_param(const struct param *params, const char *key)
{
	for (const struct param *p = params; p != NULL && p->name != NULL; p++)
		if (strcmp(p->name, key) == 0)
			return true;
	return false;
}

/* Keys that are not of every pane are the widget's own. */
static int
check_own_keys(const struct param *params, const struct yaml *y, const struct loading *l)
{
	for (int i = 0; i + 1 < y->n; i += 2) {
		const struct yaml *key = y->items[i], *value = y->items[i + 1];

		if (table_find(&pane_table, key->text) != NULL)
			continue;
		if (!is_param(params, key->text))
			return table_unknown(&pane_table, params, key, l);
		if (yaml_get(y, key->text) != value)
			return yaml_wrong(l->report, key->at, "'%s' stands here twice (expected once)",
			    key->text);
		if (value->kind != YAML_SCALAR)
			return yaml_wrong(l->report, value->at, "'%s' is no text (expected one value)",
			    key->text);
	}
	return 0;
}

static const char *
pane_text(const struct config_pane *pane, const struct param *p, const struct yaml *y)
{
	const struct yaml *written = yaml_get(y, p->name);

	if (written == NULL || yaml_is_empty(written))
		return p->fallback != NULL ? p->fallback : "";
	if (strcmp(p->name, "of") == 0)
		return pane->of;
	return strcmp(p->name, "kpis") == 0 ? pane->kpis : written->text;
}

static int
pane_check(void *item, const struct yaml *y, const struct loading *l)
{
	struct config_pane *pane = item;
	const struct param *params = pane->class->params;
	struct error err;
	size_t n = 0;

	if (check_own_keys(params, y, l) != 0)
		return -1;
	while (params != NULL && params[n].name != NULL)
		n++;
	pane->values = memory_zero(n, sizeof *pane->values);
	for (size_t i = 0; i < n; i++)
		if (value_parse(&pane->values[i], &params[i], pane_text(pane, &params[i], y), &err) != 0)
			return yaml_wrong(l->report, place_of_key(y, params[i].name), "'%s' is %s",
			    params[i].name, err.text);
	return 0;
}

static void
pane_done(void *item)
{
	struct config_pane *pane = item;
	const struct param *p = pane->class != NULL ? pane->class->params : NULL;

	for (int i = 0; pane->values != NULL && p != NULL && p[i].name != NULL; i++)
		value_done(&pane->values[i]);
	free(pane->values);
}

static const struct config_pane pane_blank = { .width = 1 };

static const struct table pane_table = {
	.what = "a pane", .size = sizeof(struct config_pane), .blank = &pane_blank,
	.fields = pane_fields, .open = true, .check = pane_check, .done = pane_done,
};

static const struct field row_fields[] = {
	{ "height", FIELD_COUNT, offsetof(struct config_row, height), .min = 1, .max = WEIGHT_MAX,
	    .help = "its share of the screen", .example = "3" },
	{ "panes", FIELD_LIST, offsetof(struct config_row, panes), .required = true, .max = ROWS_MAX,
	    .count = offsetof(struct config_row, npanes), .of = &pane_table,
	    .help = "side by side" },
	{ 0 }
};

static const struct config_row row_blank = { .height = 1 };

static int
row_check(void *item, const struct yaml *y, const struct loading *l)
{
	const struct config_row *row = item;

	if (row->npanes == 0)
		return yaml_wrong(l->report, y->at, "a row without panes (expected at least one)");
	return 0;
}

static const struct table row_table = {
	.what = "a row", .size = sizeof(struct config_row), .blank = &row_blank,
	.fields = row_fields, .check = row_check,
};

/* --- the file ----------------------------------------------------------------------------------- */

static const struct field config_fields[] = {
	{ "about", FIELD_TEXT, offsetof(struct config, about),
	    .help = "what this dashboard shows, in one line", .example = "\"A vessel and its heater\"" },
	{ "sources", FIELD_LIST, offsetof(struct config, sources), .max = ITEMS_MAX,
	    .count = offsetof(struct config, nsources), .of = &source_table,
	    .help = "where rows come from; SOURCE arguments stand in their place" },
	{ "by", FIELD_PLACED, offsetof(struct config, by), .aside = true,
	    .help = "one set of state for each value of a column", .example = "sensor" },
	{ "max_keys", FIELD_COUNT, offsetof(struct config, max_keys), .min = 1, .max = COUNT_MAX,
	    .aside = true, .help = "of these at most", .example = "10000" },
	{ "window", FIELD_WINDOW, offsetof(struct config, window),
	    .help = "the default window: rows, a duration or all", .example = "60" },
	{ "lateness", FIELD_DURATION, offsetof(struct config, lateness), .aside = true,
	    .help = "hold rows back this long to put late ones in order", .example = "2s" },
	{ "horizon", FIELD_COUNT, offsetof(struct config, horizon), .min = 1, .max = 10000,
	    .help = "rows ahead to forecast", .example = "12" },
	{ "derive", FIELD_LIST, offsetof(struct config, derive), .max = ITEMS_MAX,
	    .count = offsetof(struct config, nderive), .of = &derive_table,
	    .help = "new columns from others" },
	{ "columns", FIELD_LIST, offsetof(struct config, columns), .max = 10000,
	    .count = offsetof(struct config, ncolumns), .of = &column_table,
	    .help = "how columns are shown" },
	{ "kpis", FIELD_LIST, offsetof(struct config, kpis), .max = ITEMS_MAX,
	    .count = offsetof(struct config, nkpis), .of = &kpi_table,
	    .help = "figures kept up to date at every row" },
	{ "alerts", FIELD_LIST, offsetof(struct config, alerts), .max = ITEMS_MAX,
	    .count = offsetof(struct config, nalerts), .of = &alert_table,
	    .help = "rules" },
	{ "notes", FIELD_LIST, offsetof(struct config, notes), .max = ITEMS_MAX,
	    .count = offsetof(struct config, nnotes), .of = &note_table,
	    .help = "narration: shown, and the replay paused, at a row" },
	{ "layout", FIELD_LIST, offsetof(struct config, layout), .max = ROWS_MAX,
	    .count = offsetof(struct config, nlayout), .of = &row_table,
	    .help = "rows of panes, in the place of the overview" },
	{ 0 }
};

const struct table config_table = {
	.what = "a dashboard", .size = sizeof(struct config), .fields = config_fields,
};
