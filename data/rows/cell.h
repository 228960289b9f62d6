/* cell.h - a cell as it stood there to a value of its column. */
#ifndef WEIR_CELL_H
#define WEIR_CELL_H

#include "data/base/number.h"
#include "data/rows/block.h"
#include "data/rows/record_sink.h"
#include "data/rows/row_map.h"

/* Writes the value, or that it is missing, to the row under way. What is no value of the column is
 * missing and leaves a fault. */
void cell_set(struct block *, int row, int column, const struct row_map *, const struct field *);
void cell_set_missing(struct block *, int row, int column);

/* Reads a cell of a column of times: CELL_NUMBER with *time set, CELL_MISSING or CELL_BAD. epoch:
 * numbers are times. */
enum cell_kind cell_time(const struct field *, bool epoch, int64_t *time);

struct census {                    /* of a column's cells, to tell its type; zeroed: none yet */
	int cells, numbers, times; /* that are not missing, and of these */
};
void census_count(struct census *, const struct field *, bool epoch);
enum column_type census_type(const struct census *);

#endif
