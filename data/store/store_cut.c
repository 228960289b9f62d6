/* store_cut.c - a run goes on from a checkpoint: what was recorded behind it comes again, and goes.
 *
 * Behind the newest one there is little or nothing, for rows are committed with it; behind one
 * before that, which is gone on from where a newer one is damaged, there are rows and alerts. A
 * checkpoint knows the last mark by then, and that the last row of each table. */
#include <stdlib.h>
#include <string.h>

#include "data/store/store_parts.h"

struct place { /* of a checkpoint */
	int64_t mark, facts[FACTS];
};

/* 1: found; 0: an older version made it, which did not note its place. */
static int
find_place(struct store *s, struct place *p, struct error *err)
{
	sqlite3_stmt *stmt;
	int code, found;

	if (store_prepare(s, "SELECT mark, alerts, bad, notes FROM checkpoints WHERE id = ?", &stmt,
		err) != 0)
		return -1;
	sqlite3_bind_int64(stmt, 1, s->from);
	code = sqlite3_step(stmt);
	found = code == SQLITE_ROW && sqlite3_column_type(stmt, 0) == SQLITE_INTEGER;
	if (found) {
		p->mark = sqlite3_column_int64(stmt, 0);
		for (int i = 0; i < FACTS; i++)
			p->facts[i] = sqlite3_column_int64(stmt, 1 + i);
	} else if (code != SQLITE_ROW && code != SQLITE_DONE) {
		found = store_failed(s, err);
	}
	sqlite3_finalize(stmt);
	return found;
}

/* Behind the last mark of the table by then; where it has none, all of this run. */
static int
cut_table(struct store *s, const char *table, int64_t mark, struct error *err)
{
	struct text sql = { 0 };
	sqlite3_stmt *stmt;
	int status;

	text_add(&sql, "DELETE FROM ");
	sql_quote(&sql, table);
	text_add(&sql, " WHERE rowid > max(ifnull((SELECT max(upto) FROM marks WHERE rows_table = "
		       "?1 AND id <= ?2), 0), ifnull((SELECT min(first) - 1 FROM sources WHERE "
		       "rows_table = ?1 AND run = ?3), 0))");
	status = store_prepare(s, text_get(&sql), &stmt, err);
	text_done(&sql);
	if (status != 0)
		return -1;
	sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, mark);
	sqlite3_bind_int64(stmt, 3, s->run);
	status = store_step(s, stmt, err);
	sqlite3_finalize(stmt);
	return status;
}

/* The tables that were written to since then. */
static int
cut_tables(struct store *s, int64_t mark, struct error *err)
{
	sqlite3_stmt *stmt;
	int code, status = 0;

	if (store_prepare(s, "SELECT DISTINCT rows_table FROM marks WHERE id > ?", &stmt, err) != 0)
		return -1;
	sqlite3_bind_int64(stmt, 1, mark);
	while (status == 0 && (code = sqlite3_step(stmt)) != SQLITE_DONE) {
		const char *table = (const char *)sqlite3_column_text(stmt, 0);

		if (code != SQLITE_ROW)
			status = store_failed(s, err);
		else if (table != NULL)
			status = cut_table(s, table, mark, err);
	}
	sqlite3_finalize(stmt);
	return status;
}

int
store_cut(struct store *s, struct error *err)
{
	struct place p = { 0 };
	struct text sql = { 0 };
	int status = s->from > 0 ? find_place(s, &p, err) : 0;

	if (status <= 0)
		return status;
	text_addf(&sql,
	    "DELETE FROM alerts WHERE rowid > %lld; DELETE FROM bad WHERE rowid > %lld; DELETE "
	    "FROM notes WHERE rowid > %lld; DELETE FROM marks WHERE id > %lld; DELETE FROM "
	    "checkpoints WHERE id > %lld",
	    (long long)p.facts[FACT_ALERT], (long long)p.facts[FACT_BAD],
	    (long long)p.facts[FACT_NOTE], (long long)p.mark, (long long)s->from);
	status =
	    cut_tables(s, p.mark, err) != 0 || store_exec(s, text_get(&sql), err) != 0 ? -1 : 0;
	text_done(&sql);
	return status;
}
