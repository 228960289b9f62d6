/* test_learn.c - what learns row by row: the models' steps against twins written anew, the scores
 * against recounts, and that neither cuts nor saving and loading change a bit. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/graph.h"
#include "data/ops/learn/models.h"
#include "tests/support.h"

enum { MOST = 900, KPIS = 32 };

static struct column columns[] = {
	{ .name = (char[]){ "time" }, .type = COLUMN_TIME },
	{ .name = (char[]){ "a" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "b" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "n" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "p" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "word" }, .type = COLUMN_TEXT },
	{ .name = (char[]){ "label" }, .type = COLUMN_TEXT },
	{ .name = (char[]){ "said" }, .type = COLUMN_TEXT },
};
static const struct schema schema = {
	.source = (char[]){ "test" },
	.columns = columns,
	.n = 8,
	.time = 0,
	.stamps_tell = true,
};

struct row {
	double a, b, n, p;
	const char *word, *label, *said; /* NULL: missing */
};

struct world { /* a plan of expressions, a graph on it, and what came out: [kpi][row] */
	struct names *names;
	struct plan *plan;
	struct graph *graph;
	struct block *block;
	int kpis;
	double (*out)[MOST];
};

static void
world_init(struct world *w, const char *const *kpis)
{
	struct error err = { 0 };

	*w = (struct world){ .names = names_new() };
	w->plan = plan_new(&schema, w->names, (struct span){ SPAN_ROWS, 60 });
	for (; kpis[w->kpis] != NULL; w->kpis++)
		ck_assert_msg(plan_add(w->plan, kpis[w->kpis], &err) == w->kpis, "%s: %s",
		    kpis[w->kpis], err.text);
	w->graph = graph_new(w->plan, &err);
	ck_assert_msg(w->graph != NULL, "%s", err.text);
	w->block = block_new(&schema, NULL);
	w->out = memory_zero(KPIS * MOST, sizeof(double));
}

static void
world_done(struct world *w)
{
	block_free(w->block);
	graph_free(w->graph);
	plan_free(w->plan);
	names_free(w->names);
	free(w->out);
}

static struct cell_text
cell(const char *s)
{
	return (struct cell_text){ s, s != NULL ? (uint32_t)strlen(s) : 0 };
}

static void
world_step(struct world *w, const struct row *rows, int from, int n)
{
	struct block *b = w->block;
	struct error err = { 0 };

	block_clear(b);
	b->n = n;
	for (int i = 0; i < n; i++) {
		const struct row *r = &rows[from + i];

		b->time[i] = b->cells[0].time[i] = (int64_t)(from + i) * 1000000000;
		b->cells[1].number[i] = r->a;
		b->cells[2].number[i] = r->b;
		b->cells[3].number[i] = r->n;
		b->cells[4].number[i] = r->p;
		b->cells[5].text[i] = cell(r->word);
		b->cells[6].text[i] = cell(r->label);
		b->cells[7].text[i] = cell(r->said);
	}
	ck_assert_int_eq(graph_step(w->graph, b, 0, n, NULL, &err), 0);
	for (int k = 0; k < w->kpis; k++)
		memcpy(w->out[k] + from, graph_out(w->graph, k), (size_t)n * sizeof(double));
}

/* cut 0: of all sizes in turn. */
static void
world_run(struct world *w, const struct row *rows, int from, int to, int cut)
{
	for (int size = 0, n; from < to; from += n) {
		size = cut > 0 ? cut : size % 200 + 7;
		n = size < to - from ? size : to - from;
		world_step(w, rows, from, n);
	}
}

/* Three labels by where a, b and the word are, with noise; some labels and features missing; a new
 * label from row 300 on. */
