/* test_engine.c - the way of the rows: cuts and paces, order, keys, lateness, limits, against
 * twins. */
#include "data/engine/engine_view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/times.h"
#include "tests/support.h"

enum { MOST = 20000, FILES = 3 };

struct seen { /* a row as a listener saw it */
	int source;
	uint64_t row;
	double kpi; /* the first of its source */
	bool late;
};

struct fixture {
	struct engine_options options;
	struct engine *engine;
	struct error err;
	char paths[FILES][32];
	FILE *files[FILES];
	int nfiles;
	struct seen *seen;
	int n;
	struct text events; /* all that was told */
};

static int
first_kpi(const struct engine *e, int source)
{
	for (int i = 0; i < engine_kpis(e); i++)
		if (engine_kpi(e, i)->source == source)
			return i;
	return -1;
}

static void
on_rows(void *self, int source, const struct block *b, int at, int n)
{
	struct fixture *f = self;
	int kpi = first_kpi(f->engine, source);
	const double *values = kpi >= 0 ? engine_kpi_values(f->engine, kpi) : NULL;
	static uint64_t late_before;
	uint64_t late = engine_counts(f->engine, -1).late;

	if (f->n == 0)
		late_before = 0;
	for (int i = 0; i < n; i++) {
		ck_assert_int_lt(f->n, MOST);
		f->seen[f->n++] = (struct seen){ source, b->first_row + (uint64_t)(at + i),
			values != NULL ? values[i] : NAN, late > late_before };
	}
	late_before = late;
}

static void
on_event(void *self, const struct event *event)
{
	struct fixture *f = self;

	text_addf(
	    &f->events, "%d %d %lu", (int)event->type, event->source, (unsigned long)event->row);
	if (event->type == EVENT_ALERT)
		text_addf(&f->events, " %d %d", event->rule, (int)event->state);
	if (event->key != NULL)
		text_addf(&f->events, " %s", event->key);
	if (event->type == EVENT_BAD)
		text_addf(&f->events, " %s", event->what);
	text_addc(&f->events, '\n');
}

static void
setup(struct fixture *f)
{
	*f = (struct fixture){ .seen = memory_new(MOST, sizeof(struct seen)) };
}

static FILE *
add_file(struct fixture *f)
{
	char *path = f->paths[f->nfiles];

	strcpy(path, "/tmp/weir-test-XXXXXX");
	f->files[f->nfiles] = fdopen(mkstemp(path), "w");
	ck_assert_ptr_nonnull(f->files[f->nfiles]);
	return f->files[f->nfiles++];
}

/* An engine on the files; "name=path" tells them apart. */
static void
make(struct fixture *f, const char *kpi, const char *rule)
{
	struct listener listener = { .wants = ~0U, .event = on_event, .rows = on_rows, .self = f };
	struct feed_options feed = { 0 };
	struct alert_rule alert;
	struct text source = { 0 };

	engine_free(f->engine);
	f->n = 0;
	text_clear(&f->events);
	f->engine = engine_new(&f->options, NULL, &f->err);
	ck_assert_msg(f->engine != NULL, "%s", f->err.text);
	engine_listen(f->engine, &listener);
	if (kpi != NULL)
		ck_assert_int_eq(query_add_kpi(engine_ask(f->engine), kpi, &f->err), 0);
	if (rule != NULL) {
		ck_assert_int_eq(alert_rule_parse(&alert, rule, &f->err), 0);
		ck_assert_int_eq(query_add_rule(engine_ask(f->engine), &alert, &f->err), 0);
	}
	for (int i = 0; i < f->nfiles; i++) {
		if (f->files[i] != NULL)
			fclose(f->files[i]);
		f->files[i] = NULL;
		text_clear(&source);
		text_addf(&source, "%c=%s", 'a' + i, f->paths[i]);
		ck_assert_int_eq(engine_add_source(f->engine, source.s, &feed, &f->err), 0);
	}
	text_done(&source);
}

