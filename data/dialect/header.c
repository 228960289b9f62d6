/* header.c - which records are the header: those without values in the typed columns. */
#include <string.h>

#include "data/dialect/dialect_parts.h"

/* A whole number of up to nine digits; -1: it is none. */
static long
whole_number(const struct span *span)
{
	size_t n = (size_t)span->n;
	const char *s = look_trim(span->s, &n);
	long value = 0;

	if (n == 0 || n > 9)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		value = value * 10 + (s[i] - '0');
	}
	return value;
}

/* Whole numbers that rise by one from each typed column to the next: years are names then. */
static int
numbers_in_turn(const struct table *table, const struct record *record, bool *years)
{
	long last = -1;
	int n = 0;

	*years = true;
	for (int i = 0; i < COLUMNS && i < record->n; i++) {
		long value;

		if (!table->typed[i])
			continue;
		value = whole_number(sample_cell(table->sample, record, i));
		if (value < 0 && n == 0)
			continue;
		if (value < 0 || (n > 0 && value != last + 1))
			return 0;
		*years = *years && value >= 1500 && value < 2200;
		last = value;
		n++;
	}
	return n;
}

/* Do columns without values tell that the first record is a row? Where half of its cells, or more,
 * come again below in the same column, it is: names do not, but in a header that stands again. */
static bool
comes_again(const struct table *table, int from)
{
	const struct record *first = table->records[from];
	int again = 0, filled = 0;

	for (int j = 0; j < first->n && j < COLUMNS; j++) {
		const struct span *cell = sample_cell(table->sample, first, j);
		bool met = false;

		filled += cell->n > 0;
		for (int i = from + 1; i < table->n && cell->n > 0 && !met; i++)
			met = same_cell(cell, sample_cell(table->sample, table->records[i], j)) &&
			      !same_record(table, first, table->records[i]);
		again += met;
	}
	return filled > 0 && again * 2 >= filled;
}

struct kinds { /* of cells */
	int values, texts;
};

static struct kinds
kinds_of(const struct table *table, const struct record *record)
{
	struct kinds kinds = { 0 };

	for (int i = 0; i < record->n; i++) {
		enum look look = sample_look(table->sample, record, i);
		bool text = look == LOOK_WORD || look == LOOK_TEXT;

		kinds.texts += text;
		kinds.values += !text && look != LOOK_EMPTY;
	}
	return kinds;
}

static bool
values_alone(const struct table *table, const struct record *record)
{
	struct kinds kinds = kinds_of(table, record);

	return kinds.values > 0 && kinds.texts == 0;
}

/* A record alone is a row when nearly all that it has are values. */
static bool
is_row_alone(const struct table *table, const struct record *record)
{
	struct kinds kinds = kinds_of(table, record);

	return kinds.values > 0 && kinds.values >= 4 * kinds.texts;
}

static bool
is_row(const struct table *table, int from)
{
	const struct record *first = table->records[from];
	struct cells cells = typed_cells(table, first);
	bool years;
	int turn;

	if (table->n - from == 1)
		return is_row_alone(table, first);
	if (table->ntyped == 0)
		return values_alone(table, first) ||
		       (table->n - from > 2 && comes_again(table, from));
	turn = numbers_in_turn(table, first, &years);
	if (turn >= 2 && years && cells.texts + turn >= 2 && !values_alone(table, first))
		return false;
	if (cells.texts > 0) /* a row with a typing error, or names of which some are numbers? */
		return cells.texts * 5 < cells.values && turn < 2;
	return cells.values + cells.marks > 0;
}

/* Does the record name units: all its cells, and at least one, look like such? */
static bool
is_units(const struct table *table, const struct record *record)
{
	int units = 0;

	for (int i = 0; i < record->n; i++) {
		const struct span *cell = sample_cell(table->sample, record, i);
		enum look look = look_of(cell->s, (size_t)cell->n);

		if (look == LOOK_EMPTY || look == LOOK_MARK)
			continue;
		if (!look_is_unit(cell->s, (size_t)cell->n))
			return false;
		units++;
	}
	return units > 0;
}

/* How many records from this one on are the header, and how many behind them units. */
int
header_rows(const struct table *table, int from, int *units)
{
	int n = 1;

	*units = 0;
	if (is_row(table, from))
		return 0;
	while (from + n < table->n && n < HEADERS) {
		const struct record *record = table->records[from + n];
		struct cells cells = typed_cells(table, record);

		if (record->n !=
		    table->width) /* a row whose cells are not parted as they should be */
			break;
		if (is_units(table, record) && cells.values == 0) {
			*units = 1;
			return n;
		}
		if (from + n + 1 >= table->n || cells.values > 0 || cells.texts == 0)
			break;
		n++;
	}
	return n;
}
