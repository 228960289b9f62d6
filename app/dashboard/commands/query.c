/* query.c - KPIs, alerts and derived columns asked for while rows go. */
#include <stdlib.h>
#include <string.h>

#include "app/config/config_names.h"
#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "app/options/args.h"
#include "data/expr/expr.h"

/* What was typed stands below: the place in it and the reason are told, not the option. */
static enum outcome
refuse(struct error *err)
{
	if (err->column > 0)
		error_column(err, err->column, "%s", error_what(err));
	else
		error_set(err, "%s", error_what(err));
	return OUTCOME_NOTHING;
}

/* Before the columns are known nothing can be said of an expression. */
static bool
is_early(const struct dashboard *d, struct error *err)
{
	if (engine_state(d->engine) != ENGINE_OPENING)
		return false;
	error_set(err, "no row was read yet, so the columns are not known");
	return true;
}

static enum outcome
say_added(struct dashboard *d, const char *what, const char *name, int64_t now)
{
	dashboard_say(d, now, "%s %.60s: %s", what, name,
	    engine_state(d->engine) == ENGINE_END ? "all rows are read, so it has no value"
						  : "from the next row on");
	return OUTCOME_DRAW;
}

/* Durations count in the rows' own times: a recording without any goes by when they are read. */
static bool
lacks_times(const struct dashboard *d, int source)
{
	return engine_schema(d->engine, source)->time < 0 && !engine_live(d->engine);
}

static enum outcome
say_kpi_added(struct dashboard *d, const struct kpi *kpi, int64_t now)
{
	if (!lacks_times(d, kpi->source) ||
	    !plan_counts_time(engine_plan(d->engine, kpi->source), kpi->root))
		return say_added(d, "KPI", kpi->name, now);
	dashboard_say(d, now,
	    "KPI %.60s: counts in time, and rows have none: it goes by when they are read",
	    kpi->name);
	return OUTCOME_DRAW;
}

static enum outcome
add_kpi(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	int before = engine_kpis(d->engine);
	bool beside; /* as -k is written: here all are */

	argument = args_kpi(argument, &beside);
	if (is_early(d, err))
		return OUTCOME_NOTHING;
	if (query_add_kpi(engine_ask(d->engine), argument, err) != 0)
		return refuse(err);
	if (engine_kpis(d->engine) == before) {
		dashboard_say(d, now, "%.60s is there already", argument);
		return OUTCOME_DRAW;
	}
	return say_kpi_added(d, engine_kpi(d->engine, before), now);
}

const struct command command_kpi = {
	.name = "kpi",
	.letter = 'k',
	.form = ":k EXPR",
	.help = "add a KPI: mean(x, 5m)",
	.run = add_kpi,
	.complete = completion_expression,
};

static enum outcome
add_alert(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct alert_rule rule;

	if (is_early(d, err))
		return OUTCOME_NOTHING;
	if (alert_rule_parse(&rule, argument, err) != 0 ||
	    query_add_rule(engine_ask(d->engine), &rule, err) != 0)
		return refuse(err);
	return say_added(
	    d, "alert", engine_rule(d->engine, engine_rules(d->engine) - 1)->name, now);
}

/* A rule that is ready made: the selected series is odd. */
static void
offer_anomaly(const struct dashboard *d, const struct completion *c)
{
	const struct series *of = view_selected(&d->view);
	struct expr leaf = { .kind = EXPR_NAME };
	struct text rule = { 0 };

	if (of == NULL)
		return;
	leaf.text = of->name;
	text_add(&rule, "anomaly(");
	expr_print(&leaf, &rule); /* an odd name stands in backticks */
	text_add(&rule, ") >= 0.5");
	completion_offer(c, text_get(&rule), "");
	text_done(&rule);
}

static void
complete_rule(const struct dashboard *d, const struct completion *c)
{
	static const char *const words[] = { "for", "rows", "severity", "info", "warning",
		"critical" };

	offer_anomaly(d, c);
	completion_expression(d, c);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		completion_offer(c, words[i], " ");
}

const struct command command_alert = {
	.name = "alert",
	.letter = 'a',
	.form = ":a RULE",
	.help = "add an alert: x > 6",
	.run = add_alert,
	.complete = complete_rule,
};

