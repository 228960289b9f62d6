/* bars.c - the most frequent texts of a column among the last rows, the longest bar first. */
#include <stdio.h>
#include <string.h>

#include "widgets/bar.h"
#include "widgets/scale.h"
#include "widgets/widget.h"

enum { TEXTS = 128, TEXT_CHARS = 32, NAME_MAX_CELLS = 20 };

struct entry {
	char text[TEXT_CHARS];
	int n;
};

struct bars {
	struct entry entries[TEXTS]; /* the most frequent first */
	int n, rows;                 /* rows: with a text */
	uint64_t end;                /* rows for which that was counted */
	bool missing;                /* there is no such column */
};

static const struct param bars_params[] = {
	{ "of", PARAM_TEXT, NULL, 0, 0, NULL, "the column whose texts are counted" },
	{ 0 }
};

static bool
find_column(const struct view *v, const char *name, int *source, int *column)
{
	for (*source = 0; *source < engine_sources(v->engine); ++*source) {
		const struct schema *schema = engine_schema(v->engine, *source);

		*column = schema != NULL ? schema_find(schema, name) : -1;
		if (*column >= 0)
			return true;
	}
	return false;
}

static void
add(struct bars *b, const char *text)
{
	int i = 0;

	b->rows++;
	while (i < b->n && strncmp(b->entries[i].text, text, TEXT_CHARS - 1) != 0)
		i++;
	if (i == TEXTS)
		return;
	if (i == b->n) {
		snprintf(b->entries[i].text, TEXT_CHARS, "%s", text);
		b->entries[b->n++].n = 0;
	}
	b->entries[i].n++;
}

/* By counts, and among equals by name, so that they keep their places. */
static void
sort(struct bars *b)
{
	for (int i = 1; i < b->n; i++) {
		struct entry e = b->entries[i];
		int k = i;

		for (; k > 0 && (b->entries[k - 1].n < e.n || (b->entries[k - 1].n == e.n &&
		    strcmp(b->entries[k - 1].text, e.text) > 0)); k--)
			b->entries[k] = b->entries[k - 1];
		b->entries[k] = e;
	}
}

static int
bars_update(struct widget *w, const struct view *v, int width, int height)
{
	struct bars *b = w->state;
	const char *of = w->values != NULL && w->values[0].text != NULL ? w->values[0].text : "";
	int source, column, rows;
	bool bad;

	(void)width;
	(void)height;
	b->missing = !find_column(v, of, &source, &column);
	if (b->missing || v->frozen != NULL || b->end == history_end(v->history, source))
		return 0;
	b->end = history_end(v->history, source);
	b->n = b->rows = 0;
	rows = history_raw(v->history, source);
	for (int i = 0; i < rows; i++) {
		const char *cell = history_raw_cell(v->history, source, i, column, &bad);

		if (cell != NULL && cell[0] != '\0')
			add(b, cell);
	}
	sort(b);
	return 0;
}

static void
bars_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct bars *b = w->state;
	const char *of = w->values != NULL && w->values[0].text != NULL ? w->values[0].text : "bars";

	(void)v;
	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : of);
	snprintf(h->note, sizeof h->note, "last %d rows", b->rows);
}

static void
bars_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct bars *b = w->state;
	int name = 4, count = 4;
	char text[COUNT_CHARS];

	if (b->missing || b->n == 0) {
		canvas_text(c, 0, 0, c->w, STYLE_DIM, b->missing && v->nseries > 0 ? "no such column" :
		    view_emptiness(v));
		return;
	}
	for (int i = 0; i < b->n && i < c->h; i++) {
		int cells = text_cells(b->entries[i].text);

		name = cells > name ? cells : name;
	}
	name = name > NAME_MAX_CELLS ? NAME_MAX_CELLS : name;
	name = name > c->w / 3 ? c->w / 3 : name;
	for (int i = 0; i < b->n && i < c->h; i++) {
		canvas_text(c, 0, i, name, STYLE_TEXT, b->entries[i].text);
		bar_draw(c, name + 1, i, c->w - name - count - 2, (double)b->entries[i].n / b->entries[0].n, STYLE_SERIES);
		count_print((uint64_t)b->entries[i].n, text);
		canvas_right(c, c->w - count, i, count, STYLE_DIM, text);
	}
}

const struct widget_class widget_bars = {
	.name = "bars",
	.help = "the most frequent texts of a column among the last rows",
	.params = bars_params,
	.size = sizeof(struct bars),
	.min_w = 24,
	.min_h = 3,
	.weight = 31,
	.update = bars_update,
	.heading = bars_heading,
	.draw = bars_draw,
};
