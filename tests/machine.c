/* machine.c - one expression over the number columns x and y. See machine.h. */
#include "tests/machine.h"

#include <string.h>

#include "tests/support.h"

static char name_x[] = "x", name_y[] = "y", name_source[] = "test";
static struct column columns[] = { { .name = name_x, .type = COLUMN_NUMBER },
	{ .name = name_y, .type = COLUMN_NUMBER } };
static const struct schema schema = {
	.source = name_source, .columns = columns, .n = 2, .time = -1
};

struct machine
machine_new(const char *expr)
{
	struct machine m = { .names = names_new() };
	struct error err = { 0 };

	m.plan = plan_new(&schema, m.names, (struct span){ SPAN_ROWS, 60 });
	m.root = plan_add(m.plan, expr, &err);
	if (m.root < 0)
		ck_abort_msg("%s: %s", expr, err.text);
	m.graph = graph_new(m.plan, &err);
	if (m.graph == NULL)
		ck_abort_msg("%s: %s", expr, err.text);
	return m;
}

void
machine_free(struct machine *m)
{
	graph_free(m->graph);
	plan_free(m->plan);
	names_free(m->names);
}

struct machine
machine_resume(const struct machine *m, const char *expr)
{
	struct machine again = machine_new(expr);
	struct buffer bytes = { 0 };
	struct reader reader;
	struct error err = { 0 };

	graph_save(m->graph, &bytes);
	reader = (struct reader){ bytes.data, bytes.data + bytes.len };
	if (graph_load(again.graph, &reader, &err) < 0)
		ck_abort_msg("%s: %s", expr, err.text);
	ck_assert(reader.p == reader.end);
	buffer_done(&bytes);
	return again;
}

void
machine_run(
    struct machine *m, double *x, double *y, int64_t *time, int from, int to, int cut, double *out)
{
	struct rng rng = { 7 };

	for (int n; from < to; from += n) {
		union cells cells[2] = { { .number = x + from }, { .number = y + from } };
		struct block block = { .schema = &schema, .time = time + from, .cells = cells };
		struct error err;

		n = cut > 0 ? cut : 1 + (int)(rng_next(&rng) % BLOCK_ROWS);
		n = n < to - from ? n : to - from;
		block.n = n;
		if (graph_step(m->graph, &block, 0, n, NULL, &err) < 0)
			ck_abort_msg("%s", err.text);
		memcpy(out + from, graph_out(m->graph, m->root), (size_t)n * sizeof *out);
	}
}

const char *
machine_refuses(const char *expr)
{
	static struct error err;
	struct names *names = names_new();
	struct plan *plan = plan_new(&schema, names, (struct span){ SPAN_ROWS, 60 });

	if (plan_add(plan, expr, &err) >= 0)
		ck_abort_msg("%s compiles", expr);
	plan_free(plan);
	names_free(names);
	return err.text;
}
