/* bench_state.c - what saving, loading and asking cost: medians of CPU time.
 *
 * usage: bench_state FILE [KEY] - its first 1,000 rows go; prints "value what" a line. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "data/engine/engine_view.h"
#include "tests/support.h"

enum {
	ROWS = 1000,
	SAVES = 501,
	LOADS = 11,
	WINDOWS = 4000,
	KPIS = 20000,
	DERIVED = 4000,
	SLICE_NS = 4000000
};

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, by_size);
	return v[n / 2];
}

static struct engine *
open_engine(const char *path, bool defaults)
{
	struct engine_options options = { .query.default_kpis = defaults };
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	struct engine *e = engine_new(&options, NULL, &err);

	if (e == NULL || engine_add_source(e, path, &feed, &err) != 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	return e;
}

static void
ask_windows(struct engine *e, int n, bool named)
{
	struct error err;
	char kpi[80];

	for (int i = 0; i < n; i++) {
		if (named)
			snprintf(kpi, sizeof kpi, "k%d: temperature + %d", i, i);
		else
			snprintf(kpi, sizeof kpi, "mean(temperature, %d)", i + 2);
		query_add_kpi(engine_ask(e), kpi, &err);
	}
}

static void
ask_derived(struct engine *e, int n)
{
	struct error err;
	char column[80];

	for (int i = 0; i < n; i++) {
		snprintf(column, sizeof column, "d%d = temperature + %d", i, i);
		query_derive(engine_ask(e), column, &err);
	}
}

static void
run(struct engine *e, uint64_t rows)
{
	struct error err = { 0 };
	int64_t wake;
	enum engine_state state;

	pacer_max(engine_pacer(e));
	pacer_pause(engine_pacer(e), true, 0);
	pacer_step(engine_pacer(e), (int)rows);
	do
		state = engine_run(e, 1000000, &wake, &err);
	while (state == ENGINE_OPENING || state == ENGINE_RUNNING);
	if (state == ENGINE_FAILED || state == ENGINE_WRONG) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
}

/* Seconds of one save, of an engine that has had its rows. */
static double
time_save(struct engine *e)
{
	struct buffer state = { 0 };
	double times[SAVES];

	for (int i = 0; i < SAVES; i++) {
		double start = cpu();

		state.len = 0;
		engine_save(e, &state);
		times[i] = cpu() - start;
	}
	buffer_done(&state);
	engine_free(e);
	return median(times, SAVES);
}

static double
save_of(const char *path, const char *kpi)
{
	struct engine *e = open_engine(path, kpi == NULL);
	struct error err;

	if (kpi != NULL)
		query_add_kpi(engine_ask(e), kpi, &err);
	run(e, ROWS);
	return time_save(e);
}

static double
load_of(const char *path)
{
	struct engine *e = open_engine(path, false);
	struct buffer state = { 0 };
	struct error err = { 0 };
	double times[LOADS];

	ask_windows(e, WINDOWS, false);
	run(e, 100);
	engine_save(e, &state);
	engine_free(e);
	for (int i = 0; i < LOADS; i++) {
		double start;

		e = open_engine(path, false);
		ask_windows(e, WINDOWS, false);
		start = cpu();
		if (engine_load(e, state.data, state.len, &err) != 0) {
			fprintf(stderr, "%s\n", err.text);
			exit(1);
		}
		times[i] = cpu() - start;
		engine_free(e);
	}
	buffer_done(&state);
	return median(times, LOADS);
}

/* Asked for and compiled, up to the first row. */
static double
ask_of(const char *path, int kpis, int derived)
{
	double start = cpu(), seconds;
	struct engine *e = open_engine(path, false);

	ask_windows(e, kpis, true);
	ask_derived(e, derived);
	run(e, 1);
	seconds = cpu() - start;
	engine_free(e);
	return seconds;
}

/* The longest slice of a checkpoint of all keys of a file, in seconds; the median of some. */
static double
slice_of(const char *path, const char *by)
{
	struct engine_options options = { .query = { .default_kpis = true, .by = by } };
	struct feed_options feed = { 0 };
	struct buffer state = { 0 };
	struct error err = { 0 };
	struct engine *e = engine_new(&options, NULL, &err);
	double longest[LOADS];
	int64_t wake;

	if (e == NULL || engine_add_source(e, path, &feed, &err) != 0)
		exit(1);
	pacer_max(engine_pacer(e));
	while (engine_run(e, 1000000, &wake, &err) < ENGINE_END)
		;
	for (int i = 0; i < LOADS; i++) {
		enum engine_saved saved = ENGINE_SAVED_PART;

		state.len = 0;
		longest[i] = 0;
		engine_save_begin(e, &state);
		while (saved == ENGINE_SAVED_PART) {
			double start = cpu(), took;

			saved = engine_save_on(e, SLICE_NS);
			took = cpu() - start;
			longest[i] = took > longest[i] ? took : longest[i];
		}
	}
	buffer_done(&state);
	engine_free(e);
	return median(longest, LOADS);
}

int
main(int argc, char **argv)
{
	double all, half;

	if (argc == 3) {
		printf("%.2f longest slice of a checkpoint by key, ms\n",
		    slice_of(argv[1], argv[2]) * 1e3);
		return 0;
	}
	if (argc != 2)
		return 2;
	printf("%.1f engine_save, default KPIs, us\n", save_of(argv[1], NULL) * 1e6);
	printf("%.1f engine_save, one forecaster, us\n",
	    save_of(argv[1], "expected(temperature)") * 1e6);
	printf("%.3f engine_load of a plan of 4000 windows, s\n", load_of(argv[1]));
	half = ask_of(argv[1], KPIS / 2, 0);
	all = ask_of(argv[1], KPIS, 0);
	printf("%.2f 20000 KPIs over 10000, times\n", all / half);
	half = ask_of(argv[1], 0, DERIVED / 2);
	all = ask_of(argv[1], 0, DERIVED);
	printf("%.2f 4000 derived columns over 2000, times\n", all / half);
	return 0;
}
