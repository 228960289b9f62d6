/* terminal.c - a program in a real pseudo-terminal, with libvterm on the other side of it. */
#include "tests/screens/terminal.h"

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
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "widgets/draw/runes.h"

enum { READS = 256 }; /* before the screen is looked at again */

struct terminal {
	/* the slave is kept open, so that its modes can be looked at afterwards */
	int master, slave;
	pid_t pid;
	int status; /* as waitpid() says it, once ended */
	bool ended;
	struct termios modes;
	VTerm *vt;
	VTermScreen *screen;
	bool alternate, cursor;
	struct text bytes, text;
	size_t fed; /* of the bytes, to libvterm */
};

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

/* Reads once, waiting up to ms; false: nothing came. */
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

static void
add_row(struct terminal *t, int y)
{
	int w, h;
	size_t end = t->text.len;

	vterm_get_size(t->vt, &h, &w);
	for (int x = 0; x < w;) {
		VTermScreenCell cell;
		char bytes[RUNE_BYTES];

		vterm_screen_get_cell(t->screen, (VTermPos){ .row = y, .col = x }, &cell);
		text_addn(&t->text, bytes,
		    (size_t)rune_write(cell.chars[0] ? cell.chars[0] : ' ', bytes));
		if (cell.chars[0] && cell.chars[0] != ' ')
			end = t->text.len;
		x += cell.width > 0 ? cell.width : 1;
	}
	if (t->text.s)
		t->text.s[end] = '\0';
	t->text.len = end;
}

const char *
terminal_row(struct terminal *t, int y)
{
	text_clear(&t->text);
	add_row(t, y);
	return text_get(&t->text);
}

const char *
terminal_text(struct terminal *t)
{
	int w, h;

	vterm_get_size(t->vt, &h, &w);
	text_clear(&t->text);
	for (int y = 0; y < h; y++) {
		add_row(t, y);
		text_addc(&t->text, '\n');
	}
	return text_get(&t->text);
}

bool
terminal_has_color(struct terminal *t)
{
	int w, h;

	vterm_get_size(t->vt, &h, &w);
	for (int i = 0; i < w * h; i++) {
		VTermScreenCell cell;

		vterm_screen_get_cell(t->screen, (VTermPos){ .row = i / w, .col = i % w }, &cell);
		if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
			return true;
	}
	return false;
}

static void
add_color(char *out, const char *layer, const VTermColor *color)
{
	size_t n = strlen(out);

	if (VTERM_COLOR_IS_DEFAULT_FG(color) || VTERM_COLOR_IS_DEFAULT_BG(color))
		return;
	if (VTERM_COLOR_IS_INDEXED(color))
		snprintf(out + n, TERMINAL_LOOK - n, " %s %d", layer, color->indexed.idx);
	else
		snprintf(out + n, TERMINAL_LOOK - n, " %s #%02x%02x%02x", layer, color->rgb.red,
		    color->rgb.green, color->rgb.blue);
}

void
terminal_look(struct terminal *t, int x, int y, char *out)
{
	VTermScreenCell cell;
	bool blank;

	vterm_screen_get_cell(t->screen, (VTermPos){ .row = y, .col = x }, &cell);
	blank = cell.chars[0] == 0 || cell.chars[0] == ' ';
	snprintf(out, TERMINAL_LOOK, "%x", blank ? ' ' : cell.chars[0]);
	add_color(out, "on", &cell.bg);
	if (cell.attrs.reverse)
		strcat(out, " reverse");
	if (blank && !cell.attrs.reverse)
		return;
	add_color(out, "in", &cell.fg);
	if (cell.attrs.bold)
		strcat(out, " bold");
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

/* The length of an escape that a screen may consist of: moves, erasing, colours, the modes that it
 * sets and the questions that it asks; 0: another. */
static size_t
own_escape(const char *s, size_t n)
{
	static const char *const whole[] = { "\033(B", "\033)0", "\033]11;?\033\\", "\033[c",
		"\033[?2026$p", "\0337", "\0338", "\033=", "\033>", "\033E", "\033M", "\033]R" };
	size_t i = 2;

	for (size_t k = 0; k < sizeof whole / sizeof *whole; k++)
		if (n >= strlen(whole[k]) && memcmp(s, whole[k], strlen(whole[k])) == 0)
			return strlen(whole[k]);
	if (n < 3 || s[1] != '[')
		return 0;
	i += s[2] == '?';
	while (i < n && ((s[i] >= '0' && s[i] <= '9') || s[i] == ';'))
		i++;
	if (i == n || !strchr(s[2] == '?' ? "hlc" : "ABCDGHJKLMPSTXdmrhltb@", s[i]))
		return 0;
	return i + 1;
}

const char *
bytes_harmful(const char *s, size_t n)
{
	static char what[64];

	for (size_t i = 0; i < n;) {
		unsigned char byte = (unsigned char)s[i];
		uint32_t rune;
		size_t len =
		    byte == '\033' ? own_escape(s + i, n - i) : rune_read(s + i, n - i, &rune);

		snprintf(what, sizeof what, "byte %zu: %02x %.20s", i, byte,
		    byte == '\033' ? s + i + 1 : "");
		if (len == 0 || (byte < ' ' && !strchr("\033\r\n\b\t\017", byte)) || byte == 0x7f)
			return what;
		if (byte >= 0x80 &&
		    (rune != rune_harmless(rune) || (rune == RUNE_INVALID && len == 1)))
			return what;
		i += len;
	}
	return NULL;
}