static enum engine_state
run(struct fixture *f)
{
	enum engine_state state;
	int64_t wake;

	do
		state = engine_run(f->engine, 10000000, &wake, &f->err);
	while (state == ENGINE_RUNNING);
	return state;
}

static void
run_all(struct fixture *f)
{
	enum engine_state state = run(f);

	ck_assert_msg(state == ENGINE_END, "%d: %s", (int)state, f->err.text);
	engine_finish(f->engine);
}

static void
done(struct fixture *f)
{
	engine_free(f->engine);
	for (int i = 0; i < f->nfiles; i++)
		unlink(f->paths[i]);
	free(f->seen);
	text_done(&f->events);
}

/* --- the tests -------------------------------------------------------------------------------- */

/* Rows that are let go in handfuls must give what they give when all may go. */
START_TEST(values_and_events_do_not_depend_on_the_cuts)
{
	struct fixture f;
	struct rng rng = { 3 };
	struct seen *whole;
	char *events;
	FILE *file;
	int n;

	setup(&f);
	file = add_file(&f);
	fputs("x,y\n", file);
	for (int i = 0; i < 3000; i++)
		fprintf(
		    file, "%.2f,%s\n", rng_normal(&rng), rng_uniform(&rng) < 0.01 ? "bad" : "1");
	make(&f, "mean(x, 7)", "x > 1 for 2 rows");
	run_all(&f);
	n = f.n;
	ck_assert_int_eq(n, 3000);
	whole = memory_new((size_t)n, sizeof *whole);
	memcpy(whole, f.seen, (size_t)n * sizeof *whole);
	events = memory_text(f.events.s, f.events.len);
	for (int most = 1; most <= 1000; most *= 10) {
		enum engine_state state;

		make(&f, "mean(x, 7)", "x > 1 for 2 rows");
		pacer_pause(engine_pacer(f.engine), true, 0);
		do {
			pacer_step(engine_pacer(f.engine), 1 + (int)(rng_uniform(&rng) * most));
			state = run(&f);
		} while (state != ENGINE_END);
		engine_finish(f.engine);
		ck_assert_int_eq(f.n, n);
		for (int i = 0; i < n; i++) {
			ck_assert_uint_eq(f.seen[i].row, whole[i].row);
			ck_assert_int_eq(memcmp(&f.seen[i].kpi, &whole[i].kpi, sizeof(double)), 0);
		}
		ck_assert_str_eq(f.events.s, events);
	}
	free(whole);
	free(events);
	done(&f);
}
END_TEST

/* All that was held and may go at this watermark, in the order of the times: the obvious way. */
static void
release(int *held, int *nheld, const int64_t *time, int64_t until, int *out, int *nout)
{
	for (;;) {
		int first = -1;

		for (int i = 0; i < *nheld; i++)
			if (time[held[i]] <= until &&
			    (first < 0 || time[held[i]] < time[held[first]]))
				first = i;
		if (first < 0)
			return;
		out[(*nout)++] = held[first];
		memmove(held + first, held + first + 1, (size_t)(--*nheld - first) * sizeof *held);
	}
}

