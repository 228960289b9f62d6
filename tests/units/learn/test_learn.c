/* test_learn.c - what learns row by row: that neither cuts nor saving and loading change a bit,
 * what is learned and when, and bad input. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/learn/classifier.h"
#include "tests/learn_rows.h"
#include "tests/support.h"

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* --- the operators ---------------------------------------------------------------------------*/

static const char *const learners[] = { "classify(label, a, b, word)",
	"classify(label, a, b, word, method=hoeffding)",
	"classify(label, a, b, word, method=logistic)", "classify(label, a, b, word, method=nb)",
	"classify(label, a, b, word, method=perceptron)", "classify(label, a, b, word, method=knn)",
	"classify(label, a, b, word, method=forest)", "classify(label, a, b, method=last)",
	"proba(label, a, b, word, value=\"yes\")", "proba(label, a, b)",
	"classify(label, a, word, delay=9, method=nb)",
	"classify(label, a, word, delay=9s, method=nb)",
	"proba(label, a, word, ahead=5, method=logistic, value=\"no\")",
	"accuracy(label, classify(label, a, b, word), 40)",
	"kappa(label, classify(label, a, word, delay=9, method=nb), all)",
	"f1(label, classify(label, a, b, word), halflife=30)",
	"auc(label, proba(label, a, b, word, value=\"yes\"), 70)",
	"logloss(label, proba(label, a, b, word), 70)",
	"accuracy(label, classify(label, a, word, delay=9s, method=nb), 40)",
	"predict(n, a, b, word)", "predict(n, a, b, word, method=linear)",
	"predict(n, a, b, word, method=hoeffding)", "predict(n, a, b, word, method=knn)",
	"predict(n, a, word, delay=9)", "predict(n, a, b, word, method=linear, delay=9s)",
	"mae(n, predict(n, a, b, delay=9, method=knn), 40)",
	"predict_upper(n, a, b, delay=20, method=hoeffding)", "predict_lower(n, a, b, word, c=0.9)",
	"predict_upper(n, a, word, method=linear)", "cluster(3, a, b)", NULL };

START_TEST(cuts_change_nothing)
{
	static struct row rows[MOST];
	struct world w[3];

	learn_rows(rows, MOST);
	for (int i = 0; i < 3; i++) {
		learn_world(&w[i], learners);
		learn_run(&w[i], rows, 0, MOST, i == 0 ? 1 : i == 1 ? 0 : BLOCK_ROWS);
	}
	for (int k = 0; k < w[0].kpis; k++)
		for (int i = 1; i < 3; i++)
			ck_assert_msg(memcmp(w[0].out[k], w[i].out[k], MOST * sizeof(double)) == 0,
			    "%s", learners[k]);
	for (int i = 0; i < 3; i++)
		world_done(&w[i]);
}
END_TEST

START_TEST(state_goes_on_to_the_bit)
{
	static const int at[] = { 1, 5, 120, 310, 640 };
	static struct row rows[MOST];
	struct world whole;

	learn_rows(rows, MOST);
	learn_world(&whole, learners);
	learn_run(&whole, rows, 0, MOST, 0);
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		struct world first, second;
		struct buffer bytes = { 0 }, again = { 0 };
		struct error err = { 0 };
		struct reader r;

		learn_world(&first, learners);
		learn_run(&first, rows, 0, at[i], 0);
		graph_save(first.graph, &bytes);
		learn_world(&second, learners);
		r = (struct reader){ bytes.data, bytes.data + bytes.len };
		ck_assert_msg(graph_load(second.graph, &r, &err) == 0, "%s", err.text);
		graph_save(second.graph, &again);
		ck_assert_uint_eq(again.len, bytes.len);
		ck_assert(memcmp(again.data, bytes.data, bytes.len) == 0);
		learn_run(&second, rows, at[i], MOST, 0);
		for (int k = 0; k < whole.kpis; k++)
			ck_assert_msg(memcmp(whole.out[k] + at[i], second.out[k] + at[i],
					  (size_t)(MOST - at[i]) * sizeof(double)) == 0,
			    "%s, saved at %d", learners[k], at[i]);
		buffer_done(&bytes);
		buffer_done(&again);
		world_done(&first);
		world_done(&second);
	}
	world_done(&whole);
}
END_TEST

