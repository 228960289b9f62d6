/* walks.c - what tests walk back and forth over. */
#include "tests/walks.h"

#include "data/base/text.h"
#include "tests/support.h"

char *
walk_csv(int rows)
{
	struct rng rng = { 11 };
	struct text t = { 0 };

	text_add(&t, "time,x,y,word\n");
	for (int i = 0; i < rows; i++) {
		text_addf(&t, "%d,", 1700000000 + 5 * i - (i % 41 == 7 ? 300 : 0));
		if (rng_uniform(&rng) < 0.02)
			text_add(&t, "oops,");
		else
			text_addf(&t, "%.3f,", rng_normal(&rng) * 3 + i / 200);
		text_addf(&t, "%d,%c\n", (int)(rng_next(&rng) % 9), "abc"[rng_next(&rng) % 3]);
	}
	return t.s;
}

const struct rig_options walk_options = { .motion = MOTION_SCROLL,
	.default_kpis = true,
	.kpis = { "mean(x, 5m)", "p95(y, all)" },
	.alerts = { "high: x > 6 for 2 rows", "word: word == \"a\" and y > 6" } };

void
walk_add_values(const struct rig *rig, struct text *out)
{
	const struct engine *e = rig->engine;
	struct counts c = engine_counts(e, -1);

	text_addf(out, "%llu rows, %llu bad, %llu late\n", (unsigned long long)c.rows,
	    (unsigned long long)c.bad, (unsigned long long)c.late);
	for (int i = 0; i < engine_kpis(e); i++)
		text_addf(out, "%s %a\n", engine_kpi(e, i)->name, engine_kpi_value(e, i));
	for (int i = 0; i < engine_rules(e); i++)
		text_addf(out, "%s %s %llu\n", engine_rule(e, i)->name,
		    alert_state_name(engine_alert(e, i)->state),
		    (unsigned long long)engine_rule_fired(e, i));
	for (int i = 0; i < history_marks(rig->history); i++)
		text_addf(out, "mark %llu %s\n",
		    (unsigned long long)history_mark(rig->history, i)->number,
		    history_mark(rig->history, i)->what);
}
