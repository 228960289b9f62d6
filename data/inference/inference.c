/* inference.c - the first records of a source, held back until they have told what its columns are.
 *
 * Rows are kept as the format gave them, to be replayed when the layout is known: so what follows
 * has but one way of reading cells. How many records are header and units, the dialect tells. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/text.h"
#include "data/rows/block.h"
#include "data/rows/look.h"
#include "data/inference/inference_parts.h"

enum {
	SAMPLE_ROWS = 100,
	SAMPLE_BYTES = 1 << 24 /* rows may be long; so many bytes of them are enough */
};

static void
take_cell(void *self, int position, const struct field *field)
{
	struct inference *inference = self;

	heads_meet(&inference->heads, &inference->met, position, field->s, field->n);
	inference->cells = position + 1;
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

	inference->mended = true;
	record_log_fault(&inference->tape, what, s, n);
}

/* The next record begins. */
static void
begin(struct inference *inference)
{
	inference->begun = inference->tape.bytes.len;
	heads_begin(&inference->met, heads_all(&inference->heads));
	inference->cells = 0;
	inference->mended = false;
}

static void
take_drop(void *self, const char *what, const char *s, size_t n)
{
	struct inference *inference = self;

	record_log_cut(&inference->tape, inference->begun);
	record_log_drop(&inference->tape, what, s, n, &inference->sink.after);
	begin(inference);
}

static void
take_document(void *self)
{
	struct inference *inference = self;

	record_log_document(&inference->tape);
	begin(inference);
	inference->other = false;
	inference->fresh = heads_all(&inference->heads);
}

static void
take_tag(void *self, int number, const struct field *field)
{
	struct inference *inference = self;

	record_log_tag(&inference->tape, number, field);
	inference->begun = inference->tape.bytes.len;
}

bool
inference_cell(const struct inference *inference, size_t *at, struct entry *entry)
{
	while (record_log_next(&inference->tape, at, entry))
		if (entry->kind == ENTRY_CELL)
			return true;
	return false;
}

/* The titles that the dialect kept are known again as the header is. */
static void
take_titles(struct inference *inference)
{
	struct heads *heads = &inference->heads;
	const char *s = inference->dialect->titles;

	for (; *s != '\0' && heads->n < HEADS_MAX; s++) {
		int k = heads->n++;

		for (heads->width[k] = 0; *s != TITLE_RECORD; s++) {
			size_t n = strcspn(s, (const char[]){ TITLE_CELL, '\0' });
			int cell = heads->width[k]++;

			heads->cells[k] = memory_grow(
			    heads->cells[k], (size_t)heads->width[k], sizeof *heads->cells[k]);
			heads->cells[k][cell] = memory_text(s, n);
			s += n;
		}
	}
}

static bool
is_clock(const char *s)
{
	return strchr(s, ':') != NULL && look_is_time(s, strlen(s));
}

/* A header that begins with the time at which it was written, as sar has it. */
static void
forget_clock(struct heads *heads, int k)
{
	char **cells = heads->cells[k];

	if (heads->width[k] < 3 || !is_clock(cells[0]) || is_clock(cells[1]))
		return;
	free(cells[0]);
	cells[0] = memory_text((const char[]){ HEAD_CLOCK }, 1);
}

/* A record of the header, or of units. What was wrong up to its end is told before the first row,
 * and is no part of it. */
static void
take_head(struct inference *inference)
{
	struct heads *heads = &inference->heads;
	struct record_log head = { 0 };
	struct entry entry;
	int k = heads->n++;

	heads->cells[k] = memory_new((size_t)inference->cells, sizeof *heads->cells[k]);
	for (size_t at = 0; record_log_next(&inference->tape, &at, &entry);) {
		const struct field *f = &entry.field;

		if (entry.kind == ENTRY_CELL)
			heads->cells[k][heads->width[k]++] = memory_text(f->s, f->n);
		else if (entry.what != NULL)
			record_log_drop(&head, entry.what, f->s, f->n, &inference->sink.after);
	}
	forget_clock(heads, k);
	record_log_done(&inference->tape);
	inference->tape = head;
	inference->head = head.bytes.len;
	inference->body = inference->sink.after;
	inference->top--;
	if (inference->top == 0)
		take_titles(inference);
	begin(inference);
}

