/* test_half_spaces.c - half-space trees over a long stream. */
#include "data/ops/anomaly/scorer.h"
#include "tests/support.h"

/* Where nothing is odd, about one row in 5,000 may be told: the tail of what is lonely is heavy, and
 * must not be taken for an exponential one for ever. */
START_TEST(long_noise_is_seldom_odd)
{
	enum { ROWS = 40000, FROM = 20000 };
	struct scorer_setup setup = { .inputs = 1, .seed = 0 };
	struct rng r = { (uint64_t)_i };
	void *h = anomaly_hst.open(&setup);
	int told = 0;

	for (int i = 0; i < ROWS; i++) {
		double x = rng_normal(&r);

		told += anomaly_hst.step(h, &x, i) >= 0.5 && i >= FROM;
	}
	anomaly_hst.close(h);
	ck_assert_msg(told <= 10, "%d of 20,000 rows", told);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("half-space trees");
	TCase *c = tcase_create("all");

	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, long_noise_is_seldom_odd, 0, 5);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
