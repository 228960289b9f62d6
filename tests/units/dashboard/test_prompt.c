/* test_prompt.c - what the commands behind ':' do at once. */
#include "tests/support.h"

#include <string.h>

#include "tests/rig.h"

static const struct rig_options plain = { .default_kpis = true };

static bool
shows(const char *picture, const char *text)
{
	return strstr(picture, text) != NULL;
}

START_TEST(a_kpi_at_once)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 8, 120, 36);
	rig_keys(&rig, ":k warm: mean(temperature, 3)\r");
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "warm"));
	rig_says(&rig, "KPI warm: from the next row on");
	rig_rows(&rig, 3, 120, 36);
	ck_assert_double_eq(engine_kpi_value(rig.engine, engine_kpis(rig.engine) - 1), 11);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), " 11.0 "));
	rig_keys(&rig, ":k warm: mean(temperature, 3)\r");
	rig_says(&rig, "is there already");
	rig_close(&rig);
}
END_TEST

START_TEST(an_expression_is_a_kpi)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, ":pH*2\r");
	rig_says(&rig, "KPI pH * 2");
	rig_keys(&rig, ":-pH\r");
	rig_says(&rig, "KPI -pH");
	rig_rows(&rig, 1, 0, 0);
	ck_assert_double_eq(engine_kpi_value(rig.engine, engine_kpis(rig.engine) - 2), 9);
	ck_assert_double_eq(engine_kpi_value(rig.engine, engine_kpis(rig.engine) - 1), -4.5);
	rig_close(&rig);
}
END_TEST

START_TEST(an_alert_in_the_pane)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 8, 120, 36);
	rig_keys(&rig, ":a cold: temperature < 10 severity critical\r");
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "cold"));
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "watching"));
	rig_rows(&rig, 5, 120, 36);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "1 firing"));
	rig_keys(&rig, ":-a acid: pH > 9\r:w 60\r"); /* a second one, while another has marks */
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "acid"));
	rig_close(&rig);
}
END_TEST

START_TEST(a_derived_column)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, ":d ratio = temperature / pH\r:mean(ratio, all)\r");
	rig_rows(&rig, 2, 0, 0);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "ratio"));
	ck_assert_double_eq_tol(
	    engine_kpi_value(rig.engine, engine_kpis(rig.engine) - 2), 2.2, 1e-12);
	rig_keys(&rig, ":d ratio = pH\r");
	rig_says(&rig, "already");
	rig_close(&rig);
}
END_TEST

START_TEST(pace_window_and_place)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":rate 100\r");
	ck_assert_int_eq(engine_pacer(rig.engine)->pace, PACE_RATE);
	ck_assert_double_eq(engine_pacer(rig.engine)->rate, 100);
	rig_keys(&rig, ":--speed=60\r");
	ck_assert_int_eq(engine_pacer(rig.engine)->pace, PACE_SPEED);
	ck_assert_double_eq(engine_pacer(rig.engine)->speed, 60);
	rig_keys(&rig, ":r max\r");
	ck_assert_int_eq(engine_pacer(rig.engine)->pace, PACE_MAX);
	rig_keys(&rig, ":rate fast\r");
	rig_says(&rig, "'fast' does not fit");
	rig_keys(&rig, "\033:w 5\r");
	rig_says(&rig, "charts show 5 rows");
	rig_keys(&rig, ":w 5 m\r");
	rig_says(&rig, "expected");
	rig_keys(&rig, "\033:seek 1\r");
	rig_says(&rig, "back to row 1");
	rig_keys(&rig, ":seek 9\r");
	rig_says(&rig, "forward to row 9");
	ck_assert_int_eq(rig_keys(&rig, ":q\r"), OUTCOME_QUIT);
	rig_close(&rig);
}
END_TEST

static double
kpi_called(const struct rig *rig, const char *name)
{
	for (int i = 0; i < engine_kpis(rig->engine); i++)
		if (strcmp(engine_kpi(rig->engine, i)->name, name) == 0)
			return engine_kpi_value(rig->engine, i);
	ck_abort_msg("no KPI is called %s", name);
	return 0;
}

/* Operators and rules written without a window have the new one, the others go on. */
START_TEST(another_default_window)
{
	static const char csv[] = "x\n1\n2\n4\n8\n16\n32\n64\n";
	struct rig rig;

	rig_open(&rig, csv,
	    &(struct rig_options){ .kpis = { "sum(x)", "whole: sum(x, all)", "three: sum(x, 3)" },
		.alerts = { "much: sum(x) > 40" } });
	rig_rows(&rig, 3, 0, 0);
	ck_assert_double_eq(kpi_called(&rig, "sum(x)"), 7);
	rig_keys(&rig, ":w 2\r");
	rig_says(&rig, "windows are 2 rows");
	rig_says(&rig, "charts show 2 rows");
	rig_rows(&rig, 3, 0, 0);
	ck_assert_double_eq(kpi_called(&rig, "sum(x)"), 16 + 32);
	ck_assert_double_eq(kpi_called(&rig, "whole"), 63);
	ck_assert_double_eq(kpi_called(&rig, "three"), 8 + 16 + 32);
	ck_assert_uint_eq(engine_rule_fired(rig.engine, 0), 1);
	rig_keys(&rig, ":k max(x)\r:w all\r");
	rig_says(&rig, "windows are all, anew");
	rig_rows(&rig, 1, 0, 0);
	ck_assert_double_eq(kpi_called(&rig, "max(x)"), 64);
	rig_end(&rig);
	rig_keys(&rig, ":w 3\r");
	rig_says(&rig, "windows stay");
	ck_assert_double_eq(kpi_called(&rig, "sum(x)"), 127); /* "whole" had all of it */
	rig_keys(&rig, ":w 0\r");
	rig_says(&rig, "expected");
	rig_close(&rig);
}
END_TEST

