/* test_key_clock.c - the clock of a key, sentence by sentence as the contract has it, and against a
 * slow twin that keeps all rows. */
#include "data/engine/clocks/key_clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "tests/support.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static struct key_clock
clock_at(const int64_t *seconds, int n)
{
	struct key_clock c = { 0 };
	unsigned news;

	for (int i = 0; i < n; i++)
		key_clock_step(&c, seconds[i] * TIME_SECOND, &news);
	return c;
}

/* Steps it and checks where it stands, in seconds, and what it has to say. */
static void
check(struct key_clock *c, int64_t stamp, int64_t time, unsigned news)
{
	unsigned told;
	int64_t at = key_clock_step(c, stamp * TIME_SECOND, &told);

	ck_assert_msg(at == time * TIME_SECOND && told == news, "%lld stands at %lld, news %u",
	    (long long)stamp, (long long)(at / TIME_SECOND), told);
}

START_TEST(it_is_the_greatest_stamp_and_never_goes_back)
{
	struct key_clock c = { 0 };

	check(&c, 100, 100, 0);
	check(&c, 103, 103, 0);
	check(&c, 103, 103, 0);
	check(&c, 102, 103, CLOCK_LATE);
	check(&c, 104, 104, 0);
	check(&c, 0, 104, CLOCK_LATE);
	check(&c, -5, 104, CLOCK_LATE);
	check(&c, 109, 109, 0);
	key_clock_done(&c);
}
END_TEST

/* A wrong stamp of 2062: five rows later time goes on as it was. */
START_TEST(a_wrong_stamp_is_got_over_in_five_rows)
{
	int64_t wrong = INT64_C(36) * 365 * DAY;
	struct key_clock c = clock_at((int64_t[]){ 0, 60, 120 }, 3);

	check(&c, wrong, wrong, 0);
	for (int i = 4; i < 8; i++)
		check(&c, i * MINUTE, wrong, CLOCK_LATE);
	check(&c, 8 * MINUTE, wrong, CLOCK_LATE | CLOCK_SET_BACK);
	for (int i = 9; i < 20; i++)
		check(&c, i * MINUTE, wrong + (i - 8) * MINUTE, 0);
	ck_assert_int_eq(c.shift / TIME_SECOND, wrong - 8 * MINUTE);
	/* the year 2062 comes: one usual step further, and nothing is shifted more than it must */
	check(&c, wrong, wrong + 12 * MINUTE, CLOCK_CAUGHT_UP);
	check(&c, wrong + MINUTE, wrong + 13 * MINUTE, 0);
	ck_assert_int_eq(c.shift / TIME_SECOND, 12 * MINUTE);
	/* a gap that is longer than what is left takes it all away */
	check(&c, wrong + HOUR, wrong + HOUR, CLOCK_CAUGHT_UP);
	ck_assert_int_eq(c.shift, 0);
	key_clock_done(&c);
}
END_TEST

/* More than a minute and 3 usual steps, in each of 5 rows in a row. */
START_TEST(less_than_that_is_only_late)
{
	static const int64_t start[] = { 0, 10, 20, 30, 40, 1000 };
	struct key_clock c = clock_at(start, 6);

	for (int i = 0; i < 20; i++) /* the usual step is 10 s: 90 s behind is not far */
		check(&c, 910, 1000, CLOCK_LATE);
	for (int i = 0; i < 4; i++)
		check(&c, 909, 1000, CLOCK_LATE);
	check(&c, 910, 1000, CLOCK_LATE);
	for (int i = 0; i < 4; i++)
		check(&c, 909 - i, 1000, CLOCK_LATE);
	check(&c, 1000, 1000, 0); /* not behind at all: counting begins anew */
	for (int i = 0; i < 4; i++)
		check(&c, 800 + i, 1000, CLOCK_LATE);
	check(&c, 700, 1000, CLOCK_LATE | CLOCK_SET_BACK);
	check(&c, 803, 1000, 0); /* the greatest of the 5 stands at the clock */
	check(&c, 804, 1001, 0);
	check(&c, 802, 1001, CLOCK_LATE);
	key_clock_done(&c);
}
END_TEST

