/* test_rests.c - where charts sweep because bytes are scarce, statistics change once a second; the
 * value of the series with the focus does with each row, and what stands is always the last. */
#include <stdio.h>
#include <string.h>

#include "tests/rig.h"
#include "tests/support.h"

static const struct rig_options sweeping = {
	.motion = MOTION_SWEEP, .default_kpis = true, .kpis = { "total: sum(x, 100)" }
};
static const struct rig_options scrolling = { .default_kpis = true,
	.kpis = { "total: sum(x, 100)" } };

static struct text
make_rows(void)
{
	struct text csv = { 0 };

	text_add(&csv, "x,y\n");
	for (int i = 1; i <= 60; i++)
		text_addf(&csv, "%d,%d\n", i, 1000 + i);
	return csv;
}

/* Rows go on: a picture while they do. */
static const char *
going(struct rig *rig, int64_t after)
{
	struct pacer *pacer = engine_pacer(rig->engine);
	const char *picture;

	rig->now += after;
	pacer->paused = false;
	picture = rig_picture(rig, 80, 24, GLYPHS_ASCII);
	pacer->paused = true;
	return picture;
}

/* What stands behind a name in its line. */
static bool
says(const char *picture, const char *name, const char *what)
{
	const char *line = strstr(picture, name), *end = line != NULL ? strchr(line, '\n') : NULL;
	const char *at = line != NULL ? strstr(line, what) : NULL;

	return at != NULL && at < end;
}

static void
ensure(bool holds, const char *picture, const char *what)
{
	if (holds)
		return;
	printf("%s:\n%s", what, picture);
	fflush(stdout);
	ck_abort_msg("%s", what);
}

static void
go(struct rig *rig, const struct rig_options *options)
{
	struct text csv = make_rows();

	rig_open(rig, csv.s, options);
	rig_rows(rig, 20, 80, 24);
	going(rig, INT64_C(2000000000));
	rig_rows(rig, 1, 0, 0);
	text_done(&csv);
}

START_TEST(statistics_rest)
{
	struct rig rig;
	const char *picture;

	go(&rig, &sweeping);
	picture = going(&rig, 1000000);
	ensure(says(picture, "> x ", " 21 "), picture, "the value with the focus");
	ensure(says(picture, "  y ", "1,020 "), picture, "the other rests");
	ensure(says(picture, "total", "210"), picture, "a KPI rests");
	ensure(strstr(picture, "row 20") != NULL, picture, "the row rests");
	ck_assert(dashboard_wake(rig.dashboard) <= rig.now + INT64_C(1000000000));

	picture = going(&rig, INT64_C(1000000000)); /* no row came, but their time did */
	ensure(says(picture, "  y ", "1,021 "), picture, "the other");
	ensure(says(picture, "total", "231"), picture, "a KPI");
	ensure(strstr(picture, "row 21") != NULL, picture, "the row");
	rig_close(&rig);
}
END_TEST

START_TEST(what_stands_is_the_last)
{
	struct rig rig;
	const char *picture;

	go(&rig, &sweeping);
	going(&rig, 1000000);
	picture = rig_picture(&rig, 80, 24, GLYPHS_ASCII); /* paused */
	ensure(says(picture, "  y ", "1,021 "), picture, "the other");
	ensure(says(picture, "total", "231"), picture, "a KPI");
	rig_close(&rig);
}
END_TEST

START_TEST(nothing_rests_where_charts_scroll)
{
	struct rig rig;
	const char *picture;

	go(&rig, &scrolling);
	picture = going(&rig, 1000000);
	ensure(says(picture, "  y ", "1,021 "), picture, "the other");
	ensure(says(picture, "total", "231"), picture, "a KPI");
	ensure(strstr(picture, "row 21") != NULL, picture, "the row");
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rests");
	TCase *all = tcase_create("all");

	tcase_add_test(all, statistics_rest);
	tcase_add_test(all, what_stands_is_the_last);
	tcase_add_test(all, nothing_rests_where_charts_scroll);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
