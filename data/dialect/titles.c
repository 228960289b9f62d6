/* titles.c - what stands before a table: titles, comments, a header that looks like one. */
#include <string.h>

#include "data/dialect/dialect_parts.h"

enum { TITLES = 60 }; /* no more records stand before a table */

static int
usual_filled(const struct table *table)
{
	return most_usual(table->filled, table->n, 2);
}

/* No typed column has a value there, but the first one may have the time at which the line was
 * written. */
static bool
has_names(const struct table *table, const struct record *record)
{
	struct cells cells = typed_cells(table, record);

	return cells.values == 0 || (cells.values == 1 && cells.texts > 1 &&
					sample_look(table->sample, record, 0) == LOOK_TIME);
}

/* Records of another width up to one that looks like a header: so many; 0: there are none. It is
 * how a program tells of itself in a line of several words, or shows something else first. */
static int
before_header(struct table *table)
{
	int units, i = 0;

	while (i < table->n && i <= TITLES && table->records[i]->n != table->width)
		i++;
	if (i == 0 || i > TITLES || table->n - i < 3)
		return 0;
	type_columns(table, i);
	if (table->ntyped == 0 || !has_names(table, table->records[i]) ||
	    header_rows(table, i, &units) == 0)
		return 0;
	return i;
}

/* How many of its cells are filled, where these are its first ones; else 0. */
static int
filled_first(const struct table *table, int i)
{
	const struct record *record = table->records[i];
	int n = 0;

	while (n < record->n && sample_look(table->sample, record, n) != LOOK_EMPTY)
		n++;
	return n == table->filled[i] ? n : 0;
}

/* Does its first cell end as the name of a setting does? */
static bool
begins_with_key(const struct table *table, int i)
{
	const struct span *cell = sample_cell(table->sample, table->records[i], 0);

	return cell->n > 1 && cell->s[cell->n - 1] == ':';
}

/* Is there a value behind its first cell? */
static bool
has_setting(const struct table *table, int i)
{
	const struct record *record = table->records[i];

	for (int k = 1; k < record->n; k++)
		if (look_is_value(sample_look(table->sample, record, k)))
			return true;
	return false;
}

static bool
all_names(const struct table *table, const struct record *record)
{
	for (int i = 0; i < record->n; i++) {
		enum look look = sample_look(table->sample, record, i);

		if (look != LOOK_WORD && look != LOOK_TEXT)
			return false;
	}
	return true;
}

/* Settings, as instruments and portals write them before a table: a name, its value, and nothing in
 * the cells behind. Several of them, or one with a number, up to a record of names as wide as the
 * table: so many; 0: there are none. The upper lines of a header are others: they name what stands
 * further right. */
static int
before_names(struct table *table, int usual)
{
	int settings = 0, i = 0, units;
	bool values = false;

	for (; i < table->n && i <= TITLES; i++) {
		int filled = begins_with_key(table, i) ? table->filled[i] : filled_first(table, i);

		if (filled >= usual || (filled == 0 && table->filled[i] > 0))
			break;
		settings += filled > 1;
		values =
		    values || (filled > 1 && (has_setting(table, i) || begins_with_key(table, i)));
	}
	if (settings == 0 || (settings == 1 && !values) || i > TITLES || table->n - i < 2 ||
	    table->records[i]->n != table->width || !all_names(table, table->records[i]))
		return 0;
	type_columns(table, i);
	return table->ntyped > 0 && has_names(table, table->records[i]) &&
		       header_rows(table, i, &units) > 0
		   ? i
		   : 0;
}

/* Records of another width up to a comment that is the header: so many. */
static int
before_comment(struct table *table)
{
	int i = 0;

	while (i < table->n && i <= TITLES && table->records[i]->n != table->width)
		i++;
	if (i == 0 || i > TITLES || i == table->n)
		return 0;
	type_columns(table, i);
	return table->ntyped > 0 && comment_header(table, i) != NULL ? i : 0;
}

/* How many records stand before the table: those with at most one filled cell, or of half its
 * width. */
int
count_titles(struct table *table)
{
	int filled = usual_filled(table), i;

	if (table->n < 3 || table->width < 2 || filled < 2)
		return 0;
	i = before_comment(table);
	if (i == 0)
		i = before_names(table, filled);
	if (i == 0)
		i = before_header(table);
	if (i > 0)
		return i;
	for (; i < table->n - 1 && i < TITLES; i++) {
		int width = table->records[i]->n;

		if (table->filled[i] > 1 &&
		    !(width * 2 <= table->width && table->filled[i] < filled))
			break;
	}
	return i < table->n - 1 ? i : 0;
}

