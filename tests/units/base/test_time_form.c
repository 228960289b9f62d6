/* test_time_form.c - times as people write them: found in a sample, and read. */
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "tests/support.h"
#include "tests/time_texts.h"

static const struct {
	const char *text;
	enum time_kind kind;
	int64_t seconds, ns;
} forms[] = {
	/* ISO 8601 */
	{ "2026-01-01", TIME_DATES, NEW_YEAR, 0 },
	{ "2026-01-01T10:15:00Z", TIME_DATES, NEW_YEAR + 36900, 0 },
	{ "2026-01-01T10:15", TIME_DATES, NEW_YEAR + 36900, 0 },
	{ "2026-01-01T10Z", TIME_DATES, NEW_YEAR + 36000, 0 },
	{ "2026-01-01 10:15:00.25", TIME_DATES, NEW_YEAR + 36900, 250000000 },
	{ "2026-01-01 10:15:00,25", TIME_DATES, NEW_YEAR + 36900, 250000000 },
	{ "2026-01-01 10:15:00 UTC", TIME_DATES, NEW_YEAR + 36900, 0 },
	{ "2026-01-01 10:15:00Z", TIME_DATES, NEW_YEAR + 36900, 0 },
	{ "2026-01-01 10:15:00 GMT", TIME_DATES, NEW_YEAR + 36900, 0 },
	{ "2026-01-01 10:15:00 +0200", TIME_DATES, NEW_YEAR + 29700, 0 },
	{ "2026-01-01 10:15:00.5+02:00", TIME_DATES, NEW_YEAR + 29700, 500000000 },
	{ "2026-01-01 10:15:00-05", TIME_DATES, NEW_YEAR + 54900, 0 },
	{ "2026-01-01 10:15:00 UTC+2", TIME_DATES, NEW_YEAR + 29700, 0 },
	{ "20260101T101500Z", TIME_DATES, NEW_YEAR + 36900, 0 },
	{ "20260101T1015", TIME_DATES, NEW_YEAR + 36900, 0 },
	{ "20260101T101500.125+0100", TIME_DATES, NEW_YEAR + 33300, 125000000 },
	{ "20260101 10:15:00", TIME_DATES, NEW_YEAR + 36900, 0 },
	{ "2026/01/01", TIME_DATES, NEW_YEAR, 0 },
	{ "2026/1/1 9:05", TIME_DATES, NEW_YEAR + 32700, 0 },
	{ "2026.01.01", TIME_DATES, NEW_YEAR, 0 },
	{ "2026-1-1", TIME_DATES, NEW_YEAR, 0 },
	{ "2026-01", TIME_DATES, NEW_YEAR, 0 },
	{ "2026/01", TIME_DATES, NEW_YEAR, 0 },
	{ "2026-W01-4", TIME_DATES, NEW_YEAR, 0 },
	{ "2026-W01", TIME_DATES, NEW_YEAR - 3 * 86400, 0 },
	{ "2020-W53-7", TIME_DATES, 1609632000, 0 },
	{ "2025-12-31T24:00:00Z", TIME_DATES, NEW_YEAR, 0 },
	{ "2025-12-31T23:59:60Z", TIME_DATES, NEW_YEAR, 0 },
	{ "2025-12-31 23:59:60.5", TIME_DATES, NEW_YEAR, 500000000 },
	/* day or month first, where a part above 12 tells */
	{ "31.12.2025", TIME_DATES, NEW_YEAR - 86400, 0 },
	{ "31.12.2025 10.15.00", TIME_DATES, NEW_YEAR - 49500, 0 },
	{ "31.12.2025 10.15", TIME_DATES, NEW_YEAR - 49500, 0 },
	{ "12/31/2025", TIME_DATES, NEW_YEAR - 86400, 0 },
	{ "12/31/2025 3:05 PM", TIME_DATES, NEW_YEAR - 32100, 0 },
	{ "12/31/2025, 3:05:10 p.m.", TIME_DATES, NEW_YEAR - 32090, 0 },
	{ "12/31/2025 12:00 AM", TIME_DATES, NEW_YEAR - 86400, 0 },
	{ "12/31/2025 12:30pm", TIME_DATES, NEW_YEAR - 41400, 0 },
	{ "31-12-25", TIME_DATES, NEW_YEAR - 86400, 0 },
	{ "31/12/69", TIME_DATES, -86400, 0 },
	{ "12/31/68", TIME_DATES, INT64_C(3124137600), 0 },
	{ "1.2.2026", TIME_DATES, NEW_YEAR + 31 * 86400, 0 },
	{ "1/2/2026", TIME_DATES, NEW_YEAR + 86400, 0 },
	/* names */
	{ "Jan 1 2000", TIME_DATES, 946684800, 0 },
	{ "January 1, 2000", TIME_DATES, 946684800, 0 },
	{ "Jan. 1, 2000 10:15", TIME_DATES, 946721700, 0 },
	{ "1 Jan 2000", TIME_DATES, 946684800, 0 },
	{ "01-JAN-2000", TIME_DATES, 946684800, 0 },
	{ "1-Jan-00", TIME_DATES, 946684800, 0 },
	{ "1. January 2000", TIME_DATES, 946684800, 0 },
	{ "2000-Jan-01", TIME_DATES, 946684800, 0 },
	{ "Jan 2000", TIME_DATES, 946684800, 0 },
	{ "17/May/2015:10:05:03 +0000", TIME_DATES, 1431857103, 0 },
	{ "17/May/2015:12:05:03 +0200", TIME_DATES, 1431857103, 0 },
	{ "Sun, 17 May 2015 10:05:03 GMT", TIME_DATES, 1431857103, 0 },
	{ "Sun May 17 10:05:03 2015", TIME_DATES, 1431857103, 0 },
	{ "Sun May 17 10:05:03 UTC 2015", TIME_DATES, 1431857103, 0 },
	{ "Sunday, May 17, 2015", TIME_DATES, 1431820800, 0 },
	{ "17 Sept 2015", TIME_DATES, 1442448000, 0 },
	/* clocks */
	{ "10:15:00", TIME_CLOCKS, 36900, 0 },
	{ "10:15", TIME_CLOCKS, 36900, 0 },
	{ "9:05", TIME_CLOCKS, 32700, 0 },
	{ "10.15.00", TIME_CLOCKS, 36900, 0 },
	{ "18.00.00", TIME_CLOCKS, 64800, 0 },
	{ "18.00.00.5", TIME_CLOCKS, 64800, 500000000 },
	{ "3:05 PM", TIME_CLOCKS, 54300, 0 },
	{ "12:05 AM", TIME_CLOCKS, 300, 0 },
	{ "3 PM", TIME_CLOCKS, 54000, 0 },
	{ "10:15:00.123456789", TIME_CLOCKS, 36900, 123456789 },
	{ "10:15:00Z", TIME_CLOCKS, 36900, 0 },
	/* whole numbers */
	{ "20260101", TIME_DAYS, NEW_YEAR, 0 },
	{ "1767225600", TIME_EPOCHS, NEW_YEAR, 0 },
	{ "1767225600.25", TIME_EPOCHS, NEW_YEAR, 250000000 },
	{ "1767225600123", TIME_EPOCHS, NEW_YEAR, 123000000 },
	{ "1767225600123.5", TIME_EPOCHS, NEW_YEAR, 123500000 },
	{ "1767225600123456", TIME_EPOCHS, NEW_YEAR, 123456000 },
	{ "1767225600123456789", TIME_EPOCHS, NEW_YEAR, 123456789 },
	{ "631152000", TIME_EPOCHS, 631152000, 0 },
	{ "4102444799999999999", TIME_EPOCHS, INT64_C(4102444799), 999999999 },
	{ " 2026-01-01 00:00:00\t", TIME_DATES, NEW_YEAR, 0 },
};

