/* spawner_process.c - the process that starts programs: what it is told comes over a socket, what
 * ended goes back over it.
 *
 * A program that ended is waited for only after the rest of its group was ended: until then its
 * number belongs to nobody else, so that no other group can be hit. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/net/spawner_parts.h"

extern char **environ;

enum { CHILDREN_MAX = 256, ENDING_MS = 300 };

struct running {
	uint32_t child;
	pid_t pid; /* and the number of its group */
};

struct process {
	int socket, signals;
	struct running running[CHILDREN_MAX];
	int n;
};

static void
answer(const struct process *p, uint32_t child, int error, int status)
{
	struct spawner_answer a = { .child = child, .error = error, .status = status };
	ssize_t n;

	do
		n = send(p->socket, &a, sizeof a, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
}

/* --- starting --------------------------------------------------------------------------------- */

/* Cuts n texts out of the bytes; NULL when there are not as many. */
static char *
take_texts(char *at, const char *end, char **texts, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		char *nul = memchr(at, '\0', (size_t)(end - at));

		if (nul == NULL)
			return NULL;
		texts[i] = at;
		at = nul + 1;
	}
	texts[n] = NULL;
	return at;
}

static bool
same_name(const char *a, const char *b)
{
	size_t n = strcspn(a, "=");

	return strncmp(a, b, n + 1) == 0;
}

/* Our own environment, with what is added in the place of what has its name. Owned by the caller;
 * its texts are not. */
static char **
environment(char **added, uint32_t n)
{
	size_t own = 0, kept = 0;
	char **all;

	while (environ[own] != NULL)
		own++;
	all = memory_new(own + n + 1, sizeof *all);
	for (size_t i = 0; i < own; i++) {
		bool replaced = false;

		for (uint32_t k = 0; k < n; k++)
			replaced |= same_name(added[k], environ[i]);
		if (!replaced)
			all[kept++] = environ[i];
	}
	memcpy(all + kept, added, n * sizeof *all);
	all[kept + n] = NULL;
	return all;
}

static int
spawn(pid_t *pid, char **argv, char **env, const int *fds)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t all, none;
	int error = 0;

	sigfillset(&all);
	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(
	    &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setsigmask(&attributes, &none);
	for (int i = 0; i < 3 && error == 0; i++)
		if (fds[i] >= 0)
			error = posix_spawn_file_actions_adddup2(&files, fds[i], i);
	if (error == 0)
		error = posix_spawnp(pid, argv[0], &files, &attributes, argv, env);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	return error;
}

/* errno, or 0. */
static int
start(struct process *p, const struct spawner_request *r, char *bytes, char *end, const int *fds)
{
	char *argv[SPAWNER_WORDS + 1], *added[SPAWNER_WORDS + 1], **env;
	pid_t pid;
	int error;

	if (p->n == CHILDREN_MAX)
		return EAGAIN;
	if (r->argc == 0 || r->argc > SPAWNER_WORDS || r->envc > SPAWNER_WORDS ||
	    (bytes = take_texts(bytes, end, argv, r->argc)) == NULL ||
	    take_texts(bytes, end, added, r->envc) == NULL)
		return EINVAL;
	env = environment(added, r->envc);
	error = spawn(&pid, argv, env, fds);
	free(env);
	if (error == 0)
		p->running[p->n++] = (struct running){ r->child, pid };
	return error;
}

static void
signal_child(const struct process *p, uint32_t child, int signum)
{
	for (int i = 0; i < p->n; i++)
		if (p->running[i].child == child)
			kill(-p->running[i].pid, signum);
}

/* --- messages --------------------------------------------------------------------------------- */

/* Its descriptors, in the places that given names. */
static void
take_descriptors(struct msghdr *message, uint32_t given, int *fds)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
		int got[3], n = (int)((c->cmsg_len - CMSG_LEN(0)) / sizeof *got), k = 0;

		if (c->cmsg_type != SCM_RIGHTS || n > 3)
			continue;
		memcpy(got, CMSG_DATA(c), (size_t)n * sizeof *got);
		for (int i = 0; i < 3 && k < n; i++)
			if ((given >> i & 1) != 0)
				fds[i] = got[k++];
	}
}

static void
obey(struct process *p, const struct spawner_request *r, char *bytes, char *end, const int *fds)
{
	int error;

	if (r->verb == SPAWNER_SIGNAL) {
		signal_child(p, r->child, r->signum);
		return;
	}
	error = start(p, r, bytes, end, fds);
	if (error != 0)
		answer(p, r->child, error, 0);
}

/* False: the other end has closed. */
static bool
take_message(struct process *p)
{
	struct spawner_request request;
	char bytes[SPAWNER_BYTES];
	char control[CMSG_SPACE(3 * sizeof(int))];
	struct iovec parts[] = { { &request, sizeof request }, { bytes, sizeof bytes } };
	struct msghdr message = { .msg_iov = parts,
		.msg_iovlen = 2,
		.msg_control = control,
		.msg_controllen = sizeof control };
	int fds[3] = { -1, -1, -1 };
	ssize_t n = recvmsg(p->socket, &message, MSG_CMSG_CLOEXEC);

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n < (ssize_t)sizeof request)
		return false;
	take_descriptors(&message, request.given, fds);
	obey(p, &request, bytes, bytes + ((size_t)n - sizeof request), fds);
	for (int i = 0; i < 3; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	return true;
}

/* --- ends ------------------------------------------------------------------------------------- */

static void
reap(struct process *p)
{
	siginfo_t info = { 0 };

	while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid > 0) {
		int status = 0, i = 0;

		kill(-info.si_pid, SIGKILL); /* what it left running */
		waitpid(info.si_pid, &status, 0);
		while (i < p->n && p->running[i].pid != info.si_pid)
			i++;
		if (i < p->n) {
			answer(p, p->running[i].child, 0, status);
			p->running[i] = p->running[--p->n];
		}
		info.si_pid = 0;
	}
}

static void
signal_all(const struct process *p, int signum)
{
	for (int i = 0; i < p->n; i++)
		kill(-p->running[i].pid, signum);
}

/* Nobody is there any more: all may end by themselves, and are ended where they do not. */
static _Noreturn void
end_all(struct process *p)
{
	struct pollfd ended = { .fd = p->signals, .events = POLLIN };
	struct signalfd_siginfo info;

	signal_all(p, SIGTERM);
	for (int i = 0; i < ENDING_MS / 10 && p->n > 0; i++) {
		if (poll(&ended, 1, 10) > 0 && read(p->signals, &info, sizeof info) < 0)
			break;
		reap(p);
	}
	signal_all(p, SIGKILL);
	_exit(0);
}

/* Nothing of the terminal, of files or of other sockets is left to those who are started. */
static void
let_go(int socket)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	setsid();
	for (int i = 0; i < 3 && null >= 0; i++)
		dup2(null, i);
	for (int fd = 3; fd < socket; fd++)
		close(fd);
	close_range((unsigned)socket + 1, ~0U, 0);
}

void
spawner_process(int socket)
{
	struct process p = { 0 };
	struct pollfd fds[2];
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	let_go(socket);
	p.socket = socket;
	p.signals = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
	fds[0] = (struct pollfd){ .fd = socket, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = p.signals, .events = POLLIN };
	for (;;) {
		struct signalfd_siginfo info;

		if (poll(fds, 2, -1) < 0)
			continue;
		while (fds[1].revents != 0 && read(p.signals, &info, sizeof info) > 0)
			;
		reap(&p);
		if (fds[0].revents != 0 && !take_message(&p))
			end_all(&p);
	}
}
