/* inference_types.c - what the columns are: numbers, times or texts, and how these are written.
 *
 * Times are looked for first: nine in ten cells must be times. Then numbers: eight in ten, written
 * in one way. A code (00501) or a whole number that no double holds makes its column one of texts.
 * So is a column without any cell: nothing is known of it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/base/error.h"
#include "data/base/times/time_units.h"
#include "data/rows/cell.h"
#include "data/inference/census.h"
#include "data/inference/inference_parts.h"
#include "data/rows/look.h"

struct column_sample {
	struct census census;
	struct time_cell
	    *cells; /* those that may be times; NULL: so few are that it is no such column */
	int n;
	int looks;   /* like times */
	int in_1970; /* of the times found */
	bool days;   /* all are eight digits */
	bool epochs;
	bool clocks, dates; /* the times found have a clock, or are dates alone */
	struct time_guess guess;
};

/* --- one pass over the sample, and another for columns that may be times ---------------------- */

static bool
is_day(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return n == 8;
}

static void
count_cell(struct column_sample *column, const struct row_map *map, const struct field *field)
{
	size_t n = field->n;
	const char *s = look_trim(field->s, &n);

	if (row_map_missing(map, field->s, field->n))
		return;
	census_count(&column->census, field);
	if (n == 0 || number_missing_mark(s, n))
		return;
	column->looks += look_is_time(s, n);
	column->days = (column->days || column->census.cells == 1) && is_day(s, n);
}

static bool
may_be_times(const struct row_map *map, const struct column_sample *column)
{
	return column->census.cells > 0 &&
	       (column->epochs || column->days || map->time_format != NULL ||
		   column->looks * 2 > column->census.cells);
}

static void
keep_cell(struct column_sample *column, const struct row_map *map, const struct field *field)
{
	size_t n = field->n;
	const char *s = look_trim(field->s, &n);

	if (column->cells == NULL || n == 0 || number_missing_mark(s, n) ||
	    row_map_missing(map, field->s, field->n))
		return;
	column->cells[column->n++] = (struct time_cell){ s, n };
}

static void
pass_over(const struct inference *inference, const struct row_map *map,
    struct column_sample *columns,
    void (*take)(struct column_sample *, const struct row_map *, const struct field *))
{
	struct entry entry;

	for (size_t at = inference->head;
	     inference_cell(inference, &at, &entry) && at <= inference->enough;) {
		int column = inference_column(inference, map, &entry);

		if (column >= 0)
			take(&columns[column], map, &entry.field);
	}
}

/* --- times ------------------------------------------------------------------------------------ */

static struct time_told
time_told(const struct inference *inference, const struct row_map *map, bool epochs)
{
	const struct dialect_options *options = inference->options;
	enum date_order dates =
	    options->dates != NULL ? date_order_parse(options->dates) : DATE_ORDERS;

	return (struct time_told){ .format = map->time_format,
		.order = dates != DATE_ORDERS,
		.dates = dates,
		.zone = map->zone,
		.epochs = epochs };
}

/* Is "NAME=time" among the types told? */
static bool
time_in_types(const char *types, const char *name)
{
	size_t n = strlen(name);

	while (types != NULL && *types != '\0') {
		size_t len = strcspn(types, ",");

		if (len == n + 5 && memcmp(types, name, n) == 0 &&
		    memcmp(types + n, "=time", 5) == 0)
			return true;
		types += len + (types[len] == ',');
	}
	return false;
}

/* Is the column named as one of times, or told to be one? */
static bool
epochs_told(const struct inference *inference, const char *name)
{
	const char *time = inference->options->time;

	return row_map_epoch_name(name) || (time != NULL && strcmp(time, name) == 0) ||
	       time_in_types(inference->options->types, name);
}

