/* run_screen.c - a run on a screen: the session's rows, the dashboard that draws them, keys that
 * steer both. */
#include "app/run/run_screen.h"

#include "app/config/report.h"
#include "app/picture/picture.h"
#include "app/run/deny.h"
#include "app/run/run_screen_parts.h"
#include "app/run/session_store.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"

/* ns that the picture stands while rows go again: a step back shows no other picture on its way */
#define PATIENCE 200000000
#define MEASURE_EACH 500000000 /* ns between two looks at how the program itself is */

enum { DEFAULT_FPS = 20, LAST_WORDS_MS = 1000 };

int64_t
run_screen_clock(void)
{
	return (int64_t)uv_hrtime();
}

/* A red mark as long as it lasts; what it is, is said as it begins. */
static void
tell_trouble(struct run_screen *r, int64_t now)
{
	struct writer_status status;

	if (!session_store_status(&r->session, &status) || status.failed == r->trouble)
		return;
	r->trouble = status.failed;
	dashboard_trouble(r->dashboard, status.failed ? "not recorded" : NULL);
	if (status.failed)
		dashboard_warn(r->dashboard, now, "--store: %s", status.err.text);
	else
		dashboard_say(r->dashboard, now, "rows are recorded again, %llu are missing",
		    (unsigned long long)session_store_lost(&r->session));
}

/* While they are looked at, and also when no row comes: ages grow. */
static void
tell_health(struct run_screen *r, int64_t now)
{
	if (!dashboard_shows_health(r->dashboard))
		return;
	if (r->measured == 0 || now - r->measured >= MEASURE_EACH) {
		dashboard_health(r->dashboard, r->metrics, session_health(&r->session, r->metrics));
		r->measured = now;
	}
	loop_frame_at(r->session.loop, r->measured + 2 * MEASURE_EACH);
}

static void
on_frame(void *self)
{
	struct run_screen *r = self;
	struct canvas canvas;
	int64_t wake, now = run_screen_clock();

	if (session_check(&r->session) != 0) {
		loop_stop(r->session.loop, 2);
		return;
	}
	if (!engine_is_going(r->session.engine)) {
		r->going = INT64_MAX;
	} else if (r->going == INT64_MAX || now < r->going + PATIENCE) {
		r->going = r->going == INT64_MAX ? now : r->going;
		loop_frame_at(r->session.loop, now + PATIENCE / 20);
		return;
	}
	tell_trouble(r, now);
	tell_health(r, now);
	r->owed = !screen_ready(r->screen);
	if (r->owed) /* ready() will tell */
		return;
	if (dashboard_bell(r->dashboard, now))
		screen_bell(r->screen);
	canvas = screen_canvas(r->screen);
	motion_size(&r->motion, canvas.w, canvas.h, r->args->max_bytes);
	motion_next(&r->motion, engine_counts(r->session.engine, -1).rows,
	    screen_counts(r->screen).bytes, now);
	dashboard_move(r->dashboard, r->motion.motion, r->motion.step);
	dashboard_frame(r->dashboard, &canvas, now);
	screen_show(r->screen);
	wake = dashboard_wake(r->dashboard);
	if (wake != INT64_MAX)
		loop_frame_at(r->session.loop, wake);
}

static void
on_change(void *self)
{
	struct run_screen *r = self;

	if (r->owed) /* its time has come before, so it waits for no other */
		loop_frame_at(r->session.loop, run_screen_clock());
	else
		loop_touch(r->session.loop);
}

static void
on_signal(void *self, int signum)
{
	struct run_screen *r = self;

	loop_stop(r->session.loop, 128 + signum);
}

/* --- the run ---------------------------------------------------------------------------------- */

/* The end of the rows is no end of the show: the last picture stays, and keys work on. */
static void
on_end(void *self)
{
	struct run_screen *r = self;

	engine_finish(r->session.engine);
}

/* A rule's action. */
static void
on_bell(void *self)
{
	struct run_screen *r = self;

	dashboard_ring(r->dashboard);
}

/* A rule's action. One that fires at every row does not bury the desktop. */
static void
on_notify(void *self, const char *text)
{
	struct run_screen *r = self;
	int64_t now = run_screen_clock();

	dashboard_warn(r->dashboard, now, "%s", text);
	loop_touch(r->session.loop);
	if (r->notified != 0 && now - r->notified < TIME_SECOND)
		return;
	r->notified = now;
	screen_notify(r->screen, text);
}

static void
on_failed(void *self, const char *what)
{
	struct run_screen *r = self;

	dashboard_warn(r->dashboard, run_screen_clock(), "not done: %s", what);
	loop_touch(r->session.loop);
}

