/* explain.c - the arithmetic of the row just read: a list of KPIs and rules, and what the chosen
 * one did.
 *
 * The text comes from the operators: a line that does not begin with blanks is a heading, the
 * others have a word in a narrow column and what it stands for behind it. Long lines go on in that
 * column. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/history/history.h"
#include "widgets/pane_options.h"
#include "widgets/draw/runes.h"
#include "widgets/draw/scale.h"
#include "widgets/explain_target.h"

enum {
	VALUES_FROM = 96, /* cells from which on the list has values, and is there at all */
	LIST_FROM = 72,
	NARROW_MOST = 22,
	LIST_GAP = 3,
	WORD = 2,
	TEXT = 12,
	VALUE_W = 10,
	DIGITS = 6,
	SELECTED = 0x25b8,
	RULE = 0x2502
};

struct row { /* a line of the screen: a piece of the text */
	int at, n, x;
	bool heading;
};

struct explain {
	struct text text;
	struct row *rows;
	int nrows, cap;
	bool spaced;   /* there is room for a blank line before each heading */
	uint64_t seen; /* rows for which it was written, plus 1 */
	int subject, count;
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

/* --- the text in rows ------------------------------------------------------------------------- */

static void
add_row(struct explain *x, struct row row)
{
	if (x->nrows == x->cap) {
		x->cap = x->cap > 0 ? x->cap * 2 : 64;
		x->rows = memory_grow(x->rows, (size_t)x->cap, sizeof *x->rows);
	}
	x->rows[x->nrows++] = row;
}

/* How many bytes of s fit in w cells; a word that fits no line is cut. */
static int
fitting(const char *s, int n, int w)
{
	int at = 0, cells = 0, blank = 0;

	while (at < n) {
		uint32_t rune;
		int bytes = (int)rune_read(s + at, (size_t)(n - at), &rune);

		if (rune == ' ')
			blank = at;
		cells += rune_cells(rune_harmless(rune));
		if (cells > w)
			return blank > 0 ? blank : at > 0 ? at : bytes;
		at += bytes;
	}
	return n;
}

static void
wrap_line(struct explain *x, int at, int n, int w)
{
	bool heading = x->text.s[at] != ' ';
	int left = 0;

	for (; n > 0; left = heading ? WORD : TEXT) {
		int fits = fitting(x->text.s + at, n, w > left + 1 ? w - left : 1);

		add_row(x, (struct row){ at, fits, left, heading });
		at += fits;
		n -= fits;
		while (n > 0 && x->text.s[at] == ' ') {
			at++;
			n--;
		}
	}
}

static void
wrap(struct explain *x, int w, int h)
{
	const char *s = text_get(&x->text), *line = s, *end;
	int headings = 0;

	x->nrows = 0;
	for (; *line != '\0'; line = *end == '\n' ? end + 1 : end) {
		end = strchrnul(line, '\n');
		headings += *line != ' ';
		wrap_line(x, (int)(line - s), (int)(end - line), w);
	}
	x->spaced = x->nrows + headings - 1 <= h;
}

/* --- what is told ----------------------------------------------------------------------------- */

static void
write_text(struct explain *x, const struct view *v)
{
	struct explain_target subject = explain_target_at(v, v->subject);
	const struct graph *graph = engine_graph(v->engine, explain_target_source(v, subject));
	int root = subject.kpi >= 0 ? engine_kpi(v->engine, subject.kpi)->root : -1;

	text_clear(&x->text);
	if (graph == NULL)
		return;
	if (subject.rule >= 0) {
		engine_rule_explain(v->engine, subject.rule, &x->text);
		return;
	}
	graph_explain(graph, root, &x->text);
	graph_explain_held(graph, root, &x->text);
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
	if (v->frozen == NULL &&
	    (x->seen != rows + 1 || x->subject != v->subject || x->count != count)) {
		x->seen = rows + 1;
		x->subject = v->subject;
		x->count = count;
		write_text(x, v);
	}
	x->list = list_width(v, width);
	wrap(x, text_width(x, width), x->list > 0 ? height : height - 1);
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

/* Behind its last " = " stands what it comes to; in a list, nothing does. */
static int
result_of(const char *s, int n)
{
	for (int i = n - 3; i > 0 && s[i] != ','; i--)
		if (memcmp(s + i, " = ", 3) == 0)
			return i + 3;
	return n;
}

/* What is told of, up to the first " = ", or the word in front; returns the bytes drawn. */
static int
draw_front(const struct row *row, const char *s, const struct canvas *c, int y, int *cells)
{
	const char *sign = memmem(s, (size_t)row->n, " = ", 3);
	int n = row->n;

	if (row->x > 0)
		return 0;
	if (!row->heading) {
		n = n < TEXT ? n : TEXT;
		canvas_textn(c, 0, y, TEXT, STYLE_LABEL, s, n);
		*cells = TEXT;
		return n;
	}
	if (sign != NULL)
		n = (int)(sign - s);
	*cells = canvas_textn(c, 0, y, c->w, STYLE_FOCUS, s, n);
	return n;
}

static void
draw_row(const struct explain *x, const struct row *row, const struct canvas *c, int y)
{
	const char *s = x->text.s + row->at;
	int cells = row->x, at = draw_front(row, s, c, y, &cells), result = result_of(s, row->n);

	if (result < at)
		result = at;
	cells += canvas_textn(c, cells, y, c->w - cells, STYLE_TEXT, s + at, result - at);
	if (result < row->n)
		canvas_textn(c, cells, y, c->w - cells, STYLE_BOLD, s + result, row->n - result);
}

/* "PgDn: 7 more" stands behind the last line where that leaves room, else in its place. Returns how
 * many lines it leaves. */
static int
draw_more(const struct explain *x, const struct canvas *c, int first)
{
	const struct row *last = &x->rows[first + c->h - 1];
	char text[40], piece[512];
	int below = x->nrows - first - c->h, lines = c->h;

	snprintf(piece, sizeof piece, "%.*s", last->n, x->text.s + last->at);
	snprintf(text, sizeof text, "PgDn: %d more", below);
	if (last->x + text_cells(piece) + LIST_GAP + text_cells(text) > c->w) {
		lines--;
		snprintf(text, sizeof text, "PgDn: %d more", below + 1);
	}
	canvas_right(c, 0, c->h - 1, c->w, STYLE_KEY, text);
	return lines;
}

static void
draw_text(const struct explain *x, const struct view *v, const struct canvas *c)
{
	int first = v->scroll, below = x->nrows - c->h, y = 0, lines = c->h;

	first = first > below ? below : first;
	first = x->spaced || first < 0 ? 0 : first;
	if (!x->spaced && first < below && c->h > 0)
		lines = draw_more(x, c, first);
	for (int i = first; i < x->nrows && y < lines; i++) {
		const struct row *row = &x->rows[i];

		if (x->spaced && i > 0 && row->heading && row->x == 0)
			y++;
		draw_row(x, row, c, y++);
	}
}

static void
explain_draw(const struct widget *w, const struct view *view, const struct canvas *c)
{
	const struct explain *x = w->state;
	const struct view own = chosen(view, w), *v = &own;
	int list = x->list, top = list > 0 ? 0 : 1, left = c->w - text_width(x, c->w);
	struct canvas text = canvas_part(c, left, top, c->w - left, c->h - top);
	struct canvas names = canvas_part(c, 0, 0, list > 0 ? list : c->w, list > 0 ? c->h : 1);

	if (x->text.len == 0) {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM,
		    explain_target_count(v) == 0 ? "no KPI and no rule"
						 : "no row was read yet: . reads one");
		return;
	}
	draw_list(v, &names, list == 0 || c->w >= VALUES_FROM);
	for (int y = 0; list > 0 && y < c->h; y++)
		canvas_cell(c, list + 1, y, RULE, STYLE_FRAME);
	draw_text(x, v, &text);
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
		snprintf(h->note, sizeof h->note, "row %s · %d of %d · ↑/↓ chooses · . steps",
		    count, v->subject + 1, explain_target_count(v));
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

	text_done(&x->text);
	free(x->rows);
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
