/* fuzz_screen_keys.c - any keys, in any order, while rows go, the screen changes its size and the
 * dashboard file is another: never a crash, and every frame is drawn whole.
 *
 * A byte is a key or, with the bytes behind it, one of the rarer things: see act(). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/dashboard/dashboard.h"
#include "app/run/session.h"
#include "data/engine/engine_view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILES = 4, ROWS = 40, WIDTH_MAX = 160, HEIGHT_MAX = 60, PATH_CHARS = 64, KEYS_MAX = 400 };

static const char plain[] = "columns:\n  - {name: x, unit: K, label: Vessel, min: 0}\n";
static const char rich[] =
    "kpis:\n  - {name: warm, expr: \"mean(x, 3)\", unit: K}\n  - \"top(s, 1, 5)\"\n"
    "derive:\n  - {name: sum, expr: x + y}\n"
    "alerts:\n  - {name: low, when: x < 10, do: [pause, bell]}\n  - {when: sum > 30}\n"
    "layout:\n  - panes: [{widget: table}, {widget: chart, of: \"y, warm\"}, {widget: kpis}]\n"
    "  - panes: [{widget: gauge, of: sum}, {widget: note}, {widget: explain}]\n"
    "notes:\n  - {at: 4, text: first}\n  - {at: 9, text: second}\n";
static const char pictures[] =
    "layout:\n  - panes: [{widget: alerts}, {widget: bars, of: s}]\n"
    "  - panes: [{widget: heatmap, of: x}, {widget: scatter, of: \"x, y\"}, {widget: rows}]\n";
static const char wrong[] = "kpis:\n  - mean(no, 3)\n"; /* what is in force goes on */
static const char *const layouts[FILES] = { plain, rich, pictures, wrong };

static struct {
	char csv[PATH_CHARS], yaml[FILES][PATH_CHARS];
} paths;

struct play {
	struct args args;
	struct config config;
	struct session session;
	struct engine *engine;
	struct dashboard *dashboard;
	struct cell *cells;
	int w, h;
	int64_t now;
};

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
remove_files(void)
{
	unlink(paths.csv);
	for (int i = 0; i < FILES; i++)
		unlink(paths.yaml[i]);
}

static FILE *
new_file(char path[PATH_CHARS], const char *ending)
{
	int fd;

	snprintf(path, PATH_CHARS, "/tmp/weir-keys-XXXXXX%s", ending);
	fd = mkstemps(path, (int)strlen(ending));
	must(fd >= 0);
	return fdopen(fd, "w");
}

static void
write_files(void)
{
	FILE *file;

	if (paths.csv[0] != '\0')
		return;
	file = new_file(paths.csv, ".csv");
	fprintf(file, "time,x,y,s\n");
	for (int i = 0; i < ROWS; i++)
		fprintf(file, "%d,%d,%s,%s\n", 1700000000 + i * (i % 7), i * 7 % 23,
		    i % 9 == 4 ? "bad" : "12.5", i % 3 == 1 ? "on" : "off");
	fclose(file);
	for (int i = 0; i < FILES; i++) {
		file = new_file(paths.yaml[i], ".yaml");
		fprintf(file, "sources: [{uri: %s, time: time}]\n%s", paths.csv, layouts[i]);
		fclose(file);
	}
	atexit(remove_files);
}

static void
open_play(struct play *p, int file)
{
	struct error err;

	*p = (struct play){ .w = 80, .h = 24, .now = (int64_t)uv_hrtime() };
	p->args.config = paths.yaml[file];
	must(config_load(&p->config, p->args.config, &err) == 0);
	must(session_open(&p->session, &p->args, &p->config, true) == 0);
	p->engine = p->session.engine;
	p->dashboard = dashboard_new(p->engine, p->session.history, MOTION_SCROLL);
	dashboard_use(p->dashboard, &p->config);
	pacer_pause(engine_pacer(p->engine), true, p->now);
	p->cells = memory_zero((size_t)WIDTH_MAX * HEIGHT_MAX, sizeof *p->cells);
}

static void
close_play(struct play *p)
{
	free(p->cells);
	dashboard_free(p->dashboard);
	session_close(&p->session);
	config_done(&p->config);
}

static void
draw(struct play *p, enum glyphs glyphs)
{
	struct canvas canvas = { p->cells, p->w, 0, 0, p->w, p->h, glyphs };

	canvas_clear(&canvas);
	dashboard_frame(p->dashboard, &canvas, p->now);
	p->now += INT64_C(50000000);
}

static void
go(struct play *p, int rows)
{
	struct error err;
	int64_t wake;

	pacer_step(engine_pacer(p->engine), rows);
	for (int turn = 0; turn < 8; turn++) {
		must(engine_run(p->engine, INT64_C(1000000), &wake, &err) != ENGINE_WRONG);
		uv_run(&p->session.uv, UV_RUN_NOWAIT);
	}
}

static void
read_again(struct play *p, int file)
{
	struct config *before = NULL;
	struct text said = { 0 };
	struct error err;

	p->args.config = paths.yaml[file];
	if (session_reload(&p->session, &before, &said, &err) == 0)
		dashboard_use(p->dashboard, p->session.config);
	config_free(before);
	text_done(&said);
}

static void
press(struct play *p, struct input in)
{
	if (dashboard_input(p->dashboard, &in, p->now) == OUTCOME_RELOAD)
		read_again(p, 1);
	dashboard_bell(p->dashboard, p->now);
}

/* One thing, whose first byte is at data[0]; returns how many bytes it took. */
static size_t
act(struct play *p, const uint8_t *data, size_t size)
{
	uint8_t more = size > 1 ? data[1] : 0, last = size > 2 ? data[2] : 0;

	switch (data[0]) {
	case 0x80: /* rows */
		go(p, 1 + more % 8);
		return 2;
	case 0x81: /* another size */
		p->w = 1 + more % WIDTH_MAX;
		p->h = 1 + last % HEIGHT_MAX;
		return 3;
	case 0x82: /* another file */
		read_again(p, more % FILES);
		return 2;
	case 0x83: /* the mouse */
		press(
		    p, (struct input){ .code = INPUT_CLICK + more % 3, .x = more, .y = last % 64 });
		return 3;
	case 0x84: /* with Ctrl, but not what asks for something of a terminal */
		press(p, (struct input){ .code = 'a' + more % 26, .ctrl = true });
		return 2;
	case 0x85: /* keys that are no characters */
		press(p, (struct input){ .code = INPUT_UP + more % (INPUT_CLICK - INPUT_UP),
			     .shift = last & 1,
			     .pasted = last & 2,
			     .alt = last & 4 });
		return 3;
	case 0x86:
		draw(p, (enum glyphs)(more % 3));
		return 2;
	case '\n':
		press(p, (struct input){ .code = INPUT_ENTER });
		return 1;
	case '\t':
		press(p, (struct input){ .code = INPUT_TAB });
		return 1;
	default:
		press(p, (struct input){ .code = data[0] });
		return 1;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct play p;
	int acts = 0;

	write_files();
	if (size == 0)
		return 0;
	open_play(&p, data[0] % (FILES - 1));
	go(&p, 1 + data[0] / 16);
	draw(&p, GLYPHS_BRAILLE);
	for (size_t at = 1; at < size && acts < KEYS_MAX; acts++) {
		at += act(&p, data + at, size - at);
		if (acts % 4 == 3)
			draw(&p, GLYPHS_BRAILLE);
	}
	draw(&p, GLYPHS_BRAILLE);
	close_play(&p);
	return 0;
}