/* Of the records before the table those that find room, from the last one up. */
void
keep_titles(const struct table *table, int from, char titles[TITLES_MAX])
{
	size_t room = TITLES_MAX - 1;
	int first = from;

	for (; first > 0; first--) {
		const struct record *record = table->records[first - 1];
		size_t need = 1;

		for (int i = 0; i < record->n; i++)
			need += (size_t)sample_cell(table->sample, record, i)->n + 1;
		if (need > room)
			break;
		room -= need;
	}
	for (int i = first; i < from; i++) {
		const struct record *record = table->records[i];

		for (int j = 0; j < record->n; j++) {
			const struct span *span = sample_cell(table->sample, record, j);

			memcpy(titles, span->s, (size_t)span->n);
			titles += span->n;
			*titles++ = TITLE_CELL;
		}
		*titles++ = TITLE_RECORD;
	}
	*titles = '\0';
}

/* --- a header among them --------------------------------------------------------------------- */

/* The comment right above the record, when it may be the header: of the table's width, and without
 * a value where rows have some. */
const struct record *
comment_header(const struct table *table, int from)
{
	int at = table->at[from] - 1;
	const struct record *record;

	if (at < 0 || !table->sample->records[at].comment)
		return NULL;
	record = &table->sample->records[at];
	if (record->n != table->width || sample_filled(table->sample, record) != record->n ||
	    typed_cells(table, record).values > 0)
		return NULL;
	return record;
}

/* The record above the first row may be the header though it is narrower: of a table of two columns
 * whose first one has no name. */
static bool
narrow_header(const struct table *table, int from)
{
	const struct record *above;

	if (from == 0 || table->width != 2)
		return false;
	above = table->records[from - 1];
	return above->n == 1 && above->line + 1 == table->records[from]->line &&
	       sample_look(table->sample, above, 0) == LOOK_WORD;
}

/* ... or its cells are parted by another delimiter than those of the rows. */
static bool
header_of_another_delimiter(const struct table *table, int from)
{
	static const char delimiters[] = { ',', ';', '\t', '|', ' ' };
	struct sample line = { 0 };
	const struct record *above;
	const struct span *span;
	bool found = false;

	if (from == 0 || table->width < 3)
		return false;
	above = table->records[from - 1];
	span = sample_cell(table->sample, above, 0);
	if (above->n != 1 || above->line + 1 != table->records[from]->line)
		return false;
	for (size_t i = 0; i < sizeof delimiters && !found; i++) {
		const struct writing writing = { .delimiter = delimiters[i], .quote = '"' };

		sample_take(&line, span->s, (size_t)span->n, true, &writing);
		found = line.n == 1 && line.records[0].n == table->width;
		for (int j = 0; found && j < table->width; j++)
			found = sample_look(&line, &line.records[0], j) == LOOK_WORD;
	}
	sample_done(&line);
	return found;
}

/* ... or a quote too many stands in it, so that other cells were made of it. */
static bool
header_with_stray_quote(const struct table *table, int from)
{
	const struct writing plain = { .delimiter = table->delimiter };
	struct sample line = { 0 };
	const struct span *first, *behind;
	const char *s, *end;
	bool found;

	if (from == 0 || table->width < 3 ||
	    table->records[from - 1]->line + 1 != table->records[from]->line)
		return false;
	first = sample_cell(table->sample, table->records[from - 1], 0);
	behind = sample_cell(table->sample, table->records[from], 0);
	s = first->s - first->quoted;
	end = behind->s - behind->quoted;
	if (memchr(s, table->quote, (size_t)(end - s)) == NULL)
		return false;
	sample_take(&line, s, (size_t)(end - s), true, &plain);
	found = line.n == 1 && line.records[0].n == table->width;
	for (int j = 0; found && j < table->width; j++) {
		const struct span *cell = sample_cell(&line, &line.records[0], j);
		size_t n = (size_t)cell->n;
		const char *name = cell->s;

		for (; n > 0 && *name == table->quote; n--)
			name++;
		while (n > 0 && name[n - 1] == table->quote)
			n--;
		found = look_of(name, n) == LOOK_WORD;
	}
	sample_done(&line);
	return found;
}

bool
header_in_title(const struct table *table, int from)
{
	return narrow_header(table, from) || header_of_another_delimiter(table, from) ||
	       header_with_stray_quote(table, from);
}
