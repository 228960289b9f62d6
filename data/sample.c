/* sample.c - the first rows of a source, from which the names and types of its columns are told.
 *
 * Rows are kept as the format gave them, to be replayed when the layout is known: so what follows
 * has but one way of reading cells. What counts as a column's type stands in the contract: a time
 * if all of its cells are, else a number if most are, else text; a column without any cell is one
 * of numbers.
 *
 * The first line is the header, unless it is told that there is none (--no-header, or --columns,
 * which names what has no names) or it cannot be one: no header is made of numbers and times. Then
 * columns are c1, c2 ... which shows in the start event and in every view; it is not bad. */
#include "data/sample.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/number.h"
#include "data/base/text.h"
#include "data/base/times.h"
#include "data/cell.h"

enum {
	SAMPLE_ROWS = 100,
	SAMPLE_BYTES = 1 << 24, /* rows may be long; so many bytes of them are enough */
	SAMPLE_ENTRIES = 1 << 21
};

enum entry_kind { ENTRY_CELL, ENTRY_RECORD, ENTRY_DROP, ENTRY_FAULT };

struct entry { /* one call of the sink */
	enum entry_kind kind;
	int column;  /* ENTRY_CELL: position, or number of the key */
	bool worded; /* its text is n bytes at `at`; else it is the number */
	size_t at, n;
	double number;
	const char *what; /* ENTRY_DROP, ENTRY_FAULT */
};

struct sample {
	struct sink sink;
	bool named;
	const struct feed_options *options;
	struct text bytes;
	struct entry *entries;
	size_t n, cap;
	size_t begun; /* first entry of the record under way */
	int rows;
	size_t enough;   /* entries up to where it was full; what came after tells nothing */
	int nkeys;       /* keys met up to there */
	bool first_seen; /* the first record was looked at */
	bool header;     /* it was the header */
	int width;       /* its cells */
	char **names;    /* told, or of the header; NULL: neither */
	int nnames;
	struct keys keys;
};

static struct entry *
add_entry(struct sample *sample, enum entry_kind kind)
{
	struct entry *entry;

	if (sample->n == sample->cap) {
		sample->cap = sample->cap > 0 ? sample->cap * 2 : 256;
		sample->entries =
		    memory_grow(sample->entries, sample->cap, sizeof *sample->entries);
	}
	entry = &sample->entries[sample->n++];
	*entry = (struct entry){ .kind = kind, .at = sample->bytes.len };
	return entry;
}

static void
add_cell(struct sample *sample, int column, const struct field *field)
{
	struct entry *entry = add_entry(sample, ENTRY_CELL);

	entry->column = column;
	entry->number = field->number;
	if (field->s != NULL) {
		entry->worded = true;
		entry->n = field->n;
		text_addn(&sample->bytes, field->s, field->n);
	}
}

static void
take_cell(void *self, int position, const struct field *field)
{
	add_cell(self, position, field);
}

static void
take_named(void *self, const char *key, size_t n, const struct field *field)
{
	struct sample *sample = self;

	add_cell(sample, keys_add(&sample->keys, key, n), field);
}

static void
take_words(struct sample *sample, enum entry_kind kind, const char *what, const char *s, size_t n)
{
	struct entry *entry = add_entry(sample, kind);

	entry->what = what;
	entry->n = n;
	text_addn(&sample->bytes, s, n);
}

static void
take_fault(void *self, const char *what, const char *s, size_t n)
{
	take_words(self, ENTRY_FAULT, what, s, n);
}

static void
take_drop(void *self, const char *what, const char *s, size_t n)
{
	struct sample *sample = self;

	sample->n = sample->begun;
	take_words(sample, ENTRY_DROP, what, s, n);
	sample->begun = sample->n;
}

static const char *
entry_text(const struct sample *sample, const struct entry *entry)
{
	return text_get(&sample->bytes) + entry->at;
}

