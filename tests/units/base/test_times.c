/* test_times.c - instants and durations against the C library's calendar. */
#include "data/base/times/times.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/support.h"

static bool
parse(const char *text, bool epoch, int64_t *ns)
{
	size_t n = strlen(text);
	char *copy = malloc(n > 0 ? n : 1);
	bool ok;

	memcpy(copy, text, n);
	*ns = TIME_NONE;
	ok = time_parse(copy, n, epoch, ns);
	free(copy);
	return ok;
}

#define NEW_YEAR INT64_C(1767225600) /* 2026-01-01T00:00:00Z */

static const struct {
	const char *text;
	int64_t seconds, ns;
} times[] = {
	{ "2026-01-01", NEW_YEAR, 0 },
	{ "2026-01-01T00:00:00Z", NEW_YEAR, 0 },
	{ "2026-01-01 00:00:00", NEW_YEAR, 0 },
	{ "2026-01-01T00:00", NEW_YEAR, 0 },
	{ "  2026-01-01 00:00:00\t", NEW_YEAR, 0 },
	{ "2026-01-01t00:00:00z", NEW_YEAR, 0 },
	{ "2026-01-01 00:00:00.5", NEW_YEAR, 500000000 },
	{ "2026-01-01 00:00:00,123", NEW_YEAR, 123000000 },
	{ "2026-01-01T00:00:00.123456789Z", NEW_YEAR, 123456789 },
	{ "2026-01-01T00:00:00.1234567899Z", NEW_YEAR, 123456789 },
	{ "2026-01-01T02:00:00+02:00", NEW_YEAR, 0 },
	{ "2026-01-01T02:00:00+0200", NEW_YEAR, 0 },
	{ "2026-01-01T02:00:00 +0200", NEW_YEAR, 0 },
	{ "2025-12-31T19:00:00-05", NEW_YEAR, 0 },
	{ "2026-01-01T05:30:00.25+05:30", NEW_YEAR, 250000000 },
	{ "2025-12-31T24:00:00Z", NEW_YEAR, 0 },
	{ "1970-01-01T00:00:00Z", 0, 0 },
	{ "1969-12-31T23:59:59.5Z", -1, 500000000 },
	{ "2000-02-29", 951782400, 0 },
	{ "2016-12-31T23:59:60Z", 1483228800, 0 },
	{ "2016-12-31T23:59:60.25Z", 1483228800, 250000000 },
	{ "2017-01-01T05:29:60+05:30", 1483228800, 0 },
};

START_TEST(times_are_read)
{
	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
		int64_t ns;

		ck_assert_msg(parse(times[i].text, false, &ns), "%s", times[i].text);
		ck_assert_msg(ns == times[i].seconds * TIME_SECOND + times[i].ns, "%s is %lld",
		    times[i].text, (long long)ns);
	}
}
END_TEST

START_TEST(what_is_no_time)
{
	static const char *const wrong[] = { "", " ", "abc", "2026", "2026-1-1-1", "2026-13-01",
		"2026-00-10", "2026-02-29", "1900-02-29", "2026-04-31", "2026-01-00", "0000-01-01",
		"2026-01-01T", "2026-01-01T1", "2026-01-01T25:00:00", "2026-01-01T24:00:01",
		"2026-01-01T00:60:00", "2026-01-01T00:00:61", "2026-01-01T00:00:00.",
		"2026-01-01X00:00", "2026-01-01T00:00:00+", "2026-01-01T00:00:00+1",
		"2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+02:60",
		"2026-01-01T00:00:00+02:", "2026-01-01T00:00:00Zx", "2026-01-01Z",
		"2026-01-01T00:00:00ZZ", "12:00:00", "2300-01-01", "1600-01-01", "1767225600",
		"20260101" };

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		int64_t ns;

		ck_assert_msg(!parse(wrong[i], false, &ns), "'%s'", wrong[i]);
		ck_assert(ns == TIME_NONE);
	}
}
END_TEST

