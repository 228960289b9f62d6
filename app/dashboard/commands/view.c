/* view.c - which view is shown, and there and back. */
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "data/base/params/suggest.h"
#include "widgets/explain/explain_target.h"
#include "widgets/keys/key_list.h"

void
view_go(struct dashboard *d, int view)
{
	bool alert = d->alert_chosen || view_classes[d->shown]->arrows == ARROWS_MARKS;

	if (view != d->shown)
		d->back = d->shown;
	d->shown = view;
	d->view.scroll = d->view.side = 0;
	if (view_classes[view]->arrows != ARROWS_SUBJECTS)
		return;
	if (!alert || !explain_target_alert(&d->view))
		explain_target_follow(&d->view);
}

static void
go_in_turn(struct dashboard *d, int by)
{
	int n = view_count(), at = d->shown;

	do
		at = (at + by + n) % n;
	while (at != d->shown && !view_is_in_turn(view_classes[at]));
	view_go(d, at);
}

static int
view_named(const char *name, struct error *err)
{
	struct suggestion near = { 0 };

	for (int i = 0; i < view_count(); i++) {
		if (strcmp(view_classes[i]->name, name) == 0)
			return i;
		suggest(&near, name, view_classes[i]->name);
	}
	if (near.word != NULL)
		return error_set(err, "no view '%.40s' (did you mean '%s'?)", name, near.word);
	return error_set(err, "no view '%.40s' (Tab behind :view offers them)", name);
}

/* A view that is shown already, and stands beside those in turn, goes back. */
static enum outcome
show(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	int view;

	(void)now;
	if (strcmp(argument, "next") == 0 || strcmp(argument, "previous") == 0) {
		go_in_turn(d, *argument == 'n' ? 1 : -1);
		return OUTCOME_DRAW;
	}
	view = view_named(argument, err);
	if (view < 0)
		return OUTCOME_NOTHING;
	view_go(d, view == d->shown && !view_is_in_turn(view_classes[view]) ? d->back : view);
	return OUTCOME_DRAW;
}

static void
complete_view(const struct dashboard *d, const struct completion *c)
{
	(void)d;
	for (int i = 0; i < view_count(); i++)
		completion_offer(c, view_classes[i]->name, "");
	completion_offer(c, "next", "");
	completion_offer(c, "previous", "");
}

const struct command command_view = {
	.name = "view",
	.form = ":view NAME",
	.help = "a view; next, previous",
	.run = show,
	.complete = complete_view,
};

/* The key that is looked at becomes the one that all is about. */
static enum outcome
choose_key(struct dashboard *d, int64_t now)
{
	size_t n = 0;
	const char *key = view_key(&d->view, key_list_source(&d->view), &n);

	if (key == NULL)
		return OUTCOME_NOTHING;
	key_choose(d, true);
	view_go(d, 0);
	dashboard_say(d, now, "key %.60s alone: Esc shows all", key);
	return OUTCOME_DRAW;
}

static enum outcome
show_health(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	return show(d, view_health.name, now, err);
}

const struct command command_health = {
	.name = "health",
	.form = ":health",
	.help = "how weir itself is",
	.run = show_health,
};

static enum outcome
zoom(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	if (keys_are_listed(d))
		return choose_key(d, now);
	view_go(d, view_classes[d->shown] == &view_series ? 0 : view_named(view_series.name, err));
	return OUTCOME_DRAW;
}

const struct command command_zoom = {
	.name = "zoom",
	.form = ":zoom",
	.help = "a series at large; a key",
	.run = zoom,
};

static enum outcome
back(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	(void)now;
	(void)err;
	if (d->shown == 0 && d->filter.text[0] != '\0') {
		d->filter.text[0] = '\0';
		return OUTCOME_DRAW;
	}
	if ((d->shown == 0 || !d->view.note_away) && notes_put_away(d))
		return OUTCOME_DRAW;
	if (d->shown == 0 && d->view.one_key) {
		key_choose(d, false);
		return OUTCOME_DRAW;
	}
	if (keys_are_listed(d))
		d->key_filter.text[0] = '\0';
	view_go(d, d->back == d->shown ? 0 : d->back);
	d->back = 0;
	return OUTCOME_DRAW;
}

const struct command command_back = {
	.name = "back",
	.form = ":back",
	.help = "back",
	.run = back,
};
