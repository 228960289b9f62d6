/* row_range.c - --start and --stop: rows or times. */
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

static int
limit_parse(struct limit *limit, enum error_subject subject, const char *text, struct error *err)
{
	char *end;

	*limit = (struct limit){ 0, TIME_NONE };
	if (text == NULL)
		return 0;
	if (*text >= '0' && *text <= '9') {
		limit->row = strtoull(text, &end, 10);
		if (*end == '\0' && limit->row > 0 && limit->row < UINT64_MAX)
			return 0;
		limit->row = 0;
	}
	if (time_parse(text, strlen(text), false, &limit->time))
		return 0;
	error_set(err,
	    "'%s' is neither a row nor a time (give a row number from 1, or a time "
	    "such as 2026-01-31T12:00:00)",
	    text);
	return error_subject(err, subject, -1, NULL);
}

/* A row and a time cannot be compared; that there is nothing between them is told at the end. */
static bool
is_empty(const struct limit *start, const struct limit *stop)
{
	if (start->row > 0 && stop->row > 0)
		return start->row > stop->row;
	return start->time != TIME_NONE && stop->time != TIME_NONE && start->time > stop->time;
}

int
row_range_parse(struct engine *e, struct error *err)
{
	const char *start = e->options.start, *stop = e->options.stop;

	e->limited = start != NULL || stop != NULL;
	if (limit_parse(&e->start, ERROR_START, start, err) != 0 ||
	    limit_parse(&e->stop, ERROR_STOP, stop, err) != 0)
		return -1;
	if (is_empty(&e->start, &e->stop))
		return error_set(
		    err, "--start %s is after --stop %s (no row lies between)", start, stop);
	return 0;
}
