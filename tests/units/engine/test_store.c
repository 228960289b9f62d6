/* test_store.c - a store written and read back: odd names, missing cells, failing disks, strangers'
 * files. */
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/base/text.h"
#include "data/base/times/times.h"
#include "data/store/store.h"
#include "data/store/store_rows.h"
#include "data/store/writer.h"
#include "tests/support.h"

static char path[64];
static const struct store_keep all = { 0, 0 };

static void
remove_store(void)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char name[80];

	snprintf(path, sizeof path, "/tmp/weir-store-%d.weir", (int)getpid());
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		snprintf(name, sizeof name, "%s%s", path, endings[i]);
		unlink(name);
	}
}

static struct store *
open_store(const struct store_keep *keep)
{
	struct error err = { 0 };
	struct store *s = store_open(path, keep, &err);

	ck_assert_msg(s != NULL, "%s", err.text);
	return s;
}

/* A block of rows of a schema of numbers, times and texts: cells follow from the row's number. */
static struct block *
make_rows(const struct schema *schema, int n)
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

static void
begin_run(struct batch *b, const struct schema *schema, bool resumed)
{
	const struct batch_source source = { schema, schema->time < 0 };
	const struct batch_run run = { resumed, "1", "weir", NULL, &source, 1 };

	batch_run(b, &run);
}

static void
add_rows(struct batch *b, const struct schema *schema, int n, uint64_t first)
{
	struct block *rows = make_rows(schema, n);

	rows->first_row = first;
	batch_rows(b, 0, rows, schema->n, 0, n);
	block_free(rows);
}

static int
write_rows(struct store *s, const struct schema *schema, int n, bool begin, struct error *err)
{
	struct batch *b = memory_zero(1, sizeof *b);
	int status;

	if (begin)
		begin_run(b, schema, false);
	add_rows(b, schema, n, 1);
	status = store_write(s, b, err);
	batch_free(b);
	return status;
}

static void
export_to(struct text *out, int64_t run, bool ndjson)
{
	struct error err = { 0 };
	struct store_rows *rows = store_rows_open(path, run, NULL, &err);
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

static int64_t
ask(const char *sql)
{
	sqlite3_stmt *stmt;
	sqlite3 *db;
	int64_t v = -1;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		v = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return v;
}

static void
change(const char *sql)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(
	    sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

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

	remove_store();
	s = open_store(&all);
	ck_assert_msg(write_rows(s, &odd, 5, true, &err) == 0, "%s", err.text);
	store_close(s);
	export_to(&csv, 0, false);
	export_to(&json, 0, true);
	ck_assert_str_eq(text_get(&csv),
	    "T,t,weir_row,\"a \"\"b\"\", c\",time\n"
	    "0,0.1,\"t\"\"0,\n2\",1970-01-01T00:00:00Z,1970-01-01T00:00:00Z\n"
	    "1,1.1,\"t\"\"1,\n2\",1970-01-01T00:00:00.500Z,1970-01-01T00:00:01Z\n"
	    "2,2.1,\"t\"\"2,\n2\",1970-01-01T00:00:01Z,1970-01-01T00:00:02Z\n"
	    ",,,,1970-01-01T00:00:03Z\n"
	    "4,4.1,\"t\"\"4,\n2\",1970-01-01T00:00:02Z,1970-01-01T00:00:04Z\n");
	ck_assert_ptr_nonnull(strstr(text_get(&json), "\n{\"time\":\"1970-01-01T00:00:03Z\"}\n"));
	ck_assert_int_eq(ask("SELECT sum(T) + 10 * sum(\"t#2\") FROM rows"), 81);
	ck_assert_int_eq(ask("SELECT count(\"weir_row#2\") + 10 * max(weir_row) FROM rows"), 54);
	text_done(&csv);
	text_done(&json);
	remove_store();
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

	remove_store();
	for (int i = 0; i < 3; i++) {
		s = open_store(&all);
		ck_assert_int_eq(write_rows(s, i == 1 ? &other : &odd, 2 + i, true, &err), 0);
		store_close(s);
	}
	ck_assert_int_eq(ask("SELECT count(*) FROM rows"), 2 + 4);
	ck_assert_int_eq(ask("SELECT count(*) FROM \"rows#2\""), 3);
	export_to(&first, 2, true);
	export_to(&last, 0, true);
	ck_assert_str_eq(text_get(&first), "{\"x\":0,\"time\":\"1970-01-01T00:00:00Z\"}\n"
					   "{\"x\":1,\"time\":\"1970-01-01T00:00:01Z\"}\n"
					   "{\"x\":2,\"time\":\"1970-01-01T00:00:02Z\"}\n");
	ck_assert_ptr_nonnull(strstr(text_get(&last), "\"T\":2,"));
	ck_assert_ptr_null(store_rows_open(path, 4, NULL, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "no run 4 in it"));
	ck_assert_ptr_null(store_rows_open(path, 1, "nobody", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "no source 'nobody'"));
	text_done(&first);
	text_done(&last);
	remove_store();
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

	remove_store();
	for (int i = 0; i < WIDTH; i++) {
		wide.columns[i].name = memory_new(16, 1);
		snprintf(wide.columns[i].name, 16, "c%d", i);
	}
	s = open_store(&all);
	ck_assert_msg(write_rows(s, &wide, 4, true, &err) == 0, "%s", err.text);
	store_close(s);
	ck_assert_int_eq(ask("SELECT sum(json ->> 'c1900') FROM rows"), 573);
	export_to(&rows, 0, true);
	ck_assert_int_eq(strncmp(rows.s, "{\"c0\":0,\"c1\":0.1,", 17), 0);
	ck_assert_str_eq(rows.s + rows.len - 4, "\n{}\n");
	for (int i = 0; i < WIDTH; i++)
		free(wide.columns[i].name);
	free(wide.columns);
	text_done(&rows);
	remove_store();
}
END_TEST

/* --- checkpoints ------------------------------------------------------------------------------ */

START_TEST(the_last_three_checkpoints_stay)
{
	struct batch *b = memory_zero(1, sizeof *b);
	struct checkpoint c;
	struct error err;
	struct store *s;

	remove_store();
	s = open_store(&all);
	ck_assert_int_eq(store_checkpoint(s, 0, &c, &err), 0);
	begin_run(b, &odd, false);
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
	s = open_store(&all);
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
	remove_store();
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

		remove_store();
		s = open_store(&keeps[k]);
		for (int i = 0; i < 100; i++)
			ck_assert_int_eq(write_rows(s, &odd, 256, i == 0, &err), 0);
		store_close(s);
		ck_assert_int_eq(stat(path, &st), 0);
		if (k == 0)
			ck_assert_int_lt(st.st_size, 400000);
		else /* all batches are of the same times: none is too old */
			ck_assert_int_eq(ask("SELECT count(*) FROM rows"), 25600);
		ck_assert_int_gt(ask("SELECT count(*) FROM rows"), 1000);
		ck_assert_int_eq(ask("SELECT max(rowid) FROM rows"), 25600);
	}
	remove_store();
}
END_TEST