/* A head that comes again: of a new document each may once. */
static void
take_again(struct inference *inference, unsigned heads)
{
	if ((inference->fresh & heads) != 0) {
		inference->fresh &= ~heads;
		record_log_cut(&inference->tape, inference->begun);
		begin(inference);
	} else {
		take_drop(inference, fault_header_again, "", 0);
	}
}

/* As the decoder asks, of the records behind the sample. */
static bool
is_of_other(struct inference *inference)
{
	const struct dialect *dialect = inference->dialect;
	char line[24];
	bool wide = inference->cells <= dialect->width &&
		    inference->cells >= dialect->width - dialect->empty_tail;

	if (dialect->width < 2 || (wide && (!inference->mended || !inference->other)))
		return false;
	if (heads_other(&inference->heads, &inference->met, inference->cells)) {
		if (inference->goes_on) {
			take_drop(inference, fault_other_columns, "", 0);
			return true;
		}
		inference->other = true;
		inference->sink.after.flags |= POSITION_OTHER;
		take_drop(inference, fault_other_header, line,
		    (size_t)snprintf(
			line, sizeof line, "%llu", (unsigned long long)inference->sink.after.line));
	} else if (inference->other) {
		inference->sink.after.flags |= POSITION_OTHER;
		take_drop(inference, fault_other_table, "", 0);
	}
	return inference->other;
}

static void
take_record(void *self)
{
	struct inference *inference = self;
	bool full = inference_full(inference);
	unsigned again = heads_whole(&inference->heads, inference->met.like, inference->cells);

	if (inference->top > 0) {
		take_head(inference);
		return;
	}
	if (!inference->named && again == 0 && inference->beside != 0 &&
	    heads_beside(&inference->heads, inference->beside, inference->cells,
		inference->dialect->width)) {
		take_drop(inference, fault_other_table, "", 0);
		return;
	}
	inference->beside = again;
	if (!inference->named && again == 0 && is_of_other(inference))
		return;
	inference->other = false;
	if (!inference->named && again != 0) {
		take_again(inference, again);
		return;
	}
	inference->fresh = 0;
	record_log_record(&inference->tape, &inference->sink.after);
	begin(inference);
	inference->rows++;
	if (!full) {
		inference->enough = inference->begun;
		inference->nkeys = inference->keys.n;
	}
}

struct inference *
inference_new(bool named, const struct dialect_options *options, const struct dialect *dialect)
{
	struct inference *inference = memory_zero(1, sizeof *inference);

	inference->named = named;
	inference->options = options;
	inference->dialect = dialect;
	inference->top = named ? 0 : dialect->header + dialect->units;
	inference->sink = (struct record_sink){
		.cell = take_cell,
		.named = take_named,
		.record = take_record,
		.drop = take_drop,
		.fault = take_fault,
		.document = take_document,
		.tag = take_tag,
		.self = inference,
	};
	return inference;
}

void
inference_go_on(struct inference *inference)
{
	inference->goes_on = true;
}

void
inference_free(struct inference *inference)
{
	if (inference == NULL)
		return;
	heads_done(&inference->heads);
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

int
inference_column(
    const struct inference *inference, const struct row_map *map, const struct entry *entry)
{
	if (!inference->named)
		return entry->column < map->schema.n ? entry->column : -1;
	const char *key = inference->keys.names[entry->column];

	return map->told ? name_index_find(&map->keys, key, strlen(key)) : entry->column;
}

int
inference_map(struct inference *inference, const struct tag_column *tags, const char *source,
    struct row_map *map, struct error *err)
{
	const struct dialect_options *options = inference->options;

	map->told = options->columns != NULL;
	inference_name(inference, map);
	map->schema.source = memory_text(source, strlen(source));
	map->heads = inference->heads;
	inference->heads = (struct heads){ 0 };
	if (row_map_times(map, options, err) < 0)
		return -1;
	inference_type(inference, map);
	for (int i = 0; tags != NULL && tags[i].name != NULL; i++)
		row_map_tag(map, &tags[i]);
	if (row_map_types(map, options->types, options->time, err) < 0)
		return -1;
	return row_map_times(map, options, err);
}

struct position
inference_body(const struct inference *inference, struct position start)
{
	return inference->body.offset > 0 ? inference->body : start;
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
		case ENTRY_TAG:
			if (sink->tag != NULL)
				sink->tag(sink->self, entry.column, f);
			break;
		}
	}
}
