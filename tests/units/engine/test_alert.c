/* test_alert.c - rules read from a line, and the states against a recount of the whole history. */
#include "data/query/alert.h"

#include <string.h>

#include "data/base/times/times.h"
#include "tests/support.h"

static const struct {
	const char *text, *name, *when;
	struct span lasting;
	enum severity severity;
} rules[] = {
	{ "temperature < 10", "temperature < 10", "temperature < 10", { SPAN_NONE, 0 },
	    SEVERITY_WARNING },
	{ "  x>1  ", "x>1", "x>1", { SPAN_NONE, 0 }, SEVERITY_WARNING },
	{ "too low: temperature < 10 for 5s severity critical", "too low", "temperature < 10",
	    { SPAN_TIME, 5 * TIME_SECOND }, SEVERITY_CRITICAL },
	{ "x > 1 severity info for 1h30m", "x > 1", "x > 1", { SPAN_TIME, 5400 * TIME_SECOND },
	    SEVERITY_INFO },
	{ "x > 1 for 3 rows", "x > 1", "x > 1", { SPAN_ROWS, 3 }, SEVERITY_WARNING },
	{ "x > 1 for 1 row severity warning", "x > 1", "x > 1", { SPAN_ROWS, 1 },
	    SEVERITY_WARNING },
	{ "x > 1 for 0", "x > 1", "x > 1", { SPAN_NONE, 0 }, SEVERITY_WARNING },
	{ "x > 1 for 0s", "x > 1", "x > 1", { SPAN_NONE, 0 }, SEVERITY_WARNING },
	{ "x > 1 for 0 severity info", "x > 1", "x > 1", { SPAN_NONE, 0 }, SEVERITY_INFO },
	{ "(x > 1)for 5s", "(x > 1)", "(x > 1)", { SPAN_TIME, 5 * TIME_SECOND }, SEVERITY_WARNING },
	{ "s == \"wait for 5s\" for 2s", "s == \"wait for 5s\"", "s == \"wait for 5s\"",
	    { SPAN_TIME, 2 * TIME_SECOND }, SEVERITY_WARNING },
	{ "s == \"a \\\" for 5s\"", "s == \"a \\\" for 5s\"", "s == \"a \\\" for 5s\"",
	    { SPAN_NONE, 0 }, SEVERITY_WARNING },
	{ "`up for 5s` > 1", "`up for 5s` > 1", "`up for 5s` > 1", { SPAN_NONE, 0 },
	    SEVERITY_WARNING },
	{ "severity > 3 and for < 2 severity info", "severity > 3 and for < 2",
	    "severity > 3 and for < 2", { SPAN_NONE, 0 }, SEVERITY_INFO },
	{ "not for for 5s", "not for", "not for", { SPAN_TIME, 5 * TIME_SECOND },
	    SEVERITY_WARNING },
	{ "x > 1 and not for", "x > 1 and not for", "x > 1 and not for", { SPAN_NONE, 0 },
	    SEVERITY_WARNING },
	{ "for or severity severity info", "for or severity", "for or severity", { SPAN_NONE, 0 },
	    SEVERITY_INFO },
	{ "x > severity for 2s", "x > severity", "x > severity", { SPAN_TIME, 2 * TIME_SECOND },
	    SEVERITY_WARNING },
	{ "max(severity, 60) > 1", "max(severity, 60) > 1", "max(severity, 60) > 1",
	    { SPAN_NONE, 0 }, SEVERITY_WARNING },
	{ "fortune > 1 severity_x", "fortune > 1 severity_x", "fortune > 1 severity_x",
	    { SPAN_NONE, 0 }, SEVERITY_WARNING },
};

START_TEST(rules_are_read)
{
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		struct alert_rule rule;
		struct error err = { 0 };

		ck_assert_msg(alert_rule_parse(&rule, rules[i].text, &err) == 0, "%s", err.text);
		ck_assert_str_eq(rule.name, rules[i].name);
		ck_assert_str_eq(rule.when, rules[i].when);
		ck_assert_msg(rule.lasting.unit == rules[i].lasting.unit, "%s", rules[i].text);
		ck_assert_int_eq(rule.lasting.n, rules[i].lasting.n);
		ck_assert_int_eq(rule.severity, rules[i].severity);
		ck_assert(rule.clear == NULL && rule.keep == 0 && rule.cooldown == 0);
		alert_rule_done(&rule);
	}
}
END_TEST

