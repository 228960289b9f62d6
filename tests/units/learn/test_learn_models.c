/* test_learn_models.c - the steps of models, against twins written anew. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/learn/models.h"
#include "tests/support.h"

static const struct method *
method(const char *name)
{
	for (int i = 0; methods[i].name != NULL; i++)
		if (strcmp(methods[i].name, name) == 0)
			return &methods[i];
	ck_abort_msg("no method %s", name);
}

/* Means and variances by hand, for fewer rows than are forgotten: a class's variance has two pseudo
 * rows of the variance of all at its first row. */
START_TEST(naive_bayes_has_a_twin)
{
	struct models *m = models_new(method("nb"), 1, 0, 2, 1, false);
	double mean[2] = { 0 }, var[2] = { 0 }, n[2] = { 0 }, all = 0, all_var = 0, p[2], rows = 0;
	struct rng r = { 5 };

	for (int i = 0; i < 300; i++) {
		int y = rng_uniform(&r) < 0.4;
		double x = rng_normal(&r) + y, z, s[2], e;

		models_read(m, &x);
		models_predict(m, p);
		z = m->z[1];
		for (int c = 0; c < 2; c++)
			s[c] =
			    n[c] > 0
				? log((n[c] + 0.5) / (rows + 1)) -
				      (all_var > 0 ? 0.5 * (log(var[c]) +
							       fmin(16, (z - mean[c]) *
									    (z - mean[c]) / var[c]))
						   : 0)
				: -1000;
		ck_assert(near(p[1], 1 / (1 + exp(s[0] - s[1])), 1e-9));
		rows++;
		e = z - all;
		all += e / rows;
		all_var += (e * (z - all) - all_var) / rows;
		if (n[y]++ == 0) {
			mean[y] = z;
			var[y] = all_var + 1e-12;
		} else {
			e = z - mean[y];
			mean[y] += e / n[y];
			var[y] = fmax(((n[y] + 1) * var[y] + e * (z - mean[y])) / (n[y] + 2),
			    1e-3 * all_var + 1e-12);
		}
		models_learn(m, y);
		models_pass(m);
	}
	free(m);
}
END_TEST

/* How often chances like p came true, of one class, by weights that fade: a bin of log odds has the
 * sum over its rows of weight, times the share that was left when there were more than 30. */
struct bins {
	double n[24], hits[24];
};

static double
bin_share(double p, int bin)
{
	double at = (fmax(-5, fmin(5, log((p + 1e-9) / (1 - p + 1e-9)))) + 5) * 2.3;

	return fmax(0, 1 - fabs(at - bin));
}

static double
put_right(const struct bins *b, double p)
{
	double sum = 0;

	for (int i = 0; i < 24; i++)
		sum += bin_share(p, i) * (b->hits[i] + 10 * p) / (b->n[i] + 10);
	return sum;
}

static void
count_bins(struct bins *b, double p, bool hit)
{
	for (int i = 0; i < 24; i++) {
		b->n[i] += bin_share(p, i);
		b->hits[i] += hit ? bin_share(p, i) : 0;
		b->hits[i] *= fmin(1, 30 / b->n[i]);
		b->n[i] = fmin(b->n[i], 30);
	}
}

/* One input and the intercept: the covariance as four numbers. */
START_TEST(logistic_steps_have_a_twin)
{
	struct models *m = models_new(method("logistic"), 1, 0, 2, 1, false);
	double w[2][2] = { { 0 } }, c[2][2] = { { 1, 0 }, { 0, 1 } }, p[2];
	struct bins bins[2] = { 0 };
	struct rng r = { 6 };

	for (int i = 0; i < 600; i++) {
		double x = rng_normal(&r), z, own, g[2], h, den, right[2];
		int y = rng_uniform(&r) < 1 / (1 + exp(-2 * x));

		models_read(m, &x);
		models_predict(m, p);
		z = m->z[1];
		own = 1 / (1 + exp((w[0][0] + w[0][1] * z) - (w[1][0] + w[1][1] * z)));
		ck_assert(near(m->logistic.w[2] - m->logistic.w[0], w[1][0] - w[0][0], 1e-9));
		ck_assert(near(m->logistic.w[3] - m->logistic.w[1], w[1][1] - w[0][1], 1e-9));
		right[0] = put_right(&bins[0], 1 - own);
		right[1] = put_right(&bins[1], own);
		ck_assert(near(p[1], right[1] / (right[0] + right[1]), 1e-5));
		count_bins(&bins[0], 1 - own, y == 0);
		count_bins(&bins[1], own, y == 1);
		g[0] = c[0][0] + c[0][1] * z;
		g[1] = c[1][0] + c[1][1] * z;
		h = fmax(1e-3, own * (1 - own));
		den = 1 + h * (g[0] + g[1] * z);
		for (int k = 0; k < 2; k++) {
			w[1][k] += g[k] * (y - own) / 2 / den;
			w[0][k] -= g[k] * (y - own) / 2 / den;
			for (int l = 0; l < 2; l++)
				c[k][l] -= h / den * g[k] * g[l];
		}
		c[0][0] = fmin(1, c[0][0] + 1e-5);
		c[1][1] = fmin(1, c[1][1] + 1e-5);
		models_learn(m, y);
		models_pass(m);
	}
	free(m);
}
END_TEST

