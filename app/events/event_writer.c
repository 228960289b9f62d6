/* event_writer.c - the table of ways to write events, and which rows --every lets pass. */
#include "app/events/event_writer.h"

#include <string.h>
#include <strings.h>

#include "app/events/event_writer_list.h"

#define WRITER(name) extern const struct event_writer_class event_writer_##name;
EVENT_WRITER_LIST(WRITER)
#undef WRITER
#define WRITER(name) &event_writer_##name,
const struct event_writer_class *const event_writers[] = { EVENT_WRITER_LIST(WRITER) NULL };
#undef WRITER

static bool
ends_with(const char *path, const char *ending)
{
	size_t n = strlen(path), m = strlen(ending);

	return n > m && strcasecmp(path + n - m, ending) == 0;
}

const struct event_writer_class *
event_writer_find(const char *name, const char *path)
{
	for (const struct event_writer_class *const *c = event_writers; *c != NULL; c++)
		if (name != NULL
			? strcmp((*c)->name, name) == 0
			: path != NULL && (*c)->ending != NULL && ends_with(path, (*c)->ending))
			return *c;
	return name != NULL ? NULL : event_writers[0];
}

static int64_t
period_of(int64_t time, int64_t every)
{
	return time / every - (time % every < 0);
}

bool
event_is_due(const struct event *event, struct span every)
{
	int64_t time = event->block->time[event->at];

	if (every.unit == SPAN_ROWS)
		return event->row % (uint64_t)every.n == 0;
	if (every.unit != SPAN_TIME)
		return true;
	if (event->before == TIME_NONE)
		return time % every.n == 0;
	return period_of(time, every.n) > period_of(event->before, every.n);
}
