/* csv.c - values apart by commas or tabs, by libcsv (RFC 4180 and what people make of it).
 *
 * libcsv is a machine that takes one byte after the other, so cuts do not matter to it. What it
 * leaves to its caller is done here:
 * - It grows without limit on a quote that is never closed. Its buffer is capped by the realloc
 *   it is given; when that refuses, the record is dropped and reading goes on at the next line.
 * - It is silent about quotes in the middle of a quoted cell, the trace of a quote left open
 *   earlier. In strict mode it stops there: that is told, and the byte is then fed leniently. A
 *   quote in the middle of an unquoted cell (5" pipe) is an ordinary character.
 * - It passes over blank lines. Reported to us by CSV_REPALL_NL, they are missing cells where there
 *   is one column alone; where there are more, and at the end of the input, they are nothing.
 * - It tells that a record ended, but not where. So it is fed line by line, cut behind each CR and
 *   LF, and a record ends with the piece that is fed.
 * - It trims spaces around unquoted cells. That is left so: "a, b" means b, quotes keep spaces. */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "data/formats/format.h"

enum { LENIENT = CSV_REPALL_NL, STRICT = CSV_REPALL_NL | CSV_STRICT };
enum { WIDTH = POSITION_SINGLE | POSITION_WIDE }; /* told by the first record */

struct csv {
	struct csv_parser parser;
	int cells;             /* of the record under way */
	size_t bytes;          /* of these */
	uint32_t blanks;       /* blank lines since the last record */
	struct position blank; /* where the first of them begins */
	bool quotes;           /* cells may hold line ends */
	uint64_t inside;       /* line ends inside the cells of the record under way */
	uint64_t edge;         /* behind the bytes that libcsv was given */
};

/* RFC 4180 has no such limit; see RECORD_MAX. libcsv asks for less and less until it is refused one
 * byte, so the cap is exact. */
static void *
capped_realloc(void *p, size_t n)
{
	return n > RECORD_MAX ? NULL : realloc(p, n);
}

static void
csv_open(struct format *f)
{
	struct csv *csv = f->state;

	csv_init(&csv->parser, STRICT);
	csv_set_delim(&csv->parser, (unsigned char)(f->delimiter != 0 ? f->delimiter : ','));
	csv_set_realloc_func(&csv->parser, capped_realloc);
	csv_set_blk_size(&csv->parser, 4096);
	csv->edge = f->at.offset;
}

static void
tsv_open(struct format *f)
{
	if (f->delimiter == 0)
		f->delimiter = '\t';
	csv_open(f);
}

static void
csv_close(struct format *f)
{
	struct csv *csv = f->state;

	csv_free(&csv->parser);
}

