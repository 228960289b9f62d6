/* exec.c - a program is run, without a shell.
 *
 * The event stands in a file without a name, which is the program's standard input: it may read it
 * or not, and nobody waits for that. */
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/actions/action_queue.h"
#include "data/base/text.h"
#include "data/net/net.h"
#include "data/net/said.h"
#include "data/net/spawner.h"

struct running {
	uint32_t child;
	struct said *said;
	char last[SAID_BYTES + 1]; /* line of its standard error */
};

/* A program without '/' is looked for in PATH, as always. */
static int
check(struct action *a, const char *folder, struct error *err)
{
	(void)err;
	if (strchr(a->words[0], '/') != NULL)
		action_place(&a->words[0], folder);
	return 0;
}

static void
on_line(void *self, const char *s, size_t n)
{
	struct running *r = self;

	memcpy(r->last, s, n + 1);
}

static void
on_end(void *self, const struct child_end *end)
{
	struct action_task *task = self;
	struct running *r = task->state;
	struct text what = { 0 }, how = { 0 };

	said_close(r->said);
	child_end_print(end, &how);
	if (how.len > 0) {
		text_addf(&what, "exec: %.60s: %s", task->action.words[0], text_get(&how));
		if (r->last[0] != '\0')
			text_addf(&what, ": %s", r->last);
	}
	action_task_end(task, what.len > 0 ? text_get(&what) : NULL);
	text_done(&how);
	text_done(&what);
}

/* -1: there is no room for it. */
static int
event_input(const struct action_event *event)
{
	int fd = memfd_create("event", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	if (write(fd, event->json, event->len) != (ssize_t)event->len || write(fd, "\n", 1) != 1 ||
	    lseek(fd, 0, SEEK_SET) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int
begin(struct action_task *task, struct error *err)
{
	struct spawner *spawner = net_spawner(task->loop);
	struct running *r = task->state;
	struct child child = { .argv = (const char *const *)task->action.words,
		.env = (const char *const *)task->event.env,
		.fds = { -1, -1, -1 } };
	int ends[2];

	if (spawner == NULL)
		return error_set(err, "exec: programs are not run here (leave 'exec' out)");
	child.fds[0] = event_input(&task->event);
	if (child.fds[0] < 0 || pipe2(ends, O_CLOEXEC) != 0) {
		if (child.fds[0] >= 0)
			close(child.fds[0]);
		return error_set(
		    err, "exec: %.60s: there is no room for its input", task->action.words[0]);
	}
	child.fds[2] = ends[1];
	r->child = spawner_start(spawner, &child, on_end, task, err);
	close(child.fds[0]);
	close(ends[1]);
	if (r->child == 0) {
		close(ends[0]);
		return error_at(err, "exec");
	}
	r->said = said_open(task->loop, ends[0], on_line, r);
	return 0;
}

static void
stop(struct action_task *task)
{
	struct running *r = task->state;

	spawner_drop(net_spawner(task->loop), r->child);
	said_close(r->said);
}

const struct action_class action_exec = {
	.name = "exec",
	.help = "run a program, without a shell; the event as JSON on its standard input",
	.example = "[./heater, \"on\"]",
	.takes = ACTION_WORDS,
	.check = check,
	.begin = begin,
	.stop = stop,
	.size = sizeof(struct running),
};
