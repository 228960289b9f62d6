/* stdin.c - standard input: a pipe, a terminal, or a file that the shell opened. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/sources/files/file.h"

static int
stdin_open(struct source *source, struct error *err)
{
	int mode = fcntl(STDIN_FILENO, F_GETFL), fd;

	/* Who was started without one may have put another file in its place, to write to. */
	if (mode < 0 || (mode & O_ACCMODE) == O_WRONLY)
		return error_set(err, "stdin: is closed (pipe rows into it, or name a file)");
	fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	if (fd < 0)
		return error_set(err, "stdin: %s (close some files first)", strerror(errno));
	return file_attach(source, fd, err);
}

const struct source_class source_stdin = {
	.scheme = "-",
	.form = "-",
	.help = "standard input",
	.size = sizeof(struct file),
	.open = stdin_open,
	.read = file_read,
	.progress = file_progress,
	.lines = file_lines,
	.seek = file_seek,
	.close = file_close,
};
