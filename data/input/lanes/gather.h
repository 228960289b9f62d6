/* gather.h - the records of one lane on their way to the decoder of all.
 *
 * A lane has a format of its own, and may have its columns in another order than the lane that the
 * columns were found in. Its record is gathered until it is whole, so that half of it never meets
 * half of another's, and then given at once, each cell to the column that its header names. */
#ifndef WEIR_GATHER_H
#define WEIR_GATHER_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/text.h"
#include "data/rows/record_log.h"
#include "data/rows/record_sink.h"
#include "data/rows/row_map.h"

struct gather_cell {
	size_t key, nkey; /* in the texts; nkey is 0 for cells by position */
	size_t at, n;
};

struct gather {                  /* zeroed, then gather_init */
	struct record_sink sink; /* what the lane's format calls */
	struct record_sink *target;
	const struct row_map *map;
	bool target_named; /* the target takes cells by key */
	bool named;        /* the lane's format gives them so */
	uint32_t lane;

	/* of the document */
	bool headed;  /* its first record came */
	int *columns; /* of its cells by position, where they are not the map's; -1: none */
	int ncolumns; /* 0: they are */
	char **names; /* of a lane by position, for a target by key */
	int nnames;
	uint64_t records; /* that the document gave so far */

	/* of messages: where the one under way begins */
	bool messages;
	struct position place;
	uint32_t pass; /* so many records of it went before a state was saved */

	/* the record under way */
	struct text texts;
	struct gather_cell *cells;
	int ncells, room;
	struct record_log faults;
	struct field *fields, *keys; /* as the target gets them */
	int nfields;
	const struct text *tags; /* of the lane: map->tags of them */
};

/* All that is given outlives it. tags: of the lane, as they are when a record ends. */
void gather_init(struct gather *, const struct row_map *, struct record_sink *target,
    bool target_named, uint32_t lane, const struct text *tags);
/* The format of the lane's document: cells by key or by position. */
void gather_begin(struct gather *, bool named);
/* What a state must have to go on inside a document. -1: damaged. */
void gather_save(const struct gather *, struct buffer *);
int gather_load(struct gather *, struct reader *);
void gather_done(struct gather *);

#endif
