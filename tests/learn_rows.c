/* learn_rows.c - rows with labels, and a plan of expressions that learns from them. */
#include "tests/learn_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

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

void
learn_world(struct world *w, const char *const *kpis)
{
	world_init(w, &schema, kpis, MOST);
}

static struct cell_text
cell(const char *s)
{
	return (struct cell_text){ s, s != NULL ? (uint32_t)strlen(s) : 0 };
}

static void
learn_step(struct world *w, const struct row *rows, int from, int n)
{
	struct block *b = w->block;

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
	world_go(w, from, n);
}

void
learn_run(struct world *w, const struct row *rows, int from, int to, int cut)
{
	for (int size = 0, n; from < to; from += n) {
		size = cut > 0 ? cut : size % 200 + 7;
		n = size < to - from ? size : to - from;
		learn_step(w, rows, from, n);
	}
}

void
learn_rows(struct row *rows, int n)
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
