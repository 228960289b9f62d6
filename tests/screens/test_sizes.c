/* test_sizes.c - weir in terminals that stall, and of all sizes. */
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "tests/screens/program.h"
#include "tests/support.h"

START_TEST(a_stalled_terminal_does_not_stop_rows)
{
	struct terminal *t = START(80, 24, "--rate", "max", "--max-bytes", "1000k", "-k",
	    "mean(temperature, 60)", "synth:reactor?rows=100000000");
	long row = 0;

	ck_assert(terminal_wait(t, program_is_past, &row, TERMINAL_LIMIT));
	row = program_row(t);
	program_stall(t, 1);
	row += 20000; /* at most a few slices are on their way in the terminal's buffer */
	ck_assert(terminal_wait(t, program_is_past, &row, TERMINAL_LIMIT));
	program_stall(t, 0.5);
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

int
main(void)
{
	const TTest *const tests[] = { a_stalled_terminal_does_not_stop_rows,
		a_storm_of_sizes_ends_right, sizes_that_are_none,
		sizes_of_the_environment_are_nothing };
	Suite *suite = suite_create("sizes");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
