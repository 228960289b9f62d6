/* row_map_state.c - what was found of a source's columns, saved and loaded. */
#include "data/rows/row_map.h"

#include <stdlib.h>
#include <string.h>

static void
save_number_form(const struct number_form *form, struct buffer *b)
{
	buffer_put(b, &form->decimal, 1);
	buffer_put(b, &form->group, 1);
	buffer_u32(b, form->books);
	buffer_u32(b, form->before);
	buffer_put(b, form->unit, sizeof form->unit);
}

static int
load_number_form(struct number_form *form, struct reader *r)
{
	uint32_t books, before;

	if (reader_get(r, &form->decimal, 1) < 0 || reader_get(r, &form->group, 1) < 0 ||
	    reader_below(r, 1, &books) < 0 || reader_below(r, 1, &before) < 0 ||
	    reader_get(r, form->unit, sizeof form->unit) < 0)
		return -1;
	form->books = books;
	form->before = before;
	form->unit[UNIT_MAX] = '\0';
	return 0;
}

static void
save_form(const struct column_form *form, struct buffer *b)
{
	save_number_form(&form->number, b);
	buffer_put(b, form->unit, sizeof form->unit);
	buffer_u32(b, form->time.kind);
	buffer_u32(b, form->time.order);
	buffer_u32(b, form->time.settled);
}

/* What is told of times stays as it is told now. */
static int
load_form(struct column_form *form, struct reader *r)
{
	uint32_t kind, order, settled;

	if (load_number_form(&form->number, r) < 0 ||
	    reader_get(r, form->unit, sizeof form->unit) < 0 ||
	    reader_below(r, TIME_STRPTIME, &kind) < 0 ||
	    reader_below(r, DATE_ORDERS - 1, &order) < 0 || reader_below(r, 1, &settled) < 0)
		return -1;
	form->unit[UNIT_MAX] = '\0';
	form->time.kind = (enum time_kind)kind;
	form->time.order = (enum date_order)order;
	form->time.settled = settled;
	return 0;
}

static void
heads_save(const struct heads *heads, struct buffer *b)
{
	buffer_u32(b, (uint32_t)heads->n);
	for (int i = 0; i < heads->n; i++) {
		buffer_u64(b, (uint64_t)heads->width[i]);
		for (int j = 0; j < heads->width[i]; j++)
			buffer_text(b, heads->cells[i][j], strlen(heads->cells[i][j]));
	}
}

static int
heads_load(struct heads *heads, struct reader *r)
{
	uint32_t rows;
	const char *s;
	size_t n, len;

	if (reader_below(r, HEADS_MAX, &rows) < 0)
		return -1;
	for (uint32_t i = 0; i < rows; i++) {
		if (reader_count(r, 8, &n) < 0 || n > INT32_MAX)
			return -1;
		heads->cells[i] = memory_new(n, sizeof *heads->cells[i]);
		heads->n++;
		while ((size_t)heads->width[i] < n) {
			if (reader_text(r, &s, &len) < 0)
				return -1;
			heads->cells[i][heads->width[i]++] = memory_text(s, len);
		}
	}
	return 0;
}

void
row_map_save(const struct row_map *map, struct buffer *b)
{
	const struct schema *schema = &map->schema;

	buffer_u64(b, (uint64_t)schema->n);
	for (int i = 0; i < schema->n; i++) {
		buffer_text(b, map->names[i], strlen(map->names[i]));
		buffer_u32(b, schema->columns[i].type);
		buffer_u32(b, schema->columns[i].open + 2U * schema->columns[i].index);
		save_form(&map->forms[i], b);
	}
	buffer_i64(b, schema->time);
	buffer_i64(b, map->join.date);
	buffer_i64(b, map->join.clock);
	buffer_i64(b, map->join.column);
	buffer_i64(b, map->width);
	buffer_i64(b, map->tail);
	heads_save(&map->heads, b);
	buffer_u32(b, map->told);
	buffer_i64(b, map->doubt_column);
	buffer_u64(b, map->doubt_row);
	buffer_i64(b, map->tags);
}

struct found {                /* of a column */
	uint32_t type, flags; /* open, index */
	struct column_form form;
};

static int
load_columns(struct row_map *map, size_t n, struct reader *r)
{
	char **names = memory_zero(n, sizeof *names);
	struct found *found = memory_zero(n, sizeof *found);
	size_t got = 0, len;
	const char *s;

	for (; got < n; got++) {
		if (reader_text(r, &s, &len) < 0)
			break;
		names[got] = memory_text(s, len);
		if (reader_below(r, COLUMN_TEXT, &found[got].type) < 0 ||
		    reader_below(r, 3, &found[got].flags) < 0 || load_form(&found[got].form, r) < 0)
			break;
	}
	if (got < n)
		for (size_t i = 0; i < n; i++) /* the map owns them from here on, or nobody does */
			names[i] = names[i] != NULL ? names[i] : memory_text("", 0);
	row_map_name(map, names, (int)n);
	for (size_t i = 0; i < got; i++) {
		map->schema.columns[i].type = (enum column_type)found[i].type;
		map->schema.columns[i].open = found[i].flags & 1;
		map->schema.columns[i].index = found[i].flags >> 1;
		map->forms[i] = found[i].form;
	}
	free(found);
	return got == n ? 0 : -1;
}

static int
load_rest(struct row_map *map, struct reader *r)
{
	struct schema *schema = &map->schema;
	uint32_t told;
	int64_t time, doubt, width, tail, date, clock, column, tags;

	if (reader_i64(r, &time) < 0 || reader_i64(r, &date) < 0 || reader_i64(r, &clock) < 0 ||
	    reader_i64(r, &column) < 0 || reader_i64(r, &width) < 0 || reader_i64(r, &tail) < 0 ||
	    width < 0 || width > INT32_MAX || tail < 0 || tail > width ||
	    heads_load(&map->heads, r) < 0 || reader_below(r, 1, &told) < 0 ||
	    reader_i64(r, &doubt) < 0 || reader_u64(r, &map->doubt_row) < 0 ||
	    reader_i64(r, &tags) < 0 || tags < 0 || tags > schema->n)
		return -1;
	map->tags = (int)tags;
	map->fields = schema->n - (int)tags;
	if (time < -1 || time >= schema->n || doubt < 0 || (doubt > 0 && doubt >= schema->n) ||
	    (time >= 0 && schema->columns[time].type != COLUMN_TIME))
		return -1;
	schema->time = (int)time;
	map->doubt_column = (int)doubt;
	if (column >= 0 && (column != map->fields - 1 || date < 0 || date >= column || clock < 0 ||
			       clock >= column || schema->columns[column].type != COLUMN_TIME))
		return -1;
	if (column >= 0) {
		map->fields = (int)column;
		map->join.date = (int)date;
		map->join.clock = (int)clock;
		map->join.column = (int)column;
		schema->columns[column].joined = true;
	}
	map->width = (int)width;
	map->tail = (int)tail;
	map->told = told;
	return 0;
}

int
row_map_load(struct row_map *map, const char *source, struct reader *r)
{
	size_t n;

	map->schema.source = memory_text(source, strlen(source));
	if (reader_count(r, 16, &n) < 0 || n > INT32_MAX || load_columns(map, n, r) < 0)
		return -1;
	return load_rest(map, r);
}
