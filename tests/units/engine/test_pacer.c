/* test_pacer.c - pacing by a virtual clock. */
#include "data/engine/clocks/pacer.h"

#include <math.h>
#include <stdlib.h>

#include "data/base/times/times.h"
#include "tests/support.h"

#define MS (TIME_SECOND / 1000)
#define BOOT (INT64_C(123456) * TIME_SECOND + 789) /* the clock need not start at 0 */

static const int64_t no_stamps[256];

/* All that may go at now, asked for in blocks. */
static int64_t
take(struct pacer *p, int64_t now, int64_t *wake)
{
	int64_t gone = 0;
	int n;

	do {
		n = pacer_allow(p, no_stamps, 256, now, wake);
		gone += n;
	} while (n == 256);
	return gone;
}

static void
check_rate(double rate, int64_t every)
{
	struct pacer p = { 0 };
	int64_t gone = 0, wake, first;
	struct rng r = { 1 };

	pacer_rate(&p, rate, BOOT);
	first = take(&p, BOOT, &wake);
	ck_assert_int_eq(first, 1);
	for (int64_t t = 0; t < 10 * TIME_SECOND;) {
		gone += take(&p, BOOT + t, &wake);
		t += every > 0 ? every : (int64_t)(rng_next(&r) % (40 * MS));
	}
	gone += take(&p, BOOT + 10 * TIME_SECOND, &wake);
	ck_assert_msg(fabs((double)gone - 10 * rate) <= 1, "%lld rows in 10 s at %g/s",
	    (long long)gone, rate);
}

START_TEST(rates_are_kept)
{
	static const double rates[] = { 0.5, 10, 1000, 100000, 333.3 };

	for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
		check_rate(rates[i], MS);
		check_rate(rates[i], 8 * MS);
		check_rate(rates[i], 250 * MS);
		check_rate(rates[i], 0); /* at random */
	}
}
END_TEST

/* A caller that does nothing but sleep till wake sees one row each time, at the right time. */
START_TEST(wake_is_when_the_next_may_go)
{
	struct pacer p = { 0 };
	int64_t wake, now = BOOT;

	pacer_rate(&p, 3, now);
	for (int i = 0; i < 3000; i++) {
		if (take(&p, now, &wake) != 1)
			ck_abort_msg("row %d does not go at its time", i);
		if (llabs(now - BOOT - (int64_t)(i * 1e9 / 3)) > MS / 100)
			ck_abort_msg("row %d goes at %lld", i, (long long)(now - BOOT));
		now = wake;
	}
	ck_assert_int_eq(take(&p, now - MS, &wake), 0);
	ck_assert_int_eq(llabs(wake - now) < 1000, 1);
}
END_TEST

START_TEST(max_takes_all)
{
	struct pacer p = { 0 };
	int64_t wake;

	ck_assert_int_eq(pacer_allow(&p, no_stamps, 256, BOOT, &wake), 256);
	ck_assert_int_eq(pacer_allow(&p, no_stamps, 0, BOOT, &wake), 0);
	pacer_rate(&p, 1, BOOT);
	pacer_max(&p);
	ck_assert_int_eq(pacer_allow(&p, no_stamps, 77, BOOT, &wake), 77);
}
END_TEST

START_TEST(no_burst_follows_a_pause)
{
	struct pacer p = { 0 };
	int64_t wake, gone = 0, now = BOOT;

	pacer_rate(&p, 1000, now);
	for (; now < BOOT + TIME_SECOND; now += 10 * MS)
		gone += take(&p, now, &wake);
	ck_assert_int_eq(gone, 991); /* to 0.99 s, the first at once */
	pacer_pause(&p, true, now);
	pacer_pause(&p, true, now + 5); /* again: nothing new */
	ck_assert_int_eq(take(&p, now, &wake), 0);
	ck_assert_int_eq(wake, INT64_MAX);
	now += 3600 * TIME_SECOND;
	ck_assert_int_eq(take(&p, now, &wake), 0);
	pacer_pause(&p, false, now);
	ck_assert_int_le(take(&p, now, &wake), 11);
	ck_assert_int_le(take(&p, now + 10 * MS, &wake), 10);
}
END_TEST

