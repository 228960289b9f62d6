/* feed.c - a source, its format and its row map at work: opened, closed, and asked for its rows. */
#include "data/input/feed_parts.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/input/kept.h"
#include "data/rows/late_keys.h"

/* --- opening ---------------------------------------------------------------------------------- */

static int
take_format(struct feed *feed, struct error *err)
{
	const struct dialect_options *told = &feed->options.dialect;

	if (told->format == NULL || strcmp(told->format, "auto") == 0) {
		if (told->delimiter != 0)
			feed->class = format_find("csv"); /* or words: its dialect tells */
		return 0;
	}
	feed->format_name = memory_text(told->format, strlen(told->format));
	feed->class = format_told(feed->format_name, &feed->parameter, err);
	return feed->class != NULL ? 0 : error_subject(err, ERROR_FORMAT, -1, NULL);
}

static int
take_options(struct feed *feed, const struct feed_options *options, struct error *err)
{
	feed->options = *options;
	feed->options_hash = feed_options_hash(&options->dialect);
	feed->options.dialect = dialect_options_copy(&options->dialect);
	if (options->follow && (feed->source->class->kind & SOURCE_FOLLOWS) == 0) {
		error_set(err, "'%s' is nothing that grows (-f is for files)", feed->source->spec);
		return error_subject(err, ERROR_FOLLOW, -1, NULL);
	}
	if (options->with_rotated && !options->follow)
		return error_set(
		    err, "--with-rotated: is for files that are followed (give -f, too)");
	feed->source->with_rotated = options->with_rotated;
	return take_format(feed, err);
}

/* What a source knows itself of how its rows are written counts where nothing is told. */
static int
ask_source(struct feed *feed, struct error *err)
{
	struct dialect_options told = feed->options.dialect, both = told;

	if (feed->source->class->dialect == NULL)
		return 0;
	feed->source->class->dialect(feed->source, &both);
	feed->options.dialect = dialect_options_copy(&both);
	dialect_options_done(&told);
	return feed->format_name == NULL ? take_format(feed, err) : 0;
}

static void
wake(void *arg)
{
	struct feed *feed = arg;

	if (feed->ready != NULL)
		feed->ready(feed->ready_arg);
}

static void
ring(void *arg)
{
	struct feed *feed = arg;

	feed->rung = true;
	wake(feed);
}

struct feed *
feed_open(
    const char *spec, const struct feed_options *options, struct uv_loop_s *loop, struct error *err)
{
	struct source *source = source_new(spec, options->follow, err);

	return source != NULL ? feed_attach(source, options, loop, err) : NULL;
}

struct feed *
feed_attach(struct source *source, const struct feed_options *options, struct uv_loop_s *loop,
    struct error *err)
{
	struct feed *feed = memory_zero(1, sizeof *feed);

	feed->verdict = FEED_READY;
	feed->source = source;
	if (take_options(feed, options, err) < 0) {
		feed_close(feed);
		return NULL;
	}
	source->loop = loop;
	source->ready = wake;
	source->ready_arg = feed;
	source->poll = options->poll;
	if (options->poll > 0 && (source->class->kind & SOURCE_POLLS) == 0) {
		error_set(
		    err, "--poll: '%s' is not run or fetched again (leave it out)", source->spec);
		feed_close(feed);
		return NULL;
	}
	if (options->ack != NULL && source->class->reply == NULL) {
		error_set(
		    err, "ack: nothing can be written back to '%s' (leave it out)", source->spec);
		feed_close(feed);
		return NULL;
	}
	if (options->ack != NULL)
		feed->ack = memory_text(options->ack, strlen(options->ack));
	feed->cap = 2 * FEED_READ;
	feed->bytes = memory_new(feed->cap, 1);
	if ((source->class->kind & SOURCE_LANES) != 0)
		feed->lanes = memory_zero(1, sizeof *feed->lanes);
	arrival_clock_start(&feed->arrival);
	if (source_open(source, &feed->why) < 0) {
		feed->verdict = FEED_FAIL;
		feed->over = true;
	} else if (ask_source(feed, err) < 0) {
		feed_close(feed);
		return NULL;
	} else if (loop != NULL && feed_live(feed)) {
		feed->alarm = alarm_new(loop, ring, feed);
	}
	return feed;
}

void
feed_close(struct feed *feed)
{
	if (feed == NULL)
		return;
	alarm_free(feed->alarm);
	feed_sort_done(feed);
	for (int i = 0; i < feed->nnotes; i++)
		free(feed->notes[i].text);
	free(feed->notes);
	if (feed->lanes != NULL)
		lanes_done(feed->lanes);
	free(feed->lanes);
	held_messages_done(&feed->held);
	lane_places_done(&feed->places);
	place_marks_done(&feed->marks);
	source_free(feed->source);
	format_close(&feed->format);
	inference_free(feed->inference);
	decoder_free(feed->decoder);
	row_map_done(&feed->map);
	record_log_done(&feed->head);
	name_index_done(&feed->words);
	dialect_options_done(&feed->options.dialect);
	free(feed->format_name);
	free(feed->ack);
	free(feed->bytes);
	free(feed);
}