/* Whatever the bytes say: an error or another state, and it goes on. */
START_TEST(damaged_state_is_survived)
{
	static struct row rows[MOST];
	struct buffer bytes = { 0 };
	struct rng r = { 3 };
	struct world w;

	learn_rows(rows, MOST);
	learn_world(&w, learners);
	learn_run(&w, rows, 0, 400, 0);
	graph_save(w.graph, &bytes);
	world_done(&w);
	for (int i = 0; i < 60; i++) {
		size_t at = (size_t)(rng_next(&r) % bytes.len);
		unsigned char was = bytes.data[at];
		struct error err = { 0 };
		struct reader in = { bytes.data, bytes.data + bytes.len };

		bytes.data[at] = (unsigned char)rng_next(&r);
		learn_world(&w, learners);
		if (graph_load(w.graph, &in, &err) == 0)
			learn_run(&w, rows, 400, 500, 0);
		world_done(&w);
		bytes.data[at] = was;
	}
	buffer_done(&bytes);
}
END_TEST

/* A row is predicted from those before it alone: another label there changes nothing but later. */
START_TEST(nothing_leaks)
{
	static const char *const kpis[] = { "proba(label, a, b, word, value=\"yes\")",
		"proba(label, a, method=nb, value=\"yes\", delay=10)", NULL };
	static struct row rows[MOST], other[MOST];
	struct world w, v;

	learn_rows(rows, MOST);
	memcpy(other, rows, sizeof rows);
	other[200].label = same(rows[200].label, "yes") ? "no" : "yes";
	learn_world(&w, kpis);
	learn_world(&v, kpis);
	learn_run(&w, rows, 0, 300, 0);
	learn_run(&v, other, 0, 300, 0);
	ck_assert(memcmp(w.out[0], v.out[0], 201 * sizeof(double)) == 0);
	ck_assert(memcmp(w.out[0] + 201, v.out[0] + 201, sizeof(double)) != 0);
	ck_assert(memcmp(w.out[1], v.out[1], 210 * sizeof(double)) == 0);
	ck_assert(memcmp(w.out[1] + 210, v.out[1] + 210, sizeof(double)) != 0);
	world_done(&w);
	world_done(&v);
}
END_TEST

