/* test_sockets.c - sources at the other end of a socket or a serial line: who comes and goes, what
 * is lost, and what is said of it. The other ends are ours, so nothing hangs on the time it takes.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"
#include "data/input/feed.h"
#include "data/sources/sockets/clients.h"
#include "data/sources/sockets/peers.h"
#include "data/sources/source.h"
#include "tests/support.h"

enum { TURNS = 2000 };

struct ear { /* a source, and what it gave */
	uv_loop_t loop;
	uv_timer_t clock;
	struct source *source;
	struct text text; /* of all lanes: "1:bytes" */
	int gone;
};

static void
on_ready(void *arg)
{
	(void)arg;
}

static void
on_clock(uv_timer_t *timer)
{
	(void)timer;
}

static void
ear_open(struct ear *e, const char *spec)
{
	struct error err = { 0 };

	memset(e, 0, sizeof *e);
	uv_loop_init(&e->loop);
	uv_timer_init(&e->loop, &e->clock);
	uv_timer_start(&e->clock, on_clock, 5, 5); /* so that the loop turns */
	e->source = source_new(spec, false, &err);
	ck_assert_msg(e->source != NULL, "%s", err.text);
	e->source->loop = &e->loop;
	e->source->ready = on_ready;
	ck_assert_msg(source_open(e->source, &err) == 0, "%s", err.text);
}

static void
ear_close(struct ear *e)
{
	source_free(e->source);
	uv_close((uv_handle_t *)&e->clock, NULL);
	while (uv_run(&e->loop, UV_RUN_ONCE) != 0)
		;
	ck_assert_int_eq(uv_loop_close(&e->loop), 0);
	text_done(&e->text);
}

/* One turn of the loop, and all that there is to read by then. */
static void
ear_turn(struct ear *e)
{
	static char buf[1 << 16];
	struct error err;
	long n;

	uv_run(&e->loop, UV_RUN_ONCE);
	while ((n = e->source->class->read(e->source, buf, sizeof buf, &err)) != SOURCE_AGAIN) {
		ck_assert_msg(n > 0 || n == SOURCE_GONE, "%s", err.text);
		if (n == SOURCE_GONE) {
			e->gone++;
			text_addf(&e->text, "%u gone\n", e->source->lane);
			continue;
		}
		text_addf(&e->text, "%u:", e->source->lane);
		text_addn(&e->text, buf, (size_t)n);
	}
}

static void
ear_until(struct ear *e, const char *expected)
{
	for (int i = 0; i < TURNS && strcmp(text_get(&e->text), expected) != 0; i++)
		ear_turn(e);
	ck_assert_str_eq(text_get(&e->text), expected);
	text_clear(&e->text);
}

static void
ear_until_doing(struct ear *e, enum source_doing doing)
{
	for (int i = 0; i < TURNS && e->source->report.doing != doing; i++)
		ear_turn(e);
	ck_assert_int_eq(e->source->report.doing, doing);
}

static void
say(int fd, const char *s)
{
	ck_assert_int_eq(write(fd, s, strlen(s)), (ssize_t)strlen(s));
}

static void
hear(int fd, const char *expected)
{
	char buf[256] = "";
	size_t n = 0, want = strlen(expected);

	while (n < want) {
		ssize_t k = read(fd, buf + n, want - n);

		ck_assert_int_gt(k, 0);
		n += (size_t)k;
	}
	ck_assert_str_eq(buf, expected);
}

/* Closes so that the other end sees it as lost. */
static void
break_off(int fd)
{
	struct linger linger = { 1, 0 };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
	close(fd);
}

/* --- addresses -------------------------------------------------------------------------------- */

/* A loopback port, of a socket that listens at it or is only bound. */
static int
bound(int type, struct sockaddr_in *address)
{
	int fd = socket(AF_INET, type, 0), on = 1;
	socklen_t size = sizeof *address;

	*address = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)address, sizeof *address), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)address, &size), 0);
	return fd;
}

static int
free_port(int type, struct sockaddr_in *address)
{
	close(bound(type, address));
	return ntohs(address->sin_port);
}

static int
go_to(int type, const struct sockaddr_in *address)
{
	int fd = socket(AF_INET, type, 0);

	ck_assert_int_eq(connect(fd, (const struct sockaddr *)address, sizeof *address), 0);
	return fd;
}

/* --- those who come --------------------------------------------------------------------------- */

