/* follow.c - files that grow, through whatever is done to them: renamed, emptied, replaced, gone
 * and back; one path, or all that match a pattern, now and later.
 *
 * A path leads to a file for a time; each file has a lane of its own. */
#include "data/sources/files/follow_parts.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/error.h"

static const int64_t rotate_wait = 5000000000; /* ns that an old file is read on */

static void
stir(void *arg, const struct watch_change *change)
{
	struct source *source = arg;

	follow_stir(source, change);
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
		follow_watch(follow, source->rest);
	else
		follow_add_path(follow, source->rest);
	follow->stirred = true;
	return 0;
}

static void
drop_tail(struct follow *follow, struct path *path, struct tail *tail)
{
	follow_remember(follow, tail, path);
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
	if (n == TAIL_DAMAGED)
		source_bad(source, "is damaged: what follows in it is lost", tail->name,
		    strlen(tail->name));
	if (n > 0) {
		tail->quiet = now;
		source->report.bytes += (uint64_t)n;
		return n;
	}
	if (tail->packed != NULL || (tail->old && now - tail->quiet > rotate_wait)) {
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
	follow->begun = true;
	if (follow->nlost > 0) {
		source->lane = follow->lost[--follow->nlost];
		return SOURCE_GONE;
	}
	source->tags = source->class->tags != NULL ? &follow->tag : NULL;
	n = read_paths(source, buf, cap);
	if (n != SOURCE_AGAIN || !follow->stirred)
		return n;
	follow->stirred = false;
	follow_look(source);
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
	for (int i = 0; i < GONE_MAX; i++)
		free(follow->gone[i].path);
	free(follow->lost);
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
	.save = follow_save,
	.load = follow_load,
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
	.save = follow_save,
	.load = follow_load,
	.close = follow_close,
};
