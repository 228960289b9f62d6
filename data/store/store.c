/* store.c - a store that is written: opened by one alone, its checkpoints, its end. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "data/base/times/times.h"
#include "data/store/store_parts.h"

enum { STATE_MOST = 1 << 30 }; /* bytes of one checkpoint */

/* The lock is another than those of SQLite, which let one writer follow another. It is taken before
 * SQLite opens the file and left after: closing a descriptor of a file drops all locks of its kind
 * that a process has on it. */
static int
lock(struct store *s, struct error *err)
{
	s->lock = open(s->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
	if (s->lock < 0)
		return error_set(
		    err, "%s: %s (give a file that can be written)", s->path, strerror(errno));
	if (flock(s->lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
		return error_set(err,
		    "%s: another weir records into it (give another file, or end that one)",
		    s->path);
	return 0;
}

/* No byte is in it, or it is a database without anything, as one is left whose making failed. */
static bool
is_empty(struct store *s)
{
	int64_t tables, id, version;

	if (lseek(s->lock, 0, SEEK_END) == 0)
		return true;
	return store_number(s, "SELECT count(*) FROM sqlite_schema", &tables, NULL) == 0 &&
	       store_number(s, "PRAGMA application_id", &id, NULL) == 0 &&
	       store_number(s, "PRAGMA user_version", &version, NULL) == 0 && tables == 0 &&
	       id == 0 && version == 0;
}

/* An empty file becomes a store; what is something else stays as it is. */
static int
open_database(struct store *s, struct error *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	bool fresh;

	if (sqlite3_open_v2(s->path, &s->db, flags, NULL) != SQLITE_OK)
		return store_failed(s, err);
	sqlite3_busy_timeout(s->db, 2000);
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, STATE_MOST);
	sql_distrust(s->db);
	fresh = is_empty(s);
	if (!fresh && sql_check(s->db, s->path, err) != 0)
		return -1;
	/* Tables first, so that what the file is stands in itself, and not in its log alone. */
	if (fresh && (store_exec(s, "PRAGMA auto_vacuum = INCREMENTAL", err) != 0 ||
			 store_make_tables(s, err) != 0))
		return -1;
	if (!fresh && store_carry_over(s, err) != 0)
		return -1;
	return store_exec(s, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", err);
}

struct store *
store_open(const char *path, const struct store_keep *keep, struct error *err)
{
	struct store *s = memory_zero(1, sizeof *s);

	s->path = memory_text(path, strlen(path));
	s->keep = *keep;
	if (lock(s, err) == 0 && open_database(s, err) == 0)
		return s;
	store_close(s);
	return NULL;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	store_forget_run(s);
	sqlite3_close(s->db);
	if (s->lock >= 0)
		close(s->lock);
	text_done(&s->json);
	free(s->path);
	free(s);
}

int64_t
store_bytes(const struct store *s)
{
	return s->bytes;
}

/* --- checkpoints ------------------------------------------------------------------------------ */

static void
take_checkpoint(struct store *s, sqlite3_stmt *stmt, struct checkpoint *c)
{
	const void *state = sqlite3_column_blob(stmt, 3);

	*c = (struct checkpoint){ .rows = (uint64_t)sqlite3_column_int64(stmt, 0),
		.out = sqlite3_column_int64(stmt, 1),
		.ended = sqlite3_column_int(stmt, 2) != 0 };
	buffer_put(&c->state, state, (size_t)sqlite3_column_bytes(stmt, 3));
	s->from = sqlite3_column_int64(stmt, 4);
}

int
store_checkpoint(struct store *s, int before, struct checkpoint *c, struct error *err)
{
	sqlite3_stmt *stmt;
	int code;

	if (store_prepare(s,
		"SELECT rows, out, ended, state, id FROM checkpoints WHERE run = (SELECT max(run) "
		"FROM "
		"runs) ORDER BY id DESC LIMIT 1 OFFSET ?",
		&stmt, err) != 0)
		return -1;
	sqlite3_bind_int(stmt, 1, before);
	code = sqlite3_step(stmt);
	if (code == SQLITE_ROW)
		take_checkpoint(s, stmt, c);
	else if (code != SQLITE_DONE)
		store_failed(s, err);
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW ? 1 : code == SQLITE_DONE ? 0 : -1;
}

int64_t
store_memory(void)
{
	return sqlite3_memory_used();
}
