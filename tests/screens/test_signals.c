/* test_signals.c - weir is told to end, to stop and to go on; keys are answered always. */
#include <signal.h>
#include <stdio.h>

#include "tests/screens/program.h"
#include "tests/support.h"

START_TEST(signals_leave_the_terminal_sane)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM,
		SIGXCPU };

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *t = START(80, 24, "synth:reactor");
		long row = 0;

		ck_assert(terminal_wait(t, program_is_past, &row, TERMINAL_LIMIT));
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

		program_stall(t, 0.3);
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

	ck_assert(terminal_wait(t, program_is_past, &row, TERMINAL_LIMIT));
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
	ck_assert(terminal_wait(t, program_is_past, &row, TERMINAL_LIMIT));
	row = program_row(t);
	terminal_type(t, "\032");
	ck_assert(terminal_wait(t, own_screen, NULL, TERMINAL_LIMIT));
	ck_assert(terminal_wait_text(t, "Stopped"));
	ck_assert(terminal_wait_prompt(t, "ready>"));
	ck_assert(terminal_cursor(t));
	terminal_resize(t, 100, 30);
	terminal_type(t, "fg\r");
	ck_assert(terminal_wait(t, own_screen, "", TERMINAL_LIMIT));
	ck_assert(terminal_wait(t, program_is_past, &row, TERMINAL_LIMIT));
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

int
main(void)
{
	const TTest *const tests[] = { signals_leave_the_terminal_sane,
		a_half_sent_frame_is_finished, keys_are_answered_while_no_row_comes,
		a_cut_line_ends_it, it_suspends_and_resumes };
	Suite *suite = suite_create("signals");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
