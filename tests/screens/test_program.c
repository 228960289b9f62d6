/* test_program.c - weir itself in a real terminal: hostile rows, stalls, sizes, signals,
 * recordings. */
#include <cjson/cJSON.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "tests/screens/program.h"
#include "tests/support.h"

enum { ONE_S = 1000000 };

/* What must never reach a terminal: controls, C1 controls in UTF-8 and as bytes, bells, titles,
 * queries, bidirectional overrides, zero-width characters, broken UTF-8. */
#define HOSTILE                                                                                    \
	"\033]0;owned\007\033[2J\033[6n\302\2331m\233\342\200\256rtl\342\200\213"                  \
	"\357\273\277\016\177\xff\xc0\xaf"

static struct text
read_all(const char *path)
{
	struct text text = { 0 };
	FILE *file = fopen(path, "r");
	char bytes[4096];
	size_t n;

	ck_assert_msg(file != NULL, "%s is not there", path);
	while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
		text_addn(&text, bytes, n);
	fclose(file);
	return text;
}

/* --- hostile text ----------------------------------------------------------------------------- */

static void
write_hostile(const char *path)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fprintf(file, "x,a" HOSTILE "b,c" HOSTILE "\n");
	for (int i = 0; i < 200; i++)
		fprintf(file, "%s%d,%d," HOSTILE "%d\n", i % 17 == 3 ? HOSTILE : "", i % 7, i % 5,
		    i % 3);
	fclose(file);
}

static bool
is_gone(struct terminal *t, const void *text)
{
	return strstr(terminal_text(t), text) == NULL;
}

START_TEST(hostile_rows_do_nothing)
{
	static const struct {
		const char *keys, *shows; /* "!": is gone; the key behind an escape waits for it */
	} views[] = {
		{ "1", "│ ▸ x" },
		{ "j", "│ ▸ a␛]0;" },
		{ "2", "histogram" },
		{ "4", "bad␛[31m" },
		{ "5", "rows of " },
		{ "e", "x" },
		{ "?", "next view" },
		{ "\033", "!next view" },
		{ "1", "│   x" },
		{ "/a\342\200\256\342\200\213", "filter: a" },
		{ "\r", "" },
		{ "\033", "!filter: a" },
		{ ":k mean(\342\200\213x\342\200\256\r", "column 9" },
		{ "\033", "!column 9" },
		{ "w", "charts show" },
		{ "p", "picture stands" },
	};
	char dir[64], path[PATH];
	struct terminal *t;

	snprintf(path, sizeof path, "%s/evil\033[2J\342\200\256\302\233.csv", folder_new(dir));
	write_hostile(path);
	/* with the bytes that are no UTF-8, it would be taken for another encoding */
	t = START(120, 36, "--rate", "max", "--encoding", "UTF-8", "-a", "bad\033[31m: x > 3", "-k",
	    "top(`c" HOSTILE "`, 3)", path);
	for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
		terminal_type(t, views[i].keys);
		ck_assert_msg(views[i].shows[0] == '!'
				  ? terminal_wait(t, is_gone, views[i].shows + 1, TERMINAL_LIMIT)
				  : terminal_wait_text(t, views[i].shows),
		    "after %s", views[i].keys);
	}
	program_quit(t);
	folder_remove(dir);
}
END_TEST

/* What goes wrong is told without what is wrong in the name. */
START_TEST(hostile_names_in_messages)
{
	static const char *const options[] = { "--theme", "-k", "--snapshot", "-c", "--cast", "" };

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		struct terminal *t =
		    *options[i] ? START(80, 24, options[i], "/none/" HOSTILE, program_seed())
				: START(80, 24, "/none/" HOSTILE);
		const char *bytes;
		size_t n;

		ck_assert_msg(terminal_exit(t, TERMINAL_LIMIT) > 0, "%s", options[i]);
		bytes = terminal_bytes(t, &n);
		ck_assert_uint_gt(n, 0);
		ck_assert_msg(
		    bytes_harmful(bytes, n) == NULL, "%s: %s", options[i], bytes_harmful(bytes, n));
		ck_assert(terminal_sane(t) && !terminal_alternate(t));
		terminal_free(t);
	}
}
END_TEST

