/* stamp.c - the time of a message as a tag. */
#include "data/sources/brokers/stamp.h"

#include <inttypes.h>
#include <stdio.h>

#define YEAR_1990 INT64_C(631152000000)
#define YEAR_2100 INT64_C(4102444800000)

size_t
stamp_print(int64_t ms, char out[STAMP_CHARS])
{
	if (ms < YEAR_1990 || ms >= YEAR_2100)
		return 0;
	return (size_t)snprintf(out, STAMP_CHARS, "%" PRId64, ms);
}
