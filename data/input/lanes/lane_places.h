/* lane_places.h - how far each lane of a source of messages has gone, and how far each had at
 * marks.
 *
 * A broker is told of a message when its rows went and, with a store, are on the disk. What is on
 * its way there is a mark: the places as they were, under a number. */
#ifndef WEIR_LANE_PLACES_H
#define WEIR_LANE_PLACES_H

#include "data/base/bytes.h"
#include "data/rows/position.h"

struct lane_places { /* zeroed: none; one a lane, in the order of their numbers */
	struct position *at;
	int n;
};

void lane_places_set(struct lane_places *, const struct position *);
void lane_places_save(const struct lane_places *, struct buffer *);
int lane_places_load(struct lane_places *, struct reader *); /* -1: damaged */
void lane_places_done(struct lane_places *);

struct place_mark {
	uint64_t number;
	struct lane_places places;
};

struct place_marks { /* zeroed: none; their numbers never fall */
	struct place_mark *at;
	int n;
};

/* Takes the places. */
void place_marks_add(struct place_marks *, uint64_t number, struct lane_places *);
/* The newest of those up to that number, which are forgotten; none: no places. The caller's. */
struct lane_places place_marks_take(struct place_marks *, uint64_t number);
void place_marks_done(struct place_marks *);

#endif
