/* file.c - a recording: read as it stands, unpacked, or, where the path is a FIFO or a device, like
 * a pipe. Whether it is packed shows in its first bytes; its name may say anything. */
#include "data/sources/files/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/sources/files/packed.h"
#include "data/sources/pipe.h"

enum { COUNTED = 4 << 20 }; /* bytes of a file whose lines are counted, in a few milliseconds */

/* What else may have been meant by a name of which there is no file. */
static const char *
absent_remedy(const char *spec)
{
	const char *equals = strchr(spec, '=');

	if (strpbrk(spec, "*?[") != NULL)
		return "a pattern names files with -f, or when it is not in quotes";
	if (equals != NULL && (strstr(equals, "://") != NULL || access(equals + 1, F_OK) == 0))
		return "a label before = has letters, digits and _ alone";
	return "check the name, and the directory it is in";
}

static int
path_failure(const struct source *source, int number, struct error *err)
{
	const char *what = strerror(number), *remedy = "check the path";

	switch (number) {
	case ENOENT:
		what = "no such file";
		remedy = absent_remedy(source->spec);
		break;
	case EISDIR:
		what = "is a directory";
		remedy = "name a file in it";
		break;
	case EACCES:
	case EPERM:
		what = "may not be read";
		remedy = "chmod u+r it, or run weir as its owner";
		break;
	}
	return error_set(err, "%s: %s (%s)", source->spec, what, remedy);
}

static uint64_t
count_lines(int fd, int64_t from)
{
	char buf[1 << 14], last = '\n';
	uint64_t lines = 0;
	ssize_t n;

	for (; (n = pread(fd, buf, sizeof buf, from)) > 0; from += n) {
		const char *p = buf, *end = buf + n;

		while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
			lines++;
			p++;
		}
		last = end[-1];
	}
	return n < 0 ? 0 : lines + (last != '\n');
}

/* A regular file: what its first bytes tell. */
static int
look_inside(struct source *source, struct error *err)
{
	struct file *file = source->state;
	unsigned char first[16];
	const char *unpacker, *name;
	ssize_t n = pread(file->fd, first, sizeof first, file->start);

	if (n < 0 || packed_name(first, (size_t)n, &unpacker) == NULL) {
		name = n > 0 ? packed_broken(source->spec, first, (size_t)n) : NULL;
		if (name != NULL)
			return error_set(err,
			    "%s: is not packed by %s, and no text (it is damaged: fetch it, or "
			    "pack it, anew)",
			    source->spec, name);
		if (file->size <= COUNTED)
			file->lines = count_lines(file->fd, file->start);
		return 0;
	}
	file->packed = packed_open(file->fd, source->spec, err);
	return file->packed != NULL ? 0 : -1;
}

int
file_attach(struct source *source, int fd, struct error *err)
{
	struct file *file = source->state;
	struct stat st;
	int result;

	file->fd = fd;
	if (fstat(fd, &st) < 0) {
		result = path_failure(source, errno, err);
	} else if (S_ISDIR(st.st_mode)) {
		result = path_failure(source, EISDIR, err);
	} else if (S_ISREG(st.st_mode)) {
		file->size = (uint64_t)st.st_size;
		file->start = lseek(fd, 0, SEEK_CUR);
		result = look_inside(source, err);
	} else {
		source->pipe = true;
		file->pipe = pipe_open(source, fd, err);
		result = file->pipe != NULL ? 0 : -1;
	}
	if (result < 0)
		close(fd);
	return result;
}

static int
file_open(struct source *source, struct error *err)
{
	/* O_NONBLOCK: opening a FIFO must not wait for its writer. Regular files do not know it. */
	int fd = open(source->rest, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	return fd < 0 ? path_failure(source, errno, err) : file_attach(source, fd, err);
}

/* Somebody emptied it, or wrote it anew, since it was opened: rows are missing. */
static bool
has_shrunk(const struct file *file)
{
	struct stat st;

	return file->size > 0 && fstat(file->fd, &st) == 0 && (uint64_t)st.st_size < file->size;
}

long
file_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct file *file = source->state;
	ssize_t n;

	if (file->pipe != NULL)
		return pipe_read(file->pipe, buf, cap, err);
	if (file->packed != NULL)
		return packed_read(file->packed, buf, cap, err);
	do
		n = read(file->fd, buf, cap);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return error_set(
		    err, "%s: %s (the rows before it count)", source->spec, strerror(errno));
	return n == 0 && !source->follow && has_shrunk(file)
		   ? error_set(err,
			 "%s: was cut short while it was read (the rows before count; replay it "
			 "anew)",
			 source->spec)
		   : n;
}

void
file_progress(const struct source *source, uint64_t *at, uint64_t *size)
{
	const struct file *file = source->state;
	off_t offset = file->size > 0 ? lseek(file->fd, 0, SEEK_CUR) : 0;

	*size = file->size;
	*at = file->packed != NULL ? packed_at(file->packed) : offset > 0 ? (uint64_t)offset : 0;
}

uint64_t
file_lines(const struct source *source)
{
	const struct file *file = source->state;

	return file->lines;
}

int
file_seek(struct source *source, uint64_t offset, struct error *err)
{
	struct file *file = source->state;

	if (file->packed != NULL)
		return packed_seek(file->packed, offset, err);
	if (offset > (uint64_t)(INT64_MAX - file->start) ||
	    lseek(file->fd, file->start + (int64_t)offset, SEEK_SET) < 0)
		return error_set(err, "%s: cannot go to byte %llu of it (is it a file?)",
		    source->spec, (unsigned long long)offset);
	return 0;
}

void
file_close(struct source *source)
{
	struct file *file = source->state;

	if (file->pipe != NULL)
		pipe_close(file->pipe);
	if (file->packed != NULL)
		packed_close(file->packed);
	close(file->fd);
}

const struct source_class source_file = {
	.scheme = "",
	.form = "FILE, FILE.gz|.zst|.xz|.bz2|.lz4",
	.help = "replay a recording",
	.size = sizeof(struct file),
	.open = file_open,
	.read = file_read,
	.progress = file_progress,
	.lines = file_lines,
	.seek = file_seek,
	.close = file_close,
};
