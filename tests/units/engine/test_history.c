/* test_history.c - tracks, stamps, raw rows and marks against a plain record of everything. */
#include "data/history/history.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/times/times.h"
#include "tests/support.h"

enum { ROWS = HISTORY_ROWS + 5000 };

struct fixture {
	char path[32];
	struct engine *engine;
	struct history *history;
	int x, mean, y; /* tracks */
};

/* The tracks begin with the first row, as the dashboard's do. */
static void
on_event(void *self, const struct event *event)
{
	struct fixture *f = self;

	(void)event;
	f->x = history_column(f->history, 0, 0);
	f->mean = history_kpi(f->history, 0);
	f->y = history_column(f->history, 0, 1);
}

static void
no_rows(void *self, int source, const struct block *b, int at, int n)
{
	(void)self, (void)source, (void)b, (void)at, (void)n;
}

static void
open_file(struct fixture *f, FILE **file)
{
	strcpy(f->path, "/tmp/weir-test-XXXXXX");
	*file = fdopen(mkstemp(f->path), "w");
	ck_assert_ptr_nonnull(*file);
}

static void
run_by(struct fixture *f, const char *rule, const char *by)
{
	struct engine_options options = { .query = { .window = { SPAN_ROWS, 5 }, .by = by } };
	struct listener listener = {
		.wants = EVENT_START, .event = on_event, .rows = no_rows, .self = f
	};
	struct feed_options feed = { 0 };
	struct alert_rule alert;
	struct error err;
	enum engine_state state;
	int64_t wake;

	f->engine = engine_new(&options, NULL, &err);
	f->history = history_new(f->engine);
	engine_listen(f->engine, &listener);
	ck_assert_int_eq(query_add_kpi(engine_ask(f->engine), "mean(x)", &err), 0);
	if (rule != NULL) {
		ck_assert_int_eq(alert_rule_parse(&alert, rule, &err), 0);
		ck_assert_int_eq(query_add_rule(engine_ask(f->engine), &alert, &err), 0);
	}
	ck_assert_int_eq(engine_add_source(f->engine, f->path, &feed, &err), 0);
	do
		state = engine_run(f->engine, 1000000, &wake, &err);
	while (state == ENGINE_RUNNING || state == ENGINE_OPENING);
	ck_assert_msg(state == ENGINE_END, "%s", err.text);
}

static void
done(struct fixture *f)
{
	history_free(f->history);
	engine_free(f->engine);
	unlink(f->path);
}

static void
run(struct fixture *f, const char *rule)
{
	run_by(f, rule, NULL);
}

/* Rings are a whole number of blocks long. Long texts fill the first block before its time, so that
 * the next ones stand across the ends of the rings. */
static void
write_note(FILE *file, int row)
{
	if (row < 60)
		for (int i = 0; i < 20000; i++)
			fputc('a' + row % 26, file);
	fputs("a\n", file);
}

