/* test_recorder.c - a disk that is full for so long that rows cannot wait for it any more: they go
 * on, how many are missing is told and recorded where they are missing, and what was saved then
 * knows them all the same. */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "data/engine/engine_view.h"
#include "data/recording/recorder.h"
#include "tests/support.h"

enum { ROWS = 10, CELL = 1 << 16, TRIES = 20000 };

static char store[64], rows[64];

static void
write_rows(void)
{
	FILE *f = fopen(rows, "w");

	ck_assert_ptr_nonnull(f);
	fputs("n,note\n", f);
	for (int i = 0; i < ROWS; i++) {
		fprintf(f, "%d,", i + 1);
		for (int k = 0; k < CELL; k++)
			fputc("abcdefgh"[(i + k) % 8], f);
		fputc('\n', f);
	}
	fclose(f);
}

static void
limit_files(rlim_t bytes)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int64_t
ask(const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	sqlite3 *db;
	int64_t v = -1;

	ck_assert_int_eq(sqlite3_open(store, &db), SQLITE_OK);
	ck_assert_msg(
	    sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	if (sqlite3_step(stmt) == SQLITE_ROW)
		v = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return v;
}

struct recording {
	struct engine *engine;
	struct writer *writer;
	struct recorder *recorder;
};

static void
begin(struct recording *r)
{
	static const struct engine_options options = { .loop = true };
	static const struct store_keep all = { 0, 0 };
	static const struct recorder_options told = { .version = "1", .command = "weir" };
	const struct feed_options feed = { 0 };
	struct error err = { 0 };
	struct store *s;

	snprintf(store, sizeof store, "/tmp/weir-recorder-%d.weir", (int)getpid());
	snprintf(rows, sizeof rows, "/tmp/weir-recorder-%d.csv", (int)getpid());
	unlink(store);
	write_rows();
	s = store_open(store, &all, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	r->writer = writer_new(s, NULL, NULL);
	r->engine = engine_new(&options, NULL, &err);
	ck_assert_int_eq(query_add_kpi(engine_ask(r->engine), "sum(n, all)", &err), 0);
	ck_assert_int_eq(engine_add_source(r->engine, rows, &feed, &err), 0);
	r->recorder = recorder_new(r->engine, r->writer, &told);
}

/* Some rows go, and are committed. */
static void
go(struct recording *r)
{
	struct error err = { 0 };
	int64_t wake;

	ck_assert_int_eq(engine_run(r->engine, 1000, &wake, &err), ENGINE_RUNNING);
	if (engine_state(r->engine) == ENGINE_RUNNING)
		recorder_commit(r->recorder, -1, RECORDER_GOES_ON);
}

static void
end(struct recording *r)
{
	char name[80];

	writer_free(r->writer);
	recorder_free(r->recorder);
	engine_free(r->engine);
	unlink(rows);
	unlink(store);
	for (int i = 0; i < 2; i++) {
		snprintf(name, sizeof name, "%s-%s", store, i == 0 ? "wal" : "shm");
		unlink(name);
	}
}

START_TEST(what_is_lost_is_recorded)
{
	struct recording r;
	struct error err = { 0 };
	uint64_t all, lost;
	char sql[200];

	signal(SIGXFSZ, SIG_IGN);
	begin(&r);
	limit_files(1 << 20);
	for (int i = 0; i < TRIES && recorder_lost(r.recorder) < 20; i++)
		go(&r);
	ck_assert_uint_ge(recorder_lost(r.recorder), 20);
	ck_assert(writer_status(r.writer).failed);
	limit_files(RLIM_INFINITY);
	for (int i = 0; i < 2000 && writer_status(r.writer).waiting > 0; i++)
		usleep(10000);
	ck_assert(!writer_status(r.writer).failed);
	go(&r);
	recorder_commit(r.recorder, -1, RECORDER_STOPPED);
	ck_assert_msg(writer_end(r.writer, 20000, &err) == 0, "%s", err.text);
	all = engine_counts(r.engine, -1).rows;
	lost = recorder_lost(r.recorder);
	ck_assert_uint_eq((uint64_t)ask("SELECT count(*) FROM rows"), all - lost);
	snprintf(sql, sizeof sql,
	    "SELECT count(*) FROM notes WHERE what = '%llu rows before these are not recorded: the "
	    "disk was full, or failed'",
	    (unsigned long long)lost);
	ck_assert_int_eq(ask(sql), 1);
	ck_assert_uint_eq(
	    (uint64_t)ask("SELECT rows FROM checkpoints ORDER BY id DESC LIMIT 1"), all);
	end(&r);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("recorder");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, what_is_lost_is_recorded);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
