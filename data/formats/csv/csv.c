/* csv.c - values apart by commas or tabs: RFC 4180 and what people make of it.
 *
 * A record without quotes ends with its line and is split where its delimiters stand. One with
 * quotes is given to libcsv line by line, and its cells are kept until it is whole and known to be
 * right (see csv_quoted.c).
 *
 * Blank lines are missing cells where there is one column alone, and only between its rows; else
 * they are nothing. Lines that begin with the comment sign are nothing, too, unless they have as
 * many cells as the rows. */
#include "data/formats/csv/csv_parts.h"

#include <string.h>

#include "data/rows/block.h"
#include "data/rows/look.h"

enum { WIDTH = POSITION_SINGLE | POSITION_WIDE }; /* told by the first record */

/* --- what the sink gets ----------------------------------------------------------------------- */

/* Blank lines that turn out to stand between rows of the only column. What follows one of them must
 * see all of them again: so many passed, from where the first begins. */
static void
give_blanks(struct format *f)
{
	struct csv *csv = f->state;
	const struct field empty = { .s = "" };
	struct position after = f->sink->after;

	f->sink->after = csv->blank;
	for (; csv->blanks > 0; csv->blanks--) {
		f->sink->after.passed++;
		f->sink->cell(f->sink->self, 0, &empty);
		f->sink->record(f->sink->self);
	}
	f->sink->after = after;
}

void
csv_begin(struct format *f, const struct position *after)
{
	const struct csv *csv = f->state;

	f->sink->after = *after;
	if (csv->blanks > 0)
		give_blanks(f);
}

void
csv_end(struct format *f, int cells)
{
	struct position *after = &f->sink->after;

	if ((after->flags & WIDTH) == 0)
		after->flags |= cells == 1 ? POSITION_SINGLE : POSITION_WIDE;
	f->sink->record(f->sink->self);
	f->at = *after;
}

struct position
csv_behind(const struct format *f, size_t used, uint64_t lines, char end)
{
	uint32_t flags = f->at.flags & WIDTH;

	if (end == '\r')
		flags |= POSITION_CR;
	return (struct position){ f->at.offset + used, f->at.line + lines, flags, 0, 0 };
}

void
csv_give_cells(struct format *f, const struct csv_cells *cells)
{
	for (int i = 0; i < cells->n; i++) {
		struct field field = { 0 };

		field.s = csv_cells_get(cells, i, &field.n);
		f->sink->cell(f->sink->self, i, &field);
	}
}

/* --- lines without quotes --------------------------------------------------------------------- */

struct field
csv_trimmed(const char *s, const char *end, const struct dialect *dialect)
{
	if (dialect->blanks) {
		while (s < end && (*s == ' ' || (*s == '\t' && dialect->delimiter != '\t')))
			s++;
		while (
		    end > s && (end[-1] == ' ' || (end[-1] == '\t' && dialect->delimiter != '\t')))
			end--;
	}
	return (struct field){ .s = s, .n = (size_t)(end - s) };
}

static int
split(struct format *f, const char *s, size_t n)
{
	const char *end = s + n, *stop;
	struct field field;
	int cells = 0;

	while ((stop = memchr(s, f->dialect->delimiter, (size_t)(end - s))) != NULL) {
		field = csv_trimmed(s, stop, f->dialect);
		f->sink->cell(f->sink->self, cells++, &field);
		s = stop + 1;
	}
	field = csv_trimmed(s, end, f->dialect);
	f->sink->cell(f->sink->self, cells++, &field);
	return cells;
}

/* Is the line a title of one cell that stood before the table? */
static bool
is_title(const struct dialect *dialect, const char *s, size_t n)
{
	const char *title = dialect->titles, *end;

	for (; *title != '\0'; title = end + 1) {
		end = strchr(title, TITLE_RECORD);
		if (end == NULL)
			return false;
		if ((size_t)(end - title) == n + 1 && memcmp(title, s, n) == 0)
			return true;
	}
	return false;
}

/* Would the line be a row of as many cells with another delimiter? */
static bool
another_delimiter(struct format *f, const char *s, size_t n)
{
	struct csv *csv = f->state;

	return f->dialect->width > 2 && memchr(s, f->dialect->delimiter, n) == NULL &&
	       !is_title(f->dialect, s, n) && csv_repair(&csv->cells, s, n, f->dialect) != NULL;
}

static void
take_plain(struct format *f, const char *s, size_t n, const struct position *after)
{
	struct csv *csv = f->state;
	int cells;

	csv_begin(f, after);
	if (another_delimiter(f, s, n)) {
		format_fault(f, "another delimiter", s, n);
		csv_give_cells(f, &csv->cells);
		cells = csv->cells.n;
	} else {
		cells = split(f, s, n);
	}
	csv_end(f, cells);
}

/* --- lines that are none of the table --------------------------------------------------------- */

static bool
is_blank(const struct format *f, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == f->dialect->delimiter || (s[i] != ' ' && s[i] != '\t'))
			return false;
	return true;
}

static bool
is_comment(const struct format *f, const char *s, size_t n)
{
	size_t cells = 1;

	if (f->dialect->delimiter == '|' && look_is_rule(s, n))
		return true;
	if (n == 0 || *s != f->dialect->comment || *s == '\0')
		return false;
	for (size_t i = 0; i < n; i++)
		cells += s[i] == f->dialect->delimiter;
	return cells != (size_t)f->dialect->width;
}

static void
take_blank(struct format *f, const struct position *after)
{
	struct csv *csv = f->state;

	if (f->at.flags & POSITION_SINGLE) {
		if (csv->blanks == 0)
			csv->blank = f->at;
		if (csv->blanks < UINT32_MAX)
			csv->blanks++;
	}
	f->at = *after;
}

