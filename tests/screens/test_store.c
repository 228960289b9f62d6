/* test_store.c - the way back, and what is recorded, on a real screen: nothing is told twice, a full
 * disk is seen, and a line that is cut leaves a checkpoint. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	ck_assert(terminal_wait_text(t, "1,500"));
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

int
main(void)
{
	Suite *suite = suite_create("store");
	TCase *tc = tcase_create("store");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, back_and_forth);
	tcase_add_test(tc, a_full_disk_is_seen);
	tcase_add_test(tc, a_cut_line_leaves_a_checkpoint);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
