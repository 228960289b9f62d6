/* trials.c - rules and detectors of changes on trial: how many of their alerts were true, and how
 * early they told what is known to be odd. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/condition.h"
#include "widgets/draw/scale.h"
#include "widgets/widget.h"

enum { NAME_LEAST = 10, NAME_MOST = 40, GAP = 2, CELL = 48 };

/* PER_DAY and DELAY have digits behind the point below this. */
#define WHOLE_FROM 100

enum figure { ALERTS, RIGHT, WRONG, FOUND, MISSED, DELAY, PER_DAY, FIGURES };

/* In the order in which they stand; the one of the highest rank is left out first. */
static const struct {
	const char *name;
	int width, rank;
} figures[FIGURES] = {
	[ALERTS] = { "ALERTS", 6, 4 },
	[RIGHT] = { "TRUE", 5, 6 },
	[WRONG] = { "FALSE", 5, 2 },
	[FOUND] = { "FOUND", 6, 1 },
	[MISSED] = { "MISSED", 6, 7 },
	[DELAY] = { "DELAY", 5, 3 },
	[PER_DAY] = { "PER_DAY", 7, 5 },
};

/* Asked for as a rule as well, it stands there. */
static bool
is_shown(const struct trials *t, const struct trial *trial)
{
	for (int i = 0; i < t->n && trial->drift; i++)
		if (!t->all[i].drift && strcmp(t->all[i].name, trial->name) == 0)
			return false;
	return true;
}

/* The highest rank that finds room beside names of that width. */
static int
ranks_fitting(int w, int name)
{
	int rank = 0, used = name;

	for (int r = 1; r <= FIGURES; r++) {
		for (int c = 0; c < FIGURES; c++)
			if (figures[c].rank == r)
				used += figures[c].width + GAP;
		if (used > w)
			return rank;
		rank = r;
	}
	return rank;
}

static int
name_cells(const struct trials *t)
{
	int most = NAME_LEAST;

	for (int i = 0; i < t->n; i++)
		if (is_shown(t, &t->all[i]) && text_cells(t->all[i].name) > most)
			most = text_cells(t->all[i].name);
	return most < NAME_MOST ? most : NAME_MOST;
}

static void
print_cell(const struct trials *t, const struct trial *trial, enum figure c, char out[CELL])
{
	struct trial_score score = trials_score(t, trial);
	double value = NAN;

	switch (c) {
	case FOUND:
		snprintf(out, CELL, "%d/%d", score.found, t->truth.n);
		return;
	case ALERTS:
		value = (double)trial->alerts;
		break;
	case RIGHT:
		value = (double)trial->right;
		break;
	case WRONG:
		value = (double)(trial->alerts - trial->right);
		break;
	case MISSED:
		value = score.missed;
		break;
	case DELAY:
		value = score.delay;
		break;
	case PER_DAY:
		value = score.per_day;
		break;
	case FIGURES:
		break;
	}
	if (isnan(value))
		snprintf(out, CELL, "-");
	else if (value == floor(value) || value >= WHOLE_FROM)
		count_print((uint64_t)llround(value), out);
	else
		snprintf(out, CELL, "%.3g", value);
	if (text_cells(out) > figures[c].width) /* beyond all reason, but never cut */
		short_print(value, out);
}

/* What was found is good, what was told in vain is not. */
static enum style
style_of(const struct trials *t, const struct trial *trial, enum figure c)
{
	if (c == FOUND && trials_score(t, trial).missed == 0)
		return STYLE_GOOD;
	return c == WRONG && trial->alerts > trial->right ? STYLE_WARNING : STYLE_TEXT;
}

static void
draw_line(const struct trials *t, const struct trial *trial, const struct canvas *c, int y,
    int name, int ranks)
{
	int x = name;

	condition_draw(c, 0, y, name, trial->firing > 0 ? STYLE_BOLD : STYLE_TEXT, trial->name);
	for (enum figure k = 0; k < FIGURES; k++) {
		char cell[CELL];

		if (figures[k].rank > ranks)
			continue;
		print_cell(t, trial, k, cell);
		x += GAP;
		canvas_right(c, x, y, figures[k].width, style_of(t, trial, k), cell);
		x += figures[k].width;
	}
}

static void
draw_head(const struct canvas *c, int name, int ranks)
{
	int x = name;

	canvas_text(c, 0, 0, name, STYLE_LABEL, "NAME");
	for (enum figure k = 0; k < FIGURES; k++) {
		if (figures[k].rank > ranks)
			continue;
		x += GAP;
		canvas_right(c, x, 0, figures[k].width, STYLE_LABEL, figures[k].name);
		x += figures[k].width;
	}
}

static int
count(const struct trials *t)
{
	int n = 0;

	for (int i = 0; t != NULL && i < t->n; i++)
		n += is_shown(t, &t->all[i]);
	return n;
}

static int
trials_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w;
	(void)width;
	return v->trials != NULL ? 1 + (count(v->trials) > 0 ? count(v->trials) : 1) : 0;
}

static void
trials_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct trials *t = v->trials;
	int name, ranks, most, y = 1;
	char more[32];

	(void)w;
	if (count(t) == 0) {
		canvas_text(c, 0, 0, c->w, STYLE_DIM, "no rules");
		return;
	}
	ranks = ranks_fitting(c->w, name_cells(t));
	if (ranks < figures[WRONG].rank) /* rather a part of the names than no figures */
		ranks = ranks_fitting(c->w, NAME_LEAST);
	name = c->w;
	for (int k = 0; k < FIGURES; k++)
		name -= figures[k].rank <= ranks ? figures[k].width + GAP : 0;
	name = name < name_cells(t) ? name : name_cells(t);
	draw_head(c, name, ranks);
	most = count(t) < c->h ? count(t) : c->h - 2; /* the last line tells of more */
	for (int i = 0; i < t->n && y <= most; i++)
		if (is_shown(t, &t->all[i]))
			draw_line(t, &t->all[i], c, y++, name, ranks);
	if (most == count(t))
		return;
	snprintf(more, sizeof more, "+%d more", count(t) - most);
	canvas_text(c, 0, y, c->w, STYLE_DIM, more);
}

static void
trials_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const struct truth *truth = v->trials != NULL ? &v->trials->truth : NULL;
	bool ended = engine_state(v->engine) == ENGINE_END;
	int begun = 0;

	for (int k = 0; truth != NULL && k < truth->n; k++)
		begun += truth->ranges[k].begun;
	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "on trial");
	if (truth != NULL && !ended)
		snprintf(h->note, sizeof h->note, "%d of %d odd %s (━) so far", begun, truth->n,
		    truth->n == 1 ? "range" : "ranges");
	else if (truth != NULL)
		snprintf(h->note, sizeof h->note, "%s0 goes again · %d odd %s (━)",
		    v->tried ? "q prints this · " : "", truth->n,
		    truth->n == 1 ? "range" : "ranges");
	snprintf(h->keys, sizeof h->keys, "q 0");
}

const struct widget_class widget_trials = {
	.name = "trials",
	.help = "with --truth: how many alerts of each rule were true, and how early they came",
	.min_w = 32,
	.min_h = 2,
	.weight = 46,
	.heading = trials_heading,
	.lines = trials_lines,
	.draw = trials_draw,
};
