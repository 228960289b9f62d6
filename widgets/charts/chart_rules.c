/* chart_rules.c - thresholds of the rules that read the series. */
#include "widgets/charts/chart_parts.h"

enum {
	DASH = 0x254c,
	DOT_STEP = 2,  /* of a threshold's dots every so many-th is drawn */
	CLEAR_STEP = 4 /* and where the rule is resolved */
};

enum style
chart_rule_style(const struct view *v, int rule)
{
	return (enum style)(STYLE_THRESHOLD + (int)engine_rule(v->engine, rule)->severity);
}

int
chart_rule_y(const struct view *v, const struct rule_line *line, int h)
{
	return line->dot / chart_dots_y(v->glyphs) < h ? line->dot / chart_dots_y(v->glyphs)
						       : h - 1;
}

/* Appends the line, when it is seen in a plot so many dots high. */
static void
add_line(struct chart *s, const struct view *v, int rule, bool clears, int dots)
{
	double at;
	bool known = clears ? view_clears(v, rule, chart_of(s), &at)
			    : view_threshold(v, rule, chart_of(s), &at);

	if (!known || at < s->y.scale.lo || at > s->y.scale.hi)
		return;
	if (s->nlines < RULE_LINES)
		s->lines[s->nlines++] = (struct rule_line){ .rule = rule,
			.clears = clears,
			.above = engine_query(v->engine)->rules[rule].threshold_above != clears,
			.dot = scale_dot(&s->y.scale, at, dots),
			.x = -1 };
}

/* Where its name stood before. */
static void
keep_place(struct rule_line *line, const struct rule_line *before, int n)
{
	for (int i = 0; i < n; i++)
		if (before[i].rule == line->rule && before[i].clears == line->clears) {
			line->x = before[i].x;
			line->down = before[i].down;
			line->brief = before[i].brief;
		}
}

void
chart_rules_update(struct chart *s, const struct view *v, int w, int h)
{
	struct rule_line before[RULE_LINES];
	int nbefore = s->nlines, dots = h * chart_dots_y(v->glyphs), seen = 0;

	for (int i = 0; i < nbefore; i++)
		before[i] = s->lines[i];
	s->nlines = 0;
	for (int rule = 0; rule < engine_rules(v->engine); rule++) {
		int n = s->nlines;

		add_line(s, v, rule, false, dots);
		seen += s->nlines > n;
		if (seen > THRESHOLDS_MOST) { /* more of them would hide the data */
			s->nlines = 0;
			return;
		}
		add_line(s, v, rule, true, dots);
	}
	for (int i = 0; i < s->nlines; i++) {
		keep_place(&s->lines[i], before, nbefore);
		chart_name_place(s, v, i, w, h);
	}
}

/* One dot thick, and not even all of these: thinner than any data. */
static void
draw_line(const struct view *v, const struct canvas *plot, const struct rule_line *line)
{
	enum style style = chart_rule_style(v, line->rule);
	int step = line->clears ? CLEAR_STEP : DOT_STEP;

	if (plot->glyphs == GLYPHS_BRAILLE)
		for (int x = 0; x < canvas_dots_x(plot); x += step)
			canvas_dot(plot, x, line->dot, style);
	else
		for (int x = 0; x < plot->w; x += step / DOT_STEP)
			canvas_cell(plot, x, chart_rule_y(v, line, plot->h), DASH, style);
}

void
chart_rules_draw(const struct chart *s, const struct view *v, const struct canvas *plot)
{
	for (int i = 0; i < s->nlines; i++)
		draw_line(v, plot, &s->lines[i]);
}
