/* fuzz_expr.c - any text as an expression: never a crash; what parses prints to text that parses to
 * the same text; what compiles can be stepped, saved and loaded. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/expr/expr.h"
#include "data/graph/graph.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct column columns[] = {
	{ .name = (char[]){ "t" }, .type = COLUMN_TIME },
	{ .name = (char[]){ "x" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "y" }, .type = COLUMN_NUMBER },
	{ .name = (char[]){ "s" }, .type = COLUMN_TEXT },
};
static const struct schema schema = { .source = (char[]){ "f" }, .columns = columns, .n = 4 };

enum { ROWS = 40 };

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
print_and_parse_again(const char *text)
{
	struct expr *e = expr_parse(text, NULL), *again;
	struct text once = { 0 }, twice = { 0 };

	if (e == NULL)
		return;
	expr_print(e, &once);
	again = expr_parse(text_get(&once), NULL);
	must(again != NULL || once.len > 8000); /* canonical spacing may exceed the length limit */
	if (again != NULL) {
		expr_print(again, &twice);
		must(strcmp(text_get(&once), text_get(&twice)) == 0);
	}
	expr_free(e);
	expr_free(again);
	text_done(&once);
	text_done(&twice);
}

static void
step(struct plan *plan)
{
	struct block *b = block_new(&schema, NULL);
	struct graph *g = graph_new(plan, NULL), *copy;
	struct buffer saved = { 0 };
	struct text text = { 0 };
	struct reader r;

	must(g != NULL);
	b->n = ROWS;
	for (int i = 0; i < ROWS; i++) {
		b->time[i] = b->cells[0].time[i] = TIME_SECOND * (3 * i + i % 3);
		b->cells[1].number[i] = i % 7 == 3 ? NAN : i % 5 == 4 ? 1e300 : i;
		b->cells[2].number[i] = -i;
		b->cells[3].text[i] = block_text(b, "abc", (size_t)i % 4);
	}
	must(graph_step(g, b, 0, ROWS / 2, NULL, NULL) == 0);
	graph_save(g, &saved);
	copy = graph_new(plan, NULL);
	r = (struct reader){ saved.data, saved.data + saved.len };
	must(graph_load(copy, &r, NULL) == 0);
	must(graph_step(g, b, ROWS / 2, ROWS / 2, NULL, NULL) == 0);
	must(graph_step(copy, b, ROWS / 2, ROWS / 2, NULL, NULL) == 0);
	for (int i = 0; i < plan_roots(plan); i++) {
		double a = graph_value(g, i), c = graph_value(copy, i);

		must(a == c || (isnan(a) && isnan(c)));
		must(!isinf(a));
		graph_explain(g, i, &text);
	}
	text_done(&text);
	buffer_done(&saved);
	graph_free(g);
	graph_free(copy);
	block_free(b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = memory_text((const char *)data, size), *name;
	struct names *names = names_new();
	struct plan *plan = plan_new(&schema, names, (struct span){ SPAN_ROWS, 60 });

	print_and_parse_again(text);
	expr_named(text, ':', &name);
	free(name);
	expr_named(text, '=', &name);
	free(name);
	if (plan_add(plan, text, NULL) >= 0)
		step(plan);
	plan_free(plan);
	names_free(names);
	free(text);
	return 0;
}
