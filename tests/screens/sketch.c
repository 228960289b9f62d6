/* sketch.c - a small program that draws on a screen, to test the screen with. */
#include "tests/screens/sketch.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "app/picture/picture.h"
#include "app/screen/screen.h"
#include "data/base/text.h"

struct sketch {
	struct screen_options options;
	struct screen *screen;
	uv_loop_t loop;
	uv_timer_t timer;
	const char *text, *report, *snapshot;
	bool busy, dirty;
	int ticks, status;
	struct text keys;
};

static void
draw(struct sketch *s)
{
	struct canvas c;
	char line[128];

	if (!s->dirty || !screen_ready(s->screen))
		return;
	c = screen_canvas(s->screen);
	if (s->busy)
		canvas_fill(&c, 0, 0, c.w, c.h, (uint32_t)('a' + s->ticks % 26), STYLE_SERIES);
	else if (c.w > 4)
		canvas_frame(&c, "sketch", screen_theme(s->screen)->name, true);
	snprintf(line, sizeof line, "%dx%d keys:%s.", c.w, c.h, text_get(&s->keys));
	canvas_text(&c, 1, 1, c.w - 2, STYLE_WARNING, line);
	if (s->text)
		canvas_text(&c, 1, 2, c.w - 2, STYLE_CRITICAL, s->text);
	for (int i = 0; i < STYLE_COUNT; i++)
		canvas_text(&c, 1 + i % 8 * 8, 3 + i / 8, 8, (enum style)i, "style");
	canvas_line(
	    &c, 0, canvas_dots_y(&c) / 2, canvas_dots_x(&c), canvas_dots_y(&c), STYLE_SERIES);
	s->dirty = s->busy;
	screen_show(s->screen);
}

static void
end(struct sketch *s, int status)
{
	s->status = status;
	uv_stop(&s->loop);
}

static void
on_input(void *arg, const struct input *in)
{
	struct sketch *s = arg;

	if (in->code < 0x7f)
		text_addf(&s->keys, "%s%c", in->ctrl ? "^" : "", (int)in->code);
	else
		text_addf(&s->keys, "<%x %d,%d>", in->code - INPUT_UP, in->x, in->y);
	if (in->code == 'c')
		raise(SIGSEGV);
	if (in->code == 'x')
		exit(7);
	if (in->code == 'z')
		screen_suspend(s->screen);
	if (in->code == 'q')
		end(s, 0);
	s->dirty = true;
	draw(s);
}

static void
on_ready(void *arg)
{
	struct sketch *s = arg;

	s->dirty = true;
	draw(s);
}

static void
on_end(void *arg, int signum)
{
	end(arg, 128 + signum);
}

static void
report(const struct sketch *s)
{
	struct screen_counts counts = screen_counts(s->screen);
	FILE *file = fopen(s->report, "r+");

	if (!file) /* the test has seen enough */
		return;
	fseek(file, 0, SEEK_END);
	fprintf(file, "%d %" PRIu64 " %" PRIu64 " %" PRIu64 " %d\n", s->ticks, counts.frames,
	    counts.dropped, counts.bytes, screen_due(s->screen) != UINT64_MAX);
	fclose(file);
}

static void
on_tick(uv_timer_t *timer)
{
	struct sketch *s = timer->data;

	s->ticks++;
	if (s->busy)
		draw(s);
	if (s->report && s->ticks % 10 == 0)
		report(s);
}

static void
read_options(struct sketch *s, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : "";

		if (strcmp(name, "--ascii") == 0)
			s->options.ascii = true;
		else if (strcmp(name, "--no-mouse") == 0)
			s->options.no_mouse = true;
		else if (strcmp(name, "--busy") == 0)
			s->busy = true;
		else if (strcmp(name, "--color") == 0)
			s->options.color = value;
		else if (strcmp(name, "--theme") == 0)
			s->options.theme = value;
		else if (strcmp(name, "--cast") == 0)
			s->options.cast = value;
		else if (strcmp(name, "--max-bytes") == 0)
			s->options.max_bytes = atoi(value);
		else if (strcmp(name, "--fps") == 0)
			s->options.fps = atoi(value);
		else if (strcmp(name, "--text") == 0)
			s->text = value;
		else if (strcmp(name, "--snapshot") == 0)
			s->snapshot = value;
		else if (strcmp(name, "--report") == 0)
			s->report = value;
	}
}

int
sketch_main(int argc, char **argv)
{
	struct sketch s = { .dirty = true };
	struct screen_events events = { on_input, on_ready, on_ready, on_end, &s };
	struct error err = { 0 };

	read_options(&s, argc, argv);
	uv_loop_init(&s.loop);
	s.screen = screen_open(&s.options, &events, &s.loop, &err);
	if (!s.screen) {
		fprintf(stderr, "sketch: %s\n", err.text);
		uv_loop_close(&s.loop);
		return 2;
	}
	uv_timer_init(&s.loop, &s.timer);
	s.timer.data = &s;
	uv_timer_start(&s.timer, on_tick, 0, 10);
	draw(&s);
	uv_run(&s.loop, UV_RUN_DEFAULT);
	if (s.snapshot) {
		struct canvas shown = screen_shown(s.screen);

		s.status += picture_write(s.snapshot, OUTPUT_THROUGH_LINKS, NULL, &shown,
				screen_theme(s.screen), &err)
				? 1
				: 0;
	}
	if (screen_close(s.screen, &err) != 0) {
		fprintf(stderr, "sketch: %s\n", err.text);
		s.status = 1;
	}
	uv_close((uv_handle_t *)&s.timer, NULL);
	uv_run(&s.loop, UV_RUN_DEFAULT);
	uv_loop_close(&s.loop);
	text_done(&s.keys);
	return s.status;
}
