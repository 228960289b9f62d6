/* records.c - what a format or a feed gave, as text to compare. */
#include "tests/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/numbers/number.h"
#include "data/base/times/times.h"
#include "tests/support.h"

static void
add_shown(struct text *text, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		text_addc(text, s[i] == '\0' ? '~' : s[i] == '\n' || s[i] == '\r' ? '/' : s[i]);
}

/* --- formats --- */

struct transcript {
	struct text *text;
	struct text record; /* the one under way */
	int cells;
	const struct record_sink *sink;
	bool positions;
	uint32_t pass; /* records still to be left out */
};

static void
add_field(struct transcript *t, const struct field *field)
{
	add_shown(&t->record, field->s, field->n);
}

static void
on_cell(void *self, int position, const struct field *field)
{
	struct transcript *t = self;

	ck_assert_int_eq(position, t->cells);
	if (t->cells++ > 0)
		text_addc(&t->record, '|');
	add_field(t, field);
}

static void
on_named(void *self, const char *key, size_t n, const struct field *field)
{
	struct transcript *t = self;

	if (t->cells++ > 0)
		text_addc(&t->record, '|');
	text_addn(&t->record, key, n);
	text_addc(&t->record, '=');
	add_field(t, field);
}

static void
forget(struct transcript *t)
{
	text_clear(&t->record);
	t->cells = 0;
}

static void
add_position(struct transcript *t)
{
	const struct position *p = &t->sink->after;

	if (t->positions)
		text_addf(t->text, "@%llu:%llu:%u:%u\n", (unsigned long long)p->offset,
		    (unsigned long long)p->line, p->flags, p->passed);
}

static void
on_record(void *self)
{
	struct transcript *t = self;

	if (t->pass > 0) {
		t->pass--;
		forget(t);
		return;
	}
	text_add(t->text, text_get(&t->record));
	text_addc(t->text, '\n');
	forget(t);
	add_position(t);
}

static void
add_words(struct text *text, char mark, const char *what, const char *s, size_t n)
{
	text_addf(text, "%c%s: ", mark, what);
	add_shown(text, s, n);
	text_addc(text, '\n');
}

static void
on_drop(void *self, const char *what, const char *s, size_t n)
{
	struct transcript *t = self;

	forget(t);
	add_words(t->text, '!', what, s, n);
	add_position(t);
}

static void
on_fault(void *self, const char *what, const char *s, size_t n)
{
	struct transcript *t = self;

	add_words(t->text, '?', what, s, n);
}

static void
transcribe(struct transcript *t, const char *told, char delimiter, const char *bytes, size_t n,
    size_t piece, const struct position *from)
{
	struct error err = { 0 };
	const char *parameter;
	const struct format_class *class = format_told(told, &parameter, &err);
	struct record_sink sink = { .cell = on_cell,
		.named = on_named,
		.record = on_record,
		.drop = on_drop,
		.fault = on_fault,
		.self = t };
	struct format format;
	bool tabs = strcmp(class->name, "tsv") == 0 && delimiter == 0;
	const struct dialect dialect = { .delimiter = tabs             ? '\t'
						      : delimiter != 0 ? delimiter
								       : ',',
		.quote = '"',
		.comment = '#',
		.parameter = parameter };

	ck_assert_msg(class != NULL, "%s", err.text);
	t->sink = &sink;
	t->pass = from->passed;
	format_open_at(&format, class, &dialect, &sink, from);
	for (size_t at = (size_t)from->offset; at < n;) {
		size_t k = piece == 0 || piece > n - at ? n - at : piece;
		char *copy = malloc(k); /* so that a sanitizer sees reads beyond the piece */

		memcpy(copy, bytes + at, k);
		class->feed(&format, copy, k);
		free(copy);
		at += k;
	}
	class->finish(&format);
	format_close(&format);
	text_done(&t->record);
}

void
format_transcript(struct text *text, const char *format, char delimiter, const char *bytes,
    size_t n, size_t piece)
{
	struct transcript t = { .text = text };

	transcribe(&t, format, delimiter, bytes, n, piece, &(struct position){ 0 });
}

void
format_positions(struct text *text, const char *format, char delimiter, const char *bytes, size_t n,
    size_t piece, const struct position *from)
{
	struct transcript t = { .text = text, .positions = true };

	transcribe(&t, format, delimiter, bytes, n, piece, from);
}

/* --- feeds --- */

void
schema_transcript(struct text *text, const struct schema *schema)
{
	text_addf(text, "%s:", schema->source);
	for (int i = 0; i < schema->n; i++)
		text_addf(text, " %s=%s", schema->columns[i].name,
		    column_type_name(schema->columns[i].type));
	if (schema->time >= 0)
		text_addf(text, ", time %s", schema->columns[schema->time].name);
	text_addc(text, '\n');
}

