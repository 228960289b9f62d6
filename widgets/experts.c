/* experts.c - what the forecast of the focused series is made of: the weights of its experts, now and
 * since the first row, the season they go by, and whether their intervals keep their word.
 *
 * 24 experts are too many to follow, so those that go by the same thing are one family with the sum of
 * their weights. Each has a letter besides its colour, in the list and in the picture. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/ops/forecast/trail.h"
#include "widgets/bar.h"
#include "widgets/prose.h"
#include "widgets/scale.h"
#include "widgets/widget.h"

enum {
	NAME_X = 2, NAME = 18, PERCENT = 5, LIST = NAME_X + NAME + PERCENT, /* cells of the list */
	BAR = 16, GAP = 2,
	WIDE = 96,       /* from here on the list has bars */
	FACT = 31,       /* "coverage so far 100.0 % of 95 %" */
	PAST_LEAST = 16, /* columns */
	LEAST = 9, LINES = 16,
	UP = 0x25b2, DIAMOND = 0x25c7
};
static const double LITTLE = 0.005; /* shown as 0 % */

struct experts {
	int series; /* plus 1; 0: it has no forecast */
	struct forecast_state state;
	double coverage;
	bool mixed;                          /* there is more than one expert */
	char method[96];                     /* what the only one does */
	double now[FORECAST_FAMILIES];
	struct trail past;                   /* n = 0: none is kept */
	uint64_t row;                        /* the last one's number */
};

static const struct {
	char letter;
	const char *name; /* NULL: that of a season has its length */
} families[FORECAST_FAMILIES] = {
	[FAMILY_LAST] = { 'L', "last value" },
	[FAMILY_AVERAGE] = { 'A', "recent average" },
	[FAMILY_TREND] = { 'T', "trend" },
	[FAMILY_SEASON] = { 'S', NULL },
	[FAMILY_LONG_SEASON] = { 'Z', NULL },
	[FAMILY_LAGS] = { 'R', "regression on lags" },
	[FAMILY_SEASON_LAGS] = { 'Q', "regression, season" },
};

static int
experts_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)width;
	return view_forecaster(v) != NULL ? LINES : 0;
}

static void
weigh(struct experts *x, const struct op *op)
{
	struct forecast_expert e[FORECAST_EXPERTS];
	int n = forecaster_experts(op, e, FORECAST_EXPERTS);

	x->mixed = strcmp(x->state.method, "auto") == 0;
	for (int i = 0; i < FORECAST_FAMILIES; i++)
		x->now[i] = 0;
	for (int i = 0; i < n && x->mixed; i++)
		x->now[e[i].family] += e[i].weight;
	if (!x->mixed && n > 0)
		snprintf(x->method, sizeof x->method, "%s", e[0].name);
}

static int
experts_update(struct widget *w, const struct view *v, int width, int height)
{
	struct experts *x = w->state;
	const struct op *op = view_forecaster(v);
	const struct trail *past;

	(void)width;
	(void)height;
	if (v->frozen != NULL && x->series == v->selected + 1)
		return 0;
	x->series = op != NULL ? v->selected + 1 : 0;
	if (op == NULL)
		return 0;
	x->state = forecaster_state(op);
	x->coverage = forecaster_scores(op).coverage;
	weigh(x, op);
	past = forecaster_trail(op);
	if (past != NULL)
		x->past = *past;
	else
		x->past.n = 0;
	x->row = engine_progress(v->engine, view_selected(v)->source).row;
	return 0;
}

static void
experts_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct experts *x = w->state;

	(void)v;
	if (w->title != NULL || x->series == 0)
		snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "experts");
	else if (x->mixed)
		snprintf(h->title, sizeof h->title, "experts of the forecast");
	else
		snprintf(h->title, sizeof h->title, "forecast by %s", x->state.method);
	if (x->series > 0 && x->mixed)
		snprintf(h->note, sizeof h->note, "weights now%s",
		    x->past.n > 0 ? ", and since the first row" : "");
}

/* --- draw -------------------------------------------------------------------------------------- */

static void
print_season(const struct forecast_state *s, char *out, size_t size)
{
	char rows[40];

	if (s->season == 0)
		snprintf(out, size, "no season");
	else {
		if (s->long_season > 0)
			snprintf(rows, sizeof rows, "s %d and %d", s->season, s->long_season);
		else
			snprintf(rows, sizeof rows, " %d", s->season);
		if (s->told || s->from_step)
			snprintf(out, size, "season%s (%s)", rows,
			    s->told ? "given" : "told by the time step");
		else
			snprintf(out, size, "season found:%s", s->long_season > 0 ? rows + 1 : rows);
	}
}

