/* explain.c - the arithmetic of the row just read: a list of KPIs and rules, and what the chosen
 * one did, drawn and told. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/history/history.h"
#include "widgets/draw/scale.h"
#include "widgets/explain/explain_target.h"
#include "widgets/explain/page.h"
#include "widgets/explain/sketch.h"
#include "widgets/pane_options.h"

enum {
	VALUES_FROM = 96, /* cells from which on the list has values, and is there at all */
	LIST_FROM = 72,
	NARROW_MOST = 22,
	LIST_GAP = 3,
	WORD = 2,
	VALUE_W = 10,
	DIGITS = 6,
	TEXT_LEAST = 6, /* lines that the sketch leaves */
	SELECTED = 0x25b8,
	RULE = 0x2502
};

struct explain {
	struct page page;
	struct sketch sketch;
	struct range range; /* what its axis spans */
	int sketch_h;       /* its lines; 0: it is not drawn */
	uint64_t seen;      /* rows for which it was written, plus 1 */
	int subject, count;
	enum glyphs glyphs;
	int list; /* cells of the list; 0: the chosen one alone, above the text */
};

enum { OF };
static const struct param explain_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL,
	    "the KPI, the rule or the column; left out: what was chosen" },
	{ 0 }
};

/* The view with what the pane is of chosen, where it says so. */
static struct view
chosen(const struct view *v, const struct widget *w)
{
	const char *of = pane_option_option(w, OF);
	struct view own;

	if (*of == '\0' || engine_schema(v->engine, 0) == NULL)
		return *v;
	own = pane_option_focus(v, w, OF);
	for (int i = 0; i < explain_target_count(v); i++)
		if (strcmp(explain_target_name(v, explain_target_at(v, i)), of) == 0) {
			own.subject = i;
			return own;
		}
	own.subject = 0;
	explain_target_follow(&own);
	return own;
}

/* --- what is told ----------------------------------------------------------------------------- */

static void
write_told(const struct view *v, struct text *out)
{
	struct explain_target subject = explain_target_at(v, v->subject);
	const struct graph *graph = engine_graph(v->engine, explain_target_source(v, subject));
	int root = subject.kpi >= 0 ? engine_kpi(v->engine, subject.kpi)->root : -1;

	if (graph == NULL)
		return;
	if (subject.rule >= 0) {
		engine_rule_explain(v->engine, subject.rule, out);
		return;
	}
	graph_explain(graph, root, out);
	graph_explain_held(graph, root, out);
}

/* Of the row just read; anew: something else is chosen than before. */
static void
take(struct explain *x, const struct view *v, bool anew)
{
	struct sketch *sketch = &x->sketch;
	struct text told = { 0 };

	write_told(v, &told);
	page_write(&x->page, text_get(&told), v->glyphs);
	text_done(&told);
	sketch_take(sketch, v, explain_target_at(v, v->subject));
	if (anew)
		x->range = (struct range){ 0 };
	if (isnan(sketch->least))
		return;
	range_update(&x->range, sketch->least, sketch->greatest, x->seen, sketch->shown);
	sketch->least = x->range.lo;
	sketch->greatest = x->range.hi;
}

/* As wide as its names ask for, but half of the pane at most; where there is less room, without
 * values: what is chosen has its value in the text. */
static int
list_width(const struct view *v, int width)
{
	bool values = width >= VALUES_FROM;
	int widest = 0, most = values ? width / 2 : NARROW_MOST;

	if (width < LIST_FROM)
		return 0;
	for (int i = 0; i < explain_target_count(v); i++) {
		int cells = text_cells(explain_target_name(v, explain_target_at(v, i)));

		widest = cells > widest ? cells : widest;
	}
	widest += WORD + (values ? 1 + VALUE_W : 0);
	return widest < most ? widest : most;
}

static int
text_width(const struct explain *x, int width)
{
	return width - (x->list > 0 ? x->list + LIST_GAP : 0);
}

/* The sketch has what the text leaves of h lines, and a blank one between; the text is more. */
static int
sketch_height(const struct explain *x, int w, int h)
{
	int least = sketch_least(&x->sketch, w), most = sketch_most(&x->sketch, w);
	int left = h - 1 - page_height(&x->page);

	if (least == 0 || h - 1 - least < TEXT_LEAST)
		return 0;
	return left < least ? least : left > most ? most : left;
}

static void
arrange(struct explain *x, const struct view *v, int width, int height)
{
	int h = height, w;

	x->list = list_width(v, width);
	w = text_width(x, width);
	h -= x->list > 0 ? 0 : 1;
	page_wrap(&x->page, w);
	x->sketch_h = sketch_height(x, w, h);
	page_fit(&x->page, h - (x->sketch_h > 0 ? x->sketch_h + 1 : 0));
}

