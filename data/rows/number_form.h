/* number_form.h - how the numbers of a column are written: sign before decimals, sign between
 * thousands, unit. */
#ifndef WEIR_NUMBER_FORM_H
#define WEIR_NUMBER_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/numbers/number.h"
#include "data/rows/look.h"

enum { UNIT_MAX = 15 };

struct number_form {             /* zeroed: 1234.5 */
	char decimal;            /* ','; 0: a point */
	char group;              /* between thousands: , . ' or a blank; 0: nothing */
	bool books;              /* (12.50) and 12.50- are below 0 */
	bool before;             /* the unit stands before the number */
	char unit[UNIT_MAX + 1]; /* cells may have it or not; empty: none */
};

static inline bool
number_form_plain(const struct number_form *form)
{
	return form->decimal == 0 && form->group == 0 && !form->books && form->unit[0] == '\0';
}

struct number_form number_form_of(enum number_way);

/* Reads a cell that is written so, as number_cell does. */
enum cell_kind number_form_read(const struct number_form *, const char *s, size_t n, double *v);

#endif
