/* beside.c - files beside a followed one. See beside.h. */
#include "data/sources/files/beside.h"

#include <dirent.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/base/text.h"

/* "app.log.1" of "app.log"; what was renamed is still the same file, whatever it was called. */
static bool
is_name_of(const char *name, const char *base, size_t n)
{
	return strncmp(name, base, n) == 0 && (name[n] == '.' || name[n] == '-' || name[n] == '_');
}

static int64_t
changed(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

/* A short one that changed may be another of the same inode: it counts as new. */
static bool
is_same(const struct beside_file *was, const struct beside_file *is)
{
	return was->ino == is->ino && was->dev == is->dev && was->nfirst <= is->nfirst &&
	       memcmp(was->first, is->first, was->nfirst) == 0 &&
	       (was->nfirst == BESIDE_PRINT || was->time == is->time);
}

static const struct beside_file *
find(const struct beside *beside, const struct beside_file *file)
{
	for (int i = 0; i < beside->n; i++)
		if (is_same(&beside->files[i], file))
			return &beside->files[i];
	return NULL;
}

static struct beside_file
look_at(char *name, const struct stat *st)
{
	struct beside_file file = {
		.name = name, .dev = st->st_dev, .ino = st->st_ino, .time = changed(st)
	};
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	ssize_t n = fd >= 0 ? pread(fd, file.first, sizeof file.first, 0) : 0;

	if (fd >= 0)
		close(fd);
	file.nfirst = n > 0 ? (size_t)n : 0;
	return file;
}

static void
add(struct beside *beside, const struct beside_file *file)
{
	beside->files = memory_grow(beside->files, (size_t)beside->n + 1, sizeof *beside->files);
	beside->files[beside->n++] = *file;
}

void
beside_look(struct beside *beside, const char *path)
{
	char *copy = memory_text(path, strlen(path)), *other = memory_text(path, strlen(path));
	const char *directory = dirname(copy), *base = basename(other);
	struct beside now = { .looked = true };
	DIR *dir = opendir(directory);
	const struct dirent *entry;
	struct stat st;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		struct text name = { 0 };
		struct beside_file file;
		const struct beside_file *known;

		if (!is_name_of(entry->d_name, base, strlen(base)))
			continue;
		text_addf(&name, "%s/%s", directory, entry->d_name);
		if (stat(name.s, &st) < 0 || !S_ISREG(st.st_mode)) {
			text_done(&name);
			continue;
		}
		file = look_at(name.s, &st);
		known = find(beside, &file);
		file.told = !beside->looked || (known != NULL && known->told);
		add(&now, &file);
	}
	if (dir != NULL)
		closedir(dir);
	free(copy);
	free(other);
	beside_done(beside);
	*beside = now;
}

/* Which of two that were changed within one tick of the clock is older: the one with the higher
 * number, which counts up with each rotation; files named by dates are not made as fast. */
static bool
is_older(const struct beside_file *a, const struct beside_file *b)
{
	size_t na = strlen(a->name), nb = strlen(b->name);

	if (a->time != b->time)
		return a->time < b->time;
	return na != nb ? na > nb : strverscmp(a->name, b->name) > 0;
}

char *
beside_next_new(struct beside *beside)
{
	struct beside_file *first = NULL;

	for (int i = 0; i < beside->n; i++) {
		struct beside_file *file = &beside->files[i];

		if (!file->told && (first == NULL || is_older(file, first)))
			first = file;
	}
	if (first == NULL)
		return NULL;
	first->told = true;
	return memory_text(first->name, strlen(first->name));
}

void
beside_done(struct beside *beside)
{
	for (int i = 0; i < beside->n; i++)
		free(beside->files[i].name);
	free(beside->files);
	*beside = (struct beside){ 0 };
}
