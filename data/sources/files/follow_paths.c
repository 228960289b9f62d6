/* follow_paths.c - which files followed paths lead to, and led to a while ago.
 *
 * When a path leads to another file, the old one is still read for a while, before the new one,
 * since who writes it may not have noticed. Files that came and went between two looks are found
 * beside it by their names. */
#include "data/sources/files/follow_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/sources/files/packed.h"

enum { PATHS_MAX = 4096 };

/* --- what a path leads to --------------------------------------------------------------------- */

/* The one that the path leads to now; NULL. */
static struct tail *
current(struct path *path)
{
	struct tail *last = path->n > 0 ? &path->tails[path->n - 1] : NULL;

	return last != NULL && !last->old ? last : NULL;
}

bool
follow_holds(const struct follow *follow, const struct stat *st)
{
	for (int i = 0; i < follow->n; i++)
		for (int k = 0; k < follow->paths[i].n; k++)
			if (follow->paths[i].tails[k].ino == st->st_ino &&
			    follow->paths[i].tails[k].dev == st->st_dev)
				return true;
	return false;
}

void
follow_remember(struct follow *follow, const struct tail *tail, const struct path *path)
{
	struct gone *gone = &follow->gone[follow->ngone++ % GONE_MAX];

	free(gone->path);
	gone->path = memory_text(path->name, strlen(path->name));
	gone->lane = tail->lane;
	gone->dev = tail->dev;
	gone->ino = tail->ino;
	gone->offset = tail->offset;
	gone->nfirst = tail->nfirst;
	memcpy(gone->first, tail->first, tail->nfirst);
}

static struct tail *
append(struct follow *follow, struct path *path, struct tail *tail)
{
	tail->lane = ++follow->lanes;
	path->tails = memory_grow(path->tails, (size_t)path->n + 1, sizeof *path->tails);
	path->tails[path->n++] = *tail;
	return &path->tails[path->n - 1];
}

struct tail *
follow_add_tail(struct follow *follow, struct path *path, int fd)
{
	struct tail tail;

	if (tail_begin(&tail, fd) < 0) {
		close(fd);
		return NULL;
	}
	return append(follow, path, &tail);
}

struct tail *
follow_add_packed(struct follow *follow, struct path *path, int fd, const char *name)
{
	struct tail tail;

	if (tail_begin_packed(&tail, fd, name) < 0) {
		close(fd);
		return NULL;
	}
	return append(follow, path, &tail);
}

void
follow_retire(struct path *path)
{
	struct tail *tail = current(path);

	if (tail == NULL)
		return;
	tail->old = true;
	tail->quiet = (int64_t)uv_hrtime();
}

static const char *
trouble(int number)
{
	switch (number) {
	case ENOENT:
		return "no such file yet";
	case EACCES:
	case EPERM:
		return "may not be read";
	case ELOOP:
		return "its links run in a circle";
	}
	return strerror(number);
}

static void
wait_for(struct source *source, struct path *path, const char *why)
{
	struct follow *follow = source->state;

	source->report.doing = SOURCE_WAITS;
	if (!follow->pattern)
		snprintf(source->report.what, sizeof source->report.what, "%s", why);
	if (!path->missing && !follow->pattern && path->led) /* between two files, as a rule */
		source_note(source, "%s: %s (waiting for it)", path->name, why);
	else if (!path->missing && !follow->pattern)
		source_trouble(source, "%s: %s (waiting for it)", path->name, why);
	path->missing = true;
}

/* Its first bytes say that it is packed: such are replayed, not followed. */
bool
follow_is_packed(int fd)
{
	unsigned char first[16];
	const char *unpacker;
	ssize_t n = pread(fd, first, sizeof first, 0);

	return n > 0 && packed_name(first, (size_t)n, &unpacker) != NULL;
}

