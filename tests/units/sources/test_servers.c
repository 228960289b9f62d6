/* test_servers.c - HTTP servers that misbehave: errors, answers cut off, garbage, no end, circles;
 * what a source makes of them, and what it says. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "data/net/net.h"
#include "data/sources/source.h"
#include "tests/support.h"

#define OK "HTTP/1.1 200 OK\r\nConnection: close\r\n"
#define ROWS OK "Content-Length: 6\r\n\r\nx\n1\n2\n"

enum { ANSWERS = 6, LIMIT_MS = 20000, ENDLESS = 1 << 30 };

struct server {
	pid_t pid;
	int port, heard; /* heard: the requests as they came */
};

/* An answer that ends in "..." goes on with rows as long as somebody reads. */
static void
answer(int client, const char *text)
{
	static char rows[1 << 16];
	size_t n = strlen(text);
	bool endless = n > 3 && strcmp(text + n - 3, "...") == 0;

	if (write(client, text, endless ? n - 3 : n) < 0)
		return;
	for (size_t i = 0; i < sizeof rows; i++)
		rows[i] = i % 2 == 0 ? '7' : '\n';
	for (size_t sent = 0; endless && sent < ENDLESS; sent += sizeof rows)
		if (write(client, rows, sizeof rows) < 0)
			return;
}

/* The answers in turn, the last one again and again. */
static void
serve(int listening, int heard, const char *const *answers)
{
	char request[4096];

	signal(SIGPIPE, SIG_IGN);
	for (int i = 0;; i += answers[i + 1] != NULL) {
		int client = accept(listening, NULL, NULL);
		size_t got = 0;

		while (got < sizeof request - 1) {
			ssize_t n = read(client, request + got, sizeof request - 1 - got);

			if (n <= 0)
				break;
			got += (size_t)n;
			request[got] = '\0';
			if (strstr(request, "\r\n\r\n") != NULL)
				break;
		}
		if (write(heard, request, got) < 0)
			_exit(1);
		answer(client, answers[i]);
		shutdown(client, SHUT_WR);
		close(client);
	}
}

static struct server
server_start(const char *const *answers)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof at;
	int listening = socket(AF_INET, SOCK_STREAM, 0), heard[2];
	struct server s;

	ck_assert_int_eq(bind(listening, (struct sockaddr *)&at, size), 0);
	ck_assert_int_eq(listen(listening, 16), 0);
	ck_assert_int_eq(getsockname(listening, (struct sockaddr *)&at, &size), 0);
	ck_assert_int_eq(pipe(heard), 0);
	s.port = ntohs(at.sin_port);
	s.pid = fork();
	if (s.pid == 0)
		serve(listening, heard[1], answers);
	close(listening);
	close(heard[1]);
	s.heard = heard[0];
	return s;
}

static void
server_end(struct server *s)
{
	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
	close(s->heard);
}

static void
ready(void *arg)
{
	(void)arg;
}

struct reading {
	uv_loop_t uv;
	struct net *net;
	struct source *source;
	struct text bytes, notes; /* bytes: "|" where a document ends, "$" the end, "!" a failure */
	struct error err;
	size_t got;
};

static void
read_open(
    struct reading *r, const struct server *s, const char *user, const char *path, int64_t poll)
{
	char url[200];

	*r = (struct reading){ .got = 0 };
	unsetenv("http_proxy");
	uv_loop_init(&r->uv);
	r->net = net_open(&r->uv, false, &r->err);
	ck_assert_ptr_nonnull(r->net);
	snprintf(url, sizeof url, "http://%s127.0.0.1:%d/%s", user, s->port, path);
	r->source = source_new(url, false, &r->err);
	ck_assert_msg(r->source != NULL, "%s", r->err.text);
	r->source->loop = &r->uv;
	r->source->ready = ready;
	r->source->poll = poll;
	ck_assert_int_eq(source_open(r->source, &r->err), 0);
}

/* Until so many bytes came (SIZE_MAX: something was said), or it is over; true: it is. */
static bool
read_on(struct reading *r, size_t most)
{
	char buf[1 << 14];
	uint64_t until = uv_hrtime() + (uint64_t)LIMIT_MS * 1000000;

	while (r->got < most && (most < SIZE_MAX || r->notes.len == 0) && uv_hrtime() < until) {
		long n = r->source->class->read(r->source, buf, sizeof buf, &r->err);
		const char *note;
		bool trouble;

		while ((note = source_next_note(r->source, &trouble)) != NULL)
			text_addf(&r->notes, "%s\n", note);
		if (n > 0) {
			r->got += (size_t)n;
			if (r->bytes.len < 1000)
				text_addn(&r->bytes, buf, (size_t)n);
		} else if (n == SOURCE_AGAIN) {
			uv_run(&r->uv, UV_RUN_ONCE);
		} else if (n == SOURCE_NEW) {
			text_addc(&r->bytes, '|');
		} else {
			text_addc(&r->bytes, n == SOURCE_END ? '$' : '!');
			return true;
		}
	}
	ck_assert_msg(
	    r->got >= most || r->notes.len > 0, "only %zu bytes: %s", r->got, text_get(&r->notes));
	return false;
}

