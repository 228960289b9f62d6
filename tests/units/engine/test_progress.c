/* test_progress.c - how far a recording is, counted from --start to --stop; and going forward to a
 * time. */
#include "data/engine/engine_view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "data/base/times/times.h"
#include "tests/support.h"

enum { ROWS = 1000 };

struct fixture {
	char path[32];
	struct engine *engine;
};

/* A row each minute from midnight, paused before the first that may go. */
static struct fixture
begin(const char *start, const char *stop)
{
	struct engine_options options = { .start = start, .stop = stop };
	struct fixture f = { "/tmp/weir-test-XXXXXX", NULL };
	FILE *file = fdopen(mkstemp(f.path), "w");
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	int64_t wake;

	fputs("time,x\n", file);
	for (int i = 0; i < ROWS; i++)
		fprintf(file, "2026-01-01T%02d:%02d:00,%d\n", i / 60, i % 60, i + 1);
	fclose(file);
	f.engine = engine_new(&options, NULL, &err);
	ck_assert_msg(f.engine != NULL, "%s", err.text);
	ck_assert_int_eq(engine_add_source(f.engine, f.path, &feed, &err), 0);
	pacer_pause(engine_pacer(f.engine), true, 0);
	while (engine_run(f.engine, TIME_SECOND, &wake, &err) != ENGINE_WAITING)
		ck_assert_msg(engine_state(f.engine) == ENGINE_RUNNING, "%s", err.text);
	return f;
}

static enum engine_state
step(struct fixture *f, int n)
{
	enum engine_state state;
	struct error err;
	int64_t wake;

	pacer_step(engine_pacer(f->engine), n);
	while ((state = engine_run(f->engine, TIME_SECOND, &wake, &err)) == ENGINE_RUNNING)
		;
	return state;
}

static void
end(struct fixture *f)
{
	engine_free(f->engine);
	unlink(f->path);
}

static void
is(const struct fixture *f, uint64_t row, uint64_t rows, double share)
{
	struct progress p = engine_progress(f->engine, 0);

	ck_assert_uint_eq(p.row, row);
	ck_assert_uint_eq(p.rows, rows);
	ck_assert_double_eq_tol(p.share, share, 1e-9);
}

START_TEST(of_the_rows_that_are_asked_for)
{
	struct fixture f = begin("201", "400");

	is(&f, 0, 400, 0);
	step(&f, 50);
	is(&f, 250, 400, 0.25);
	pacer_rate(engine_pacer(f.engine), 10, 0);
	ck_assert_double_eq_tol(engine_progress(f.engine, 0).seconds, 15, 1e-9);
	step(&f, 150);
	is(&f, 400, 400, 1);
	ck_assert_int_eq(step(&f, 1), ENGINE_END);
	is(&f, 400, 400, 1);
	end(&f);
}
END_TEST

START_TEST(from_a_row_to_the_end)
{
	struct fixture f = begin("501", NULL);

	step(&f, 250);
	is(&f, 750, ROWS, 0.5);
	end(&f);
	f = begin("501", "5000"); /* there are no more */
	step(&f, 250);
	is(&f, 750, ROWS, 0.5);
	ck_assert_int_eq(step(&f, 2000), ENGINE_END);
	is(&f, ROWS, ROWS, 1);
	end(&f);
}
END_TEST

START_TEST(of_the_time_that_is_asked_for)
{
	struct fixture f = begin("2026-01-01T01:40:00", "2026-01-01T03:20:00");
	struct progress p;

	is(&f, 0, ROWS, 0);
	step(&f, 26); /* up to 02:05 */
	is(&f, 126, 204, 0.25);
	pacer_speed(engine_pacer(f.engine), 60, 0);
	p = engine_progress(f.engine, 0);
	ck_assert_double_eq_tol(p.seconds, 75, 1e-9);
	ck_assert(!p.exact);
	pacer_max(engine_pacer(f.engine));
	ck_assert_int_eq(step(&f, 2000), ENGINE_END);
	is(&f, 201, 201, 1);
	end(&f);
}
END_TEST

/* What ends first ends the run: here the recording, long before the time. */
START_TEST(the_recording_ends_before_the_time)
{
	struct fixture f = begin("2026-01-01T01:40:00", "2027-01-01");

	step(&f, 450);
	is(&f, 550, ROWS, 0.5);
	end(&f);
	f = begin(NULL, "2026-01-01T01:40:00");
	step(&f, 51);
	ck_assert_double_eq_tol(engine_progress(f.engine, 0).share, 0.5, 1e-9);
	end(&f);
}
END_TEST

/* --- forward to a time ------------------------------------------------------------------------ */

START_TEST(the_first_row_at_or_after_a_time)
{
	struct fixture f = begin(NULL, NULL);
	int64_t hour = 3600 * TIME_SECOND, midnight;

	step(&f, 1);
	midnight = engine_progress(f.engine, 0).time;
	engine_seek_time(f.engine, midnight + hour);
	step(&f, 0);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 61);
	engine_seek_time(f.engine, midnight + hour / 2); /* not back */
	step(&f, 0);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 61);
	engine_seek_time(f.engine, midnight + 10 * hour + 1); /* between two rows */
	step(&f, 0);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 602);
	step(&f, 2);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, 604);
	engine_seek_time(f.engine, midnight + 1000 * hour);
	ck_assert_int_eq(step(&f, 0), ENGINE_END);
	ck_assert_uint_eq(engine_progress(f.engine, 0).row, ROWS);
	end(&f);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("progress");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, of_the_rows_that_are_asked_for);
	tcase_add_test(tc, from_a_row_to_the_end);
	tcase_add_test(tc, of_the_time_that_is_asked_for);
	tcase_add_test(tc, the_recording_ends_before_the_time);
	tcase_add_test(tc, the_first_row_at_or_after_a_time);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
