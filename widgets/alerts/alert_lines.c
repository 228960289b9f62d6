/* alert_lines.c - the rules, each with its state, since when, and the numbers.
 *
 * A line each where there is width for it, or no height for more, else two: the name, and below it
 * the rest. Behind the rules stands the latest drift; while all keys are looked at a rule says for
 * how many it fires, and behind it stand those that it fires for. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/keys_view.h"
#include "widgets/alerts/alerts_parts.h"
#include "widgets/draw/scale.h"

enum { WIDE = 44, NAME_SHARE = 3, LEFT = 2, GAP = 2, STATE_MOST = 24, SHOWN = 64 };
enum { KEYS_ASKED = 4 /* that a line is asked for */ };

struct item {     /* one that has a line */
	int rule; /* -1: the mark tells all */
	int mark; /* the latest that tells of it; -1 */
};

struct items {
	struct item all[SHOWN];
	int n;
};

struct told { /* how an item reads */
	uint32_t sign;
	enum style sign_style, style;
	char name[96], state[48], count[24], numbers[112];
};

static int
latest_mark(const struct view *v, int rule)
{
	for (int i = 0; i < history_marks(v->history); i++) {
		const struct mark *m = history_mark(v->history, i);

		if (m->type == EVENT_ALERT && m->rule == rule &&
		    (view_all_keys(v, m->source) || mark_is_looked_at(v, m)))
			return i;
	}
	return -1;
}

static void
add(struct items *items, int rule, int mark)
{
	if (items->n < SHOWN)
		items->all[items->n++] = (struct item){ rule, mark };
}

static bool
fires(const struct view *v, int rule)
{
	if (view_all_keys(v, engine_query(v->engine)->rules[rule].source))
		return engine_rule_firing(v->engine, rule) > 0;
	return engine_alert(v->engine, rule)->state == ALERT_FIRING;
}

/* It fires on, for a key that has not been forgotten since; of a name that was cut that is not
 * known. */
static bool
still_fires(const struct view *v, const struct mark *m)
{
	size_t n = strlen(m->key);
	const struct key_state *k = engine_key_find(v->engine, m->source, m->key, n);

	if (n == sizeof m->key - 1)
		return true;
	return k != NULL && engine_key_alert(v->engine, k, m->rule)->state == ALERT_FIRING;
}

/* What fires comes first where not all have room: then only the order changes. Of the keys for
 * which it does so many at most have a line. */
static struct items
find_items(const struct view *v, const char *of, int room, int keys)
{
	struct items items = { .n = 0 };
	int rules = engine_rules(v->engine);

	for (int pass = rules > room ? 0 : 2; pass < 3; pass++)
		for (int i = 0; i < rules; i++)
			if (alerts_has_rule(v, of, i) &&
			    (pass == 2 ? true : fires(v, i) == (pass == 0)) &&
			    (rules <= room || pass < 2))
				add(&items, i, latest_mark(v, i));
	for (int i = 0; i < history_marks(v->history); i++) {
		const struct mark *m = history_mark(v->history, i);
		bool listed = m->type == EVENT_ALERT && m->state == ALERT_FIRING && keys > 0 &&
			      view_all_keys(v, m->source);

		if ((!listed && m->type != EVENT_DRIFT) || !alerts_has_mark(v, of, m) ||
		    mark_is_outdated(v, i) || (listed && !still_fires(v, m)))
			continue;
		add(&items, -1, i);
		keys -= listed;
	}
	return items;
}

static void
tell_mark(const struct view *v, int mark, struct told *t)
{
	const struct mark *m = history_mark(v->history, mark);
	bool drift = m->type == EVENT_DRIFT;
	enum severity severity = drift ? SEVERITY_INFO : engine_rule(v->engine, m->rule)->severity;
	char when[WHEN_CHARS], condition[48] = "";

	mark_when(v, m, when);
	t->sign = drift ? ALERT_DRIFT : ALERT_FIRES;
	t->sign_style = t->style = severity_style(severity);
	snprintf(
	    t->name, sizeof t->name, "%s", drift ? m->what : engine_rule(v->engine, m->rule)->name);
	snprintf(
	    t->state, sizeof t->state, "%s  %s", drift ? "drift" : severity_name(severity), when);
	if (!drift)
		mark_condition(v, m, condition, sizeof condition);
	snprintf(t->numbers, sizeof t->numbers, "%s%s%s", m->key,
	    m->key[0] != '\0' && condition[0] != '\0' ? "  " : "", condition);
}

