/* sample.c - records cut into cells, in any way of writing that is thought of.
 *
 * This is not how rows are read: it looks at few bytes in many ways, and so it copies nothing and
 * leaves doubled quotes as they stand. */
#include "data/dialect/sample.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/rows/dialect.h"

enum { QUOTED_LINES = 40 }; /* a quoted cell has no more, or its quote was left open */

struct cursor {
	const char *s, *end; /* where it stands; the end of the bytes */
	const struct writing *writing;
	int lines; /* that ended in the record so far */
	bool open; /* a quote was left open */
};

static void
add_cell(struct sample *sample, const char *s, const char *end, bool quoted)
{
	if (sample->ncells == sample->cap) {
		sample->cap = sample->cap > 0 ? sample->cap * 2 : 1024;
		sample->cells =
		    memory_grow(sample->cells, (size_t)sample->cap, sizeof *sample->cells);
	}
	sample->cells[sample->ncells++] =
	    (struct span){ .s = s, .n = (int)(end - s), .quoted = quoted };
}

static bool
is_end(const char *s, const char *end)
{
	return s == end || *s == '\n' || *s == '\r';
}

/* Blanks around cells; where cells are words, they part them. */
static bool
is_blank(const struct cursor *c, char byte)
{
	return (byte == ' ' || byte == '\t') &&
	       (c->writing->words || byte != c->writing->delimiter);
}

/* Does a cell of words end before the blank at p? */
static bool
is_gap(const struct cursor *c, const char *p)
{
	return is_blank(c, *p) && (c->writing->delimiter != DELIMITER_RUNS || *p == '\t' ||
				      is_end(p + 1, c->end) || is_blank(c, p[1]));
}

/* Passes over a line end, CR LF being one. */
static void
skip_end(struct cursor *c)
{
	if (c->s < c->end && *c->s == '\r' && c->s + 1 < c->end && c->s[1] == '\n')
		c->s++;
	if (c->s < c->end)
		c->s++;
}

/* Does a cell end here, blanks aside? */
static const char *
cell_end(const struct cursor *c, const char *s)
{
	const char *p = s;

	while (p < c->end && is_blank(c, *p))
		p++;
	if (is_end(p, c->end) || (c->writing->words && p > s) ||
	    (!c->writing->words && *p == c->writing->delimiter))
		return p;
	return NULL;
}

/* A cell whose opening quote stands before the cursor. It leaves c->open when no quote closes. */
static void
cut_quoted(struct sample *sample, struct cursor *c)
{
	const struct writing *w = c->writing;
	const char *from = c->s;
	const char *behind;

	for (; c->s < c->end && c->lines <= QUOTED_LINES; c->s++) {
		c->lines +=
		    *c->s == '\n' || (*c->s == '\r' && c->s + 1 < c->end && c->s[1] != '\n');
		if (w->escape != 0 && *c->s == w->escape && c->s + 1 < c->end) {
			c->s++;
		} else if (*c->s == w->quote) {
			if (c->s + 1 < c->end && c->s[1] == w->quote) {
				c->s++;
			} else if ((behind = cell_end(c, c->s + 1)) != NULL) {
				add_cell(sample, from, c->s, true);
				c->s = behind;
				return;
			}
		}
	}
	c->open = true;
}

static void
cut_plain(struct sample *sample, struct cursor *c)
{
	const struct writing *w = c->writing;
	const char *from = c->s;

	while (!is_end(c->s, c->end) && (w->words ? !is_gap(c, c->s) : *c->s != w->delimiter))
		c->s++;
	if (w->words)
		c->s += look_half_day(from, c->s, c->end);
	add_cell(sample, from, c->s, false);
}

/* The cells up to the end of the record; a last delimiter has an empty cell behind it, unless
 * cells are words. */
static void
cut_cells(struct sample *sample, struct cursor *c)
{
	const struct writing *w = c->writing;

	for (;;) {
		const char *p = c->s;

		while (p < c->end && is_blank(c, *p))
			p++;
		if (w->words)
			c->s = p;
		if (w->words && is_end(p, c->end))
			return;
		if (w->quote != 0 && p < c->end && *p == w->quote) {
			c->s = p + 1;
			cut_quoted(sample, c);
			if (c->open)
				return;
		} else {
			cut_plain(sample, c);
		}
		if (is_end(c->s, c->end))
			return;
		c->s++;
	}
}

