/* screen.c - the terminal as a sink that may stall: frames, keys, its size, and a sane end.
 *
 * Cells that changed go through curses (screen_frame.c), which writes to memory; the relay sends what came
 * out when the terminal can take it. So nothing here ever waits for the terminal, but for at most
 * LEAVE_MS at the end. Invariant: shown is what the terminal will show once the relay is idle. */
#include "app/screen.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "app/cast.h"
#include "app/screen_frame.h"
#include "app/relay.h"
#include "app/tty.h"

enum { SMALL_RATE = 20000, LARGE_RATE = 60000, FPS = 20 };
enum { ANSWER_MS = 100, LEAVE_MS = 200, SIZE_LIMIT = 1000, MODE_BYTES = 512 };

static const int signals[] = {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};
enum { SIGNALS = sizeof signals / sizeof *signals };

static const char mouse_on[] = "\033[?1000h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1000l";
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char sync_on[] = "\033[?2026h", sync_off[] = "\033[?2026l";
static const char questions[] = "\033]11;?\033\\\033[?2026$p\033[c";

struct screen {
	struct screen_events events;
	struct tty tty;
	struct frame *frame;
	struct relay relay;
	struct cast *cast;
	struct input_decoder decoder;

	const struct theme *theme;
	bool find_theme;         /* light or dark, as the terminal's answer says */
	bool modern;             /* a terminal of xterm's kind: it has modes and answers questions */
	bool mouse, sync, gone;
	bool asking;             /* no frame goes before the answers came, or ANSWER_MS passed */
	char enter[MODE_BYTES], leave[MODE_BYTES];

	int w, h;
	enum glyphs glyphs;
	struct cell *next, *shown;
	int64_t max_bytes;
	uint64_t interval, last; /* ns between frames; when the last one was shown */
	bool answer;             /* a key was typed since: the next frame waits for no clock */
	struct screen_counts counts;

	uv_poll_t poll;
	uv_timer_t escape, answers;
	uv_signal_t signal[SIGNALS];
	int handles;             /* open: the last one to close frees the screen */
};

/* --- size ------------------------------------------------------------------------------------- */

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
		.cells = cells, .stride = s->w, .w = s->w, .h = s->h, .glyphs = s->glyphs};
}

/* The next frame sends every cell, blank ones too: what the terminal shows is not known. */
static void
forget(struct screen *s)
{
	struct canvas shown = canvas_of(s, s->shown);

	canvas_clear(&shown);
	frame_blank(s->frame);
}

/* A terminal that does not tell its size keeps the one it had; at first that is 80 x 24. */
static void
take_size(struct screen *s)
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
	s->relay.rate = byte_rate(s);
	forget(s);
}

/* --- the terminal's modes --------------------------------------------------------------------- */

