/* feed_bytes.c - the bytes that a feed has read: those not yet parsed, and as many before them as
 * the places behind rows that are still held ask for.
 *
 * Whoever saves a place keeps a hash of the bytes before it. A row may be asked for until its block
 * is used up; so what is kept begins FEED_CHECK before the oldest block. Rows that are very long
 * would keep much: beyond FEED_KEPT the oldest bytes go, and their places are checked by fewer. */
#include "data/input/feed_parts.h"

#include <string.h>

#include "data/base/error.h"

enum { FEED_KEPT = 1 << 22 };

/* The first byte that is still needed, of those read. */
static size_t
needed_from(const struct feed *feed)
{
	uint64_t row, oldest = 0;
	size_t from;

	if (feed->phase == PHASE_ROWS)
		oldest = decoder_position(feed->decoder, &row).offset;
	if (oldest > feed->base + FEED_CHECK)
		oldest -= feed->base + FEED_CHECK;
	else
		oldest = 0;
	from = oldest < feed->at ? (size_t)oldest : feed->at;
	return feed->at - from > FEED_KEPT ? feed->at - FEED_KEPT : from;
}

void
feed_room(struct feed *feed)
{
	size_t from;

	if (feed->cap - feed->len >= FEED_READ)
		return;
	from = needed_from(feed);
	feed->len -= from;
	feed->at -= from;
	feed->base += from;
	memmove(feed->bytes, feed->bytes + from, feed->len);
	if (feed->cap - feed->len >= FEED_READ)
		return;
	feed->cap = feed->cap * 2 > feed->len + FEED_READ ? feed->cap * 2 : feed->len + FEED_READ;
	feed->bytes = memory_grow(feed->bytes, feed->cap, 1);
}

const char *
feed_before(const struct feed *feed, uint64_t offset, size_t *n)
{
	size_t end;

	*n = 0;
	if (offset < feed->base || offset - feed->base > feed->len)
		return feed->bytes;
	end = (size_t)(offset - feed->base);
	*n = end < FEED_CHECK ? end : FEED_CHECK;
	return feed->bytes + end - *n;
}

void
feed_bytes_clear(struct feed *feed, uint64_t base)
{
	feed->at = feed->len = feed->fresh = 0;
	feed->base = base;
}
