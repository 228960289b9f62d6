/* test_screen.c - the screen in a real terminal: frames, keys, sizes, stalls, and every way to end.
 *
 * The program under test is this one, started again as "test_screen --sketch" (see sketch.h). */
#include <cjson/cJSON.h>
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
#include "data/base/text.h"
#include "tests/screens/sketch.h"
#include "tests/screens/terminal.h"
#include "tests/support.h"

enum { ARGS = 8 };

static const char *
own_path(void)
{
	static char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

	ck_assert(n > 0);
	path[n] = '\0';
	return path;
}

/* Starts the sketch with up to ARGS options, NULL behind the last. */
static struct terminal *
start(int w, int h, const char *const *env, const char *const *options)
{
	const char *argv[ARGS + 3] = { own_path(), "--sketch" };

	for (int i = 0; options && options[i] && i < ARGS; i++)
		argv[i + 2] = options[i];
	return terminal_start(w, h, env, argv);
}

static struct terminal *
start_plain(int w, int h)
{
	return start(w, h, NULL, NULL);
}

static bool
wrote(const struct terminal *t, const char *what)
{
	size_t n;
	const char *bytes = terminal_bytes(t, &n);

	return memmem(bytes, n, what, strlen(what)) != NULL;
}

/* Everything it wrote is harmless, and it left the terminal as it found it. */
static void
check_left(struct terminal *t)
{
	size_t n;
	const char *bytes = terminal_bytes(t, &n);

	ck_assert_msg(bytes_harmful(bytes, n) == NULL, "%s", bytes_harmful(bytes, n));
	ck_assert(terminal_sane(t));
	ck_assert(!terminal_alternate(t));
	ck_assert(terminal_cursor(t));
	if (wrote(t, "\033[?1000h"))
		ck_assert(wrote(t, "\033[?1000l"));
	if (wrote(t, "\033[?2004h"))
		ck_assert(wrote(t, "\033[?2004l"));
}

static void
quit(struct terminal *t)
{
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	check_left(t);
	terminal_free(t);
}

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
	struct terminal *t = start(w, h, NULL, (const char *const[]){ "--report", r.path, NULL });

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
	struct terminal *t = start_plain(80, 24);

	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	ck_assert(terminal_alternate(t) && !terminal_cursor(t) && !terminal_sane(t));
	ck_assert(terminal_has_color(t));
	ck_assert_ptr_nonnull(strstr(terminal_row(t, 0), "╭ sketch ──"));
	terminal_type(t, "ab\033[A\033");
	ck_assert(terminal_wait_text(t, "keys:ab<0 0,0><c 0,0>."));
	terminal_type(t, "\033[<0;5;3M\033[5~");
	ck_assert(terminal_wait_text(t, "<e 4,2><6 0,0>."));
	quit(t);
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
	ck_assert(!wrote(t, "\033[2J") && !wrote(t, "\033[J"));
	quit(t);
}
END_TEST

START_TEST(idle_writes_nothing)
{
	struct report r = report_new();
	struct terminal *t = start(80, 24, NULL, (const char *const[]){ "--report", r.path, NULL });
	size_t before, after;

	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	wait_ticks(t, &r, 20, true);
	terminal_bytes(t, &before);
	wait_ticks(t, &r, 100, true);
	terminal_bytes(t, &after);
	ck_assert_uint_eq(before, after);
	quit(t);
	unlink(r.path);
}
END_TEST

START_TEST(keys_come_from_the_terminal_when_input_is_data)
{
	char command[4200];
	struct terminal *t;

	snprintf(command, sizeof command, "yes | '%s' --sketch", own_path());
	t = terminal_start(80, 24, NULL, (const char *const[]){ "sh", "-c", command, NULL });
	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	terminal_type(t, "x");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 7);
	check_left(t);
	terminal_free(t);
}
END_TEST

START_TEST(the_mouse_can_be_left_alone)
{
	struct terminal *t = start(80, 24, NULL, (const char *const[]){ "--no-mouse", NULL });

	ck_assert(terminal_wait_text(t, "80x24"));
	ck_assert(!wrote(t, "\033[?1000h"));
	quit(t);
}
END_TEST

/* --- sizes ------------------------------------------------------------------------------------ */

