/* csv_quoted.c - records with quotes, by libcsv.
 *
 * It gets them line by line, and so it is known with which line a record ends. What is left to its
 * caller is done here:
 * - It grows without limit on a quote that is never closed: a record over the limit is not whole.
 * - In strict mode it stops at a quote that ends nothing. In a cell without quotes (5" pipe) that
 *   is an ordinary character, and the byte is fed leniently; in a quoted cell something is wrong.
 * - It knows no escape but the doubled quote: an escaped one is given to it doubled.
 *
 * A quote too many opens a cell that swallows the lines behind it. So where the cells of a record
 * are not as many as in other rows, or its quotes are wrong, its first line is repaired alone, and
 * reading goes on with the second: nothing but a cell is lost. The same is done as soon as the
 * second line is a record by itself and the first one can be repaired to one. */
#include "data/formats/csv/csv_parts.h"

#include <stdlib.h>
#include <string.h>

enum { LENIENT = CSV_REPALL_NL, STRICT = CSV_REPALL_NL | CSV_STRICT };

static int
no_blank(unsigned char c)
{
	(void)c;
	return 0;
}

void
csv_open(struct format *f)
{
	struct csv *csv = f->state;

	csv_init(&csv->parser, STRICT);
	csv_set_delim(&csv->parser, (unsigned char)f->dialect->delimiter);
	csv_set_quote(&csv->parser, (unsigned char)f->dialect->quote);
	if (!f->dialect->blanks)
		csv_set_space_func(&csv->parser, no_blank);
	csv_set_blk_size(&csv->parser, 4096);
	csv->scan = csv_scan_best();
}

void
csv_close(struct format *f)
{
	struct csv *csv = f->state;

	csv_free(&csv->parser);
	csv_cells_done(&csv->cells);
	csv_cells_done(&csv->trial);
	text_done(&csv->held);
	free(csv->fields);
}

/* --- libcsv at work --------------------------------------------------------------------------- */

static void
on_cell(void *s, size_t n, void *state)
{
	struct csv *csv = state;

	csv_cells_add(&csv->cells, s, n);
}

static void
on_end(int end, void *state)
{
	struct csv *csv = state;

	(void)end;
	csv->whole = true;
}

static void
restart(struct csv *csv)
{
	csv_set_opts(&csv->parser, LENIENT);
	csv_fini(&csv->parser, NULL, NULL, NULL);
	csv_set_opts(&csv->parser, STRICT);
	csv_cells_clear(&csv->cells);
	csv->given = csv->lines = 0;
	csv->whole = csv->strays = csv->escaped = false;
}

static void
parse(struct csv *csv, const char *s, size_t n)
{
	while (n > 0) {
		size_t used = csv_parse(&csv->parser, s, n, on_cell, on_end, csv);

		if (used < n) {
			csv->strays = csv->strays || csv->parser.quoted;
			csv_set_opts(&csv->parser, LENIENT);
			csv_parse(&csv->parser, s + used, 1, on_cell, on_end, csv);
			csv_set_opts(&csv->parser, STRICT);
			used++;
		}
		s += used;
		n -= used;
	}
}

/* The same where quotes are escaped: the escape and its quote become two quotes. */
static void
parse_escaped(struct csv *csv, const struct dialect *dialect, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		const char *p = csv->escaped ? s : memchr(s, dialect->escape, (size_t)(end - s));

		if (p == NULL)
			p = end;
		parse(csv, s, (size_t)(p - s));
		if (p == end)
			return;
		if (!csv->escaped) {
			csv->escaped = true;
			p++;
		} else {
			csv->escaped = false;
			parse(csv, *p == dialect->quote ? &dialect->quote : &dialect->escape, 1);
			if (*p == dialect->quote)
				parse(csv, p++, 1);
		}
		s = p;
	}
}

/* Gives a line, with its end where it has one. */
static void
give_line(struct format *f, const char *s, size_t n)
{
	struct csv *csv = f->state;

	if (f->dialect->escape != '\0')
		parse_escaped(csv, f->dialect, s, n);
	else
		parse(csv, s, n);
}

