/* feed_notes.c - what a feed has to tell of what it found: each doubt once, with the flag that
 * settles it. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/dialect/find.h"
#include "data/input/feed_parts.h"

enum { RENAMED_SHOWN = 5 };

static const float LIKELY = .5F; /* the score of a way of writing that is meant */

static void
add_line(struct feed *feed, bool doubt, const char *line)
{
	feed->notes = memory_grow(feed->notes, (size_t)feed->nnotes + 1, sizeof *feed->notes);
	feed->notes[feed->nnotes++] = (struct feed_note){ memory_text(line, strlen(line)), doubt };
}

void
feed_add_note(struct feed *feed, const char *format, ...)
{
	char line[512];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	add_line(feed, false, line);
}

void
feed_add_doubt(struct feed *feed, const char *format, ...)
{
	char line[512];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	add_line(feed, true, line);
}

const char *
feed_note(struct feed *feed, bool *doubt)
{
	const struct feed_note *note;

	*doubt = false;
	/* what was found is told behind the columns: only the source itself may have news before */
	if (feed->notes_told == feed->nnotes || feed->decoder == NULL)
		return source_next_note(feed->source, doubt);
	note = &feed->notes[feed->notes_told++];
	*doubt = note->doubt;
	return note->text;
}

bool
feed_bad(struct feed *feed, const char **what, struct cell_text *text)
{
	const char *s;
	size_t n;

	if (!source_next_bad(feed->source, what, &s, &n))
		return false;
	*text = (struct cell_text){ s, (uint32_t)(n < FAULT_TEXT ? n : FAULT_TEXT) };
	return true;
}

static void
add_lines(struct text *out, uint64_t n)
{
	text_count(out, n);
	text_add(out, n == 1 ? " line" : " lines");
}

void
feed_no_record(const struct feed *feed, uint64_t skipped, struct text *out)
{
	const struct dialect *d = &feed->dialect;

	if (feed->base + feed->len == 0)
		return;
	if (feed->blank) {
		text_add(out, "it begins with NUL bytes, as a disk leaves them of a file that was "
			      "not written (get it anew)");
	} else if (feed->options.dialect.skip_told && feed->map.schema.n == 0) {
		text_add(out, "nothing stands behind the first ");
		add_lines(out, (uint64_t)d->skip);
		text_add(out, " (--skip passes over them)");
	} else if (skipped > 0) {
		add_lines(out, skipped);
		text_addf(out, " passed over as comments (--comment C names another sign)");
	} else if (feed->map.schema.n == 0) {
		text_add(out, "nothing stands in it but blank lines");
	}
}

/* The format or the delimiter told makes one cell of each row, and another one would make several:
 * 1,2 in one cell may even be a number. */
void
feed_doubt_told(struct feed *feed, const char *s, size_t n, bool whole)
{
	const struct dialect_options *told = &feed->options.dialect;
	const struct dialect_options free = { .skip = told->skip, .skip_told = told->skip_told };
	struct text flags = { 0 };
	struct dialect other;

	if (told->format == NULL && told->delimiter == 0)
		return;
	if (format_find("json")->fits(s, n, whole)) {
		feed_add_doubt(feed,
		    "looks like JSON, and is read as %s as told (-F json reads it)",
		    feed->dialect.format);
		return;
	}
	if (feed->dialect.width != 1 || feed->dialect.columns > 1)
		return;
	dialect_find(s, n, whole, &free, &other);
	if (other.ncandidates > 0 && other.width > 1 && other.candidates->score >= LIKELY) {
		dialect_flags(&other, &flags);
		feed_add_doubt(feed, "each row is one cell as told; %s makes %d of each",
		    text_get(&flags), other.width);
	}
	text_done(&flags);
}

static const char *
order_words(enum date_order order)
{
	switch (order) {
	case DATE_DMY:
		return "days first";
	case DATE_MDY:
		return "months first";
	default:
		return "years first";
	}
}

static const char *
reason_words(enum order_reason reason)
{
	switch (reason) {
	case ORDER_AHEAD:
		return "so time never goes back";
	case ORDER_STEPS:
		return "so their steps are the most even";
	case ORDER_SPAN:
		return "so they span the shortest time";
	case ORDER_SIGN:
		return "as is the custom with such signs";
	default:
		return NULL;
	}
}

