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

/* The clocks at which rows go when the caller sleeps till each wake. */
static void
play(struct pacer *p, const int64_t *stamps, int n, int64_t now, int64_t *clocks)
{
	int64_t wake;

	for (int i = 0; i < n;) {
		int k = pacer_allow(p, stamps + i, n - i, now, &wake);

		for (int j = 0; j < k; j++)
			clocks[i + j] = now;
		i += k;
		ck_assert(i == n || (wake > now && wake < INT64_MAX));
		now = i < n ? wake : now;
	}
}

START_TEST(gaps_are_as_recorded)
{
	enum { N = 8 };
	static const int64_t seconds[N] = { 0, 1, 1, 1, 4, 3, 5, 100000 };
	int64_t stamps[N], clocks[N];
	int64_t expected[N] = { 0, 1, 1, 1, 4, 4, 5, 100000 };

	for (int speed = 1; speed <= 60; speed *= 60) {
		struct pacer p = { 0 };

		for (int i = 0; i < N; i++)
			stamps[i] = seconds[i] * TIME_SECOND;
		pacer_speed(&p, speed, BOOT);
		play(&p, stamps, N, BOOT, clocks);
		for (int i = 0; i < N; i++)
			ck_assert_int_le(
			    llabs(clocks[i] - BOOT - expected[i] * TIME_SECOND / speed), N);
	}
}
END_TEST

START_TEST(speed_is_kept)
{
	enum { N = 20000 };
	int64_t *stamps = malloc(N * sizeof *stamps), now = BOOT, wake;
	struct pacer p = { 0 };
	struct rng r = { 3 };
	int gone = 0;

	for (int i = 0; i < N; i++)
		stamps[i] = INT64_C(1767225600) * TIME_SECOND + (int64_t)i * 30 * MS;
	pacer_speed(&p, 60, now);
	/* 30 ms at 60 times as fast is 0.5 ms: 20,000 rows are 10 s */
	while (gone < N) {
		gone += pacer_allow(&p, stamps + gone, N - gone < 256 ? N - gone : 256, now, &wake);
		now += (int64_t)(rng_next(&r) % (20 * MS));
	}
	ck_assert_int_le(llabs(now - BOOT - 10 * TIME_SECOND), 50 * MS);
	free(stamps);
}
END_TEST

START_TEST(speed_changes_within_a_gap)
{
	struct pacer p = { 0 };
	int64_t stamps[] = { 0, 3600 * TIME_SECOND }, wake;

	pacer_speed(&p, 1, BOOT);
	ck_assert_int_eq(pacer_allow(&p, stamps, 2, BOOT, &wake), 1);
	ck_assert_int_eq(wake, BOOT + 3600 * TIME_SECOND);
	pacer_speed(&p, 60, BOOT + 1800 * TIME_SECOND);
	ck_assert_int_eq(pacer_allow(&p, stamps + 1, 1, BOOT + 1800 * TIME_SECOND, &wake), 0);
	ck_assert_int_eq(wake, BOOT + 1830 * TIME_SECOND);
}
END_TEST

START_TEST(one_late_row_stops_nothing)
{
	enum { N = 5 };
	int64_t stamps[N] = { 7200, 7201, 10, 7202, 7203 }, clocks[N];
	int64_t expected[N] = { 0, 1, 1, 2, 3 };
	struct pacer p = { 0 };

	for (int i = 0; i < N; i++)
		stamps[i] *= TIME_SECOND;
	pacer_speed(&p, 1, BOOT);
	play(&p, stamps, N, BOOT, clocks);
	for (int i = 0; i < N; i++)
		ck_assert_int_le(llabs(clocks[i] - BOOT - expected[i] * TIME_SECOND), N);
}
END_TEST

/* 15 rows in a row that are much too early are late, and a good one between begins their count
 * anew: only 16 are a recording that started over. */
START_TEST(late_ones_in_a_row)
{
	enum { N = 34 };
	int64_t stamps[N], clocks[N];
	struct pacer p = { 0 };

	for (int i = 0; i < N; i++)
		stamps[i] = 7 * TIME_SECOND;
	stamps[0] = stamps[16] = 7200 * TIME_SECOND;
	stamps[32] = 7201 * TIME_SECOND;
	stamps[33] = 7202 * TIME_SECOND;
	pacer_speed(&p, 1, BOOT);
	play(&p, stamps, N, BOOT, clocks);
	ck_assert_int_eq(clocks[31] - BOOT, 0);
	ck_assert_int_le(llabs(clocks[32] - BOOT - TIME_SECOND), N);
	ck_assert_int_le(llabs(clocks[33] - BOOT - 2 * TIME_SECOND), N);
}
END_TEST

