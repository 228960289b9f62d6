/* session.c - engine, dashboard and screen on one loop. */
#include "app/session.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>

#include "app/dashboard.h"
#include "app/loop.h"
#include "app/ndjson.h"
#include "app/screen.h"
#include "app/setup.h"
#include "data/history.h"

enum { FRAMES = 20 };

struct session {
	const struct args *args;
	uv_loop_t uv;
	struct engine *engine;
	struct history *history;
	struct dashboard *dashboard;
	struct screen *screen;
	struct loop *loop;
	struct sink sink; /* with -o: events go there, too */
	struct ndjson *events;
	struct error err; /* why it ended */
};

static int64_t
now(void)
{
	return (int64_t)uv_hrtime();
}

/* --- frames ------------------------------------------------------------------------------------- */

static void
on_frame(void *self)
{
	struct session *s = self;
	uint64_t due = screen_due(s->screen);
	int64_t wake;
	struct canvas canvas;

	if (!screen_ready(s->screen)) {
		if (due > 0 && due != UINT64_MAX)
			loop_frame_at(s->loop, (int64_t)due);
		return;
	}
	canvas = screen_canvas(s->screen);
	dashboard_frame(s->dashboard, &canvas, now());
	screen_show(s->screen);
	wake = dashboard_wake(s->dashboard);
	if (wake != INT64_MAX)
		loop_frame_at(s->loop, wake);
}

static void
draw_now(void *self)
{
	struct session *s = self;

	if (s->loop != NULL)
		loop_frame_at(s->loop, 0);
}

/* --- what happens ------------------------------------------------------------------------------- */

static void
on_input(void *self, const struct input *input)
{
	struct session *s = self;

	switch (dashboard_input(s->dashboard, input, now())) {
	case OUTCOME_NOTHING:
		return;
	case OUTCOME_QUIT:
		loop_stop(s->loop, 0);
		return;
	case OUTCOME_REPAINT:
		screen_repaint(s->screen);
		break;
	case OUTCOME_SUSPEND:
		screen_suspend(s->screen);
		break;
	case OUTCOME_DRAW:
		break;
	}
	draw_now(s);
	loop_wake(s->loop); /* the key may have changed the pace */
}

static void
on_signal(void *self, int signum)
{
	struct session *s = self;

	loop_stop(s->loop, 128 + signum);
}

static void
on_slice(void *self, bool idle)
{
	struct session *s = self;

	if (s->events == NULL)
		return;
	if (idle)
		sink_flush(&s->sink, -1);
	if (s->sink.failed) {
		s->err = s->sink.err;
		loop_stop(s->loop, 1);
	}
}

/* At the end of the rows the screen stays, and keys still work. */
static void
on_end(void *self, enum engine_state state, const struct error *err)
{
	struct session *s = self;

	engine_finish(s->engine);
	if (state == ENGINE_END)
		return;
	s->err = *err;
	loop_stop(s->loop, state == ENGINE_WRONG ? 2 : 1);
}

/* --- from the start to the end ------------------------------------------------------------------ */

static enum motion
motion_of(const char *word)
{
	if (word != NULL && strcmp(word, "step") == 0)
		return MOTION_STEP;
	return word != NULL && strcmp(word, "sweep") == 0 ? MOTION_SWEEP : MOTION_SCROLL;
}

/* What is wrong with columns and expressions is best said before the screen is there. */
static int
open_engine(struct session *s)
{
	enum engine_state state;
	int64_t wake;

	s->engine = setup_engine(s->args, true, &s->uv, &s->err);
	if (s->engine == NULL)
		return 2;
	s->history = history_new(s->engine);
	s->dashboard = dashboard_new(s->engine, s->history, motion_of(s->args->motion));
	if (s->args->out != NULL) {
		if (sink_open(&s->sink, s->args->out, &s->err) != 0)
			return 1;
		s->events = ndjson_new(s->engine, &s->sink, args_emit(s->args), s->args->every);
	}
	state = engine_run(s->engine, 0, &wake, &s->err);
	return state == ENGINE_WRONG ? 2 : state == ENGINE_FAILED ? 1 : 0;
}

static int
open_screen(struct session *s)
{
	struct screen_options options = {
		.color = s->args->color,
		.theme = s->args->theme,
		.ascii = s->args->ascii,
		.no_mouse = s->args->no_mouse,
		.fps = s->args->fps,
		.max_bytes = s->args->max_bytes,
		.cast = s->args->cast,
	};
	struct screen_events events = {on_input, draw_now, draw_now, on_signal, s};

	s->screen = screen_open(&options, &events, &s->uv, &s->err);
	return s->screen != NULL ? 0 : 2;
}

static int
run_screen(struct session *s)
{
	struct loop_hooks hooks = {on_slice, on_frame, on_end, s};
	int status;

	s->loop = loop_new(&s->uv, s->engine, &hooks, s->args->fps > 0 ? s->args->fps : FRAMES, false);
	draw_now(s);
	status = loop_run(s->loop);
	engine_finish(s->engine);
	if (screen_close(s->screen, status == 0 ? &s->err : NULL) != 0 && status == 0)
		status = 1;
	loop_free(s->loop);
	return status;
}

static int
close_all(struct session *s, int status)
{
	if (s->events != NULL) {
		sink_flush(&s->sink, 1000);
		sink_close(&s->sink);
		ndjson_free(s->events);
	}
	if (s->dashboard != NULL)
		dashboard_free(s->dashboard);
	if (s->history != NULL)
		history_free(s->history);
	engine_free(s->engine);
	uv_run(&s->uv, UV_RUN_DEFAULT); /* what is closing ends its closing */
	uv_loop_close(&s->uv);
	if (s->err.text[0] != '\0')
		fprintf(stderr, "weir: %s\n", s->err.text);
	return status;
}

int
session_run(const struct args *args)
{
	struct session s = {.args = args};
	int status;

	signal(SIGPIPE, SIG_IGN);
	uv_loop_init(&s.uv);
	status = open_engine(&s);
	if (status == 0)
		status = open_screen(&s);
	if (status == 0)
		status = run_screen(&s);
	return close_all(&s, status);
}
