/* alerts.c - what fires, what did, and drift: a list of marks, newest first.
 *
 * In a narrow pane each rule has one entry of three lines, its latest; where there is width for it,
 * every mark has a line of its own. Signs and words stand beside colours. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "widgets/name_lists.h"
#include "widgets/pane_options.h"
#include "widgets/draw/scale.h"

enum {
	FIRING = 0x25cf,
	RESOLVED = 0x25cb,
	DRIFT = 0x25c7,
	SELECTED = 0x25b8,
	LOG_W = 60,
	LOG_LEFT = 4,
	STATE_W = 8,
	SEVERITY_W = 8,
	SEEN_W = 4,
	GAP = 2,
	ENTRY_LINES = 3
};

enum { OF };
static const struct param alerts_params[] = {
	{ "of", PARAM_TEXT, "", 0, 0, NULL,
	    "of rules that read these columns, or are called so; left out: all" },
	{ 0 }
};

/* A newer mark tells of the same thing. */
static bool
is_outdated(const struct view *v, int i)
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

struct look {
	uint32_t sign;
	enum style style;
	const char *word;  /* "resolved", or the severity of what fires */
	const char *event; /* "firing", "fired", "resolved" */
};

static struct look
mark_look(const struct view *v, int i)
{
	const struct mark *m = history_mark(v->history, i);
	const struct alert_rule *rule;

	if (m->type == EVENT_DRIFT)
		return (struct look){ DRIFT, STYLE_INFO, "drift", "drift" };
	rule = engine_rule(v->engine, m->rule);
	if (m->state != ALERT_FIRING)
		return (struct look){ RESOLVED, STYLE_GOOD, alert_state_name(m->state),
			alert_state_name(m->state) };
	if (is_outdated(v, i)) /* it was resolved since */
		return (struct look){ RESOLVED, STYLE_DIM, severity_name(rule->severity), "fired" };
	return (struct look){ FIRING, severity_style(rule->severity), severity_name(rule->severity),
		alert_state_name(m->state) };
}

/* What a rule asks for, with the value; of a rule without a name of its own, which is called so,
 * the value alone. */
static void
print_condition(const struct view *v, const struct mark *m, char *out, size_t size)
{
	const struct alert_rule *rule = engine_rule(v->engine, m->rule);

	mark_condition(v, m, out, size);
	if (strcmp(rule->name, rule->when) != 0)
		return;
	if (strcmp(out, rule->when) == 0)
		out[0] = '\0';
	out[strcspn(out, " ")] = '\0';
}

/* The rule is one of those named, or reads one of the columns named; of: "" names all. */
static bool
is_rule_of(const struct view *v, const char *of, int rule)
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

static bool
is_listed(const struct view *v, const char *of, const struct mark *m)
{
	return (m->type == EVENT_ALERT && is_rule_of(v, of, m->rule)) ||
	       (m->type == EVENT_DRIFT && is_drift_of(v, of, m));
}

static const char *
mark_name(const struct view *v, const struct mark *m)
{
	return m->type == EVENT_ALERT ? engine_rule(v->engine, m->rule)->name : m->what;
}

/* --- narrow: the latest of each rule ---------------------------------------------------------- */

/* "9 < 10, 4 rows"; without the rows where there is no room for them. */
static void
describe(const struct view *v, const struct mark *m, int width, char *out, size_t size)
{
	const struct alert *alert;
	char condition[80], count[COUNT_CHARS];

	out[0] = '\0';
	if (m->type != EVENT_ALERT)
		return;
	print_condition(v, m, condition, sizeof condition);
	alert = engine_alert(v->engine, m->rule);
	if (m->row != UINT64_MAX && m->state == ALERT_FIRING && alert->state == ALERT_FIRING &&
	    alert->since_row > 0) {
		count_print(alert->since_row, count);
		snprintf(out, size, "%s%s%s row%s", condition, condition[0] != '\0' ? ", " : "",
		    count, alert->since_row == 1 ? "" : "s");
	}
	if (out[0] == '\0' || text_cells(out) > width)
		snprintf(out, size, "%s", condition);
}