static void
take_comment(struct format *f, const char *s, size_t n, const struct position *after)
{
	csv_begin(f, after);
	f->sink->drop(f->sink->self, fault_comment, s, n);
	f->at = *after;
}

/* The header may stand behind a comment sign, and behind the words with which logs of the W3C name
 * their columns: these also later, where such a log begins anew. */
static size_t
header_sign(const struct format *f, const char *s, size_t n)
{
	static const char fields[] = "#Fields:";
	bool names = n >= sizeof fields && memcmp(s, fields, sizeof fields - 1) == 0;
	size_t i = names ? sizeof fields - 1 : 0;

	if (!f->dialect->header_comment || (!names && f->at.line != (uint64_t)f->dialect->skip))
		return 0;
	if (names && s[i] == '\t')
		i++;
	while (i < n && (s[i] == f->dialect->comment || s[i] == ' '))
		i++;
	return i;
}

/* --- records ---------------------------------------------------------------------------------- */

/* The rest of a line of a record that was dropped. */
static size_t
skip_line(struct format *f, const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] != '\n' && s[i] != '\r')
		i++;
	if (i < n)
		f->at = csv_behind(f, i + 1, 1, s[i]);
	else
		f->at.offset += n;
	return i < n ? i + 1 : n;
}

/* The record is over the limit, wherever it ends: the rest of its line is passed over. */
static size_t
drop_record(struct format *f, const char *s, size_t n)
{
	struct csv *csv = f->state;
	struct position after = csv_behind(f, RECORD_MAX, 0, '\0');

	after.flags |= POSITION_SKIP;
	csv_begin(f, &after);
	format_drop(f, "over 1 MiB", s, n);
	f->at = after;
	csv->given = 0;
	return RECORD_MAX;
}

size_t
csv_line(const char *s, size_t n)
{
	const char *end = memchr(s, '\n', n);
	size_t len = end != NULL ? (size_t)(end - s) : n;

	end = memchr(s, '\r', len);
	return end != NULL ? (size_t)(end - s) : len;
}

size_t
csv_take_line(struct format *f, const char *s, size_t n, size_t len, bool final)
{
	size_t used = len < n ? len + 1 : len;
	size_t mark = format_mark(s, len);
	struct position after = csv_behind(f, used, 1, len < n ? s[len] : '\0');

	mark += header_sign(f, s + mark, len - mark);
	if (f->at.line < (uint64_t)f->dialect->skip)
		f->at = after;
	else if (is_blank(f, s + mark, len - mark))
		take_blank(f, &after);
	else if (mark == 0 && is_comment(f, s, len))
		take_comment(f, s, len, &after);
	else if (f->dialect->quote == '\0' || memchr(s, f->dialect->quote, len) == NULL)
		take_plain(f, s + mark, len - mark, &after);
	else
		return csv_take_quoted(f, s, n, mark, final);
	return used;
}

/* Returns how many bytes were used; 0: the record goes on behind them. */
static size_t
take_record(struct format *f, const char *s, size_t n, bool final)
{
	const struct csv *csv = f->state;
	size_t len;

	if (f->at.flags & POSITION_SKIP)
		return skip_line(f, s, n);
	if (*s == '\n' && (f->at.flags & POSITION_CR)) { /* the second half of a CR LF */
		f->at.offset++;
		f->at.flags &= ~(uint32_t)POSITION_CR;
		return 1;
	}
	if (csv->given > 0)
		return csv_take_quoted(f, s, n, 0, final);
	len = csv_line(s, n);
	if (len >= RECORD_MAX)
		return drop_record(f, s, len);
	if (len == n && !final)
		return 0;
	return csv_take_line(f, s, n, len, final);
}

static size_t
take_records(struct format *f, const char *s, size_t n, bool final)
{
	size_t at = 0, used = 1;

	while (at < n && used > 0) {
		used = csv_take_plain(f, s + at, n - at);
		if (used == 0)
			used = take_record(f, s + at, n - at, final);
		at += used;
	}
	return at;
}

/* --- the format ------------------------------------------------------------------------------- */

static void
csv_feed(struct format *f, const char *s, size_t n)
{
	struct csv *csv = f->state;
	struct text *held = &csv->held;
	size_t used;

	while (n > 0 && held->len > 0) { /* a record that began before, line by line */
		size_t len = csv_line(s, n);

		len += len < n;
		text_addn(held, s, len);
		used = take_records(f, held->s, held->len, false);
		held->len -= used;
		memmove(held->s, held->s + used, held->len);
		s += len;
		n -= len;
	}
	if (n > 0) {
		used = take_records(f, s, n, false);
		text_addn(held, s + used, n - used);
	}
}

static void
csv_finish(struct format *f)
{
	struct csv *csv = f->state;

	take_records(f, text_get(&csv->held), csv->held.len, true);
	text_clear(&csv->held);
}

static bool
csv_any(const char *first, size_t n, bool whole)
{
	(void)first, (void)n, (void)whole;
	return true;
}

static bool
csv_none(const char *first, size_t n, bool whole)
{
	(void)first, (void)n, (void)whole;
	return false;
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
	.fits = csv_any,
};

/* Found as a dialect of csv is: by its delimiter. */
const struct format_class format_tsv = {
	.name = "tsv",
	.help = "values apart by tabs",
	.endings = "tsv tab",
	.size = sizeof(struct csv),
	.open = csv_open,
	.feed = csv_feed,
	.finish = csv_finish,
	.close = csv_close,
	.fits = csv_none,
};