START_TEST(steps_while_paused)
{
	struct pacer p = { 0 };
	int64_t wake, stamps[] = { 0, 10 * TIME_SECOND, 20 * TIME_SECOND, 30 * TIME_SECOND };

	pacer_speed(&p, 1, BOOT);
	pacer_step(&p, 5); /* not paused: nothing */
	ck_assert_int_eq(pacer_allow(&p, stamps, 4, BOOT, &wake), 1);
	pacer_pause(&p, true, BOOT + TIME_SECOND);
	pacer_step(&p, 1);
	pacer_step(&p, 1);
	ck_assert_int_eq(pacer_allow(&p, stamps + 1, 3, BOOT + TIME_SECOND, &wake), 2);
	ck_assert_int_eq(pacer_allow(&p, stamps + 3, 1, BOOT + TIME_SECOND, &wake), 0);
	ck_assert_int_eq(wake, INT64_MAX);
	/* on from the row stepped to: 10 s till the last, from the end of the pause on */
	pacer_pause(&p, false, BOOT + 100 * TIME_SECOND);
	ck_assert_int_eq(pacer_allow(&p, stamps + 3, 1, BOOT + 100 * TIME_SECOND, &wake), 0);
	ck_assert_int_eq(wake, BOOT + 110 * TIME_SECOND);
	ck_assert_int_eq(pacer_allow(&p, stamps + 3, 1, wake, &wake), 1);
}
END_TEST

/* Steps that were asked for and not taken end with the pause: the next one lets nothing go. */
START_TEST(steps_end_with_their_pause)
{
	struct pacer p = { 0 };
	int64_t wake, stamps[] = { 0, 0, 0, 0 };

	pacer_pause(&p, true, BOOT);
	pacer_step(&p, 5);
	ck_assert_int_eq(pacer_allow(&p, stamps, 2, BOOT, &wake), 2);
	pacer_pause(&p, true, BOOT + MS); /* again: still the same pause */
	ck_assert_int_eq(pacer_allow(&p, stamps, 1, BOOT, &wake), 1);
	pacer_pause(&p, false, BOOT + MS);
	pacer_pause(&p, true, BOOT + 2 * MS);
	ck_assert_int_eq(pacer_allow(&p, stamps, 4, BOOT + 2 * MS, &wake), 0);
	pacer_step(&p, 1);
	ck_assert_int_eq(pacer_allow(&p, stamps, 4, BOOT + 2 * MS, &wake), 1);
}
END_TEST

START_TEST(no_burst_follows_a_change_of_rate)
{
	struct pacer p = { 0 };
	int64_t wake, now = BOOT;

	pacer_rate(&p, 1, now);
	ck_assert_int_eq(take(&p, now, &wake), 1);
	/* half the second is over: at 100 rows/s half a row is 5 ms */
	pacer_rate(&p, 100, now + 500 * MS);
	ck_assert_int_eq(take(&p, now + 500 * MS, &wake), 0);
	ck_assert_int_le(llabs(wake - (now + 505 * MS)), 1000);
	/* rows that were overdue at the old rate do not come at once at the new one */
	pacer_rate(&p, 100000, now + 900 * MS);
	ck_assert_int_eq(take(&p, now + 900 * MS, &wake), 1);
	pacer_rate(&p, 0.5, now + 1000 * MS);
	ck_assert_int_eq(take(&p, now + 1000 * MS, &wake), 1);
	for (int i = 0; i < 20; i++) /* keys held down let nothing through */
		pacer_rate(&p, i % 2 == 0 ? 1 : 0.5, now + 1001 * MS);
	ck_assert_int_eq(take(&p, now + 1001 * MS, &wake), 0);
}
END_TEST

