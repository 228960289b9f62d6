/* record_log.c - calls of a sink as bytes. See tape.h.
 *
 * Of an entry stand a byte with its kind, then its numbers, seven bits a byte, then its text. */
#include "data/rows/record_log.h"

#include <assert.h>
#include <string.h>

static void
put(struct record_log *tape, size_t v)
{
	for (; v >= 0x80; v >>= 7)
		text_addc(&tape->bytes, (char)(v | 0x80));
	text_addc(&tape->bytes, (char)v);
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
put_text(struct record_log *tape, const char *s, size_t n)
{
	put(tape, n);
	text_addn(&tape->bytes, s, n);
}

void
record_log_cell(struct record_log *tape, int column, const struct field *field)
{
	text_addc(&tape->bytes, ENTRY_CELL);
	put(tape, (size_t)column);
	put_text(tape, field->s, field->n);
}

void
record_log_record(struct record_log *tape)
{
	text_addc(&tape->bytes, ENTRY_RECORD);
}

void
record_log_words(
    struct record_log *tape, enum entry_kind kind, const char *what, const char *s, size_t n)
{
	text_addc(&tape->bytes, (char)kind);
	text_addn(&tape->bytes, (const char *)&what, sizeof what);
	put_text(tape, s, n);
}

static const char *
get_text(const char *p, struct field *field)
{
	field->n = get(&p);
	field->s = p;
	return p + field->n;
}

bool
record_log_next(const struct record_log *tape, size_t *at, struct entry *entry)
{
	const char *p = text_get(&tape->bytes) + *at;

	if (*at >= tape->bytes.len)
		return false;
	*entry = (struct entry){ .kind = (enum entry_kind) * p++ };
	if (entry->kind == ENTRY_CELL) {
		entry->column = (int)get(&p);
		p = get_text(p, &entry->field);
	} else if (entry->kind != ENTRY_RECORD) {
		memcpy(&entry->what, p, sizeof entry->what);
		p = get_text(p + sizeof entry->what, &entry->field);
	}
	*at = (size_t)(p - text_get(&tape->bytes));
	return true;
}

void
record_log_cut(struct record_log *tape, size_t at)
{
	assert(at <= tape->bytes.len);
	tape->bytes.len = at;
}

void
record_log_append(struct record_log *tape, const struct record_log *other)
{
	text_addn(&tape->bytes, text_get(&other->bytes), other->bytes.len);
}

void
record_log_done(struct record_log *tape)
{
	text_done(&tape->bytes);
}
