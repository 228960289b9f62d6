/* append.c - a line with the event goes to a file.
 *
 * The file is opened each time: it may have been rotated away. A line that has no room is taken
 * back whole, so that no cut one stays. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "app/actions/action.h"
#include "app/files/output_file.h"

static int
check(struct action *a, const char *folder, struct error *err)
{
	(void)err;
	action_place(&a->text, folder);
	return 0;
}

static int
cannot(const char *path, int code, struct error *err)
{
	return error_set(err, "append: %.200s: %s (%s)", path, strerror(code),
	    code == ENOSPC || code == EDQUOT ? "make room" : "give a file that can be written");
}

static int
write_line(int fd, const struct action *a, const struct action_event *event, struct error *err)
{
	char end[] = "\n";
	struct iovec parts[] = { { event->json, event->len }, { end, 1 } };
	struct stat before;
	bool regular = fstat(fd, &before) == 0 && S_ISREG(before.st_mode);
	ssize_t n = writev(fd, parts, 2);

	if (n == (ssize_t)event->len + 1)
		return 0;
	if (n >= 0)
		errno = regular ? ENOSPC : EAGAIN;
	if (n > 0 && regular && ftruncate(fd, before.st_size) != 0)
		return cannot(a->text, errno, err);
	return cannot(a->text, errno, err);
}

/* A pipe that nobody reads, or that is full, is not waited for. */
static int
append(const struct action *a, const struct action_host *host, const struct action_event *event,
    struct error *err)
{
	int fd =
	    open(a->text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
	int status;

	if (fd < 0)
		return cannot(a->text, errno, err);
	if (output_guard_check(host->guard, fd, a->text, err) != 0)
		status = error_at(err, "append");
	else
		status = write_line(fd, a, event, err);
	if (close(fd) != 0 && status == 0)
		status = cannot(a->text, errno, err);
	return status;
}

const struct action_class action_append = {
	.name = "append",
	.help = "a line with the event to a file",
	.example = "alerts.ndjson",
	.takes = ACTION_TEXT,
	.writes = true,
	.check = check,
	.run = append,
};
