/* status.c - the first line: what is read, how far it is, and what is wrong.
 *
 * It is made of parts; when there is no room the least important are left out, then those that
 * stay are said shorter. What is counted keeps its width while it grows, and what is wrong counts
 * more than what is not. */
#include <math.h>
#include <string.h>

#include "widgets/status_parts.h"

enum { GAP = 2, BAR_MIN = 10, BAR_MAX = 40, DONE = 0x2501, HALF = 0x2578, LEFT = 0x2500 };

static int
line_cells(const struct line *l)
{
	int cells = 1;

	for (int i = 0; i < l->n; i++)
		cells += (l->parts[i].bar ? BAR_MIN : text_cells(l->parts[i].text)) + GAP;
	return cells - 1;
}

/* The most important part that was not looked at; -1. */
static int
next_part(const struct line *l, const bool *seen)
{
	int next = -1;

	for (int i = 0; i < l->n; i++)
		if (!seen[i] && (next < 0 || l->parts[i].importance > l->parts[next].importance))
			next = i;
	return next;
}

/* Parts in the order of their importance, each that finds room beside those before; false: one
 * that is needed found none. */
static bool
fit(const struct line *all, int w, struct line *kept)
{
	bool seen[STATUS_PARTS] = { false }, stands[STATUS_PARTS] = { false }, whole = true;
	int cells = 1, i;

	while ((i = next_part(all, seen)) >= 0) {
		int more = all->parts[i].bar ? BAR_MIN : text_cells(all->parts[i].text);

		seen[i] = true;
		stands[i] = cells == 1 || cells + more < w; /* and one at the right edge */
		whole = whole && (stands[i] || all->parts[i].importance < STATUS_NEEDED);
		cells += stands[i] ? more + GAP : 0;
	}
	kept->n = 0;
	for (i = 0; i < all->n; i++)
		if (stands[i])
			kept->parts[kept->n++] = all->parts[i];
	return whole;
}

static void
leave_out(struct line *l, int w)
{
	struct line kept;

	if (!fit(l, w, &kept)) {
		for (int i = 0; i < l->n; i++)
			if (l->parts[i].brief[0] != '\0')
				strcpy(l->parts[i].text, l->parts[i].brief);
		fit(l, w, &kept);
	}
	*l = kept;
}

static void
draw_bar(const struct canvas *c, int x, int w, double share)
{
	int halves = (int)floor(share * w * 2);
	uint32_t full = c->glyphs == GLYPHS_ASCII ? '=' : DONE; /* where all lines look alike */

	for (int i = 0; i < w; i++) {
		bool done = halves >= 2 * i + 2, half = halves == 2 * i + 1;

		canvas_cell(c, x + i, 0,
		    done   ? full
		    : half ? HALF
			   : LEFT,
		    done || half ? STYLE_GOOD : STYLE_FRAME);
	}
}

static int
bar_width(const struct line *l, int w)
{
	int bar = BAR_MIN + w - line_cells(l) - GAP;

	return bar > BAR_MAX ? BAR_MAX : bar < BAR_MIN ? BAR_MIN : bar;
}

static int
status_update(struct widget *w, const struct view *v, int width, int height)
{
	(void)width;
	(void)height;
	status_follow(w->state, v);
	return 0;
}

/* A cell of the progress bar is a place in the recording. */
static struct hit
status_at(const struct widget *w, const struct view *v, int width, int h, int x, int y)
{
	struct line line = { .n = 0 };
	int at = 1, bar;

	(void)h, (void)y;
	status_compose(&line, w->state, v);
	leave_out(&line, width);
	bar = bar_width(&line, width);
	for (int i = 0; i < line.n; i++) {
		const struct part *p = &line.parts[i];

		if (p->bar && x >= at && x < at + bar)
			return (struct hit){ HIT_SHARE,
				(x - at) * HIT_WHOLE / (bar > 1 ? bar - 1 : 1) };
		if (!p->right)
			at += (p->bar ? bar : text_cells(p->text)) + GAP;
	}
	return (struct hit){ HIT_NOTHING, 0 };
}

static void
status_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct status *told = w->state;
	struct line line = { .n = 0 };
	int x = 1, right = c->w - 1, bar;

	status_compose(&line, told, v);
	leave_out(&line, c->w);
	bar = bar_width(&line, c->w);
	for (int i = 0; i < line.n; i++) {
		const struct part *p = &line.parts[i];

		if (p->right)
			continue;
		if (p->bar) {
			draw_bar(c, x, bar, told->progress.share);
			x += bar + GAP;
			continue;
		}
		x += canvas_text(c, x, 0, c->w - x, p->style, p->text) + GAP;
	}
	for (int i = line.n - 1; i >= 0; i--) {
		if (!line.parts[i].right)
			continue;
		right -= text_cells(line.parts[i].text);
		canvas_text(c, right, 0, c->w - right, line.parts[i].style, line.parts[i].text);
		right -= GAP;
	}
}

const struct widget_class widget_status = {
	.name = "status",
	.help = "one line: source, pace, progress, bad and late rows, alerts that fire",
	.size = sizeof(struct status),
	.bare = true,
	.min_w = 1,
	.min_h = 1,
	.weight = 80,
	.update = status_update,
	.draw = status_draw,
	.at = status_at,
};
