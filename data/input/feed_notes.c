/* feed_notes.c - what a feed has to tell of what it found: each doubt once, with the flag that
 * settles it. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/input/feed_parts.h"

enum { RENAMED_SHOWN = 5 };

void
feed_add_note(struct feed *feed, const char *format, ...)
{
	char line[512];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	feed->notes = memory_grow(feed->notes, (size_t)feed->nnotes + 1, sizeof *feed->notes);
	feed->notes[feed->nnotes++] = memory_text(line, strlen(line));
}

const char *
feed_note(struct feed *feed)
{
	if (feed->notes_told < feed->nnotes)
		return feed->notes[feed->notes_told++];
	return source_next_note(feed->source);
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

void
feed_note_dialect(struct feed *feed)
{
	if (feed->options.dialect.encoding == NULL &&
	    strcmp(feed->dialect.encoding, "WINDOWS-1252") == 0)
		feed_add_note(feed, "is no UTF-8: read as Windows-1252 (--encoding tells another)");
	if (feed->dialect.again.n > 0)
		feed_add_note(feed,
		    "line %d: the table begins again with the same times: rows that went before "
		    "are skipped",
		    feed->dialect.again.line + 1);
	note_renamed(feed);
	for (int i = 0; i < feed->map.schema.n; i++)
		note_column(feed, i);
	note_time(feed);
}
