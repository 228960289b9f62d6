/* follow.c - files that grow, through whatever is done to them: renamed, emptied, replaced, gone
 * and back; one path, or all that match a pattern, now and later.
 *
 * A path leads to a file for a time. When it leads to another one, the old file is still read for a
 * while, before the new one, since who writes it may not have noticed; each has a lane of its own.
 * Files that came and went between two looks are found beside it by their names. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/sources/files/beside.h"
#include "data/sources/files/packed.h"
#include "data/sources/source.h"
#include "data/sources/files/tail.h"
#include "data/sources/files/watch.h"

enum { PATHS_MAX = 4096, GONE_MAX = 256 };
static const int64_t rotate_wait = 5000000000; /* ns that an old file is read on */

struct path {
	char *name;
	struct tail *tails; /* those that were rotated, then the one that it leads to */
	int n;
	bool missing;         /* it leads nowhere, which was told */
	bool skipped;         /* it is nothing that can be followed, which was told */
	struct beside beside; /* other files of its name, as they were when it was last led anew */
};

/* A file that is not read any more, in case that it comes again under another name. */
struct gone {
	dev_t dev;
	ino_t ino;
	char first[TAIL_PRINT];
	size_t nfirst;
};

struct follow {
	struct watch *watch;
	bool pattern;
	struct path *paths;
	int n;
	int turn;       /* the path that is read next */
	bool stirred;   /* something may have changed: look at all paths */
	uint32_t lanes; /* given so far */
	struct field tag;
	struct gone gone[GONE_MAX]; /* the last ones, in turn */
	uint32_t ngone;
};

/* --- what a path leads to --------------------------------------------------------------------- */

static struct tail *
current(struct path *path)
{
	struct tail *last = path->n > 0 ? &path->tails[path->n - 1] : NULL;

	return last != NULL && !last->old ? last : NULL;
}

/* Is the file read already, or was it, under whatever name? */
static bool
is_held(const struct follow *follow, const struct stat *st)
{
	for (int i = 0; i < follow->n; i++)
		for (int k = 0; k < follow->paths[i].n; k++)
			if (follow->paths[i].tails[k].ino == st->st_ino &&
			    follow->paths[i].tails[k].dev == st->st_dev)
				return true;
	return false;
}

/* Was it read to its end under another name? */
static bool
was_read(const struct follow *follow, const struct stat *st, int fd)
{
	uint32_t n = follow->ngone < GONE_MAX ? follow->ngone : GONE_MAX;
	char first[TAIL_PRINT];

	for (uint32_t i = 0; i < n; i++) {
		const struct gone *gone = &follow->gone[i];

		if (gone->ino == st->st_ino && gone->dev == st->st_dev && gone->nfirst > 0 &&
		    pread(fd, first, gone->nfirst, 0) == (ssize_t)gone->nfirst &&
		    memcmp(first, gone->first, gone->nfirst) == 0)
			return true;
	}
	return false;
}

static void
remember_gone(struct follow *follow, const struct tail *tail)
{
	struct gone *gone = &follow->gone[follow->ngone++ % GONE_MAX];

	gone->dev = tail->dev;
	gone->ino = tail->ino;
	gone->nfirst = tail->nfirst;
	memcpy(gone->first, tail->first, tail->nfirst);
}

static void
add_tail(struct follow *follow, struct path *path, int fd)
{
	struct tail tail;

	if (tail_begin(&tail, fd) < 0) {
		close(fd);
		return;
	}
	tail.lane = ++follow->lanes;
	path->tails = memory_grow(path->tails, (size_t)path->n + 1, sizeof *path->tails);
	path->tails[path->n++] = tail;
}

static void
retire(struct path *path)
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
	if (!path->missing && !follow->pattern)
		source_note(source, "%s: %s (waiting for it)", path->name, why);
	path->missing = true;
}

/* Its first bytes say that it is packed: such are replayed, not followed. */
static bool
is_packed(int fd)
{
	unsigned char first[16];
	const char *unpacker;
	ssize_t n = pread(fd, first, sizeof first, 0);

	return n > 0 && packed_name(first, (size_t)n, &unpacker) != NULL;
}