/* "critical 24 s"; without times "critical 24 rows". */
static void
tell_since(const struct view *v, int rule, const char *word, struct told *t)
{
	const struct alert *alert = engine_alert(v->engine, rule);
	int source = engine_query(v->engine)->rules[rule].source;
	int64_t now = alert_now(v, source);
	char span[TIME_CHARS + 1], count[COUNT_CHARS];

	if (view_has_times(v, source) && now != TIME_NONE && alert->since != TIME_NONE &&
	    now > alert->since) {
		duration_words(now - alert->since, span);
		snprintf(t->state, sizeof t->state, "%s %.20s", word, span);
		return;
	}
	if (alert->since_row == 0) {
		snprintf(t->state, sizeof t->state, "%s between rows", word);
		return;
	}
	count_print(alert->since_row, count);
	snprintf(t->state, sizeof t->state, "%s %s row%s", word, count,
	    alert->since_row == 1 ? "" : "s");
}

/* "11 times": more than once is worth a word. */
static void
add_count(uint64_t fired, struct told *t)
{
	char count[COUNT_CHARS];

	if (fired < 2)
		return;
	count_print(fired, count);
	snprintf(t->count, sizeof t->count, "%.12s times", count);
}

/* A rule may name columns of a source that has no rows yet. */
static const char *
at_rest(const struct view *v, int rule)
{
	const struct query *q = engine_query(v->engine);

	return q->expects && q->rules[rule].when < 0 ? "waits for its columns" : "watching";
}

/* "critical  4 keys"; when it fires for none, where and when it did. */
static void
tell_rule_of_all(const struct view *v, const struct item *item, struct told *t)
{
	const struct alert_rule *rule = engine_rule(v->engine, item->rule);
	int n = engine_rule_firing(v->engine, item->rule);
	const struct mark *m = item->mark >= 0 ? history_mark(v->history, item->mark) : NULL;
	char when[WHEN_CHARS], count[COUNT_CHARS];

	snprintf(t->name, sizeof t->name, "%s", rule->name);
	snprintf(t->numbers, sizeof t->numbers, "%s",
	    strcmp(rule->name, rule->when) == 0 ? "" : rule->when);
	add_count(engine_rule_fired(v->engine, item->rule), t);
	if (n > 0) {
		count_print((uint64_t)n, count);
		t->sign = ALERT_FIRES;
		t->sign_style = t->style = severity_style(rule->severity);
		snprintf(t->state, sizeof t->state, "%s  %s key%s", severity_name(rule->severity),
		    count, n == 1 ? "" : "s");
		return;
	}
	t->sign = ALERT_RESTS;
	t->sign_style = t->style = STYLE_DIM;
	snprintf(t->state, sizeof t->state, "%s", at_rest(v, item->rule));
	if (m == NULL)
		return;
	mark_when(v, m, when);
	snprintf(t->state, sizeof t->state, "resolved %.32s", when);
	snprintf(t->numbers, sizeof t->numbers, "%s", m->key);
}

static void
tell_rule(const struct view *v, const struct item *item, struct told *t)
{
	const struct alert_rule *rule = engine_rule(v->engine, item->rule);
	const struct series *s = alert_series(v, item->rule);
	double last = s != NULL ? view_last(v, s->source, s->track) : NAN;
	char when[WHEN_CHARS];

	t->sign = ALERT_RESTS;
	t->sign_style = t->style = STYLE_DIM;
	snprintf(t->name, sizeof t->name, "%s", rule->name);
	switch (engine_alert(v->engine, item->rule)->state) {
	case ALERT_FIRING:
		t->sign = ALERT_FIRES;
		t->sign_style = t->style = severity_style(rule->severity);
		tell_since(v, item->rule, severity_name(rule->severity), t);
		break;
	case ALERT_PENDING:
		t->sign_style = severity_style(rule->severity);
		tell_since(v, item->rule, "pending", t);
		break;
	default:
		last = NAN;
		snprintf(t->state, sizeof t->state, "%s", at_rest(v, item->rule));
		if (item->mark < 0)
			break;
		mark_when(v, history_mark(v->history, item->mark), when);
		snprintf(t->state, sizeof t->state, "resolved %.32s", when);
	}
	add_count(engine_alert(v->engine, item->rule)->fired, t);
	alert_numbers(v, item->rule, last, t->numbers, sizeof t->numbers);
}

