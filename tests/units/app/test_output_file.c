/* test_output_file.c - what is read is not written, and an old file stays where a new one fails. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/files/output_file.h"
#include "tests/support.h"

/* The tests run in a folder of their own, one process each. */
static char folder[32];
static struct output_guard guard;
static struct error err;

static void
put(const char *path, const char *content)
{
	FILE *file = fopen(path, "w");

	fputs(content, file);
	fclose(file);
}

static void
begin(void)
{
	snprintf(folder, sizeof folder, "/tmp/weir-output-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	put("in.csv", "x\n1\n");
	output_guard_add(&guard, "in.csv");
	output_guard_add(&guard, "missing.yaml");
}

static void
end(void)
{
	char command[64];

	output_guard_done(&guard);
	guard = (struct output_guard){ 0 };
	snprintf(command, sizeof command, "rm -r %s", folder);
	ck_assert_int_eq(system(command), 0);
}

static bool
holds(const char *path, const char *content)
{
	char buf[256] = "";
	FILE *file = fopen(path, "r");
	size_t n = file != NULL ? fread(buf, 1, sizeof buf - 1, file) : 0;

	if (file == NULL)
		return false;
	fclose(file);
	return n == strlen(content) && memcmp(buf, content, n) == 0;
}

static int
files(void)
{
	DIR *dir = opendir(".");
	int n = -2; /* "." and ".." */

	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n;
}

static int
replace(const char *path, enum output_links links, const char *content)
{
	return output_replace(path, links, &guard, content, strlen(content), &err);
}

START_TEST(what_is_read_is_not_written)
{
	static const char *const names[] = { "in.csv", "./in.csv", "hard.csv", "soft.csv",
		"far.csv" };

	ck_assert_int_eq(link("in.csv", "hard.csv"), 0);
	ck_assert_int_eq(symlink("in.csv", "soft.csv"), 0);
	ck_assert_int_eq(symlink("soft.csv", "far.csv"), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		err.text[0] = '\0';
		ck_assert_int_eq(output_open(names[i], &guard, &err), -1);
		ck_assert_ptr_nonnull(strstr(err.text, ": is read, too, as in.csv ("));
		err.text[0] = '\0';
		ck_assert_int_eq(replace(names[i], OUTPUT_THROUGH_LINKS, "y"), -1);
		ck_assert_ptr_nonnull(strstr(err.text, ": is read, too, as in.csv ("));
		ck_assert_int_eq(output_guard_check_path(&guard, names[i], &err), -1);
		ck_assert(holds("in.csv", "x\n1\n"));
	}
	ck_assert_int_eq(output_guard_check_path(&guard, "other", &err), 0);
	ck_assert_int_eq(files(), 4);
}
END_TEST

START_TEST(standard_input_is_read_too)
{
	int fd = open("in.csv", O_RDONLY), out;

	output_guard_done(&guard);
	guard = (struct output_guard){ 0 };
	dup2(fd, STDIN_FILENO);
	out =
	    output_open("in.csv", &guard, &err); /* emptied: nobody reads it, as far as is known */
	ck_assert_int_ge(out, 0);
	close(out);
	output_guard_add(&guard, "-");
	ck_assert_int_eq(output_open("in.csv", &guard, &err), -1);
	ck_assert_int_eq(output_guard_check(&guard, fd, "standard output", &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "standard output: is read, too, as standard input"));
	close(fd);
}
END_TEST

START_TEST(devices_may_be_both)
{
	int fd;

	output_guard_add(&guard, "/dev/null");
	fd = output_open("/dev/null", &guard, &err);
	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(replace("/dev/null", OUTPUT_NO_LINK, "y"), 0);
}
END_TEST

START_TEST(a_stream_is_emptied_when_it_begins)
{
	int fd;

	put("out", "of old");
	fd = output_open("out", &guard, &err);
	ck_assert_int_ge(fd, 0);
	ck_assert(holds("out", "of old"));
	ck_assert_int_eq(output_empty(fd), 0);
	ck_assert(holds("out", ""));
	ck_assert_int_eq(write(fd, "new", 3), 3);
	close(fd);
	ck_assert(holds("out", "new"));
	ck_assert_int_eq(output_open("no/such", &guard, &err), -1);
	ck_assert_str_eq(
	    err.text, "no/such: No such file or directory (give a file that can be written)");
}
END_TEST

START_TEST(a_whole_file_takes_the_place_of_the_old_one)
{
	struct stat old, st;

	ck_assert_int_eq(replace("out.svg", OUTPUT_NO_LINK, "one"), 0);
	ck_assert(holds("out.svg", "one"));
	ck_assert_int_eq(chmod("out.svg", 0640), 0);
	ck_assert_int_eq(stat("out.svg", &old), 0);
	ck_assert_int_eq(replace("out.svg", OUTPUT_NO_LINK, "two"), 0);
	ck_assert(holds("out.svg", "two"));
	ck_assert_int_eq(stat("out.svg", &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0640);
	ck_assert_uint_ne(st.st_ino, old.st_ino);
	ck_assert_int_eq(files(), 2);
	ck_assert_int_eq(replace("no/such.svg", OUTPUT_NO_LINK, "y"), -1);
	ck_assert_int_eq(mkdir("d.svg", 0755), 0);
	ck_assert_int_eq(replace("d.svg", OUTPUT_NO_LINK, "y"), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "d.svg: Is a directory ("));
}
END_TEST

START_TEST(links)
{
	char to[64] = "";

	put("real.svg", "old");
	ck_assert_int_eq(symlink("real.svg", "link.svg"), 0);
	ck_assert_int_eq(replace("link.svg", OUTPUT_NO_LINK, "new"), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "link.svg: is a link ("));
	ck_assert(holds("real.svg", "old"));
	ck_assert_int_eq(replace("link.svg", OUTPUT_THROUGH_LINKS, "new"), 0);
	ck_assert(holds("real.svg", "new"));
	ck_assert_int_eq(readlink("link.svg", to, sizeof to - 1), (ssize_t)strlen("real.svg"));
	ck_assert_int_eq(symlink("nowhere/x.svg", "loose.svg"), 0);
	ck_assert_int_eq(replace("loose.svg", OUTPUT_THROUGH_LINKS, "new"), -1);
}
END_TEST

/* As on a disk that is full: what comes beyond the limit is refused. */
START_TEST(a_full_disk_leaves_the_old_one)
{
	const struct rlimit small = { 1000, RLIM_INFINITY },
			    large = { RLIM_INFINITY, RLIM_INFINITY };
	char content[5000];

	memset(content, 'y', sizeof content);
	put("out.svg", "old");
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	ck_assert_int_eq(
	    output_replace("out.svg", OUTPUT_NO_LINK, &guard, content, sizeof content, &err), -1);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &large), 0);
	ck_assert_ptr_nonnull(strstr(err.text, "out.svg: not all of it could be written: "));
	ck_assert(holds("out.svg", "old"));
	ck_assert_int_eq(files(), 2);
	ck_assert_int_eq(output_replace("out.svg", OUTPUT_NO_LINK, &guard, content, 100, &err), 0);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { what_is_read_is_not_written, standard_input_is_read_too,
		devices_may_be_both, a_stream_is_emptied_when_it_begins,
		a_whole_file_takes_the_place_of_the_old_one, links,
		a_full_disk_leaves_the_old_one };
	Suite *suite = suite_create("output_file");
	TCase *all = tcase_create("all");

	tcase_add_checked_fixture(all, begin, end);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
