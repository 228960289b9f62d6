/* bench_screen.c - what the screen costs: bytes, CPU, the time from a key to the screen.
 *
 * usage: bench_screen WEIR ROWS.csv - runs the program in a pseudo-terminal of 80 x 24 (200 x 50 for
 * the cost of frames) and prints lines for the table of tests/bench/run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/screens/terminal.h"

enum { KEYS = 15, SETTLE = 3000, WATCH = 10000 };

static const char *weir, *rows;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void
say(const char *what, const char *measured, const char *asked, bool ok)
{
	printf("%-58s %12s %12s  %s\n", what, measured, asked, ok ? "ok" : "MISSED");
}

static bool
never(struct terminal *t, const void *arg)
{
	(void)t;
	(void)arg;
	return false;
}

static struct terminal *
start(int w, int h, const char *rate)
{
	const char *env[] = { NULL };
	const char *argv[] = { weir, "--rate", rate, rows, NULL };
	struct terminal *t = terminal_start(w, h, env, argv);

	terminal_wait_text(t, "temperature");
	return t;
}

/* Bytes and CPU of ms of watching after things settled. */
static void
watch(struct terminal *t, int ms, double *bytes, double *cpu)
{
	size_t before, after;
	double used, begun;

	terminal_wait(t, never, NULL, SETTLE);
	terminal_bytes(t, &before);
	used = terminal_cpu(t);
	begun = now();
	terminal_wait(t, never, NULL, ms);
	terminal_bytes(t, &after);
	*bytes = (double)(after - before) / (now() - begun);
	*cpu = (terminal_cpu(t) - used) / (now() - begun);
}

static void
idle(void)
{
	struct terminal *t = start(80, 24, "10");
	double bytes, cpu;
	char text[64];

	terminal_type(t, " ");
	watch(t, WATCH / 2, &bytes, &cpu);
	snprintf(text, sizeof text, "%.0f B, %.2f %%", bytes, cpu * 100);
	say("paused: bytes a second, CPU", text, "0, 0 %", bytes == 0 && cpu < 0.001);
	terminal_free(t);
}

static void
paced(const char *rate, const char *what, double most, const char *asked)
{
	struct terminal *t = start(80, 24, rate);
	double bytes, cpu;
	char text[64];

	watch(t, WATCH, &bytes, &cpu);
	snprintf(text, sizeof text, "%.1f kB/s", bytes / 1000);
	say(what, text, asked, bytes <= most);
	terminal_free(t);
}

static void
drawing(void)
{
	struct terminal *t = start(200, 50, "20");
	double bytes, cpu;
	char text[64];

	watch(t, WATCH, &bytes, &cpu);
	snprintf(text, sizeof text, "%.1f %%", cpu * 100);
	say("200x50 at 20 rows/s and 20 fps: CPU of a core", text, "<= 5 %", cpu <= 0.05);
	terminal_free(t);
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static bool
shows_help(struct terminal *t, const void *shown)
{
	return (strstr(terminal_text(t), "all keys") != NULL) == *(const bool *)shown;
}

static void
keys(void)
{
	struct terminal *t = start(80, 24, "max");
	double ms[KEYS];
	char text[64];
	bool shown = true;

	for (int i = 0; i < KEYS; i++, shown = !shown) {
		double begun = now();

		terminal_type(t, shown ? "?" : "\033");
		terminal_wait(t, shows_help, &shown, 5000);
		ms[i] = (now() - begun) * 1000;
		terminal_wait(t, never, NULL, 60);
	}
	qsort(ms, KEYS, sizeof *ms, ascending);
	snprintf(text, sizeof text, "%.0f ms", ms[KEYS / 2]);
	say("key to screen while rows come at full speed, median", text, "<= 50 ms", ms[KEYS / 2] <= 50);
	terminal_free(t);
}

int
main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	weir = argv[1];
	rows = argv[2];
	idle();
	paced("10", "80x24 at 10 rows/s", 3000, "<= 3 kB/s");
	paced("1000", "80x24 at 1,000 rows/s", 20000, "<= 20 kB/s");
	drawing();
	keys();
	return 0;
}
