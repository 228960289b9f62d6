/* test_screen.c - the screen in a real terminal: frames, keys, sizes, stalls, and every way to end.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "data/base/error.h"
#include "tests/screens/sketched.h"
#include "tests/support.h"

/* --- what the sketch counts ------------------------------------------------------------------- */

struct report {
	char path[64];
	int ticks;
	uint64_t frames, dropped, bytes;
	int drained; /* the terminal has taken all of it */
};

static struct report
report_new(void)
{
	struct report r = { .path = "/tmp/weir-report-XXXXXX" };
	int fd = mkstemp(r.path);

	ck_assert(fd >= 0);
	close(fd);
	return r;
}

static void
report_read(struct report *r)
{
	FILE *file = fopen(r->path, "r");
	struct report last = *r;

	ck_assert_ptr_nonnull(file);
	while (fscanf(file, "%d %" SCNu64 " %" SCNu64 " %" SCNu64 " %d\n", &last.ticks,
		   &last.frames, &last.dropped, &last.bytes, &last.drained) == 5)
		*r = last;
	fclose(file);
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Waits, reading or not, until that many more ticks were counted. */
static void
wait_ticks(struct terminal *t, struct report *r, int more, bool reads)
{
	double end = seconds() + TERMINAL_LIMIT / 1000.0;
	int goal;

	report_read(r);
	goal = r->ticks + more;
	while (r->ticks < goal) {
		ck_assert(seconds() < end);
		if (reads)
			terminal_wait(t, terminal_never, NULL, 20);
		else
			usleep(20000);
		report_read(r);
	}
}

/* Starts one that has drawn its first picture, all of which was read. */
static struct terminal *
start_drawn(int w, int h)
{
	struct report r = report_new();
	struct terminal *t =
	    sketch_start(w, h, NULL, (const char *const[]){ "--report", r.path, NULL });

	ck_assert(terminal_wait_text(t, "keys:."));
	do
		wait_ticks(t, &r, 10, true);
	while (!r.drained);
	terminal_wait(t, terminal_never, NULL, 1);
	unlink(r.path);
	return t;
}

/* --- drawing and keys ------------------------------------------------------------------------- */

START_TEST(it_draws_and_takes_keys)
{
	struct terminal *t = sketch_start_plain(80, 24);

	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	ck_assert(terminal_alternate(t) && !terminal_cursor(t) && !terminal_sane(t));
	ck_assert(terminal_has_color(t));
	ck_assert_ptr_nonnull(strstr(terminal_row(t, 0), "╭ sketch ──"));
	terminal_type(t, "ab\033[A\033");
	ck_assert(terminal_wait_text(t, "keys:ab<0 0,0><c 0,0>."));
	terminal_type(t, "\033[<0;5;3M\033[5~");
	ck_assert(terminal_wait_text(t, "<e 4,2><6 0,0>."));
	sketch_quit(t);
}
END_TEST

/* The reader of this test is the terminal: what it shows must be the whole picture at any time. */
START_TEST(a_key_costs_few_bytes_and_nothing_is_cleared)
{
	struct terminal *t = start_drawn(200, 50);
	size_t before, after;

	terminal_bytes(t, &before);
	terminal_type(t, "k");
	ck_assert(terminal_wait_text(t, "keys:k."));
	terminal_bytes(t, &after);
	ck_assert_uint_lt(after - before, 80);
	terminal_resize(t, 100, 30);
	ck_assert(terminal_wait_text(t, "100x30"));
	ck_assert(!terminal_wrote(t, "\033[2J") && !terminal_wrote(t, "\033[J"));
	sketch_quit(t);
}
END_TEST

START_TEST(idle_writes_nothing)
{
	struct report r = report_new();
	struct terminal *t =
	    sketch_start(80, 24, NULL, (const char *const[]){ "--report", r.path, NULL });
	size_t before, after;

	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	wait_ticks(t, &r, 20, true);
	terminal_bytes(t, &before);
	wait_ticks(t, &r, 100, true);
	terminal_bytes(t, &after);
	ck_assert_uint_eq(before, after);
	sketch_quit(t);
	unlink(r.path);
}
END_TEST

START_TEST(keys_come_from_the_terminal_when_input_is_data)
{
	char command[4200];
	struct terminal *t;

	snprintf(command, sizeof command, "yes | '%s' --sketch", sketch_path());
	t = terminal_start(80, 24, NULL, (const char *const[]){ "sh", "-c", command, NULL });
	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	terminal_type(t, "x");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 7);
	sketch_left(t);
	terminal_free(t);
}
END_TEST

