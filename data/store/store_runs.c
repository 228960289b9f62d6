/* store_runs.c - the runs that a store has, as they are listed. See store_rows.h.
 *
 * Version 1 did not say when a run ended. */
#include "data/store/store_rows_parts.h"

static const char *
text_at(sqlite3_stmt *stmt, int column)
{
	const char *s = (const char *)sqlite3_column_text(stmt, column);

	return s != NULL ? s : "";
}

/* Of its first source. */
static uint64_t
count_rows(const char *path, int64_t run)
{
	struct error err;
	struct store_rows *rows = store_rows_open(path, run, NULL, &err);
	uint64_t n = rows != NULL ? store_rows_count(rows) : 0;

	store_rows_close(rows);
	return n;
}

static sqlite3_stmt *
prepare(sqlite3 *db)
{
	static const char *const selects[] = { "SELECT run, began, command, ended FROM runs",
		"SELECT run, began, command, NULL FROM runs" };
	sqlite3_stmt *stmt = NULL;

	for (int i = 0; i < 2 && stmt == NULL; i++)
		if (sqlite3_prepare_v2(db, selects[i], -1, &stmt, NULL) != SQLITE_OK)
			stmt = NULL;
	return stmt;
}

int
store_runs(
    const char *path, void (*tell)(void *, const struct store_run *), void *self, struct error *err)
{
	struct store_rows *last = store_rows_open(path, STORE_LAST_RUN, NULL, err);
	sqlite3_stmt *stmt = last != NULL ? prepare(last->db) : NULL;
	int code = SQLITE_ERROR, status;

	if (last == NULL)
		return -1;
	while (stmt != NULL && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct store_run run = { sqlite3_column_int64(stmt, 0), text_at(stmt, 1),
			text_at(stmt, 3), text_at(stmt, 2), 0 };

		run.rows = count_rows(path, run.number);
		tell(self, &run);
	}
	status = code == SQLITE_DONE ? 0 : sql_failed(last->db, path, err);
	sqlite3_finalize(stmt);
	store_rows_close(last);
	return status;
}
