/* wall.h - what a text says of a time before zones are looked at. Private to data/base. */
#ifndef WEIR_WALL_H
#define WEIR_WALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wall {
	int64_t seconds; /* since 1970, as the clock showed them */
	int64_t ns;
	bool zone; /* it has a zone of its own: */
	int east;  /* seconds */
};

/* A text by a format as of strptime, with %f and %N for fractions of the second, whatever the
 * locale of the process; months and weekdays by their English names. What the format does not say
 * is that of 1970-01-01T00:00:00. */
bool wall_strptime(const char *format, const char *s, size_t n, struct wall *);

#endif
