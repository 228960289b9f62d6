/* event_writer.h - ways to write what the engine tells: one const struct a way, in its own file,
 * and a line in event_writer_list.h. */
#ifndef WEIR_EVENT_WRITER_H
#define WEIR_EVENT_WRITER_H

#include "app/events/event_file.h"
#include "data/engine/engine_view.h"
#include "data/trial/trials.h"

struct event_writer_class {
	const char *name;   /* as --out-format says it */
	const char *ending; /* of the names of its files, ".csv"; NULL: it has none of its own */
	unsigned writes;    /* types of events that it can write (enum event_type, or-ed) */
	/* Listens to the engine and writes events of the types in emit to the file, which outlives
	 * it; of rows those at multiples of every alone (SPAN_NONE: all). trials: what is to be
	 * told of them at the end; NULL. Before the engine runs. */
	void *(*open)(struct engine *, struct event_file *, unsigned emit, struct span every,
	    const struct trials *);
	void (*close)(void *);
};

extern const struct event_writer_class *const event_writers[]; /* ends with NULL */

/* The one that is called so; name NULL: the one whose ending the path has (path NULL: standard
 * output), else the first. NULL: none is called so. */
const struct event_writer_class *event_writer_find(const char *name, const char *path);

/* --every: is it a row at a multiple of N rows, or the first of its key at or after each multiple
 * of DUR since 1970? */
bool event_is_due(const struct event *, struct span every);

#endif
