/* test_panes.c - what a pane's of: and kpis: show on each kind of pane, and what is refused. */
#include <stdio.h>
#include <string.h>

#include "tests/rig.h"
#include "tests/support.h"

#define HEAD                                                                                       \
	"sources: [{uri: \"synth:reactor?seed=3&rows=300\"}]\n"                                    \
	"columns: [{name: temperature, label: Heat, unit: K}]\n"                                   \
	"kpis: [{name: half, expr: temperature / 2}, {name: word, expr: \"top(phase, 1, 20)\"}]\n" \
	"alerts:\n  - {name: warm, when: temperature > 0}\n  - {name: sour, when: pH < 99}\n"      \
	"layout: [{panes: [{widget: "
#define TAIL "}]}]\n"

static bool
shows(const char *picture, const char *text)
{
	return strstr(picture, text) != NULL;
}

/* Each of the texts, a line each, is there; behind '!' one that is not. */
static void
check_texts(const char *pane, const char *picture, const char *texts)
{
	char text[128];

	for (const char *p = texts, *end; *p != '\0'; p = *end != '\0' ? end + 1 : end) {
		bool absent = *p == '!';

		end = strchrnul(p, '\n');
		snprintf(text, sizeof text, "%.*s", (int)(end - p) - absent, p + absent);
		if (shows(picture, text) == absent)
			fprintf(stderr, "%s\n", picture);
		ck_assert_msg(shows(picture, text) != absent, "%s: %s'%s'", pane,
		    absent ? "shows " : "does not show ", text);
	}
}

static const struct {
	const char *pane, *texts;
} panes[] = {
	{ "chart", "─ Heat K ─" },
	{ "chart, of: pH", "─ pH ─" },
	{ "chart, of: \"pH, half\"", "─ pH, half ─\n half" },
	{ "chart, of: pH, kpis: \"mean, p95\"", "─ pH, mean(pH), p95(pH) ─" },
	{ "chart, kpis: mean", "─ Heat K, mean(temperature) K ─" },
	{ "table, of: \"pH\", kpis: \"mean, sd\"", "pH\nMEAN\nSD\n!P95\n!Heat" },
	{ "table, kpis: p95", "P95\n!MEAN\nHeat K\npH" },
	{ "kpis", "half\nword" },
	{ "kpis, of: pH", "─ KPIs of pH ─\nlast\nmean\n!half" },
	{ "kpis, of: pH, kpis: \"half, mean\"", "─ KPIs ─\nhalf\nmean(pH)\n!last\n!mean(temp" },
	{ "kpis, kpis: half", "half\n!word" },
	{ "stat, of: pH", "─ pH ─" },
	{ "stat, of: pH, kpis: sd", "─ sd(pH) ─" },
	{ "stat, kpis: half", "─ half ─" },
	{ "gauge, of: temperature, kpis: mean", "─ mean(temperature) K ─" },
	{ "gauge, of: half", "─ half ─" },
	{ "histogram, of: pH", "─ pH ─" },
	{ "histogram, of: half", "─ half ─" },
	{ "heatmap, of: half", "─ half ─" },
	{ "bars, of: phase", "─ phase ─" },
	{ "bars, kpis: \"half, pH\"", "half\npH" },
	{ "bars, of: \"temperature, pH\", kpis: \"mean, max\"",
	    "mean(temperature)\nmean(pH)\nmax(temperature)\nmax(pH)" },
	{ "sparkline, of: \"pH, temperature\"", "│ Heat" },
	{ "sparkline, of: temperature, kpis: mean", "│ mean(temperature)" },
	{ "chart, of: temperature, axis: log", "10┤" },
	{ "scatter, x: temperature, y: pH", "─ pH against Heat ─" },
	{ "scatter, of: \"pH, temperature\"", "─ Heat against pH ─" },
	{ "alerts", "warm\nsour" },
	{ "alerts, of: pH", "!warm\nsour" },
	{ "alerts, of: warm", "warm\n!pH" },
	{ "alerts, of: \"temperature, sour\"", "warm\nsour" },
	{ "rows", "time\ntemperature\npH\nphase" },
	{ "rows, of: \"phase, pH\"", "phase    pH\n!temperature" },
	{ "scores, of: pH", "MASE" },
	{ "experts, of: pH", "experts of the forecast" },
	{ "explain, of: half", "─ explain half ─\ntemperature / 2" },
	{ "explain, of: sour", "─ explain sour ─" },
	{ "explain, of: pH", "─ explain mean(pH) ─" },
	{ "note, text: hello", "hello" },
};