START_TEST(clients_are_lanes)
{
	struct sockaddr_in address;
	struct ear e;
	struct error err;
	char spec[64];
	int a, b;

	snprintf(spec, sizeof spec, "tcp-listen://127.0.0.1:%d", free_port(SOCK_STREAM, &address));
	ear_open(&e, spec);
	ck_assert_int_eq(e.source->report.doing, SOURCE_WAITS);
	a = go_to(SOCK_STREAM, &address);
	say(a, "x,y\n1,");
	ear_until(&e, "1:x,y\n");
	b = go_to(SOCK_STREAM, &address);
	say(b, "y,x\n");
	ear_until(&e, "2:y,x\n");
	say(a, "2\n3");
	ear_until(&e, "1:1,2\n");
	ck_assert_int_eq(e.source->report.lanes, 2);
	ck_assert(strncmp(e.source->tags[0].s, "127.0.0.1:", 10) == 0);
	ck_assert(e.source->class->reply(e.source, 2, "on\n", 3, &err) == 0);
	hear(b, "on\n");
	close(a); /* in peace: its last line counts */
	ear_until(&e, "1:31 gone\n");
	ck_assert(e.source->class->reply(e.source, 1, "on\n", 3, &err) == -1);
	say(b, "7");
	for (int i = 0; i < 3; i++)
		ear_turn(&e);
	break_off(b); /* what was cut off is no row */
	ear_until(&e, "2 gone\n");
	ck_assert_int_eq(e.source->report.doing, SOURCE_WAITS);
	ear_close(&e);
}
END_TEST

START_TEST(what_is_cut_off_is_told)
{
	struct sockaddr_in address;
	struct ear e;
	const char *what, *s;
	char spec[64];
	size_t n;
	int a;

	snprintf(spec, sizeof spec, "tcp-listen://127.0.0.1:%d", free_port(SOCK_STREAM, &address));
	ear_open(&e, spec);
	a = go_to(SOCK_STREAM, &address);
	say(a, "x\n12");
	ear_until(&e, "1:x\n");
	break_off(a);
	ear_until(&e, "1 gone\n");
	ck_assert(source_next_bad(e.source, &what, &s, &n));
	ck_assert_str_eq(what, "cut off: the connection was lost");
	ck_assert(n == 2 && memcmp(s, "12", 2) == 0);
	ear_close(&e);
}
END_TEST

/* Who is silent for longest makes room, with a note; who speaks stays. */
START_TEST(the_silent_make_room)
{
	struct sockaddr_in address;
	const struct clients *c;
	struct ear e;
	char spec[64], byte;
	int a, b;

	snprintf(spec, sizeof spec, "tcp-listen://127.0.0.1:%d", free_port(SOCK_STREAM, &address));
	ear_open(&e, spec);
	c = e.source->state;
	a = go_to(SOCK_STREAM, &address);
	say(a, "x\n");
	ear_until(&e, "1:x\n");
	b = go_to(SOCK_STREAM, &address);
	say(b, "x\n");
	ear_until(&e, "2:x\n");
	say(a, "1\n");
	ear_until(&e, "1:1\n");
	ck_assert(!peers_make_room(c->peers, 3600 * TIME_SECOND));
	ck_assert(peers_make_room(c->peers, 0));
	ear_until(&e, "2 gone\n");
	ck_assert_ptr_nonnull(strstr(source_next_note(e.source), "makes room for another"));
	ck_assert_int_eq(read(b, &byte, 1), 0);
	say(a, "2\n");
	ear_until(&e, "1:2\n");
	close(a);
	close(b);
	ear_close(&e);
}
END_TEST

/* Lines of any length come, whole or in parts, and all bytes of them. */
START_TEST(long_lines_come)
{
	struct sockaddr_in address;
	struct ear e;
	static char line[100000];
	char spec[64];
	size_t sent = 0, got = 0;
	int a;

	memset(line, 'z', sizeof line);
	line[sizeof line - 1] = '\n';
	snprintf(spec, sizeof spec, "tcp-listen://127.0.0.1:%d", free_port(SOCK_STREAM, &address));
	ear_open(&e, spec);
	a = go_to(SOCK_STREAM, &address);
	for (int i = 0; i < TURNS && got < sizeof line; i++) {
		ssize_t n = send(a, line + sent, sizeof line - sent, MSG_DONTWAIT);

		sent += n > 0 ? (size_t)n : 0;
		ear_turn(&e);
		got = 0;
		for (size_t k = 0; k < e.text.len; k++)
			got += e.text.s[k] == 'z' || (e.text.s[k] == '\n');
	}
	ck_assert_uint_eq(got, sizeof line);
	close(a);
	ear_close(&e);
}
END_TEST

START_TEST(a_socket_left_behind)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct ear e;
	char spec[128];
	int a, left = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "/tmp/weir-socket-%d", getpid());
	unlink(address.sun_path);
	ck_assert_int_eq(bind(left, (struct sockaddr *)&address, sizeof address), 0);
	close(left);
	snprintf(spec, sizeof spec, "unix-listen:%s", address.sun_path);
	ear_open(&e, spec);
	a = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(a, (struct sockaddr *)&address, sizeof address), 0);
	say(a, "x\n");
	ear_until(&e, "1:x\n");
	close(a);
	ear_close(&e);
	ck_assert_int_eq(access(address.sun_path, F_OK), -1);
}
END_TEST

