/* loop.c - slices of the engine on a libuv loop, sleep between them, and the frames' clock. */
#include "app/run/loop.h"

#include <signal.h>
#include <stdlib.h>
#include <uv.h>

#include "data/base/error.h"

#define SLICE 8000000 /* ns of rows before keys and signals are looked at */
#define MILLISECOND 1000000

enum { SIGNALS = 3 };
static const int ending[SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

/* The handles close later than loop_free, so they stand apart from what it frees. */
struct handles {
	uv_idle_t work; /* active while rows can go */
	uv_timer_t wake, frame;
	uv_signal_t signals[SIGNALS];
	int open;
	struct loop *loop;
};

struct loop {
	uv_loop_t *uv;
	struct handles *handles;
	struct engine *engine;
	struct loop_hooks hooks;
	uint64_t frame_ms; /* between frames */
	uint64_t drawn;    /* uv_now() of the last frame */
	uint64_t due;      /* uv_now() of the next; UINT64_MAX: none is asked for */
	uint64_t rows;     /* gone when last looked */
	enum engine_state state;
	bool ended;
	bool stopped;
	int status;
};

static void
draw(uv_timer_t *timer)
{
	struct loop *loop = timer->data;

	loop->drawn = uv_now(loop->uv);
	loop->due = UINT64_MAX;
	loop->hooks.frame(loop->hooks.self);
}

/* due: as uv_now() counts, in ms. The earliest that was asked for counts. */
static void
frame_due(struct loop *loop, uint64_t due)
{
	uint64_t now = uv_now(loop->uv);

	if (loop->hooks.frame == NULL || due >= loop->due || loop->stopped)
		return;
	loop->due = due;
	uv_timer_start(&loop->handles->frame, draw, due > now ? due - now : 0, 0);
}

void
loop_touch(struct loop *loop)
{
	frame_due(loop, loop->drawn + loop->frame_ms);
}

void
loop_frame_at(struct loop *loop, int64_t when)
{
	int64_t wait = when - (int64_t)uv_hrtime();

	uv_update_time(loop->uv);
	frame_due(loop,
	    uv_now(loop->uv) + (wait > 0 ? (uint64_t)(wait + MILLISECOND - 1) / MILLISECOND : 0));
}

static void work(uv_idle_t *);

void
loop_wake(struct loop *loop)
{
	if (!loop->stopped)
		uv_idle_start(&loop->handles->work, work);
}

static void
wake_up(uv_timer_t *timer)
{
	loop_wake(timer->data);
}

static void
source_ready(void *arg)
{
	loop_wake(arg);
}

/* No rows can go: sleep till a source, the pacer's clock or a key has something. */
static void
rest(struct loop *loop, int64_t wake)
{
	int64_t ns = wake != INT64_MAX ? wake - (int64_t)uv_hrtime() : 0;

	uv_idle_stop(&loop->handles->work);
	uv_timer_stop(&loop->handles->wake);
	if (wake == INT64_MAX)
		return;
	uv_update_time(loop->uv);
	uv_timer_start(&loop->handles->wake, wake_up,
	    ns > 0 ? (uint64_t)((ns + MILLISECOND - 1) / MILLISECOND) : 0, 0);
}

static bool
over(enum engine_state state)
{
	return state == ENGINE_END || state == ENGINE_FAILED || state == ENGINE_WRONG;
}

static void
work(uv_idle_t *handle)
{
	struct loop *loop = handle->data;
	struct error err = { 0 };
	int64_t wake;
	enum engine_state state;
	uint64_t rows;

	if (loop->hooks.held != NULL && loop->hooks.held(loop->hooks.self)) {
		uv_idle_stop(&loop->handles->work);
		return;
	}
	state = engine_run(loop->engine, SLICE, &wake, &err);
	rows = engine_counts(loop->engine, -1).rows;
	if (rows != loop->rows || state != loop->state)
		loop_touch(loop);
	loop->rows = rows;
	loop->state = state;
	if (state != ENGINE_RUNNING)
		rest(loop, wake);
	if (loop->hooks.slice != NULL)
		loop->hooks.slice(loop->hooks.self, state != ENGINE_RUNNING);
	if (!over(state) || loop->ended) {
		loop->ended = over(state); /* a source more may begin it anew */
		return;
	}
	loop->ended = true;
	if (loop->hooks.ended != NULL)
		loop->hooks.ended(loop->hooks.self, state, &err);
}

static void
on_signal(uv_signal_t *handle, int signum)
{
	loop_stop(handle->data, 128 + signum);
}

struct loop *
loop_new(struct uv_loop_s *uv, struct engine *engine, const struct loop_hooks *hooks, int fps,
    bool signals)
{
	struct loop *loop = memory_zero(1, sizeof *loop);
	struct handles *h = memory_zero(1, sizeof *h);

	loop->uv = uv;
	loop->engine = engine;
	loop->hooks = *hooks;
	loop->handles = h;
	loop->frame_ms = fps > 0 ? (uint64_t)(1000 / fps) : 0;
	loop->due = UINT64_MAX;
	uv_idle_init(uv, &h->work);
	uv_timer_init(uv, &h->wake);
	uv_timer_init(uv, &h->frame);
	h->work.data = h->wake.data = h->frame.data = loop;
	h->open = 3;
	for (int i = 0; i < SIGNALS && signals; i++) {
		uv_signal_init(uv, &h->signals[i]);
		h->signals[i].data = loop;
		uv_signal_start(&h->signals[i], on_signal, ending[i]);
		h->open++;
	}
	engine_on_ready(engine, source_ready, loop);
	return loop;
}

static void
on_close(uv_handle_t *handle)
{
	struct handles *h = handle->data;

	if (--h->open == 0)
		free(h);
}

static void
close_handle(struct handles *h, uv_handle_t *handle)
{
	handle->data = h;
	uv_close(handle, on_close);
}

void
loop_free(struct loop *loop)
{
	struct handles *h = loop->handles;
	bool signals = h->open > 3;

	engine_on_ready(loop->engine, NULL, NULL);
	close_handle(h, (uv_handle_t *)&h->work);
	close_handle(h, (uv_handle_t *)&h->wake);
	close_handle(h, (uv_handle_t *)&h->frame);
	for (int i = 0; i < SIGNALS && signals; i++)
		close_handle(h, (uv_handle_t *)&h->signals[i]);
	free(loop);
}

int
loop_run(struct loop *loop)
{
	loop_wake(loop);
	while (!loop->stopped && uv_run(loop->uv, UV_RUN_ONCE) != 0)
		;
	return loop->status;
}

void
loop_stop(struct loop *loop, int status)
{
	if (loop->stopped)
		return;
	loop->stopped = true;
	loop->status = status;
	uv_idle_stop(&loop->handles->work);
	uv_stop(loop->uv);
}
