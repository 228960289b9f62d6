/* writer.h - batches written by a thread of its own, so that a slow disk delays no row and no
 * frame.
 *
 * Where the disk fails or is full, the batch that failed is tried again each second, those behind
 * it wait, and what is beyond the room for them is refused: whoever makes them tells the gap. */
#ifndef WEIR_WRITER_H
#define WEIR_WRITER_H

#include "data/store/store.h"

struct writer;

/* Takes the store. news: called on the other thread when something changed: a batch is written, it
 * failed, it works again. */
struct writer *writer_new(struct store *, void (*news)(void *), void *arg);

/* An empty one, to be filled and put. */
struct batch *writer_batch(struct writer *);
/* Takes the batch. false: refused, there is no room while the disk fails; it stays the caller's. */
bool writer_put(struct writer *, struct batch *);
/* It does not keep up: no more rows should go before some are written. Not while the disk fails. */
bool writer_full(struct writer *);

struct writer_status {
	bool failed;      /* the last try did */
	struct error err; /* ... why */
	uint64_t rows;    /* written */
	uint64_t batches;
	size_t waiting; /* batches */
	size_t memory;  /* bytes of these, and of what SQLite holds */
	int64_t bytes;  /* of the file */
	int64_t saved;  /* by the wall, of the last checkpoint; 0: none yet */
};
struct writer_status writer_status(struct writer *);

/* Waits at most so many ms until all is written; -1 with err: it is not. Then nothing more can be
 * put, and writer_free() is next. */
int writer_end(struct writer *, int patience, struct error *);
void writer_free(struct writer *); /* NULL is fine. A thread that hangs in the disk is left to it */

#endif