/* A row that was stepped to begins their count anew, too. */
START_TEST(late_ones_around_a_step)
{
	enum { N = 22, STEPPED = 11 };
	int64_t stamps[N], wake;
	struct pacer p = { 0 };
	int gone;

	for (int i = 0; i < N; i++)
		stamps[i] = 7 * TIME_SECOND;
	stamps[0] = stamps[STEPPED] = 7200 * TIME_SECOND;
	stamps[N - 1] = 7201 * TIME_SECOND;
	pacer_speed(&p, 1, BOOT);
	ck_assert_int_eq(pacer_allow(&p, stamps, STEPPED, BOOT, &wake), STEPPED);
	pacer_pause(&p, true, BOOT);
	pacer_step(&p, 1);
	ck_assert_int_eq(pacer_allow(&p, stamps + STEPPED, N - STEPPED, BOOT, &wake), 1);
	pacer_pause(&p, false, BOOT);
	gone = pacer_allow(&p, stamps + STEPPED + 1, N - STEPPED - 1, BOOT, &wake);
	ck_assert_int_eq(gone, N - STEPPED - 2);
	ck_assert_int_le(llabs(wake - BOOT - TIME_SECOND), N);
}
END_TEST

START_TEST(a_recording_that_starts_over_is_paced)
{
	enum { N = 200 };
	int64_t stamps[N], clocks[N];
	struct pacer p = { 0 };

	for (int i = 0; i < N; i++)
		stamps[i] = i % 100 * TIME_SECOND;
	pacer_speed(&p, 1, BOOT);
	play(&p, stamps, N, BOOT, clocks);
	ck_assert_int_eq(clocks[99] - BOOT, 99 * TIME_SECOND);
	ck_assert_int_eq(clocks[115] - clocks[99], 0);
	ck_assert_int_eq(clocks[116] - clocks[115], TIME_SECOND);
	ck_assert_int_eq(clocks[199] - clocks[115], 84 * TIME_SECOND);
}
END_TEST

START_TEST(a_machine_that_slept_catches_up_one_second)
{
	enum { N = 5000 };
	static int64_t stamps[N];
	int64_t wake, now = BOOT;
	struct pacer p = { 0 };
	int gone;

	pacer_rate(&p, 1000, now);
	ck_assert_int_eq(take(&p, now, &wake), 1);
	now += 3600 * TIME_SECOND;
	ck_assert_int_le(take(&p, now, &wake), 1001);
	ck_assert_int_eq(take(&p, now + 100 * MS, &wake), 100);

	for (int i = 0; i < N; i++)
		stamps[i] = i * 10 * MS;
	pacer_speed(&p, 1, now);
	gone = pacer_allow(&p, stamps, N, now, &wake);
	ck_assert_int_eq(gone, 1);
	now += 3600 * TIME_SECOND;
	gone += pacer_allow(&p, stamps + gone, N - gone, now, &wake);
	ck_assert_int_le(gone, 103);
	now += TIME_SECOND;
	ck_assert_int_le(abs(pacer_allow(&p, stamps + gone, N - gone, now, &wake) - 100), 1);
}
END_TEST

START_TEST(gaps_without_end)
{
	int64_t stamps[] = { INT64_MIN + 1, INT64_MAX }, wake;
	struct pacer p = { 0 };

	pacer_speed(&p, 0.1, BOOT);
	ck_assert_int_eq(pacer_allow(&p, stamps, 2, BOOT, &wake), 1);
	ck_assert_int_eq(wake, INT64_MAX);
	pacer_speed(&p, 1000, BOOT + TIME_SECOND);
	ck_assert_int_eq(pacer_allow(&p, stamps + 1, 1, BOOT + TIME_SECOND, &wake), 0);
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
	tcase_add_test(c, gaps_are_as_recorded);
	tcase_add_test(c, speed_is_kept);
	tcase_add_test(c, speed_changes_within_a_gap);
	tcase_add_test(c, one_late_row_stops_nothing);
	tcase_add_test(c, late_ones_in_a_row);
	tcase_add_test(c, late_ones_around_a_step);
	tcase_add_test(c, a_recording_that_starts_over_is_paced);
	tcase_add_test(c, a_machine_that_slept_catches_up_one_second);
	tcase_add_test(c, gaps_without_end);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