START_TEST(a_storm_of_sizes_ends_right)
{
	struct terminal *t = start_plain(80, 24), *fresh = start_drawn(120, 36);
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
	quit(t);
	quit(fresh);
}
END_TEST

START_TEST(odd_sizes)
{
	struct terminal *t = start_plain(1, 1);

	terminal_resize(t, 0, 0);
	kill(terminal_pid(t), SIGWINCH);
	terminal_resize(t, 300, 1000);
	ck_assert(terminal_wait_text(t, "300x1000"));
	terminal_resize(t, 1000, 4);
	ck_assert(terminal_wait_text(t, "1000x4"));
	terminal_resize(t, 1, 1);
	terminal_resize(t, 40, 10);
	ck_assert(terminal_wait_text(t, "40x10"));
	quit(t);
	t = start_plain(0, 0); /* it does not tell */
	terminal_resize(t, 80, 24);
	ck_assert(terminal_wait_text(t, "80x24"));
	quit(t);
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
	t = start(80, 24, NULL, (const char *const[]){ "--cast", path, NULL });
	ck_assert(terminal_wait_asleep(t));
	terminal_resize(t, 100, 30);
	fd = open(path, O_RDONLY | O_NONBLOCK);
	ck_assert_int_ge(fd, 0);
	ck_assert(terminal_wait_text(t, "100x30 keys:."));
	quit(t);
	close(fd);
	unlink(path);
}
END_TEST

/* --- a terminal that stalls ------------------------------------------------------------------- */

START_TEST(a_stalled_terminal_stops_nothing)
{
	struct report r = report_new();
	struct terminal *t = start(120, 36, NULL,
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
	struct terminal *t = start(80, 24, NULL,
	    (const char *const[]){ "--busy", "--max-bytes", "20000", "--report", r.path, NULL });

	wait_ticks(t, &r, 300, true);
	passed = seconds() - begin;
	ck_assert_uint_gt(r.frames, 3);
	ck_assert_uint_gt(r.dropped, 3);
	ck_assert(r.bytes > 10000);
	/* the last frame may overdraw */
	ck_assert((double)r.bytes < 20000 * (passed + 0.1) + 8000);
	quit(t);
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
		check_left(t);
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
		check_left(t);
		terminal_free(t);
	}
}
END_TEST

START_TEST(a_cut_line_ends_it)
{
	struct terminal *t = start(80, 24, NULL, (const char *const[]){ "--busy", NULL });

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
	snprintf(command, sizeof command, "'%s' --sketch\r", own_path());
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

/* --- terminals that cannot -------------------------------------------------------------------- */

START_TEST(unusable_terminals_are_told)
{
	static const struct {
		const char *env, *says;
	} cases[] = {
		{ "TERM", "terminal: TERM is not set" },
		{ "TERM=", "terminal: TERM is not set" },
		{ "TERM=no-such-thing", "terminal: TERM=no-such-thing is not known here" },
		{ "TERM=dumb", "terminal: TERM=dumb cannot move its cursor (use --headless)" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t =
		    start(120, 24, (const char *const[]){ cases[i].env, NULL }, NULL);

		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 2);
		ck_assert_msg(
		    strstr(terminal_text(t), cases[i].says) != NULL, "%s", terminal_text(t));
		ck_assert_ptr_nonnull(strstr(terminal_text(t), "--headless"));
		ck_assert(!wrote(t, "\033"));
		terminal_free(t);
	}
}
END_TEST

START_TEST(wrong_options_are_told)
{
	static const char *const cases[][3] = {
		{ "--color", "pink", "--color: no such choice: pink" },
		{ "--theme", "pink", "--theme: no theme is called pink" },
		{ "--cast", "/nowhere/x.cast", "--cast: /nowhere/x.cast: No such file" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t =
		    start(120, 24, NULL, (const char *const[]){ cases[i][0], cases[i][1], NULL });

		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 2);
		ck_assert_msg(
		    strstr(terminal_text(t), cases[i][2]) != NULL, "%s", terminal_text(t));
		ck_assert(!wrote(t, "\033"));
		terminal_free(t);
	}
}
END_TEST

START_TEST(output_that_is_no_terminal_is_told)
{
	char command[4200];
	struct terminal *t;

	snprintf(command, sizeof command, "'%s' --sketch >/dev/null", own_path());
	t = terminal_start(120, 24, NULL, (const char *const[]){ "sh", "-c", command, NULL });
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 2);
	ck_assert_ptr_nonnull(strstr(terminal_text(t), "terminal: standard output is no terminal"));
	terminal_free(t);
}
END_TEST

