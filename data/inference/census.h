/* census.h - what the cells of a column's sample tell of its type and of how they are written. */
#ifndef WEIR_CENSUS_H
#define WEIR_CENSUS_H

#include <stdbool.h>
#include <stddef.h>

#include "data/rows/number_form.h"
#include "data/rows/record_sink.h"
#include "data/rows/schema.h"

enum { CENSUS_UNITS = 4, CENSUS_WAYS = 7 };

struct census_unit { /* numbers that have one unit; the first: that have none */
	char name[UNIT_MAX + 1];
	bool before;
	int cells;
	int books;             /* of them, (12.50) or 12.50- */
	int ways[CENSUS_WAYS]; /* how many of them fit each way, by its bit */
};

struct census {       /* of a column; zeroed: no cell yet */
	int cells;    /* that are not missing */
	int plain;    /* numbers as they stand, without a form */
	int times;    /* set by whoever knows */
	bool code;    /* one is a whole number that begins with 0 */
	bool large;   /* one is a whole number above 2^53 */
	bool falling; /* they are not whole numbers that rise by one from row to row */
	double last;
	struct census_unit units[CENSUS_UNITS];
};

void census_count(struct census *, const struct field *);

enum decimal_sign { DECIMAL_FOUND, DECIMAL_POINT, DECIMAL_COMMA };

struct census_told {               /* what is known besides the cells */
	enum decimal_sign decimal; /* told; DECIMAL_COMMA also: another column is written so */
	bool semicolons;           /* they part cells: so commas do not */
};

/* How many cells are numbers, written in the way that most of them are: that form. Where nothing
 * else speaks for commas it is the plain one unless more than half of them need the other. */
int census_most(const struct census *, const struct census_told *, struct number_form *);
/* Is it a column of numbers, and in which form? doubt: 1,234 was read as thousands, and could be
 * read as decimals. */
bool census_numbers(
    const struct census *, const struct census_told *, struct number_form *, bool *doubt);

#endif
