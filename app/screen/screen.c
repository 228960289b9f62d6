/* screen.c - the terminal as a sink that may stall: its size, and the frames that it is sent.
 *
 * Cells that changed go through curses (screen_frame.c), which writes to memory; the relay sends
 * what came out when the terminal can take it. So nothing here ever waits for the terminal, but for
 * a moment at the end. Invariant: shown is what the terminal will show once the relay is idle. */
#include "app/screen/screen.h"

#include <stdlib.h>
#include <string.h>

#include "app/screen/notify.h"
#include "app/screen/screen_parts.h"

enum { SMALL_RATE = 20000, LARGE_RATE = 60000, SIZE_LIMIT = 1000, MILLISECOND = 1000000 };

static int
clamp(int v, int low, int high)
{
	return v < low ? low : v > high ? high : v;
}

static int64_t
byte_rate(const struct screen *s)
{
	if (s->max_bytes > 0)
		return s->max_bytes;
	return s->w <= 80 && s->h <= 24 ? SMALL_RATE : LARGE_RATE;
}

static struct canvas
canvas_of(const struct screen *s, struct cell *cells)
{
	return (struct canvas){
		.cells = cells, .stride = s->w, .w = s->w, .h = s->h, .glyphs = s->glyphs
	};
}

/* The next frame sends every cell, blank ones too: what the terminal shows is not known. */
void
screen_forget(struct screen *s)
{
	struct canvas shown = canvas_of(s, s->shown);

	canvas_clear(&shown);
	frame_blank(s->frame);
}

/* A terminal that does not tell its size keeps the one it had; at first that is 80 x 24. */
void
screen_take_size(struct screen *s)
{
	int w = s->w ? s->w : 80, h = s->h ? s->h : 24;

	tty_size(&s->tty, &w, &h);
	s->w = clamp(w, 1, SIZE_LIMIT);
	s->h = clamp(h, 1, SIZE_LIMIT);
	free(s->next);
	free(s->shown);
	s->next = memory_zero((size_t)s->w * (size_t)s->h, sizeof *s->next);
	s->shown = memory_zero((size_t)s->w * (size_t)s->h, sizeof *s->shown);
	frame_resize(s->frame, s->w, s->h);
	output_rate(&s->relay, byte_rate(s), uv_hrtime());
	screen_forget(s);
}

void
screen_tell_ready(struct screen *s)
{
	if (s->events.ready)
		s->events.ready(s->events.arg);
}

struct canvas
screen_canvas(struct screen *s)
{
	struct canvas c = canvas_of(s, s->next);

	canvas_clear(&c);
	return c;
}

struct canvas
screen_shown(const struct screen *s)
{
	return canvas_of(s, s->shown);
}

const struct theme *
screen_theme(const struct screen *s)
{
	return s->theme;
}

void
screen_dress(struct screen *s, const struct theme *theme)
{
	s->find_theme = false;
	s->theme = theme;
	frame_theme(s->frame, theme);
	screen_repaint(s);
}

/* An eighth of the interval is forgiven, or a timer that comes a moment early would halve the rate.
 */
uint64_t
screen_due(const struct screen *s)
{
	uint64_t now = uv_hrtime(), frame = s->last ? s->last + s->interval - s->interval / 8 : 0;
	uint64_t bytes = output_due(&s->relay, s->answer, now);
	uint64_t due = s->answer || frame < bytes ? bytes : frame;

	if (s->gone || !output_idle(&s->relay))
		return UINT64_MAX;
	return due > now ? due : 0;
}

/* The ceiling of bytes or the rate of frames lets a frame go that was refused before. */
static void
on_later(uv_timer_t *timer)
{
	screen_tell_ready(timer->data);
}

bool
screen_ready(struct screen *s)
{
	uint64_t due = screen_due(s), now = uv_hrtime();

	if (due == 0)
		return true;
	s->counts.dropped++;
	if (due != UINT64_MAX)
		uv_timer_start(
		    &s->later, on_later, due > now ? (due - now) / MILLISECOND + 1 : 1, 0);
	return false;
}

static void
put(struct screen *s, const char *text)
{
	output_put(&s->relay, text, strlen(text), uv_hrtime());
}

bool
screen_show(struct screen *s)
{
	struct canvas next = canvas_of(s, s->next), shown = canvas_of(s, s->shown);
	struct cell *cells = s->shown;
	const char *bytes;
	size_t n;

	if (!screen_ready(s))
		return false;
	bytes = frame_draw(s->frame, &next, &shown, &n);
	s->shown = s->next;
	s->next = cells;
	s->answer = false;
	if (n == 0)
		return true;
	s->last = uv_hrtime();
	s->counts.frames++;
	if (s->sync)
		put(s, SYNC_ON);
	output_put(&s->relay, bytes, n, s->last);
	if (s->sync)
		put(s, SYNC_OFF);
	screen_flush(s);
	return true;
}

void
screen_repaint(struct screen *s)
{
	screen_forget(s);
}

void
screen_bell(struct screen *s)
{
	if (s->gone)
		return;
	put(s, "\a");
	screen_flush(s);
}

void
screen_notify(struct screen *s, const char *text)
{
	struct text sequence = { 0 };

	notify_sequence(getenv("TERM"), getenv("TERM_PROGRAM"), text, &sequence);
	if (!s->gone && sequence.len > 0) {
		put(s, text_get(&sequence));
		screen_flush(s);
	}
	text_done(&sequence);
}

struct screen_counts
screen_counts(const struct screen *s)
{
	struct screen_counts counts = s->counts;

	counts.bytes = s->relay.total;
	return counts;
}
