/* column_form.h - how the cells of a column are written, and what reads them. */
#ifndef WEIR_COLUMN_FORM_H
#define WEIR_COLUMN_FORM_H

#include "data/base/times/time_form.h"
#include "data/rows/number_form.h"

struct column_form {
	struct number_form number; /* of a column of numbers */
	struct time_form time;     /* of a column of times */
	enum order_reason reason;  /* why the order of its dates is what it is */
	bool in_1970;              /* so are its times in the sample: something is amiss */
	bool doubt;                /* 1,234 was read as thousands, and may be decimals */
	char unit[UNIT_MAX + 1];   /* of its cells, or as a line of units has it; empty: none */
};

#endif
