/* feed_messages.c - a feed whose source gives messages: what its columns are, and how far it went.
 *
 * A message is a document of its own: it may have a header, and half a record in it never meets
 * the next one. Until the columns are known messages are held; those of a moment tell them
 * together. One that is no text is refused alone. */
#include "data/input/feed_parts.h"

#include <string.h>

#include "data/formats/looks_like.h"

enum {
	LOOK = 1 << 16,     /* bytes that are enough to tell the columns, */
	ROWS = 100,         /* and rows, as far as lines are rows */
	HELD_MAX = 4 << 20, /* bytes of which none tell anything */
};

bool
feed_has_messages(const struct feed *feed)
{
	return (feed->source->class->kind & SOURCE_MESSAGES) != 0;
}

/* --- what the columns are --------------------------------------------------------------------- */

/* Is the message that came last text? */
static void
refuse_last(struct feed *feed)
{
	const struct held_message *m = &feed->held.at[feed->held.n - 1];
	const char *advice, *kind;

	if (!m->over)
		return;
	kind = looks_like(text_get(&m->bytes), m->bytes.len, feed->class != NULL, &advice);
	if (kind == NULL)
		return;
	source_bad(feed->source, "a message without rows in it", text_get(&m->bytes), m->bytes.len);
	held_messages_drop_last(&feed->held);
}

static void
look(struct feed *feed)
{
	struct text bytes = { 0 };
	size_t n;

	held_messages_text(&feed->held, LOOK, &bytes);
	n = bytes.len < LOOK ? bytes.len : LOOK;
	if (feed_lanes_sample(feed, text_get(&bytes), n, n == bytes.len) &&
	    inference_rows(feed->inference) > 0) {
		feed_settle(feed);
	} else {
		inference_free(feed->inference);
		feed->inference = NULL;
		feed->phase = PHASE_BYTES;
		feed->verdict = FEED_READY;
	}
	text_done(&bytes);
}

/* None of what is held has a row. */
static void
forget_held(struct feed *feed)
{
	const struct text *first = &feed->held.at[0].bytes;

	source_bad(feed->source, "messages without rows in them", text_get(first), first->len);
	held_messages_done(&feed->held);
}

static bool
enough(const struct feed *feed)
{
	return feed->held.lines >= ROWS || feed->held.bytes >= LOOK || feed->over;
}

void
feed_messages_step(struct feed *feed)
{
	struct piece piece;
	bool waited = feed->held.lines > 0 && feed_waited(feed);

	if (feed->held.lines > 0 && (waited || enough(feed))) {
		look(feed);
		if (feed->phase != PHASE_BYTES)
			return;
		feed->ringing = feed->rung = false;
		if (feed->held.bytes >= LOOK || feed->held.lines >= ROWS)
			forget_held(feed);
	}
	if (feed->over) {
		feed_lanes_end(feed);
	} else if (feed_lanes_read(feed, &piece)) {
		held_messages_add(&feed->held, &piece, source_tags(feed->source));
		refuse_last(feed);
	}
}

/* --- one message ------------------------------------------------------------------------------ */

static bool
is_braces(const struct format_class *class)
{
	return class == format_find("json") || class == format_find("ndjson");
}

/* That of the others, as a rule: an object among lines of a table, or one on several lines, is
 * looked at by itself. What is no object among objects is left to them, and told as bad. */
const struct format_class *
feed_messages_format(const struct feed *feed, const struct lane *lane)
{
	const struct format_class *others = feed->format.class;
	const char *s = text_get(&lane->pending) + lane->at;
	size_t n = lane_waits(lane);

	if (feed->class != NULL)
		return feed->class;
	while (n > 0 && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r')) {
		s++;
		n--;
	}
	if (n == 0)
		return others;
	if (*s != '{' && *s != '[')
		return others;
	return is_braces(others) && memchr(s, '\n', n - 1) == NULL ? others : NULL;
}

void
feed_messages_open(struct feed *feed, struct lane *lane)
{
	struct gather *g = &lane->gather;

	g->messages = true;
	g->place = lane->before;
	for (int i = 0; i < feed->places.n; i++)
		if (feed->places.at[i].lane == lane->number)
			g->place = feed->places.at[i];
	g->pass = g->place.passed;
	g->place.passed = 0;
}

/* --- places ----------------------------------------------------------------------------------- */

static void
tell_processed(struct feed *feed, const struct lane_places *places)
{
	if (feed->source->state == NULL || feed->source->class->processed == NULL)
		return;
	for (int i = 0; i < places->n; i++)
		feed->source->class->processed(feed->source, &places->at[i]);
}

static void
take_place(void *places, const struct position *place)
{
	lane_places_set(places, place);
}

/* Of rows of one lane that stand together the last one tells. */
void
feed_messages_dropped(struct feed *feed, const struct block *block)
{
	struct lane_places gone = { 0 };

	for (int i = 0; i < block->n; i++)
		if (i + 1 == block->n || block->after[i + 1].lane != block->after[i].lane)
			take_place(&gone, &block->after[i]);
	for (int i = 0; i < gone.n; i++)
		lane_places_set(&feed->places, &gone.at[i]);
	if (!feed->holds_places)
		tell_processed(feed, &gone);
	lane_places_done(&gone);
}

static struct lane_places
places_behind(const struct feed *feed, uint64_t row)
{
	struct lane_places places = { 0 };

	for (int i = 0; i < feed->places.n; i++)
		lane_places_set(&places, &feed->places.at[i]);
	decoder_places(feed->decoder, row, take_place, &places);
	return places;
}

void
feed_messages_save(const struct feed *feed, uint64_t row, struct buffer *b)
{
	struct lane_places places = { 0 };

	if (feed_has_messages(feed))
		places = places_behind(feed, row);
	lane_places_save(&places, b);
	lane_places_done(&places);
}

int
feed_messages_load(struct feed *feed, struct reader *r)
{
	lane_places_done(&feed->places);
	return lane_places_load(&feed->places, r);
}

void
feed_hold_places(struct feed *feed)
{
	feed->holds_places = true;
}

void
feed_mark(struct feed *feed, uint64_t row, uint64_t number)
{
	struct lane_places places;

	if (!feed_has_messages(feed) || feed->decoder == NULL)
		return;
	places = places_behind(feed, row);
	place_marks_add(&feed->marks, number, &places);
}

void
feed_marks_done(struct feed *feed, uint64_t number)
{
	struct lane_places places = place_marks_take(&feed->marks, number);

	tell_processed(feed, &places);
	lane_places_done(&places);
}

void
feed_leave(struct feed *feed, uint64_t row)
{
	struct lane_places places;

	if (!feed_has_messages(feed) || feed->decoder == NULL || feed->holds_places)
		return;
	places = places_behind(feed, row);
	tell_processed(feed, &places);
	lane_places_done(&places);
}
