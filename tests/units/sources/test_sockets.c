/* test_sockets.c - those we go to, at the other end of a socket or a serial line, and the rows of
 * several of them. */
#include <arpa/inet.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"
#include "data/input/feed.h"
#include "tests/ear.h"
#include "tests/support.h"

static void
on_ready(void *arg)
{
	(void)arg;
}

/* What is told next, though nobody asks for notes. */
static const char *
trouble_told(struct ear *e)
{
	bool trouble;
	const char *said = source_next_note(e->source, &trouble);

	ck_assert(said != NULL && trouble);
	return said;
}

START_TEST(a_server_comes_back)
{
	struct sockaddr_in address;
	int server = peer_bound(SOCK_STREAM, &address), a;
	struct ear e;
	struct error err;
	char spec[64];

	snprintf(spec, sizeof spec, "tcp://127.0.0.1:%d", ntohs(address.sin_port));
	ear_open(&e, spec); /* nobody listens yet */
	ear_until_doing(&e, SOURCE_RETRIES);
	ck_assert_str_eq(e.source->report.what, "Connection refused");
	ck_assert_ptr_nonnull(strstr(trouble_told(&e), ": Connection refused (tried again"));
	ck_assert_int_eq(listen(server, 5), 0);
	ear_until_doing(&e, SOURCE_READS);
	ck_assert_str_eq(trouble_told(&e), "tcp: it is there"); /* not once more for each attempt */
	a = accept(server, NULL, NULL);
	peer_say(a, "x\n1\n2");
	ear_until(&e, "1:x\n1\n");
	ck_assert(e.source->class->reply(e.source, 1, "on\n", 3, &err) == 0);
	peer_hear(a, "on\n");
	peer_break_off(a);
	ear_until_doing(&e, SOURCE_RETRIES);
	ear_until_doing(&e, SOURCE_READS);
	ck_assert_uint_eq(e.source->report.attempts, 0);
	a = accept(server, NULL, NULL);
	text_clear(&e.text);
	peer_say(a, "x\n3\n");
	ear_until(&e, "2:x\n3\n");
	close(a);
	close(server);
	ear_close(&e);
}
END_TEST

/* What is being looked up or connected when the source is closed tells nobody any more. */
START_TEST(closed_while_it_looks)
{
	static const char *const specs[] = { "tcp://localhost:9", "tcp://192.0.2.1:9",
		"unix:/tmp/weir-nobody" };
	struct ear e;

	for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
		ear_open(&e, specs[i]);
		ear_turn(&e);
		ear_close(&e);
	}
}
END_TEST

static const char *const wrong[] = { "tcp://localhost", "tcp://:80", "tcp://a:0", "tcp://a:70000",
	"tcp://a:b", "tcp://::1:80", "udp://127.0.0.1", "tcp-listen://x", "unix:", "unix-listen:" };

/* What can be no address is wrong usage, which is told before anything is opened. */
START_TEST(wrong_addresses)
{
	struct error err = { 0 };

	ck_assert_ptr_null(source_new(wrong[_i], false, &err));
	ck_assert_msg(strncmp(err.text, wrong[_i], strlen(wrong[_i])) == 0, "%s", err.text);
}
END_TEST

START_TEST(not_our_own_address)
{
	const char *spec = "tcp-listen://192.0.2.77:4000";
	struct error err = { 0 };
	uv_loop_t loop;
	struct source *source = source_new(spec, false, &err);

	uv_loop_init(&loop);
	ck_assert_ptr_nonnull(source);
	source->loop = &loop;
	source->ready = on_ready;
	ck_assert_int_eq(source_open(source, &err), -1);
	ck_assert_msg(strncmp(err.text, spec, strlen(spec)) == 0, "%s", err.text);
	source_free(source);
	ck_assert_int_eq(uv_loop_close(&loop), 0);
}
END_TEST

