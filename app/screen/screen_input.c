/* screen_input.c - what the terminal sends: keys, answers, and that it takes more bytes or is gone.
 *
 * Most terminals of today tell their background (OSC 11) and whether they show frames whole (mode
 * 2026, DECRQM). They are asked at the start and not waited for: one that is far away takes its
 * time, and others never answer. Another background than was thought draws the screen anew. */
#include "app/screen/screen_parts.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

void
screen_end(struct screen *s, int signum)
{
	if (s->events.end)
		s->events.end(s->events.arg, signum);
}

static void on_poll(uv_poll_t *, int status, int events);

/* The terminal is gone: nothing more is read or written, so that nothing spins on it. */
static void
lose(struct screen *s)
{
	if (s->gone)
		return;
	s->gone = true;
	output_drop(&s->relay);
	uv_poll_stop(&s->poll);
	uv_timer_stop(&s->escape);
	screen_end(s, SIGHUP);
}

void
screen_flush(struct screen *s)
{
	if (s->gone)
		return;
	if (output_flush(&s->relay) != 0) {
		lose(s);
		return;
	}
	uv_poll_start(&s->poll, UV_READABLE | (output_idle(&s->relay) ? 0 : UV_WRITABLE), on_poll);
}

void
screen_ask(struct screen *s)
{
	static const char questions[] = "\033]11;?\033\\"
					"\033[?2026$p";

	output_ask(&s->relay, questions, strlen(questions));
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
	screen_forget(s);
	screen_tell_ready(s);
}

static void
take_input(struct screen *s, const struct input *in)
{
	switch (in->code) {
	case INPUT_SYNC:
		s->sync = in->value != 0;
		break;
	case INPUT_BACKGROUND:
		take_background(s, in->value);
		break;
	case INPUT_ATTRIBUTES:
		break; /* nobody asked */
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
		screen_flush(s);
		if (!s->gone && output_idle(&s->relay))
			screen_tell_ready(s);
	}
}
