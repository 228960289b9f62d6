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
#include "tests/bench/streams/streams.h"

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
fill(struct block *b, const struct stream_row *rows, int n, int features)
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
run(const struct stream_row *rows, int n, int features, bool number, const char *method, int seed)
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
print_methods(const char *title, const struct stream_row *const *sets, int nsets, int n,
    int features, bool number)
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
bench_stream(const struct stream *g, int n, int seeds)
{
	struct stream_row **sets = calloc((size_t)seeds, sizeof *sets);
	char title[80];

	for (int s = 0; s < seeds; s++)
		sets[s] = stream_rows(g, n, s + 1);
	snprintf(title, sizeof title, "%s, %d rows, %d features, %s", g->name, n, g->features,
	    g->number ? "mean absolute error" : "% right");
	print_methods(
	    title, (const struct stream_row *const *)sets, seeds, n, g->features, g->number);
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
	struct stream_row *rows = NULL;
	int n = 0, features = 0;
	bool number = false;

	if (f == NULL || fgets(line, sizeof line, f) == NULL) {
		fprintf(stderr, "bench_learning: %s: cannot be read\n", path);
		exit(1);
	}
	while (fgets(line, sizeof line, f) != NULL) {
		struct stream_row s = { .y = 0 };
		char *p = line;

		features = 0;
		for (; *p != '\0' && features < STREAM_FEATURES; p += *p == ',')
			s.x[features++] = strtod(p, &p), p += strspn(p, "\r\n");
		s.y = s.x[--features];
		number = number || s.y < 0 || s.y >= 50 || s.y > floor(s.y);
		rows = realloc(rows, ((size_t)n + 1) * sizeof *rows);
		rows[n++] = s;
	}
	fclose(f);
	print_methods(path, (const struct stream_row *const *)&rows, 1, n, features, number);
	free(rows);
}

int
main(int argc, char **argv)
{
	int rows = argc > 1 && atoi(argv[1]) > 0 ? atoi(argv[1]) : 20000;
	int seeds = argc > 2 && atoi(argv[2]) > 0 ? atoi(argv[2]) : 5;

	for (const struct stream *g = streams_of_classes; g->name != NULL; g++)
		bench_stream(g, rows, seeds);
	for (const struct stream *g = streams_of_numbers; g->name != NULL; g++)
		bench_stream(g, rows, seeds);
	for (int i = 3; i < argc; i++)
		bench_file(argv[i]);
	return 0;
}
