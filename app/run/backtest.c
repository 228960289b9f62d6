/* backtest.c - rules on trial: a recording replayed, once to learn the quantiles that ? stands for
 * and once with all rules. */
#include "app/run/backtest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/report.h"
#include "app/run/run_screen.h"
#include "app/run/session.h"
#include "data/base/numbers/number.h"
#include "data/engine/engine_view.h"

/* What ? is tried with. */
static const double quantiles[] = { 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95,
	0.98, 0.99, 0.995, 0.999 };
enum {
	QUANTILES = sizeof quantiles / sizeof *quantiles,
	VALUES_MOST = 1 << 20,
	WATCHED = 20 /* s that a replay on a screen takes, so that it can be watched */
};

struct values { /* of one expression over the recording */
	double *v;
	size_t n, cap;
};

struct learning { /* the first replay */
	struct engine *engine;
	struct values *of; /* of each KPI */
	int n;
};

struct rules { /* as they are tried: owned texts */
	char **s;
	int n;
};

static void
rules_add(struct rules *r, char *owned)
{
	r->s = memory_grow(r->s, (size_t)r->n + 1, sizeof *r->s);
	r->s[r->n++] = owned;
}

static void
rules_done(struct rules *r)
{
	for (int i = 0; i < r->n; i++)
		free(r->s[i]);
	free(r->s);
}

/* What "NAME: EXPR < ?" compares: EXPR, owned; NULL with err. */
static char *
compared(const char *rule, struct error *err)
{
	const char *mark = strchr(rule, '?'), *end = mark, *start = rule, *colon;
	struct text text = { 0 };

	while (end > rule && (end[-1] == ' ' || end[-1] == '='))
		end--;
	if (end == rule || strchr("<>", end[-1]) == NULL || strchr(mark + 1, '?') != NULL) {
		error_set(err, "backtest: %s: ? stands once, behind < <= > or >= (temperature < ?)",
		    rule);
		return NULL;
	}
	end--;
	colon = memchr(rule, ':', (size_t)(end - rule));
	if (colon != NULL)
		start = colon + 1;
	text_addn(&text, start, (size_t)(end - start));
	return text.s;
}

/* --- replays ---------------------------------------------------------------------------------- */

static int
replay(struct session *s)
{
	int status;

	session_start(s, &(struct session_face){ .signals = true });
	status = session_run(s);
	if (s->err.text[0] != '\0')
		report(&s->err, NULL);
	return status;
}

static int
failed(struct session *s, int status)
{
	report(&s->err, NULL);
	session_close(s);
	return status;
}

static void
keep(struct values *v, double x)
{
	if (number_missing(x) || v->n == VALUES_MOST)
		return;
	if (v->n == v->cap) {
		v->cap = v->cap * 2 + 1024;
		v->v = memory_grow(v->v, v->cap, sizeof *v->v);
	}
	v->v[v->n++] = x;
}

static void
no_event(void *self, const struct event *e)
{
	(void)self;
	(void)e;
}

static void
learn_rows(void *self, int source, const struct block *b, int at, int n)
{
	struct learning *l = self;

	(void)source;
	(void)b;
	(void)at;
	for (int k = 0; k < l->n; k++) {
		const double *v = engine_kpi_values(l->engine, k);

		for (int i = 0; i < n; i++)
			keep(&l->of[k], v[i]);
	}
}

/* "-", also "label=-". */
static bool
is_standard_input(const char *source)
{
	size_t n = strlen(source);

	return strcmp(source, "-") == 0 || (n > 2 && strcmp(source + n - 2, "=-") == 0);
}

