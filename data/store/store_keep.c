/* store_keep.c - a store that is bounded: the oldest rows go, a mark at a time, with what was told
 * of them. */
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/store/store_parts.h"

enum { PIECES = 8 }; /* marks of one commit: faster than they are made */

struct mark {
	int64_t id, upto, time, facts[FACTS];
	char *table;
};

/* The oldest but the last: what was just written stays. 1: there is one; 0: none. */
static int
oldest_mark(struct store *s, struct mark *m, struct error *err)
{
	sqlite3_stmt *stmt;
	int code;

	*m = (struct mark){ 0 };
	if (store_prepare(s,
		"SELECT id, upto, time, alerts, bad, notes, rows_table FROM marks WHERE id < "
		"(SELECT max(id) FROM marks) ORDER BY id LIMIT 1",
		&stmt, err) != 0)
		return -1;
	code = sqlite3_step(stmt);
	if (code == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(stmt, 6);

		m->id = sqlite3_column_int64(stmt, 0);
		m->upto = sqlite3_column_int64(stmt, 1);
		m->time = sqlite3_column_int64(stmt, 2);
		for (int i = 0; i < FACTS; i++)
			m->facts[i] = sqlite3_column_int64(stmt, 3 + i);
		m->table =
		    memory_text(table != NULL ? table : "", table != NULL ? strlen(table) : 0);
	} else if (code != SQLITE_DONE) {
		store_failed(s, err);
	}
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW ? 1 : code == SQLITE_DONE ? 0 : -1;
}

static int
drop_mark(struct store *s, const struct mark *m, struct error *err)
{
	struct text sql = { 0 };
	int status;

	text_add(&sql, "DELETE FROM ");
	sql_quote(&sql, m->table);
	text_addf(&sql,
	    " WHERE rowid <= %lld; DELETE FROM alerts WHERE rowid <= %lld; DELETE FROM bad WHERE "
	    "rowid <= %lld; DELETE FROM notes WHERE rowid <= %lld; DELETE FROM marks WHERE id = "
	    "%lld",
	    (long long)m->upto, (long long)m->facts[FACT_ALERT], (long long)m->facts[FACT_BAD],
	    (long long)m->facts[FACT_NOTE], (long long)m->id);
	status = store_exec(s, text_get(&sql), err);
	text_done(&sql);
	return status;
}

static int64_t
newest_time(const struct store *s)
{
	int64_t newest = TIME_NONE;

	for (int i = 0; i < s->ntables; i++)
		if (s->tables[i].newest > newest || newest == TIME_NONE)
			newest = s->tables[i].newest;
	return newest;
}

/* Bytes that are in use: pages that were emptied are filled again first. */
static int
bytes_used(struct store *s, int64_t *bytes, struct error *err)
{
	int64_t pages, empty, size;

	if (store_number(s, "PRAGMA page_count", &pages, err) != 0 ||
	    store_number(s, "PRAGMA freelist_count", &empty, err) != 0 ||
	    store_number(s, "PRAGMA page_size", &size, err) != 0)
		return -1;
	*bytes = (pages - empty) * size;
	return 0;
}

static bool
is_too_old(const struct store *s, const struct mark *m)
{
	int64_t newest = newest_time(s);

	return s->keep.age > 0 && newest != TIME_NONE && m->time != TIME_NONE &&
	       m->time < newest - s->keep.age;
}

int
store_trim(struct store *s, struct error *err)
{
	if (s->keep.age == 0 && s->keep.bytes == 0)
		return 0;
	for (int i = 0; i < PIECES; i++) {
		int64_t bytes;
		struct mark m;
		int status;

		if (bytes_used(s, &bytes, err) != 0 || (status = oldest_mark(s, &m, err)) < 0)
			return -1;
		if (status == 0)
			break;
		if (!is_too_old(s, &m) && (s->keep.bytes == 0 || bytes <= s->keep.bytes)) {
			free(m.table);
			break;
		}
		status = drop_mark(s, &m, err);
		free(m.table);
		if (status != 0)
			return -1;
	}
	return store_exec(s, "PRAGMA incremental_vacuum(256)", err);
}