static int
explain_update(struct widget *w, const struct view *view, int width, int height)
{
	struct explain *x = w->state;
	const struct view own = chosen(view, w), *v = &own;
	int count = explain_target_count(v);
	uint64_t rows = 0;

	for (int i = 0; i < engine_sources(v->engine); i++)
		rows += history_end(v->history, i);
	if (v->subject >= count || engine_schema(v->engine, 0) == NULL)
		return 0;
	if (v->frozen == NULL && (x->seen != rows + 1 || x->subject != v->subject ||
				     x->count != count || x->glyphs != v->glyphs)) {
		take(x, v, x->subject != v->subject || x->count != count);
		x->seen = rows + 1;
		x->subject = v->subject;
		x->count = count;
		x->glyphs = v->glyphs;
	}
	arrange(x, v, width, height);
	return 0;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static enum style
state_style(const struct view *v, int rule)
{
	switch (engine_alert(v->engine, rule)->state) {
	case ALERT_FIRING:
		return severity_style(engine_rule(v->engine, rule)->severity);
	case ALERT_PENDING:
		return STYLE_WARNING;
	case ALERT_RESOLVED:
		return STYLE_GOOD;
	case ALERT_INACTIVE:
		break;
	}
	return STYLE_DIM;
}

/* With as many digits as find room. */
static void
print_value(double v, char *out, size_t size)
{
	int digits = DIGITS;

	while (snprintf(out, size, "%.*g", digits, v) > VALUE_W && digits > 1)
		digits--;
}

static void
draw_subject(const struct view *v, const struct canvas *c, int y, int i, bool values)
{
	struct explain_target s = explain_target_at(v, i);
	enum style style = i == v->subject ? STYLE_FOCUS : STYLE_TEXT;
	char value[32] = "missing";
	double number = s.kpi >= 0 ? engine_kpi_value(v->engine, s.kpi) : NAN;

	if (i == v->subject)
		canvas_cell(c, 0, y, SELECTED, STYLE_FOCUS);
	if (s.rule >= 0)
		snprintf(value, sizeof value, "%s",
		    alert_state_name(engine_alert(v->engine, s.rule)->state));
	else if (engine_kpi(v->engine, s.kpi)->result == RESULT_TEXT && !isnan(number))
		snprintf(value, sizeof value, "%.31s", names_text(engine_names(v->engine), number));
	else if (!isnan(number))
		print_value(number, value, sizeof value);
	canvas_text(
	    c, WORD, y, c->w - (values ? VALUE_W + 1 : 0) - WORD, style, explain_target_name(v, s));
	if (!values)
		return;
	canvas_right(
	    c, c->w - VALUE_W, y, VALUE_W, s.rule >= 0 ? state_style(v, s.rule) : style, value);
}

/* The first in a list of h lines: the chosen one stands in the middle, away from the ends. */
static int
list_first(const struct view *v, int h)
{
	int n = explain_target_count(v), first = v->subject - h / 2;

	first = first > n - h ? n - h : first;
	return first > 0 ? first : 0;
}

static void
draw_list(const struct view *v, const struct canvas *c, bool values)
{
	int n = explain_target_count(v);

	for (int i = list_first(v, c->h), y = 0; i < n && y < c->h; i++, y++)
		draw_subject(v, c, y, i, values);
}

/* What the chosen one did, drawn and told below that. */
static void
draw_chosen(const struct explain *x, const struct view *v, const struct canvas *c)
{
	struct canvas sketch = canvas_part(c, 0, 0, c->w, x->sketch_h);
	int top = x->sketch_h > 0 ? x->sketch_h + 1 : 0;
	struct canvas text = canvas_part(c, 0, top, c->w, c->h - top);

	if (x->sketch_h > 0)
		sketch_draw(&x->sketch, &sketch);
	page_draw(&x->page, &text, v->scroll);
}

static void
explain_draw(const struct widget *w, const struct view *view, const struct canvas *c)
{
	const struct explain *x = w->state;
	const struct view own = chosen(view, w), *v = &own;
	int list = x->list, top = list > 0 ? 0 : 1, left = c->w - text_width(x, c->w);
	struct canvas told = canvas_part(c, left, top, c->w - left, c->h - top);
	struct canvas names = canvas_part(c, 0, 0, list > 0 ? list : c->w, list > 0 ? c->h : 1);

	if (x->page.text.len == 0) {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM,
		    explain_target_count(v) == 0 ? "no KPI and no rule"
						 : "no row was read yet: . reads one");
		return;
	}
	draw_list(v, &names, list == 0 || c->w >= VALUES_FROM);
	for (int y = 0; list > 0 && y < c->h; y++)
		canvas_cell(c, list + 1, y, RULE, STYLE_FRAME);
	draw_chosen(x, v, &told);
}

static void
explain_heading(const struct widget *w, const struct view *view, struct heading *h)
{
	const struct view own = chosen(view, w), *v = &own;
	struct explain_target s;
	char count[COUNT_CHARS];

	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "explain");
	if (v->subject >= explain_target_count(v) || engine_schema(v->engine, 0) == NULL)
		return;
	s = explain_target_at(v, v->subject);
	count_print(engine_progress(v->engine, explain_target_source(v, s)).row, count);
	if (w->title == NULL)
		snprintf(h->title, sizeof h->title, "explain %.60s", explain_target_name(v, s));
	if (*pane_option_option(w, OF) != '\0')
		snprintf(h->note, sizeof h->note, "row %s", count);
	else
		snprintf(h->note, sizeof h->note, "%d of %d · ↑/↓ chooses · . steps · row %s",
		    v->subject + 1, explain_target_count(v), count);
	snprintf(h->keys, sizeof h->keys, "↑/↓ .");
}

static struct hit
explain_at(const struct widget *w, const struct view *v, int width, int height, int x, int y)
{
	const struct explain *explain = w->state;
	int i = list_first(v, height) + y;

	(void)width;
	if (*pane_option_option(w, OF) != '\0' || x >= explain->list ||
	    i >= explain_target_count(v))
		return (struct hit){ HIT_NOTHING, 0 };
	return (struct hit){ HIT_SUBJECT, i };
}

static void
explain_done(struct widget *w)
{
	struct explain *x = w->state;

	page_done(&x->page);
	sketch_done(&x->sketch);
}

const struct widget_class widget_explain = {
	.name = "explain",
	.help = "the arithmetic of the row just read",
	.params = explain_params,
	.of = NAMES_SUBJECT,
	.size = sizeof(struct explain),
	.min_w = 30,
	.min_h = 4,
	.weight = 65,
	.update = explain_update,
	.heading = explain_heading,
	.draw = explain_draw,
	.at = explain_at,
	.done = explain_done,
};
