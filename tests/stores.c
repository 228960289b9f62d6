/* stores.c - a store of a test's own: written, asked, and spoiled. */
#include "tests/stores.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "data/base/times/times.h"
#include "data/store/store_rows.h"
#include "tests/support.h"

const struct store_keep store_keep_all = { 0, 0 };

const char *
store_file(void)
{
	static char path[64];

	if (path[0] == '\0') /* in processes that are forked it stays the same */
		snprintf(path, sizeof path, "/tmp/weir-store-%d.weir", (int)getpid());
	return path;
}

void
store_file_remove(void)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char name[80];

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		snprintf(name, sizeof name, "%s%s", store_file(), endings[i]);
		unlink(name);
	}
}

struct store *
store_file_open(const struct store_keep *keep)
{
	struct error err = { 0 };
	struct store *s = store_open(store_file(), keep, &err);

	ck_assert_msg(s != NULL, "%s", err.text);
	return s;
}

struct block *
stored_block(const struct schema *schema, int n)
{
	struct block *b = block_new(schema, NULL);

	b->first_row = 1;
	b->n = n;
	for (int i = 0; i < n; i++) {
		b->time[i] = i * TIME_SECOND;
		for (int c = 0; c < schema->n; c++) {
			char text[32];
			int k = snprintf(text, sizeof text, "t\"%d,\n%d", i, c);

			if (schema->columns[c].type == COLUMN_NUMBER)
				b->cells[c].number[i] = i % 5 == 3 ? NAN : i + c / 10.0;
			else if (schema->columns[c].type == COLUMN_TIME)
				b->cells[c].time[i] = i % 5 == 3 ? TIME_NONE : i * TIME_SECOND / 2;
			else
				b->cells[c].text[i] = i % 5 == 3 ? (struct cell_text){ NULL, 0 }
								 : block_text(b, text, (size_t)k);
		}
	}
	return b;
}

void
stored_begin_run(struct batch *b, const struct schema *schema, bool resumed)
{
	const struct batch_source source = { schema, schema->time < 0 };
	const struct batch_run run = { resumed, "1", "weir", NULL, &source, 1 };

	batch_run(b, &run);
}

void
stored_add_rows(struct batch *b, const struct schema *schema, int n, uint64_t first)
{
	struct block *rows = stored_block(schema, n);

	rows->first_row = first;
	batch_rows(b, 0, rows, schema->n, 0, n);
	block_free(rows);
}

int
stored_write_rows(
    struct store *s, const struct schema *schema, int n, bool begin, struct error *err)
{
	struct batch *b = memory_zero(1, sizeof *b);
	int status;

	if (begin)
		stored_begin_run(b, schema, false);
	stored_add_rows(b, schema, n, 1);
	status = store_write(s, b, err);
	batch_free(b);
	return status;
}

void
store_file_export(struct text *out, int64_t run, bool ndjson)
{
	struct error err = { 0 };
	struct store_rows *rows = store_rows_open(store_file(), run, NULL, &err);
	int status;

	ck_assert_msg(rows != NULL, "%s", err.text);
	if (!ndjson)
		store_rows_csv_header(rows, out);
	while ((status = store_rows_next(rows, &err)) > 0)
		if (ndjson)
			store_rows_ndjson(rows, out);
		else
			store_rows_csv(rows, out);
	ck_assert_int_eq(status, 0);
	store_rows_close(rows);
}

int64_t
store_file_ask(const char *sql)
{
	sqlite3_stmt *stmt;
	sqlite3 *db;
	int64_t v = -1;

	ck_assert_int_eq(sqlite3_open(store_file(), &db), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		v = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return v;
}

void
store_file_change(const char *sql)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(store_file(), &db), SQLITE_OK);
	ck_assert_msg(
	    sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}
