/* test_engine_limits.c - the way of rows: first and last ones, loops, what is added meanwhile. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/fixture.h"
#include "tests/support.h"

START_TEST(limits_by_number)
{
	static const struct {
		const char *start, *stop;
		uint64_t first, last;
	} cases[] = { { "1", NULL, 1, 1000 }, { "300", NULL, 300, 1000 }, { NULL, "256", 1, 256 },
		{ "257", "257", 257, 257 }, { "999", "2000", 999, 1000 }, { "1001", NULL, 1, 0 } };
	struct fixture f;
	FILE *file;

	fixture_init(&f);
	file = fixture_file(&f);
	fputs("x\n", file);
	for (int i = 1; i <= 1000; i++)
		fprintf(file, "%d\n", i);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		f.options.start = cases[i].start;
		f.options.stop = cases[i].stop;
		fixture_make(&f, "first(x, all)", NULL);
		fixture_run_all(&f);
		ck_assert_int_eq(f.n, (int)(cases[i].last + 1 - cases[i].first));
		if (f.n == 0)
			continue;
		ck_assert_uint_eq(f.seen[0].row, cases[i].first);
		ck_assert_uint_eq(f.seen[f.n - 1].row, cases[i].last);
		ck_assert_double_eq(f.seen[f.n - 1].kpi, (double)cases[i].first);
	}
	fixture_done(&f);
}
END_TEST

START_TEST(seeking_goes_to_the_row_and_no_further)
{
	struct fixture f;
	FILE *file;

	fixture_init(&f);
	file = fixture_file(&f);
	fputs("x\n", file);
	for (int i = 1; i <= 1000; i++)
		fprintf(file, "%d\n", i);
	fixture_make(&f, NULL, NULL);
	pacer_pause(engine_pacer(f.engine), true, 0);
	ck_assert_int_eq(fixture_run(&f), ENGINE_WAITING);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 0);
	engine_seek(f.engine, 300);
	ck_assert_int_eq(fixture_run(&f), ENGINE_WAITING);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 300);
	engine_seek(f.engine, 200); /* not back */
	ck_assert_int_eq(fixture_run(&f), ENGINE_WAITING);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 300);
	pacer_step(engine_pacer(f.engine), 2);
	ck_assert_int_eq(fixture_run(&f), ENGINE_WAITING);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 302);
	engine_seek(f.engine, 5000);
	ck_assert_int_eq(fixture_run(&f), ENGINE_END);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 1000);
	ck_assert(engine_progress(f.engine, 0).exact);
	ck_assert_uint_eq(engine_progress(f.engine, 0).rows, 1000);
	ck_assert_double_eq(engine_progress(f.engine, 0).share, 1);
	fixture_done(&f);
}
END_TEST

START_TEST(a_loop_starts_over_with_fresh_state)
{
	struct fixture f;
	FILE *file;

	fixture_init(&f);
	file = fixture_file(&f);
	fputs("time,x\n", file);
	for (int i = 0; i < 100; i++)
		fprintf(file, "%d,%d\n", 1000000000 + i, i);
	f.options.loop = true;
	fixture_make(&f, "sum(x, all)", NULL);
	pacer_pause(engine_pacer(f.engine), true, 0);
	for (int k = 0; k < 5; k++) {
		pacer_step(engine_pacer(f.engine), 50);
		ck_assert_int_eq(fixture_run(&f), ENGINE_WAITING);
	}
	ck_assert_int_eq(f.n, 250);
	ck_assert_uint_eq(engine_counts(f.engine, 0).late, 0);
	for (int i = 0; i < f.n; i++) {
		ck_assert_uint_eq(f.seen[i].row, (uint64_t)(i % 100) + 1);
		ck_assert_double_eq(f.seen[i].kpi, (i % 100) * (i % 100 + 1) / 2);
	}
	fixture_done(&f);
}
END_TEST

