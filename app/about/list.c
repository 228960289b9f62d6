/* list.c - `weir list`: each list printed from the table that the program itself works by. */
#include "app/about/list.h"

#include <stdlib.h>
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/keymap.h"
#include "data/base/params/suggest.h"
#include "data/formats/format.h"
#include "data/graph/op.h"
#include "data/ops/anomaly/anomaly.h"
#include "data/ops/drift/drift.h"
#include "data/ops/forecast/forecast.h"
#include "data/ops/learn/learning.h"
#include "data/sources/source.h"
#include "data/sources/synth/synth.h"
#include "widgets/draw/theme.h"
#include "widgets/widget.h"

enum { NAME_WIDTH = 14, FORM_WIDTH = 38, PARAM_WIDTH = 10 };

static void
add_row(struct text *out, int width, const char *name, const char *help)
{
	text_addf(out, "%-*s  %s\n", width, name, help != NULL ? help : "");
}

/* Operators in the order of their table, which is that of their families. */
static void
list_ops(struct text *out)
{
	const char *family = "";
	struct text call = { 0 };

	for (int i = 0; op_classes[i] != NULL; i++) {
		const struct op_class *class = op_classes[i];

		if (*class->name == '.')
			continue;
		if (class->family != NULL && strcmp(class->family, family) != 0) {
			text_addf(out, "%s%s:\n", *family != '\0' ? "\n" : "", class->family);
			family = class->family;
		}
		text_clear(&call);
		op_form_print(class, &call);
		text_add(out, "  ");
		if (call.len > FORM_WIDTH)
			text_addf(out, "%s\n  %*s  %s\n", call.s, FORM_WIDTH, "", class->help);
		else
			add_row(out, FORM_WIDTH, call.s, class->help);
	}
	text_done(&call);
}

/* What stands behind a name in brackets, a line each. */
static void
add_params(struct text *out, const struct param *p)
{
	for (; p != NULL && p->name != NULL; p++) {
		text_addf(out, "  %-*s  %s", PARAM_WIDTH, p->name, p->help);
		if (p->choices != NULL)
			text_addf(out, ": %s", p->choices);
		if (p->fallback != NULL && *p->fallback != '\0')
			text_addf(out, " (%s)", p->fallback);
		else if (p->type == PARAM_WINDOW)
			text_add(out, " (the default window)");
		text_addc(out, '\n');
	}
}

int
list_op(const char *name, struct text *out, struct error *err)
{
	struct suggestion near = { 0 };

	for (int i = 0; op_classes[i] != NULL; i++) {
		const struct op_class *class = op_classes[i];

		if (strcmp(class->name, name) == 0 && *name != '.') {
			op_form_print(class, out);
			text_addf(out, "\n  %s\n", class->help);
			add_params(out, class->params);
			return 0;
		}
		if (*class->name != '.')
			suggest(&near, name, class->name);
	}
	if (near.word != NULL)
		return error_set(
		    err, "list: no operator '%s' (did you mean '%s'?)", name, near.word);
	return error_set(err, "list: no operator '%s' (weir list ops names them)", name);
}

static void
list_formats(struct text *out)
{
	struct text name = { 0 };

	text_add(out, "\nFORMAT of -F is found out, or one of\n");
	for (int i = 0; format_classes[i] != NULL; i++) {
		text_clear(&name);
		format_name(format_classes[i], &name);
		add_row(out, NAME_WIDTH, name.s, format_classes[i]->help);
	}
	text_done(&name);
}

static void
list_sources(struct text *out)
{
	for (int i = 0; source_classes[i] != NULL; i++)
		add_row(out, FORM_WIDTH, source_classes[i]->form, source_classes[i]->help);
	text_add(out, "\nNAME of synth: is one of\n");
	for (int i = 0; generators[i] != NULL; i++)
		add_row(out, NAME_WIDTH, generators[i]->name, generators[i]->help);
	list_formats(out);
}

static void
list_widgets(struct text *out)
{
	for (int i = 0; widget_classes[i] != NULL; i++) {
		const struct param *p = widget_classes[i]->params;

		add_row(out, NAME_WIDTH, widget_classes[i]->name, widget_classes[i]->help);
		for (; p != NULL && p->name != NULL; p++) {
			text_addf(out, "%*s  %s: %s", NAME_WIDTH, "", p->name, p->help);
			if (p->choices != NULL && p->type == PARAM_CHOICE)
				text_addf(out, ": %s", p->choices);
			if (p->fallback != NULL && *p->fallback != '\0')
				text_addf(out, " (%s)", p->fallback);
			text_addc(out, '\n');
		}
	}
}

static void
list_themes(struct text *out)
{
	for (int i = 0; themes[i] != NULL; i++)
		add_row(out, NAME_WIDTH, themes[i]->name, themes[i]->help);
}

static void
list_keys(struct text *out)
{
	struct keymap m;

	keymap_init(&m, NULL);
	for (int i = 0; i < m.nkeys; i++)
		if (*m.hints[i].keys != ':' || m.hints[i].keys[1] == '\0')
			text_addf(out, "%s%*s  %s\n", m.hints[i].keys,
			    NAME_WIDTH - text_cells(m.hints[i].keys), "", m.hints[i].help);
	keymap_done(&m);
	text_add(out, "\nCommands, at the prompt or bound to a key by keys: in a dashboard file\n");
	for (const struct command *const *c = commands; *c != NULL; c++)
		add_row(out, NAME_WIDTH, (*c)->form, (*c)->help);
}

void
list_models(struct text *out)
{
	text_add(out, "forecast: expected(x, method=...) and the others of its family\n");
	forecast_methods_print(out);
	text_add(out, "\nanomaly: anomaly(x, method=...)\n");
	anomaly_methods_print(out);
	text_add(out, "\ndrift: drift(x, method=...), drift_magnitude(x, method=...)\n");
	drift_methods_print(out);
	learning_methods_print(out);
}

static const struct {
	const char *name;
	void (*print)(struct text *);
} lists[] = {
	{ "ops", list_ops },
	{ "sources", list_sources },
	{ "widgets", list_widgets },
	{ "models", list_models },
	{ "themes", list_themes },
	{ "keys", list_keys },
};

int
list_print(const char *what, struct text *out, struct error *err)
{
	struct text names = { 0 };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		if (what != NULL && strcmp(lists[i].name, what) == 0) {
			lists[i].print(out);
			text_done(&names);
			return 0;
		}
		text_addf(&names, "%s%s", i > 0 ? ", " : "", lists[i].name);
	}
	if (what == NULL)
		error_set(err, "list: of what? (one of %s)", text_get(&names));
	else
		error_set(err, "list: no list '%s' (one of %s)", what, text_get(&names));
	text_done(&names);
	return -1;
}
