/* peers.h - the other ends of a source's sockets and serial lines: read in turns, a lane each. */
#ifndef WEIR_PEERS_H
#define WEIR_PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/error.h"

struct source;
struct peers;

struct peers_hooks { /* each may be NULL; self: of the source's class */
	/* The listening socket has somebody, or several. */
	void (*knock)(void *self);
	/* A connection that was under way is there (error 0), or failed: the peer is forgotten. */
	void (*opened)(void *self, int error);
	/* The peer is gone, its lane is over. error 0: it closed; else why it was lost. */
	void (*gone)(void *self, int error);
	void *self;
};

/* -1 from the system is told in err, and NULL returned. */
struct peers *peers_new(struct source *, const struct peers_hooks *, struct error *);
void peers_free(struct peers *); /* closes all of them */

/* Takes the descriptor, which must not block. opening: it is being connected. name: its tag,
 * copied. -1: it cannot be watched; it is closed. */
int peers_add(struct peers *, int fd, uint32_t lane, const char *name, bool opening);
int peers_listen(struct peers *, int fd); /* watched, not taken */
int peers_count(const struct peers *);
/* Closes those that are still being connected. */
void peers_give_up(struct peers *);
/* Ends the one that was silent for longest, if that is so many ns at least, with a note. false:
 * none was, or the end of another is still to be told: ask again after a read. */
bool peers_make_room(struct peers *, int64_t silent);

/* As source_class.read: whole lines, as far as they are not too long. */
long peers_read(struct peers *, char *buf, size_t cap);
/* As source_class.reply. */
int peers_reply(struct peers *, uint32_t lane, const char *, size_t n, struct error *);

#endif
