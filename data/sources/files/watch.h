/* watch.h - tells when something changes in a few directories, and now and then all the same: file
 * systems of other hosts tell of nothing. */
#ifndef WEIR_WATCH_H
#define WEIR_WATCH_H

#include <stdbool.h>

struct uv_loop_s;
struct watch;

struct watch_change {
	const char *directory, *name; /* as it was given to watch_directory; NULL: it was time */
	bool renamed;                 /* a name came or went; else what is in a file changed */
};

struct watch *watch_new(
    struct uv_loop_s *, void (*stir)(void *, const struct watch_change *), void *arg);
/* Watches the directory; again is fine. */
void watch_directory(struct watch *, const char *path);
void watch_free(struct watch *);

#endif
