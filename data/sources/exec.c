/* exec.c - what a command prints: run once, again when it fails, or again and again.
 *
 * Each run is a document of its own. One that ends with status 0 is the end of the source; else it
 * is started again, later each time, until it has run for a while. With a poll time it is run again
 * that long after it began. What it says on its standard error is told as notes. Its standard input
 * is a pipe, for replies. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/base/times/times.h"
#include "data/net/net.h"
#include "data/net/said.h"
#include "data/net/spawner.h"
#include "data/sources/alarm.h"
#include "data/sources/pipe.h"
#include "data/sources/source.h"

enum {
	FIRST_WAIT_MS = 500,
	LONGEST_WAIT_MS = 60000,
	STEADY_MS = 10000, /* a run that lasts as long has begun well */
	REPLY_MAX = 4096,  /* a pipe takes as much as a whole or not at all (PIPE_BUF) */
	NOT_FOUND = 127,   /* of the shell: it will not be there the next time, either */
	NOT_RUN = 126
};

struct exec {
	struct source *source;
	struct alarm *alarm;
	int out, in; /* our ends of its pipes; -1 */
	struct pipe *pipe;
	struct said *said;
	uint32_t child;       /* 0: none runs, or its end was told */
	struct child_end end; /* of the last one */
	uint64_t began;       /* uv_hrtime() of the last start */
	int wait_ms;          /* before it is started again after a failure */
	bool fresh;           /* nothing of this run was read yet */
	bool due;             /* it is to be started now */
	bool waits;           /* the alarm is set */
	bool told;            /* that it ends badly */
	bool got_over;        /* ... and that it runs again */
	char last[SAID_BYTES + 1];
};

static void
on_said(void *self, const char *s, size_t n)
{
	struct exec *x = self;

	memcpy(x->last, s, n + 1);
	source_note(x->source, "%s", s);
	x->source->ready(x->source->ready_arg);
}

static void
on_end(void *self, const struct child_end *end)
{
	struct exec *x = self;

	x->child = 0;
	x->end = *end;
	x->source->ready(x->source->ready_arg);
}

static void
on_alarm(void *self)
{
	struct exec *x = self;

	x->due = true;
	x->source->ready(x->source->ready_arg);
}

static void
close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
let_go(struct exec *x)
{
	if (x->pipe != NULL)
		pipe_close(x->pipe);
	x->pipe = NULL;
	close_end(&x->out);
	close_end(&x->in);
	said_close(x->said);
	x->said = NULL;
}

/* --- a run ------------------------------------------------------------------------------------ */

static int
no_pipes(const struct exec *x, struct error *err)
{
	return error_set(err, "%s: %s (close some files first)", x->source->spec, strerror(errno));
}

/* pipes: [0] its input, [1] its output, [2] its errors. Ours are kept, its own closed here. */
static int
start_with(struct exec *x, int (*pipes)[2], struct error *err)
{
	struct spawner *spawner = net_spawner(x->source->loop);
	const char *argv[] = { "/bin/sh", "-c", x->source->rest, NULL };
	struct child child = { .argv = argv, .fds = { pipes[0][0], pipes[1][1], pipes[2][1] } };

	x->child = spawner_start(spawner, &child, on_end, x, err);
	close(pipes[0][0]);
	close(pipes[1][1]);
	close(pipes[2][1]);
	x->in = pipes[0][1];
	x->out = pipes[1][0];
	fcntl(x->in, F_SETFL, O_NONBLOCK);
	x->said = said_open(x->source->loop, pipes[2][0], on_said, x);
	if (x->child != 0)
		x->pipe = pipe_open(x->source, x->out, err);
	return x->pipe != NULL ? 0 : -1;
}

static int
start(struct exec *x, struct error *err)
{
	int pipes[3][2];

	x->due = x->waits = false;
	x->fresh = true;
	x->last[0] = '\0';
	x->began = uv_hrtime();
	for (int i = 0; i < 3; i++)
		if (pipe2(pipes[i], O_CLOEXEC) != 0) {
			no_pipes(x, err);
			while (--i >= 0) {
				close(pipes[i][0]);
				close(pipes[i][1]);
			}
			return -1;
		}
	return start_with(x, pipes, err);
}

static int
exec_open(struct source *source, struct error *err)
{
	struct exec *x = source->state;

	x->source = source;
	x->out = x->in = -1;
	if (source->loop == NULL || net_spawner(source->loop) == NULL)
		return error_set(
		    err, "%s: commands are not run here (pipe its output)", source->spec);
	x->alarm = alarm_new(source->loop, on_alarm, x);
	if (start(x, err) == 0)
		return 0;
	let_go(x);
	alarm_free(x->alarm);
	return -1;
}

static void
exec_close(struct source *source)
{
	struct exec *x = source->state;

	if (x->child != 0)
		spawner_drop(net_spawner(source->loop), x->child);
	let_go(x);
	alarm_free(x->alarm);
}

