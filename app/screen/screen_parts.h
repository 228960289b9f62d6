/* screen_parts.h - what the files of the screen share: its state, and who does what to it. */
#ifndef WEIR_SCREEN_PARTS_H
#define WEIR_SCREEN_PARTS_H

#include <uv.h>

#include "app/screen/cast.h"
#include "app/screen/output.h"
#include "app/screen/screen.h"
#include "app/screen/screen_frame.h"
#include "app/screen/tty.h"

enum { SCREEN_SIGNALS = 7, MODE_BYTES = 512 };

/* Synchronized update: what comes between is shown at once. */
#define SYNC_ON "\033[?2026h"
#define SYNC_OFF "\033[?2026l"

struct screen {
	struct screen_events events;
	struct tty tty;
	struct frame *frame;
	struct output relay;
	struct cast *cast;
	struct input_decoder decoder;

	const struct theme *theme;
	bool find_theme; /* light or dark, as the terminal's answer says */
	/* a terminal of xterm's kind: it has modes and answers questions */
	bool modern;
	bool mouse, sync, gone;
	char enter[MODE_BYTES], leave[MODE_BYTES];

	int w, h;
	enum glyphs glyphs;
	struct cell *next, *shown;
	int64_t max_bytes;
	uint64_t interval, last; /* ns between frames; when the last one was shown */
	bool answer;             /* a key was typed since: the next frame waits for no clock */
	struct screen_counts counts;

	uv_poll_t poll;
	uv_timer_t escape, later;
	uv_signal_t signal[SCREEN_SIGNALS];
	int handles; /* open: the last one to close frees the screen */
};

/* screen.c */
void screen_take_size(struct screen *); /* asks the terminal, and forgets */
void screen_forget(struct screen *);    /* what the terminal shows is not known: send every cell */
void screen_tell_ready(struct screen *);

/* screen_input.c */
void screen_ask(struct screen *);   /* its background, and what it can do */
void screen_flush(struct screen *); /* sends what waits, or sees to it that it will be sent */
void screen_end(struct screen *, int signum);

#endif