/* Clocks without a date, and epochs that were scaled wrongly, are times in 1970. */
static int
times_in_1970(const struct column_sample *column)
{
	struct time_reader reader = time_reader_of(&column->guess.form);
	int64_t day = 86400 * TIME_SECOND, ns;
	int n = 0;

	for (int i = 0; i < column->n; i++) {
		struct field field = { .s = column->cells[i].s, .n = column->cells[i].n };

		n += cell_time(&reader, &field, &ns) == CELL_NUMBER && ns > -day && ns < 366 * day;
	}
	return n;
}

static void
guess_times(
    const struct inference *inference, const struct row_map *map, struct column_sample *column)
{
	struct time_told told = time_told(inference, map, column->epochs);

	column->guess = time_form_guess(column->cells, column->n, &told);
	if (told.format != NULL && column->guess.times * 10 < column->n * 9) {
		told.format = NULL; /* it is that of another column */
		column->guess = time_form_guess(column->cells, column->n, &told);
	}
	column->census.times = column->guess.times;
	column->in_1970 = times_in_1970(column);
	for (int i = 0; i < column->n; i++) {
		bool clock = memchr(column->cells[i].s, ':', column->cells[i].n) != NULL;

		column->clocks = column->clocks || clock;
		column->dates = column->dates || !clock;
	}
}

/* --- types ------------------------------------------------------------------------------------ */

/* Without any row, columns are thought to be of numbers. */
static enum column_type
type_of(const struct inference *inference, const struct column_sample *column,
    const struct census_told *told, struct column_form *form)
{
	const struct census *census = &column->census;
	bool numbers = census_numbers(census, told, &form->number, &form->doubt);

	if (inference->rows == 0)
		return COLUMN_NUMBER;
	if (census->cells > 0 && census->times * 10 >= census->cells * 9)
		return COLUMN_TIME;
	if (census->cells == 0 || census->code || census->large || !numbers)
		return COLUMN_TEXT;
	return COLUMN_NUMBER;
}

static void
type_columns(
    const struct inference *inference, struct row_map *map, const struct column_sample *columns)
{
	char sign = inference->options->decimal;
	struct census_told told = {
		.decimal = sign == ','   ? DECIMAL_COMMA
			   : sign == '.' ? DECIMAL_POINT
					 : DECIMAL_FOUND,
		.semicolons = inference->dialect->delimiter == ';',
	};
	bool again = true;

	/* One column that can be written with commas only tells that the others are, too. */
	while (again) {
		again = false;
		for (int i = 0; i < map->schema.n; i++) {
			struct column *column = &map->schema.columns[i];

			map->forms[i].time = columns[i].guess.form;
			map->forms[i].reason = columns[i].guess.reason;
			map->forms[i].in_1970 =
			    columns[i].in_1970 > 0 &&
			    columns[i].in_1970 * 10 >= columns[i].guess.times * 9;
			column->type = type_of(inference, &columns[i], &told, &map->forms[i]);
			if (column->type == COLUMN_NUMBER && map->forms[i].number.decimal == ',' &&
			    told.decimal == DECIMAL_FOUND) {
				told.decimal = DECIMAL_COMMA;
				again = true;
			}
		}
	}
	for (int i = 0; i < map->schema.n; i++)
		if (map->schema.columns[i].type == COLUMN_TEXT)
			inference_odd(inference, map, i, &columns[i].census, &told);
}

static enum time_part
kind_of(const struct column_sample *column)
{
	if (column->guess.form.kind == TIME_CLOCKS)
		return TIME_PART_CLOCK;
	return column->guess.form.kind == TIME_DATES && !column->clocks ? TIME_PART_DATE
									: TIME_PART_WHOLE;
}

/* Whole numbers that rise by one in a column that is named so, or the first without a name. */
static bool
is_index(const struct row_map *map, int column, const struct census *census)
{
	static const char *const names[] = { "id", "no", "no.", "nr", "rownames", "index", "row",
		"#" };
	const char *name = map->names[column];

	if (map->schema.columns[column].type != COLUMN_NUMBER || census->falling ||
	    census->cells < 2 || census->plain < census->cells)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return column == 0 && name[0] == '\0' && map->heads.n > 0;
}