/* Returns the lines used: two where one is too short for both. */
static int
draw_facts(const struct experts *x, const struct canvas *c)
{
	char text[96], share[16];
	int used;

	print_season(&x->state, text, sizeof text);
	if (text_cells(text) > c->w) /* who told it is left out */
		text[strcspn(text, "(")] = '\0';
	used = canvas_text(c, 0, 0, c->w, STYLE_TEXT, text);
	snprintf(share, sizeof share, isnan(x->coverage) ? "    -" : "%5.1f", 100 * x->coverage);
	snprintf(text, sizeof text, "coverage%s %s %% of 95 %%", c->w < FACT ? "" : " so far", share);
	if (used + GAP + text_cells(text) <= c->w) {
		canvas_right(c, 0, 0, c->w, STYLE_TEXT, text);
		return 1;
	}
	canvas_text(c, 0, 1, c->w, STYLE_TEXT, text);
	return 2;
}

/* Seasons that there are not have no experts. */
static bool
takes_part(const struct experts *x, int family)
{
	if (family == FAMILY_LONG_SEASON)
		return x->state.long_season > 0;
	return x->state.season > 0 || (family != FAMILY_SEASON && family != FAMILY_SEASON_LAGS);
}

static void
print_family(const struct experts *x, int family, char *out, size_t size)
{
	if (family == FAMILY_SEASON)
		snprintf(out, size, "season of %d", x->state.season);
	else if (family == FAMILY_LONG_SEASON)
		snprintf(out, size, "season of %d", x->state.long_season);
	else
		snprintf(out, size, "%s", families[family].name);
}

/* A cell of the family's colour, with its letter. */
static void
draw_family(const struct canvas *c, int x, int y, int family, bool letter)
{
	canvas_cell(c, x, y, letter ? (uint32_t)families[family].letter : ' ',
	    STYLE_SERIES + (enum style)family);
	canvas_reverse(c, x, y, 1);
}

/* Lines of the list, from y on. */
static void
draw_list(const struct experts *x, const struct canvas *c, int y, int bar)
{
	char text[48];

	for (int f = 0; f < FORECAST_FAMILIES; f++) {
		if (!takes_part(x, f))
			continue;
		draw_family(c, 0, y, f, true);
		print_family(x, f, text, sizeof text);
		canvas_text(c, NAME_X, y, NAME, x->now[f] >= LITTLE ? STYLE_TEXT : STYLE_DIM, text);
		snprintf(text, sizeof text, "%.0f %%", 100 * x->now[f]);
		canvas_right(c, NAME_X + NAME, y, PERCENT, x->now[f] >= LITTLE ? STYLE_BOLD : STYLE_DIM,
		    text);
		if (bar > 0)
			bar_draw(c, LIST + GAP, y, bar, x->now[f], STYLE_SERIES + (enum style)f);
		y++;
	}
}

/* --- the past: a column for so many points, as high as the weights are --------------------------- */

static int
per_column(const struct trail *t, int w)
{
	return t->n > w ? (t->n + w - 1) / w : 1;
}

/* Mean weights of the points of column x; false: nothing was forecast then. */
static bool
column_weights(const struct trail *t, int per, int x, double *weight)
{
	double sum = 0;

	for (int f = 0; f < FORECAST_FAMILIES; f++) {
		weight[f] = 0;
		for (int i = x * per; i < (x + 1) * per && i < t->n; i++)
			weight[f] += (double)t->points[i].looked * (double)t->points[i].weight[f];
		sum += weight[f];
	}
	for (int f = 0; f < FORECAST_FAMILIES && sum > 0; f++)
		weight[f] /= sum;
	return sum > 0;
}

/* Whose the cell is, when they stand one above the other: that at the middle of the cell. */
static int
family_at(const double *weight, int y, int h)
{
	double sum = 0;
	int f = 0;

	while (f < FORECAST_FAMILIES - 1 && (sum += weight[f]) * h <= y + 0.5)
		f++;
	return f;
}

/* before: the weights of the column at its left; NULL. In ASCII every cell has its letter, else the
 * first of each run. */
static void
draw_column(const struct canvas *c, int x, const double *weight, const double *before)
{
	for (int y = 0; y < c->h; y++) {
		int f = family_at(weight, y, c->h);

		draw_family(c, x, y, f, c->glyphs == GLYPHS_ASCII || before == NULL ||
		    family_at(before, y, c->h) != f);
	}
}

struct under { /* the line below the columns: what may still be written to */
	struct canvas c;
	int from, to; /* cells between the first and the last row's number */
	int taken_from, taken_to;
};

static void
mark(const struct under *u, int x, uint32_t rune, enum style style)
{
	if (x >= u->from && x < u->to && (x < u->taken_from || x >= u->taken_to))
		canvas_cell(&u->c, x, 0, rune, style);
}

