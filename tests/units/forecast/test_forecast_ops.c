/* test_forecast_ops.c - the operators that users write, through a graph: what they say at each row,
 * that they share one forecaster, and that neither cuts nor saving and loading change a bit. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/graph.h"
#include "data/ops/forecast/forecast.h"
#include "tests/support.h"
#include "tests/world.h"

enum { MOST = 3000 };

static struct column columns[] = {
	{ .name = (char[]){ "time" }, .type = COLUMN_TIME },
	{ .name = (char[]){ "x" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "side" }, .type = COLUMN_TEXT },
};
static const struct schema timed = {
	.source = (char[]){ "test" },
	.columns = columns,
	.n = 3,
	.time = 0,
	.stamps_tell = true,
};
static const struct schema untimed = {
	.source = (char[]){ "test" },
	.columns = columns,
	.n = 3,
	.time = -1,
};

/* The forecaster that the first KPI reads. */
static const struct op *
world_forecaster(const struct world *w)
{
	return graph_op(w->graph, 0)->args[0];
}

static void
world_step(struct world *w, const double *x, const int64_t *time, int from, int n)
{
	const struct op_remark *remarks;
	const struct op *const *speakers;

	block_clear(w->block);
	w->block->n = n;
	memcpy(w->block->time, time + from, (size_t)n * sizeof *time);
	memcpy(w->block->cells[0].time, time + from, (size_t)n * sizeof *time);
	memcpy(w->block->cells[1].number, x + from, (size_t)n * sizeof *x);
	memset(w->block->cells[2].text, 0, (size_t)n * sizeof *w->block->cells[2].text);
	world_go(w, from, n);
	ck_assert_int_ge(graph_speakers(w->graph, &speakers), 1);
	ck_assert_ptr_eq(speakers[0], world_forecaster(w));
	n = speakers[0]->node->class->remarks(speakers[0], &remarks);
	for (int i = 0; i < n; i++) {
		ck_assert_int_eq(remarks[i].kind, REMARK_NOTE);
		text_addf(&w->notes, "%d ", (int)remarks[i].row + 1);
		op_remark_print(speakers[0], &remarks[i], &w->notes);
		text_addc(&w->notes, '\n');
	}
}

/* All rows, in cuts of the given size; 0: of all sizes in turn. */
static void
world_run(struct world *w, const double *x, const int64_t *time, int n, int cut)
{
	int from, size = 0, most;

	for (from = 0; from < n; from += most) {
		size = cut > 0 ? cut : size % BLOCK_ROWS + 7;
		most = size < BLOCK_ROWS ? size : BLOCK_ROWS;
		if (most > n - from)
			most = n - from;
		world_step(w, x, time, from, most);
	}
}

static void
hours(int64_t *time, int n)
{
	for (int i = 0; i < n; i++)
		time[i] = i * 3600 * TIME_SECOND;
}

/* Hourly values with a day, noise, missing runs and a spike. */
static void
make_hours(double *x, int n)
{
	struct rng r = { 7 };

	for (int i = 0; i < n; i++)
		x[i] = 100 + 20 * sin(i * acos(-1.0) / 12) + 3 * rng_normal(&r);
	for (int i = n / 2; i < n / 2 + 30 && i < n; i++)
		x[i] = NAN;
	if (n > 300)
		x[300] = 1e6;
}

static const char *const ALL[] = { "expected(x)", "residual(x)", "lower(x)", "upper(x, 0.8)",
	"outside(x, 0.9)", "forecast(x)", "forecast(x, 24)", "forecast_mae(x, 100)",
	"forecast_rmse(x, 100)", "forecast_mase(x)", "coverage(x, 0.95, 200)",
	"expected(x, method=hw, season=24)", "forecast(x, 5, method=ar)", NULL };

START_TEST(cuts_do_not_matter)
{
	static double x[MOST];
	static int64_t time[MOST];
	static const int cuts[] = { 1, 7, 256, 0 };
	struct world whole, cut;

	make_hours(x, MOST);
	hours(time, MOST);
	world_init(&whole, &timed, ALL, MOST);
	world_run(&whole, x, time, MOST, 100);
	for (int c = 0; c < 4; c++) {
		world_init(&cut, &timed, ALL, MOST);
		world_run(&cut, x, time, MOST, cuts[c]);
		ck_assert_int_eq(
		    memcmp(whole.out[0], cut.out[0], (size_t)whole.kpis * MOST * sizeof(double)),
		    0);
		ck_assert_str_eq(text_get(&whole.notes), text_get(&cut.notes));
		world_done(&cut);
	}
	world_done(&whole);
}
END_TEST

