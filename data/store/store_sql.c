/* store_sql.c - statements of SQLite, and its errors as ours. */
#include <stdio.h>
#include <string.h>

#include "data/store/store_parts.h"

static const char *
remedy(int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL:
		return "make room on the disk";
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		return "give a file in a folder that can be written";
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "another program writes to it: wait for its end";
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return "give another file, and keep this one: sqlite3 FILE .recover may read it";
	case SQLITE_IOERR:
		return "look after the disk";
	default:
		return "give another file";
	}
}

int
sql_failed(sqlite3 *db, const char *path, struct error *err)
{
	int code = sqlite3_extended_errcode(db);

	return error_set(err, "%s: %s (%s)", path, sqlite3_errmsg(db), remedy(code));
}

int
store_failed(const struct store *s, struct error *err)
{
	return sql_failed(s->db, s->path, err);
}

int
store_exec(struct store *s, const char *sql, struct error *err)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : store_failed(s, err);
}

int
store_prepare(struct store *s, const char *sql, sqlite3_stmt **stmt, struct error *err)
{
	return sqlite3_prepare_v2(s->db, sql, -1, stmt, NULL) == SQLITE_OK ? 0
									   : store_failed(s, err);
}

int
store_step(struct store *s, sqlite3_stmt *stmt, struct error *err)
{
	int code;

	do
		code = sqlite3_step(stmt);
	while (code == SQLITE_ROW);
	if (code != SQLITE_DONE)
		store_failed(s, err);
	sqlite3_reset(stmt);
	return code == SQLITE_DONE ? 0 : -1;
}

int
store_number(struct store *s, const char *sql, int64_t *v, struct error *err)
{
	sqlite3_stmt *stmt;
	int code;

	*v = 0;
	if (store_prepare(s, sql, &stmt, err) != 0)
		return -1;
	code = sqlite3_step(stmt);
	if (code == SQLITE_ROW)
		*v = sqlite3_column_int64(stmt, 0);
	else if (code != SQLITE_DONE)
		store_failed(s, err);
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW || code == SQLITE_DONE ? 0 : -1;
}

void
sql_quote(struct text *t, const char *name)
{
	text_addc(t, '"');
	for (; *name != '\0'; name++) {
		if (*name == '"')
			text_addc(t, '"');
		text_addc(t, *name);
	}
	text_addc(t, '"');
}

void
sql_distrust(sqlite3 *db)
{
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	/* a name that is none would else be a text */
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
	sqlite3_exec(db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", NULL, NULL, NULL);
}

/* The first cell of a statement without a failure; -1: it failed. */
static int64_t
ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;
	int64_t v = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		v = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return v;
}

/* Is it made of lines, such as a table of rows? Nobody wants those written over. */
static bool
is_text(const char *path)
{
	char first[512];
	FILE *f = fopen(path, "re");
	size_t n = f != NULL ? fread(first, 1, sizeof first, f) : 0;

	if (f != NULL)
		fclose(f);
	return n > 0 && memchr(first, '\0', n) == NULL && memchr(first, '\n', n) != NULL;
}

static int
no_store(const char *path, struct error *err)
{
	if (is_text(path))
		return error_set(err,
		    "%s: is a text, as CSV is, and no store (give another file, FILE.weir: "
		    "nothing was changed; -o FILE.csv writes rows)",
		    path);
	return error_set(
	    err, "%s: is no store of weir (give another file: nothing was changed)", path);
}

int
sql_check(sqlite3 *db, const char *path, struct error *err)
{
	int64_t version, odd;

	if (ask(db, "PRAGMA application_id") != STORE_ID) {
		int code = sqlite3_errcode(db);

		if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE &&
		    (code != SQLITE_NOTADB || !is_text(path)))
			return sql_failed(db, path, err);
		return no_store(path, err);
	}
	version = ask(db, "PRAGMA user_version");
	if (version < 1 || version > STORE_VERSION)
		return error_set(err,
		    "%s: is a store of another version of weir, %lld (this one reads up to %d: "
		    "give another file, or use that weir)",
		    path, (long long)version, STORE_VERSION);
	odd = ask(db, "SELECT count(*) FROM sqlite_schema WHERE type NOT IN ('table', 'index') OR "
		      "sql LIKE 'create virtual%' OR sql LIKE '%generated always%'");
	if (odd < 0)
		return sql_failed(db, path, err);
	if (odd > 0)
		return error_set(err,
		    "%s: has views, triggers or virtual tables, which no store of weir has (copy "
		    "its tables into a file of their own)",
		    path);
	return 0;
}