static void
lead_to(struct source *source, struct path *path, int fd)
{
	struct follow *follow = source->state;
	bool rotated = path->n > 0 || path->led;

	if (!rotated && source->with_rotated)
		path->beside.looked = true; /* those that stand there are none that were seen */
	beside_look(&path->beside, path->name);
	follow_retire(path);
	if (rotated || source->with_rotated)
		follow_add_rotated(source, path, !rotated);
	follow_add_tail(follow, path, fd);
	if (path->missing && !follow->pattern && !path->led)
		source_trouble(source, "%s: is there", path->name);
	else if (path->missing && !follow->pattern)
		source_note(source, "%s: is there", path->name);
	else if (rotated)
		source_note(
		    source, "%s: was rotated; the new file is read from its start", path->name);
	path->missing = false;
	path->led = true;
	path->missed.found++;
	path->missed.calm = 0;
	source->report.doing = SOURCE_READS;
}

static void
skip(struct source *source, struct path *path, const char *why)
{
	if (!path->skipped)
		source_trouble(source, "%s: %s", path->name, why);
	path->skipped = true;
}

/* Opened, what the path leads to may be another file than the one that was looked at: the opened
 * one counts. */
static void
open_path(struct source *source, struct path *path)
{
	struct follow *follow = source->state;
	int fd = open(path->name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	const struct tail *now = current(path);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0) {
		wait_for(source, path, trouble(errno));
	} else if (now != NULL && now->ino == st.st_ino && now->dev == st.st_dev) {
		close(fd);
		return;
	} else if (S_ISDIR(st.st_mode) || !S_ISREG(st.st_mode)) {
		skip(
		    source, path, S_ISDIR(st.st_mode) ? "is a directory" : "is no file that grows");
	} else if (follow_holds(follow, &st) ||
		   (follow->pattern && follow_was_read(follow, &st, fd))) {
		path->missing = true; /* it is read under another name */
	} else if (follow_is_packed(fd)) {
		skip(source, path, "is packed (such are replayed, not followed)");
	} else {
		path->skipped = false;
		lead_to(source, path, fd);
		return;
	}
	if (fd >= 0)
		close(fd);
}

static void
look_at_path(struct source *source, struct path *path)
{
	const struct tail *now = current(path);
	struct stat st;

	if (path->n >= TAILS_MAX)
		return;
	if (stat(path->name, &st) < 0) {
		if (now != NULL)
			follow_retire(path);
		wait_for(source, path, trouble(errno));
	} else if (now == NULL || now->ino != st.st_ino || now->dev != st.st_dev) {
		open_path(source, path);
	}
}

/* --- which paths ------------------------------------------------------------------------------ */

void
follow_watch(struct follow *follow, const char *name)
{
	char *copy = memory_text(name, strlen(name)), *real = realpath(name, NULL);

	watch_directory(follow->watch, dirname(copy));
	if (real != NULL)
		watch_directory(follow->watch, dirname(real));
	free(copy);
	free(real);
}

struct path *
follow_add_path(struct follow *follow, const char *name)
{
	for (int i = 0; i < follow->n; i++)
		if (strcmp(follow->paths[i].name, name) == 0)
			return &follow->paths[i];
	if (follow->n == PATHS_MAX)
		return NULL;
	follow->paths = memory_grow(follow->paths, (size_t)follow->n + 1, sizeof *follow->paths);
	follow->paths[follow->n++] = (struct path){ .name = memory_text(name, strlen(name)) };
	follow_watch(follow, name);
	return &follow->paths[follow->n - 1];
}

static void
forget_path(struct follow *follow, int i)
{
	struct path *path = &follow->paths[i];

	free(path->tails);
	free(path->name);
	beside_done(&path->beside);
	follow->n--;
	memmove(path, path + 1, (size_t)(follow->n - i) * sizeof *path);
}

static void
find_paths(struct source *source)
{
	struct follow *follow = source->state;
	glob_t found;

	if (glob(source->rest, GLOB_NOSORT, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++)
			follow_add_path(follow, found.gl_pathv[i]);
	globfree(&found);
	for (int i = follow->n - 1; i >= 0; i--)
		if (follow->paths[i].n == 0 && follow->paths[i].missing)
			forget_path(follow, i);
}

void
follow_look(struct source *source)
{
	struct follow *follow = source->state;

	if (follow->pattern)
		find_paths(source);
	for (int i = 0; i < follow->n; i++)
		look_at_path(source, &follow->paths[i]);
	if (follow->pattern && follow->n == 0) {
		source->report.doing = SOURCE_WAITS;
		snprintf(source->report.what, sizeof source->report.what, "no file matches yet");
	}
}
