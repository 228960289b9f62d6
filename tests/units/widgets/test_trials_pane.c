/* test_trials_pane.c - rules on trial on a narrow screen: what they compare with stays, figures are
 * numbers that people read, and what has no room is told. */
#include <stdio.h>
#include <string.h>

#include "tests/rig.h"
#include "tests/support.h"

static const struct rig_options options = { .default_kpis = true,
	.alerts = { "temperature < 9.25", "temperature < 10.125", "pH > 5.5" },
	.truth = "8-10" };

static const char *
picture(struct rig *rig, bool alone)
{
	dashboard_trials(rig->dashboard, rig->session.trials, alone);
	return rig_picture(rig, 80, 24, GLYPHS_ASCII);
}

static void
ensure(const char *picture, const char *what, bool there)
{
	if ((strstr(picture, what) != NULL) == there)
		return;
	printf("%s is %s:\n%s", what, there ? "not there" : "there", picture);
	fflush(stdout);
	ck_abort_msg("%s", what);
}

START_TEST(what_is_compared_with_stays)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &options);
	rig_rows(&rig, 12, 0, 0);
	ensure(picture(&rig, true), "~ < 9.25 ", true);
	ensure(picture(&rig, true), "~ < 10.125 ", true);
	ensure(picture(&rig, true), " FALSE   FOUND  DELAY ", true);
	rig_close(&rig);
}
END_TEST

/* Where that is what the run is for, rules are told once, and at the end what can be done. */
START_TEST(a_run_for_it_alone)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &options);
	rig_rows(&rig, 12, 0, 0);
	ensure(picture(&rig, false), " alerts -", true);
	ensure(picture(&rig, true), " alerts -", false);
	ensure(picture(&rig, true), " q prints this ", false);
	rig_rows(&rig, 3, 0, 0);
	rig_end(&rig);
	ensure(picture(&rig, true), " q prints this ", true);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("trials pane");
	TCase *all = tcase_create("all");

	tcase_add_test(all, what_is_compared_with_stays);
	tcase_add_test(all, a_run_for_it_alone);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
