/* rows.c - rows at 50,000 a second for so long, with everything on: a file that is followed through
 * rotations, keys that come and go, rules that fire, a store, a screen.
 *
 * usage: rows WEIR SECONDS FOLDER - memory and descriptors stay as they are once it is warm, frames
 * come on time, and no row is lost or doubled; some lines say how it went. */
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/soak/figures.h"

enum {
	RATE = 50000,
	PIECE_MS = 20,
	ROTATE_MS = 7000,
	KEY_ROWS = 500,
	QUIET_MS = 8,
	END_MS = 30000,
	CATCH_UP_MS = 120000
};
enum { MEMORY_KB = 1024, GAP_MS = 60 }; /* it may grow so; 99 % of the frames keep that */

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- the rows --------------------------------------------------------------------------------- */

struct log {
	FILE *file;
	uint64_t rows;
};

static void
rotate(struct log *log)
{
	if (log->file != NULL)
		fclose(log->file);
	rename("rows.csv.1", "rows.csv.2");
	rename("rows.csv", "rows.csv.1");
	log->file = fopen("rows.csv", "w");
	if (log->file == NULL)
		_exit(1);
	fputs("time,n,key,value,word\n", log->file);
}

static void
write_row(struct log *log)
{
	uint64_t n = ++log->rows;
	int64_t ms = INT64_C(1700000000000) + (int64_t)(n * 1000 / RATE);

	fprintf(log->file, "%" PRId64 ",%" PRIu64 ",k%" PRIu64 ",%.3f,%s\n", ms, n,
	    n / KEY_ROWS + n % 5, 50 + 30 * sin((double)n / 900) + (double)(n * 7919 % 1000) / 50,
	    n % 97 < 50 ? "on" : "off");
}

/* A process of its own, so that what it takes is not measured. */
static pid_t
start_rows(int seconds)
{
	struct log log = { 0 };
	pid_t child = fork();
	int64_t began = now_ms(), rotated = began;

	if (child != 0)
		return child;
	rotate(&log);
	for (uint64_t total = (uint64_t)seconds * RATE; log.rows < total;) {
		uint64_t due = (uint64_t)(now_ms() - began) * RATE / 1000;

		while (log.rows < due && log.rows < total)
			write_row(&log);
		fflush(log.file);
		if (now_ms() - rotated >= ROTATE_MS) {
			rotate(&log);
			rotated = now_ms();
		}
		poll(NULL, 0, PIECE_MS);
	}
	fclose(log.file);
	_exit(0);
}

/* --- the program ------------------------------------------------------------------------------ */

struct run {
	pid_t pid;
	int screen;           /* the terminal's end that is ours */
	int64_t drawn, heard; /* when a frame began last, and when anything came */
	struct gaps gaps;
};

static void
start_program(struct run *r, const char *weir)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };

	r->pid = forkpty(&r->screen, NULL, NULL, &size);
	if (r->pid != 0)
		return;
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	execl(weir, weir, "-f", "rows.csv", "-t", "time", "-b", "key", "--max-keys", "500", "-w",
	    "600", "-a", "high: value > 97", "--store", "rows.weir", "--keep", "100MB",
	    "--rewind-memory", "8MB", "--emit", "alerts,bad,summary", "-o", "rows.out",
	    (char *)NULL);
	_exit(127);
}

/* What the program draws is read, as a terminal does; a frame begins where nothing came before. */
static void
watch_screen(struct run *r, int ms, bool counts)
{
	int64_t until = now_ms() + ms;
	char bytes[1 << 16];

	for (int64_t now; (now = now_ms()) < until;) {
		struct pollfd fd = { r->screen, POLLIN, 0 };

		if (poll(&fd, 1, (int)(until - now)) <= 0)
			continue;
		if (read(r->screen, bytes, sizeof bytes) <= 0)
			return;
		now = now_ms();
		if (now - r->heard >= QUIET_MS) {
			if (counts && r->drawn > 0)
				gaps_add(&r->gaps, (int)(now - r->drawn));
			r->drawn = now;
		}
		r->heard = now;
	}
}

/* --- what came of it -------------------------------------------------------------------------- */

struct watched {      /* second by second */
	long *memory; /* kB */
	int n, open, most_open;
	FILE *log; /* for whoever looks why */
};

/* What is open when it is warm, a quarter of the time, counts against what is open later. */
static void
look(const struct run *r, struct watched *w, bool warm)
{
	long memory = process_memory(r->pid);
	int open = process_files(r->pid);

	if (memory < 0)
		return;
	fprintf(w->log, "%ld %d\n", memory, open);
	w->memory[w->n++] = memory;
	if (warm)
		w->open = open > w->open ? open : w->open;
	w->most_open = open > w->most_open ? open : w->most_open;
}