/* Those that are likely to know xterm's modes and to answer, and pass over what they do not know. */
static bool
is_modern(const char *term)
{
	static const char *const kinds[] = {"xterm", "tmux", "screen", "rxvt", "alacritty", "foot",
		"kitty", "wezterm", "ghostty", "contour", "konsole", "gnome", "vte", "st-", "putty",
		"mintty", "iterm"};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(term, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

static void
set_modes(struct screen *s)
{
	bool mouse = s->modern && s->mouse;

	snprintf(s->enter, sizeof s->enter, "%s%s%s", frame_enter(s->frame), s->modern ? paste_on : "",
	    mouse ? mouse_on : "");
	snprintf(s->leave, sizeof s->leave, "%s%s%s%s", s->modern ? sync_off : "",
	    mouse ? mouse_off : "", s->modern ? paste_off : "", frame_leave(s->frame));
}

static void
put(struct screen *s, const char *text)
{
	relay_put(&s->relay, text, strlen(text), uv_hrtime());
}

static void
enter(struct screen *s)
{
	tty_raw(&s->tty);
	tty_guard(&s->tty, s->leave, strlen(s->leave));
	put(s, s->enter);
}

/* What waits goes first, so that no escape is cut, unless the terminal stalls. */
static void
leave(struct screen *s)
{
	size_t n;
	const char *waiting = relay_waiting(&s->relay, &n);

	if (!s->gone) {
		tty_write(&s->tty, waiting, n, LEAVE_MS);
		tty_write(&s->tty, s->leave, strlen(s->leave), LEAVE_MS);
		tty_cooked(&s->tty);
	}
	relay_drop(&s->relay);
	tty_unguard();
}

static void on_poll(uv_poll_t *, int status, int events);

/* The terminal is gone: nothing more is read or written, so that nothing spins on it. */
static void
lose(struct screen *s)
{
	if (s->gone)
		return;
	s->gone = true;
	relay_drop(&s->relay);
	uv_poll_stop(&s->poll);
	uv_timer_stop(&s->escape);
	if (s->events.end)
		s->events.end(s->events.arg, SIGHUP);
}

static void
flush(struct screen *s)
{
	if (s->gone)
		return;
	if (relay_flush(&s->relay) != 0) {
		lose(s);
		return;
	}
	uv_poll_start(&s->poll, UV_READABLE | (relay_idle(&s->relay) ? 0 : UV_WRITABLE), on_poll);
}

static void
ready(struct screen *s)
{
	if (s->events.ready)
		s->events.ready(s->events.arg);
}

/* --- what the terminal sends ------------------------------------------------------------------ */

static void
answered(struct screen *s)
{
	uv_timer_stop(&s->answers);
	if (s->asking) {
		s->asking = false;
		ready(s);
	}
}

static void
on_answers(uv_timer_t *timer)
{
	answered(timer->data);
}

/* Rec. 709 luma, over half: a light background. */
static void
take_background(struct screen *s, uint32_t rgb)
{
	uint32_t luma = 2126 * (rgb >> 16) + 7152 * (rgb >> 8 & 255) + 722 * (rgb & 255);

	if (!s->find_theme)
		return;
	s->find_theme = false;
	s->theme = theme_find(luma > 10000 * 128 ? "light" : "dark");
	frame_theme(s->frame, s->theme);
	forget(s);
	ready(s);
}

static void
take_input(struct screen *s, const struct input *in)
{
	switch (in->code) {
	case INPUT_SYNC: s->sync = in->value != 0; break;
	case INPUT_BACKGROUND: take_background(s, in->value); break;
	case INPUT_ATTRIBUTES: answered(s); break; /* asked last: no more answers come */
	default:
		s->answer = true;
		if (s->events.input)
			s->events.input(s->events.arg, in);
	}
}

static void
on_escape(uv_timer_t *timer)
{
	struct screen *s = timer->data;
	struct input in;

	if (input_flush(&s->decoder, &in))
		take_input(s, &in);
}

static void
read_keys(struct screen *s)
{
	char bytes[1024];
	ssize_t n = read(s->tty.fd, bytes, sizeof bytes);

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		lose(s);
		return;
	}
	uv_timer_stop(&s->escape);
	for (ssize_t i = 0; i < n; i++) {
		struct input in;

		if (input_byte(&s->decoder, bytes[i], &in))
			take_input(s, &in);
	}
	if (input_pending(&s->decoder))
		uv_timer_start(&s->escape, on_escape, INPUT_ESCAPE_MS, 0);
}

static void
on_poll(uv_poll_t *poll, int status, int events)
{
	struct screen *s = poll->data;

	if (status < 0) {
		lose(s);
		return;
	}
	if (events & UV_READABLE)
		read_keys(s);
	if (events & UV_WRITABLE) {
		flush(s);
		if (!s->gone && relay_idle(&s->relay))
			ready(s);
	}
}

/* --- signals ---------------------------------------------------------------------------------- */

static void on_signal(uv_signal_t *, int signum);

static void
resized(struct screen *s)
{
	take_size(s);
	if (s->cast)
		cast_resize(s->cast, s->w, s->h, uv_hrtime());
	if (s->events.resize)
		s->events.resize(s->events.arg);
}

static void
resume(struct screen *s)
{
	enter(s);
	flush(s);
	resized(s);
}

/* The shell is told why we stop only if the signal stops us itself: no handler may be in its way. */
void
screen_suspend(struct screen *s)
{
	uv_signal_t *handle = NULL;

	for (int i = 0; i < SIGNALS; i++)
		if (signals[i] == SIGTSTP)
			handle = &s->signal[i];
	leave(s);
	uv_signal_stop(handle);
	raise(SIGTSTP);
	uv_signal_start(handle, on_signal, SIGTSTP);
	if (!tty_is_raw(&s->tty))
		resume(s);
}

static void
on_signal(uv_signal_t *handle, int signum)
{
	struct screen *s = handle->data;

	if (s->gone)
		return;
	switch (signum) {
	case SIGWINCH: resized(s); break;
	case SIGTSTP: screen_suspend(s); break;
	case SIGCONT: /* after a stop that no program can see coming, or after our own, done already */
		if (!tty_is_raw(&s->tty))
			resume(s);
		else
			resized(s);
		break;
	default:
		if (s->events.end)
			s->events.end(s->events.arg, signum);
	}
}

/* --- open and close --------------------------------------------------------------------------- */

/* Where no language is set at all, as in containers, the terminal is far more likely UTF-8 than not. */
static bool
locale_is_utf8(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	bool told = false;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		told = told || (getenv(names[i]) && *getenv(names[i]));
	if (!setlocale(LC_CTYPE, told ? "" : "C.UTF-8"))
		setlocale(LC_CTYPE, "C.UTF-8"); /* a language that is not installed here */
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static int
choose_theme(struct screen *s, const char *name, struct error *err)
{
	s->find_theme = !name || strcmp(name, "auto") == 0;
	s->theme = s->find_theme ? themes[0] : theme_find(name);
	return s->theme ? 0 : error_set(err, "--theme: no theme is called %s (weir list themes)", name);
}

static int
open_parts(struct screen *s, const struct screen_options *options, struct error *err)
{
	bool utf8;

	if (choose_theme(s, options->theme, err) != 0 || tty_open(&s->tty, err) != 0)
		return -1;
	utf8 = locale_is_utf8();
	s->frame = frame_open(options->color, err);
	if (!s->frame)
		return -1;
	s->modern = is_modern(getenv("TERM"));
	s->mouse = !options->no_mouse && frame_has_mouse(s->frame);
	s->glyphs = options->ascii || !utf8 ? GLYPHS_ASCII :
	    frame_has_braille(s->frame) ? GLYPHS_BRAILLE : GLYPHS_BLOCK;
	s->max_bytes = options->max_bytes;
	s->interval = 1000000000U / (uint64_t)(options->fps > 0 ? options->fps : FPS);
	frame_theme(s->frame, s->theme);
	set_modes(s);
	relay_init(&s->relay, s->tty.fd, SMALL_RATE, uv_hrtime());
	take_size(s);
	if (!options->cast)
		return 0;
	s->cast = cast_open(options->cast, s->w, s->h, uv_hrtime(), err);
	s->relay.cast = s->cast;
	return s->cast ? 0 : -1;
}

static void
free_parts(struct screen *s)
{
	relay_done(&s->relay);
	if (s->cast)
		cast_close(s->cast, NULL);
	if (s->frame)
		frame_close(s->frame);
	tty_close(&s->tty);
	free(s->next);
	free(s->shown);
	free(s);
}

static void
on_closed(uv_handle_t *handle)
{
	struct screen *s = handle->data;

	if (--s->handles == 0)
		free_parts(s);
}

static void
add_handle(struct screen *s, uv_handle_t *handle)
{
	handle->data = s;
	s->handles++;
}

static int
open_handles(struct screen *s, uv_loop_t *loop, struct error *err)
{
	int status = uv_poll_init(loop, &s->poll, s->tty.fd);

	if (status != 0)
		return error_set(err, "terminal: cannot be waited for: %s", uv_strerror(status));
	add_handle(s, (uv_handle_t *)&s->poll);
	uv_timer_init(loop, &s->escape);
	add_handle(s, (uv_handle_t *)&s->escape);
	uv_timer_init(loop, &s->answers);
	add_handle(s, (uv_handle_t *)&s->answers);
	for (int i = 0; i < SIGNALS; i++) {
		uv_signal_init(loop, &s->signal[i]);
		uv_signal_start(&s->signal[i], on_signal, signals[i]);
		add_handle(s, (uv_handle_t *)&s->signal[i]);
	}
	return 0;
}

struct screen *
screen_open(const struct screen_options *options, const struct screen_events *events, uv_loop_t *loop,
    struct error *err)
{
	struct screen *s = memory_zero(1, sizeof *s);

	s->events = *events;
	s->tty.fd = -1;
	if (open_parts(s, options, err) != 0 || open_handles(s, loop, err) != 0) {
		free_parts(s);
		return NULL;
	}
	enter(s);
	if (s->modern) {
		s->asking = true;
		relay_ask(&s->relay, questions, strlen(questions));
		uv_timer_start(&s->answers, on_answers, ANSWER_MS, 0);
	}
	flush(s);
	return s;
}

int
screen_close(struct screen *s, struct error *err)
{
	int result = 0;

	leave(s);
	s->gone = true; /* to callbacks that are under way */
	s->events = (struct screen_events){0};
	if (s->cast)
		result = cast_close(s->cast, err);
	s->cast = s->relay.cast = NULL;
	uv_close((uv_handle_t *)&s->poll, on_closed);
	uv_close((uv_handle_t *)&s->escape, on_closed);
	uv_close((uv_handle_t *)&s->answers, on_closed);
	for (int i = 0; i < SIGNALS; i++)
		uv_close((uv_handle_t *)&s->signal[i], on_closed);
	return result;
}

/* --- frames ----------------------------------------------------------------------------------- */

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

/* An eighth of the interval is forgiven, or a timer that comes a moment early would halve the rate. */
uint64_t
screen_due(const struct screen *s)
{
	uint64_t now = uv_hrtime(), frame = s->last ? s->last + s->interval - s->interval / 8 : 0;
	uint64_t bytes = relay_due(&s->relay, s->answer, now);
	uint64_t due = s->answer || frame < bytes ? bytes : frame;

	if (s->gone || s->asking || !relay_idle(&s->relay))
		return UINT64_MAX;
	return due > now ? due : 0;
}

bool
screen_ready(struct screen *s)
{
	if (screen_due(s) == 0)
		return true;
	s->counts.dropped++;
	return false;
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
		put(s, sync_on);
	relay_put(&s->relay, bytes, n, s->last);
	if (s->sync)
		put(s, sync_off);
	flush(s);
	return true;
}

void
screen_repaint(struct screen *s)
{
	forget(s);
}

void
screen_bell(struct screen *s)
{
	put(s, "\a");
	flush(s);
}

struct screen_counts
screen_counts(const struct screen *s)
{
	struct screen_counts counts = s->counts;

	counts.bytes = s->relay.total;
	return counts;
}
