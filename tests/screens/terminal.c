/* terminal.c - a program in a real pseudo-terminal, with libvterm on the other side of it. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "data/base/error.h"
#include "tests/screens/terminal_parts.h"

enum { READS = 256 }; /* before the screen is looked at again */

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int
on_property(VTermProp property, VTermValue *value, void *arg)
{
	struct terminal *t = arg;

	if (property == VTERM_PROP_ALTSCREEN)
		t->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		t->cursor = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

static void
set_environment(const char *const *env)
{
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("NO_COLOR");
	unsetenv("COLORTERM");
	for (; env && *env; env++) {
		const char *is = strchr(*env, '=');
		char name[64];

		snprintf(name, sizeof name, "%.*s", is ? (int)(is - *env) : 63, *env);
		if (is)
			setenv(name, is + 1, 1);
		else
			unsetenv(name);
	}
}

static void
run_child(struct terminal *t, const char *const *env, const char *const *argv)
{
	char *copy[32] = { NULL };

	close(t->master);
	login_tty(t->slave);
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 }); /* crashes are part of the tests */
	set_environment(env);
	for (int i = 0; argv[i] && i < 31; i++)
		copy[i] = strdup(argv[i]);
	execvp(copy[0], copy);
	fprintf(stderr, "%s: %s\n", copy[0], strerror(errno));
	_exit(127);
}

struct terminal *
terminal_start(int w, int h, const char *const *env, const char *const *argv)
{
	struct terminal *t = memory_zero(1, sizeof *t);
	struct winsize size = { .ws_col = (unsigned short)w, .ws_row = (unsigned short)h };

	if (openpty(&t->master, &t->slave, NULL, NULL, &size) != 0)
		abort();
	fcntl(t->master, F_SETFL, O_NONBLOCK);
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
	fcntl(t->slave, F_SETFD, FD_CLOEXEC);
	tcgetattr(t->slave, &t->modes);
	t->cursor = true;
	t->vt = vterm_new(h > 0 ? h : 1, w > 0 ? w : 1);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	t->pid = fork();
	if (t->pid == 0)
		run_child(t, env, argv);
	return t;
}

static void
reap(struct terminal *t, int flags)
{
	if (!t->ended && waitpid(t->pid, &t->status, flags) == t->pid)
		t->ended = true;
}

void
terminal_free(struct terminal *t)
{
	if (!t->ended) {
		kill(t->pid, SIGKILL);
		kill(t->pid, SIGCONT);
		reap(t, 0);
	}
	if (t->master >= 0)
		close(t->master);
	if (t->slave >= 0)
		close(t->slave);
	vterm_free(t->vt);
	text_done(&t->bytes);
	text_done(&t->text);
	free(t);
}

pid_t
terminal_pid(const struct terminal *t)
{
	return t->pid;
}

