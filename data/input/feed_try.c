/* feed_try.c - a row that is tried: read as the rows of the source are, by a decoder of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/input/feed_parts.h"
#include "data/base/error.h"

struct feed_trial {
	struct decoder *decoder;
	struct block *block;
};

static void
read_json(const char *json, size_t n, struct record_sink *sink)
{
	struct dialect dialect = { .delimiter = ',', .quote = '"' };
	struct format format = { 0 };

	format_open(&format, format_find("json"), &dialect, sink);
	format.class->feed(&format, json, n);
	format.class->finish(&format);
	format_close(&format);
}

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

/* --- its keys --------------------------------------------------------------------------------- */

struct key_check { /* a sink that looks at keys alone */
	const struct feed *feed;
	char unknown[64];
	bool any;
};

static void
check_key(void *self, const char *key, size_t n, const struct field *field)
{
	struct key_check *c = self;

	(void)field;
	if (c->any || name_index_find(&c->feed->map.keys, key, n) >= 0)
		return;
	c->any = true;
	snprintf(c->unknown, sizeof c->unknown, "%.*s", (int)(n < 60 ? n : 60), key);
}

static void
check_keys(void *self, const struct field *keys, const struct field *fields, int n, bool same)
{
	(void)same;
	for (int i = 0; i < n; i++)
		check_key(self, keys[i].s, keys[i].n, &fields[i]);
}

static void
pass_cell(void *self, int position, const struct field *field)
{
	(void)self, (void)position, (void)field;
}

static void
pass_record(void *self)
{
	(void)self;
}

static void
pass_fault(void *self, const char *what, const char *s, size_t n)
{
	(void)self, (void)what, (void)s, (void)n;
}

/* A cell under another name would be missing, and its row judged without it. */
static int
know_keys(const struct feed *feed, const char *json, size_t n, struct error *err)
{
	enum { SHOWN = 8 };
	struct key_check keys = { .feed = feed };
	struct record_sink sink = { .cell = pass_cell,
		.named = check_key,
		.record = pass_record,
		.drop = pass_fault,
		.fault = pass_fault,
		.document = pass_record,
		.named_whole = check_keys,
		.self = &keys };
	const struct schema *schema = &feed->map.schema;
	struct text names = { 0 };

	read_json(json, n, &sink);
	for (int i = 0; i < schema->n && i < SHOWN; i++)
		text_addf(&names, "%s%.60s", i > 0 ? ", " : "", schema->columns[i].name);
	if (keys.any)
		error_set(err, "no column '%s' (there are %s%s)", keys.unknown, text_get(&names),
		    schema->n > SHOWN ? ", ..." : "");
	text_done(&names);
	return keys.any ? -1 : 0;
}

struct feed_trial *
feed_try(struct feed *feed, const char *json, size_t n, int64_t stamp, struct error *err)
{
	struct feed_trial *t = memory_zero(1, sizeof *t);

	if (know_keys(feed, json, n, err) != 0) {
		free(t);
		return NULL;
	}
	t->decoder = decoder_new(&feed->map, true, stamp);
	decoder_arrival(t->decoder, arrival_clock_now(&feed->arrival));
	read_json(json, n, decoder_sink(t->decoder));
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
