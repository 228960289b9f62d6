/* spawner.c - asking for programs to be run, and hearing of their ends on a loop.
 *
 * The poll handle closes later than the spawner is freed, so it stands apart. */
#include "data/net/spawner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "data/net/spawner_parts.h"

enum { PATIENCE_MS = 100 }; /* for the other end to take a message */

struct asked {
	uint32_t child;
	void (*ended)(void *, const struct child_end *);
	void *self;
};

struct spawner {
	int socket;
	pid_t pid;
	uv_poll_t *watch; /* NULL: not yet */
	struct asked *asked;
	int n;
	uint32_t last; /* the number of the child asked for last */
	bool lost;     /* the process is gone */
};

struct spawner *
spawner_new(struct error *err)
{
	int ends[2];
	struct spawner *s;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
		error_set(
		    err, "programs cannot be run: %s (close some files first)", strerror(errno));
		return NULL;
	}
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		spawner_process(ends[1]);
	}
	close(ends[1]);
	if (pid < 0) {
		error_set(
		    err, "programs cannot be run: %s (end some processes first)", strerror(errno));
		close(ends[0]);
		return NULL;
	}
	s = memory_zero(1, sizeof *s);
	s->socket = ends[0];
	s->pid = pid;
	return s;
}

/* --- ends ------------------------------------------------------------------------------------- */

/* Takes one off the list; ended is called last, since it may ask for more. */
static void
tell(struct spawner *s, int i, const struct child_end *end)
{
	struct asked asked = s->asked[i];

	s->asked[i] = s->asked[--s->n];
	asked.ended(asked.self, end);
}

static void
tell_lost(struct spawner *s)
{
	struct child_end end = { .error = ECHILD };

	s->lost = true;
	if (s->watch != NULL)
		uv_poll_stop(s->watch);
	while (s->n > 0)
		tell(s, s->n - 1, &end);
}

static void
on_answer(uv_poll_t *watch, int status, int events)
{
	struct spawner *s = watch->data;
	struct spawner_answer a;
	ssize_t n = recv(s->socket, &a, sizeof a, MSG_DONTWAIT);

	(void)status, (void)events; /* an error shows at the receiving */
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n != (ssize_t)sizeof a) {
		tell_lost(s);
		return;
	}
	for (int i = 0; i < s->n; i++)
		if (s->asked[i].child == a.child) {
			tell(s, i, &(struct child_end){ a.error, a.status });
			return;
		}
}

int
spawner_watch(struct spawner *s, struct uv_loop_s *loop, struct error *err)
{
	int failure;

	s->watch = memory_zero(1, sizeof *s->watch);
	failure = uv_poll_init(loop, s->watch, s->socket);
	if (failure != 0) {
		free(s->watch);
		s->watch = NULL;
		return error_set(err, "programs cannot be run: %s (close some files first)",
		    uv_strerror(failure));
	}
	s->watch->data = s;
	uv_poll_start(s->watch, UV_READABLE | UV_DISCONNECT, on_answer);
	uv_unref((uv_handle_t *)s->watch); /* it alone keeps no loop going */
	return 0;
}

static void
on_closed(uv_handle_t *watch)
{
	close((int)(intptr_t)watch->data);
	free(watch);
}

void
spawner_free(struct spawner *s)
{
	if (s == NULL)
		return;
	/* The other end sees that it is over before the descriptor is closed. */
	shutdown(s->socket, SHUT_RDWR);
	while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (s->watch != NULL) {
		s->watch->data = (void *)(intptr_t)s->socket;
		uv_poll_stop(s->watch);
		uv_close((uv_handle_t *)s->watch, on_closed);
	} else {
		close(s->socket);
	}
	free(s->asked);
	free(s);
}

/* --- asking ----------------------------------------------------------------------------------- */

static int
send_message(struct spawner *s, const struct spawner_request *request, const struct text *bytes,
    const int *fds)
{
	struct iovec parts[] = { { (void *)(uintptr_t)request, sizeof *request },
		{ bytes->s, bytes->len } };
	char control[CMSG_SPACE(3 * sizeof(int))] = { 0 };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	struct pollfd room = { .fd = s->socket, .events = POLLOUT };
	int given[3], n = 0;

	for (int i = 0; fds != NULL && i < 3; i++)
		if (fds[i] >= 0)
			given[n++] = fds[i];
	if (n > 0) {
		struct cmsghdr *c;

		message.msg_control = control;
		message.msg_controllen = CMSG_SPACE((size_t)n * sizeof(int));
		c = CMSG_FIRSTHDR(&message);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN((size_t)n * sizeof(int));
		memcpy(CMSG_DATA(c), given, (size_t)n * sizeof(int));
	}
	if (poll(&room, 1, PATIENCE_MS) <= 0) {
		errno = EAGAIN;
		return -1;
	}
	return sendmsg(s->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -1 : 0;
}

static uint32_t
add_texts(struct text *bytes, const char *const *texts)
{
	uint32_t n = 0;

	for (; texts != NULL && texts[n] != NULL; n++)
		text_addn(bytes, texts[n], strlen(texts[n]) + 1);
	return n;
}

static int
ask(struct spawner *s, const struct child *child, struct error *err)
{
	struct spawner_request request = { .verb = SPAWNER_START, .child = ++s->last };
	struct text bytes = { 0 };
	int status = 0;

	request.argc = add_texts(&bytes, child->argv);
	request.envc = add_texts(&bytes, child->env);
	for (int i = 0; i < 3; i++)
		request.given |= (child->fds[i] >= 0 ? 1U : 0U) << i;
	if (bytes.len > SPAWNER_BYTES || request.argc > SPAWNER_WORDS ||
	    request.envc > SPAWNER_WORDS)
		status = error_set(
		    err, "%.60s: too many words (%d bytes at most)", child->argv[0], SPAWNER_BYTES);
	else if (s->lost || send_message(s, &request, &bytes, child->fds) != 0)
		status = error_set(err, "%.60s: cannot be started: %s (start weir again)",
		    child->argv[0],
		    s->lost ? "the process that starts programs is gone" : strerror(errno));
	text_done(&bytes);
	return status;
}

uint32_t
spawner_start(struct spawner *s, const struct child *child,
    void (*ended)(void *, const struct child_end *), void *self, struct error *err)
{
	if (ask(s, child, err) != 0)
		return 0;
	s->asked = memory_grow(s->asked, (size_t)s->n + 1, sizeof *s->asked);
	s->asked[s->n++] = (struct asked){ s->last, ended, self };
	return s->last;
}

void
spawner_signal(struct spawner *s, uint32_t child, int signum)
{
	struct spawner_request request = {
		.verb = SPAWNER_SIGNAL, .child = child, .signum = signum
	};

	send_message(s, &request, &(struct text){ 0 }, NULL);
}

void
spawner_drop(struct spawner *s, uint32_t child)
{
	for (int i = 0; i < s->n; i++)
		if (s->asked[i].child == child) {
			s->asked[i] = s->asked[--s->n];
			spawner_signal(s, child, SIGKILL);
			return;
		}
}

void
child_end_print(const struct child_end *end, struct text *out)
{
	if (end->error != 0)
		text_add(out, strerror(end->error));
	else if (WIFSIGNALED(end->status))
		text_addf(out, "ended by signal %d (%s)", WTERMSIG(end->status),
		    strsignal(WTERMSIG(end->status)));
	else if (WEXITSTATUS(end->status) != 0)
		text_addf(out, "status %d", WEXITSTATUS(end->status));
}