/* --- what came of it -------------------------------------------------------------------------- */

/* The record is as libcsv has it. */
static size_t
take_whole(struct format *f, const char *s)
{
	struct csv *csv = f->state;
	size_t used = csv->given;
	struct position after = csv_behind(f, used, csv->lines, s[used - 1]);
	bool strays = csv->strays;

	csv_begin(f, &after);
	if (strays)
		format_fault(f, "stray quote", s, csv->first);
	csv_give_cells(f, &csv->cells);
	csv_end(f, csv->cells.n);
	restart(csv);
	return used;
}

/* The record is its first line, read as well as it can be. */
static size_t
take_first(struct format *f, const char *s, const char *what)
{
	struct csv *csv = f->state;
	size_t used = csv->first + (csv->first_end != '\0');
	struct position after = csv_behind(f, used, 1, csv->first_end);

	s += csv->mark;
	csv_begin(f, &after);
	format_fault(f, what, s, csv->first - csv->mark);
	csv_repair(&csv->trial, s, csv->first - csv->mark, f->dialect);
	csv_give_cells(f, &csv->trial);
	csv_end(f, csv->trial.n);
	restart(csv);
	return used;
}

/* What is wrong with the first line, when it can be repaired; NULL. */
static const char *
first_repaired(struct format *f, const char *s)
{
	struct csv *csv = f->state;

	return f->dialect->width > 1
		   ? csv_repair(&csv->trial, s + csv->mark, csv->first - csv->mark, f->dialect)
		   : NULL;
}

static size_t
judge(struct format *f, const char *s)
{
	struct csv *csv = f->state;
	bool wide = f->dialect->width <= 1 || csv->cells.n == f->dialect->width;
	const char *what = NULL;

	if (!wide || (csv->strays && csv->lines > 1))
		what = first_repaired(f, s);
	if (what != NULL)
		return take_first(f, s, what);
	if (csv->strays && csv->lines > 1 && !wide)
		return take_first(f, s, "quote left open");
	return take_whole(f, s);
}

/* Is the line behind the first one a record by itself, and can the first one be repaired? */
static bool
first_stands_alone(struct format *f, const char *s, size_t n)
{
	struct csv *csv = f->state;

	return f->dialect->width > 1 && csv_fits(&csv->trial, s + csv->given, n, f->dialect) &&
	       first_repaired(f, s) != NULL;
}

static void
begin(struct csv *csv, const char *s, size_t len, bool ended, size_t mark)
{
	csv->mark = mark;
	csv->first = len;
	csv->first_end = ended ? s[len] : '\0';
}

/* The end of the input: is the record whole? */
static void
end_input(struct csv *csv)
{
	csv_set_opts(&csv->parser, STRICT | CSV_STRICT_FINI);
	csv_fini(&csv->parser, on_cell, on_end, csv);
	csv_set_opts(&csv->parser, STRICT);
}

size_t
csv_take_quoted(struct format *f, const char *s, size_t n, size_t mark, bool final)
{
	struct csv *csv = f->state;

	for (;;) {
		const char *what;
		size_t from = csv->given, len = csv_line(s + from, n - from);
		bool ended = from + len<n, half = from> 0 && s[from - 1] == '\r' && ended &&
			     len == 0 && s[from] == '\n';

		if (from + len > RECORD_MAX)
			return take_first(f, s, "quote left open, or over 1 MiB");
		if (!ended && !final)
			return 0;
		if (from == 0)
			begin(csv, s, len, ended, mark);
		else if (csv->lines == 1 && !half && first_stands_alone(f, s, len))
			return take_first(f, s, "quote left open");
		else
			mark = 0;
		give_line(f, s + from + mark, len - mark + ended);
		csv->given = from + len + ended;
		csv->lines += !half;
		if (!ended)
			end_input(csv);
		if (csv->whole)
			return judge(f, s);
		if (!ended)
			return take_first(f, s, "quote left open");
		what = csv->strays ? first_repaired(f, s) : NULL;
		if (what != NULL)
			return take_first(f, s, what);
	}
}
