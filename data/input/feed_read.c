/* feed_read.c - the phases of a feed: bytes in, blocks of rows out.
 *
 * A feed goes through phases. First it looks at bytes, to tell the format (and to strip a
 * byte order mark). Then it looks at rows, to tell the columns: of a recording until the sample is
 * full or the input over, whatever the cuts; of a pipe or a live source at most SETTLE_MS longer
 * than the first row. Then the columns are known, and it can be told which of them are used, before
 * the rows looked at are made. From then on records go straight into blocks.
 *
 * Bytes are parsed in slices, so that what one call makes is bounded: a slice of 4 KiB has at most
 * as many cells. feed_fill stops as soon as a block is full, and after FILL_STEPS steps. */
#include "data/input/feed_parts.h"

#include <string.h>

#include "data/base/error.h"
#include "data/dialect/encoding.h"
#include "data/dialect/find.h"
#include "data/formats/looks_like.h"
#include "data/input/recoded.h"
#include "data/sources/files/packed.h"

enum {
	SLICE = 1 << 12,
	FILL_STEPS = 32,       /* of one call: 128 KiB, in well under 50 ms */
	SNIFF = DIALECT_BYTES, /* bytes that tell the dialect, where there are as many */
	SETTLE_MS = 200
};

/* Has SETTLE_MS passed since this was first asked? A recording needs no alarm: it has no pauses. */
bool
feed_waited(struct feed *feed)
{
	if (feed->alarm == NULL)
		return false;
	if (!feed->ringing)
		alarm_set(feed->alarm, SETTLE_MS);
	feed->ringing = true;
	return feed->rung;
}

/* Are there enough bytes to tell how rows are written? */
static bool
sniffed(struct feed *feed)
{
	if (feed->renew) /* a document without a byte is passed over */
		return feed->len > 0;
	return feed->over || feed->len >= SNIFF ||
	       (memchr(feed->bytes, '\n', feed->len) != NULL && feed_waited(feed));
}

static void
fail(struct feed *feed, enum feed_state verdict)
{
	feed->verdict = verdict;
	feed->over = true;
}

/* Bytes that are no text in any format of ours. Files are unpacked by their source; what comes
 * through a pipe is not, since unpacking would wait for it. */
static void
refuse_bytes(struct feed *feed)
{
	const char *spec = feed->source->spec, *unpacker;
	const char *from = strcmp(spec, "-") == 0 ? "standard input" : spec;
	const char *packing = packed_name(feed->bytes, feed->len, &unpacker), *advice;
	const char *kind =
	    looks_like(feed->bytes + feed->at, feed->len - feed->at, feed->class != NULL, &advice);

	if (packing != NULL)
		error_set(&feed->why, "%s: is packed by %s (pipe it through %s, or name the file)",
		    from, packing, unpacker);
	else if (kind != NULL)
		error_set(&feed->why, "%s: is no stream of rows: it looks like %s (%s)", from, kind,
		    advice);
	else
		return;
	fail(feed, FEED_FAIL);
}

/* From here on the source reads in UTF-8, from its start. */
static void
recode(struct feed *feed, const char *encoding)
{
	struct source *source =
	    recoded_source(feed->source, encoding, feed->bytes, feed->len, &feed->why);

	if (source == NULL) {
		fail(feed, FEED_WRONG);
		return;
	}
	feed->source = source;
	feed->recoded = true;
	feed->over = feed->failed = false;
	feed_bytes_clear(feed, 0);
}

static bool
is_table(const struct format_class *class)
{
	return class == format_find("csv") || class == format_find("tsv") ||
	       class == format_find("words");
}

/* Does a line of the text itself say what its columns are? */
static bool
names_columns(const struct format_class *class, const char *text, size_t n)
{
	return class->names_columns != NULL && class->names_columns(text, n);
}

/* The format told, else the one that the text fits; of tables it is the one of their dialect. */
static const struct format_class *
find_class(const struct feed *feed, const char *text, size_t n, bool whole)
{
	const struct format_class *class = feed->class;

	if (class == NULL)
		class = format_guess(feed->source->spec, text, n, whole);
	if (names_columns(class, text, n))
		return class;
	if (is_table(class) && format_find(feed->dialect.format) != NULL)
		class = format_find(feed->dialect.format);
	return class;
}

/* Where cells have names of their own, or a line names the columns, what a table's dialect would
 * make of the first lines is not so: none of them is passed over but those that were told. */
