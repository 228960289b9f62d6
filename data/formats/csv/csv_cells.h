/* csv_cells.h - the cells of one record with quotes, kept until it is known that they are right,
 * and what is done where they are not. */
#ifndef WEIR_CSV_CELLS_H
#define WEIR_CSV_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/text.h"
#include "data/rows/dialect.h"

struct csv_cells { /* zeroed: none */
	struct text bytes;
	size_t *ends; /* of each cell, in the bytes */
	int n, cap;
};

void csv_cells_clear(struct csv_cells *); /* keeps the memory */
void csv_cells_add(struct csv_cells *, const char *s, size_t n);
const char *csv_cells_get(const struct csv_cells *, int i, size_t *n);
void csv_cells_done(struct csv_cells *);

/* The cells of a line whose quotes are not as they should be, told by the table's width: the first
 * of some readings that gives as many cells. Returns what was wrong, as faults tell it; NULL: no
 * reading fits, and the cells are those of the line where only delimiters count. */
const char *csv_repair(struct csv_cells *, const char *s, size_t n, const struct dialect *);

/* Is the line, without any repair, a record of the table's width? */
bool csv_fits(struct csv_cells *, const char *s, size_t n, const struct dialect *);

#endif