static void
note_column(struct feed *feed, int i)
{
	const struct column *column = &feed->map.schema.columns[i];
	const struct column_form *form = &feed->map.forms[i];

	if (column->type == COLUMN_NUMBER && form->doubt)
		feed_add_note(feed,
		    "%.100s: commas are read as signs between thousands (--decimal , "
		    "if decimals stand behind them)",
		    column->name);
	if (column->type == COLUMN_TEXT && form->odd.row > 0)
		feed_add_note(feed,
		    "%.100s: a column of texts, for only %d of %d cells are numbers: '%s' in row "
		    "%llu is none (--types %.100s=number reads the others)",
		    column->name, form->odd.numbers, form->odd.cells, form->odd.text,
		    (unsigned long long)form->odd.row, column->name);
	if (column->type == COLUMN_TIME && form->time.kind == TIME_DATES &&
	    reason_words(form->reason) != NULL)
		feed_add_note(feed,
		    "%.100s: dates are read with %s, %s (--dates tells another order)",
		    column->name, order_words(form->time.order), reason_words(form->reason));
}

/* Names that stood in the header before: the first few of what was made of them. */
static void
note_renamed(struct feed *feed)
{
	struct text list = { 0 };
	int n = 0;

	for (int i = 0; i < feed->map.schema.n; i++) {
		const char *given = feed->map.names[i], *name = feed->map.schema.columns[i].name;

		if (given[0] == '\0' || strcmp(given, name) == 0)
			continue;
		if (n++ < RENAMED_SHOWN)
			text_addf(&list, "%s%.50s", n > 1 ? ", " : "", name);
	}
	if (n > RENAMED_SHOWN)
		text_addf(&list, " and %d more", n - RENAMED_SHOWN);
	if (n > 0)
		feed_add_note(feed, "column names that were taken: now %s", text_get(&list));
	text_done(&list);
}

/* The time of the rows; in other columns a clock alone may be all that is meant. */
static void
note_time(struct feed *feed)
{
	int i = feed->map.schema.time;
	const struct column_form *form = i >= 0 ? &feed->map.forms[i] : NULL;

	if (form == NULL || !form->in_1970)
		return;
	feed_add_note(feed,
	    form->time.kind == TIME_CLOCKS
		? "%.100s: clocks without a date are read as times in 1970 (-t DATE+CLOCK names a "
		  "column of dates beside them)"
		: "%.100s: its times are in 1970 (-t names another column, --time-format tells how "
		  "they are written)",
	    feed->map.schema.columns[i].name);
}

/* --time-format fits the cells of no column. */
static void
note_time_format(struct feed *feed)
{
	const struct row_map *map = &feed->map;

	if (map->time_format == NULL || map->schema.n == 0)
		return;
	for (int i = 0; i < map->schema.n; i++)
		if (map->forms[i].time.kind == TIME_STRPTIME)
			return;
	feed_add_doubt(feed,
	    "no column has times as --time-format %.60s tells (-t COLUMN names the one that has)",
	    map->time_format);
}

/* Of a table --columns names all there are; of keyed records it chooses some. */
static void
note_left_out(struct feed *feed)
{
	struct text names = { 0 };
	int n = inference_left_out(feed->inference, &feed->map, &names);

	if (n > 0)
		feed_add_note(feed, "left out, as --columns does not name %s: %s",
		    n == 1 ? "it" : "them", text_get(&names));
	text_done(&names);
}

void
feed_note_dialect(struct feed *feed)
{
	if (feed->options.dialect.encoding == NULL &&
	    strcmp(feed->dialect.encoding, "WINDOWS-1252") == 0)
		feed_add_note(feed, "is no UTF-8: read as Windows-1252 (--encoding tells another)");
	if (feed->dialect.gap > 0)
		feed_add_note(feed,
		    "the empty name %d of the header is of no column: rows have a cell less",
		    feed->dialect.gap);
	note_renamed(feed);
	note_left_out(feed);
	for (int i = 0; i < feed->map.schema.n; i++)
		note_column(feed, i);
	note_time(feed);
	note_time_format(feed);
}
