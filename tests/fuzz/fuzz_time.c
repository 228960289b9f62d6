/* fuzz_time.c - times and durations: what is read can be written and reads back the same. */
#include "data/base/times.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(int ok)
{
	if (!ok)
		abort();
}

static void
check_time(int64_t ns)
{
	char text[TIME_CHARS];
	int n = time_format(ns, text);
	int64_t back;

	require(n >= 20 && n <= 30);
	require(time_parse(text, (size_t)n, false, &back) && back == ns);
}

static void
check_duration(int64_t ns)
{
	char text[TIME_CHARS];
	int n = duration_format(ns, text);
	int64_t back;

	require(n > 0 && n < TIME_CHARS);
	if (ns >= 0)
		require(duration_parse(text, (size_t)n, &back) == (size_t)n && back == ns);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size > 0 ? size : 1); /* no NUL, so that overruns are seen */
	int64_t ns = TIME_NONE, epoch = TIME_NONE;
	size_t taken;

	if (size > 0)
		memcpy(text, data, size);
	if (time_parse(text, size, false, &ns)) {
		check_time(ns);
		/* an ISO time is the same time where epochs are allowed */
		require(time_parse(text, size, true, &epoch) && epoch == ns);
	} else if (time_parse(text, size, true, &epoch) && epoch != TIME_NONE) {
		check_time(epoch);
	}
	taken = duration_parse(text, size, &ns);
	require(taken <= size);
	if (taken > 0) {
		require(ns >= 0);
		check_duration(ns);
	}
	if (size >= sizeof ns) {
		memcpy(&ns, data, sizeof ns);
		if (ns != TIME_NONE)
			check_time(ns);
		check_duration(ns);
	}
	free(text);
	return 0;
}
