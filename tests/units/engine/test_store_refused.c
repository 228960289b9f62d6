/* test_store_refused.c - stores that are refused: others', a stranger's, and disks that fail. */
#include <fcntl.h>
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
#include "tests/stores.h"
#include "tests/support.h"

static struct column odd_columns[] = { { .name = (char[]){ "T" } }, { .name = (char[]){ "t" } },
	{ .name = (char[]){ "weir_row" }, .type = COLUMN_TEXT },
	{ .name = (char[]){ "a \"b\", c" }, .type = COLUMN_TIME } };
static const struct schema odd = { (char[]){ "pump" }, odd_columns, 4, -1, false };

START_TEST(a_second_writer_is_refused)
{
	struct error err;
	struct store *s;

	store_file_remove();
	s = store_file_open(&store_keep_all);
	ck_assert_ptr_null(store_open(store_file(), &store_keep_all, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "another weir records into it"));
	store_close(s);
	s = store_file_open(&store_keep_all);
	store_close(s);
	store_file_remove();
}
END_TEST

START_TEST(other_files_stay_as_they_are)
{
	static const char garbage[] = "this is no database, and stays what it is: garbage, "
				      "garbage, garbage, garbage, garbage, garbage, garbage";
	char back[sizeof garbage] = "";
	struct error err;
	FILE *f;

	store_file_remove();
	f = fopen(store_file(), "w");
	fputs(garbage, f);
	fclose(f);
	ck_assert_ptr_null(store_open(store_file(), &store_keep_all, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "not a database"));
	f = fopen(store_file(), "r");
	ck_assert_uint_eq(fread(back, 1, sizeof back, f), sizeof garbage - 1);
	fclose(f);
	ck_assert_int_eq(memcmp(back, garbage, sizeof garbage - 1), 0);
	store_file_remove();
	store_file_change("CREATE TABLE mine (x)");
	ck_assert_ptr_null(store_open(store_file(), &store_keep_all, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "is no store of weir"));
	ck_assert_int_eq(store_file_ask("SELECT count(*) FROM sqlite_schema"), 1);
	store_file_remove();
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

		store_file_remove();
		s = store_file_open(&store_keep_all);
		ck_assert_int_eq(stored_write_rows(s, &odd, 2, true, &err), 0);
		store_close(s);
		store_file_change(traps[i]);
		ck_assert_ptr_null(store_open(store_file(), &store_keep_all, &err));
		ck_assert_ptr_null(store_rows_open(store_file(), 0, NULL, &err));
		ck_assert_ptr_nonnull(
		    strstr(err.text, i == 4 ? "another version" : "has views, triggers"));
	}
	store_file_remove();
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

		store_file_remove();
		s = store_file_open(&store_keep_all);
		ck_assert_int_eq(stored_write_rows(s, &odd, 2, true, &err), 0);
		store_close(s);
		store_file_change(lies[i]);
		rows = store_rows_open(store_file(), 0, NULL, &err);
		ck_assert_msg(rows == NULL, "%s", lies[i]);
		ck_assert_str_ne(err.text, "");
		ck_assert_int_eq(store_file_ask("SELECT count(*) FROM rows"), 2);
	}
	store_file_remove();
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
	store_file_remove();
	s = store_file_open(&store_keep_all);
	ck_assert_int_eq(stored_write_rows(s, &odd, 256, true, &err), 0);
	limit_files(60000);
	for (int i = 0; i < 20; i++)
		stored_write_rows(s, &odd, 256, false, &err);
	ck_assert_int_eq(stored_write_rows(s, &odd, 256, false, &err), -1);
	limit_files(RLIM_INFINITY);
	ck_assert_int_eq(store_file_ask("SELECT count(*) % 256 FROM rows"), 0);
	ck_assert_int_eq(stored_write_rows(s, &odd, 256, false, &err), 0);
	store_close(s);
	ck_assert_int_eq(store_file_ask("SELECT count(*) % 256 FROM rows"), 0);
	ck_assert_int_eq(
	    store_file_ask(
		"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
	    1);
	store_file_remove();
}
END_TEST

static void
put_rows(struct writer *w, bool begin, uint64_t first)
{
	struct batch *b = writer_batch(w);

	if (begin)
		stored_begin_run(b, &odd, false);
	stored_add_rows(b, &odd, 200, first);
	ck_assert(writer_put(w, b));
}

/* The thread tries again until there is room; nothing that waited is lost. */
START_TEST(recording_resumes_when_there_is_room)
{
	struct error err = { 0 };
	struct writer *w;

	signal(SIGXFSZ, SIG_IGN);
	store_file_remove();
	w = writer_new(store_file_open(&store_keep_all), NULL, NULL);
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
	ck_assert_int_eq(store_file_ask("SELECT count(DISTINCT weir_row) FROM rows"), 6000);
	store_file_remove();
}
END_TEST

/* Looking whether a path is a store opens no pipe: who waits to write into one would die of it. */
START_TEST(pipes_are_left_alone)
{
	pid_t writer;
	int fd;

	store_file_remove();
	ck_assert_int_eq(mkfifo(store_file(), 0600), 0);
	writer = fork();
	if (writer == 0) {
		fd = open(store_file(), O_WRONLY);
		_exit(write(fd, "x\n", 2) == 2 ? 0 : 1);
	}
	for (int i = 0; i < 100; i++) {
		ck_assert(!store_is(store_file()));
		ck_assert_int_eq(waitpid(writer, NULL, WNOHANG), 0);
		usleep(2000);
	}
	kill(writer, SIGKILL);
	waitpid(writer, NULL, 0);
	unlink(store_file());
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("store_refused");
	TCase *tc = tcase_create("store");

	tcase_set_timeout(tc, 60);
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
