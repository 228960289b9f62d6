/* sketch_states.c - the states of a rule, one after the other, and the present one lit.
 *
 * A rule goes through them in this order; from the last it goes on with the first that it has when
 * its condition holds again. */
#include <stdio.h>

#include "widgets/explain/sketch_parts.h"

enum {
	BOX = 4 /* edges and blanks */,
	BOX_LINES = 3,
	ARROW_LEAST = 3,
	ARROW_MOST = 12,
	ARROW = 0x25b8,
	RULE = 0x2500,
	BESIDE = 0x2192
};

static const enum alert_state states[] = { ALERT_INACTIVE, ALERT_PENDING, ALERT_FIRING,
	ALERT_RESOLVED };
enum { STATES = sizeof states / sizeof *states };

/* What leads to a state from the one before. */
static const char *const causes[STATES] = { NULL, "holds", "lasts", "clears" };

/* A rule that waits for nothing is never pending. */
static bool
has_state(const struct sketch *s, int i)
{
	return states[i] != ALERT_PENDING || s->waits;
}

static int
count_states(const struct sketch *s)
{
	return s->waits ? STATES : STATES - 1;
}

/* Cells of the names, each with so many around it. */
static int
names_cells(const struct sketch *s, int around)
{
	int cells = 0;

	for (int i = 0; i < STATES; i++)
		if (has_state(s, i))
			cells += text_cells(alert_state_name(states[i])) + around;
	return cells;
}

/* Of the arrow between two boxes; less than the least: there is room for names alone. */
static int
arrow_cells(const struct sketch *s, int w)
{
	int room = (w - names_cells(s, BOX)) / (count_states(s) - 1);

	return room < ARROW_MOST ? room : ARROW_MOST;
}

int
sketch_states_lines(const struct sketch *s, int w)
{
	if (arrow_cells(s, w) >= ARROW_LEAST)
		return BOX_LINES;
	return names_cells(s, 0) + ARROW_LEAST * (count_states(s) - 1) <= w ? 1 : 0;
}

static enum style
lit_style(const struct sketch *s)
{
	switch (s->alert.state) {
	case ALERT_FIRING:
		return severity_style(s->severity);
	case ALERT_PENDING:
		return STYLE_WARNING;
	case ALERT_RESOLVED:
	case ALERT_INACTIVE:
		break;
	}
	return STYLE_BOLD;
}

static void
draw_box(const struct sketch *s, const struct canvas *c, int i)
{
	bool lit = s->alert.state == states[i];

	canvas_frame(c, "", "", lit);
	canvas_text(
	    c, 2, 1, c->w - BOX, lit ? lit_style(s) : STYLE_DIM, alert_state_name(states[i]));
	if (lit)
		canvas_reverse(c, 1, 1, c->w - 2);
}

static void
draw_arrow(const struct canvas *c, int x, int w, const char *cause)
{
	canvas_fill(c, x, 1, w - 1, 1, RULE, STYLE_FRAME);
	canvas_cell(c, x + w - 1, 1, ARROW, STYLE_LABEL);
	if (text_cells(cause) + 2 <= w)
		canvas_text(c, x + (w - text_cells(cause)) / 2, 0, w, STYLE_LABEL, cause);
}

static void
draw_line(const struct sketch *s, const struct canvas *c)
{
	int x = 0;

	for (int i = 0; i < STATES; i++) {
		bool lit = s->alert.state == states[i];
		int from = x;

		if (!has_state(s, i))
			continue;
		if (i > 0) {
			canvas_cell(c, x + 1, 0, BESIDE, STYLE_LABEL);
			from = x += ARROW_LEAST;
		}
		x += canvas_text(
		    c, x, 0, c->w - x, lit ? lit_style(s) : STYLE_DIM, alert_state_name(states[i]));
		if (lit)
			canvas_reverse(c, from, 0, x - from);
	}
}

void
sketch_states_draw(const struct sketch *s, const struct canvas *c)
{
	int arrow = arrow_cells(s, c->w), x = 0;

	if (arrow < ARROW_LEAST) {
		draw_line(s, c);
		return;
	}
	for (int i = 0; i < STATES; i++) {
		int w = text_cells(alert_state_name(states[i])) + BOX;
		struct canvas box;

		if (!has_state(s, i))
			continue;
		if (i > 0) {
			draw_arrow(c, x, arrow,
			    states[i] == ALERT_FIRING && !s->waits ? causes[1] : causes[i]);
			x += arrow;
		}
		box = canvas_part(c, x, 0, w, BOX_LINES);
		draw_box(s, &box, i);
		x += w;
	}
}