static uint64_t
lines_in(const void *bytes, size_t n)
{
	const char *s = bytes, *end = s + n;
	uint64_t lines = 0;

	while (s != end && (s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
		lines++;
		s++;
	}
	return lines;
}

/* Blank lines that turn out to stand between rows of the only column. What follows one of them must
 * see all of them again: so many passed, from where the first begins. */
static void
give_blanks(struct format *f)
{
	struct csv *csv = f->state;
	const struct field empty = { .s = "" };

	f->sink->after = csv->blank;
	for (; csv->blanks > 0; csv->blanks--) {
		f->sink->after.passed++;
		f->sink->cell(f->sink->self, 0, &empty);
		f->sink->record(f->sink->self);
	}
}

static void
take_cell(void *s, size_t n, void *format)
{
	struct format *f = format;
	struct csv *csv = f->state;
	const struct field field = { .s = s, .n = n };

	if (csv->blanks > 0)
		give_blanks(f);
	if (csv->quotes)
		csv->inside += lines_in(s, n);
	csv->bytes += n + 1;
	if (csv->bytes <= RECORD_MAX)
		f->sink->cell(f->sink->self, csv->cells, &field);
	csv->cells++;
}

static void
begin_record(struct csv *csv)
{
	csv->cells = 0;
	csv->bytes = 0;
	csv->inside = 0;
}

/* The place behind the line end that libcsv was given last. */
static struct position
behind_line(const struct format *f, int end, uint64_t lines)
{
	const struct csv *csv = f->state;
	uint32_t flags = f->at.flags & WIDTH;

	if (end == '\r')
		flags |= POSITION_CR;
	return (struct position){ csv->edge, f->at.line + lines, flags, 0 };
}

static void
take_blank(struct format *f, int end)
{
	struct csv *csv = f->state;

	if (f->at.flags & POSITION_SINGLE) {
		if (csv->blanks == 0)
			csv->blank = f->at;
		if (csv->blanks < UINT32_MAX)
			csv->blanks++;
	}
	f->at = behind_line(f, end, 1);
}

static void
take_end(int end, void *format)
{
	struct format *f = format;
	struct csv *csv = f->state;
	struct position *after = &f->sink->after;

	if (csv->cells == 0) {
		take_blank(f, end);
		return;
	}
	*after = behind_line(f, end, csv->inside + 1);
	if (csv->bytes > RECORD_MAX) {
		format_drop(f, "over 1 MiB", NULL, 0);
	} else {
		if ((after->flags & WIDTH) == 0)
			after->flags |= csv->cells == 1 ? POSITION_SINGLE : POSITION_WIDE;
		f->sink->record(f->sink->self);
	}
	f->at = *after;
	begin_record(csv);
}

/* The record under way is given up: what libcsv holds of it is forgotten. A quote left open took
 * other lines with it: as many as end in its cell, and the one that does not. skip: the rest of its
 * line is passed over. */
static void
drop_record(struct format *f, const char *what, bool skip)
{
	struct csv *csv = f->state;
	const struct csv_parser *p = &csv->parser;
	const char *s = (const char *)p->entry_buf;
	uint64_t ended = csv->inside + lines_in(s, p->entry_pos);
	bool cut = p->entry_pos == 0 || s[p->entry_pos - 1] != '\n';

	if (csv->blanks > 0)
		give_blanks(f);
	f->sink->after = (struct position){ csv->edge, f->at.line + ended,
		(f->at.flags & WIDTH) | (skip ? POSITION_SKIP : 0), 0 };
	if (p->quoted)
		format_drop_lines(f, what, csv->inside, ended + cut, s, p->entry_pos);
	else
		format_drop(f, what, s, p->entry_pos);
	f->at = f->sink->after;
	csv_set_opts(&csv->parser, LENIENT);
	csv_fini(&csv->parser, NULL, NULL, NULL);
	csv_set_opts(&csv->parser, STRICT);
	begin_record(csv);
}

/* libcsv stopped before the byte at s. Returns how many bytes were used up here. */
static size_t
recover(struct format *f, const char *s)
{
	struct csv *csv = f->state;
	struct csv_parser *p = &csv->parser;

	if (csv_error(p) != CSV_EPARSE) {
		drop_record(f, p->quoted ? "quote left open, or over 1 MiB" : "over 1 MiB", true);
		return 0;
	}
	if (p->quoted) {
		if (csv->blanks > 0)
			give_blanks(f);
		format_fault(f, "stray quote", (const char *)p->entry_buf, p->entry_pos);
	}
	csv->edge++;
	csv_set_opts(p, LENIENT);
	csv_parse(p, s, 1, take_cell, take_end, f);
	csv_set_opts(p, STRICT);
	return 1;
}

static size_t
skip_line(struct format *f, const char *s, size_t n)
{
	struct csv *csv = f->state;
	size_t i = 0;

	while (i < n && s[i] != '\n' && s[i] != '\r')
		i++;
	csv->edge += i;
	if (i == n) {
		f->at.offset = csv->edge;
		return n;
	}
	csv->edge++;
	f->at = behind_line(f, s[i], 1);
	return i + 1;
}

/* Up to the first line end, with it. returns: there are CRs among the bytes. */
static size_t
piece_length(const char *s, size_t n, bool returns)
{
	const char *end = memchr(s, '\n', n);
	size_t len = end != NULL ? (size_t)(end - s) + 1 : n;

	end = returns ? memchr(s, '\r', len) : NULL;
	return end != NULL ? (size_t)(end - s) + 1 : len;
}

/* How many bytes libcsv took, or were passed over where it stopped. */
static size_t
parse_piece(struct format *f, const char *s, size_t n)
{
	struct csv *csv = f->state;
	uint64_t edge = csv->edge;
	size_t used;

	csv->edge = edge + n;
	used = csv_parse(&csv->parser, s, n, take_cell, take_end, f);
	if (used == n)
		return n;
	csv->edge = edge + used;
	return used + recover(f, s + used);
}

/* The second half of a CR LF. */
static void
pass_newline(struct format *f)
{
	struct csv *csv = f->state;

	csv->edge++;
	f->at.offset = csv->edge;
	f->at.flags &= ~(uint32_t)POSITION_CR;
}

static void
csv_feed(struct format *f, const char *s, size_t n)
{
	struct csv *csv = f->state;
	bool returns = memchr(s, '\r', n) != NULL;

	csv->quotes = csv->parser.quoted || memchr(s, '"', n) != NULL;
	while (n > 0) {
		size_t used = 1;

		if (f->at.flags & POSITION_SKIP)
			used = skip_line(f, s, n);
		else if (*s == '\n' && (f->at.flags & POSITION_CR) && csv->edge == f->at.offset)
			pass_newline(f);
		else
			used = parse_piece(f, s, piece_length(s, n, returns));
		s += used;
		n -= used;
	}
}

static void
csv_finish(struct format *f)
{
	struct csv *csv = f->state;

	csv_set_opts(&csv->parser, STRICT | CSV_STRICT_FINI);
	if (csv_fini(&csv->parser, take_cell, take_end, f) != 0)
		drop_record(f, "quote left open", false);
}

static bool
csv_fits(const char *first, size_t n, bool whole)
{
	(void)first, (void)n, (void)whole;
	return true;
}

static bool
tsv_fits(const char *first, size_t n, bool whole)
{
	(void)whole;
	return delimiter_guess(first, n) == '\t';
}

const struct format_class format_csv = {
	.name = "csv",
	.help = "values apart by commas (or ; | tab, found by itself), quoted where need be",
	.endings = "csv",
	.size = sizeof(struct csv),
	.open = csv_open,
	.feed = csv_feed,
	.finish = csv_finish,
	.close = csv_close,
	.fits = csv_fits,
};

const struct format_class format_tsv = {
	.name = "tsv",
	.help = "values apart by tabs",
	.endings = "tsv tab",
	.size = sizeof(struct csv),
	.open = tsv_open,
	.feed = csv_feed,
	.finish = csv_finish,
	.close = csv_close,
	.fits = tsv_fits,
};