START_TEST(without_a_step_a_minute_is_far)
{
	struct key_clock c = clock_at((int64_t[]){ 1000 }, 1);

	for (int i = 0; i < 9; i++)
		check(&c, 940, 1000, CLOCK_LATE);
	for (int i = 0; i < 4; i++)
		check(&c, 939, 1000, CLOCK_LATE);
	check(&c, 939, 1000, CLOCK_LATE | CLOCK_SET_BACK);
	key_clock_done(&c);
}
END_TEST

/* Summer time ends: rows of each minute, the hour from 2 to 3 twice. Nothing stands still for
 * longer than 5 rows, and when the hour is over nothing leaps. */
START_TEST(the_hour_that_comes_twice_goes_on)
{
	struct key_clock c = { 0 };
	int64_t last = 0, at;
	unsigned news, late = 0, told = 0;

	for (int i = 0; i < 300; i++) {
		int64_t minute = i < 180 ? i : i - 60;

		at = key_clock_step(&c, minute * MINUTE * TIME_SECOND, &news) / TIME_SECOND;
		late += (news & CLOCK_LATE) != 0;
		told += (news & CLOCK_SET_BACK) != 0;
		if (i < 180 || i > 184)
			ck_assert_int_eq(at, last + (i > 0 ? MINUTE : 0));
		else
			ck_assert_int_eq(at, 179 * MINUTE);
		last = at;
	}
	ck_assert_int_eq(late, 5);
	ck_assert_int_eq(told, 1);
	key_clock_done(&c);
}
END_TEST

/* The same with rows each half an hour, which are too far apart to tell: one of them is late. */
START_TEST(a_repeated_hour_of_two_rows)
{
	struct key_clock c = { 0 };
	static const int minutes[] = { 60, 90, 120, 150, 120, 150, 180, 210 };

	for (int i = 0; i < 8; i++)
		check(&c, minutes[i] * MINUTE, i == 4 ? 150 * MINUTE : minutes[i] * MINUTE,
		    i == 4 ? CLOCK_LATE : 0);
	key_clock_done(&c);
}
END_TEST

/* A panel of sensors without --by: each begins where the one before did. */
START_TEST(a_recording_behind_another)
{
	struct key_clock c = { 0 };

	for (int i = 0; i < 60; i++)
		check(&c, i * MINUTE, i * MINUTE, 0);
	for (int i = 0; i < 5; i++)
		check(
		    &c, i * MINUTE, 59 * MINUTE, i < 4 ? CLOCK_LATE : CLOCK_LATE | CLOCK_SET_BACK);
	for (int i = 5; i < 60; i++)
		check(&c, i * MINUTE, (59 + i - 4) * MINUTE, 0);
	for (int i = 0; i < 5; i++)
		check(
		    &c, i * MINUTE, 114 * MINUTE, i < 4 ? CLOCK_LATE : CLOCK_LATE | CLOCK_SET_BACK);
	check(&c, 5 * MINUTE, 115 * MINUTE, 0);
	key_clock_done(&c);
}
END_TEST

/* Old rows sent later: when they are over, the leap back to now is one usual step. */
START_TEST(old_rows_in_between)
{
	struct key_clock c = { 0 };

	for (int i = 0; i < 40; i++)
		check(&c, DAY + i * MINUTE, DAY + i * MINUTE, 0);
	for (int i = 0; i < 5; i++)
		check(&c, i * MINUTE, DAY + 39 * MINUTE,
		    i < 4 ? CLOCK_LATE : CLOCK_LATE | CLOCK_SET_BACK);
	check(&c, 5 * MINUTE, DAY + 40 * MINUTE, 0);
	check(&c, 6 * MINUTE, DAY + 41 * MINUTE, 0);
	/* a leap that does not reach the greatest stamp is a pause like others */
	check(&c, HOUR, DAY + 95 * MINUTE, 0);
	check(&c, HOUR + MINUTE, DAY + 96 * MINUTE, 0);
	/* to the greatest stamp or beyond */
	check(&c, DAY + 40 * MINUTE, DAY + 97 * MINUTE, CLOCK_CAUGHT_UP);
	check(&c, DAY + 41 * MINUTE, DAY + 98 * MINUTE, 0);
	key_clock_done(&c);
}
END_TEST

