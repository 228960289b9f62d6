/* bench_screen.c - what the screen costs: bytes, CPU, the time from a key to the screen.
 *
 * usage: bench_screen WEIR ROWS.csv WIDE.csv KEYS.csv - runs the program in a pseudo-terminal of 80 x 24
 * (200 x 50 for the cost of frames) and prints lines for the table of tests/bench/run; ttyplot,
 * where it is installed, on the same values in the same terminal. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/screens/terminal.h"

enum {
	STARTS = 7,
	KEYS = 15,
	LOOKS = 150,
	ENDS = 5,
	SETTLE = 3000,
	WATCH = 10000,
	WIDE = 20,
	WIDE_ROWS = 2000
};

/* wide: a file of a thousand columns, c0 the first number; keyed: of a hundred thousand keys */
static const char *weir, *rows, *wide, *keyed;

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
start(int w, int h, const char *rate, const char *motion)
{
	const char *env[] = { NULL };
	const char *argv[] = { weir, "--rate", rate, "--motion", motion, rows, NULL };
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
	struct terminal *t = start(80, 24, "10", "auto");
	double bytes, cpu;
	char text[64];

	terminal_type(t, " ");
	watch(t, WATCH / 2, &bytes, &cpu);
	snprintf(text, sizeof text, "%.0f B, %.2f %%", bytes, cpu * 100);
	say("paused: bytes a second, CPU", text, "0, 0 %", bytes == 0 && cpu < 0.001);
	terminal_free(t);
}

static void
paced(int w, int h, const char *rate, const char *motion, const char *what, double most)
{
	struct terminal *t = start(w, h, rate, motion);
	double bytes, cpu;
	char text[64], asked[64];

	watch(t, WATCH, &bytes, &cpu);
	snprintf(text, sizeof text, "%.1f kB/s", bytes / 1000);
	snprintf(asked, sizeof asked, "<= %.0f kB/s", most / 1000);
	say(what, text, asked, bytes <= most);
	terminal_free(t);
}

/* The same values at the same pace, drawn by ttyplot. */
static void
paced_ttyplot(void)
{
	char command[4200], text[64];
	const char *argv[] = { "bash", "-c", command, NULL };
	struct terminal *t;
	double bytes, cpu;

	if (system("command -v ttyplot >/dev/null") != 0) {
		printf("%-58s %12s\n", "ttyplot at 10 rows/s, one column", "not installed");
		return;
	}
	snprintf(command, sizeof command,
	    "while IFS=, read -r _ v _; do echo \"$v\"; sleep 0.1; done <'%s' | ttyplot", rows);
	t = terminal_start(80, 24, NULL, argv);
	watch(t, WATCH, &bytes, &cpu);
	snprintf(text, sizeof text, "%.1f kB/s", bytes / 1000);
	printf("%-58s %12s\n", "ttyplot at 10 rows/s, one column", text);
	terminal_free(t);
}

static void
drawing(void)
{
	struct terminal *t = start(200, 50, "20", "auto");
	double bytes, cpu;
	char text[64];

	watch(t, WATCH, &bytes, &cpu);
	snprintf(text, sizeof text, "%.1f %%", cpu * 100);
	say("200x50 at 20 rows/s and 20 fps: CPU of a core", text, "<= 5 %", cpu <= 0.05);
	terminal_free(t);
}

/* A recording of 20 columns, and a dashboard of two charts above the table of them all. */
static void
write_wide(const char *folder)
{
	char path[4200];
	FILE *file;

	snprintf(path, sizeof path, "%s/wide.csv", folder);
	file = fopen(path, "w");
	for (int c = 0; c < WIDE; c++)
		fprintf(file, "%sc%d", c > 0 ? "," : "", c);
	for (int row = 0; row < WIDE_ROWS; row++)
		for (int c = 0; c < WIDE; c++)
			fprintf(file, "%c%.2f", c > 0 ? ',' : '\n',
			    50 * sin(row / (5.0 + c)) + (row * 7919 + c * 104729) % 100 / 20.0);
	fclose(file);
	snprintf(path, sizeof path, "%s/wide.yaml", folder);
	file = fopen(path, "w");
	fprintf(file, "sources:\n  - uri: wide.csv\nlayout:\n"
		      "  - {height: 1, panes: [{widget: chart, of: c0}, {widget: chart, of: c1}]}\n"
		      "  - {height: 1, panes: [{widget: table}]}\n");
	fclose(file);
}