START_TEST(late_rows_are_put_in_order)
{
	enum { ROWS = 2000 };
	static int64_t time[ROWS];
	static int held[ROWS], order[ROWS];
	static bool behind[ROWS]; /* further than the lateness when it came */
	struct fixture f;
	struct rng rng = { 11 };
	FILE *file;

	for (int lateness = 0; lateness <= 50; lateness += 5) {
		int64_t high = INT64_MIN;
		int nheld = 0, n = 0;
		bool any = false;
		double sum = 0;
		uint64_t late = 0;

		setup(&f);
		file = add_file(&f);
		fputs("time,x,name\n", file);
		for (int i = 0; i < ROWS; i++) {
			time[i] = 1000000000 + i + (int)(rng_uniform(&rng) * 40);
			fprintf(file, "%ld,%d,row %d\n", (long)time[i], i, i + 1);
		}
		for (int i = 0; i < ROWS; i++) {
			held[nheld++] = i;
			high = time[i] > high ? time[i] : high;
			behind[i] = time[i] < high - lateness;
			release(held, &nheld, time, high - lateness, order, &n);
			if (lateness == 0) { /* nothing is held back: rows go as they come */
				n = i + 1;
				nheld = 0;
				order[i] = i;
			}
		}
		release(held, &nheld, time, INT64_MAX, order, &n);
		f.options.lateness = lateness * TIME_SECOND;
		make(&f, "sum(x, all)", NULL);
		run_all(&f);
		ck_assert_int_eq(f.n, ROWS);
		high = INT64_MIN;
		for (int i = 0; i < ROWS; i++) {
			bool is_late = behind[order[i]] || time[order[i]] < high;

			ck_assert_uint_eq(f.seen[i].row, (uint64_t)order[i] + 1);
			late += is_late;
			high = is_late ? high : time[order[i]];
			/* a late row leaves it as it was, where rows are held back */
			sum += is_late && lateness > 0 ? 0 : order[i];
			ck_assert(lateness == 0 || f.seen[i].late == is_late);
			any |= !is_late || lateness == 0;
			ck_assert(near(f.seen[i].kpi, any ? sum : NAN, 1e-12));
		}
		ck_assert_uint_eq(engine_counts(f.engine, 0).late, late);
		ck_assert(lateness >= 40 ? late == 0 : late > 0);
		done(&f);
	}
}
END_TEST

START_TEST(each_key_has_its_own_state)
{
	enum { ROWS = 5000, KEYS = 40, KEPT = 10 };
	double sums[KEYS] = { 0 };
	int seen[KEYS];
	struct fixture f;
	struct rng rng = { 5 };
	static int keys[ROWS];
	FILE *file;

	setup(&f);
	file = add_file(&f);
	fputs("x,key\n", file);
	for (int i = 0; i < ROWS; i++) {
		double u = rng_uniform(&rng);

		/* runs of a key, too */
		keys[i] = i > 0 && u < 0.3 ? keys[i - 1] : (int)(u * u * KEYS);
		fprintf(file, "%d,k%d\n", i, keys[i]);
	}
	f.options.query.by = "key";
	f.options.max_keys = KEPT;
	make(&f, "sum(x, all)", NULL);
	run_all(&f);
	for (int k = 0; k < KEYS; k++)
		seen[k] = -1;
	for (int i = 0; i < ROWS; i++) {
		int newer = 0, k = keys[i];

		for (int other = 0; other < KEYS; other++)
			newer += other != k && seen[other] > seen[k];
		if (seen[k] < 0 || newer >= KEPT)
			sums[k] = 0; /* new, or evicted since */
		seen[k] = i;
		sums[k] += i;
		ck_assert_double_eq(f.seen[i].kpi, sums[k]);
	}
	done(&f);
}
END_TEST

START_TEST(recordings_are_merged_by_time)
{
	struct fixture f;
	struct rng rng = { 9 };
	int64_t last[FILES] = { 0 }, times[FILES][1000];

	setup(&f);
	for (int s = 0; s < FILES; s++) {
		FILE *file = add_file(&f);

		fputs("time,x\n", file);
		for (int i = 0; i < 1000; i++) {
			last[s] += (int64_t)(rng_uniform(&rng) * 4);
			times[s][i] = 1000000000 + last[s];
			fprintf(file, "%ld,%d\n", (long)times[s][i], i);
		}
	}
	make(&f, NULL, NULL);
	run_all(&f);
	ck_assert_int_eq(f.n, FILES * 1000);
	for (int i = 1; i < f.n; i++) {
		const struct seen *a = &f.seen[i - 1], *b = &f.seen[i];
		int64_t before = times[a->source][a->row - 1], after = times[b->source][b->row - 1];

		ck_assert(before < after || (before == after && a->source <= b->source));
	}
	done(&f);
}
END_TEST

