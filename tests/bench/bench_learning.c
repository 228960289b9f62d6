/* bench_learning.c - accuracy and cost of what learns row by row, on the generators of the
 * streaming literature, each written from its paper; and on CSV files with a column y.
 *
 *     bench_learning [ROWS [SEEDS]] [FILE.csv...]
 *
 * Each row is predicted before it is learned. Accuracy in percent, for numbers the mean absolute
 * error; beside them the majority class and the label before, or the mean and the value before. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/graph/graph.h"
#include "tests/support.h"

enum { FEATURES = 64 };

struct sample {
	double x[FEATURES], y;
};

struct generator {
	const char *name;
	int features;
	bool number; /* the target is one */
	void (*row)(struct rng *, int i, int n, struct sample *);
};

/* --- SEA (Street and Kim 2001): two of three features, a threshold that changes four times ------
 */

static void
sea_row(struct rng *r, int i, int n, struct sample *s)
{
	static const double theta[] = { 8, 9, 7, 9.5 };

	for (int j = 0; j < 3; j++)
		s->x[j] = 10 * rng_uniform(r);
	s->y = s->x[0] + s->x[1] <= theta[4 * (int64_t)i / n];
	if (rng_uniform(r) < 0.1)
		s->y = 1 - s->y;
}

/* --- Agrawal, Imielinski and Swami (1993): people and loans, functions 1 to 3 in turn -----------
 */

static double
between(struct rng *r, double low, double high)
{
	return low + (high - low) * rng_uniform(r);
}

static void
agrawal_row(struct rng *r, int i, int n, struct sample *s)
{
	double salary = between(r, 20000, 150000), age = floor(between(r, 20, 81)), value;
	double commission = salary >= 75000 ? 0 : between(r, 10000, 75000);
	int level = (int)(rng_next(r) % 5), zip = (int)(rng_next(r) % 9);
	int function = (int)(3 * (int64_t)i / n);
	double a = 0;

	value = (9 - zip) * 100000 * between(r, 0.5, 1.5);
	s->x[0] = salary;
	s->x[1] = commission;
	s->x[2] = age;
	s->x[3] = level;
	s->x[4] = (double)(1 + rng_next(r) % 20);
	s->x[5] = zip;
	s->x[6] = value;
	s->x[7] = (double)(1 + rng_next(r) % 30);
	s->x[8] = between(r, 0, 500000);
	if (function == 0)
		a = age < 40 || age >= 60;
	else if (function == 1)
		a = age < 40   ? salary >= 50000 && salary <= 100000
		    : age < 60 ? salary >= 75000 && salary <= 125000
			       : salary >= 25000 && salary <= 75000;
	else
		a = age < 40 ? level <= 1 : age < 60 ? level >= 1 && level <= 3 : level >= 2;
	s->y = a > 0;
}

/* --- rotating hyperplane (Hulten, Spencer and Domingos 2001): ten weights, of which two walk --*/

static void
hyperplane_row(struct rng *r, int i, int n, struct sample *s)
{
	double sum = 0, middle = 0;

	(void)n;
	for (int j = 0; j < 10; j++) {
		double w = 0.5 + 0.1 * j + (j < 2 ? 0.001 * i * (j == 0 ? 1 : -0.3) : 0);

		s->x[j] = rng_uniform(r);
		sum += w * s->x[j];
		middle += w / 2;
	}
	s->y = sum >= middle;
	if (rng_uniform(r) < 0.05)
		s->y = 1 - s->y;
}

/* --- LED (Breiman et al. 1984): seven segments, each wrong once in ten, and 17 that say nothing */

static void
led_row(struct rng *r, int i, int n, struct sample *s)
{
	static const char *const segments[] = { "1110111", "0010010", "1011101", "1011011",
		"0111010", "1101011", "1101111", "1010010", "1111111", "1111011" };
	int digit = (int)(rng_next(r) % 10);

	(void)i;
	(void)n;
	for (int j = 0; j < 7; j++)
		s->x[j] = (segments[digit][j] == '1') != (rng_uniform(r) < 0.1);
	for (int j = 7; j < 24; j++)
		s->x[j] = (double)(rng_next(r) % 2);
	s->y = digit;
}

/* --- Friedman (1991), and with places of the features exchanged halfway (Ikonomovska 2011) ----*/