/* What is on the screen now, for those who look at it elsewhere. */
static bool
on_picture(void *self, struct text *svg)
{
	struct run_screen *r = self;
	struct canvas shown = screen_shown(r->screen);

	picture_svg(&shown, screen_theme(r->screen), svg);
	return true;
}

static void
on_frames(void *self, struct face_frames *frames)
{
	const struct run_screen *r = self;
	struct screen_counts counts = screen_counts(r->screen);

	*frames = (struct face_frames){ counts.frames, counts.dropped, counts.bytes };
}

static struct screen *
open_screen(struct run_screen *r)
{
	struct screen_events events = { .input = run_screen_input,
		.resize = on_change,
		.ready = on_change,
		.end = on_signal,
		.arg = r };
	struct screen_options options = { .color = r->args->color,
		.theme = r->args->theme,
		.ascii = r->args->ascii,
		.no_mouse = r->args->no_mouse,
		.fps = r->args->fps,
		.max_bytes = r->args->max_bytes,
		.cast = r->args->cast,
		.guard = &r->session.guard };

	return screen_open(&options, &events, &r->session.uv, &r->session.err);
}

/* The loop is made first: the screen's events may come as soon as it is open. */
static int
run_rows(struct run_screen *r)
{
	struct session *s = &r->session;
	int status = 2;

	session_start(s, &(struct session_face){ .frame = on_frame,
			     .picture = on_picture,
			     .frames = on_frames,
			     .failed = on_failed,
			     .ended = on_end,
			     .self = r,
			     .host = { .bell = on_bell, .notify = on_notify, .self = r },
			     .fps = r->args->fps > 0 ? r->args->fps : DEFAULT_FPS });
	r->screen = open_screen(r);
	if (r->screen == NULL)
		return status;
	loop_touch(s->loop);
	status = session_run(s);
	session_end_actions(s);
	if (r->args->snapshot != NULL &&
	    run_screen_picture(r, r->args->snapshot, OUTPUT_THROUGH_LINKS, &s->err) != 0) {
		error_at(&s->err, "--snapshot");
		status = status == 0 ? 1 : status;
	}
	if (screen_close(r->screen, &s->err) != 0 && status == 0)
		status = 1;
	return status;
}

/* What is wrong with columns and expressions is said before the screen is there. */
static int
begin(struct run_screen *r)
{
	struct session *s = &r->session;
	int64_t wake;
	enum engine_state state;

	if (r->args->snapshot != NULL && picture_check(r->args->snapshot, &s->err) != 0) {
		error_at(&s->err, "--snapshot");
		return 2;
	}
	if (r->args->out != NULL && session_write_events(s) != 0)
		return 1;
	state = engine_run(s->engine, 0, &wake, &s->err);
	if (state == ENGINE_WRONG || state == ENGINE_FAILED) {
		session_locate(r->args, s->config, &s->err);
		return state == ENGINE_WRONG ? 2 : 1;
	}
	return session_check(s) != 0 ? 2 : 0;
}

static void
open_dashboard(struct run_screen *r, bool whole)
{
	motion_init(&r->motion, r->args->motion);
	r->dashboard = dashboard_new(r->session.engine, r->session.history, r->motion.motion);
	dashboard_trials(r->dashboard, r->session.trials, whole);
	dashboard_use(r->dashboard, r->session.config);
}

/* Events that nobody asked for are not made; a store has its last checkpoint. */
static int
finish(struct run_screen *r, int status)
{
	struct session *s = &r->session;
	struct error err = { 0 };
	int failed = status == 2 || (s->events == NULL && s->store == NULL)
			 ? session_end_events(s, -1, &err)
			 : session_finish(s, status > 128 ? LAST_WORDS_MS : -1, &err);

	if (failed != 0 && s->err.text[0] == '\0')
		s->err = err;
	return failed;
}

/* Who left before the end is told how far the figures go. */
static void
tell_trials(const struct session *s, struct text *table)
{
	trials_print(s->trials, table);
	if (engine_state(s->engine) == ENGINE_END)
		return;
	text_add(table, "(up to row ");
	text_count(table, engine_progress(s->engine, 0).row);
	text_add(table, "; the recording goes on)\n");
}

int
run_screen(const struct args *args, const struct config *config, struct text *table)
{
	struct run_screen r = { .args = args, .going = INT64_MAX };
	struct session *s = &r.session;
	int status = 2;

	if (session_open(s, args, config, true) == 0) {
		deny_calls();
		open_dashboard(&r, table != NULL);
		status = begin(&r);
		if (status == 0)
			status = run_rows(&r);
		if (finish(&r, status) != 0 && status == 0)
			status = 1;
	}
	if (s->err.text[0] != '\0')
		report(&s->err, s->config);
	else if (table != NULL && s->trials != NULL)
		tell_trials(s, table);
	dashboard_free(r.dashboard);
	session_close(s);
	return status;
}
