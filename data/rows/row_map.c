/* row_map.c - names and types of columns: as found, and as told. */
#include "data/rows/row_map.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/base/text.h"

bool
row_map_same(const char *name, const char *s, size_t n)
{
	return strlen(name) == n && memcmp(name, s, n) == 0;
}

bool
row_map_epoch_name(const char *name)
{
	static const char *const names[] = { "time", "timestamp", "ts", "date", "datetime",
		"epoch" };
	const char *dot = strrchr(name, '.');

	if (dot != NULL) /* a member of an object */
		name = dot + 1;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return false;
}

bool
row_map_missing(const struct row_map *map, const char *s, size_t n)
{
	const char *mark = map->missing;

	while (mark != NULL && *mark != '\0') {
		size_t len = strcspn(mark, ",");

		if (len == n && memcmp(mark, s, n) == 0)
			return true;
		mark += len + (mark[len] == ',');
	}
	return false;
}

void
row_map_dialect(const struct row_map *map, struct dialect *dialect)
{
	if (map->join.column >= 0)
		dialect->time = map->schema.columns[map->join.column].name;
	for (int i = 0; i < map->schema.n; i++) {
		const struct column_form *form = &map->forms[i];
		enum column_type type = map->schema.columns[i].type;

		if (type == COLUMN_NUMBER && form->number.decimal != 0)
			dialect->decimal = form->number.decimal;
		if (type == COLUMN_NUMBER && form->number.group != 0)
			dialect->group = form->number.group;
		if (type == COLUMN_TIME && form->time.kind == TIME_DATES &&
		    form->reason != ORDER_PLAIN)
			dialect->dates = date_order_name(form->time.order);
	}
}

int
row_map_times(struct row_map *map, const struct dialect_options *options, struct error *err)
{
	struct error why = { 0 };

	map->time_format = options->time_format;
	if (map->time_format != NULL && time_format_check(map->time_format, &why) != 0)
		return error_set(err, "--time-format: '%.60s': %s", map->time_format, why.text);
	if (options->zone != NULL && map->zone == NULL) {
		map->zone = zone_open(options->zone, &why);
		if (map->zone == NULL)
			return error_set(err, "--zone: %s", why.text);
	}
	for (int i = 0; i < map->schema.n; i++) {
		map->forms[i].time.zone = map->zone;
		map->forms[i].time.format = map->time_format;
	}
	return 0;
}

/* How the times of a column are written that is told to be one and does not look so. */
static void
force_times(struct row_map *map, int column)
{
	struct time_form *form = &map->forms[column].time;

	map->schema.columns[column].type = COLUMN_TIME;
	map->schema.columns[column].open = false;
	if (form->kind == TIME_NO_FORM)
		form->kind = map->time_format != NULL ? TIME_STRPTIME : TIME_DATES;
}

/* Adds a name that no column has: the name itself, else the first free one of name#2, name#3 ...
 * tried[i] is where the last search for a double of column i ended. */
static void
add_unique(struct name_index *keys, const char *name, int *tried)
{
	int first = name_index_find(keys, name, strlen(name));
	struct text text = { 0 };

	text_add(&text, name);
	while (name_index_find(keys, text_get(&text), text.len) >= 0) {
		text_clear(&text);
		text_addf(&text, "%s#%d", name, ++tried[first]);
	}
	tried[name_index_add(keys, text_get(&text), text.len)] = 1;
	text_done(&text);
}

void
row_map_name(struct row_map *map, char **names, int n)
{
	struct schema *schema = &map->schema;
	int *tried = memory_zero((size_t)n, sizeof *tried);
	struct text text = { 0 };

	map->names = names;
	map->forms = memory_zero((size_t)n, sizeof *map->forms);
	schema->columns = memory_zero((size_t)n, sizeof *schema->columns);
	schema->n = n;
	schema->time = -1;
	map->fields = n;
	map->join.column = -1;
	for (int i = 0; i < n; i++) {
		text_clear(&text);
		text_add(&text, names[i]);
		if (text.len == 0)
			text_addf(&text, "c%d", i + 1);
		add_unique(&map->keys, text_get(&text), tried);
		schema->columns[i].unit = map->forms[i].unit;
		schema->columns[i].name =
		    memory_text(map->keys.names[i], strlen(map->keys.names[i]));
	}
	text_done(&text);
	free(tried);
}

