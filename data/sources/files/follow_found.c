/* follow_found.c - files that were read before a follower was saved, found again under whatever
 * name: by inode, else by the bytes that were saved of them (it was copied), else packed. */
#include "data/sources/files/follow_parts.h"

#include <fcntl.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/error.h"

static bool
is_taken(const struct saved_files *search, const struct stat *st)
{
	for (size_t i = 0; i < search->n; i++)
		if (search->all[i].found && search->all[i].tail.ino == st->st_ino &&
		    search->all[i].tail.dev == st->st_dev)
			return true;
	return false;
}

enum by { BY_INODE, BY_BYTES, BY_UNPACKED, WAYS };

static bool
fits(
    const struct saved_files *search, const struct saved_file *s, const struct stat *st, enum by by)
{
	bool same = st->st_ino == s->ino && st->st_dev == s->dev;

	if (!S_ISREG(st->st_mode) || is_taken(search, st))
		return false;
	if (by == BY_INODE)
		return same;
	return !same && s->offset > 0 && s->nlast > 0;
}

static int
begin_tail(struct tail *tail, int fd, const char *name, bool is_packed)
{
	return is_packed ? tail_begin_packed(tail, fd, name) : tail_begin(tail, fd);
}

/* Is that the file? Then it is open, at the place. */
static bool
try_file(const struct saved_files *search, struct saved_file *s, const char *name, enum by by)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool is_packed;
	struct stat st;

	if (fd < 0)
		return false;
	is_packed = follow_is_packed(fd);
	if (fstat(fd, &st) != 0 || !fits(search, s, &st, by) ||
	    (by != BY_INODE && is_packed != (by == BY_UNPACKED)) ||
	    begin_tail(&s->tail, fd, name, is_packed) != 0) {
		close(fd);
		return false;
	}
	s->found = tail_go_to(&s->tail, s->offset, s->first, s->nfirst, s->last, s->nlast);
	if (!s->found)
		tail_end(&s->tail);
	return s->found;
}

static void
find(const struct saved_files *search, struct saved_file *s, enum by by)
{
	struct beside now = { 0 };

	if (s->found || try_file(search, s, s->path->name, by))
		return;
	beside_look(&now, s->path->name);
	for (int i = 0; i < now.n && !s->found; i++)
		try_file(search, s, now.files[i].name, by);
	beside_done(&now);
}

/* By inode all of them first, so that none is taken for another. */
void
follow_find(const struct saved_files *search)
{
	for (enum by by = BY_INODE; by < WAYS; by++)
		for (size_t i = 0; i < search->n; i++)
			find(search, &search->all[i], by);
}

void
follow_take(struct source *source, const struct saved_file *s)
{
	struct follow *follow = source->state;
	struct path *path = s->path;
	struct tail *tail;

	if (!s->found) {
		follow->lost =
		    memory_grow(follow->lost, (size_t)follow->nlost + 1, sizeof *follow->lost);
		follow->lost[follow->nlost++] = s->lane;
		if (s->offset > 0)
			source_note(source,
			    "%s: what was read up to byte %llu of it is not found again: rows that "
			    "stood behind that are missing",
			    path->name, (unsigned long long)s->offset);
		return;
	}
	path->tails = memory_grow(path->tails, (size_t)path->n + 1, sizeof *path->tails);
	tail = &path->tails[path->n++];
	*tail = s->tail;
	tail->lane = s->lane;
	tail->old = s->old || tail->packed != NULL;
	tail->quiet = (int64_t)uv_hrtime();
}
