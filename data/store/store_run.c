/* store_run.c - a run begins, or goes on: what is known of it, and the tables of its sources.
 *
 * A source of the same columns as one before goes on in its table; one of others has its own. Names
 * that SQLite takes for the same, as "T" and "t", have #2 behind them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/base/times/times.h"
#include "data/store/store_parts.h"

struct told { /* a source as the batch tells it */
	char *name;
	bool stamps;
	int time, n;
	char **names, **units;
	enum column_type *types;
};

static char *
take_text(struct reader *in)
{
	const char *s;
	size_t n;

	return reader_text(in, &s, &n) == 0 ? memory_text(s, n) : memory_text("", 0);
}

static uint32_t
take_number(struct reader *in)
{
	uint32_t v = 0;

	reader_u32(in, &v);
	return v;
}

static void
take_source(struct told *t, struct reader *in)
{
	t->name = take_text(in);
	t->stamps = take_number(in) != 0;
	t->time = (int)take_number(in) - 1;
	t->n = (int)take_number(in);
	t->names = memory_new((size_t)t->n + 1, sizeof *t->names);
	t->units = memory_new((size_t)t->n + 1, sizeof *t->units);
	t->types = memory_new((size_t)t->n + 1, sizeof *t->types);
	for (int i = 0; i < t->n; i++) {
		t->names[i] = take_text(in);
		t->types[i] = (enum column_type)take_number(in);
		t->units[i] = take_text(in);
	}
}

static void
told_done(struct told *t)
{
	for (int i = 0; i < t->n; i++) {
		free(t->names[i]);
		free(t->units[i]);
	}
	free(t->names);
	free(t->units);
	free(t->types);
	free(t->name);
}

/* --- names ------------------------------------------------------------------------------------ */

static bool
is_ours(const char *name)
{
	return strcasecmp(name, "weir_run") == 0 || strcasecmp(name, "weir_row") == 0 ||
	       strcasecmp(name, "weir_time") == 0 || strcasecmp(name, "rowid") == 0 ||
	       strcasecmp(name, "oid") == 0 || strcasecmp(name, "_rowid_") == 0;
}

static bool
is_taken(char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcasecmp(names[i], name) == 0)
			return true;
	return is_ours(name);
}

/* Quadratic in the columns, of which a table has few: wide ones need no names. */
static char *
name_apart(char *const *names, int n, const char *name)
{
	struct text t = { 0 };

	text_add(&t, name);
	for (int k = 2; is_taken(names, n, text_get(&t)); k++) {
		text_clear(&t);
		text_addf(&t, "%s#%d", name, k);
	}
	return t.s != NULL ? t.s : memory_text("", 0);
}

static const char *
sql_type(enum column_type type)
{
	return type == COLUMN_NUMBER ? "REAL" : "TEXT";
}

static void
table_columns(const struct store_table *t, struct text *sql)
{
	if (t->wide)
		text_add(sql, "json TEXT, ");
	for (int i = 0; i < t->n && !t->wide; i++) {
		sql_quote(sql, t->stored[i]);
		text_addf(sql, " %s, ", sql_type(t->types[i]));
	}
	text_add(sql, "weir_run INTEGER, weir_row INTEGER, weir_time TEXT");
}

/* --- tables ----------------------------------------------------------------------------------- */

/* The text that made a table of that name; NULL: there is none. */
static char *
table_sql(struct store *s, const char *name, struct error *err, int *failed)
{
	sqlite3_stmt *stmt;
	char *sql = NULL;
	int code;

	if (store_prepare(s, "SELECT sql FROM sqlite_schema WHERE name = ? COLLATE NOCASE", &stmt,
		err) != 0) {
		*failed = 1;
		return NULL;
	}
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	code = sqlite3_step(stmt);
	if (code == SQLITE_ROW) {
		const char *found = (const char *)sqlite3_column_text(stmt, 0);

		sql = memory_text(found != NULL ? found : "",
		    (size_t)(found != NULL ? sqlite3_column_bytes(stmt, 0) : 0));
	}
	*failed = code != SQLITE_ROW && code != SQLITE_DONE;
	if (*failed)
		store_failed(s, err);
	sqlite3_finalize(stmt);
	return sql;
}

/* "rows" for the first source, "rows_NAME" for others; with #2 where a table of other columns has
 * the name, or another source of this run. */