static void
forget_dialect(struct feed *feed, const struct format_class *class)
{
	const struct dialect_options *told = &feed->options.dialect;
	struct dialect *d = &feed->dialect, found = *d;

	*d = (struct dialect){ .mark = found.mark, .delimiter = ' ', .quote = '"', .comment = '#' };
	memcpy(d->encoding, found.encoding, sizeof d->encoding);
	d->skip = told->skip_told ? told->skip : 0;
	d->header = is_table(class);
}

static bool
is_blank(const char *s, size_t n)
{
	return n > 0 && *s == '\0' && memcmp(s, s + 1, n - 1) == 0;
}

static void
doubt_table(struct feed *feed, const char *s, size_t n, bool whole)
{
	feed_doubt_told(feed, s, n, whole);
	feed_hint(feed, s, n);
}

void
feed_open_format(struct feed *feed, bool whole)
{
	struct dialect_options options = feed->options.dialect;
	size_t n = feed->len < SNIFF ? feed->len : SNIFF, mark;
	const struct format_class *class;
	char encoding[sizeof feed->dialect.encoding];
	struct json_found json;

	refuse_bytes(feed);
	if (feed->verdict != FEED_READY)
		return;
	if (feed->recoded || feed->lanes != NULL)
		options.encoding = "UTF-8"; /* what was told is true of the bytes before */
	memcpy(encoding, feed->dialect.encoding, sizeof encoding);
	whole = whole && feed->len <= SNIFF;
	dialect_find(feed->bytes, n, whole, &options, &feed->dialect);
	if (strcmp(feed->dialect.encoding, "UTF-8") != 0) {
		if (encoding_in_doubt(feed->bytes, n, whole, options.encoding))
			feed_add_doubt(feed,
			    "--encoding %.60s is told, but its bytes are none of such a text "
			    "(leave it out)",
			    options.encoding);
		recode(feed, feed->dialect.encoding);
		return;
	}
	mark = (size_t)feed->dialect.mark;
	feed->blank = is_blank(feed->bytes, n);
	if (feed->recoded)
		memcpy(feed->dialect.encoding, encoding, sizeof encoding);
	class = find_class(feed, feed->bytes + mark, n - mark, whole);
	if (feed_find_json(feed, class, feed->bytes + mark, n - mark, whole, &json))
		class = format_find("json");
	if (!is_table(class) || names_columns(class, feed->bytes + mark, n - mark))
		forget_dialect(feed, class);
	else
		doubt_table(feed, feed->bytes + mark, n - mark, whole);
	feed->dialect.format = class->name;
	feed->dialect.wrapped = json.wrapped;
	feed->dialect.shape = json.shape;
	if (json.shape == JSON_GRID)
		memcpy(feed->dialect.titles, json.names, sizeof json.names);
	feed->at = mark;
	feed->body = (struct position){ .offset = mark };
	feed->phase = PHASE_SAMPLE;
	feed->dialect.parameter = feed->parameter;
	feed->inference = inference_new(class->named, &feed->options.dialect, &feed->dialect);
	if (feed_goes_on(feed))
		inference_go_on(feed->inference);
	format_open_at(
	    &feed->format, class, &feed->dialect, inference_sink(feed->inference), &feed->body);
}

void
feed_settle(struct feed *feed)
{
	struct row_map *map = &feed->map;
	const struct source *source = feed->source;

	if (inference_map(feed->inference, source->class->tags, source->name, map, &feed->why) <
	    0) {
		fail(feed, FEED_WRONG);
		return;
	}
	row_map_dialect(map, &feed->dialect);
	feed_note_dialect(feed);
	map->schema.stamps_tell = map->schema.time >= 0 || source->class->live;
	if (feed->lanes == NULL)
		feed->body = inference_body(feed->inference, feed->body);
	inference_head(feed->inference, &feed->head);
	feed->stamp = inference_stamp(feed->inference, map);
	feed->decoder = feed_decoder_new(feed);
	decoder_resume(feed->decoder, &feed->body, 0, feed->stamp);
	decoder_arrival(feed->decoder, arrival_clock_now(&feed->arrival));
	feed->sorts = feed_sorts(feed);
	feed->phase = PHASE_SETTLED;
}

void
feed_tell_head(struct feed *feed)
{
	struct record_sink *sink = decoder_sink(feed->decoder);
	struct entry entry;

	sink->after = feed->body;
	for (size_t at = 0; record_log_next(&feed->head, &at, &entry);)
		sink->drop(sink->self, entry.what, entry.field.s, entry.field.n);
}