static struct told
tell(const struct view *v, const struct item *item)
{
	struct told t = { .state = "" };

	if (item->rule >= 0 && view_all_keys(v, engine_query(v->engine)->rules[item->rule].source))
		tell_rule_of_all(v, item, &t);
	else if (item->rule >= 0)
		tell_rule(v, item, &t);
	else
		tell_mark(v, item->mark, &t);
	return t;
}

/* Of each of n, in h lines. */
static int
item_lines(int w, int h, int n)
{
	return w >= WIDE || h < 2 * n ? 1 : 2;
}

int
alert_lines_count(const struct view *v, const char *of, int w)
{
	int n = find_items(v, of, SHOWN, KEYS_ASKED).n;

	return n * item_lines(w, 2 * n, n);
}

/* Columns as wide as the items ask for. */
static void
measure(const struct view *v, const struct items *items, int w, int *name_w, int *state_w)
{
	*name_w = *state_w = 0;
	for (int i = 0; i < items->n; i++) {
		struct told t = tell(v, &items->all[i]);
		int name = text_cells(t.name), state = text_cells(t.state);

		*name_w = name > *name_w ? name : *name_w;
		*state_w = state > *state_w ? state : *state_w;
	}
	*name_w = *name_w < w / NAME_SHARE ? *name_w : w / NAME_SHARE;
	*state_w = *state_w < STATE_MOST ? *state_w : STATE_MOST;
}

static bool
is_seen(const struct view *v, const struct item *item)
{
	return item->mark >= 0 && history_mark(v->history, item->mark)->seen;
}

void
alert_lines_draw(const struct view *v, const char *of, const struct canvas *c)
{
	int all = find_items(v, of, SHOWN, SHOWN).n, each = item_lines(c->w, c->h, all);
	struct items items = find_items(v, of, c->h / each, SHOWN);
	int name_w, state_w, count_w, y = 0;

	measure(v, &items, c->w, &name_w, &state_w);
	for (int i = 0; i < items.n && y + each <= c->h; i++, y += each) {
		struct told t = tell(v, &items.all[i]);
		bool firing = t.sign == ALERT_FIRES && !is_seen(v, &items.all[i]);
		int x = LEFT;

		canvas_cell(c, 0, y, t.sign, t.sign_style);
		if (each == 1) {
			canvas_text(c, x, y, name_w, firing ? STYLE_BOLD : STYLE_TEXT, t.name);
			x += name_w + GAP;
			canvas_text(c, x, y, state_w, t.style, t.state);
			x += state_w + GAP;
			if (c->w >= WIDE || text_cells(t.numbers) <= c->w - x)
				x += canvas_text(c, x, y, c->w - x, STYLE_DIM, t.numbers) + GAP;
			if (text_cells(t.count) <= c->w - x)
				canvas_right(c, x, y, c->w - x, STYLE_TEXT, t.count);
			continue;
		}
		count_w = text_cells(t.count) > 0 ? text_cells(t.count) + GAP : 0;
		canvas_text(c, x, y, c->w - x - count_w, firing ? STYLE_BOLD : STYLE_TEXT, t.name);
		canvas_right(c, c->w - count_w, y, count_w, STYLE_TEXT, t.count);
		x += canvas_text(c, x, y + 1, c->w - x, t.style, t.state) + GAP;
		if (text_cells(t.numbers) <= c->w - x)
			canvas_text(c, x, y + 1, c->w - x, STYLE_DIM, t.numbers);
	}
}

int
alert_lines_mark(const struct view *v, const char *of, int w, int h, int y)
{
	int all = find_items(v, of, SHOWN, SHOWN).n, each = item_lines(w, h, all);
	struct items items = find_items(v, of, h / each, SHOWN);
	int i = y / each;

	return i < items.n ? items.all[i].mark : -1;
}
