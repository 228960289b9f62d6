/* test_store.c - a store written and read back: odd names, missing cells, checkpoints, bounds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/base/text.h"
#include "data/base/times/times.h"
#include "data/store/store.h"
#include "data/store/store_rows.h"
#include "tests/stores.h"
#include "tests/support.h"

static struct column odd_columns[] = { { .name = (char[]){ "T" } }, { .name = (char[]){ "t" } },
	{ .name = (char[]){ "weir_row" }, .type = COLUMN_TEXT },
	{ .name = (char[]){ "a \"b\", c" }, .type = COLUMN_TIME } };
static const struct schema odd = { (char[]){ "pump" }, odd_columns, 4, -1, false };

/* --- rows ------------------------------------------------------------------------------------- */

START_TEST(names_alike_are_kept_apart)
{
	struct text csv = { 0 }, json = { 0 };
	struct error err = { 0 };
	struct store *s;

	store_file_remove();
	s = store_file_open(&store_keep_all);
	ck_assert_msg(stored_write_rows(s, &odd, 5, true, &err) == 0, "%s", err.text);
	store_close(s);
	store_file_export(&csv, 0, false);
	store_file_export(&json, 0, true);
	ck_assert_str_eq(text_get(&csv),
	    "T,t,weir_row,\"a \"\"b\"\", c\",time\n"
	    "0,0.1,\"t\"\"0,\n2\",1970-01-01T00:00:00Z,1970-01-01T00:00:00Z\n"
	    "1,1.1,\"t\"\"1,\n2\",1970-01-01T00:00:00.500Z,1970-01-01T00:00:01Z\n"
	    "2,2.1,\"t\"\"2,\n2\",1970-01-01T00:00:01Z,1970-01-01T00:00:02Z\n"
	    ",,,,1970-01-01T00:00:03Z\n"
	    "4,4.1,\"t\"\"4,\n2\",1970-01-01T00:00:02Z,1970-01-01T00:00:04Z\n");
	ck_assert_ptr_nonnull(strstr(text_get(&json), "\n{\"time\":\"1970-01-01T00:00:03Z\"}\n"));
	ck_assert_int_eq(store_file_ask("SELECT sum(T) + 10 * sum(\"t#2\") FROM rows"), 81);
	ck_assert_int_eq(
	    store_file_ask("SELECT count(\"weir_row#2\") + 10 * max(weir_row) FROM rows"), 54);
	text_done(&csv);
	text_done(&json);
	store_file_remove();
}
END_TEST

/* A run of the same columns goes on in the same table, one of others has its own. */
START_TEST(runs_stand_apart)
{
	struct column one = { .name = (char[]){ "x" } };
	const struct schema other = { (char[]){ "pump" }, &one, 1, -1, false };
	struct text first = { 0 }, last = { 0 };
	struct error err;
	struct store *s;

	store_file_remove();
	for (int i = 0; i < 3; i++) {
		const struct schema *schema = i == 1 ? &other : &odd;

		s = store_file_open(&store_keep_all);
		ck_assert_int_eq(stored_write_rows(s, schema, 2 + i, true, &err), 0);
		store_close(s);
	}
	ck_assert_int_eq(store_file_ask("SELECT count(*) FROM rows"), 2 + 4);
	ck_assert_int_eq(store_file_ask("SELECT count(*) FROM \"rows#2\""), 3);
	store_file_export(&first, 2, true);
	store_file_export(&last, 0, true);
	ck_assert_str_eq(text_get(&first), "{\"x\":0,\"time\":\"1970-01-01T00:00:00Z\"}\n"
					   "{\"x\":1,\"time\":\"1970-01-01T00:00:01Z\"}\n"
					   "{\"x\":2,\"time\":\"1970-01-01T00:00:02Z\"}\n");
	ck_assert_ptr_nonnull(strstr(text_get(&last), "\"T\":2,"));
	ck_assert_ptr_null(store_rows_open(store_file(), 4, NULL, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "no run 4 in it"));
	ck_assert_ptr_null(store_rows_open(store_file(), 1, "nobody", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "no source 'nobody'"));
	text_done(&first);
	text_done(&last);
	store_file_remove();
}
END_TEST

