/* clock.h - the time between two stamps, and the clock that stamps rows as they arrive.
 *
 * Two stamps, in ns since 1970, may be further apart than an int64_t of ns reaches (292 years). */
#ifndef WEIR_BASE_CLOCK_H
#define WEIR_BASE_CLOCK_H

#include <stdint.h>

/* ns from one stamp to another, negative when it lies before; as far as an int64_t reaches. */
static inline int64_t
elapsed(int64_t from, int64_t to)
{
	int64_t ns;

	if (__builtin_sub_overflow(to, from, &ns))
		return to > from ? INT64_MAX : INT64_MIN;
	return ns;
}

/* The same as a double, however far apart they are: an unsigned difference always fits. */
static inline double
elapsed_ns(int64_t from, int64_t to)
{
	return to >= from ? (double)((uint64_t)to - (uint64_t)from)
			  : -(double)((uint64_t)from - (uint64_t)to);
}

double elapsed_seconds(int64_t from, int64_t to); /* to the ns where a double can tell it */

/* The wall clock may be set while we run: stamps of arrival are the time at the start, and what has
 * passed since, time asleep included. They never go back. */
struct arrival_clock {
	int64_t wall, boot; /* at the start */
};

void arrival_clock_start(struct arrival_clock *);
int64_t arrival_clock_now(const struct arrival_clock *); /* ns since 1970 */

#endif
