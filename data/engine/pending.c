/* pending.c - what is to be told of a run of rows, gathered rule by rule, which is how the graph
 * gives its values, and told row by row. */
#include <stdlib.h>

#include "data/base/numbers/number.h"
#include "data/engine/engine_parts.h"

static void
gather(struct pendings *p, int row, struct pending pending)
{
	if (p->n == p->cap) {
		p->cap = p->cap > 0 ? 2 * p->cap : 64;
		p->all = memory_grow(p->all, (size_t)p->cap, sizeof *p->all);
	}
	pending.next = -1;
	p->all[p->n] = pending;
	if (p->first[row] < 0)
		p->first[row] = p->n;
	else
		p->all[p->last[row]].next = p->n;
	p->last[row] = p->n++;
}

static bool
holds(double truth)
{
	return truth != 0 && !number_missing(truth);
}

/* Most rules are quiet over most runs: nothing pends or fires and no condition holds. */
static bool
quiet(const struct alert *a, const double *when, int n)
{
	bool any = false;

	if (a->state != ALERT_INACTIVE && a->state != ALERT_RESOLVED)
		return false;
	for (int i = 0; i < n; i++)
		any |= when[i] != 0 && when[i] == when[i];
	return !any;
}

static void
step_rule(struct engine *e, struct stream *s, int index, const int64_t *time, int n)
{
	const struct rule *r = &e->query->rules[index];
	struct alert *a = &s->now->alerts[index];
	const double *when = graph_out(s->now->graph, r->when);
	const double *clear = r->clear >= 0 ? graph_out(s->now->graph, r->clear) : NULL;
	enum alert_state was = a->state;

	if (quiet(a, when, n))
		return;
	for (int i = 0; i < n; i++) {
		if (!alert_step(
			a, &r->rule, holds(when[i]), clear != NULL && holds(clear[i]), time[i]))
			continue;
		if (a->state == ALERT_FIRING) {
			e->fired[index]++;
			e->stop_here = e->stop_here || (r->rule.pause && e->options.pauses);
		}
		gather(&e->pending, i, (struct pending){ .rule = index, .state = a->state });
	}
	key_states_changed(&s->states, index, was, a->state);
}

/* What operators have to say of these rows: a season found, a method that diverged, a change. */
static void
gather_remarks(struct engine *e, struct stream *s, int n)
{
	const struct graph *g = s->now->graph;
	uint64_t first = graph_rows(g) - (uint64_t)n;
	const struct op *const *speakers;
	int count = graph_speakers(g, &speakers);

	for (int i = 0; i < count; i++) {
		const struct op *op = speakers[i];
		const struct op_remark *remarks;
		int said = op->node->class->remarks(op, &remarks);

		for (int k = 0; k < said; k++)
			gather(&e->pending, (int)(remarks[k].row - first),
			    (struct pending){ .rule = -1, .op = op, .remark = &remarks[k] });
	}
}

/* Rows behind the clock: the first of a source, and where time was set back. */
static void
gather_news(struct engine *e, struct stream *s, int at, int n)
{
	enum { TOLD_MOST = 20 };

	if ((e->wants & EVENT_NOTE) == 0)
		return;
	for (int i = 0; i < n; i++) {
		struct pending p = { .rule = -1, .by = e->times.by[at + i] };

		if (p.by == 0)
			continue;
		if (!s->late_told) {
			p.news = ROW_BEHIND;
			gather(&e->pending, i, p);
		}
		s->late_told = true;
		if (e->times.set_back[at + i] && s->set_backs++ < TOLD_MOST) {
			p.news = ROW_SETS_BACK;
			gather(&e->pending, i, p);
		}
	}
}

/* Rules read windows, which a row that came too late does not enter; what reads nothing but the row
 * is judged all the same. */
static bool
judges(const struct engine *e, const struct stream *s, const struct rule *r)
{
	const struct plan *plan = e->query->sources[s->index].plan;

	if (r->source != s->index || r->when < 0)
		return false;
	return !s->late ||
	       (plan_plain(plan, r->when) && (r->clear < 0 || plan_plain(plan, r->clear)));
}

void
pending_gather(struct engine *e, struct stream *s, const struct block *view, int at, int n)
{
	for (int i = 0; i < n; i++)
		e->pending.first[i] = -1;
	e->pending.n = 0;
	for (int r = 0; r < e->query->nrules; r++)
		if (judges(e, s, &e->query->rules[r]))
			step_rule(e, s, r, view->time + at, n);
	if (s->late)
		return;
	gather_news(e, s, at, n);
	if ((e->wants & (EVENT_NOTE | EVENT_DRIFT)) != 0)
		gather_remarks(e, s, n);
}

static enum event_type
type_of(const struct pending *p)
{
	if (p->rule >= 0)
		return EVENT_ALERT;
	if (p->news != ROW_ON_TIME)
		return EVENT_NOTE;
	return p->remark->kind == REMARK_DRIFT ? EVENT_DRIFT : EVENT_NOTE;
}

void
pending_dispatch(struct engine *e, struct stream *s, const struct block *view, int at, int row)
{
	for (int i = e->pending.first[row]; i >= 0; i = e->pending.all[i].next) {
		const struct pending *p = &e->pending.all[i];
		struct event event = event_of(e, s, type_of(p), view, at + row);

		event.rule = p->rule;
		event.state = p->state;
		if (p->rule < 0) {
			text_clear(&e->note);
			if (p->news != ROW_ON_TIME)
				row_news_print(e, s, p);
			else
				op_remark_print(p->op, p->remark, &e->note);
			event.what = text_get(&e->note);
		}
		dispatch(e, &event);
	}
}
