/* inference.c - the first rows of a source, from which the names and types of its columns are told.
 *
 * Rows are kept as the format gave them, to be replayed when the layout is known: so what follows
 * has but one way of reading cells. What counts as a column's type stands in the contract: a time
 * if all of its cells are, else a number if most are, else text; a column without any cell is one
 * of numbers.
 *
 * The first line is the header, unless it is told that there is none (--no-header, or --columns,
 * which names what has no names) or it cannot be one: no header is made of numbers and times. Then
 * columns are c1, c2 ... which shows in the start event and in every view; it is not bad. */
#include "data/rows/inference.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/number.h"
#include "data/base/text.h"
#include "data/base/times.h"
#include "data/rows/cell.h"
#include "data/rows/record_log.h"

enum {
	SAMPLE_ROWS = 100,
	SAMPLE_BYTES = 1 << 24 /* rows may be long; so many bytes of them are enough */
};

struct inference {
	struct record_sink sink;
	bool named;
	const struct dialect_options *options;
	struct record_log tape; /* of the calls that count so far */
	size_t begun;           /* where the record under way stands on it */
	size_t head;            /* what stands on it up to the end of the header */
	struct position body;   /* behind the header */
	bool fresh;             /* a new document begins: its header is none to tell of */
	int rows;
	size_t enough;   /* the tape up to where it was full; what came after tells nothing */
	int nkeys;       /* keys met up to there */
	bool first_seen; /* the first record was looked at */
	bool header;     /* it was the header */
	int width;       /* its cells */
	char **names;    /* told, or of the header; NULL: neither */
	int nnames;
	struct name_index keys;
};

static void
take_cell(void *self, int position, const struct field *field)
{
	struct inference *inference = self;

	record_log_cell(&inference->tape, position, field);
}

static void
take_named(void *self, const char *key, size_t n, const struct field *field)
{
	struct inference *inference = self;

	record_log_cell(&inference->tape, name_index_add(&inference->keys, key, n), field);
}

static void
take_fault(void *self, const char *what, const char *s, size_t n)
{
	struct inference *inference = self;

	record_log_fault(&inference->tape, what, s, n);
}

static void
take_drop(void *self, const char *what, const char *s, size_t n)
{
	struct inference *inference = self;

	record_log_cut(&inference->tape, inference->begun);
	record_log_drop(&inference->tape, what, s, n, &inference->sink.after);
	inference->begun = inference->tape.bytes.len;
}

static void
take_document(void *self)
{
	struct inference *inference = self;

	record_log_document(&inference->tape);
	inference->begun = inference->tape.bytes.len;
	inference->fresh = true;
}

/* A number, a time or nothing: so no name. */
static bool
is_value(const char *s, size_t n, bool *empty)
{
	double number;
	int64_t ns;
	enum cell_kind kind = number_cell(s, n, &number);

	*empty = kind == CELL_MISSING;
	return kind != CELL_BAD || time_parse(s, n, false, &ns);
}

/* The cells of the record under way, from *at on; what is wrong with it is passed over. */
static bool
next_cell(const struct inference *inference, size_t *at, struct entry *entry)
{
	while (record_log_next(&inference->tape, at, entry))
		if (entry->kind == ENTRY_CELL)
			return true;
	return false;
}

static bool
is_header(const struct inference *inference)
{
	struct entry entry;
	bool filled = false;

	if (inference->options->no_header || inference->options->columns != NULL)
		return false;
	for (size_t at = inference->begun; next_cell(inference, &at, &entry);) {
		bool empty;

		if (!is_value(entry.field.s, entry.field.n, &empty))
			return true;
		filled = filled || !empty;
	}
	return !filled;
}

/* What was wrong up to the end of the header is told before the first row, and is no part of it. */
static void
take_header(struct inference *inference)
{
	struct record_log head = { 0 };
	struct entry entry;

	inference->names = memory_new((size_t)inference->width, sizeof *inference->names);
	for (size_t at = 0; record_log_next(&inference->tape, &at, &entry);) {
		const struct field *f = &entry.field;

		if (entry.kind == ENTRY_CELL)
			inference->names[inference->nnames++] = memory_text(f->s, f->n);
		else if (entry.what != NULL)
			record_log_drop(&head, entry.what, f->s, f->n, &inference->sink.after);
	}
	record_log_done(&inference->tape);
	inference->tape = head;
	inference->begun = inference->head = head.bytes.len;
	inference->body = inference->sink.after;
}

/* The first record of a source whose cells have no keys: the header, or a row. Returns true when
 * it was the header and so is used up. */
