/* scene.c - a followed file and its reader. See scene.h. */
#include "tests/scene.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
scene_begin(struct scene *s, const char *pattern)
{
	memset(s, 0, sizeof *s);
	snprintf(s->directory, sizeof s->directory, "/tmp/weir-follow-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(s->directory));
	snprintf(s->path, sizeof s->path, "%s/app.csv", s->directory);
	snprintf(s->spec, sizeof s->spec, "%s/%s", s->directory, pattern);
	uv_loop_init(&s->loop);
	scene_open(s);
}

void
scene_open(struct scene *s)
{
	const struct feed_options options = { .follow = true };
	struct error err = { 0 };

	s->feed = feed_open(s->spec, &options, &s->loop, &err);
	ck_assert_msg(s->feed != NULL, "%s", err.text);
}

void
scene_close(struct scene *s)
{
	feed_close(s->feed);
	s->feed = NULL;
	uv_run(&s->loop, UV_RUN_DEFAULT);
}

static void
take_row(struct scene *s, const struct block *b, int i)
{
	for (int c = 0; c < b->schema->n; c++)
		if (strcmp(b->schema->columns[c].name, "v") == 0)
			s->seen[s->nseen++] = b->cells[c].number[i];
}

static bool
fill(struct scene *s)
{
	struct error err = { 0 };
	enum feed_state state = feed_fill(s->feed, &err);
	struct block *b;
	struct cell_text text;
	const char *what;
	bool doubt;
	bool some = state == FEED_MORE;

	ck_assert_msg(state != FEED_FAIL && state != FEED_WRONG, "%s", err.text);
	for (; feed_schema(s->feed) != NULL && (b = feed_block(s->feed)) != NULL; some = true) {
		for (int i = 0; i < b->n; i++)
			take_row(s, b, i);
		s->nbad += b->nfaults;
		feed_drop(s->feed);
	}
	for (; (what = feed_note(s->feed, &doubt)) != NULL; s->nnotes++)
		snprintf(
		    s->notes + strlen(s->notes), sizeof s->notes - strlen(s->notes), "%s\n", what);
	for (; feed_bad(s->feed, &what, &text); s->nbad++)
		;
	return some;
}

/* Until nothing more comes: what changed in the directory is told by the loop. */
void
scene_drain(struct scene *s)
{
	for (int idle = 0; idle < 3; idle++) {
		uv_run(&s->loop, UV_RUN_NOWAIT);
		if (fill(s))
			idle = 0;
	}
	s->unread = 0;
}

/* ... and until so many rows were seen, waiting for clocks. */
void
scene_drain_to(struct scene *s, int rows)
{
	for (int i = 0; i < 2000 && s->nseen < rows; i++) {
		scene_drain(s);
		usleep(5000);
	}
	ck_assert_int_eq(s->nseen, rows);
}

void
scene_end(struct scene *s)
{
	char command[160];

	scene_close(s);
	ck_assert_int_eq(uv_loop_close(&s->loop), 0);
	snprintf(command, sizeof command, "rm -r %s", s->directory);
	ck_assert_int_eq(system(command), 0);
}

void
scene_put(const char *path, int flags, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0666);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

void
scene_check(const struct scene *s)
{
	ck_assert_int_eq(s->nseen, s->nwritten);
	for (int i = 0; i < s->nseen; i++)
		ck_assert_double_eq(s->seen[i], s->written[i]);
	ck_assert_int_eq(s->nbad, 0);
}

void
scene_append(struct scene *s)
{
	char line[64];

	if (s->half[0] != '\0') {
		scene_put(s->path, O_APPEND, s->half);
		s->half[0] = '\0';
	}
	snprintf(line, sizeof line, "%d,%d\n", 1700000000 + s->next, s->next);
	scene_put(s->path, O_APPEND, line);
	s->written[s->nwritten++] = s->next++;
	s->unread++;
}

/* Half a line now, the other half with the next write or before the file goes. */
void
scene_append_half(struct scene *s)
{
	char line[64];

	if (s->half[0] != '\0')
		return;
	snprintf(line, sizeof line, "%d,", 1700000000 + s->next);
	scene_put(s->path, O_APPEND, line);
	snprintf(s->half, sizeof s->half, "%d\n", s->next);
	s->written[s->nwritten++] = s->next++;
	s->unread++;
}

void
scene_end_half(struct scene *s)
{
	if (s->half[0] == '\0')
		return;
	scene_put(s->path, O_APPEND, s->half);
	s->half[0] = '\0';
}

void
scene_header(struct scene *s, int flags)
{
	scene_put(s->path, flags, "time,v\n");
}

void
scene_rotate_keeping(struct scene *s, int files)
{
	char old[120], older[120];

	scene_end_half(s);
	snprintf(old, sizeof old, "%s.1", s->path);
	for (int k = files - 1; k > 0; k--) {
		snprintf(older, sizeof older, "%s.%d", s->path, k + 1);
		snprintf(old, sizeof old, "%s.%d", s->path, k);
		rename(old, older);
	}
	rename(s->path, old);
	scene_header(s, 0);
}

void
scene_rotate(struct scene *s)
{
	scene_rotate_keeping(s, 41);
}
