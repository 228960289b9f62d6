/* csv_cells.c - the cells of a line with quotes that are not as they should be.
 *
 * A quote too many costs its own cell and nothing else: where the cells are not as many as in other
 * rows, the line is read in other ways, and the first that gives as many is taken:
 * - a quote in a cell that does not stand before a delimiter is a character of it;
 * - nothing escapes a quote, and only one before a delimiter ends a cell;
 * - a delimiter is missing before a quote that opens a cell;
 * - one quote that opens a cell is a plain character;
 * - another delimiter was used in this line.
 * Where all quotes of the line are as they should be, none is thought of as a plain character: the
 * row is a shorter or a longer one, and stays so. */
#include "data/formats/csv/csv_cells.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum { OPENING_MAX = 40 }; /* so many quotes are thought of as plain ones, or as opening ones */

void
csv_cells_clear(struct csv_cells *cells)
{
	text_clear(&cells->bytes);
	cells->n = 0;
}

static void
end_cell(struct csv_cells *cells)
{
	if (cells->n == cells->cap) {
		cells->cap = cells->cap > 0 ? cells->cap * 2 : 16;
		cells->ends = memory_grow(cells->ends, (size_t)cells->cap, sizeof *cells->ends);
	}
	cells->ends[cells->n++] = cells->bytes.len;
}

void
csv_cells_add(struct csv_cells *cells, const char *s, size_t n)
{
	text_addn(&cells->bytes, s, n);
	end_cell(cells);
}

const char *
csv_cells_get(const struct csv_cells *cells, int i, size_t *n)
{
	size_t from = i > 0 ? cells->ends[i - 1] : 0;

	*n = cells->ends[i] - from;
	return text_get(&cells->bytes) + from;
}

void
csv_cells_done(struct csv_cells *cells)
{
	text_done(&cells->bytes);
	free(cells->ends);
	*cells = (struct csv_cells){ 0 };
}

/* --- one reading of a line -------------------------------------------------------------------- */

struct reading {
	char delimiter, quote, escape;
	bool blanks; /* those around cells are no part of them */
	bool early;  /* nothing escapes a quote */
	int literal; /* the how-manieth opening quote is a plain character; -1: none */
	int opened;  /* opening quotes met */
	int strays;  /* quotes that neither begin nor end a cell */
	int missing; /* the how-manieth place is one where a delimiter is missing; -1: none */
	int places;  /* such places met: a quote behind plain characters, two between words */
	int doubled; /* quotes of cells that were doubled */
	bool open;   /* the last cell was not closed */
	const char *end;
};

static bool
is_blank(const struct reading *r, char c)
{
	return (c == ' ' || c == '\t') && c != r->delimiter;
}

/* Where the delimiter or the end stands behind a closing quote, blanks aside; NULL: elsewhere. */
static const char *
behind_quote(const struct reading *r, const char *s)
{
	while (s < r->end && is_blank(r, *s))
		s++;
	return s == r->end || *s == r->delimiter ? s : NULL;
}

static bool
is_missing(struct reading *r)
{
	return r->places++ == r->missing;
}

/* Two quotes at s are one that was doubled, or the end of a cell and the begin of the next one. The
 * former stand around a word, or are inches: with a blank or a number beside them. */
static bool
is_missing_between(struct reading *r, const char *s)
{
	bool words = !is_blank(r, s[-1]) && !(s[-1] >= '0' && s[-1] <= '9') && s[-1] != r->quote &&
		     s + 2 < r->end && !is_blank(r, s[2]) && s[2] != r->quote &&
		     s[2] != r->delimiter;

	if (words && is_missing(r))
		return true;
	r->doubled++;
	return false;
}

/* A cell behind its opening quote. Returns where it ended. */
static const char *
cut_quoted(struct csv_cells *cells, struct reading *r, const char *s)
{
	for (; s < r->end; s++) {
		const char *behind = *s == r->quote ? behind_quote(r, s + 1) : NULL;
		bool doubled = *s == r->quote && s + 1 < r->end && s[1] == r->quote;

		if (!r->early && *s == r->escape && r->escape != 0 && s + 1 < r->end &&
		    s[1] == r->quote) {
			s++;
		} else if (!r->early && doubled) {
			if (is_missing_between(r, s++)) {
				end_cell(cells);
				continue;
			}
		} else if (behind != NULL) {
			end_cell(cells);
			return behind;
		} else if (*s == r->quote) {
			r->strays++;
		}
		text_addc(&cells->bytes, *s);
	}
	r->open = true;
	end_cell(cells);
	return s;
}

