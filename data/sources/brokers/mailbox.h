/* mailbox.h - messages of a broker on their way from the thread that speaks with it to its source.
 *
 * The thread may wait for the broker as long as it likes: names looked up, connections, answers.
 * The loop only takes what is there. As much as ROOM bytes wait; beyond, the thread waits too, or
 * counts what it drops. */
#ifndef WEIR_MAILBOX_H
#define WEIR_MAILBOX_H

#include "data/sources/source.h"

struct mailbox;

struct mail { /* one message, of n bytes, with the tags of its class */
	uint32_t lane;
	struct position before, place; /* see struct source */
	const char *bytes;
	size_t n;
	const struct field *tags;
};

/* What the thread does, until mailbox_ending(). self is the mailbox's: `done` frees it when neither
 * thread nor source needs it any more. */
struct mailbox_hooks {
	void (*run)(void *self, struct mailbox *);
	void (*done)(void *self);
	void *self;
};

/* --- of the source, on its loop --------------------------------------------------------------- */

/* NULL with err: there is no thread to be had; self is freed. */
struct mailbox *mailbox_new(struct source *, const struct mailbox_hooks *, struct error *);
long mailbox_read(
    struct mailbox *, char *buf, size_t cap, struct error *);      /* as the class's read */
void mailbox_processed(struct mailbox *, const struct position *); /* for the thread to tell */
/* Waits for the thread for a moment: one that hangs in a broker is left to itself. */
void mailbox_close(struct mailbox *);

/* --- of the thread ---------------------------------------------------------------------------- */

bool mailbox_ending(struct mailbox *);
void mailbox_pause(struct mailbox *, int ms); /* shorter when it is ending */
/* Puts a message into the batch under way; a large batch is sent. An empty message is none, and one
 * that is too long is told as bad. */
void mailbox_put(struct mailbox *, const struct mail *);
/* Hands the batch over, and waits while there is no room for more. */
void mailbox_send(struct mailbox *);
/* What was handed over and not yet read is dropped: somebody else gets it. */
void mailbox_forget(struct mailbox *);
bool mailbox_full(struct mailbox *); /* mailbox_send would wait */
/* So many messages were lost; the first time what they were lost by is told as bad. */
void mailbox_drop(struct mailbox *, uint64_t n, const char *what);
/* A place that was processed since it was last asked, in turn; false: none. */
bool mailbox_next_processed(struct mailbox *, struct position *);

void mailbox_note(struct mailbox *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The broker is there, and read from so many partitions or topics. Tells that it is back. */
void mailbox_there(struct mailbox *, int lanes);
/* ... is not, or not any more: tells it, once, and pauses, longer each time it is called. */
void mailbox_lost(struct mailbox *, const char *why);
bool mailbox_is_lost(struct mailbox *);
/* There is no use in trying again: the source fails with that when all was read. */
void mailbox_fail(struct mailbox *, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
