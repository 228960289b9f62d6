/* row_map_state.c - what was found of a source's columns, saved and loaded. */
#include "data/rows/row_map.h"

#include <stdlib.h>
#include <string.h>

void
row_map_save(const struct row_map *map, struct buffer *b)
{
	const struct schema *schema = &map->schema;

	buffer_u64(b, (uint64_t)schema->n);
	for (int i = 0; i < schema->n; i++) {
		buffer_text(b, map->names[i], strlen(map->names[i]));
		buffer_u32(b, schema->columns[i].type);
		buffer_u32(b, map->epochs[i]);
	}
	buffer_i64(b, schema->time);
	buffer_u32(b, map->header);
	buffer_u32(b, map->told);
	buffer_i64(b, map->doubt_column);
	buffer_u64(b, map->doubt_row);
}

struct found { /* of a column */
	uint32_t type, epoch;
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
		    reader_below(r, 1, &found[got].epoch) < 0)
			break;
	}
	if (got < n)
		for (size_t i = 0; i < n; i++) /* the map owns them from here on, or nobody does */
			names[i] = names[i] != NULL ? names[i] : memory_text("", 0);
	row_map_name(map, names, (int)n);
	for (size_t i = 0; i < got; i++) {
		map->schema.columns[i].type = (enum column_type)found[i].type;
		map->epochs[i] = found[i].epoch;
	}
	free(found);
	return got == n ? 0 : -1;
}

static int
load_rest(struct row_map *map, struct reader *r)
{
	struct schema *schema = &map->schema;
	uint32_t header, told;
	int64_t time, doubt;

	if (reader_i64(r, &time) < 0 || reader_below(r, 1, &header) < 0 ||
	    reader_below(r, 1, &told) < 0 || reader_i64(r, &doubt) < 0 ||
	    reader_u64(r, &map->doubt_row) < 0)
		return -1;
	if (time < -1 || time >= schema->n || doubt < 0 || (doubt > 0 && doubt >= schema->n) ||
	    (time >= 0 && schema->columns[time].type != COLUMN_TIME))
		return -1;
	schema->time = (int)time;
	map->doubt_column = (int)doubt;
	map->header = header;
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