static const struct {
	const char *text, *error;
} wrong[] = {
	{ "", "column 1: the condition is missing (expected such as temperature < 10)" },
	{ "name:  ", "column 8: the condition is missing (expected such as temperature < 10)" },
	{ "x > 1 for",
	    "column 10: nothing after 'for' (expected a duration such as 5s, or 3 rows)" },
	{ "x > 1 for ever",
	    "column 11: 'ever' is no time to last (expected a duration such as 5s, or 3 "
	    "rows)" },
	{ "x > 1 for 5",
	    "column 11: '5' is no time to last (expected a duration such as 5s, or 3 rows)" },
	{ "x > 1 for 5 severity info",
	    "column 11: '5' is no time to last (expected a duration such as "
	    "5s, or 3 rows)" },
	{ "x > 1 for -3 rows",
	    "column 11: '-3' is no time to last (expected a duration such as 5s, or "
	    "3 rows)" },
	{ "x > 1 for 1e300 rows",
	    "column 11: '1e300' is no time to last (expected a duration such as 5s, or 3 rows)" },
	{ "x > 1 for 1.5 rows",
	    "column 11: '1.5' is no time to last (expected a duration such as 5s, "
	    "or 3 rows)" },
	{ "\xc3\xa9 > 1 severity bad", "column 16: 'bad' is no severity (expected info, warning or "
				       "critical)" },
	{ "x > 1 severity",
	    "column 15: nothing after 'severity' (expected info, warning or critical)" },
	{ "x > 1 for 5s for 6s", "column 14: 'for' stands there twice" },
	{ "x > 1 severity info severity info", "column 21: 'severity' stands there twice" },
	{ "n: x > 1 for 5s and y > 2",
	    "column 17: 'and' after the condition (expected for DURATION, for "
	    "N rows or severity WORD)" },
};

START_TEST(wrong_rules_name_the_place)
{
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct alert_rule rule;
		struct error err = { 0 };

		ck_assert_msg(
		    alert_rule_parse(&rule, wrong[i].text, &err) == -1, "%s", wrong[i].text);
		ck_assert_str_eq(err.text, wrong[i].error);
	}
}
END_TEST

START_TEST(words_of_alerts)
{
	enum severity severity;

	ck_assert(severity_parse("critical", &severity) == 0 && severity == SEVERITY_CRITICAL);
	ck_assert(severity_parse("info", &severity) == 0 && severity == SEVERITY_INFO);
	ck_assert_int_eq(severity_parse("Info", &severity), -1);
	ck_assert_str_eq(severity_name(SEVERITY_WARNING), "warning");
	ck_assert_str_eq(alert_state_name(ALERT_PENDING), "pending");
	ck_assert_str_eq(alert_state_name(ALERT_RESOLVED), "resolved");
}
END_TEST

/* What happened at each row, as letters: F began to fire, R resolved, - neither. */
static void
check_story(const struct alert_rule *rule, const char *when, const char *clear, const int *times,
    const char *expected)
{
	struct alert a = { 0 };
	char story[64];
	size_t n = strlen(when);

	for (size_t i = 0; i < n; i++) {
		int64_t time = (times != NULL ? times[i] : (int)i) * TIME_SECOND;
		bool told =
		    alert_step(&a, rule, when[i] == '1', clear != NULL && clear[i] == '1', time);

		ck_assert(!told || a.state == ALERT_FIRING || a.state == ALERT_RESOLVED);
		story[i] = !told ? '-' : a.state == ALERT_FIRING ? 'F' : 'R';
	}
	story[n] = '\0';
	ck_assert_str_eq(story, expected);
}

START_TEST(stories)
{
	char clear_expr[] = "clear";
	struct alert_rule at_once = { .severity = SEVERITY_INFO };
	struct alert_rule rows = { .lasting = { SPAN_ROWS, 3 } };
	struct alert_rule time = { .lasting = { SPAN_TIME, 5 * TIME_SECOND } };
	struct alert_rule hysteresis = { .clear = clear_expr };
	struct alert_rule keep = { .keep = 3 * TIME_SECOND };
	struct alert_rule cooldown = { .cooldown = 4 * TIME_SECOND };
	struct alert_rule all = { .lasting = { SPAN_ROWS, 2 },
		.clear = clear_expr,
		.keep = 2 * TIME_SECOND,
		.cooldown = 5 * TIME_SECOND };
	int uneven[] = { 0, 1, 4, 6, 7, 8, 20 };

	check_story(&at_once, "0101100", NULL, NULL, "-FRF-R-");
	check_story(&rows, "1101110011110", NULL, NULL, "-----FR---F-R");
	check_story(&time, "111111100", NULL, NULL, "-----F-R-");
	check_story(&time, "1111111", NULL, uneven, "---F---");
	check_story(&time, "1101111", NULL, uneven, "------F");
	check_story(&hysteresis, "0100010010", "0000100001", NULL, "-F--RF---R");
	check_story(&keep, "1001000011", NULL, NULL, "F-----R-F-");
	check_story(&cooldown, "1010111110", NULL, NULL, "FR---F---R");
	check_story(&all, "011000001111110", "000001100000001", NULL, "--F---R----F---");
}
END_TEST

