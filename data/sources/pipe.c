/* pipe.c - reading what somebody writes, without ever waiting for it.
 *
 * O_NONBLOCK belongs to the open file, which is shared with whoever gave it to us: set on a shell's
 * terminal it would outlive this program. So it is not set at all; poll() tells whether there is
 * something to read, and a read then does not wait. libuv watches for the rest, only while somebody
 * waits. The watched descriptor is a copy, because libuv closes its handles
 * later than the source is closed. */
#include "data/sources/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/error.h"

struct pipe {
	uv_poll_t watch;
	struct source *source;
	int fd;
	int watched; /* the copy that libuv holds; -1: reading never waits (/dev/null) */
};

static void
on_readable(uv_poll_t *watch, int status, int events)
{
	struct pipe *pipe = watch->data;

	(void)status, (void)events; /* an error shows at the next read */
	uv_poll_stop(watch);
	pipe->source->ready(pipe->source->ready_arg);
}

struct pipe *
pipe_open(struct source *source, int fd, struct error *err)
{
	struct pipe *pipe = memory_zero(1, sizeof *pipe);
	int failure;

	pipe->source = source;
	pipe->fd = fd;
	pipe->watched = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	failure =
	    pipe->watched < 0 ? -errno : uv_poll_init(source->loop, &pipe->watch, pipe->watched);
	pipe->watch.data = pipe;
	if (failure == 0)
		return pipe;
	if (pipe->watched >= 0)
		close(pipe->watched);
	pipe->watched = -1;
	if (failure == UV_EPERM)
		return pipe;
	error_set(err, "%s: cannot be watched: %s (copy it to a file first)", source->spec,
	    uv_strerror(failure));
	free(pipe);
	return NULL;
}

static long
read_later(struct pipe *pipe)
{
	uv_poll_start(&pipe->watch, UV_READABLE | UV_DISCONNECT, on_readable);
	return SOURCE_AGAIN;
}

void
pipe_wait(struct pipe *pipe)
{
	read_later(pipe);
}

long
pipe_read(struct pipe *pipe, char *buf, size_t cap, struct error *err)
{
	struct pollfd readable = { .fd = pipe->fd, .events = POLLIN };
	ssize_t n;

	if (pipe->watched >= 0 && poll(&readable, 1, 0) <= 0)
		return read_later(pipe);
	n = read(pipe->fd, buf, cap);
	if (n < 0 && pipe->watched >= 0 && (errno == EINTR || errno == EAGAIN))
		return read_later(pipe);
	if (n < 0)
		return error_set(
		    err, "%s: %s (the rows before it count)", pipe->source->spec, strerror(errno));
	return n;
}

static void
on_closed(uv_handle_t *watch)
{
	struct pipe *pipe = watch->data;

	close(pipe->watched);
	free(pipe);
}

void
pipe_close(struct pipe *pipe)
{
	if (pipe->watched >= 0)
		uv_close((uv_handle_t *)&pipe->watch, on_closed);
	else
		free(pipe);
}
