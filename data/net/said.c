/* said.c - what a program says on its standard error: a pipe, never waited for.
 *
 * The poll handle closes later, so what it points to is freed by it. */
#include "data/net/said.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/error.h"

struct said {
	uv_poll_t watch;
	bool watched;
	int fd;
	char line[SAID_BYTES + 1];
	size_t n;
	void (*tell)(void *, const char *, size_t);
	void *self;
};

static void
end_line(struct said *said)
{
	size_t n = said->n;

	said->n = 0;
	said->line[n] = '\0';
	if (n > 0)
		said->tell(said->self, said->line, n);
}

static void
take(struct said *said, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i] == '\n' || bytes[i] == '\r')
			end_line(said);
		else if (said->n < SAID_BYTES)
			said->line[said->n++] = bytes[i];
}

/* What is there now, at most so many pieces; false: there will be no more. */
static bool
read_some(struct said *said, int pieces)
{
	char buf[4096];

	while (pieces-- > 0) {
		ssize_t n = read(said->fd, buf, sizeof buf);

		if (n <= 0)
			return n < 0 && (errno == EAGAIN || errno == EINTR);
		take(said, buf, (size_t)n);
	}
	return true;
}

static void
on_readable(uv_poll_t *watch, int status, int events)
{
	(void)status, (void)events;
	if (!read_some(watch->data, 1))
		uv_poll_stop(watch);
}

struct said *
said_open(struct uv_loop_s *loop, int fd, void (*line)(void *, const char *, size_t), void *self)
{
	struct said *said = memory_zero(1, sizeof *said);

	fcntl(fd, F_SETFL, O_NONBLOCK);
	said->fd = fd;
	said->tell = line;
	said->self = self;
	said->watch.data = said;
	said->watched = uv_poll_init(loop, &said->watch, fd) == 0;
	if (said->watched)
		uv_poll_start(&said->watch, UV_READABLE | UV_DISCONNECT, on_readable);
	return said;
}

static void
on_closed(uv_handle_t *watch)
{
	struct said *said = watch->data;

	close(said->fd);
	free(said);
}

void
said_close(struct said *said)
{
	enum { LAST_PIECES = 16 }; /* a pipe holds as many */

	if (said == NULL)
		return;
	read_some(said, LAST_PIECES);
	end_line(said);
	if (said->watched)
		uv_close((uv_handle_t *)&said->watch, on_closed);
	else
		on_closed((uv_handle_t *)&said->watch);
}
