/* inference_time.c - which column has the event time, and what the sample tells of it.
 *
 * A date beside a clock are one time, where no other column has both. Of several columns of times
 * the one named so goes before those that only look so, then the first that does not go back. */
#include <string.h>

#include "data/base/times/times.h"
#include "data/rows/cell.h"
#include "data/inference/inference_parts.h"

/* --- the times of the sample, one after the other --------------------------------------------- */

struct walk {
	const struct inference *inference;
	const struct row_map *map;
	size_t at;
	int date, clock; /* its columns; clock -1: date has it all */
	struct time_reader readers[2];
	struct field parts[2]; /* of the record under way */
};

static struct walk
walk_begin(const struct inference *inference, const struct row_map *map, int column)
{
	struct walk w = { .inference = inference,
		.map = map,
		.at = inference->head,
		.date = column,
		.clock = -1 };

	if (column == map->join.column) {
		w.date = map->join.date;
		w.clock = map->join.clock;
		w.readers[1] = time_reader_of(&map->forms[w.clock].time);
	}
	w.readers[0] = time_reader_of(&map->forms[w.date].time);
	return w;
}

static bool
read_parts(struct walk *w, int64_t *time)
{
	const struct field *date = &w->parts[0], *clock = &w->parts[1];

	if (date->s == NULL)
		return false;
	if (w->clock < 0)
		return cell_time(&w->readers[0], date, time) == CELL_NUMBER;
	return clock->s != NULL && time_read_both(&w->readers[0], date->s, date->n, &w->readers[1],
				       clock->s, clock->n, time) != TIME_BAD;
}

/* The next row's time; false: there are no more. */
static bool
walk_next(struct walk *w, int64_t *time)
{
	struct entry entry;

	while (record_log_next(&w->inference->tape, &w->at, &entry)) {
		int column =
		    entry.kind == ENTRY_CELL ? inference_column(w->inference, w->map, &entry) : -1;

		if (column >= 0 && (column == w->date || column == w->clock))
			w->parts[column == w->clock] = entry.field;
		if (entry.kind == ENTRY_RECORD) {
			bool is = read_parts(w, time);

			w->parts[0].s = w->parts[1].s = NULL;
			if (is)
				return true;
		}
	}
	return false;
}

int64_t
inference_stamp(const struct inference *inference, const struct row_map *map)
{
	struct walk walk;
	int64_t time;

	if (map->schema.time < 0)
		return 0;
	walk = walk_begin(inference, map, map->schema.time);
	return walk_next(&walk, &time) ? time : 0;
}

static void
count_steps(
    const struct inference *inference, const struct row_map *map, int column, int *back, int *ahead)
{
	struct walk walk = walk_begin(inference, map, column);
	int64_t before = TIME_NONE, time;

	*back = *ahead = 0;
	while (walk_next(&walk, &time)) {
		*back += before != TIME_NONE && time < before;
		*ahead += before != TIME_NONE && time > before;
		before = time;
	}
}

bool
inference_falls(const struct inference *inference, const struct row_map *map)
{
	int back, ahead;

	if (map->schema.time < 0)
		return false;
	count_steps(inference, map, map->schema.time, &back, &ahead);
	return back > 0 && back >= 9 * (back + ahead) / 10.0;
}

/* --- which column ----------------------------------------------------------------------------- */

/* How well the column would do as the event time; 0: it is none of times. */
static int
rank(const struct inference *inference, const struct row_map *map, int column,
    const enum time_part *parts)
{
	int back, ahead;

	if (map->schema.columns[column].type != COLUMN_TIME)
		return 0;
	count_steps(inference, map, column, &back, &ahead);
	return 1 + (back == 0) + 2 * row_map_epoch_name(map->schema.columns[column].name) +
	       4 * (parts[column] != TIME_PART_CLOCK);
}

static bool
is_time(const struct row_map *map, int column, enum time_part part, const enum time_part *parts)
{
	return map->schema.columns[column].type == COLUMN_TIME && parts[column] == part;
}

/* The date and its clock that stand side by side; false: there are none, or a whole time. */
static bool
find_pair(const struct row_map *map, const enum time_part *parts, int *date, int *clock)
{
	int n = map->schema.n;
	bool found = false;

	for (int i = 0; i < n; i++)
		if (is_time(map, i, TIME_PART_WHOLE, parts))
			return false;
	for (int i = 0; i + 1 < n && !found; i++) {
		bool first = is_time(map, i, TIME_PART_DATE, parts);

		*date = first ? i : i + 1;
		*clock = first ? i + 1 : i;
		found = is_time(map, *date, TIME_PART_DATE, parts) &&
			is_time(map, *clock, TIME_PART_CLOCK, parts);
	}
	return found;
}

/* "DATE+CLOCK", of -t: the columns of both; false: it names one column, or none. */
static bool
told_pair(const struct row_map *map, const char *told, int *date, int *clock)
{
	if (told == NULL || name_index_find(&map->keys, told, strlen(told)) >= 0)
		return false;
	for (const char *p = strchr(told, '+'); p != NULL; p = strchr(p + 1, '+')) {
		*date = name_index_find(&map->keys, told, (size_t)(p - told));
		*clock = name_index_find(&map->keys, p + 1, strlen(p + 1));
		if (*date >= 0 && *clock >= 0)
			return true;
	}
	return false;
}

/* Is the column among the types told? */
static bool
type_told(const struct inference *inference, const char *name)
{
	const char *types = inference->options->types;
	size_t n = strlen(name);

	while (types != NULL && *types != '\0') {
		size_t len = strcspn(types, ",");

		if (len > n && memcmp(types, name, n) == 0 && types[n] == '=')
			return true;
		types += len + (types[len] == ',');
	}
	return false;
}

void
inference_time(const struct inference *inference, struct row_map *map, const enum time_part *parts)
{
	const struct schema *schema = &map->schema;
	const char *told = inference->options->time;
	int date, clock, best = 0, n = schema->n;

	if (told_pair(map, told, &date, &clock) ||
	    (told == NULL && find_pair(map, parts, &date, &clock) &&
		!type_told(inference, schema->columns[date].name) &&
		!type_told(inference, schema->columns[clock].name))) {
		row_map_join(map, date, clock);
		map->schema.time = map->join.column;
		return;
	}
	for (int i = 0; i < n; i++) {
		int rank_of = rank(inference, map, i, parts);

		if (rank_of > best) {
			best = rank_of;
			map->schema.time = i;
		}
	}
}
