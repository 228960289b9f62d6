/* held_messages.h - messages of a source that wait until they have told what the columns are. */
#ifndef WEIR_HELD_MESSAGES_H
#define WEIR_HELD_MESSAGES_H

#include <stdbool.h>

#include "data/base/text.h"
#include "data/rows/position.h"
#include "data/rows/record_sink.h"

struct piece { /* bytes of one lane, as a source gives them */
	uint32_t lane;
	const struct field *tags;
	const char *bytes;
	size_t n;
	bool over;                     /* of messages: it ends with them */
	struct position before, place; /* where reading goes on before it, and behind it */
};

struct held_message {
	uint32_t lane;
	struct text bytes, tags; /* the tags one behind the other */
	size_t *ends;            /* where each of them ends */
	bool over;
	struct position before, place;
};

struct held_messages { /* zeroed: none */
	struct held_message *at;
	int n, given;
	size_t bytes, lines; /* of those that are whole; a message has a line at least */
	struct field *tags;  /* as last given */
	int ntags;
};

/* Behind the last one, which it may be a part of. */
void held_messages_add(struct held_messages *, const struct piece *, int ntags);
void held_messages_drop_last(struct held_messages *);
/* Those that are whole, each ended by a line end, as far as they have room: at least the first. */
void held_messages_text(const struct held_messages *, size_t room, struct text *);
/* The next one, valid until the one after it; false: all were given, and are forgotten. */
bool held_messages_give(struct held_messages *, struct piece *);
void held_messages_done(struct held_messages *);

#endif