START_TEST(without_times_rows_go_in_turn)
{
	struct fixture f;

	setup(&f);
	for (int s = 0; s < FILES; s++) {
		FILE *file = add_file(&f);

		fputs("x\n", file);
		for (int i = 0; i < 100 * (s + 1); i++)
			fprintf(file, "%d\n", i);
	}
	make(&f, "a.x * 1000000 + b.x * 1000 + c.x", NULL);
	run_all(&f);
	ck_assert_int_eq(f.n, 600);
	for (int i = 0; i < 300; i++) {
		ck_assert_int_eq(f.seen[i].source, i % 3);
		ck_assert_uint_eq(f.seen[i].row, (uint64_t)i / 3 + 1);
		if (i % 3 == 0) { /* a's row i goes before those of the others */
			int r = i / 3;
			double expected = r > 0 ? r * 1e6 + (r - 1) * 1e3 + (r - 1) : NAN;

			ck_assert_msg(near(f.seen[i].kpi, expected, 0), "row %d: %.17g, not %.17g",
			    r, f.seen[i].kpi, expected);
		}
	}
	done(&f);
}
END_TEST

START_TEST(limits_by_number)
{
	static const struct {
		const char *start, *stop;
		uint64_t first, last;
	} cases[] = { { "1", NULL, 1, 1000 }, { "300", NULL, 300, 1000 }, { NULL, "256", 1, 256 },
		{ "257", "257", 257, 257 }, { "999", "2000", 999, 1000 }, { "1001", NULL, 1, 0 } };
	struct fixture f;
	FILE *file;

	setup(&f);
	file = add_file(&f);
	fputs("x\n", file);
	for (int i = 1; i <= 1000; i++)
		fprintf(file, "%d\n", i);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		f.options.start = cases[i].start;
		f.options.stop = cases[i].stop;
		make(&f, "first(x, all)", NULL);
		run_all(&f);
		ck_assert_int_eq(f.n, (int)(cases[i].last + 1 - cases[i].first));
		if (f.n == 0)
			continue;
		ck_assert_uint_eq(f.seen[0].row, cases[i].first);
		ck_assert_uint_eq(f.seen[f.n - 1].row, cases[i].last);
		ck_assert_double_eq(f.seen[f.n - 1].kpi, (double)cases[i].first);
	}
	done(&f);
}
END_TEST

START_TEST(seeking_goes_to_the_row_and_no_further)
{
	struct fixture f;
	FILE *file;

	setup(&f);
	file = add_file(&f);
	fputs("x\n", file);
	for (int i = 1; i <= 1000; i++)
		fprintf(file, "%d\n", i);
	make(&f, NULL, NULL);
	pacer_pause(engine_pacer(f.engine), true, 0);
	ck_assert_int_eq(run(&f), ENGINE_WAITING);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 0);
	engine_seek(f.engine, 300);
	ck_assert_int_eq(run(&f), ENGINE_WAITING);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 300);
	engine_seek(f.engine, 200); /* not back */
	ck_assert_int_eq(run(&f), ENGINE_WAITING);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 300);
	pacer_step(engine_pacer(f.engine), 2);
	ck_assert_int_eq(run(&f), ENGINE_WAITING);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 302);
	engine_seek(f.engine, 5000);
	ck_assert_int_eq(run(&f), ENGINE_END);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 1000);
	ck_assert(engine_progress(f.engine, 0).exact);
	ck_assert_uint_eq(engine_progress(f.engine, 0).rows, 1000);
	ck_assert_double_eq(engine_progress(f.engine, 0).share, 1);
	done(&f);
}
END_TEST

