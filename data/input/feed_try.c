/* feed_try.c - a row that is tried: read as the rows of the source are, by a decoder of its own. */
#include <stdlib.h>
#include <string.h>

#include "data/input/feed_parts.h"
#include "data/base/error.h"

struct feed_trial {
	struct decoder *decoder;
	struct block *block;
};

static int
check(const struct feed *feed, const struct feed_trial *t, struct error *err)
{
	const struct block *b = t->block;

	for (int i = 0; b != NULL && i < b->nfaults; i++)
		if (b->faults[i].column >= 0)
			return error_set(err, "'%s' is %s (%.*s)",
			    feed->map.schema.columns[b->faults[i].column].name, b->faults[i].what,
			    (int)b->faults[i].text.n, b->faults[i].text.s);
		else if (b->faults[i].column == FAULT_ROW)
			return error_set(err, "%s: %.*s (send one JSON object of its columns)",
			    b->faults[i].what, (int)b->faults[i].text.n, b->faults[i].text.s);
	if (b == NULL || b->n != 1)
		return error_set(err, "this is not one row (send one JSON object)");
	return 0;
}

struct feed_trial *
feed_try(struct feed *feed, const char *json, size_t n, int64_t stamp, struct error *err)
{
	struct feed_trial *t = memory_zero(1, sizeof *t);
	struct dialect dialect = { .delimiter = ',', .quote = '"' };
	struct format format = { 0 };

	t->decoder = decoder_new(&feed->map, true, stamp);
	decoder_arrival(t->decoder, arrival_clock_now(&feed->arrival));
	format_open(&format, format_find("json"), &dialect, decoder_sink(t->decoder));
	format.class->feed(&format, json, n);
	format.class->finish(&format);
	format_close(&format);
	decoder_finish(t->decoder);
	t->block = decoder_block(t->decoder, true);
	if (check(feed, t, err) == 0)
		return t;
	feed_trial_free(t);
	return NULL;
}

struct block *
feed_trial_block(struct feed_trial *t)
{
	return t->block;
}

void
feed_trial_free(struct feed_trial *t)
{
	decoder_free(t->decoder);
	free(t);
}
