/* test_sources.c - sources added and ended while rows go, with real peers, and the view of all. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/screens/program.h"
#include "tests/support.h"

/* A line of the view has all of these. */
static bool
line_has(const char *screen, const char *name, const char *state)
{
	for (const char *p = screen; p != NULL && *p != '\0'; p = strchr(p, '\n')) {
		const char *end = strchr(p += *p == '\n', '\n');
		const char *at = strstr(p, name), *said = strstr(p, state);

		if (at != NULL && said != NULL && (end == NULL || (at < end && said < end)))
			return true;
		if (end == NULL)
			break;
	}
	return false;
}

struct want {
	const char *name, *state;
};

static bool
shows_source(struct terminal *t, const void *arg)
{
	const struct want *w = arg;

	return line_has(terminal_text(t), w->name, w->state);
}

#define AWAIT(t, source, says)                                                                     \
	ck_assert_msg(                                                                             \
	    terminal_wait(t, shows_source, &(struct want){ source, says }, TERMINAL_LIMIT),        \
	    "%s %s:\n%s", source, says, terminal_text(t))

static int
connect_to(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	ck_assert_uint_lt(strlen(path), sizeof to.sun_path);
	memcpy(to.sun_path, path, strlen(path));
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static void
say(int fd, const char *s)
{
	ck_assert_int_eq(write(fd, s, strlen(s)), (ssize_t)strlen(s));
}

static void
type(struct terminal *t, const char *before, const char *after)
{
	char keys[2 * PATH];

	snprintf(keys, sizeof keys, ":%s%s\r", before, after);
	terminal_type(t, keys);
}

START_TEST(added_and_ended)
{
	char dir[64], path[PATH], spec[PATH + 32];
	struct terminal *t;
	int fd;

	snprintf(path, sizeof path, "%s/s", folder_new(dir));
	t = START(120, 30, "--rate", "2", program_seed());
	ck_assert(terminal_wait_text(t, "╭ series "));
	type(t, "source tick=exec:", "echo n; while :; do echo 7; sleep 0.05; done");
	ck_assert(terminal_wait_text(t, "tick: a source more"));
	terminal_type(t, "7");
	AWAIT(t, "tick ", "live");
	AWAIT(t, "reactor-15", "recording");
	snprintf(spec, sizeof spec, "source desk=unix-listen:%s", path);
	type(t, spec, "");
	AWAIT(t, "desk ", "waits");
	fd = connect_to(path);
	say(fd, "n,m\n1,2\n3,oops\n");
	AWAIT(t, "desk ", "live");
	AWAIT(t, "desk ", "silent");
	type(t, "drop ", "tick");
	ck_assert(terminal_wait_text(t, "tick is ended: its 1 column"));
	ck_assert(!line_has(terminal_text(t), "tick ", "live"));
	type(t, "source ", "there/is/none.csv");
	ck_assert(terminal_wait_text(t, "none is no source now"));
	type(t, "source ", "none:x");
	ck_assert(terminal_wait_text(t, "not added: none:x: this build has no source"));
	type(t, "drop ", "desk");
	ck_assert(terminal_wait_text(t, "desk is ended"));
	type(t, "drop ", "reactor-15");
	ck_assert(terminal_wait_text(t, "is the only source"));
	terminal_type(t, "\033"); /* what was wrong stands there to be mended */
	ck_assert(terminal_wait_text(t, "? help"));
	close(fd);
	program_quit(t);
	unlink(path);
	folder_remove(dir);
}
END_TEST

/* One that has no rows holds nobody up; what is asked of its columns waits for it. */
START_TEST(one_that_waits_holds_nobody_up)
{
	char dir[64], path[PATH], spec[PATH + 32];
	struct terminal *t;
	int fd;

	snprintf(path, sizeof path, "%s/s", folder_new(dir));
	snprintf(spec, sizeof spec, "desk=unix-listen:%s", path);
	t = START(120, 30, "--rate", "2", program_seed(), spec);
	ck_assert(terminal_wait_text(t, "desk has no rows yet"));
	terminal_type(t, "7");
	AWAIT(t, "reactor-15", "recording");
	AWAIT(t, "desk ", "waits");
	fd = connect_to(path);
	say(fd, "n,m\n1,2\n3,4\n");
	AWAIT(t, "desk ", "live");
	close(fd);
	program_quit(t);
	t = START(120, 30, "--rate", "2", "-k", "mean(desk.n)", "-a", "hot: desk.n > 2",
	    program_seed(), spec);
	ck_assert(terminal_wait_text(t, "KPI 'mean(desk.n)', alert 'hot': no source has the"));
	ck_assert(terminal_wait_text(t, "waits for its columns"));
	terminal_type(t, "7");
	AWAIT(t, "reactor-15", "recording");
	AWAIT(t, "desk ", "waits for a client");
	fd = connect_to(path);
	say(fd, "n,m\n1,2\n3,4\n");
	AWAIT(t, "desk ", "live");
	terminal_type(t, "1");
	AWAIT(t, "mean(desk.n)", "2");
	ck_assert(terminal_wait_text(t, "1 firing"));
	close(fd);
	program_quit(t);
	unlink(path);
	folder_remove(dir);
}
END_TEST

/* Why nothing comes is never cut, however narrow the screen. */
START_TEST(reasons_are_whole)
{
	char dir[64], path[PATH], spec[PATH + 32];
	struct terminal *t;

	snprintf(path, sizeof path, "%s/s", folder_new(dir));
	snprintf(spec, sizeof spec, "desk=unix-listen:%s", path);
	t = START(80, 24, "--rate", "2", program_seed(), "tcp=tcp://127.0.0.1:1");
	terminal_type(t, "7");
	AWAIT(t, "tcp ", "try ");
	ck_assert(terminal_wait_text(t, "  Connection refused"));
	program_quit(t);
	t = START(40, 10, "tcp=tcp://127.0.0.1:1", spec);
	terminal_type(t, "7");
	ck_assert(terminal_wait_text(t, "  Connection refused"));
	ck_assert(terminal_wait_text(t, "waits for a client"));
	program_quit(t);
	t = START(80, 24, spec);
	ck_assert(terminal_wait_text(t, "waits for a client"));
	program_quit(t);
	folder_remove(dir);
}
END_TEST

/* What fires between two rows lasts as long as nothing comes. */
START_TEST(ended_before_its_first_row)
{
	struct terminal *t = START(100, 24, WEIR_SETS "/reactor.csv");

	ck_assert(terminal_wait_text(t, "temperature"));
	terminal_type(t, ":source tcp://127.0.0.1:1\r");
	ck_assert(terminal_wait_text(t, "Connection refused")); /* that is said once */
	terminal_type(t, ":drop tcp\r");
	ck_assert(terminal_wait_text(t, "tcp is ended before its first row"));
	program_quit(t);
}
END_TEST

START_TEST(silence_lasts)
{
	struct terminal *t;

	t = START(100, 24, "-a", "gone: absent(v, 1s)", "exec:echo v; echo 1; echo 2; sleep 60");
	terminal_type(t, "4");
	AWAIT(t, "gone ", " 3.");
	AWAIT(t, "gone ", " 4.");
	program_quit(t);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sources");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	tcase_add_test(all, added_and_ended);
	tcase_add_test(all, one_that_waits_holds_nobody_up);
	tcase_add_test(all, reasons_are_whole);
	tcase_add_test(all, ended_before_its_first_row);
	tcase_add_test(all, silence_lasts);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
