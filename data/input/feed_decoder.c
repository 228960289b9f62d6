/* feed_decoder.c - the decoder of a feed: made, and told who reads what of its rows. */
#include "data/input/feed_parts.h"

struct decoder *
feed_decoder_new(const struct feed *feed)
{
	struct decoder *decoder = decoder_new(&feed->map, feed->format.class->named, feed->stamp);

	if (feed_goes_on(feed))
		decoder_go_on(decoder);
	if (feed->written)
		decoder_keep_written(decoder);
	return decoder;
}

void
feed_use(struct feed *feed, const bool *used)
{
	decoder_use(feed->decoder, used);
}

void
feed_keep_written(struct feed *feed)
{
	feed->written = true;
	if (feed->decoder != NULL)
		decoder_keep_written(feed->decoder);
}
