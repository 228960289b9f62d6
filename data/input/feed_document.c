/* feed_document.c - the same format from another place on: where a state was saved, where the rows
 * begin, or where a source says that a new document does. */
#include "data/input/feed_parts.h"

#include <string.h>

/* The same format, from another place on. */
static void
reopen(struct feed *feed, const struct position *at)
{
	struct format old = feed->format;

	format_close(&feed->format);
	format_open_at(&feed->format, old.class, &feed->dialect, old.sink, at);
}

void
feed_go_on(struct feed *feed, const struct position *at, uint64_t row, int64_t stamp)
{
	feed->format.sink = decoder_sink(feed->decoder);
	reopen(feed, at);
	inference_free(feed->inference);
	feed->inference = NULL;
	decoder_resume(feed->decoder, at, row, stamp);
	feed_bytes_clear(feed, at->offset);
	feed->read_from = feed->read_to = 0;
	feed->over = feed->failed = feed->renew = feed->marked = false;
	feed->verdict = FEED_READY;
	feed->phase = PHASE_ROWS;
}

void
feed_next_document(struct feed *feed)
{
	struct record_sink *sink = feed->format.sink;

	feed->format.class->finish(&feed->format);
	reopen(feed, &(struct position){ 0 });
	sink->document(sink->self);
	feed_bytes_clear(feed, 0);
	feed->renew = false;
	feed->marked = true;
}

bool
feed_mark_begun(struct feed *feed)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t n = feed->len - feed->at;

	if (!feed->marked)
		return false;
	if (n < 3 && memcmp(feed->bytes + feed->at, mark, n) == 0 && !feed->over && !feed->renew)
		return true;
	feed->marked = false;
	n = format_mark(feed->bytes + feed->at, n);
	if (n == 0)
		return false;
	feed->at += n;
	reopen(feed, &(struct position){ .offset = n });
	return false;
}
