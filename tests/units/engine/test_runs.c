/* test_runs.c - several runs in one store: told apart, each with its end, also in the stores of
 * before. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/text.h"
#include "data/base/times/times.h"
#include "data/store/store.h"
#include "data/store/store_rows.h"
#include "tests/stores.h"
#include "tests/support.h"

static struct column one[] = { { .name = (char[]){ "x" } } };
static const struct schema schema = { (char[]){ "pump" }, one, 1, -1, false };

static void
add_rows(struct batch *b, int n, double first)
{
	struct block *rows = block_new(&schema, NULL);

	rows->first_row = 1;
	rows->n = n;
	for (int i = 0; i < n; i++) {
		rows->time[i] = i;
		rows->cells[0].number[i] = first + i;
	}
	batch_rows(b, 0, rows, 1, 0, n);
	block_free(rows);
}

/* One batch of n rows; last: the run is told to end behind them. */
static void
write_run(int n, double first, bool resumed, bool last)
{
	const struct batch_source source = { &schema, false };
	const struct batch_run run = { resumed, "1", "weir", NULL, &source, 1 };
	struct batch *b = memory_zero(1, sizeof *b);
	struct error err = { 0 };
	struct store *s = store_open(store_file(), &store_keep_all, &err);

	ck_assert_msg(s != NULL, "%s", err.text);
	batch_run(b, &run);
	add_rows(b, n, first);
	b->now = INT64_C(1700000000) * TIME_SECOND;
	b->last = last;
	ck_assert_msg(store_write(s, b, &err) == 0, "%s", err.text);
	batch_free(b);
	store_close(s);
}

