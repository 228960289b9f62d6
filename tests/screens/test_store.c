/* test_store.c - the way back, and what is recorded, on a real screen: nothing is told twice, a
 * full disk is seen, and a line that is cut leaves a checkpoint. */
#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/screens/program.h"
#include "tests/screens/terminal.h"
#include "tests/support.h"

static char folder[64];

static const char *
in_folder(const char *name)
{
	static char paths[4][96];
	static int at;
	char *path = paths[at++ % 4];

	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

/* The number that a command prints, in the folder. */
static long
told_by(const char *command)
{
	char line[512];
	long n = -1;
	FILE *p;

	snprintf(line, sizeof line, "cd '%s' && %s", folder, command);
	p = popen(line, "r");
	ck_assert_ptr_nonnull(p);
	ck_assert_int_eq(fscanf(p, "%ld", &n), 1);
	pclose(p);
	return n;
}

START_TEST(back_and_forth)
{
	static const char *const shown[] = { "gone                         1,500", "late ",
		"dropped ", "commits ", "last checkpoint ", "store ", "to go back ", "charts ",
		"skipped " };
	struct terminal *t;
	const char *out;

	folder_new(folder);
	out = in_folder("out");
	t = START(120, 30, "-a", "temperature < 10 for 3 rows", "--emit", "rows,alerts,bad,summary",
	    "-o", out, "--store", in_folder("s.weir"), "--rate", "max", WEIR_SETS "/reactor.csv");
	ck_assert(terminal_wait_text(t, "end of 1,500 rows"));
	terminal_type(t, ",");
	ck_assert(terminal_wait_text(t, "row 1,499/"));
	ck_assert(terminal_wait_text(t, "◂ back"));
	terminal_type(t, ",");
	ck_assert(terminal_wait_text(t, "row 1,498/"));
	terminal_type(t, ":seek 100\r");
	ck_assert(terminal_wait_text(t, "row 100/"));
	terminal_type(t, "\033[H");
	ck_assert(terminal_wait_text(t, "before the first row"));
	terminal_type(t, ".....");
	ck_assert(terminal_wait_text(t, "row 5/"));
	terminal_type(t, "\033[<0;60;1M\033[<0;60;1m"); /* a click on the bar */
	ck_assert(terminal_wait_text(t, "row 5"));      /* somewhere behind 500 */
	terminal_type(t, "\033[F");
	ck_assert(terminal_wait_text(t, "end of 1,500 rows"));
	terminal_type(t, ":health\r");
	ck_assert(terminal_wait_text(t, "weir itself"));
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		ck_assert_msg(terminal_wait_text(t, shown[i]), "%s", shown[i]);
	terminal_type(t, ":health\r"); /* and back */
	ck_assert(terminal_wait_text(t, "temperature"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	terminal_free(t);
	ck_assert_int_eq(told_by("grep -c '\"type\":\"row\"' out"), 1500);
	ck_assert_int_eq(told_by("grep -c '\"type\":\"summary\"' out"), 1);
	folder_remove(folder);
}
END_TEST

/* Files may not grow: a red mark, and rows go on. */
START_TEST(a_full_disk_is_seen)
{
	char command[512];
	const char *argv[] = { "/bin/bash", "-c", command, NULL };
	struct terminal *t;

	folder_new(folder);
	snprintf(command, sizeof command,
	    "ulimit -f 100; exec '%s' --store '%s' --rate 2000 'synth:reactor?rows=20000'",
	    program_path(), in_folder("s.weir"));
	t = terminal_start(140, 30, NULL, argv);
	ck_assert(terminal_wait_text(t, "not recorded"));
	ck_assert(terminal_wait_text(t, "row 8,"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 1);
	ck_assert_ptr_nonnull(strstr(terminal_text(t), "not all is recorded"));
	terminal_free(t);
	folder_remove(folder);
}
END_TEST

/* The line is cut: it ends at once, and the run goes on from there. */
START_TEST(a_cut_line_leaves_a_checkpoint)
{
	struct terminal *t;
	char command[512];

	folder_new(folder);
	t = START(120, 30, "-o", in_folder("out"), "--emit", "rows", "--store", in_folder("s.weir"),
	    "--rate", "500", WEIR_SETS "/reactor.csv");
	ck_assert(terminal_wait_text(t, "row 2"));
	terminal_hang_up(t);
	ck_assert_int_eq(terminal_exit(t, 3000), 129);
	terminal_free(t);
	snprintf(command, sizeof command,
	    "'%s' --headless -o '%s' --emit rows --store '%s' --resume --rate max " WEIR_SETS
	    "/reactor.csv",
	    program_path(), in_folder("out"), in_folder("s.weir"));
	ck_assert_int_eq(system(command), 0);
	ck_assert_int_eq(told_by("grep -c '\"type\":\"row\"' out"), 1500);
	ck_assert_int_eq(told_by("grep -o '\"row\":[0-9]*' out | sort -u | wc -l"), 1500);
	folder_remove(folder);
}
END_TEST

/* To the row where it went on, and no further. */
START_TEST(a_run_that_goes_on_goes_back)
{
	struct terminal *t;

	folder_new(folder);
	t = START(
	    100, 24, "--store", in_folder("s.weir"), "--rate", "500", WEIR_SETS "/reactor.csv");
	ck_assert(terminal_wait_text(t, "row 2"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	terminal_free(t);
	t = START(100, 24, "--store", in_folder("s.weir"), "--resume", "--rate", "0.01",
	    WEIR_SETS "/reactor.csv");
	ck_assert(terminal_wait_text(t, "/~1,500"));
	terminal_type(t, "...");
	ck_assert(terminal_wait_text(t, "paused"));
	terminal_type(t, ",");
	ck_assert(terminal_wait_text(t, "back to row"));
	terminal_type(t, ":seek 1\r");
	ck_assert(terminal_wait_text(t, "before the run went on"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	terminal_free(t);
	folder_remove(folder);
}
END_TEST

/* A run without a screen in the folder; its status. What it says goes to the file "said". */
static int
run_weir(const char *options)
{
	char command[1024];
	int status;

	snprintf(command, sizeof command,
	    "cd '%s' && '%s' --headless --emit rows -k 'sum(temperature, all)' --store s.weir "
	    "%s " WEIR_SETS "/reactor.csv 2>said",
	    folder, program_path(), options);
	status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
change_store(const char *sql)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(in_folder("s.weir"), &db), SQLITE_OK);
	ck_assert_msg(
	    sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* Runs it until this is so, as a shell has it, and sends it the signal then. */
static int
stop_weir(const char *signal, const char *once, const char *options)
{
	char command[1400];
	int status;

	snprintf(command, sizeof command,
	    "cd '%s' && { '%s' --headless --emit rows -k 'sum(temperature, all)' --store s.weir "
	    "%s " WEIR_SETS "/reactor.csv 2>said & }; until %s; do sleep 0.02; done; kill -%s $!; "
	    "wait $! 2>/dev/null",
	    folder, program_path(), options, once, signal);
	status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The one before it is gone on from, and that is said; when none is whole, nothing is overwritten.
 */
START_TEST(a_damaged_checkpoint_gives_way)
{
	long bytes;

	folder_new(folder);
	ck_assert_int_eq(stop_weir("KILL", "[ -e out ] && [ $(wc -l <out) -gt 400 ]",
			     "-o out --checkpoint 50 --rate 1000"),
	    137);
	change_store(
	    "UPDATE checkpoints SET state = substr(state, 1, 500) WHERE id = (SELECT max(id) "
	    "FROM checkpoints)");
	ck_assert_int_eq(
	    stop_weir("TERM", "grep -q torn said", "-o out --resume --checkpoint 50 --rate 100"),
	    143);
	ck_assert_int_eq(told_by("grep -c 'older state.*saved state: is torn' said"), 1);
	bytes = told_by("wc -c <out");
	change_store("CREATE TABLE whole AS SELECT id, state FROM checkpoints; "
		     "UPDATE checkpoints SET state = substr(state, 2)");
	ck_assert_int_eq(run_weir("-o out --resume"), 2);
	ck_assert_int_eq(told_by("wc -c <out"), bytes);
	change_store("UPDATE checkpoints SET state = (SELECT state FROM whole WHERE whole.id = "
		     "checkpoints.id)");
	ck_assert_int_eq(run_weir("-o out --resume"), 0);
	ck_assert_int_eq(told_by("wc -l <out"), 1500);
	ck_assert_int_eq(told_by("grep -o '\"row\":[0-9]*' out | sort -u | wc -l"), 1500);
	folder_remove(folder);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("store");
	TCase *tc = tcase_create("store");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, back_and_forth);
	tcase_add_test(tc, a_full_disk_is_seen);
	tcase_add_test(tc, a_run_that_goes_on_goes_back);
	tcase_add_test(tc, a_cut_line_leaves_a_checkpoint);
	tcase_add_test(tc, a_damaged_checkpoint_gives_way);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