static void
draw_entry(const struct view *v, int i, const struct canvas *c, int y)
{
	const struct mark *m = history_mark(v->history, i);
	struct look look = mark_look(v, i);
	char when[WHEN_CHARS], line[128];

	canvas_cell(c, 0, y, look.sign, look.style);
	canvas_text(c, 2, y, c->w - 2, m->seen ? STYLE_DIM : STYLE_BOLD, mark_name(v, m));
	mark_when(v, m, when);
	snprintf(line, sizeof line, "%s  %s%s%s", look.word, when, m->key[0] != '\0' ? "  " : "",
	    m->key);
	canvas_text(c, 2, y + 1, c->w - 2, look.style, line);
	describe(v, m, c->w - 2, line, sizeof line);
	canvas_text(c, 2, y + 2, c->w - 2, STYLE_DIM, line);
}

/* It has an entry, among those that fire or among the others. */
static bool
is_entry(const struct view *v, const char *of, int i, bool firing)
{
	const struct mark *m = history_mark(v->history, i);

	return is_listed(v, of, m) &&
	       (m->type == EVENT_ALERT && m->state == ALERT_FIRING) == firing && !is_outdated(v, i);
}

/* Entries are whole or not there; those that fire come first. */
static int
draw_entries(const struct view *v, const char *of, const struct canvas *c, bool firing, int y)
{
	for (int i = 0; i < history_marks(v->history) && y + ENTRY_LINES <= c->h; i++)
		if (is_entry(v, of, i, firing)) {
			draw_entry(v, i, c, y);
			y += ENTRY_LINES;
		}
	return y;
}

/* The mark of the n-th entry; -1. */
static int
nth_entry(const struct view *v, const char *of, int n)
{
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < history_marks(v->history); i++)
			if (is_entry(v, of, i, pass == 0) && n-- == 0)
				return i;
	return -1;
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
has_mark(const struct view *v, int rule)
{
	for (int i = 0; i < history_marks(v->history); i++)
		if (history_mark(v->history, i)->type == EVENT_ALERT &&
		    history_mark(v->history, i)->rule == rule)
			return true;
	return false;
}

/* The rules of which there is nothing to tell yet. */
static void
draw_watched(const struct view *v, const char *of, const struct canvas *c, int y)
{
	for (int i = 0; i < engine_rules(v->engine) && y + 2 <= c->h; i++) {
		const struct alert_rule *rule = engine_rule(v->engine, i);

		if (has_mark(v, i) || !is_rule_of(v, of, i))
			continue;
		canvas_cell(c, 0, y, RESOLVED, STYLE_DIM);
		canvas_text(c, 2, y, c->w - 2, STYLE_TEXT, rule->name);
		canvas_text(c, 2, y + 1, c->w - 2, STYLE_DIM,
		    engine_alert(v->engine, i)->state == ALERT_PENDING ? "pending" : "watching");
		y += 2;
	}
}

/* --- wide: every mark in its line ------------------------------------------------------------- */

struct log {       /* the columns of the list */
	int first; /* mark in the upper line */
	int when_w, name_w;
	int state, severity, seen, name, condition; /* where they begin */
};

/* As many marks as there are lines, the focused one among them; columns as wide as these ask for.
 */
static struct log
log_of(const struct view *v, const char *of, const struct canvas *c)
{
	struct log l = { .when_w = 4, .name_w = 4 };
	char when[WHEN_CHARS];

	if (v->selected_mark >= c->h - 1)
		l.first = v->selected_mark - c->h + 2;
	for (int i = l.first; i < history_marks(v->history) && i < l.first + c->h; i++) {
		const struct mark *m = history_mark(v->history, i);
		int cells = is_listed(v, of, m) ? text_cells(mark_name(v, m)) : 0;

		mark_when(v, m, when);
		l.when_w = text_cells(when) > l.when_w ? text_cells(when) : l.when_w;
		l.name_w = cells > l.name_w ? cells : l.name_w;
	}
	l.state = LOG_LEFT + l.when_w + GAP;
	l.severity = l.state + STATE_W + GAP;
	l.seen = l.severity + SEVERITY_W + GAP;
	l.name = l.seen + SEEN_W + GAP;
	if (l.name_w > (c->w - l.name - GAP) / 2)
		l.name_w = (c->w - l.name - GAP) / 2;
	l.condition = l.name + l.name_w + GAP;
	return l;
}

