/* feed_parts.h - what the files of a feed share; nobody else includes it.
 *
 * feed.c       opens, closes and answers those who read
 * feed_read.c  the phases that bytes go through on their way to rows */
#ifndef WEIR_FEED_PARTS_H
#define WEIR_FEED_PARTS_H

#include "data/base/clock.h"
#include "data/rows/decoder.h"
#include "data/input/feed.h"
#include "data/formats/format.h"
#include "data/rows/inference.h"
#include "data/sources/source.h"
#include "data/sources/alarm.h"

enum { FEED_READ = 1 << 16 }; /* bytes of one read */

enum phase { PHASE_BYTES, PHASE_SAMPLE, PHASE_SETTLED, PHASE_ROWS };

struct feed {
	struct feed_options options; /* its texts are those below */
	char *columns, *types, *time;
	struct arrival_clock arrival;
	struct source *source;
	struct alarm *alarm; /* NULL without a loop */
	bool ringing;        /* the alarm is set or has rung */
	bool rung;
	void (*ready)(void *);
	void *ready_arg;

	enum phase phase;
	const struct format_class *class; /* told by the options; NULL */
	struct format format;
	struct inference *inference;
	struct row_map map;
	struct decoder *decoder;

	char *bytes; /* FEED_READ long; those from at to len are not yet parsed */
	size_t at, len;
	uint64_t read_from, read_to; /* where in the file those bytes stood */
	bool over;                   /* the source has ended */
	bool failed;                 /* ... by a failure: see why */
	bool dry;                    /* its last read had nothing more */
	enum feed_state verdict;     /* FEED_READY until it is another */
	struct error why;
};

void feed_make_sampled(struct feed *); /* PHASE_SETTLED: the rows looked at become rows */

#endif
