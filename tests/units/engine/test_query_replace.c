/* test_query_replace.c - asking anew while rows go: what is the same goes on to the bit, the
 * rest starts or ends. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/engine/engine_view.h"
#include "data/history/history.h"
#include "tests/asked.h"
#include "tests/support.h"

enum { ROWS = 1200, NAMES = 12 };
#define ABSENT (-98765.0) /* there is no KPI of this name */

struct watched { /* an engine, and what it told of the KPIs that are watched */
	struct engine *engine;
	const char *const *names;
	double *values[NAMES];
	int n;
	struct text alerts;
};

static char paths[2][32];

static void
write_files(void)
{
	struct rng rng = { 11 };

	for (int f = 0; f < 2; f++) {
		FILE *file;

		strcpy(paths[f], "/tmp/weir-replace-XXXXXX");
		file = fdopen(mkstemp(paths[f]), "w");
		ck_assert_ptr_nonnull(file);
		fprintf(file, f == 0 ? "time,x,y,k\n" : "time,u\n");
		for (int i = 0; i < ROWS; i++) {
			double x = sin(i / 9.0) + rng_normal(&rng) / 4;

			if (f == 0)
				fprintf(file, "%d,%.3f,%.3f,%c\n", 1700000000 + i * 3, x,
				    rng_normal(&rng), "abcde"[rng_next(&rng) % 5]);
			else
				fprintf(file, "%d,%.3f\n", 1700000001 + i * 3, x);
		}
		fclose(file);
	}
}

static void
remove_files(void)
{
	for (int f = 0; f < 2; f++)
		unlink(paths[f]);
}

static int
kpi_of(const struct engine *e, const char *name)
{
	for (int i = 0; i < engine_kpis(e); i++)
		if (strcmp(engine_kpi(e, i)->name, name) == 0)
			return i;
	return -1;
}

static void
on_rows(void *self, int source, const struct block *b, int at, int n)
{
	struct watched *w = self;

	(void)b;
	(void)at;
	ck_assert_int_le(w->n + n, 2 * ROWS);
	for (int k = 0; w->names[k] != NULL; k++) {
		int kpi = kpi_of(w->engine, w->names[k]);
		bool steps = kpi >= 0 && engine_kpi(w->engine, kpi)->source == source;
		const double *values = steps ? engine_kpi_values(w->engine, kpi) : NULL;

		for (int i = 0; i < n; i++)
			w->values[k][w->n + i] = values != NULL ? values[i] : ABSENT;
	}
	w->n += n;
}

static void
on_event(void *self, const struct event *event)
{
	struct watched *w = self;

	text_addf(&w->alerts, "%s %s %d\n", engine_rule(w->engine, event->rule)->name,
	    alert_state_name(event->state), (int)event->row);
}

static void
watch(struct watched *w, const struct engine_options *options, int sources, const struct asked *a,
    const char *const *names)
{
	struct listener listener = {
		.wants = EVENT_ALERT, .event = on_event, .rows = on_rows, .self = w
	};
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	struct text source = { 0 };

	*w = (struct watched){ .names = names };
	for (int k = 0; names[k] != NULL; k++)
		w->values[k] = memory_new(2 * ROWS, sizeof(double));
	w->engine = engine_new(options, NULL, &err);
	ck_assert_ptr_nonnull(w->engine);
	engine_listen(w->engine, &listener);
	asked_add(engine_ask(w->engine), a);
	for (int i = 0; i < sources; i++) {
		text_clear(&source);
		text_addf(&source, "%c=%s", 'a' + i, paths[i]);
		ck_assert_int_eq(engine_add_source(w->engine, source.s, &feed, &err), 0);
	}
	text_done(&source);
}

static void
watch_done(struct watched *w)
{
	for (int k = 0; w->names[k] != NULL; k++)
		free(w->values[k]);
	text_done(&w->alerts);
	engine_free(w->engine);
}

static void
run(struct watched *w, int rows)
{
	struct error err = { 0 };
	enum engine_state state;
	int64_t wake;

	pacer_pause(engine_pacer(w->engine), rows > 0, 0);
	if (rows > 0)
		pacer_step(engine_pacer(w->engine), rows);
	do
		state = engine_run(w->engine, 10000000, &wake, &err);
	while (state == ENGINE_RUNNING);
	ck_assert_msg(state == (rows > 0 ? ENGINE_WAITING : ENGINE_END), "%s", err.text);
}