/* All that a second costs, its rows too, over its frames: no less than a frame. */
static void
frames(void)
{
	char folder[] = "/tmp/weir-bench-XXXXXX", path[64], text[64];
	const char *argv[] = { weir, "--rate", "20", "-c", path, NULL };
	struct terminal *t;
	double bytes, cpu;

	if (mkdtemp(folder) == NULL)
		return;
	write_wide(folder);
	snprintf(path, sizeof path, "%s/wide.yaml", folder);
	t = terminal_start(200, 50, NULL, argv);
	watch(t, WATCH, &bytes, &cpu);
	snprintf(text, sizeof text, "%.2f ms", cpu / 20 * 1000);
	say("200x50, 20 sparklines, 2 charts: CPU a frame", text, "<= 2 ms", cpu / 20 <= 0.002);
	terminal_free(t);
	unlink(path);
	snprintf(path, sizeof path, "%s/wide.csv", folder);
	unlink(path);
	rmdir(folder);
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* From the start of the program to a frame that shows a name, in a terminal that answers nothing
 * before it is read. */
static void
first_frame(const char *what, const char *file, const char *name, const char *asked, double most)
{
	const char *argv[] = { weir, "--rate", "10", file, NULL }, *env[] = { NULL };
	double ms[STARTS];
	char text[64];

	for (int i = 0; i < STARTS; i++) {
		double begun = now();
		struct terminal *t = terminal_start(80, 24, env, argv);

		terminal_wait_text(t, name);
		ms[i] = (now() - begun) * 1000;
		terminal_free(t);
	}
	qsort(ms, STARTS, sizeof *ms, ascending);
	snprintf(text, sizeof text, "%.0f ms", ms[STARTS / 2]);
	say(what, text, asked, ms[STARTS / 2] <= most);
}

static bool
shows_help(struct terminal *t, const void *shown)
{
	return (strstr(terminal_text(t), "all keys") != NULL) == *(const bool *)shown;
}

/* How long the help takes to come, and to go, n times in turn; it is there or not at the end. */
static bool
look_at_help(struct terminal *t, double *ms, int n)
{
	bool shown = true;

	for (int k = 0; k < n; k++, shown = !shown) {
		double begun = now();

		terminal_type(t, shown ? "?" : "\033");
		terminal_wait(t, shows_help, &shown, 5000);
		ms[k] = (now() - begun) * 1000;
		terminal_wait(t, never, NULL, 60);
	}
	return shown;
}

/* From a key to what it shows, and from q to the end of the program, while something goes on that
 * leaves no time by itself. */
static void
keys_while(const char *what, const char *const *argv)
{
	static const char *const env[] = { NULL };
	double ms[KEYS], quit[ENDS];
	char text[64], line[96];

	for (int i = 0; i < ENDS; i++) {
		struct terminal *t = terminal_start(80, 24, env, argv);
		bool shown = true;
		double begun;

		terminal_wait_text(t, " q quit");
		if (i == 0)
			shown = look_at_help(t, ms, KEYS);
		begun = now();
		terminal_type(t, shown ? "q" : "\003");
		terminal_exit(t, 5000);
		quit[i] = (now() - begun) * 1000;
		terminal_free(t);
	}
	qsort(ms, KEYS, sizeof *ms, ascending);
	qsort(quit, ENDS, sizeof *quit, ascending);
	snprintf(text, sizeof text, "%.0f, %.0f ms", ms[KEYS / 2], ms[KEYS - 1]);
	snprintf(line, sizeof line, "key to screen, median and slowest: %s", what);
	say(line, text, "<= 50 ms", ms[KEYS / 2] <= 50);
	snprintf(text, sizeof text, "%.0f ms", quit[ENDS / 2]);
	snprintf(line, sizeof line, "q to the end, median: %s", what);
	say(line, text, "<= 50 ms", quit[ENDS / 2] <= 50);
}

static void
keys(void)
{
	keys_while(
	    "full speed", (const char *const[]){ weir, "--rate", "max", "--loop", rows, NULL });
	keys_while("a line without end", (const char *const[]){ weir, "/dev/zero", NULL });
	keys_while("far to --start",
	    (const char *const[]){ weir, "--start", "1000000000000", "--loop", rows, NULL });
	keys_while("far to --start, made rows",
	    (const char *const[]){ weir, "--start", "1000000000000", "synth:reactor", NULL });
	keys_while("an expected(x) of each column",
	    (const char *const[]){ weir, "--rate", "max", "-k", "expected(temperature)", "-k",
		"expected(pressure)", "--loop", rows, NULL });
}

/* For as long as the recording begins anew: its keys come, are listed, kept to go back to, and
 * forgotten. */
static void
keys_of_many(void)
{
	static const char *const env[] = { NULL };
	const char *argv[] = { weir, "--rate", "max", "--loop", "--by", "key", "--max-keys",
		"100000", keyed, NULL };
	struct terminal *t = terminal_start(120, 36, env, argv);
	double ms[LOOKS];
	char text[64];

	terminal_wait_text(t, " q quit");
	terminal_type(t, "3");
	look_at_help(t, ms, LOOKS);
	terminal_free(t);
	qsort(ms, LOOKS, sizeof *ms, ascending);
	snprintf(text, sizeof text, "%.0f, %.0f ms", ms[LOOKS / 2], ms[LOOKS - 1]);
	say("key to screen, median and slowest: 100,000 keys listed", text, "<= 50 ms",
	    ms[LOOKS / 2] <= 50);
}

/* The same KPIs with a screen and without: by themselves the two ask for different ones. */
static const char *const asked[] = { "--rate", "max", "-k", "mean(temperature, 60)", "-k",
	"sd(pressure, 60)", "-k", "p95(flow, 60)" };
enum { ASKED = sizeof asked / sizeof *asked, TURNS = 3 };

static double
headless_cpu(void)
{
	const char *argv[ASKED + 4] = { weir, "--headless" };
	struct rusage use = { 0 };
	pid_t child;

	memcpy(argv + 2, asked, sizeof asked);
	argv[ASKED + 2] = rows;
	child = fork();
	if (child == 0) {
		if (freopen("/dev/null", "w", stdout) != NULL)
			execv(weir, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	if (child < 0 || wait4(child, NULL, 0, &use) != child)
		return 0;
	return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
	       (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1e-6;
}

static double
screen_cpu(void)
{
	const char *argv[ASKED + 3] = { weir }, *env[] = { NULL };
	struct terminal *t;
	double cpu;

	memcpy(argv + 1, asked, sizeof asked);
	argv[ASKED + 1] = rows;
	t = terminal_start(80, 24, env, argv);
	terminal_wait_text(t, "■ end of");
	cpu = terminal_cpu(t);
	terminal_free(t);
	return cpu;
}

/* The least of some turns: what else the machine does only adds. */
static void
full_speed(void)
{
	double without = 1e9, with = 1e9;
	char text[64];

	for (int i = 0; i < TURNS; i++) {
		double a = headless_cpu(), b = screen_cpu();

		without = a < without ? a : without;
		with = b < with ? b : with;
	}
	snprintf(text, sizeof text, "%.0f %%", without / with * 100);
	say("full speed on a screen, of that without, by CPU", text, ">= 80 %",
	    without >= 0.8 * with);
}

int
main(int argc, char **argv)
{
	/* what stands in a buffer when a program is started is written twice */
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc != 5)
		return 2;
	weir = argv[1];
	rows = argv[2];
	wide = argv[3];
	keyed = argv[4];
	first_frame("first frame, median", rows, "temperature", "<= 40 ms", 40);
	first_frame("first frame of 1,000 columns, median", wide, "c0", "<= 300 ms", 300);
	idle();
	paced(80, 24, "10", "auto", "80x24 at 10 rows/s", 12000);
	paced(80, 24, "10", "scroll", "80x24 at 10 rows/s, scrolling", 12000);
	paced(80, 24, "10", "sweep", "80x24 at 10 rows/s, sweeping", 3000);
	paced(120, 36, "10", "auto", "120x36 at 10 rows/s", 40000);
	paced_ttyplot();
	paced(80, 24, "1000", "auto", "80x24 at 1,000 rows/s", 20000);
	drawing();
	frames();
	keys();
	keys_of_many();
	full_speed();
	return 0;
}