/* The state as ps tells it; 0: it has ended. */
static char
state_of(pid_t pid)
{
	char path[64], state = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	f = fopen(path, "r");
	if (f != NULL && fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
		state = 0;
	if (f != NULL)
		fclose(f);
	return state;
}

bool
terminal_wait_asleep(struct terminal *t)
{
	int64_t end = now_ms() + TERMINAL_LIMIT;

	for (int asleep = 0; asleep < 5; asleep = state_of(t->pid) == 'S' ? asleep + 1 : 0) {
		if (now_ms() >= end)
			return false;
		poll(NULL, 0, 10);
	}
	return true;
}

/* What libvterm answers goes back to the program, as a terminal does. */
static void
send_answers(struct terminal *t)
{
	char out[256];
	size_t n = vterm_output_read(t->vt, out, sizeof out);

	if (n > 0 && write(t->master, out, n) < 0 && errno != EAGAIN)
		return;
}

/* A character that was read in part is kept for the next time: libvterm would lose it. */
static size_t
whole_bytes(const char *bytes, size_t n)
{
	size_t tail = 1;

	while (tail < 4 && tail <= n && (bytes[n - tail] & 0xc0) == 0x80)
		tail++;
	if (tail > n || (bytes[n - tail] & 0xc0) != 0xc0)
		return n;
	return (bytes[n - tail] & 0xe0) == 0xc0   ? tail >= 2 ? n : n - tail
	       : (bytes[n - tail] & 0xf0) == 0xe0 ? tail >= 3 ? n : n - tail
	       : tail >= 4                        ? n
						  : n - tail;
}

/* Reads once, waiting up to ms; false: nothing came. */
static bool
pump(struct terminal *t, int ms)
{
	struct pollfd wait = { .fd = t->master, .events = POLLIN };
	char bytes[65536];
	size_t whole;
	ssize_t n;

	if (t->master < 0 || poll(&wait, 1, ms) <= 0)
		return false;
	n = read(t->master, bytes, sizeof bytes);
	if (n <= 0)
		return false;
	text_addn(&t->bytes, bytes, (size_t)n);
	whole = whole_bytes(text_get(&t->bytes), t->bytes.len);
	vterm_input_write(t->vt, text_get(&t->bytes) + t->fed, whole - t->fed);
	t->fed = whole;
	send_answers(t);
	return true;
}

void
terminal_type(struct terminal *t, const char *keys)
{
	size_t n = strlen(keys);

	while (n > 0) {
		ssize_t done = write(t->master, keys, n);

		if (done <= 0)
			return;
		keys += done;
		n -= (size_t)done;
	}
}

void
terminal_resize(struct terminal *t, int w, int h)
{
	struct winsize size = { .ws_col = (unsigned short)w, .ws_row = (unsigned short)h };

	vterm_set_size(t->vt, h > 0 ? h : 1, w > 0 ? w : 1);
	ioctl(t->master, TIOCSWINSZ, &size);
}

void
terminal_hang_up(struct terminal *t)
{
	close(t->master);
	close(t->slave);
	t->master = t->slave = -1;
}

/* All that is there, or much of it: a test of the whole screen behind each few bytes of a large
 * frame would take longer than the frame. */
static bool
pump_all(struct terminal *t, int ms)
{
	int reads = 0;

	while (reads < READS && pump(t, reads == 0 ? ms : 0))
		reads++;
	return reads > 0;
}

bool
terminal_wait(struct terminal *t, terminal_test *test, const void *arg, int ms)
{
	int64_t end = now_ms() + ms;

	while (!test(t, arg)) {
		if (now_ms() >= end)
			return false;
		pump_all(t, 10);
	}
	return true;
}

bool
terminal_never(struct terminal *t, const void *arg)
{
	(void)t;
	(void)arg;
	return false;
}

static bool
has_text(struct terminal *t, const void *arg)
{
	return strstr(terminal_text(t), arg) != NULL;
}

bool
terminal_wait_text(struct terminal *t, const char *text)
{
	bool found = terminal_wait(t, has_text, text, TERMINAL_LIMIT);

	if (!found)
		fprintf(stderr, "waited for \"%s\", the screen is:\n%s\n", text, terminal_text(t));
	return found;
}

static bool
has_prompt(struct terminal *t, const void *prompt)
{
	int w, h;

	vterm_get_size(t->vt, &h, &w);
	for (int y = h - 1; y >= 0; y--)
		if (*terminal_row(t, y) != '\0')
			return !t->alternate && strcmp(terminal_row(t, y), prompt) == 0;
	return false;
}

bool
terminal_wait_prompt(struct terminal *t, const char *prompt)
{
	return terminal_wait(t, has_prompt, prompt, TERMINAL_LIMIT);
}

static int
exit_status(struct terminal *t, int ms, bool reads)
{
	int64_t end = now_ms() + ms;

	while (!t->ended && now_ms() < end) {
		if (!reads || !pump(t, 10))
			poll(NULL, 0, 2);
		reap(t, WNOHANG);
	}
	if (!t->ended)
		return -1;
	while (reads && pump(t, 0))
		;
	return WIFSIGNALED(t->status) ? 128 + WTERMSIG(t->status) : WEXITSTATUS(t->status);
}

int
terminal_exit(struct terminal *t, int ms)
{
	return exit_status(t, ms, true);
}

int
terminal_exit_stalled(struct terminal *t, int ms)
{
	return exit_status(t, ms, false);
}

bool
terminal_alternate(const struct terminal *t)
{
	return t->alternate;
}

bool
terminal_cursor(const struct terminal *t)
{
	return t->cursor;
}

const char *
terminal_bytes(const struct terminal *t, size_t *n)
{
	*n = t->bytes.len;
	return text_get(&t->bytes);
}

bool
terminal_sane(const struct terminal *t)
{
	struct termios now;

	return tcgetattr(t->slave, &now) == 0 && now.c_iflag == t->modes.c_iflag &&
	       now.c_oflag == t->modes.c_oflag && now.c_lflag == t->modes.c_lflag;
}

double
terminal_cpu(const struct terminal *t)
{
	unsigned long user = 0, system = 0;
	char path[64];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)t->pid);
	file = fopen(path, "r");
	if (!file)
		return 0;
	if (fscanf(file, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
		&system) != 2)
		user = system = 0;
	fclose(file);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}