static void
ask_anew(struct engine *e, const struct asked *a)
{
	struct error err = { 0 };
	struct query *staged = query_stage(engine_query(e), (struct span){ SPAN_NONE, 0 });

	asked_add(staged, a);
	ck_assert_msg(query_bind(staged, &err) == 0, "%s", err.text);
	query_keep(staged, engine_query(e));
	ck_assert_msg(engine_replace(e, staged, &err) == 0, "%s", err.text);
}

static void
check_same(const struct watched *is, const struct watched *as, int from)
{
	ck_assert_int_eq(is->n, as->n);
	for (int k = 0; is->names[k] != NULL; k++)
		for (int i = from; i < is->n; i++)
			ck_assert_msg(memcmp(&is->values[k][i], &as->values[k][i], 8) == 0,
			    "%s at %d: %.17g for %.17g", is->names[k], i, is->values[k][i],
			    as->values[k][i]);
}

/* The lines of these rules, by the first letters of their names. */
static char *
lines_of(const char *alerts, char first)
{
	struct text out = { 0 };
	char *lines;

	for (const char *p = alerts; *p != '\0'; p = strchr(p, '\n') + 1)
		if (*p == first)
			text_addn(&out, p, strcspn(p, "\n") + 1);
	lines = memory_text(text_get(&out), out.len);
	text_done(&out);
	return lines;
}

static void
check_lines(const struct watched *is, const struct watched *as, char first)
{
	char *a = lines_of(text_get(&is->alerts), first),
	     *b = lines_of(text_get(&as->alerts), first);

	ck_assert_str_eq(a, b);
	ck_assert_uint_gt(strlen(b), 0);
	free(a);
	free(b);
}

static const struct asked before = {
	.derive = { "r = x / (y + 10)", "gone = x - y" },
	.kpis = { "m: mean(x, 50)", "q: p95(r, 200)", "e: expected(x)", "l: lower(r, 0.9)",
	    "t: top(k, 2, 100)", "w: ewma(y, alpha=0.1)", "s: sd(x, 5m)", "v: r",
	    "old: sum(gone, 10)" },
	.alerts = { "hot: x > 0.5 for 5 rows", "avg: mean(x, 30) > 0.3", "other: x > 0.2",
	    "lost: y > 1" },
};
/* Another order, other names around them, other ones beside them. */
static const struct asked after = {
	.derive = { "first = x * 2", "r = x / (y+10)" },
	.kpis = { "new: count(x, all)", "v: r", "s: sd(x, 5m)", "w: ewma(y, alpha=0.1)",
	    "t: top(k,2,100)", "l: lower(r, 0.9)", "e: expected(x)", "q: p95(r, 200)",
	    "m: mean(x,50)" },
	.alerts = { "avg: mean(x, 30) > 0.3 severity critical", "other: x > 0.9",
	    "hot: x > 0.5 for 5 rows" },
};
static const char *const same[] = { "m", "q", "e", "l", "t", "w", "s", "v", NULL };

START_TEST(what_is_the_same_goes_on)
{
	static const int rows[] = { 1, 2, 61, 245, 700, 1199 };
	static const struct engine_options plain = { 0 }, keyed = { .query.by = "k" };
	const struct engine_options *options = _i % 2 == 0 ? &plain : &keyed;
	struct watched whole, cut;

	write_files();
	watch(&whole, options, 1, &before, same);
	run(&whole, 0);
	watch(&cut, options, 1, &before, same);
	run(&cut, rows[_i / 2]);
	ask_anew(cut.engine, &after);
	run(&cut, 0);
	check_same(&cut, &whole, 0);
	check_lines(&cut, &whole, 'h');
	check_lines(&cut, &whole, 'a');
	ck_assert_uint_eq(engine_rule_fired(cut.engine, 0), engine_rule_fired(whole.engine, 1));
	watch_done(&whole);
	watch_done(&cut);
	remove_files();
}
END_TEST

