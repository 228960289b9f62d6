/* stat.c - one number, large enough to be read from across the room, with its unit and its trend.
 *
 * A digit has 3 x 5 dots: half blocks put two of them, one above the other, into a cell; ASCII has
 * none, so there a dot is a cell. Where that finds no room the number is written as it is. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/pane_options.h"
#include "widgets/draw/scale.h"
#include "widgets/sparkline.h"

enum {
	DOTS_H = 5,
	DIGIT_W = 3,
	GAP = 1,
	UPPER = 0x2580,
	LOWER = 0x2584,
	FULL = 0x2588,
	UP = 0x25b2,
	DOWN = 0x25bc,
	SIDE = 3 /* a blank, the arrow, a blank */
};

struct stat {
	int line; /* of the view, plus 1 */
	struct range range;
	struct figures figures;
	double value, before;
};

enum { OF, KPIS };
static const struct param stat_params[] = { { "of", PARAM_TEXT, "", 0, 0, NULL,
						"the column or KPI; left out: what has the focus" },
	{ "kpis", PARAM_TEXT, "", 0, 0, NULL, "one statistic of it, such as mean" }, { 0 } };

/* Rows of dots from top to bottom, three bits each, the left one the highest. */
static const struct digit {
	char c;
	int w;
	unsigned char dots[DOTS_H];
} digits[] = {
	{ '0', 3, { 7, 5, 5, 5, 7 } },
	{ '1', 3, { 2, 6, 2, 2, 7 } },
	{ '2', 3, { 7, 1, 7, 4, 7 } },
	{ '3', 3, { 7, 1, 3, 1, 7 } },
	{ '4', 3, { 5, 5, 7, 1, 1 } },
	{ '5', 3, { 7, 4, 7, 1, 7 } },
	{ '6', 3, { 7, 4, 7, 5, 7 } },
	{ '7', 3, { 7, 1, 1, 1, 1 } },
	{ '8', 3, { 7, 5, 7, 5, 7 } },
	{ '9', 3, { 7, 5, 7, 1, 7 } },
	{ '-', 3, { 0, 0, 7, 0, 0 } },
	{ '.', 1, { 0, 0, 0, 0, 4 } },
};

static const struct digit *
digit_find(char c)
{
	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
		if (digits[i].c == c)
			return &digits[i];
	return NULL;
}

/* Cells of the text when large; what has no dots, such as the k of thousands, stands as it is. */
static int
large_width(const char *text)
{
	int w = 0;

	for (; *text != '\0'; text++)
		w += (digit_find(*text) != NULL ? digit_find(*text)->w : 1) + GAP;
	return w > 0 ? w - GAP : 0;
}

static int
large_height(enum glyphs glyphs)
{
	return glyphs == GLYPHS_ASCII ? DOTS_H : (DOTS_H + 1) / 2;
}

static bool
dot_at(const struct digit *d, int x, int y)
{
	return y < DOTS_H && (d->dots[y] >> (DIGIT_W - 1 - x) & 1) != 0;
}

static void
draw_digit(const struct canvas *c, int x, int y, const struct digit *d)
{
	bool ascii = c->glyphs == GLYPHS_ASCII;

	for (int row = 0; row < large_height(c->glyphs); row++)
		for (int i = 0; i < d->w; i++) {
			bool upper = dot_at(d, i, ascii ? row : 2 * row);
			bool lower = !ascii && dot_at(d, i, 2 * row + 1);

			if (ascii && upper)
				canvas_cell(c, x + i, y + row, '#', STYLE_BOLD);
			else if (upper || lower)
				canvas_cell(c, x + i, y + row,
				    upper && lower ? FULL
				    : upper        ? UPPER
						   : LOWER,
				    STYLE_BOLD);
		}
}

static void
draw_large(const struct canvas *c, int x, int y, const char *text)
{
	for (; *text != '\0'; text++) {
		const struct digit *d = digit_find(*text);

		if (d != NULL)
			draw_digit(c, x, y, d);
		else
			canvas_cell(c, x, y + large_height(c->glyphs) - 1, (unsigned char)*text,
			    STYLE_BOLD);
		x += (d != NULL ? d->w : 1) + GAP;
	}
}

