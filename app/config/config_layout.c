/* config_layout.c - the layout in a dashboard file: rows of panes, each with the keys of its
 * widget. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/config_parts.h"

enum { PANES_MAX = CONFIG_PANES_MAX, WEIGHT_MAX = 1000 };

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
	int status = 0;

	for (int i = 0; i + 1 < y->n && (status == 0 || l->report->all != NULL); i += 2) {
		const struct yaml *key = y->items[i], *value = y->items[i + 1];

		if (table_find(&pane_table, key->text) != NULL)
			continue;
		if (!is_param(params, key->text))
			status = table_unknown(&pane_table, params, key, l);
		else if (yaml_get(y, key->text) != value)
			status = yaml_wrong(l->report, key->at,
			    "'%s' stands here twice (expected once)", key->text);
		else if (value->kind != YAML_SCALAR)
			status = yaml_wrong(l->report, value->at,
			    "'%s' is no text (expected one value)", key->text);
	}
	return status;
}

/* "a rows pane takes no 'kpis' (expected widget, of, title, width)" */
static int
refuse(
    const struct config_pane *pane, const char *key, const struct yaml *y, const struct loading *l)
{
	struct text keys = { 0 };

	for (const struct param *p = pane->class->params; p != NULL && p->name != NULL; p++)
		text_addf(&keys, ", %s", p->name);
	yaml_wrong(l->report, place_of_key(y, key),
	    "'%s' means nothing to %s (expected widget%s, title, width)", key, pane->class->name,
	    text_get(&keys));
	text_done(&keys);
	return -1;
}

/* of: and kpis: are keys of every pane, so that each is read as a list of names. */
static int
check_names_keys(struct config_pane *pane, const struct yaml *y, const struct loading *l)
{
	if (pane->of != NULL && pane->class->of == NAMES_NONE)
		return refuse(pane, "of", y, l);
	if (pane->kpis != NULL && pane->class->kpis == NAMES_NONE)
		return refuse(pane, "kpis", y, l);
	if (pane->of != NULL && pane->class->of == NAMES_PAIR && strchr(pane->of, ',') == NULL)
		return yaml_wrong(l->report, place_of_key(y, "of"),
		    "%s needs two names (expected of: \"a, b\", or x: and y:)", pane->class->name);
	pane->of_at = place_of_key(y, "of");
	pane->kpis_at = place_of_key(y, "kpis");
	return 0;
}

/* x and y of a pane need not be said where of: says both. */
static bool
is_replaced(const struct config_pane *pane, const struct param *p, const struct yaml *y)
{
	return pane->class->of == NAMES_PAIR && pane->of != NULL && p->fallback == NULL &&
	       yaml_get(y, p->name) == NULL;
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
	const char *text;

	if (check_own_keys(params, y, l) != 0 || check_names_keys(pane, y, l) != 0)
		return -1;
	while (params != NULL && params[n].name != NULL)
		n++;
	pane->values = memory_zero(n, sizeof *pane->values);
	for (size_t i = 0; i < n; i++) {
		if (is_replaced(pane, &params[i], y))
			continue;
		text = pane_text(pane, &params[i], y);
		if (*text == '\0' && params[i].fallback == NULL)
			return yaml_wrong(l->report, place_of_key(y, params[i].name),
			    "%s needs '%s' (%s)", pane->class->name, params[i].name,
			    params[i].help);
		if (value_parse(&pane->values[i], &params[i], text, &err) != 0)
			return yaml_wrong(l->report, place_of_key(y, params[i].name), "'%s' is %s",
			    params[i].name, err.text);
	}
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
	.what = "a pane",
	.size = sizeof(struct config_pane),
	.blank = &pane_blank,
	.fields = pane_fields,
	.alone = "widget",
	.open = true,
	.check = pane_check,
	.done = pane_done,
};

static const struct field row_fields[] = {
	{ "height", FIELD_COUNT, offsetof(struct config_row, height), .min = 1, .max = WEIGHT_MAX,
	    .help = "its share of the screen", .example = "3" },
	{ "panes", FIELD_LIST, offsetof(struct config_row, panes), .required = true,
	    .max = PANES_MAX, .count = offsetof(struct config_row, npanes), .of = &pane_table,
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

const struct table row_table = {
	.what = "a row",
	.size = sizeof(struct config_row),
	.blank = &row_blank,
	.fields = row_fields,
	.check = row_check,
};
