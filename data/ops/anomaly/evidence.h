/* evidence.h - what each view of a series had to say against its rows, since the first one. */
#ifndef WEIR_ANOMALY_EVIDENCE_H
#define WEIR_ANOMALY_EVIDENCE_H

#include "data/base/bytes.h"
#include "data/graph/op.h"

enum evidence_view {
	EVIDENCE_VALUE, /* the value: how far from all seen before */
	EVIDENCE_WEEK,  /* the difference from what is usual at this hour of the week */
	EVIDENCE_LASTS, /* the least of the last few values */
	EVIDENCE_STILL, /* rows without a move */
	EVIDENCE_SPAN,  /* how far the last rows span */
	EVIDENCE_MOVE,  /* how far they move */
	EVIDENCE_VIEWS
};
enum { EVIDENCE_POINTS = 256 };

/* In shares of the level at which a row scores 0.5, as far as a view alone could tell. */
struct evidence_point {
	float most[EVIDENCE_VIEWS]; /* the greatest of its rows */
	float score;
};

struct evidence_history {
	uint64_t rows;   /* so far, of those that had a value */
	uint64_t stride; /* rows of a point: a power of two that doubles when the points are full */
	int n;           /* points */
	struct evidence_point points[EVIDENCE_POINTS];
};

void evidence_init(struct evidence_history *);
void evidence_row(struct evidence_history *, const struct evidence_point *);
void evidence_save(const struct evidence_history *, struct buffer *);
int evidence_load(struct evidence_history *, struct reader *);

/* Of an operator anomaly(); NULL: its method has no views, or it is one of many keys. */
const struct evidence_history *anomaly_evidence(const struct op *);
const char *evidence_name(enum evidence_view); /* "value", as explain calls it */

#endif