/* More columns than a table has: a row is one JSON text. */
START_TEST(wide_rows_are_json)
{
	enum { WIDTH = 1901 };
	struct schema wide = { (char[]){ "w" }, memory_zero(WIDTH, sizeof(struct column)), WIDTH,
		-1, false };
	struct text rows = { 0 };
	struct error err = { 0 };
	struct store *s;

	store_file_remove();
	for (int i = 0; i < WIDTH; i++) {
		wide.columns[i].name = memory_new(16, 1);
		snprintf(wide.columns[i].name, 16, "c%d", i);
	}
	s = store_file_open(&store_keep_all);
	ck_assert_msg(stored_write_rows(s, &wide, 4, true, &err) == 0, "%s", err.text);
	store_close(s);
	ck_assert_int_eq(store_file_ask("SELECT sum(json ->> 'c1900') FROM rows"), 573);
	store_file_export(&rows, 0, true);
	ck_assert_int_eq(strncmp(rows.s, "{\"c0\":0,\"c1\":0.1,", 17), 0);
	ck_assert_str_eq(rows.s + rows.len - 4, "\n{}\n");
	for (int i = 0; i < WIDTH; i++)
		free(wide.columns[i].name);
	free(wide.columns);
	text_done(&rows);
	store_file_remove();
}
END_TEST

/* --- checkpoints ------------------------------------------------------------------------------ */

START_TEST(the_last_three_checkpoints_stay)
{
	struct batch *b = memory_zero(1, sizeof *b);
	struct checkpoint c;
	struct error err;
	struct store *s;

	store_file_remove();
	s = store_file_open(&store_keep_all);
	ck_assert_int_eq(store_checkpoint(s, 0, &c, &err), 0);
	stored_begin_run(b, &odd, false);
	for (int i = 1; i <= 5; i++) {
		buffer_put(&b->state, "state", (size_t)i);
		b->checkpoint = true;
		b->out = 100 * i;
		b->total = (uint64_t)i;
		b->ended = i == 5;
		ck_assert_int_eq(store_write(s, b, &err), 0);
		batch_clear(b);
	}
	batch_free(b);
	store_close(s);
	s = store_file_open(&store_keep_all);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(store_checkpoint(s, i, &c, &err), 1);
		ck_assert_int_eq((int)c.state.len, 5 - i);
		ck_assert_int_eq(memcmp(c.state.data, "state", c.state.len), 0);
		ck_assert_int_eq(c.out, 500 - 100 * i);
		ck_assert_uint_eq(c.rows, (uint64_t)(5 - i));
		ck_assert_int_eq(c.ended, i == 0);
		buffer_done(&c.state);
	}
	ck_assert_int_eq(store_checkpoint(s, 3, &c, &err), 0);
	store_close(s);
	store_file_remove();
}
END_TEST

/* --- bounded ---------------------------------------------------------------------------------- */

START_TEST(the_oldest_rows_go)
{
	static const struct store_keep keeps[] = { { 0, 300000 }, { 5 * TIME_SECOND, 0 } };

	for (size_t k = 0; k < 2; k++) {
		struct stat st;
		struct error err;
		struct store *s;

		store_file_remove();
		s = store_file_open(&keeps[k]);
		for (int i = 0; i < 100; i++)
			ck_assert_int_eq(stored_write_rows(s, &odd, 256, i == 0, &err), 0);
		store_close(s);
		ck_assert_int_eq(stat(store_file(), &st), 0);
		if (k == 0)
			ck_assert_int_lt(st.st_size, 400000);
		else /* all batches are of the same times: none is too old */
			ck_assert_int_eq(store_file_ask("SELECT count(*) FROM rows"), 25600);
		ck_assert_int_gt(store_file_ask("SELECT count(*) FROM rows"), 1000);
		ck_assert_int_eq(store_file_ask("SELECT max(rowid) FROM rows"), 25600);
	}
	store_file_remove();
}
END_TEST

START_TEST(rows_that_are_too_old_go)
{
	const struct store_keep keep = { 10 * TIME_SECOND, 0 };
	struct error err;
	struct store *s;

	store_file_remove();
	s = store_file_open(&keep);
	for (int i = 0; i < 50; i++)
		ck_assert_int_eq(stored_write_rows(s, &odd, i + 1, i == 0, &err), 0);
	store_close(s);
	/* of the last time 49 s those of 39 s and less: batches of 1 to 39 rows */
	ck_assert_int_eq(store_file_ask("SELECT count(*) FROM rows"), 50 * 51 / 2 - 39 * 40 / 2);
	store_file_remove();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("store");
	TCase *tc = tcase_create("store");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, names_alike_are_kept_apart);
	tcase_add_test(tc, runs_stand_apart);
	tcase_add_test(tc, wide_rows_are_json);
	tcase_add_test(tc, the_last_three_checkpoints_stay);
	tcase_add_test(tc, the_oldest_rows_go);
	tcase_add_test(tc, rows_that_are_too_old_go);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
