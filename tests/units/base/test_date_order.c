/* test_date_order.c - whether the day or the month stands first: told by a sample, by custom, or
 * settled by a later date. */
#include <stdio.h>

#include "data/base/times/times.h"
#include "tests/support.h"
#include "tests/time_texts.h"

static const struct {
	const char *texts[6];
	enum date_order order;
	enum order_reason reason;
} orders[] = {
	{ { "31.12.2025", "01.01.2026" }, DATE_DMY, ORDER_PART },
	{ { "12/31/2025", "01/01/2026" }, DATE_MDY, ORDER_PART },
	{ { "01/01/2026", "13/01/2026" }, DATE_DMY, ORDER_PART },
	{ { "01.01.2026", "01.13.2026" }, DATE_MDY, ORDER_PART },
	/* days in a row, whatever the sign */
	{ { "01/02/2026", "02/02/2026", "03/02/2026" }, DATE_DMY, ORDER_STEPS },
	{ { "01.02.2026", "01.03.2026", "01.04.2026", "01.05.2026" }, DATE_MDY, ORDER_STEPS },
	{ { "02/03/2026 00:00", "02/03/2026 12:00", "03/03/2026 00:00", "03/03/2026 12:00",
	      "04/03/2026 00:00" },
	    DATE_DMY, ORDER_STEPS },
	/* the first of each month, over a new year */
	{ { "01/10/2025", "01/11/2025", "01/12/2025", "01/01/2026", "01/02/2026" }, DATE_DMY,
	    ORDER_STEPS },
	/* newest first */
	{ { "03/02/2026", "02/02/2026", "01/02/2026" }, DATE_DMY, ORDER_STEPS },
	/* two dates are one step, even in any order: a day rather than a month */
	{ { "01/02/2026", "02/02/2026" }, DATE_DMY, ORDER_SPAN },
	{ { "01.02.2026", "01.03.2026" }, DATE_MDY, ORDER_SPAN },
	/* nothing tells: custom */
	{ { "03/04/2026" }, DATE_MDY, ORDER_SIGN },
	{ { "03.04.2026" }, DATE_DMY, ORDER_SIGN },
	{ { "03-04-2026", "03-04-2026" }, DATE_DMY, ORDER_SIGN },
	{ { "02/02/2026", "02/02/2026" }, DATE_MDY, ORDER_SIGN },
	/* a short year may stand in front */
	{ { "25-12-30", "25-12-31", "26-01-01" }, DATE_YMD, ORDER_STEPS },
	{ { "30-12-25", "31-12-25", "01-01-26" }, DATE_DMY, ORDER_STEPS },
	{ { "12/30/25", "12/31/25", "01/01/26" }, DATE_MDY, ORDER_PART },
	{ { "2026-01-02", "2026-01-03" }, DATE_DMY, ORDER_PLAIN },
	{ { "1 Jan 2026", "3 Feb 2026" }, DATE_DMY, ORDER_PLAIN },
};

START_TEST(the_order_is_told_by_the_sample)
{
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
		struct time_guess g;
		int n = 0;

		while (n < 6 && orders[i].texts[n] != NULL)
			n++;
		g = time_text_guess(orders[i].texts, n, &(struct time_told){ 0 });
		ck_assert_msg(g.times == n && g.form.order == orders[i].order, "%s ...: %s",
		    orders[i].texts[0], date_order_name(g.form.order));
		ck_assert_msg(
		    g.reason == orders[i].reason, "%s ...: by %d", orders[i].texts[0], g.reason);
		ck_assert(g.form.settled == (g.reason == ORDER_PART));
	}
}
END_TEST

/* Days 1 to 12 of some months, in either order: steps of months would be more even. */
START_TEST(an_order_in_which_time_goes_back_is_none)
{
	char written[2][48][16];
	const char *texts[2][48];

	for (int i = 0; i < 48; i++) {
		int month = i / 12 + 1, day = i % 12 + 1;

		snprintf(written[0][i], sizeof written[0][i], "%02d/%02d/2025", day, month);
		snprintf(written[1][i], sizeof written[1][i], "%02d.%02d.2025", month, day);
		for (int k = 0; k < 2; k++)
			texts[k][i] = written[k][i];
	}
	for (int k = 0; k < 2; k++) {
		struct time_guess g = time_text_guess(texts[k], 48, &(struct time_told){ 0 });

		ck_assert_int_eq(g.times, 48);
		ck_assert_int_eq(g.form.order, k == 0 ? DATE_DMY : DATE_MDY);
		ck_assert_int_eq(g.reason, ORDER_AHEAD);
		ck_assert(!g.form.settled);
	}
}
END_TEST

