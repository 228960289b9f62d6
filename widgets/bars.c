/* bars.c - the most frequent texts of a column among the last rows, the longest bar first; or KPIs
 * side by side, in the order in which they are named. */
#include <math.h>
#include <stdio.h>

#include "widgets/draw/bar.h"
#include "widgets/draw/scale.h"
#include "widgets/frequent.h"
#include "widgets/pane_options.h"

enum { BARS = 128, NAME_CHARS = 32, UNIT_CHARS = 16, OF = 0, KPIS };

struct entry { /* a KPI */
	char text[NAME_CHARS];
	double value;
};

struct bars {
	struct frequent texts;
	bool missing; /* there is no such column */
	struct entry entries[BARS];
	int n;
	double greatest;
	struct form form;
	char unit[UNIT_CHARS];
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
count_texts(struct bars *b, const struct view *v, const char *of)
{
	int source, column;

	b->missing = !find_column(v, of, &source, &column);
	if (!b->missing)
		frequent_count(&b->texts, v, source, column);
}

/* Bars start at 0; what is below has none. The range only grows, so that the form stays. */
static void
compare(struct bars *b, const struct view *v, const char *of, const char *names)
{
	const struct series *lines[BARS];
	int n = pane_option_kpis(v, of, names, lines, BARS);

	for (b->n = 0; b->n < n; b->n++) {
		const struct series *s = lines[b->n];
		struct entry *e = &b->entries[b->n];

		snprintf(e->text, NAME_CHARS, "%s", s->label != NULL ? s->label : s->name);
		snprintf(b->unit, UNIT_CHARS, "%s", s->unit != NULL ? s->unit : "");
		e->value = view_last(v, s->source, s->track);
		if (e->value > b->greatest)
			b->greatest = e->value;
	}
	b->form = form_column(0, b->greatest);
}

static bool
counts(const struct widget *w)
{
	return *pane_option_option(w, KPIS) == '\0';
}

static int
bars_update(struct widget *w, const struct view *v, int width, int height)
{
	struct bars *b = w->state;

	(void)width;
	if (counts(w)) {
		count_texts(b, v, pane_option_option(w, OF));
		return 0; /* it says so itself */
	}
	compare(b, v, pane_option_option(w, OF), pane_option_option(w, KPIS));
	return b->n > height ? b->n - height : 0;
}

static void
bars_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct bars *b = w->state;

	(void)v;
	heading_title(h, w, NULL,
	    counts(w) && *pane_option_option(w, OF) != '\0' ? pane_option_option(w, OF) : "bars");
	if (counts(w))
		snprintf(h->note, sizeof h->note, "last %d rows", b->texts.rows);
	else
		snprintf(h->note, sizeof h->note, "%s", b->unit);
}

/* How wide names and values are, of the lines that are shown. */
static void
measure(const struct bars *b, int lines, int *name, int *value)
{
	char text[FORM_CHARS];

	*name = *value = 4;
	for (int i = 0; i < b->n && i < lines; i++) {
		int cells = text_cells(b->entries[i].text);
		int n = form_print(b->form, b->entries[i].value, text);

		*name = cells > *name ? cells : *name;
		*value = n > *value ? n : *value;
	}
}

static void
draw_kpis(const struct bars *b, const struct canvas *c)
{
	int name, value;
	char text[FORM_CHARS];

	measure(b, c->h, &name, &value);
	name = frequent_name_cells(name, c->w);
	for (int i = 0; i < b->n && i < c->h; i++) {
		double of = b->entries[i].value;

		if (c->w < value + 2) { /* a name alone, rather than a part of a number */
			canvas_text(c, 0, i, c->w, STYLE_TEXT, b->entries[i].text);
			continue;
		}
		canvas_text(c, 0, i, name, STYLE_TEXT, b->entries[i].text);
		bar_draw(c, name + 1, i, c->w - name - value - 2,
		    b->greatest > 0 ? of / b->greatest : 0, STYLE_SERIES);
		form_print(b->form, of, text);
		canvas_right(c, c->w - value, i, value, isnan(of) ? STYLE_DIM : STYLE_LABEL, text);
	}
}

static void
bars_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct bars *b = w->state;

	if ((counts(w) ? b->texts.n : b->n) == 0)
		canvas_text(c, 0, 0, c->w, STYLE_DIM,
		    b->missing && v->nseries > 0 ? "no such column" : view_emptiness(v));
	else if (counts(w))
		frequent_draw(&b->texts, c);
	else
		draw_kpis(b, c);
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
