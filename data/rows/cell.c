/* cell.c - a cell as it stood there to a value of its column. */
#include "data/rows/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/base/times/times.h"

void
cell_reader_init(struct cell_reader *reader, const struct row_map *map)
{
	size_t n = (size_t)map->schema.n;

	*reader = (struct cell_reader){ .map = map };
	reader->times = memory_new(n, sizeof *reader->times);
	reader->known = memory_zero(n, sizeof *reader->known);
	reader->plain = memory_new(n, sizeof *reader->plain);
	for (size_t i = 0; i < n; i++) {
		reader->times[i] = time_reader_of(&map->forms[i].time);
		reader->plain[i] = map->schema.columns[i].type == COLUMN_NUMBER &&
				   number_form_plain(&map->forms[i].number);
	}
}

void
cell_reader_done(struct cell_reader *reader)
{
	free(reader->times);
	free(reader->known);
	free(reader->plain);
	lessons_done(&reader->lessons);
}

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
tell(struct block *block, int row, const char *name, const char *what)
{
	block_fault(block, row, FAULT_NOTE, what, name, strlen(name));
}

/* Something was met for the first time in a column: it is told, and known when a state is
 * loaded. */
static void
learn(struct cell_reader *reader, struct block *block, int row, int column)
{
	static const char *const turned[] = { "from here on dates have the year first, so this one "
					      "says (--dates ymd: all of them)",
		"from here on dates have the day first, so this one says (--dates dmy: all of "
		"them)",
		"from here on dates have the month first, so this one says (--dates mdy: all of "
		"them)" };
	const struct time_reader *r = &reader->times[column];
	const char *name = reader->map->schema.columns[column].name;
	unsigned news = r->news & ~(unsigned)reader->known[column];

	lessons_add(&reader->lessons, &(struct lesson){ block->first_row + (uint64_t)row, column,
					  (unsigned char)news, r->form.order });
	reader->known[column] = r->news;
	if ((news & TIME_NEWS_TURNED) != 0)
		tell(block, row, name, turned[r->form.order]);
	if ((news & TIME_NEWS_TWICE) != 0)
		tell(block, row, name,
		    "an hour that clocks showed twice: the first is taken, here and later");
	if ((news & TIME_NEWS_SKIPPED) != 0)
		tell(block, row, name,
		    "an hour that clocks left out: its times are moved on, here and later");
}

void
cell_news(struct cell_reader *reader, struct block *block, int row, int column)
{
	if (reader->times[column].news != reader->known[column])
		learn(reader, block, row, column);
}

static void
set_time(struct cell_reader *reader, struct block *block, int row, int column, int64_t *to,
    const struct field *field)
{
	enum cell_kind kind = cell_time(&reader->times[column], field, to);

	if (reader->times[column].news != reader->known[column])
		learn(reader, block, row, column);
	if (kind == CELL_NUMBER)
		return;
	*to = TIME_NONE;
	if (kind != CELL_MISSING)
		block_fault(block, row, column, "not a time", field->s, field->n);
}

/* Eight bytes at a time, some of the last twice: every text that nobody reads passes here. */
static inline bool
is_ascii(const char *s, size_t n)
{
	uint64_t high = 0, eight;

	if (n < sizeof eight) {
		for (size_t i = 0; i < n; i++)
			high |= (unsigned char)s[i];
		return high < 0x80;
	}
	for (size_t i = 0; i + sizeof eight < n; i += sizeof eight) {
		memcpy(&eight, s + i, sizeof eight);
		high |= eight;
	}
	memcpy(&eight, s + n - sizeof eight, sizeof eight);
	return ((high | eight) & UINT64_C(0x8080808080808080)) == 0;
}

static bool
is_utf8(const char *s, size_t n)
{
	size_t len = 1;

	for (; n > 0 && len > 0; s += len, n -= len)
		len = text_utf8_length(s, n);
	return n == 0;
}

/* Has the format itself told of the row? */
static bool
is_told(const struct block *block, int row)
{
	int n = block->nfaults;

	return n > 0 && block->faults[n - 1].row == row && block->faults[n - 1].column == -1;
}

/* What is no UTF-8 behind the sample, which would have told another encoding: once a source. */
static void
check_text(
    struct cell_reader *reader, struct block *block, int row, int column, const struct field *field)
{
	if (reader->bytes_told || is_ascii(field->s, field->n) || is_utf8(field->s, field->n) ||
	    is_told(block, row))
		return;
	reader->bytes_told = true;
	lessons_add(&reader->lessons, &(struct lesson){ block->first_row + (uint64_t)row, column,
					  NEWS_BYTES, reader->times[column].form.order });
	tell(block, row, reader->map->schema.columns[column].name,
	    "a byte that is no UTF-8: shown as U+FFFD, here and later (--encoding tells what it "
	    "is)");
}

/* In texts nothing but the empty cell is missing; but what a column is that had no cell yet is
 * still open. */
static void
set_text(
    struct cell_reader *reader, struct block *block, int row, int column, const struct field *field)
{
	struct cell_text *to = &block->cells[column].text[row];

	check_text(reader, block, row, column, field);
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
	enum column_type type = reader->map->schema.columns[column].type;
	double number;
	int64_t time;

	if (type == COLUMN_TEXT)
		check_text(reader, block, row, column, field);
	if (type == COLUMN_TEXT || (type == COLUMN_NUMBER && number_plain(field->s, field->n)))
		return;
	if (type == COLUMN_NUMBER)
		set_number(block, row, column, &number, reader->map, field);
	else
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
set_value(
    struct cell_reader *reader, struct block *block, int row, int column, const struct field *field)
{
	const struct row_map *map = reader->map;
	union cells cells = block->cells[column];

	if (is_doubt(map, block, row, column, field) ||
	    (map->missing != NULL && row_map_missing(map, field->s, field->n))) {
		cell_set_missing(block, row, column);
		return;
	}
	if (!block->used[column]) {
		check_cell(reader, block, row, column, field);
		return;
	}
	switch (map->schema.columns[column].type) {
	case COLUMN_NUMBER:
		set_number(block, row, column, &cells.number[row], map, field);
		break;
	case COLUMN_TIME:
		set_time(reader, block, row, column, &cells.time[row], field);
		break;
	case COLUMN_TEXT:
		set_text(reader, block, row, column, field);
		break;
	}
}

void
cell_set(
    struct cell_reader *reader, struct block *block, int row, int column, const struct field *field)
{
	set_value(reader, block, row, column, field);
	if (block->written != NULL && block->written[column] != NULL)
		block->written[column][row] =
		    field->n > 0 ? block_text(block, field->s, field->n) : (struct cell_text){ 0 };
}

/* Is it done with by what suits nearly all cells: a plain number, or a text that nobody reads? */
static inline bool
set_quickly(const struct cell_reader *reader, struct block *block, int row, int column,
    const struct field *f)
{
	if (!reader->plain[column])
		return !block->used[column] && block->schema->columns[column].type == COLUMN_TEXT &&
		       is_ascii(f->s, f->n);
	return block->used[column]
		   ? number_cell(f->s, f->n, &block->cells[column].number[row]) != CELL_BAD
		   : number_plain(f->s, f->n);
}

void
cell_set_row(struct cell_reader *reader, struct block *block, int row, const int *columns,
    const struct field *fields, int n)
{
	const struct row_map *map = reader->map;
	bool usual = map->missing == NULL && block->written == NULL &&
		     block->first_row + (uint64_t)row != map->doubt_row;

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
	if (block->written != NULL && block->written[column] != NULL)
		block->written[column][row] = (struct cell_text){ 0 };
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
