/* follow_missed.c - looks when something changes, and counts what came and went unseen.
 *
 * A file that was renamed is opened at once, while its rows may wait for long: who rotates keeps
 * but a few. What went before that is known from the directory, which tells of each change: a
 * rotation takes two changes of the path's name at most (away, and there again), so that the path
 * led to half as many files at least. Changes are told late, never early: where fewer were found,
 * some were gone. */
#include "data/sources/files/follow_parts.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum { CALM_TICKS = 2 }; /* after which no change is on its way */

static bool
is_of(const char *name, const struct watch_change *change)
{
	char *copy = memory_text(name, strlen(name)), *other = memory_text(name, strlen(name));
	bool same = strcmp(basename(copy), change->name) == 0 &&
		    strcmp(dirname(other), change->directory) == 0;

	free(copy);
	free(other);
	return same;
}

/* Of a pattern, a change may be the rename of a file that is read on under its new name. */
static void
count(struct follow *follow, const struct watch_change *change)
{
	if (follow->pattern || follow->n == 0 || !is_of(follow->paths[0].name, change))
		return;
	follow->paths[0].missed.changes++;
	follow->paths[0].missed.calm = 0;
}

static void
tell(struct source *source, struct path *path)
{
	struct missed *missed = &path->missed;
	uint32_t came = missed->changes / 2;

	if (path->n >= TAILS_MAX)
		return;
	if (missed->found > 0 && came > missed->found) {
		uint32_t n = came - missed->found;

		source_bad(source, "files were gone before they could be read", path->name,
		    strlen(path->name));
		source_note(source,
		    "%s: %u %s gone before %s could be read (keep more rotated files)", path->name,
		    n, n == 1 ? "file was" : "files were", n == 1 ? "it" : "they");
		missed->found += n;
	}
	if (++missed->calm > CALM_TICKS)
		*missed = (struct missed){ 0 };
}

void
follow_stir(struct source *source, const struct watch_change *change)
{
	struct follow *follow = source->state;
	bool tick = change->name == NULL;

	follow->stirred = true;
	if (change->renamed && !tick)
		count(follow, change);
	if (follow->begun && (tick || (change->renamed && !follow->pattern)))
		follow_look(source);
	for (int i = 0; follow->begun && tick && i < follow->n; i++)
		tell(source, &follow->paths[i]);
}