START_TEST(the_last_rows_are_kept)
{
	static double x[ROWS], y[ROWS];
	struct fixture f;
	struct rng rng = { 7 };
	FILE *file;

	open_file(&f, &file);
	fputs("x,y,time,note\n", file);
	for (int i = 0; i < ROWS; i++) {
		x[i] = floor(rng_uniform(&rng) * 1000);
		y[i] = rng_uniform(&rng) < 0.1 ? NAN : floor(rng_uniform(&rng) * 10);
		if (isnan(y[i]))
			fprintf(file, "%g,,%d,", x[i], 1000000000 + 3 * i);
		else
			fprintf(file, "%g,%g,%d,", x[i], y[i], 1000000000 + 3 * i);
		write_note(file, i);
	}
	fclose(file);
	run(&f, NULL);
	ck_assert_uint_eq(history_end(f.history, 0), ROWS);
	ck_assert_uint_eq(history_begin(f.history, 0), ROWS - HISTORY_ROWS);
	for (int i = ROWS - HISTORY_ROWS; i < ROWS; i++) {
		double mean = (x[i] + x[i - 1] + x[i - 2] + x[i - 3] + x[i - 4]) / 5;

		ck_assert_double_eq(history_at(f.history, f.x, (uint64_t)i), x[i]);
		ck_assert(near(history_at(f.history, f.y, (uint64_t)i), y[i], 0));
		ck_assert(near(history_at(f.history, f.mean, (uint64_t)i), mean, 1e-12));
		ck_assert_int_eq(history_time(f.history, 0, (uint64_t)i),
		    (INT64_C(1000000000) + 3 * i) * TIME_SECOND);
	}
	ck_assert_int_eq(history_time(f.history, 0, ROWS - HISTORY_ROWS - 1), TIME_NONE);
	ck_assert_int_eq(history_time(f.history, 0, ROWS), TIME_NONE);
	ck_assert(isnan(history_at(f.history, f.x, ROWS - HISTORY_ROWS - 1)));
	ck_assert(isnan(history_at(f.history, f.x, ROWS)));
	for (int k = 0; k < 200; k++) {
		uint64_t from = (uint64_t)(rng_uniform(&rng) * ROWS), to = from + (uint64_t)k % 50;
		double min = INFINITY, max = -INFINITY, low, high;
		bool any;

		for (uint64_t i = from; i < to && i < ROWS; i++)
			if (i >= ROWS - HISTORY_ROWS && !isnan(y[i])) {
				min = fmin(min, y[i]);
				max = fmax(max, y[i]);
			}
		any = history_extent(f.history, f.y, from, to, &low, &high);
		ck_assert_int_eq(any, min <= max);
		if (any) {
			ck_assert_double_eq(low, min);
			ck_assert_double_eq(high, max);
		}
	}
	done(&f);
}
END_TEST

START_TEST(raw_cells_are_as_they_came)
{
	struct fixture f;
	bool bad;
	FILE *file;
	int n;

	open_file(&f, &file);
	fputs("x,y,name\n", file);
	for (int i = 1; i <= 1000; i++)
		fprintf(file, "%d,%s,row %d %s\n", i,
		    i % 7 == 0   ? "seven"
		    : i % 5 == 0 ? ""
				 : "2.5",
		    i, "0123456789012345678901234567890123456789012345678901234567890123456789");
	fclose(file);
	run(&f, NULL);
	n = history_raw(f.history, 0);
	ck_assert_int_eq(n, HISTORY_RAW);
	for (int k = 0; k < n; k++) {
		int i = 1000 - n + 1 + k;
		const char *cell;
		char text[32];

		ck_assert_uint_eq(history_raw_number(f.history, 0, k), (uint64_t)i);
		snprintf(text, sizeof text, "%d", i);
		ck_assert_str_eq(history_raw_cell(f.history, 0, k, 0, &bad), text);
		ck_assert(!bad);
		cell = history_raw_cell(f.history, 0, k, 1, &bad);
		ck_assert_int_eq(bad, i % 7 == 0);
		if (i % 7 == 0)
			ck_assert_str_eq(cell, "seven");
		else if (i % 5 == 0)
			ck_assert_ptr_null(cell);
		else
			ck_assert_str_eq(cell, "2.5");
		cell = history_raw_cell(f.history, 0, k, 2, &bad);
		ck_assert_uint_eq(strlen(cell), 64);
		snprintf(text, sizeof text, "row %d 0123", i);
		ck_assert_int_eq(strncmp(cell, text, strlen(text)), 0);
	}
	done(&f);
}
END_TEST