static int
name_table(struct store *s, struct store_table *t, int source, const char *name, struct error *err)
{
	struct text candidate = { 0 }, make = { 0 };
	int failed = 0;

	for (int k = 1; !failed; k++) {
		char *sql;
		bool used = false;

		text_clear(&candidate);
		text_clear(&make);
		text_addf(&candidate, source == 0 ? "rows" : "rows_%s", name);
		if (k > 1)
			text_addf(&candidate, "#%d", k);
		text_add(&make, "CREATE TABLE ");
		sql_quote(&make, text_get(&candidate));
		text_add(&make, " (");
		table_columns(t, &make);
		text_addc(&make, ')');
		for (int i = 0; i < source; i++)
			used |= strcasecmp(s->tables[i].name, text_get(&candidate)) == 0;
		sql = used ? NULL : table_sql(s, text_get(&candidate), err, &failed);
		if (!used && !failed && sql == NULL)
			failed = store_exec(s, text_get(&make), err) != 0 ? 1 : 2;
		else if (sql != NULL && strcmp(sql, text_get(&make)) == 0)
			failed = 2; /* it is there */
		free(sql);
	}
	t->name = candidate.s;
	text_done(&make);
	return failed == 2 ? 0 : -1;
}

static int
prepare_insert(struct store *s, struct store_table *t, struct error *err)
{
	struct text sql = { 0 };
	int n = (t->wide ? 1 : t->n) + 3, status;

	text_add(&sql, "INSERT INTO ");
	sql_quote(&sql, t->name);
	text_add(&sql, " VALUES (");
	for (int i = 0; i < n; i++)
		text_add(&sql, i > 0 ? ",?" : "?");
	text_addc(&sql, ')');
	status = store_prepare(s, text_get(&sql), &t->insert, err);
	text_done(&sql);
	return status;
}

/* --- what is known of it ---------------------------------------------------------------------- */

static void
bind(sqlite3_stmt *stmt, int at, const char *s)
{
	if (s == NULL || s[0] == '\0')
		sqlite3_bind_null(stmt, at);
	else
		sqlite3_bind_text(stmt, at, s, -1, SQLITE_STATIC);
}

static int
tell_source(struct store *s, const struct told *told, int source, struct error *err)
{
	const struct store_table *t = &s->tables[source];
	struct text first = { 0 };
	sqlite3_stmt *stmt;
	int status;

	text_add(&first, "INSERT OR IGNORE INTO sources VALUES (?,?,?,?,?,?,?,(SELECT "
			 "ifnull(max(rowid), 0) + 1 FROM ");
	sql_quote(&first, t->name);
	text_add(&first, "))");
	status = store_prepare(s, text_get(&first), &stmt, err);
	text_done(&first);
	if (status != 0)
		return -1;
	sqlite3_bind_int64(stmt, 1, s->run);
	sqlite3_bind_int(stmt, 2, source);
	bind(stmt, 3, told->name);
	bind(stmt, 4, t->name);
	sqlite3_bind_int(stmt, 5, t->wide);
	sqlite3_bind_int(stmt, 6, t->stamps);
	sqlite3_bind_int(stmt, 7, t->time);
	status = store_step(s, stmt, err);
	sqlite3_finalize(stmt);
	return status;
}

static int
tell_columns(struct store *s, const struct told *told, int source, struct error *err)
{
	const struct store_table *t = &s->tables[source];
	sqlite3_stmt *stmt;
	int status =
	    store_prepare(s, "INSERT OR REPLACE INTO columns VALUES (?,?,?,?,?,?,?)", &stmt, err);

	for (int i = 0; i < told->n && status == 0; i++) {
		sqlite3_bind_int64(stmt, 1, s->run);
		sqlite3_bind_int(stmt, 2, source);
		sqlite3_bind_int(stmt, 3, i);
		bind(stmt, 4, told->names[i]);
		bind(stmt, 5, column_type_name(told->types[i]));
		bind(stmt, 6, told->units[i]);
		bind(stmt, 7, t->wide ? NULL : t->stored[i]);
		status = store_step(s, stmt, err);
	}
	sqlite3_finalize(stmt);
	return status;
}

