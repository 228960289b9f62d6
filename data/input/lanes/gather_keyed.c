/* gather_keyed.c - records of a lane whose cells have keys, among records of others that may have
 * none. */
#include "data/input/lanes/gather_parts.h"

/* What has none of the columns is no row of theirs; told as its keys and cells stood there. */
static void
drop_foreign(struct gather *g, const struct field *keys, const struct field *fields, int n)
{
	struct text all = { 0 };

	for (int i = 0; i < n; i++) {
		text_add(&all, i > 0 ? ", " : "");
		text_addn(&all, keys[i].s, keys[i].n);
		text_add(&all, ": ");
		text_addn(&all, fields[i].s, fields[i].n);
	}
	if (gather_begin_record(g))
		g->target->drop(
		    g->target->self, "none of its keys is a column", text_get(&all), all.len);
	text_done(&all);
}

/* Cells by key, to a target by position. */
static void
place_keys(struct gather *g, const struct field *keys, const struct field *fields, int n)
{
	int width = g->map->fields, known = 0, foreign = -1;
	struct field *placed;

	gather_need_fields(g, width);
	placed = g->fields;
	for (int i = 0; i < width; i++)
		placed[i] = (struct field){ "", 0 };
	for (int i = 0; i < n; i++) {
		int column = gather_column(g->map, &keys[i]);

		if (column >= 0 && column < width) {
			placed[column] = fields[i];
			known++;
		} else if (foreign < 0) {
			foreign = i;
		}
	}
	if (known == 0) {
		drop_foreign(g, keys, fields, n);
		return;
	}
	if (foreign >= 0)
		record_log_fault(
		    &g->faults, "a key that is no column", keys[foreign].s, keys[foreign].n);
	gather_give(g, placed, width);
}

/* Is it a message of something else? In a stream of lines rows of several kinds are usual, and a
 * key that is new is told once. */
static bool
is_foreign(const struct gather *g, const struct field *keys, int n)
{
	int i = 0;

	while (i < n && gather_column(g->map, &keys[i]) < 0)
		i++;
	return g->messages && i == n;
}

void
gather_take_keyed(
    void *self, const struct field *keys, const struct field *fields, int n, bool same)
{
	struct gather *g = self;

	(void)same; /* between two of this lane others may have come */
	g->headed = true;
	if (!g->target_named)
		place_keys(g, keys, fields, n);
	else if (is_foreign(g, keys, n))
		drop_foreign(g, keys, fields, n);
	else if (gather_begin_record(g))
		g->target->named_whole(g->target->self, keys, fields, n, false);
	gather_forget(g);
}
