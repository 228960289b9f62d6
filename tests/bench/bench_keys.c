/* bench_keys.c - what a frame of the view of keys costs, found anew: medians of CPU time.
 *
 * usage: bench_keys FILE - all rows of the recording go, by its column `key`; prints "ms what" a
 * line for each thing that keys are sorted by. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uv.h>

#include "app/dashboard/dashboard.h"

enum { W = 120, H = 36, FRAMES = 41, KEYS_MOST = 1000000 };

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
give_up(const struct error *err)
{
	fprintf(stderr, "%s\n", err->text);
	exit(1);
}

static void
open_engine(struct engine *e, const char *path)
{
	struct feed_options feed = { 0 };
	struct alert_rule rule;
	struct error err = { 0 };

	if (engine_add_source(e, path, &feed, &err) != 0 ||
	    alert_rule_parse(&rule, "high: x > 90", &err) != 0 ||
	    query_add_rule(engine_ask(e), &rule, &err) != 0)
		give_up(&err);
}

static void
run(struct engine *e, uv_loop_t *loop)
{
	struct error err = { 0 };
	int64_t wake;

	for (;;)
		switch (engine_run(e, INT64_C(100000000), &wake, &err)) {
		case ENGINE_END:
			return;
		case ENGINE_FAILED:
		case ENGINE_WRONG:
			give_up(&err);
			return;
		default:
			uv_run(loop, UV_RUN_NOWAIT);
		}
}

static void
type(struct dashboard *d, const char *keys)
{
	for (; *keys != '\0'; keys++) {
		struct input in = { .code = *keys == '\n' ? INPUT_ENTER : (uint32_t)*keys };

		dashboard_input(d, &in, 0);
	}
}

/* Milliseconds: nothing goes any more, so each frame finds the order anew. */
static double
frame(struct dashboard *d)
{
	static struct cell cells[W * H];
	struct canvas canvas = { cells, W, 0, 0, W, H, GLYPHS_BRAILLE };
	double took[FRAMES];

	for (int i = 0; i < FRAMES; i++) {
		took[i] = cpu();
		canvas_clear(&canvas);
		dashboard_frame(d, &canvas, i * INT64_C(1000000000));
		took[i] = (cpu() - took[i]) * 1000;
	}
	qsort(took, FRAMES, sizeof *took, by_size);
	return took[FRAMES / 2];
}

int
main(int argc, char **argv)
{
	static const char *const sorts[] = { "key", "last(x)", "p95(x)", "rows", "seen", "firing" };
	struct engine_options options = {
		.query = { .default_kpis = true, .trails = true, .by = "key" },
		.max_keys = KEYS_MOST
	};
	struct error err = { 0 };
	struct engine *e;
	struct history *history;
	struct dashboard *d;
	uv_loop_t loop;

	if (argc < 2)
		return 2;
	uv_loop_init(&loop);
	e = engine_new(&options, &loop, &err);
	history = history_new(e);
	d = dashboard_new(e, history, MOTION_SCROLL);
	open_engine(e, argv[1]);
	pacer_max(engine_pacer(e));
	run(e, &loop);
	type(d, "3");
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
		char line[64];

		snprintf(line, sizeof line, ":sort %s\n", sorts[i]);
		type(d, line);
		printf("%.2f %s\n", frame(d), sorts[i]);
	}
	type(d, ":filter 77\n");
	printf("%.2f name, filtered\n", frame(d));
	dashboard_free(d);
	history_free(history);
	engine_free(e);
	return 0;
}