START_TEST(saved_and_loaded)
{
	static double x[MOST];
	static int64_t time[MOST];
	static const int at[] = { 1, 30, 47, 301, 1510, 1700 };
	struct world whole;

	make_hours(x, MOST);
	hours(time, MOST);
	world_init(&whole, &untimed, ALL, MOST);
	world_run(&whole, x, time, MOST, 256);
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		struct world first, second;
		struct buffer b = { 0 };
		struct error err = { 0 };

		world_init(&first, &untimed, ALL, MOST);
		world_init(&second, &untimed, ALL, MOST);
		world_run(&first, x, time, at[i], 50);
		graph_save(first.graph, &b);
		ck_assert_int_eq(
		    graph_load(second.graph, &(struct reader){ b.data, b.data + b.len }, &err), 0);
		for (int from = at[i]; from < MOST; from += 100)
			world_step(&second, x, time, from, MOST - from < 100 ? MOST - from : 100);
		for (int k = 0; k < whole.kpis; k++)
			ck_assert_int_eq(memcmp(whole.out[k] + at[i], second.out[k] + at[i],
					     (size_t)(MOST - at[i]) * sizeof(double)),
			    0);
		buffer_done(&b);
		world_done(&first);
		world_done(&second);
	}
	world_done(&whole);
}
END_TEST

START_TEST(definitions)
{
	static double x[1000];
	static int64_t time[1000];
	static const char *const kpis[] = { "expected(x)", "residual(x)", "lower(x, 0.9)",
		"upper(x, 0.9)", "outside(x, 0.9)", "forecast(x)", "forecast_mae(x, 50)",
		"forecast_mase(x, 50)", "coverage(x, 0.9, 50)", "forecast_rmse(x, 50)", NULL };
	struct world w;
	double error = 0, square = 0, jump = 0, in = 0;

	make_hours(x, 400);
	hours(time, 400);
	world_init(&w, &timed, kpis, MOST);
	world_run(&w, x, time, 200, 64);
	ck_assert(isnan(w.out[0][0]));
	for (int i = 1; i < 200; i++) {
		bool out = x[i] < w.out[2][i] || x[i] > w.out[3][i];

		/* expected is the forecast made before */
		ck_assert(w.out[0][i] == w.out[5][i - 1]);
		if (isnan(x[i]))
			continue;
		ck_assert(near(w.out[1][i], x[i] - w.out[0][i], 1e-12));
		if (i > 3)
			ck_assert(w.out[4][i] == out);
	}
	for (int i = 50; i < 100; i++) {
		error += fabs(x[i] - w.out[0][i]) / 50;
		square += pow(x[i] - w.out[0][i], 2) / 50;
		jump += fabs(x[i] - x[i - 1]) / 50;
		in += (x[i] >= w.out[2][i] && x[i] <= w.out[3][i]) / 50.0;
	}
	ck_assert(near(w.out[6][99], error, 1e-9));
	ck_assert(near(w.out[7][99], error / jump, 1e-9));
	ck_assert(near(w.out[8][99], in, 1e-9));
	ck_assert(near(w.out[9][99], sqrt(square), 1e-9));
	world_done(&w);
}
END_TEST

/* What a definition is given holds for all that it is made of. */
START_TEST(parameters_are_handed_down)
{
	static double x[400];
	static int64_t time[400];
	static const char *const kpis[] = { "expected(x, method=naive)",
		"forecast_mae(x, 50, method=naive)", "forecast_mase(x, 50, method=naive)",
		"residual(x, method=naive)", NULL };
	struct world w;

	make_hours(x, 400);
	hours(time, 400);
	for (int i = 0; i < 400; i++)
		x[i] = isnan(x[i]) ? 100 : x[i];
	world_init(&w, &timed, kpis, MOST);
	world_run(&w, x, time, 200, 64);
	for (int i = 100; i < 200; i++) {
		double error = 0;

		for (int k = i - 49; k <= i; k++)
			error += fabs(x[k] - x[k - 1]) / 50;
		ck_assert(w.out[0][i] == x[i - 1]);
		ck_assert(near(w.out[1][i], error, 1e-9));
		ck_assert(near(w.out[2][i], 1, 1e-9));
		ck_assert(near(w.out[3][i], x[i] - x[i - 1], 1e-9));
	}
	world_done(&w);
}
END_TEST

START_TEST(one_forecaster_for_all)
{
	static const char *const kpis[] = { "expected(x)", "lower(x, 0.8)", "forecast(x, 9)",
		"upper(x)", "expected(x, season=7)", NULL };
	struct world w;

	world_init(&w, &timed, kpis, MOST);
	for (int k = 1; k < 4; k++)
		ck_assert_ptr_eq(graph_op(w.graph, k)->args[0], world_forecaster(&w));
	ck_assert_ptr_ne(graph_op(w.graph, 4)->args[0], world_forecaster(&w));
	world_done(&w);
}
END_TEST

START_TEST(season_told_by_the_step)
{
	static double x[200];
	static int64_t time[200];
	static const char *const kpis[] = { "expected(x)", NULL };
	struct world w;

	make_hours(x, 200);
	hours(time, 200);
	world_init(&w, &timed, kpis, MOST);
	world_run(&w, x, time, 200, 256);
	ck_assert_str_eq(text_get(&w.notes),
	    "4 forecast of x: seasons 24 and 168 rows (from the step of the times)\n");
	world_done(&w);
}
END_TEST

