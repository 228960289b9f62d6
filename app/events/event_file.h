/* event_file.h - where events go: a file, a pipe or a terminal, written in large pieces. */
#ifndef WEIR_EVENT_FILE_H
#define WEIR_EVENT_FILE_H

#include <stdbool.h>

#include "app/files/output_file.h"
#include "data/base/error.h"
#include "data/base/text.h"

struct event_file {
	int fd;
	bool owned;   /* it is closed at the end */
	bool regular; /* a file: it takes any piece at once */
	bool begun;   /* what stood in it before is gone */
	bool memory;  /* nothing is written: its owner takes the text */
	int recent;   /* memory: of the rows of one run only the last so many are wanted; 0: all */
	const char *name; /* as errors call it */
	struct text text; /* what was written to it and has not gone out */
	bool failed;
	struct error err;
};

enum { SINK_FULL = 1 << 16 }; /* more than that is flushed */

/* path NULL: standard output. */
/* What stood in the file before stays until event_file_begin(). */
int event_file_open(
    struct event_file *, const char *path, const struct output_guard *, struct error *);
/* The run begins, so the file does: nothing of it was wrong usage. */
void event_file_begin(struct event_file *);
/* Instead: what was written before goes on behind so many bytes of it; those behind them go. -1
 * with err: the file has fewer, or is none. */
int event_file_resume(struct event_file *, int64_t bytes, struct error *);
/* Bytes written to the file, all of which had to be flushed; -1: it is none. */
int64_t event_file_bytes(const struct event_file *);
/* Writes all that is held; returns early, holding the rest, when a signal came. patience: ms to
 * wait for a reader that does not read; -1: for ever. Sets failed. */
void event_file_flush(struct event_file *, int patience);
void event_file_close(struct event_file *);

#endif