/* Rows without a label are predicted, and change nothing for those behind them. */
START_TEST(without_a_label_nothing_is_learned)
{
	static const char *const kpis[] = { "proba(label, a, b, word, value=\"yes\")", NULL };
	static struct row rows[MOST], fewer[MOST];
	struct world w, v;
	int n = 0;

	learn_rows(rows, MOST);
	for (int i = 0; i < MOST; i++)
		if (rows[i].label != NULL)
			fewer[n++] = rows[i];
	learn_world(&w, kpis);
	learn_world(&v, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	learn_run(&v, fewer, 0, n, 0);
	for (int i = 0, k = 0; i < MOST; i++) {
		if (rows[i].label != NULL) {
			ck_assert(memcmp(&w.out[0][i], &v.out[0][k], sizeof(double)) == 0);
			k++;
		} else {
			ck_assert(i < 3 || w.out[0][i] >= 0);
		}
	}
	world_done(&w);
	world_done(&v);
}
END_TEST

/* Labels that last, known 60 rows late: whoever repeats the last one looks good a row later, and is
 * wrong when it counts. So the mixture must weigh its members by what they said then. */
START_TEST(members_are_weighed_by_what_they_said)
{
	static const char *const kpis[] = { "accuracy(label, classify(label, a, delay=60), 500)",
		"accuracy(label, classify(label, a, delay=60, method=nb), 500)", NULL };
	static struct row rows[MOST];
	struct world w;
	struct rng r = { 12 };

	learn_rows(rows, MOST);
	for (int i = 0; i < MOST; i++) {
		int state = i / 100 % 2;

		rows[i].label = state ? "on" : "off";
		rows[i].a = state + 0.5 * rng_normal(&r);
	}
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	ck_assert_msg(w.out[0][MOST - 1] > w.out[1][MOST - 1] + 0.11, "%g, naive Bayes %g",
	    w.out[0][MOST - 1], w.out[1][MOST - 1]);
	world_done(&w);
}
END_TEST

/* The label of row i is what a was at row i - 5, so it is known ahead to the row of that a. */
START_TEST(ahead_predicts_a_later_row)
{
	static const char *const kpis[] = { "classify(label, a, ahead=5, method=nb)",
		"accuracy(label, classify(label, a, ahead=5, method=nb), 200)",
		"accuracy(label, classify(label, a, method=nb), 200)", NULL };
	static struct row rows[MOST];
	struct world w;

	learn_rows(rows, MOST);
	for (int i = 0; i < MOST; i++)
		rows[i].label = i < 5 ? NULL : rows[i - 5].a > 0 ? "up" : "down";
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	ck_assert(w.out[1][MOST - 1] > 0.97);
	ck_assert(w.out[2][MOST - 1] < 0.65);
	ck_assert_str_eq(
	    names_text(w.names, w.out[0][MOST - 1]), rows[MOST - 1].a > 0 ? "up" : "down");
	world_done(&w);
}
END_TEST

/* A target of a row is learned and scored so many rows later, not before: what is another from row
 * 300 on changes nothing that is said before it is known. */
START_TEST(targets_come_later)
{
	static const char *const kpis[] = { "predict(n, a, b, word, delay=25)",
		"predict_upper(n, a, b, delay=25s, method=linear)", "predict(n, a, b, word)",
		"mae(n, predict(n, a, b, word, delay=25), all)", NULL };
	static const int known[] = { 325, 325, 301 };
	static struct row rows[MOST];
	struct world w, v;
	double sum = 0, n = 0;

	learn_rows(rows, MOST);
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	for (int i = 0; i + 25 < MOST; i++)
		if (!isnan(rows[i].n) && !isnan(w.out[0][i])) {
			sum += fabs(rows[i].n - w.out[0][i]);
			n++;
		}
	ck_assert_msg(
	    near(w.out[3][MOST - 1], sum / n, 1e-9), "%g, not %g", w.out[3][MOST - 1], sum / n);
	for (int i = 300; i < MOST; i++)
		rows[i].n = 50 + rows[i].n;
	learn_world(&v, kpis);
	learn_run(&v, rows, 0, MOST, 0);
	for (int k = 0; k < 3; k++) {
		int first = 0;

		while (
		    first < MOST && memcmp(&w.out[k][first], &v.out[k][first], sizeof(double)) == 0)
			first++;
		ck_assert_msg(
		    first >= known[k] && first < known[k] + 6, "%s: differs at %d", kpis[k], first);
	}
	world_done(&w);
	world_done(&v);
}
END_TEST

/* A delay of so many rows in which nothing changes costs nothing: a straight line is found. */
START_TEST(late_targets_are_learned)
{
	static const char *const kpis[] = { "mae(p, predict(p, a, delay=40), 200)",
		"mae(p, predict(p, a, delay=40, method=mean), 200)",
		"mae(p, predict(p, a, b, delay=40, method=knn), 200)", NULL };
	static struct row rows[MOST];
	struct world w;

	learn_rows(rows, MOST);
	for (int i = 0; i < MOST; i++)
		rows[i].p = 3 * rows[i].a - 7;
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	ck_assert_msg(w.out[0][MOST - 1] < 0.05, "%g", w.out[0][MOST - 1]);
	ck_assert_msg(w.out[1][MOST - 1] > 1, "%g", w.out[1][MOST - 1]);
	ck_assert_msg(w.out[2][MOST - 1] < 0.6, "%g", w.out[2][MOST - 1]);
	world_done(&w);
}
END_TEST

/* Whoever repeats the label known last is judged by what was known: labels that last are right for
 * him a row later, but not 60 rows later. */
START_TEST(baselines_know_no_more)
{
	static const char *const kpis[] = { "classify(label, a, delay=60, method=nb)",
		"classify(label, b, method=nb)", NULL };
	static struct row rows[MOST];
	const struct op *const *learners_of;
	struct world w;

	learn_rows(rows, MOST);
	for (int i = 0; i < MOST; i++)
		rows[i].label = i / 70 % 2 ? "on" : "off";
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	ck_assert_int_eq(graph_speakers(w.graph, &learners_of), 2);
	for (int i = 0; i < 2; i++) {
		const struct classifier *c = learners_of[i]->state;
		const struct course_point *all = &c->judge.course.all;
		double right = 1 - all->last / all->n;

		ck_assert_msg(c->waiting.cap > 0 ? right < 0.3 : right > 0.97, "%g", right);
	}
	world_done(&w);
}
END_TEST

/* What `weir list models` tells is measured like this. */
START_TEST(models_are_bounded)
{
	static const struct {
		int classes;
		size_t most;
	} bounds[] = { { 2, 1 << 20 }, { 8, 1 << 20 }, { 40, 4 << 20 } };

	for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
		for (int k = 0; methods[k].name != NULL; k++) {
			struct models *m =
			    models_new(&methods[k], 10, 0, bounds[i].classes, 1, false);

			ck_assert_msg(m->held <= bounds[i].most, "%s, %d labels: %zu bytes",
			    methods[k].name, bounds[i].classes, m->held);
			free(m);
		}
}
END_TEST

/* y is 2 a + (word is green), with a sd of 0.1: a straight line is found, and the interval of nine
 * tenths holds nine tenths. Against least squares of all rows before, solved anew for a and 1. */
START_TEST(numbers_are_predicted)
{
	static const char *const kpis[] = { "predict(p, a, method=linear)", "predict(n, a, word)",
		"predict_lower(n, a, word, c=0.9)", "predict_upper(n, a, word, c=0.9)",
		"mae(n, predict(n, a, word), all)", NULL };
	static struct row rows[MOST];
	double s1 = 0, sa = 0, saa = 0, sy = 0, say = 0, inside = 0, seen = 0, apart = 0;
	struct world w;

	learn_rows(rows, MOST);
	for (int i = 0; i < MOST; i++)
		rows[i].p = 3 * rows[i].a - 7;
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	for (int i = 0; i < MOST; i++) {
		double den = s1 * saa - sa * sa, slope = (s1 * say - sa * sy) / den;
		double twin = (sy - slope * sa) / s1 + slope * rows[i].a;

		if (i > 200)
			apart += fabs(w.out[0][i] - twin) / (MOST - 201);
		s1++;
		sa += rows[i].a;
		saa += rows[i].a * rows[i].a;
		sy += rows[i].p;
		say += rows[i].a * rows[i].p;
		if (i < 200 || isnan(rows[i].n))
			continue;
		seen++;
		inside += rows[i].n >= w.out[2][i] && rows[i].n <= w.out[3][i];
		ck_assert(w.out[2][i] < w.out[1][i] && w.out[1][i] < w.out[3][i]);
	}
	ck_assert_msg(apart < 0.03, "%g", apart);
	ck_assert_msg(inside / seen > 0.87 && inside / seen < 0.93, "%g", inside / seen);
	ck_assert_msg(w.out[4][MOST - 1] < 0.25, "%g", w.out[4][MOST - 1]);
	world_done(&w);
}
END_TEST

/* One row in a hundred is 1e9: the others are predicted as well as without. */
START_TEST(wild_targets_are_not_learned)
{
	static const char *const kpis[] = { "predict(n, a, word)", NULL };
	static struct row rows[MOST], wild[MOST];
	struct world w, v;
	double own = 0, other = 0;

	learn_rows(rows, MOST);
	memcpy(wild, rows, sizeof rows);
	for (int i = 150; i < MOST; i += 100)
		wild[i].n = 1e9;
	learn_world(&w, kpis);
	learn_world(&v, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	learn_run(&v, wild, 0, MOST, 0);
	for (int i = 100; i < MOST; i++) {
		if (isnan(rows[i].n) || wild[i].n > 1e8)
			continue;
		own += fabs(rows[i].n - w.out[0][i]);
		other += fabs(rows[i].n - v.out[0][i]);
	}
	ck_assert_msg(other < 1.2 * own, "%g against %g", other, own);
	world_done(&w);
	world_done(&v);
}
END_TEST

/* Three clouds far apart: each row is in the cluster of its cloud, whatever its number. */
START_TEST(clusters_are_found)
{
	static const char *const kpis[] = { "cluster(3, a, b)", NULL };
	static struct row rows[MOST];
	struct world w;
	struct rng r = { 9 };
	double number[3] = { NAN, NAN, NAN };
	int wrong = 0;

	learn_rows(rows, MOST);
	for (int i = 0; i < MOST; i++) {
		rows[i].a = 10 * (i % 3) + rng_normal(&r);
		rows[i].b = 500 * (i % 3 == 1) + 20 * rng_normal(&r);
	}
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	for (int i = 300; i < MOST; i++) {
		if (isnan(number[i % 3]))
			number[i % 3] = w.out[0][i];
		wrong += !(w.out[0][i] >= number[i % 3] && w.out[0][i] <= number[i % 3]);
	}
	ck_assert_int_le(wrong, 6);
	for (int c = 0; c < 3; c++)
		for (int k = 0; k < c; k++)
			ck_assert(number[c] < number[k] || number[c] > number[k]);
	world_done(&w);
}
END_TEST

/* --- bad input -------------------------------------------------------------------------------*/

static void
check_finite(const struct world *w, int n)
{
	for (int k = 0; k < w->kpis; k++)
		for (int i = 0; i < n; i++)
			ck_assert_msg(!isinf(w->out[k][i]), "kpi %d, row %d", k, i);
}

START_TEST(bad_input_has_answers)
{
	static struct row rows[MOST];
	struct world w;

	for (int kind = 0; kind < 6; kind++) {
		learn_rows(rows, MOST);
		for (int i = 0; i < MOST; i++) {
			struct row *r = &rows[i];

			if (kind == 0)
				r->label = "only";
			if (kind == 1)
				r->a = 7;
			if (kind == 2)
				r->a = i % 50 == 0 ? (i % 100 == 0 ? 1e300 : -1e15) : r->a;
			if (kind == 3)
				r->a = r->b = NAN, r->word = NULL;
			if (kind == 4)
				r->label = NULL;
			if (kind == 5)
				r->b = 1.7e9 + r->b;
		}
		learn_world(&w, learners);
		learn_run(&w, rows, 0, MOST, 0);
		check_finite(&w, MOST);
		for (int i = 5; i < MOST && kind == 0; i++)
			ck_assert_str_eq(names_text(w.names, w.out[0][i]), "only");
		for (int i = 20; i < MOST && kind != 4; i++)
			ck_assert_msg(w.out[8][i] >= 0 && w.out[8][i] <= 1, "kind %d, row %d: %g",
			    kind, i, w.out[8][i]);
		for (int i = 0; i < MOST && kind == 4; i++)
			ck_assert(isnan(w.out[0][i]));
		world_done(&w);
	}
}
END_TEST

/* More labels than are told apart: the later ones are "other", and memory has an end. */
START_TEST(too_many_labels_are_other)
{
	static const char *const kpis[] = { "classify(label, a, method=nb)", "classify(label, a)",
		NULL };
	static char text[MOST][8];
	static struct row rows[MOST];
	struct world w;
	int other = 0;

	learn_rows(rows, MOST);
	for (int i = 0; i < MOST; i++) {
		snprintf(text[i], sizeof text[i], "l%d", i < 400 ? i : 390);
		rows[i].label = text[i];
	}
	learn_world(&w, kpis);
	learn_run(&w, rows, 0, MOST, 0);
	for (int i = 500; i < MOST; i++)
		other += strcmp(names_text(w.names, w.out[1][i]), "other") == 0;
	ck_assert_int_gt(other, 300);
	ck_assert_uint_lt(graph_held(w.graph, 1), 6 * 1024 * 1024);
	world_done(&w);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("learn");
	TCase *c = tcase_create("all");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, cuts_change_nothing);
	tcase_add_test(c, state_goes_on_to_the_bit);
	tcase_add_test(c, damaged_state_is_survived);
	tcase_add_test(c, nothing_leaks);
	tcase_add_test(c, without_a_label_nothing_is_learned);
	tcase_add_test(c, members_are_weighed_by_what_they_said);
	tcase_add_test(c, ahead_predicts_a_later_row);
	tcase_add_test(c, targets_come_later);
	tcase_add_test(c, late_targets_are_learned);
	tcase_add_test(c, baselines_know_no_more);
	tcase_add_test(c, models_are_bounded);
	tcase_add_test(c, numbers_are_predicted);
	tcase_add_test(c, wild_targets_are_not_learned);
	tcase_add_test(c, clusters_are_found);
	tcase_add_test(c, bad_input_has_answers);
	tcase_add_test(c, too_many_labels_are_other);
	suite_add_tcase(s, c);
	return support_run(s);
}