START_TEST(each_form_is_found_and_read)
{
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct time_guess g =
		    time_text_guess(&forms[i].text, 1, &(struct time_told){ .epochs = true });
		struct time_reader reader = time_reader_of(&g.form);
		int64_t ns;

		ck_assert_msg(g.times == 1, "%s", forms[i].text);
		ck_assert_msg(g.form.kind == forms[i].kind, "%s: %d", forms[i].text, g.form.kind);
		for (int again = 0; again < 2; again++) {
			ck_assert(time_text_read(&reader, forms[i].text, &ns) == TIME_READ);
			ck_assert_msg(ns == forms[i].seconds * TIME_SECOND + forms[i].ns,
			    "%s is %lld", forms[i].text, (long long)ns);
		}
	}
}
END_TEST

START_TEST(what_is_no_time)
{
	static const char *const wrong[] = { "", " ", "a", "abc", "1", "2026", "1959.083", "10.15",
		"3.14", "1.2.3", "192.168.1.1", "2026-13-01", "2026-02-29", "31.04.2026",
		"0.0.2026", "31/31/2026", "2026-1-1-1", "2026-01-01T", "2026-01-01T1",
		"2026-01-01 25:00", "2026-01-01T00:60", "2026-01-01T00:00:61",
		"2026-01-01T00:00:00.", "2026-01-01X00:00", "2026-01-01T00:00:00+",
		"2026-01-01T00:00:00+1", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+02:60",
		"2026-01-01T00:00:00+02:", "2026-01-01T00:00:00Zx", "2026-01-01Z",
		"2026-01-01T00:00:00ZZ", "2300-01-01", "1600-01-01", "2026-W54", "2026-W00",
		"2021-W53", "2026-W01-8", "13:05 PM", "0:05 AM", "24:01:00", "10:15:61", "10:5",
		"10:15:", "Janu 1 2000", "Jan 32 2000", "Foo 1 2000", "1 Jan", "Jan 1", "Jan 1 200",
		"1-Jan/2000", "May", "Monday", "20261301", "2026010", "202601011", "20260101101500",
		"306", "0", "-1767225600", "631151999", "4102444800", "1e9", "1767225600.",
		"1767225600x", "17672256001234567890", "1 2 3", "12-34", "1/2", "555-1234", "00501",
		"A-2026-01-01", "+10:15", "10:15:00.5x", "2026/01-01", "2026-01-01 10:15:00:5",
		"2026-01-01T00:00:00                                    "
		"                      Z" };

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct time_guess g =
		    time_text_guess(&wrong[i], 1, &(struct time_told){ .epochs = true });

		ck_assert_msg(g.times == 0 && g.form.kind == TIME_NO_FORM, "'%s' is of kind %d",
		    wrong[i], g.form.kind);
	}
	ck_assert(
	    time_text_guess(&(const char *){ "1767225600" }, 1, &(struct time_told){ 0 }).times ==
	    0);
}
END_TEST

