/* weir.c - a recording in a store as a CSV file, or, where its rows are too wide for a table, as
 * NDJSON: its columns have the types that they had.
 *
 * A place in it is a byte of that text, which no database knows: every so many rows it is noted
 * where they began, and rows up to a place beyond are written and passed over. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/rows/dialect.h"
#include "data/rows/schema.h"
#include "data/sources/source.h"
#include "data/store/store_rows.h"

enum { PARAM_RUN, PARAM_SOURCE };
enum { EVERY = 1 << 16 }; /* bytes between two notes */

static const struct param params[] = {
	[PARAM_RUN] = { .name = "run",
	    .type = PARAM_COUNT,
	    .fallback = "0",
	    .max = 1e15,
	    .help = "which run; left out: the last" },
	[PARAM_SOURCE] = { .name = "source",
	    .type = PARAM_TEXT,
	    .fallback = "",
	    .help = "which of its sources; left out: the first" },
	{ .name = NULL },
};

struct note { /* a row, and the byte with which it begins */
	uint64_t byte;
	int64_t rowid;
};

struct store_text {
	struct store_rows *rows;
	struct text text; /* written, and not yet read */
	size_t sent;      /* bytes of it that are */
	uint64_t end;     /* the byte behind the text */
	uint64_t gone;    /* rows written since the start */
	struct note *notes;
	size_t nnotes, cap;
	struct text types;
};

static bool
takes_store(const char *path, bool follow)
{
	size_t n = strcspn(path, "?");
	char *file = memory_text(path, n);
	bool fits = store_is(file);

	free(file);
	return fits && !follow;
}

static int
weir_open(struct source *source, struct error *err)
{
	struct store_text *s = source->state;
	const char *name = source->values[PARAM_SOURCE].text;

	s->rows = store_rows_open(source->rest, (int64_t)source->values[PARAM_RUN].number,
	    name != NULL && name[0] != '\0' ? name : NULL, err);
	return s->rows != NULL ? 0 : -1;
}

/* What was found when it was recorded is told, where nothing else is. */
static void
weir_dialect(struct source *source, struct dialect_options *o)
{
	struct store_text *s = source->state;
	const struct schema *schema = store_rows_schema(s->rows);

	if (o->format == NULL)
		o->format = store_rows_wide(s->rows) ? "ndjson" : "csv";
	if (o->delimiter == 0)
		o->delimiter = ',';
	if (o->quote == 0)
		o->quote = '"';
	if (o->decimal == 0)
		o->decimal = '.';
	if (!o->skip_told)
		o->skip_told = true;
	if (o->encoding == NULL)
		o->encoding = "UTF-8";
	if (o->time == NULL && schema->time >= 0)
		o->time = schema->columns[schema->time].name;
	if (o->types != NULL || store_rows_wide(s->rows))
		return;
	for (int i = 0; i < schema->n; i++) {
		if (strpbrk(schema->columns[i].name, ",=") != NULL ||
		    schema->columns[i].name[0] == '\0')
			continue;
		text_addf(&s->types, "%s%s=%s", s->types.len > 0 ? "," : "",
		    schema->columns[i].name, column_type_name(schema->columns[i].type));
	}
	if (s->types.len > 0)
		o->types = text_get(&s->types);
}

static void
note_place(struct store_text *s)
{
	uint64_t before = s->nnotes > 0 ? s->notes[s->nnotes - 1].byte : 0;

	if (s->end < before + EVERY)
		return;
	if (s->nnotes == s->cap) {
		s->cap = s->cap > 0 ? 2 * s->cap : 64;
		s->notes = memory_grow(s->notes, s->cap, sizeof *s->notes);
	}
	s->notes[s->nnotes++] = (struct note){ s->end, store_rows_at(s->rows) };
}

/* Writes the next row. 0: there is none. */
static int
write_row(struct store_text *s, struct error *err)
{
	bool wide = store_rows_wide(s->rows);
	int status;

	text_clear(&s->text);
	s->sent = 0;
	if (s->end == 0 && !wide) {
		store_rows_csv_header(s->rows, &s->text);
		s->end = s->text.len;
		return 1;
	}
	status = store_rows_next(s->rows, err);
	if (status <= 0)
		return status;
	note_place(s);
	if (wide)
		store_rows_ndjson(s->rows, &s->text);
	else
		store_rows_csv(s->rows, &s->text);
	s->end += s->text.len;
	s->gone++;
	return 1;
}

/* At most cap bytes; buf NULL: they are passed over. Fewer: the rows are at their end. */
static long
take(struct store_text *s, char *buf, size_t cap, struct error *err)
{
	size_t n = 0;

	while (n < cap) {
		size_t part = s->text.len - s->sent;
		int status = part == 0 ? write_row(s, err) : 1;

		if (status < 0)
			return n > 0 ? (long)n : SOURCE_FAIL;
		if (status == 0)
			break;
		part = s->text.len - s->sent;
		if (part > cap - n)
			part = cap - n;
		if (buf != NULL)
			memcpy(buf + n, s->text.s + s->sent, part);
		s->sent += part;
		n += part;
	}
	return (long)n;
}

static long
weir_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	return take(source->state, buf, cap, err);
}

static void
weir_progress(const struct source *source, uint64_t *at, uint64_t *size)
{
	const struct store_text *s = source->state;

	*size = store_rows_count(s->rows);
	*at = s->gone < *size ? s->gone : *size;
}

/* To the last note at or before a byte; without one, to the start. */
static void
go_to_note(struct store_text *s, uint64_t offset)
{
	size_t i = s->nnotes;

	while (i > 0 && s->notes[i - 1].byte > offset)
		i--;
	s->end = i > 0 ? s->notes[i - 1].byte : 0;
	store_rows_seek(s->rows, i > 0 ? s->notes[i - 1].rowid : 0);
	text_clear(&s->text);
	s->sent = 0;
	s->gone = i > 0 ? (uint64_t)(s->notes[i - 1].rowid - s->notes[0].rowid) : 0;
}

static int
weir_seek(struct source *source, uint64_t offset, struct error *err)
{
	struct store_text *s = source->state;
	uint64_t at = s->end - (s->text.len - s->sent);

	if (offset < at) {
		go_to_note(s, offset);
		at = s->end;
	}
	while (at < offset) {
		size_t part = offset - at < EVERY ? (size_t)(offset - at) : EVERY;
		long n = take(s, NULL, part, err);

		if (n < 0)
			return -1;
		if (n == 0)
			return error_set(err,
			    "%s: has no byte %llu any more (its oldest rows may be gone: start "
			    "anew)",
			    source->spec, (unsigned long long)offset);
		at += (uint64_t)n;
	}
	return 0;
}

static void
weir_close(struct source *source)
{
	struct store_text *s = source->state;

	store_rows_close(s->rows);
	text_done(&s->text);
	text_done(&s->types);
	free(s->notes);
}

const struct source_class source_weir = {
	.scheme = "",
	.form = "FILE.weir?run=N&source=NAME",
	.help = "replay what --store recorded",
	.takes = takes_store,
	.params = params,
	.size = sizeof(struct store_text),
	.open = weir_open,
	.dialect = weir_dialect,
	.read = weir_read,
	.progress = weir_progress,
	.seek = weir_seek,
	.close = weir_close,
};
