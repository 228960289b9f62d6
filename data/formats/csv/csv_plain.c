/* csv_plain.c - many records without quotes at once.
 *
 * Delimiters and line ends of a block are looked for before any record is: so a record costs what
 * its cells cost and no call for each byte or line. Only what is a row beyond doubt is taken here,
 * of several cells; other lines (blank ones, comments, a single cell) go the way of csv.c, and the
 * first quote ends the block. */
#include "data/formats/csv/csv_parts.h"

#include <string.h>

#include "data/base/error.h"
#include "data/rows/look.h"

enum { ROOM = 16 };

struct line { /* of the block, without its end */
	const char *s;
	size_t n;
	int mark; /* that of its end */
	int cells;
};

static void
more_room(struct csv *csv)
{
	csv->room = csv->room > 0 ? csv->room * 2 : ROOM;
	csv->fields = memory_grow(csv->fields, (size_t)csv->room, sizeof *csv->fields);
}

/* Cuts the line from s on, whose first mark that is, into csv->fields. false: the block ends
 * before the line does. */
static inline bool
cut_line(struct format *f, const char *block, const char *s, int mark, struct line *line)
{
	struct csv *csv = f->state;
	const struct dialect *dialect = f->dialect;
	const char delimiter = dialect->delimiter, *from = s;
	const bool blanks = dialect->blanks;
	const int last = csv->marks.n;
	int n = 0;

	for (; mark < last; mark++) {
		const char *stop = block + csv->marks.at[mark];

		if (n == csv->room)
			more_room(csv);
		csv->fields[n].s = from;
		csv->fields[n].n = (size_t)(stop - from);
		if (blanks)
			csv->fields[n] = csv_trimmed(from, stop, dialect);
		n++;
		from = stop + 1;
		if (*stop != delimiter) {
			*line = (struct line){ s, (size_t)(stop - s), mark, n };
			return true;
		}
	}
	return false;
}

/* Is it a row whatever else is known? It begins neither a comment nor a mark of UTF-8, and is no
 * rule of a drawn table. */
static inline bool
is_row(const struct format *f, const struct line *line)
{
	const char c = *line->s;

	return line->cells > 1 && (c != f->dialect->comment || c == '\0') && c != '\xef' &&
	       (f->dialect->delimiter != '|' || !look_is_rule(line->s, line->n));
}

/* Word by word: a copy of words that were just written would wait for them. */
static inline void
move_on(struct position *at, const struct line *line)
{
	at->offset += line->n + 1;
	at->line++;
	at->flags &= POSITION_SINGLE | POSITION_WIDE;
	at->flags |= line->s[line->n] == '\r' ? POSITION_CR : 0;
	at->passed = 0;
}

static inline void
give_row(struct format *f, const struct line *line)
{
	const struct csv *csv = f->state;
	struct record_sink *sink = f->sink;

	sink->after = f->at;
	move_on(&sink->after, line);
	if (csv->blanks > 0)
		csv_begin(f, &sink->after);
	if (sink->whole == NULL) {
		for (int i = 0; i < line->cells; i++)
			sink->cell(sink->self, i, &csv->fields[i]);
		csv_end(f, line->cells);
		return;
	}
	sink->whole(sink->self, csv->fields, line->cells);
	move_on(&f->at, line);
}

/* The first record tells of the width: it, and what stands before it, are for others. A record with
 * quotes that is under way has one in its first line, and so is none of these. */
static bool
in_rows(const struct format *f)
{
	const uint32_t flags = f->at.flags;

	return (flags & (POSITION_SINGLE | POSITION_WIDE)) != 0 && (flags & POSITION_SKIP) == 0;
}

size_t
csv_take_plain(struct format *f, const char *s, size_t n)
{
	struct csv *csv = f->state;
	const char *from = s;
	struct line line;
	int mark = 0;

	if (csv->scan == NULL || !in_rows(f))
		return 0;
	n = n < CSV_BLOCK ? n : CSV_BLOCK;
	csv->scan->find(s, n, f->dialect->delimiter, f->dialect->quote, &csv->marks);
	while (cut_line(f, s, from, mark, &line)) {
		const char *end = line.s + line.n;

		if (is_row(f, &line)) {
			give_row(f, &line);
		} else if (line.n == 0 && *end == '\n' && (f->at.flags & POSITION_CR) != 0) {
			f->at.offset++; /* the second half of a CR LF */
			f->at.flags &= ~(uint32_t)POSITION_CR;
		} else {
			csv_take_line(f, line.s, line.n + 1, line.n, false);
		}
		from = end + 1;
		mark = line.mark + 1;
	}
	return (size_t)(from - s);
}

void
csv_set_scan(struct format *f, const struct csv_scan *scan)
{
	struct csv *csv = f->state;

	csv->scan = scan;
}
