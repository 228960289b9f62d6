/* no_rows.c - what is told of a source that gave no row, and why: --start and --stop leave none, no
 * record of it could be read, all of it was passed over, or nothing stood in it.
 *
 * A file without a byte, or with a header alone, is as its writer left it: it needs no word. */
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

static void
add_limit(struct text *text, const char *word, const struct limit *limit)
{
	char buf[TIME_CHARS + 1];

	if (limit->row > 0) {
		text_addf(text, " %s row ", word);
		text_count(text, limit->row);
	} else if (limit->time != TIME_NONE) {
		buf[time_format(limit->time, buf)] = '\0';
		text_addf(text, " %s %s", word, buf);
	}
}

/* What there is instead. Of a recording that was left at --stop the end is not known. */
static void
add_rest(struct text *text, const struct stream *s)
{
	char buf[TIME_CHARS + 1];

	if (s->stopped)
		return;
	text_add(text, feed_live(s->feed) ? ": there were " : ": the recording has ");
	text_count(text, s->read);
	if (s->own->time < 0 || s->read_time == TIME_NONE)
		return;
	buf[time_format(s->read_time, buf)] = '\0';
	text_addf(text, ", up to %s", buf);
}

static void
add_limits(struct text *text, const struct engine *e, const struct stream *s)
{
	text_add(text, "no row");
	add_limit(text, "from", &e->start);
	add_limit(text, "up to", &e->stop);
	text_add(text, e->options.stop == NULL ? " on" : "");
	add_rest(text, s);
}

static void
add_unread(struct text *text, const struct stream *s)
{
	const struct dialect *d = feed_dialect(s->feed);

	if (s->counts.bad == 1) {
		text_add(text, "its one record is not to be read");
	} else {
		text_add(text, "none of its ");
		text_count(text, s->counts.bad);
		text_add(text, " records is to be read");
	}
	text_addf(text,
	    " as %s (-F names another format; `weir check FILE` tells how it is written)",
	    d->format != NULL ? d->format : "rows");
}

/* Of a source that has no row at all. */
static void
add_cause(struct text *text, const struct stream *s)
{
	struct text cause = { 0 };

	if (s->counts.bad > 0)
		add_unread(&cause, s);
	else
		feed_no_record(s->feed, s->counts.skipped, &cause);
	if (cause.len > 0)
		text_addf(text, "no row: %s", text_get(&cause));
	text_done(&cause);
}

/* :seek to what does not come. Of several sources the first is meant. */
void
tell_missed_seek(struct engine *e)
{
	struct event event = {
		.type = EVENT_DOUBT, .source = -1, .time = TIME_NONE, .rule = -1, .column = -1
	};
	struct text text = { 0 };
	bool missed = e->seek.row > 0 || e->seek.time != TIME_NONE;

	if (!missed || e->nstreams == 0 || engine_first(e)->own == NULL)
		return;
	event.source = engine_first(e)->index;
	text_add(&text, "nothing");
	add_limit(&text, "at", &e->seek);
	add_rest(&text, engine_first(e));
	event.what = text_get(&text);
	dispatch(e, &event);
	text_done(&text);
	e->seek = (struct limit){ 0, TIME_NONE };
}

void
tell_no_rows(struct engine *e)
{
	for (int i = 0; i < e->nstreams; i++) {
		const struct stream *s = e->streams[i];
		struct event event = { .type = EVENT_DOUBT,
			.source = i,
			.time = TIME_NONE,
			.rule = -1,
			.column = -1 };
		struct text text = { 0 };

		if (s->gone || s->counts.rows > 0 || s->own == NULL || (!s->ended && !s->stopped))
			continue;
		if (s->read == 0)
			add_cause(&text, s);
		else if (e->limited)
			add_limits(&text, e, s);
		event.what = text_get(&text);
		if (text.len > 0)
			dispatch(e, &event);
		text_done(&text);
	}
}