/* A column behind the others that cells are for. Its form is to be set, and no column of this name
 * may be there. */
static int
add_column(struct row_map *map, const char *name, enum column_type type)
{
	struct schema *schema = &map->schema;
	size_t size = (size_t)schema->n + 1, len = strlen(name);
	int n = schema->n++;

	schema->columns = memory_grow(schema->columns, size, sizeof *schema->columns);
	map->names = memory_grow(map->names, size, sizeof *map->names);
	map->forms = memory_grow(map->forms, size, sizeof *map->forms);
	map->forms[n] = (struct column_form){ 0 };
	map->names[n] = memory_text(name, len);
	schema->columns[n] = (struct column){ .name = memory_text(name, len), .type = type };
	name_index_add(&map->keys, name, len);
	for (int i = 0; i <= n; i++)
		schema->columns[i].unit = map->forms[i].unit; /* they moved */
	return n;
}

void
row_map_tag(struct row_map *map, const struct tag_column *tag)
{
	struct text name = { 0 };
	int n;

	text_add(&name, tag->name);
	for (int k = 2; name_index_find(&map->keys, text_get(&name), name.len) >= 0; k++) {
		text_clear(&name);
		text_addf(&name, "%s#%d", tag->name, k);
	}
	n = add_column(map, text_get(&name), tag->type);
	if (tag->type == COLUMN_TIME)
		map->forms[n].time.kind = TIME_EPOCHS;
	map->tags++;
	text_done(&name);
}

void
row_map_join(struct row_map *map, int date, int clock)
{
	struct schema *schema = &map->schema;
	struct text name = { 0 };
	int n;

	text_addf(&name, "%s+%s", schema->columns[date].name, schema->columns[clock].name);
	n = add_column(map, text_get(&name), COLUMN_TIME);
	map->forms[n] = map->forms[date];
	map->forms[n].time.kind = TIME_DATES;
	schema->columns[n].joined = true;
	schema->columns[date].type = schema->columns[clock].type = COLUMN_TEXT;
	map->join.date = date;
	map->join.clock = clock;
	map->join.column = n;
	text_done(&name);
}

static int
column_told(const struct row_map *map, enum error_subject subject, const char *name, size_t n,
    struct error *err)
{
	int column = name_index_find(&map->keys, name, n);
	struct text text = { 0 };
	const char *nearest;

	if (column >= 0)
		return column;
	for (int i = 0; i < map->schema.n && text.len < 200; i++)
		text_addf(&text, "%s%s", i > 0 ? ", " : "", map->schema.columns[i].name);
	if (map->schema.n == 0)
		text_add(&text, "none");
	char *wanted = memory_text(name, n);

	nearest = name_index_nearest(&map->keys, wanted);
	if (nearest != NULL)
		error_set(err, "no column '%s' in %s (did you mean '%s'?)", wanted,
		    map->schema.source, nearest);
	else
		error_set(err, "no column '%s' in %s (it has: %s)", wanted, map->schema.source,
		    text_get(&text));
	free(wanted);
	text_done(&text);
	return error_subject(err, subject, -1, NULL);
}

static int
type_told(const char *word, size_t n)
{
	for (int type = COLUMN_NUMBER; type <= COLUMN_TEXT; type++) {
		const char *name = column_type_name((enum column_type)type);

		if (strlen(name) == n && strncmp(name, word, n) == 0)
			return type;
	}
	return -1;
}

/* One "COLUMN=TYPE" of n bytes. A column's name may have a = in it, a type has none. */
static int
take_type(struct row_map *map, const char *s, size_t n, struct error *err)
{
	const char *equals = memrchr(s, '=', n);
	int column, type;

	if (equals == NULL) {
		error_set(err, "'%.*s' (write COLUMN=number, =time or =text)",
		    (int)(n < 100 ? n : 100), s);
		return error_subject(err, ERROR_TYPES, -1, NULL);
	}
	type = type_told(equals + 1, n - (size_t)(equals + 1 - s));
	if (type < 0) {
		error_set(err, "'%.*s': no such type (there are number, time, text)",
		    (int)(n < 100 ? n : 100), s);
		return error_subject(err, ERROR_TYPES, -1, NULL);
	}
	column = column_told(map, ERROR_TYPES, s, (size_t)(equals - s), err);
	if (column < 0)
		return -1;
	map->schema.columns[column].type = (enum column_type)type;
	map->schema.columns[column].open = false;
	if (type == COLUMN_TIME)
		force_times(map, column);
	if (column == map->doubt_column)
		map->doubt_row = 0; /* told: so it is no doubt */
	map->forms[column].odd.row = 0;
	return 0;
}

