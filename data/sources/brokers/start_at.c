/* start_at.c - where to start reading a broker. See start_at.h. */
#include "data/sources/brokers/start_at.h"

#include <string.h>

#include "data/base/times/times.h"

int
start_at_read(struct start_at *start, const struct value *value, struct error *err)
{
	const char *text = value->text != NULL ? value->text : "end";
	int64_t ns;

	*start = (struct start_at){ START_END, 0 };
	if (strcmp(text, "end") == 0)
		return 0;
	start->kind = START_BEGIN;
	if (strcmp(text, "begin") == 0)
		return 0;
	if (!time_parse(text, strlen(text), true, &ns))
		return error_set(err,
		    "from=%.60s is no place to start (begin, end, or a time such as "
		    "2026-01-31T10:00:00Z)",
		    text);
	start->kind = START_TIME;
	start->ms = ns / 1000000;
	return 0;
}
