/* alerts.c - rules with their states, in as many lines as they need; or all that fired. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/base/times/clock.h"
#include "data/base/times/times.h"
#include "widgets/alerts/alerts_parts.h"
#include "widgets/draw/scale.h"
#include "widgets/name_lists.h"
#include "widgets/pane_options.h"

enum { OF, SHOW };
static const struct param alerts_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL,
	    "of rules that read these columns, or are called so; left out: all" },
	{ "show", PARAM_CHOICE, "rules", 0, 0, "rules|episodes",
	    "the rules with their states, or what fired from its beginning to its end" },
	{ 0 }
};

bool
mark_is_outdated(const struct view *v, int i)
{
	const struct mark *m = history_mark(v->history, i);

	for (int newer = 0; newer < i; newer++) {
		const struct mark *other = history_mark(v->history, newer);

		if (other->type == m->type && other->source == m->source &&
		    strcmp(other->key, m->key) == 0 &&
		    (m->type == EVENT_ALERT ? other->rule == m->rule
					    : strcmp(other->what, m->what) == 0))
			return true;
	}
	return false;
}

bool
alerts_has_rule(const struct view *v, const char *of, int rule)
{
	if (list_names(of, engine_rule(v->engine, rule)->name))
		return true;
	for (int i = 0; i < v->nseries; i++)
		if (list_names(of, v->series[i].name) && view_rule_reads(v, rule, &v->series[i]))
			return true;
	return false;
}

/* What drifts is told as an expression: "drift(temperature)". */
static bool
is_drift_of(const struct view *v, const char *of, const struct mark *m)
{
	for (int i = 0; i < v->nseries; i++)
		if (list_names(of, v->series[i].name) && strstr(m->what, v->series[i].name) != NULL)
			return true;
	return *of == '\0';
}

bool
alerts_has_mark(const struct view *v, const char *of, const struct mark *m)
{
	if (!view_all_keys(v, m->source) && !mark_is_looked_at(v, m))
		return false;
	return (m->type == EVENT_ALERT && alerts_has_rule(v, of, m->rule)) ||
	       (m->type == EVENT_DRIFT && is_drift_of(v, of, m));
}

const struct series *
alert_series(const struct view *v, int rule)
{
	double at;

	for (int i = 0; i < v->nseries; i++)
		if (v->series[i].column >= 0 && view_threshold(v, rule, &v->series[i], &at))
			return &v->series[i];
	return NULL;
}

void
alert_numbers(const struct view *v, int rule, double value, char *out, size_t size)
{
	const struct alert_rule *r = engine_rule(v->engine, rule);
	const char *sign = strpbrk(r->when, "<>=!");
	char number[FORM_CHARS];

	snprintf(out, size, "%s", strcmp(r->name, r->when) == 0 ? "" : r->when);
	if (alert_series(v, rule) == NULL || isnan(value) || sign == NULL || sign == r->when)
		return;
	snprintf(number, sizeof number, "%.6g", value);
	snprintf(out, size, "%s %s", number, strcmp(r->name, r->when) == 0 ? "" : sign);
}

int64_t
alert_now(const struct view *v, int source)
{
	int64_t last = engine_progress(v->engine, source).time;

	if (last == TIME_NONE)
		return TIME_NONE;
	return elapsed(-engine_source_now(v->engine, source).silent, last);
}

static const char *
of_pane(const struct widget *w)
{
	return pane_option_option(w, OF);
}

static bool
shows_episodes(const struct widget *w, int width)
{
	return w->values != NULL && strcmp(w->values[SHOW].text, "episodes") == 0 &&
	       width >= EPISODES_W;
}

static void
draw_no_rules(const struct canvas *c)
{
	canvas_text(c, 1, 0, c->w - 1, STYLE_DIM, "no alert rules");
	if (c->w < 22 || c->h < 4)
		return;
	canvas_text(c, 1, 2, c->w - 1, STYLE_DIM, "add one like");
	canvas_text(c, 1, 3, c->w - 1, STYLE_DIM, ":a x > 3 for 5s");
}

static bool
any_mark(const struct view *v, const char *of)
{
	for (int i = 0; i < history_marks(v->history); i++)
		if (alerts_has_mark(v, of, history_mark(v->history, i)))
			return true;
	return false;
}

static void
alerts_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	if (!any_mark(v, "") && engine_rules(v->engine) == 0)
		draw_no_rules(c);
	else if (shows_episodes(w, c->w) && any_mark(v, of_pane(w)))
		episodes_draw(v, of_pane(w), c);
	else
		alert_lines_draw(v, of_pane(w), c);
}

/* What fired may fill any room; no rules need none, nor do those that are told while they are
 * tried. */
static int
alerts_lines(const struct widget *w, const struct view *v, int width)
{
	if (shows_episodes(w, width))
		return -1;
	return v->tried ? 0 : alert_lines_count(v, of_pane(w), width);
}

static struct hit
alerts_at(const struct widget *w, const struct view *v, int width, int height, int x, int y)
{
	int mark;

	(void)x;
	mark = shows_episodes(w, width) ? episodes_mark(v, of_pane(w), width, height, y)
					: alert_lines_mark(v, of_pane(w), width, height, y);
	return (struct hit){ mark >= 0 ? HIT_MARK : HIT_NOTHING, mark };
}

/* Something fired that nobody has acknowledged. */
static bool
has_unseen(const struct view *v)
{
	for (int i = history_marks(v->history) - 1; i >= 0; i--) {
		const struct mark *m = history_mark(v->history, i);

		if (m->type == EVENT_ALERT && m->state == ALERT_FIRING && !m->seen)
			return true;
	}
	return false;
}

static void
alerts_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "alerts");
	if (has_unseen(v))
		snprintf(h->note, sizeof h->note, "a acknowledges");
	snprintf(h->keys, sizeof h->keys, "a");
}

const struct widget_class widget_alerts = {
	.name = "alerts",
	.help = "rules with their states, in as many lines as they need, and drift; or what fired",
	.params = alerts_params,
	.of = NAMES_RULES,
	.whole = true,
	.min_w = 18,
	.min_h = 1,
	.weight = 45,
	.heading = alerts_heading,
	.lines = alerts_lines,
	.draw = alerts_draw,
	.at = alerts_at,
};