START_TEST(what_is_new_starts_at_the_next_row)
{
	static const char *const names[] = { "new", "old", NULL };
	static const struct engine_options plain = { 0 };
	struct watched w;

	write_files();
	watch(&w, &plain, 1, &before, names);
	run(&w, 300);
	ask_anew(w.engine, &after);
	ck_assert_int_eq(kpi_of(w.engine, "old"), -1);
	ck_assert_ptr_nonnull(engine_schema(w.engine, 0));
	ck_assert_int_ge(schema_find(engine_schema(w.engine, 0), "first"), 0);
	ck_assert_int_lt(schema_find(engine_schema(w.engine, 0), "gone"), 0);
	run(&w, 0);
	for (int i = 0; i < ROWS; i++) {
		ck_assert_double_eq(w.values[0][i], i < 300 ? ABSENT : i - 299);
		ck_assert((w.values[1][i] == ABSENT) == (i >= 300));
	}
	watch_done(&w);
	remove_files();
}
END_TEST

/* At a row at which the rule of that name fires: the other condition knows nothing of it. */
START_TEST(a_changed_rule_starts_inactive)
{
	static const char *const none[] = { NULL };
	static const struct engine_options plain = { 0 };
	struct watched w;

	write_files();
	watch(&w, &plain, 1, &before, none);
	run(&w, 20);
	while (engine_alert(w.engine, 2)->state != ALERT_FIRING)
		run(&w, 1);
	ask_anew(w.engine, &after);
	ck_assert_str_eq(engine_rule(w.engine, 1)->name, "other");
	ck_assert_int_eq(engine_alert(w.engine, 1)->state, ALERT_INACTIVE);
	ck_assert_uint_eq(engine_rule_fired(w.engine, 1), 0);
	text_clear(&w.alerts);
	run(&w, 0);
	ck_assert_ptr_null(strstr(text_get(&w.alerts), "lost"));
	ck_assert_int_eq(strncmp(strstr(text_get(&w.alerts), "other"), "other firing", 12), 0);
	watch_done(&w);
	remove_files();
}
END_TEST

/* Columns of another source: one of its own goes on, one that is derived otherwise now does not. */
START_TEST(columns_of_other_sources)
{
	static const struct asked one = { .derive = { "d = u * 2", "c = u + 1" },
		.kpis = { "own: mean(x - u, 40)", "kept: mean(x - c, 40)",
		    "changed: count(x - d, all)", "there: mean(d, all)" } };
	static const struct asked two = { .derive = { "c = u + 1", "d = u * 3" },
		.kpis = { "changed: count(x - d, all)", "kept: mean(x - c, 40)",
		    "own: mean(x - u, 40)", "there: mean(d, all)" } };
	static const char *const names[] = { "own", "kept", NULL };
	static const struct engine_options plain = { 0 };
	struct watched whole, cut;

	write_files();
	watch(&whole, &plain, 2, &one, names);
	run(&whole, 0);
	watch(&cut, &plain, 2, &one, names);
	run(&cut, 500);
	ask_anew(cut.engine, &two);
	run(&cut, 0);
	check_same(&cut, &whole, 0);
	/* 250 rows of x went before; then one more before u's next row gave d a value */
	ck_assert_double_eq(
	    engine_kpi_value(cut.engine, kpi_of(cut.engine, "changed")), ROWS - 250 - 1);
	ck_assert_double_eq(
	    engine_kpi_value(whole.engine, kpi_of(whole.engine, "changed")), ROWS - 1);
	watch_done(&whole);
	watch_done(&cut);
	remove_files();
}
END_TEST

/* What was asked for at the prompt stays, unless the draft has its name. */
START_TEST(what_was_added_while_rows_went_stays)
{
	static const struct asked late = { .derive = { "z = x + y" },
		.kpis = { "mean(z, 30)", "m2: sum(x, 9)" },
		.alerts = { "avg: z > 0", "zed: z > 1" } };
	static const char *const names[] = { "mean(z, 30)", "m2", NULL };
	static const struct engine_options plain = { 0 };
	struct watched whole, cut;

	write_files();
	watch(&whole, &plain, 1, &(struct asked){ 0 }, names);
	run(&whole, 100);
	asked_add(engine_ask(whole.engine), &late);
	run(&whole, 0);
	watch(&cut, &plain, 1, &(struct asked){ 0 }, names);
	run(&cut, 100);
	asked_add(engine_ask(cut.engine), &late);
	run(&cut, 200);
	ask_anew(cut.engine, &after);
	ask_anew(cut.engine, &after);
	run(&cut, 0);
	check_same(&cut, &whole, 0);
	check_lines(&cut, &whole, 'z');
	for (int i = 0; i < engine_rules(cut.engine); i++)
		if (strcmp(engine_rule(cut.engine, i)->name, "avg") == 0)
			ck_assert_str_eq(engine_rule(cut.engine, i)->when, "mean(x, 30) > 0.3");
	watch_done(&whole);
	watch_done(&cut);
	remove_files();
}
END_TEST

