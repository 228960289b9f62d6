/* store_rows.c - the rows of a run, some at a time: a reader that waits, as a replay that is paused
 * does, holds up nobody who writes.
 *
 * Whoever made the file may mean harm: what it says of tables and columns is looked up, not
 * believed, and used as names alone. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/store/store_rows_parts.h"

enum {
	ROWS = 1000,          /* of one reading */
	CELL_MOST = 64 << 20, /* bytes of a cell, or of a row */
	COLUMNS_MOST = 100000,
};

/* A pipe with a name is not opened: whoever waits to write into it would write to nobody. */
bool
store_is(const char *path)
{
	unsigned char head[72];
	struct stat st;
	int fd = stat(path, &st) == 0 && S_ISREG(st.st_mode)
		     ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
		     : -1;
	ssize_t n = fd >= 0 ? pread(fd, head, sizeof head, 0) : -1;

	if (fd >= 0)
		close(fd);
	return n == (ssize_t)sizeof head && memcmp(head, "SQLite format 3", 16) == 0 &&
	       (head[68] << 24 | head[69] << 16 | head[70] << 8 | head[71]) == STORE_ID;
}

static sqlite3_stmt *
prepare(struct store_rows *r, const char *sql, struct error *err)
{
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(r->db, sql, -1, &stmt, NULL) == SQLITE_OK)
		return stmt;
	sql_failed(r->db, r->path, err);
	return NULL;
}

/* --- which ------------------------------------------------------------------------------------ */

static char *
text_of(sqlite3_stmt *stmt, int at)
{
	const char *s = (const char *)sqlite3_column_text(stmt, at);

	return s != NULL ? memory_text(s, (size_t)sqlite3_column_bytes(stmt, at)) : NULL;
}

static int
no_such(struct store_rows *r, int64_t run, const char *source, struct error *err)
{
	if (source != NULL)
		return error_set(err,
		    "%s: no source '%s' in it (sqlite3 %s 'select run, name from "
		    "sources' lists them)",
		    r->path, source, r->path);
	if (run > 0)
		return error_set(err,
		    "%s: no run %lld in it (sqlite3 %s 'select run, began from runs' "
		    "lists them)",
		    r->path, (long long)run, r->path);
	return error_set(
	    err, "%s: no run is recorded in it (it ended before its first row)", r->path);
}

static int
find_source(struct store_rows *r, int64_t run, const char *source, int *number, struct error *err)
{
	sqlite3_stmt *stmt = prepare(r,
	    "SELECT run, source, rows_table, wide, stamps, time, first FROM sources WHERE run = "
	    "CASE WHEN ?1 > 0 THEN ?1 ELSE (SELECT max(run) FROM sources) END AND (?2 IS NULL OR "
	    "name = ?2) ORDER BY source LIMIT 1",
	    err);
	int code;

	if (stmt == NULL)
		return -1;
	sqlite3_bind_int64(stmt, 1, run);
	sqlite3_bind_text(stmt, 2, source, -1, SQLITE_STATIC);
	r->all = run == STORE_ALL_RUNS;
	code = sqlite3_step(stmt);
	if (code == SQLITE_ROW) {
		r->run = sqlite3_column_int64(stmt, 0);
		*number = sqlite3_column_int(stmt, 1);
		r->table = text_of(stmt, 2);
		r->wide = sqlite3_column_int(stmt, 3) != 0;
		r->stamps = sqlite3_column_int(stmt, 4) != 0;
		r->schema.time = sqlite3_column_int(stmt, 5);
		r->first = r->all ? 1 : sqlite3_column_int64(stmt, 6);
	}
	sqlite3_finalize(stmt);
	if (code == SQLITE_DONE || (code == SQLITE_ROW && r->table == NULL))
		return no_such(r, run, source, err);
	return code == SQLITE_ROW ? 0 : sql_failed(r->db, r->path, err);
}

static enum column_type
type_named(const char *s)
{
	return s != NULL && strcmp(s, "number") == 0 ? COLUMN_NUMBER
	       : s != NULL && strcmp(s, "time") == 0 ? COLUMN_TIME
						     : COLUMN_TEXT;
}

static void
add_column(struct store_rows *r, char *name, char *stored, enum column_type type, char *unit)
{
	int n = r->schema.n++;

	r->schema.columns =
	    memory_grow(r->schema.columns, (size_t)n + 1, sizeof *r->schema.columns);
	r->stored = memory_grow(r->stored, (size_t)n + 1, sizeof *r->stored);
	r->schema.columns[n] = (struct column){ .name = name, .type = type, .unit = unit };
	r->stored[n] = stored;
}