/* The first cell of what the store answers; "" where that is NULL, or nothing. */
static const char *
ask(const char *sql)
{
	static char answer[200];
	sqlite3_stmt *stmt = NULL;
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(store_file(), &db), SQLITE_OK);
	ck_assert_msg(
	    sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	answer[0] = '\0';
	if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
		snprintf(answer, sizeof answer, "%s", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return answer;
}

static void
export_to(struct text *out, int64_t run)
{
	text_clear(out);
	store_file_export(out, run, false);
}

/* A run that was killed has no end, one that was told to end has, until it goes on. */
START_TEST(each_run_has_its_end)
{
	store_file_remove();
	write_run(2, 0, false, false);
	ck_assert_str_eq(ask("SELECT ended FROM runs"), "");
	write_run(2, 2, true, true);
	ck_assert_str_eq(ask("SELECT ended FROM runs"), "2023-11-14T22:13:20Z");
	write_run(1, 4, true, false);
	ck_assert_str_eq(ask("SELECT ended FROM runs"), "");
	write_run(1, 9, false, true);
	ck_assert_str_eq(ask("SELECT count(*) FROM runs WHERE ended IS NULL"), "1");
	ck_assert_str_eq(
	    ask("SELECT group_concat(x) FROM rows WHERE weir_run = 1"), "0.0,1.0,2.0,3.0,4.0");
	store_file_remove();
}
END_TEST

/* A run that others follow in its table ends where they begin, and counts its own rows alone. */
START_TEST(a_run_is_read_alone)
{
	struct error err = { 0 };
	struct store_rows *rows;
	struct text out = { 0 };

	store_file_remove();
	write_run(2, 0, false, true);
	write_run(3, 10, false, true);
	write_run(1, 20, false, true);
	export_to(&out, 2);
	ck_assert_str_eq(text_get(&out), "x\n10\n11\n12\n");
	export_to(&out, STORE_LAST_RUN);
	ck_assert_str_eq(text_get(&out), "x\n20\n");
	export_to(&out, STORE_ALL_RUNS);
	ck_assert_str_eq(text_get(&out), "x,weir_run\n0,1\n1,1\n10,2\n11,2\n12,2\n20,3\n");
	rows = store_rows_open(store_file(), 2, NULL, &err);
	ck_assert_ptr_nonnull(rows);
	ck_assert_uint_eq(store_rows_count(rows), 3);
	store_rows_close(rows);
	store_file_change("DELETE FROM rows WHERE x < 11"); /* as --keep does */
	rows = store_rows_open(store_file(), 2, NULL, &err);
	ck_assert_uint_eq(store_rows_count(rows), 2);
	store_rows_close(rows);
	rows = store_rows_open(store_file(), 1, NULL, &err);
	ck_assert_uint_eq(store_rows_count(rows), 0);
	ck_assert_int_eq(store_rows_next(rows, &err), 0);
	store_rows_close(rows);
	text_done(&out);
	store_file_remove();
}
END_TEST

/* As version 1 made it: read as it is, and carried over by who records into it. */
START_TEST(older_stores_are_carried_over)
{
	struct text out = { 0 };

	store_file_remove();
	write_run(2, 5, false, true);
	store_file_change(
	    "ALTER TABLE runs DROP COLUMN ended; ALTER TABLE checkpoints DROP COLUMN mark; "
	    "ALTER TABLE checkpoints DROP COLUMN alerts; ALTER TABLE checkpoints DROP COLUMN "
	    "bad; ALTER TABLE checkpoints DROP COLUMN notes; INSERT INTO checkpoints VALUES "
	    "(NULL, 1, '2026-01-01T00:00:00Z', 2, -1, 1, NULL); PRAGMA user_version = 1");
	export_to(&out, STORE_LAST_RUN);
	ck_assert_str_eq(text_get(&out), "x\n5\n6\n");
	ck_assert_str_eq(ask("PRAGMA user_version"), "1");
	write_run(1, 7, false, false);
	ck_assert_str_eq(ask("PRAGMA user_version"), "2");
	ck_assert_str_eq(ask("SELECT ended FROM runs WHERE run = 1"), "2026-01-01T00:00:00Z");
	ck_assert_str_eq(ask("SELECT ended FROM runs WHERE run = 2"), "");
	export_to(&out, STORE_ALL_RUNS);
	ck_assert_str_eq(text_get(&out), "x,weir_run\n5,1\n6,1\n7,2\n");
	text_done(&out);
	store_file_remove();
}
END_TEST

/* A batch of one row, an alert and a checkpoint. */
static void
write_step(struct store *s, double x, bool begin, bool resumed)
{
	const struct batch_source source = { &schema, false };
	const struct batch_run run = { resumed, "1", "weir", NULL, &source, 1 };
	struct batch *b = memory_zero(1, sizeof *b);
	struct fact_row fact = { .kind = FACT_ALERT, .source = 0, .time = TIME_NONE };
	struct error err = { 0 };

	if (begin)
		batch_run(b, &run);
	add_rows(b, 1, x);
	batch_fact(b, &fact);
	b->checkpoint = true;
	b->total = (uint64_t)x;
	buffer_text(&b->state, "state", 5);
	ck_assert_msg(store_write(s, b, &err) == 0, "%s", err.text);
	batch_free(b);
}

/* A checkpoint before the last: what was recorded behind it comes again, and stands there once. */
START_TEST(what_comes_again_is_recorded_once)
{
	for (int before = 0; before < 3; before++) {
		struct error err = { 0 };
		struct checkpoint c = { 0 };
		struct text out = { 0 };
		struct store *s;

		store_file_remove();
		write_run(2, 100, false, true);
		s = store_open(store_file(), &store_keep_all, &err);
		for (int i = 1; i <= 4; i++)
			write_step(s, i, i == 1, false);
		store_close(s);
		s = store_open(store_file(), &store_keep_all, &err);
		ck_assert_int_eq(store_checkpoint(s, before, &c, &err), 1);
		ck_assert_uint_eq(c.rows, 4 - (uint64_t)before);
		for (int i = 5 - before; i <= 6; i++)
			write_step(s, i, i == 5 - before || i == 6, true);
		store_close(s);
		export_to(&out, STORE_ALL_RUNS);
		ck_assert_str_eq(
		    text_get(&out), "x,weir_run\n100,1\n101,1\n1,2\n2,2\n3,2\n4,2\n5,2\n6,2\n");
		ck_assert_str_eq(ask("SELECT count(*) FROM alerts"), "6");
		ck_assert_str_eq(ask("SELECT count(*) FROM marks"), "7");
		ck_assert_str_eq(ask("SELECT group_concat(rows) FROM checkpoints"), "4,5,6");
		buffer_done(&c.state);
		text_done(&out);
		store_file_remove();
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("runs");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, each_run_has_its_end);
	tcase_add_test(tc, a_run_is_read_alone);
	tcase_add_test(tc, older_stores_are_carried_over);
	tcase_add_test(tc, what_comes_again_is_recorded_once);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
