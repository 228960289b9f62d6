/* walk.c - a walk back and forth in a recording, at the keys.
 *
 * usage: walk WEIR ROWS.csv cast FILE - as it looks, for asciinema
 *        walk WEIR ROWS.csv steps ROW - goes to that row, and prints the ms that a step back takes,
 *        the median and the longest of some */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/screens/terminal.h"

enum { STEPS = 9, FAR_MS = 120000 };

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static const struct key {
	const char *keys;
	int ms; /* that it is looked at */
} walk[] = { { "", 6000 }, { " ", 1000 }, { ",", 700 }, { ",", 700 }, { ",", 1500 },
	{ "\033[D", 1500 }, { "\033[D", 1500 }, { "e", 2500 }, { "\033", 1000 }, { "\033[C", 1500 },
	{ "4", 2000 }, { "1", 500 }, { "\033[H", 2500 }, { "\033[F", 2500 }, { " ", 4000 } };

static int
record(const char *weir, const char *rows, const char *path)
{
	const char *argv[] = { weir, "--rate", "20", "--cast", path, "-a",
		"temperature < 10 for 3 rows severity critical", rows, NULL };
	struct terminal *t = terminal_start(100, 30, NULL, argv);
	int status;

	for (size_t i = 0; i < sizeof walk / sizeof *walk; i++) {
		terminal_type(t, walk[i].keys);
		terminal_wait(t, terminal_never, NULL, walk[i].ms);
	}
	terminal_type(t, "q");
	status = terminal_exit(t, TERMINAL_LIMIT);
	terminal_free(t);
	return status;
}

static bool
shows(struct terminal *t, const void *text)
{
	return strstr(terminal_text(t), text) != NULL;
}

/* "1,000,000" */
static void
print_count(uint64_t n, char out[32])
{
	char digits[32];
	int from = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n), to = 0;

	for (int i = 0; i < from; i++) {
		if (i > 0 && (from - i) % 3 == 0)
			out[to++] = ',';
		out[to++] = digits[i];
	}
	out[to] = '\0';
}

static int
measure(const char *weir, const char *rows, uint64_t row)
{
	const char *argv[] = { weir, "--rate", "20", rows, NULL };
	struct terminal *t = terminal_start(120, 36, NULL, argv);
	char text[80], count[32];
	double ms[STEPS];

	terminal_wait_text(t, "/s");
	snprintf(text, sizeof text, " :seek %llu\r", (unsigned long long)row);
	terminal_type(t, text);
	print_count(row, count);
	snprintf(text, sizeof text, "row %s/", count);
	if (!terminal_wait(t, shows, text, FAR_MS))
		return 1;
	for (int i = 0; i < STEPS; i++) {
		double began = now_ms();

		print_count(row - 1 - (uint64_t)i, count);
		snprintf(text, sizeof text, "row %s/", count);
		terminal_type(t, ",");
		if (!terminal_wait(t, shows, text, TERMINAL_LIMIT))
			return 1;
		ms[i] = now_ms() - began;
		terminal_wait(t, terminal_never, NULL, 300);
	}
	qsort(ms, STEPS, sizeof *ms, ascending);
	printf("%.1f %.1f\n", ms[STEPS / 2], ms[STEPS - 1]);
	terminal_free(t);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[3], "cast") == 0)
		return record(argv[1], argv[2], argv[4]);
	if (argc == 5 && strcmp(argv[3], "steps") == 0)
		return measure(argv[1], argv[2], strtoull(argv[4], NULL, 10));
	fprintf(stderr, "usage: walk WEIR ROWS.csv cast FILE | steps ROW\n");
	return 2;
}