static void
add_block_cell(struct text *text, const struct block *block, int column, int row)
{
	union cells cells = block->cells[column];

	switch (block->schema->columns[column].type) {
	case COLUMN_NUMBER:
		if (!number_missing(cells.number[row]))
			text_number(text, cells.number[row]);
		break;
	case COLUMN_TIME:
		if (cells.time[row] != TIME_NONE)
			text_addf(text, "@%.13g", time_seconds(cells.time[row]));
		break;
	case COLUMN_TEXT:
		if (cells.text[row].s != NULL) {
			text_addc(text, '\'');
			add_shown(text, cells.text[row].s, cells.text[row].n);
		}
		break;
	}
}

static void
add_block_row(struct text *text, const struct block *block, int row)
{
	const struct schema *schema = block->schema;

	text_addf(text, "%d: ", (int)block->first_row + row);
	for (int i = 0; i < schema->n; i++) {
		if (i > 0)
			text_addc(text, '|');
		add_block_cell(text, block, i, row);
	}
	if (schema->time >= 0)
		text_addf(text, " @%.13g", time_seconds(block->time[row]));
	else
		ck_assert(block->time[row] > 0);
	text_addc(text, '\n');
}

void
row_transcript(struct text *text, const struct block *block, int row)
{
	for (int i = 0; i < block->nfaults; i++) {
		const struct fault *f = &block->faults[i];

		if (f->row != row)
			continue;
		text_addf(text, "%d?%s ", (int)block->first_row + row,
		    f->column >= 0 ? block->schema->columns[f->column].name : "-");
		text_add(text, f->what);
		text_add(text, ": ");
		add_shown(text, f->text.s, f->text.n);
		text_addc(text, '\n');
	}
	if (row < block->n)
		add_block_row(text, block, row);
}

static void
add_block(struct text *text, const struct block *block)
{
	for (int row = 0; row == 0 || row < block->n; row++)
		row_transcript(text, block, row);
	for (int i = 0; i < block->nfaults; i++) { /* in the order of their rows */
		ck_assert_int_le(block->faults[i].row, block->n > 0 ? block->n - 1 : 0);
		if (i > 0)
			ck_assert_int_ge(block->faults[i].row, block->faults[i - 1].row);
	}
	ck_assert(block->n > 0 || block->nfaults > 0);
	ck_assert_int_le(block->n, block->cap);
}

void
rows_transcript(struct text *text, struct feed *feed)
{
	for (const struct block *b = feed_block(feed); b != NULL; b = feed_block(feed)) {
		add_block(text, b);
		feed_drop(feed);
	}
}

void
feed_transcript(struct text *text, const char *source, const struct feed_options *options)
{
	struct error err = { 0 };
	uv_loop_t loop;
	struct feed *feed;
	enum feed_state state = FEED_READY;

	uv_loop_init(&loop);
	feed = feed_open(source, options, &loop, &err);
	if (feed == NULL) {
		text_addf(text, "usage: %s\n", err.text);
		uv_loop_close(&loop);
		return;
	}
	struct text rows = { 0 };
	while (state == FEED_READY || state == FEED_WAIT || state == FEED_MORE) {
		state = feed_fill(feed, &err);
		if (state == FEED_WAIT)
			uv_run(&loop, UV_RUN_ONCE);
		rows_transcript(&rows, feed);
	}
	if (feed_schema(feed) != NULL)
		schema_transcript(text, feed_schema(feed));
	text_add(text, text_get(&rows));
	if (state != FEED_END)
		text_addf(text, "%s: %s\n", state == FEED_WRONG ? "wrong" : "failed", err.text);
	text_done(&rows);
	feed_close(feed);
	uv_run(&loop, UV_RUN_DEFAULT);
	ck_assert_int_eq(uv_loop_close(&loop), 0);
}

static void
file_path(char *path, size_t size, const char *name)
{
	snprintf(path, size, "/tmp/weir-test-%d-%s", (int)getpid(), name);
}

const char *
file_with(const char *name, const void *bytes, size_t n)
{
	static char path[200];
	FILE *file;

	file_path(path, sizeof path, name);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
	fclose(file);
	return path;
}

void
file_remove(const char *name)
{
	char path[200];

	file_path(path, sizeof path, name);
	unlink(path);
}

void
records_table(struct text *bytes, int n)
{
	struct rng rng = { .state = (uint64_t)n };

	text_add(bytes, "time,a,\"b c\",kind\r\n");
	for (int i = 0; i < n; i++) {
		static const char *const odd[] = { "1,2\n", "\n", "x,y,z,w\r\n", ",,,\n",
			"1,2,3,4,5\r", "time,a,b c,kind\n", "5,\"a\nb\",\"c\"\"d\",e\n" };

		if (rng_next(&rng) % 10 == 0)
			text_add(bytes, odd[rng_next(&rng) % 7]);
		text_addf(bytes, "%d,%.6g,%.6g,\"k%d\"\n", 1700000000 + i, rng_normal(&rng),
		    rng_uniform(&rng), i % 7);
	}
}
