/* test_zone.c - zones against the C library, which reads the same tz data. */
#include "data/base/times/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/support.h"

static const char *const zones[] = { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
	"Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "America/St_Johns", "Asia/Tehran",
	"Europe/Dublin", "UTC", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0",
	"NZST-12NZDT,M9.5.0,M4.1.0/3", "<+0330>-3:30", "IST-1GMT0,M10.5.0,M3.5.0/1",
	"AAA3BBB,J60/0,300/-2" };
enum { ZONES = sizeof zones / sizeof zones[0] };

static bool
have_tz_data(void)
{
	return access("/usr/share/zoneinfo/Europe/Berlin", R_OK) == 0;
}

static struct zone *
opened(const char *name)
{
	struct error err = { 0 };
	struct zone *z = zone_open(name, &err);

	ck_assert_msg(z != NULL, "%s", err.text);
	setenv("TZ", name, 1);
	tzset();
	return z;
}

static int64_t
library_east(int64_t utc)
{
	time_t t = utc;
	struct tm tm;

	localtime_r(&t, &tm);
	return tm.tm_gmtoff;
}

/* What the clocks of the library's zone showed at that instant. */
static int64_t
library_wall(int64_t utc)
{
	return utc + library_east(utc);
}

/* The first instant at which they showed it, and how many there were, by trying each offset that
 * holds within a day; INT64_MAX: never. */
static int64_t
library_utc(int64_t wall, int *fits)
{
	int64_t first = INT64_MAX;

	*fits = 0;
	for (int64_t near = wall - 86400; near <= wall + 86400; near += 900) {
		int64_t utc = wall - library_east(near);

		if (library_wall(utc) != wall || utc == first)
			continue;
		++*fits;
		if (utc < first)
			first = utc;
	}
	return first;
}

START_TEST(instants_have_the_offsets_of_the_library)
{
	struct rng r = { 3 };

	for (int i = 0; i < ZONES; i++) {
		struct zone *z = opened(zones[i]);

		for (int k = 0; k < 20000; k++) {
			/* 1700 to 2260, most of them in our days; of rules alone, the library
			 * knows those from 1970 on */
			bool far = k % 4 == 0;
			uint64_t range = far ? UINT64_C(17600000000) : 4000000000;
			int64_t utc = (int64_t)(rng_next(&r) % range) -
				      (far ? INT64_C(8500000000) : 500000000);

			if (strpbrk(zones[i], ",<") != NULL && utc < 0)
				utc = -utc;
			ck_assert_msg(zone_east(z, utc) == library_east(utc),
			    "%s at %lld: %d, not %lld", zones[i], (long long)utc, zone_east(z, utc),
			    (long long)library_east(utc));
		}
		zone_close(z);
	}
}
END_TEST

/* Around each change of the offset, a step before and behind, and at random. */
START_TEST(wall_times_are_the_first_instant_that_showed_them)
{
	struct rng r = { 4 };

	for (int i = 0; i < ZONES; i++) {
		struct zone *z = opened(zones[i]);
		int64_t before = 0;
		int twice = 0;

		for (int64_t utc = 0; utc < INT64_C(4100000000); utc += 6 * 3600) {
			int64_t at = utc, wall, ours;
			int fits;

			if (library_east(utc) == before && rng_next(&r) % 300 != 0)
				continue;
			before = library_east(utc);
			at += (int64_t)(rng_next(&r) % (12 * 3600)) - 9 * 3600;
			wall = library_wall(at);
			enum zone_fit fit = zone_utc(z, wall, &ours);

			ck_assert_msg(ours == library_utc(wall, &fits), "%s %lld: %lld", zones[i],
			    (long long)wall, (long long)ours);
			ck_assert(fit == (fits > 1 ? ZONE_TWICE : ZONE_ONCE));
			twice += fit == ZONE_TWICE;
		}
		ck_assert(twice > 0 || i == 3 || strstr(zones[i], "UTC") != NULL ||
			  strchr(zones[i], '<') != NULL);
		zone_close(z);
	}
}
END_TEST

START_TEST(what_clocks_skip_is_moved_on)
{
	struct zone *z = opened("Europe/Berlin");
	int64_t utc, gap = 1774749600; /* 2026-03-29T02:00 on the wall, which showed 03:00 then */

	ck_assert(zone_utc(z, gap - 1, &utc) == ZONE_ONCE && utc == gap - 3600 - 1);
	ck_assert(zone_utc(z, gap, &utc) == ZONE_SKIPPED && utc == gap - 3600);
	ck_assert(zone_utc(z, gap + 1800, &utc) == ZONE_SKIPPED && utc == gap - 3600 + 1800);
	ck_assert(zone_utc(z, gap + 3599, &utc) == ZONE_SKIPPED && utc == gap - 1);
	ck_assert(zone_utc(z, gap + 3600, &utc) == ZONE_ONCE && utc == gap - 3600);
	/* 2026-10-25: 02:00 to 03:00 comes twice */
	gap = 1792893600;
	ck_assert(zone_utc(z, gap - 1, &utc) == ZONE_ONCE && utc == gap - 7200 - 1);
	ck_assert(zone_utc(z, gap, &utc) == ZONE_TWICE && utc == gap - 7200);
	ck_assert(zone_utc(z, gap + 3599, &utc) == ZONE_TWICE && utc == gap - 7200 + 3599);
	ck_assert(zone_utc(z, gap + 3600, &utc) == ZONE_ONCE && utc == gap);
	zone_close(z);
	/* a whole day that Samoa left out: 2011-12-30 */
	z = opened("Pacific/Apia");
	ck_assert(zone_utc(z, 1325203200 + 43200, &utc) == ZONE_SKIPPED);
	ck_assert_int_eq(utc, 1325203200 + 43200 + 10 * 3600);
	zone_close(z);
}
END_TEST

