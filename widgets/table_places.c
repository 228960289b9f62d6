/* table_places.c - which columns of a table there is room for, and where they stand.
 *
 * A column is as wide as its widest value so far: whole before the point, whole behind it. What
 * columns leave goes to names that are cut, then to the trend, which stands behind the first
 * column. */
#include <math.h>

#include "widgets/table_parts.h"

enum {
	GAP = 2,
	GAP_MOST = 4,
	NAME_MAX_CELLS = 24,
	TREND_LEAST = 8, /* beside columns that were asked for */
	TREND_MIN = 12,
	TREND_GOOD = 16,
	TREND_ENOUGH = 72, /* from here on columns may stand further apart */
	WIDE = 100         /* a table of so many cells has room for a good trend */
};

/* It becomes wider, never narrower. */
static void
measure(struct table *t, int column, enum glyphs glyphs)
{
	const struct column_spec *c = &table_columns[column];
	struct place *p = &t->places[column];
	char text[FORM_CHARS];

	p->w = text_cells(column_title(c, glyphs));
	for (int i = t->first; i < t->nshown && i < t->first + t->rows; i++) {
		const struct line *line = &t->lines[t->shown[i]];
		double v = line->values[column];
		int n = figures_print(&line->figures, v, column_more_decimals(c), text);
		int tail = isnan(v) ? 0 : figures_tail(text);

		p->ints = n - tail > p->ints ? n - tail : p->ints;
		p->tail = tail > p->tail ? tail : p->tail;
	}
	if (c->from == FROM_ANOMALY) {
		p->ints = BAR + 2;
		p->tail = 3;
	}
	if (p->w < p->ints + p->tail)
		p->w = p->ints + p->tail;
}

/* Columns in turn while they fit in *rest cells, of which they take theirs; how many do not. */
static int
choose(struct table *t, const struct widget *w, const struct view *v, int *rest)
{
	int left_out = 0;
	bool full = false;

	for (int c = 0; c < TABLE_COLUMNS; c++) {
		struct place *p = &t->places[c];

		p->w = 0;
		if (!column_exists(w, v, &table_columns[c]))
			continue;
		measure(t, c, v->glyphs);
		full = full || (c != TABLE_LAST && p->w + GAP > *rest);
		if (full) {
			p->w = 0;
			left_out++;
		} else
			*rest -= p->w + GAP;
	}
	return left_out;
}

/* The same beside a trend of *trend cells, which gives way to columns that were asked for. */
static int
choose_with_trend(
    struct table *t, const struct widget *w, const struct view *v, int *trend, int *rest)
{
	int all = *rest, beside, alone;

	*rest = all - *trend;
	beside = choose(t, w, v, rest);
	if (beside == 0 || *trend > TREND_LEAST)
		return beside;
	*rest = all;
	alone = choose(t, w, v, rest);
	if (alone < beside) {
		*trend = 0;
		return alone;
	}
	*rest = all - *trend;
	return choose(t, w, v, rest);
}

/* Cells of the longest name of those shown. */
static int
widest_name(const struct table *t, const struct view *v)
{
	int widest = 4;

	for (int i = 0; i < t->nshown; i++) {
		char title[TITLE_CHARS];
		int cells;

		series_title(&v->series[t->shown[i]], title);
		cells = text_cells(title);
		widest = cells > widest ? cells : widest;
	}
	return widest;
}

/* Cells of the trend, below which columns are rather left out. */
static int
least_trend(const struct widget *w, int width)
{
	const char *asked = table_option(w, TABLE_KPIS);

	if (asked != NULL && *asked != '\0')
		return TREND_LEAST;
	return width < WIDE ? TREND_MIN : TREND_GOOD;
}

/* Cells between columns: what the trend does not need, up to a limit. */
static int
spread(const struct table *t, int trend, int *rest)
{
	int n = 0, gap = GAP;

	for (int c = TABLE_LAST + 1; c < TABLE_COLUMNS; c++)
		n += t->places[c].w > 0;
	for (; gap < GAP_MOST && *rest - n >= TREND_ENOUGH - trend; gap++)
		*rest -= n;
	return gap;
}

static void
put(struct table *t, int gap)
{
	int x = MARKER + t->name_w + MARK;

	for (int c = 0; c < TABLE_COLUMNS; c++) {
		t->places[c].x = x;
		if (t->places[c].w > 0)
			x += t->places[c].w + (c == TABLE_LAST ? GAP : gap);
		if (c == TABLE_LAST) {
			t->trend_x = x - GAP + 1 + ARROW;
			x = t->trend_x + t->trend_w + gap;
		}
	}
}

int
table_place(struct table *t, const struct widget *w, const struct view *v, int width)
{
	int widest = widest_name(t, v), trend = least_trend(w, width), rest, left_out, more, gap;

	t->name_w = widest < NAME_MAX_CELLS ? widest : NAME_MAX_CELLS;
	if (t->name_w > width / 3)
		t->name_w = width / 3;
	rest = width - MARKER - t->name_w - MARK - ARROW;
	left_out = choose_with_trend(t, w, v, &trend, &rest);
	more = widest - t->name_w < rest ? widest - t->name_w : rest;
	if (more > 0) {
		t->name_w += more;
		rest -= more;
	}
	gap = spread(t, trend, &rest);
	t->trend_w = trend + (rest > 0 ? rest : 0);
	put(t, gap);
	return left_out;
}
