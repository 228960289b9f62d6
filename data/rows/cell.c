/* cell.c - a cell as it stood there to a value of its column, and what cells tell of its type. */
#include "data/rows/cell.h"

#include <stdio.h>
#include <string.h>

#include "data/base/number.h"
#include "data/base/times.h"

/* An epoch written as 1.7e9, which some programs make of whole numbers. */
static bool
time_of_power(const char *s, size_t n, double number, int64_t *time)
{
	char digits[32];

	if (memchr(s, 'e', n) == NULL && memchr(s, 'E', n) == NULL)
		return false;
	n = (size_t)snprintf(digits, sizeof digits, "%.15g", number);
	return time_parse(digits, n, true, time);
}

enum cell_kind
cell_time(const struct field *field, bool epoch, int64_t *time)
{
	enum cell_kind kind;
	double number;

	if (time_parse(field->s, field->n, epoch, time))
		return CELL_NUMBER;
	kind = number_cell(field->s, field->n, &number);
	if (kind == CELL_NUMBER && epoch && time_of_power(field->s, field->n, number, time))
		return CELL_NUMBER;
	return kind == CELL_MISSING ? CELL_MISSING : CELL_BAD;
}

static void
set_number(struct block *block, int row, int column, double *to, const struct field *field)
{
	if (number_cell(field->s, field->n, to) == CELL_BAD)
		block_fault(block, row, column, "not a number", field->s, field->n);
}

static void
set_time(struct block *block, int row, int column, int64_t *to, const struct row_map *map,
    const struct field *field)
{
	enum cell_kind kind = cell_time(field, map->epochs[column], to);

	if (kind == CELL_NUMBER)
		return;
	*to = TIME_NONE;
	if (kind != CELL_MISSING)
		block_fault(block, row, column, "not a time", field->s, field->n);
}

/* Empty, NA, NaN, null or -; most cells are too long to be any of them. */
static bool
is_missing(const char *s, size_t n)
{
	double ignored;

	return n <= 4 && number_cell(s, n, &ignored) == CELL_MISSING;
}

static void
set_text(struct block *block, int row, int column, const struct field *field)
{
	struct cell_text *to = &block->cells[column].text[row];

	if (is_missing(field->s, field->n))
		*to = (struct cell_text){ 0 };
	else
		*to = block_text(block, field->s, field->n);
}

/* A column that nobody reads: its cells are looked at only because what does not fit a column is
 * counted and told, whoever reads it. */
static void
check_cell(
    struct block *block, int row, int column, const struct row_map *map, const struct field *field)
{
	enum column_type type = map->schema.columns[column].type;
	int64_t time;

	if (type == COLUMN_TEXT || (type == COLUMN_NUMBER && number_plain(field->s, field->n)))
		return;
	if (type == COLUMN_NUMBER)
		set_number(block, row, column, &(double){ 0 }, field);
	else
		set_time(block, row, column, &time, map, field);
}

void
cell_set(
    struct block *block, int row, int column, const struct row_map *map, const struct field *field)
{
	union cells cells = block->cells[column];

	if (column == map->doubt_column && block->first_row + (uint64_t)row == map->doubt_row) {
		block_fault(block, row, column,
		    "not a time: so its column is none (-t makes it the event time)", field->s,
		    field->n);
		if (map->schema.columns[column].type == COLUMN_NUMBER) { /* told once */
			cell_set_missing(block, row, column);
			return;
		}
	}
	if (!block->used[column]) {
		check_cell(block, row, column, map, field);
		return;
	}
	switch (map->schema.columns[column].type) {
	case COLUMN_NUMBER:
		set_number(block, row, column, &cells.number[row], field);
		break;
	case COLUMN_TIME:
		set_time(block, row, column, &cells.time[row], map, field);
		break;
	case COLUMN_TEXT:
		set_text(block, row, column, field);
		break;
	}
}

void
cell_set_missing(struct block *block, int row, int column)
{
	if (!block->used[column])
		return;
	switch (block->schema->columns[column].type) {
	case COLUMN_NUMBER:
		block->cells[column].number[row] = NAN;
		break;
	case COLUMN_TIME:
		block->cells[column].time[row] = TIME_NONE;
		break;
	case COLUMN_TEXT:
		block->cells[column].text[row] = (struct cell_text){ 0 };
		break;
	}
}

void
census_count(struct census *census, const struct field *field, bool epoch)
{
	double number;
	int64_t ns;
	enum cell_kind kind = number_cell(field->s, field->n, &number);

	if (kind == CELL_MISSING)
		return;
	census->cells++;
	census->numbers += kind == CELL_NUMBER;
	census->times += cell_time(field, epoch, &ns) == CELL_NUMBER;
}

/* What the contract says; a column without any cell is one of numbers. */
enum column_type
census_type(const struct census *census)
{
	if (census->cells == 0)
		return COLUMN_NUMBER;
	if (census->times == census->cells)
		return COLUMN_TIME;
	return census->numbers * 2 > census->cells ? COLUMN_NUMBER : COLUMN_TEXT;
}
