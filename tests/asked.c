/* asked.c - what tests ask of an engine. */
#include "tests/asked.h"

#include "tests/support.h"

void
asked_add(struct query *q, const struct asked *a)
{
	struct error err = { 0 };
	struct alert_rule rule;

	for (int i = 0; a->derive[i] != NULL; i++)
		ck_assert_msg(query_derive(q, a->derive[i], &err) == 0, "%s", err.text);
	for (int i = 0; a->kpis[i] != NULL; i++)
		ck_assert_msg(query_add_kpi(q, a->kpis[i], &err) == 0, "%s", err.text);
	for (int i = 0; a->alerts[i] != NULL; i++) {
		ck_assert_int_eq(alert_rule_parse(&rule, a->alerts[i], &err), 0);
		ck_assert_msg(query_add_rule(q, &rule, &err) == 0, "%s", err.text);
	}
}
