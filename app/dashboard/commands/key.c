/* key.c - whose rows are looked at, with --by, and the order in which keys are listed. */
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "widgets/keys/key_list.h"

static bool
has_keys(const struct dashboard *d, int source)
{
	return engine_schema(d->engine, source) != NULL && engine_by(d->engine, source) >= 0;
}

static enum outcome
look_at_all(struct dashboard *d, int64_t now)
{
	key_choose(d, false);
	dashboard_say(d, now, "all keys: Enter chooses one");
	return OUTCOME_DRAW;
}

static enum outcome
set_key(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	if (!keys_are_there(d)) {
		error_set(err, "there are no keys (weir --by COLUMN begins with some)");
		return OUTCOME_NOTHING;
	}
	if (*argument == '\0')
		return look_at_all(d, now);
	if (key_look(d, argument, strlen(argument)) == 0) {
		error_set(err, "no row of '%.60s' is known (Tab completes the keys)", argument);
		return OUTCOME_NOTHING;
	}
	key_choose(d, true);
	dashboard_say(d, now, "key %.60s alone: Esc in the overview shows all", argument);
	return OUTCOME_DRAW;
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
	.form = ":key [NAME]",
	.help = "one key alone, or all",
	.run = set_key,
	.complete = complete_key,
};

/* --- the order of their list ------------------------------------------------------------------ */

/* Where a KPI of a column is what they are sorted by, that column has the focus. */
static void
sort_by(struct dashboard *d, const struct key_column *column)
{
	key_list_sort(d->view.keys, column);
	if (column->series >= 0)
		d->view.selected = column->series;
}

/* Those of the series with the focus come first, so that the list begins with what is shown. */
static void
sort_on(struct dashboard *d, int by)
{
	struct key_column all[KEY_COLUMNS];
	int n = key_list_columns(&d->view, all);
	int at = key_list_sorted(d->view.keys, all, n);

	sort_by(d, &all[((at + by) % n + n) % n]);
}

static enum outcome
sort_keys(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct key_column all[KEY_COLUMNS];
	int n;

	(void)now;
	if (!keys_are_there(d)) {
		error_set(err, "there are no keys (weir --by COLUMN begins with some)");
		return OUTCOME_NOTHING;
	}
	n = key_list_columns(&d->view, all);
	if (strcmp(argument, "next") == 0 || strcmp(argument, "previous") == 0) {
		sort_on(d, *argument == 'n' ? 1 : -1);
		return OUTCOME_DRAW;
	}
	if (strcmp(argument, "reverse") == 0) {
		key_list_reverse(d->view.keys);
		return OUTCOME_DRAW;
	}
	for (int i = 0; i < n; i++)
		if (strcmp(argument, all[i].name) == 0) {
			sort_by(d, &all[i]);
			return OUTCOME_DRAW;
		}
	error_set(
	    err, "keys are not sorted by '%.60s' (Tab behind :sort offers by what)", argument);
	return OUTCOME_NOTHING;
}

static void
complete_sort(const struct dashboard *d, const struct completion *c)
{
	struct key_column all[KEY_COLUMNS];
	int n = key_list_columns(&d->view, all);

	for (int i = 0; i < n; i++)
		completion_offer(c, all[i].name, "");
	completion_offer(c, "next", "");
	completion_offer(c, "previous", "");
	completion_offer(c, "reverse", "");
}

const struct command command_sort = {
	.name = "sort",
	.form = ":sort KPI",
	.help = "sort keys; next, previous, reverse",
	.run = sort_keys,
	.complete = complete_sort,
};
