/* loop.h - the one loop: rows in slices, sleep until there is something to do, frames in between.
 *
 * Headless and screen share it; what they do differently hangs on the hooks. Rows go in slices of a
 * few milliseconds, so that a key or a signal is answered at once, whatever the speed. */
#ifndef WEIR_LOOP_H
#define WEIR_LOOP_H

#include <stdbool.h>

#include "data/engine/engine_view.h"

struct loop;

struct loop_hooks { /* each may be NULL */
	/* No more rows should go until loop_wake(). */
	bool (*held)(void *self);
	/* A slice of rows went. idle: no more can go now, so nothing should be held back. */
	void (*slice)(void *self, bool idle);
	/* Rows went since the last frame, at most fps times a second; or loop_frame_at() asked for
	 * it. */
	void (*frame)(void *self);
	/* Once: ENGINE_END, ENGINE_FAILED or ENGINE_WRONG. The loop goes on until loop_stop(). */
	void (*ended)(void *self, enum engine_state, const struct error *);
	void *self;
};

/* fps: 0 where there are no frames. signals: SIGINT, SIGTERM and SIGHUP end it with 128 + signal.
 */
struct loop *loop_new(
    struct uv_loop_s *, struct engine *, const struct loop_hooks *, int fps, bool signals);
/* Its handles are closed: run the uv loop once more before that is closed. */
void loop_free(struct loop *);

/* Until loop_stop(); returns its status. */
int loop_run(struct loop *);
void loop_stop(struct loop *, int status);
void loop_touch(struct loop *); /* something that is drawn has changed: a frame, as fps allows */
/* A frame is due at that clock (uv_hrtime), or before; 0: at once, whatever fps says. */
void loop_frame_at(struct loop *, int64_t when);
void loop_wake(struct loop *); /* rows may go now that could not before: the pace has changed */

#endif
