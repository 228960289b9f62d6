/* beside.h - the files that stand beside a followed one and have its name with something behind it:
 * app.log.1, app.log-20260101. */
#ifndef WEIR_BESIDE_H
#define WEIR_BESIDE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { BESIDE_PRINT = 64 };

struct beside_file {
	char *name;
	dev_t dev;
	ino_t ino;
	int64_t time; /* of its last change, ns */
	/* Its first bytes: inodes are used again. */
	char first[BESIDE_PRINT];
	size_t nfirst;
	bool told; /* by beside_next_new, or there at the first look */
};

struct beside { /* zeroed: nobody has looked */
	struct beside_file *files;
	int n;
	bool looked;
};

/* What stands there now. Those of the first look are none that are new. */
void beside_look(struct beside *, const char *path);
/* Of those that came since, the one that was changed first; the caller's to free. NULL: no more. */
char *beside_next_new(struct beside *);
void beside_done(struct beside *);

#endif
