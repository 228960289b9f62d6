/* test_pulse.c - how many rows a second went lately. */
#include "data/engine/clocks/pulse.h"

#include "data/base/times/times.h"
#include "tests/support.h"

enum { TENTH = 100000000 };

START_TEST(a_steady_pace)
{
	struct pulse p = { .n = 0 };
	int64_t now = 5 * TIME_SECOND;

	ck_assert(pulse_rate(&p, 0, now) == 0);
	for (uint64_t rows = 7; rows < 1000; rows += 7, now += TENTH / 2) {
		pulse_beat(&p, rows, now);
		ck_assert_int_le(p.n, PULSES);
		if (rows > 21)
			ck_assert(near(pulse_rate(&p, rows, now), 140, 1e-9));
	}
}
END_TEST

/* What went before the last two seconds does not count, however fast it was. */
START_TEST(the_last_two_seconds)
{
	struct pulse p = { .n = 0 };
	int64_t now = 0;
	uint64_t rows = 0;

	for (int i = 0; i < 100; i++, now += TENTH)
		pulse_beat(&p, rows += 1000, now);
	ck_assert(near(pulse_rate(&p, rows, now - TENTH), 10000, 1e-9));
	for (int i = 0; i < 20; i++, now += TENTH)
		pulse_beat(&p, rows += 3, now);
	ck_assert(near(pulse_rate(&p, rows, now - TENTH), 60 / 2.0, 1e-9));
	/* and after a pause nothing is known */
	ck_assert(pulse_rate(&p, rows, now + 3 * TIME_SECOND) == 0);
	pulse_beat(&p, rows + 1, now + 3 * TIME_SECOND);
	ck_assert(pulse_rate(&p, rows + 1, now + 3 * TIME_SECOND) == 0);
	ck_assert(near(pulse_rate(&p, rows + 2, now + 4 * TIME_SECOND), 1, 1e-9));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pulse");
	TCase *tc = tcase_create("pulse");

	tcase_add_test(tc, a_steady_pace);
	tcase_add_test(tc, the_last_two_seconds);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
