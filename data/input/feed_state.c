/* feed_state.c - a feed as bytes, and a fresh one that goes on from there.
 *
 * What was found at the start (format, names, types) is saved as it is; what was learned on the way
 * as it was known at the row. Bytes are not saved: the source goes back to the place behind the
 * row, where a hash of those before it tells whether it is still the same. */
#include "data/input/feed_parts.h"

#include <assert.h>
#include <string.h>

#include "data/base/state.h"
#include "data/base/times/times.h"
#include "data/input/recoded.h"
#include "data/rows/late_keys.h"

static const char class[] = "feed";
enum { VERSION = 7 };

/* --- saved ------------------------------------------------------------------------------------ */

static void
put_word(struct buffer *b, const char *s)
{
	buffer_text(b, s != NULL ? s : "", s != NULL ? strlen(s) : 0);
	buffer_u32(b, s != NULL);
}

uint64_t
feed_options_hash(const struct dialect_options *o)
{
	const char *const texts[] = { o->format, o->encoding, o->columns, o->missing, o->dates,
		o->time_format, o->zone, o->types, o->time };
	const char letters[] = { o->delimiter, o->quote, o->comment, o->decimal };
	struct buffer b = { 0 };
	uint64_t hash;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		put_word(&b, texts[i]);
	buffer_put(&b, letters, sizeof letters);
	buffer_u32(&b, o->skip_told);
	buffer_i64(&b, o->skip);
	buffer_u32(&b, o->no_header);
	hash = bytes_hash(b.data, b.len);
	buffer_done(&b);
	return hash;
}

static void
save_head(const struct feed *feed, bool told, struct buffer *b)
{
	struct entry entry;
	uint64_t n = 0;

	for (size_t at = 0; !told && record_log_next(&feed->head, &at, &entry);)
		n++;
	buffer_u32(b, told);
	buffer_u64(b, n);
	for (size_t at = 0; n > 0 && record_log_next(&feed->head, &at, &entry);) {
		buffer_text(b, entry.what, strlen(entry.what));
		buffer_text(b, entry.field.s, entry.field.n);
	}
}

void
feed_save_place(const struct feed *feed, const struct position *at, uint64_t row, struct buffer *b)
{
	size_t n;
	const char *before = feed_before(feed, at->offset, &n);

	buffer_u64(b, row);
	position_save(at, b);
	buffer_i64(b, decoder_stamp(feed->decoder, row));
	late_keys_save(decoder_late_keys(feed->decoder), row, b);
	decoder_save_lessons(feed->decoder, row, b);
	save_head(feed, row > 0 || !position_same(at, &feed->body), b);
	buffer_u32(b, (uint32_t)n);
	buffer_u64(b, bytes_hash(before, n));
	feed_messages_save(feed, row, b);
}

void
feed_save(const struct feed *feed, const struct position *at, uint64_t row, struct buffer *b)
{
	size_t begun = state_piece_begin(b, class, VERSION);

	assert(feed->decoder != NULL);
	buffer_u64(b, feed->options_hash);
	put_word(b, feed->format.class->name);
	dialect_save(&feed->dialect, b);
	row_map_save(&feed->map, b);
	buffer_u32(b, feed->sorted);
	position_save(&feed->body, b);
	buffer_i64(b, feed->stamp);
	feed_save_place(feed, at, row, b);
	feed_lanes_save(feed, row, b);
	state_piece_end(b, begun);
}

/* --- loaded ----------------------------------------------------------------------------------- */

struct place { /* where to go on */
	uint64_t row;
	struct position at;
	int64_t stamp;
	uint32_t told;  /* what is wrong up to the first row */
	uint32_t nhash; /* bytes before it, and their hash */
	uint64_t hash;
};

static int
load_format(struct feed *feed, struct reader *r)
{
	char name[32] = "";
	const char *s;
	uint32_t given;
	size_t n;

	if (reader_text(r, &s, &n) < 0 || n >= sizeof name || reader_below(r, 1, &given) < 0 ||
	    dialect_load(&feed->dialect, r) < 0)
		return -1;
	memcpy(name, s, n);
	feed->format.class = format_find(name);
	if (feed->format.class == NULL ||
	    (feed->format.class->parameter != NULL) != (feed->parameter != NULL)) {
		feed->format.class = NULL;
		return -1;
	}
	feed->dialect.parameter = feed->parameter;
	feed->format.dialect = &feed->dialect;
	feed->dialect.format = feed->format.class->name;
	return 0;
}

/* The source reads in UTF-8 from its start. */
static int
load_encoding(struct feed *feed, struct error *err)
{
	const char *encoding = feed->dialect.encoding;
	struct source *source;

	if (strcmp(encoding, "UTF-8") == 0)
		return 0;
	source = recoded_source(feed->source, encoding, NULL, 0, err);
	if (source == NULL)
		return -1;
	feed->source = source;
	feed->recoded = true;
	return 0;
}

/* Words that are told are static elsewhere; of a loaded state the feed keeps them. */
static int
load_head(struct feed *feed, uint32_t *told, struct reader *r)
{
	const char *what, *s;
	size_t n, nwhat, ntext;

	if (reader_below(r, 1, told) < 0 || reader_count(r, 16, &n) < 0)
		return -1;
	while (n-- > 0) {
		int i;

		if (reader_text(r, &what, &nwhat) < 0 || reader_text(r, &s, &ntext) < 0)
			return -1;
		i = name_index_add(&feed->words, what, nwhat);
		record_log_drop(&feed->head, feed->words.names[i], s, ntext, &feed->body);
	}
	return 0;
}

