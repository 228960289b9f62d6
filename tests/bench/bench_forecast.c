/* bench_forecast.c - the forecaster on the series of forecasting competitions, in one process.
 *
 * usage: bench_forecast m4 TRAIN.csv HORIZON SEASONS OUT   (SEASONS: "24,168", or "found")
 *        bench_forecast next FILE.csv SEASONS [METHOD[:ALPHA,BETA,GAMMA]]
 *           (or compact) one step ahead: t,y,yhat,lo80,hi80,lo95,hi95
 *        bench_forecast cost HORIZON SEASONS [METHOD]      microseconds a row of a made-up series
 * m4 writes OUT-mean.csv, OUT-lower.csv and OUT-upper.csv for forecast_score.py. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/base/error.h"
#include "data/ops/forecast/forecaster.h"
#include "data/ops/forecast/score_history.h"

static const double PI = 3.14159265358979323846;

static struct forecaster_options
options_of(const char *seasons, int horizon, const char *method)
{
	static const struct forecast_method *const all[] = { &forecast_auto, &forecast_naive,
		&forecast_seasonal, &forecast_ses, &forecast_holt, &forecast_hw, &forecast_ar,
		&forecast_theta };
	size_t name = strcspn(method, ":");
	struct forecaster_options o = {
		.method = all[0], .horizon = horizon, .alpha = NAN, .beta = NAN, .gamma = NAN
	};
	size_t i;

	for (i = 0; i < sizeof all / sizeof *all; i++)
		if (strncmp(all[i]->name, method, name) == 0 && all[i]->name[name] == '\0')
			o.method = all[i];
	sscanf(method + name, ":%lf,%lf,%lf", &o.alpha, &o.beta, &o.gamma);
	o.compact = strcmp(method, "compact") == 0;
	o.told = sscanf(seasons, "%d,%d", &o.seasons.m, &o.seasons.M) > 0;
	return o;
}

static void
write_row(FILE *out, const char *id, const double *v, int h)
{
	int i;

	fprintf(out, "%s", id);
	for (i = 0; i < h; i++)
		fprintf(out, ",%.17g", v[i]);
	fputc('\n', out);
}

static int
run_m4(const char *train, int h, const char *seasons, const char *prefix)
{
	static const char *const part[3] = { "mean", "lower", "upper" };
	struct forecaster_options o = options_of(seasons, h, "auto");
	FILE *in = fopen(train, "r"), *out[3];
	char *line = NULL, *id, *cell, *save, name[512];
	double mean[HORIZON_MAX], lower[HORIZON_MAX], upper[HORIZON_MAX], w[LEVELS];
	struct forecaster f;
	size_t cap = 0;
	int i;

	for (i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "%s-%s.csv", prefix, part[i]);
		out[i] = fopen(name, "w");
		if (in == NULL || out[i] == NULL) {
			perror(in == NULL ? train : name);
			return 1;
		}
	}
	while (getline(&line, &cap, in) > 0) {
		id = strtok_r(line, ",\r\n", &save);
		forecaster_init(&f, &o);
		while ((cell = strtok_r(NULL, ",\r\n", &save)) != NULL)
			forecaster_value(&f, atof(cell));
		forecaster_ahead(&f, h, mean);
		for (i = 0; i < h; i++) {
			forecaster_widths(&f, i + 1, w);
			lower[i] = mean[i] - w[2];
			upper[i] = mean[i] + w[2];
			if (f.series.lo >= 0 && lower[i] < 0)
				lower[i] = 0;
		}
		write_row(out[0], id, mean, h);
		write_row(out[1], id, lower, h);
		write_row(out[2], id, upper, h);
		forecaster_done(&f);
	}
	for (i = 0; i < 3; i++)
		fclose(out[i]);
	free(line);
	return fclose(in);
}

/* The last cell of each line is the value. */
static int
run_next(const char *file, const char *seasons, const char *method)
{
	struct forecaster_options o = options_of(seasons, 1, method);
	FILE *in = fopen(file, "r");
	char *line = NULL, *cell;
	struct forecaster f;
	size_t cap = 0;
	double y;
	int t = 0;

	if (in == NULL) {
		perror(file);
		return 1;
	}
	forecaster_init(&f, &o);
	while (getline(&line, &cap, in) > 0) {
		cell = strrchr(line, ',') != NULL ? strrchr(line, ',') + 1 : line;
		if (sscanf(cell, "%lf", &y) != 1)
			continue;
		if (!isnan(f.next))
			printf("%d,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g\n", t, y, f.next,
			    f.next - f.widths[1], f.next + f.widths[1], f.next - f.widths[2],
			    f.next + f.widths[2]);
		forecaster_value(&f, y);
		if (f.happened == FORECAST_DIVERGED)
			fprintf(stderr, "diverged at %d\n", t);
		f.happened = FORECAST_NOTHING;
		t++;
	}
	fprintf(stderr, "seasons %d %d\n", f.seasons.m, f.seasons.M);
	forecaster_done(&f);
	free(line);
	return fclose(in);
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double *
make_series(int n)
{
	double *y = memory_new((size_t)n, sizeof *y), noise = 0;
	unsigned long long r = 1;
	int i;

	for (i = 0; i < n; i++) {
		r = r * 6364136223846793005U + 1442695040888963407U;
		noise = 0.9 * noise + (double)(r >> 11) * 0x1p-53 - 0.5;
		y[i] = 50 + 10 * sin(i * 2 * PI / 24) + 5 * sin(i * 2 * PI / 168) + noise;
	}
	return y;
}

static int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* A row as the program takes it, the trail of the full form included: the median of parts of 1,000
 * rows, so that what else the machine does counts little; and the slowest row by itself. */
static int
run_cost(int h, const char *seasons, const char *method)
{
	enum { PART = 1000, PARTS = 1000, SINGLE = 100000 };
	struct forecaster_options o = options_of(seasons, h, method);
	double *y = make_series(PART * PARTS + SINGLE), part[PARTS], start = 0, worst = 0;
	struct score_history *trail = o.compact ? NULL : score_history_new();
	struct forecaster f;
	int i;

	forecaster_init(&f, &o);
	for (i = 0; i < PART * PARTS + SINGLE; i++) {
		if (i % PART == 0 || i >= PART * PARTS)
			start = seconds();
		if (trail != NULL)
			score_history_row(trail, &f, y[i]);
		forecaster_value(&f, y[i]);
		if (i >= PART * PARTS)
			worst = fmax(worst, seconds() - start);
		else if (i % PART == PART - 1)
			part[i / PART] = 1e6 * (seconds() - start) / PART;
	}
	qsort(part, PARTS, sizeof *part, by_size);
	printf("%s, %d ahead: %.3f us a row, worst %.3f ms, %zu bytes, mae %.4f, seasons %d %d\n",
	    method, h, part[PARTS / 2], 1e3 * worst,
	    forecaster_held(&f) + (trail != NULL ? sizeof *trail : 0), f.absolute / f.n,
	    f.seasons.m, f.seasons.M);
	forecaster_done(&f);
	free(trail);
	free(y);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 6 && strcmp(argv[1], "m4") == 0)
		return run_m4(argv[2], atoi(argv[3]), argv[4], argv[5]);
	if (argc >= 4 && strcmp(argv[1], "next") == 0)
		return run_next(argv[2], argv[3], argc > 4 ? argv[4] : "auto");
	if (argc >= 4 && strcmp(argv[1], "cost") == 0)
		return run_cost(atoi(argv[2]), argv[3], argc > 4 ? argv[4] : "auto");
	fprintf(stderr, "usage: see the top of bench_forecast.c\n");
	return 2;
}
