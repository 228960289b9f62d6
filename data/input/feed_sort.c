/* feed_sort.c - puts a recording in the order of time before its first row goes.
 *
 * It is asked for, or found: most of what a sample's times change by goes back. The rows looked at
 * are forgotten; the feed begins anew with a source that gives the same bytes in another order. */
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/input/feed_parts.h"

enum { STEP_US = 1000, MOST = 1 << 28 /* bytes of a recording that nobody asked to sort */ };

bool
feed_sorts(const struct feed *feed)
{
	const struct source *source = feed->source;
	uint64_t at, size = 0;

	if (feed->options.sort == SORT_NEVER || feed->map.schema.time < 0 || feed_live(feed) ||
	    feed->failed || source->class->seek == NULL || source->class->progress == NULL)
		return false;
	source->class->progress(source, &at, &size); /* what has no end is made, not recorded */
	return size > 0 &&
	       (feed->options.sort == SORT_TOLD || inference_falls(feed->inference, &feed->map));
}

static bool
begin(struct feed *feed)
{
	uint64_t most = feed->options.sort == SORT_TOLD ? UINT64_MAX : MOST;

	if (feed->sorting == NULL)
		feed->sorting = sorting_new(feed->source, &feed->format, &feed->map, &feed->body,
		    feed->stamp, most, &feed->why);
	return feed->sorting != NULL;
}

/* The rows begin where they began, in order or as they were. */
static void
go_on(struct feed *feed, bool sorted)
{
	if (sorted) {
		feed->source = sorting_source(feed->sorting);
		feed->sorted = true;
	}
	feed_sort_done(feed);
	if (source_seek(feed->source, feed->body.offset, &feed->why) < 0) {
		feed->verdict = FEED_FAIL;
		feed->over = true;
		return;
	}
	feed_go_on(feed, &feed->body, 0, feed->stamp);
	feed_tell_head(feed);
}

static void
end(struct feed *feed, enum sorting_state state)
{
	switch (state) {
	case SORTING_MORE:
	case SORTING_IN_ORDER:
		break;
	case SORTING_DONE:
		if (feed->options.sort == SORT_FOUND)
			feed_add_note(
			    feed, "newest first: put in the order of time, and numbered so");
		break;
	case SORTING_BOUND:
		feed_add_note(feed,
		    "not put in the order of time: its rows cannot be read one by one "
		    "(give it as NDJSON or CSV)");
		break;
	case SORTING_LARGE:
		feed_add_note(feed,
		    "newest first, but too large to be put in the order of time unasked "
		    "(--sort does it)");
		break;
	case SORTING_FAIL:
		feed_add_note(feed, "%s", feed->why.text);
		break;
	}
	go_on(feed, state == SORTING_DONE);
}

void
feed_sort(struct feed *feed)
{
	enum sorting_state state = SORTING_FAIL;

	if (begin(feed))
		state = sorting_step(feed->sorting, STEP_US * INT64_C(1000), &feed->why);
	if (state != SORTING_MORE)
		end(feed, state);
}

int
feed_sort_all(struct feed *feed, struct error *err)
{
	enum sorting_state state = SORTING_MORE;

	if (!begin(feed)) {
		*err = feed->why;
		return -1;
	}
	feed->sorts = false;
	while (state == SORTING_MORE)
		state = sorting_step(feed->sorting, INT64_MAX / 2, err);
	if (state == SORTING_FAIL)
		return -1;
	if (state == SORTING_DONE) {
		feed->source = sorting_source(feed->sorting);
		feed->sorted = true;
	}
	feed_sort_done(feed);
	return 0;
}

void
feed_sort_done(struct feed *feed)
{
	sorting_free(feed->sorting);
	feed->sorting = NULL;
}