START_TEST(the_mouse_can_be_left_alone)
{
	struct terminal *t =
	    sketch_start(80, 24, NULL, (const char *const[]){ "--no-mouse", NULL });

	ck_assert(terminal_wait_text(t, "80x24"));
	ck_assert(!terminal_wrote(t, "\033[?1000h"));
	sketch_quit(t);
}
END_TEST

/* --- sizes ------------------------------------------------------------------------------------ */

START_TEST(a_storm_of_sizes_ends_right)
{
	struct terminal *t = sketch_start_plain(80, 24), *fresh = start_drawn(120, 36);
	struct rng rng = { 42 };
	char *want;

	ck_assert(terminal_wait_text(t, "80x24"));
	for (int i = 0; i < 500; i++) {
		terminal_resize(t, 1 + (int)(rng_next(&rng) % 250), 1 + (int)(rng_next(&rng) % 80));
		kill(terminal_pid(t), SIGWINCH);
		if (i % 10 == 0)
			terminal_wait(t, terminal_never, NULL, 1);
	}
	terminal_resize(t, 120, 36);
	ck_assert(terminal_wait_text(t, "120x36 keys:."));
	want = memory_text(terminal_text(fresh), strlen(terminal_text(fresh)));
	ck_assert(terminal_wait_text(t, want));
	free(want);
	sketch_quit(t);
	sketch_quit(fresh);
}
END_TEST

START_TEST(odd_sizes)
{
	struct terminal *t = sketch_start_plain(1, 1);

	terminal_resize(t, 0, 0);
	kill(terminal_pid(t), SIGWINCH);
	terminal_resize(t, 300, 1000);
	ck_assert(terminal_wait_text(t, "300x1000"));
	terminal_resize(t, 1000, 4);
	ck_assert(terminal_wait_text(t, "1000x4"));
	terminal_resize(t, 1, 1);
	terminal_resize(t, 40, 10);
	ck_assert(terminal_wait_text(t, "40x10"));
	sketch_quit(t);
	t = sketch_start_plain(0, 0); /* it does not tell */
	terminal_resize(t, 80, 24);
	ck_assert(terminal_wait_text(t, "80x24"));
	sketch_quit(t);
}
END_TEST

/* A window that gets its size while the program starts: here it waits for who reads its recording,
 * and has asked for the size before. */
START_TEST(a_size_that_comes_early)
{
	char path[] = "/tmp/weir-test-fifo-XXXXXX";
	struct terminal *t;
	int fd;

	ck_assert(mkdtemp(path) != NULL && rmdir(path) == 0 && mkfifo(path, 0600) == 0);
	t = sketch_start(80, 24, NULL, (const char *const[]){ "--cast", path, NULL });
	ck_assert(terminal_wait_asleep(t));
	terminal_resize(t, 100, 30);
	fd = open(path, O_RDONLY | O_NONBLOCK);
	ck_assert_int_ge(fd, 0);
	ck_assert(terminal_wait_text(t, "100x30 keys:."));
	sketch_quit(t);
	close(fd);
	unlink(path);
}
END_TEST

/* --- a terminal that stalls ------------------------------------------------------------------- */

START_TEST(a_stalled_terminal_stops_nothing)
{
	struct report r = report_new();
	struct terminal *t = sketch_start(120, 36, NULL,
	    (const char *const[]){
		"--busy", "--report", r.path, "--max-bytes", "100000000", NULL });
	double cpu;

	ck_assert(terminal_wait_text(t, "120x36"));
	cpu = terminal_cpu(t);
	wait_ticks(t, &r, 400, false);
	ck_assert_uint_gt(r.dropped, 20);
	ck_assert(terminal_cpu(t) - cpu < 1);
	terminal_type(t, "k"); /* it catches up */
	ck_assert(terminal_wait_text(t, "keys:k."));
	wait_ticks(t, &r, 100, false);
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit_stalled(t, TERMINAL_LIMIT), 0);
	ck_assert(terminal_sane(t));
	terminal_wait(t, terminal_never, NULL, 100);
	ck_assert(!terminal_alternate(t));
	terminal_free(t);
	unlink(r.path);
}
END_TEST

