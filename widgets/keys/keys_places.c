/* keys_places.c - which columns of the list of keys find room, and where they stand.
 *
 * The name, the KPI that they are sorted by and the trend come first, then when a key was last seen
 * and what fires, then the other KPIs in their order, and the number of rows. */
#include <string.h>

#include "widgets/keys/keys_parts.h"

enum {
	MARKER = 2,
	MARK = 2,
	GAP = 2,
	NAME_LEAST = 4,
	NAME_MOST = 28,
	NAME_SHARE = 3,
	TREND_LEAST = 10,
	FIRING_LEAST = 6,
	FIRING_MOST = 40,
	SEEN_TITLE = 4,
	SORT_SIGN = 1
};

static int
greater(int a, int b)
{
	return a > b ? a : b;
}

/* Of the names in sight: as wide as they are, up to a share of the width. */
static int
name_width(const struct keys *k, const struct view *v, int w)
{
	int widest = NAME_LEAST, most = w / NAME_SHARE < NAME_MOST ? w / NAME_SHARE : NAME_MOST;

	for (int i = 0; i < k->n; i++) {
		size_t n;
		const char *key = key_list_name(v->keys, i, &n);
		char name[KEY_CHARS];

		key_label(key, n, sizeof name, name);
		widest = greater(widest, text_cells(name));
	}
	return widest < most ? widest : most;
}

/* It becomes wider, never narrower. */
static void
measure_kpi(const struct keys *k, const struct view *v, int kpi, struct key_kpi *c)
{
	int title = text_cells(c->title) + (kpi == k->sorted ? SORT_SIGN : 0);
	char text[FIRING_CHARS];

	for (int i = 0; i < k->n; i++) {
		int cells, tail;

		if (!k->lines[i].known)
			continue;
		keys_print(k, v, kpi, k->lines[i].values[kpi], text);
		cells = text_cells(text);
		tail = c->text || cells == 0 ? 0 : figures_tail(text);
		c->ints = greater(c->ints, cells - tail);
		c->tail = greater(c->tail, tail);
	}
	c->w = c->ints + c->tail;
	if (c->w > TITLE_MOST && c->text)
		c->w = TITLE_MOST;
	c->w = greater(c->w, title < TITLE_MOST ? title : TITLE_MOST);
}

static int
seen_width(const struct keys *k)
{
	int w = SEEN_TITLE + SORT_SIGN;

	for (int i = 0; i < k->n; i++)
		if (k->lines[i].known)
			w = greater(w, text_cells(k->lines[i].seen));
	return w;
}

static int
rows_width(const struct keys *k)
{
	int w = SEEN_TITLE + SORT_SIGN;

	for (int i = 0; i < k->n; i++)
		if (k->lines[i].known)
			w = greater(w, text_cells(k->lines[i].rows));
	return w;
}

static int
firing_width(const struct keys *k)
{
	int w = FIRING_LEAST + SORT_SIGN;

	for (int i = 0; i < k->n; i++)
		if (k->lines[i].known)
			w = greater(w, text_cells(k->lines[i].firing));
	return w < FIRING_MOST ? w : FIRING_MOST;
}

/* Room for w cells and a gap, taken off the rest; 0: there is none. */
static int
claim(int *rest, int w)
{
	if (w + GAP > *rest)
		return 0;
	*rest -= w + GAP;
	return w;
}

/* Those that fit from one on: the last of them, or one before it. */
static int
fitting(const struct keys *k, int from, int rest)
{
	int i = from;

	while (i < k->nkpis && claim(&rest, k->kpis[i].w) > 0)
		i++;
	return i;
}

/* KPIs side by side, the one that they are sorted by among them. */
static int
choose_kpis(struct keys *k, const struct view *v, int *rest)
{
	int from = 0, to, left_out;

	for (int i = 0; i < k->nkpis; i++)
		measure_kpi(k, v, i, &k->kpis[i]);
	to = fitting(k, 0, *rest);
	while (k->sorted >= to && from < k->sorted)
		to = fitting(k, ++from, *rest);
	left_out = k->nkpis - (to - from);
	for (int i = 0; i < k->nkpis; i++)
		if (i < from || i >= to)
			k->kpis[i].w = 0;
		else
			claim(rest, k->kpis[i].w);
	return left_out;
}

static void
put(struct key_place *p, int *x)
{
	p->x = *x;
	*x += p->w > 0 ? p->w + GAP : 0;
}

static void
put_all(struct keys *k)
{
	int x = MARKER;

	put(&k->name, &x);
	x += MARK;
	put(&k->trend, &x);
	for (int i = 0; i < k->nkpis; i++) {
		k->kpis[i].x = x;
		x += k->kpis[i].w > 0 ? k->kpis[i].w + GAP : 0;
	}
	put(&k->rows, &x);
	put(&k->seen, &x);
	put(&k->firing, &x);
}

/* Cells of a trend in which its rows stand evenly: the most that there are of w. */
static int
even_trend(int w)
{
	static const int widths[] = { TREND_ROWS, TREND_ROWS / 2, TREND_ROWS / 3, TREND_ROWS / 4,
		TREND_ROWS / 5, TREND_LEAST };
	int i = 0;

	while (widths[i] > w && widths[i] > TREND_LEAST)
		i++;
	return widths[i];
}

/* What is left goes to names that are cut, then to the trend. */
static void
share_out(struct keys *k, const struct view *v, int rest, int w)
{
	int names = name_width(k, v, NAME_SHARE * w) - k->name.w;

	names = names < rest ? names : rest;
	k->name.w += names;
	if (k->trend.w > 0)
		k->trend.w = even_trend(k->trend.w + rest - names);
}

int
keys_place(struct keys *k, const struct view *v, int w)
{
	bool rules = engine_rules(v->engine) > 0;
	int rest = w - MARKER - MARK + GAP, first = 0, left_out = 0;

	k->trend = k->rows = k->seen = k->firing = (struct key_place){ 0, 0 };
	k->name.w = name_width(k, v, w);
	rest -= k->name.w + GAP;
	if (k->nkpis > 0) { /* one of them is worth more than what stands behind */
		measure_kpi(
		    k, v, k->sorted >= 0 ? k->sorted : 0, &k->kpis[k->sorted >= 0 ? k->sorted : 0]);
		first = k->kpis[k->sorted >= 0 ? k->sorted : 0].w + GAP;
	}
	rest -= first;
	k->trend.w = claim(&rest, TREND_LEAST);
	k->seen.w = claim(&rest, seen_width(k));
	k->firing.w = rules ? claim(&rest, firing_width(k)) : 0;
	rest += first;
	left_out = choose_kpis(k, v, &rest);
	k->rows.w = claim(&rest, rows_width(k));
	left_out += (k->rows.w == 0) + (k->seen.w == 0) + (rules && k->firing.w == 0);
	share_out(k, v, rest, w);
	put_all(k);
	return left_out;
}