START_TEST(the_ends_of_time_are_no_trap)
{
	struct key_clock c = { 0 };
	unsigned news;

	key_clock_step(&c, TIME_NONE + 1, &news);
	ck_assert(key_clock_step(&c, INT64_MAX, &news) == INT64_MAX && news == 0);
	for (int i = 0; i < 20; i++)
		ck_assert_int_eq(key_clock_step(&c, TIME_NONE + 1 + i, &news), INT64_MAX);
	ck_assert_int_eq(key_clock_step(&c, INT64_MAX, &news), INT64_MAX);
	key_clock_done(&c);
	/* time was set back by a year, and then stands at the end of it */
	for (int i = 0; i < 7; i++)
		key_clock_step(&c, i < 2 ? (366 * DAY + i) * TIME_SECOND : i * TIME_SECOND, &news);
	ck_assert_int_eq(news, CLOCK_LATE | CLOCK_SET_BACK);
	ck_assert_int_eq(
	    key_clock_step(&c, INT64_MAX - TIME_SECOND, &news), INT64_MAX - TIME_SECOND);
	key_clock_done(&c);
}
END_TEST

/* --- the twin --------------------------------------------------------------------------------- */

struct twin { /* all rows, and the contract's words over them */
	int64_t steps[2000], stamps[2000], behind[2000];
	int nsteps, n;
	int64_t at, shift, greatest;
};

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t
twin_usual(const struct twin *t)
{
	int64_t last[32];
	int n = t->nsteps < 32 ? t->nsteps : 32;

	if (n == 0)
		return 0;
	memcpy(last, t->steps + t->nsteps - n, (size_t)n * sizeof *last);
	qsort(last, (size_t)n, sizeof *last, compare);
	return last[(n - 1) / 2];
}

static int64_t
twin_step(struct twin *t, int64_t stamp, unsigned *news)
{
	int64_t usual = twin_usual(t), now = stamp + t->shift;

	*news = 0;
	t->stamps[t->n] = stamp;
	t->behind[t->n] = t->n == 0 ? 0 : t->at - now;
	t->n++;
	if (t->n == 1)
		return t->at = t->greatest = stamp;
	if (now < t->at) {
		int64_t most = INT64_MIN;

		*news = CLOCK_LATE;
		for (int i = t->n - 5; i < t->n; i++) {
			if (i < 0 || t->behind[i] <= 60 * TIME_SECOND + 3 * usual)
				return t->at;
			most = t->stamps[i] > most ? t->stamps[i] : most;
		}
		t->shift = t->at - most;
		memset(t->behind, 0, sizeof t->behind); /* they were told */
		*news |= CLOCK_SET_BACK;
		return t->at;
	}
	if (t->shift > 0 && now - t->at > 3 * usual && stamp >= t->greatest) {
		int64_t shift = t->at + usual - stamp;

		shift = shift < 0 ? 0 : shift;
		if (shift < t->shift) {
			t->shift = shift;
			*news = CLOCK_CAUGHT_UP;
			now = stamp + shift;
		}
	}
	if (now > t->at)
		t->steps[t->nsteps++] = now - t->at;
	t->greatest = stamp > t->greatest ? stamp : t->greatest;
	return t->at = now;
}

