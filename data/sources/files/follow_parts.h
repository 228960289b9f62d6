/* follow_parts.h - what the files of a followed path share; nobody else includes it.
 *
 * follow.c        the source: whose bytes are read next
 * follow_paths.c  which files the paths lead to, and led to
 * follow_rotated.c which files they led to before
 * follow_missed.c which files they led to that nobody saw
 * follow_state.c  where it is as bytes, and back
 * follow_found.c  ... to the files that it was in */
#ifndef WEIR_FOLLOW_PARTS_H
#define WEIR_FOLLOW_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "data/sources/files/beside.h"
#include "data/sources/files/tail.h"
#include "data/sources/files/watch.h"
#include "data/sources/source.h"

enum { GONE_MAX = 256 };
enum { TAILS_MAX = 64 }; /* of one path: no more are opened until some were read */

struct missed {           /* since nothing was on its way */
	uint32_t changes; /* of the path's name: it came or went */
	uint32_t found;   /* files that it led to */
	int calm;         /* ticks of the clock since either */
};

struct path {
	char *name;
	struct tail *tails; /* those that were rotated, then the one that it leads to */
	int n;
	bool led;     /* it led to some file before */
	bool missing; /* it leads nowhere, which was told */
	bool skipped; /* it is nothing that can be followed, which was told */
	struct missed missed;
	struct beside beside; /* other files of its name, as they were when it was last led anew */
};

/* A file that is not read any more, in case that it comes again under another name. */
struct gone {
	dev_t dev;
	ino_t ino;
	uint64_t offset; /* its bytes, all of which were read */
	char first[TAIL_PRINT];
	size_t nfirst;
	uint32_t lane;
	char *path; /* that it belonged to */
};

struct follow {
	struct watch *watch;
	bool pattern;
	struct path *paths;
	int n;
	int turn;       /* the path that is read next */
	bool begun;     /* it was read: what was saved is loaded by then */
	bool stirred;   /* something may have changed: look at all paths */
	uint32_t lanes; /* given so far */
	struct field tag;
	struct gone gone[GONE_MAX]; /* the last ones, in turn */
	uint32_t ngone;
	uint32_t *lost; /* lanes of a saved state whose files are gone, to be told */
	int nlost;
};

/* follow_paths.c */
/* Is the file read already, or was it, under whatever name? */
bool follow_holds(const struct follow *, const struct stat *);
struct path *follow_add_path(struct follow *, const char *name); /* NULL: there are too many */
/* The file is read from now on; NULL: it cannot be looked at, and fd is closed. */
struct tail *follow_add_tail(struct follow *, struct path *, int fd);
/* The same of a file that is packed. */
struct tail *follow_add_packed(struct follow *, struct path *, int fd, const char *name);
bool follow_is_packed(int fd);                        /* its first bytes say so */
void follow_watch(struct follow *, const char *name); /* the directory that a path is in */
void follow_retire(struct path *);
void follow_remember(struct follow *, const struct tail *, const struct path *);
void follow_look(struct source *); /* at all paths: has anything changed? */

/* follow_missed.c: something changed, or it was time to look */
void follow_stir(struct source *, const struct watch_change *);

/* follow_rotated.c: was the file read to its end under another name? */
bool follow_was_read(const struct follow *, const struct stat *, int fd);
/* Those beside the path that are new to it are read before what it leads to. first: it led to
 * nothing before. */
void follow_add_rotated(struct source *, struct path *, bool first);

/* follow_found.c: files of a state that is loaded */
struct saved_file { /* a file that was read */
	struct path *path;
	int npath; /* the path's number: paths may move */
	uint32_t lane;
	dev_t dev;
	ino_t ino;
	uint64_t offset;
	uint32_t old;
	const char *first, *last; /* in the bytes that are loaded */
	size_t nfirst, nlast;
	bool found;
	struct tail tail; /* where it is */
};
struct saved_files {
	struct follow *follow;
	struct saved_file *all;
	size_t n;
};
/* Opens those that are found, each at its place. */
void follow_find(const struct saved_files *);
/* The follower reads on in it; of one that was not found it is told that rows are missing. */
void follow_take(struct source *, const struct saved_file *);

/* follow_state.c */
void follow_save(const struct source *, const struct position *, int n, struct buffer *);
int follow_load(struct source *, struct reader *, struct error *);

#endif
