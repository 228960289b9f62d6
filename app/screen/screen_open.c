/* screen_open.c - the terminal is taken over and given back: modes, signals, suspension.
 *
 * Signals that end a program are told to it; it ends in its own way, and screen_close() restores
 * the terminal. Crashes and exit() are the affair of tty_guard(). */
#include "app/screen/screen_parts.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FPS = 20, LEAVE_MS = 500, START_RATE = 20000 };

static const int signals[SCREEN_SIGNALS] = { SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGWINCH, SIGTSTP,
	SIGCONT };

static const char mouse_on[] = "\033[?1000h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1000l";
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

/* Those that are likely to know xterm's modes and to answer, and pass over what they do not know.
 */
static bool
is_modern(const char *term)
{
	static const char *const kinds[] = { "xterm", "tmux", "screen", "rxvt", "alacritty", "foot",
		"kitty", "wezterm", "ghostty", "contour", "konsole", "gnome", "vte", "st-", "putty",
		"mintty", "iterm" };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(term, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

static void
set_modes(struct screen *s)
{
	bool mouse = s->modern && s->mouse;

	snprintf(s->enter, sizeof s->enter, "%s%s%s", frame_enter(s->frame),
	    s->modern ? paste_on : "", mouse ? mouse_on : "");
	snprintf(s->leave, sizeof s->leave, "%s%s%s%s", s->modern ? SYNC_OFF : "",
	    mouse ? mouse_off : "", s->modern ? paste_off : "", frame_leave(s->frame));
}

static void
enter(struct screen *s)
{
	tty_raw(&s->tty);
	tty_guard(&s->tty, s->leave, strlen(s->leave));
	output_put(&s->relay, s->enter, strlen(s->enter), uv_hrtime());
}

/* What waits goes first, so that no escape is cut, unless the terminal stalls. */
static void
leave(struct screen *s)
{
	size_t n;
	const char *waiting = output_waiting(&s->relay, &n);

	if (!s->gone) {
		tty_write(&s->tty, waiting, n, LEAVE_MS);
		tty_write(&s->tty, s->leave, strlen(s->leave), LEAVE_MS);
		tty_cooked(&s->tty);
	}
	output_drop(&s->relay);
	tty_unguard();
}

/* --- signals ---------------------------------------------------------------------------------- */

static void on_signal(uv_signal_t *, int signum);

static void
resized(struct screen *s)
{
	screen_take_size(s);
	if (s->cast)
		cast_resize(s->cast, s->w, s->h, uv_hrtime());
	if (s->events.resize)
		s->events.resize(s->events.arg);
}

static void
resume(struct screen *s)
{
	enter(s);
	screen_flush(s);
	resized(s);
}

/* The shell is told why we stop only if the signal stops us itself: no handler may be in its way.
 */
void
screen_suspend(struct screen *s)
{
	uv_signal_t *handle = NULL;

	for (int i = 0; i < SCREEN_SIGNALS; i++)
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
	case SIGWINCH:
		resized(s);
		break;
	case SIGTSTP:
		screen_suspend(s);
		break;
	/* after a stop that no program can see coming, or after our own, done already */
	case SIGCONT:
		if (!tty_is_raw(&s->tty))
			resume(s);
		else
			resized(s);
		break;
	default:
		screen_end(s, signum);
	}
}

/* --- open and close --------------------------------------------------------------------------- */

/* Where no language is set at all, as in containers, the terminal is far more likely UTF-8 than
 * not. */
static bool
locale_is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
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
	return s->theme ? 0
			: error_set(err, "--theme: no theme is called %s (weir list themes)", name);
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
	s->glyphs = options->ascii || !utf8       ? GLYPHS_ASCII
		    : frame_has_braille(s->frame) ? GLYPHS_BRAILLE
						  : GLYPHS_BLOCK;
	s->max_bytes = options->max_bytes;
	s->interval = 1000000000U / (uint64_t)(options->fps > 0 ? options->fps : FPS);
	frame_theme(s->frame, s->theme);
	set_modes(s);
	output_init(&s->relay, s->tty.fd, START_RATE, uv_hrtime());
	screen_take_size(s);
	if (!options->cast)
		return 0;
	s->cast = cast_open(options->cast, options->guard, s->w, s->h, uv_hrtime(), err);
	s->relay.cast = s->cast;
	return s->cast ? 0 : -1;
}

static void
free_parts(struct screen *s)
{
	output_done(&s->relay);
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
	uv_timer_init(loop, &s->later);
	add_handle(s, (uv_handle_t *)&s->later);
	for (int i = 0; i < SCREEN_SIGNALS; i++) {
		uv_signal_init(loop, &s->signal[i]);
		uv_signal_start(&s->signal[i], on_signal, signals[i]);
		add_handle(s, (uv_handle_t *)&s->signal[i]);
	}
	return 0;
}

/* A size that came before its signal was waited for: nobody would tell of it again. */
static void
catch_up(struct screen *s)
{
	int w = s->w, h = s->h;

	screen_take_size(s);
	if (s->cast && (s->w != w || s->h != h))
		cast_resize(s->cast, s->w, s->h, uv_hrtime());
}

struct screen *
screen_open(const struct screen_options *options, const struct screen_events *events,
    uv_loop_t *loop, struct error *err)
{
	struct screen *s = memory_zero(1, sizeof *s);

	s->events = *events;
	s->tty.fd = -1;
	if (open_parts(s, options, err) != 0 || open_handles(s, loop, err) != 0) {
		free_parts(s);
		return NULL;
	}
	catch_up(s);
	enter(s);
	if (s->modern)
		screen_ask(s);
	screen_flush(s);
	return s;
}

int
screen_close(struct screen *s, struct error *err)
{
	int result = 0;

	leave(s);
	s->gone = true; /* to callbacks that are under way */
	s->events = (struct screen_events){ 0 };
	if (s->cast)
		result = cast_close(s->cast, err);
	s->cast = s->relay.cast = NULL;
	uv_close((uv_handle_t *)&s->poll, on_closed);
	uv_close((uv_handle_t *)&s->escape, on_closed);
	uv_close((uv_handle_t *)&s->later, on_closed);
	for (int i = 0; i < SCREEN_SIGNALS; i++)
		uv_close((uv_handle_t *)&s->signal[i], on_closed);
	return result;
}