/* --- the slow twin: at each row, everything is worked out from the rows up to it --- */

enum { ROWS = 400 };

struct weights_chart {
	bool when[ROWS], clear[ROWS];
	int64_t time[ROWS];
	int n;
};

/* Did the condition hold for long enough, as seen at row i, counted from row "from" on? */
static bool
twin_lasted(const struct weights_chart *h, const struct alert_rule *rule, int i, int from)
{
	int first = i;

	if (!h->when[i])
		return false;
	while (first > from && h->when[first - 1])
		first--;
	if (rule->lasting.unit == SPAN_ROWS)
		return i - first + 1 >= rule->lasting.n;
	if (rule->lasting.unit == SPAN_TIME)
		return h->time[i] - h->time[first] >= rule->lasting.n;
	return true;
}

/* The row at which an alert that fires from row "from" on is resolved; n if none. */
static int
twin_resolved(const struct weights_chart *h, const struct alert_rule *rule, int from)
{
	int held = from;

	for (int i = from + 1; i < h->n; i++) {
		if (rule->clear != NULL ? !h->clear[i] : h->when[i])
			held = i;
		else if (h->time[i] - h->time[held] >= rule->keep)
			return i;
	}
	return h->n;
}

static void
twin_stories(const struct weights_chart *h, const struct alert_rule *rule, char *story)
{
	int from = 0, resolved = -1;

	memset(story, '-', (size_t)h->n);
	for (int i = 0; i < h->n; i++) {
		if (!twin_lasted(h, rule, i, from))
			continue;
		if (resolved >= 0 && h->time[i] - h->time[resolved] < rule->cooldown)
			continue;
		story[i] = 'F';
		resolved = twin_resolved(h, rule, i);
		if (resolved == h->n)
			return;
		story[resolved] = 'R';
		i = resolved;
		from = resolved + 1;
	}
}

START_TEST(states_agree_with_a_recount)
{
	char clear_expr[] = "clear";
	struct rng r = { 11 };
	static struct weights_chart h;
	char ours[ROWS], theirs[ROWS];
	int fired = 0;

	for (int trial = 0; trial < 3000; trial++) {
		double stay = 0.5 + rng_uniform(&r) / 2;
		struct alert a = { 0 };
		struct alert_rule rule = {
			.lasting = { (enum span_unit)(rng_next(&r) % 3),
			    (int64_t)(1 + rng_next(&r) % 6) },
			.clear = rng_next(&r) % 2 == 0 ? clear_expr : NULL,
			.keep = (int64_t)(rng_next(&r) % 2 * rng_next(&r) % 10),
			.cooldown = (int64_t)(rng_next(&r) % 2 * rng_next(&r) % 20),
		};

		h.n = ROWS;
		for (int i = 0; i < ROWS; i++) {
			h.when[i] =
			    i > 0 && rng_uniform(&r) < stay ? h.when[i - 1] : rng_next(&r) % 2;
			h.clear[i] = rng_next(&r) % 4 == 0;
			h.time[i] = (i > 0 ? h.time[i - 1] : 0) + (int64_t)(rng_next(&r) % 4);
			ours[i] = !alert_step(&a, &rule, h.when[i], h.clear[i], h.time[i]) ? '-'
				  : a.state == ALERT_FIRING                                ? 'F'
											   : 'R';
			fired += ours[i] == 'F';
		}
		twin_stories(&h, &rule, theirs);
		ck_assert_msg(memcmp(ours, theirs, ROWS) == 0, "trial %d:\n%.400s\n%.400s", trial,
		    ours, theirs);
	}
	ck_assert_int_gt(fired, 10000);
}
END_TEST

START_TEST(extreme_times)
{
	struct alert_rule rule = { .lasting = { SPAN_TIME, INT64_MAX }, .keep = 1, .cooldown = 1 };
	struct alert a = { 0 };

	ck_assert(!alert_step(&a, &rule, true, false, INT64_MIN + 1));
	ck_assert(a.state == ALERT_PENDING);
	ck_assert(alert_step(&a, &rule, true, false, INT64_MAX));
	ck_assert(!alert_step(&a, &rule, false, false, INT64_MIN + 1));
	ck_assert_uint_eq(a.fired, 1);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("alert");
	TCase *c = tcase_create("alert");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, rules_are_read);
	tcase_add_test(c, wrong_rules_name_the_place);
	tcase_add_test(c, words_of_alerts);
	tcase_add_test(c, stories);
	tcase_add_test(c, states_agree_with_a_recount);
	tcase_add_test(c, extreme_times);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
