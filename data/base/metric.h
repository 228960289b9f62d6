/* metric.h - a number that the program tells of itself, for people and for other programs. */
#ifndef WEIR_METRIC_H
#define WEIR_METRIC_H

#include <stdbool.h>

enum metric_unit { METRIC_COUNT, METRIC_BYTES, METRIC_SECONDS, METRIC_FLAG };

struct metric {
	const char *group, *name; /* as people read it: "memory", "to go back" */
	/* As other programs do: "weir_memory_bytes", its label 'part="back"' (NULL: none). Those of
	 * one id follow one another. id NULL: it is told to people alone. */
	const char *id, *label, *help;
	bool counter; /* it only grows */
	enum metric_unit unit;
	double value; /* NaN: not known */
};

#endif
