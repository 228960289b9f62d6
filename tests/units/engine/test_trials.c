/* test_trials.c - rules and detectors against the truth: what is counted, also after a walk back,
 * and the pane that shows it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "tests/rig.h"
#include "tests/support.h"

enum { ROWS = 600, STEP = 301, W = 120, H = 36 };

/* 1 and -1 in turn; from row 301 on 9 higher, and at row 101 100. */
static char *
make_csv(void)
{
	struct text t = { 0 };

	text_add(&t, "x\n");
	for (int row = 1; row <= ROWS; row++)
		text_addf(&t, "%d\n", row == 101 ? 100 : (row % 2 * 2 - 1) + (row >= STEP ? 9 : 0));
	return t.s;
}

static const struct rig_options options = { .motion = MOTION_SCROLL,
	.kpis = { "drift(x)", "drift(x, method=kswin)" },
	.alerts = { "spike: x > 50", "high: x > 5", "never: x > 1000" },
	.truth = "101,301-400,550-560" };

static void
go(struct rig *rig, uint64_t row)
{
	struct error err;
	int64_t wake;

	engine_seek(rig->engine, row);
	for (int i = 0; engine_progress(rig->engine, 0).row < row && i < 10000; i++)
		engine_run(rig->engine, 1000000, &wake, &err);
}

static void
begin(struct rig *rig)
{
	char *csv = make_csv();

	rig_open(rig, csv, &options);
	rig_picture(rig, W, H, GLYPHS_BRAILLE);
	rig_rows(rig, 1, 0, 0);
	free(csv);
}

static const struct trial *
trial(const struct rig *rig, const char *name)
{
	const struct trials *t = rig->session.trials;

	for (int i = 0; i < t->n; i++)
		if (strcmp(t->all[i].name, name) == 0)
			return &t->all[i];
	ck_abort_msg("%s is not on trial", name);
}

static struct trial_score
score(const struct rig *rig, const char *name)
{
	return trials_score(rig->session.trials, trial(rig, name));
}

START_TEST(alerts_are_true_or_false)
{
	struct rig rig;

	begin(&rig);
	go(&rig, ROWS);
	ck_assert_uint_eq(trial(&rig, "spike")->alerts, 1);
	ck_assert_uint_eq(trial(&rig, "spike")->right, 1);
	ck_assert_int_eq(score(&rig, "spike").found, 1);
	ck_assert_int_eq(score(&rig, "spike").missed, 2);
	ck_assert(score(&rig, "spike").delay == 0);
	/* it fires at 101 and from 301 to the end: so it has found the third range as it begins */
	ck_assert_uint_eq(trial(&rig, "high")->alerts, 2);
	ck_assert_int_eq(score(&rig, "high").found, 3);
	ck_assert_uint_eq(trial(&rig, "never")->alerts, 0);
	ck_assert(isnan(score(&rig, "never").delay));
	/* a detector counts though no rule asks for it, also one that never told */
	ck_assert(trial(&rig, "drift(x)")->drift);
	ck_assert_int_ge(score(&rig, "drift(x)").found, 1);
	ck_assert(score(&rig, "drift(x)").delay > 0 && score(&rig, "drift(x)").delay < 64);
	trial(&rig, "drift(x, method=kswin)");
	ck_assert_int_eq(rig.session.trials->n, 5);
	rig_close(&rig);
}
END_TEST

/* A single row is true for the window behind it, and no row longer. */
START_TEST(a_single_row_lasts_for_the_window)
{
	const struct truth_range r = { .from = 101, .to = 101 + 60 };
	struct truth t;
	struct error err;

	ck_assert(truth_parse(&t, "101", (struct span){ SPAN_ROWS, 60 }, &err) == 0);
	ck_assert(t.ranges[0].from == r.from && t.ranges[0].to == r.to);
	ck_assert(truth_holds(&t.ranges[0], 161, TIME_NONE));
	ck_assert(!truth_holds(&t.ranges[0], 162, TIME_NONE));
	ck_assert(!truth_holds(&t.ranges[0], 100, TIME_NONE));
	truth_done(&t);
}
END_TEST

