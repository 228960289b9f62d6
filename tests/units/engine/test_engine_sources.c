/* test_engine_sources.c - sources added and ended while rows go: what is asked of the others goes
 * on to the bit, names mean what they meant, and what fails fails alone. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/bytes.h"
#include "data/base/text.h"
#include "data/engine/engine_view.h"
#include "tests/support.h"

enum { ROWS = 900, KPIS_MAX = 64 };

static const char *const kpis[] = { "m: mean(x, 50)", "p: p95(x, 200)", "e: expected(x)",
	"a: anomaly(x)", "w: ewma(y, alpha=0.1)", "s: sd(x, 5m)", "r: mean(ratio, 10)", NULL };

struct watched { /* an engine, and what it told of its first source */
	struct engine *engine;
	struct text rows, alerts, told;
};

static char paths[2][40];

/* Both have columns time, x and y; the second z, too. */
static void
write_files(void)
{
	struct rng rng = { 5 };

	for (int f = 0; f < 2; f++) {
		FILE *file;

		strcpy(paths[f], "/tmp/weir-sources-XXXXXX");
		file = fdopen(mkstemp(paths[f]), "w");
		ck_assert_ptr_nonnull(file);
		fprintf(file, "time,x,y%s\n", f == 1 ? ",z" : "");
		for (int i = 0; i < ROWS; i++)
			fprintf(file, "%d,%.3f,%.3f%s\n", 1700000000 + 3 * i + f,
			    sin(i / 9.0) + rng_normal(&rng) / 4, 2 + rng_uniform(&rng),
			    f == 1 ? ",7" : "");
		fclose(file);
	}
}

static void
remove_files(void)
{
	for (int f = 0; f < 2; f++)
		unlink(paths[f]);
}

static void
on_rows(void *self, int source, const struct block *b, int at, int n)
{
	struct watched *r = self;

	for (int i = 0; i < n && source == 0; i++) {
		text_addf(&r->rows, "%d", (int)(b->first_row + (uint64_t)(at + i)));
		for (int k = 0; k < engine_kpis(r->engine); k++)
			if (engine_kpi(r->engine, k)->source == 0 &&
			    strlen(engine_kpi(r->engine, k)->name) == 1)
				text_addf(&r->rows, " %s=%a", engine_kpi(r->engine, k)->name,
				    engine_kpi_values(r->engine, k)[i]);
		text_addc(&r->rows, '\n');
	}
}

static void
on_event(void *self, const struct event *event)
{
	struct watched *r = self;

	if (event->type == EVENT_ALERT)
		text_addf(&r->alerts, "%s %s %d\n", engine_rule(r->engine, event->rule)->name,
		    alert_state_name(event->state), (int)event->row);
	else
		text_addf(&r->told, "%s\n", event->what);
}

static void
open_run(struct watched *r, const struct engine_options *options)
{
	struct listener listener = { .wants =
					 EVENT_ALERT | EVENT_NOTE | EVENT_DOUBT | EVENT_REPLACED,
		.event = on_event,
		.rows = on_rows,
		.self = r };
	struct alert_rule rule;
	struct error err = { 0 };
	struct text spec = { 0 };

	*r = (struct watched){ .engine = engine_new(options, NULL, &err) };
	engine_keep(r->engine, 1 << 20);
	engine_listen(r->engine, &listener);
	ck_assert_int_eq(query_derive(engine_ask(r->engine), "ratio = x / y", &err), 0);
	for (int i = 0; kpis[i] != NULL; i++)
		ck_assert_int_eq(query_add_kpi(engine_ask(r->engine), kpis[i], &err), 0);
	ck_assert_int_eq(alert_rule_parse(&rule, "hot: x > 0.5 for 3 rows", &err), 0);
	ck_assert_int_eq(query_add_rule(engine_ask(r->engine), &rule, &err), 0);
	text_addf(&spec, "a=%s", paths[0]);
	ck_assert_int_eq(
	    engine_add_source(r->engine, spec.s, &(struct feed_options){ 0 }, &err), 0);
	text_done(&spec);
}

static void
close_run(struct watched *r)
{
	engine_free(r->engine);
	text_done(&r->rows);
	text_done(&r->alerts);
	text_done(&r->told);
}

static void
attach(struct watched *r, const char *name, const char *path)
{
	struct text spec = { 0 };
	struct error err = { 0 };

	text_addf(&spec, "%s=%s", name, path);
	ck_assert_msg(engine_attach(r->engine, spec.s, &(struct feed_options){ 0 }, &err) == 0,
	    "%s", err.text);
	text_done(&spec);
}

