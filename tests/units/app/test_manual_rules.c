/* test_manual_rules.c - the manual is all in one page: each action, event and address is in it. */
#include "tests/support.h"

#include <string.h>

#include "app/about/manual.h"
#include "app/actions/action.h"

static struct text page;

static void
has(const char *section, const char *word)
{
	const char *from = strstr(text_get(&page), section);
	const char *to = from != NULL ? strstr(from + 1, "\n.SH ") : NULL;
	const char *at = from != NULL ? strstr(from, word) : NULL;

	ck_assert_msg(at != NULL && (to == NULL || at < to), "%s has no '%s'", section, word);
}

START_TEST(all_that_rules_do)
{
	manual_print(&page);
	for (int i = 0; action_classes[i] != NULL; i++) {
		struct text term = { 0 };

		text_addf(&term, "\\fB%s\\fR\n", action_classes[i]->name);
		has(".SH ALERTS", term.s);
		text_done(&term);
	}
	has(".SH ALERTS", "cooldown:");
	has(".SH ALERTS", "WEIR_VALUE_COLUMN");
	text_done(&page);
}
END_TEST

START_TEST(all_that_is_told)
{
	static const char *const types[] = { "start", "row", "alert", "drift", "forecast", "bad",
		"note", "summary" };
	static const char *const addresses[] = { "/metrics", "/state", "/events", "/predict" };

	manual_print(&page);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		has(".SH EVENTS", types[i]);
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
		has(".SH SERVING", addresses[i]);
	has(".SH TRIALS", "temperature < ?");
	text_done(&page);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("manual_rules");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, all_that_rules_do);
	tcase_add_test(tc, all_that_is_told);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