static int
stat_update(struct widget *w, const struct view *v, int width, int height)
{
	struct stat *stat = w->state;
	const struct series *s = pane_option_line(v, w, OF, KPIS);
	uint64_t first, end;
	double lo, hi;

	(void)width;
	(void)height;
	if (s == NULL || stat->line != (int)(s - v->series) + 1)
		*stat = (struct stat){ .line = s != NULL ? (int)(s - v->series) + 1 : 0 };
	if (s == NULL)
		return 0;
	stat->value = view_last(v, s->source, s->track);
	if (!view_span(v, s, &first, &end))
		return 0;
	stat->before = end - first > 1 ? history_at(v->history, s->track, end - 2) : NAN;
	if (!history_extent(v->history, s->track, first, end, &lo, &hi))
		return 0;
	range_update(&stat->range, lo, hi, end, (end - first) / 4);
	view_see(v, &stat->figures, s->source, s->track);
	figures_update(&stat->figures, stat->range.lo, stat->range.hi);
	return 0;
}

static void
stat_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	heading_title(h, w, pane_option_line(v, w, OF, KPIS), "stat");
}

static int
stat_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)width;
	return large_height(v->glyphs) + 2;
}

static void
draw_trend(const struct stat *stat, const struct canvas *c, int x, int y)
{
	if (stat->value > stat->before || stat->value < stat->before)
		canvas_cell(c, x, y, stat->value > stat->before ? UP : DOWN, STYLE_DIM);
}

/* With the digits that it has, or as many decimals as find room, at least one where there are some;
 * false when there is none. */
static bool
print_large(const struct stat *stat, int w, char *text)
{
	struct form form = stat->figures.form;

	figures_print(&stat->figures, stat->value, 0, text);
	if (large_width(text) <= w && strchr(text, 'e') == NULL)
		return true;
	for (;; form.decimals--) {
		form_print(form, stat->value, text);
		if (large_width(text) <= w || form.decimals <= 1)
			return large_width(text) <= w;
	}
}

static void
stat_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct stat *stat = w->state;
	const struct series *s = stat->line > 0 ? &v->series[stat->line - 1] : NULL;
	int wide, high = large_height(c->glyphs), unit;
	bool large;
	char text[FORM_CHARS], reason[REASON_CHARS];

	if (s == NULL || !stat->range.set) {
		view_reason(v, pane_option_option(w, OF), reason);
		canvas_text(c, 0, 0, c->w, STYLE_DIM, reason);
		return;
	}
	unit = s->unit != NULL ? text_cells(s->unit) : 0;
	unit = unit < SIDE ? SIDE : unit + 1;
	large = c->h >= high && print_large(stat, c->w - unit, text);
	if (!large)
		figures_print(&stat->figures, stat->value, 0, text);
	wide = large ? large_width(text) : text_cells(text);
	high = large ? high : 1;
	if (large)
		draw_large(c, c->w - unit - wide, 0, text);
	else
		canvas_right(c, 0, 0, c->w > unit ? c->w - unit : c->w, STYLE_BOLD, text);
	if (c->w > wide + unit) {
		draw_trend(stat, c, large ? c->w - unit + 1 : c->w - unit - wide - 2, 0);
		if (s->unit != NULL && (large || c->w >= wide + 2 * unit))
			canvas_text(c, c->w - unit + 1, high - 1, unit - 1, STYLE_DIM, s->unit);
	}
	if (c->h > high)
		sparkline_draw(c, 0, c->h > high + 1 ? high + 1 : high, c->w, v,
		    &(struct trend){
			s->source, s->track, stat->range.lo, stat->range.hi, NULL, false });
}

const struct widget_class widget_stat = {
	.name = "stat",
	.help = "one number, large, with its trend",
	.params = stat_params,
	.of = NAMES_LINE,
	.kpis = NAMES_STATISTIC,
	.size = sizeof(struct stat),
	.min_w = 10,
	.min_h = 1,
	.weight = 33,
	.update = stat_update,
	.heading = stat_heading,
	.lines = stat_lines,
	.draw = stat_draw,
};