static int
add_source(struct store *s, const struct told *told, int source, struct error *err)
{
	struct store_table *t = &s->tables[source];

	*t = (struct store_table){ .n = told->n,
		.wide = told->n > WIDE,
		.stamps = told->stamps,
		.time = told->time,
		.newest = TIME_NONE };
	t->types = memory_new((size_t)t->n + 1, sizeof *t->types);
	t->stored = memory_zero((size_t)t->n + 1, sizeof *t->stored);
	s->ntables = source + 1;
	for (int i = 0; i < t->n; i++) {
		t->types[i] = told->types[i];
		t->stored[i] = t->wide ? memory_text(told->names[i], strlen(told->names[i]))
				       : name_apart(t->stored, i, told->names[i]);
	}
	return name_table(s, t, source, told->name, err) != 0 ||
		       tell_source(s, told, source, err) != 0 ||
		       tell_columns(s, told, source, err) != 0 || prepare_insert(s, t, err) != 0
		   ? -1
		   : 0;
}

/* TIME_NONE: it goes on. */
static int
tell_end(struct store *s, int64_t now, struct error *err)
{
	sqlite3_stmt *stmt;
	char ended[TIME_CHARS];
	int status;

	if (store_prepare(s, "UPDATE runs SET ended = ? WHERE run = ?", &stmt, err) != 0)
		return -1;
	if (now != TIME_NONE)
		sqlite3_bind_text(stmt, 1, ended, time_format(now, ended), SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, s->run);
	status = store_step(s, stmt, err);
	sqlite3_finalize(stmt);
	return status;
}

static int
add_run(struct store *s, struct reader *in, bool resumed, int64_t now, struct error *err)
{
	char *texts[] = { take_text(in), take_text(in), take_text(in) }, began[TIME_CHARS];
	sqlite3_stmt *stmt;
	int status = store_number(s, "SELECT max(run) FROM runs", &s->run, err);

	if (status == 0 && !(resumed && s->run > 0)) {
		s->run++;
		status = store_prepare(s,
		    "INSERT INTO runs (run, began, version, command, config) VALUES (?,?,?,?,?)",
		    &stmt, err);
		if (status == 0) {
			sqlite3_bind_int64(stmt, 1, s->run);
			sqlite3_bind_text(stmt, 2, began, time_format(now, began), SQLITE_STATIC);
			for (int i = 0; i < 3; i++)
				bind(stmt, 3 + i, texts[i]);
			status = store_step(s, stmt, err);
			sqlite3_finalize(stmt);
		}
	} else if (status == 0) {
		status = tell_end(s, TIME_NONE, err) != 0 || store_cut(s, err) != 0 ? -1 : 0;
	}
	for (int i = 0; i < 3; i++)
		free(texts[i]);
	return status;
}

int
store_end_run(struct store *s, int64_t now, struct error *err)
{
	return s->run > 0 ? tell_end(s, now, err) : 0;
}

static int
prepare_all(struct store *s, struct error *err)
{
	static const char *const facts[FACTS] = {
		[FACT_ALERT] = "INSERT INTO alerts VALUES (?,?,?,?,?,?,?,?,?)",
		[FACT_BAD] = "INSERT INTO bad VALUES (?,?,?,?,?,?,?)",
		[FACT_NOTE] = "INSERT INTO notes VALUES (?,?,?,?,?,?)",
	};

	for (int i = 0; i < FACTS; i++)
		if (store_prepare(s, facts[i], &s->facts[i], err) != 0)
			return -1;
	if (store_prepare(s,
		"INSERT INTO checkpoints VALUES (NULL,?,?,?,?,?,?,(SELECT ifnull(max(id), 0) FROM "
		"marks),(SELECT ifnull(max(rowid), 0) FROM alerts),(SELECT ifnull(max(rowid), 0) "
		"FROM bad),(SELECT ifnull(max(rowid), 0) FROM notes))",
		&s->checkpoint, err) != 0)
		return -1;
	return store_prepare(s,
	    "INSERT INTO marks VALUES (NULL,?,?,?,?,(SELECT max(rowid) FROM alerts),(SELECT "
	    "max(rowid) FROM bad),(SELECT max(rowid) FROM notes))",
	    &s->mark, err);
}

int
store_begin_run(struct store *s, struct reader *in, int64_t now, struct error *err)
{
	bool resumed = take_number(in) != 0;
	int n, status;

	store_forget_run(s);
	status = add_run(s, in, resumed, now, err);
	n = (int)take_number(in);
	s->tables = memory_zero((size_t)n + 1, sizeof *s->tables);
	for (int i = 0; i < n; i++) {
		struct told told = { 0 };

		take_source(&told, in);
		if (status == 0)
			status = add_source(s, &told, i, err);
		told_done(&told);
	}
	return status == 0 ? prepare_all(s, err) : -1;
}