static const struct {
	const char *text;
	int64_t ns;
} epochs[] = {
	{ "0", 0 },
	{ "1767225600", NEW_YEAR *TIME_SECOND },
	{ "1767225600.25", NEW_YEAR *TIME_SECOND + 250000000 },
	{ "1767225600.123456789", NEW_YEAR *TIME_SECOND + 123456789 },
	{ "-1.5", -1500000000 },
	{ "1767225600123", NEW_YEAR *TIME_SECOND + 123000000 },
	{ "1767225600123456", NEW_YEAR *TIME_SECOND + 123456000 },
	{ "1767225600123456789", NEW_YEAR *TIME_SECOND + 123456789 },
	{ "-1767225600123", -(NEW_YEAR *TIME_SECOND + 123000000) },
	{ "9223372036", INT64_C(9223372036) * TIME_SECOND },
};

START_TEST(epochs_are_told_by_size)
{
	static const char *const wrong[] = { "-", ".", "1.", ".5", "1e9", "1767225600.",
		"17672256x", "9223372037", "99999999999", "99999999999999999999", "1767225600123.5",
		"+1", "--1" };
	int64_t ns;

	for (size_t i = 0; i < sizeof epochs / sizeof epochs[0]; i++) {
		ck_assert_msg(parse(epochs[i].text, true, &ns), "%s", epochs[i].text);
		ck_assert_msg(ns == epochs[i].ns, "%s is %lld", epochs[i].text, (long long)ns);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		ck_assert_msg(!parse(wrong[i], true, &ns), "%s is %lld", wrong[i], (long long)ns);
}
END_TEST

START_TEST(calendar_agrees_with_the_library)
{
	struct rng r = { 1 };
	char ours[TIME_CHARS + 1], theirs[64];

	for (int i = 0; i < 200000; i++) {
		int64_t ns = (int64_t)rng_next(&r), back;
		time_t seconds = ns / TIME_SECOND - (ns % TIME_SECOND < 0);
		struct tm tm;

		if (ns == TIME_NONE)
			continue;
		ours[time_format(ns, ours)] = '\0';
		gmtime_r(&seconds, &tm);
		strftime(theirs, sizeof theirs, "%Y-%m-%dT%H:%M:%S", &tm);
		if (memcmp(ours, theirs, strlen(theirs)) != 0)
			ck_abort_msg("%s is not %s", ours, theirs);
		if (!parse(ours, false, &back) || back != ns)
			ck_abort_msg(
			    "%s is read as %lld, not %lld", ours, (long long)back, (long long)ns);
	}
}
END_TEST

static void
check_written(int64_t ns, const char *expected)
{
	char text[TIME_CHARS + 1];

	text[time_format(ns, text)] = '\0';
	ck_assert_str_eq(text, expected);
}

START_TEST(times_are_written)
{
	int64_t t = NEW_YEAR * TIME_SECOND;

	check_written(t, "2026-01-01T00:00:00Z");
	check_written(t + 500000000, "2026-01-01T00:00:00.500Z");
	check_written(t + 500, "2026-01-01T00:00:00.000000500Z");
	check_written(t + 5000, "2026-01-01T00:00:00.000005Z");
	check_written(t - 1, "2025-12-31T23:59:59.999999999Z");
	check_written(-1, "1969-12-31T23:59:59.999999999Z");
	check_written(INT64_MAX, "2262-04-11T23:47:16.854775807Z");
	check_written(INT64_MIN + 1, "1677-09-21T00:12:43.145224193Z");
	check_written(TIME_NONE, "");
	ck_assert(parse("1677-09-21T00:12:43.145224193Z", false, &t) && t == INT64_MIN + 1);
	ck_assert(!parse("1677-09-21T00:12:43.145224192Z", false, &t));
	ck_assert(parse("2262-04-11T23:47:16.854775807Z", false, &t) && t == INT64_MAX);
	ck_assert(!parse("2262-04-11T23:47:16.854775808Z", false, &t));
	ck_assert(time_seconds(1500000000) == 1.5);
}
END_TEST

static const struct {
	const char *text;
	size_t taken;
	int64_t ns;
	const char *canonical;
} durations[] = {
	{ "500ms", 5, 500000000, "500ms" },
	{ "5s", 2, 5 * TIME_SECOND, "5s" },
	{ "10m", 3, 600 * TIME_SECOND, "10m" },
	{ "2h", 2, 7200 * TIME_SECOND, "2h" },
	{ "1d", 2, 86400 * TIME_SECOND, "1d" },
	{ "1w", 2, 604800 * TIME_SECOND, "1w" },
	{ "1h30m", 5, 5400 * TIME_SECOND, "1h30m" },
	{ "90s", 3, 90 * TIME_SECOND, "1m30s" },
	{ "1.5s", 4, 1500000000, "1s500ms" },
	{ "7us", 3, 7000, "7us" },
	{ "7\xc2\xb5s", 4, 7000, "7us" },
	{ "9ns", 3, 9, "9ns" },
	{ "0s", 2, 0, "0s" },
	{ "0.1s", 4, 100000000, "100ms" },
	{ "1m1m", 4, 120 * TIME_SECOND, "2m" },
	{ "5m, 3", 2, 300 * TIME_SECOND, "5m" },
	{ "5m)", 2, 300 * TIME_SECOND, "5m" },
	{ "1h 30m", 2, 3600 * TIME_SECOND, "1h" },
	{ "9223372036854775807ns", 0, 0, NULL },
	{ "15250w", 6, INT64_C(15250) * 604800 * TIME_SECOND, "15250w" },
	{ "15251w", 0, 0, NULL },
	{ "15250w1w", 0, 0, NULL },
	{ "60", 0, 0, NULL },
	{ "", 0, 0, NULL },
	{ "5mean", 0, 0, NULL },
	{ "5min", 0, 0, NULL },
	{ "5 s", 0, 0, NULL },
	{ "s", 0, 0, NULL },
	{ ".5s", 0, 0, NULL },
	{ "1.s", 0, 0, NULL },
	{ "1.2.3s", 0, 0, NULL },
	{ "-5s", 0, 0, NULL },
	{ "5M", 0, 0, NULL },
	{ "5s_", 0, 0, NULL },
	{ "5\xc2", 0, 0, NULL },
	{ "99999999999999999999999999999s", 0, 0, NULL },
};

START_TEST(durations_are_read_and_written)
{
	char text[TIME_CHARS + 1];

	for (size_t i = 0; i < sizeof durations / sizeof durations[0]; i++) {
		int64_t ns = -7;
		size_t n = duration_parse(durations[i].text, strlen(durations[i].text), &ns);

		ck_assert_msg(n == durations[i].taken, "%s: took %zu", durations[i].text, n);
		ck_assert_msg(ns == (n > 0 ? durations[i].ns : -7), "%s: %lld", durations[i].text,
		    (long long)ns);
		if (n == 0)
			continue;
		text[duration_format(ns, text)] = '\0';
		ck_assert_str_eq(text, durations[i].canonical);
	}
}
END_TEST

START_TEST(durations_read_back)
{
	struct rng r = { 5 };
	char text[TIME_CHARS + 1];
	int64_t back;

	for (int i = 0; i < 100000; i++) {
		int64_t ns = (int64_t)(rng_next(&r) >> (1 + rng_next(&r) % 63));
		int n = duration_format(ns, text);

		if (n >= TIME_CHARS || duration_parse(text, (size_t)n, &back) != (size_t)n ||
		    back != ns)
			ck_abort_msg("%lld is written as %.*s", (long long)ns, n, text);
	}
	text[duration_format(INT64_MAX, text)] = '\0';
	ck_assert_str_eq(text, "15250w1d23h47m16s854ms775us807ns");
	text[duration_format(-90 * TIME_SECOND, text)] = '\0';
	ck_assert_str_eq(text, "-1m30s");
}
END_TEST

START_TEST(spans_as_people_say_them)
{
	static const struct {
		int64_t ns;
		const char *text;
	} cases[] = { { 343000000, "343ms" }, { 2343000000, "2.3s" }, { 2000000000, "2s" },
		{ 24532000000, "24s" }, { 11545000000000, "3h12m" }, { 90500000000, "1m30s" } };
	char text[TIME_CHARS + 1];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		duration_words(cases[i].ns, text);
		ck_assert_str_eq(text, cases[i].text);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("times");
	TCase *c = tcase_create("times");

	tcase_add_test(c, times_are_read);
	tcase_add_test(c, what_is_no_time);
	tcase_add_test(c, epochs_are_told_by_size);
	tcase_add_test(c, calendar_agrees_with_the_library);
	tcase_add_test(c, times_are_written);
	tcase_add_test(c, durations_are_read_and_written);
	tcase_add_test(c, durations_read_back);
	tcase_add_test(c, spans_as_people_say_them);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