/* Usage that is wrong before there is an engine, or before the screen is open. */
START_TEST(wrong_usage_says_so_and_ends)
{
	static const struct {
		const char *option, *value, *source, *says;
	} cases[] = {
		{ "--rate", "max", "gopher://x/y.csv", "weir: gopher://x/y.csv: " },
		{ "--rate", "max", "nonsense:", "weir: nonsense:: " },
		{ "--rate", "max", "file:x", "weir: file:x: " },
		{ "--rate", "max", "synth:reactor?seed=x", "weir: synth:reactor?seed=x: seed: " },
		{ "--stop", "x", NULL, "weir: --stop: 'x' is neither" },
		{ "-k", "mean(", NULL, "weir: -k: " },
		{ "-a", "nonsense > 1", NULL, "weir: -a: " },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = START(120, 24, cases[i].option, cases[i].value,
		    cases[i].source != NULL ? cases[i].source : program_seed());

		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 2);
		ck_assert_msg(terminal_wait_text(t, cases[i].says), "%s", cases[i].says);
		program_left(t);
		terminal_free(t);
	}
}
END_TEST

/* --- stalls and sizes ------------------------------------------------------------------------- */

/* The row that the status line tells; 0: none. */
static long
row_shown(struct terminal *t)
{
	const char *at = strstr(terminal_row(t, 0), "row ");
	long row = 0;

	for (at = at != NULL ? at + 4 : ""; (*at >= '0' && *at <= '9') || *at == ','; at++)
		row = *at == ',' ? row : row * 10 + (*at - '0');
	return row;
}

static bool
is_past(struct terminal *t, const void *row)
{
	return row_shown(t) > *(const long *)row;
}

/* Nothing is read from it till the program has worked for so long: it fills, and rows go on. */
static void
stall(struct terminal *t, double seconds)
{
	double end = terminal_cpu(t) + seconds;

	for (int i = 0; terminal_cpu(t) < end; i++) {
		ck_assert_msg(i < TERMINAL_LIMIT / 20, "it does not go on");
		usleep(ONE_S / 50);
	}
}

START_TEST(a_stalled_terminal_does_not_stop_rows)
{
	struct terminal *t = START(80, 24, "--rate", "max", "--max-bytes", "1000k", "-k",
	    "mean(temperature, 60)", "synth:reactor?rows=100000000");
	long row = 0;

	ck_assert(terminal_wait(t, is_past, &row, TERMINAL_LIMIT));
	row = row_shown(t);
	stall(t, 1);
	row += 20000; /* at most a few slices are on their way in the terminal's buffer */
	ck_assert(terminal_wait(t, is_past, &row, TERMINAL_LIMIT));
	stall(t, 0.5);
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit_stalled(t, TERMINAL_LIMIT), 0);
	ck_assert(terminal_sane(t));
	program_pass(t, 100);
	ck_assert(!terminal_alternate(t));
	terminal_free(t);
}
END_TEST

/* Both are read until they show the same: a picture is not taken while it is being drawn. */
static bool
show_the_same(struct terminal *a, struct terminal *b)
{
	char *want;
	bool same = false;

	for (int ms = 0; ms < TERMINAL_LIMIT && !same; ms += 20) {
		program_pass(a, 10);
		program_pass(b, 10);
		want = memory_text(terminal_text(b), strlen(terminal_text(b)));
		same = strcmp(terminal_text(a), want) == 0;
		free(want);
	}
	return same;
}

START_TEST(a_storm_of_sizes_ends_right)
{
	struct terminal *t = START(80, 24, "--rate", "max", program_seed());
	struct terminal *fresh = START(120, 36, "--rate", "max", program_seed());
	struct rng rng = { 42 };

	ck_assert(terminal_wait_text(fresh, "■ end of 15 rows"));
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	for (int i = 0; i < 500; i++) {
		terminal_resize(
		    t, 1 + (int)(rng_next(&rng) % 300), 1 + (int)(rng_next(&rng) % 100));
		if (i % 10 == 0)
			program_pass(t, 1);
	}
	terminal_resize(t, 120, 36);
	ck_assert(show_the_same(t, fresh));
	program_quit(t);
	program_quit(fresh);
}
END_TEST

