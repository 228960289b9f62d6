/* server_events.c - a stream of server-sent events: what their data say. See server_events.h. */
#include "data/sources/server_events.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum { EVENT_MAX = 1 << 20 /* bytes of one */ };

static const char *
field_of(const char *line, const char *name)
{
	size_t n = strlen(name);

	if (strncmp(line, name, n) != 0 || (line[n] != ':' && line[n] != '\0'))
		return NULL;
	line += n + (line[n] == ':');
	return line + (*line == ' ');
}

static void
take_line(struct server_events *e, struct text *out)
{
	const char *line = text_get(&e->line), *value;

	if (e->line.len == 0 && e->data.len > 0) {
		text_addn(out, e->data.s, e->data.len);
		text_clear(&e->data);
	} else if ((value = field_of(line, "data")) != NULL) {
		text_add(&e->data, value);
		text_addc(&e->data, '\n');
	} else if ((value = field_of(line, "id")) != NULL && strlen(value) < 200) {
		free(e->last_id);
		e->last_id = memory_text(value, strlen(value));
	}
	text_clear(&e->line);
}

void
server_events_take(struct server_events *e, const char *s, size_t n, struct text *out)
{
	for (size_t i = 0; i < n && !e->too_long; i++) {
		if (s[i] == '\n')
			take_line(e, out);
		else if (s[i] != '\r' && s[i] != '\0')
			text_addc(&e->line, s[i]);
		e->too_long = e->line.len + e->data.len > EVENT_MAX;
	}
}

void
server_events_restart(struct server_events *e)
{
	text_clear(&e->line);
	text_clear(&e->data);
	e->too_long = false;
}

void
server_events_done(struct server_events *e)
{
	text_done(&e->line);
	text_done(&e->data);
	free(e->last_id);
}