static void
make_rows(struct row *rows, int n)
{
	static const char *const words[] = { "red", "green", "blue", NULL };
	struct rng r = { 11 };

	for (int i = 0; i < n; i++) {
		struct row *row = &rows[i];
		int word = (int)(rng_next(&r) % 4);
		double u = rng_uniform(&r);

		row->a = rng_normal(&r);
		row->b = i % 17 == 5 ? NAN : 5 + 3 * rng_normal(&r);
		row->word = words[word];
		row->label = row->a + (word == 0) > 0.3 ? "yes" : "no";
		if (i >= 300 && row->b > 8)
			row->label = "later";
		if (i % 23 == 7)
			row->label = NULL;
		row->n = 2 * row->a + (word == 1) + 0.1 * rng_normal(&r);
		row->n = i % 29 == 3 ? NAN : row->n;
		row->said = u < 0.6 ? row->label : u < 0.8 ? "yes" : "no";
		row->p = floor(20 * rng_uniform(&r)) / 20;
	}
}

/* --- scores, against recounts ------------------------------------------------------------------
 */

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

	make_rows(rows, MOST);
	world_init(&w, kpis);
	world_run(&w, rows, 0, MOST, 0);
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

	make_rows(rows, MOST);
	world_init(&w, kpis);
	world_run(&w, rows, 0, MOST, 0);
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

/* --- models, against twins ---------------------------------------------------------------------
 */

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

/* One input and the intercept: the covariance as four numbers. */
START_TEST(logistic_steps_have_a_twin)
{
	struct models *m = models_new(method("logistic"), 1, 0, 2, 1, false);
	double w[2][2] = { { 0 } }, c[2][2] = { { 1, 0 }, { 0, 1 } }, p[2];
	struct rng r = { 6 };

	for (int i = 0; i < 300; i++) {
		double x = rng_normal(&r), z, own, g[2], h, den;
		int y = rng_uniform(&r) < 1 / (1 + exp(-2 * x));

		models_read(m, &x);
		models_predict(m, p);
		z = m->z[1];
		own = 1 / (1 + exp((w[0][0] + w[0][1] * z) - (w[1][0] + w[1][1] * z)));
		ck_assert(near(p[1], own, 1e-9));
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
		c[0][0] = fmin(1, c[0][0] + 1e-3);
		c[1][1] = fmin(1, c[1][1] + 1e-3);
		models_learn(m, y);
		models_pass(m);
	}
	free(m);
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
	"predict_lower(n, a, b, word, c=0.9)", "predict_upper(n, a, word, method=linear)",
	"cluster(3, a, b)", NULL };