/* What is remembered of the wall time before is of no harm to one that goes back over a change. */
START_TEST(wall_times_that_go_back)
{
	static const int64_t spring = 1774746000, autumn = 1792890000; /* 2026, 01:00 UTC */
	struct zone *z = opened("Europe/Berlin");
	int64_t utc;

	for (int64_t s = -4 * 3600; s < 4 * 3600; s += 1800) {
		ck_assert(zone_utc(z, spring + 86400 + 7200, &utc) == ZONE_ONCE);
		ck_assert_int_eq(utc, spring + 86400);
		ck_assert(zone_utc(z, spring + s + (s < 0 ? 3600 : 7200), &utc) == ZONE_ONCE);
		ck_assert_int_eq(utc, spring + s);
		ck_assert(zone_utc(z, autumn + 86400 + 3600, &utc) == ZONE_ONCE);
		ck_assert_int_eq(utc, autumn + 86400);
		zone_utc(z, autumn + s + (s < 0 ? 7200 : 3600), &utc);
		ck_assert_int_eq(utc, s >= 0 && s < 3600 ? autumn + s - 3600 : autumn + s);
	}
	zone_close(z);
}
END_TEST

START_TEST(names_that_are_zones_and_those_that_are_none)
{
	static const struct {
		const char *name;
		int east;
	} offsets[] = { { "+02:00", 7200 }, { "-0330", -12600 }, { "+05", 18000 }, { "Z", 0 } };
	static const char *const wrong[] = { "", "Europe", "Nowhere/There", "../../etc/passwd",
		"/etc/localtime", "zone.tab", "leapseconds", "+24:00", "+2:0:0", "+", "CE",
		"CET-1CEST", "CET-1CEST,M13.1.0,M1.1.0", "+02:00x", "right/Europe/Berlin" };
	struct error err;

	for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
		struct zone *z = zone_open(offsets[i].name, &err);

		ck_assert_msg(z != NULL, "%s", offsets[i].name);
		ck_assert_int_eq(zone_east(z, 0), offsets[i].east);
		zone_close(z);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		err.text[0] = '\0';
		ck_assert_msg(zone_open(wrong[i], &err) == NULL, "'%s'", wrong[i]);
		ck_assert_ptr_nonnull(strstr(err.text, "no time zone"));
	}
}
END_TEST

START_TEST(local_is_what_tz_says)
{
	struct zone *z;

	setenv("TZ", "Asia/Kathmandu", 1);
	z = zone_open("local", NULL);
	ck_assert_int_eq(zone_east(z, 1767225600), 20700);
	zone_close(z);
	setenv("TZ", ":/usr/share/zoneinfo/Asia/Tokyo", 1);
	z = zone_open("local", NULL);
	ck_assert_int_eq(zone_east(z, 1767225600), 32400);
	zone_close(z);
	setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1);
	z = zone_open("local", NULL);
	ck_assert_int_eq(zone_east(z, 1767225600), -18000);
	zone_close(z);
	setenv("TZ", "nothing", 1); /* as for the C library */
	z = zone_open("local", NULL);
	ck_assert_int_eq(zone_east(z, 1767225600), 0);
	zone_close(z);
}
END_TEST

/* A file that is cut anywhere, or of which any byte is changed, is read or refused. */
START_TEST(damaged_files_do_no_harm)
{
	unsigned char bytes[1 << 14], changed[1 << 14];
	char folder[] = "/tmp/weir-zone-XXXXXX", path[64];
	FILE *f = fopen("/usr/share/zoneinfo/Europe/Berlin", "rb");
	size_t n = fread(bytes, 1, sizeof bytes, f);
	struct rng r = { 5 };

	fclose(f);
	ck_assert(mkdtemp(folder) != NULL);
	setenv("TZDIR", folder, 1);
	snprintf(path, sizeof path, "%s/Zone", folder);
	for (int i = 0; i < 3000; i++) {
		size_t length = i % 2 == 0 ? n : rng_next(&r) % n;
		struct zone *z;
		int64_t utc;

		memcpy(changed, bytes, n);
		for (int k = 0; k < 3 && i % 2 == 0; k++)
			changed[rng_next(&r) % (k == 0 ? 44 : n)] = (unsigned char)rng_next(&r);
		f = fopen(path, "wb");
		fwrite(changed, 1, length, f);
		fclose(f);
		z = zone_open("Zone", NULL);
		for (int k = 0; z != NULL && k < 20; k++)
			zone_utc(z, (int64_t)(rng_next(&r) % 8000000000) - 4000000000, &utc);
		zone_close(z);
	}
	unlink(path);
	rmdir(folder);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("zone");
	TCase *c = tcase_create("zone");

	if (!have_tz_data()) {
		puts("zone: not tested, there is no tz data here (apt-get install tzdata)");
		return 0;
	}
	tcase_set_timeout(c, 60);
	tcase_add_test(c, instants_have_the_offsets_of_the_library);
	tcase_add_test(c, wall_times_are_the_first_instant_that_showed_them);
	tcase_add_test(c, what_clocks_skip_is_moved_on);
	tcase_add_test(c, wall_times_that_go_back);
	tcase_add_test(c, names_that_are_zones_and_those_that_are_none);
	tcase_add_test(c, local_is_what_tz_says);
	tcase_add_test(c, damaged_files_do_no_harm);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