static void
read_close(struct reading *r)
{
	source_free(r->source);
	net_close(r->net);
	uv_run(&r->uv, UV_RUN_DEFAULT);
	uv_loop_close(&r->uv);
	text_done(&r->bytes);
	text_done(&r->notes);
}

/* --- what they do ----------------------------------------------------------------------------- */

static const struct misbehaviour {
	const char *answers[ANSWERS];
	const char *bytes; /* as read, as far as the number of rows that is asked for */
	size_t most;
	const char *said; /* in a note, or as the error */
} misbehaviours[] = {
	{ { "HTTP/1.1 500 Oops\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbad", ROWS },
	    "x\n1\n2\n", 6, "500" },
	{ { "HTTP/1.1 429 Slow down\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
	    "Connection: close\r\n\r\n",
	      ROWS },
	    "x\n1\n2\n", 6, "429" },
	{ { OK "Content-Length: 100\r\n\r\nx\n5\n", ROWS }, "x\n5\n|x\n1\n2\n", 10, "again" },
	{ { OK "Transfer-Encoding: chunked\r\n\r\nzzzz\r\nrubbish", ROWS }, "x\n1\n2\n", 6,
	    "again" },
	{ { "rubbish\r\n\r\n", ROWS }, "!", 6, "HTTP/0.9" },
	{ { "", ROWS }, "x\n1\n2\n", 6, "again" },
	{ { "HTTP/1.1 404 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" }, "!", 6,
	    "404" },
	{ { "HTTP/1.1 302 Here\r\nLocation: /a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
	      "HTTP/1.1 302 Here\r\nLocation: /a\r\nContent-Length: 0\r\nConnection: "
	      "close\r\n\r\n" },
	    "!", SIZE_MAX, "redirects" },
	{ { "HTTP/1.1 302 Here\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n"
	    "Connection: close\r\n\r\n" },
	    "!", SIZE_MAX, "file" },
};
enum { MISBEHAVIOURS = sizeof misbehaviours / sizeof *misbehaviours };

START_TEST(it_is_said_and_got_over)
{
	const struct misbehaviour *m = &misbehaviours[_i];
	struct server s = server_start(m->answers);
	struct text said = { 0 };
	struct reading r;

	read_open(&r, &s, "", "a", INT64_C(50000000));
	read_on(&r, m->most);
	ck_assert_str_eq(text_get(&r.bytes), m->bytes);
	text_addf(&said, "%s%s", text_get(&r.notes), r.err.text);
	ck_assert_msg(strstr(text_get(&said), m->said) != NULL, "%s", text_get(&said));
	text_done(&said);
	read_close(&r);
	server_end(&s);
}
END_TEST

/* A page has its limit; what comes without an end is read as it comes, and the server waits. */
START_TEST(no_end)
{
	static const char *const answers[] = { OK "\r\n...", ROWS, NULL };
	struct server s = server_start(answers);
	struct reading r;

	read_open(&r, &s, "", "a", INT64_C(50000000));
	read_on(&r, SIZE_MAX);
	ck_assert_ptr_nonnull(strstr(text_get(&r.notes), "more than 64 MiB"));
	ck_assert_uint_le(r.got, (1 << 26) + (1 << 20));
	read_close(&r);
	server_end(&s);
	s = server_start(answers);
	read_open(&r, &s, "", "a", 0);
	read_on(&r, 1 << 20);
	for (int i = 0; i < 50; i++) { /* nobody reads */
		uv_run(&r.uv, UV_RUN_NOWAIT);
		usleep(2000);
	}
	ck_assert_uint_le(r.source->report.bytes, r.got + (1 << 20));
	read_close(&r);
	server_end(&s);
}
END_TEST

/* What is secret in the address is for the server alone. */
START_TEST(secrets_are_sent_and_not_told)
{
	static const char *const answers[] = { "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n"
					       "Connection: close\r\n\r\n",
		ROWS, NULL };
	struct server s = server_start(answers);
	struct reading r;
	char request[2048];
	ssize_t n;

	read_open(&r, &s, "joe:hush@", "a?token=quiet&b=1", 0);
	ck_assert(!read_on(&r, 6));
	n = read(s.heard, request, sizeof request - 1);
	ck_assert_int_gt(n, 0);
	request[n] = '\0';
	ck_assert_ptr_nonnull(strstr(request, "GET /a?token=quiet&b=1 "));
	ck_assert_ptr_nonnull(strstr(request, "Authorization: Basic am9lOmh1c2g=")); /* joe:hush */
	ck_assert_ptr_nonnull(strstr(text_get(&r.notes), "500"));
	ck_assert_ptr_null(strstr(text_get(&r.notes), "hush"));
	ck_assert_ptr_null(strstr(text_get(&r.notes), "quiet"));
	read_close(&r);
	server_end(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("servers");
	TCase *tcase = tcase_create("all");

	signal(SIGPIPE, SIG_IGN);
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, it_is_said_and_got_over, 0, MISBEHAVIOURS);
	tcase_add_test(tcase, no_end);
	tcase_add_test(tcase, secrets_are_sent_and_not_told);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
