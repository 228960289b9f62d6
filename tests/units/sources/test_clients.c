/* test_clients.c - those who come to a listening socket, and go: their lines, what is cut off, who
 * makes room for others. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "data/base/times/times.h"
#include "data/sources/sockets/clients.h"
#include "data/sources/sockets/peers.h"
#include "tests/ear.h"
#include "tests/support.h"

START_TEST(clients_are_lanes)
{
	struct sockaddr_in address;
	struct ear e;
	struct error err;
	int a, b;

	ear_listen(&e, "tcp-listen", SOCK_STREAM, &address);
	ck_assert_int_eq(e.source->report.doing, SOURCE_WAITS);
	a = peer_new(SOCK_STREAM, &address);
	peer_say(a, "x,y\n1,");
	ear_until(&e, "1:x,y\n");
	b = peer_new(SOCK_STREAM, &address);
	peer_say(b, "y,x\n");
	ear_until(&e, "2:y,x\n");
	peer_say(a, "2\n3");
	ear_until(&e, "1:1,2\n");
	ck_assert_int_eq(e.source->report.lanes, 2);
	ck_assert(strncmp(e.source->tags[0].s, "127.0.0.1:", 10) == 0);
	ck_assert(e.source->class->reply(e.source, 2, "on\n", 3, &err) == 0);
	peer_hear(b, "on\n");
	close(a); /* in peace: its last line counts */
	ear_until(&e, "1:31 gone\n");
	ck_assert(e.source->class->reply(e.source, 1, "on\n", 3, &err) == -1);
	peer_say(b, "7");
	for (int i = 0; i < 3; i++)
		ear_turn(&e);
	peer_break_off(b); /* what was cut off is no row */
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
	size_t n;
	int a;

	ear_listen(&e, "tcp-listen", SOCK_STREAM, &address);
	a = peer_new(SOCK_STREAM, &address);
	peer_say(a, "x\n12");
	ear_until(&e, "1:x\n");
	peer_break_off(a);
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
	char byte;
	bool trouble;
	int a, b;

	ear_listen(&e, "tcp-listen", SOCK_STREAM, &address);
	c = e.source->state;
	a = peer_new(SOCK_STREAM, &address);
	peer_say(a, "x\n");
	ear_until(&e, "1:x\n");
	b = peer_new(SOCK_STREAM, &address);
	peer_say(b, "x\n");
	ear_until(&e, "2:x\n");
	peer_say(a, "1\n");
	ear_until(&e, "1:1\n");
	ck_assert(!peers_make_room(c->peers, 3600 * TIME_SECOND));
	ck_assert(peers_make_room(c->peers, 0));
	ear_until(&e, "2 gone\n");
	ck_assert_ptr_nonnull(
	    strstr(source_next_note(e.source, &trouble), "makes room for another"));
	ck_assert_int_eq(read(b, &byte, 1), 0);
	peer_say(a, "2\n");
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
	size_t sent = 0, got = 0;
	int a;

	memset(line, 'z', sizeof line);
	line[sizeof line - 1] = '\n';
	ear_listen(&e, "tcp-listen", SOCK_STREAM, &address);
	a = peer_new(SOCK_STREAM, &address);
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
	peer_say(a, "x\n");
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
	int a, b;

	ear_listen(&e, "udp", SOCK_DGRAM, &address);
	a = peer_new(SOCK_DGRAM, &address);
	b = peer_new(SOCK_DGRAM, &address);
	peer_say(a, "x,y\n1,2");
	ear_until(&e, "1:x,y\n1,2\n");
	peer_say(b, "3,4\n");
	ear_until(&e, "2:3,4\n");
	peer_say(a, "5,6");
	ear_until(&e, "1:5,6\n");
	ck_assert(e.source->class->reply(e.source, 2, "on\n", 3, &err) == 0);
	peer_hear(b, "on\n");
	close(a);
	close(b);
	for (int i = 0; i < 300; i++) { /* more senders than are kept */
		a = peer_new(SOCK_DGRAM, &address);
		peer_say(a, "1,1");
		ear_turn(&e);
		ear_turn(&e);
		close(a);
	}
	ck_assert_int_le(e.source->report.lanes, 256);
	ck_assert_int_ge(e.gone, 40);
	ear_close(&e);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("clients");
	TCase *c = tcase_create("clients");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, clients_are_lanes);
	tcase_add_test(c, what_is_cut_off_is_told);
	tcase_add_test(c, the_silent_make_room);
	tcase_add_test(c, long_lines_come);
	tcase_add_test(c, a_socket_left_behind);
	tcase_add_test(c, datagrams_end_where_they_end);
	suite_add_tcase(s, c);
	return support_run(s);
}
