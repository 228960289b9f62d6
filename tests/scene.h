/* scene.h - a followed file, what is done to it, and the rows that were read of it. */
#ifndef WEIR_TESTS_SCENE_H
#define WEIR_TESTS_SCENE_H

#include <uv.h>

#include "data/input/feed.h"
#include "tests/support.h"

enum { MOST = 4000 };

struct scene {
	char directory[64], path[100], spec[160];
	uv_loop_t loop;
	struct feed *feed;
	double seen[MOST];
	int nseen, nbad, nnotes;
	char notes[4000];
	double written[MOST]; /* rows that can be read */
	int nwritten;
	int unread; /* ... of them, those that stand in the file behind what was read */
	int next;
	char half[64]; /* the rest of a row that is half written */
};

void scene_begin(struct scene *, const char *pattern); /* in a folder of its own, which is empty */
void scene_open(struct scene *);                       /* a feed on it, again */
void scene_close(struct scene *);                      /* whoever read it is gone */
void scene_end(struct scene *);
/* Until nothing more comes: what changed in the directory is told by the loop. */
void scene_drain(struct scene *);
void scene_drain_to(struct scene *, int rows); /* ... waiting for clocks */
void scene_check(const struct scene *); /* all rows that were written were seen, once, in order */

void scene_put(const char *path, int flags, const char *text);
void scene_header(struct scene *, int flags);
void scene_append(struct scene *);
/* Half a line now, the other half with the next write or before the file goes. */
void scene_append_half(struct scene *);
void scene_end_half(struct scene *);
void scene_rotate(struct scene *);
void scene_rotate_keeping(struct scene *, int files); /* ... so many old ones */

#endif