static int
find_columns(struct store_rows *r, int source, struct error *err)
{
	sqlite3_stmt *stmt = prepare(r,
	    "SELECT name, stored, type FROM columns WHERE run = ? AND source = ? ORDER BY position",
	    err);
	int code = SQLITE_DONE;

	if (stmt == NULL)
		return -1;
	sqlite3_bind_int64(stmt, 1, r->run);
	sqlite3_bind_int(stmt, 2, source);
	while (r->schema.n < COLUMNS_MOST && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
		char *name = text_of(stmt, 0), *stored = text_of(stmt, 1);

		if (stored == NULL)
			stored =
			    memory_text(name != NULL ? name : "", name != NULL ? strlen(name) : 0);
		add_column(r, name != NULL ? name : memory_text("", 0), stored,
		    type_named((const char *)sqlite3_column_text(stmt, 2)), NULL);
	}
	sqlite3_finalize(stmt);
	if (code != SQLITE_DONE && code != SQLITE_ROW)
		return sql_failed(r->db, r->path, err);
	if (r->schema.time >= r->schema.n || r->schema.time < 0 ||
	    r->schema.columns[r->schema.time].type != COLUMN_TIME)
		r->schema.time = -1;
	return 0;
}

/* Rows that were stamped on arrival have no column that says so: it is added, under a name that is
 * free. */
static void
add_stamps(struct store_rows *r)
{
	static const char *const names[] = { "time", "arrival", "weir_time" };
	int i = 0;

	if (!r->stamps || r->schema.time >= 0)
		return;
	while (i < 2 && schema_find(&r->schema, names[i]) >= 0)
		i++;
	r->schema.time = r->schema.n;
	add_column(r, memory_text(names[i], strlen(names[i])), memory_text("weir_time", 9),
	    COLUMN_TIME, NULL);
}

static void
add_run(struct store_rows *r)
{
	if (r->all && !r->wide)
		add_column(
		    r, memory_text("weir_run", 8), memory_text("weir_run", 8), COLUMN_NUMBER, NULL);
}

static int
prepare_rows(struct store_rows *r, struct error *err)
{
	struct text sql = { 0 };

	text_add(&sql, "SELECT rowid, weir_row");
	for (int i = 0; i < r->schema.n && !r->wide; i++) {
		text_add(&sql, ", ");
		sql_quote(&sql, r->stored[i]);
	}
	if (r->wide)
		text_add(&sql, ", json, weir_time");
	text_add(&sql, " FROM ");
	sql_quote(&sql, r->table);
	text_add(&sql, " WHERE rowid > ?");
	if (!r->all)
		text_addf(&sql, " AND weir_run = %lld", (long long)r->run);
	if (r->bound < INT64_MAX)
		text_addf(&sql, " AND rowid < %lld", (long long)r->bound);
	text_addf(&sql, " ORDER BY rowid LIMIT %d", ROWS);
	r->select = prepare(r, text_get(&sql), err);
	text_done(&sql);
	return r->select != NULL ? 0 : -1;
}

/* Runs follow one another: rows of those behind it need not be looked at. */
static void
find_bound(struct store_rows *r)
{
	sqlite3_stmt *stmt =
	    prepare(r, "SELECT min(first) FROM sources WHERE rows_table = ? AND run > ?", NULL);

	r->bound = INT64_MAX;
	if (stmt == NULL)
		return;
	sqlite3_bind_text(stmt, 1, r->table, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, r->run);
	if (!r->all && sqlite3_step(stmt) == SQLITE_ROW &&
	    sqlite3_column_type(stmt, 0) == SQLITE_INTEGER)
		r->bound = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
}

/* The least or the greatest rowid of its table, of which SQLite looks at one row alone; 0: none. */
static int64_t
ask_table(struct store_rows *r, const char *what)
{
	struct text sql = { 0 };
	sqlite3_stmt *stmt;
	int64_t rowid = 0;

	text_addf(&sql, "SELECT %s(rowid) FROM ", what);
	sql_quote(&sql, r->table);
	stmt = prepare(r, text_get(&sql), NULL);
	if (stmt != NULL && sqlite3_step(stmt) == SQLITE_ROW)
		rowid = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	text_done(&sql);
	return rowid;
}

