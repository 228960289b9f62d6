/* session_store.h - the store of a session: what it recorded before, and what it records. */
#ifndef WEIR_SESSION_STORE_H
#define WEIR_SESSION_STORE_H

#include <stdbool.h>

#include "data/recording/recorder.h"
#include "data/store/writer.h"

struct session;

/* --store is opened; with --resume the session's engine, which was just made, goes on from its last
 * checkpoint that is whole. What listens to the engine is told of it, so nothing does yet. -1 with
 * session->err: wrong usage. */
int session_store_open(struct session *, bool screen);
/* The run that goes on had ended: there is nothing to do. */
bool session_store_over(const struct session *);
/* It goes on: *out are the bytes of events that it had written; -1: to no file. */
bool session_store_resumed(const struct session *, int64_t *out);

/* As loop hooks: no more rows, for the disk does not keep up; a slice of rows went. */
bool session_store_held(struct session *);
void session_store_slice(struct session *);
/* Commits what has come. RECORDER_ENDED: all its events are written. */
void session_store_commit(struct session *, enum recorder_end);
/* Waits at most so many ms for the disk; -1 with err: not all is recorded. */
int session_store_end(struct session *, int patience, struct error *);
void session_store_close(struct session *); /* its handles close with the loop's */

/* What is to be told of it; false: there is no store. */
bool session_store_status(const struct session *, struct writer_status *);
uint64_t session_store_lost(const struct session *); /* rows; 0 without a store */
double session_store_took(const struct session *);   /* s of the last checkpoint, on the loop */

#endif