static void
draw_log_line(
    const struct view *v, int i, const struct canvas *c, const struct log *l, int y, bool selected)
{
	const struct mark *m = history_mark(v->history, i);
	struct look look = mark_look(v, i);
	char when[WHEN_CHARS], condition[128];

	if (selected)
		canvas_cell(c, 0, y, SELECTED, STYLE_FOCUS);
	canvas_cell(c, 2, y, look.sign, look.style);
	mark_when(v, m, when);
	canvas_text(c, LOG_LEFT, y, l->when_w, STYLE_TEXT, when);
	canvas_text(c, l->state, y, STATE_W, look.style, look.event);
	canvas_text(c, l->name, y, l->name_w, selected ? STYLE_FOCUS : STYLE_TEXT, mark_name(v, m));
	if (m->seen)
		canvas_text(c, l->seen, y, SEEN_W, STYLE_GOOD, "✓");
	if (m->type != EVENT_ALERT)
		return;
	canvas_text(c, l->severity, y, SEVERITY_W, look.style,
	    severity_name(engine_rule(v->engine, m->rule)->severity));
	print_condition(v, m, condition, sizeof condition);
	if (m->key[0] != '\0') {
		size_t n = strlen(condition);

		snprintf(condition + n, sizeof condition - n, "%s%s", n > 0 ? "  " : "", m->key);
	}
	canvas_text(c, l->condition, y, c->w - l->condition, STYLE_DIM, condition);
}

static void
draw_log(const struct view *v, const char *of, const struct canvas *c)
{
	struct log l = log_of(v, of, c);

	canvas_text(c, LOG_LEFT, 0, l.when_w, STYLE_LABEL, "WHEN");
	canvas_text(c, l.state, 0, STATE_W, STYLE_LABEL, "STATE");
	canvas_text(c, l.severity, 0, SEVERITY_W, STYLE_LABEL, "SEVERITY");
	canvas_text(c, l.seen, 0, SEEN_W, STYLE_LABEL, "SEEN");
	canvas_text(c, l.name, 0, l.name_w, STYLE_LABEL, "NAME");
	canvas_text(c, l.condition, 0, c->w - l.condition, STYLE_LABEL, "CONDITION");
	for (int i = l.first, y = 1; i < history_marks(v->history) && y < c->h; i++) {
		const struct mark *m = history_mark(v->history, i);

		if (is_listed(v, of, m))
			draw_log_line(v, i, c, &l, y++, i == v->selected_mark);
	}
}

static bool
any_listed(const struct view *v, const char *of)
{
	for (int i = 0; i < history_marks(v->history); i++)
		if (is_listed(v, of, history_mark(v->history, i)))
			return true;
	return false;
}

static void
alerts_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const char *of = pane_option_option(w, OF);
	int y;

	if (history_marks(v->history) == 0 && engine_rules(v->engine) == 0)
		draw_no_rules(c);
	else if (!any_listed(v, of))
		draw_watched(v, of, c, 0);
	else if (c->w >= LOG_W)
		draw_log(v, of, c);
	else {
		y = draw_entries(v, of, c, true, 0);
		y = draw_entries(v, of, c, false, y);
		draw_watched(v, of, c, y);
	}
}

/* The mark in line y of the list; -1. */
static int
nth_line(const struct view *v, const char *of, int w, int h, int y)
{
	struct canvas size = { .w = w, .h = h };

	for (int i = log_of(v, of, &size).first; i < history_marks(v->history) && y > 0; i++)
		if (is_listed(v, of, history_mark(v->history, i)) && --y == 0)
			return i;
	return -1;
}

static struct hit
alerts_at(const struct widget *w, const struct view *v, int width, int height, int x, int y)
{
	const char *of = pane_option_option(w, OF);
	int mark;

	(void)x;
	mark = width >= LOG_W                           ? nth_line(v, of, width, height, y)
	       : y / ENTRY_LINES < height / ENTRY_LINES ? nth_entry(v, of, y / ENTRY_LINES)
							: -1;
	return (struct hit){ mark >= 0 ? HIT_MARK : HIT_NOTHING, mark };
}

static void
alerts_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	(void)v;
	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "alerts");
}

const struct widget_class widget_alerts = {
	.name = "alerts",
	.help = "alerts that fire or were resolved, and drift",
	.params = alerts_params,
	.of = NAMES_RULES,
	.min_w = 18,
	.min_h = 3,
	.weight = 45,
	.heading = alerts_heading,
	.draw = alerts_draw,
	.at = alerts_at,
};
