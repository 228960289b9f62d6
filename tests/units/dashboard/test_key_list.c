/* test_key_list.c - keys of --by on the screen: sorted, filtered, and one of them chosen, which all
 * is about then. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "tests/rig.h"
#include "widgets/keys/key_list.h"

static const char fleet[] = "time,host,load,heat\n"
			    "2026-01-01T00:00:00Z,alpha,5,20\n2026-01-01T00:00:01Z,beta,9,10\n"
			    "2026-01-01T00:00:02Z,gamma,1,30\n2026-01-01T00:00:03Z,alpha,6,21\n"
			    "2026-01-01T00:00:04Z,beta,8,11\n2026-01-01T00:00:05Z,gamma,2,31\n"
			    "2026-01-01T00:00:06Z,beta,7,12\n2026-01-01T00:00:07Z,alpha,7,22\n";
static const struct rig_options watched = {
	.default_kpis = true, .alerts = { "busy: load > 6.5" }, .by = "host"
};

static const char *
screen(struct rig *rig)
{
	return rig_picture(rig, 120, 30, GLYPHS_BRAILLE);
}

/* The names stand below one another in this order. */
static void
stand(struct rig *rig, const char *a, const char *b, const char *c)
{
	const char *picture = strstr(screen(rig), "KEY"), *first, *second, *third;

	ck_assert_ptr_nonnull(picture);
	first = strstr(picture, a);
	second = strstr(picture, b);
	third = strstr(picture, c);
	ck_assert_msg(
	    first != NULL && second != NULL && third != NULL && first < second && second < third,
	    "%s, %s, %s in\n%s", a, b, c, picture);
}

static void
shows(struct rig *rig, const char *text, bool so)
{
	const char *picture = screen(rig);

	if ((strstr(picture, text) != NULL) != so)
		ck_abort_msg("'%s' in\n%.2000s", text, picture);
}

START_TEST(sorted_by_any_kpi)
{
	struct rig rig;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "3");
	stand(&rig, "alpha", "beta", "gamma"); /* those that fire first, then by name */
	shows(&rig, "FIRING▼", true);
	rig_keys(&rig, ":sort last(load)\r");
	stand(&rig, "alpha", "beta", "gamma"); /* 7, 7, 2 */
	rig_keys(&rig, "R");
	stand(&rig, "gamma", "alpha", "beta");
	shows(&rig, "LAST▲", true);
	rig_keys(&rig, ">");
	shows(&rig, "MEAN▼", true);
	stand(&rig, "beta", "alpha", "gamma"); /* 8, 6, 1.5 */
	rig_keys(&rig, "<<");
	shows(&rig, "KEY▲", true);
	rig_keys(&rig, ":sort mean(heat)\r"); /* of another series: it has the focus then */
	stand(&rig, "gamma", "alpha", "beta");
	shows(&rig, "keys by host · heat", true);
	rig_keys(&rig, ":sort nothing\r");
	shows(&rig, "keys are not sorted by 'nothing'", true);
	rig_close(&rig);
}
END_TEST

/* Through all of what there is, and back to where it began. */
START_TEST(sorting_goes_round)
{
	struct rig rig;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "3:sort key\r");
	for (int i = 0; i < KEY_COLUMNS; i++) {
		rig_keys(&rig, ">");
		if (strstr(screen(&rig), "KEY▲") != NULL) {
			/* six KPIs and four of forecasts of two series, and rows, seen, firing */
			ck_assert_int_eq(i + 1, 1 + 2 * 10 + 3);
			break;
		}
	}
	shows(&rig, "KEY▲", true);
	rig_close(&rig);
}
END_TEST

START_TEST(one_is_chosen_and_left)
{
	static const struct rig_step way[] = {
		/* the first one that came, and it says so */
		{ "", NULL, "─ load · alpha ─" },
		{ "", NULL, "3 keys" },
		{ "3:sort key\r", NULL, "KEY" },
		{ "\2\r", NULL, "─ load · beta ─" },
		{ "", NULL, "╭ series · beta ─" },
		{ "", NULL, "key beta" },
		{ "", NULL, "!KEY" },
		{ "5", NULL, "beta" },
		{ "", NULL, "!alpha" },
		/* in the status; of its alert the name is not needed */
		{ "4", NULL, "beta" },
		{ "", NULL, "!alpha" },
		{ "1\033", NULL, "3 keys" },
		{ "", NULL, "KEY" },
		{ "", NULL, "─ load · beta ─" },
		{ ":key gamma\r", NULL, "key gamma" },
		{ ":key\r", NULL, "3 keys" },
	};
	struct rig rig;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 7, 0, 0);
	rig_steps(&rig, 120, 30, way, sizeof way / sizeof *way);
	rig_close(&rig);
}
END_TEST

/* Its charts begin with what its own windows hold, with the times of these rows. */
START_TEST(it_has_a_past)
{
	struct rig rig;
	uint64_t first;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 7, 0, 0);
	rig_keys(&rig, ":key beta\r");
	first = history_begin(rig.history, 0);
	ck_assert_uint_eq(history_end(rig.history, 0) - first, 3);
	ck_assert_double_eq(history_at(rig.history, 0, first), 9);
	ck_assert_double_eq(history_at(rig.history, 0, first + 2), 7);
	ck_assert_int_eq(
	    history_time(rig.history, 0, first + 2) - history_time(rig.history, 0, first),
	    INT64_C(5000000000));
	rig_rows(&rig, 1, 0, 0); /* of another key */
	ck_assert_uint_eq(history_end(rig.history, 0) - first, 3);
	/* what happened to it stands at its rows, and what to others at none */
	for (int i = 0, n = 0; i < history_marks(rig.history); i++) {
		const struct mark *m = history_mark(rig.history, i);
		bool own = strcmp(m->key, "beta") == 0;

		ck_assert_uint_eq(m->row, own ? first : UINT64_MAX);
		n += own;
		ck_assert(i + 1 < history_marks(rig.history) || n == 1);
	}
	rig_close(&rig);
}
END_TEST