/* Over the recording, the values of expressions, and how many rows there are: exit status. */
static int
learn(const struct args *asked, const char **exprs, int n, struct values *of, uint64_t *rows)
{
	static const struct config none;
	static const char *nothing = "1";
	struct args args = *asked;
	struct learning l = { .of = of, .n = n };
	struct session s;
	int status;

	args.kpis = n > 0 ? (struct arg_list){ exprs, n } : (struct arg_list){ &nothing, 1 };
	args.alerts = (struct arg_list){ 0 };
	args.truth = NULL;
	args.rate = args.speed = 0;
	args.headless = true;
	if (session_open(&s, &args, &none, false) != 0)
		return failed(&s, 2);
	if (engine_live(s.engine) && n == 0) { /* there is no count to wait for */
		session_close(&s);
		return 0;
	}
	if (engine_live(s.engine) || is_standard_input(args.sources.s[0])) {
		error_set(&s.err,
		    "backtest: ? takes two replays, and %s can be read once (name a file)",
		    args.sources.s[0]);
		return failed(&s, 2);
	}
	l.engine = s.engine;
	engine_listen(
	    s.engine, &(struct listener){
			  .wants = EVENT_ROW, .event = no_event, .rows = learn_rows, .self = &l });
	status = replay(&s);
	*rows = engine_counts(s.engine, -1).rows;
	session_close(&s);
	return status;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* "NAME: EXPR < ?" with a number in the place of ?, and behind a name that it has. */
static char *
rule_with(const char *rule, double x)
{
	const char *mark = strchr(rule, '?'), *colon = memchr(rule, ':', (size_t)(mark - rule));
	char digits[NUMBER_CHARS + 1];
	struct text text = { 0 };

	digits[number_format(x, digits)] = '\0';
	if (colon != NULL) {
		text_addn(&text, rule, (size_t)(colon - rule));
		text_addf(&text, " %s", digits);
		rule = colon;
	}
	text_addn(&text, rule, (size_t)(mark - rule));
	text_addf(&text, "%s%s", digits, mark + 1);
	return text.s;
}

/* The rule with each of the quantiles in the place of ?, equal ones once. */
static void
spread_rule(struct rules *rules, const char *rule, struct values *v)
{
	double last = NAN;

	qsort(v->v, v->n, sizeof *v->v, ascending);
	for (int i = 0; i < QUANTILES && v->n > 0; i++) {
		double x = v->v[(size_t)((double)(v->n - 1) * quantiles[i])];

		if (x == last)
			continue;
		last = x;
		rules_add(rules, rule_with(rule, x));
	}
}

/* All rules as they are to be tried; the status. rows: of the recording, where that is asked for or
 * came out by the way, else 0. */
static int
gather_rules(
    const struct args *args, struct rules *rules, bool count, uint64_t *rows, struct error *err)
{
	struct values *of = memory_new((size_t)args->alerts.n, sizeof *of);
	const char **exprs = memory_new((size_t)args->alerts.n, sizeof *exprs);
	int n = 0, status = 0;

	for (int i = 0; i < args->alerts.n && status == 0; i++) {
		char *expr;

		of[i] = (struct values){ 0 };
		if (strchr(args->alerts.s[i], '?') == NULL)
			continue;
		if ((expr = compared(args->alerts.s[i], err)) == NULL)
			status = -1;
		else
			exprs[n++] = expr;
	}
	*rows = 0;
	if (status == 0 && (n > 0 || count))
		status = learn(args, exprs, n, of, rows);
	for (int i = 0, k = 0; i < args->alerts.n && status == 0; i++)
		if (strchr(args->alerts.s[i], '?') != NULL)
			spread_rule(rules, args->alerts.s[i], &of[k++]);
		else
			rules_add(rules, memory_text(args->alerts.s[i], strlen(args->alerts.s[i])));
	for (int k = 0; k < n; k++) {
		free(of[k].v);
		free((void *)(uintptr_t)exprs[k]);
	}
	free(of);
	free(exprs);
	return status;
}

static int
try_headless(const struct args *args, struct text *out)
{
	static const struct config none;
	struct session s;
	int status;

	if (session_open(&s, args, &none, false) != 0)
		return failed(&s, 2);
	status = replay(&s);
	if (status == 0 && trials_check(s.trials, &s.err) != 0)
		return failed(&s, 2);
	if (status == 0)
		trials_print(s.trials, out);
	session_close(&s);
	return status;
}

/* What else is asked for is computed as well; where nothing is, nothing is worth its time. */
static int
try_rules(const struct args *asked, struct rules *rules, bool screen, struct text *out)
{
	static const struct config none;
	static const char *nothing = "1";
	struct args args = *asked;
	int status;

	if (!screen && args.kpis.n == 0)
		args.kpis = (struct arg_list){ &nothing, 1 };
	args.alerts.n = rules->n;
	args.alerts.s = memory_new((size_t)rules->n + 1, sizeof *args.alerts.s);
	for (int i = 0; i < rules->n; i++)
		args.alerts.s[i] = rules->s[i];
	status = screen ? run_screen(&args, &none, out) : try_headless(&args, out);
	free(args.alerts.s);
	return status;
}

static int
check_args(const struct args *args, struct error *err)
{
	if (args->sources.n != 1 || args->config != NULL)
		return error_set(err,
		    "backtest: takes one recording (weir backtest FILE --truth ROWS "
		    "-a RULE)");
	if (args->truth == NULL)
		return error_set(
		    err, "backtest: needs --truth (the rows or times at which it was odd)");
	if (args->alerts.n == 0)
		return error_set(err, "backtest: needs a rule (-a 'temperature < 9')");
	return 0;
}

/* On a screen at the pace that is asked for, else at one that can be watched: keys make it faster,
 * or slower. */
int
backtest(const struct args *asked, bool screen, struct text *out)
{
	struct args args = *asked;
	struct rules rules = { 0 };
	struct error err = { 0 };
	bool watched = screen && args.rate == 0 && args.speed == 0;
	uint64_t rows;
	int status = 2;

	args.headless = !screen;
	if (!screen)
		args.rate = args.speed = 0;
	if (check_args(&args, &err) == 0) {
		watched = watched && !is_standard_input(args.sources.s[0]);
		status = gather_rules(&args, &rules, watched, &rows, &err);
	}
	if (watched && status == 0)
		args.rate = rows == 0 ? INFINITY : ceil((double)rows / WATCHED);
	if (err.text[0] != '\0') {
		report(&err, NULL);
		status = 2;
	} else if (status == 0) {
		status = try_rules(&args, &rules, screen, out);
	}
	rules_done(&rules);
	return status;
}
