/* table.c - where among the records the table begins: titles, header, rows of units, width.
 *
 * What a header is, the rows below tell: a column whose cells are mostly values is typed, and a
 * record without values in the typed columns names them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/dialect/dialect_parts.h"

enum {
	TITLES = 60,  /* no more records stand before a table */
	HEADERS = 6,  /* no header has more */
	COLUMNS = 500 /* so many tell what a header is */
};

struct table { /* records that are no comments */
	const struct sample *sample;
	const struct record *records[SAMPLE_RECORDS];
	int at[SAMPLE_RECORDS]; /* where in the sample each one stands */
	int filled[SAMPLE_RECORDS];
	int n;
	int width;
	bool typed[COLUMNS]; /* as seen from the first record of the table */
	int ntyped;
};

/* The most frequent of them, the larger of two alike, not counting those below `least`. */
static int
usual(const int *values, int n, int least)
{
	int best = 0, many = 0;

	for (int i = 0; i < n; i++) {
		int same = 0;

		for (int j = 0; j < n; j++)
			same += values[j] == values[i];
		if (values[i] >= least && (same > many || (same == many && values[i] > best))) {
			best = values[i];
			many = same;
		}
	}
	return best;
}

static int
usual_width(const struct table *table, int from)
{
	int widths[SAMPLE_RECORDS], n = 0;

	for (int i = from; i < table->n; i++)
		widths[n++] = table->records[i]->n;
	return usual(widths, n, 0);
}

/* --- typed columns ---------------------------------------------------------------------------- */

static bool
same_cell(const struct span *a, const struct span *b)
{
	return a != NULL && b != NULL && a->n == b->n && strncasecmp(a->s, b->s, (size_t)a->n) == 0;
}

static bool
same_record(const struct table *table, const struct record *a, const struct record *b)
{
	for (int i = 0; i < a->n; i++)
		if (!same_cell(sample_cell(table->sample, a, i), sample_cell(table->sample, b, i)))
			return false;
	return a->n == b->n;
}

