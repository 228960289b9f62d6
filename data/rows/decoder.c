/* decoder.c - records to typed rows in blocks.
 *
 * A row is written in its place behind the last whole row of the block, and counts when its record
 * is whole: so dropping it costs nothing. What is wrong with a record that gave no row waits until
 * the next row begins, so that faults stand at the same rows however the bytes were cut. */
#include "data/rows/decoder_parts.h"

#include <stdio.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/times/times.h"
#include "data/rows/cell.h"

/* --- the row under way ------------------------------------------------------------------------ */

static void
begin(struct decoder *d)
{
	if (d->block == NULL)
		d->block = decoder_add(d);
	d->begun = true;
	d->row = d->block->n;
	d->cells = d->filled = 0;
	d->parts[0].n = d->parts[1].n = 0;
	d->next = 0;
	d->mended = false;
	heads_begin(&d->met, d->named ? 0 : d->heads);
	d->told = d->block->nfaults;
	if (d->nwaiting > 0)
		decoder_tell(d, d->block, d->row);
	d->mark = d->block->nfaults;
}

/* ... of cells by key: those that will not come are missing. */
static void
begin_named(struct decoder *d)
{
	begin(d);
	for (int i = 0; i < d->map->schema.n; i++)
		cell_set_missing(d->block, d->row, i);
}

static void
begin_row(struct decoder *d)
{
	if (d->named)
		begin_named(d);
	else
		begin(d);
}

/* --- cells ------------------------------------------------------------------------------------ */

static void
row_fault(struct decoder *d, const char *what, const char *s, size_t n)
{
	block_fault(d->block, d->row, -1, what, s, n);
}

static void
set_cell(struct decoder *d, int column, const struct field *field)
{
	cell_set(&d->reader, d->block, d->row, column, field);
	if (d->map->join.column >= 0 &&
	    (column == d->map->join.date || column == d->map->join.clock))
		decoder_keep_part(d, column, field);
}

/* The cells of a record at once: see cell_set_row. */
static void
set_cells(struct decoder *d, const int *columns, const struct field *fields, int n)
{
	if (d->map->join.column < 0) {
		cell_set_row(&d->reader, d->block, d->row, columns, fields, n);
		return;
	}
	for (int i = 0; i < n; i++)
		set_cell(d, columns != NULL ? columns[i] : i, &fields[i]);
}

static void
take_cell(void *self, int position, const struct field *field)
{
	struct decoder *d = self;

	if (!d->begun)
		begin_row(d);
	d->cells = position + 1;
	if (d->met.like != 0)
		heads_meet(&d->map->heads, &d->met, position, field->s, field->n);
	if (position < d->map->fields)
		set_cell(d, position, field);
	else if (field->n > 0)
		d->filled = position + 1;
}

/* A key that came after the columns were settled: told once, its cells are passed over. */
static void
meet_late_key(struct decoder *d, const char *key, size_t n)
{
	if (d->map->told)
		return;
	switch (late_keys_meet(&d->late, key, n, d->rows + 1)) {
	case LATE_KEY_NEW:
		row_fault(d, "a key that came too late to be a column", key, n);
		break;
	case LATE_KEY_FIRST_LEFT:
		row_fault(d, "a key that came too late, as 1000 before: further ones are counted",
		    key, n);
		break;
	case LATE_KEY_KNOWN:
		break;
	}
}

/* Keys mostly come in the same order in every record: so next is the likely one. */
static int
column_of(const struct decoder *d, int next, const char *key, size_t n)
{
	const struct schema *schema = &d->map->schema;

	if (next < schema->n && row_map_same(schema->columns[next].name, key, n))
		return next;
	return name_index_find(&d->map->keys, key, n);
}

static void
take_named(void *self, const char *key, size_t n, const struct field *field)
{
	struct decoder *d = self;
	int column;

	if (!d->begun)
		begin_row(d);
	column = column_of(d, d->next, key, n);
	if (column < 0) {
		meet_late_key(d, key, n);
		return;
	}
	set_cell(d, column, field);
	d->next = column + 1;
}

/* The columns of keys that are others than before. */
static void
learn_keys(struct decoder *d, const struct field *keys, int n)
{
	int next = 0;

	if (n > d->room) {
		d->room = n;
		d->columns = memory_grow(d->columns, (size_t)n, sizeof *d->columns);
	}
	d->ncolumns = n;
	d->all = n == d->map->schema.n;
	d->some_late = false;
	for (int i = 0; i < n; i++) {
		int column = column_of(d, next, keys[i].s, keys[i].n);

		d->columns[i] = column;
		d->all = d->all && column == i;
		d->some_late = d->some_late || column < 0;
		next = column >= 0 ? column + 1 : next;
	}
}

/* --- records ---------------------------------------------------------------------------------- */

/* Apart, so that rows that are right do not pay for its text. */
static __attribute__((noinline, cold)) void
tell_width(struct decoder *d, int width)
{
	char text[64];
	int n = snprintf(text, sizeof text, "%d of %d", d->cells, width - d->map->tail);

	row_fault(d, d->cells < width ? "too few fields" : "too many fields", text, (size_t)n);
}

