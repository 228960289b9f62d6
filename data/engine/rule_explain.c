/* rule_explain.c - why a rule is in its state: its conditions part by part, and how long they
 * lasted. */
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"
#include "data/graph/explain.h"

static void
explain_truth(
    const char *word, const struct engine *e, const struct rule *r, int root, struct text *out)
{
	double v = graph_value(engine_graph(e, r->source), root);

	explain_line(out, word);
	explain_written(plan_key(engine_plan(e, r->source), root), out);
	text_add(out, v > 0 || v < 0 ? " is true" : " is false");
}

static void
add_span(struct text *out, struct span span)
{
	span_print(span, out);
	text_add(out, span.unit == SPAN_ROWS ? " rows" : "");
}

/* "for  3 rows: 2 so far" */
static void
explain_lasting(const struct alert *a, const struct alert_rule *rule, int64_t now, struct text *out)
{
	if (rule->lasting.unit == SPAN_NONE || a->since_row == 0)
		return;
	explain_line(out, "for");
	add_span(out, rule->lasting);
	text_add(out, ": ");
	if (rule->lasting.unit == SPAN_ROWS)
		text_addf(out, "%llu", (unsigned long long)a->since_row);
	else
		explain_elapsed(out, a->since, now);
	text_add(out, " so far\n");
}

static void
explain_delays(const struct alert *a, const struct alert_rule *rule, int64_t now, struct text *out)
{
	if (a->state == ALERT_FIRING && rule->keep > 0) {
		explain_line(out, "keep");
		text_add(out, "fires on for ");
		explain_seconds(out, rule->keep);
		text_add(out, " after it last held, ");
		explain_elapsed(out, a->until, now);
		text_add(out, " ago\n");
	}
	if (a->state != ALERT_FIRING && rule->cooldown > 0 && a->fired > 0) {
		explain_line(out, "cooldown");
		text_add(out, "does not fire again for ");
		explain_seconds(out, rule->cooldown);
		text_add(out, " after it was resolved, ");
		explain_elapsed(out, a->until, now);
		text_add(out, " ago\n");
	}
}

static const char *
reason(const struct alert *a, const struct alert_rule *rule)
{
	switch (a->state) {
	case ALERT_INACTIVE:
		return "the condition is false";
	case ALERT_PENDING:
		return rule->lasting.unit != SPAN_NONE
			   ? "the condition is true, and must last"
			   : "the condition is true, and the cooldown is not over";
	case ALERT_FIRING:
		if (a->since_row > 0)
			return "the condition is true";
		return rule->clear != NULL
			   ? "the condition is false, and the clearing one too"
			   : "the condition is false, and the time to keep is not over";
	case ALERT_RESOLVED:
		return rule->clear != NULL ? "it fired until the clearing condition held"
					   : "it fired until the condition was false";
	}
	return "";
}

void
engine_rule_explain(const struct engine *e, int rule, struct text *out)
{
	const struct rule *r = &e->query->rules[rule];
	const struct alert *a = engine_alert(e, rule);
	const struct stream *s = e->streams[r->source];

	if (s->now == NULL || r->when < 0)
		return;
	graph_explain(s->now->graph, r->when, out);
	if (r->clear >= 0)
		graph_explain(s->now->graph, r->clear, out);
	explain_written(r->rule.name, out);
	text_addf(out, " = %s\n", alert_state_name(a->state));
	explain_line(out, "why");
	text_addf(out, "%s\n", reason(a, &r->rule));
	explain_truth("when", e, r, r->when, out);
	if (a->since_row > 0)
		text_addf(out, ", %llu row%s in a row", (unsigned long long)a->since_row,
		    a->since_row == 1 ? "" : "s");
	text_addc(out, '\n');
	explain_lasting(a, &r->rule, s->now->time, out);
	if (r->clear >= 0) {
		explain_truth("clear", e, r, r->clear, out);
		text_addc(out, '\n');
	}
	explain_delays(a, &r->rule, s->now->time, out);
	explain_line(out, "fired");
	text_addf(out, "%llu time%s\n", (unsigned long long)a->fired, a->fired == 1 ? "" : "s");
	graph_explain_held(s->now->graph, r->when, out);
}
