/* column_form.h - how the cells of a column are written, and what reads them. */
#ifndef WEIR_COLUMN_FORM_H
#define WEIR_COLUMN_FORM_H

#include "data/base/time_form.h"
#include "data/rows/number_form.h"

struct column_form {
	struct number_form number; /* of a column of numbers */
	struct time_form time;     /* of a column of times */
};

#endif