static int
ascending(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

/* Of a quarter, from 0: what comes and goes within a second is no growth. */
static long
middle(const struct watched *w, int quarter)
{
	int from = w->n * quarter / 4, n = w->n * (quarter + 1) / 4 - from;
	long *sorted = malloc((size_t)(n + 1) * sizeof *sorted), v;

	memcpy(sorted, w->memory + from, (size_t)n * sizeof *sorted);
	qsort(sorted, (size_t)n, sizeof *sorted, ascending);
	v = n > 0 ? sorted[n / 2] : 0;
	free(sorted);
	return v;
}

static int
end_program(struct run *r)
{
	int64_t until = now_ms() + END_MS;
	int status = -1;

	if (write(r->screen, "q", 1) != 1)
		return -1;
	while (waitpid(r->pid, &status, WNOHANG) == 0 && now_ms() < until)
		watch_screen(r, 20, false);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* On a machine that is busy it may be behind: until it has little to do. */
static void
catch_up(struct run *r)
{
	int64_t until = now_ms() + CATCH_UP_MS;
	double used = process_cpu(r->pid), before;

	do {
		before = used;
		watch_screen(r, 2000, false);
		used = process_cpu(r->pid);
	} while (used - before > 0.4 && now_ms() < until);
}

/* The kept rows follow one another without a gap, up to the last that was written. */
static bool
is_whole(const char *weir, uint64_t total)
{
	char command[4400];

	snprintf(command, sizeof command,
	    "%s export rows.weir | awk -F, 'NR > 2 && $2 != n + 1 { bad = 1 } { n = $2 } "
	    "END { exit bad || n != %" PRIu64 " }'",
	    weir, total);
	return system(command) == 0;
}

static int
verdict(const struct run *r, const struct watched *w, const char *weir, int status, uint64_t total)
{
	uint64_t rows = summary_number("rows.out", "rows"), bad = summary_number("rows.out", "bad"),
		 lost = summary_number("rows.out", "dropped");
	int gone = lines_with("rows.out", "gone before they could be read");
	long warm = middle(w, 1), late = middle(w, 3), p99 = gaps_share(&r->gaps, 0.99);
	struct stat st = { 0 };
	bool whole = is_whole(weir, total);

	stat("rows.weir", &st);
	printf("rows         %" PRIu64 " of %" PRIu64 ", %" PRIu64 " bad, %" PRIu64
	       " dropped, %s\n",
	    rows, total, bad, lost, whole ? "the store is whole" : "THE STORE HAS GAPS");
	if (gone > 0)
		printf("removed      by the rotation before they could be read: files, %d times\n",
		    gone);
	printf("memory       %ld kB in the second quarter, %ld kB in the last\n", warm, late);
	printf("descriptors  %d when warm, at most %d\n", w->open, w->most_open);
	printf("frames       %zu, gaps: half %d ms, 99 %% %ld ms, most %d ms\n", r->gaps.n,
	    gaps_share(&r->gaps, 0.5), p99, gaps_share(&r->gaps, 1));
	printf("store        %.0f MB; ended with %d\n", (double)st.st_size / 1e6, status);
	return status == 0 && rows == total && bad == 0 && lost == 0 && whole &&
		       late - warm <= MEMORY_KB && w->most_open <= w->open && p99 <= GAP_MS
		   ? 0
		   : 1;
}

int
main(int argc, char **argv)
{
	int seconds = argc == 4 ? atoi(argv[2]) : 0, status;
	int64_t began = now_ms();
	struct run run = { 0 };
	struct watched w = { 0 };
	pid_t rows;

	if (seconds < 10 || chdir(argv[3]) != 0) {
		fprintf(stderr, "usage: rows WEIR SECONDS FOLDER (10 seconds or more)\n");
		return 2;
	}
	w.log = fopen("rows.memory", "w");
	w.memory = malloc((size_t)(seconds + 2) * sizeof *w.memory);
	if (w.log == NULL || w.memory == NULL)
		return 2;
	setvbuf(w.log, NULL, _IOLBF, 0);
	rows = start_rows(seconds);
	start_program(&run, argv[1]);
	while (now_ms() - began < INT64_C(1000) * seconds) {
		bool warm = now_ms() - began < INT64_C(1000) * seconds / 4;

		watch_screen(&run, 1000, now_ms() - began > 5000);
		look(&run, &w, warm);
	}
	fclose(w.log);
	waitpid(rows, NULL, 0);
	catch_up(&run);
	status = end_program(&run);
	status = verdict(&run, &w, argv[1], status, (uint64_t)seconds * RATE);
	free(w.memory);
	return status;
}
