/* test_written.c - cells are shown as they stood there, on every way that a row takes. */
#include "data/history/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/state.h"
#include "data/base/times/times.h"
#include "data/rows/reorder.h"
#include "tests/support.h"

struct fixture {
	char path[32];
	struct engine *engine;
	struct history *history;
};

static void
open_text(struct fixture *f, const char *text, const char *types, int64_t lateness)
{
	struct engine_options options = { .query = { .window = { SPAN_ROWS, 5 } },
		.lateness = lateness };
	struct feed_options feed = { .dialect = { .types = types } };
	struct error err;
	enum engine_state state;
	int64_t wake;
	FILE *file;

	strcpy(f->path, "/tmp/weir-test-XXXXXX");
	file = fdopen(mkstemp(f->path), "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	f->engine = engine_new(&options, NULL, &err);
	f->history = history_new(f->engine);
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

/* The cells of row i, - for those that are missing. */
static void
shows(const struct fixture *f, int i, const char *cells)
{
	char line[256] = "";
	int columns = engine_schema(f->engine, 0)->n;
	size_t n = 0;

	for (int c = 0; c < columns; c++) {
		bool bad;
		const char *cell = history_raw_cell(f->history, 0, i, c, &bad);

		n += (size_t)snprintf(line + n, sizeof line - n, "%s%s%s", c > 0 ? "|" : "",
		    cell != NULL ? cell : "-", bad ? "!" : "");
	}
	ck_assert_str_eq(line, cells);
}

START_TEST(digits_stay)
{
	struct fixture f;

	open_text(&f,
	    "day;a;b;c\n"
	    "31.12.2025 10:15;1,50;+7;5.20 %\n"
	    "1.1.2026 10:16;1e3;0,10;NA\n"
	    "2.1.2026 10:17;;x;6 %\n"
	    "3.1.2026 10:18;2,5;1;7 %\n"
	    "4.1.2026 10:19;2,5;1;7 %\n",
	    "a=number,b=number,c=number", 0);
	shows(&f, 0, "31.12.2025 10:15|1,50|+7|5.20 %");
	shows(&f, 1, "1.1.2026 10:16|1e3|0,10|NA");
	shows(&f, 2, "2.1.2026 10:17|-|x!|6 %");
	done(&f);
}
END_TEST

START_TEST(digits_stay_in_json)
{
	struct fixture f;

	open_text(&f,
	    "{\"a\": 1.50, \"b\": 1e3, \"c\": \"0x\"}\n"
	    "{\"b\": 7.0, \"a\": 2.00}\n"
	    "{\"a\": 1.0, \"a\": 3, \"b\": null}\n",
	    NULL, 0);
	shows(&f, 0, "1.50|1e3|0x");
	shows(&f, 1, "2.00|7.0|-");
	shows(&f, 2, "3|-|-");
	done(&f);
}
END_TEST

START_TEST(digits_stay_in_rows_held_back)
{
	struct fixture f;

	open_text(&f,
	    "time,v,w\n2026-01-01 00:00:00,1.0,a\n2026-01-01 00:00:05,5.0,b\n"
	    "2026-01-01 00:00:02,2.00,c\n2026-01-01 00:00:09,,d\n",
	    NULL, 10 * TIME_SECOND);
	shows(&f, 0, "2026-01-01 00:00:00|1.0|a");
	shows(&f, 1, "2026-01-01 00:00:02|2.00|c");
	shows(&f, 2, "2026-01-01 00:00:05|5.0|b");
	shows(&f, 3, "2026-01-01 00:00:09|-|d");
	done(&f);
}
END_TEST

/* A column made of a date and its clock stood nowhere. */
START_TEST(joined_times_are_printed)
{
	struct fixture f;

	open_text(&f, "date,clock,v\n2026-01-01,10:00,1.0\n2026-01-01,10:01,2.0\n", NULL, 0);
	shows(&f, 0, "2026-01-01|10:00|1.0|2026-01-01T10:00:00Z");
	done(&f);
}
END_TEST

static struct column columns[] = { { .name = (char[]){ "v" }, .type = COLUMN_NUMBER } };
static const struct schema schema = { .columns = columns, .n = 1, .time = -1 };

/* One row of a block: at a second, written as text. */
static struct block *
row_of(uint64_t row, int64_t second, const char *text)
{
	struct block *b = block_new(&schema, NULL);

	block_keep_written(b);
	b->first_row = row;
	b->n = 1;
	b->time[0] = second * TIME_SECOND;
	b->cells[0].number[0] = strtod(text, NULL);
	b->written[0][0] = block_text(b, text, strlen(text));
	return b;
}

START_TEST(digits_stay_in_a_state)
{
	struct reorder *before = reorder_new(&schema, 10 * TIME_SECOND);
	struct reorder *after = reorder_new(&schema, 10 * TIME_SECOND);
	struct block *first = row_of(1, 5, "1.50"), *next = row_of(2, 60, "2.00"), *out;
	struct buffer state = { 0 };
	struct reader pieces;
	struct error err;
	size_t begun = state_begin(&state);

	reorder_push(before, first);
	ck_assert_ptr_null(reorder_pop(before, false));
	reorder_save(before, 0, &state);
	state_end(&state, begun);
	ck_assert_int_eq(state_open(state.data, state.len, &pieces, &err), 0);
	ck_assert_int_eq(reorder_load(after, &pieces, &err), 0);
	reorder_push(after, next);
	out = reorder_pop(after, false);
	ck_assert_ptr_nonnull(out);
	ck_assert_int_eq(out->n, 1);
	ck_assert_uint_eq(out->written[0][0].n, 4);
	ck_assert_mem_eq(out->written[0][0].s, "1.50", 4);
	buffer_done(&state);
	reorder_free(before);
	reorder_free(after);
	block_free(first);
	block_free(next);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("written");
	TCase *tcase = tcase_create("written");

	tcase_add_test(tcase, digits_stay);
	tcase_add_test(tcase, digits_stay_in_json);
	tcase_add_test(tcase, digits_stay_in_rows_held_back);
	tcase_add_test(tcase, joined_times_are_printed);
	tcase_add_test(tcase, digits_stay_in_a_state);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
