/* dialect.c - how the rows of the sources are written, as it was found. */
#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "data/base/text.h"
#include "data/dialect/find.h"

void
dialects_find(struct dashboard *d)
{
	struct text *all = &d->dialects;

	text_clear(all);
	for (int i = 0; i < engine_sources(d->engine); i++) {
		struct text one = { 0 };

		if (engine_schema(d->engine, i) == NULL)
			continue;
		dialect_brief(engine_dialect(d->engine, i), &one);
		if (one.len > 0 && engine_sources(d->engine) > 1)
			text_addf(all, "%s%s: ", all->len > 0 ? ", " : "",
			    engine_schema(d->engine, i)->source);
		text_add(all, text_get(&one));
		text_done(&one);
	}
}

static enum outcome
say_dialect(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct text all = { 0 };

	(void)argument;
	(void)err;
	for (int i = 0; i < engine_sources(d->engine); i++) {
		struct text one = { 0 };

		if (engine_schema(d->engine, i) == NULL)
			continue;
		dialect_words(engine_dialect(d->engine, i), &one);
		text_addf(&all, "%s%s: %s", all.len > 0 ? "; " : "",
		    engine_schema(d->engine, i)->source, text_get(&one));
		text_done(&one);
	}
	dashboard_say(d, now, "%s", text_get(&all));
	text_done(&all);
	return OUTCOME_DRAW;
}

const struct command command_dialect = {
	.name = "dialect",
	.form = ":dialect",
	.help = "how rows are written",
	.run = say_dialect,
};