/* Labels wrong once in ten, and more of one class, draw the border of a weighted sum from where it
 * is; counted chances put it back. */
START_TEST(a_border_beside_its_place_is_put_right)
{
	struct models *m = models_new(method("logistic"), 2, 0, 2, 1, false);
	struct rng r = { 9 };
	int wrong = 0, wrong_plain = 0;

	for (int i = 0; i < 4000; i++) {
		double x[2] = { rng_uniform(&r), rng_uniform(&r) }, p[2], plain[2];
		int truth = x[0] + x[1] < 0.45, y = rng_uniform(&r) < 0.1 ? !truth : truth;

		models_read(m, x);
		models_predict(m, p);
		logistic_predict(&m->logistic, m->z, plain);
		if (i >= 1000) {
			wrong += (p[1] > p[0]) != truth;
			wrong_plain += (plain[1] > plain[0]) != truth;
		}
		models_learn(m, y);
		models_pass(m);
	}
	free(m);
	ck_assert_msg(wrong_plain > 150, "plain: %d wrong of 3000", wrong_plain);
	ck_assert_msg(wrong < 70, "put right: %d wrong of 3000", wrong);
}
END_TEST

/* One label in ten is surprising, for long; then one in two is. */
START_TEST(losses_far_beyond_the_usual_are_told)
{
	struct alarm a = { 0 };
	struct rng r = { 10 };
	int told = 0, after = 0;

	for (int i = 0; i < 50000; i++)
		told += alarm_row(&a, rng_uniform(&r) < 0.1 ? 2.3 : 0.1);
	ck_assert_int_le(told, 5);
	while (!alarm_row(&a, rng_uniform(&r) < 0.5 ? 2.3 : 0.1))
		after++;
	ck_assert_int_le(after, 60);
	for (told = 0; after < 2000; after++) /* that is the usual from now on */
		told += alarm_row(&a, rng_uniform(&r) < 0.5 ? 2.3 : 0.1);
	ck_assert_int_le(told, 1);
}
END_TEST

/* Where classes change places, the weighted sum turns round within a hundred rows. */
START_TEST(a_weighted_sum_turns_round)
{
	struct models *m = models_new(method("logistic"), 2, 0, 2, 1, false);
	struct rng r = { 11 };
	int wrong = 0;

	for (int i = 0; i < 6000; i++) {
		double x[2] = { rng_uniform(&r), rng_uniform(&r) }, p[2];
		int y = (x[0] < x[1]) == (i < 5000);

		models_read(m, x);
		models_predict(m, p);
		wrong += i >= 5000 && (p[1] > p[0]) != y;
		models_learn(m, y);
		models_pass(m);
	}
	free(m);
	ck_assert_msg(wrong < 150, "%d wrong of the 1000 behind the change", wrong);
}
END_TEST

/* 2 sum over sides and classes of n ln(n / expected). */
START_TEST(split_criteria_have_twins)
{
	struct rng r = { 8 };

	for (int i = 0; i < 200; i++) {
		uint16_t left[3], right[3];
		double l[3], q[3], sum[2] = { 0 }, g = 0, gain = 0, n = 0;

		for (int c = 0; c < 3; c++) {
			l[c] = left[c] = (uint16_t)(2 + rng_next(&r) % 40);
			q[c] = right[c] = (uint16_t)(2 + rng_next(&r) % 40);
			sum[0] += l[c];
			sum[1] += q[c];
		}
		n = sum[0] + sum[1];
		for (int c = 0; c < 3; c++) {
			double both = l[c] + q[c];

			g += 2 * l[c] * log(l[c] / (both * sum[0] / n));
			g += 2 * q[c] * log(q[c] / (both * sum[1] / n));
			gain -= both / n * log2(both / n);
			gain += l[c] / n * log2(l[c] / sum[0]) + q[c] / n * log2(q[c] / sum[1]);
		}
		ck_assert(near(forest_criterion(left, right, 3), g, 1e-9));
		ck_assert(near(hoeffding_gain(l, q, 3), gain, 1e-9));
	}
	ck_assert(near(hoeffding_bound(1, 200), sqrt(log(1e4) / 400), 1e-12));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("learn_models");
	TCase *t = tcase_create("models");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, naive_bayes_has_a_twin);
	tcase_add_test(t, logistic_steps_have_a_twin);
	tcase_add_test(t, a_border_beside_its_place_is_put_right);
	tcase_add_test(t, losses_far_beyond_the_usual_are_told);
	tcase_add_test(t, a_weighted_sum_turns_round);
	tcase_add_test(t, split_criteria_have_twins);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
