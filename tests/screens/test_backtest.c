/* test_backtest.c - rules on trial on a real screen: who leaves early is told how far it went. */
#include <check.h>
#include <string.h>

#include "tests/screens/program.h"
#include "tests/screens/terminal.h"
#include "tests/support.h"

START_TEST(how_far_it_went)
{
	struct terminal *t = START(100, 24, "backtest", WEIR_SETS "/reactor.csv", "--truth",
	    "700-760", "-a", "temperature < 10", "--rate", "10");

	ck_assert(terminal_wait_text(t, "on trial"));
	terminal_type(t, "..");
	ck_assert(terminal_wait_text(t, "paused"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	ck_assert_ptr_nonnull(strstr(terminal_text(t), "; the recording goes on)"));
	terminal_free(t);
	t = START(100, 24, "backtest", WEIR_SETS "/reactor.csv", "--truth", "700-760", "-a",
	    "temperature < 10", "--rate", "max");
	ck_assert(terminal_wait_text(t, "end of 1,500 rows"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	ck_assert_ptr_nonnull(strstr(terminal_text(t), "temperature < 10"));
	ck_assert_ptr_null(strstr(terminal_text(t), "goes on)"));
	terminal_free(t);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("backtest");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, how_far_it_went);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
