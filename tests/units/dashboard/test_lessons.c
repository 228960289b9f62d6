/* test_lessons.c - what a narrated dashboard needs: notes that are put away, rows from the first
 * one again, the alert that was chosen explained, charts with their own rows and ends, gaps of
 * time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/rig.h"
#include "tests/support.h"

static const char head[] = "sources: [{name: s, uri: \"%s\", time: time}]\n"
			   "derive: [{name: other, expr: 2 * x}]\n"
			   "columns: [{name: other, min: 0, max: 90}]\n"
			   "kpis: [{name: own, expr: \"max(x, 5)\"}]\n"
			   "alerts:\n"
			   "  - {name: low, when: x < 3}\n"
			   "  - {name: high, when: x > 30, clear: x < 20, severity: critical}\n"
			   "notes:\n"
			   "  - {at: 5, title: First, text: the fifth row}\n"
			   "  - {at: 12, title: Second, text: the twelfth}\n";

static const char layout[] =
    "layout:\n"
    "  - panes: [{widget: chart, of: x, forecast: off}, {widget: alerts}]\n"
    "  - panes: [{widget: note}]\n";

static char csv[32];

/* x is 1, 2, 3, ..., a row a second; after row 20 none comes for an hour. */
static void
write_rows(int rows)
{
	FILE *f;

	strcpy(csv, "/tmp/lessons-XXXXXX");
	f = fdopen(mkstemp(csv), "w");
	ck_assert_ptr_nonnull(f);
	fputs("time,x\n", f);
	for (int i = 0; i < rows; i++)
		fprintf(f, "2026-01-01T%02d:%02d:%02dZ,%d\n", i >= 20, i / 60, i % 60, i + 1);
	fclose(f);
}

static void
open_file(struct rig *rig, const char *panes)
{
	struct text yaml = { 0 };
	struct error err;

	text_addf(&yaml, head, csv);
	text_add(&yaml, panes);
	ck_assert_msg(rig_open_file(rig, yaml.s, &err) == 0, "%s", err.text);
	text_done(&yaml);
}

static void
close_file(struct rig *rig)
{
	rig_close(rig);
	unlink(csv);
}

static const char *
seen(struct rig *rig)
{
	return rig_picture(rig, 100, 30, GLYPHS_BRAILLE);
}

static bool
shows(struct rig *rig, const char *text)
{
	return strstr(seen(rig), text) != NULL;
}

/* The picture, where something is wrong with it: check's messages have no room for it. */
static void
ensure(struct rig *rig, bool holds, const char *what)
{
	if (holds)
		return;
	printf("%s:\n%s", what, seen(rig));
	fflush(stdout);
	ck_abort_msg("%s", what);
}

static int
count(const char *picture, const char *text)
{
	int n = 0;

	for (; (picture = strstr(picture, text)) != NULL; picture += strlen(text))
		n++;
	return n;
}

/* Esc puts it away, and brings it back; the next one is not away. */
START_TEST(a_note_is_put_away)
{
	static const struct rig_step away[] = {
		{ "", NULL, "the fifth row" },
		{ "\033", NULL, "!the fifth row" },
		{ "", NULL, "!First" },
		{ "\033", NULL, "the fifth row" },
		{ "\033", NULL, "!the fifth row" },
	};
	struct rig rig;

	write_rows(40);
	open_file(&rig, layout);
	rig_rows(&rig, 5, 0, 0);
	rig_steps(&rig, 100, 30, away, sizeof away / sizeof *away);
	rig_rows(&rig, 7, 0, 0);
	ck_assert(shows(&rig, "the twelfth"));
	close_file(&rig);
}
END_TEST

/* Where a view has no pane for notes: the box goes first, the view then. */
START_TEST(a_note_over_a_view_is_put_away)
{
	static const struct rig_step away[] = {
		{ "4", NULL, "the fifth row" },
		{ "\033", NULL, "!the fifth row" },
		{ "", NULL, "BEGAN" },
		{ "\033", NULL, "!BEGAN" },
	};
	struct rig rig;

	write_rows(40);
	open_file(&rig, layout);
	rig_rows(&rig, 5, 0, 0);
	rig_steps(&rig, 100, 30, away, sizeof away / sizeof *away);
	close_file(&rig);
}
END_TEST

START_TEST(rows_go_again)
{
	struct rig rig;

	write_rows(40);
	open_file(&rig, layout);
	rig_rows(&rig, 14, 0, 0);
	rig_keys(&rig, "\0330");
	rig_arrive(&rig);
	ck_assert_uint_lt(engine_progress(rig.engine, 0).row, 14);
	ck_assert(!engine_pacer(rig.engine)->paused);
	for (int i = 0; i < 1000 && !engine_pacer(rig.engine)->paused; i++)
		rig_rows(&rig, 1, 0, 0);
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 5); /* held at its note again */
	ck_assert(shows(&rig, "the fifth row"));
	close_file(&rig);
}
END_TEST

