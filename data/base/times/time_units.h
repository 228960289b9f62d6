/* time_units.h - what instants and durations are counted in: nanoseconds, since 1970. */
#ifndef WEIR_TIME_UNITS_H
#define WEIR_TIME_UNITS_H

#include <stdint.h>

#define TIME_NONE INT64_MIN /* no time */
#define TIME_SECOND INT64_C(1000000000)

#endif