void
feed_make_sampled(struct feed *feed)
{
	struct record_sink *sink = decoder_sink(feed->decoder);

	if (feed->sorts) { /* they come again, in order */
		feed->sorts = false;
		feed->phase = PHASE_SORTING;
		return;
	}
	if (feed->lanes != NULL) {
		feed_lanes_begin(feed);
		return;
	}
	feed_tell_head(feed);
	inference_replay(feed->inference, sink);
	inference_free(feed->inference);
	feed->inference = NULL;
	feed->format.sink = sink;
	feed->phase = PHASE_ROWS;
}

/* The columns are settled when enough rows were seen, or when no more come for a while. */
static void
look_at_sample(struct feed *feed)
{
	if (inference_full(feed->inference)) {
		feed_settle(feed);
	} else if (feed->dry && inference_rows(feed->inference) > 0) {
		if (feed_waited(feed))
			feed_settle(feed);
	} else if (feed->dry) {
		feed->ringing = feed->rung = false; /* the first row is still to come */
	}
}

static void
read_more(struct feed *feed)
{
	struct source *source = feed->source;
	uint64_t size;
	long n;

	feed_room(feed);
	feed->fresh = feed->len;
	feed->read_from = feed->read_to;
	n = source->class->read(source, feed->bytes + feed->len, FEED_READ, &feed->why);
	if (n > 0) {
		feed->len += (size_t)n;
		feed->received += (uint64_t)n;
	}
	feed->dry = n == SOURCE_AGAIN;
	feed->renew = n == SOURCE_NEW;
	feed->over = n == SOURCE_END || n == SOURCE_FAIL;
	feed->failed = n == SOURCE_FAIL;
	if (source->class->progress != NULL)
		source->class->progress(source, &feed->read_to, &size);
	if (feed->decoder != NULL && n > 0)
		decoder_arrival(feed->decoder,
		    source->arrival != 0 ? source->arrival : arrival_clock_now(&feed->arrival));
}

/* The input is over and parsed. Where it failed, its last record may be cut: it is left out. */
static void
finish(struct feed *feed)
{
	if (!feed->failed)
		feed->format.class->finish(&feed->format);
	if (feed->phase == PHASE_SAMPLE && !(feed->failed && inference_rows(feed->inference) == 0))
		feed_settle(feed);
	if (feed->phase == PHASE_SETTLED && feed->sorts)
		return;
	if (feed->phase == PHASE_SETTLED)
		feed_make_sampled(feed);
	if (feed->decoder != NULL)
		decoder_finish(feed->decoder);
	if (feed->verdict == FEED_READY)
		feed->verdict = feed->failed ? FEED_FAIL : FEED_END;
}

static void
parse_slice(struct feed *feed)
{
	size_t n = feed->len - feed->at;

	if (n > SLICE)
		n = SLICE;
	feed->format.class->feed(&feed->format, feed->bytes + feed->at, n);
	feed->at += n;
}

/* One step on the way of the bytes. */
static void
step(struct feed *feed)
{
	bool begun = feed->phase != PHASE_BYTES, wait = begun && feed_mark_begun(feed);

	if (feed->phase == PHASE_SORTING)
		feed_sort(feed);
	else if (!begun && sniffed(feed))
		feed_open_format(feed, feed->over || feed->renew);
	else if (begun && !wait && feed->at < feed->len)
		parse_slice(feed);
	else if (begun && feed->renew)
		feed_next_document(feed);
	else if (!feed->over)
		read_more(feed);
	else
		finish(feed);
	if (feed->phase == PHASE_SAMPLE && feed->verdict == FEED_READY)
		look_at_sample(feed);
}

/* Nothing is to be told yet: no block is full, and the source has neither paused nor ended. */
static bool
may_step(const struct feed *feed)
{
	return feed->verdict == FEED_READY && !feed->dry && feed->phase != PHASE_SETTLED &&
	       (feed->decoder == NULL || !decoder_ready(feed->decoder));
}

enum feed_state
feed_fill(struct feed *feed, struct error *err)
{
	if (feed->phase == PHASE_SETTLED)
		feed_make_sampled(feed);
	feed->dry = false;
	for (int i = 0; may_step(feed); i++) {
		if (i == FILL_STEPS)
			return FEED_MORE;
		if (feed->lanes != NULL)
			feed_lanes_step(feed);
		else
			step(feed);
	}
	if (feed->phase == PHASE_SETTLED)
		return FEED_READY;
	if (feed->verdict == FEED_READY || feed->verdict == FEED_END) {
		if (feed->dry && (feed->decoder == NULL || !decoder_holds(feed->decoder)))
			return FEED_WAIT;
		return feed->verdict;
	}
	if (feed->decoder != NULL && decoder_holds(feed->decoder))
		return FEED_READY;
	*err = feed->why;
	return feed->verdict;
}