START_TEST(kinds_of_terminals)
{
	static const char *const terms[] = { "TERM=xterm", "TERM=linux", "TERM=vt100", "TERM=vt220",
		"TERM=screen", "TERM=screen-256color", "TERM=tmux-256color", "TERM=rxvt-unicode",
		"TERM=ansi" };

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		bool old = strstr(terms[i], "linux") || strstr(terms[i], "=vt") ||
			   strstr(terms[i], "ansi");
		struct terminal *t = start(80, 24, (const char *const[]){ terms[i], NULL }, NULL);
		const char *bytes;
		size_t n;

		ck_assert(terminal_wait_text(t, "80x24 keys:."));
		if (old)
			ck_assert(!wrote(t, "\033[?2004h") && !wrote(t, "\033]11"));
		terminal_type(t, "q");
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
		ck_assert(terminal_sane(t));
		bytes = terminal_bytes(t, &n);
		ck_assert_ptr_null(memchr(bytes, 0, n)); /* no delays */
		ck_assert_ptr_null(memmem(bytes, n, "$<", 2));
		terminal_free(t);
	}
}
END_TEST

/* --- colours, glyphs, hostile text ------------------------------------------------------------ */

/* Some SGR escape sets a colour. */
static bool
has_color_bytes(const struct terminal *t)
{
	size_t n;
	const char *bytes = terminal_bytes(t, &n), *end = bytes + n;

	for (const char *s = bytes; (s = memmem(s, (size_t)(end - s), "\033[", 2)); s++) {
		int code = 0;

		for (const char *p = s + 2; p < end; p++) {
			if (*p >= '0' && *p <= '9') {
				code = code * 10 + (*p - '0');
				continue;
			}
			if ((*p == ';' || *p == 'm') &&
			    ((code >= 30 && code < 39) || (code >= 40 && code < 49) || code >= 90))
				return true;
			code = 0;
			if (*p != ';')
				break;
		}
	}
	return false;
}

