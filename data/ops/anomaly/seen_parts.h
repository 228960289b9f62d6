/* seen_parts.h - what the files of "seen before?" share; nobody else includes it.
 *
 * seen.c          the method
 * seen_explain.c  why the last row scored as it did, in words */
#ifndef WEIR_SEEN_PARTS_H
#define WEIR_SEEN_PARTS_H

#include "data/ops/anomaly/places.h"
#include "data/ops/anomaly/recent.h"
#include "data/ops/anomaly/scorer.h"

enum { SEEN_WARM = 100 /* rows before a score is given */, SEEN_HOURS = 168, SEEN_LOW = 5 };

struct still { /* how long a series stands still */
	double x;
	double rows, repeats, longest; /* before this run */
	double run;
	int told, any; /* no bool: saved as their bytes */
};

struct surprise {
	double row, most;
};

struct seen {
	bool compact, timed;
	int ring;
	double rows;
	struct places value, week, low;
	struct recent *recent; /* NULL: one of many keys */
	double last[SEEN_LOW]; /* values; the next goes to slot */
	int slot;
	double mean[SEEN_HOURS];  /* the profile of the week */
	uint8_t hits[SEEN_HOURS]; /* as many as change its rate */
	struct still still;
	/* Ring of those of late that no later one exceeds, so falling; the first is the greatest.
	 */
	struct surprise *past;
	int first, n;
	/* at the last row: of each view as it stands, and weighted; what is to be beaten */
	double evidence[EVIDENCE_VIEWS], bar;
	double x, residual;
	struct evidence_history *history; /* likewise */
};

/* Of each view, what its evidence counts. */
extern const double seen_weight[EVIDENCE_VIEWS];
/* Weighted evidence at which a row scores 0.5, and by how much it must beat those before. */
extern const double seen_level, seen_beats;

void seen_explain(const void *, struct text *);

#endif