START_TEST(sizes_that_are_none)
{
	struct terminal *t = START(1, 1, "--rate", "max", program_seed());
	static const int sizes[][2] = { { 0, 0 }, { 300, 1000 }, { 1000, 1 }, { 1, 300 }, { 2, 2 },
		{ 40, 10 } };

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		terminal_resize(t, sizes[i][0], sizes[i][1]);
		program_pass(t, 60);
	}
	ck_assert(terminal_wait_text(t, "▸ temperature"));
	program_quit(t);
}
END_TEST

/* The terminal alone tells its size. */
START_TEST(sizes_of_the_environment_are_nothing)
{
	static const char *const sizes[][3] = { { "COLUMNS=30000", "LINES=30000", NULL },
		{ "COLUMNS=99999999999", "LINES=-1", NULL }, { "COLUMNS=1", "LINES=1", NULL } };

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		const char *argv[] = { program_path(), "--rate", "max", program_seed(), NULL };
		struct terminal *t = terminal_start(80, 24, sizes[i], argv);

		ck_assert_msg(terminal_wait_text(t, "■ end of 15 rows"), "%s", sizes[i][0]);
		ck_assert(terminal_wait_text(t, " q quit"));
		program_quit(t);
	}
}
END_TEST

static bool
is_plain(struct terminal *t, const void *arg)
{
	(void)arg;
	return !terminal_has_color(t);
}

static bool
is_coloured(struct terminal *t, const void *arg)
{
	(void)arg;
	return terminal_has_color(t);
}

/* A theme that is asked for is that of all cells, at once. */
START_TEST(another_theme)
{
	struct terminal *t = START(80, 24, "--rate", "max", program_seed());

	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	ck_assert(terminal_wait(t, is_coloured, NULL, TERMINAL_LIMIT));
	terminal_type(t, ":theme mono\r");
	ck_assert(terminal_wait(t, is_plain, NULL, TERMINAL_LIMIT));
	terminal_type(t, ":theme high-contrast\r");
	ck_assert(terminal_wait(t, is_coloured, NULL, TERMINAL_LIMIT));
	program_quit(t);
}
END_TEST

/* --- signals ---------------------------------------------------------------------------------- */

START_TEST(signals_leave_the_terminal_sane)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM,
		SIGXCPU };

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *t = START(80, 24, "synth:reactor");
		long row = 0;

		ck_assert(terminal_wait(t, is_past, &row, TERMINAL_LIMIT));
		kill(terminal_pid(t), signals[i]);
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 128 + signals[i]);
		program_left(t);
		terminal_free(t);
	}
}
END_TEST

/* A frame that a terminal has taken in part is finished, not cut within a character or an escape.
 */
START_TEST(a_half_sent_frame_is_finished)
{
	static const int signals[] = { SIGUSR1, SIGALRM, SIGTERM };

	for (size_t i = 0; i < 2 * sizeof signals / sizeof *signals; i++) {
		struct terminal *t = START(180 + 7 * (int)i, 60, "--rate", "max", "--max-bytes",
		    "1000k", "synth:reactor?rows=100000000");
		int signal = signals[i / 2];

		stall(t, 0.3);
		kill(terminal_pid(t), signal);
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 128 + signal);
		program_left(t);
		terminal_free(t);
	}
}
END_TEST

/* Bytes come all the while, but no row of them goes. */
START_TEST(keys_are_answered_while_no_row_comes)
{
	struct terminal *zero = START(80, 24, "/dev/zero");
	struct terminal *skip = START(80, 24, "--start", "1000000000000", "synth:reactor");

	ck_assert(terminal_wait_text(zero, " q quit"));
	ck_assert(terminal_wait_text(skip, " q quit"));
	terminal_type(zero, "?");
	ck_assert(terminal_wait_text(zero, "next view"));
	terminal_type(skip, "?");
	ck_assert(terminal_wait_text(skip, "next view"));
	program_quit(zero);
	kill(terminal_pid(skip), SIGTERM);
	ck_assert_int_eq(terminal_exit(skip, TERMINAL_LIMIT), 128 + SIGTERM);
	program_left(skip);
	terminal_free(skip);
}
END_TEST