/* Files that were rotated away since the last look, each of which the path led to for a while. */
static void
add_missed(struct source *source, struct path *path)
{
	struct follow *follow = source->state;
	struct stat st;
	char *name;

	while ((name = beside_next_new(&path->beside)) != NULL) {
		int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

		if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
		    !is_held(follow, &st) && !was_read(follow, &st, fd) && !is_packed(fd)) {
			add_tail(follow, path, fd);
			retire(path);
			source_note(source,
			    "%s: was rotated away before it was seen; it is read now", name);
		} else if (fd >= 0) {
			close(fd);
		}
		free(name);
	}
}

static void
lead_to(struct source *source, struct path *path, int fd)
{
	struct follow *follow = source->state;
	bool rotated = path->n > 0;

	beside_look(&path->beside, path->name);
	if (rotated) {
		retire(path);
		add_missed(source, path);
	}
	add_tail(follow, path, fd);
	if (path->missing && !follow->pattern)
		source_note(source, "%s: is there", path->name);
	else if (rotated)
		source_note(
		    source, "%s: was rotated; the new file is read from its start", path->name);
	path->missing = false;
	source->report.doing = SOURCE_READS;
}

static void
skip(struct source *source, struct path *path, const char *why)
{
	if (!path->skipped)
		source_note(source, "%s: %s", path->name, why);
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
	} else if (is_held(follow, &st) || (follow->pattern && was_read(follow, &st, fd))) {
		path->missing = true; /* it is read under another name */
	} else if (is_packed(fd)) {
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

	if (stat(path->name, &st) < 0) {
		if (now != NULL)
			retire(path);
		wait_for(source, path, trouble(errno));
	} else if (now == NULL || now->ino != st.st_ino || now->dev != st.st_dev) {
		open_path(source, path);
	}
}

/* --- which paths ------------------------------------------------------------------------------ */

static void
watch_path(struct follow *follow, const char *name)
{
	char *copy = memory_text(name, strlen(name)), *real = realpath(name, NULL);

	watch_directory(follow->watch, dirname(copy));
	if (real != NULL)
		watch_directory(follow->watch, dirname(real));
	free(copy);
	free(real);
}

static void
add_path(struct follow *follow, const char *name)
{
	for (int i = 0; i < follow->n; i++)
		if (strcmp(follow->paths[i].name, name) == 0)
			return;
	if (follow->n == PATHS_MAX)
		return;
	follow->paths = memory_grow(follow->paths, (size_t)follow->n + 1, sizeof *follow->paths);
	follow->paths[follow->n++] = (struct path){ .name = memory_text(name, strlen(name)) };
	watch_path(follow, name);
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
			add_path(follow, found.gl_pathv[i]);
	globfree(&found);
	for (int i = follow->n - 1; i >= 0; i--)
		if (follow->paths[i].n == 0 && follow->paths[i].missing)
			forget_path(follow, i);
}

static void
look(struct source *source)
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

/* --- the source ------------------------------------------------------------------------------- */

static void
stir(void *arg)
{
	struct source *source = arg;
	struct follow *follow = source->state;

	follow->stirred = true;
	source->ready(source->ready_arg);
}

static int
follow_open(struct source *source, struct error *err)
{
	struct follow *follow = source->state;

	(void)err;
	follow->watch = watch_new(source->loop, stir, source);
	follow->pattern = source_is_pattern(source->rest);
	if (follow->pattern)
		watch_path(follow, source->rest);
	else
		add_path(follow, source->rest);
	follow->stirred = true;
	return 0;
}

static void
drop_tail(struct follow *follow, struct path *path, struct tail *tail)
{
	remember_gone(follow, tail);
	tail_end(tail);
	path->n--;
	memmove(tail, tail + 1, (size_t)(path->tails + path->n - tail) * sizeof *tail);
}