static bool
take_first(struct inference *inference)
{
	struct entry entry;

	inference->first_seen = true;
	inference->header = is_header(inference);
	for (size_t at = inference->begun; next_cell(inference, &at, &entry);)
		inference->width++;
	if (inference->header)
		take_header(inference);
	return inference->header;
}

/* Is the record under way a header line? One without any name cannot be told from a row. */
static bool
repeats_names(const struct inference *inference)
{
	struct entry entry;
	bool filled = false;
	int cells = 0;

	for (size_t at = inference->begun; next_cell(inference, &at, &entry);) {
		if (cells == inference->nnames ||
		    !row_map_same(inference->names[cells++], entry.field.s, entry.field.n))
			return false;
		filled = filled || entry.field.n > 0;
	}
	return filled && cells == inference->nnames;
}

static void
take_record(void *self)
{
	struct inference *inference = self;
	bool full = inference_full(inference), fresh = inference->fresh;

	inference->fresh = false;
	if (!inference->named && !inference->first_seen && take_first(inference))
		return;
	if (!inference->named && repeats_names(inference)) {
		if (fresh)
			record_log_cut(&inference->tape, inference->begun);
		else
			take_drop(inference, row_map_header_again, "", 0);
		return;
	}
	record_log_record(&inference->tape, &inference->sink.after);
	inference->begun = inference->tape.bytes.len;
	inference->rows++;
	if (!full) {
		inference->enough = inference->begun;
		inference->nkeys = inference->keys.n;
	}
}

static char **
names_told(const char *list, int *n)
{
	char **names = NULL;

	for (*n = 0;; list++) {
		size_t len = strcspn(list, ",");

		names = memory_grow(names, (size_t)*n + 1, sizeof *names);
		names[(*n)++] = memory_text(list, len);
		list += len;
		if (*list == '\0')
			return names;
	}
}

struct inference *
inference_new(bool named, const struct dialect_options *options)
{
	struct inference *inference = memory_zero(1, sizeof *inference);

	inference->named = named;
	inference->options = options;
	if (options->columns != NULL)
		inference->names = names_told(options->columns, &inference->nnames);
	inference->sink = (struct record_sink){
		.cell = take_cell,
		.named = take_named,
		.record = take_record,
		.drop = take_drop,
		.fault = take_fault,
		.document = take_document,
		.self = inference,
	};
	return inference;
}

void
inference_free(struct inference *inference)
{
	if (inference == NULL)
		return;
	for (int i = 0; i < inference->nnames; i++)
		free(inference->names[i]);
	free(inference->names);
	name_index_done(&inference->keys);
	record_log_done(&inference->tape);
	free(inference);
}

struct record_sink *
inference_sink(struct inference *inference)
{
	return &inference->sink;
}

int
inference_rows(const struct inference *inference)
{
	return inference->rows;
}

bool
inference_full(const struct inference *inference)
{
	return inference->rows >= SAMPLE_ROWS || inference->tape.bytes.len >= SAMPLE_BYTES;
}

/* --- names ------------------------------------------------------------------------------------ */

/* The names that the layout gets: told, of the header, or of the keys; else all are empty. */
static char **
names_found(const struct inference *inference, int *n)
{
	char *const *found = inference->names;
	char **names;

	*n = inference->nnames;
	if (found == NULL) {
		*n = inference->named ? inference->nkeys : inference->width;
		found = inference->named ? inference->keys.names : NULL;
	}
	names = memory_new((size_t)*n, sizeof *names);
	for (int i = 0; i < *n; i++) {
		const char *name = found != NULL ? found[i] : "";

		names[i] = memory_text(name, strlen(name));
	}
	return names;
}

/* The column of an entry's cell; -1: it belongs to none. */
static int
entry_column(
    const struct inference *inference, const struct row_map *map, const struct entry *entry)
{
	if (!inference->named)
		return entry->column < map->schema.n ? entry->column : -1;
	const char *key = inference->keys.names[entry->column];

	return map->told ? name_index_find(&map->keys, key, strlen(key)) : entry->column;
}

/* --- types ------------------------------------------------------------------------------------ */

/* The row of the first cell of a column that is no time. */
static uint64_t
row_without_time(const struct inference *inference, const struct row_map *map, int column)
{
	struct census census = { 0 };
	struct entry entry;
	uint64_t row = 1;

	for (size_t at = 0; record_log_next(&inference->tape, &at, &entry);) {
		row += entry.kind == ENTRY_RECORD;
		if (entry.kind != ENTRY_CELL || entry_column(inference, map, &entry) != column)
			continue;
		census_count(&census, &entry.field, map->epochs[column]);
		if (census.times < census.cells)
			return row;
	}
	return 0;
}

