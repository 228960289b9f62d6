/* alert_span.c - how long something has fired, in few cells. */
#include "widgets/alerts/alert_span.h"

#include <stdio.h>

#include "data/base/times/times.h"

void
alert_span(int64_t ns, char *out, size_t size)
{
	char span[SPAN_CHARS];

	if (ns >= TIME_SECOND && ns < 10 * TIME_SECOND && ns % TIME_SECOND != 0) {
		snprintf(out, size, "%.1fs", time_seconds(ns));
		return;
	}
	if (ns >= 10 * TIME_SECOND)
		ns -= ns % TIME_SECOND;
	span[duration_brief(ns, span)] = '\0';
	snprintf(out, size, "%s", span);
}