START_TEST(each_kind)
{
	struct error err = { 0 };
	struct text yaml = { 0 };
	struct rig rig;

	text_addf(&yaml, HEAD "%s" TAIL, panes[_i].pane);
	ck_assert_msg(
	    rig_open_file(&rig, text_get(&yaml), &err) == 0, "%s: %s", panes[_i].pane, err.text);
	rig_rows(&rig, 200, 120, 36);
	check_texts(panes[_i].pane, rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), panes[_i].texts);
	rig_close(&rig);
	text_done(&yaml);
}
END_TEST

/* The place is that of the value; columns count from the line's first character. */
static const struct {
	const char *pane, *wrong;
} wrong[] = {
	{ "chart, of: phase", "7:39: 'phase' is a column of texts (expected numbers)" },
	{ "chart, of: \"pH, heat\"", "7:40: no column 'heat'" },
	{ "chart, of: word", "7:39: the KPI 'word' is a text (expected a number)" },
	{ "chart, kpis: median", "7:41: no KPI 'median' (expected a KPI, or some of last|mean|" },
	{ "table, of: half", "7:39: 'half' is a KPI (expected a column)" },
	{ "table, kpis: half", "7:41: 'half' is not shown here (expected some of mean|" },
	{ "stat, of: \"pH, temperature\"", "7:39: 2 names (expected one)" },
	{ "stat, kpis: \"mean, sd\"", "7:41: 2 names (expected one)" },
	{ "gauge, kpis: word", "7:41: the KPI 'word' is a text" },
	{ "histogram, kpis: mean",
	    "7:45: 'kpis' means nothing to histogram (expected widget, of, title, width)" },
	{ "heatmap, kpis: mean", "7:43: 'kpis' means nothing to heatmap" },
	{ "sparkline, of: phase", "'phase' is a column of texts (expected numbers)" },
	{ "chart, axis: cubic", "'axis' is 'cubic' (expected linear|log)" },
	{ "scatter, of: pH", "7:41: scatter needs two names (expected of: " },
	{ "scatter, kpis: mean", "'kpis' means nothing to scatter" },
	{ "scatter, x: pH", "scatter needs 'y' (the column along the left edge" },
	{ "scatter, x: pH, y: phase", "'phase' is a column of texts (expected numbers)" },
	{ "bars, of: nothing", "7:38: no column 'nothing'" },
	{ "bars, of: phase, kpis: mean", "7:38: 'phase' is a column of texts" },
	{ "alerts, of: cold", "7:40: no column 'cold'" },
	{ "alerts, kpis: mean", "7:42: 'kpis' means nothing to alerts" },
	{ "rows, of: half", "7:38: 'half' is a KPI (expected a column)" },
	{ "rows, kpis: mean", "7:40: 'kpis' means nothing to rows" },
	{ "scores, of: half", "7:40: 'half' is a KPI (expected a column)" },
	{ "note, text: x, of: pH",
	    "'of' means nothing to note (expected widget, text, title, width)" },
	{ "help, of: pH", "7:38: 'of' means nothing to help (expected widget, title, width)" },
	{ "explain, of: nothing", "7:41: no column 'nothing'" },
};

START_TEST(what_means_nothing_is_refused)
{
	struct error err = { 0 };
	struct text yaml = { 0 };
	struct rig rig;

	text_addf(&yaml, HEAD "%s" TAIL, wrong[_i].pane);
	ck_assert_int_eq(rig_open_file(&rig, text_get(&yaml), &err), -1);
	ck_assert_msg(
	    strstr(err.text, wrong[_i].wrong) != NULL, "%s: %s", wrong[_i].pane, err.text);
	rig_close(&rig);
	text_done(&yaml);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("panes");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_loop_test(all, each_kind, 0, sizeof panes / sizeof *panes);
	tcase_add_loop_test(all, what_means_nothing_is_refused, 0, sizeof wrong / sizeof *wrong);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