/* Of the records from `behind` on; the first of the table again is none of its rows. */
static bool
is_typed(const struct table *table, int first, int behind, int column)
{
	int numbers = 0, times = 0, all = 0;

	for (int i = behind; i < table->n; i++) {
		enum look look = sample_look(table->sample, table->records[i], column);

		if (same_record(table, table->records[first], table->records[i]))
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
static void
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

struct cells { /* of a record, in the typed columns */
	int values, texts, marks;
};

static struct cells
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

/* --- header ----------------------------------------------------------------------------------- */

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

/* A record alone: it is a row when all that it has are values. */
static bool
values_alone(const struct table *table, const struct record *record)
{
	int values = 0;

	for (int i = 0; i < record->n; i++) {
		enum look look = sample_look(table->sample, record, i);

		if (look == LOOK_WORD || look == LOOK_TEXT)
			return false;
		values += look != LOOK_EMPTY;
	}
	return values > 0;
}

static bool
is_row(const struct table *table, int from)
{
	const struct record *first = table->records[from];
	struct cells cells = typed_cells(table, first);
	bool years;
	int turn;

	if (table->n - from == 1)
		return values_alone(table, first);
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
static int
header_rows(const struct table *table, int from, int *units)
{
	int n = 1;

	*units = 0;
	if (is_row(table, from))
		return 0;
	while (from + n < table->n && n < HEADERS) {
		const struct record *record = table->records[from + n];
		struct cells cells = typed_cells(table, record);

		if (record->n != table->width) /* a row whose cells are not parted as they should be */
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

/* --- before the table ------------------------------------------------------------------------- */

static int
usual_filled(const struct table *table)
{
	return usual(table->filled, table->n, 2);
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
static int
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

/* --- the whole -------------------------------------------------------------------------------- */

static void
gather(struct table *table, const struct sample *sample)
{
	table->sample = sample;
	for (int i = 0; i < sample->n; i++) {
		if (sample->records[i].comment)
			continue;
		table->at[table->n] = i;
		table->filled[table->n] = sample_filled(sample, &sample->records[i]);
		table->records[table->n++] = &sample->records[i];
	}
	table->width = usual_width(table, 0);
}

/* The comment right above the record, when it may be the header: of the table's width, and without
 * a value where rows have some. */
static const struct record *
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

/* Is the column nothing but what delimiters at the ends of lines make: without a name, empty in all
 * rows, and in all of them or in the header too? */
static bool
is_tail(const struct table *table, int from, const struct record *header, int column)
{
	bool everywhere = true;

	if (sample_look(table->sample, header, column) != LOOK_EMPTY)
		return false;
	for (int i = from; i < table->n; i++) {
		if (sample_look(table->sample, table->records[i], column) != LOOK_EMPTY)
			return false;
		everywhere = everywhere && table->records[i]->n > column;
	}
	return column < header->n || everywhere;
}

/* Columns and width of the rows, which begin at record `from`; header: the last of its records;
 * NULL. */
static void
find_width(
    const struct table *table, int from, const struct record *header, struct dialect *dialect)
{
	int widest = header != NULL ? header->n : 0;

	for (int i = from; i < table->n; i++)
		if (table->records[i]->n > widest)
			widest = table->records[i]->n;
	dialect->columns = widest;
	dialect->width = from < table->n ? usual_width(table, from) : widest;
	if (header == NULL || from >= table->n)
		return;
	while (dialect->columns > 1 && is_tail(table, from, header, dialect->columns - 1)) {
		dialect->empty_tail++;
		dialect->columns--;
	}
	for (int i = from; i < table->n; i++)
		if (table->records[i]->n != header->n + 1)
			return;
	dialect->row_names = dialect->empty_tail == 0;
}

/* Blanks behind delimiters are none of the cells where most cells have them. */
static bool
led_by_blanks(const struct sample *sample)
{
	int led = 0, cells = 0;

	for (int i = 0; i < sample->n; i++)
		for (int j = 1; j < sample->records[i].n; j++) {
			const struct span *span = sample_cell(sample, &sample->records[i], j);

			/* a quoted cell has them before its quote */
			led += span->quoted ? span->s[-2] == ' ' : span->n > 0 && span->s[0] == ' ';
			cells += span->n > 0;
		}
	return cells > 0 && led * 10 >= cells * 6;
}

static void
set_begin(struct dialect *dialect, const struct record *first)
{
	if (first != NULL)
		dialect->skip += first->line;
}

void
find_table(struct finding *finding)
{
	struct table *table = memory_zero(1, sizeof *table);
	const struct dialect_options *options = finding->options;
	struct dialect *dialect = finding->dialect;
	const struct record *header = NULL, *comment = NULL;
	int from, rows;

	gather(table, &finding->sample);
	dialect->blanks = dialect->delimiter != ' ' && led_by_blanks(&finding->sample);
	if (table->n == 0) {
		free(table);
		return;
	}
	from = options->skip_told ? 0 : count_titles(table);
	type_columns(table, from);
	if (!options->no_header)
		dialect->header = header_rows(table, from, &dialect->units);
	if (options->columns != NULL && table->ntyped == 0) /* what is named may have no header */
		dialect->header = 0;
	if (!options->no_header && !options->skip_told &&
	    (dialect->header == 0 || table->ntyped == 0))
		comment = comment_header(table, from);
	if (comment != NULL) {
		dialect->header = 1;
		dialect->units = 0;
		dialect->header_comment = true;
		header = comment;
	} else if (dialect->header == 0 && !options->no_header &&
		   (narrow_header(table, from) || header_of_another_delimiter(table, from))) {
		dialect->header = 1;
		from--;
	}
	rows = from + (comment != NULL ? 0 : dialect->header) + dialect->units;
	if (comment == NULL && dialect->header > 0)
		header = table->records[from + dialect->header - 1];
	set_begin(dialect, comment != NULL ? comment : table->records[from]);
	find_width(table, rows, header, dialect);
	free(table);
}