START_TEST(rows_that_are_too_old_go)
{
	const struct store_keep keep = { 10 * TIME_SECOND, 0 };
	struct error err;
	struct store *s;

	remove_store();
	s = open_store(&keep);
	for (int i = 0; i < 50; i++)
		ck_assert_int_eq(write_rows(s, &odd, i + 1, i == 0, &err), 0);
	store_close(s);
	/* of the last time 49 s those of 39 s and less: batches of 1 to 39 rows */
	ck_assert_int_eq(ask("SELECT count(*) FROM rows"), 50 * 51 / 2 - 39 * 40 / 2);
	remove_store();
}
END_TEST

/* --- what is refused -------------------------------------------------------------------------- */

START_TEST(a_second_writer_is_refused)
{
	struct error err;
	struct store *s;

	remove_store();
	s = open_store(&all);
	ck_assert_ptr_null(store_open(path, &all, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "another weir records into it"));
	store_close(s);
	s = open_store(&all);
	store_close(s);
	remove_store();
}
END_TEST

START_TEST(other_files_stay_as_they_are)
{
	static const char garbage[] = "this is no database, and stays what it is: garbage, "
				      "garbage, garbage, garbage, garbage, garbage, garbage";
	char back[sizeof garbage] = "";
	struct error err;
	FILE *f;

	remove_store();
	f = fopen(path, "w");
	fputs(garbage, f);
	fclose(f);
	ck_assert_ptr_null(store_open(path, &all, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "not a database"));
	f = fopen(path, "r");
	ck_assert_uint_eq(fread(back, 1, sizeof back, f), sizeof garbage - 1);
	fclose(f);
	ck_assert_int_eq(memcmp(back, garbage, sizeof garbage - 1), 0);
	remove_store();
	change("CREATE TABLE mine (x)");
	ck_assert_ptr_null(store_open(path, &all, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "is no store of weir"));
	ck_assert_int_eq(ask("SELECT count(*) FROM sqlite_schema"), 1);
	remove_store();
}
END_TEST

/* A stranger's file may have anything in it that SQLite would run. */
START_TEST(views_and_triggers_are_refused)
{
	static const char *const traps[] = { "CREATE VIEW v AS SELECT 1",
		"CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM rows; END",
		"CREATE VIRTUAL TABLE f USING fts5(x)",
		"CREATE TABLE g (a, b GENERATED ALWAYS AS (a + 1))", "PRAGMA user_version = 99" };

	for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
		struct error err;
		struct store *s;

		remove_store();
		s = open_store(&all);
		ck_assert_int_eq(write_rows(s, &odd, 2, true, &err), 0);
		store_close(s);
		change(traps[i]);
		ck_assert_ptr_null(store_open(path, &all, &err));
		ck_assert_ptr_null(store_rows_open(path, 0, NULL, &err));
		ck_assert_ptr_nonnull(
		    strstr(err.text, i == 4 ? "another version" : "has views, triggers"));
	}
	remove_store();
}
END_TEST