START_TEST(season_found)
{
	static double x[400];
	static int64_t time[400];
	static const char *const kpis[] = { "expected(x)", NULL };
	struct world w;
	struct forecast_state state;

	make_hours(x, 400);
	for (int i = 0; i < 400; i++) /* arrival times say nothing */
		time[i] = i * TIME_SECOND * 3600;
	world_init(&w, &untimed, kpis, MOST);
	world_run(&w, x, time, 400, 256);
	state = forecaster_state(world_forecaster(&w));
	ck_assert_int_eq(state.season, 24);
	ck_assert(!state.from_step && !state.told);
	ck_assert_ptr_nonnull(strstr(text_get(&w.notes), "season 24 rows (found in the data)"));
	world_done(&w);
}
END_TEST

/* Large gains on a long season: it diverges, that is noticed and told, and errors stay those of a
 * sane forecast. */
START_TEST(holt_winters_diverges_and_recovers)
{
	static double x[MOST];
	static int64_t time[MOST];
	static const char *const kpis[] = {
		"expected(x, method=hw, alpha=0.5, beta=0.3, gamma=0.9, season=48)",
		"expected(x, method=naive)", NULL
	};
	struct rng r = { 3 };
	struct world w;
	double error = 0, naive = 0;

	for (int i = 0; i < MOST; i++)
		x[i] = 1000 + 500 * sin(i * acos(-1.0) / 24) + 200 * sin(i * acos(-1.0) / 12) +
		       20 * rng_normal(&r);
	hours(time, MOST);
	world_init(&w, &timed, kpis, MOST);
	world_run(&w, x, time, MOST, 256);
	ck_assert_ptr_nonnull(strstr(text_get(&w.notes), "hw diverged and starts anew"));
	for (int i = MOST - 500; i < MOST; i++) {
		error += fabs(x[i] - w.out[0][i]);
		naive += fabs(x[i] - w.out[1][i]);
	}
	ck_assert(error < 2 * naive);
	world_done(&w);
}
END_TEST

START_TEST(refused)
{
	static const char *const bad[] = { "forecast(x, 0)", "forecast(x, 10000)", "expected(side)",
		"expected(x, method=prophet)", "expected(x, season=-3)",
		"expected(x, season=\"24,7\")", "expected(x, season=weekly)",
		"expected(x, season=100000)", "lower(x, 1)", "lower(x, 0.3)",
		"expected(x, alpha=2)" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct names *names = names_new();
		struct plan *plan = plan_new(&timed, names, (struct span){ SPAN_ROWS, 60 });
		struct error err = { 0 };

		ck_assert_msg(plan_add(plan, bad[i], &err) < 0, "%s", bad[i]);
		ck_assert_msg(strncmp(err.text, "column ", 7) == 0, "%s: %s", bad[i], err.text);
		plan_free(plan);
		names_free(names);
	}
}
END_TEST

START_TEST(path_and_scores)
{
	static double x[600];
	static int64_t time[600];
	static const char *const kpis[] = { "expected(x)", NULL };
	double mean[HORIZON_MAX], low[HORIZON_MAX], high[HORIZON_MAX], error = 0;
	struct forecast_expert e[FORECAST_EXPERTS];
	struct forecast_scores scores;
	struct forecast_state state;
	double weights = 0;
	struct world w;
	int n;

	for (int i = 0; i < 600; i++)
		x[i] = 100 + 20 * sin(i * acos(-1.0) / 12) + i * 7919 % 101 / 40.0;
	hours(time, 600);
	world_init(&w, &timed, kpis, MOST);
	world_run(&w, x, time, 600, 256);
	forecaster_path(world_forecaster(&w), HORIZON_MAX, 0.95, mean, low, high);
	for (int h = 0; h < HORIZON_MAX; h++) {
		ck_assert(low[h] < mean[h] && mean[h] < high[h]);
		ck_assert(fabs(mean[h] - 100 - 20 * sin((600 + h) * acos(-1.0) / 12)) < 8);
	}
	state = forecaster_state(world_forecaster(&w));
	ck_assert(near(state.next, mean[0], 1e-9));
	ck_assert(near(state.width, high[0] - mean[0], 1e-9));
	scores = forecaster_scores(world_forecaster(&w));
	ck_assert_uint_eq(scores.n, 599);
	for (int i = 1; i < 600; i++)
		error += fabs(x[i] - w.out[0][i]) / 599;
	ck_assert(near(scores.mae, error, 1e-9));
	ck_assert(scores.rmse >= scores.mae && scores.coverage > 0.9);
	n = forecaster_experts(world_forecaster(&w), e, FORECAST_EXPERTS);
	for (int i = 0; i < n; i++)
		weights += e[i].weight;
	ck_assert(n == FORECAST_EXPERTS && near(weights, 1, 1e-9));
	world_done(&w);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("forecast operators");
	TCase *c = tcase_create("all");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, cuts_do_not_matter);
	tcase_add_test(c, saved_and_loaded);
	tcase_add_test(c, definitions);
	tcase_add_test(c, parameters_are_handed_down);
	tcase_add_test(c, one_forecaster_for_all);
	tcase_add_test(c, season_told_by_the_step);
	tcase_add_test(c, season_found);
	tcase_add_test(c, holt_winters_diverges_and_recovers);
	tcase_add_test(c, refused);
	tcase_add_test(c, path_and_scores);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
