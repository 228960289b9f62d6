/* feed_lanes_state.c - the lanes of a live source that can go on where it was, as bytes and back:
 * up to where the rows of each went, and what the source needs to find its bytes again. */
#include "data/input/feed_parts.h"

#include <stdlib.h>

#include "data/base/error.h"
#include "data/base/state.h"
#include "data/input/lanes/lane.h"

static void
take_place(void *self, const struct position *place)
{
	struct position *at = self;

	if (place->lane == at->lane)
		*at = *place;
}

/* Behind the last row of the lane up to that row of the feed. */
static struct position
place_of(const struct feed *feed, const struct lane *lane, uint64_t row)
{
	struct position at = lane->passed;

	decoder_places(feed->decoder, row, take_place, &at);
	return at;
}

/* Those of messages go on by their places. */
static bool
saves(const struct feed *feed)
{
	return feed->lanes != NULL && feed->source->class->save != NULL;
}

/* All rows of it went, and no more come. */
static bool
is_over(const struct lane *lane, uint64_t row)
{
	return lane->last > 0 && lane->last <= row;
}

void
feed_lanes_save(const struct feed *feed, uint64_t row, struct buffer *b)
{
	const struct source *source = feed->source;
	struct position *places;
	int n = 0;

	buffer_u32(b, saves(feed));
	if (!saves(feed))
		return;
	places = memory_new((size_t)feed->lanes->n + 1, sizeof *places);
	for (int i = 0; i < feed->lanes->n; i++)
		if (!is_over(feed->lanes->at[i], row))
			places[n++] = place_of(feed, feed->lanes->at[i], row);
	buffer_u64(b, (uint64_t)n);
	n = 0;
	for (int i = 0; i < feed->lanes->n; i++)
		if (!is_over(feed->lanes->at[i], row))
			lane_save(feed->lanes->at[i], &places[n++], b);
	source->class->save(source, places, n, b);
	free(places);
}

static int
load(struct feed *feed, struct reader *r)
{
	size_t n;

	if (reader_count(r, 8, &n) != 0)
		return -1;
	while (n-- > 0)
		if (lanes_load(feed->lanes, &feed->map, decoder_sink(feed->decoder),
			feed->format.class->named, feed->parameter, r) == NULL)
			return -1;
	return 0;
}

int
feed_lanes_load(struct feed *feed, bool *saved, struct reader *r, struct error *err)
{
	uint32_t told;

	*saved = false;
	if (reader_below(r, 1, &told) != 0 || (told && !saves(feed)))
		return state_damaged("feed", err);
	if (!told)
		return 0;
	if (load(feed, r) != 0)
		return state_damaged("feed", err);
	*saved = true;
	feed->lanes->busy = true;
	return feed->source->class->load(feed->source, r, err);
}
