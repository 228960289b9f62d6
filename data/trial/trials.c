/* trials.c - rules and detectors of changes on trial: counted as the rows go. */
#include "data/trial/trials.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/graph/graph.h"
#include "data/trial/trials_parts.h"

static const struct trial *
found_trial(const struct trials *t, const char *name, bool drift)
{
	for (int i = 0; i < t->n; i++)
		if (t->all[i].drift == drift && strcmp(t->all[i].name, name) == 0)
			return &t->all[i];
	return NULL;
}

int
trials_take(struct trials *t, const char *name, bool drift)
{
	const struct trial *known = found_trial(t, name, drift);
	struct trial *trial;

	if (known != NULL)
		return (int)(known - t->all);
	t->all = memory_grow(t->all, (size_t)t->n + 1, sizeof *t->all);
	trial = &t->all[t->n];
	*trial = (struct trial){ .name = memory_text(name, strlen(name)), .drift = drift };
	trial->delay = memory_new((size_t)t->truth.n, sizeof *trial->delay);
	for (int k = 0; k < t->truth.n; k++)
		trial->delay[k] = -1;
	return t->n++;
}

/* The rules have other numbers; those of the same name go on. */
static void
find_rules(struct trials *t)
{
	t->nrules = engine_rules(t->engine);
	t->of_rule = memory_grow(t->of_rule, (size_t)t->nrules + 1, sizeof *t->of_rule);
	for (int i = 0; i < t->nrules; i++)
		t->of_rule[i] = trials_take(t, engine_rule(t->engine, i)->name, false);
}

/* A detector is on trial before it ever tells: once the graph is there that it stands in. */
static void
find_detectors(struct trials *t)
{
	const struct graph *g = engine_graph(t->engine, 0);
	const struct op *const *speakers;
	int n = g != NULL ? graph_speakers(g, &speakers) : 0;

	t->nodes = g != NULL ? plan_nodes(engine_plan(t->engine, 0)) : 0;
	for (int i = 0; i < n; i++) {
		struct op_remark change = { .kind = REMARK_DRIFT };
		struct text name = { 0 };

		if (!speakers[i]->node->class->detects)
			continue;
		op_remark_print(speakers[i], &change, &name);
		trials_take(t, text_get(&name), true);
		text_done(&name);
	}
}

/* Ranges that begin at this row: whoever fires has found them. */
static void
begin_ranges(struct trials *t, uint64_t row, int64_t time)
{
	for (int k = 0; k < t->truth.n; k++) {
		struct truth_range *r = &t->truth.ranges[k];

		if (r->begun || !truth_reached(r, row, time))
			continue;
		r->begun = true;
		r->first_row = row;
		for (int i = 0; i < t->n; i++)
			if (t->all[i].firing > 0 && truth_holds(r, row, time))
				t->all[i].delay[k] = 0;
	}
}

static void
take_alert(struct trials *t, struct trial *trial, const struct event *e)
{
	bool right = false;

	trial->alerts++;
	for (int k = 0; k < t->truth.n; k++) {
		struct truth_range *r = &t->truth.ranges[k];

		if (!truth_holds(r, e->row, e->time))
			continue;
		right = true;
		if (trial->delay[k] < 0)
			trial->delay[k] = (int64_t)(e->row - r->first_row);
	}
	trial->right += right;
}

/* A rule that is over at the row at which a range begins does not fire in it. */
static void
leave_ranges(struct trials *t, struct trial *trial, uint64_t row)
{
	for (int k = 0; k < t->truth.n; k++)
		if (t->truth.ranges[k].begun && t->truth.ranges[k].first_row == row &&
		    trial->delay[k] == 0)
			trial->delay[k] = -1;
}

static void
take_rule(struct trials *t, const struct event *e)
{
	struct trial *trial = &t->all[t->of_rule[e->rule]];

	if (e->state == ALERT_FIRING) {
		trial->firing++;
		take_alert(t, trial, e);
	} else if (e->state == ALERT_RESOLVED && trial->firing > 0) {
		if (--trial->firing == 0)
			leave_ranges(t, trial, e->row);
	}
}

static void
take_row(struct trials *t, const struct event *e)
{
	t->rows = e->row;
	t->first = t->first == TIME_NONE ? e->time : t->first;
	t->last = e->time;
	if (t->nodes != plan_nodes(engine_plan(t->engine, 0)))
		find_detectors(t);
}

static void
take(void *self, const struct event *e)
{
	struct trials *t = self;

	if ((e->type & (EVENT_START | EVENT_REPLACED)) != 0) {
		t->nodes = 0;
		find_rules(t);
		return;
	}
	if (t->nrules != engine_rules(t->engine)) /* some were added */
		find_rules(t);
	if (e->source != 0 || e->row == 0)
		return;
	begin_ranges(t, e->row, e->time);
	if (e->type == EVENT_ROW)
		take_row(t, e);
	else if (e->type == EVENT_ALERT)
		take_rule(t, e);
	else if (e->type == EVENT_DRIFT)
		take_alert(t, &t->all[trials_take(t, e->what, true)], e);
}

struct trials *
trials_new(struct engine *engine, struct truth *truth)
{
	struct trials *t = memory_new(1, sizeof *t);

	*t = (struct trials){
		.engine = engine, .truth = *truth, .first = TIME_NONE, .last = TIME_NONE
	};
	*truth = (struct truth){ 0 };
	engine_listen(engine, &(struct listener){ .wants = EVENT_START | EVENT_REPLACED |
							   EVENT_ROW | EVENT_ALERT | EVENT_DRIFT,
				  .event = take,
				  .self = t,
				  .save = trials_save,
				  .holds = trials_hold,
				  .go_back = trials_go_back });
	return t;
}

void
trials_free(struct trials *t)
{
	if (t == NULL)
		return;
	for (int i = 0; i < t->n; i++) {
		free(t->all[i].name);
		free(t->all[i].delay);
	}
	free(t->all);
	free(t->of_rule);
	truth_done(&t->truth);
	free(t);
}

struct trial_score
trials_score(const struct trials *t, const struct trial *trial)
{
	struct trial_score s = { .delay = NAN, .per_day = NAN };
	double sum = 0, seconds = 0;

	for (int k = 0; k < t->truth.n; k++)
		if (trial->delay[k] >= 0) {
			sum += (double)trial->delay[k];
			s.found++;
		}
	s.missed = t->truth.n - s.found;
	if (s.found > 0)
		s.delay = sum / s.found;
	if (t->first != TIME_NONE && t->last != TIME_NONE)
		seconds = time_seconds(t->last) - time_seconds(t->first);
	if (seconds > 0)
		s.per_day = (double)trial->alerts / (seconds / 86400);
	return s;
}

int
trials_check(const struct trials *t, struct error *err)
{
	for (int k = 0; k < t->truth.n; k++) {
		const struct truth_range *r = &t->truth.ranges[k];

		if (r->begun && (r->by_time || r->first_row == (uint64_t)r->from))
			continue;
		if (r->by_time)
			return error_set(err,
			    "--truth: a range of times begins behind the last of the "
			    "%llu rows (see -t and --zone)",
			    (unsigned long long)t->rows);
		return error_set(err,
		    "--truth: row %lld is behind the last row, %llu (rows count from 1)",
		    (long long)r->from, (unsigned long long)t->rows);
	}
	return 0;
}
