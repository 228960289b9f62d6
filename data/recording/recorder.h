/* recorder.h - a listener that puts what the engine tells into a store, with checkpoints of the
 * engine itself. */
#ifndef WEIR_RECORDER_H
#define WEIR_RECORDER_H

#include "data/base/params/params.h"
#include "data/engine/engine.h"
#include "data/store/writer.h"

struct recorder;

struct recorder_options {
	const char *version, *command, *config; /* as they are to be read there; copied */
	struct span every; /* a checkpoint each so many rows or that time; SPAN_NONE: 10,000 rows,
			    * or a second */
	bool resumed;      /* the last run goes on */
};

/* Before the engine runs. The writer outlives it. */
struct recorder *recorder_new(struct engine *, struct writer *, const struct recorder_options *);
void recorder_free(struct recorder *); /* NULL is fine */

/* Is a commit due? Else *wake is the clock (monotonic) at which one will be, INT64_MAX when nothing
 * waits for it. */
bool recorder_due(const struct recorder *, int64_t now, int64_t *wake);
/* Makes the checkpoint of the next commit, in slices of about so many ns; false: call it again, and
 * let no row go before. */
bool recorder_prepare(struct recorder *, int64_t budget);
/* Between two rows: hands over what has come, with the state of the engine. out: bytes of events
 * written by now, which a run that goes on from here leaves; -1: to no file. */
enum recorder_end {
	RECORDER_GOES_ON, /* more rows are to come */
	RECORDER_STOPPED, /* none is, but another run may go on from here */
	RECORDER_ENDED    /* the sources have, nothing is to go on */
};
void recorder_commit(struct recorder *, int64_t out, enum recorder_end);
/* What the writer has on the disk by now is told to the sources that wait for it. */
void recorder_written(struct recorder *);

/* Rows that are not recorded, because the disk failed for too long; so far. */
uint64_t recorder_lost(const struct recorder *);
int64_t recorder_took(const struct recorder *); /* ns of the last checkpoint, all slices */

#endif