static struct field
entry_field(const struct sample *sample, const struct entry *entry)
{
	return (struct field){ .s = entry->worded ? entry_text(sample, entry) : NULL,
		.n = entry->n,
		.number = entry->number };
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

static bool
is_header(const struct sample *sample)
{
	bool filled = false;

	if (sample->options->no_header || sample->options->columns != NULL)
		return false;
	for (size_t i = sample->begun; i < sample->n; i++) {
		const struct entry *entry = &sample->entries[i];
		bool empty;

		if (entry->kind != ENTRY_CELL)
			continue;
		if (!is_value(entry_text(sample, entry), entry->n, &empty))
			return true;
		filled = filled || !empty;
	}
	return !filled;
}

/* The first record of a source whose cells have no keys: the header, or a row. Returns true when
 * it was the header and so is used up. */
static bool
take_first(struct sample *sample)
{
	size_t to = sample->begun;

	sample->first_seen = true;
	sample->header = is_header(sample);
	for (size_t i = sample->begun; i < sample->n; i++)
		sample->width += sample->entries[i].kind == ENTRY_CELL;
	if (!sample->header)
		return false;
	sample->names = memory_new((size_t)sample->width, sizeof *sample->names);
	for (size_t i = sample->begun; i < sample->n; i++) {
		const struct entry *entry = &sample->entries[i];

		if (entry->kind == ENTRY_CELL)
			sample->names[sample->nnames++] =
			    memory_text(entry_text(sample, entry), entry->n);
		else /* what is wrong with the header is told at the first row */
			sample->entries[to++] = *entry;
	}
	sample->n = sample->begun = to;
	return true;
}

/* Is the record under way a header line? One without any name cannot be told from a row. */
static bool
repeats_names(const struct sample *sample)
{
	bool filled = false;
	int cells = 0;

	for (size_t i = sample->begun; i < sample->n; i++) {
		const struct entry *entry = &sample->entries[i];

		if (entry->kind != ENTRY_CELL)
			continue;
		if (cells == sample->nnames ||
		    !layout_same(sample->names[cells++], entry_text(sample, entry), entry->n))
			return false;
		filled = filled || entry->n > 0;
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
	add_entry(sample, ENTRY_RECORD);
	sample->begun = sample->n;
	sample->rows++;
	if (!full) {
		sample->enough = sample->n;
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
	text_done(&sample->bytes);
	free(sample->entries);
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
	return sample->rows >= SAMPLE_ROWS || sample->bytes.len >= SAMPLE_BYTES ||
	       sample->n >= SAMPLE_ENTRIES;
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

static void
find_types(const struct sample *sample, struct layout *layout)
{
	struct schema *schema = &layout->schema;
	struct census *census = memory_zero((size_t)schema->n, sizeof *census);

	for (int i = 0; i < schema->n; i++)
		layout->epochs[i] = layout_epoch_name(schema->columns[i].name);
	for (size_t i = 0; i < sample->enough; i++) {
		const struct entry *entry = &sample->entries[i];
		int column = entry->kind == ENTRY_CELL ? entry_column(sample, layout, entry) : -1;

		const struct field field = entry_field(sample, entry);

		if (column >= 0)
			census_count(&census[column], &field, layout->epochs[column]);
	}
	for (int i = 0; i < schema->n; i++)
		schema->columns[i].type = census_type(&census[i]);
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
	for (size_t i = 0; i < sample->n; i++) {
		const struct entry *entry = &sample->entries[i];
		int column = entry->kind == ENTRY_CELL ? entry_column(sample, layout, entry) : -1;
		const struct field field = entry_field(sample, entry);
		int64_t time;

		if (column >= 0 && column == layout->schema.time &&
		    cell_time(&field, layout->epochs[column], &time) == CELL_NUMBER)
			return time;
	}
	return 0;
}

/* --- replay ----------------------------------------------------------------------------------- */

static void
replay_cell(const struct sample *sample, const struct entry *entry, struct sink *sink)
{
	const struct field field = entry_field(sample, entry);

	if (sample->named) {
		const char *key = sample->keys.names[entry->column];

		sink->named(sink->self, key, strlen(key), &field);
	} else {
		sink->cell(sink->self, entry->column, &field);
	}
}

void
sample_replay(const struct sample *sample, struct sink *sink)
{
	for (size_t i = 0; i < sample->n; i++) {
		const struct entry *entry = &sample->entries[i];
		const char *s = entry_text(sample, entry);

		switch (entry->kind) {
		case ENTRY_CELL:
			replay_cell(sample, entry, sink);
			break;
		case ENTRY_RECORD:
			sink->record(sink->self);
			break;
		case ENTRY_DROP:
			sink->drop(sink->self, entry->what, s, entry->n);
			break;
		case ENTRY_FAULT:
			sink->fault(sink->self, entry->what, s, entry->n);
			break;
		}
	}
}