/* Since when the season that was found is known; -1: there is none, or it was told. */
static int
season_column(const struct experts *x, int per)
{
	if (x->past.season == 0 || x->state.told || x->state.from_step)
		return -1;
	return (int)(x->past.season_row / x->past.stride / (uint64_t)per);
}

static void
mark_season(struct under *u, const struct experts *x, int per)
{
	static const char text[] = "season";
	int at = season_column(x, per), n = (int)sizeof text - 1;

	if (at < u->from || at >= u->to)
		return;
	canvas_cell(&u->c, at, 0, UP, STYLE_INFO);
	u->taken_from = at;
	u->taken_to = at + 1;
	if (at + 2 + n > u->to)
		return;
	canvas_text(&u->c, at + 2, 0, n, STYLE_LABEL, text);
	u->taken_to = at + 2 + n;
}

static void
mark_drifts(const struct under *u, const struct experts *x, const struct view *v, int per)
{
	const struct series *s = &v->series[x->series - 1];

	for (int i = history_marks(v->history) - 1; i >= 0; i--) {
		const struct mark *m = history_mark(v->history, i);

		if (m->type == EVENT_DRIFT && m->source == s->source && m->row < x->past.rows &&
		    strstr(m->what, s->name) != NULL)
			mark(u, (int)(m->row / x->past.stride / (uint64_t)per), DIAMOND, STYLE_INFO);
	}
}

static void
draw_under(const struct experts *x, const struct view *v, const struct canvas *c, int per)
{
	int columns = (x->past.n + per - 1) / per, found = season_column(x, per), last;
	struct under u = { .c = *c };
	char number[COUNT_CHARS], text[COUNT_CHARS + 8];

	count_print(x->row - x->past.rows + 1, number);
	snprintf(text, sizeof text, "row %s", number);
	if (found < 0 || found > text_cells(text)) /* else the season is worth more */
		u.from = canvas_text(c, 0, 0, c->w, STYLE_LABEL, text) + 1;
	count_print(x->row, number);
	snprintf(text, sizeof text, "row %s", number);
	last = text_cells(text);
	u.to = columns > last ? columns - last - 1 : columns;
	if (u.to >= u.from && u.to < columns)
		canvas_text(c, columns - last, 0, last, STYLE_LABEL, text);
	mark_season(&u, x, per);
	mark_drifts(&u, x, v, per);
}

static void
draw_past(const struct experts *x, const struct view *v, const struct canvas *c)
{
	struct canvas area = canvas_part(c, 0, 0, c->w, c->h - 1);
	struct canvas under = canvas_part(c, 0, c->h - 1, c->w, 1);
	int per = per_column(&x->past, c->w);
	double weight[2][FORECAST_FAMILIES], *before = NULL;

	for (int i = 0; i < c->w && i * per < x->past.n; i++) {
		bool known = column_weights(&x->past, per, i, weight[i % 2]);

		if (known)
			draw_column(&area, i, weight[i % 2], before);
		before = known ? weight[i % 2] : NULL;
	}
	draw_under(x, v, &under, per);
}

/* A method asked for by name learns no weights. */
static void
draw_method(const struct experts *x, const struct canvas *c, int y)
{
	struct canvas why = canvas_part(c, 0, y + 2, c->w, c->h - y - 2);
	int used = canvas_text(c, 0, y, c->w, STYLE_BOLD, x->state.method);

	canvas_text(c, used + GAP, y, c->w - used - GAP, STYLE_TEXT, x->method);
	prose_draw(&why, "One method, asked for by name: there are no weights to learn. method=auto "
	    "has many experts and learns which to believe.", STYLE_DIM);
}

static void
experts_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct experts *x = w->state;
	int bar = c->w >= WIDE ? BAR : 0, list = LIST + (bar > 0 ? GAP + bar : 0) + GAP;
	struct canvas past;
	int facts;

	if (x->series == 0) {
		canvas_text(c, 1, 0, c->w - 1, STYLE_DIM,
		    v->nseries > 0 ? "no forecast" : view_emptiness(v));
		return;
	}
	facts = draw_facts(x, c);
	if (!x->mixed) {
		draw_method(x, c, facts + 1);
		return;
	}
	draw_list(x, c, facts, bar);
	past = canvas_part(c, list, facts, c->w - list, c->h - facts);
	if (x->past.n > 0 && past.w >= PAST_LEAST)
		draw_past(x, v, &past);
}

const struct widget_class widget_experts = {
	.name = "experts",
	.help = "what the forecast of the focused series is made of, now and since the first row",
	.size = sizeof(struct experts),
	.min_w = LIST,
	.min_h = LEAST,
	.weight = 36,
	.update = experts_update,
	.heading = experts_heading,
	.lines = experts_lines,
	.draw = experts_draw,
};