/* --- taken back ------------------------------------------------------------------------------- */

/* One of the default KPIs goes with all of them alone. */
static bool
is_default(const struct dashboard *d, const char *name, struct error *err)
{
	for (int i = 0; i < engine_kpis(d->engine); i++)
		if (engine_kpi(d->engine, i)->op != NULL &&
		    strcmp(engine_kpi(d->engine, i)->name, name) == 0) {
			error_set(err,
			    "%.60s is one of the default KPIs (weir -k EXPR begins with others "
			    "in their place)",
			    name);
			return true;
		}
	return false;
}

static enum outcome
drop(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct query *staged;

	if (!query_asks(engine_query(d->engine), argument) && source_is_there(d, argument))
		return source_drop(d, argument, now, err);
	if (is_early(d, err) || is_default(d, argument, err))
		return OUTCOME_NOTHING;
	staged = query_without(engine_query(d->engine), argument, err);
	if (staged == NULL)
		return OUTCOME_NOTHING;
	if ((d->config != NULL && config_check_names(d->config, staged, err) != 0) ||
	    engine_replace(d->engine, staged, err) != 0) {
		query_free(staged);
		return OUTCOME_NOTHING;
	}
	dashboard_say(d, now, "%.60s is taken back", argument);
	return OUTCOME_DRAW;
}

/* A derived column that was asked for here has a KPI of its name. */
static bool
name_is_new(const struct query *q, const char *name)
{
	for (int i = 0; i < q->nderived; i++)
		if (strcmp(q->derived[i].name, name) == 0)
			return false;
	return true;
}

static void
complete_asked(const struct dashboard *d, const struct completion *c)
{
	const struct query *q = engine_query(d->engine);

	for (int i = 0; i < q->nderived; i++)
		completion_offer(c, q->derived[i].name, "");
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].expr != NULL && name_is_new(q, q->kpis[i].name))
			completion_offer(c, q->kpis[i].name, "");
	for (int i = 0; i < q->nrules; i++)
		completion_offer(c, q->rules[i].rule.name, "");
	source_complete(d, c);
}

const struct command command_drop = {
	.name = "drop",
	.form = ":drop NAME",
	.help = "take back; end a source",
	.run = drop,
	.complete = complete_asked,
};

/* --- kept ------------------------------------------------------------------------------------- */

static bool
is_dashboard(const char *path)
{
	size_t n = strlen(path);

	return (n > 5 && strcmp(path + n - 5, ".yaml") == 0) ||
	       (n > 4 && strcmp(path + n - 4, ".yml") == 0);
}

static enum outcome
save(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)now;
	if (is_early(d, err))
		return OUTCOME_NOTHING;
	if (!is_dashboard(argument)) {
		error_set(err, "'%.60s' is no name of a dashboard file (expected such as my.yaml)",
		    argument);
		return OUTCOME_NOTHING;
	}
	free(d->save_path);
	d->save_path = memory_text(argument, strlen(argument));
	return OUTCOME_SAVE;
}

const struct command command_save = {
	.name = "save",
	.form = ":save FILE",
	.help = "save as FILE.yaml",
	.run = save,
};

/* --- derived columns -------------------------------------------------------------------------- */

/* A derived column that comes late is no column of the tables: a KPI shows it. */
static enum outcome
add_derived(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct expr leaf = { .kind = EXPR_NAME };
	struct text kpi = { 0 };
	enum outcome outcome = OUTCOME_NOTHING;

	if (is_early(d, err) || expr_nameless(argument, err))
		return OUTCOME_NOTHING;
	if (query_derive(engine_ask(d->engine), argument, err) != 0)
		return refuse(err);
	expr_named(argument, '=', &leaf.text);
	expr_print(&leaf, &kpi);
	if (query_add_kpi(engine_ask(d->engine), text_get(&kpi), err) == 0)
		outcome = say_added(d, "column", leaf.text, now);
	free(leaf.text);
	text_done(&kpi);
	return outcome;
}

const struct command command_derive = {
	.name = "derive",
	.letter = 'd',
	.form = ":d N=EXPR",
	.help = "add a derived column",
	.run = add_derived,
	.complete = completion_expression,
};
