/* times.h - instants and durations, in nanoseconds. */
#ifndef WEIR_TIMES_H
#define WEIR_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/times/time_units.h"

/* Reads a date, perhaps with a clock and a zone (UTC assumed), in any form that has but one
 * meaning: 2026-01-31T10:15:00Z, 31.12.2025 10:15, Jan 31 2026; and, when epoch is true, whole or
 * fractional seconds, or whole ms, us or ns since 1970 (told apart by size). A leap second (:60) is
 * the second after. Returns false if s is no time. The times of a column: see time_form.h. */
bool time_parse(const char *s, size_t n, bool epoch, int64_t *ns);

/* ISO 8601 in UTC with as many decimals as needed (0, 3, 6 or 9) and "Z"; returns the length. */
enum { TIME_CHARS = 36 };
int time_format(int64_t ns, char *out);

/* Reads 500ms 5s 10m 2h 1d 1w and sums (1h30m; also us, ns, and decimals: 1.5s) from the start of s
 * and returns how many bytes it took; 0 if there is none (a number without a unit is none) or if it
 * is over 292 years. */
size_t duration_parse(const char *s, size_t n, int64_t *ns);

/* The canonical text: 90000000000 -> "1m30s"; returns the length, at most TIME_CHARS. */
int duration_format(int64_t ns, char *out);

/* The same cut to its two largest units: "3h12m"; returns the length. */
int duration_brief(int64_t ns, char *out);

/* Of ns > 0 as people say it, with an end: "2.3s", "24s", "3h12m". */
void duration_words(int64_t ns, char out[TIME_CHARS + 1]);

static inline double
time_seconds(int64_t ns)
{
	return (double)(ns / TIME_SECOND) + (double)(ns % TIME_SECOND) * 1e-9;
}

#endif