START_TEST(a_cut_line_ends_it)
{
	struct terminal *t = START(80, 24, "--rate", "max", "synth:reactor");
	long row = 0;

	ck_assert(terminal_wait(t, is_past, &row, TERMINAL_LIMIT));
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

/* Stopped at a shell and continued: the picture is whole again, and rows go on. */
START_TEST(it_suspends_and_resumes)
{
	const char *const env[] = { "PS1=ready>", NULL };
	struct terminal *t = terminal_start(
	    80, 24, env, (const char *const[]){ "bash", "--norc", "--noprofile", "-i", NULL });
	char command[PATH];
	long row = 0;

	ck_assert(terminal_wait_prompt(t, "ready>"));
	snprintf(command, sizeof command, "'%s' synth:reactor\r", program_path());
	terminal_type(t, command);
	ck_assert(terminal_wait(t, is_past, &row, TERMINAL_LIMIT));
	row = row_shown(t);
	terminal_type(t, "\032");
	ck_assert(terminal_wait(t, own_screen, NULL, TERMINAL_LIMIT));
	ck_assert(terminal_wait_text(t, "Stopped"));
	ck_assert(terminal_wait_prompt(t, "ready>"));
	ck_assert(terminal_cursor(t));
	terminal_resize(t, 100, 30);
	terminal_type(t, "fg\r");
	ck_assert(terminal_wait(t, own_screen, "", TERMINAL_LIMIT));
	ck_assert(terminal_wait(t, is_past, &row, TERMINAL_LIMIT));
	ck_assert(terminal_wait_text(t, "╭ series ───"));
	ck_assert(terminal_wait_text(t, " q quit"));
	ck_assert(!terminal_cursor(t));
	terminal_type(t, "q");
	ck_assert(terminal_wait_prompt(t, "ready>"));
	terminal_type(t, "exit 5\r");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 5);
	terminal_free(t);
}
END_TEST

/* --- pictures and recordings ------------------------------------------------------------------ */

START_TEST(a_key_writes_the_screen)
{
	char dir[64], command[PATH], path[PATH];
	struct terminal *t;
	struct text text;

	snprintf(command, sizeof command, "cd %s && exec '%s' --rate max '%s'", folder_new(dir),
	    program_path(), program_seed());
	t = terminal_start(80, 24, NULL, (const char *const[]){ "sh", "-c", command, NULL });
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	terminal_type(t, "S");
	ck_assert(terminal_wait_text(t, "the screen is written to weir-15.svg"));
	program_quit(t);
	snprintf(path, sizeof path, "%s/weir-15.svg", dir);
	text = read_all(path);
	ck_assert(strncmp(text_get(&text), "<svg ", 5) == 0);
	ck_assert_ptr_nonnull(strstr(text_get(&text), "end of 15 rows"));
	text_done(&text);
	folder_remove(dir);
}
END_TEST

/* Somebody else may have put a link there; and what is written goes through none to what is read.
 */
START_TEST(a_key_writes_through_no_link)
{
	char dir[64], command[PATH], path[PATH];
	struct terminal *t;
	struct text text;

	snprintf(command, sizeof command,
	    "cd %s && echo mine >file && ln -s file weir-15.svg && exec '%s' --rate max '%s'",
	    folder_new(dir), program_path(), program_seed());
	t = terminal_start(100, 24, NULL, (const char *const[]){ "sh", "-c", command, NULL });
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	terminal_type(t, "S");
	ck_assert(terminal_wait_text(t, "no picture: weir-15.svg: is a link"));
	program_quit(t);
	snprintf(path, sizeof path, "%s/file", dir);
	text = read_all(path);
	ck_assert_str_eq(text_get(&text), "mine\n");
	text_done(&text);
	folder_remove(dir);
}
END_TEST