static double
friedman(const double *x, const int *at)
{
	return 10 * sin(acos(-1.0) * x[at[0]] * x[at[1]]) +
	       20 * (x[at[2]] - 0.5) * (x[at[2]] - 0.5) + 10 * x[at[3]] + 5 * x[at[4]];
}

static void
friedman_row(struct rng *r, int i, int n, struct sample *s)
{
	static const int at[] = { 0, 1, 2, 3, 4 };

	(void)i;
	(void)n;
	for (int j = 0; j < 10; j++)
		s->x[j] = rng_uniform(r);
	s->y = friedman(s->x, at) + rng_normal(r);
}

static void
friedman_drift_row(struct rng *r, int i, int n, struct sample *s)
{
	static const int before[] = { 0, 1, 2, 3, 4 }, behind[] = { 3, 4, 0, 1, 2 };

	for (int j = 0; j < 10; j++)
		s->x[j] = rng_uniform(r);
	s->y = friedman(s->x, i < n / 2 ? before : behind) + rng_normal(r);
}

/* The same as SEA, where the chance of the new concept grows slowly around each change. */
static void
sea_gradual_row(struct rng *r, int i, int n, struct sample *s)
{
	double spread = (rng_uniform(r) - 0.5) * n / 10;
	int at = i + (int)spread;

	sea_row(r, at < 0 ? 0 : at >= n ? n - 1 : at, n, s);
}

/* A wild target once in a thousand rows. */
static void
friedman_wild_row(struct rng *r, int i, int n, struct sample *s)
{
	friedman_row(r, i, n, s);
	if (i % 1000 == 500)
		s->y = 1e9;
}

static const struct generator generators[] = {
	{ "SEA", 3, false, sea_row },
	{ "SEA, gradual", 3, false, sea_gradual_row },
	{ "Agrawal, drift", 9, false, agrawal_row },
	{ "hyperplane", 10, false, hyperplane_row },
	{ "LED", 24, false, led_row },
	{ "Friedman", 10, true, friedman_row },
	{ "Friedman, drift", 10, true, friedman_drift_row },
	{ "Friedman, wild", 10, true, friedman_wild_row },
};

static const char *const class_methods[] = { "auto", "hoeffding", "logistic", "nb", "perceptron",
	"knn", "forest", "majority", "last", NULL };
static const char *const number_methods_of[] = { "auto", "linear", "hoeffding", "knn", "mean",
	"last", NULL };

/* --- a run -----------------------------------------------------------------------------------*/

