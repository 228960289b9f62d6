/* test_program.c - weir itself in a real terminal: hostile rows and names, wrong usage, themes. */
#include <stdio.h>
#include <string.h>

#include "tests/screens/program.h"
#include "tests/support.h"

/* What must never reach a terminal: controls, C1 controls in UTF-8 and as bytes, bells, titles,
 * queries, bidirectional overrides, zero-width characters, broken UTF-8. */
#define HOSTILE                                                                                    \
	"\033]0;owned\007\033[2J\033[6n\302\2331m\233\342\200\256rtl\342\200\213"                  \
	"\357\273\277\016\177\xff\xc0\xaf"

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

int
main(void)
{
	const TTest *const tests[] = { hostile_rows_do_nothing, hostile_names_in_messages,
		wrong_usage_says_so_and_ends, another_theme };
	Suite *suite = suite_create("program");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
