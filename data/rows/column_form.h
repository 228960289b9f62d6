/* column_form.h - how the cells of a column are written, and what reads them. */
#ifndef WEIR_COLUMN_FORM_H
#define WEIR_COLUMN_FORM_H

#include "data/base/times/time_form.h"
#include "data/rows/number_form.h"

struct odd_cell {           /* of a column of texts that is nearly one of numbers */
	uint64_t row;       /* of the first cell that is none, from 1; 0: the column is no such */
	int numbers, cells; /* of the sample */
	char text[40];
};

struct column_form {
	struct number_form number; /* of a column of numbers */
	struct time_form time;     /* of a column of times */
	enum order_reason reason;  /* why the order of its dates is what it is */
	bool in_1970;              /* so are its times in the sample: something is amiss */
	bool doubt;                /* 1,234 was read as thousands, and may be decimals */
	struct odd_cell odd;       /* for which it is no column of numbers */
	char unit[UNIT_MAX + 1];   /* of its cells, or as a line of units has it; empty: none */
};

#endif
