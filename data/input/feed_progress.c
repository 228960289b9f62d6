/* feed_progress.c - how far a recording was read, and how many rows it has. */
#include "data/input/feed_parts.h"

/* Of the bytes last read, those that were parsed count. */
void
feed_progress(const struct feed *feed, uint64_t *at, uint64_t *size)
{
	const struct source *source = feed->source;
	size_t parsed = feed->at > feed->fresh ? feed->at - feed->fresh : 0;
	double share =
	    feed->len > feed->fresh ? (double)parsed / (double)(feed->len - feed->fresh) : 1;

	*at = *size = 0;
	if (source->state == NULL || source->class->progress == NULL)
		return;
	source->class->progress(source, at, size);
	*at = feed->read_from + (uint64_t)((double)(feed->read_to - feed->read_from) * share);
}

/* A line that is still to come is a row, as a rule: the number stands still, but where a quoted
 * cell has line ends or a record gives no row. */
uint64_t
feed_rows(const struct feed *feed)
{
	const struct source *source = feed->source;
	uint64_t at, size, lines = 0, rows = 0;

	if (feed->phase == PHASE_ROWS)
		rows = decoder_rows(feed->decoder);
	if (rows > 0 && source->state != NULL && source->class->lines != NULL)
		lines = source->class->lines(source);
	if (lines > 0 && lines >= feed->format.at.line)
		return rows + (lines - feed->format.at.line);
	feed_progress(feed, &at, &size);
	if (size == 0 || at == 0 || rows == 0)
		return 0;
	return (uint64_t)((double)rows * ((double)size / (double)at));
}
