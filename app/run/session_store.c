/* session_store.c - rows and checkpoints into the file of --store, and a run that goes on from
 * there.
 *
 * A checkpoint is made between two slices of rows, when the events up to there are in the file of
 * -o: so a run that goes on cuts that file where its own events begin. */
#include "app/run/session_store.h"

#include <stdlib.h>
#include <string.h>

#include "app/config/report.h"
#include "app/run/session_parts.h"
#include "app/run/session_resume.h"
#include "data/base/times/clock.h"
#include "data/base/secrets.h"
#include "data/engine/engine_view.h"
#include "data/recording/recorder.h"

enum { MILLISECOND = 1000000, SLICE = 4 * MILLISECOND };

struct session_store {
	struct writer *writer;
	struct recorder *recorder;
	uv_async_t news;
	uv_timer_t due;
	int open; /* handles */
	struct session *session;
	struct resumed resumed;
	bool failed;
	bool preparing; /* a checkpoint, for which rows are held */
};

/* --- its life --------------------------------------------------------------------------------- */

/* On the writer's thread. */
static void
on_written(void *arg)
{
	uv_async_send(arg);
}

/* What happened to the disk is told once; false: nothing did. */
static bool
tell_trouble(struct session *s)
{
	struct writer_status status = writer_status(s->store->writer);
	struct error err;

	if (status.failed == s->store->failed)
		return false;
	s->store->failed = status.failed;
	if (s->face.frame != NULL) /* the screen shows it */
		return true;
	if (status.failed)
		err = status.err;
	else
		error_set(&err, "%s: records again, %llu rows are missing (see notes in it)",
		    s->args->store, (unsigned long long)recorder_lost(s->store->recorder));
	error_at(&err, "--store");
	report(&err, NULL);
	return true;
}

static void
on_news(uv_async_t *handle)
{
	struct session_store *st = handle->data;
	struct session *s = st->session;

	if (s == NULL || s->store == NULL)
		return;
	if (tell_trouble(s) && s->loop != NULL)
		loop_touch(s->loop);
	if (s->loop != NULL)
		loop_wake(s->loop);
}

static void
on_due(uv_timer_t *handle)
{
	struct session_store *st = handle->data;

	if (st->session != NULL)
		session_store_slice(st->session);
}

/* The words that started it, without what is secret in them. */
static void
command_line(const struct args *args, struct text *out)
{
	for (int i = 0; i < args->argc; i++) {
		if (i > 0)
			text_addc(out, ' ');
		if (i > 0 && strcmp(args->argv[i - 1], "--token") == 0)
			text_add(out, "***");
		else
			secrets_hide(args->argv[i], out);
	}
}

static void
start_recorder(struct session *s)
{
	struct text command = { 0 }, config = { 0 };
	struct recorder_options options = { .version = WEIR_VERSION,
		.every = s->args->checkpoint,
		.resumed = s->store->resumed.goes_on };

	command_line(s->args, &command);
	if (s->config->bytes != NULL) {
		char *bytes = memory_text(s->config->bytes, s->config->len);

		secrets_hide(bytes, &config);
		free(bytes);
	}
	options.command = text_get(&command);
	options.config = text_get(&config);
	s->store->recorder = recorder_new(s->engine, s->store->writer, &options);
	text_done(&command);
	text_done(&config);
}

static void
start(struct session *s, struct store *store)
{
	struct session_store *st = s->store;

	uv_async_init(&s->uv, &st->news, on_news);
	uv_unref((uv_handle_t *)&st->news);
	uv_timer_init(&s->uv, &st->due);
	uv_unref((uv_handle_t *)&st->due);
	st->news.data = st->due.data = st;
	st->open = 2;
	st->writer = writer_new(store, on_written, &st->news);
	start_recorder(s);
}

