/* config_tables.c - what a dashboard file may hold: the whole, and its smaller parts. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "app/config/config_parts.h"

enum { ITEMS_MAX = 256, ROWS_MAX = 32, COUNT_MAX = 1000000000 };

/* --- what is computed ------------------------------------------------------------------------- */

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
	struct config_named *d = item;

	d->name_at = place_of_key(y, "name");
	if (d->name[0] == '\0' || strchr(d->name, '`') != NULL)
		return yaml_wrong(l->report, place_of_key(y, "name"),
		    "'%.60s' is no name of a column (expected text without `)", d->name);
	return 0;
}

static const struct table derive_table = {
	.what = "a derived column",
	.size = sizeof(struct config_named),
	.fields = derive_fields,
	.unique = true,
	.check = derive_check,
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
	struct config_named *k = item;

	k->name_at = place_of_key(y, k->name != NULL ? "name" : "expr");
	if (k->name != NULL && (k->name[0] == '\0' || strpbrk(k->name, ":\"`(") != NULL))
		return yaml_wrong(l->report, place_of_key(y, "name"),
		    "'%.60s' is no name of a KPI (expected text without : ( ` and \")", k->name);
	return 0;
}

static const struct table kpi_table = {
	.what = "a KPI",
	.size = sizeof(struct config_named),
	.fields = kpi_fields,
	.alone = "expr",
	.unique = true,
	.check = kpi_check,
};

/* --- columns ---------------------------------------------------------------------------------- */

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

	struct text max = { 0 }, min = { 0 };

	if (!(c->min >= c->max))
		return 0;
	text_number(&max, c->max);
	text_number(&min, c->min);
	yaml_wrong(l->report, place_of_key(y, "max"), "'max' is %s (expected above min, %s)",
	    text_get(&max), text_get(&min));
	text_done(&max);
	text_done(&min);
	return -1;
}

static const struct config_column column_blank = { .min = NAN, .max = NAN };

static const struct table column_table = {
	.what = "a column",
	.size = sizeof(struct config_column),
	.blank = &column_blank,
	.fields = column_fields,
	.unique = true,
	.check = column_check,
};

/* --- notes ------------------------------------------------------------------------------------ */

static const struct field note_fields[] = {
	{ "at", FIELD_COUNT, offsetof(struct config_note, row), .required = true, .min = 1,
	    .max = COUNT_MAX, .help = "the row behind which the replay pauses and shows it",
	    .example = "8" },
	{ "title", FIELD_TEXT, offsetof(struct config_note, title), .help = "a few words above it",
	    .example = "Too cold" },
	{ "text", FIELD_TEXT, offsetof(struct config_note, text), .required = true,
	    .help = "what is said",
	    .example = "\"The temperature falls below 10: watch the rule.\"" },
	{ 0 }
};

static const struct table note_table = {
	.what = "a note",
	.size = sizeof(struct config_note),
	.fields = note_fields,
};

/* --- keys ------------------------------------------------------------------------------------- */

static const struct field key_fields[] = {
	{ "key", FIELD_TEXT, offsetof(struct config_key, key), .required = true,
	    .help = "x, ^X, space, Tab, PgUp, ...", .example = "x" },
	{ "command", FIELD_PLACED, offsetof(struct config_key, line), .required = true,
	    .help = "a command of the prompt", .example = "skip 5" },
	{ 0 }
};

static const struct table key_table = {
	.what = "a key",
	.size = sizeof(struct config_key),
	.fields = key_fields,
	.pair = "command",
	.unique = true,
};

/* --- the file --------------------------------------------------------------------------------- */

static const struct field config_fields[] = { { "about", FIELD_TEXT, offsetof(struct config, about),
						  .help = "what this dashboard shows, in one line",
						  .example = "\"A vessel and its heater\"" },
	{ "sources", FIELD_LIST, offsetof(struct config, sources), .max = ITEMS_MAX,
	    .count = offsetof(struct config, nsources), .of = &source_table,
	    .help = "where rows come from, or just - a.csv; SOURCE arguments replace these" },
	{ "by", FIELD_PLACED, offsetof(struct config, by), .aside = true,
	    .help = "one set of state for each value of a column", .example = "sensor" },
	{ "max_keys", FIELD_COUNT, offsetof(struct config, max_keys), .min = 1, .max = COUNT_MAX,
	    .aside = true, .help = "of these at most", .example = "10000" },
	{ "window", FIELD_WINDOW, offsetof(struct config, window),
	    .help = "the default window: rows, a duration or all", .example = "60" },
	{ "lateness", FIELD_DURATION, offsetof(struct config, lateness), .aside = true,
	    .help = "hold rows back this long to put late ones in order", .example = "2s" },
	{ "horizon", FIELD_COUNT, offsetof(struct config, horizon), .min = 1, .max = HORIZON_MAX,
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
	    .count = offsetof(struct config, nalerts), .of = &alert_table, .help = "rules" },
	{ "notes", FIELD_LIST, offsetof(struct config, notes), .max = ITEMS_MAX,
	    .count = offsetof(struct config, nnotes), .of = &note_table,
	    .help = "narration: shown, and the replay paused, at a row" },
	{ "layout", FIELD_LIST, offsetof(struct config, layout), .max = ROWS_MAX,
	    .count = offsetof(struct config, nlayout), .of = &row_table,
	    .help = "rows of panes, in the place of the overview" },
	{ "keys", FIELD_LIST, offsetof(struct config, keys), .max = ITEMS_MAX,
	    .count = offsetof(struct config, nkeys), .of = &key_table,
	    .help = "keys and the commands of the prompt that they give (weir list keys)" },
	{ 0 } };

const struct table config_table = {
	.what = "a dashboard",
	.size = sizeof(struct config),
	.fields = config_fields,
};