START_TEST(a_picture_that_cannot_be_written_is_told)
{
	struct terminal *t;

	t = START(80, 24, "--rate", "max", "--snapshot", "/nowhere/x.svg", program_seed());
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	terminal_type(t, "S");
	ck_assert(terminal_wait_text(t, "no picture: /nowhere/x.svg: No such file or directory"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 1);
	ck_assert(terminal_wait_text(t, "weir: --snapshot: /nowhere/x.svg: No such file"));
	terminal_free(t);
}
END_TEST

/* The last screen, as another run comes to show it. */
START_TEST(the_end_is_written)
{
	char dir[64], path[PATH];
	struct terminal *t, *other;
	struct text text;

	snprintf(path, sizeof path, "%s/end.txt", folder_new(dir));
	t = START(100, 30, "--rate", "max", "--snapshot", path, program_seed());
	/* without colours a band is a shade there, too */
	other = START(100, 30, "--rate", "max", "--color", "never", program_seed());
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	ck_assert(terminal_wait_text(other, "■ end of 15 rows"));
	terminal_type(t, "2");
	terminal_type(other, "2");
	ck_assert(terminal_wait_text(t, "╭ histogram "));
	program_quit(t);
	text = read_all(path);
	ck_assert_ptr_nonnull(strstr(text_get(&text), "╭ histogram "));
	ck_assert(terminal_wait_text(other, text_get(&text)));
	program_quit(other);
	text_done(&text);
	folder_remove(dir);
}
END_TEST

/* The lines of an asciicast: a header, then events in the order of their times. */
static void
check_cast(char *cast)
{
	struct text out = { 0 };
	double last = 0;
	int sizes = 0;
	cJSON *header = NULL;

	for (char *line = strtok(cast, "\n"); line != NULL; line = strtok(NULL, "\n")) {
		cJSON *json = cJSON_Parse(line);
		const char *kind;

		ck_assert_msg(json != NULL, "%s", line);
		if (header == NULL) {
			header = json;
			continue;
		}
		ck_assert_double_ge(cJSON_GetArrayItem(json, 0)->valuedouble, last);
		last = cJSON_GetArrayItem(json, 0)->valuedouble;
		kind = cJSON_GetArrayItem(json, 1)->valuestring;
		if (strcmp(kind, "r") == 0) {
			ck_assert_str_eq(cJSON_GetArrayItem(json, 2)->valuestring, "100x30");
			sizes++;
		} else {
			ck_assert_str_eq(kind, "o");
			text_add(&out, cJSON_GetArrayItem(json, 2)->valuestring);
		}
		cJSON_Delete(json);
	}
	ck_assert_int_eq(cJSON_GetObjectItem(header, "version")->valueint, 2);
	ck_assert_int_eq(cJSON_GetObjectItem(header, "width")->valueint, 80);
	ck_assert_int_eq(cJSON_GetObjectItem(header, "height")->valueint, 24);
	ck_assert_int_ge(sizes, 1);
	ck_assert_ptr_nonnull(strstr(text_get(&out), "temperature"));
	ck_assert_ptr_nonnull(strstr(text_get(&out), "histogram"));
	cJSON_Delete(header);
	text_done(&out);
}

START_TEST(a_session_is_recorded)
{
	char dir[64], path[PATH];
	struct terminal *t;
	struct text text;

	snprintf(path, sizeof path, "%s/a.cast", folder_new(dir));
	t = START(80, 24, "--rate", "max", "--cast", path, program_seed());
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	terminal_resize(t, 100, 30);
	terminal_type(t, "2");
	ck_assert(terminal_wait_text(t, "╭ histogram "));
	program_quit(t);
	text = read_all(path);
	check_cast(text.s);
	text_done(&text);
	folder_remove(dir);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { hostile_rows_do_nothing, hostile_names_in_messages,
		wrong_usage_says_so_and_ends, a_stalled_terminal_does_not_stop_rows,
		a_storm_of_sizes_ends_right, sizes_that_are_none,
		sizes_of_the_environment_are_nothing, another_theme,
		signals_leave_the_terminal_sane, a_half_sent_frame_is_finished,
		keys_are_answered_while_no_row_comes, a_cut_line_ends_it, it_suspends_and_resumes,
		a_key_writes_the_screen, a_key_writes_through_no_link,
		a_picture_that_cannot_be_written_is_told, the_end_is_written,
		a_session_is_recorded };
	Suite *suite = suite_create("program");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