/* A file that was emptied is another document, with a header of its own. */
static long
restart(struct source *source, struct path *path, struct tail *tail)
{
	struct follow *follow = source->state;

	source_note(source,
	    "%s: was emptied, and is read from its start (what was written right before may be "
	    "lost)",
	    path->name);
	source->lane = tail->lane;
	tail_restart(tail);
	tail->lane = ++follow->lanes;
	return SOURCE_GONE;
}

static long
read_tail(struct source *source, struct path *path, struct tail *tail, char *buf, size_t cap)
{
	long n = tail_read(tail, buf, cap);
	int64_t now = (int64_t)uv_hrtime();

	if (n == TAIL_CUT)
		return restart(source, path, tail);
	source->lane = tail->lane;
	if (n > 0) {
		tail->quiet = now;
		source->report.bytes += (uint64_t)n;
		return n;
	}
	if (tail->old && now - tail->quiet > rotate_wait) {
		drop_tail(source->state, path, tail);
		return SOURCE_GONE;
	}
	return SOURCE_AGAIN;
}

/* What any of the files of the path has, the oldest first. */
static long
read_path(struct source *source, struct path *path, char *buf, size_t cap)
{
	struct follow *follow = source->state;

	follow->tag = (struct field){ path->name, strlen(path->name) };
	for (int i = 0; i < path->n; i++) {
		long n = read_tail(source, path, &path->tails[i], buf, cap);

		if (n != SOURCE_AGAIN)
			return n;
	}
	return SOURCE_AGAIN;
}

static long
read_paths(struct source *source, char *buf, size_t cap)
{
	struct follow *follow = source->state;

	for (int i = 0; i < follow->n; i++) {
		struct path *path = &follow->paths[(follow->turn + i) % follow->n];
		long n = read_path(source, path, buf, cap);

		if (n == SOURCE_AGAIN)
			continue;
		follow->turn = (follow->turn + i) % follow->n;
		return n;
	}
	return SOURCE_AGAIN;
}

static long
follow_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct follow *follow = source->state;
	long n;

	(void)err;
	source->tags = source->class->tags != NULL ? &follow->tag : NULL;
	n = read_paths(source, buf, cap);
	if (n != SOURCE_AGAIN || !follow->stirred)
		return n;
	follow->stirred = false;
	look(source);
	follow->turn++;
	return read_paths(source, buf, cap);
}

static void
follow_close(struct source *source)
{
	struct follow *follow = source->state;

	watch_free(follow->watch);
	for (int i = 0; i < follow->n; i++) {
		struct path *path = &follow->paths[i];

		for (int k = 0; k < path->n; k++)
			tail_end(&path->tails[k]);
		free(path->tails);
		free(path->name);
		beside_done(&path->beside);
	}
	free(follow->paths);
}

/* FIFOs and devices are read as they are without -f. */
static bool
takes_path(const char *path, bool follow)
{
	struct stat st;

	return follow && !source_is_pattern(path) &&
	       (stat(path, &st) < 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

static bool
takes_pattern(const char *path, bool follow)
{
	return follow && source_is_pattern(path);
}

static const struct tag_column file_tag[] = { { "file", COLUMN_TEXT }, { NULL, COLUMN_TEXT } };

const struct source_class source_follow = {
	.scheme = "",
	.form = "FILE -f",
	.help = "follow a file as it grows, through rotation and truncation",
	.size = sizeof(struct follow),
	.live = true,
	.kind = SOURCE_LANES | SOURCE_FOLLOWS,
	.takes = takes_path,
	.open = follow_open,
	.read = follow_read,
	.close = follow_close,
};

const struct source_class source_follow_all = {
	.scheme = "",
	.form = "'logs/*.csv' -f",
	.help = "follow all files that match, now and later; column file",
	.size = sizeof(struct follow),
	.live = true,
	.kind = SOURCE_LANES | SOURCE_FOLLOWS,
	.tags = file_tag,
	.takes = takes_pattern,
	.open = follow_open,
	.read = follow_read,
	.close = follow_close,
};