START_TEST(what_is_added_while_running_starts_at_the_next_row)
{
	struct fixture f;
	struct alert_rule rule;
	FILE *file;

	fixture_init(&f);
	file = fixture_file(&f);
	fputs("x\n", file);
	for (int i = 1; i <= 20; i++)
		fprintf(file, "%d\n", i);
	fixture_make(&f, "count(x, all)", NULL);
	pacer_pause(engine_pacer(f.engine), true, 0);
	pacer_step(engine_pacer(f.engine), 10);
	ck_assert_int_eq(fixture_run(&f), ENGINE_WAITING);
	ck_assert_int_eq(query_derive(engine_ask(f.engine), "twice = 2 * x", &f.err), 0);
	ck_assert_int_eq(query_add_kpi(engine_ask(f.engine), "new: sum(twice, all)", &f.err), 0);
	ck_assert_int_eq(alert_rule_parse(&rule, "big: twice > 29 severity critical", &f.err), 0);
	ck_assert_int_eq(query_add_rule(engine_ask(f.engine), &rule, &f.err), 0);
	ck_assert(isnan(engine_kpi_value(f.engine, 1)));
	pacer_step(engine_pacer(f.engine), 10);
	ck_assert_int_eq(fixture_run(&f), ENGINE_END);
	ck_assert_double_eq(engine_kpi_value(f.engine, 0), 20);
	ck_assert_double_eq(engine_kpi_value(f.engine, 1), 2 * 155);
	ck_assert_uint_eq(engine_rule_fired(f.engine, 0), 1);
	ck_assert_int_eq(engine_alert(f.engine, 0)->state, ALERT_FIRING);
	ck_assert_ptr_nonnull(strstr(f.events.s, "4 0 15 0 2\n")); /* an alert at row 15, firing */
	ck_assert_int_eq(query_add_kpi(engine_ask(f.engine), "nosuch(x)", &f.err), -1);
	ck_assert_int_eq(engine_kpis(f.engine), 2);
	fixture_done(&f);
}
END_TEST

/* Where nobody follows the rows, columns that nothing reads are not made; one that something begins
 * to read has its values from the rows on that are not yet in blocks. */
START_TEST(a_column_is_made_once_it_is_read)
{
	enum { ROWS = 3000 };
	struct fixture f;
	struct listener listener = { .wants = EVENT_BAD, .event = fixture_event, .self = &f };
	struct feed_options feed = { 0 };
	FILE *file;
	double n;

	fixture_init(&f);
	file = fixture_file(&f);
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
	ck_assert_int_eq(fixture_run(&f), ENGINE_WAITING);
	ck_assert_int_eq(query_add_kpi(engine_ask(f.engine), "sum(y, all)", &f.err), 0);
	pacer_step(engine_pacer(f.engine), ROWS);
	ck_assert_int_eq(fixture_run(&f), ENGINE_END);
	n = engine_kpi_value(f.engine, 1);
	ck_assert(n <= ROWS - 10 - 3 && n >= ROWS - 3 * BLOCK_ROWS);
	ck_assert_double_eq(engine_kpi_value(f.engine, 0), ROWS);
	ck_assert_str_eq(f.events.s, "32 0 1000 not a number\n32 0 2000 not a number\n"
				     "32 0 3000 not a number\n");
	fixture_done(&f);
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

		fixture_init(&f);
		fputs("x,y\n1,2\n", fixture_file(&f));
		fixture_make(&f, NULL, cases[i].rule);
		fixture_run_all(&f);
		r = &engine_query(f.engine)->rules[0];
		ck_assert_int_eq(r->threshold, cases[i].threshold);
		if (cases[i].threshold) {
			ck_assert_int_eq(r->threshold_column, cases[i].column);
			ck_assert_double_eq(r->threshold_at, cases[i].at);
		}
		ck_assert_int_eq(r->ncolumns, cases[i].ncolumns);
		for (int c = 1; c < cases[i].ncolumns; c++)
			ck_assert_int_lt(r->columns[c - 1], r->columns[c]);
		fixture_done(&f);
	}
}
END_TEST

START_TEST(a_missing_time_moves_no_clock)
{
	int times[300];
	struct fixture f;
	FILE *file;

	fixture_init(&f);
	file = fixture_file(&f);
	fputs("time,x\n", file);
	for (int i = 0; i < 300; i++)
		if (i >= 200 && i % 10 == 0)
			fprintf(file, "never,%d\n", i);
		else
			fprintf(file, "%d,%d\n", 1000000000 + i, i);
	fixture_make(&f, "count(x, 10s)", NULL);
	fixture_run_all(&f);
	ck_assert_uint_eq(engine_counts(f.engine, 0).late, 0);
	ck_assert_uint_eq(engine_counts(f.engine, 0).bad, 10);
	for (int i = 0; i < 300; i++) {
		double count = 0;

		times[i] = i >= 200 && i % 10 == 0 ? times[i - 1] : i;
		for (int j = 0; j <= i; j++)
			count += times[j] > times[i] - 10;
		ck_assert_double_eq(f.seen[i].kpi, count);
	}
	fixture_done(&f);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("engine_limits");
	TCase *t = tcase_create("engine_limits");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, limits_by_number);
	tcase_add_test(t, seeking_goes_to_the_row_and_no_further);
	tcase_add_test(t, a_loop_starts_over_with_fresh_state);
	tcase_add_test(t, what_is_added_while_running_starts_at_the_next_row);
	tcase_add_test(t, a_column_is_made_once_it_is_read);
	tcase_add_test(t, rules_tell_their_columns_and_thresholds);
	tcase_add_test(t, a_missing_time_moves_no_clock);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
