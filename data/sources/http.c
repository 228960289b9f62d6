/* http.c - what a server sends: lines as they come, server-sent events, or a page again and again.
 *
 * With a poll time the page is fetched that often, and each answer is a document of its own. Else
 * the answer is read as it comes: of a stream of events what their data say, a line each; where
 * such a stream ends, it is asked for what comes behind the last event. What may come back
 * (refused, reset, 5xx, 429) is tried again, later each time and not by all at once; what is
 * answered for good (404) ends the source. No more is taken than the rows that are read have room
 * for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uv.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/net/http.h"
#include "data/net/net.h"
#include "data/sources/alarm.h"
#include "data/sources/server_events.h"
#include "data/sources/source.h"

enum {
	ROOM = 1 << 18,     /* bytes that are held; beyond that the server has to wait */
	PAGE_MAX = 1 << 26, /* of one answer that is polled */
	PAGE_MS = 30000,    /* for one */
	ANSWER_MS = 30000,  /* until any answer begins */
	FIRST_WAIT_MS = 500,
	LONGEST_WAIT_MS = 60000
};

struct web {
	struct source *source;
	char *url;                      /* with what is secret in it */
	struct http_transfer *transfer; /* NULL: none is under way */
	struct alarm *alarm;
	struct text bytes; /* at .. bytes.len is yet to be read */
	size_t at;
	bool paused;
	bool begun;     /* the answer has */
	bool was_there; /* some answer had rows */
	bool rows_came; /* ... and they were read */
	bool events;    /* the answer is a stream of events */
	struct server_events stream;
	bool too_long; /* an event, or a page */
	uint64_t got;  /* bytes of this answer */
	uint64_t began;
	int wait_ms;
	bool due, waits, ended;
	long status;
	bool refused;
	bool told; /* that it is not there */
	long retry_after;
	char *why; /* what went wrong with the last answer; NULL: nothing */
};

static void
wake(struct web *w)
{
	w->source->ready(w->source->ready_arg);
}

/* --- an answer -------------------------------------------------------------------------------- */

static void
on_begun(void *self, long status, const char *type)
{
	struct web *w = self;

	(void)status;
	w->begun = true;
	w->events = strncasecmp(type, "text/event-stream", 17) == 0;
}

static bool
on_data(void *self, const char *bytes, size_t n)
{
	struct web *w = self;

	w->paused = w->bytes.len - w->at > ROOM;
	if (w->paused)
		return false;
	w->got += n;
	w->was_there = true;
	w->source->report.bytes += n;
	w->too_long = w->too_long || (w->source->poll > 0 && w->got > PAGE_MAX);
	if (w->too_long)
		n = 0;
	else if (w->events)
		server_events_take(&w->stream, bytes, n, &w->bytes);
	else
		text_addn(&w->bytes, bytes, n);
	w->too_long = w->too_long || w->stream.too_long;
	wake(w);
	return true;
}

static void
on_end(void *self, const struct http_end *end)
{
	struct web *w = self;

	w->transfer = NULL;
	w->ended = true;
	w->status = end->status;
	w->refused = end->refused;
	w->retry_after = end->retry_after;
	free(w->why);
	w->why = end->what != NULL ? memory_text(end->what, strlen(end->what)) : NULL;
	wake(w);
}

static int
ask(struct web *w, struct error *err)
{
	struct http *http = net_http(w->source->loop, err);
	struct text last = { 0 };
	const char *headers[] = { "Accept: text/event-stream, application/json, text/plain, */*",
		NULL, NULL };
	struct http_call call = { .url = w->url,
		.headers = headers,
		.limit_ms = w->source->poll > 0 ? PAGE_MS : 0,
		.data = on_data,
		.begun = on_begun,
		.ended = on_end,
		.self = w };

	if (http == NULL)
		return -1;
	if (w->stream.last_id != NULL && w->stream.last_id[0] != '\0') {
		text_addf(&last, "Last-Event-ID: %s", w->stream.last_id);
		headers[1] = text_get(&last);
	}
	w->due = w->waits = w->ended = w->begun = w->events = w->too_long = w->paused = false;
	w->got = 0;
	w->began = uv_hrtime();
	server_events_restart(&w->stream);
	w->transfer = http_begin(http, &call, err);
	alarm_set(w->alarm, ANSWER_MS);
	text_done(&last);
	return w->transfer != NULL ? 0 : -1;
}

/* --- again ------------------------------------------------------------------------------------ */

static void
give_up(struct web *w, const char *why)
{
	http_stop(w->transfer);
	on_end(w, &(struct http_end){ .what = why });
}

/* It is time to ask again, or an answer takes too long to begin. */
static void
on_alarm(void *self)
{
	struct web *w = self;

	if (w->transfer != NULL && !w->begun)
		give_up(w, "no answer within 30 s");
	else if (w->transfer == NULL && w->waits)
		w->due = true;
	wake(w);
}

static void
ask_later(struct web *w, int64_t ms)
{
	w->waits = true;
	w->ended = false;
	alarm_set(w->alarm, ms > 0 ? (int)ms : 0);
}

static int64_t
took_ms(const struct web *w)
{
	return (int64_t)((uv_hrtime() - w->began) / 1000000);
}

