/* alert_episodes.c - what fired, from its beginning to its end: an episode a line, newest first. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/base/times/times.h"
#include "widgets/alerts/alerts_parts.h"
#include "widgets/condition.h"
#include "widgets/draw/scale.h"

enum {
	SELECTED = 0x25b8,
	LEFT = 4,
	SEVERITY_W = 8,
	LASTED_W = 12,
	LASTED_LEAST = 10,
	WORST_W = 7,
	WIDE = 100, /* cells from which on columns are not pressed */
	SEEN_W = 4,
	KEY_LEAST = 3,
	KEY_MOST = 20,
	REST_LEAST = 14,
	CONDITION = 11, /* "tem… < 9.65" */
	GAP = 2
};

struct episode {
	int began; /* a mark */
	int ended; /* a newer one; -1: it goes on, or drift, which has no end */
};

struct columns {                             /* where they begin */
	int when_w, lasted_w, name_w, key_w; /* key_w 0: there are no keys, or one was chosen */
	int rest_w; /* what the longest condition takes; 0: each rule is called by its own */
	int lasted, severity, seen, worst, key, name, rest;
};

/* A mark that begins an episode: its end is the next newer one of the same rule and key. */
static bool
find_episode(const struct view *v, const char *of, int i, struct episode *e)
{
	const struct mark *m = history_mark(v->history, i);

	*e = (struct episode){ i, -1 };
	if (!alerts_has_mark(v, of, m) || (m->type == EVENT_ALERT && m->state != ALERT_FIRING))
		return false;
	for (int newer = i - 1; m->type == EVENT_ALERT && newer >= 0; newer--) {
		const struct mark *other = history_mark(v->history, newer);

		if (other->type != EVENT_ALERT || other->rule != m->rule ||
		    strcmp(other->key, m->key) != 0)
			continue;
		if (other->state != ALERT_FIRING)
			e->ended = newer;
		break;
	}
	return true;
}

static void
print_lasted(const struct view *v, const struct episode *e, char *out, size_t size)
{
	const struct mark *m = history_mark(v->history, e->began);
	const struct mark *end = e->ended >= 0 ? history_mark(v->history, e->ended) : NULL;
	struct progress now = engine_progress(v->engine, m->source);
	int64_t until = end != NULL ? end->time : alert_now(v, m->source);
	uint64_t row = end != NULL ? end->number : now.row;
	char count[COUNT_CHARS], span[TIME_CHARS + 1];

	out[0] = '\0';
	if (m->type != EVENT_ALERT)
		return;
	if (view_has_times(v, m->source) && m->time != TIME_NONE && until != TIME_NONE &&
	    until >= m->time) {
		duration_words(until - m->time, span);
		snprintf(out, size, "%s", span);
		return;
	}
	/* by a tick, of a source whose rows have no times */
	if (row <= m->number &&
	    (end != NULL || engine_source_now(v->engine, m->source).silent > 0)) {
		snprintf(out, size, "between rows");
		return;
	}
	count_print(row - m->number, count);
	snprintf(out, size, "%s row%s", count, row - m->number == 1 ? "" : "s");
}

/* The value farthest beyond the threshold while it fired; missing where the rows are not kept. */
static double
worst_value(const struct view *v, const struct episode *e)
{
	const struct mark *m = history_mark(v->history, e->began);
	const struct mark *end = e->ended >= 0 ? history_mark(v->history, e->ended) : NULL;
	const struct series *s = m->type == EVENT_ALERT ? alert_series(v, m->rule) : NULL;
	uint64_t to = end != NULL ? end->row : view_end(v, m->source);
	double lo, hi;

	if (s == NULL)
		return NAN;
	if (m->row == UINT64_MAX || to == UINT64_MAX ||
	    m->row < history_begin(v->history, m->source) ||
	    !history_extent(v->history, s->track, m->row, to > m->row ? to : m->row + 1, &lo, &hi))
		return m->value;
	return engine_query(v->engine)->rules[m->rule].threshold_above ? hi : lo;
}

static const char *
name_of(const struct view *v, const struct mark *m)
{
	return m->type == EVENT_ALERT ? engine_rule(v->engine, m->rule)->name : m->what;
}

/* What a rule asks for; "" of one that is called by it. */
static const char *
condition_of(const struct view *v, const struct mark *m)
{
	const struct alert_rule *rule =
	    m->type == EVENT_ALERT ? engine_rule(v->engine, m->rule) : NULL;

	return rule != NULL && strcmp(rule->when, rule->name) != 0 ? rule->when : "";
}

static bool
is_selected(const struct view *v, const struct episode *e)
{
	return v->selected_mark == e->began || (e->ended >= 0 && v->selected_mark == e->ended);
}

/* The first to be shown, so that the focused one is in sight. */
static int
first_shown(const struct view *v, const char *of, int h)
{
	struct episode e;
	int at = 0, n = 0, skip;

	for (int i = 0; i < history_marks(v->history); i++)
		if (find_episode(v, of, i, &e)) {
			at = is_selected(v, &e) ? n : at;
			n++;
		}
	skip = at - (h - 2) > 0 ? at - (h - 2) : 0;
	for (int i = 0; i < history_marks(v->history); i++)
		if (find_episode(v, of, i, &e) && skip-- == 0)
			return i;
	return 0;
}

/* Of whom it is stands there while all keys are looked at. */
static int
key_cells(const struct view *v, const struct mark *m)
{
	int cells = text_cells(m->key);

	if (m->key[0] == '\0' || !view_all_keys(v, m->source))
		return 0;
	cells = cells > KEY_LEAST ? cells : KEY_LEAST;
	return cells < KEY_MOST ? cells : KEY_MOST;
}

