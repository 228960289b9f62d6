/* watch.c - directories that are watched. See watch.h. */
#include "data/sources/files/watch.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "data/base/error.h"

enum { AGAIN_MS = 500 };

struct directory {
	uv_fs_event_t event;
	struct watch *watch;
	char *path;
};

struct watch {
	uv_timer_t timer;
	struct uv_loop_s *loop;
	void (*stir)(void *, const struct watch_change *);
	void *arg;
	struct directory **directories;
	int n;
};

static void
on_change(uv_fs_event_t *event, const char *name, int events, int status)
{
	struct directory *directory = event->data;

	const struct watch_change change = { directory->path, name, (events & UV_RENAME) != 0 };

	if (status == 0)
		directory->watch->stir(directory->watch->arg, &change);
}

static void
on_time(uv_timer_t *timer)
{
	const struct watch_change none = { 0 };
	struct watch *watch = timer->data;

	watch->stir(watch->arg, &none);
}

struct watch *
watch_new(struct uv_loop_s *loop, void (*stir)(void *, const struct watch_change *), void *arg)
{
	struct watch *watch = memory_zero(1, sizeof *watch);

	watch->loop = loop;
	watch->stir = stir;
	watch->arg = arg;
	uv_timer_init(loop, &watch->timer);
	watch->timer.data = watch;
	uv_timer_start(&watch->timer, on_time, AGAIN_MS, AGAIN_MS);
	return watch;
}

static void
on_directory_closed(uv_handle_t *event)
{
	struct directory *directory = event->data;

	free(directory->path);
	free(directory);
}

void
watch_directory(struct watch *watch, const char *path)
{
	struct directory *directory;

	for (int i = 0; i < watch->n; i++)
		if (strcmp(watch->directories[i]->path, path) == 0)
			return;
	directory = memory_zero(1, sizeof *directory);
	directory->watch = watch;
	directory->path = memory_text(path, strlen(path));
	uv_fs_event_init(watch->loop, &directory->event);
	directory->event.data = directory;
	if (uv_fs_event_start(&directory->event, on_change, path, 0) < 0) {
		/* not there yet, or too many are watched: the timer looks */
		uv_close((uv_handle_t *)&directory->event, on_directory_closed);
		return;
	}
	watch->directories =
	    memory_grow(watch->directories, (size_t)watch->n + 1, sizeof *watch->directories);
	watch->directories[watch->n++] = directory;
}

static void
on_timer_closed(uv_handle_t *timer)
{
	free(timer->data);
}

void
watch_free(struct watch *watch)
{
	for (int i = 0; i < watch->n; i++)
		uv_close((uv_handle_t *)&watch->directories[i]->event, on_directory_closed);
	free(watch->directories);
	uv_timer_stop(&watch->timer);
	uv_close((uv_handle_t *)&watch->timer, on_timer_closed);
}