/* What was kept before another key was looked at is not taken for its past. */
START_TEST(back_to_before_it_was_chosen)
{
	struct rig rig;
	uint64_t first;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 6, 0, 0);
	rig_keys(&rig, ":key beta\r");
	rig_rows(&rig, 2, 0, 0);
	for (int i = 0; i < 3; i++) {
		rig_keys(&rig, ",");
		rig_arrive(&rig);
	}
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 5);
	first = history_begin(rig.history, 0);
	ck_assert_uint_eq(history_end(rig.history, 0) - first, 2);
	ck_assert_double_eq(history_at(rig.history, 0, first), 9);
	ck_assert_double_eq(history_at(rig.history, 0, first + 1), 8);
	shows(&rig, "key beta", true);
	rig_close(&rig);
}
END_TEST

/* Where the one that is looked at is forgotten another one is; where it was chosen its name
 * stands. */
START_TEST(it_is_forgotten)
{
	struct rig_options few = watched;
	struct rig rig;

	few.max_keys = 2;
	rig_open(&rig, fleet, &few);
	rig_rows(&rig, 3, 0, 0);
	shows(&rig, "alpha", false);
	shows(&rig, " load · beta ─", true);
	shows(&rig, "forgotten 1", true);
	rig_keys(&rig, ":key gamma\r");
	rig_rows(&rig, 2, 0, 0); /* alpha, beta */
	shows(&rig, "key gamma (no rows)", true);
	rig_rows(&rig, 1, 0, 0); /* it is back */
	shows(&rig, "(no rows)", false);
	shows(&rig, "key gamma", true);
	rig_close(&rig);
}
END_TEST

/* An alert of a key that was forgotten is over. */
START_TEST(its_alerts_are_forgotten)
{
	struct rig_options few = watched;
	struct rig rig;

	few.max_keys = 2;
	rig_open(&rig, fleet, &few);
	rig_rows(&rig, 2, 0, 0);
	shows(&rig, "beta  9 > 6.5", true);
	rig_rows(&rig, 2, 0, 0);
	shows(&rig, "beta  9 > 6.5", false);
	shows(&rig, "0 firing", true);
	rig_close(&rig);
}
END_TEST

START_TEST(filtered_by_name)
{
	static const struct rig_step way[] = {
		{ "3/ET", NULL, "/ET" },
		{ "\r", NULL, "filter: ET · 1 of 3" },
		{ "", NULL, "!gamma" },
		/* series are filtered by another text */
		{ "2", NULL, "─ load · alpha ─" },
		{ "3\033", NULL, NULL },
		{ "3", NULL, "gamma" },
		{ "/zzz\r", NULL, "no key has the filter's text in its name" },
		{ "\2\r", NULL, NULL },
	};
	struct rig rig;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 8, 0, 0);
	rig_steps(&rig, 120, 30, way, sizeof way / sizeof *way);
	rig_close(&rig);
}
END_TEST

/* The list stands where it is while the order changes, and arrows go on from there. */
START_TEST(arrows_and_pages)
{
	struct text csv = { 0 };
	struct rig rig;
	size_t n;

	text_add(&csv, "k,x\n");
	for (int i = 0; i < 200; i++)
		text_addf(&csv, "k%03d,%d\n", i, i);
	rig_open(&rig, text_get(&csv), &(struct rig_options){ .default_kpis = true, .by = "k" });
	rig_rows(&rig, 200, 0, 0);
	rig_keys(&rig, "3:sort key\r");
	shows(&rig, "1-25 of 200", true);
	for (int i = 0; i < 30; i++)
		rig_keys(&rig, "\2");
	ck_assert_str_eq(
	    engine_key(rig.engine, 0) != NULL ? key_state_name(engine_key(rig.engine, 0), &n) : "",
	    "k030");
	shows(&rig, "7-31 of 200", true);
	rig_keys(&rig, ":page 100\r");
	shows(&rig, "176-200 of 200", true);
	rig_keys(
	    &rig, ":sort key\r"); /* the top again; the one that is looked at is out of sight */
	shows(&rig, "1-25 of 200", true);
	rig_keys(&rig, "\2");
	ck_assert_str_eq(key_state_name(engine_key(rig.engine, 0), &n), "k000");
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

START_TEST(without_keys)
{
	struct rig rig;

	rig_open(&rig, fleet, &(struct rig_options){ .default_kpis = true });
	rig_rows(&rig, 3, 0, 0);
	rig_keys(&rig, "3");
	shows(&rig, "no keys (weir --by COLUMN begins with some)", true);
	rig_keys(&rig, ">\2\r");
	shows(&rig, "weir", true);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("key_list");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, sorted_by_any_kpi);
	tcase_add_test(tc, sorting_goes_round);
	tcase_add_test(tc, one_is_chosen_and_left);
	tcase_add_test(tc, it_has_a_past);
	tcase_add_test(tc, back_to_before_it_was_chosen);
	tcase_add_test(tc, it_is_forgotten);
	tcase_add_test(tc, its_alerts_are_forgotten);
	tcase_add_test(tc, filtered_by_name);
	tcase_add_test(tc, arrows_and_pages);
	tcase_add_test(tc, without_keys);
	tcase_set_timeout(tc, 60);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
