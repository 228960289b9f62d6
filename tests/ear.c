/* ear.c - a source at this end of a socket, and peers at the other. */
#include "tests/ear.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "data/base/error.h"
#include "tests/support.h"

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

void
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

void
ear_listen(struct ear *e, const char *scheme, int type, struct sockaddr_in *address)
{
	char spec[64];

	snprintf(spec, sizeof spec, "%s://127.0.0.1:%d", scheme, peer_free_port(type, address));
	ear_open(e, spec);
}

void
ear_close(struct ear *e)
{
	source_free(e->source);
	uv_close((uv_handle_t *)&e->clock, NULL);
	while (uv_run(&e->loop, UV_RUN_ONCE) != 0)
		;
	ck_assert_int_eq(uv_loop_close(&e->loop), 0);
	text_done(&e->text);
}

void
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

void
ear_until(struct ear *e, const char *expected)
{
	for (int i = 0; i < TURNS && strcmp(text_get(&e->text), expected) != 0; i++)
		ear_turn(e);
	ck_assert_str_eq(text_get(&e->text), expected);
	text_clear(&e->text);
}

void
ear_until_doing(struct ear *e, enum source_doing doing)
{
	for (int i = 0; i < TURNS && e->source->report.doing != doing; i++)
		ear_turn(e);
	ck_assert_int_eq(e->source->report.doing, doing);
}

void
peer_say(int fd, const char *s)
{
	ck_assert_int_eq(write(fd, s, strlen(s)), (ssize_t)strlen(s));
}

void
peer_hear(int fd, const char *expected)
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

void
peer_break_off(int fd)
{
	struct linger linger = { 1, 0 };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
	close(fd);
}

int
peer_bound(int type, struct sockaddr_in *address)
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

int
peer_free_port(int type, struct sockaddr_in *address)
{
	close(peer_bound(type, address));
	return ntohs(address->sin_port);
}

int
peer_new(int type, const struct sockaddr_in *address)
{
	int fd = socket(AF_INET, type, 0);

	ck_assert_int_eq(connect(fd, (const struct sockaddr *)address, sizeof *address), 0);
	return fd;
}