struct result {
	double score, us; /* percent or mean absolute error; microseconds a row */
	size_t bytes;
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct schema
schema_of(int features)
{
	struct schema s = { .source = strdup("bench"), .n = features + 1, .time = -1 };

	s.columns = calloc((size_t)s.n, sizeof *s.columns);
	for (int j = 0; j < s.n; j++) {
		char name[16];

		snprintf(name, sizeof name, j < features ? "x%d" : "y", j + 1);
		s.columns[j].name = strdup(name);
		s.columns[j].type = COLUMN_NUMBER;
	}
	return s;
}

static void
fill(struct block *b, const struct sample *rows, int n, int features)
{
	block_clear(b);
	b->n = n;
	for (int i = 0; i < n; i++) {
		b->time[i] = 0;
		for (int j = 0; j < features; j++)
			b->cells[j].number[i] = rows[i].x[j];
		b->cells[features].number[i] = rows[i].y;
	}
}

static struct result
run(const struct sample *rows, int n, int features, bool number, const char *method, int seed)
{
	struct schema schema = schema_of(features);
	struct names *names = names_new();
	struct plan *plan = plan_new(&schema, names, (struct span){ SPAN_ROWS, 60 });
	struct block *b = block_new(&schema, NULL);
	struct error err = { 0 };
	struct graph *graph;
	struct result result = { 0 };
	char expr[1024];
	int at = snprintf(expr, sizeof expr, "%s(y", number ? "predict" : "classify"), judged = 0;

	for (int j = 0; j < features; j++)
		at += snprintf(expr + at, sizeof expr - (size_t)at, ", x%d", j + 1);
	snprintf(expr + at, sizeof expr - (size_t)at, ", method=%s, seed=%d)", method, seed);
	if (plan_add(plan, expr, &err) < 0 || (graph = graph_new(plan, &err)) == NULL) {
		fprintf(stderr, "bench_learning: %s: %s\n", expr, err.text);
		exit(1);
	}
	for (int from = 0, size; from < n; from += size) {
		const double *out;
		double began;

		size = n - from < BLOCK_ROWS ? n - from : BLOCK_ROWS;
		fill(b, rows + from, size, features);
		began = now();
		graph_step(graph, b, 0, size, NULL, &err);
		result.us += now() - began;
		out = graph_out(graph, 0);
		for (int i = 0; i < size; i++) {
			double y = rows[from + i].y;

			if (number && (fabs(y) >= 1e8 || isnan(out[i])))
				continue;
			result.score += number ? fabs(y - out[i]) : !(out[i] < y) && out[i] <= y;
			judged++;
		}
	}
	result.score *= (number ? 1.0 : 100.0) / judged;
	result.us *= 1e6 / n;
	result.bytes = graph_held(graph, 0);
	graph_free(graph);
	plan_free(plan);
	names_free(names);
	block_free(b);
	schema_done(&schema);
	return result;
}

static void
print_methods(const char *title, const struct sample *const *sets, int nsets, int n, int features,
    bool number)
{
	const char *const *m = number ? number_methods_of : class_methods;

	printf("%s\n", title);
	for (; *m != NULL; m++) {
		double score = 0, us = 0, least = INFINITY, most = -INFINITY;
		size_t bytes = 0;

		for (int i = 0; i < nsets; i++) {
			struct result r = run(sets[i], n, features, number, *m, i + 1);

			score += r.score / nsets;
			us += r.us / nsets;
			least = fmin(least, r.score);
			most = fmax(most, r.score);
			bytes = r.bytes;
		}
		printf("  %-12s %8.3f  (%.3f to %.3f)  %6.2f us  %8.1f KB\n", *m, score, least,
		    most, us, (double)bytes / 1024);
		fflush(stdout);
	}
}

static void
bench_generator(const struct generator *g, int n, int seeds)
{
	struct sample **sets = calloc((size_t)seeds, sizeof *sets);
	char title[80];

	for (int s = 0; s < seeds; s++) {
		struct rng r = { (uint64_t)s + 1 };

		sets[s] = calloc((size_t)n, sizeof **sets);
		for (int i = 0; i < n; i++)
			g->row(&r, i, n, &sets[s][i]);
	}
	snprintf(title, sizeof title, "%s, %d rows, %d features, %s", g->name, n, g->features,
	    g->number ? "mean absolute error" : "% right");
	print_methods(title, (const struct sample *const *)sets, seeds, n, g->features, g->number);
	for (int s = 0; s < seeds; s++)
		free(sets[s]);
	free(sets);
}

/* The last column is y; it is a class where it is a whole number of 0 to 49 everywhere. */
static void
bench_file(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[8192];
	struct sample *rows = NULL;
	int n = 0, features = 0;
	bool number = false;

	if (f == NULL || fgets(line, sizeof line, f) == NULL) {
		fprintf(stderr, "bench_learning: %s: cannot be read\n", path);
		exit(1);
	}
	while (fgets(line, sizeof line, f) != NULL) {
		struct sample s = { .y = 0 };
		char *p = line;

		features = 0;
		for (; *p != '\0' && features < FEATURES; p += *p == ',')
			s.x[features++] = strtod(p, &p), p += strspn(p, "\r\n");
		s.y = s.x[--features];
		number = number || s.y < 0 || s.y >= 50 || s.y > floor(s.y);
		rows = realloc(rows, ((size_t)n + 1) * sizeof *rows);
		rows[n++] = s;
	}
	fclose(f);
	print_methods(path, (const struct sample *const *)&rows, 1, n, features, number);
	free(rows);
}

int
main(int argc, char **argv)
{
	int rows = argc > 1 && atoi(argv[1]) > 0 ? atoi(argv[1]) : 20000;
	int seeds = argc > 2 && atoi(argv[2]) > 0 ? atoi(argv[2]) : 5;

	for (size_t i = 0; i < sizeof generators / sizeof *generators; i++)
		bench_generator(&generators[i], rows, seeds);
	for (int i = 3; i < argc; i++)
		bench_file(argv[i]);
	return 0;
}
