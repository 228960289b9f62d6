/* run_screen.c - a run on a screen: the loop drives the engine, the dashboard draws it, keys
 * steer both. */
#include "app/run/run_screen.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "app/config/config_names.h"
#include "app/config/report.h"
#include "app/dashboard/dashboard.h"
#include "app/run/loop.h"
#include "app/screen/motion.h"
#include "app/events/ndjson.h"
#include "app/picture/picture.h"
#include "app/run/outputs.h"
#include "app/run/reload.h"
#include "app/screen/screen.h"
#include "app/run/setup.h"

enum { DEFAULT_FPS = 20 };

struct run_screen {
	const struct args *args;
	const struct config *config; /* in force */
	struct config *reloaded;     /* that, where it was read again; NULL */
	bool checked;                /* the names in the dashboard file are columns */
	struct engine *engine;
	struct history *history;
	struct dashboard *dashboard;
	struct screen *screen;
	struct loop *loop;
	struct motion_choice motion;
	struct output_guard guard; /* what is read is not written, too */
	struct event_file sink;    /* with -o: events go there beside the screen */
	struct ndjson *events;
	struct error err; /* why it ended; said when the terminal is back */
};

static int64_t
clock_now(void)
{
	return (int64_t)uv_hrtime();
}

/* What a dashboard file shows can be checked when the columns are known. */
static int
check_panes(struct run_screen *s)
{
	if (s->checked || engine_state(s->engine) == ENGINE_OPENING)
		return 0;
	s->checked = true;
	return config_check_names(s->config, engine_query(s->engine), &s->err);
}

static void
on_frame(void *self)
{
	struct run_screen *s = self;
	struct canvas canvas;
	int64_t wake, now = clock_now();

	if (check_panes(s) != 0) {
		loop_stop(s->loop, 2);
		return;
	}
	if (!screen_ready(s->screen)) /* ready() will tell */
		return;
	if (dashboard_bell(s->dashboard, now))
		screen_bell(s->screen);
	canvas = screen_canvas(s->screen);
	motion_size(&s->motion, canvas.w, canvas.h, s->args->max_bytes);
	dashboard_move(s->dashboard, motion_next(&s->motion, engine_counts(s->engine, -1).rows,
					 screen_counts(s->screen).bytes, now));
	dashboard_frame(s->dashboard, &canvas, now);
	screen_show(s->screen);
	wake = dashboard_wake(s->dashboard);
	if (wake != INT64_MAX)
		loop_frame_at(s->loop, wake);
}

static int
write_picture(struct run_screen *s, const char *path, enum output_links links, struct error *err)
{
	struct canvas shown = screen_shown(s->screen);

	return picture_write(path, links, &s->guard, &shown, screen_theme(s->screen), err);
}

static void
forget_reloaded(struct run_screen *s)
{
	if (s->reloaded == NULL)
		return;
	config_done(s->reloaded);
	free(s->reloaded);
}

/* A key asks for it: what is on the screen now, under the name of --snapshot or of its row. */
static void
keep_picture(struct run_screen *s)
{
	const char *path = s->args->snapshot;
	char name[64];
	struct error err;

	if (path == NULL) {
		snprintf(
		    name, sizeof name, "weir-%" PRIu64 ".svg", engine_progress(s->engine, 0).row);
		path = name;
	}
	if (write_picture(s, path, OUTPUT_NO_LINK, &err) != 0)
		dashboard_say(s->dashboard, clock_now(), "no picture: %s", err.text);
	else
		dashboard_say(s->dashboard, clock_now(), "the screen is written to %s", path);
}

static void
reload_config(struct run_screen *s)
{
	struct config *config = memory_new(1, sizeof *config);
	struct text said = { 0 };
	struct error err = { 0 };

	if (reload(s->args, s->config, config, s->engine, &said, &err) != 0) {
		dashboard_warn(s->dashboard, clock_now(), "%s", err.text);
		config_done(config);
		free(config);
		return;
	}
	dashboard_use(s->dashboard, config);
	dashboard_warn(s->dashboard, clock_now(), "%s", text_get(&said));
	forget_reloaded(s);
	s->config = s->reloaded = config;
	text_done(&said);
}

static void
on_input(void *self, const struct input *in)
{
	struct run_screen *s = self;

	switch (dashboard_input(s->dashboard, in, clock_now())) {
	case OUTCOME_NOTHING:
		return;
	case OUTCOME_QUIT:
		loop_stop(s->loop, 0);
		return;
	case OUTCOME_SUSPEND:
		screen_suspend(s->screen);
		break;
	case OUTCOME_THEME:
		screen_dress(s->screen, dashboard_theme(s->dashboard));
		break;
	case OUTCOME_REPAINT:
		screen_repaint(s->screen);
		break;
	case OUTCOME_PICTURE:
		keep_picture(s);
		break;
	case OUTCOME_RELOAD:
		reload_config(s);
		break;
	case OUTCOME_DRAW:
		break;
	}
	loop_wake(s->loop); /* the pace may have changed */
	loop_frame_at(s->loop, 0);
}

