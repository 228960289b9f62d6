/* titles.c - what stands before a table: titles, comments, a header that looks like one. */
#include <string.h>

#include "data/dialect/dialect_parts.h"

enum { TITLES = 60 }; /* no more records stand before a table */

static int
usual_filled(const struct table *table)
{
	return most_usual(table->filled, table->n, 2);
}

/* Is the first record of another width, and a line that looks like a header behind it? */
static bool
stands_alone(struct table *table)
{
	int units;

	if (table->n <= 3 || table->records[0]->n == table->width ||
	    table->records[1]->n != table->width)
		return false;
	type_columns(table, 1);
	return table->ntyped > 0 && typed_cells(table, table->records[1]).values == 0 &&
	       header_rows(table, 1, &units) == 1;
}

/* How many records stand before the table: those with at most one filled cell, or of half its
 * width. */
int
count_titles(struct table *table)
{
	int filled = usual_filled(table), i = 0;

	if (table->n < 3 || table->width < 2 || filled < 2)
		return 0;
	if (stands_alone(table))
		return 1;
	for (; i < table->n - 1 && i < TITLES; i++) {
		int width = table->records[i]->n;

		if (table->filled[i] > 1 &&
		    !(width * 2 <= table->width && table->filled[i] < filled))
			break;
	}
	return i < table->n - 1 ? i : 0;
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

bool
header_in_title(const struct table *table, int from)
{
	return narrow_header(table, from) || header_of_another_delimiter(table, from);
}
