/* test_spawner.c - programs are run word by word, told of when they end, and gone with us. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/text.h"
#include "data/net/net.h"
#include "data/net/spawner.h"
#include "tests/support.h"

struct run { /* a program, what it printed and how it ended */
	uv_loop_t loop;
	struct net *net;
	int ended;
	struct child_end end;
	struct text printed;
};

static void
open_run(struct run *r)
{
	struct error err = { 0 };

	*r = (struct run){ 0 };
	uv_loop_init(&r->loop);
	r->net = net_open(&r->loop, true, &err);
	ck_assert_msg(r->net != NULL, "%s", err.text);
}

static void
close_run(struct run *r)
{
	net_close(r->net);
	uv_run(&r->loop, UV_RUN_DEFAULT);
	ck_assert_int_eq(uv_loop_close(&r->loop), 0);
	text_done(&r->printed);
}

static void
on_end(void *self, const struct child_end *end)
{
	struct run *r = self;

	r->ended++;
	r->end = *end;
}

static void
give_up(uv_timer_t *timer)
{
	uv_timer_stop(timer);
}

static void
until_ended(struct run *r, int n)
{
	uv_timer_t alive; /* the spawner alone keeps no loop going */

	uv_timer_init(&r->loop, &alive);
	uv_timer_start(&alive, give_up, 20000, 0);
	while (r->ended < n && uv_is_active((uv_handle_t *)&alive))
		uv_run(&r->loop, UV_RUN_ONCE);
	uv_close((uv_handle_t *)&alive, NULL);
	uv_run(&r->loop, UV_RUN_NOWAIT);
	ck_assert_int_eq(r->ended, n);
}

/* Reads to the end of what is written there. */
static void
read_all(int fd, struct text *out)
{
	char buf[4096];
	ssize_t n;

	text_clear(out);
	while ((n = read(fd, buf, sizeof buf)) > 0)
		text_addn(out, buf, (size_t)n);
	close(fd);
}

/* Runs it, with its standard output in r->printed. */
static void
run(struct run *r, const char *const *argv, const char *const *env)
{
	struct child child = { .argv = argv, .env = env, .fds = { -1, -1, -1 } };
	struct error err = { 0 };
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	child.fds[1] = ends[1];
	ck_assert_msg(
	    spawner_start(net_spawner(&r->loop), &child, on_end, r, &err) > 0, "%s", err.text);
	close(ends[1]);
	read_all(ends[0], &r->printed);
	until_ended(r, r->ended + 1);
}

START_TEST(words_stay_words)
{
	const char *argv[] = { "printf", "[%s]", "$(touch x)", "`id`", "a b;c", "", NULL };
	struct run r;

	open_run(&r);
	run(&r, argv, NULL);
	ck_assert_str_eq(text_get(&r.printed), "[$(touch x)][`id`][a b;c][]");
	ck_assert_int_eq(r.end.error, 0);
	ck_assert_int_eq(r.end.status, 0);
	close_run(&r);
}
END_TEST

START_TEST(environment_is_added)
{
	const char *argv[] = { "sh", "-c", "echo \"$WEIR_X|$WEIR_Y|$HOME\"", NULL };
	const char *env[] = { "WEIR_X=1 2", "WEIR_Y=$HOME", NULL };
	struct run r;

	setenv("WEIR_X", "old", 1);
	setenv("HOME", "/h", 1);
	open_run(&r);
	run(&r, argv, env);
	ck_assert_str_eq(text_get(&r.printed), "1 2|$HOME|/h\n");
	close_run(&r);
}
END_TEST

START_TEST(ends_are_told)
{
	const char *fails[] = { "sh", "-c", "exit 7", NULL };
	const char *dies[] = { "sh", "-c", "kill -TERM $$", NULL };
	const char *is_none[] = { "/no/such/program", NULL };
	struct text said = { 0 };
	struct run r;

	open_run(&r);
	run(&r, fails, NULL);
	child_end_print(&r.end, &said);
	ck_assert_str_eq(text_get(&said), "status 7");
	text_clear(&said);
	run(&r, dies, NULL);
	child_end_print(&r.end, &said);
	ck_assert_str_eq(text_get(&said), "ended by signal 15 (Terminated)");
	text_clear(&said);
	run(&r, is_none, NULL);
	child_end_print(&r.end, &said);
	ck_assert_str_eq(text_get(&said), "No such file or directory");
	text_done(&said);
	close_run(&r);
}
END_TEST

START_TEST(nothing_is_inherited)
{
	const char *argv[] = { "sh", "-c",
		"i=0; while [ $i -lt 64 ]; do [ -e /proc/$$/fd/$i ] && echo $i; i=$((i + 1)); "
		"done; "
		"cat /dev/tty 2>/dev/null && echo tty; read x </dev/stdin || echo end",
		NULL };
	int left = open("/dev/null", O_RDONLY); /* without close-on-exec, on purpose */
	struct run r;

	open_run(&r);
	run(&r, argv, NULL);
	ck_assert_str_eq(text_get(&r.printed), "0\n1\n2\nend\n");
	close(left);
	close_run(&r);
}
END_TEST