START_TEST(cuts_change_nothing)
{
	static struct row rows[MOST];
	struct world w[3];

	make_rows(rows, MOST);
	for (int i = 0; i < 3; i++) {
		world_init(&w[i], learners);
		world_run(&w[i], rows, 0, MOST, i == 0 ? 1 : i == 1 ? 0 : BLOCK_ROWS);
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

	make_rows(rows, MOST);
	world_init(&whole, learners);
	world_run(&whole, rows, 0, MOST, 0);
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		struct world first, second;
		struct buffer bytes = { 0 }, again = { 0 };
		struct error err = { 0 };
		struct reader r;

		world_init(&first, learners);
		world_run(&first, rows, 0, at[i], 0);
		graph_save(first.graph, &bytes);
		world_init(&second, learners);
		r = (struct reader){ bytes.data, bytes.data + bytes.len };
		ck_assert_msg(graph_load(second.graph, &r, &err) == 0, "%s", err.text);
		graph_save(second.graph, &again);
		ck_assert_uint_eq(again.len, bytes.len);
		ck_assert(memcmp(again.data, bytes.data, bytes.len) == 0);
		world_run(&second, rows, at[i], MOST, 0);
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

	make_rows(rows, MOST);
	world_init(&w, learners);
	world_run(&w, rows, 0, 400, 0);
	graph_save(w.graph, &bytes);
	world_done(&w);
	for (int i = 0; i < 60; i++) {
		size_t at = (size_t)(rng_next(&r) % bytes.len);
		unsigned char was = bytes.data[at];
		struct error err = { 0 };
		struct reader in = { bytes.data, bytes.data + bytes.len };

		bytes.data[at] = (unsigned char)rng_next(&r);
		world_init(&w, learners);
		if (graph_load(w.graph, &in, &err) == 0)
			world_run(&w, rows, 400, 500, 0);
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

	make_rows(rows, MOST);
	memcpy(other, rows, sizeof rows);
	other[200].label = same(rows[200].label, "yes") ? "no" : "yes";
	world_init(&w, kpis);
	world_init(&v, kpis);
	world_run(&w, rows, 0, 300, 0);
	world_run(&v, other, 0, 300, 0);
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

	make_rows(rows, MOST);
	for (int i = 0; i < MOST; i++)
		if (rows[i].label != NULL)
			fewer[n++] = rows[i];
	world_init(&w, kpis);
	world_init(&v, kpis);
	world_run(&w, rows, 0, MOST, 0);
	world_run(&v, fewer, 0, n, 0);
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

	make_rows(rows, MOST);
	for (int i = 0; i < MOST; i++) {
		int state = i / 100 % 2;

		rows[i].label = state ? "on" : "off";
		rows[i].a = state + 0.5 * rng_normal(&r);
	}
	world_init(&w, kpis);
	world_run(&w, rows, 0, MOST, 0);
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

	make_rows(rows, MOST);
	for (int i = 0; i < MOST; i++)
		rows[i].label = i < 5 ? NULL : rows[i - 5].a > 0 ? "up" : "down";
	world_init(&w, kpis);
	world_run(&w, rows, 0, MOST, 0);
	ck_assert(w.out[1][MOST - 1] > 0.97);
	ck_assert(w.out[2][MOST - 1] < 0.65);
	ck_assert_str_eq(
	    names_text(w.names, w.out[0][MOST - 1]), rows[MOST - 1].a > 0 ? "up" : "down");
	world_done(&w);
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

	make_rows(rows, MOST);
	for (int i = 0; i < MOST; i++)
		rows[i].p = 3 * rows[i].a - 7;
	world_init(&w, kpis);
	world_run(&w, rows, 0, MOST, 0);
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

	make_rows(rows, MOST);
	memcpy(wild, rows, sizeof rows);
	for (int i = 150; i < MOST; i += 100)
		wild[i].n = 1e9;
	world_init(&w, kpis);
	world_init(&v, kpis);
	world_run(&w, rows, 0, MOST, 0);
	world_run(&v, wild, 0, MOST, 0);
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

	make_rows(rows, MOST);
	for (int i = 0; i < MOST; i++) {
		rows[i].a = 10 * (i % 3) + rng_normal(&r);
		rows[i].b = 500 * (i % 3 == 1) + 20 * rng_normal(&r);
	}
	world_init(&w, kpis);
	world_run(&w, rows, 0, MOST, 0);
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
		make_rows(rows, MOST);
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
		world_init(&w, learners);
		world_run(&w, rows, 0, MOST, 0);
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

	make_rows(rows, MOST);
	for (int i = 0; i < MOST; i++) {
		snprintf(text[i], sizeof text[i], "l%d", i < 400 ? i : 390);
		rows[i].label = text[i];
	}
	world_init(&w, kpis);
	world_run(&w, rows, 0, MOST, 0);
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
	tcase_add_test(c, scores_are_recounted);
	tcase_add_test(c, scores_fade);
	tcase_add_test(c, naive_bayes_has_a_twin);
	tcase_add_test(c, logistic_steps_have_a_twin);
	tcase_add_test(c, split_criteria_have_twins);
	tcase_add_test(c, cuts_change_nothing);
	tcase_add_test(c, state_goes_on_to_the_bit);
	tcase_add_test(c, damaged_state_is_survived);
	tcase_add_test(c, nothing_leaks);
	tcase_add_test(c, without_a_label_nothing_is_learned);
	tcase_add_test(c, members_are_weighed_by_what_they_said);
	tcase_add_test(c, ahead_predicts_a_later_row);
	tcase_add_test(c, numbers_are_predicted);
	tcase_add_test(c, wild_targets_are_not_learned);
	tcase_add_test(c, clusters_are_found);
	tcase_add_test(c, bad_input_has_answers);
	tcase_add_test(c, too_many_labels_are_other);
	suite_add_tcase(s, c);
	return support_run(s);
}
