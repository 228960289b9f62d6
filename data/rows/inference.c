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

struct sample {
	struct sink sink;
	bool named;
	const struct feed_options *options;
	struct tape tape; /* of the calls that count so far */
	size_t begun;     /* where the record under way stands on it */
	int rows;
	size_t enough;   /* the tape up to where it was full; what came after tells nothing */
	int nkeys;       /* keys met up to there */
	bool first_seen; /* the first record was looked at */
	bool header;     /* it was the header */
	int width;       /* its cells */
	char **names;    /* told, or of the header; NULL: neither */
	int nnames;
	struct keys keys;
};

static void
take_cell(void *self, int position, const struct field *field)
{
	struct sample *sample = self;

	tape_cell(&sample->tape, position, field);
}

static void
take_named(void *self, const char *key, size_t n, const struct field *field)
{
	struct sample *sample = self;

	tape_cell(&sample->tape, keys_add(&sample->keys, key, n), field);
}

static void
take_fault(void *self, const char *what, const char *s, size_t n)
{
	struct sample *sample = self;

	tape_words(&sample->tape, ENTRY_FAULT, what, s, n);
}

static void
take_drop(void *self, const char *what, const char *s, size_t n)
{
	struct sample *sample = self;

	tape_cut(&sample->tape, sample->begun);
	tape_words(&sample->tape, ENTRY_DROP, what, s, n);
	sample->begun = sample->tape.bytes.len;
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
next_cell(const struct sample *sample, size_t *at, struct entry *entry)
{
	while (tape_next(&sample->tape, at, entry))
		if (entry->kind == ENTRY_CELL)
			return true;
	return false;
}

static bool
is_header(const struct sample *sample)
{
	struct entry entry;
	bool filled = false;

	if (sample->options->no_header || sample->options->columns != NULL)
		return false;
	for (size_t at = sample->begun; next_cell(sample, &at, &entry);) {
		bool empty;

		if (!is_value(entry.field.s, entry.field.n, &empty))
			return true;
		filled = filled || !empty;
	}
	return !filled;
}

/* What is wrong with the header stays, to be told at the first row. */
static void
take_header(struct sample *sample)
{
	struct tape faults = { 0 };
	struct entry entry;

	sample->names = memory_new((size_t)sample->width, sizeof *sample->names);
	for (size_t at = sample->begun; tape_next(&sample->tape, &at, &entry);)
		if (entry.kind == ENTRY_CELL)
			sample->names[sample->nnames++] = memory_text(entry.field.s, entry.field.n);
		else
			tape_words(&faults, entry.kind, entry.what, entry.field.s, entry.field.n);
	tape_cut(&sample->tape, sample->begun);
	tape_append(&sample->tape, &faults);
	tape_done(&faults);
	sample->begun = sample->tape.bytes.len;
}

/* The first record of a source whose cells have no keys: the header, or a row. Returns true when
 * it was the header and so is used up. */
static bool
take_first(struct sample *sample)
{
	struct entry entry;

	sample->first_seen = true;
	sample->header = is_header(sample);
	for (size_t at = sample->begun; next_cell(sample, &at, &entry);)
		sample->width++;
	if (sample->header)
		take_header(sample);
	return sample->header;
}

/* Is the record under way a header line? One without any name cannot be told from a row. */
static bool
repeats_names(const struct sample *sample)
{
	struct entry entry;
	bool filled = false;
	int cells = 0;

	for (size_t at = sample->begun; next_cell(sample, &at, &entry);) {
		if (cells == sample->nnames ||
		    !layout_same(sample->names[cells++], entry.field.s, entry.field.n))
			return false;
		filled = filled || entry.field.n > 0;
	}
	return filled && cells == sample->nnames;
}

static void
take_record(void *self)
{
	struct sample *sample = self;
	bool full = sample_full(sample);

	if (!sample->named && !sample->first_seen && take_first(sample))
		return;
	if (!sample->named && repeats_names(sample)) {
		take_drop(sample, layout_header_again, "", 0);
		return;
	}
	tape_record(&sample->tape);
	sample->begun = sample->tape.bytes.len;
	sample->rows++;
	if (!full) {
		sample->enough = sample->begun;
		sample->nkeys = sample->keys.n;
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

struct sample *
sample_new(bool named, const struct feed_options *options)
{
	struct sample *sample = memory_zero(1, sizeof *sample);

	sample->named = named;
	sample->options = options;
	if (options->columns != NULL)
		sample->names = names_told(options->columns, &sample->nnames);
	sample->sink = (struct sink){
		.cell = take_cell,
		.named = take_named,
		.record = take_record,
		.drop = take_drop,
		.fault = take_fault,
		.self = sample,
	};
	return sample;
}

void
sample_free(struct sample *sample)
{
	if (sample == NULL)
		return;
	for (int i = 0; i < sample->nnames; i++)
		free(sample->names[i]);
	free(sample->names);
	keys_done(&sample->keys);
	tape_done(&sample->tape);
	free(sample);
}

struct sink *
sample_sink(struct sample *sample)
{
	return &sample->sink;
}

int
sample_rows(const struct sample *sample)
{
	return sample->rows;
}

bool
sample_full(const struct sample *sample)
{
	return sample->rows >= SAMPLE_ROWS || sample->tape.bytes.len >= SAMPLE_BYTES;
}

/* --- names ------------------------------------------------------------------------------------ */

/* The names that the layout gets: told, of the header, or of the keys; else all are empty. */
static char **
names_found(const struct sample *sample, int *n)
{
	char *const *found = sample->names;
	char **names;

	*n = sample->nnames;
	if (found == NULL) {
		*n = sample->named ? sample->nkeys : sample->width;
		found = sample->named ? sample->keys.names : NULL;
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
entry_column(const struct sample *sample, const struct layout *layout, const struct entry *entry)
{
	if (!sample->named)
		return entry->column < layout->schema.n ? entry->column : -1;
	const char *key = sample->keys.names[entry->column];

	return layout->told ? keys_find(&layout->keys, key, strlen(key)) : entry->column;
}

/* --- types ------------------------------------------------------------------------------------ */

/* The row of the first cell of a column that is no time. */
static uint64_t
row_without_time(const struct sample *sample, const struct layout *layout, int column)
{
	struct census census = { 0 };
	struct entry entry;
	uint64_t row = 1;

	for (size_t at = 0; tape_next(&sample->tape, &at, &entry);) {
		row += entry.kind == ENTRY_RECORD;
		if (entry.kind != ENTRY_CELL || entry_column(sample, layout, &entry) != column)
			continue;
		census_count(&census, &entry.field, layout->epochs[column]);
		if (census.times < census.cells)
			return row;
	}
	return 0;
}

/* A column of times but for some cells is none, and durations run on another clock: the first such
 * cell of the first such column is told. By its name one time is enough to take it for one. */
static void
find_doubt(const struct sample *sample, struct layout *layout, const struct census *census)
{
	for (int i = 0; i < layout->schema.n && layout->doubt_row == 0; i++) {
		if (layout->schema.columns[i].type == COLUMN_TIME ||
		    census[i].times <= (layout->epochs[i] ? 0 : census[i].cells / 2))
			continue;
		layout->doubt_column = i;
		layout->doubt_row = row_without_time(sample, layout, i);
	}
}

static void
find_types(const struct sample *sample, struct layout *layout)
{
	struct schema *schema = &layout->schema;
	struct census *census = memory_zero((size_t)schema->n, sizeof *census);
	struct entry entry;

	for (int i = 0; i < schema->n; i++)
		layout->epochs[i] = layout_epoch_name(schema->columns[i].name);
	for (size_t at = 0; at < sample->enough && next_cell(sample, &at, &entry);) {
		int column = entry_column(sample, layout, &entry);

		if (column >= 0)
			census_count(&census[column], &entry.field, layout->epochs[column]);
	}
	for (int i = 0; i < schema->n; i++)
		schema->columns[i].type = census_type(&census[i]);
	find_doubt(sample, layout, census);
	free(census);
}

int
sample_layout(struct sample *sample, const char *source, struct layout *layout, struct error *err)
{
	const struct feed_options *options = sample->options;
	char **names;
	int n;

	layout->told = options->columns != NULL;
	layout->header = sample->header;
	names = names_found(sample, &n);
	layout_name(layout, names, n);
	layout->schema.source = memory_text(source, strlen(source));
	find_types(sample, layout);
	return layout_types(layout, options->types, options->time, err);
}

int64_t
sample_stamp(const struct sample *sample, const struct layout *layout)
{
	struct entry entry;
	size_t at = 0;

	while (layout->schema.time >= 0 && next_cell(sample, &at, &entry)) {
		int column = entry_column(sample, layout, &entry);
		int64_t time;

		if (column == layout->schema.time &&
		    cell_time(&entry.field, layout->epochs[column], &time) == CELL_NUMBER)
			return time;
	}
	return 0;
}

/* --- replay ----------------------------------------------------------------------------------- */

static void
replay_cell(const struct sample *sample, const struct entry *entry, struct sink *sink)
{
	if (sample->named) {
		const char *key = sample->keys.names[entry->column];

		sink->named(sink->self, key, strlen(key), &entry->field);
	} else {
		sink->cell(sink->self, entry->column, &entry->field);
	}
}

void
sample_replay(const struct sample *sample, struct sink *sink)
{
	struct entry entry;

	for (size_t at = 0; tape_next(&sample->tape, &at, &entry);) {
		const struct field *f = &entry.field;

		switch (entry.kind) {
		case ENTRY_CELL:
			replay_cell(sample, &entry, sink);
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
		}
	}
}
