/* keys_looked.c - with --by: whose rows are looked at, and whether that is one key or one of
 * all. */
#include <string.h>

#include "app/dashboard/dashboard_parts.h"
#include "data/engine/keys_view.h"
#include "widgets/keys/key_list.h"

bool
keys_are_there(const struct dashboard *d)
{
	return key_list_source(&d->view) >= 0;
}

bool
keys_are_listed(const struct dashboard *d)
{
	const struct view_class *shown = view_shown(d);

	if (!keys_are_there(d) || (shown->keyed != NULL && d->view.one_key))
		return false;
	for (int i = 0; shown->panes[i].class != NULL; i++)
		if (shown->panes[i].class == &widget_keys)
			return true;
	return false;
}

/* What charts have of another key is not mixed with this one's. */
int
key_look(struct dashboard *d, const char *key, size_t n)
{
	int found = 0;

	for (int s = 0; s < engine_sources(d->engine); s++) {
		size_t len;
		const char *was = view_key(&d->view, s, &len);

		if (engine_schema(d->engine, s) == NULL || engine_by(d->engine, s) < 0 ||
		    !engine_look_at(d->engine, s, key, n))
			continue;
		found++;
		if (was == NULL || len != n || memcmp(was, key, n) != 0)
			history_begin_anew(d->history, s);
		if (d->freezing) /* the picture stands at its last row */
			d->frozen[s] = history_end(d->history, s);
	}
	return found;
}

/* While all are looked at one that is forgotten makes room for another. */
void
keys_follow(struct dashboard *d)
{
	for (int s = 0; s < engine_sources(d->engine) && !d->view.one_key; s++) {
		const char *name;
		size_t n;

		if (engine_schema(d->engine, s) == NULL || engine_by(d->engine, s) < 0 ||
		    engine_keys(d->engine, s) == 0 || engine_key(d->engine, s) != NULL)
			continue;
		name =
		    key_state_name(engine_key_at(d->engine, s, engine_keys(d->engine, s) - 1), &n);
		engine_look_at(d->engine, s, name, n);
		history_begin_anew(d->history, s);
	}
}

void
key_choose(struct dashboard *d, bool one)
{
	d->view.one_key = one;
	d->drawn = -1; /* what a click would hit stands there no more */
}

void
key_move(struct dashboard *d, int by)
{
	size_t n;
	const char *name = key_list_move(d->view.keys, &d->view, by, &n);

	if (name != NULL)
		key_look(d, name, n);
}