static void
cut_record(struct sample *sample, struct cursor *c)
{
	struct record *record = &sample->records[sample->n];
	struct cursor begin = *c;

	cut_cells(sample, c);
	if (c->open) {
		const struct writing plain = { .delimiter = begin.writing->delimiter,
			.words = begin.writing->words };
		struct cursor again = begin;

		again.writing = &plain;
		sample->ncells = record->first;
		cut_cells(sample, &again);
		c->s = again.s;
		c->lines = 0;
		c->open = false;
	}
	record->n = sample->ncells - record->first;
}

/* A rule between the rows of a drawn table is as good as a blank line. */
static bool
is_rule_line(const struct cursor *c)
{
	const char *p = c->s;

	while (!is_end(p, c->end))
		p++;
	return c->writing->delimiter == '|' && look_is_rule(c->s, (size_t)(p - c->s));
}

static bool
is_blank_line(const struct cursor *c)
{
	const char *p = c->s;

	while (p < c->end && (*p == ' ' || (*p == '\t' && c->writing->delimiter != '\t')))
		p++;
	return is_end(p, c->end);
}

/* The bytes of "#Fields:" or "#fields<TAB>" before the names of a log; 0: the line names none. */
static size_t
names_mark(const char *s, size_t n)
{
	return n > 8 && (memcmp(s, "#Fields:", 8) == 0 || memcmp(s, "#fields\t", 8) == 0) ? 8 : 0;
}

static void
take_record(struct sample *sample, struct cursor *c)
{
	struct record *record = &sample->records[sample->n];

	*record = (struct record){ .first = sample->ncells, .line = sample->lines };
	if (c->end - c->s >= 3 && memcmp(c->s, "\xef\xbb\xbf", 3) == 0)
		c->s += 3; /* files that were put together have marks inside */
	if (c->s < c->end && *c->s == c->writing->comment && c->writing->comment != 0) {
		record->comment = true;
		c->s += names_mark(c->s, (size_t)(c->end - c->s));
		while (c->s < c->end && (*c->s == c->writing->comment || is_blank(c, *c->s) ||
					    (*c->s == '\t' && c->s[-1] == ':')))
			c->s++;
	}
	cut_record(sample, c);
	record->lines = c->lines + 1;
}

void
sample_take(
    struct sample *sample, const char *s, size_t n, bool whole, const struct writing *writing)
{
	struct cursor c = { .s = s, .end = s + n, .writing = writing };

	sample->n = sample->ncells = sample->lines = sample->comments = 0;
	while (c.s < c.end && sample->n < SAMPLE_RECORDS) {
		c.lines = 0;
		if (is_blank_line(&c) || is_rule_line(&c)) {
			while (!is_end(c.s, c.end))
				c.s++;
			sample->lines++;
			skip_end(&c);
			continue;
		}
		take_record(sample, &c);
		if (c.s == c.end && !whole && sample->n > 0)
			return;
		sample->lines += sample->records[sample->n].lines;
		sample->comments += sample->records[sample->n].comment;
		sample->n++;
		skip_end(&c);
	}
}

void
sample_done(struct sample *sample)
{
	free(sample->cells);
	*sample = (struct sample){ 0 };
}

const struct span *
sample_cell(const struct sample *sample, const struct record *record, int column)
{
	return column < record->n ? &sample->cells[record->first + column] : NULL;
}

enum look
sample_look(const struct sample *sample, const struct record *record, int column)
{
	const struct span *span = sample_cell(sample, record, column);

	return span != NULL ? look_of(span->s, (size_t)span->n) : LOOK_EMPTY;
}

int
sample_filled(const struct sample *sample, const struct record *record)
{
	int filled = 0;

	for (int i = 0; i < record->n; i++) {
		const struct span *span = &sample->cells[record->first + i];
		size_t n = (size_t)span->n;

		look_trim(span->s, &n);
		filled += n > 0;
	}
	return filled;
}