/* --- its end ---------------------------------------------------------------------------------- */

static void
start_later(struct exec *x, int64_t ms)
{
	x->waits = true;
	alarm_set(x->alarm, ms > 0 ? (int)ms : 0);
}

static int64_t
ran_ms(const struct exec *x)
{
	return (int64_t)((uv_hrtime() - x->began) / 1000000);
}

static bool
never_runs(const struct exec *x)
{
	int status = x->end.status;

	return x->end.error != 0 || (WIFEXITED(status) && (WEXITSTATUS(status) == NOT_FOUND ||
							      WEXITSTATUS(status) == NOT_RUN));
}

static long
fail(struct exec *x, const char *how, struct error *err)
{
	return error_set(err, "%s: %s%s%s (the rows before it count)", x->source->spec, how,
	    x->last[0] != '\0' ? ": " : "", x->last);
}

/* One that ends badly again and again is told once. */
static void
tell_end(struct exec *x, const char *how)
{
	if (ran_ms(x) > STEADY_MS)
		x->told = x->got_over = false;
	if (x->told)
		source_note(x->source, "%s", how);
	else
		source_trouble(x->source, "%s", how);
	x->told = true;
}

static void
tell_runs(struct exec *x)
{
	if (x->told && !x->got_over)
		source_trouble(x->source, "runs again");
	x->got_over = x->told;
}

/* The run has ended badly. */
static long
try_again(struct exec *x, struct error *err)
{
	struct text how = { 0 };
	long result = SOURCE_NEW;

	child_end_print(&x->end, &how);
	if (never_runs(x)) {
		result = fail(x, text_get(&how), err);
	} else if (x->source->poll > 0) {
		tell_end(x, text_get(&how));
		start_later(x, x->source->poll / 1000000 - ran_ms(x));
	} else {
		x->wait_ms =
		    x->wait_ms == 0 || ran_ms(x) > STEADY_MS ? FIRST_WAIT_MS : 2 * x->wait_ms;
		if (x->wait_ms > LONGEST_WAIT_MS)
			x->wait_ms = LONGEST_WAIT_MS;
		text_addf(&how, ": it is started again in %.1f s", x->wait_ms / 1000.0);
		tell_end(x, text_get(&how));
		start_later(x, x->wait_ms);
	}
	text_done(&how);
	return result;
}

/* All that it printed was read, and it has ended. */
static long
next_run(struct exec *x, struct error *err)
{
	if (x->due)
		return start(x, err) == 0 ? SOURCE_AGAIN : SOURCE_FAIL;
	if (x->waits)
		return SOURCE_AGAIN;
	let_go(x);
	if (x->end.error != 0 || x->end.status != 0)
		return try_again(x, err);
	if (x->source->poll == 0)
		return SOURCE_END;
	x->told = x->got_over = false;
	start_later(x, x->source->poll / 1000000 - ran_ms(x));
	return SOURCE_NEW;
}

static long
exec_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct exec *x = source->state;
	long n;

	if (x->pipe != NULL) {
		n = pipe_read(x->pipe, buf, cap, err);
		if (n > 0)
			tell_runs(x);
		if (n > 0 || n == SOURCE_AGAIN) {
			x->fresh = x->fresh && n < 0;
			return n;
		}
		pipe_close(x->pipe); /* the end: what went wrong shows in how it ends */
		x->pipe = NULL;
		close_end(&x->out);
	}
	if (x->child != 0)
		return SOURCE_AGAIN;
	n = next_run(x, err);
	if (n == SOURCE_AGAIN && x->pipe != NULL) /* a new run */
		return exec_read(source, buf, cap, err);
	return n;
}

static int
exec_reply(struct source *source, uint32_t lane, const char *bytes, size_t n, struct error *err)
{
	struct exec *x = source->state;

	(void)lane;
	if (n > REPLY_MAX)
		return error_set(err, "%.60s: the reply is longer than %d bytes (shorten it)",
		    source->spec, REPLY_MAX);
	if (x->in >= 0 && write(x->in, bytes, n) == (ssize_t)n)
		return 0;
	if (x->in >= 0 && errno == EAGAIN)
		return error_set(err,
		    "%.60s: does not read what is written to it (leave 'reply' out)", source->spec);
	return error_set(err, "%.60s: has ended, so nobody reads the reply", source->spec);
}

static int
exec_check(const struct source *source, struct error *err)
{
	if (source->rest[strspn(source->rest, " \t\n")] != '\0')
		return 0;
	return error_set(err, "exec: there is no command (write 'exec:vmstat 1')");
}

const struct source_class source_exec = {
	.scheme = "exec:",
	.form = "exec:COMMAND",
	.help = "what a command prints; again and again with --poll DUR",
	.size = sizeof(struct exec),
	.live = true,
	.kind = SOURCE_POLLS,
	.check = exec_check,
	.open = exec_open,
	.read = exec_read,
	.reply = exec_reply,
	.close = exec_close,
};
