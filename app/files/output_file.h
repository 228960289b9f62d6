/* output_file.h - the one way to a file that is written: never one that is read, and whole or not
 * at all. */
#ifndef WEIR_OUTPUT_FILE_H
#define WEIR_OUTPUT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/error.h"

/* What is read, by path: whatever else a path leads to by then, it may not be written. Zeroed:
 * nothing is. */
struct output_guard {
	char **paths;
	int n;
	bool standard_input;
};

void output_guard_add(struct output_guard *, const char *path); /* copied; "-": standard input */
void output_guard_done(struct output_guard *);
/* Is fd, which errors call name, none of the files that are read? They are told by device and
 * inode, so links lead nowhere else; what is no regular file may be both. */
int output_guard_check(const struct output_guard *, int fd, const char *name, struct error *);
int output_guard_check_path(const struct output_guard *, const char *path, struct error *);

/* Opens a file, a pipe or a device to be written bit by bit; what an old file holds stays until
 * output_empty(). The descriptor, which the caller closes, or -1: that is the caller's to advise
 * on. */
int output_open(const char *path, const struct output_guard *, struct error *);
int output_empty(int fd); /* -1 with errno; of what is no regular file nothing is lost */

enum output_links { OUTPUT_THROUGH_LINKS, OUTPUT_NO_LINK };
/* Writes a file as a whole: beside, then under its name, so that an old one stays where that fails.
 * A pipe or a device is written as it is. */
int output_replace(const char *path, enum output_links, const struct output_guard *,
    const char *bytes, size_t n, struct error *);

#endif
