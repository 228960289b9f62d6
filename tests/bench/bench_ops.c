/* bench_ops.c - operators stepped over blocks in memory: CPU ns a row, medians of 5.
 *
 * usage: bench_ops EXPR... - prints "ns EXPR" for each, and for all of them together as the last
 * line. The data are a random walk with noise, 2,000,000 rows, in blocks of BLOCK_ROWS. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "data/graph/graph.h"
#include "tests/support.h"

enum { ROWS = 2000000, TRIES = 5 };

static struct column columns[] = { { .name = (char[]){ "x" }, .type = COLUMN_NUMBER } };
static const struct schema schema = {
	.source = (char[]){ "bench" },
	.columns = columns,
	.n = 1,
	.time = -1,
};

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double
one_pass(struct plan *plan, struct block *b, double *x)
{
	struct error err = { 0 };
	struct graph *graph = graph_new(plan, &err);
	double start = cpu(), seconds;

	for (int row = 0; row < ROWS; row += BLOCK_ROWS) {
		int n = ROWS - row < BLOCK_ROWS ? ROWS - row : BLOCK_ROWS;

		b->cells[0].number = x + row;
		graph_step(graph, b, 0, n, NULL, &err);
	}
	seconds = cpu() - start;
	graph_free(graph);
	return seconds * 1e9 / ROWS;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int
report(const char *const *exprs, int n, const char *label, double *x)
{
	struct names *names = names_new();
	struct plan *plan = plan_new(&schema, names, (struct span){ SPAN_ROWS, 60 });
	struct block *b = block_new(&schema, NULL);
	double *cells = b->cells[0].number, ns[TRIES];
	struct error err = { 0 };

	for (int i = 0; i < n; i++)
		if (plan_add(plan, exprs[i], &err) < 0) {
			fprintf(stderr, "bench_ops: %s: %s\n", exprs[i], err.text);
			return 2;
		}
	for (int i = 0; i < TRIES; i++)
		ns[i] = one_pass(plan, b, x);
	qsort(ns, TRIES, sizeof *ns, ascending);
	printf("%.1f %s\n", ns[TRIES / 2], label);
	b->cells[0].number = cells;
	block_free(b);
	plan_free(plan);
	names_free(names);
	return 0;
}

int
main(int argc, char **argv)
{
	double *x = malloc(ROWS * sizeof *x), level = 0;
	struct rng rng = { 1 };
	int status = 0;

	for (int i = 0; i < ROWS; i++) {
		level += rng_normal(&rng) * 0.1;
		x[i] = level + rng_normal(&rng);
	}
	for (int i = 1; i < argc && status == 0; i++)
		status = report((const char *const *)&argv[i], 1, argv[i], x);
	if (argc > 2 && status == 0)
		status = report((const char *const *)&argv[1], argc - 1, "together", x);
	free(x);
	return status;
}
