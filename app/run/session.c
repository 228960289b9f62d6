/* session.c - a run: opened, with its listeners; its rows on the loop; its end. */
#include <signal.h>
#include <stdlib.h>

#include "app/config/config_names.h"
#include "app/dashboard/keymap.h"
#include "app/run/outputs.h"
#include "app/run/session_parts.h"
#include "app/run/session_store.h"
#include "app/serve/server.h"
#include "data/net/net.h"

enum {
	STORE_MS = 30000, /* for a disk that is slow */
	REWIND_BYTES = 64000000
};

/* How events are written, and whether those asked for can be written so. */
static int
choose_writer(struct session *s)
{
	const struct args *args = s->args;

	s->writer = event_writer_find(args->out_format, args->out);
	if (args->emit == 0 || (args->emit & s->writer->writes) != 0)
		return 0;
	return error_set(&s->err,
	    "--emit: none of these is written as %s, which holds rows alone (leave it out, or give "
	    "--out-format ndjson)",
	    s->writer->name);
}

/* --truth: rules and detectors of changes are judged by it as rows go. */
static int
open_trials(struct session *s)
{
	struct truth truth;

	if (s->args->truth == NULL)
		return 0;
	if (engine_sources(s->engine) != 1)
		return error_set(
		    &s->err, "--truth: tells of one source (give one, or leave --truth out)");
	if (s->args->resume)
		return error_set(&s->err, "--truth: counts from the first row on, which --resume "
					  "does not read (leave one of them out)");
	if (truth_parse(&truth, s->args->truth, engine_query(s->engine)->options.window, &s->err) !=
	    0) {
		truth_done(&truth);
		return -1;
	}
	s->trials = trials_new(s->engine, &truth);
	return 0;
}

int
session_open(struct session *s, const struct args *args, const struct config *config, bool screen)
{
	*s = (struct session){ .args = args, .config = config };
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* writing fails then, and that is told */
	uv_loop_init(&s->uv);
	if (choose_writer(s) != 0 || outputs_check(args, config, &s->guard, &s->err) != 0)
		return -1;
	if (screen && keymap_check(config, &s->err, NULL) != 0)
		return -1;
	/* before any source is opened: nothing of what is read is known to what starts programs */
	s->net = net_open(&s->uv, session_runs_programs(args, config, screen), &s->err);
	if (s->net == NULL)
		return -1;
	s->engine = session_engine(args, config, screen, &s->uv, &s->err);
	if (s->engine == NULL || session_store_open(s, screen) != 0)
		return -1;
	if (screen)
		engine_keep(
		    s->engine, args->rewind_memory > 0 ? args->rewind_memory : REWIND_BYTES);
	if (screen || args->snapshot != NULL || args->serve != NULL)
		s->history = history_new(s->engine);
	if (open_trials(s) != 0)
		return -1;
	return session_act(s, &s->err) != 0 ? -1 : session_serve(s);
}

void
session_close(struct session *s)
{
	if (s->loop != NULL)
		loop_free(s->loop);
	session_act_no_more(s);
	server_close(s->server);
	session_end_events(s, -1, &s->err);
	session_store_close(s);
	if (s->history != NULL)
		history_free(s->history);
	engine_free(s->engine);
	trials_free(s->trials);
	net_close(s->net);
	output_guard_done(&s->guard);
	config_free(s->reloaded);
	uv_run(&s->uv, UV_RUN_DEFAULT); /* what is closing ends its closing */
	uv_loop_close(&s->uv);
}

void
session_locate(const struct args *args, const struct config *config, struct error *err)
{
	bool of_source = err->subject >= ERROR_SOURCE && err->subject <= ERROR_FOLLOW;

	if ((of_source && args->sources.n > 0) || (err->subject == ERROR_BY && args->by != NULL) ||
	    (err->subject == ERROR_START && args->start != NULL) ||
	    (err->subject == ERROR_STOP && args->stop != NULL) ||
	    (err->subject == ERROR_SPEED && (args->speed > 0 || args->sources.n > 0)))
		return;
	config_locate(config, err);
}