/* A row has as many fields as most rows of the sample; empty ones behind the columns are none. */
static void
check_width(struct decoder *d)
{
	const struct row_map *map = d->map;
	int columns = map->fields, width = map->width > 0 ? map->width : columns;

	for (int i = d->cells; i < columns; i++)
		cell_set_missing(d->block, d->row, i);
	if (d->cells == width && d->filled == 0)
		return;
	if (map->tail > 0 && d->cells < width && d->cells >= width - map->tail && d->filled == 0)
		return;
	tell_width(d, width);
}

/* A clock without a date goes on into the next day at midnight: it stands within half a day of the
 * row before, and so nothing but that row's stamp has to be known. */
static int64_t
next_to(int64_t clock, int64_t before)
{
	const int64_t day = 86400 * TIME_SECOND;
	int64_t days = before / day - (before % day < 0), time = clock + days * day;

	if (time < before - day / 2)
		return time + day;
	return time > before + day / 2 && days > 0 ? time - day : time;
}

/* The stamp of a row without a time of its own is that of the row before. */
static int64_t
row_stamp(struct decoder *d)
{
	int column = d->map->schema.time;
	int64_t *time;

	if (column < 0)
		return d->arrival;
	time = &d->block->cells[column].time[d->row];
	if (*time != TIME_NONE && d->map->forms[column].time.kind == TIME_CLOCKS)
		*time = next_to(*time, d->stamp);
	if (*time != TIME_NONE)
		d->stamp = *time;
	return d->stamp;
}

static void
set_tags(struct decoder *d)
{
	int first = d->map->schema.n - d->map->tags;

	for (int i = 0; i < d->map->tags; i++) {
		struct field field = { text_get(&d->tags[i]), d->tags[i].len };

		cell_set(&d->reader, d->block, d->row, first + i, &field);
	}
}

static void
take_record(void *self)
{
	struct decoder *d = self;

	if (!d->begun)
		begin_row(d);
	if (!decoder_counts(d)) {
		decoder_forget(d);
		return;
	}
	if (!d->named)
		check_width(d);
	if (d->map->join.column >= 0)
		decoder_join_parts(d);
	if (d->map->tags > 0)
		set_tags(d);
	d->block->time[d->row] = row_stamp(d);
	d->block->after[d->row] = d->at = d->sink.after;
	d->block->n++;
	d->rows++;
	d->begun = false;
	if (block_full(d->block))
		d->block = NULL;
}

static void
take_whole(void *self, const struct field *fields, int n)
{
	struct decoder *d = self;
	int known = n < d->map->fields ? n : d->map->fields;

	if (!d->begun)
		begin_row(d);
	d->cells = n;
	for (int i = 0; i < n && d->met.like != 0; i++)
		heads_meet(&d->map->heads, &d->met, i, fields[i].s, fields[i].n);
	for (int i = known; i < n; i++)
		d->filled = fields[i].n > 0 ? i + 1 : d->filled;
	set_cells(d, NULL, fields, known);
	take_record(d);
}

static void
take_named_whole(void *self, const struct field *keys, const struct field *fields, int n, bool same)
{
	struct decoder *d = self;

	if (!same || n != d->ncolumns)
		learn_keys(d, keys, n);
	if (!d->begun && d->all)
		begin(d);
	else if (!d->begun)
		begin_row(d);
	if (!d->some_late)
		set_cells(d, d->columns, fields, n);
	for (int i = 0; i < n && d->some_late; i++) /* what is told stands in their order */
		if (d->columns[i] < 0)
			meet_late_key(d, keys[i].s, keys[i].n);
		else
			set_cell(d, d->columns[i], &fields[i]);
	take_record(d);
}

static void
take_drop(void *self, const char *what, const char *s, size_t n)
{
	struct decoder *d = self;

	decoder_forget(d);
	d->other = d->other || (d->sink.after.flags & POSITION_OTHER) != 0; /* of the sample */
	decoder_wait(d, what, s, n);
}

static void
take_fault(void *self, const char *what, const char *s, size_t n)
{
	struct decoder *d = self;

	if (!d->begun)
		begin_row(d);
	d->mended = true;
	row_fault(d, what, s, n);
}

static void
take_document(void *self)
{
	struct decoder *d = self;

	d->fresh = d->heads;
	d->other = false;
}

static void
take_tag(void *self, int number, const struct field *field)
{
	struct decoder *d = self;

	text_clear(&d->tags[number]);
	text_addn(&d->tags[number], field->s, field->n);
}

/* --- at its start ----------------------------------------------------------------------------- */

struct decoder *
decoder_new(const struct row_map *map, bool named, int64_t stamp)
{
	struct decoder *d = memory_zero(1, sizeof *d);

	d->map = map;
	d->named = named;
	d->heads = heads_all(&map->heads);
	cell_reader_init(&d->reader, map);
	d->stamp = stamp;
	d->tags = memory_zero((size_t)map->tags, sizeof *d->tags);
	d->sink = (struct record_sink){
		.cell = take_cell,
		.named = take_named,
		.record = take_record,
		.whole = take_whole,
		.named_whole = take_named_whole,
		.drop = take_drop,
		.fault = take_fault,
		.document = take_document,
		.tag = take_tag,
		.self = d,
	};
	return d;
}