/* No further than the last one, where it is known which that is. */
START_TEST(beyond_the_last_row)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":seek 15\r");
	rig_says(&rig, "forward to row 15");
	rig_keys(&rig, ":seek 5000\r");
	rig_says(&rig, "forward to the last row, 15");
	rig_close(&rig);
}
END_TEST

START_TEST(to_a_row_that_is_not_there)
{
	struct rig rig;

	rig_open(&rig, "x\n1\n2\n4\n", &plain);
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":seek 5000\r");
	rig_end(&rig);
	engine_finish(rig.engine);
	rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	rig_says(&rig, "nothing at row 5,000: the recording has 3");
	rig_close(&rig);
}
END_TEST

START_TEST(all_keys_that_fire_are_counted)
{
	static const char csv[] = "k,x\na,9\nb,1\nc,8\nd,7\na,1\n";
	struct rig rig;

	rig_open(&rig, csv, &(struct rig_options){ .by = "k", .alerts = { "much: x > 5" } });
	rig_rows(&rig, 4, 0, 0);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "3 firing"));
	rig_rows(&rig, 1, 0, 0);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "2 firing"));
	rig_close(&rig);
}
END_TEST

/* What is said in a box stands over what a key shows next, so a key ends it. */
START_TEST(a_key_ends_a_box)
{
	struct rig rig;
	const char *picture;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 2, 40, 10);
	dashboard_warn(rig.dashboard, rig.now, "my.yaml:12:7: this is wrong and takes two lines");
	ck_assert(shows(rig_picture(&rig, 40, 10, GLYPHS_BRAILLE), "takes two lines"));
	rig_keys(&rig, "?");
	picture = rig_picture(&rig, 40, 10, GLYPHS_BRAILLE);
	ck_assert(!shows(picture, "takes two lines") && shows(picture, "keys"));
	rig_close(&rig);
}
END_TEST

START_TEST(a_theme)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	ck_assert_int_eq(rig_keys(&rig, ":theme li\t\r"), OUTCOME_THEME);
	ck_assert_str_eq(dashboard_theme(rig.dashboard)->name, "light");
	rig_keys(&rig, ":theme lite\r");
	rig_says(&rig, "no theme 'lite' (there are dark, light");
	rig_close(&rig);
}
END_TEST

/* With the column, above what was typed, which stays to be mended. */
START_TEST(what_is_wrong)
{
	static const char *const cases[][2] = {
		{ "k mean(temp, 5)", "column 6: no column 'temp'" },
		{ "mean(temperature", "column" },
		{ "nosuch(pH)", "column 1: no operator 'nosuch'" },
		{ "a pH >", "column" },
		{ "a pH > 3 severity mild", "'mild' is no severity" },
		{ "d = pH", "no name" },
		{ "k", "nothing behind kpi" },
		{ "foo", "'foo' is no command (? lists them" },
		{ "foo bar", "'foo' is no command" },
		{ "a", "nothing behind alert (expected :a RULE)" },
		{ "rate fast", "'fast' does not fit" },
		{ "d a b = pH", "'a b' is no plain name" },
		{ "rte 5", "is no command (did you mean 'rate'?)" },
		{ "--headless", "when weir starts" },
	};
	struct rig rig;
	char line[512];

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 2, 0, 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int kpis = engine_kpis(rig.engine);

		rig_keys(&rig, ":");
		rig_keys(&rig, cases[i][0]);
		rig_keys(&rig, "\r");
		rig_says(&rig, cases[i][1]);
		ck_assert(!shows(rig_picture(&rig, 120, 24, GLYPHS_BRAILLE), "-k:"));
		ck_assert_str_eq(rig_bottom(&rig, 120, line, sizeof line) + 1, cases[i][0]);
		rig_keys(&rig, "\033");
		ck_assert_int_eq(engine_kpis(rig.engine), kpis);
	}
	rig_close(&rig);
}
END_TEST

START_TEST(after_the_end)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_end(&rig);
	rig_keys(&rig, ":k max(pH, 4)\r");
	rig_says(&rig, "all rows are read");
	rig_keys(&rig, ":e\033:k sd(pH, 3)\re");
	ck_assert(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE) != NULL);
	rig_keys(&rig, "\1\1\1\1");
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "missing"));
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("prompt");
	TCase *t = tcase_create("commands");

	tcase_add_test(t, a_kpi_at_once);
	tcase_add_test(t, an_expression_is_a_kpi);
	tcase_add_test(t, an_alert_in_the_pane);
	tcase_add_test(t, a_derived_column);
	tcase_add_test(t, pace_window_and_place);
	tcase_add_test(t, another_default_window);
	tcase_add_test(t, beyond_the_last_row);
	tcase_add_test(t, to_a_row_that_is_not_there);
	tcase_add_test(t, all_keys_that_fire_are_counted);
	tcase_add_test(t, a_key_ends_a_box);
	tcase_add_test(t, a_theme);
	tcase_add_test(t, what_is_wrong);
	tcase_add_test(t, after_the_end);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
