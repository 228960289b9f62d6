/* session_resume.h - a session's engine, which was just made, goes on where the last run in its
 * store stopped. */
#ifndef WEIR_SESSION_RESUME_H
#define WEIR_SESSION_RESUME_H

#include "data/store/store.h"

struct session;

struct resumed {
	bool goes_on;
	bool over;     /* ... but that run had ended: there is nothing to do */
	int64_t out;   /* bytes of events that it had written; -1: to no file */
	uint64_t rows; /* ... by then */
};

/* What cannot go on as it was is told. Without a checkpoint it begins at the start. -1 with
 * session->err: wrong usage, or no checkpoint is whole. */
int session_resume(struct session *, struct store *, bool screen, struct resumed *);

#endif
