/* test_learn_scores.c - scores of what learns, against recounts. */
#include <math.h>
#include <string.h>

#include "tests/learn_rows.h"
#include "tests/support.h"

enum { WINDOW = 50 };

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static int
rows_of(const struct row *rows, int end, const char *label, const char *said)
{
	int n = 0;

	for (int i = end > WINDOW ? end - WINDOW : 0; i < end; i++)
		n += rows[i].label != NULL && rows[i].said != NULL &&
		     (label == NULL || same(rows[i].label, label)) &&
		     (said == NULL || same(rows[i].said, said));
	return n;
}

static const char *const labels[] = { "yes", "no", "later" };

static double
twin_accuracy(const struct row *rows, int end)
{
	double hits = 0;

	for (int l = 0; l < 3; l++)
		hits += rows_of(rows, end, labels[l], labels[l]);
	return hits / rows_of(rows, end, NULL, NULL);
}

static double
twin_kappa(const struct row *rows, int end)
{
	double n = rows_of(rows, end, NULL, NULL), chance = 0;

	for (int l = 0; l < 3; l++)
		chance += rows_of(rows, end, labels[l], NULL) / n *
			  (rows_of(rows, end, NULL, labels[l]) / n);
	return (twin_accuracy(rows, end) - chance) / (1 - chance);
}

static double
twin_f1(const struct row *rows, int end, const char *of)
{
	double sum = 0, n = 0;

	for (int l = 0; l < 3; l++) {
		double hits = rows_of(rows, end, labels[l], labels[l]);
		double came = rows_of(rows, end, labels[l], NULL);
		double said = rows_of(rows, end, NULL, labels[l]);

		if (came + said == 0 || (of != NULL && !same(of, labels[l])))
			continue;
		/* by precision and recall */
		sum += hits > 0 ? 2 / (said / hits + came / hits) : 0;
		n++;
	}
	return sum / n;
}

static double
twin_auc(const struct row *rows, int end)
{
	double right = 0, pairs = 0;
	int from = end > WINDOW ? end - WINDOW : 0;

	for (int i = from; i < end; i++)
		for (int k = from; k < end; k++) {
			if (!same(rows[i].label, "yes") || rows[k].label == NULL ||
			    same(rows[k].label, "yes"))
				continue;
			right += rows[i].p > rows[k].p ? 1 : rows[i].p < rows[k].p ? 0 : 0.5;
			pairs++;
		}
	return right / pairs;
}

static double
twin_logloss(const struct row *rows, int end)
{
	double sum = 0, n = 0;

	for (int i = end > WINDOW ? end - WINDOW : 0; i < end; i++) {
		double p = same(rows[i].label, "yes") ? rows[i].p : 1 - rows[i].p;

		if (rows[i].label == NULL)
			continue;
		sum -= log(p > 1e-15 ? p : 1e-15);
		n++;
	}
	return sum / n;
}

/* mae, rmse and r2 of n, predicted by a. */
static void
twin_numbers(const struct row *rows, int end, double *mae, double *rmse, double *r2)
{
	double n = 0, absolute = 0, square = 0, mean = 0, around = 0;
	int from = end > WINDOW ? end - WINDOW : 0;

	for (int i = from; i < end; i++) {
		if (isnan(rows[i].n))
			continue;
		n++;
		mean += rows[i].n;
		absolute += fabs(rows[i].n - rows[i].a);
		square += (rows[i].n - rows[i].a) * (rows[i].n - rows[i].a);
	}
	mean /= n;
	for (int i = from; i < end; i++)
		if (!isnan(rows[i].n))
			around += (rows[i].n - mean) * (rows[i].n - mean);
	*mae = absolute / n;
	*rmse = sqrt(square / n);
	*r2 = 1 - square / around;
}

START_TEST(scores_are_recounted)
{
	static const char *const kpis[] = { "accuracy(label, said, 50)", "kappa(label, said, 50)",
		"f1(label, said, 50)", "f1(label, said, 50, value=\"yes\")",
		"auc(label, p, 50, value=\"yes\")", "logloss(label, p, 50, value=\"yes\")",
		"mae(n, a, 50)", "rmse(n, a, 50)", "r2(n, a, 50)", NULL };
	static struct row rows[MOST];
	struct world w;

	learn_rows(rows, MOST);
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	for (int end = 10; end <= MOST; end++) {
		double mae, rmse, r2;
		int i = end - 1;

		twin_numbers(rows, end, &mae, &rmse, &r2);
		ck_assert(near(w.out[0][i], twin_accuracy(rows, end), 1e-12));
		ck_assert(near(w.out[1][i], twin_kappa(rows, end), 1e-12));
		ck_assert(near(w.out[2][i], twin_f1(rows, end, NULL), 1e-12));
		ck_assert(near(w.out[3][i], twin_f1(rows, end, "yes"), 1e-12));
		ck_assert(near(w.out[4][i], twin_auc(rows, end), 1e-12));
		ck_assert(near(w.out[5][i], twin_logloss(rows, end), 1e-9));
		ck_assert(near(w.out[6][i], mae, 1e-12));
		ck_assert(near(w.out[7][i], rmse, 1e-12));
		ck_assert(near(w.out[8][i], r2, 1e-9));
	}
	world_done(&w);
}
END_TEST

START_TEST(scores_fade)
{
	static const char *const kpis[] = { "accuracy(label, said, halflife=20)",
		"kappa(label, said, halflife=20)", NULL };
	static struct row rows[MOST];
	struct world w;
	double n = 0, hits = 0, came[3] = { 0 }, said[3] = { 0 }, chance = 0;

	learn_rows(rows, MOST);
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	for (int i = 0; i < MOST; i++) {
		double by = exp2(-1.0 / 20);

		if (rows[i].label == NULL || rows[i].said == NULL)
			continue;
		n = by * n + 1;
		hits = by * hits + same(rows[i].label, rows[i].said);
		for (int l = 0; l < 3; l++) {
			came[l] = by * came[l] + same(rows[i].label, labels[l]);
			said[l] = by * said[l] + same(rows[i].said, labels[l]);
		}
	}
	for (int l = 0; l < 3; l++)
		chance += came[l] / n * said[l] / n;
	ck_assert(near(w.out[0][MOST - 1], hits / n, 1e-9));
	ck_assert(near(w.out[1][MOST - 1], (hits / n - chance) / (1 - chance), 1e-9));
	world_done(&w);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("learn_scores");
	TCase *t = tcase_create("scores");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, scores_are_recounted);
	tcase_add_test(t, scores_fade);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
