/* gather.c - records of a lane, one at a time and whole. See gather.h. */
#include "data/input/lanes/gather_parts.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

/* --- the record under way --------------------------------------------------------------------- */

static struct gather_cell *
add_cell(struct gather *g, const struct field *field)
{
	struct gather_cell *cell;

	if (g->ncells == g->room) {
		g->room = g->room > 0 ? 2 * g->room : 16;
		g->cells = memory_grow(g->cells, (size_t)g->room, sizeof *g->cells);
	}
	cell = &g->cells[g->ncells++];
	*cell = (struct gather_cell){ .at = g->texts.len, .n = field->n };
	text_addn(&g->texts, field->s, field->n);
	return cell;
}

void
gather_forget(struct gather *g)
{
	g->ncells = 0;
	text_clear(&g->texts);
	record_log_cut(&g->faults, 0);
}

void
gather_need_fields(struct gather *g, int n)
{
	if (n <= g->nfields)
		return;
	g->fields = memory_grow(g->fields, (size_t)n, sizeof *g->fields);
	g->keys = memory_grow(g->keys, (size_t)n, sizeof *g->keys);
	g->nfields = n;
}

/* The tags are those of the lane, and what is wrong with the record is told with it. */
static void
introduce(struct gather *g)
{
	struct record_sink *target = g->target;
	struct entry entry;

	for (int i = 0; i < g->map->tags; i++)
		target->tag(
		    target->self, i, &(struct field){ text_get(&g->tags[i]), g->tags[i].len });
	for (size_t at = 0; record_log_next(&g->faults, &at, &entry);)
		target->fault(target->self, entry.what, entry.field.s, entry.field.n);
}

static void
set_after(struct gather *g)
{
	if (g->messages) {
		g->target->after = g->place;
		g->target->after.passed = (uint32_t)g->records;
		return;
	}
	g->target->after = g->sink.after;
	g->target->after.lane = g->lane;
}

/* --- the header of a document ----------------------------------------------------------------- */

int
gather_column(const struct row_map *map, const struct field *name)
{
	for (int i = 0; i < map->fields; i++)
		if (row_map_same(map->names[i], name->s, name->n))
			return i;
	return name->n > 0 ? name_index_find(&map->keys, name->s, name->n) : -1;
}

/* Are the cells the names of the map's columns, most of them at least? */
static bool
is_header(struct gather *g, const struct field *fields, int n)
{
	bool same = n == g->map->fields;
	int known = 0;

	for (int i = 0; i < n; i++) {
		int column = gather_column(g->map, &fields[i]);

		known += column >= 0 && column < g->map->fields;
		same = same && column == i;
	}
	return !same && known > 0 && 2 * known >= n;
}

static void
take_header(struct gather *g, const struct field *fields, int n)
{
	g->columns = memory_grow(g->columns, (size_t)n, sizeof *g->columns);
	g->ncolumns = n;
	for (int i = 0; i < n; i++) {
		int column = gather_column(g->map, &fields[i]);

		g->columns[i] = column < g->map->fields ? column : -1;
		if (g->columns[i] < 0)
			g->target->drop(g->target->self, "a column that the others do not have",
			    fields[i].s, fields[i].n);
	}
}

/* For a target that takes cells by key, the first record names them. */
static void
add_name(struct gather *g, const char *s, size_t n)
{
	g->names = memory_grow(g->names, (size_t)g->nnames + 1, sizeof *g->names);
	g->names[g->nnames++] = memory_text(s, n);
}

static void
forget_names(struct gather *g)
{
	while (g->nnames > 0)
		free(g->names[--g->nnames]);
}

static void
take_names(struct gather *g, const struct field *fields, int n)
{
	forget_names(g);
	for (int i = 0; i < n; i++)
		add_name(g, fields[i].s, fields[i].n);
}

/* The first record of a document: true: it was its header, and is no row. A header just like that
 * of the map is known again by the target. */
static bool
meet_first(struct gather *g, const struct field *fields, int n)
{
	g->headed = true;
	set_after(g);
	if (g->target_named) {
		take_names(g, fields, n);
		return true;
	}
	if (!is_header(g, fields, n))
		return false;
	take_header(g, fields, n);
	return true;
}

/* --- to the target ---------------------------------------------------------------------------- */

/* Counts a record; false: it went before, and is passed over. */
bool
gather_begin_record(struct gather *g)
{
	g->records++;
	set_after(g);
	if (g->pass > 0) {
		g->pass--;
		return false;
	}
	introduce(g);
	return true;
}

void
gather_give(struct gather *g, const struct field *fields, int n)
{
	if (gather_begin_record(g))
		g->target->whole(g->target->self, fields, n);
}

static const struct field missing = { "", 0 };

/* Cells by position, to a target by position: in the order of the map. */
static void
give_ordered(struct gather *g, const struct field *fields, int n)
{
	int width = g->map->fields;

	if (g->ncolumns == 0) {
		gather_give(g, fields, n);
		return;
	}
	gather_need_fields(g, width);
	for (int i = 0; i < width; i++)
		g->fields[i] = missing;
	for (int i = 0; i < n && i < g->ncolumns; i++)
		if (g->columns[i] >= 0)
			g->fields[g->columns[i]] = fields[i];
	if (n != g->ncolumns)
		record_log_fault(
		    &g->faults, n < g->ncolumns ? "too few fields" : "too many fields", "", 0);
	gather_give(g, g->fields, width);
}

