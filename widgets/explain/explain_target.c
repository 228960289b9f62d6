/* explain_target.c - what can be explained: the user's own KPIs, the rules, and the default
 * KPIs, in this order.
 *
 * The engine has the user's own KPIs first, but for those that were added while it ran. */
#include "widgets/explain/explain_target.h"

#include <string.h>

int
explain_target_count(const struct view *v)
{
	return engine_kpis(v->engine) + engine_rules(v->engine);
}

/* The n-th KPI that is, or is not, the user's own; -1. */
static int
nth_kpi(const struct view *v, int n, bool own)
{
	for (int i = 0; i < engine_kpis(v->engine); i++)
		if ((engine_kpi(v->engine, i)->op == NULL) == own && n-- == 0)
			return i;
	return -1;
}

static int
count_own(const struct view *v)
{
	int n = 0;

	for (int i = 0; i < engine_kpis(v->engine); i++)
		n += engine_kpi(v->engine, i)->op == NULL;
	return n;
}

struct explain_target
explain_target_at(const struct view *v, int i)
{
	int own = count_own(v), rules = engine_rules(v->engine);

	if (i < own)
		return (struct explain_target){ nth_kpi(v, i, true), -1 };
	if (i < own + rules)
		return (struct explain_target){ -1, i - own };
	return (struct explain_target){ nth_kpi(v, i - own - rules, false), -1 };
}

const char *
explain_target_name(const struct view *v, struct explain_target s)
{
	return s.rule >= 0 ? engine_rule(v->engine, s.rule)->name
			   : engine_kpi(v->engine, s.kpi)->name;
}

int
explain_target_source(const struct view *v, struct explain_target s)
{
	return s.rule >= 0 ? engine_query(v->engine)->rules[s.rule].source
			   : engine_kpi(v->engine, s.kpi)->source;
}

static bool
is_about(const struct view *v, struct explain_target subject, const struct series *s)
{
	const struct kpi *kpi;
	const int *columns;
	int n;

	if (explain_target_source(v, subject) != s->source)
		return false;
	if (subject.rule >= 0)
		return view_rule_reads(v, subject.rule, s);
	kpi = engine_kpi(v->engine, subject.kpi);
	if (kpi->op != NULL)
		return kpi->column == s->column;
	n = plan_columns(engine_plan(v->engine, s->source), kpi->root, &columns);
	for (int i = 0; i < n; i++)
		if (columns[i] == s->column)
			return true;
	return false;
}

/* An own KPI before the mean, whose arithmetic is the first that one learns. */
void
explain_target_follow(struct view *v)
{
	const struct series *s = view_selected(v);
	int n = explain_target_count(v), found = -1;

	if (s == NULL ||
	    (v->subject > 0 && v->subject < n && is_about(v, explain_target_at(v, v->subject), s)))
		return;
	for (int i = n - 1; i >= 0; i--) {
		struct explain_target subject = explain_target_at(v, i);
		const char *op = subject.kpi >= 0 ? engine_kpi(v->engine, subject.kpi)->op : NULL;

		if (subject.kpi >= 0 && is_about(v, subject, s) &&
		    (op == NULL || strcmp(op, "mean") == 0))
			found = i;
	}
	if (found >= 0)
		v->subject = found;
}

bool
explain_target_alert(struct view *v)
{
	const struct mark *m = v->selected_mark < history_marks(v->history)
				   ? history_mark(v->history, v->selected_mark)
				   : NULL;

	if (m == NULL || m->type != EVENT_ALERT || m->rule >= engine_rules(v->engine))
		return false;
	v->subject = count_own(v) + m->rule;
	return true;
}
