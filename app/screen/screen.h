/* screen.h - the terminal as a sink that may stall: frames, keys, its size, and a sane end.
 *
 * The one module that knows the terminal. A frame is drawn on screen_canvas(), which is ours, and
 * shown with screen_show(), which never waits: while the terminal has not taken the last frame, or
 * the ceiling of bytes is reached, screen_ready() is false and the frame is left out. */
#ifndef WEIR_SCREEN_H
#define WEIR_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "app/screen/input.h"
#include "data/base/error.h"
#include "widgets/draw/canvas.h"
#include "widgets/draw/theme.h"

struct screen;
struct uv_loop_s;
struct output_guard;

struct screen_options {    /* zeroed: the defaults of the contract */
	const char *color; /* auto, never, 16, 256 or true; NULL: auto */
	/* NULL: dark, or light where the terminal says that its background is */
	const char *theme;
	bool ascii, no_mouse;
	int fps;           /* 0: 20 */
	int64_t max_bytes; /* a second to the terminal; 0: 20k up to 80 x 24, 60k above */
	const char *cast;  /* a file to record the session in; NULL */
	const struct output_guard *guard; /* of that file; NULL: nothing is read */
};

struct screen_events { /* called from the loop */
	void (*input)(void *arg, const struct input *);
	void (*resize)(void *arg); /* the canvas has a new size: draw */
	/* what screen_ready() refused may be shown now: ask again */
	void (*ready)(void *arg);
	/* SIGINT, SIGTERM, SIGQUIT, or SIGHUP, which a lost terminal is too. End with 128 + signum;
	 * the screen stays till closed. */
	void (*end)(void *arg, int signum);
	void *arg;
};

/* NULL: there is no usable terminal; the error says what to do. It has the shape of a usage error.
 * From here to screen_close the terminal is restored whatever happens: exit, crash, suspension. */
struct screen *screen_open(const struct screen_options *, const struct screen_events *,
    struct uv_loop_s *, struct error *);
/* Leaves the terminal as it was. Its handles end in the loop: run that once more before freeing it.
 * -1: the recording of the session could not be written. */
int screen_close(struct screen *, struct error *);

/* The next frame, cleared: draw all of it. Valid until the loop runs again. */
struct canvas screen_canvas(struct screen *);
/* Ask only when there is something to draw: a refusal counts as a frame left out. */
bool screen_ready(struct screen *);
/* Sends what changed since the last frame; false when it was left out (screen_ready() was false).
 */
bool screen_show(struct screen *);
/* When the next frame may be shown, as uv_hrtime(): 0 now; UINT64_MAX when nobody knows yet. */
uint64_t screen_due(const struct screen *);

/* What is on the screen now (for pictures); the theme in use. */
struct canvas screen_shown(const struct screen *);
const struct theme *screen_theme(const struct screen *);
void screen_dress(struct screen *, const struct theme *); /* from the next frame on */
void screen_repaint(struct screen *);                     /* the next frame sends every cell: ^L */
void screen_bell(struct screen *);
/* The terminal shows a notification, where it can. */
void screen_notify(struct screen *, const char *text);
void screen_suspend(struct screen *); /* as ^Z does */

struct screen_counts {
	uint64_t frames, dropped, bytes;
};
struct screen_counts screen_counts(const struct screen *);

#endif
