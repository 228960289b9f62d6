/* config_example.c - the tables of a dashboard file as a commented example, which is a dashboard.
 */
#include <string.h>

#include "app/config/config_parts.h"

enum { INDENT = 2, HELP_COLUMN = 44 };

void
example_help(struct text *out, size_t line, const char *help)
{
	size_t n = 0;

	/* Characters, not bytes: a degree sign takes one column. */
	for (size_t i = line; i < out->len; i++)
		n += ((unsigned char)out->s[i] & 0xc0) != 0x80;
	text_addf(out, "%*s# %s\n", (int)(n < HELP_COLUMN ? HELP_COLUMN - n : 1), "", help);
}

static void add_table(struct text *, const struct table *, int indent, bool item);

static void
add_field(struct text *out, const struct field *f, int indent, bool dash)
{
	size_t line = out->len;

	text_addf(out, "%*s%s%s%s:", indent, "", dash ? "- " : "", f->aside ? "#" : "", f->key);
	if (f->type != FIELD_LIST)
		text_addf(out, " %s", f->example);
	example_help(out, line, f->help);
	if (f->type == FIELD_LIST)
		add_table(out, f->of, indent + INDENT, true);
}

/* A mapping in the place of a list. */
static void
add_pair(struct text *out, const struct table *t, int indent)
{
	const struct field *value = table_find(t, t->pair);
	size_t line = out->len;

	text_addf(out, "%*s%s: %s", indent, "", t->fields[0].example, value->example);
	example_help(out, line, value->help);
}

/* In an item the first field stands behind the dash. */
static void
add_table(struct text *out, const struct table *t, int indent, bool item)
{
	bool dash = item;

	if (t->pair != NULL) {
		add_pair(out, t, indent);
		return;
	}
	if (t->example != NULL) {
		t->example(out, indent);
		return;
	}
	for (const struct field *f = t->fields; f->key != NULL; f++) {
		if (f->absent)
			continue;
		if (!item && f->of != NULL)
			text_addc(out, '\n');
		add_field(out, f, dash || !item ? indent : indent + INDENT, dash);
		dash = false;
	}
}

void
config_example(struct text *out)
{
	text_add(out,
	    "# A dashboard of weir: open it with weir -c FILE, check it with weir check FILE.\n"
	    "# What may be left out is left out here behind a #. Paths are relative to this "
	    "file.\n");
	add_table(out, &config_table, 0, false);
}
