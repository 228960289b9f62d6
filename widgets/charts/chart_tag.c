/* chart_tag.c - the last value in a tag at the end of its line.
 *
 * It stands in the room of what is to come, a cell behind the line's end, so that the forecast is
 * seen on both sides of it; or beside the plot where nothing is to come. */
#include <math.h>
#include <stdio.h>

#include "widgets/charts/chart_parts.h"

enum { BEHIND = 2 /* cells from the line's last */ };

/* The gravest rule on the series that fires; -1. */
static int
firing_severity(const struct view *v, const struct series *of)
{
	int gravest = -1;

	for (int rule = 0; rule < engine_rules(v->engine); rule++)
		if (engine_alert(v->engine, rule)->state == ALERT_FIRING &&
		    view_rule_reads(v, rule, of) &&
		    (int)engine_rule(v->engine, rule)->severity > gravest)
			gravest = (int)engine_rule(v->engine, rule)->severity;
	return gravest;
}

void
chart_tag_draw(
    const struct chart *s, const struct view *v, const struct canvas *c, int plot_w, int h)
{
	const struct series *of = chart_of(s);
	struct canvas plot = canvas_part(c, s->gutter, 0, plot_w, h);
	double last = view_last(v, of->source, of->track);
	int dot = plot_dot(&s->plot, s->plot.end - 1), severity = firing_severity(v, of), x, y, w;
	char value[FORM_CHARS], text[FORM_CHARS + 4];
	enum style style = severity < 0 ? STYLE_BOLD : severity_style((enum severity)severity);

	if (!s->tagged || isnan(last) || dot < 0)
		return;
	figures_print(&s->figures, last, 0, value);
	/* Where colours are missing the sign tells. */
	snprintf(text, sizeof text, "%s%s ", severity < 0 ? " " : "!", value);
	w = text_cells(text);
	y = chart_cell_y(s, &plot, last);
	y = y < 0 ? 0 : y >= h ? h - 1 : y;
	x = s->gutter + dot / chart_dots_x(c->glyphs) + BEHIND;
	if (s->tag_w > 0 || x + w > s->gutter + plot_w)
		x = s->gutter + plot_w + s->tag_w - w;
	if (x <= s->gutter + dot / chart_dots_x(c->glyphs)) /* it would hide the line */
		return;
	canvas_fill(c, x, y, w, 1, ' ', style); /* no band stands behind it */
	canvas_text(c, x, y, w, style, text);
	canvas_reverse(c, x, y, w);
}
