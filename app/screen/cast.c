/* cast.c - a session recorded as asciicast v2: one line a frame, played by asciinema.
 *
 * Format: https://docs.asciinema.org/manual/asciicast/v2/ - a header object, then [time, "o", data]
 * for output and [time, "r", "80x24"] for a new size. */
#include "app/screen/cast.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/base/text.h"

struct cast {
	FILE *file;
	char *path;
	uint64_t start;
	struct text line;
};

static void
write_line(struct cast *c)
{
	text_addc(&c->line, '\n');
	fwrite(text_get(&c->line), 1, c->line.len, c->file);
	text_clear(&c->line);
}

struct cast *
cast_open(const char *path, const struct output_guard *guard, int w, int h, uint64_t now,
    struct error *err)
{
	const char *term = getenv("TERM");
	int fd = output_open(path, guard, err);
	FILE *file = fd >= 0 && output_empty(fd) == 0 ? fdopen(fd, "w") : NULL;
	struct cast *c;

	if (!file) {
		error_at(err, "--cast");
		return NULL;
	}
	c = memory_zero(1, sizeof *c);
	c->file = file;
	c->path = memory_text(path, strlen(path));
	c->start = now;
	text_addf(&c->line,
	    "{\"version\": 2, \"width\": %d, \"height\": %d, \"timestamp\": %lld, "
	    "\"env\": {\"TERM\": ",
	    w, h, (long long)time(NULL));
	text_json(&c->line, term ? term : "", term ? strlen(term) : 0);
	text_add(&c->line, "}}");
	write_line(c);
	return c;
}

static void
add_event(struct cast *c, const char *kind, const char *data, size_t n, uint64_t now)
{
	text_addf(&c->line, "[%.6f, \"%s\", ", (double)(now - c->start) * 1e-9, kind);
	text_json(&c->line, data, n);
	text_addc(&c->line, ']');
	write_line(c);
}

void
cast_output(struct cast *c, const char *bytes, size_t n, uint64_t now)
{
	add_event(c, "o", bytes, n, now);
}

void
cast_resize(struct cast *c, int w, int h, uint64_t now)
{
	char size[32];
	int n = snprintf(size, sizeof size, "%dx%d", w, h);

	add_event(c, "r", size, (size_t)n, now);
}

int
cast_close(struct cast *c, struct error *err)
{
	bool failed = ferror(c->file) != 0;
	int result = 0;

	if (fclose(c->file) != 0 || failed)
		result = error_set(err, "--cast: %s: not all of it could be written: %s", c->path,
		    strerror(errno));
	text_done(&c->line);
	free(c->path);
	free(c);
	return result;
}