/* rows 0: to the end */
static enum engine_state
go(struct watched *r, int rows)
{
	struct error err = { 0 };
	enum engine_state state;
	int64_t wake;

	pacer_pause(engine_pacer(r->engine), rows > 0, 0);
	if (rows > 0)
		pacer_step(engine_pacer(r->engine), rows);
	do
		state = engine_run(r->engine, 10000000, &wake, &err);
	while (state == ENGINE_RUNNING);
	ck_assert_msg(state != ENGINE_FAILED && state != ENGINE_WRONG, "%s", err.text);
	return state;
}

static void
ask_late(struct watched *r, const char *kpi)
{
	struct error err = { 0 };

	ck_assert_msg(query_add_kpi(engine_ask(r->engine), kpi, &err) == 0, "%s", err.text);
}

static const struct engine_options usual = { .query.default_kpis = true }, bare = { 0 };

START_TEST(the_others_go_on)
{
	static const int at[] = { 1, 61, 300, 850 };
	struct watched whole, changed;
	struct error err = { 0 };

	open_run(&whole, &usual);
	go(&whole, at[_i]);
	ask_late(&whole, "l: max(y, 30)");
	go(&whole, 0);
	open_run(&changed, &usual);
	go(&changed, at[_i]);
	ask_late(&changed, "l: max(y, 30)");
	attach(&changed, "b", paths[1]);
	go(&changed, 40); /* rows of both */
	ck_assert_int_eq(engine_sources(changed.engine), 2);
	ask_late(&changed, "other: mean(z, 5)");
	go(&changed, 20);
	ck_assert_msg(engine_detach(changed.engine, "b", &err) == 0, "%s", err.text);
	ck_assert(engine_source_now(changed.engine, 1).gone);
	attach(&changed, "c", paths[1]);
	ck_assert_int_eq(go(&changed, 0), ENGINE_END);
	ck_assert_str_eq(text_get(&changed.rows), text_get(&whole.rows));
	ck_assert_str_eq(text_get(&changed.alerts), text_get(&whole.alerts));
	ck_assert_ptr_nonnull(strstr(text_get(&changed.told), "b: a source more"));
	ck_assert_ptr_nonnull(
	    strstr(text_get(&changed.told), "b is ended: its 4 columns, KPI 'other' go with it"));
	ck_assert_uint_gt(engine_counts(changed.engine, -1).rows, 2 * ROWS);
	ck_assert_uint_eq(engine_counts(changed.engine, 2).rows, ROWS);
	close_run(&whole);
	close_run(&changed);
}
END_TEST

/* Names that were written before mean the columns that they meant; new ones have to say. */
START_TEST(names_mean_what_they_meant)
{
	struct watched r;
	struct error err = { 0 };
	bool found = false;

	open_run(&r, &usual);
	go(&r, 10);
	attach(&r, "b", paths[1]);
	go(&r, 10);
	ck_assert_int_eq(query_add_kpi(engine_ask(r.engine), "min(x, 5)", &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "'x' is a column of a and b"));
	ask_late(&r, "j: a.x - b.x");
	ask_late(&r, "d: min(b.x, 5)");
	for (int k = 0; k < engine_kpis(r.engine); k++) {
		ck_assert_ptr_null(strstr(engine_kpi(r.engine, k)->name, "a.x"));
		found |= strcmp(engine_kpi(r.engine, k)->name, "mean(b.x)") == 0;
	}
	ck_assert(found);
	go(&r, 10);
	ck_assert_int_eq(engine_detach(r.engine, "b", &err), -1);
	ck_assert_str_eq(err.text, "'b' is read by 'j' (drop that first)");
	ck_assert_int_eq(engine_detach(r.engine, "nobody", &err), -1);
	ck_assert_str_eq(err.text, "no source is called 'nobody'");
	ck_assert_int_eq(go(&r, 0), ENGINE_END);
	close_run(&r);
}
END_TEST

/* The first one may go, too: then the other is the first, and what names no column is its. */
START_TEST(the_first_ends)
{
	struct watched r;
	struct error err = { 0 };

	open_run(&r, &bare);
	go(&r, 10);
	ck_assert_int_eq(engine_detach(r.engine, "a", &err), -1);
	ck_assert_str_eq(err.text, "'a' is the only source (:source adds one, q quits)");
	attach(&r, "b", paths[1]);
	go(&r, 100);
	ck_assert_msg(engine_detach(r.engine, "a", &err) == 0, "%s", err.text);
	ck_assert_ptr_nonnull(strstr(text_get(&r.told), "KPI 'm'"));
	ck_assert_ptr_nonnull(strstr(text_get(&r.told), "alert 'hot'"));
	ck_assert_int_eq(engine_kpis(r.engine), 0);
	ask_late(&r, "mean(x, 3)");
	engine_seek(r.engine, 500);
	ck_assert_int_eq(go(&r, 1), ENGINE_WAITING);
	ck_assert_uint_ge(engine_progress(r.engine, 1).row, 500);
	ck_assert_int_eq(go(&r, 0), ENGINE_END);
	ck_assert_uint_eq(engine_counts(r.engine, 1).rows, ROWS);
	close_run(&r);
}
END_TEST

