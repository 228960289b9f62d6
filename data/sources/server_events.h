/* server_events.h - what server-sent events say, a line each, as the bytes of their stream come. */
#ifndef WEIR_SERVER_EVENTS_H
#define WEIR_SERVER_EVENTS_H

#include <stdbool.h>

#include "data/base/text.h"

struct server_events {     /* zeroed: none yet */
	struct text line;  /* of the stream, as far as it came */
	struct text data;  /* of the event under way */
	char *id;          /* ... as it told it; NULL: it did not */
	char *last_id;     /* of the last event that came to its end; NULL */
	bool begun;        /* the first line is over */
	bool after_return; /* the byte before was a carriage return: a line feed belongs to it */
	bool too_long;     /* the event under way is, and nothing more is taken */
};

void server_events_take(struct server_events *, const char *, size_t n, struct text *out);
/* Another stream, which goes on behind the last event. */
void server_events_restart(struct server_events *);
void server_events_done(struct server_events *);

#endif