START_TEST(datagrams_end_where_they_end)
{
	struct sockaddr_in address;
	struct ear e;
	struct error err;
	char spec[64];
	int a, b;

	snprintf(spec, sizeof spec, "udp://127.0.0.1:%d", free_port(SOCK_DGRAM, &address));
	ear_open(&e, spec);
	a = go_to(SOCK_DGRAM, &address);
	b = go_to(SOCK_DGRAM, &address);
	say(a, "x,y\n1,2");
	ear_until(&e, "1:x,y\n1,2\n");
	say(b, "3,4\n");
	ear_until(&e, "2:3,4\n");
	say(a, "5,6");
	ear_until(&e, "1:5,6\n");
	ck_assert(e.source->class->reply(e.source, 2, "on\n", 3, &err) == 0);
	hear(b, "on\n");
	close(a);
	close(b);
	for (int i = 0; i < 300; i++) { /* more senders than are kept */
		a = go_to(SOCK_DGRAM, &address);
		say(a, "1,1");
		ear_turn(&e);
		ear_turn(&e);
		close(a);
	}
	ck_assert_int_le(e.source->report.lanes, 256);
	ck_assert_int_ge(e.gone, 40);
	ear_close(&e);
}
END_TEST

/* --- those we go to --------------------------------------------------------------------------- */

START_TEST(a_server_comes_back)
{
	struct sockaddr_in address;
	int server = bound(SOCK_STREAM, &address), a;
	struct ear e;
	struct error err;
	char spec[64];

	snprintf(spec, sizeof spec, "tcp://127.0.0.1:%d", ntohs(address.sin_port));
	ear_open(&e, spec); /* nobody listens yet */
	ear_until_doing(&e, SOURCE_RETRIES);
	ck_assert_str_eq(e.source->report.what, "Connection refused");
	ck_assert_ptr_nonnull(source_next_note(e.source));
	ck_assert_int_eq(listen(server, 5), 0);
	ear_until_doing(&e, SOURCE_READS);
	a = accept(server, NULL, NULL);
	say(a, "x\n1\n2");
	ear_until(&e, "1:x\n1\n");
	ck_assert(e.source->class->reply(e.source, 1, "on\n", 3, &err) == 0);
	hear(a, "on\n");
	break_off(a);
	ear_until_doing(&e, SOURCE_RETRIES);
	ear_until_doing(&e, SOURCE_READS);
	ck_assert_uint_eq(e.source->report.attempts, 0);
	a = accept(server, NULL, NULL);
	text_clear(&e.text);
	say(a, "x\n3\n");
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
	say(master, "x\r\n\003\0041\r\n");
	ear_until(&e, "1:x\r\n\003\0041\r\n");
	ck_assert(e.source->class->reply(e.source, 1, "on\n", 3, &err) == 0);
	hear(master, "on\n");
	close(slave);
	close(master); /* pulled out */
	ear_until_doing(&e, SOURCE_RETRIES);
	ear_close(&e);
	e.source = source_new("/dev/null", false, &err); /* is a device, and no line */
	ck_assert(e.source->class->form[0] != '/');
	source_free(e.source);
}
END_TEST

/* --- rows of several -------------------------------------------------------------------------- */

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
	snprintf(spec, sizeof spec, "tcp-listen://127.0.0.1:%d", free_port(SOCK_STREAM, &address));
	feed = feed_open(spec, &options, &loop, &err);
	ck_assert_msg(feed != NULL, "%s", err.text);
	a = go_to(SOCK_STREAM, &address);
	c = go_to(SOCK_STREAM, &address);
	say(a, "x,y\n1,2\n");
	say(c, "y,x\n20,10\n");
	say(a, "3,4\n");
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
	snprintf(spec, sizeof spec, "tcp-listen://127.0.0.1:%d", free_port(SOCK_STREAM, &address));
	e = engine_new(&options, &loop, &err);
	ck_assert(engine_add_source(e, spec, &feed, &err) == 0);
	a = go_to(SOCK_STREAM, &address);
	say(a, "time,x\n2026-01-01T00:00:00.1Z,2\n2026-01-01T00:00:00Z,1\n");
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
	tcase_add_test(c, clients_are_lanes);
	tcase_add_test(c, what_is_cut_off_is_told);
	tcase_add_test(c, the_silent_make_room);
	tcase_add_test(c, long_lines_come);
	tcase_add_test(c, a_socket_left_behind);
	tcase_add_test(c, datagrams_end_where_they_end);
	tcase_add_test(c, a_server_comes_back);
	tcase_add_test(c, closed_while_it_looks);
	tcase_add_loop_test(c, wrong_addresses, 0, sizeof wrong / sizeof *wrong);
	tcase_add_test(c, not_our_own_address);
	tcase_add_test(c, a_serial_line);
	tcase_add_test(c, rows_held_back_go_in_silence);
	tcase_add_test(c, rows_of_clients_have_their_columns);
	suite_add_tcase(s, c);
	return support_run(s);
}