START_TEST(no_colour_where_none_is_wanted)
{
	static const struct {
		const char *env, *option, *value;
		bool color;
	} cases[] = {
		{ "NO_COLOR=1", NULL, NULL, false },
		{ "NO_COLOR=", NULL, NULL, true },
		{ "NO_COLOR", "--color", "never", false },
		{ "NO_COLOR", "--theme", "mono", false },
		{ "NO_COLOR=1", "--color", "256", true },
		{ "TERM=vt100", NULL, NULL, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = start(80, 24, (const char *const[]){ cases[i].env, NULL },
		    (const char *const[]){ cases[i].option, cases[i].value, NULL });

		ck_assert(terminal_wait_text(t, "80x24 keys:."));
		ck_assert_int_eq(terminal_has_color(t), cases[i].color);
		terminal_type(t, "q");
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
		ck_assert_int_eq(has_color_bytes(t), cases[i].color);
		terminal_free(t);
	}
}
END_TEST

START_TEST(as_many_colours_as_the_terminal_has)
{
	static const struct {
		const char *term, *colorterm, *option, *has, *has_not;
	} cases[] = {
		{ "TERM=xterm-256color", "COLORTERM=truecolor", "auto", "\033[38;2;86;180;233m",
		    "38;5;" },
		{ "TERM=xterm", "COLORTERM=24bit", "auto", "\033[38;2;86;180;233m", "38;5;" },
		{ "TERM=xterm-256color", "COLORTERM", "auto", "\033[38;5;", "38;2;" },
		{ "TERM=xterm-256color", "COLORTERM", "true", "\033[38;2;86;180;233m", "38;5;" },
		{ "TERM=xterm-256color", "COLORTERM=truecolor", "16", "\033[96m", "38;" },
		{ "TERM=xterm", "COLORTERM", "auto", "\033[36m", "38;" },
		{ "TERM=linux", "COLORTERM=", "auto", "\033[36m", "38;" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t =
		    start(80, 24, (const char *const[]){ cases[i].term, cases[i].colorterm, NULL },
			(const char *const[]){ "--color", cases[i].option, NULL });

		ck_assert(terminal_wait_text(t, "80x24 keys:."));
		ck_assert_msg(wrote(t, cases[i].has), "case %zu has no %s", i, cases[i].has + 1);
		ck_assert_msg(!wrote(t, cases[i].has_not), "case %zu has %s", i, cases[i].has_not);
		quit(t);
	}
}
END_TEST

START_TEST(ascii_is_ascii)
{
	static const char *const env[][2] = { { "LC_ALL=C.UTF-8", NULL }, { "LC_ALL=C", NULL } };

	for (int i = 0; i < 2; i++) {
		struct terminal *t = start(80, 24, env[i],
		    (const char *const[]){ "--text", "é水\033", i == 0 ? "--ascii" : NULL, NULL });
		size_t n;
		const char *bytes;

		ck_assert(terminal_wait_text(t, "+ sketch ----"));
		ck_assert(terminal_wait_text(t, "|e??."));
		terminal_type(t, "q");
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
		bytes = terminal_bytes(t, &n);
		for (size_t k = 0; k < n; k++)
			ck_assert((unsigned char)bytes[k] < 0x80);
		terminal_free(t);
	}
}
END_TEST

START_TEST(no_language_set_means_utf8)
{
	const char *const env[] = { "LC_ALL", "LC_CTYPE", "LANG", NULL };
	struct terminal *t = start(80, 24, env, NULL);

	ck_assert(terminal_wait_text(t, "╭ sketch ──"));
	quit(t);
}
END_TEST

START_TEST(hostile_text_reaches_no_terminal)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "\033]0;owned\007\033[2J\033[6n", "␛]0;owned·␛[2J␛[6n" },
		{ "\302\23331m\2330m", "·31m\357\277\2750m" },
		{ "a\342\200\256b\342\200\213c\357\273\277", "a·b·c·" },
		{ "\r\n\b\t\016\017\177x", "·······x" },
		{ "\033P1;2|x\033\\\033_G\033\\\033%@", "␛P1;2|x␛\\␛_G␛\\␛%@" },
		{ "\xff\xfe\xc0\xaf\xed\xa0\x80", "\357\277\275\357\277\275" },
		{ "水水e\314\201", "水水e·" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t =
		    start(80, 24, NULL, (const char *const[]){ "--text", cases[i].text, NULL });

		ck_assert(terminal_wait_text(t, cases[i].shown));
		quit(t);
	}
}
END_TEST

