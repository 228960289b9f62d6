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
#include "data/base/times/clock.h"
#include "data/base/secrets.h"
#include "data/base/state.h"
#include "data/engine/engine_view.h"
#include "data/recording/recorder.h"

enum { MILLISECOND = 1000000, CHECKPOINTS = 3, SLICE = 4 * MILLISECOND };

struct session_store {
	struct writer *writer;
	struct recorder *recorder;
	uv_async_t news;
	uv_timer_t due;
	int open; /* handles */
	struct session *session;
	bool resumed, over, failed;
	bool preparing; /* a checkpoint, for which rows are held */
	int64_t out;
};

/* --- going on --------------------------------------------------------------------------------- */

static int
load(struct session *s, const struct checkpoint *c, struct error *err)
{
	struct reader pieces;

	if (state_open(c->state.data, c->state.len, &pieces, err) != 0)
		return -1;
	return engine_load(s->engine, c->state.data, c->state.len, err);
}

/* An engine that could not be loaded can only be freed. */
static int
engine_anew(struct session *s, bool screen)
{
	engine_free(s->engine);
	s->engine = session_engine(s->args, s->config, screen, &s->uv, &s->err);
	return s->engine != NULL ? 0 : -1;
}

static void
tell_gaps(const struct session *s)
{
	struct error err;

	for (int i = 0; i < engine_sources(s->engine); i++) {
		if (engine_resumes(s->engine, i))
			continue;
		error_set(&err,
		    "--resume: %s cannot be read again: its rows since the checkpoint are missing, "
		    "statistics go on (record to a file what must not be lost)",
		    engine_schema(s->engine, i)->source);
		report(&err, NULL);
	}
}

/* On a screen it is read among the notes. */
static void
tell_changes(const struct session *s, bool screen)
{
	const char *changes = engine_changes(s->engine);
	struct error err;

	if (changes == NULL || (screen && !s->store->over))
		return;
	error_set(&err, "--resume: %s: %s%s", s->args->store,
	    s->store->over ? "its run has ended, nothing more is computed: " : "", changes);
	report(&err, NULL);
}

/* The newest that fits. The first error is the one that counts: those before it are older. */
static int
resume(struct session *s, struct store *store, bool screen)
{
	struct session_store *st = s->store;
	struct error first = { 0 };

	for (int i = 0; i < CHECKPOINTS; i++) {
		struct checkpoint c = { 0 };
		struct error err = { 0 };
		int found = store_checkpoint(store, i, &c, &err), status = -1;

		if (found == 0)
			break;
		if (found > 0) {
			st->out = c.out;
			st->over = c.ended;
			status = load(s, &c, &err);
			buffer_done(&c.state);
		}
		if (status == 0) {
			st->resumed = true;
			if (first.text[0] != '\0') {
				error_at(&first, "--resume");
				report(&first, NULL);
			}
			return 0;
		}
		if (first.text[0] == '\0')
			first = err;
		if (engine_anew(s, screen) != 0)
			return -1;
	}
	st->over = false;
	if (first.text[0] == '\0') /* no checkpoint yet: from the start */
		return 0;
	s->err = first;
	return error_at(&s->err, "--resume: %s", s->args->store);
}

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
	struct recorder_options options = {
		.version = WEIR_VERSION, .every = s->args->checkpoint, .resumed = s->store->resumed
	};

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
	s->store->out = -1;
	if (s->args->resume && resume(s, store, screen) != 0) {
		store_close(store);
		free(s->store);
		s->store = NULL;
		return -1;
	}
	if (s->store->resumed && !s->store->over)
		tell_gaps(s);
	if (s->store->resumed)
		tell_changes(s, screen);
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
	return s->store != NULL && s->store->over;
}

bool
session_store_resumed(const struct session *s, int64_t *out)
{
	*out = s->store != NULL ? s->store->out : -1;
	return s->store != NULL && s->store->resumed;
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