/* Cells by position whose header gave them keys. */
static void
give_keyed(struct gather *g, const struct field *fields, int n)
{
	if (n > g->nnames)
		n = g->nnames;
	gather_need_fields(g, n);
	for (int i = 0; i < n; i++)
		g->keys[i] = (struct field){ g->names[i], strlen(g->names[i]) };
	if (gather_begin_record(g))
		g->target->named_whole(g->target->self, g->keys, fields, n, false);
}

static void
take_whole(void *self, const struct field *fields, int n)
{
	struct gather *g = self;

	if (!g->headed && meet_first(g, fields, n)) {
		gather_forget(g);
		return;
	}
	if (g->target_named)
		give_keyed(g, fields, n);
	else
		give_ordered(g, fields, n);
	gather_forget(g);
}

/* --- cell by cell ----------------------------------------------------------------------------- */

static void
take_cell(void *self, int position, const struct field *field)
{
	struct gather *g = self;

	while (g->ncells < position) /* those that the format passed over */
		add_cell(g, &missing);
	add_cell(g, field);
}

static void
take_named(void *self, const char *key, size_t n, const struct field *field)
{
	struct gather *g = self;
	struct gather_cell *cell = add_cell(g, field);

	cell->key = g->texts.len;
	cell->nkey = n;
	text_addn(&g->texts, key, n);
}

static void
take_record(void *self)
{
	struct gather *g = self;
	const char *texts = text_get(&g->texts);
	struct field *fields = memory_new((size_t)g->ncells + 1, 2 * sizeof *fields);
	struct field *keys = fields + g->ncells;

	for (int i = 0; i < g->ncells; i++) {
		const struct gather_cell *cell = &g->cells[i];

		fields[i] = (struct field){ texts + cell->at, cell->n };
		keys[i] = (struct field){ texts + cell->key, cell->nkey };
	}
	if (g->named)
		gather_take_keyed(g, keys, fields, g->ncells, false);
	else
		take_whole(g, fields, g->ncells);
	free(fields);
}

static void
take_drop(void *self, const char *what, const char *s, size_t n)
{
	struct gather *g = self;

	gather_forget(g);
	set_after(g);
	if (g->pass > 0)
		return;
	introduce(g);
	g->target->drop(g->target->self, what, s, n);
}

static void
take_fault(void *self, const char *what, const char *s, size_t n)
{
	struct gather *g = self;

	record_log_fault(&g->faults, what, s, n);
}

/* --- at its start ----------------------------------------------------------------------------- */

void
gather_init(struct gather *g, const struct row_map *map, struct record_sink *target,
    bool target_named, uint32_t lane, const struct text *tags)
{
	g->map = map;
	g->target = target;
	g->target_named = target_named;
	g->lane = lane;
	g->tags = tags;
}

void
gather_begin(struct gather *g, bool named)
{
	g->named = named;
	g->headed = named;
	g->ncolumns = 0;
	g->records = 0;
	gather_forget(g);
	g->sink = (struct record_sink){
		.cell = take_cell,
		.named = take_named,
		.record = take_record,
		.whole = take_whole,
		.named_whole = gather_take_keyed,
		.drop = take_drop,
		.fault = take_fault,
		.self = g,
	};
	g->target->document(g->target->self);
}

void
gather_save(const struct gather *g, struct buffer *b)
{
	buffer_u32(b, g->headed);
	buffer_u64(b, (uint64_t)g->ncolumns);
	for (int i = 0; i < g->ncolumns; i++)
		buffer_i64(b, g->columns[i]);
	buffer_u64(b, (uint64_t)g->nnames);
	for (int i = 0; i < g->nnames; i++)
		buffer_text(b, g->names[i], strlen(g->names[i]));
}

int
gather_load(struct gather *g, struct reader *r)
{
	uint32_t headed;
	int64_t column;
	const char *s;
	size_t n, len;

	if (reader_below(r, 1, &headed) < 0 || reader_count(r, 8, &n) < 0)
		return -1;
	g->headed = headed;
	g->columns = memory_grow(g->columns, n, sizeof *g->columns);
	g->ncolumns = (int)n;
	for (size_t i = 0; i < n; i++) {
		if (reader_i64(r, &column) < 0 || column < -1 || column >= g->map->fields)
			return -1;
		g->columns[i] = (int)column;
	}
	if (reader_count(r, 4, &n) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (reader_text(r, &s, &len) < 0)
			return -1;
		add_name(g, s, len);
	}
	return 0;
}

void
gather_done(struct gather *g)
{
	forget_names(g);
	free(g->names);
	free(g->columns);
	free(g->cells);
	free(g->fields);
	free(g->keys);
	text_done(&g->texts);
	record_log_done(&g->faults);
}
