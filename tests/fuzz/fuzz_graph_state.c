/* fuzz_graph_state.c - the saved state of a graph with bytes changed: it is refused, or the graph
 * goes on from it; never a crash, a loop or a large allocation.
 *
 * The first two bytes of the input choose an expression and whether it is one of many keys; then
 * each four change the saved bytes: where, counted from the end of the last change, and what. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/graph.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct column columns[] = {
	{ .name = (char[]){ "t" }, .type = COLUMN_TIME },
	{ .name = (char[]){ "x" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "y" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "s" }, .type = COLUMN_TEXT },
};
static const struct schema schema = { .source = (char[]){ "f" }, .columns = columns, .n = 4 };

/* Each state there is, over windows of each kind. */
static const char *const exprs[] = { "x + y", "last(x)", "last(s)", "lag(x, 3)", "diff(x)",
	"counter(x)", "changed(s)", "absent(x, 5s)", "ewma(x, alpha=0.1)", "ewsd(x, halflife=5s)",
	"count(s, 5)", "mean(x, 20)", "sum(x, all)", "sd(x, 9s, every=3s)", "z(x, 7, gap=4s)",
	"skew(x, 30)", "kurt(x, all)", "cov(x, y, 8s)", "corr(x, y, 40, every=7)", "slope(x, 12)",
	"slope(x, 20s)", "min(x, 5)", "range(x, all)", "p95(x, 25)", "iqr(x, 9s)", "mad(x, all)",
	"rank(x, 6, every=4)", "first(x, 6)", "rate(x, 30s)", "delta(x, all, gap=4s)",
	"distinct(s, 10)", "distinct(x, all)", "entropy(s, 30)", "entropy(s, all)", "top(s, 2, 20)",
	"top(s, 1, all)", "top(x, 3, 9s)", "share(x > 0, 15)", "missing(x, 9s)", "per_second(30)",
	"per_second(9s, every=2s)", "expected(x)", "forecast(x, 5)", "outside(x, 0.9)",
	"residual(x, season=7)", "upper(x, method=naive)", "expected(x, method=seasonal, season=5)",
	"lower(x, method=ses)", "expected(x, method=holt)", "expected(x, method=hw, season=6)",
	"expected(x, method=ar)", "expected(x, method=theta)", "forecast_mae(x, 20)",
	"forecast_mase(x, 10)", "coverage(x, 0.8, 15)" };

enum { EXPRS = sizeof exprs / sizeof *exprs, BEFORE = 400, AFTER = 60 };

static struct saved {
	struct plan *plan; /* NULL: not made yet, or not an expression here */
	struct buffer bytes;
} saved[EXPRS][2];
static struct names *names;
static struct block *block;

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
fill(int from, int n)
{
	block_clear(block);
	block->n = n;
	for (int i = 0; i < n; i++) {
		int row = from + i;

		block->time[i] = block->cells[0].time[i] = TIME_SECOND * (3 * row + row % 3);
		block->cells[1].number[i] = row % 11 == 3 ? NAN : row % 7 + row % 5 * 0.25;
		block->cells[2].number[i] = row % 13 - 5;
		block->cells[3].text[i] = block_text(block, "abcdef", (size_t)(row % 5) + 1);
	}
}

static void
step(struct graph *g, int from, int to)
{
	for (int n; from < to; from += n) {
		n = to - from < BLOCK_ROWS ? to - from : BLOCK_ROWS;
		fill(from, n);
		must(graph_step(g, block, 0, n, NULL, NULL) == 0);
	}
}

static const struct saved *
save(int expr, int compact)
{
	struct saved *s = &saved[expr][compact];
	struct graph *g;

	if (s->plan != NULL)
		return s;
	s->plan = plan_new(&schema, names, (struct span){ SPAN_ROWS, 60 });
	plan_compact(s->plan, compact == 1);
	if (plan_add(s->plan, exprs[expr], NULL) < 0)
		return s;
	g = graph_new(s->plan, NULL);
	must(g != NULL);
	step(g, 0, BEFORE);
	graph_save(g, &s->bytes);
	graph_free(g);
	return s;
}

static void
go_on(struct graph *g)
{
	struct text text = { 0 };
	struct buffer again = { 0 };

	graph_explain(g, 0, &text);
	step(g, BEFORE, BEFORE + AFTER);
	graph_explain(g, 0, &text);
	graph_held(g, 0);
	graph_save(g, &again);
	text_done(&text);
	buffer_done(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct saved *s;
	struct graph *g;
	struct reader r;
	unsigned char *bytes;
	size_t at = 0;

	if (size < 2)
		return 0;
	if (names == NULL) {
		names = names_new();
		block = block_new(&schema, NULL);
	}
	s = save(data[0] % EXPRS, data[1] & 1);
	if (plan_roots(s->plan) == 0)
		return 0;
	bytes = memory_new(s->bytes.len, 1);
	memcpy(bytes, s->bytes.data, s->bytes.len);
	for (size_t i = 2; i + 4 <= size; i += 4) {
		at = (at + data[i] + (size_t)data[i + 1] * 256) % s->bytes.len;
		bytes[at] = data[i + 2] & 1 ? data[i + 3] : bytes[at] ^ data[i + 3];
	}
	g = graph_new(s->plan, NULL);
	r = (struct reader){ bytes, bytes + s->bytes.len - (data[1] & 2 ? at : 0) };
	if (graph_load(g, &r, NULL) == 0)
		go_on(g);
	graph_free(g);
	free(bytes);
	return 0;
}
