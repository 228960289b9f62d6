/* feed_lanes_state.c - the lanes of a live source that can go on where it was, as bytes and back:
 * up to where the rows of each went, and what the source needs to find its bytes again. */
#include "data/input/feed_parts.h"

#include <stdlib.h>

#include "data/base/error.h"
#include "data/input/lane.h"

/* Behind the last row of the lane up to that row of the feed. */
static struct position
place_of(const struct feed *feed, const struct lane *lane, uint64_t row)
{
	struct position at = lane->passed;

	decoder_passed(feed->decoder, row, lane->number, &at);
	return at;
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
	struct position *places = memory_new((size_t)feed->lanes->n + 1, sizeof *places);
	int n = 0;

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

int
feed_lanes_load(struct feed *feed, struct reader *r)
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
