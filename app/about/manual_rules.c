/* manual_rules.c - the manual on what rules do when they fire, on events, on trials of rules, and
 * on what is served. */
#include "app/about/manual_parts.h"

#include "app/actions/action.h"

static const char alerts[] =
    ".SH ALERTS\n"
    "\\&'[NAME: ]EXPR [for DUR|N rows] [severity info|warning|critical]': a rule is inactive,\n"
    "pending while its for runs, firing, then resolved, all in the rows' own time. In a dashboard\n"
    "file it can also have \\fBclear:\\fR EXPR (it fires on until that holds), \\fBkeep:\\fR DUR "
    "(it fires on\nthat long after its condition ended), \\fBcooldown:\\fR DUR (it does not fire "
    "again for that long) and\n\\fBdo:\\fR, a list of what is done when it begins to fire; "
    "\\fBon: [firing, resolved]\\fR changes when.\n";

static const char how_actions_run[] =
    ".PP\nPrograms get the event as JSON on their standard input, and WEIR_NAME, WEIR_STATE, "
    "WEIR_SEVERITY,\nWEIR_SOURCE, WEIR_ROW, WEIR_TIME, WEIR_KEY, WEIR_EXPR and WEIR_VALUE_COLUMN "
    "in their environment.\nAt most 8 actions run at once, each for at most 10 s; rows do not "
    "wait for them, and what is not\ndone is a bad event. Replays act, too, but with "
    "\\fB\\-\\-no\\-actions\\fR.\n";

static const char events[] =
    ".SH EVENTS\n"
    "Without a screen, one JSON object a line; \\fB\\-\\-emit\\fR chooses of which types:\n";

static const struct {
	const char *type, *meaning;
} types[] = {
	{ "start", "version and sources: columns with their types, and the dialect where it is not "
		   "the plain case" },
	{ "row (--emit rows)", "source, row, time, key, values of the columns, kpis" },
	{ "alert (--emit alerts)", "name, state (firing or resolved), severity, row, time, key, "
				   "expr, and the values of the "
				   "columns that it reads" },
	{ "drift", "expr, row, time: a detector declared a change" },
	{ "forecast", "at the end, of each column that has one: of, row, horizon, and the arrays "
		      "mean, lower and upper with their coverage" },
	{ "bad", "source, row, column, what is wrong, and the text: a cell, a record, an action" },
	{ "note", "what else is worth telling: a season found, a source that is connected again" },
	{ "summary", "rows, bad, late, dropped, seconds, how often each rule fired, the last kpis, "
		     "scores of forecasts and of what learns" },
};

static const char trials[] =
    ".PP\ntime stands there with a column of times or at a live source, key with \\fB\\-\\-by\\fR, "
    "source in alerts and\ndrifts of several sources. What is missing is null.\n"
    ".SH TRIALS\n"
    "\\fBweir backtest\\fR replays a recording of which \\fB\\-\\-truth\\fR says where it was odd: "
    "rows (700), ranges\n(700\\-740, FROM/TO of times), with commas between, or a CSV file of "
    "them. An alert is true from the\nstart of a range to its end, or within the default window "
    "behind a single row; a range that a rule\nfires in already as it begins is found with delay "
    "0. A rule with a ? (temperature < ?) is tried with\nquantiles in its place.\n";

static const char serving[] =
    ".SH SERVING\n"
    "\\fB\\-\\-serve\\fR answers at / with the dashboard as a page, /metrics (Prometheus), /state "
    "(rows, sources,\nkpis and alerts as JSON), /events (server\\-sent, the last 100 first; "
    "?types=alerts,rows), and\n/predict?of=COLUMN&h=N (a forecast event). A POST of a JSON object "
    "of columns to /predict answers with\nthe KPIs as if that row came next, and nothing is "
    "learned. Beyond this machine it listens with a token\nalone: Authorization: Bearer TOKEN, or "
    "once ?token=TOKEN.\n";

void
manual_rules(struct text *out)
{
	text_add(out, alerts);
	for (int i = 0; action_classes[i] != NULL; i++)
		manual_entry(out, action_classes[i]->name, action_classes[i]->help);
	text_add(out, how_actions_run);
	text_add(out, events);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		manual_entry(out, types[i].type, types[i].meaning);
	text_add(out, trials);
	text_add(out, serving);
}