/* Returns where it ended: before a delimiter, at the end, or before a quote that opens the next
 * cell. */
static const char *
cut_plain(struct csv_cells *cells, struct reading *r, const char *s)
{
	const char *stop = memchr(s, r->delimiter, (size_t)(r->end - s));
	const char *end = stop != NULL ? stop : r->end;
	const char *quote = end > s ? memchr(s + 1, r->quote, (size_t)(end - s - 1)) : NULL;

	if (quote != NULL && is_missing(r))
		end = quote;
	else
		r->strays += memchr(s, r->quote, (size_t)(end - s)) != NULL;
	while (r->blanks && s < end && is_blank(r, *s))
		s++;
	stop = end;
	while (r->blanks && stop > s && is_blank(r, stop[-1]))
		stop--;
	csv_cells_add(cells, s, (size_t)(stop - s));
	return end;
}

static void
cut(struct csv_cells *cells, struct reading *r, const char *s, size_t n)
{
	csv_cells_clear(cells);
	r->end = s + n;
	for (;; s++) {
		const char *p = s;

		while (p < r->end && is_blank(r, *p))
			p++;
		if (r->quote != 0 && p < r->end && *p == r->quote && r->opened++ != r->literal)
			s = cut_quoted(cells, r, p + 1);
		else
			s = cut_plain(cells, r, s);
		if (s == r->end)
			return;
		if (*s == r->quote && r->quote != r->delimiter)
			s--; /* the delimiter that is missing */
	}
}

static struct reading
reading_of(const struct dialect *dialect)
{
	return (struct reading){ .delimiter = dialect->delimiter,
		.quote = dialect->quote,
		.escape = dialect->escape,
		.blanks = dialect->blanks,
		.literal = -1,
		.missing = -1 };
}

bool
csv_fits(struct csv_cells *cells, const char *s, size_t n, const struct dialect *dialect)
{
	struct reading reading = reading_of(dialect);

	cut(cells, &reading, s, n);
	return !reading.open && reading.strays == 0 && cells->n == dialect->width;
}

/* --- the readings in turn --------------------------------------------------------------------- */

static bool
one_plain_quote(struct csv_cells *cells, const char *s, size_t n, const struct dialect *dialect)
{
	int opened = 1;

	for (int i = 0; i < opened && i < OPENING_MAX; i++) {
		struct reading reading = reading_of(dialect);

		reading.literal = i;
		cut(cells, &reading, s, n);
		if (!reading.open && cells->n == dialect->width)
			return true;
		opened = reading.opened;
	}
	return false;
}

static bool
no_delimiter(struct csv_cells *cells, const char *s, size_t n, const struct dialect *dialect)
{
	int places = 1;

	for (int i = 0; i < places && i < OPENING_MAX && dialect->quote != '\0'; i++) {
		struct reading reading = reading_of(dialect);

		reading.missing = i;
		cut(cells, &reading, s, n);
		if (!reading.open && reading.strays == 0 && reading.doubled == 0 &&
		    cells->n == dialect->width)
			return true;
		places = reading.places;
	}
	return false;
}

static bool
another_delimiter(struct csv_cells *cells, const char *s, size_t n, const struct dialect *dialect)
{
	static const char delimiters[] = { ',', ';', '\t', '|', ' ' };

	for (size_t i = 0; i < sizeof delimiters && dialect->width > 2; i++) {
		struct reading reading = reading_of(dialect);

		reading.delimiter = delimiters[i];
		if (delimiters[i] == dialect->delimiter)
			continue;
		cut(cells, &reading, s, n);
		if (!reading.open && reading.strays == 0 && cells->n == dialect->width)
			return true;
	}
	return false;
}

const char *
csv_repair(struct csv_cells *cells, const char *s, size_t n, const struct dialect *dialect)
{
	struct reading reading = reading_of(dialect);
	bool right;

	if (dialect->width > 1) {
		cut(cells, &reading, s, n);
		right = !reading.open && reading.strays == 0;
		if (!reading.open && cells->n == dialect->width)
			return "stray quote";
		reading = reading_of(dialect);
		reading.early = true;
		cut(cells, &reading, s, n);
		if (!right && !reading.open && cells->n == dialect->width)
			return "stray quote";
		if (no_delimiter(cells, s, n, dialect))
			return "no delimiter before a quote";
		if (!right && one_plain_quote(cells, s, n, dialect))
			return "stray quote";
		if (another_delimiter(cells, s, n, dialect))
			return "another delimiter";
	}
	reading = reading_of(dialect);
	reading.quote = '\0';
	cut(cells, &reading, s, n);
	return NULL;
}
