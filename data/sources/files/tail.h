/* tail.h - one file that grows: what comes behind the place that was read, and what became of it.
 */
#ifndef WEIR_TAIL_H
#define WEIR_TAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { TAIL_PRINT = 256 };

struct packed;

struct tail {
	int fd;
	dev_t dev;
	ino_t ino;
	uint64_t offset; /* bytes that were read */
	/* The first bytes and those before the offset: where they differ from what stands there
	 * now, the file was emptied and filled again. */
	char first[TAIL_PRINT], last[TAIL_PRINT];
	size_t nfirst, nlast;
	int64_t idle; /* its last change, where nothing stood behind the offset, ns; 0: unknown */
	uint32_t lane;
	struct packed *packed; /* it is: its bytes are the unpacked ones; NULL */
	char *name;            /* of a packed one, for errors; NULL */
	bool old;              /* its path leads elsewhere by now, or nowhere */
	int64_t quiet; /* of an old one: when it was last seen to grow, ns of the monotonic clock */
};

enum { TAIL_NOTHING = 0, TAIL_FAILED = -1, TAIL_CUT = -2, TAIL_DAMAGED = -3 };

/* The file is open for reading; nothing of it was read. -1: it cannot be looked at. */
int tail_begin(struct tail *, int fd);
/* The same of a packed one, which grows no more; name: copied. */
int tail_begin_packed(struct tail *, int fd, const char *name);
/* The next bytes; TAIL_NOTHING: there are none now; TAIL_CUT: it has been emptied, with or without
 * more written since: tail_restart, then it is read from its start; TAIL_FAILED: see errno;
 * TAIL_DAMAGED: what packed it is not whole. */
long tail_read(struct tail *, char *buf, size_t cap);
void tail_restart(struct tail *);
/* Goes on behind the offset, where these bytes stood before it and those at the start; false: they
 * do not, and the tail can only be ended. A packed one is unpacked up to there. */
bool tail_go_to(struct tail *, uint64_t offset, const char *first, size_t nfirst, const char *last,
    size_t nlast);
/* The bytes before an offset that was read, at most TAIL_PRINT; how many are known. */
size_t tail_before(const struct tail *, uint64_t offset, char last[TAIL_PRINT]);
void tail_end(struct tail *); /* closes it */

#endif