START_TEST(the_kind_is_the_one_that_reads_most)
{
	static const char *const clocks[] = { "08.10.00", "09.10.00", "10.10.00" };
	static const char *const minutes[] = { "10.05.00", "10.06.00", "10.07.00" };
	static const char *const dates[] = { "08.10.25", "09.10.25", "10.10.25" };
	static const char *const days[] = { "20240101", "20240102", "20240103" };
	static const char *const no_days[] = { "20240101", "20240102", "20249999" };
	static const char *const epochs[] = { "1767225600", "1767225601", "17" };
	static const char *const typo[] = { "2026-01-01", "2026-01-02", "soon" };
	static const char *const hours[] = { "17.00.00", "18.00.00", "19.00.00" };
	struct time_told told = { .epochs = true };

	ck_assert_int_eq(time_text_guess(hours, 3, &told).form.kind, TIME_CLOCKS);
	/* either by its cells: what goes on in more even steps, else a date */
	ck_assert_int_eq(time_text_guess(minutes, 3, &told).form.kind, TIME_CLOCKS);
	ck_assert_int_eq(
	    time_text_guess(clocks, 3, &told).form.kind, TIME_DATES); /* 8 October 2000 */
	ck_assert_int_eq(time_text_guess(dates, 3, &told).form.kind, TIME_DATES);
	ck_assert_int_eq(time_text_guess(days, 3, &told).form.kind, TIME_DAYS);
	ck_assert_int_eq(time_text_guess(no_days, 3, &told).times, 0);
	ck_assert_int_eq(time_text_guess(epochs, 3, &told).times, 2);
	ck_assert_int_eq(time_text_guess(typo, 3, &told).times, 2);
	ck_assert_int_eq(time_text_guess(NULL, 0, &told).form.kind, TIME_NO_FORM);
}
END_TEST

