/* fuzz_time.c - times and durations: what is read can be written and reads back the same; a sample
 * of cells has a form, and what a reader has read before does not change what it says of a cell. */
#include "data/base/times/time_form.h"
#include "data/base/times/times.h"

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

enum { CELLS = 16 };

/* The lines of the text. */
static int
split(const char *text, size_t size, struct time_cell *cells)
{
	int n = 0;

	for (size_t from = 0; from < size && n < CELLS; n++) {
		const char *end = memchr(text + from, '\n', size - from);
		size_t to = end != NULL ? (size_t)(end - text) : size;

		cells[n] = (struct time_cell){ text + from, to - from };
		from = to + 1;
	}
	return n;
}

static void
check_sample(const char *text, size_t size, bool epochs, struct zone *zone)
{
	struct time_told told = { .zone = zone, .epochs = epochs };
	struct time_cell cells[CELLS] = { 0 };
	int n = split(text, size, cells), read = 0;
	struct time_guess guess = time_form_guess(cells, n, &told);
	struct time_reader used = time_reader_of(&guess.form);

	for (int i = 0; i < n; i++) {
		int64_t ns = TIME_NONE, anew = TIME_NONE;
		struct time_reader fresh = time_reader_of(&used.form);
		enum time_result result = time_read(&used, cells[i].s, cells[i].n, &ns);

		require(result == time_read(&fresh, cells[i].s, cells[i].n, &anew) && ns == anew);
		require((result == TIME_BAD) == (ns == TIME_NONE));
		require(fresh.form.order == used.form.order);
		read += result != TIME_BAD;
	}
	require(read <= n && guess.times <= n && (read == 0 || guess.times > 0));
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
	check_sample(text, size, size % 2 == 0, NULL);
	if (size > 0 && data[0] % 4 == 0) {
		struct zone *zone = zone_open("CET-1CEST,M3.5.0,M10.5.0/3", NULL);

		check_sample(text, size, false, zone);
		zone_close(zone);
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
