/* sketch.h - what is explained, as a picture: the window with the row that comes in and the one
 * that leaves, its values in order, or the states of a rule.
 *
 * It is taken from the operators between two rows and kept: a picture that is held shows what was.
 */
#ifndef WEIR_SKETCH_H
#define WEIR_SKETCH_H

#include "data/query/alert.h"
#include "widgets/explain/explain_target.h"

enum { SKETCH_ROWS = 4096, SKETCH_PLACES = 2 };

struct sketch_values { /* of rows, or of ranks, one after the other */
	double *v;
	int n, cap;
	uint64_t first; /* the row, or rank, of v[0] */
};

struct sketch {
	bool rule; /* the states of one */
	struct alert alert;
	enum severity severity;
	bool waits; /* its condition must last */

	struct sketch_values rows; /* the last ones; n 0: none are drawn */
	uint64_t lo, hi;           /* those that count */
	uint64_t shown;            /* how many should stand in the picture */
	bool came;                 /* the last of them is in it */
	uint64_t left;             /* those that it pushed out: from here to lo */
	double threshold;          /* NaN: none */
	double least, greatest;    /* that its axis spans; NaN: there is nothing to draw */

	struct sketch_values sorted;  /* n 0: none are drawn */
	uint64_t ranks;               /* of them in all */
	double places[SKETCH_PLACES]; /* ranks that are asked for */
	int nplaces;
};

/* Of what is explained; its axis spans its values. */
void sketch_take(struct sketch *, const struct view *, struct explain_target);
/* Lines that it needs, and can use, w cells wide; 0: there is nothing to draw. */
int sketch_least(const struct sketch *, int w);
int sketch_most(const struct sketch *, int w);
void sketch_draw(const struct sketch *, const struct canvas *);
void sketch_done(struct sketch *);

#endif
