/* health.c - how the program itself is: its numbers by groups, in columns where there is room. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/draw/scale.h"
#include "widgets/widget.h"

enum { VALUE_CHARS = 48 };
enum { NAME_W = 24, VALUE_W = 10, INDENT = 2, CELL_W = INDENT + NAME_W + VALUE_W, GAP = 4 };

/* "1,234", "64.2 MB", "0.4 s", "yes"; "-" where it is not known. */
static void
print_value(const struct metric *m, char *out, size_t size)
{
	char count[COUNT_CHARS], bytes[SIZE_CHARS];

	if (isnan(m->value)) {
		snprintf(out, size, "-");
		return;
	}
	switch (m->unit) {
	case METRIC_COUNT:
		count_print((uint64_t)m->value, count);
		snprintf(out, size, "%s", count);
		return;
	case METRIC_BYTES:
		size_print(m->value, bytes);
		snprintf(out, size, "%s", bytes);
		return;
	case METRIC_SECONDS:
		if (m->value < 0.9995)
			snprintf(out, size, "%.3g ms", m->value * 1000);
		else
			snprintf(out, size, "%.1f s", m->value);
		return;
	case METRIC_FLAG:
		snprintf(out, size, m->value != 0 ? "yes" : "no");
		return;
	}
}

/* Lines that the metrics from .. to-1 take, with one for each group's name and one between groups.
 */
static int
lines_of(const struct view *v)
{
	int lines = 0;

	for (int i = 0; i < v->nmetrics; i++) {
		bool begins = i == 0 || v->metrics[i].group != v->metrics[i - 1].group;

		lines += begins ? (i > 0) + 2 : 1;
	}
	return lines;
}

static int
columns_in(int w)
{
	int n = (w + GAP) / (CELL_W + GAP);

	return n > 0 ? n : 1;
}

static int
health_lines(const struct widget *w, const struct view *v, int width)
{
	int columns = columns_in(width), lines = lines_of(v);

	(void)w;
	return lines > 0 ? lines / columns + 8 : 1;
}

/* The metrics of the group that begins there. */
static int
group_size(const struct view *v, int from)
{
	int n = 1;

	while (from + n < v->nmetrics && v->metrics[from + n].group == v->metrics[from].group)
		n++;
	return n;
}

static void
draw_metric(const struct canvas *c, int x, int y, const struct metric *m)
{
	char value[VALUE_CHARS];
	bool alarms = m->unit == METRIC_FLAG && m->value != 0;
	int w = c->w - x < CELL_W ? c->w - x : CELL_W;
	int room = w - INDENT - VALUE_W;

	print_value(m, value, sizeof value);
	canvas_text(c, x + INDENT, y, room > 0 ? room : 0, STYLE_DIM, m->name);
	canvas_right(c, x + w - VALUE_W, y, VALUE_W, alarms ? STYLE_CRITICAL : STYLE_TEXT, value);
}

static void
draw_group(const struct canvas *c, int x, int y, const struct metric *m, int n)
{
	canvas_text(c, x, y, CELL_W, STYLE_BOLD, m->group);
	for (int i = 0; i < n; i++)
		draw_metric(c, x, y + 1 + i, &m[i]);
}

/* A group stands as a whole: where it does not fit below the last it begins the next column; what
 * finds no room at all is left out, and that is told. */
static void
health_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	int x = 0, y = -v->scroll, i = 0;

	(void)w;
	if (v->nmetrics == 0)
		canvas_text(c, 0, 0, c->w, STYLE_DIM, "measuring");
	while (i < v->nmetrics) {
		int n = group_size(v, i);

		if (y > 0 && y + n >= c->h && x + 2 * CELL_W + GAP <= c->w) {
			x += CELL_W + GAP;
			y = -v->scroll;
		}
		draw_group(c, x, y, &v->metrics[i], n);
		y += n + 2;
		i += n;
	}
	if (y - 1 > c->h)
		canvas_right(c, c->w - 8, c->h - 1, 8, STYLE_KEY, " PgDn");
}

static void
health_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	(void)v;
	heading_title(h, w, NULL, "weir itself");
}

const struct widget_class widget_health = {
	.name = "health",
	.help = "how weir itself is: rows, queues, what is recorded, memory, frames",
	.min_w = 24,
	.min_h = 3,
	.weight = 30,
	.heading = health_heading,
	.lines = health_lines,
	.draw = health_draw,
};