/* Longer each time, and a quarter more or less, so that not all who were cut off come at once. */
static int
next_wait(struct web *w)
{
	int wait;

	w->wait_ms = w->wait_ms == 0 || (w->got > 0 && w->source->poll == 0) ? FIRST_WAIT_MS
									     : 2 * w->wait_ms;
	if (w->wait_ms > LONGEST_WAIT_MS)
		w->wait_ms = LONGEST_WAIT_MS;
	wait = w->wait_ms * 3 / 4 + (int)(uv_hrtime() / 1000 % (uint64_t)(w->wait_ms / 2));
	return w->retry_after * 1000 > wait ? (int)(w->retry_after * 1000) : wait;
}

static bool
is_final(const struct web *w)
{
	return (w->refused && !w->was_there) ||
	       (w->status / 100 == 4 && w->status != 408 && w->status != 425 && w->status != 429);
}

/* A stream that gave something and ended is taken up again; that is no trouble yet. */
static void
tell_lost(struct web *w, const char *why, int wait)
{
	if (w->got > 0)
		source_note(w->source, "%s: tried again in %.1f s", why, wait / 1000.0);
	else if (!w->told)
		source_trouble(w->source, "%s: tried again in %.1f s, and on until it is there",
		    why, wait / 1000.0);
	w->told = w->got == 0;
}

static void
tell_there(struct web *w)
{
	if (w->told)
		source_trouble(w->source, "it is there%s", w->rows_came ? " again" : "");
	w->told = false;
	w->rows_came = true;
}

static long
try_again(struct web *w, const char *why)
{
	int wait = next_wait(w);
	int64_t poll = w->source->poll / 1000000 - took_ms(w);

	if (poll > wait)
		wait = poll < LONGEST_WAIT_MS ? (int)poll : LONGEST_WAIT_MS;
	tell_lost(w, why, wait);
	snprintf(w->source->report.what, sizeof w->source->report.what, "%s", why);
	w->source->report.attempts++;
	w->source->report.doing = SOURCE_RETRIES;
	ask_later(w, wait);
	return w->got > 0 ? SOURCE_NEW : SOURCE_AGAIN;
}

/* The answer is over, and all of it was read. */
static long
next_answer(struct web *w, struct error *err)
{
	if (w->too_long)
		return try_again(w, w->events ? "an event of more than 1 MiB"
					      : "an answer of more than 64 MiB, cut off");
	if (w->why != NULL && is_final(w))
		return error_set(
		    err, "%.200s: %s (is the address right?)", w->source->spec, w->why);
	if (w->why != NULL)
		return try_again(w, w->why);
	if (w->source->poll == 0 && w->events)
		return try_again(w, "the stream has ended");
	if (w->source->poll == 0)
		return SOURCE_END;
	w->wait_ms = 0;
	ask_later(w, w->source->poll / 1000000 - took_ms(w));
	return w->got > 0 ? SOURCE_NEW : SOURCE_AGAIN;
}

static long
web_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct web *w = source->state;
	size_t n = w->bytes.len - w->at;

	if (n > 0) {
		n = n < cap ? n : cap;
		memcpy(buf, w->bytes.s + w->at, n);
		w->at += n;
		if (w->at == w->bytes.len) {
			text_clear(&w->bytes);
			w->at = 0;
		}
		source->report.doing = SOURCE_READS;
		source->report.attempts = 0;
		tell_there(w);
		return (long)n;
	}
	if (w->paused && w->transfer != NULL) {
		w->paused = false;
		http_go_on(w->transfer);
	}
	if (w->too_long && w->transfer != NULL) {
		http_stop(w->transfer);
		w->transfer = NULL;
		w->ended = true;
	}
	if (w->bytes.len > w->at)
		return web_read(source, buf, cap, err);
	if (w->ended)
		return next_answer(w, err);
	if (w->due && ask(w, err) != 0)
		return SOURCE_FAIL;
	return SOURCE_AGAIN;
}

static void
web_close(struct source *source)
{
	struct web *w = source->state;

	if (w->transfer != NULL)
		http_stop(w->transfer);
	alarm_free(w->alarm);
	text_done(&w->bytes);
	server_events_done(&w->stream);
	free(w->why);
	free(w->url);
}

static char *
url_of(const struct source *source)
{
	struct text url = { 0 };

	text_addf(&url, "%s%s", source->class->scheme, source->rest);
	return url.s;
}

static int
web_open(struct source *source, struct error *err)
{
	struct web *w = source->state;

	w->source = source;
	if (source->loop == NULL)
		return error_set(
		    err, "%.200s: cannot be asked here (pipe it from curl)", source->spec);
	w->url = url_of(source);
	w->alarm = alarm_new(source->loop, on_alarm, w);
	if (ask(w, err) == 0)
		return 0;
	web_close(source);
	return -1;
}

static int
web_check(const struct source *source, struct error *err)
{
	char *url = url_of(source);
	bool is = http_is_url(url);

	free(url);
	if (is)
		return 0;
	return error_set(
	    err, "%.200s: is no URL (write http://HOST/PATH, with %%20 for a blank)", source->spec);
}

const struct source_class source_http = {
	.scheme = "http://",
	.form = "http://HOST/...",
	.help = "lines, server-sent events; with --poll DUR a page of JSON or Prometheus",
	.size = sizeof(struct web),
	.live = true,
	.kind = SOURCE_POLLS,
	.check = web_check,
	.open = web_open,
	.read = web_read,
	.close = web_close,
};

const struct source_class source_https = {
	.scheme = "https://",
	.form = "https://HOST/...",
	.help = "the same over TLS; certificates are checked",
	.size = sizeof(struct web),
	.live = true,
	.kind = SOURCE_POLLS,
	.check = web_check,
	.open = web_open,
	.read = web_read,
	.close = web_close,
};
