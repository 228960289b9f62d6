/* test_demo_menu.c - `weir demo` on a terminal: the list, the picture of the chosen demo, its
 * start. */
#include <stdlib.h>
#include <string.h>

#include "tests/screens/program.h"
#include "tests/support.h"

static struct terminal *
menu(int w, int h)
{
	const char *const env[] = { NULL };

	return terminal_start(w, h, env, (const char *const[]){ program_path(), "demo", NULL });
}

START_TEST(it_shows_what_is_chosen)
{
	struct terminal *t = menu(120, 36);

	ck_assert(terminal_wait_text(t, " demos"));
	ck_assert(terminal_wait_text(t, "▸ "));
	ck_assert(terminal_wait_text(t, "Enter start"));
	ck_assert(terminal_wait_text(t, "╭ alerts ─")); /* of the picture beside it */
	terminal_type(t, "j");
	ck_assert(terminal_wait_text(t, "▸ windows"));
	ck_assert(terminal_wait_text(t, "╭ tumbling ─"));
	ck_assert(terminal_wait_text(t, "Rows, time, tumbling and session windows"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	program_left(t);
	terminal_free(t);
}
END_TEST

START_TEST(enter_starts_it)
{
	struct terminal *t = menu(100, 30);

	ck_assert(terminal_wait_text(t, "▸ "));
	terminal_type(t, "j");
	ck_assert(terminal_wait_text(t, "▸ windows"));
	terminal_type(t, "\r");
	ck_assert(terminal_wait_text(t, "space pause"));
	ck_assert(terminal_wait_text(t, "╭ tumbling ─"));
	ck_assert_ptr_null(strstr(terminal_text(t), "Enter start"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	program_left(t);
	terminal_free(t);
}
END_TEST

/* Small and large, and from one to the other. */
START_TEST(it_has_any_size)
{
	struct terminal *t = menu(40, 10);

	ck_assert(terminal_wait_text(t, "▸ "));
	terminal_resize(t, 4, 2);
	program_pass(t, 50);
	terminal_resize(t, 120, 36);
	ck_assert(terminal_wait_text(t, "╭ alerts ─"));
	terminal_type(t, "\003");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 130);
	program_left(t);
	terminal_free(t);
}
END_TEST

START_TEST(a_signal_ends_it)
{
	struct terminal *t = menu(80, 24);

	ck_assert(terminal_wait_text(t, "▸ "));
	terminal_hang_up(t);
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 129);
	terminal_free(t);
}
END_TEST

/* Where there is no screen it is the list that it is in a pipe. */
START_TEST(a_terminal_that_can_do_nothing)
{
	const char *const env[] = { "TERM=dumb", NULL };
	struct terminal *t =
	    terminal_start(120, 36, env, (const char *const[]){ program_path(), "demo", NULL });

	ck_assert(terminal_wait_text(t, "windows  "));
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	ck_assert(!terminal_alternate(t));
	terminal_free(t);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("demo menu");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	tcase_add_test(all, it_shows_what_is_chosen);
	tcase_add_test(all, enter_starts_it);
	tcase_add_test(all, it_has_any_size);
	tcase_add_test(all, a_signal_ends_it);
	tcase_add_test(all, a_terminal_that_can_do_nothing);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
