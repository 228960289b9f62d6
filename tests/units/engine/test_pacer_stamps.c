/* test_pacer_stamps.c - pacing as fast as recorded, or some times as fast, by a virtual clock. */
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
	Suite *suite = suite_create("pacer_stamps");
	TCase *c = tcase_create("pacer");

	tcase_set_timeout(c, 60);
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