static void
on_change(void *self)
{
	struct run_screen *s = self;

	loop_touch(s->loop);
}

static void
on_signal(void *self, int signum)
{
	struct run_screen *s = self;

	loop_stop(s->loop, 128 + signum);
}

static void
on_slice(void *self, bool idle)
{
	struct run_screen *s = self;

	if (s->events == NULL)
		return;
	if (idle)
		event_file_flush(&s->sink, -1);
	if (s->sink.failed) {
		s->err = s->sink.err;
		loop_stop(s->loop, 1);
	}
}

/* The end of the rows is no end of the show: the last picture stays, and keys work on. */
static void
on_end(void *self, enum engine_state state, const struct error *err)
{
	struct run_screen *s = self;

	engine_finish(s->engine);
	if (state == ENGINE_END)
		return;
	s->err = *err;
	loop_stop(s->loop, state == ENGINE_WRONG ? 2 : 1);
}

/* The loop is made first: the screen's events may come as soon as it is open. */
static int
run_on_loop(struct run_screen *s, uv_loop_t *uv)
{
	struct loop_hooks hooks = {
		.slice = on_slice, .frame = on_frame, .ended = on_end, .self = s
	};
	struct screen_events events = { .input = on_input,
		.resize = on_change,
		.ready = on_change,
		.end = on_signal,
		.arg = s };
	struct screen_options options = { .color = s->args->color,
		.theme = s->args->theme,
		.ascii = s->args->ascii,
		.no_mouse = s->args->no_mouse,
		.fps = s->args->fps,
		.max_bytes = s->args->max_bytes,
		.cast = s->args->cast,
		.guard = &s->guard };
	int status = 2;

	s->loop =
	    loop_new(uv, s->engine, &hooks, s->args->fps > 0 ? s->args->fps : DEFAULT_FPS, false);
	s->screen = screen_open(&options, &events, uv, &s->err);
	if (s->screen != NULL) {
		loop_touch(s->loop);
		status = loop_run(s->loop);
		if (s->args->snapshot != NULL &&
		    write_picture(s, s->args->snapshot, OUTPUT_THROUGH_LINKS, &s->err) != 0) {
			error_at(&s->err, "--snapshot");
			status = status == 0 ? 1 : status;
		}
		if (screen_close(s->screen, &s->err) != 0 && status == 0)
			status = 1;
	}
	loop_free(s->loop);
	return status;
}

/* What is wrong with columns and expressions is said before the screen is there. */
static int
open_engine(struct run_screen *s)
{
	int64_t wake;
	enum engine_state state;

	if (outputs_check(s->args, s->config, &s->guard, &s->err) != 0)
		return 2;
	if (s->args->snapshot != NULL && picture_check(s->args->snapshot, &s->err) != 0) {
		error_at(&s->err, "--snapshot");
		return 2;
	}
	if (s->args->out != NULL) {
		if (event_file_open(&s->sink, s->args->out, &s->guard, &s->err) != 0)
			return 1;
		s->events = ndjson_new(s->engine, &s->sink, args_emit(s->args), s->args->every);
	}
	state = engine_run(s->engine, 0, &wake, &s->err);
	if (state != ENGINE_WRONG && state != ENGINE_FAILED)
		return check_panes(s) != 0 ? 2 : 0;
	return state == ENGINE_WRONG ? 2 : 1;
}

static void
close_events(struct run_screen *s)
{
	if (s->events == NULL)
		return;
	engine_finish(s->engine);
	event_file_flush(&s->sink, -1);
	event_file_close(&s->sink);
	ndjson_free(s->events);
}

int
run_screen(const struct args *args, const struct config *config)
{
	struct run_screen s = { .args = args, .config = config };
	struct text undone = { 0 };
	uv_loop_t uv;
	int status = 2;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* writing fails then, and that is told */
	uv_loop_init(&uv);
	s.engine = setup_engine(args, config, true, &uv, &s.err);
	if (s.engine != NULL) {
		s.history = history_new(s.engine);
		motion_init(&s.motion, args->motion);
		s.dashboard = dashboard_new(s.engine, s.history, s.motion.motion);
		dashboard_use(s.dashboard, config);
		if (config_undone(config, &undone))
			dashboard_warn(s.dashboard, clock_now(), "%s", text_get(&undone));
		text_done(&undone);
		status = open_engine(&s);
		if (status == 0)
			status = run_on_loop(&s, &uv);
	}
	close_events(&s);
	if (s.err.text[0] != '\0')
		report(&s.err, s.config);
	dashboard_free(s.dashboard);
	forget_reloaded(&s);
	output_guard_done(&s.guard);
	history_free(s.history);
	engine_free(s.engine);
	uv_run(&uv, UV_RUN_DEFAULT); /* what is closing ends its closing */
	uv_loop_close(&uv);
	return status;
}