/* The oldest rows may be gone. */
static void
find_ends(struct store_rows *r)
{
	int64_t least = ask_table(r, "min");

	if (r->first < least)
		r->first = least;
	r->last = r->bound < INT64_MAX ? r->bound - 1 : ask_table(r, "max");
}

/* --- its life --------------------------------------------------------------------------------- */

/* In a folder that cannot be written, what was closed well can still be read as it stands. */
static int
open_database(struct store_rows *r, struct error *err)
{
	struct text uri = { 0 };
	int code =
	    sqlite3_open_v2(r->path, &r->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_exec(r->db, "SELECT 1 FROM sqlite_schema", NULL, NULL, NULL);
	if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) {
		sqlite3_close(r->db);
		text_add(&uri, "file:");
		for (const char *p = r->path; *p != '\0'; p++)
			text_addf(
			    &uri, strchr("%?#", *p) != NULL ? "%%%02x" : "%c", (unsigned char)*p);
		text_add(&uri, "?immutable=1");
		code = sqlite3_open_v2(text_get(&uri), &r->db,
		    SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
		text_done(&uri);
	}
	if (code != SQLITE_OK && sqlite3_errcode(r->db) != SQLITE_OK)
		return sql_failed(r->db, r->path, err);
	sqlite3_busy_timeout(r->db, 1000);
	sqlite3_limit(r->db, SQLITE_LIMIT_LENGTH, CELL_MOST);
	sql_distrust(r->db);
	return sql_check(r->db, r->path, err);
}

static int
look_at(const char *path, struct error *err)
{
	if (store_is(path))
		return 0;
	if (access(path, R_OK) != 0)
		return error_set(
		    err, "%s: %s (check the name, and who may read it)", path, strerror(errno));
	return error_set(err, "%s: is no store of weir (--store makes one)", path);
}

struct store_rows *
store_rows_open(const char *path, int64_t run, const char *source, struct error *err)
{
	struct store_rows *r = memory_zero(1, sizeof *r);
	int number = 0;

	r->path = memory_text(path, strlen(path));
	r->schema.time = -1;
	if (look_at(path, err) == 0 && open_database(r, err) == 0 &&
	    find_source(r, run, source, &number, err) == 0 && find_columns(r, number, err) == 0) {
		add_stamps(r);
		add_run(r);
		find_bound(r);
		if (prepare_rows(r, err) == 0) {
			find_ends(r);
			store_rows_seek(r, 0);
			return r;
		}
	}
	store_rows_close(r);
	return NULL;
}

void
store_rows_close(struct store_rows *r)
{
	if (r == NULL)
		return;
	sqlite3_finalize(r->select);
	sqlite3_close(r->db);
	for (int i = 0; i < r->schema.n; i++) {
		free(r->schema.columns[i].name);
		free(r->stored[i]);
	}
	free(r->schema.columns);
	free(r->stored);
	free(r->table);
	free(r->path);
	free(r);
}

const struct schema *
store_rows_schema(const struct store_rows *r)
{
	return &r->schema;
}

uint64_t
store_rows_count(const struct store_rows *r)
{
	return r->last >= r->first ? (uint64_t)(r->last - r->first) + 1 : 0;
}

/* --- rows ------------------------------------------------------------------------------------- */

void
store_rows_seek(struct store_rows *r, int64_t rowid)
{
	r->at = rowid > 0 ? rowid - 1 : r->first - 1;
	sqlite3_reset(r->select);
	sqlite3_bind_int64(r->select, 1, r->at);
}

/* What failed once has failed. */
static int
repeat(const struct store_rows *r, struct error *err)
{
	*err = r->why;
	return -1;
}

int
store_rows_next(struct store_rows *r, struct error *err)
{
	int64_t before;

	if (r->failed)
		return repeat(r, err);
	for (int tries = 0; tries < 2; tries++) {
		int code = sqlite3_step(r->select);

		if (code == SQLITE_ROW) {
			r->at = sqlite3_column_int64(r->select, 0);
			return 1;
		}
		if (code != SQLITE_DONE) { /* stepped again it would begin anew */
			r->failed = true;
			sql_failed(r->db, r->path, &r->why);
			return repeat(r, err);
		}
		before = r->at;
		store_rows_seek(r, before + 1); /* those behind, as of now */
	}
	return 0;
}

int64_t
store_rows_at(const struct store_rows *r)
{
	return r->at;
}
