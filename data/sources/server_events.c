/* server_events.c - a stream of server-sent events: what their data say. See server_events.h. */
#include "data/sources/server_events.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum { EVENT_MAX = 1 << 20, ID_MAX = 200 }; /* bytes of one */

static const char *
field_of(const char *line, const char *name)
{
	size_t n = strlen(name);

	if (strncmp(line, name, n) != 0 || (line[n] != ':' && line[n] != '\0'))
		return NULL;
	line += n + (line[n] == ':');
	return line + (*line == ' ');
}

/* An id counts when its event is whole: one that was cut off is asked for again. */
static void
end_event(struct server_events *e, struct text *out)
{
	text_addn(out, text_get(&e->data), e->data.len);
	text_clear(&e->data);
	if (e->id == NULL)
		return;
	free(e->last_id);
	e->last_id = e->id;
	e->id = NULL;
}

static void
take_line(struct server_events *e, struct text *out)
{
	const char *line = text_get(&e->line), *value;

	if (!e->begun && strncmp(line, "\xef\xbb\xbf", 3) == 0)
		line += 3;
	e->begun = true;
	if (line[0] == '\0') {
		end_event(e, out);
	} else if ((value = field_of(line, "data")) != NULL) {
		text_add(&e->data, value);
		text_addc(&e->data, '\n');
	} else if ((value = field_of(line, "id")) != NULL && strlen(value) < ID_MAX) {
		free(e->id);
		e->id = memory_text(value, strlen(value));
	}
	text_clear(&e->line);
}

/* Lines end with a line feed, a carriage return, or both. */
void
server_events_take(struct server_events *e, const char *s, size_t n, struct text *out)
{
	for (size_t i = 0; i < n && !e->too_long; i++) {
		bool ends = s[i] == '\r' || (s[i] == '\n' && !e->after_return);

		e->after_return = s[i] == '\r';
		if (ends)
			take_line(e, out);
		else if (s[i] != '\n' && s[i] != '\0')
			text_addc(&e->line, s[i]);
		e->too_long = e->line.len + e->data.len > EVENT_MAX;
	}
}

void
server_events_restart(struct server_events *e)
{
	text_clear(&e->line);
	text_clear(&e->data);
	free(e->id);
	e->id = NULL;
	e->begun = e->after_return = e->too_long = false;
}

void
server_events_done(struct server_events *e)
{
	text_done(&e->line);
	text_done(&e->data);
	free(e->id);
	free(e->last_id);
}