/* The row of the first cell of a column that is no time. */
static uint64_t
row_without_time(const struct inference *inference, const struct row_map *map, int column)
{
	struct time_reader reader = time_reader_of(&map->forms[column].time);
	struct entry entry;
	uint64_t row = 1;
	int64_t ns;

	for (size_t at = inference->head; record_log_next(&inference->tape, &at, &entry);) {
		row += entry.kind == ENTRY_RECORD;
		if (entry.kind == ENTRY_CELL &&
		    inference_column(inference, map, &entry) == column &&
		    cell_time(&reader, &entry.field, &ns) == CELL_BAD)
			return row;
	}
	return 0;
}

/* A column of times but for too many cells is none, and durations run on another clock: the first
 * such cell of the first such column is told. By its name one time is enough to take it for one. */
static void
find_doubt(
    const struct inference *inference, struct row_map *map, const struct column_sample *columns)
{
	for (int i = 0; i < map->schema.n && map->doubt_row == 0; i++) {
		const struct census *census = &columns[i].census;

		if (map->schema.columns[i].type == COLUMN_TIME ||
		    census->times <= (columns[i].epochs ? 0 : census->cells / 2))
			continue;
		map->doubt_column = i;
		map->doubt_row = row_without_time(inference, map, i);
	}
}

/* The unit of a column: of its cells, else of the line of units, without its brackets. */
static void
find_unit(const struct inference *inference, struct row_map *map, int column)
{
	const struct heads *heads = &map->heads;
	int units = inference->dialect->header + inference->dialect->units - 1;
	struct column_form *form = &map->forms[column];
	size_t n = 0;
	const char *s = "";

	if (map->schema.columns[column].type != COLUMN_NUMBER)
		return;
	memcpy(form->unit, form->number.unit, sizeof form->unit);
	if (form->unit[0] != '\0' || inference->dialect->units == 0 || inference->top > 0)
		return; /* or the line of units did not come */
	if (column < heads->width[units]) {
		s = heads->cells[units][column];
		n = strlen(s);
		s = look_trim(s, &n);
	}
	if (n >= 2 && (s[0] == '(' || s[0] == '[')) {
		s++;
		n -= 2;
	}
	if (n <= UNIT_MAX)
		memcpy(form->unit, s, n);
}

void
inference_type(const struct inference *inference, struct row_map *map)
{
	size_t n = (size_t)map->schema.n;
	struct column_sample *columns = memory_zero(n, sizeof *columns);
	enum time_part *kinds = memory_zero(n, sizeof *kinds);

	for (size_t i = 0; i < n; i++)
		columns[i].epochs = epochs_told(inference, map->schema.columns[i].name);
	pass_over(inference, map, columns, count_cell);
	for (size_t i = 0; i < n; i++)
		if (may_be_times(map, &columns[i]))
			columns[i].cells =
			    memory_new((size_t)columns[i].census.cells, sizeof *columns[i].cells);
	pass_over(inference, map, columns, keep_cell);
	for (size_t i = 0; i < n; i++)
		if (columns[i].cells != NULL)
			guess_times(inference, map, &columns[i]);
	type_columns(inference, map, columns);
	find_doubt(inference, map, columns);
	for (size_t i = 0; i < n; i++)
		kinds[i] = kind_of(&columns[i]);
	for (size_t i = 0; i < n; i++) {
		find_unit(inference, map, (int)i);
		map->schema.columns[i].open = inference->rows > 0 && columns[i].census.cells == 0;
		map->schema.columns[i].index = is_index(map, (int)i, &columns[i].census);
		free(columns[i].cells);
	}
	free(columns);
	inference_time(inference, map, kinds);
	free(kinds);
}