START_TEST(the_order_that_is_told_holds)
{
	static const char *const texts[] = { "01/02/2026", "02/02/2026", "03/02/2026" };
	struct time_told told = { .order = true, .dates = DATE_MDY };
	struct time_guess g = time_text_guess(texts, 3, &told);
	struct time_reader reader = time_reader_of(&g.form);
	int64_t ns;

	ck_assert(time_text_read(&reader, texts[0], &ns) == TIME_READ);
	ck_assert_int_eq(ns / TIME_SECOND, NEW_YEAR + 86400);
	ck_assert(time_text_read(&reader, "31/12/2026", &ns) == TIME_BAD);
	/* a year in front tells itself */
	ck_assert(time_text_read(&reader, "2026-01-02", &ns) == TIME_READ);
	ck_assert_int_eq(ns / TIME_SECOND, NEW_YEAR + 86400);
	told.dates = DATE_YMD;
	g = time_text_guess(&(const char *){ "05-06-07" }, 1, &told);
	reader = time_reader_of(&g.form);
	ck_assert(time_text_read(&reader, "05-06-07", &ns) == TIME_READ);
	ck_assert_int_eq(ns / TIME_SECOND, 1118102400);
	for (int o = 0; o < DATE_ORDERS; o++)
		ck_assert_int_eq(date_order_parse(date_order_name((enum date_order)o)), o);
	ck_assert_int_eq(date_order_parse("day"), DATE_ORDERS);
}
END_TEST

START_TEST(a_later_part_above_12_settles_the_order)
{
	static const char *const texts[] = { "03/04/2026 10:00", "03/04/2026 11:00" };
	struct time_guess g = time_text_guess(texts, 2, &(struct time_told){ 0 });
	struct time_reader reader = time_reader_of(&g.form);
	int64_t ns;

	ck_assert(g.form.order == DATE_MDY && g.reason == ORDER_SIGN && !g.form.settled);
	ck_assert(time_text_read(&reader, "03/04/2026 12:00", &ns) == TIME_READ);
	ck_assert_int_eq(ns / TIME_SECOND, 1772625600 - 0);
	ck_assert(time_text_read(&reader, "13/04/2026 12:00", &ns) == TIME_SETTLED);
	ck_assert_int_eq(ns / TIME_SECOND, 1776081600);
	ck_assert(reader.form.order == DATE_DMY && reader.form.settled);
	/* what was kept of the old order is forgotten */
	ck_assert(time_text_read(&reader, "03/04/2026 12:00", &ns) == TIME_READ);
	ck_assert_int_eq(ns / TIME_SECOND, 1775217600);
	ck_assert(time_text_read(&reader, "04/13/2026 12:00", &ns) == TIME_BAD);

	/* one that says the same settles it, too */
	reader = time_reader_of(&g.form);
	ck_assert(time_text_read(&reader, "04/13/2026 12:00", &ns) == TIME_READ);
	ck_assert(
	    reader.form.settled && time_text_read(&reader, "13/04/2026 12:00", &ns) == TIME_BAD);
	/* 31-12-25 may begin with its year, but seldom does */
	g = time_text_guess(&(const char *){ "01/02/03" }, 1, &(struct time_told){ 0 });
	reader = time_reader_of(&g.form);
	ck_assert(time_text_read(&reader, "31/12/25", &ns) == TIME_SETTLED);
	ck_assert_int_eq(ns / TIME_SECOND, NEW_YEAR - 86400);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("date_order");
	TCase *c = tcase_create("date_order");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, the_order_is_told_by_the_sample);
	tcase_add_test(c, an_order_in_which_time_goes_back_is_none);
	tcase_add_test(c, the_order_that_is_told_holds);
	tcase_add_test(c, a_later_part_above_12_settles_the_order);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