/* The check itself finds what it is for. */
START_TEST(harmful_bytes_are_found)
{
	static const char *const bad[] = { "\007", "a\033[6n", "\033]0;x\007", "\302\233", "\233",
		"\033c", "\016", "\177", "\342\200\256", "\033[?1049", "\033" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_ptr_nonnull(bytes_harmful(bad[i], strlen(bad[i])));
	ck_assert_ptr_null(bytes_harmful("\033[1;2Hé\033[0m\r\n", 15));
}
END_TEST

/* --- what the terminal answers ---------------------------------------------------------------- */

START_TEST(a_light_background_is_recognised)
{
	struct terminal *t = start_plain(80, 24);

	ck_assert(terminal_wait_text(t, " dark "));
	terminal_type(t, "\033]11;rgb:ffff/ffff/dddd\033\\");
	ck_assert(terminal_wait_text(t, " light "));
	quit(t);
	t = start(80, 24, NULL, (const char *const[]){ "--theme", "high-contrast", NULL });
	ck_assert(terminal_wait_text(t, "keys:."));
	terminal_type(t, "\033]11;rgb:ffff/ffff/dddd\033\\k");
	ck_assert(terminal_wait_text(t, "keys:k."));
	ck_assert(terminal_wait_text(t, " high-contrast "));
	quit(t);
}
END_TEST

START_TEST(frames_are_whole_where_the_terminal_can)
{
	struct terminal *t = start_plain(80, 24);

	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	ck_assert(!wrote(t, "\033[?2026h"));
	terminal_type(t, "\033[?2026;2$yk");
	ck_assert(terminal_wait_text(t, "keys:k."));
	ck_assert(wrote(t, "\033[?2026h"));
	quit(t);
}
END_TEST

/* --- recordings ------------------------------------------------------------------------------- */

/* All output of a recording, and its lines checked. */
static struct text
read_cast(const char *path, int *resizes)
{
	FILE *file = fopen(path, "r");
	struct text out = { 0 };
	char *line = NULL;
	double last = 0;
	size_t cap = 0;

	ck_assert_ptr_nonnull(file);
	for (int i = 0; getline(&line, &cap, file) > 0; i++) {
		cJSON *json = cJSON_Parse(line), *time, *kind;

		ck_assert_ptr_nonnull(json);
		if (i == 0) {
			ck_assert_int_eq(cJSON_GetObjectItem(json, "version")->valueint, 2);
			ck_assert_int_eq(cJSON_GetObjectItem(json, "width")->valueint, 80);
			ck_assert_int_eq(cJSON_GetObjectItem(json, "height")->valueint, 24);
		} else {
			time = cJSON_GetArrayItem(json, 0);
			kind = cJSON_GetArrayItem(json, 1);
			ck_assert(time->valuedouble >= last);
			last = time->valuedouble;
			if (strcmp(kind->valuestring, "o") == 0)
				text_add(&out, cJSON_GetArrayItem(json, 2)->valuestring);
			else {
				ck_assert_str_eq(kind->valuestring, "r");
				ck_assert_str_eq(cJSON_GetArrayItem(json, 2)->valuestring, "90x20");
				++*resizes;
			}
		}
		cJSON_Delete(json);
	}
	free(line);
	fclose(file);
	return out;
}

START_TEST(a_recording_holds_what_was_sent)
{
	static const char questions[] = "\033]11;?\033\\\033[?2026$p";
	char path[] = "/tmp/weir-cast-XXXXXX";
	struct terminal *t;
	struct text cast, sent = { 0 };
	const char *bytes, *asked;
	int resizes = 0;
	size_t n;

	close(mkstemp(path));
	t = start(80, 24, NULL, (const char *const[]){ "--cast", path, "--text", "é\033", NULL });
	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	terminal_resize(t, 90, 20);
	ck_assert(terminal_wait_text(t, "90x20 keys:."));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	cast = read_cast(path, &resizes);
	ck_assert_int_ge(resizes, 1);
	bytes = terminal_bytes(t, &n);
	asked = strstr(bytes, questions);
	ck_assert_ptr_nonnull(asked);
	text_addn(&sent, bytes, (size_t)(asked - bytes));
	text_add(&sent, asked + strlen(questions));
	ck_assert_uint_gt(cast.len, 500);
	ck_assert(cast.len < sent.len && memcmp(cast.s, sent.s, cast.len) == 0);
	ck_assert_ptr_nonnull(strstr(sent.s + cast.len, "\033[?1049l")); /* all but the end */
	text_done(&cast);
	text_done(&sent);
	terminal_free(t);
	unlink(path);
}
END_TEST

START_TEST(a_recording_that_cannot_be_written_is_told)
{
	struct terminal *t =
	    start(120, 24, NULL, (const char *const[]){ "--cast", "/dev/full", NULL });

	ck_assert(terminal_wait_text(t, "120x24 keys:."));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 1);
	ck_assert(wrote(t, "--cast: /dev/full: not all of it could be written: No space left"));
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
		a_cut_line_ends_it, it_suspends_and_resumes, unusable_terminals_are_told,
		wrong_options_are_told, output_that_is_no_terminal_is_told, kinds_of_terminals,
		no_colour_where_none_is_wanted, as_many_colours_as_the_terminal_has, ascii_is_ascii,
		no_language_set_means_utf8, hostile_text_reaches_no_terminal,
		harmful_bytes_are_found, a_light_background_is_recognised,
		frames_are_whole_where_the_terminal_can, a_recording_holds_what_was_sent,
		a_recording_that_cannot_be_written_is_told };
	Suite *suite;
	TCase *all;

	if (argc > 1 && strcmp(argv[1], "--sketch") == 0)
		return sketch_main(argc - 1, argv + 1);
	suite = suite_create("screen");
	all = tcase_create("all");
	tcase_set_timeout(all, 120);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
