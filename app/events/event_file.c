/* event_file.c - writing events out.
 *
 * A pipe is written only when it can take a piece, and no larger piece than it must take at once,
 * so that a reader who stalls holds the rows up but never makes us deaf to signals. */
#include "app/events/event_file.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int
event_file_open(
    struct event_file *sink, const char *path, const struct output_guard *guard, struct error *err)
{
	struct stat st;

	*sink = (struct event_file){ .fd = STDOUT_FILENO, .name = "standard output" };
	if (path != NULL) {
		sink->fd = output_open(path, guard, err);
		if (sink->fd < 0)
			return error_at(err, "-o");
		sink->owned = true;
		sink->name = path;
	}
	sink->regular = fstat(sink->fd, &st) == 0 && S_ISREG(st.st_mode);
	return 0;
}

static void
fail(struct event_file *sink, int code)
{
	const char *advice = code == EPIPE ? "whoever read it has ended"
			     : code == ENOSPC || code == EDQUOT
				 ? "make room, or write elsewhere with -o"
				 : "write elsewhere with -o";

	sink->failed = true;
	text_clear(&sink->text);
	error_set(&sink->err, "%s: %s (%s)", sink->name,
	    code == EBADF ? "is closed" : strerror(code), advice);
}

void
event_file_begin(struct event_file *sink)
{
	sink->begun = true;
	if (sink->owned && output_empty(sink->fd) != 0)
		fail(sink, errno);
}

int
event_file_resume(struct event_file *sink, int64_t bytes, struct error *err)
{
	struct stat st;

	sink->begun = true;
	if (fstat(sink->fd, &st) != 0 || S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode))
		return error_set(err,
		    "-o: %s: is a pipe, which cannot be cut back to the checkpoint (give the file "
		    "of the run before, or leave -o out)",
		    sink->name);
	if (!sink->regular)
		return 0;
	if (bytes < 0)
		return error_set(err,
		    "-o: %s: the run before wrote its events to no file (leave -o out, or start "
		    "anew without --resume)",
		    sink->name);
	if (st.st_size < bytes)
		return error_set(err,
		    "-o: %s: has %lld bytes, and %lld were written to it up to the checkpoint "
		    "(give the file of the run before, or start anew without --resume)",
		    sink->name, (long long)st.st_size, (long long)bytes);
	if (ftruncate(sink->fd, bytes) != 0 || lseek(sink->fd, bytes, SEEK_SET) < 0)
		return error_set(err, "-o: %s: %s (give a file that can be written)", sink->name,
		    strerror(errno));
	return 0;
}

int64_t
event_file_bytes(const struct event_file *sink)
{
	return sink->owned && sink->regular ? (int64_t)lseek(sink->fd, 0, SEEK_CUR) : -1;
}

/* False: not now, a signal came or patience ended. */
static bool
wait_for_room(struct event_file *sink, int patience)
{
	struct pollfd p = { .fd = sink->fd, .events = POLLOUT };
	int n = poll(&p, 1, patience);

	if (n < 0 && errno != EINTR)
		fail(sink, errno);
	return n > 0;
}

void
event_file_flush(struct event_file *sink, int patience)
{
	size_t at = 0;

	if (sink->owned && !sink->begun) /* what stood in the file stays until then */
		return;
	while (!sink->memory && !sink->failed && at < sink->text.len) {
		size_t n = sink->text.len - at;
		ssize_t done;

		if (!sink->regular && !wait_for_room(sink, patience))
			break;
		if (!sink->regular && n > PIPE_BUF)
			n = PIPE_BUF;
		done = write(sink->fd, sink->text.s + at, n);
		if (done >= 0)
			at += (size_t)done;
		else if (errno != EINTR && errno != EAGAIN)
			fail(sink, errno);
	}
	if (sink->failed || at == 0)
		return;
	memmove(sink->text.s, sink->text.s + at, sink->text.len - at);
	sink->text.len -= at;
}

void
event_file_close(struct event_file *sink)
{
	if (sink->owned && close(sink->fd) != 0 && !sink->failed)
		fail(sink, errno);
	sink->owned = false;
	text_done(&sink->text);
}
