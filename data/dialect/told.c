/* told.c - a dialect as it is told: as JSON, in words, and in a few signs. */
#include <string.h>

#include "data/base/text.h"
#include "data/dialect/find.h"

static void
add_key(struct text *text, const char *key)
{
	text_addf(text, "%s\"%s\":", text->len > 0 ? "," : "", key);
}

static void
add_sign(struct text *text, const char *key, char sign)
{
	add_key(text, key);
	text_json(text, &sign, 1);
}

static void
add_word(struct text *text, const char *key, const char *word)
{
	add_key(text, key);
	text_json(text, word, strlen(word));
}

static void
add_int(struct text *text, const char *key, int n)
{
	add_key(text, key);
	text_addf(text, "%d", n);
}

static bool
is_table(const struct dialect *d)
{
	return strcmp(d->format, "csv") == 0 || strcmp(d->format, "tsv") == 0 ||
	       strcmp(d->format, "words") == 0;
}

static bool
is_csv(const struct dialect *d)
{
	return strcmp(d->format, "csv") == 0;
}

static void
add_table(const struct dialect *d, struct text *text)
{
	int skipped = d->skip + d->units;

	if (is_csv(d) && d->delimiter != ',')
		add_sign(text, "delimiter", d->delimiter);
	if (d->delimiter == DELIMITER_RUNS)
		add_word(text, "delimiter", "  ");
	if (d->quote != '"')
		add_sign(text, "quote", d->quote);
	if (d->escape != 0)
		add_sign(text, "escape", d->escape);
	if (skipped > 0)
		add_int(text, "skipped", skipped);
	if (d->header != 1)
		add_int(text, "header", d->header);
	if (d->row_names)
		add_int(text, "row_names", 1);
}

static void
add_forms(const struct dialect *d, struct text *text)
{
	if (d->decimal != 0)
		add_sign(text, "decimal", d->decimal);
	if (d->group != 0)
		add_sign(text, "thousands", d->group);
	if (d->dates != NULL)
		add_word(text, "dates", d->dates);
	if (d->time != NULL)
		add_word(text, "time", d->time);
}

void
dialect_json(const struct dialect *d, struct text *text)
{
	struct text rest = { 0 };

	if (d->format == NULL)
		return;
	if (strcmp(d->encoding, "UTF-8") != 0)
		add_word(&rest, "encoding", d->encoding);
	if (is_table(d))
		add_table(d, &rest);
	add_forms(d, &rest);
	if (!is_csv(d) || rest.len > 0) {
		add_word(text, "format", d->format);
		text_addf(text, "%s%s", rest.len > 0 ? "," : "", text_get(&rest));
	}
	text_done(&rest);
}

/* --- in words --------------------------------------------------------------------------------- */

static void
say_sign(struct text *text, char sign, const char *what)
{
	if (sign == '\t')
		text_addf(text, ", tabs %s", what);
	else if (sign == ' ')
		text_addf(text, ", blanks %s", what);
	else
		text_addf(text, ", %c %s", sign, what);
}

static void
say_header(const struct dialect *d, struct text *text)
{
	if (d->header == 0)
		text_add(text, ", no header");
	else if (d->header > 1)
		text_addf(text, ", a header of %d lines", d->header);
	if (d->header_comment)
		text_add(text, ", the header in a comment");
	if (d->row_names)
		text_add(text, ", names of rows before the first column");
}

void
dialect_words(const struct dialect *d, struct text *text)
{
	int skipped = d->skip + d->units;

	if (d->format == NULL)
		return;
	text_add(text, d->format);
	if (strcmp(d->encoding, "UTF-8") != 0)
		text_addf(text, " in %s", d->encoding);
	if (is_csv(d))
		say_sign(text, d->delimiter, "between cells");
	if (d->delimiter == DELIMITER_RUNS)
		text_add(text, ", two blanks or more between cells");
	if (is_table(d) && d->quote != '"')
		say_sign(text, d->quote, "around cells");
	if (is_table(d) && d->escape != 0)
		say_sign(text, d->escape, "before a quote in a cell");
	if (is_table(d) && skipped > 0)
		text_addf(text, ", %d line%s skipped", skipped, skipped == 1 ? "" : "s");
	if (is_table(d))
		say_header(d, text);
	if (d->decimal != 0)
		say_sign(text, d->decimal, "before decimals");
	if (d->group != 0)
		say_sign(text, d->group, "between thousands");
	if (d->dates != NULL)
		text_addf(text, ", dates %s", d->dates);
	if (d->time != NULL)
		text_addf(text, ", %s are one time", d->time);
}

/* --- in a few signs --------------------------------------------------------------------------- */

static void
show_sign(struct text *text, char sign)
{
	if (sign == '\t')
		text_add(text, " tabs");
	else if (sign == ' ')
		text_add(text, " blanks");
	else
		text_addf(text, " %c", sign);
}

/* 1.234,5 or as much of it as is not the plain case. */
static void
show_number(struct text *text, char group, char decimal)
{
	if (group != 0)
		text_addf(text, " 1%c234", group);
	else if (decimal != 0)
		text_add(text, " 1");
	if (decimal != 0)
		text_addf(text, "%c5", decimal);
}

void
dialect_brief(const struct dialect *d, struct text *text)
{
	struct text rest = { 0 };
	int skipped = d->skip + d->units;

	if (d->format == NULL)
		return;
	if (is_csv(d) && d->delimiter != ',')
		show_sign(&rest, d->delimiter);
	if (is_table(d) && d->quote != '"')
		show_sign(&rest, d->quote);
	if (strcmp(d->encoding, "UTF-8") != 0)
		text_addf(&rest, " %s", d->encoding);
	if (is_table(d) && skipped > 0)
		text_addf(&rest, " %d skipped", skipped);
	if (is_table(d) && d->header == 0)
		text_add(&rest, " no header");
	show_number(&rest, d->group, d->decimal);
	if (d->dates != NULL)
		text_addf(&rest, " %s", d->dates);
	if (!is_csv(d) || rest.len > 0)
		text_addf(text, "%s%s", d->format, text_get(&rest));
	text_done(&rest);
}
