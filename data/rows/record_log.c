/* record_log.c - calls of a sink as bytes. See record_log.h.
 *
 * Of an entry stand a byte with its kind, then its numbers, seven bits a byte, then its text. */
#include "data/rows/record_log.h"

#include <assert.h>
#include <string.h>

static void
put(struct record_log *log, size_t v)
{
	for (; v >= 0x80; v >>= 7)
		text_addc(&log->bytes, (char)(v | 0x80));
	text_addc(&log->bytes, (char)v);
}

static size_t
get(const char **p)
{
	size_t v = 0;

	for (int shift = 0;; shift += 7) {
		unsigned char c = (unsigned char)*(*p)++;

		v |= (size_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return v;
	}
}

static void
put_text(struct record_log *log, const char *s, size_t n)
{
	put(log, n);
	text_addn(&log->bytes, s, n);
}

void
record_log_cell(struct record_log *log, int column, const struct field *field)
{
	text_addc(&log->bytes, ENTRY_CELL);
	put(log, (size_t)column);
	put_text(log, field->s, field->n);
}

static void
put_position(struct record_log *log, const struct position *p)
{
	put(log, p->offset);
	put(log, p->line);
	put(log, p->flags);
	put(log, p->passed);
	put(log, p->lane);
}

static const char *
get_position(const char *p, struct position *position)
{
	position->offset = get(&p);
	position->line = get(&p);
	position->flags = (uint32_t)get(&p);
	position->passed = (uint32_t)get(&p);
	position->lane = (uint32_t)get(&p);
	return p;
}

void
record_log_record(struct record_log *log, const struct position *after)
{
	text_addc(&log->bytes, ENTRY_RECORD);
	put_position(log, after);
}

static void
put_words(struct record_log *log, enum entry_kind kind, const char *what, const char *s, size_t n)
{
	text_addc(&log->bytes, (char)kind);
	text_addn(&log->bytes, (const char *)&what, sizeof what);
	put_text(log, s, n);
}

void
record_log_drop(
    struct record_log *log, const char *what, const char *s, size_t n, const struct position *after)
{
	put_words(log, ENTRY_DROP, what, s, n);
	put_position(log, after);
}

void
record_log_fault(struct record_log *log, const char *what, const char *s, size_t n)
{
	put_words(log, ENTRY_FAULT, what, s, n);
}

void
record_log_document(struct record_log *log)
{
	text_addc(&log->bytes, ENTRY_DOCUMENT);
}

void
record_log_tag(struct record_log *log, int number, const struct field *field)
{
	text_addc(&log->bytes, ENTRY_TAG);
	put(log, (size_t)number);
	put_text(log, field->s, field->n);
}

static const char *
get_text(const char *p, struct field *field)
{
	field->n = get(&p);
	field->s = p;
	return p + field->n;
}

bool
record_log_next(const struct record_log *log, size_t *at, struct entry *entry)
{
	const char *p = text_get(&log->bytes) + *at;

	if (*at >= log->bytes.len)
		return false;
	*entry = (struct entry){ .kind = (enum entry_kind) * p++ };
	if (entry->kind == ENTRY_CELL || entry->kind == ENTRY_TAG) {
		entry->column = (int)get(&p);
		p = get_text(p, &entry->field);
	}
	if (entry->kind == ENTRY_DROP || entry->kind == ENTRY_FAULT) {
		memcpy(&entry->what, p, sizeof entry->what);
		p = get_text(p + sizeof entry->what, &entry->field);
	}
	if (entry->kind == ENTRY_RECORD || entry->kind == ENTRY_DROP)
		p = get_position(p, &entry->after);
	*at = (size_t)(p - text_get(&log->bytes));
	return true;
}

void
record_log_cut(struct record_log *log, size_t at)
{
	assert(at <= log->bytes.len);
	log->bytes.len = at;
}

void
record_log_done(struct record_log *log)
{
	text_done(&log->bytes);
}