void
feed_stop(struct feed *feed)
{
	struct source *source = feed->source;

	alarm_free(feed->alarm);
	feed->alarm = NULL;
	feed_sort_done(feed);
	source_stop(source);
	if (feed->lanes != NULL)
		lanes_done(feed->lanes);
	held_messages_done(&feed->held);
	format_close(&feed->format);
	decoder_free(feed->decoder);
	feed->decoder = NULL;
	free(feed->bytes);
	feed->bytes = NULL;
	feed->ready = NULL;
	feed->over = true;
	feed->verdict = FEED_END;
	feed->phase = PHASE_BYTES;
}

const char *
feed_name(const struct feed *feed)
{
	return feed->source->name;
}

void
feed_on_ready(struct feed *feed, void (*ready)(void *), void *arg)
{
	feed->ready = ready;
	feed->ready_arg = arg;
}

/* --- what others see -------------------------------------------------------------------------- */

const struct schema *
feed_schema(const struct feed *feed)
{
	return feed->decoder != NULL ? &feed->map.schema : NULL;
}

const struct dialect *
feed_dialect(const struct feed *feed)
{
	return &feed->dialect;
}

struct block *
feed_block(struct feed *feed)
{
	bool partial = feed->dry || feed->verdict != FEED_READY;

	if (feed->phase == PHASE_SETTLED)
		feed_make_sampled(feed);
	if (feed->decoder != NULL && feed->dry)
		decoder_rest(feed->decoder);
	return feed->decoder != NULL ? decoder_block(feed->decoder, partial) : NULL;
}

void
feed_drop(struct feed *feed)
{
	if (feed->lanes != NULL)
		feed_lanes_dropped(feed, decoder_block(feed->decoder, true));
	decoder_drop(feed->decoder);
}

struct feed_report
feed_report(const struct feed *feed)
{
	const struct source_report *r = &feed->source->report;

	return (struct feed_report){ .waits = r->doing == SOURCE_WAITS,
		.retries = r->doing == SOURCE_RETRIES,
		.what = r->what,
		.bytes = r->bytes > 0 ? r->bytes : feed->received,
		.dropped = r->dropped,
		.attempts = r->attempts,
		.lanes = r->lanes };
}

bool
feed_goes_on(const struct feed *feed)
{
	return feed->source->class->live || feed->options.follow;
}

bool
feed_follows(const struct feed *feed)
{
	return feed->options.follow;
}

bool
feed_piped(const struct feed *feed)
{
	return feed->source->pipe;
}

bool
feed_live(const struct feed *feed)
{
	return feed->source->class->live || feed->source->pipe;
}

void
feed_keep(struct feed *feed, size_t bytes)
{
	struct source *source = feed->source;

	if (source->state != NULL && source->pipe && !source->kept)
		feed->source = kept_source(source, bytes, &feed->arrival);
}

void
feed_keep_ahead(struct feed *feed)
{
	if (feed->source->kept)
		kept_ahead(feed->source);
}

struct feed_place
feed_place(const struct feed *feed, const struct position *at)
{
	return (
	    struct feed_place){ feed->source->kept ? kept_document(feed->source) : 0, at->offset };
}

bool
feed_reaches(const struct feed *feed, struct feed_place place)
{
	/* the bytes before it tell that it is the place */
	uint64_t from = place.offset > FEED_CHECK ? place.offset - FEED_CHECK : 0;

	return feed->source->kept ? kept_has(feed->source, place.document, from)
				  : source_repeats(feed->source);
}

bool
feed_repeats(const struct feed *feed)
{
	return source_repeats(feed->source);
}

bool
feed_resumes(const struct feed *feed)
{
	return source_resumes(feed->source);
}

struct position
feed_position(const struct feed *feed, uint64_t *row)
{
	if (feed->phase == PHASE_ROWS)
		return decoder_position(feed->decoder, row);
	*row = 0;
	return feed->body;
}

int
feed_rewind(struct feed *feed, struct error *err)
{
	if (feed->source->state == NULL)
		return error_set(err, "%s", feed->why.text);
	if (source_seek(feed->source, feed->body.offset, err) < 0)
		return -1;
	if (feed->decoder != NULL) {
		late_keys_restart(decoder_late_keys(feed->decoder));
		decoder_unlearn(feed->decoder);
		feed_go_on(feed, &feed->body, 0, feed->stamp);
		return 0;
	}
	format_close(&feed->format);
	inference_free(feed->inference);
	feed->inference = NULL;
	feed->phase = PHASE_BYTES;
	feed_bytes_clear(feed, 0);
	feed->read_from = feed->read_to = 0;
	feed->over = feed->failed = feed->renew = false;
	feed->verdict = FEED_READY;
	return 0;
}

/* --- the way back ----------------------------------------------------------------------------- */

int
feed_reply(struct feed *feed, uint32_t lane, const char *text, struct error *err)
{
	struct source *source = feed->source;
	struct text line = { 0 };
	int status;

	if (source->class->reply == NULL)
		return error_set(
		    err, "nothing can be written back to '%s' (leave 'reply' out)", source->spec);
	text_addf(&line, "%s\n", text);
	status = source->class->reply(source, lane, line.s, line.len, err);
	text_done(&line);
	return status;
}

bool
feed_takes_replies(const struct feed *feed)
{
	return feed->source->class->reply != NULL;
}

const char *
feed_ack(const struct feed *feed)
{
	return feed->ack;
}
