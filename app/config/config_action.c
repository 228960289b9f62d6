/* config_action.c - what an alert of a dashboard file does, by the table of actions. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/config/config_parts.h"
#include "data/base/params/suggest.h"

static const enum field_type field_types[] = {
	[ACTION_FLAG] = FIELD_FLAG,
	[ACTION_TEXT] = FIELD_TEXT,
	[ACTION_WORDS] = FIELD_WORDS,
};

static const size_t offsets[] = {
	[ACTION_FLAG] = offsetof(struct config_action, action.flag),
	[ACTION_TEXT] = offsetof(struct config_action, action.text),
	[ACTION_WORDS] = offsetof(struct config_action, action.words),
};

static int
unknown(const struct yaml *key, const struct loading *l)
{
	struct suggestion near = { 0 };
	struct text names = { 0 };

	for (const struct action_class *const *c = action_classes; *c != NULL; c++) {
		suggest(&near, key->text, (*c)->name);
		text_addf(&names, "%s%s", names.len > 0 ? ", " : "", (*c)->name);
	}
	if (near.word != NULL)
		yaml_wrong(l->report, key->at, "unknown key '%.60s' (did you mean '%s'?)",
		    key->text, near.word);
	else
		yaml_wrong(l->report, key->at, "unknown key '%.60s' (expected %s)", key->text,
		    text_get(&names));
	text_done(&names);
	return -1;
}

static int
wrong_number(const struct yaml *y, int given, const struct loading *l)
{
	struct text names = { 0 };

	for (const struct action_class *const *c = action_classes; *c != NULL; c++)
		text_addf(&names, "%s%s", names.len > 0 ? ", " : "", (*c)->name);
	yaml_wrong(l->report, y->at, "an action that does %d things (expected one of %s)", given,
	    text_get(&names));
	text_done(&names);
	return -1;
}

/* "- bell" is "- {bell: true}". */
static int
fill_word(struct config_action *a, const struct yaml *y, const struct loading *l)
{
	const struct action_class *class = action_find(y->text);

	if (class == NULL)
		return unknown(y, l);
	if (class->takes != ACTION_FLAG)
		return yaml_wrong(l->report, y->at, "'%s' without a value (expected %s: %s)",
		    class->name, class->name, class->example);
	a->action = (struct action){ .class = class, .flag = true };
	return 0;
}

static int
fill_value(struct config_action *a, const struct action_class *class, const struct yaml *value,
    const struct loading *l)
{
	const struct field field = { .key = class->name,
		.type = field_types[class->takes],
		.offset = offsets[class->takes],
		.count = offsetof(struct config_action, action.nwords) };

	a->action.class = class;
	return field_fill(&field, a, value, l);
}

static bool
is_given(const struct action_class *class, const struct yaml *value)
{
	return !yaml_is_empty(value) &&
	       !(class->takes == ACTION_FLAG && value->kind == YAML_SCALAR &&
		   strcasecmp(value->text, "false") == 0);
}

static int
fill_mapping(struct config_action *a, const struct yaml *y, const struct loading *l)
{
	const struct yaml *of = NULL;
	int given = 0;

	for (int i = 0; i + 1 < y->n; i += 2) {
		const struct yaml *key = y->items[i], *value = y->items[i + 1];
		const struct action_class *class =
		    key->kind == YAML_SCALAR ? action_find(key->text) : NULL;

		if (key->kind != YAML_SCALAR)
			return yaml_wrong(
			    l->report, key->at, "a key that is no text (expected KEY: VALUE)");
		if (class == NULL)
			return unknown(key, l);
		if (!is_given(class, value))
			continue;
		given++;
		of = value;
		a->action.class = class;
	}
	if (given != 1)
		return wrong_number(y, given, l);
	return fill_value(a, a->action.class, of, l);
}

static int
action_fill(void *item, const struct yaml *y, const struct loading *l)
{
	struct config_action *a = item;
	const struct action_class *class;
	struct error err;

	if (y->kind == YAML_SCALAR)
		return fill_word(a, y, l);
	if (y->kind != YAML_MAPPING)
		return yaml_wrong(l->report, y->at, "this is no action (expected KEY: VALUE)");
	if (fill_mapping(a, y, l) != 0)
		return -1;
	class = a->action.class;
	if (class->check == NULL ||
	    class->check(&a->action, class->writes ? l->written : l->folder, &err) == 0)
		return 0;
	return yaml_wrong(l->report, place_of_key(y, class->name), "%s", err.text);
}

static void
action_free(void *item)
{
	struct config_action *a = item;

	action_done(&a->action);
}

/* One of each; of those that reach beyond the screen none is done. */
static void
action_example(struct text *out, int indent)
{
	for (const struct action_class *const *c = action_classes; *c != NULL; c++) {
		size_t line = out->len;

		text_addf(out, "%*s%s- %s", indent, "",
		    (*c)->pauses || (*c)->takes != ACTION_FLAG ? "#" : "", (*c)->name);
		if ((*c)->takes != ACTION_FLAG)
			text_addf(out, ": %s", (*c)->example);
		example_help(out, line, (*c)->help);
	}
}

static const struct field no_fields[] = { { 0 } };

const struct table action_table = {
	.what = "an action",
	.size = sizeof(struct config_action),
	.fields = no_fields,
	.fill = action_fill,
	.example = action_example,
	.done = action_free,
};
