/* test_pause.c - rules that pause the replay do so at the very row at which they begin to fire. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/engine/engine_view.h"
#include "tests/support.h"

enum { ROWS = 2000, MOST = ROWS };

struct firings {
	uint64_t rows[MOST];
	int n;
	const struct engine *engine;
};

static char path[32];

static void
write_file(void)
{
	struct rng rng = { 21 };
	FILE *file;

	strcpy(path, "/tmp/weir-pause-XXXXXX");
	file = fdopen(mkstemp(path), "w");
	ck_assert_ptr_nonnull(file);
	fputs("x,k\n", file);
	for (int i = 0; i < ROWS; i++)
		fprintf(file, "%.3f,%c\n", rng_normal(&rng), "abc"[rng_next(&rng) % 3]);
	fclose(file);
}

static void
on_event(void *self, const struct event *event)
{
	struct firings *f = self;
	const struct alert_rule *rule = engine_rule(f->engine, event->rule);

	if (event->state != ALERT_FIRING || !rule->pause)
		return;
	if (f->n == 0 || f->rows[f->n - 1] != event->row)
		f->rows[f->n++] = event->row;
}

static struct engine *
make(struct firings *f, const struct engine_options *options)
{
	static const struct {
		const char *text;
		bool pause;
	} rules[] = { { "a: x > 2", true }, { "b: x > 1 for 2 rows", true },
		{ "c: x < 0", false } };
	struct listener listener = { .wants = EVENT_ALERT, .event = on_event, .self = f };
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	struct engine *e = engine_new(options, NULL, &err);

	ck_assert_ptr_nonnull(e);
	*f = (struct firings){ .engine = e };
	engine_listen(e, &listener);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct alert_rule rule;

		ck_assert_int_eq(alert_rule_parse(&rule, rules[i].text, &err), 0);
		rule.pause = rules[i].pause;
		ck_assert_int_eq(query_add_rule(engine_ask(e), &rule, &err), 0);
	}
	ck_assert_int_eq(engine_add_source(e, path, &feed, &err), 0);
	pacer_max(engine_pacer(e));
	return e;
}

static enum engine_state
run(struct engine *e)
{
	struct error err = { 0 };
	enum engine_state state;
	int64_t wake;

	do
		state = engine_run(e, 10000000, &wake, &err);
	while (state == ENGINE_RUNNING);
	return state;
}

/* Without and with --by: as many stops as there are such rows, each there. */
START_TEST(it_stops_where_rules_fire)
{
	const char *by = _i == 0 ? NULL : "k";
	const struct engine_options through = { .query.by = by },
				    stops = { .query.by = by, .pauses = true };
	static struct firings want, got;
	struct engine *e;
	int n = 0;

	write_file();
	e = make(&want, &through);
	ck_assert_int_eq(run(e), ENGINE_END);
	ck_assert(!engine_pacer(e)->paused);
	engine_free(e);
	ck_assert_int_gt(want.n, 20);
	e = make(&got, &stops);
	while (run(e) != ENGINE_END) {
		ck_assert(engine_pacer(e)->paused);
		ck_assert_int_lt(n, want.n);
		ck_assert_uint_eq(engine_progress(e, 0).row, want.rows[n++]);
		pacer_pause(engine_pacer(e), false, 0);
	}
	ck_assert_int_eq(n, want.n);
	ck_assert_int_eq(got.n, want.n);
	engine_free(e);
	unlink(path);
}
END_TEST

/* Notes hold it too, and a seek ends where a rule fires on the way. */
START_TEST(beside_notes_and_seeks)
{
	static const uint64_t holds[] = { 5, 1900 };
	const struct engine_options stops = { .pauses = true };
	static struct firings f;
	struct engine *e;
	uint64_t row;

	write_file();
	e = make(&f, &stops);
	engine_hold_at(e, holds, 2);
	do {
		pacer_pause(engine_pacer(e), false, 0);
		ck_assert_int_eq(run(e), ENGINE_WAITING);
		row = engine_progress(e, 0).row;
		ck_assert(row == 5 || f.rows[f.n - 1] == row);
	} while (row < 1000);
	engine_seek(e, ROWS);
	pacer_pause(engine_pacer(e), false, 0);
	ck_assert_int_eq(run(e), ENGINE_WAITING);
	ck_assert_uint_lt(engine_progress(e, 0).row, 1900);
	ck_assert_uint_eq(engine_progress(e, 0).row, f.rows[f.n - 1]);
	engine_free(e);
	unlink(path);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pause");
	TCase *all = tcase_create("all");

	tcase_add_loop_test(all, it_stops_where_rules_fire, 0, 2);
	tcase_add_test(all, beside_notes_and_seeks);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
