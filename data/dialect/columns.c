/* columns.c - the typed columns of a table: those whose cells are mostly values. */
#include <string.h>
#include <strings.h>

#include "data/dialect/dialect_parts.h"

bool
same_cell(const struct span *a, const struct span *b)
{
	return a != NULL && b != NULL && a->n == b->n && strncasecmp(a->s, b->s, (size_t)a->n) == 0;
}

bool
same_record(const struct table *table, const struct record *a, const struct record *b)
{
	for (int i = 0; i < a->n; i++)
		if (!same_cell(sample_cell(table->sample, a, i), sample_cell(table->sample, b, i)))
			return false;
	return a->n == b->n;
}

/* Of the records from `behind` on that are as wide as the table; the first of it again is none of
 * its rows. */
static bool
is_typed(const struct table *table, int first, int behind, int column)
{
	int numbers = 0, times = 0, all = 0;

	for (int i = behind; i < table->n; i++) {
		enum look look = sample_look(table->sample, table->records[i], column);

		if (table->records[i]->n != table->width ||
		    same_record(table, table->records[first], table->records[i]))
			continue;
		numbers += look == LOOK_NUMBER;
		times += look == LOOK_TIME;
		all += look != LOOK_EMPTY && look != LOOK_MARK;
	}
	if (numbers < times)
		numbers = times;
	return all > 0 && numbers * 10 >= all * 7;
}

/* Of the records behind the header, which may have several lines. */
void
type_columns(struct table *table, int from)
{
	int half = (table->n - from) / 2;
	int behind = from + (half > HEADERS ? HEADERS : half > 1 ? half : 1);

	table->ntyped = 0;
	for (int i = 0; i < COLUMNS; i++) {
		table->typed[i] = i < table->width && is_typed(table, from, behind, i);
		table->ntyped += table->typed[i];
	}
}

struct cells
typed_cells(const struct table *table, const struct record *record)
{
	struct cells cells = { 0 };

	for (int i = 0; i < COLUMNS && i < record->n; i++) {
		enum look look;

		if (!table->typed[i])
			continue;
		look = sample_look(table->sample, record, i);
		cells.values += look_is_value(look);
		cells.texts += look == LOOK_WORD || look == LOOK_TEXT;
		cells.marks += look == LOOK_MARK;
	}
	return cells;
}