/* Is somebody there who writes to the pipe? Waits for that to be no more. */
static void
check_gone(int reading)
{
	struct pollfd p = { .fd = reading, .events = POLLIN };
	char c;

	ck_assert_int_eq(poll(&p, 1, 20000), 1);
	ck_assert_int_eq(read(reading, &c, 1), 0);
}

START_TEST(the_group_goes_with_it)
{
	/* The shell ends at once; what it left in the background holds the pipe. */
	const char *argv[] = { "sh", "-c", "sleep 1000 & exit 0", NULL };
	struct child child = { .argv = argv, .fds = { -1, -1, -1 } };
	struct error err = { 0 };
	struct run r;
	int ends[2];

	open_run(&r);
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	child.fds[1] = ends[1];
	ck_assert_uint_gt(spawner_start(net_spawner(&r.loop), &child, on_end, &r, &err), 0);
	close(ends[1]);
	check_gone(ends[0]);
	until_ended(&r, 1);
	close(ends[0]);
	close_run(&r);
}
END_TEST

START_TEST(signals_reach_the_group)
{
	const char *argv[] = { "sh", "-c", "trap '' TERM; sleep 1000 & wait; sleep 1000", NULL };
	struct child child = { .argv = argv, .fds = { -1, -1, -1 } };
	struct error err = { 0 };
	struct run r;
	uint32_t id;

	open_run(&r);
	id = spawner_start(net_spawner(&r.loop), &child, on_end, &r, &err);
	spawner_signal(net_spawner(&r.loop), id, SIGKILL);
	until_ended(&r, 1);
	ck_assert(WIFSIGNALED(r.end.status) && WTERMSIG(r.end.status) == SIGKILL);
	close_run(&r);
}
END_TEST

/* Starts `sleep` with the pipe as its output, which shows how long it lives. */
static void
start_sleeper(struct run *r, int *ends)
{
	const char *argv[] = { "sh", "-c", "trap '' TERM; echo; sleep 1000; sleep 1000", NULL };
	struct child child = { .argv = argv, .fds = { -1, -1, -1 } };
	struct error err = { 0 };

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	child.fds[1] = ends[1];
	ck_assert_uint_gt(spawner_start(net_spawner(&r->loop), &child, on_end, r, &err), 0);
	close(ends[1]);
}

START_TEST(closing_ends_all)
{
	struct run r;
	int ends[2];
	char c;

	open_run(&r);
	start_sleeper(&r, ends);
	ck_assert_int_eq(read(ends[0], &c, 1), 1); /* it runs, deaf to SIGTERM */
	close_run(&r);
	check_gone(ends[0]);
	close(ends[0]);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); /* no child is left, dead or alive */
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(killed_with_us)
{
	int ends[2], status;
	pid_t pid;
	char c;

	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		const char *argv[] = { "sh", "-c", "trap '' TERM; echo; sleep 1000; sleep 1000",
			NULL };
		struct child child = { .argv = argv, .fds = { -1, ends[1], -1 } };
		struct error err = { 0 };
		struct run r;

		open_run(&r);
		spawner_start(net_spawner(&r.loop), &child, on_end, &r, &err);
		pause();
		_exit(0);
	}
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &c, 1), 1);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	check_gone(ends[0]);
	close(ends[0]);
}
END_TEST

START_TEST(dropped_is_not_told)
{
	struct run r;
	int ends[2];
	char c;

	open_run(&r);
	start_sleeper(&r, ends);
	ck_assert_int_eq(read(ends[0], &c, 1), 1);
	spawner_drop(net_spawner(&r.loop), 1);
	check_gone(ends[0]);
	uv_run(&r.loop, UV_RUN_NOWAIT);
	ck_assert_int_eq(r.ended, 0);
	close(ends[0]);
	close_run(&r);
}
END_TEST

START_TEST(too_many_words)
{
	char *big = malloc(70000);
	const char *argv[] = { "echo", big, NULL };
	struct child child = { .argv = argv, .fds = { -1, -1, -1 } };
	struct error err = { 0 };
	struct run r;

	memset(big, 'x', 69999);
	big[69999] = '\0';
	open_run(&r);
	ck_assert_uint_eq(spawner_start(net_spawner(&r.loop), &child, on_end, &r, &err), 0);
	ck_assert_ptr_nonnull(strstr(err.text, "too many words"));
	close_run(&r);
	free(big);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("spawner");
	TCase *c = tcase_create("programs");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, words_stay_words);
	tcase_add_test(c, environment_is_added);
	tcase_add_test(c, ends_are_told);
	tcase_add_test(c, nothing_is_inherited);
	tcase_add_test(c, the_group_goes_with_it);
	tcase_add_test(c, signals_reach_the_group);
	tcase_add_test(c, closing_ends_all);
	tcase_add_test(c, killed_with_us);
	tcase_add_test(c, dropped_is_not_told);
	tcase_add_test(c, too_many_words);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