START_TEST(marks_stand_at_their_rows)
{
	struct fixture f;
	FILE *file;

	open_file(&f, &file);
	fputs("x,y\n", file);
	for (int i = 1; i <= 600; i++)
		fprintf(file, "%d,%s\n", i == 300 || i == 500 ? -1 : i,
		    i >= 400 && i < 450 ? "bad" : "1");
	fclose(file);
	run(&f, "low: x < 0");
	/* fires and is resolved twice, and the bad ones */
	ck_assert_int_eq(history_marks(f.history), 5);
	ck_assert_int_eq(history_mark(f.history, 0)->state, ALERT_RESOLVED);
	ck_assert_uint_eq(history_mark(f.history, 0)->number, 501);
	ck_assert_uint_eq(history_mark(f.history, 1)->row, 499);
	ck_assert_double_eq(history_mark(f.history, 1)->value, -1);
	ck_assert_str_eq(history_mark(f.history, 1)->what, "low");
	ck_assert_int_eq(history_mark(f.history, 2)->type, EVENT_BAD);
	ck_assert_uint_eq(history_mark(f.history, 2)->number, 449); /* the last of them */
	ck_assert_uint_eq(history_mark(f.history, 4)->number, 300);
	ck_assert(!history_mark(f.history, 1)->seen);
	history_acknowledge(f.history, 1);
	ck_assert(history_mark(f.history, 1)->seen);
	ck_assert(!history_mark(f.history, 0)->seen);
	done(&f);
}
END_TEST

START_TEST(only_the_last_marks_are_kept)
{
	struct fixture f;
	FILE *file;

	open_file(&f, &file);
	fputs("x,y\n", file);
	for (int i = 0; i < 1000; i++)
		fprintf(file, "%d,1\n", i % 2 == 0 ? 1 : -1);
	fclose(file);
	run(&f, "low: x < 0");
	ck_assert_int_eq(history_marks(f.history), HISTORY_MARKS);
	for (int i = 0; i < HISTORY_MARKS; i++)
		ck_assert_uint_eq(history_mark(f.history, i)->number, (uint64_t)(1000 - i));
	done(&f);
}
END_TEST

/* A line has the rows of one key alone; the raw rows are those of all. */
START_TEST(keys_are_not_mixed)
{
	struct fixture f;
	FILE *file;

	open_file(&f, &file);
	fputs("x,y,k\n", file);
	for (int i = 0; i < 300; i++)
		fprintf(file, "%d,0,%c\n", i, i % 3 == 0 ? 'a' : 'b');
	fclose(file);
	run_by(&f, "ten: x == 9 || x == 10", "k");
	ck_assert_uint_eq(history_end(f.history, 0), 100);
	for (uint64_t i = 0; i < 100; i++)
		ck_assert_double_eq(history_at(f.history, f.x, i), 3 * (double)i);
	ck_assert_double_eq(history_at(f.history, f.mean, 99), 3 * 97);
	ck_assert_int_eq(history_raw(f.history, 0), 300);
	/* newest first: b resolved at 11, a at 12 */
	ck_assert_uint_eq(history_mark(f.history, 2)->row, UINT64_MAX);
	ck_assert_uint_eq(history_mark(f.history, 3)->row, 3);
	ck_assert_str_eq(history_mark(f.history, 2)->key, "b");
	ck_assert_str_eq(history_mark(f.history, 3)->key, "a");
	/* another key is looked at: what was kept of the first is of no use */
	ck_assert(!engine_look_at(f.engine, 0, "c", 1));
	ck_assert(engine_look_at(f.engine, 0, "b", 1));
	ck_assert_double_eq(
	    engine_kpi_value(f.engine, 0), (292 + 293 + 295 + 296 + 298 + 299 - 292) / 5.0);
	history_begin_anew(f.history, 0);
	ck_assert_uint_eq(history_begin(f.history, 0), 100);
	ck_assert(isnan(history_at(f.history, f.x, 99)));
	done(&f);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("history");
	TCase *tcase = tcase_create("history");

	tcase_add_test(tcase, the_last_rows_are_kept);
	tcase_add_test(tcase, raw_cells_are_as_they_came);
	tcase_add_test(tcase, marks_stand_at_their_rows);
	tcase_add_test(tcase, only_the_last_marks_are_kept);
	tcase_add_test(tcase, keys_are_not_mixed);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