int
row_map_types(struct row_map *map, const char *types, const char *time, struct error *err)
{
	struct schema *schema = &map->schema;

	while (types != NULL && *types != '\0') {
		size_t n = strcspn(types, ",");

		if (take_type(map, types, n, err) < 0)
			return -1;
		types += n + (types[n] == ',');
	}
	if (schema->time >= 0 && schema->columns[schema->time].type != COLUMN_TIME)
		schema->time = -1;
	for (int i = 0; i < schema->n && schema->time < 0; i++)
		if (schema->columns[i].type == COLUMN_TIME)
			schema->time = i;
	if (time != NULL) {
		schema->time = column_told(map, ERROR_TIME, time, strlen(time), err);
		if (schema->time < 0)
			return -1;
		force_times(map, schema->time);
	}
	if (time != NULL || (schema->time >= 0 && schema->time < map->doubt_column))
		map->doubt_row = 0;
	return 0;
}

/* --- heads ------------------------------------------------------------------------------------ */

/* Letter by letter, in either case. What mostly comes differs in the first one. */
static inline bool
head_same(const char *head, const char *s, size_t n)
{
	if (*head == HEAD_CLOCK)
		return look_is_time(s, n);
	if (n > 0 && ((*head ^ *s) & ~('a' ^ 'A')) != 0)
		return false;
	return strlen(head) == n && strncasecmp(head, s, n) == 0;
}

void
heads_begin(struct heads_met *met, unsigned mask)
{
	*met = (struct heads_met){ .like = mask };
}

void
heads_meet(const struct heads *heads, struct heads_met *met, int cell, const char *s, size_t n)
{
	unsigned mask = met->like;

	for (int i = 0; i < heads->n; i++) {
		const char *head = cell < heads->width[i] ? heads->cells[i][cell] : NULL;

		if ((mask >> i & 1) != 0 && (head == NULL || !head_same(head, s, n)))
			mask &= ~(1U << i);
	}
	if (mask != 0) {
		met->last = mask;
		met->same = cell + 1;
	}
	met->like = mask;
}

unsigned
heads_whole(const struct heads *heads, unsigned mask, int cells)
{
	for (int i = 0; i < heads->n; i++)
		if (heads->width[i] != cells)
			mask &= ~(1U << i);
	return mask;
}

bool
heads_beside(const struct heads *heads, unsigned mask, int cells, int width)
{
	for (int i = 0; i < heads->n; i++)
		if ((mask >> i & 1) != 0 && width > 1 && cells > 1 && cells != width &&
		    heads->width[i] != width &&
		    (heads->width[i] == cells || heads->width[i] == cells + 1))
			return true;
	return false;
}

bool
heads_other_names(int same, int ours, int cells)
{
	return same > 1 && 2 * same >= ours && 2 * same >= cells && cells != ours;
}

bool
heads_other(const struct heads *heads, const struct heads_met *met, int cells)
{
	for (int i = 0; i < heads->n && met->same > 1; i++)
		if ((met->last >> i & 1) != 0 &&
		    heads_other_names(met->same, heads->width[i], cells))
			return true;
	return false;
}

unsigned
heads_all(const struct heads *heads)
{
	unsigned mask = 0;

	for (int i = 0; i < heads->n; i++)
		for (int j = 0; j < heads->width[i]; j++)
			if (heads->cells[i][j][0] != '\0' && heads->cells[i][j][0] != HEAD_CLOCK)
				mask |= 1U << i;
	return mask;
}

void
heads_done(struct heads *heads)
{
	for (int i = 0; i < heads->n; i++) {
		for (int j = 0; j < heads->width[i]; j++)
			free(heads->cells[i][j]);
		free(heads->cells[i]);
	}
	heads->n = 0;
}

void
row_map_done(struct row_map *map)
{
	heads_done(&map->heads);
	zone_close(map->zone);
	if (map->names != NULL)
		for (int i = 0; i < map->schema.n; i++)
			free(map->names[i]);
	free(map->names);
	free(map->forms);
	name_index_done(&map->keys);
	schema_done(&map->schema);
	*map = (struct row_map){ 0 };
}
