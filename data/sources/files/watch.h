/* watch.h - tells when something changes in a few directories, and now and then all the same: file
 * systems of other hosts tell of nothing. */
#ifndef WEIR_WATCH_H
#define WEIR_WATCH_H

struct uv_loop_s;
struct watch;

struct watch *watch_new(struct uv_loop_s *, void (*stir)(void *), void *arg);
/* Watches the directory; again is fine. */
void watch_directory(struct watch *, const char *path);
void watch_free(struct watch *);

#endif