/* A column of times but for some cells is none, and durations run on another clock: the first such
 * cell of the first such column is told. By its name one time is enough to take it for one. */
static void
find_doubt(const struct inference *inference, struct row_map *map, const struct census *census)
{
	for (int i = 0; i < map->schema.n && map->doubt_row == 0; i++) {
		if (map->schema.columns[i].type == COLUMN_TIME ||
		    census[i].times <= (map->epochs[i] ? 0 : census[i].cells / 2))
			continue;
		map->doubt_column = i;
		map->doubt_row = row_without_time(inference, map, i);
	}
}

static void
find_types(const struct inference *inference, struct row_map *map)
{
	struct schema *schema = &map->schema;
	struct census *census = memory_zero((size_t)schema->n, sizeof *census);
	struct entry entry;

	for (int i = 0; i < schema->n; i++)
		map->epochs[i] = row_map_epoch_name(schema->columns[i].name);
	for (size_t at = 0; at < inference->enough && next_cell(inference, &at, &entry);) {
		int column = entry_column(inference, map, &entry);

		if (column >= 0)
			census_count(&census[column], &entry.field, map->epochs[column]);
	}
	for (int i = 0; i < schema->n; i++)
		schema->columns[i].type = census_type(&census[i]);
	find_doubt(inference, map, census);
	free(census);
}

int
inference_map(
    struct inference *inference, const char *source, struct row_map *map, struct error *err)
{
	const struct dialect_options *options = inference->options;
	char **names;
	int n;

	map->told = options->columns != NULL;
	map->header = inference->header;
	names = names_found(inference, &n);
	row_map_name(map, names, n);
	map->schema.source = memory_text(source, strlen(source));
	find_types(inference, map);
	return row_map_types(map, options->types, options->time, err);
}

int64_t
inference_stamp(const struct inference *inference, const struct row_map *map)
{
	struct entry entry;
	size_t at = 0;

	while (map->schema.time >= 0 && next_cell(inference, &at, &entry)) {
		int column = entry_column(inference, map, &entry);
		int64_t time;

		if (column == map->schema.time &&
		    cell_time(&entry.field, map->epochs[column], &time) == CELL_NUMBER)
			return time;
	}
	return 0;
}

bool
inference_falls(const struct inference *inference, const struct row_map *map)
{
	struct entry entry;
	int64_t before = TIME_NONE, time;
	int back = 0, ahead = 0;

	for (size_t at = 0; map->schema.time >= 0 && next_cell(inference, &at, &entry);) {
		int column = entry_column(inference, map, &entry);

		if (column != map->schema.time ||
		    cell_time(&entry.field, map->epochs[column], &time) != CELL_NUMBER)
			continue;
		back += before != TIME_NONE && time < before;
		ahead += before != TIME_NONE && time > before;
		before = time;
	}
	return back > 0 && back >= 9 * (back + ahead) / 10.0;
}

struct position
inference_body(const struct inference *inference, struct position start)
{
	return inference->header ? inference->body : start;
}

void
inference_head(const struct inference *inference, struct record_log *head)
{
	text_addn(&head->bytes, text_get(&inference->tape.bytes), inference->head);
}

/* --- replay ----------------------------------------------------------------------------------- */

static void
replay_cell(const struct inference *inference, const struct entry *entry, struct record_sink *sink)
{
	if (inference->named) {
		const char *key = inference->keys.names[entry->column];

		sink->named(sink->self, key, strlen(key), &entry->field);
	} else {
		sink->cell(sink->self, entry->column, &entry->field);
	}
}

void
inference_replay(const struct inference *inference, struct record_sink *sink)
{
	struct entry entry;

	for (size_t at = inference->head; record_log_next(&inference->tape, &at, &entry);) {
		const struct field *f = &entry.field;

		sink->after = entry.after;
		switch (entry.kind) {
		case ENTRY_CELL:
			replay_cell(inference, &entry, sink);
			break;
		case ENTRY_RECORD:
			sink->record(sink->self);
			break;
		case ENTRY_DROP:
			sink->drop(sink->self, entry.what, f->s, f->n);
			break;
		case ENTRY_FAULT:
			sink->fault(sink->self, entry.what, f->s, f->n);
			break;
		case ENTRY_DOCUMENT:
			sink->document(sink->self);
			break;
		}
	}
}
