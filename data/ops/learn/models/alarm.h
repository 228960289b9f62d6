/* alarm.h - losses that are suddenly far beyond what they were. */
#ifndef WEIR_LEARN_ALARM_H
#define WEIR_LEARN_ALARM_H

#include <stdbool.h>

#include "data/ops/learn/features/fields.h"

struct alarm { /* zeroed: nothing is known */
	double rows;
	double now, usual; /* means of the last 30 rows or so, of the last 500 */
	double var;        /* of a loss */
};

void alarm_fields(struct alarm *, struct fields *);
/* The next loss. True: of late they are far beyond the usual; what is usual is learned anew. */
bool alarm_row(struct alarm *, double loss);

#endif