START_TEST(a_loop_starts_over_with_fresh_state)
{
	struct fixture f;
	FILE *file;

	setup(&f);
	file = add_file(&f);
	fputs("time,x\n", file);
	for (int i = 0; i < 100; i++)
		fprintf(file, "%d,%d\n", 1000000000 + i, i);
	f.options.loop = true;
	make(&f, "sum(x, all)", NULL);
	pacer_pause(engine_pacer(f.engine), true, 0);
	for (int k = 0; k < 5; k++) {
		pacer_step(engine_pacer(f.engine), 50);
		ck_assert_int_eq(run(&f), ENGINE_WAITING);
	}
	ck_assert_int_eq(f.n, 250);
	ck_assert_uint_eq(engine_counts(f.engine, 0).late, 0);
	for (int i = 0; i < f.n; i++) {
		ck_assert_uint_eq(f.seen[i].row, (uint64_t)(i % 100) + 1);
		ck_assert_double_eq(f.seen[i].kpi, (i % 100) * (i % 100 + 1) / 2);
	}
	done(&f);
}
END_TEST

START_TEST(what_is_added_while_running_starts_at_the_next_row)
{
	struct fixture f;
	struct alert_rule rule;
	FILE *file;

	setup(&f);
	file = add_file(&f);
	fputs("x\n", file);
	for (int i = 1; i <= 20; i++)
		fprintf(file, "%d\n", i);
	make(&f, "count(x, all)", NULL);
	pacer_pause(engine_pacer(f.engine), true, 0);
	pacer_step(engine_pacer(f.engine), 10);
	ck_assert_int_eq(run(&f), ENGINE_WAITING);
	ck_assert_int_eq(query_derive(engine_ask(f.engine), "twice = 2 * x", &f.err), 0);
	ck_assert_int_eq(query_add_kpi(engine_ask(f.engine), "new: sum(twice, all)", &f.err), 0);
	ck_assert_int_eq(alert_rule_parse(&rule, "big: twice > 29 severity critical", &f.err), 0);
	ck_assert_int_eq(query_add_rule(engine_ask(f.engine), &rule, &f.err), 0);
	ck_assert(isnan(engine_kpi_value(f.engine, 1)));
	pacer_step(engine_pacer(f.engine), 10);
	ck_assert_int_eq(run(&f), ENGINE_END);
	ck_assert_double_eq(engine_kpi_value(f.engine, 0), 20);
	ck_assert_double_eq(engine_kpi_value(f.engine, 1), 2 * 155);
	ck_assert_uint_eq(engine_rule_fired(f.engine, 0), 1);
	ck_assert_int_eq(engine_alert(f.engine, 0)->state, ALERT_FIRING);
	ck_assert_ptr_nonnull(strstr(f.events.s, "4 0 15 0 2\n")); /* an alert at row 15, firing */
	ck_assert_int_eq(query_add_kpi(engine_ask(f.engine), "nosuch(x)", &f.err), -1);
	ck_assert_int_eq(engine_kpis(f.engine), 2);
	done(&f);
}
END_TEST

/* Where nobody follows the rows, columns that nothing reads are not made; one that something begins
 * to read has its values from the rows on that are not yet in blocks. */
START_TEST(a_column_is_made_once_it_is_read)
{
	enum { ROWS = 3000 };
	struct fixture f;
	struct listener listener = { .wants = EVENT_BAD, .event = on_event, .self = &f };
	struct feed_options feed = { 0 };
	FILE *file;
	double n;

	setup(&f);
	file = add_file(&f);
	fputs("x,y\n", file);
	for (int i = 0; i < ROWS; i++)
		fprintf(file, i % 1000 == 999 ? "%d,odd\n" : "%d,1\n", i);
	fclose(file);
	f.files[0] = NULL;
	f.engine = engine_new(&f.options, NULL, &f.err);
	engine_listen(f.engine, &listener);
	ck_assert_int_eq(query_add_kpi(engine_ask(f.engine), "count(x, all)", &f.err), 0);
	ck_assert_int_eq(engine_add_source(f.engine, f.paths[0], &feed, &f.err), 0);
	pacer_pause(engine_pacer(f.engine), true, 0);
	pacer_step(engine_pacer(f.engine), 10);
	ck_assert_int_eq(run(&f), ENGINE_WAITING);
	ck_assert_int_eq(query_add_kpi(engine_ask(f.engine), "sum(y, all)", &f.err), 0);
	pacer_step(engine_pacer(f.engine), ROWS);
	ck_assert_int_eq(run(&f), ENGINE_END);
	n = engine_kpi_value(f.engine, 1);
	ck_assert(n <= ROWS - 10 - 3 && n >= ROWS - 3 * BLOCK_ROWS);
	ck_assert_double_eq(engine_kpi_value(f.engine, 0), ROWS);
	ck_assert_str_eq(f.events.s, "32 0 1000 not a number\n32 0 2000 not a number\n"
				     "32 0 3000 not a number\n");
	done(&f);
}
END_TEST

