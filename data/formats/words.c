/* words.c - columns apart by blanks, as commands print them and R writes its tables.
 *
 * Blanks and tabs between cells count as one, however many; those at the ends of a line are none.
 * A cell in double quotes may have blanks in it, and a quote as \" or ""; a clock has its half of
 * the day in its cell: 12:10:01 AM.
 *
 * Logs that name their columns in a line of their own are read so, too: "#Fields: a b c" of the W3C
 * is a header, and Zeek's "#fields<TAB>a<TAB>b" one after which cells stand apart by single tabs.
 * Of other lines that begin with # those before the first row, those between rows of such a log,
 * and those that have not the width of the first row are comments. */
#include <ctype.h>
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/formats/lines.h"
#include "data/rows/block.h"
#include "data/rows/look.h"

/* What is known of the lines before, in the flags of places. */
enum {
	FIELDS = POSITION_OWN,     /* a line named the columns */
	TABS = POSITION_OWN << 1,  /* cells stand apart by single tabs */
	WIDTH = POSITION_OWN << 2, /* from here on: words in the first row; 0: none was read */
	WIDTH_MAX = UINT32_MAX / WIDTH
};

struct words {
	struct lines lines;
	struct text cell; /* a cell in quotes, without them */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Does a word end before s? */
static bool
is_gap(const struct format *f, const char *s, const char *end)
{
	return s == end || (is_blank(*s) && (f->dialect->delimiter != DELIMITER_RUNS ||
						*s == '\t' || s + 1 == end || is_blank(s[1])));
}

static void
give(struct format *f, int column, const char *s, size_t n)
{
	const struct field field = { .s = s, .n = n };

	f->sink->cell(f->sink->self, column, &field);
}

/* Gives the cell in quotes at s; returns what stands behind it. One that is not closed, or that
 * something follows, is not in quotes: NULL. */
static const char *
take_quoted(struct format *f, int column, const char *s, const char *end)
{
	struct words *words = f->state;
	struct text *cell = &words->cell;
	const char *from = ++s;

	text_clear(cell);
	for (; s < end; s++) {
		bool escape = s + 1 < end && (*s == '\\' || *s == '"') && s[1] == '"';

		if (!escape && *s != '"')
			continue;
		text_addn(cell, from, (size_t)(s - from));
		if (!escape)
			break;
		from = ++s;
	}
	if (s == end || (s + 1 < end && !is_blank(s[1])))
		return NULL;
	give(f, column, text_get(cell), cell->len);
	return s + 1;
}

static uint32_t
count_words(const struct format *f, const char *s, const char *end)
{
	const char *from = s;
	uint32_t n = 0;

	for (; s < end; s++) {
		if (is_gap(f, s, end)) {
			from = s + 1;
		} else if (is_gap(f, s + 1, end)) {
			n++;
			s += look_half_day(from, s + 1, end);
		}
	}
	return n < WIDTH_MAX ? n : WIDTH_MAX;
}

static void
give_words(struct format *f, const char *s, const char *end)
{
	int column = 0;

	for (;;) {
		const char *from, *behind;

		while (s < end && is_blank(*s))
			s++;
		if (s == end)
			return;
		if (*s == '"' && (behind = take_quoted(f, column, s, end)) != NULL) {
			s = behind;
			column++;
			continue;
		}
		for (from = s; !is_gap(f, s, end);)
			s++;
		s += look_half_day(from, s, end);
		give(f, column++, from, (size_t)(s - from));
	}
}

/* Zeek writes - for what is not set, and (empty) for an empty text. */
static void
give_tabbed(struct format *f, const char *s, const char *end)
{
	for (int column = 0;; column++) {
		const char *stop = memchr(s, '\t', (size_t)(end - s));
		size_t n = (size_t)((stop != NULL ? stop : end) - s);
		bool empty = (n == 1 && *s == '-') || (n == 7 && memcmp(s, "(empty)", 7) == 0);

		give(f, column, s, empty ? 0 : n);
		if (stop == NULL)
			return;
		s = stop + 1;
	}
}

/* The bytes of "#Fields:" or "#fields<TAB>" before the names; 0: the line names no columns. */
static size_t
fields_mark(const char *s, size_t n)
{
	static const char w3c[] = "#Fields:", zeek[] = "#fields\t";

	if (n >= sizeof w3c && memcmp(s, w3c, sizeof w3c - 1) == 0)
		return sizeof w3c - 1;
	if (n >= sizeof zeek && memcmp(s, zeek, sizeof zeek - 1) == 0)
		return sizeof zeek - 1;
	return 0;
}

/* A header that comes again is told by those who know the first. */
static void
take_fields(struct format *f, const char *s, size_t n, size_t mark)
{
	uint32_t *flags = &f->sink->after.flags;

	if (s[mark - 1] == '\t') {
		*flags |= FIELDS | TABS;
		give_tabbed(f, s + mark, s + n);
	} else {
		*flags = (*flags | FIELDS) & ~(uint32_t)TABS;
		give_words(f, s + mark, s + n);
	}
	f->sink->record(f->sink->self);
}

static bool
is_comment(const struct format *f, uint32_t flags, const char *s, size_t n)
{
	return *s == f->dialect->comment &&
	       ((flags & FIELDS) || count_words(f, s, s + n) != flags / WIDTH);
}

/* The header may stand behind a comment sign. */
static void
pass_sign(const struct format *f, const char **s, size_t *n)
{
	while (*n > 0 && (**s == f->dialect->comment || is_blank(**s))) {
		++*s;
		--*n;
	}
}

static void
take_line(struct format *f, const char *s, size_t n)
{
	uint32_t *flags = &f->sink->after.flags;
	size_t mark = *s == '#' ? fields_mark(s, n) : 0;

	if (mark > 0) {
		take_fields(f, s, n, mark);
		return;
	}
	if (f->dialect->header_comment && f->at.line == (uint64_t)f->dialect->skip)
		pass_sign(f, &s, &n);
	if (is_comment(f, *flags, s, n)) {
		if (*flags >= WIDTH) /* behind the first row */
			f->sink->drop(f->sink->self, fault_comment, s, n);
		return;
	}
	if (*flags < WIDTH)
		*flags |= count_words(f, s, s + n) * WIDTH;
	if (*flags & TABS)
		give_tabbed(f, s, s + n);
	else
		give_words(f, s, s + n);
	f->sink->record(f->sink->self);
}

static void
words_open(struct format *f)
{
	(void)f;
}

static void
words_feed(struct format *f, const char *s, size_t n)
{
	struct words *words = f->state;

	lines_feed(&words->lines, f, s, n, take_line);
}

static void
words_finish(struct format *f)
{
	struct words *words = f->state;

	lines_finish(&words->lines, f, take_line);
}

static void
words_close(struct format *f)
{
	struct words *words = f->state;

	lines_done(&words->lines);
	text_done(&words->cell);
}

/* --- is it this? ------------------------------------------------------------------------------ */

enum { WIDE = 64, LINES = 20 };

struct shape { /* of a line */
	int words;
	bool numbers[WIDE]; /* of each */
	bool others;        /* delimiters of csv, or quotes */
};

static struct shape
shape_of(const char *s, const char *end)
{
	struct shape shape = { 0 };

	while (s < end) {
		const char *from;

		while (s < end && is_blank(*s))
			s++;
		for (from = s; s < end && !is_blank(*s); s++)
			shape.others = shape.others || strchr(",;|\"", *s) != NULL;
		if (s == from)
			break;
		if (shape.words < WIDE)
			shape.numbers[shape.words] = number_plain(from, (size_t)(s - from));
		shape.words++;
	}
	return shape;
}

/* Does the line name columns that stand apart by blanks, or by tabs as in Zeek's? */
static bool
names_words(const char *s, size_t n)
{
	size_t mark = fields_mark(s, n);

	return mark > 0 && (s[mark - 1] == '\t' || (memchr(s + mark, ',', n - mark) == NULL &&
						       memchr(s + mark, '\t', n - mark) == NULL));
}

/* Does a line of these name the columns, before any that is no comment? */
static bool
has_fields(const char *s, const char *end)
{
	while (s < end && *s == '#') {
		const char *stop = memchr(s, '\n', (size_t)(end - s));

		if (names_words(s, (size_t)((stop != NULL ? stop : end) - s)))
			return true;
		s = stop != NULL ? stop + 1 : end;
	}
	return false;
}

/* Do as many words stand in each line as in the first, or one more (R names its rows), with numbers
 * in at least half of the columns, and no delimiter of csv among them? At least two lines
 * below the first. */
static bool
lines_fit(const char *s, const char *end, bool whole)
{
	struct shape first = { 0 }, all = { 0 };
	int lines = 0, numbers = 0;

	for (; s < end && lines < LINES; lines++) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		struct shape shape;

		if (stop == NULL && !whole)
			break;
		stop = stop != NULL ? stop : end;
		shape = shape_of(s, stop > s && stop[-1] == '\r' ? stop - 1 : stop);
		s = stop + 1;
		if (lines == 0)
			first = shape;
		if (lines == 1)
			all = shape;
		if (shape.others || shape.words != (lines == 0 ? first.words : all.words))
			return false;
		for (int i = 0; lines > 1 && i < shape.words && i < WIDE; i++)
			all.numbers[i] = all.numbers[i] && shape.numbers[i];
	}
	for (int i = 0; i < all.words && i < WIDE; i++)
		numbers += all.numbers[i];
	return lines > 2 && first.words > 1 && all.words < WIDE && 2 * numbers >= all.words &&
	       (first.words == all.words || first.words + 1 == all.words);
}

static bool
words_names_columns(const char *first, size_t n)
{
	const char *end = first + n;

	while (first < end && (*first == '\n' || *first == '\r'))
		first++;
	return has_fields(first, end);
}

static bool
words_fits(const char *first, size_t n, bool whole)
{
	const char *end = first + n;

	while (first < end && (*first == '\n' || *first == '\r'))
		first++;
	return has_fields(first, end) || lines_fit(first, end, whole);
}

const struct format_class format_words = {
	.name = "words",
	.help = "columns apart by blanks, with a header or #Fields (W3C, Zeek) or none",
	.size = sizeof(struct words),
	.open = words_open,
	.feed = words_feed,
	.finish = words_finish,
	.close = words_close,
	.fits = words_fits,
	.names_columns = words_names_columns,
};