static int
load_found(struct feed *feed, struct reader *r)
{
	uint32_t sorted;

	if (load_format(feed, r) < 0 || row_map_load(&feed->map, feed->source->name, r) < 0 ||
	    reader_below(r, 1, &sorted) < 0 || position_load(&feed->body, r) < 0 ||
	    reader_i64(r, &feed->stamp) < 0)
		return -1;
	feed->sorts = sorted;
	return feed->stamp == TIME_NONE || (sorted && feed->map.schema.time < 0) ? -1 : 0;
}

/* The feed's decoder is made on the way: late keys belong to it. */
static int
load_learned(struct feed *feed, struct place *place, struct reader *r)
{
	if (reader_u64(r, &place->row) < 0 || position_load(&place->at, r) < 0 ||
	    reader_i64(r, &place->stamp) < 0 || place->stamp == TIME_NONE ||
	    place->row > INT64_MAX / 2)
		return -1;
	feed->decoder = feed_decoder_new(feed);
	if (late_keys_load(decoder_late_keys(feed->decoder), place->row, r) < 0 ||
	    decoder_load_lessons(feed->decoder, r) < 0 || load_head(feed, &place->told, r) < 0 ||
	    reader_below(r, FEED_CHECK, &place->nhash) < 0 || reader_u64(r, &place->hash) < 0 ||
	    feed_messages_load(feed, r) < 0)
		return -1;
	if (feed_has_messages(feed)) /* each lane passes over what is its own */
		place->at = (struct position){ 0 };
	return place->nhash > place->at.offset ? -1 : 0;
}

/* Brings the source to the place, by way of the bytes before it, which become those last read. */
static int
go_to(struct feed *feed, const struct place *place, struct error *err)
{
	struct source *source = feed->source;
	/* where no bytes were left to be hashed, one tells at least that it is there */
	size_t n = place->nhash > 0 ? place->nhash : place->at.offset > 0, got = 0;

	if (source_seek(source, place->at.offset - n, err) < 0)
		return -1;
	while (got < n) {
		long part = source->class->read(source, feed->bytes + got, n - got, err);

		if (part == SOURCE_FAIL)
			return -1;
		if (part <= 0)
			return error_set(err,
			    "%s: is now shorter than the %llu bytes that were read of it "
			    "(give the recording that was read before; without --resume a new run "
			    "begins)",
			    source->spec, (unsigned long long)place->at.offset);
		got += (size_t)part;
	}
	if (bytes_hash(feed->bytes, place->nhash) != place->hash)
		return error_set(err,
		    "%s: has other bytes before byte %llu than were read of it "
		    "(give the recording that was read before; without --resume a new run begins)",
		    source->spec, (unsigned long long)place->at.offset);
	return 0;
}

/* Reading goes on from the place, to which the source was brought. */
static void
go_on(struct feed *feed, const struct place *place)
{
	if (feed->map.schema.time < 0)
		decoder_arrival(feed->decoder, place->stamp);
	feed_go_on(feed, &place->at, place->row, place->stamp);
	feed->base = place->at.offset - place->nhash;
	feed->at = feed->len = feed->fresh = place->nhash;
	if (!place->told)
		feed_tell_head(feed);
}

int
feed_go_back(struct feed *feed, struct reader *in, struct error *err)
{
	struct decoder *before = feed->decoder;
	struct place place;
	int status;

	record_log_done(&feed->head);
	feed->head = (struct record_log){ 0 };
	status = load_learned(feed, &place, in);
	if (feed->decoder != before)
		decoder_free(before);
	if (status < 0)
		return state_damaged(class, err);
	if (go_to(feed, &place, err) < 0)
		return -1;
	go_on(feed, &place);
	return 0;
}

/* What it gives now is another document of the same columns. */
static void
begin_anew(struct feed *feed)
{
	feed_bytes_clear(feed, 0);
	feed_next_document(feed);
}

int
feed_load(struct feed *feed, struct reader *pieces, struct error *err)
{
	struct source *source = feed->source;
	struct place place;
	struct reader r;
	uint64_t hash;
	bool lanes;

	assert(feed->phase == PHASE_BYTES && feed->len == 0 && feed->decoder == NULL);
	if (source->state == NULL)
		return error_set(err, "%s", feed->why.text);
	if (state_piece(pieces, class, VERSION, &r, err) < 0)
		return -1;
	if (reader_u64(&r, &hash) < 0)
		return state_damaged(class, err);
	if (hash != feed->options_hash)
		return error_set(err,
		    "%s: was read under other options when its state was saved "
		    "(give the same, or start anew)",
		    source->spec);
	if (load_found(feed, &r) < 0)
		return state_damaged(class, err);
	if (row_map_times(&feed->map, &feed->options.dialect, err) < 0)
		return -1;
	if (load_learned(feed, &place, &r) < 0)
		return state_damaged(class, err);
	if (feed_lanes_load(feed, &lanes, &r, err) < 0)
		return -1;
	if (state_piece_done(&r, class, err) < 0 || load_encoding(feed, err) < 0 ||
	    (feed->sorts && feed_sort_all(feed, err) < 0) ||
	    (source_repeats(feed->source) && go_to(feed, &place, err) < 0))
		return -1;
	feed->map.schema.stamps_tell = feed->map.schema.time >= 0 || feed->source->class->live;
	if (lanes)
		place.at.passed = 0; /* they know */
	go_on(feed, &place);
	if (source->class->resume != NULL)
		source->class->resume(source, feed->places.at, feed->places.n);
	if (!lanes && !source_repeats(feed->source))
		begin_anew(feed);
	return 0;
}
