/* test_source_words.c - how a source is, in words: what it waits for, why it is tried again, for
 * how long it is silent. */
#include <string.h>

#include "data/base/times/times.h"
#include "tests/support.h"
#include "widgets/source_words.h"

static const struct source_now calm = { .live = true, .report = { .what = "" } };

static const char *
said(struct source_now now, bool opening)
{
	static struct source_words w;

	if (!source_says(&now, opening, &w))
		return "";
	ck_assert_uint_lt(strlen(w.brief), 15); /* finds room in a narrow column */
	return w.whole;
}

START_TEST(nothing_is_said_of_one_that_gives_rows)
{
	struct source_now now = calm;

	ck_assert_str_eq(said(now, false), "");
	ck_assert_str_eq(said(now, true), "");
	now.silent = TIME_SECOND;
	ck_assert_str_eq(said(now, false), "");
	now.silent = 12 * TIME_SECOND;
	now.live = false; /* a recording whose rows wait for their time */
	ck_assert_str_eq(said(now, false), "");
}
END_TEST

START_TEST(what_it_waits_for)
{
	struct source_now now = calm;

	now.report.waits = true;
	now.report.what = "for a datagram";
	ck_assert_str_eq(said(now, true), "waits for a datagram");
	ck_assert_str_eq(said(now, false), ""); /* rows went, just now */
	now.silent = 3 * TIME_SECOND;
	ck_assert_str_eq(said(now, false), "waits for a datagram");
	now.report.what = "no such file yet";
	ck_assert_str_eq(said(now, true), "waits: no such file yet");
	now.report.what = "";
	ck_assert_str_eq(said(now, true), "waits for rows");
}
END_TEST

START_TEST(why_it_is_tried_again)
{
	struct source_now now = calm;

	now.report.retries = true;
	now.report.what = "Connection refused";
	now.report.attempts = 6;
	now.silent = 3 * TIME_SECOND;
	ck_assert_str_eq(said(now, false), "Connection refused, try 7");
	now.lost = true;
	now.err = "gone for good";
	ck_assert_str_eq(said(now, false), "failed: gone for good");
}
END_TEST

START_TEST(for_how_long_it_is_silent)
{
	struct source_now now = calm;

	now.silent = 119 * TIME_SECOND;
	ck_assert_str_eq(said(now, false), "silent 119 s");
	now.silent = 120 * TIME_SECOND;
	ck_assert_str_eq(said(now, false), "silent 2 min");
	now.silent = 7200 * TIME_SECOND;
	ck_assert_str_eq(said(now, false), "silent 2 h");
	now.ended = true;
	ck_assert_str_eq(said(now, false), "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("source_words");
	TCase *all = tcase_create("all");

	tcase_add_test(all, nothing_is_said_of_one_that_gives_rows);
	tcase_add_test(all, what_it_waits_for);
	tcase_add_test(all, why_it_is_tried_again);
	tcase_add_test(all, for_how_long_it_is_silent);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