/* Steady rows that now and then leap ahead or back, by a little or a lot. */
static int64_t
next_stamp(struct rng *r, int64_t stamp)
{
	static const int64_t leaps[] = { 5, 60, 200, 3600, 100000, 10000000 };
	int64_t leap = leaps[rng_next(r) % 6] * TIME_SECOND;

	switch (rng_next(r) % 16) {
	case 0:
		return stamp + (int64_t)(rng_next(r) % (uint64_t)leap);
	case 1:
		return stamp - (int64_t)(rng_next(r) % (uint64_t)leap);
	default:
		return stamp + (int64_t)(rng_next(r) % (20 * TIME_SECOND)) - TIME_SECOND;
	}
}

START_TEST(it_is_as_its_twin_and_as_one_that_was_saved)
{
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct rng r = { seed };
		struct twin *t = calloc(1, sizeof *t);
		struct key_clock c = { 0 };
		int64_t stamp = 0;

		for (int i = 0; i < 1000; i++) {
			unsigned ours, theirs;
			int64_t a, b;

			stamp = next_stamp(&r, stamp);
			if (rng_next(&r) % 50 == 0) {
				struct buffer bytes = { 0 };
				struct reader reader;

				key_clock_save(&c, &bytes);
				key_clock_done(&c);
				reader = (struct reader){ bytes.data, bytes.data + bytes.len };
				ck_assert_int_eq(key_clock_load(&c, &reader), 0);
				ck_assert_ptr_eq(reader.p, reader.end);
				buffer_done(&bytes);
			}
			a = key_clock_step(&c, stamp, &ours);
			b = twin_step(t, stamp, &theirs);
			ck_assert_msg(a == b && ours == theirs, "seed %llu, row %d: %lld, not %lld",
			    (unsigned long long)seed, i, (long long)a, (long long)b);
		}
		key_clock_done(&c);
		free(t);
	}
}
END_TEST

START_TEST(changed_bytes_are_refused_or_do_no_harm)
{
	struct key_clock c = clock_at((int64_t[]){ 0, 10, 20, 35, 1000, 10, 10 }, 7), other = { 0 };
	struct buffer bytes = { 0 };
	struct rng r = { 9 };
	unsigned news;

	key_clock_save(&c, &bytes);
	for (size_t n = 0; n < bytes.len; n++) {
		struct reader reader = { bytes.data, bytes.data + n };

		ck_assert_int_eq(key_clock_load(&other, &reader), -1);
		ck_assert(other.steps == NULL && !other.started);
	}
	for (int i = 0; i < 20000; i++) {
		struct reader reader = { bytes.data, bytes.data + bytes.len };
		size_t at = rng_next(&r) % bytes.len;
		unsigned char kept = bytes.data[at];

		bytes.data[at] = (unsigned char)rng_next(&r);
		if (key_clock_load(&other, &reader) == 0)
			for (int k = 0; k < 8; k++)
				key_clock_step(&other, (int64_t)(rng_next(&r) >> 1), &news);
		key_clock_done(&other);
		bytes.data[at] = kept;
	}
	buffer_done(&bytes);
	key_clock_done(&c);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("key_clock");
	TCase *c = tcase_create("clock");

	tcase_add_test(c, it_is_the_greatest_stamp_and_never_goes_back);
	tcase_add_test(c, a_wrong_stamp_is_got_over_in_five_rows);
	tcase_add_test(c, less_than_that_is_only_late);
	tcase_add_test(c, without_a_step_a_minute_is_far);
	tcase_add_test(c, the_hour_that_comes_twice_goes_on);
	tcase_add_test(c, a_repeated_hour_of_two_rows);
	tcase_add_test(c, a_recording_behind_another);
	tcase_add_test(c, old_rows_in_between);
	tcase_add_test(c, the_ends_of_time_are_no_trap);
	tcase_add_test(c, it_is_as_its_twin_and_as_one_that_was_saved);
	tcase_add_test(c, changed_bytes_are_refused_or_do_no_harm);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
