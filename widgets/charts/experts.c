/* experts.c - what the forecast of the focused series is made of: the weights of its experts, now
 * and since the first row, the season they go by, and whether their intervals keep their word.
 *
 * 24 experts are too many to follow, so those that go by the same thing are one family with the sum
 * of their weights. What the weights were is drawn by past.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/draw/bar.h"
#include "widgets/pane_options.h"
#include "widgets/charts/weights_chart.h"
#include "widgets/draw/prose.h"
#include "widgets/draw/scale.h"

enum {
	NAME_X = 2,
	NAME = 18,
	PERCENT = 5,
	LIST = NAME_X + NAME + PERCENT, /* cells of the list */
	BAR = 16,
	GAP = 2,
	WIDE = 96,           /* from here on the list has bars */
	PAST_LEAST = 16,     /* columns */
	COVERAGE_LEAST = 28, /* "100.0 % inside the 95 % band" */
	LEAST = 9,
	LINES = 16
};
static const double LITTLE = 0.005; /* shown as 0 % */

struct experts {
	int series; /* plus 1; 0: it has no forecast */
	struct forecast_state state;
	double coverage;
	bool mixed;      /* there is more than one expert */
	char method[96]; /* what the only one does */
	double now[FORECAST_FAMILIES];
	struct weights_chart past;
};

static const char *const names[FORECAST_FAMILIES] = {
	/* NULL: that of a season has its length */
	[FAMILY_LAST] = "last value",
	[FAMILY_AVERAGE] = "recent average",
	[FAMILY_TREND] = "trend",
	[FAMILY_LAGS] = "regression on lags",
	[FAMILY_SEASON_LAGS] = "regression, season",
};

enum { OF };
static const struct param experts_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL, "the column; left out: the one that has the focus" },
	{ 0 }
};

static int
experts_lines(const struct widget *w, const struct view *v, int width)
{
	struct view at = pane_option_focus(v, w, OF);

	(void)width;
	return view_forecaster(&at) != NULL ? LINES : 0;
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
	struct view at = pane_option_focus(v, w, OF);
	const struct op *op = view_forecaster(&at);

	(void)width;
	(void)height;
	if (v->frozen != NULL && x->series == at.selected + 1)
		return 0;
	x->series = op != NULL ? at.selected + 1 : 0;
	if (op == NULL)
		return 0;
	x->state = forecaster_state(op);
	x->coverage = forecaster_scores(op).coverage;
	weigh(x, op);
	weights_chart_update(&x->past, &at, op);
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
		    x->past.trail.n > 0 ? ", and since the first row" : "");
}

/* --- draw ------------------------------------------------------------------------------------- */

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
			snprintf(
			    out, size, "season found:%s", s->long_season > 0 ? rows + 1 : rows);
	}
}

/* Returns the lines used: two where one is too short for both. */
static int
draw_facts(const struct experts *x, const struct canvas *c)
{
	static const char *const kept[] = { "inside the 95 % band so far", "inside the 95 % band",
		"inside the band" };
	char text[96], share[16];
	int used, room;

	print_season(&x->state, text, sizeof text);
	if (text_cells(text) > c->w) /* who told it is left out */
		text[strcspn(text, "(")] = '\0';
	used = canvas_text(c, 0, 0, c->w, STYLE_TEXT, text);
	snprintf(share, sizeof share, isnan(x->coverage) ? "-" : "%.1f", 100 * x->coverage);
	room = used + GAP + COVERAGE_LEAST <= c->w ? c->w - used - GAP : c->w;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		snprintf(text, sizeof text, "%5s %% %s", share, kept[i]);
		if (text_cells(text) <= room)
			break;
	}
	if (room < c->w) {
		canvas_right(c, 0, 0, c->w, STYLE_TEXT, text);
		return 1;
	}
	canvas_text(c, 0, 1, c->w, STYLE_TEXT, text + strspn(text, " "));
	return 2;
}

/* Seasons that there are not have no experts, but had some when the strip shows them. */
static bool
takes_part(const struct experts *x, int family)
{
	if (weights_chart_shows(&x->past, (enum forecast_family)family))
		return true;
	if (family == FAMILY_LONG_SEASON)
		return x->state.long_season > 0;
	return x->state.season > 0 || (family != FAMILY_SEASON && family != FAMILY_SEASON_LAGS);
}

static void
print_family(const struct experts *x, int family, char *out, size_t size)
{
	int season = family == FAMILY_LONG_SEASON ? x->state.long_season : x->state.season;

	if (family != FAMILY_SEASON && family != FAMILY_LONG_SEASON)
		snprintf(out, size, "%s", names[family]);
	else if (season > 0)
		snprintf(out, size, "season of %d", season);
	else /* which it had found, and found wrong */
		snprintf(out, size, "season, %s", family == FAMILY_SEASON ? "before" : "long");
}

/* Lines of the list, from y on. */
static void
draw_list(const struct experts *x, const struct canvas *c, int y, int bar)
{
	char text[48];

	for (int f = 0; f < FORECAST_FAMILIES; f++) {
		if (!takes_part(x, f))
			continue;
		family_draw(c, 0, y, (enum forecast_family)f);
		print_family(x, f, text, sizeof text);
		canvas_text(c, NAME_X, y, NAME, x->now[f] >= LITTLE ? STYLE_TEXT : STYLE_DIM, text);
		snprintf(text, sizeof text, "%.0f %%", 100 * x->now[f]);
		canvas_right(c, NAME_X + NAME, y, PERCENT,
		    x->now[f] >= LITTLE ? STYLE_BOLD : STYLE_DIM, text);
		if (bar > 0)
			bar_draw(c, LIST + GAP, y, bar, x->now[f],
			    family_style((enum forecast_family)f));
		y++;
	}
}

/* A method asked for by name learns no weights. */
static void
draw_method(const struct experts *x, const struct canvas *c, int y)
{
	struct canvas why = canvas_part(c, 0, y + 2, c->w, c->h - y - 2);
	int used = canvas_text(c, 0, y, c->w, STYLE_BOLD, x->state.method);

	canvas_text(c, used + GAP, y, c->w - used - GAP, STYLE_TEXT, x->method);
	prose_draw(&why,
	    "One method, asked for by name: there are no weights to learn. method=auto "
	    "has many experts and learns which to believe.",
	    STYLE_DIM);
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
	if (x->past.trail.n > 0 && past.w >= PAST_LEAST)
		weights_chart_draw(&x->past, v, &past);
}

const struct widget_class widget_experts = {
	.name = "experts",
	.help = "what the forecast of the focused series is made of, now and since the first row",
	.params = experts_params,
	.of = NAMES_SERIES,
	.size = sizeof(struct experts),
	.min_w = LIST,
	.min_h = LEAST,
	.weight = 36,
	.update = experts_update,
	.heading = experts_heading,
	.lines = experts_lines,
	.draw = experts_draw,
};
