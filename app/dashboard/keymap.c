/* keymap.c - the table of keys, and what the dashboard file makes of it. */
#include "app/dashboard/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "app/dashboard/command.h"
#include "app/screen/key_name.h"
#include "app/views/view.h"

struct binding {
	const char *key, *line;
	struct hint hint; /* keys NULL: not told, as another key of a row above; help NULL: its
	                     command's; group NULL: that of the row above */
};

static const struct binding defaults[] = {
	{ "Tab", "view next", { "Tab", NULL, "view", "next view, Shift-Tab back", 7, 9, NULL } },
	{ "S-Tab", "view previous", { 0 } },
	{ "space", "pause", { "space", NULL, "pause", NULL, 1, 3, "replay" } },
	{ ".", "step", { ".", NULL, "step", NULL, 2, 6, NULL } },
	{ ",", "step -1", { 0 } },
	{ "+", "faster", { "+/-", NULL, "speed", "faster, slower", 3, 7, NULL } },
	{ "=", "faster", { 0 } },
	{ "-", "slower", { 0 } },
	{ "Right", "sideways", { "←/→", "Left/Right", "seek", NULL, 4, 12, NULL } },
	{ "Left", "sideways -1", { 0 } },
	{ "Home", "home", { "Home", NULL, NULL, "to the start; End returns", 0, 0, NULL } },
	{ "End", "end", { 0 } },
	{ "0", "restart", { "0", NULL, NULL, NULL, 0, 0, NULL } },
	{ "Up", "move -1",
	    { "↑/↓", "Up/Down", "series", "a series, a key; scroll", 5, 4, "moving about" } },
	{ "Down", "move 1", { 0 } },
	{ "k", "move -1", { 0 } },
	{ "j", "move 1", { 0 } },
	{ "click", "click", { "click", NULL, NULL, "a view, a series, an alert", 0, 0, NULL } },
	{ "wheel-up", "move -1", { 0 } },
	{ "wheel-down", "move 1", { 0 } },
	{ "PgUp", "page -1", { "PgUp", NULL, NULL, "up a page; PgDn down", 0, 0, NULL } },
	{ "PgDn", "page 1", { 0 } },
	{ ">", "sort next", { "</>", NULL, NULL, "sort keys by another KPI", 0, 0, NULL } },
	{ "<", "sort previous", { 0 } },
	{ "R", "sort reverse", { "R", NULL, NULL, "sort keys the other way", 0, 0, NULL } },
	{ "Enter", "zoom", { "⏎", "Enter", "zoom", NULL, 6, 5, NULL } },
	{ "Esc", "back", { "Esc", NULL, NULL, NULL, 0, 0, NULL } },
	{ "/", "filter", { "/", NULL, "filter", NULL, 10, 11, NULL } },
	{ "a", "acknowledge", { "a", NULL, NULL, NULL, 0, 0, NULL } },
	{ "w", "wider", { "w/W", NULL, "window", "wider, narrower charts", 8, 8, "charts" } },
	{ "W", "narrower", { 0 } },
	{ "p", "freeze", { "p", NULL, NULL, NULL, 0, 0, NULL } },
	{ ":", "prompt", { ":", NULL, "command", NULL, 11, 13, "program" } },
	{ "S", "picture", { "S", NULL, NULL, NULL, 0, 0, NULL } },
	{ "^R", "reload", { "^R", NULL, NULL, NULL, 0, 0, NULL } },
	{ "^L", "repaint", { "^L", NULL, NULL, NULL, 0, 0, NULL } },
	{ "^Z", "suspend", { "^Z", NULL, NULL, NULL, 0, 0, NULL } },
	{ "q", "quit", { "q", NULL, "quit", "quit (also ^C)", 13, 2, NULL } },
	{ "^C", "quit", { 0 } },
};
enum { DEFAULTS = sizeof defaults / sizeof *defaults };

/* No keys, but words that need some: those of the first line. */
static const struct hint words[] = {
	{ "N bad", NULL, NULL, "values that cannot be read", 0, 0, "the first line" },
	{ "N late", NULL, NULL, "rows that came too late", 0, 0, "the first line" },
	{ "+N columns", NULL, NULL, "no room for them here", 0, 0, "the first line" },
	{ "+N panes", NULL, NULL, "likewise: widen the window", 0, 0, "the first line" },
};
enum { WORDS = sizeof words / sizeof *words };

struct bound {
	struct input key;
	char *line;
};

/* --- keys ------------------------------------------------------------------------------------- */

