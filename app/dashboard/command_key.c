/* command_key.c - whose rows are looked at, with --by. */
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"

static bool
has_keys(const struct dashboard *d, int source)
{
	return engine_schema(d->engine, source) != NULL && engine_by(d->engine, source) >= 0;
}

/* What charts have kept is of another key: they begin anew. */
static int
look_at(struct dashboard *d, const char *key)
{
	size_t n = strlen(key);
	int found = 0;

	for (int s = 0; s < engine_sources(d->engine); s++)
		if (has_keys(d, s) && engine_look_at(d->engine, s, key, n)) {
			history_begin_anew(d->history, s);
			found++;
		}
	return found;
}

static enum outcome
set_key(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	bool any = false;

	for (int s = 0; s < engine_sources(d->engine); s++)
		any = any || has_keys(d, s);
	if (!any)
		error_set(err, "there are no keys (weir --by COLUMN begins with some)");
	else if (look_at(d, argument) == 0)
		error_set(err, "no row of '%.60s' is known (Tab completes the keys)", argument);
	else
		dashboard_say(d, now, "key %.60s: charts begin here", argument);
	return err->text[0] != '\0' ? OUTCOME_NOTHING : OUTCOME_DRAW;
}

/* Seen in an earlier source, it was offered there. */
static bool
was_offered(const struct dashboard *d, int source, const char *key, size_t n)
{
	for (int s = 0; s < source; s++)
		if (has_keys(d, s) && engine_key_find(d->engine, s, key, n) != NULL)
			return true;
	return false;
}

static void
complete_key(const struct dashboard *d, const struct completion *c)
{
	for (int s = 0; s < engine_sources(d->engine); s++) {
		const struct key_state *k = NULL;

		while (has_keys(d, s) && (k = engine_key_after(d->engine, s, k)) != NULL) {
			size_t n;
			const char *name = key_state_name(k, &n);

			if (name != NULL && !was_offered(d, s, name, n))
				completion_offer(c, name, "");
		}
	}
}

const struct command command_key = {
	.name = "key",
	.form = ":key NAME",
	.help = "look at another key",
	.run = set_key,
	.complete = complete_key,
};
