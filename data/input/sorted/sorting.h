/* sorting.h - finds where the rows of a recording stand and in which order they come, in steps. */
#ifndef WEIR_SORTING_H
#define WEIR_SORTING_H

#include "data/formats/format.h"
#include "data/rows/row_map.h"
#include "data/sources/source.h"

struct sorting;

/* Of the rows of a source behind a place, which are read as `format` is opened. The source, the map
 * and the format outlive it. most: bytes of the recording beyond which it is left as it is. NULL
 * with err: it cannot be read anew. */
struct sorting *sorting_new(struct source *, const struct format *, const struct row_map *,
    const struct position *body, int64_t stamp, uint64_t most, struct error *);
void sorting_free(struct sorting *);

enum sorting_state {
	SORTING_MORE,     /* go on */
	SORTING_DONE,     /* sorting_source() */
	SORTING_IN_ORDER, /* its rows already are: nothing is to be done */
	SORTING_BOUND,    /* its rows cannot be read one by one: they are parts of one whole */
	SORTING_LARGE,    /* more than most, or a row of many megabytes */
	SORTING_FAIL      /* err */
};
/* Goes on for about so many ns. */
enum sorting_state sorting_step(struct sorting *, int64_t budget, struct error *);

/* Once it is done: takes the source over. What is left of the sorting is to be freed. */
struct source *sorting_source(struct sorting *);

#endif
