/* source.c - sources added and ended while rows go. */
#include <stdlib.h>
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "data/base/text.h"

static enum outcome
add(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)now, (void)err;
	free(d->source);
	d->source = memory_text(argument, strlen(argument));
	return OUTCOME_SOURCE;
}

const struct command command_source = {
	.name = "source",
	.form = ":source URI",
	.help = "add it, as exec:vmstat 1",
	.run = add,
};

/* --- ended ------------------------------------------------------------------------------------ */

bool
source_is_there(const struct dashboard *d, const char *name)
{
	for (int i = 0; i < engine_joining(d->engine); i++)
		if (strcmp(engine_joining_name(d->engine, i), name) == 0)
			return true;
	return engine_source_named(d->engine, name) >= 0;
}

/* What goes with it is told by the engine; with one that had no row yet nothing does. */
enum outcome
source_drop(struct dashboard *d, const char *name, int64_t now, struct error *err)
{
	bool joins = engine_source_named(d->engine, name) < 0;

	if (engine_detach(d->engine, name, err) != 0)
		return OUTCOME_NOTHING;
	if (joins)
		dashboard_say(d, now, "%.60s is ended before its first row", name);
	return OUTCOME_DRAW;
}

/* The only one stays. */
void
source_complete(const struct dashboard *d, const struct completion *c)
{
	int n = 0;

	for (int i = 0; i < engine_sources(d->engine); i++)
		n += !engine_source_now(d->engine, i).gone;
	for (int i = 0; i < engine_sources(d->engine); i++)
		if (n > 1 && !engine_source_now(d->engine, i).gone)
			completion_offer(c, engine_source_name(d->engine, i), "");
	for (int i = 0; i < engine_joining(d->engine); i++)
		completion_offer(c, engine_joining_name(d->engine, i), "");
}