/* Names and conditions share what is left; what one of them does not need the other has. A
 * condition can be told in less. */
static void
share_rest(struct columns *l, int w)
{
	int room = w - l->name, brief = l->rest_w < CONDITION ? l->rest_w : CONDITION;
	int half = room - GAP - brief;
	bool all = l->rest_w == 0 || (l->key_w > 0 && l->name_w + REST_LEAST > room);

	if (all) /* whose it is says more */
		half = room;
	l->name_w = l->name_w < half ? l->name_w : half;
	l->rest = l->name + l->name_w + GAP;
}

static struct columns
find_columns(const struct view *v, const char *of, int w)
{
	struct columns l = {
		.when_w = 5, .lasted_w = w >= WIDE ? LASTED_W : LASTED_LEAST, .name_w = 4
	};
	struct episode e;
	char when[WHEN_CHARS];

	for (int i = 0; i < history_marks(v->history); i++) {
		int cells;

		if (!find_episode(v, of, i, &e))
			continue;
		mark_when(v, history_mark(v->history, i), when);
		l.when_w = text_cells(when) > l.when_w ? text_cells(when) : l.when_w;
		cells = text_cells(name_of(v, history_mark(v->history, i)));
		l.name_w = cells > l.name_w ? cells : l.name_w;
		cells = key_cells(v, history_mark(v->history, i));
		l.key_w = cells > l.key_w ? cells : l.key_w;
		cells = text_cells(condition_of(v, history_mark(v->history, i)));
		l.rest_w = cells > l.rest_w ? cells : l.rest_w;
	}
	l.lasted = LEFT + l.when_w + GAP;
	l.severity = l.lasted + l.lasted_w + GAP;
	l.worst = l.severity + SEVERITY_W + GAP;
	l.seen = l.worst + WORST_W + GAP;
	l.key = l.seen + SEEN_W + GAP;
	l.name = l.key + (l.key_w > 0 ? l.key_w + GAP : 0);
	share_rest(&l, w);
	return l;
}

static void
draw_titles(const struct canvas *c, const struct columns *l)
{
	canvas_text(c, LEFT, 0, l->when_w, STYLE_LABEL, "BEGAN");
	canvas_text(c, l->lasted, 0, l->lasted_w, STYLE_LABEL, "LASTED");
	canvas_text(c, l->severity, 0, SEVERITY_W, STYLE_LABEL, "SEVERITY");
	canvas_right(c, l->worst, 0, WORST_W, STYLE_LABEL, "WORST");
	canvas_text(c, l->seen, 0, SEEN_W, STYLE_LABEL, "SEEN");
	canvas_text(c, l->key, 0, l->key_w, STYLE_LABEL, "KEY");
	canvas_text(c, l->name, 0, l->name_w, STYLE_LABEL, "NAME");
	if (l->rest_w > 0)
		canvas_text(c, l->rest, 0, c->w - l->rest, STYLE_LABEL, "CONDITION");
}

/* A severity keeps its colour when it is over: what was critical is not good news. */
static void
draw_episode(const struct view *v, const struct episode *e, const struct canvas *c,
    const struct columns *l, int y)
{
	const struct mark *m = history_mark(v->history, e->began);
	bool alert = m->type == EVENT_ALERT, selected = is_selected(v, e);
	enum severity severity = alert ? engine_rule(v->engine, m->rule)->severity : SEVERITY_INFO;
	enum style style = severity_style(severity);
	double worst = worst_value(v, e);
	char text[160];

	if (selected)
		canvas_cell(c, 0, y, SELECTED, STYLE_FOCUS);
	canvas_cell(c, 2, y,
	    !alert         ? ALERT_DRIFT
	    : e->ended < 0 ? ALERT_FIRES
			   : ALERT_RESTS,
	    style);
	mark_when(v, m, text);
	canvas_text(c, LEFT, y, l->when_w, STYLE_TEXT, text);
	print_lasted(v, e, text, sizeof text);
	canvas_text(c, l->lasted, y, l->lasted_w, e->ended < 0 ? STYLE_BOLD : STYLE_TEXT, text);
	canvas_text(
	    c, l->severity, y, SEVERITY_W, style, alert ? severity_name(severity) : "drift");
	if (!isnan(worst)) {
		short_print(worst, text);
		canvas_right(c, l->worst, y, WORST_W, STYLE_BOLD, text);
	}
	if (m->seen || (e->ended >= 0 && history_mark(v->history, e->ended)->seen))
		canvas_text(c, l->seen, y, SEEN_W, STYLE_GOOD, "✓");
	canvas_text(c, l->key, y, l->key_w, STYLE_BOLD, m->key);
	canvas_text(c, l->name, y, l->name_w, selected ? STYLE_FOCUS : STYLE_TEXT, name_of(v, m));
	condition_draw(c, l->rest, y, c->w - l->rest, STYLE_DIM, condition_of(v, m));
}

void
episodes_draw(const struct view *v, const char *of, const struct canvas *c)
{
	struct columns l = find_columns(v, of, c->w);
	struct episode e;

	draw_titles(c, &l);
	for (int i = first_shown(v, of, c->h), y = 1; i < history_marks(v->history) && y < c->h;
	     i++)
		if (find_episode(v, of, i, &e))
			draw_episode(v, &e, c, &l, y++);
}

int
episodes_mark(const struct view *v, const char *of, int w, int h, int y)
{
	struct episode e;

	(void)w;
	for (int i = first_shown(v, of, h); i < history_marks(v->history) && y > 0; i++)
		if (find_episode(v, of, i, &e) && --y == 0)
			return i;
	return -1;
}
