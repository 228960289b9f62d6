/* tty.c - the terminal as a device: its own file description, its modes, its size, its rescue.
 *
 * O_NONBLOCK belongs to the file description, which a shell shares with us on descriptors 0 to 2:
 * it would find its terminal non-blocking afterwards. So the terminal is opened anew. */
#include "app/screen/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LEAVE_BYTES = 256, STACK_BYTES = 64 * 1024, RESCUE_MS = 500 };

/* The one mutable global: a signal handler has no other way to know what to restore. */
static struct guard {
	volatile sig_atomic_t armed;
	struct tty tty;
	char bytes[LEAVE_BYTES];
	size_t len;
	const char *rest; /* of what is half sent; borrowed; NULL: nothing is */
	size_t nrest;
	sigset_t mask; /* as it was before it was held */
} guard;

int
tty_open(struct tty *tty, struct error *err)
{
	const int flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;

	tty->fd = -1;
	if (!isatty(STDOUT_FILENO))
		return error_set(err, "terminal: standard output is no terminal (use --headless)");
	if (tcgetpgrp(STDOUT_FILENO) != -1)
		tty->fd = open("/dev/tty", flags);
	if (tty->fd < 0)
		tty->fd = open("/proc/self/fd/1", flags);
	if (tty->fd < 0 || tcgetattr(tty->fd, &tty->saved) != 0) {
		tty_close(tty);
		return error_set(
		    err, "terminal: cannot be opened: %s (use --headless)", strerror(errno));
	}
	return 0;
}

void
tty_close(struct tty *tty)
{
	if (tty->fd >= 0)
		close(tty->fd);
	tty->fd = -1;
}

void
tty_raw(const struct tty *tty)
{
	struct termios raw = tty->saved;

	raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON | ISTRIP);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(tty->fd, TCSANOW, &raw);
}

/* TCSANOW: the others wait for the output to drain, which it may never do. */
void
tty_cooked(const struct tty *tty)
{
	tcflush(tty->fd, TCIFLUSH);
	tcsetattr(tty->fd, TCSANOW, &tty->saved);
}

bool
tty_is_raw(const struct tty *tty)
{
	struct termios now;

	return tcgetattr(tty->fd, &now) == 0 && !(now.c_lflag & (ICANON | ECHO));
}

bool
tty_size(const struct tty *tty, int *w, int *h)
{
	struct winsize size;

	if (ioctl(tty->fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
		return false;
	*w = size.ws_col;
	*h = size.ws_row;
	return true;
}

void
tty_write(const struct tty *tty, const char *bytes, size_t n, int ms)
{
	bool flushed = false;

	while (n > 0) {
		struct pollfd wait = { .fd = tty->fd, .events = POLLOUT };
		ssize_t done = write(tty->fd, bytes, n);

		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
			continue;
		}
		if (done < 0 && errno != EAGAIN && errno != EINTR)
			return;
		if (poll(&wait, 1, ms) > 0)
			continue;
		if (flushed)
			return;
		tcflush(tty->fd, TCOFLUSH);
		flushed = true;
	}
}

/* All that it calls is async-signal-safe. */
static void
rescue(void)
{
	if (!guard.armed)
		return;
	guard.armed = 0;
	if (guard.rest != NULL) /* or a character would be cut, or an escape taken for text */
		tty_write(&guard.tty, guard.rest, guard.nrest, RESCUE_MS);
	tty_write(&guard.tty, guard.bytes, guard.len, RESCUE_MS);
	tcsetattr(guard.tty.fd, TCSANOW, &guard.tty.saved);
}

/* SA_RESETHAND has put the default back: raising it again ends the program as it would have. */
static void
crash(int signum)
{
	int saved = errno;

	rescue();
	errno = saved;
	raise(signum);
}

/* Crashes, and all other signals that end a program which does not expect them. On a stack of its
 * own: the crash may be that the other is used up. */
static void
catch_crashes(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP,
		SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU };
	static char memory[STACK_BYTES];
	const stack_t stack = { .ss_sp = memory, .ss_size = sizeof memory };
	struct sigaction action = { .sa_handler = crash };

	sigaltstack(&stack, NULL);
	action.sa_flags = (int)(SA_RESETHAND | SA_NODEFER) | SA_ONSTACK;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaction(signals[i], &action, NULL);
	atexit(rescue);
	memory_on_failure(rescue);
}

void
tty_guard(const struct tty *tty, const char *bytes, size_t n)
{
	static bool caught;

	if (!caught)
		catch_crashes();
	caught = true;
	guard.tty = *tty;
	guard.len = n < sizeof guard.bytes ? n : sizeof guard.bytes;
	memcpy(guard.bytes, bytes, guard.len);
	guard.armed = 1;
}

void
tty_unguard(void)
{
	guard.armed = 0;
	guard.rest = NULL;
}

/* Faults are not put off: they would go on for ever. */
void
tty_guard_hold(void)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP };
	sigset_t set;

	sigfillset(&set);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		sigdelset(&set, faults[i]);
	sigprocmask(SIG_BLOCK, &set, &guard.mask);
	guard.rest = NULL;
}

void
tty_guard_release(const char *rest, size_t n)
{
	guard.rest = rest;
	guard.nrest = n;
	sigprocmask(SIG_SETMASK, &guard.mask, NULL);
}