START_TEST(the_chosen_alert_is_explained)
{
	struct rig rig;

	write_rows(40);
	open_file(&rig, layout);
	rig_rows(&rig, 35, 0, 0);
	rig_keys(&rig, "4e");
	ensure(&rig, shows(&rig, "high = firing"), "shows(&rig, \"high = firing\")");
	rig_keys(&rig, "4\2e"); /* the one before it */
	ensure(&rig, shows(&rig, "low = resolved"), "shows(&rig, \"low = resolved\")");
	rig_keys(&rig, "1\2e"); /* a series has the focus again: what is asked of that */
	ensure(&rig, shows(&rig, "explain mean(other)"), "explain mean(other)");
	close_file(&rig);
}
END_TEST

/* What a layout shows first has the focus, whichever column of the file it is. */
START_TEST(the_first_pane_has_the_focus)
{
	struct rig rig;

	write_rows(40);
	open_file(&rig, "layout: [{panes: [{widget: chart, of: other}]}]\n");
	rig_rows(&rig, 4, 0, 0);
	rig_keys(&rig, "\r");
	ensure(&rig, shows(&rig, "─ other"), "shows(&rig, \"─ other\")");
	close_file(&rig);
}
END_TEST

START_TEST(where_a_rule_ends_is_drawn)
{
	struct rig rig;

	write_rows(40);
	open_file(&rig, layout);
	rig_rows(&rig, 40, 100, 30);
	ensure(&rig, shows(&rig, "high > 30") && shows(&rig, "until < 20"),
	    "shows(&rig, \"high > 30\") && shows(&rig, \"until < 20\")");
	close_file(&rig);
}
END_TEST

/* One alert more than once, another once. */
START_TEST(firings_are_counted)
{
	struct rig rig;

	rig_open(&rig, "x,y\n1,1\n5,1\n1,1\n5,1\n1,9\n",
	    &(struct rig_options){ .alerts = { "often: x > 3", "once: y > 3" } });
	rig_rows(&rig, 5, 100, 30);
	ck_assert_int_eq(count(seen(&rig), "2 times"), 1);
	ck_assert_int_eq(count(seen(&rig), " times"), 1);
	rig_close(&rig);
}
END_TEST

/* The line is broken, and so is the axis; where all rows come evenly, nothing is. */
START_TEST(gaps_are_gaps)
{
	struct rig rig;

	write_rows(40);
	open_file(&rig, layout);
	rig_rows(&rig, 20, 100, 30);
	rig_keys(&rig, "\033");
	ck_assert_int_eq(count(seen(&rig), "╱"), 0);
	ck_assert_int_eq(count(seen(&rig), "┊"), 0);
	rig_rows(&rig, 15, 100, 30);
	ensure(&rig, count(seen(&rig), "╱") >= 1, "a gap in the axis");
	ensure(&rig, count(seen(&rig), "┊") > 3, "count(seen(&rig), \"┊\") > 3");
	ck_assert_int_ge(count(rig_picture(&rig, 100, 30, GLYPHS_ASCII), "/"), 1);
	close_file(&rig);
}
END_TEST

/* Panes whose ends are said have them at any height, so that they can be compared. */
START_TEST(ends_that_are_said_are_the_axis)
{
	static const char panes[] =
	    "layout:\n"
	    "  - {height: 2, panes: [{widget: chart, of: other, forecast: off}]}\n"
	    "  - {height: 3, panes: [{widget: chart, of: other, forecast: off}]}\n";
	struct rig rig;

	write_rows(40);
	open_file(&rig, panes);
	rig_rows(&rig, 4, 0, 0);
	ensure(&rig, count(seen(&rig), " 80┤") == 2, "two ticks at 80");
	ensure(&rig, count(seen(&rig), " 0┤") == 2, "two ticks at 0");
	ensure(&rig, count(seen(&rig), "100┤") == 0, "nothing beyond 90");
	close_file(&rig);
}
END_TEST

/* 300 rows have no dot each: all are shown as long as they are no more than asked for. */
START_TEST(a_chart_has_its_own_rows)
{
	static const char panes[] =
	    "layout: [{panes: [{widget: chart, of: x, rows: 400, forecast: off}]}]\n";
	struct rig rig;

	write_rows(1000);
	open_file(&rig, panes);
	rig_rows(&rig, 300, 0, 0);
	ensure(&rig, shows(&rig, "336 rows"), "twice as many rows as dots");
	rig_rows(&rig, 600, 0, 0);
	ensure(&rig, shows(&rig, "413 rows"), "as many rows as asked for, or a few more");
	rig_keys(&rig, "W"); /* who looks at it wants others */
	ensure(&rig, shows(&rig, " 30 rows"), "30 rows");
	close_file(&rig);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("lessons");
	TCase *t = tcase_create("lessons");

	tcase_add_test(t, a_note_is_put_away);
	tcase_add_test(t, a_note_over_a_view_is_put_away);
	tcase_add_test(t, rows_go_again);
	tcase_add_test(t, the_chosen_alert_is_explained);
	tcase_add_test(t, the_first_pane_has_the_focus);
	tcase_add_test(t, where_a_rule_ends_is_drawn);
	tcase_add_test(t, firings_are_counted);
	tcase_add_test(t, gaps_are_gaps);
	tcase_add_test(t, ends_that_are_said_are_the_axis);
	tcase_add_test(t, a_chart_has_its_own_rows);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return support_run(s);
}