/* What the tables say of tables may be anything: names are names, and nothing more. */
START_TEST(names_in_a_store_are_not_acted_on)
{
	static const char *const lies[] = {
		"UPDATE sources SET rows_table = 'x\"; DROP TABLE rows; --'",
		"UPDATE sources SET rows_table = NULL",
		"UPDATE columns SET stored = '(SELECT state FROM checkpoints)'",
		"UPDATE sources SET time = 99, stamps = 1, wide = 1"
	};

	for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
		struct store_rows *rows;
		struct error err = { 0 };
		struct store *s;

		remove_store();
		s = open_store(&all);
		ck_assert_int_eq(write_rows(s, &odd, 2, true, &err), 0);
		store_close(s);
		change(lies[i]);
		rows = store_rows_open(path, 0, NULL, &err);
		ck_assert_msg(rows == NULL, "%s", lies[i]);
		ck_assert_str_ne(err.text, "");
		ck_assert_int_eq(ask("SELECT count(*) FROM rows"), 2);
	}
	remove_store();
}
END_TEST

/* --- disks that fail -------------------------------------------------------------------------- */

static void
limit_files(rlim_t bytes)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A batch goes in as a whole or not at all, and can be written again later. */
START_TEST(a_full_disk_loses_no_part)
{
	struct error err;
	struct store *s;

	signal(SIGXFSZ, SIG_IGN);
	remove_store();
	s = open_store(&all);
	ck_assert_int_eq(write_rows(s, &odd, 256, true, &err), 0);
	limit_files(60000);
	for (int i = 0; i < 20; i++)
		write_rows(s, &odd, 256, false, &err);
	ck_assert_int_eq(write_rows(s, &odd, 256, false, &err), -1);
	limit_files(RLIM_INFINITY);
	ck_assert_int_eq(ask("SELECT count(*) % 256 FROM rows"), 0);
	ck_assert_int_eq(write_rows(s, &odd, 256, false, &err), 0);
	store_close(s);
	ck_assert_int_eq(ask("SELECT count(*) % 256 FROM rows"), 0);
	ck_assert_int_eq(
	    ask("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
	remove_store();
}
END_TEST

static void
put_rows(struct writer *w, bool begin, uint64_t first)
{
	struct batch *b = writer_batch(w);

	if (begin)
		begin_run(b, &odd, false);
	add_rows(b, &odd, 200, first);
	ck_assert(writer_put(w, b));
}

/* The thread tries again until there is room; nothing that waited is lost. */
START_TEST(recording_resumes_when_there_is_room)
{
	struct error err = { 0 };
	struct writer *w;

	signal(SIGXFSZ, SIG_IGN);
	remove_store();
	w = writer_new(open_store(&all), NULL, NULL);
	limit_files(50000);
	for (int i = 0; i < 30; i++)
		put_rows(w, i == 0, 1 + 200 * (uint64_t)i);
	for (int i = 0; i < 500 && !writer_status(w).failed; i++)
		usleep(10000);
	ck_assert(writer_status(w).failed);
	ck_assert(!writer_full(w)); /* rows go on */
	limit_files(RLIM_INFINITY);
	for (int i = 0; i < 500 && writer_status(w).waiting > 0; i++)
		usleep(10000);
	ck_assert(!writer_status(w).failed);
	ck_assert_int_eq(writer_end(w, 10000, &err), 0);
	ck_assert_uint_eq(writer_status(w).rows, 6000);
	writer_free(w);
	ck_assert_int_eq(ask("SELECT count(DISTINCT weir_row) FROM rows"), 6000);
	remove_store();
}
END_TEST

/* Looking whether a path is a store opens no pipe: who waits to write into one would die of it. */
START_TEST(pipes_are_left_alone)
{
	pid_t writer;
	int fd;

	remove_store();
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	writer = fork();
	if (writer == 0) {
		fd = open(path, O_WRONLY);
		_exit(write(fd, "x\n", 2) == 2 ? 0 : 1);
	}
	for (int i = 0; i < 100; i++) {
		ck_assert(!store_is(path));
		ck_assert_int_eq(waitpid(writer, NULL, WNOHANG), 0);
		usleep(2000);
	}
	kill(writer, SIGKILL);
	waitpid(writer, NULL, 0);
	unlink(path);
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
	tcase_add_test(tc, a_second_writer_is_refused);
	tcase_add_test(tc, pipes_are_left_alone);
	tcase_add_test(tc, other_files_stay_as_they_are);
	tcase_add_test(tc, views_and_triggers_are_refused);
	tcase_add_test(tc, names_in_a_store_are_not_acted_on);
	tcase_add_test(tc, a_full_disk_loses_no_part);
	tcase_add_test(tc, recording_resumes_when_there_is_room);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