START_TEST(a_wrong_draft_changes_nothing)
{
	static const struct engine_options plain = { 0 };
	struct watched whole, cut;
	struct error err = { 0 };
	struct query *staged;

	write_files();
	watch(&whole, &plain, 1, &before, same);
	run(&whole, 0);
	watch(&cut, &plain, 1, &before, same);
	run(&cut, 400);
	staged = query_stage(engine_query(cut.engine), (struct span){ SPAN_NONE, 0 });
	asked_add(staged, &after);
	ck_assert_int_eq(query_add_kpi(staged, "mean(nothing)", &err), 0);
	ck_assert_int_eq(query_bind(staged, &err), -1);
	ck_assert_str_eq(err.text,
	    "-k: 'mean(nothing)': column 6: no column 'nothing' (there are time, x, y, k)");
	query_free(staged);
	run(&cut, 0);
	check_same(&cut, &whole, 0);
	ck_assert_str_eq(text_get(&cut.alerts), text_get(&whole.alerts));
	watch_done(&whole);
	watch_done(&cut);
	remove_files();
}
END_TEST

/* Tracks and marks follow their columns, KPIs and rules to the new numbers. */
START_TEST(histories_go_on)
{
	static const char *const names[] = { "q", "v", NULL };
	static const struct engine_options plain = { 0 };
	struct watched w;
	struct history *h;
	int q, r, x, bad = 0;

	write_files();
	watch(&w, &plain, 1, &before, names);
	h = history_new(w.engine);
	run(&w, 1);
	q = history_kpi(h, kpi_of(w.engine, "q"));
	r = history_column(h, 0, schema_find(engine_schema(w.engine, 0), "r"));
	history_column(h, 0, schema_find(engine_schema(w.engine, 0), "gone"));
	run(&w, 500);
	ask_anew(w.engine, &after);
	run(&w, 100);
	q = history_kpi(h, kpi_of(w.engine, "q"));
	r = history_column(h, 0, schema_find(engine_schema(w.engine, 0), "r"));
	x = history_column(h, 0, schema_find(engine_schema(w.engine, 0), "first"));
	for (uint64_t i = 1; i < 601; i++) {
		ck_assert_double_eq(history_at(h, q, i), w.values[0][i]);
		ck_assert_double_eq(history_at(h, r, i), w.values[1][i]);
		ck_assert(isnan(history_at(h, x, i))); /* its track begins here */
	}
	for (int i = 0; i < history_marks(h); i++) {
		const struct mark *m = history_mark(h, i);

		ck_assert_str_eq(engine_rule(w.engine, m->rule)->name, m->what);
		bad +=
		    strcmp(m->what, "lost") == 0 || (strcmp(m->what, "other") == 0 && m->row < 501);
	}
	ck_assert_int_gt(history_marks(h), 0);
	ck_assert_int_eq(bad, 0);
	for (int i = 0; i < history_raw(h, 0); i++) {
		bool fault;
		const char *cell = history_raw_cell(h, 0, i, 5, &fault); /* r, once column 4 */
		uint64_t row = history_raw_number(h, 0, i) - 1;

		ck_assert_ptr_nonnull(cell);
		ck_assert_double_eq(strtod(cell, NULL), w.values[1][row]);
	}
	history_free(h);
	watch_done(&w);
	remove_files();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("draft");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_loop_test(all, what_is_the_same_goes_on, 0, 12);
	tcase_add_test(all, what_is_new_starts_at_the_next_row);
	tcase_add_test(all, a_changed_rule_starts_inactive);
	tcase_add_test(all, columns_of_other_sources);
	tcase_add_test(all, what_was_added_while_rows_went_stays);
	tcase_add_test(all, a_wrong_draft_changes_nothing);
	tcase_add_test(all, histories_go_on);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