START_TEST(a_format_is_told)
{
	static const struct {
		const char *format, *text;
		int64_t seconds, ns;
	} told[] = {
		{ "%Y_%m_%d %H-%M-%S.%f", "2026_01_01 10-15-00.25", NEW_YEAR + 36900, 250000000 },
		{ "%S.%N %d%m%y %H%M", "07.000000001 010126 1015", NEW_YEAR + 36907, 1 },
		{ "%I:%M:%S.%f %p", "03:05:00.5 PM", 54300, 500000000 },
		{ "%Y-%m-%dT%H:%M:%S%z", "2026-01-01T10:15:00+02:00", NEW_YEAR + 29700, 0 },
		{ "%Y-%m-%dT%H:%M:%S%z", "2026-01-01T10:15:00Z", NEW_YEAR + 36900, 0 },
		{ "%d %B %Y", "1 January 2026", NEW_YEAR, 0 },
		{ "%Y-%j", "2026-032", NEW_YEAR + 31 * 86400, 0 },
		{ "%s", "1767225600", NEW_YEAR, 0 },
		{ "%H:%M:%S", "23:59:60", 86400, 0 },
	};
	int64_t ns;

	setenv("TZ", "Asia/Tokyo", 1); /* is nothing to it */
	for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
		struct time_told options = { .format = told[i].format };
		struct time_guess g = time_text_guess(&told[i].text, 1, &options);
		struct time_reader reader = time_reader_of(&g.form);

		ck_assert_msg(g.form.kind == TIME_STRPTIME, "%s", told[i].text);
		ck_assert(time_text_read(&reader, told[i].text, &ns) == TIME_READ);
		ck_assert_msg(ns == told[i].seconds * TIME_SECOND + told[i].ns, "%s is %lld",
		    told[i].text, (long long)ns);
	}
	ck_assert(time_text_guess(&(const char *){ "31.02.2026" }, 1,
		      &(struct time_told){ .format = "%d.%m.%Y" })
		      .times == 0);
	ck_assert(time_text_guess(&(const char *){ "1.2.2026x" }, 1,
		      &(struct time_told){ .format = "%d.%m.%Y" })
		      .times == 0);
	ck_assert(
	    time_text_guess(&(const char *){ "10." }, 1, &(struct time_told){ .format = "%S.%f" })
		.times == 0);
}
END_TEST

/* A reader that has read another text says the same of a text as a fresh one: for texts of which a
 * byte was changed, left out or doubled. */
START_TEST(what_was_read_before_changes_nothing)
{
	struct rng r = { 7 };

	for (int i = 0; i < 200000; i++) {
		const char *first = forms[rng_next(&r) % (sizeof forms / sizeof forms[0])].text;
		struct time_guess g =
		    time_text_guess(&first, 1, &(struct time_told){ .epochs = true });
		struct time_reader used = time_reader_of(&g.form), fresh;
		size_t n = strlen(first), at = rng_next(&r) % n;
		char text[80];
		int64_t a = TIME_NONE, b = TIME_NONE;

		g.form.settled = true;
		used = time_reader_of(&g.form);
		time_read(&used, first, n, &a);
		fresh = time_reader_of(&g.form);
		strcpy(text, first);
		switch (rng_next(&r) % 3) {
		case 0:
			text[at] = "0123456789:. +ZT-/"[rng_next(&r) % 18];
			break;
		case 1:
			memmove(text + at, text + at + 1, n - at);
			break;
		default:
			memmove(text + at + 1, text + at, n - at + 1);
		}
		a = b = TIME_NONE;
		ck_assert_msg(
		    time_text_read(&used, text, &a) == time_text_read(&fresh, text, &b) && a == b,
		    "'%s' behind '%s': %lld, not %lld", text, first, (long long)a, (long long)b);
	}
}
END_TEST

/* A cell that is refused at its end has left nothing behind of what was read of it. */
START_TEST(what_is_no_time_leaves_no_time)
{
	static const struct time_told plain = { 0 }, epochs = { .epochs = true },
				      told = { .format = "%Y-%m-%d" };
	static const char *const bad[] = { "1767225600.5x", "1767225600.000012\x8d", "",
		"2026-01-01x" };
	struct time_reader readers[] = { time_text_reader("2026-01-01", &plain),
		time_text_reader("1767225600", &epochs), time_text_reader("2026-01-01", &told) };
	static const enum time_kind kinds[] = { TIME_DATES, TIME_EPOCHS, TIME_STRPTIME };

	for (size_t r = 0; r < sizeof readers / sizeof *readers; r++) {
		int64_t ns;

		ck_assert_int_eq(readers[r].form.kind, kinds[r]);
		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
			ck_assert_int_eq(time_text_read(&readers[r], bad[i], &ns), TIME_BAD);
			ck_assert_int_eq(ns, TIME_NONE);
		}
		ck_assert_int_eq(time_read(&readers[r], NULL, 0, &ns), TIME_BAD);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("time_form");
	TCase *c = tcase_create("time_form");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, each_form_is_found_and_read);
	tcase_add_test(c, what_is_no_time);
	tcase_add_test(c, the_kind_is_the_one_that_reads_most);
	tcase_add_test(c, a_format_is_told);
	tcase_add_test(c, what_was_read_before_changes_nothing);
	tcase_add_test(c, what_is_no_time_leaves_no_time);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