const char *
keymap_line(const struct keymap *m, const struct input *in)
{
	if (in->alt || in->pasted)
		return NULL;
	for (int i = 0; i < m->n; i++)
		if (key_is(&m->all[i].key, in))
			return m->all[i].line;
	return NULL;
}

/* Takes the line. */
static void
bind_key(struct keymap *m, const char *key, char *line)
{
	m->all = memory_grow(m->all, (size_t)m->n + 1, sizeof *m->all);
	m->all[m->n].line = line;
	key_read(key, &m->all[m->n++].key);
}

static char *
view_command(const struct view_class *view)
{
	struct text line = { 0 };

	text_addf(&line, "view %s", view->name);
	return line.s;
}

/* --- what is told of them --------------------------------------------------------------------- */

static void
add_hint(struct keymap *m, struct hint hint)
{
	m->hints = memory_grow(m->hints, (size_t)m->nhints + 1, sizeof *m->hints);
	m->hints[m->nhints++] = hint;
}

/* The dashboard file has another use for the key. */
static bool
is_rebound(const struct config *c, const char *key)
{
	struct input is, own;

	key_read(key, &is);
	for (int i = 0; c != NULL && i < c->nkeys; i++)
		if (key_read(c->keys[i].key, &own) && key_is(&is, &own))
			return true;
	return false;
}

static const char *
help_of(const char *line)
{
	const char *argument;
	const struct command *c = command_find(line, &argument);

	return c != NULL ? c->help : line;
}

static bool
has_key(const struct keymap *m, const struct command *c)
{
	const char *argument;

	for (int i = 0; i < m->n; i++)
		if (command_find(m->all[i].line, &argument) == c)
			return true;
	return false;
}

static void
add_hints(struct keymap *m, const struct config *c)
{
	const char *group = "views";

	for (const struct view_class *const *v = view_classes; *v != NULL; v++)
		if (!is_rebound(c, (*v)->keys))
			add_hint(m, (struct hint){ (*v)->keys, NULL, (*v)->brief, (*v)->help,
					(*v)->line, (*v)->rank, group });
	for (int i = 0; i < DEFAULTS; i++) {
		struct hint hint = defaults[i].hint;

		hint.group = group = hint.group != NULL ? hint.group : group;
		if (hint.help == NULL)
			hint.help = help_of(defaults[i].line);
		if (hint.keys != NULL && !is_rebound(c, defaults[i].key))
			add_hint(m, hint);
	}
	for (int i = 0; c != NULL && i < c->nkeys; i++)
		add_hint(m, (struct hint){ c->keys[i].key, NULL, NULL, c->keys[i].line.s, 0, 0,
				"of the dashboard file" });
	for (const struct command *const *each = commands; *each != NULL; each++)
		if (!has_key(m, *each))
			add_hint(m, (struct hint){ (*each)->form, NULL, NULL, (*each)->help, 0, 0,
					"commands" });
	m->nkeys = m->nhints;
	for (int i = 0; i < WORDS; i++)
		add_hint(m, words[i]);
}

/* --- all of it -------------------------------------------------------------------------------- */

void
keymap_init(struct keymap *m, const struct config *c)
{
	*m = (struct keymap){ 0 };
	for (int i = 0; c != NULL && i < c->nkeys; i++)
		bind_key(
		    m, c->keys[i].key, memory_text(c->keys[i].line.s, strlen(c->keys[i].line.s)));
	for (const struct view_class *const *v = view_classes; *v != NULL; v++)
		bind_key(m, (*v)->keys, view_command(*v));
	for (int i = 0; i < DEFAULTS; i++)
		bind_key(
		    m, defaults[i].key, memory_text(defaults[i].line, strlen(defaults[i].line)));
	add_hints(m, c);
}

void
keymap_done(struct keymap *m)
{
	for (int i = 0; i < m->n; i++)
		free(m->all[i].line);
	free(m->all);
	free(m->hints);
	*m = (struct keymap){ 0 };
}

int
keymap_check(const struct config *c, struct error *err, struct errors *all)
{
	struct yaml_report report = { c->path, c->bytes, c->len, err, all };
	struct input key;
	struct error what;
	int status = 0;

	for (int i = 0; i < c->nkeys && (status == 0 || all != NULL); i++) {
		const struct config_key *k = &c->keys[i];

		if (k->key == NULL || k->line.s == NULL)
			continue;
		if (!key_read(k->key, &key))
			status = yaml_wrong(&report, k->at,
			    "no key is called '%.40s' (expected such as x, ^X, space, Tab or PgUp)",
			    k->key);
		else if (command_check(k->line.s, &what) != 0)
			status = yaml_wrong(&report, k->line.at, "%s", error_what(&what));
	}
	return status;
}