START_TEST(the_ceiling_of_bytes_holds)
{
	struct report r = report_new();
	double begin = seconds(), passed;
	struct terminal *t = sketch_start(80, 24, NULL,
	    (const char *const[]){ "--busy", "--max-bytes", "20000", "--report", r.path, NULL });

	wait_ticks(t, &r, 300, true);
	passed = seconds() - begin;
	ck_assert_uint_gt(r.frames, 3);
	ck_assert_uint_gt(r.dropped, 3);
	ck_assert(r.bytes > 10000);
	/* the last frame may overdraw */
	ck_assert((double)r.bytes < 20000 * (passed + 0.1) + 8000);
	sketch_quit(t);
	unlink(r.path);
}
END_TEST

/* --- the end ---------------------------------------------------------------------------------- */

START_TEST(signals_leave_the_terminal_sane)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS,
		SIGFPE };

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *t = start_drawn(80, 24);

		kill(terminal_pid(t), signals[i]);
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 128 + signals[i]);
		sketch_left(t);
		terminal_free(t);
	}
}
END_TEST

START_TEST(other_ends_leave_the_terminal_sane)
{
	static const struct {
		const char *keys;
		int status;
	} ends[] = { { "c", 128 + SIGSEGV }, { "x", 7 }, { "\003", 128 + SIGINT },
		{ "\034", 128 + SIGQUIT } };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct terminal *t = start_drawn(80, 24);

		terminal_type(t, ends[i].keys);
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), ends[i].status);
		sketch_left(t);
		terminal_free(t);
	}
}
END_TEST

START_TEST(a_cut_line_ends_it)
{
	struct terminal *t = sketch_start(80, 24, NULL, (const char *const[]){ "--busy", NULL });

	ck_assert(terminal_wait_text(t, "80x24"));
	terminal_hang_up(t);
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 128 + SIGHUP);
	terminal_free(t);
}
END_TEST

static bool
own_screen(struct terminal *t, const void *want)
{
	return terminal_alternate(t) == (want != NULL);
}

/* Under a real shell: stopped by a key, continued by fg, with the shell's own modes between. */
START_TEST(it_suspends_and_resumes)
{
	const char *const env[] = { "PS1=ready>", "BASH_SILENCE_DEPRECATION_WARNING=1", NULL };
	struct terminal *t = terminal_start(
	    80, 24, env, (const char *const[]){ "bash", "--norc", "--noprofile", "-i", NULL });
	char command[4200];

	ck_assert(terminal_wait_prompt(t, "ready>"));
	snprintf(command, sizeof command, "'%s' --sketch\r", sketch_path());
	terminal_type(t, command);
	ck_assert(terminal_wait(t, own_screen, "", TERMINAL_LIMIT));
	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	for (int i = 0; i < 2; i++) {
		terminal_type(t, i == 0 ? "\032" : "z"); /* ^Z; and the program's own key */
		ck_assert(terminal_wait(t, own_screen, NULL, TERMINAL_LIMIT));
		ck_assert(terminal_wait_text(t, "Stopped"));
		ck_assert(terminal_wait_prompt(t, "ready>"));
		ck_assert(terminal_cursor(t));
		terminal_resize(t, 90, 20 + i);
		terminal_type(t, "fg\r");
		ck_assert(terminal_wait(t, own_screen, "", TERMINAL_LIMIT));
		ck_assert(terminal_wait_text(t, i == 0 ? "90x20 keys:." : "90x21 keys:z."));
		ck_assert(!terminal_cursor(t));
	}
	terminal_type(t, "q");
	ck_assert(terminal_wait_prompt(t, "ready>"));
	terminal_type(t, "exit 5\r");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 5);
	terminal_free(t);
}
END_TEST

int
main(int argc, char **argv)
{
	const TTest *const tests[] = { it_draws_and_takes_keys,
		a_key_costs_few_bytes_and_nothing_is_cleared, idle_writes_nothing,
		keys_come_from_the_terminal_when_input_is_data, the_mouse_can_be_left_alone,
		a_storm_of_sizes_ends_right, odd_sizes, a_size_that_comes_early,
		a_stalled_terminal_stops_nothing, the_ceiling_of_bytes_holds,
		signals_leave_the_terminal_sane, other_ends_leave_the_terminal_sane,
		a_cut_line_ends_it, it_suspends_and_resumes };

	return sketch_suite(argc, argv, "screen", tests, sizeof tests / sizeof *tests);
}
