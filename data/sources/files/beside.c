/* beside.c - files beside a followed one. See beside.h. */
#include "data/sources/files/beside.h"

#include <dirent.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "data/base/error.h"
#include "data/base/text.h"

/* "app.log.1" of "app.log"; what was renamed is still the same file, whatever it was called. */
static bool
is_name_of(const char *name, const char *base, size_t n)
{
	return strncmp(name, base, n) == 0 && (name[n] == '.' || name[n] == '-' || name[n] == '_');
}

static struct beside_file *
find(const struct beside *beside, const struct stat *st)
{
	for (int i = 0; i < beside->n; i++)
		if (beside->files[i].ino == st->st_ino && beside->files[i].dev == st->st_dev)
			return &beside->files[i];
	return NULL;
}

static void
add(struct beside *beside, char *name, const struct stat *st, bool told)
{
	beside->files = memory_grow(beside->files, (size_t)beside->n + 1, sizeof *beside->files);
	beside->files[beside->n++] = (struct beside_file){
		.name = name,
		.dev = st->st_dev,
		.ino = st->st_ino,
		.time = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
		.told = told,
	};
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
		const struct beside_file *known;

		if (!is_name_of(entry->d_name, base, strlen(base)))
			continue;
		text_addf(&name, "%s/%s", directory, entry->d_name);
		if (stat(name.s, &st) < 0 || !S_ISREG(st.st_mode)) {
			text_done(&name);
			continue;
		}
		known = find(beside, &st);
		add(&now, name.s, &st, !beside->looked || (known != NULL && known->told));
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
