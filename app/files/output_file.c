/* output_file.c - the one way to a file that is written: never one that is read, and whole or not
 * at all.
 *
 * What is opened is looked at before it is emptied: between a look at a path and its opening it
 * could become another file. */
#include "app/files/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/base/text.h"

enum { TRIES = 100 }; /* of a name that nobody has */

/* --- what is read ----------------------------------------------------------------------------- */

void
output_guard_add(struct output_guard *guard, const char *path)
{
	if (strcmp(path, "-") == 0) {
		guard->standard_input = true;
		return;
	}
	guard->paths = memory_grow(guard->paths, (size_t)guard->n + 1, sizeof(char *));
	guard->paths[guard->n++] = memory_text(path, strlen(path));
}

void
output_guard_done(struct output_guard *guard)
{
	for (int i = 0; i < guard->n; i++)
		free(guard->paths[i]);
	free(guard->paths);
}

static bool
same_file(const struct stat *a, const struct stat *b)
{
	return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static int
check(const struct output_guard *guard, const struct stat *st, const char *name, struct error *err)
{
	struct stat other;

	if (guard == NULL)
		return 0;
	if (guard->standard_input && fstat(STDIN_FILENO, &other) == 0 && same_file(st, &other))
		return error_set(
		    err, "%s: is read, too, as standard input (write another file)", name);
	for (int i = 0; i < guard->n; i++)
		if (stat(guard->paths[i], &other) == 0 && same_file(st, &other))
			return error_set(err, "%s: is read, too, as %s (write another file)", name,
			    guard->paths[i]);
	return 0;
}

int
output_guard_check(const struct output_guard *guard, int fd, const char *name, struct error *err)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? check(guard, &st, name, err) : 0;
}

int
output_guard_check_path(const struct output_guard *guard, const char *path, struct error *err)
{
	struct stat st;

	return stat(path, &st) == 0 ? check(guard, &st, path, err) : 0;
}

/* --- bit by bit ------------------------------------------------------------------------------- */

static int
cannot(const char *path, struct error *err)
{
	return error_set(err, "%s: %s (give a file that can be written)", path, strerror(errno));
}

int
output_open(const char *path, const struct output_guard *guard, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);

	if (fd < 0)
		return cannot(path, err);
	if (output_guard_check(guard, fd, path, err) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

int
output_empty(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? ftruncate(fd, 0) : 0;
}

/* --- as a whole ------------------------------------------------------------------------------- */

static int
write_all(int fd, const char *path, const char *bytes, size_t n, struct error *err)
{
	while (n > 0) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return error_set(err, "%s: not all of it could be written: %s (make room)",
			    path, strerror(errno));
		bytes += done;
		n -= (size_t)done;
	}
	return 0;
}

/* A new file beside path; its name is left in beside. */
static int
create_beside(const char *path, struct text *beside)
{
	const char *slash = strrchr(path, '/');
	int folder = slash != NULL ? (int)(slash + 1 - path) : 0, fd = -1;

	for (int i = 0; i < TRIES && fd < 0; i++) {
		text_clear(beside);
		text_addf(beside, "%.*s.%s.%ld.%d", folder, path, path + folder, (long)getpid(), i);
		fd = open(text_get(beside), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

/* Below, name is what errors call path: a link that leads there, or itself. */

/* Who could read the old one can read the new one, and no others. */
static int
write_beside(const char *path, const char *name, const struct stat *old, const char *bytes,
    size_t n, struct error *err)
{
	struct text beside = { 0 };
	int fd = create_beside(path, &beside), status;

	if (fd < 0) {
		text_done(&beside);
		return cannot(name, err);
	}
	if (old != NULL && fchmod(fd, old->st_mode & 0777) != 0)
		status = cannot(name, err);
	else
		status = write_all(fd, name, bytes, n, err);
	if (status == 0 && fsync(fd) != 0) /* or a crash could leave its name without its bytes */
		status = cannot(name, err);
	if (close(fd) != 0 && status == 0)
		status = cannot(name, err);
	if (status == 0 && rename(text_get(&beside), path) != 0)
		status = cannot(name, err);
	if (status != 0)
		unlink(text_get(&beside));
	text_done(&beside);
	return status;
}

static int
write_device(const char *path, const char *name, const char *bytes, size_t n, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), status;

	if (fd < 0)
		return cannot(name, err);
	status = write_all(fd, name, bytes, n, err);
	if (close(fd) != 0 && status == 0)
		status = cannot(name, err);
	return status;
}

static int
replace_target(const char *path, const char *name, const struct output_guard *guard,
    const char *bytes, size_t n, struct error *err)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return errno == ENOENT ? write_beside(path, name, NULL, bytes, n, err)
				       : cannot(name, err);
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return cannot(name, err);
	}
	if (!S_ISREG(st.st_mode))
		return write_device(path, name, bytes, n, err);
	if (check(guard, &st, name, err) != 0)
		return -1;
	return write_beside(path, name, &st, bytes, n, err);
}

int
output_replace(const char *path, enum output_links links, const struct output_guard *guard,
    const char *bytes, size_t n, struct error *err)
{
	struct stat st;
	char *target;
	int status;

	if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
		return replace_target(path, path, guard, bytes, n, err);
	if (links == OUTPUT_NO_LINK)
		return error_set(
		    err, "%s: is a link (remove it, or give a file with --snapshot)", path);
	target = realpath(path, NULL); /* the link stays, and what it leads to is replaced */
	if (target == NULL)
		return cannot(path, err);
	status = replace_target(target, path, guard, bytes, n, err);
	free(target);
	return status;
}