START_TEST(rules_tell_their_columns_and_thresholds)
{
	static const struct {
		const char *rule;
		bool threshold;
		int column, ncolumns;
		double at;
	} cases[] = { { "y < 10", true, 1, 1, 10 }, { "-2.5 >= x", true, 0, 1, -2.5 },
		{ "x == 3", false, 0, 1, 0 }, { "mean(x) > 3", false, 0, 1, 0 },
		{ "y > x", false, 0, 2, 0 }, { "a.y <= 1", true, 1, 1, 1 },
		{ "x > 1 && y > 2", false, 0, 2, 0 } };
	struct fixture f;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct rule *r;

		setup(&f);
		fputs("x,y\n1,2\n", add_file(&f));
		make(&f, NULL, cases[i].rule);
		run_all(&f);
		r = &engine_query(f.engine)->rules[0];
		ck_assert_int_eq(r->threshold, cases[i].threshold);
		if (cases[i].threshold) {
			ck_assert_int_eq(r->threshold_column, cases[i].column);
			ck_assert_double_eq(r->threshold_at, cases[i].at);
		}
		ck_assert_int_eq(r->ncolumns, cases[i].ncolumns);
		for (int c = 1; c < cases[i].ncolumns; c++)
			ck_assert_int_lt(r->columns[c - 1], r->columns[c]);
		done(&f);
	}
}
END_TEST

START_TEST(a_missing_time_moves_no_clock)
{
	int times[300];
	struct fixture f;
	FILE *file;

	setup(&f);
	file = add_file(&f);
	fputs("time,x\n", file);
	for (int i = 0; i < 300; i++)
		if (i >= 200 && i % 10 == 0)
			fprintf(file, "never,%d\n", i);
		else
			fprintf(file, "%d,%d\n", 1000000000 + i, i);
	make(&f, "count(x, 10s)", NULL);
	run_all(&f);
	ck_assert_uint_eq(engine_counts(f.engine, 0).late, 0);
	ck_assert_uint_eq(engine_counts(f.engine, 0).bad, 10);
	for (int i = 0; i < 300; i++) {
		double count = 0;

		times[i] = i >= 200 && i % 10 == 0 ? times[i - 1] : i;
		for (int j = 0; j <= i; j++)
			count += times[j] > times[i] - 10;
		ck_assert_double_eq(f.seen[i].kpi, count);
	}
	done(&f);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("engine");
	TCase *tcase = tcase_create("engine");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, values_and_events_do_not_depend_on_the_cuts);
	tcase_add_test(tcase, late_rows_are_put_in_order);
	tcase_add_test(tcase, each_key_has_its_own_state);
	tcase_add_test(tcase, recordings_are_merged_by_time);
	tcase_add_test(tcase, without_times_rows_go_in_turn);
	tcase_add_test(tcase, limits_by_number);
	tcase_add_test(tcase, seeking_goes_to_the_row_and_no_further);
	tcase_add_test(tcase, a_loop_starts_over_with_fresh_state);
	tcase_add_test(tcase, what_is_added_while_running_starts_at_the_next_row);
	tcase_add_test(tcase, a_column_is_made_once_it_is_read);
	tcase_add_test(tcase, rules_tell_their_columns_and_thresholds);
	tcase_add_test(tcase, a_missing_time_moves_no_clock);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