START_TEST(a_serial_line)
{
	struct ear e;
	struct termios t;
	struct error err;
	char name[64], spec[96];
	int master, slave;

	ck_assert_int_eq(openpty(&master, &slave, name, NULL, NULL), 0);
	snprintf(spec, sizeof spec, "%s?baud=115200", name);
	ear_open(&e, spec);
	ck_assert_str_eq(e.source->class->form, "/dev/ttyUSB0?baud=9600");
	ck_assert_ptr_null(strchr(e.source->name, '?'));
	ck_assert_int_eq(tcgetattr(slave, &t), 0);
	ck_assert(cfgetispeed(&t) == B115200 && (t.c_lflag & (ICANON | ECHO | ISIG)) == 0);
	peer_say(master, "x\r\n\003\0041\r\n");
	ear_until(&e, "1:x\r\n\003\0041\r\n");
	ck_assert(e.source->class->reply(e.source, 1, "on\n", 3, &err) == 0);
	peer_hear(master, "on\n");
	close(slave);
	close(master); /* pulled out */
	ear_until_doing(&e, SOURCE_RETRIES);
	ear_close(&e);
	e.source = source_new("/dev/null", false, &err); /* is a device, and no line */
	ck_assert(e.source->class->form[0] != '/');
	source_free(e.source);
}
END_TEST

START_TEST(rows_of_clients_have_their_columns)
{
	struct sockaddr_in address;
	struct feed_options options = { 0 };
	struct error err = { 0 };
	uv_loop_t loop;
	struct feed *feed;
	struct block *b = NULL;
	char spec[64];
	double x[3] = { 0 };
	int n = 0, a, c;

	uv_loop_init(&loop);
	snprintf(
	    spec, sizeof spec, "tcp-listen://127.0.0.1:%d", peer_free_port(SOCK_STREAM, &address));
	feed = feed_open(spec, &options, &loop, &err);
	ck_assert_msg(feed != NULL, "%s", err.text);
	a = peer_new(SOCK_STREAM, &address);
	c = peer_new(SOCK_STREAM, &address);
	peer_say(a, "x,y\n1,2\n");
	peer_say(c, "y,x\n20,10\n");
	peer_say(a, "3,4\n");
	for (int i = 0; i < TURNS && n < 3; i++) {
		uv_run(&loop, UV_RUN_NOWAIT);
		feed_fill(feed, &err);
		while ((b = feed_block(feed)) != NULL) {
			for (int k = 0; k < b->n && n < 3; k++)
				x[n++] = b->cells[0].number[k];
			feed_drop(feed);
		}
		usleep(1000);
	}
	ck_assert_int_eq(n, 3);
	ck_assert(x[0] + x[1] + x[2] == 14); /* in which order, the sockets tell */
	ck_assert_str_eq(feed_schema(feed)->columns[2].name, "peer");
	close(a);
	close(c);
	feed_close(feed);
	while (uv_run(&loop, UV_RUN_ONCE) != 0)
		;
	ck_assert_int_eq(uv_loop_close(&loop), 0);
}
END_TEST

/* Rows that are held back to be put in order go when their time is over, though none comes. */
START_TEST(rows_held_back_go_in_silence)
{
	struct engine_options options = { .lateness = TIME_SECOND / 5 };
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	struct sockaddr_in address;
	struct engine *e;
	uv_loop_t loop;
	int64_t wake;
	char spec[64];
	int a;

	uv_loop_init(&loop);
	snprintf(
	    spec, sizeof spec, "tcp-listen://127.0.0.1:%d", peer_free_port(SOCK_STREAM, &address));
	e = engine_new(&options, &loop, &err);
	ck_assert(engine_add_source(e, spec, &feed, &err) == 0);
	a = peer_new(SOCK_STREAM, &address);
	peer_say(a, "time,x\n2026-01-01T00:00:00.1Z,2\n2026-01-01T00:00:00Z,1\n");
	for (int i = 0; i < 20 * TURNS && engine_counts(e, -1).rows < 2; i++) {
		uv_run(&loop, UV_RUN_NOWAIT);
		engine_run(e, 1000000, &wake, &err);
		usleep(500);
	}
	ck_assert_uint_eq(engine_counts(e, -1).rows, 2);
	ck_assert_uint_eq(engine_counts(e, -1).late, 0);
	close(a);
	engine_free(e);
	while (uv_run(&loop, UV_RUN_ONCE) != 0)
		;
	ck_assert_int_eq(uv_loop_close(&loop), 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("sockets");
	TCase *c = tcase_create("sockets");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_server_comes_back);
	tcase_add_test(c, closed_while_it_looks);
	tcase_add_loop_test(c, wrong_addresses, 0, sizeof wrong / sizeof *wrong);
	tcase_add_test(c, not_our_own_address);
	tcase_add_test(c, a_serial_line);
	tcase_add_test(c, rows_of_clients_have_their_columns);
	tcase_add_test(c, rows_held_back_go_in_silence);
	suite_add_tcase(s, c);
	return support_run(s);
}