static char *
table(const struct rig *rig)
{
	struct text t = { 0 };

	trials_print(rig->session.trials, &t);
	return t.s;
}

START_TEST(a_walk_back_is_as_a_straight_run)
{
	static const uint64_t rows[] = { 250, 90, 420, 310, 1, 599, 299, 600 };
	struct rig straight, walked;
	struct error err;

	begin(&walked);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *a, *b;

		if (rows[i] > engine_progress(walked.engine, 0).row)
			go(&walked, rows[i]);
		else
			ck_assert(engine_seek_back(walked.engine, rows[i], 0, &err) == 0);
		rig_arrive(&walked);
		begin(&straight);
		go(&straight, rows[i]);
		a = table(&walked);
		b = table(&straight);
		ck_assert_msg(
		    strcmp(a, b) == 0, "at row %llu:\n%s\n%s", (unsigned long long)rows[i], a, b);
		free(a);
		free(b);
		rig_close(&straight);
	}
	rig_close(&walked);
}
END_TEST

/* What is asked for later is on trial from there on; what was, keeps its count. */
START_TEST(rules_come_and_go)
{
	struct rig rig;

	begin(&rig);
	go(&rig, 200);
	rig_keys(&rig, ":drop never\r");
	rig_keys(&rig, ":a late: x > 8\r:k drift(x, method=ph)\r");
	go(&rig, ROWS);
	ck_assert_uint_eq(trial(&rig, "spike")->alerts, 1);
	ck_assert_uint_eq(trial(&rig, "late")->right, 55);
	/* it fires at odd rows: at 301, and, over at 550, again at 551 */
	ck_assert_double_eq(score(&rig, "late").delay, 0.5);
	ck_assert_uint_eq(trial(&rig, "high")->alerts, 2);
	ck_assert_int_eq(score(&rig, "drift(x, method=ph)").found, 1);
	rig_close(&rig);
}
END_TEST

START_TEST(the_pane_stands_beside_the_chart)
{
	struct rig rig;
	const char *picture;

	begin(&rig);
	go(&rig, 350);
	picture = rig_picture(&rig, W, H, GLYPHS_BRAILLE);
	ck_assert_ptr_nonnull(strstr(picture, "on trial"));
	ck_assert_ptr_nonnull(strstr(picture, "2 of 3 odd ranges"));
	ck_assert_ptr_nonnull(strstr(picture, "spike"));
	ck_assert_ptr_nonnull(strstr(picture, "\u2501\u2501\u2501")); /* in the chart's axis */
	picture = rig_picture(&rig, 80, 24, GLYPHS_ASCII);
	ck_assert_ptr_nonnull(strstr(picture, "FOUND"));
	for (int w = 1; w < 60; w += 7)
		rig_picture(&rig, w, 1 + w / 3, GLYPHS_ASCII);
	rig_close(&rig);
}
END_TEST

/* Ranges in which no row lies are told. */
START_TEST(truth_behind_the_end)
{
	struct rig rig;
	struct error err;

	begin(&rig);
	go(&rig, 540);
	ck_assert_int_eq(trials_check(rig.session.trials, &err), -1);
	ck_assert_str_eq(
	    err.text, "--truth: row 550 is behind the last row, 540 (rows count from 1)");
	go(&rig, 560);
	ck_assert_int_eq(trials_check(rig.session.trials, &err), 0);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("trials");
	TCase *c = tcase_create("all");

	tcase_add_test(c, alerts_are_true_or_false);
	tcase_add_test(c, a_single_row_lasts_for_the_window);
	tcase_add_test(c, a_walk_back_is_as_a_straight_run);
	tcase_add_test(c, rules_come_and_go);
	tcase_add_test(c, the_pane_stands_beside_the_chart);
	tcase_add_test(c, truth_behind_the_end);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
