/* follow_rotated.c - the files that a path led to before: those that were rotated away between two
 * looks, and with --with-rotated those that were there from the start. They are read first, the
 * oldest before the others; packed ones, too. */
#include "data/sources/files/follow_parts.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* With few bytes it may be another file of the same inode, unless nothing stands behind them. */
static bool
is_gone(const struct gone *gone, const struct stat *st, int fd)
{
	char first[TAIL_PRINT];

	return gone->path != NULL && gone->ino == st->st_ino && gone->dev == st->st_dev &&
	       gone->nfirst > 0 &&
	       (gone->nfirst == TAIL_PRINT || gone->offset == (uint64_t)st->st_size) &&
	       pread(fd, first, gone->nfirst, 0) == (ssize_t)gone->nfirst &&
	       memcmp(first, gone->first, gone->nfirst) == 0;
}

bool
follow_was_read(const struct follow *follow, const struct stat *st, int fd)
{
	for (int i = 0; i < GONE_MAX; i++)
		if (is_gone(&follow->gone[i], st, fd))
			return true;
	return false;
}

/* --- packed ----------------------------------------------------------------------------------- */

struct start { /* the first bytes of a file */
	char bytes[TAIL_PRINT];
	size_t n;
};

static struct start
start_of(int fd)
{
	struct start s;
	ssize_t n = pread(fd, s.bytes, sizeof s.bytes, 0);

	s.n = n > 0 ? (size_t)n : 0;
	return s;
}

static bool
is_start(const struct start *s, const char *bytes, size_t n)
{
	return s->n == n && memcmp(s->bytes, bytes, n) == 0;
}

/* A file that was packed has another inode: its bytes tell whether it was read. */
static bool
was_read_plain(const struct follow *follow, const struct start *unpacked)
{
	for (int i = 0; i < follow->n; i++)
		for (int k = 0; k < follow->paths[i].n; k++) {
			const struct tail *tail = &follow->paths[i].tails[k];
			struct start plain = start_of(tail->fd);

			if (tail->packed != NULL ? is_start(unpacked, tail->first, tail->nfirst)
						 : is_start(unpacked, plain.bytes, plain.n))
				return true;
		}
	for (int i = 0; i < GONE_MAX; i++)
		if (follow->gone[i].path != NULL &&
		    is_start(unpacked, follow->gone[i].first, follow->gone[i].nfirst))
			return true;
	return false;
}

/* Unpacked, of which nothing more is read here; empty: it is damaged, or has nothing. */
static struct start
unpacked_start(const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct start s = { .n = 0 };
	struct tail tail;
	long n = 0;

	if (fd < 0)
		return s;
	if (tail_begin_packed(&tail, fd, name) != 0) {
		close(fd);
		return s;
	}
	while (
	    s.n < sizeof s.bytes && (n = tail_read(&tail, s.bytes + s.n, sizeof s.bytes - s.n)) > 0)
		s.n += (size_t)n;
	tail_end(&tail);
	return s;
}

static bool
add_packed(struct follow *follow, struct path *path, int fd, const char *name)
{
	struct start first = unpacked_start(name);

	if (first.n == 0 || was_read_plain(follow, &first)) {
		close(fd);
		return false;
	}
	return follow_add_packed(follow, path, fd, name) != NULL;
}

/* --- all of them ------------------------------------------------------------------------------ */

/* What rotation makes of a name: a number or a date behind it; app.log.bak is none. */
static bool
is_rotated_name(const char *name, const char *path)
{
	const char *slash = strrchr(name, '/'), *of = strrchr(path, '/');
	const char *end = (slash != NULL ? slash + 1 : name) + strlen(of != NULL ? of + 1 : path);

	return *end != '\0' && (isdigit((unsigned char)end[1]) || strncmp(end + 1, "old", 3) == 0);
}

static bool
add(struct follow *follow, struct path *path, const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || follow_holds(follow, &st) ||
	    follow_was_read(follow, &st, fd)) {
		close(fd);
		return false;
	}
	if (follow_is_packed(fd))
		return add_packed(follow, path, fd, name);
	return follow_add_tail(follow, path, fd) != NULL;
}

void
follow_add_rotated(struct source *source, struct path *path, bool first)
{
	char *name;

	while ((name = beside_next_new(&path->beside)) != NULL) {
		if ((!first || is_rotated_name(name, path->name)) &&
		    add(source->state, path, name)) {
			follow_retire(path);
			path->missed.found++;
			source_note(source,
			    first ? "%s: is read first"
				  : "%s: was rotated away before it was seen; it is read now",
			    name);
		}
		free(name);
	}
}
