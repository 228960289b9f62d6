/* cell.h - a cell as it stood there to a value of its column. */
#ifndef WEIR_CELL_H
#define WEIR_CELL_H

#include "data/base/numbers/number.h"
#include "data/rows/block.h"
#include "data/rows/lessons.h"
#include "data/rows/record_sink.h"
#include "data/rows/row_map.h"

struct cell_reader { /* how the cells of each column are read */
	const struct row_map *map;
	struct time_reader *times; /* of each column */
	unsigned char *known;      /* of each: its news that were told */
	bool *plain;               /* ... whether it has numbers, written as 1234.5 */
	struct lessons lessons;
	bool bytes_told; /* that a byte is no UTF-8 */
};

void cell_reader_init(struct cell_reader *, const struct row_map *); /* the map outlives it */
void cell_reader_done(struct cell_reader *);

/* Writes the value, or that it is missing, to the row under way. What is no value of the column is
 * missing and leaves a fault. */
void cell_set(struct cell_reader *, struct block *, int row, int column, const struct field *);
/* The same of n cells of a row. columns: where each belongs; NULL: in the first n. */
void cell_set_row(
    struct cell_reader *, struct block *, int row, const int *columns, const struct field *, int n);
/* Tells what the reader of a column has met for the first time, if anything. */
void cell_news(struct cell_reader *, struct block *, int row, int column);
void cell_set_missing(struct block *, int row, int column);

/* Reads a cell of a column of times: CELL_NUMBER with *time set, CELL_MISSING or CELL_BAD. */
enum cell_kind cell_time(struct time_reader *, const struct field *, int64_t *time);

#endif