int
session_check(struct session *s)
{
	if (s->checked || engine_state(s->engine) == ENGINE_OPENING)
		return 0;
	s->checked = true;
	return config_check_names(s->config, engine_query(s->engine), &s->err);
}

/* --- events ----------------------------------------------------------------------------------- */

int
session_write_events(struct session *s)
{
	int64_t bytes;

	if (event_file_open(&s->file, s->args->out, &s->guard, &s->err) != 0)
		return -1;
	if (s->args->out != NULL && session_store_resumed(s, &bytes) &&
	    event_file_resume(&s->file, bytes, &s->err) != 0) {
		event_file_close(&s->file);
		return -1;
	}
	s->events =
	    s->writer->open(s->engine, &s->file, args_emit(s->args), s->args->every, s->trials);
	return 0;
}

int
session_end_events(struct session *s, int patience, struct error *err)
{
	if (s->events == NULL)
		return 0;
	event_file_flush(&s->file, patience);
	event_file_close(&s->file);
	s->writer->close(s->events);
	s->events = NULL;
	if (!s->file.failed)
		return 0;
	*err = s->file.err;
	return -1;
}

int
session_finish(struct session *s, int patience, struct error *err)
{
	bool ended = engine_state(s->engine) == ENGINE_END && !engine_is_back(s->engine);
	struct error other;
	int status;

	engine_return_now(s->engine, &other); /* what is told at the end is of all rows that went */
	if (!ended)
		session_store_commit(s, RECORDER_STOPPED);
	engine_finish(s->engine);
	if (s->events != NULL)
		event_file_flush(&s->file, patience);
	if (ended)
		session_store_commit(s, RECORDER_ENDED);
	status = session_end_events(s, patience, err);
	if (session_store_end(s, patience < 0 ? STORE_MS : patience, status == 0 ? err : &other) !=
	    0)
		status = -1;
	return status;
}

/* --- rows ------------------------------------------------------------------------------------- */

static bool
on_held(void *self)
{
	return session_store_held(self);
}

static void
fail(struct session *s, const struct error *err, int status)
{
	s->err = *err;
	session_locate(s->args, s->config, &s->err);
	loop_stop(s->loop, status);
}

static void
on_slice(void *self, bool idle)
{
	struct session *s = self;

	if (!s->acts_checked && engine_state(s->engine) != ENGINE_OPENING) {
		s->acts_checked = true;
		if (session_check_actions(s, &s->err) != 0) {
			loop_stop(s->loop, 2);
			return;
		}
	}
	session_tell_failures(s);
	if (s->server != NULL)
		server_slice(s->server);
	session_store_slice(s);
	if (s->events == NULL)
		return;
	if (idle)
		event_file_flush(&s->file, -1);
	if (s->file.failed)
		fail(s, &s->file.err, 1);
}

static void
on_frame(void *self)
{
	struct session *s = self;

	s->face.frame(s->face.self);
}

static void
stop(void *self)
{
	struct session *s = self;

	loop_stop(s->loop, 0);
}

static void
on_end(void *self, enum engine_state state, const struct error *err)
{
	struct session *s = self;

	if (state != ENGINE_END)
		fail(s, err, state == ENGINE_WRONG ? 2 : 1);
	else if (s->face.ended != NULL)
		s->face.ended(s->face.self);
	else if (!session_await_actions(s, stop, s))
		stop(s);
}

/* What is told between two rows is to be seen, too. */
static void
on_told(void *self, const struct event *event)
{
	const struct session *s = self;

	(void)event;
	loop_touch(s->loop);
}

void
session_start(struct session *s, const struct session_face *face)
{
	struct listener told = { .wants = EVENT_NOTE | EVENT_DOUBT, .event = on_told, .self = s };
	struct loop_hooks hooks = { .held = on_held,
		.slice = on_slice,
		.frame = face->frame != NULL ? on_frame : NULL,
		.ended = on_end,
		.self = s };

	s->face = *face;
	s->loop = loop_new(&s->uv, s->engine, &hooks, face->fps, face->signals);
	if (face->frame != NULL)
		engine_listen(s->engine, &told);
}

int
session_run(struct session *s)
{
	return loop_run(s->loop);
}
