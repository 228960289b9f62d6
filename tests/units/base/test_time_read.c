/* test_time_read.c - times of a zone, of two columns, and as the C library writes them. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/base/times/times.h"
#include "tests/support.h"
#include "tests/time_texts.h"

START_TEST(a_zone_holds_for_times_without_one)
{
	static const struct {
		const char *text;
		enum time_result result;
		const char *utc;
	} rows[] = {
		{ "2026-03-28 12:00:00", TIME_READ, "2026-03-28T11:00:00Z" },
		{ "2026-03-28 12:00:00Z", TIME_READ, "2026-03-28T12:00:00Z" },
		{ "2026-03-29 01:59:59", TIME_READ, "2026-03-29T00:59:59Z" },
		{ "2026-03-29 02:30:00", TIME_SKIPPED, "2026-03-29T01:30:00Z" },
		{ "2026-03-29 02:30:01", TIME_SKIPPED, "2026-03-29T01:30:01Z" },
		{ "2026-03-29 03:30:00", TIME_READ, "2026-03-29T01:30:00Z" },
		{ "2026-10-25 01:00:00", TIME_READ, "2026-10-24T23:00:00Z" },
		{ "2026-10-25 02:00:00", TIME_TWICE, "2026-10-25T00:00:00Z" },
		{ "2026-10-25 02:30:00.5", TIME_TWICE, "2026-10-25T00:30:00.500Z" },
		{ "2026-10-25 03:00:00", TIME_READ, "2026-10-25T02:00:00Z" },
		{ "2026-10-26", TIME_READ, "2026-10-25T23:00:00Z" },
	};
	struct error err;
	struct zone *zone = zone_open("CET-1CEST,M3.5.0,M10.5.0/3", &err);
	struct time_told told = { .zone = zone };
	struct time_guess g = time_text_guess(&(const char *){ "2026-03-28 12:00:00" }, 1, &told);
	struct time_reader reader = time_reader_of(&g.form);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char text[TIME_CHARS + 1];
		int64_t ns;

		ck_assert_msg(time_text_read(&reader, rows[i].text, &ns) == rows[i].result, "%s",
		    rows[i].text);
		text[time_format(ns, text)] = '\0';
		ck_assert_str_eq(text, rows[i].utc);
	}
	zone_close(zone);
}
END_TEST

static void
check_both(const char *date, const char *clock, const struct time_told *told, const char *utc)
{
	struct time_guess d = time_text_guess(&date, 1, told), c = time_text_guess(&clock, 1, told);
	struct time_reader day = time_reader_of(&d.form), of_day = time_reader_of(&c.form);
	char text[TIME_CHARS + 1];
	int64_t ns;

	ck_assert(time_read_both(&day, date, strlen(date), &of_day, clock, strlen(clock), &ns) !=
		  TIME_BAD);
	text[time_format(ns, text)] = '\0';
	ck_assert_str_eq(text, utc);
}

START_TEST(a_date_and_a_clock_are_one_time)
{
	struct time_told told = { 0 };
	struct time_reader date, clock;
	struct time_guess g;
	int64_t ns;

	check_both("2025-01-01", "10:00:00", &told, "2025-01-01T10:00:00Z");
	check_both("10/13/2004", "18.00.00", &told, "2004-10-13T18:00:00Z");
	check_both("20250101", "3:05 PM", &told, "2025-01-01T15:05:00Z");
	check_both("2025-01-01", "10:00:00.5+02:00", &told, "2025-01-01T08:00:00.500Z");
	check_both("2025-01-01 00:00:00", "10:00", &told, "2025-01-01T10:00:00Z");
	/* the zone is looked at when both are known: at midnight it was another */
	told.zone = zone_open("CET-1CEST,M3.5.0,M10.5.0/3", NULL);
	check_both("2026-03-29", "12:00", &told, "2026-03-29T10:00:00Z");
	zone_close(told.zone);
	told.zone = NULL;

	g = time_text_guess(&(const char *){ "01/02/2026" }, 1, &told);
	date = time_reader_of(&g.form);
	g = time_text_guess(&(const char *){ "10:00" }, 1, &told);
	clock = time_reader_of(&g.form);
	ck_assert(time_read_both(&date, "13/02/2026", 10, &clock, "10:00", 5, &ns) == TIME_SETTLED);
	ck_assert(time_read_both(&date, "13/02/2026", 10, &clock, "1000", 4, &ns) == TIME_BAD);
	ck_assert(time_read_both(&date, "", 0, &clock, "10:00", 5, &ns) == TIME_BAD);
}
END_TEST

static const char *const printers[] = { "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y%m%dT%H%M%SZ",
	"%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d/%b/%Y:%H:%M:%S +0000",
	"%a, %d %b %Y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y", "%B %d, %Y %H:%M:%S",
	"%d-%m-%y %H.%M.%S", "%m/%d/%y, %T UTC", "%s", "%G-W%V-%uT%H:%M:%S" };
enum { PRINTERS = sizeof printers / sizeof printers[0] };

/* Written by the C library and read back: in steps that stay within a minute, a day, or neither,
 * with one reader, which keeps what it read, and with a fresh one for each text. */
START_TEST(what_the_library_writes_is_read_back)
{
	static const int64_t steps[] = { 1, 61, 5000, 86399, 12345678 };
	size_t (*print)(char *, size_t, const char *, const struct tm *) = strftime;
	struct rng r = { 6 };

	setenv("TZ", "UTC", 1);
	tzset();
	for (int p = 0; p < PRINTERS; p++) {
		char texts[100][64];
		struct time_cell cells[100];
		int64_t at[100];
		struct time_guess g;
		struct time_reader reader;

		for (int i = 0; i < 100; i++) {
			struct tm tm;
			time_t t =
			    i == 0 ? 978307200
				   : (time_t)at[i - 1] +
					 (time_t)(rng_next(&r) % (uint64_t)steps[rng_next(&r) % 5]);

			at[i] = t;
			gmtime_r(&t, &tm);
			cells[i].n = print(texts[i], sizeof texts[i], printers[p], &tm);
			cells[i].s = texts[i];
		}
		g = time_form_guess(cells, 100, &(struct time_told){ .epochs = true });
		ck_assert_msg(g.times == 100, "%s: %d", printers[p], g.times);
		reader = time_reader_of(&g.form);
		for (int i = 0; i < 100; i++) {
			struct time_reader fresh = time_reader_of(&g.form);
			int64_t ns, anew;

			ck_assert(time_text_read(&reader, texts[i], &ns) == TIME_READ);
			ck_assert(time_text_read(&fresh, texts[i], &anew) == TIME_READ);
			ck_assert_msg(ns == at[i] * TIME_SECOND, "%s: %lld", texts[i],
			    (long long)ns / TIME_SECOND);
			ck_assert_int_eq(anew, ns);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("time_read");
	TCase *c = tcase_create("time_read");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_zone_holds_for_times_without_one);
	tcase_add_test(c, a_date_and_a_clock_are_one_time);
	tcase_add_test(c, what_the_library_writes_is_read_back);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