START_TEST(what_fails_fails_alone)
{
	struct watched r;
	struct error err = { 0 };

	open_run(&r, &bare);
	go(&r, 10);
	attach(&r, "no", "/tmp/weir-there-is-no-such-file");
	ck_assert_int_eq(
	    engine_attach(r.engine, "nothing:x", &(struct feed_options){ 0 }, &err), -1);
	go(&r, 10);
	ck_assert_ptr_nonnull(strstr(text_get(&r.told), "no is no source now: "));
	ck_assert_int_eq(engine_sources(r.engine), 1);
	ck_assert_int_eq(engine_joining(r.engine), 0);
	ck_assert_int_eq(go(&r, 0), ENGINE_END);
	attach(&r, "b", paths[1]); /* it begins anew */
	ck_assert_int_eq(go(&r, 0), ENGINE_END);
	ck_assert_uint_eq(engine_counts(r.engine, -1).rows, 2 * ROWS);
	close_run(&r);
}
END_TEST

/* There is a way back as far as the last change, and not behind it. */
START_TEST(back_to_the_change)
{
	struct watched r;
	struct error err = { 0 };

	open_run(&r, &bare);
	go(&r, 100);
	attach(&r, "b", paths[1]);
	go(&r, 50);
	ck_assert_msg(engine_go_back(r.engine, 20, &err) == 0, "%s", err.text);
	go(&r, 1);
	ck_assert_int_eq(engine_attach(r.engine, paths[1], &(struct feed_options){ 0 }, &err), -1);
	ck_assert_int_eq(engine_go_back(r.engine, 60, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "before the last source was added or ended"));
	engine_return(r.engine);
	go(&r, 1);
	ck_assert_msg(engine_detach(r.engine, "b", &err) == 0, "%s", err.text);
	go(&r, 50);
	ck_assert_msg(engine_go_back(r.engine, 20, &err) == 0, "%s", err.text);
	go(&r, 5);
	ck_assert(engine_source_now(r.engine, 1).gone);
	ck_assert_int_eq(go(&r, 0), ENGINE_END);
	ck_assert_uint_eq(engine_counts(r.engine, 0).rows, ROWS);
	close_run(&r);
}
END_TEST

/* A state of an engine with a source more and one that was ended, loaded by the same sources. */
START_TEST(saved_and_gone_on)
{
	struct watched whole, r, later;
	struct buffer state = { 0 };
	struct error err = { 0 };
	struct text spec = { 0 };

	open_run(&whole, &bare);
	go(&whole, 0);
	open_run(&r, &bare);
	go(&r, 100);
	attach(&r, "b", paths[1]);
	go(&r, 50);
	ck_assert_int_eq(engine_detach(r.engine, "b", &err), 0);
	go(&r, 50);
	engine_save(r.engine, &state);
	open_run(&later, &bare);
	text_addf(&spec, "b=%s", paths[1]);
	ck_assert_int_eq(
	    engine_add_source(later.engine, spec.s, &(struct feed_options){ 0 }, &err), 0);
	ck_assert_msg(engine_load(later.engine, state.data, state.len, &err) == 0, "%s", err.text);
	ck_assert(engine_source_now(later.engine, 1).gone);
	ck_assert_int_eq(go(&later, 0), ENGINE_END);
	text_add(&r.rows, text_get(&later.rows));
	ck_assert_str_eq(text_get(&r.rows), text_get(&whole.rows));
	ck_assert_uint_eq(engine_counts(later.engine, 1).rows, engine_counts(r.engine, 1).rows);
	text_done(&spec);
	buffer_done(&state);
	close_run(&whole);
	close_run(&later);
	close_run(&r);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("engine_sources");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_checked_fixture(all, write_files, remove_files);
	tcase_add_loop_test(all, the_others_go_on, 0, 4);
	tcase_add_test(all, names_mean_what_they_meant);
	tcase_add_test(all, the_first_ends);
	tcase_add_test(all, what_fails_fails_alone);
	tcase_add_test(all, back_to_the_change);
	tcase_add_test(all, saved_and_gone_on);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