/* The engine sets the rate when it is made, and rows come when their columns are known. */
START_TEST(the_clock_starts_with_the_first_row)
{
	struct pacer p = { 0 };
	int64_t wake, now = BOOT + TIME_SECOND;

	pacer_rate(&p, 1000, BOOT);
	pacer_rate(&p, 500, BOOT + 100 * MS);
	ck_assert_int_eq(take(&p, now, &wake), 1);
	ck_assert_int_eq(take(&p, now + 10 * MS, &wake), 5);
}
END_TEST

START_TEST(set_anew_it_counts_from_the_next_row)
{
	int64_t stamps[] = { 0, 10 * TIME_SECOND, 5000 * TIME_SECOND, 5001 * TIME_SECOND, 0,
		TIME_SECOND };
	struct pacer p = { 0 };
	int64_t wake, now = BOOT;

	pacer_speed(&p, 1, now);
	ck_assert_int_eq(pacer_allow(&p, stamps, 6, now, &wake), 1);
	pacer_speed(&p, 1, now); /* a seek to the third row */
	ck_assert_int_eq(pacer_allow(&p, stamps + 2, 4, now, &wake), 1);
	ck_assert_int_eq(wake, now + TIME_SECOND);
	now = wake;
	ck_assert_int_eq(pacer_allow(&p, stamps + 3, 1, now, &wake), 1);
	pacer_speed(&p, 1, now); /* over again */
	ck_assert_int_eq(pacer_allow(&p, stamps + 4, 2, now, &wake), 1);
	ck_assert_int_eq(wake, now + TIME_SECOND);

	pacer_rate(&p, 10, now);
	ck_assert_int_eq(take(&p, now, &wake), 1);
	pacer_rate(&p, 10, now + TIME_SECOND / 2);
	ck_assert_int_eq(take(&p, now + TIME_SECOND / 2, &wake), 1);
}
END_TEST

START_TEST(notches)
{
	static const double up[] = { 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000,
		50000, 100000 };
	struct pacer p = { 0 };

	pacer_rate(&p, 7, BOOT);
	for (size_t i = 0; i < sizeof up / sizeof up[0]; i++) {
		pacer_notch(&p, 1, BOOT);
		ck_assert_msg(near(p.rate, up[i], 1e-12), "%g", p.rate);
	}
	pacer_notch(&p, 1, BOOT);
	ck_assert_int_eq(p.pace, PACE_MAX);
	pacer_notch(&p, 1, BOOT);
	ck_assert_int_eq(p.pace, PACE_MAX);
	for (size_t i = sizeof up / sizeof up[0]; i-- > 0;) {
		pacer_notch(&p, -1, BOOT);
		ck_assert(p.pace == PACE_RATE && near(p.rate, up[i], 1e-12));
	}
	for (int i = 0; i < 30; i++)
		pacer_notch(&p, -1, BOOT);
	ck_assert(near(p.rate, 0.1, 1e-12));
	pacer_rate(
	    &p, 1.0 / 3600, BOOT); /* slower than any notch: up it goes to one near, not down */
	pacer_notch(&p, -1, BOOT);
	ck_assert(near(p.rate, 1.0 / 3600, 1e-12));
	pacer_notch(&p, 1, BOOT);
	ck_assert(near(p.rate, 0.0005, 1e-9));
	pacer_speed(&p, 60, BOOT);
	pacer_notch(&p, 1, BOOT);
	ck_assert(p.pace == PACE_SPEED && near(p.speed, 100, 1e-12));
	pacer_max(&p);
	pacer_notch(&p, -1, BOOT);
	ck_assert(p.pace == PACE_SPEED && near(p.speed, 100000, 1e-12));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pacer");
	TCase *c = tcase_create("pacer");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, rates_are_kept);
	tcase_add_test(c, wake_is_when_the_next_may_go);
	tcase_add_test(c, max_takes_all);
	tcase_add_test(c, no_burst_follows_a_pause);
	tcase_add_test(c, steps_while_paused);
	tcase_add_test(c, steps_end_with_their_pause);
	tcase_add_test(c, no_burst_follows_a_change_of_rate);
	tcase_add_test(c, the_clock_starts_with_the_first_row);
	tcase_add_test(c, set_anew_it_counts_from_the_next_row);
	tcase_add_test(c, notches);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
