/* cell.c - a cell as it stood there to a value of its column. */
#include "data/rows/cell.h"

#include <stdio.h>
#include <string.h>

#include "data/base/times.h"

/* An epoch written as 1.7e9, which some programs make of whole numbers. */
static bool
time_of_power(struct time_reader *reader, const char *s, size_t n, double number, int64_t *time)
{
	char digits[32];

	if (reader->form.kind != TIME_EPOCHS ||
	    (memchr(s, 'e', n) == NULL && memchr(s, 'E', n) == NULL))
		return false;
	n = (size_t)snprintf(digits, sizeof digits, "%.15g", number);
	return time_read(reader, digits, n, time) != TIME_BAD;
}

enum cell_kind
cell_time(struct time_reader *reader, const struct field *field, int64_t *time)
{
	enum cell_kind kind;
	double number;

	if (time_read(reader, field->s, field->n, time) != TIME_BAD)
		return CELL_NUMBER;
	kind = number_cell(field->s, field->n, &number);
	if (kind == CELL_NUMBER && time_of_power(reader, field->s, field->n, number, time))
		return CELL_NUMBER;
	return kind == CELL_MISSING ? CELL_MISSING : CELL_BAD;
}

static void
set_number(struct block *block, int row, int column, double *to, const struct row_map *map,
    const struct field *field)
{
	const struct number_form *form = &map->forms[column].number;
	enum cell_kind kind = number_form_plain(form)
				  ? number_cell(field->s, field->n, to)
				  : number_form_read(form, field->s, field->n, to);

	if (kind == CELL_BAD)
		block_fault(block, row, column, "not a number", field->s, field->n);
}

static void
set_time(struct cell_reader *reader, struct block *block, int row, int column, int64_t *to,
    const struct field *field)
{
	enum cell_kind kind = cell_time(&reader->times[column], field, to);

	if (kind == CELL_NUMBER)
		return;
	*to = TIME_NONE;
	if (kind != CELL_MISSING)
		block_fault(block, row, column, "not a time", field->s, field->n);
}

/* In texts nothing but the empty cell is missing; but what a column is that had no cell yet is still
 * open. */
static void
set_text(struct block *block, int row, int column, const struct field *field)
{
	struct cell_text *to = &block->cells[column].text[row];

	if (field->n == 0 ||
	    (block->schema->columns[column].open && number_missing_mark(field->s, field->n)))
		*to = (struct cell_text){ 0 };
	else
		*to = block_text(block, field->s, field->n);
}

/* A column that nobody reads: its cells are looked at only because what does not fit a column is
 * counted and told, whoever reads it. */
static void
check_cell(
    struct cell_reader *reader, struct block *block, int row, int column, const struct field *field)
{
	enum column_type type = block->schema->columns[column].type;
	int64_t time;

	if (type == COLUMN_NUMBER)
		set_number(block, row, column, &(double){ 0 }, reader->map, field);
	else if (type == COLUMN_TIME)
		set_time(reader, block, row, column, &time, field);
}

/* Is it the cell for which its column is none of times? Told once. */
static bool
is_doubt(
    const struct row_map *map, struct block *block, int row, int column, const struct field *field)
{
	if (column != map->doubt_column || block->first_row + (uint64_t)row != map->doubt_row)
		return false;
	block_fault(block, row, column,
	    "not a time: so its column is none (-t makes it the event time)", field->s, field->n);
	return map->schema.columns[column].type == COLUMN_NUMBER;
}

static void
set(struct cell_reader *reader, struct block *block, int row, int column, const struct field *field)
{
	const struct row_map *map = reader->map;
	const enum column_type type = map->schema.columns[column].type;
	union cells cells = block->cells[column];

	if (!block->used[column]) {
		check_cell(reader, block, row, column, field);
		return;
	}
	switch (type) {
	case COLUMN_NUMBER:
		set_number(block, row, column, &cells.number[row], map, field);
		break;
	case COLUMN_TIME:
		set_time(reader, block, row, column, &cells.time[row], field);
		break;
	case COLUMN_TEXT:
		set_text(block, row, column, field);
		break;
	}
}

void
cell_set(
    struct cell_reader *reader, struct block *block, int row, int column, const struct field *field)
{
	const struct row_map *map = reader->map;

	if (is_doubt(map, block, row, column, field) ||
	    (map->missing != NULL && row_map_missing(map, field->s, field->n)))
		cell_set_missing(block, row, column);
	else
		set(reader, block, row, column, field);
}

/* Is it done with by what suits nearly all cells: a plain number, or a text that nobody reads? */
static inline bool
set_quickly(const struct cell_reader *reader, struct block *block, int row, int column,
    const struct field *f)
{
	if (!reader->plain[column])
		return !block->used[column] && block->schema->columns[column].type == COLUMN_TEXT;
	return block->used[column]
		   ? number_cell(f->s, f->n, &block->cells[column].number[row]) != CELL_BAD
		   : number_plain(f->s, f->n);
}

void
cell_set_row(struct cell_reader *reader, struct block *block, int row, const int *columns,
    const struct field *fields, int n)
{
	const struct row_map *map = reader->map;
	bool usual = map->missing == NULL && block->first_row + (uint64_t)row != map->doubt_row;

	for (int i = 0; i < n; i++) {
		int column = columns != NULL ? columns[i] : i;

		if (!usual || !set_quickly(reader, block, row, column, &fields[i]))
			cell_set(reader, block, row, column, &fields[i]);
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
