/* layout.c - panes and a size to rectangles.
 *
 * First the least important panes are left out until the least sizes of the others fit, and those
 * that fit beside these come back; then each gets its least size and a share of the rest by weight.
 * Along a row and down the rows it is the same sum, done by share(). */
#include "app/dashboard/layout.h"

#include <stdbool.h>

enum { TRACKS_MAX = 64 };

struct track { /* one pane of a row, or one row of the screen */
	int min, max, weight, size;
};

static int
max_int(int a, int b)
{
	return a > b ? a : b;
}

static bool
stands(const struct rect *r)
{
	return r->w > 0;
}

/* Hands the rest out by weight, and again what those at their greatest size could not take. */
static void
share(struct track *t, int n, int total)
{
	int rest = total, weights, given;

	for (int i = 0; i < n; i++)
		rest -= t[i].size = t[i].min;
	do {
		int left = rest;

		weights = given = 0;
		for (int i = 0; i < n; i++)
			if (t[i].max == 0 || t[i].size < t[i].max)
				weights += t[i].weight;
		for (int i = 0; i < n && weights > 0; i++) {
			int part;

			if ((t[i].max != 0 && t[i].size >= t[i].max) || t[i].weight == 0)
				continue;
			part = (rest - given) * t[i].weight / weights;
			weights -= t[i].weight;
			if (t[i].max != 0 && part > t[i].max - t[i].size)
				part = t[i].max - t[i].size;
			t[i].size += part;
			given += part;
		}
		rest = left - given;
	} while (rest > 0 && given > 0);
}

static int
row_width(const struct layout_pane *p, const struct rect *r, int n, int row)
{
	int w = 0;

	for (int i = 0; i < n; i++)
		if (stands(&r[i]) && p[i].row == row)
			w += p[i].min_w;
	return w;
}

static int
rows_height(const struct layout_pane *p, const struct rect *r, int n)
{
	int h = 0;

	for (int i = 0; i < n;) {
		int row = p[i].row, least = 0;

		for (; i < n && p[i].row == row; i++)
			if (stands(&r[i]))
				least = max_int(least, p[i].min_h);
		h += least;
	}
	return h;
}

/* The least important pane of a row (row < 0: of all); the later of two equal ones. */
static int
least_important(const struct layout_pane *p, const struct rect *r, int n, int row)
{
	int least = -1;

	for (int i = 0; i < n; i++)
		if (stands(&r[i]) && (row < 0 || p[i].row == row) &&
		    (least < 0 || p[i].importance <= p[least].importance))
			least = i;
	return least;
}

/* The most important pane that was left out and not yet asked; the earlier of two equal ones. */
static int
most_important(const struct layout_pane *p, const struct rect *r, int n, const bool *asked)
{
	int most = -1;

	for (int i = 0; i < n; i++)
		if (!stands(&r[i]) && !asked[i] &&
		    (most < 0 || p[i].importance > p[most].importance))
			most = i;
	return most;
}

/* What a greater one left of the room may be enough for a small one that went before it. Returns
 * how many come back. */
static int
take_back(const struct layout_pane *p, struct rect *r, int n, int w, int h)
{
	bool asked[TRACKS_MAX] = { false };
	int back = 0, i;

	for (i = 0; i < n; i++) /* the last that is left may stand in less room than it needs */
		if (stands(&r[i]) && (p[i].min_w > w || p[i].min_h > h))
			return 0;
	while ((i = most_important(p, r, n, asked)) >= 0) {
		asked[i] = true;
		r[i].w = 1;
		if (row_width(p, r, n, p[i].row) <= w && rows_height(p, r, n) <= h)
			back++;
		else
			r[i].w = 0;
	}
	return back;
}

static int
leave_out(const struct layout_pane *p, struct rect *r, int n, int w, int h)
{
	int left = n;

	for (int i = 0; i < n; i++)
		while (left > 1 && stands(&r[i]) && row_width(p, r, n, p[i].row) > w) {
			r[least_important(p, r, n, p[i].row)].w = 0;
			left--;
		}
	while (left > 1 && rows_height(p, r, n) > h) {
		r[least_important(p, r, n, -1)].w = 0;
		left--;
	}
	return n - left - take_back(p, r, n, w, h);
}

/* The panes from .. to-1 are one row, at y and h high. */
static void
place_row(const struct layout_pane *p, struct rect *r, int from, int to, int w, int y, int h)
{
	struct track t[TRACKS_MAX];
	int n = 0, x = 0;

	for (int i = from; i < to && n < TRACKS_MAX; i++)
		if (stands(&r[i]))
			t[n++] = (struct track){
				.min = p[i].min_w, .max = p[i].max_w, .weight = p[i].width
			};
	share(t, n, w);
	for (int i = from, k = 0; i < to && k < n; i++) {
		if (!stands(&r[i]))
			continue;
		r[i] = (struct rect){ x, y, t[k].size < w - x ? t[k].size : w - x, h };
		x += t[k++].size;
	}
}

/* What a row asks for, over its panes that stand. */
static struct track
row_track(const struct layout_pane *p, const struct rect *r, int from, int to)
{
	struct track t = { 0, -1, 0, 0 };

	for (int i = from; i < to; i++) {
		if (!stands(&r[i]))
			continue;
		t.min = max_int(t.min, p[i].min_h);
		t.max = t.max == 0 || p[i].max_h == 0 ? 0 : max_int(t.max, p[i].max_h);
		t.weight = max_int(t.weight, p[i].height);
	}
	return t;
}

int
layout_place(const struct layout_pane *p, int n, int w, int h, struct rect *out)
{
	struct track t[TRACKS_MAX];
	int rows = 0, y = 0, left_out;

	for (int i = 0; i < n; i++)
		out[i] = (struct rect){ .w = 1 };
	left_out = leave_out(p, out, n, w, h);
	for (int i = 0, to; i < n && rows < TRACKS_MAX; i = to) {
		for (to = i; to < n && p[to].row == p[i].row; to++)
			;
		t[rows++] = row_track(p, out, i, to);
	}
	share(t, rows, h);
	for (int i = 0, k = 0, to; i < n && k < rows; i = to, k++) {
		int high = t[k].size < h - y ? t[k].size : h - y;

		if (k == rows - 1 && k > 0) /* a line of keys stays where it is in every view */
			y = h - high;
		for (to = i; to < n && p[to].row == p[i].row; to++)
			;
		place_row(p, out, i, to, w, y, high);
		y += high;
	}
	return left_out;
}