int
session_store_open(struct session *s, bool screen)
{
	struct store_keep keep = { s->args->keep.age, s->args->keep.bytes };
	struct store *store;

	if (s->args->store == NULL)
		return 0;
	store = store_open(s->args->store, &keep, &s->err);
	if (store == NULL)
		return error_at(&s->err, "--store");
	s->store = memory_zero(1, sizeof *s->store);
	s->store->session = s;
	s->store->resumed.out = -1;
	if (s->args->resume && session_resume(s, store, screen, &s->store->resumed) != 0) {
		store_close(store);
		free(s->store);
		s->store = NULL;
		return -1;
	}
	start(s, store);
	return 0;
}

static void
on_close(uv_handle_t *handle)
{
	struct session_store *st = handle->data;

	if (--st->open == 0)
		free(st);
}

void
session_store_close(struct session *s)
{
	struct session_store *st = s->store;

	if (st == NULL)
		return;
	s->store = NULL;
	st->session = NULL;
	writer_free(st->writer);
	recorder_free(st->recorder);
	uv_close((uv_handle_t *)&st->news, on_close);
	uv_close((uv_handle_t *)&st->due, on_close);
}

/* --- rows ------------------------------------------------------------------------------------- */

bool
session_store_over(const struct session *s)
{
	return s->store != NULL && s->store->resumed.over;
}

bool
session_store_resumed(const struct session *s, int64_t *out)
{
	*out = s->store != NULL ? s->store->resumed.out : -1;
	return s->store != NULL && s->store->resumed.goes_on;
}

bool
session_store_held(struct session *s)
{
	return s->store != NULL && (s->store->preparing || writer_full(s->store->writer));
}

void
session_store_commit(struct session *s, enum recorder_end end)
{
	int64_t out = -1;

	if (s->store == NULL)
		return;
	if (s->events != NULL && s->file.owned && s->file.regular) {
		event_file_flush(&s->file, -1);
		if (!s->file.failed)
			out = event_file_bytes(&s->file);
	}
	recorder_commit(s->store->recorder, out, end);
}

/* Keys, signals and frames come between the slices of a large checkpoint, rows do not. */
static void
prepare(struct session *s)
{
	struct session_store *st = s->store;
	bool held = st->preparing;

	st->preparing = !recorder_prepare(st->recorder, SLICE);
	if (st->preparing) {
		uv_update_time(&s->uv);
		uv_timer_start(&st->due, on_due, 0, 0);
		uv_ref((uv_handle_t *)&st->due);
		return;
	}
	uv_unref((uv_handle_t *)&st->due);
	session_store_commit(s, RECORDER_GOES_ON);
	if (held && s->loop != NULL)
		loop_wake(s->loop);
}

void
session_store_slice(struct session *s)
{
	int64_t now = (int64_t)uv_hrtime(), wake;

	if (s->store == NULL || engine_state(s->engine) == ENGINE_OPENING)
		return;
	recorder_written(s->store->recorder);
	if (s->store->preparing || recorder_due(s->store->recorder, now, &wake)) {
		prepare(s);
	} else if (wake != INT64_MAX && !uv_is_active((uv_handle_t *)&s->store->due)) {
		uv_update_time(&s->uv);
		uv_timer_start(&s->store->due, on_due,
		    wake > now ? (uint64_t)((wake - now) / MILLISECOND) + 1 : 0, 0);
	}
}

int
session_store_end(struct session *s, int patience, struct error *err)
{
	int status;

	if (s->store == NULL)
		return 0;
	status = writer_end(s->store->writer, patience, err);
	recorder_written(s->store->recorder);
	if (status == 0)
		return 0;
	return error_at(err, "--store: not all is recorded");
}

bool
session_store_status(const struct session *s, struct writer_status *status)
{
	if (s->store == NULL)
		return false;
	*status = writer_status(s->store->writer);
	return true;
}

uint64_t
session_store_lost(const struct session *s)
{
	return s->store != NULL ? recorder_lost(s->store->recorder) : 0;
}

double
session_store_took(const struct session *s)
{
	return s->store != NULL ? elapsed_seconds(0, recorder_took(s->store->recorder)) : 0;
}
