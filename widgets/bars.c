/* bars.c - the most frequent texts of a column among the last rows, the longest bar first; or KPIs
 * side by side, in the order in which they are named. */
#include <stdio.h>
#include <string.h>

#include "widgets/draw/bar.h"
#include "widgets/pane_options.h"
#include "widgets/draw/scale.h"

enum { TEXTS = 128, TEXT_CHARS = 32, NAME_MAX_CELLS = 20, UNIT_CHARS = 16, OF = 0, KPIS };

struct entry {
	char text[TEXT_CHARS];
	double value; /* how often it was there, or what the KPI is */
};

struct bars {
	struct entry entries[TEXTS]; /* the most frequent first */
	int n, rows;                 /* rows: with a text */
	double greatest;
	struct form form; /* of KPIs */
	char unit[UNIT_CHARS];
	uint64_t end; /* rows for which that was counted */
	bool missing; /* there is no such column */
};

static const struct param bars_params[] = { { "of", PARAM_TEXT, "", 0, 0, NULL,
						"the column whose texts are counted" },
	{ "kpis", PARAM_TEXT, "", 0, 0, NULL,
	    "or columns, KPIs and statistics of the columns in of: whose values are compared, \"a, "
	    "b\"" },
	{ 0 } };

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
		b->entries[b->n++].value = 0;
	}
	b->entries[i].value++;
}

/* By counts, and among equals by name, so that they keep their places. */
static void
sort(struct bars *b)
{
	for (int i = 1; i < b->n; i++) {
		struct entry e = b->entries[i];
		int k = i;

		for (; k > 0 && (b->entries[k - 1].value < e.value ||
				    (!(b->entries[k - 1].value > e.value) &&
					strcmp(b->entries[k - 1].text, e.text) > 0));
		     k--)
			b->entries[k] = b->entries[k - 1];
		b->entries[k] = e;
	}
}

static void
count_texts(struct bars *b, const struct view *v, const char *of)
{
	int source, column, rows;
	bool bad;

	b->missing = !find_column(v, of, &source, &column);
	if (b->missing || v->frozen != NULL || b->end == history_end(v->history, source))
		return;
	b->end = history_end(v->history, source);
	b->n = b->rows = 0;
	rows = history_raw(v->history, source);
	for (int i = 0; i < rows; i++) {
		const char *cell = history_raw_cell(v->history, source, i, column, &bad);

		if (cell != NULL && cell[0] != '\0')
			add(b, cell);
	}
	sort(b);
	b->greatest = b->n > 0 ? b->entries[0].value : 0;
}

/* Bars start at 0; what is below has none. The range only grows, so that the form stays. */
static void
compare(struct bars *b, const struct view *v, const char *of, const char *names)
{
	const struct series *lines[TEXTS];
	int n = pane_option_kpis(v, of, names, lines, TEXTS);

	for (b->n = 0; b->n < n; b->n++) {
		const struct series *s = lines[b->n];
		struct entry *e = &b->entries[b->n];

		snprintf(e->text, TEXT_CHARS, "%s", s->label != NULL ? s->label : s->name);
		snprintf(b->unit, UNIT_CHARS, "%s", s->unit != NULL ? s->unit : "");
		e->value = view_last(v, s->source, s->track);
		if (e->value > b->greatest)
			b->greatest = e->value;
	}
	b->form = form_column(0, b->greatest);
}

static int
bars_update(struct widget *w, const struct view *v, int width, int height)
{
	struct bars *b = w->state;

	(void)width;
	if (*pane_option_option(w, KPIS) != '\0')
		compare(b, v, pane_option_option(w, OF), pane_option_option(w, KPIS));
	else
		count_texts(b, v, pane_option_option(w, OF));
	return b->n > height ? b->n - height : 0;
}

static void
bars_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct bars *b = w->state;
	bool counts = *pane_option_option(w, KPIS) == '\0';

	(void)v;
	heading_title(h, w, NULL,
	    counts && *pane_option_option(w, OF) != '\0' ? pane_option_option(w, OF) : "bars");
	if (counts)
		snprintf(h->note, sizeof h->note, "last %d rows", b->rows);
	else
		snprintf(h->note, sizeof h->note, "%s", b->unit);
}

static int
print_value(const struct bars *b, bool counts, double v, char *out)
{
	return counts ? count_print((uint64_t)v, out) : form_print(b->form, v, out);
}

/* How wide names and values are, of the lines that are shown. */
static void
measure(const struct bars *b, bool counts, int lines, int *name, int *value)
{
	char text[FORM_CHARS];

	*name = *value = 4;
	for (int i = 0; i < b->n && i < lines; i++) {
		int cells = text_cells(b->entries[i].text);
		int n = print_value(b, counts, b->entries[i].value, text);

		*name = cells > *name ? cells : *name;
		*value = n > *value ? n : *value;
	}
}

static void
bars_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct bars *b = w->state;
	bool counts = *pane_option_option(w, KPIS) == '\0';
	int name, value;
	char text[FORM_CHARS];

	if (b->n == 0) {
		canvas_text(c, 0, 0, c->w, STYLE_DIM,
		    b->missing && v->nseries > 0 ? "no such column" : view_emptiness(v));
		return;
	}
	measure(b, counts, c->h, &name, &value);
	name = name > NAME_MAX_CELLS ? NAME_MAX_CELLS : name;
	name = name > c->w / 3 ? c->w / 3 : name;
	for (int i = 0; i < b->n && i < c->h; i++) {
		double of = b->entries[i].value;

		if (c->w < value + 2) { /* a name alone, rather than a part of a number */
			canvas_text(c, 0, i, c->w, STYLE_TEXT, b->entries[i].text);
			continue;
		}
		canvas_text(c, 0, i, name, STYLE_TEXT, b->entries[i].text);
		bar_draw(c, name + 1, i, c->w - name - value - 2,
		    b->greatest > 0 ? of / b->greatest : 0, STYLE_SERIES);
		print_value(b, counts, of, text);
		canvas_right(c, c->w - value, i, value, isnan(of) ? STYLE_DIM : STYLE_LABEL, text);
	}
}

const struct widget_class widget_bars = {
	.name = "bars",
	.help = "the most frequent texts of a column, or KPIs side by side",
	.params = bars_params,
	.of = NAMES_TEXT,
	.kpis = NAMES_STATISTICS,
	.size = sizeof(struct bars),
	.min_w = 24,
	.min_h = 3,
	.weight = 31,
	.update = bars_update,
	.heading = bars_heading,
	.draw = bars_draw,
};
