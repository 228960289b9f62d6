/* decoder.h - records to typed rows in blocks: the place where cells become numbers and times. */
#ifndef WEIR_DECODER_H
#define WEIR_DECODER_H

#include <stdbool.h>
#include <stdint.h>

#include "data/rows/blocks.h"
#include "data/rows/record_sink.h"
#include "data/rows/row_map.h"

struct decoder;
struct late_keys;

/* The layout outlives it. named: cells come by key. stamp: of rows before the first that has a
 * time. */
struct decoder *decoder_new(const struct row_map *, bool named, int64_t stamp);
void decoder_free(struct decoder *);

struct record_sink *decoder_sink(struct decoder *);
/* Rows of a stream that has no end go on behind a header with other columns: a rule that waits for
 * them must not fall silent. Those of a recording are of another table. */
void decoder_go_on(struct decoder *);
/* Stamps what comes from now on, where nothing else does. */
void decoder_arrival(struct decoder *, int64_t now);

/* Which columns are read by somebody, of the blocks that are begun from now on; NULL: all. What
 * does not fit its column is told of the others too. Copied. */
void decoder_use(struct decoder *, const bool *used);
/* In the blocks that are begun from now on cells are kept as they stand there, too. */
void decoder_keep_written(struct decoder *);

/* The oldest block; NULL. partial: also one that is not yet full; it is then closed. */
struct block *decoder_block(struct decoder *, bool partial);
void decoder_drop(struct decoder *);
bool decoder_ready(const struct decoder *);    /* is there a full block? */
bool decoder_holds(const struct decoder *);    /* is there a block with rows or faults? */
uint64_t decoder_rows(const struct decoder *); /* begun so far */
/* The newest row that is held, if any is, ended a message: reading goes on from there behind it. */
void decoder_set_after(struct decoder *, const struct position *);
void decoder_finish(struct decoder *); /* no more records come */
/* Nothing more has come yet: what was told of records that are no rows, and waits for the next
 * row, is given out in a block without one. */
void decoder_rest(struct decoder *);
/* The places behind those rows of the oldest block that are not beyond the row. */
void decoder_places(
    const struct decoder *, uint64_t row, void (*take)(void *, const struct position *), void *);

/* What comes from now on is what stands behind a place where so many rows went, the last of them
 * with this stamp. What is held is forgotten. */
void decoder_resume(struct decoder *, const struct position *, uint64_t row, int64_t stamp);
/* The place before the oldest row that is held, and the number of the row before it. */
struct position decoder_position(const struct decoder *, uint64_t *row);
/* The stamp of a row that is held, else of the last one that was dropped. */
int64_t decoder_stamp(const struct decoder *, uint64_t row);
struct late_keys *decoder_late_keys(struct decoder *);
/* What was learned of times up to a row, and into a fresh decoder; forgotten, for a recording that
 * starts over. */
void decoder_save_lessons(const struct decoder *, uint64_t row, struct buffer *);
int decoder_load_lessons(struct decoder *, struct reader *);
void decoder_unlearn(struct decoder *);

#endif
