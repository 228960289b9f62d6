/* focus.c - what has the focus: a series, an alert, a line of a list. */
#include <stdlib.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "widgets/explain/explain_target.h"
#include "widgets/keys/key_list.h"

enum { PAGE = 10, SCROLL_MOST = 999 };

static int
bounded(int v, int lo, int hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/* The next series in that direction that the filter lets pass. */
void
focus_series(struct dashboard *d, int by)
{
	int step = by < 0 ? -1 : 1, at = d->view.selected;

	for (int i = at + step; by != 0 && i >= 0 && i < d->view.nseries; i += step)
		if (view_shows(&d->view, i)) {
			at = i;
			by -= step;
		}
	d->view.selected = at;
	d->alert_chosen = false;
}

static void
focus_mark(struct dashboard *d, int by)
{
	int step = by < 0 ? -1 : 1, at = d->view.selected_mark;

	for (int i = at + step; by != 0 && i >= 0 && i < history_marks(d->history); i += step) {
		const struct mark *m = history_mark(d->history, i);

		/* an episode is where it began */
		if ((m->type == EVENT_ALERT && m->state == ALERT_FIRING) ||
		    m->type == EVENT_DRIFT) {
			at = i;
			by -= step;
		}
	}
	d->view.selected_mark = at;
	d->alert_chosen = true;
}

static void
focus(struct dashboard *d, int by)
{
	int most = INT32_MAX;

	if (keys_are_listed(d)) {
		key_move(d, by);
		return;
	}
	switch (view_classes[d->shown]->arrows) {
	case ARROWS_KEYS:
		break;
	case ARROWS_SERIES:
		focus_series(d, by);
		break;
	case ARROWS_MARKS:
		focus_mark(d, by);
		break;
	case ARROWS_ROWS: /* up is back in time, and the list grows downwards */
		most = d->view.nseries > 0
			   ? history_raw(d->history, d->series[d->view.selected].source) - 1
			   : 0;
		d->view.scroll = bounded(d->view.scroll - by, 0, most > 0 ? most : 0);
		break;
	case ARROWS_SUBJECTS:
		most = explain_target_count(&d->view) - 1;
		d->view.subject = bounded(d->view.subject + by, 0, most > 0 ? most : 0);
		d->view.scroll = 0;
		break;
	case ARROWS_LINES:
		d->view.scroll = bounded(d->view.scroll + by, 0, SCROLL_MOST);
		break;
	}
}

static enum outcome
move(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	int by;

	(void)now;
	if (command_count(argument, &by, err) != 0)
		return OUTCOME_NOTHING;
	focus(d, by);
	return OUTCOME_DRAW;
}

const struct command command_move = {
	.name = "move",
	.form = ":move [N]",
	.help = "focus N series on; scroll lists",
	.run = move,
};

static enum outcome
page(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	int by;

	(void)now;
	if (command_count(argument, &by, err) != 0)
		return OUTCOME_NOTHING;
	by = bounded(by, -SCROLL_MOST, SCROLL_MOST) * PAGE;
	/* arrows choose what it is that scrolls */
	if (view_classes[d->shown]->arrows == ARROWS_SUBJECTS)
		d->view.scroll = bounded(d->view.scroll + by, 0, SCROLL_MOST);
	else
		focus(d, by);
	return OUTCOME_DRAW;
}

const struct command command_page = {
	.name = "page",
	.form = ":page [N]",
	.help = "N pages down",
	.run = page,
};

/* --- the mouse -------------------------------------------------------------------------------- */

static enum outcome
focus_hit(struct dashboard *d, struct hit hit, int64_t now)
{
	struct key_column all[KEY_COLUMNS];
	const struct mark *mark;
	const char *key;
	size_t n;

	switch (hit.kind) {
	case HIT_KEY:
		key = key_list_name(d->view.keys, hit.index, &n);
		key_look(d, key, n);
		break;
	case HIT_COLUMN:
		if (hit.index < key_list_columns(&d->view, all))
			key_list_sort(d->view.keys, &all[hit.index]);
		break;
	case HIT_NOTHING:
		return OUTCOME_NOTHING;
	case HIT_SERIES:
		d->view.selected = hit.index;
		d->alert_chosen = false;
		break;
	case HIT_SHARE:
		return replay_go_to_share(d, hit.index / (double)HIT_WHOLE, now);
	case HIT_SUBJECT:
		d->view.subject = hit.index;
		d->view.scroll = 0;
		break;
	case HIT_MARK:
		d->view.selected_mark = hit.index;
		d->alert_chosen = true;
		mark = history_mark(d->history, hit.index);
		dashboard_say(d, now, "%.80s: a acknowledges it",
		    mark->type == EVENT_ALERT ? engine_rule(d->engine, mark->rule)->name
					      : mark->what);
		break;
	}
	return OUTCOME_DRAW;
}

/* The panes stand where the last frame has drawn them. */
static enum outcome
click(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	const struct pane *panes = view_shown(d)->panes;
	int view = d->drawn == d->shown ? tabs_at(&d->tabs, d->click_x, d->click_y) : -1;

	(void)argument;
	(void)err;
	if (view >= 0) {
		view_go(d, view);
		return OUTCOME_DRAW;
	}
	for (int i = 0; d->drawn == d->shown && panes[i].class != NULL; i++) {
		const struct rect *r = &d->inners[i];
		int x = d->click_x - r->x, y = d->click_y - r->y;

		if (panes[i].class->at != NULL && x >= 0 && x < r->w && y >= 0 && y < r->h)
			return focus_hit(d,
			    panes[i].class->at(
				&d->placed[d->shown][i].widget, &d->view, r->w, r->h, x, y),
			    now);
	}
	return OUTCOME_NOTHING;
}

const struct command command_click = {
	.name = "click",
	.form = ":click",
	.help = "focus, or go to, what is under the mouse",
	.run = click,
};

/* --- alerts ----------------------------------------------------------------------------------- */

static enum outcome
acknowledge(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	(void)err;
	if (history_marks(d->history) == 0) {
		dashboard_say(d, now, "no alert to acknowledge");
		return OUTCOME_DRAW;
	}
	history_acknowledge(d->history, d->view.selected_mark);
	focus_mark(d, 1);
	return OUTCOME_DRAW;
}

const struct command command_acknowledge = {
	.name = "acknowledge",
	.form = ":acknowledge",
	.help = "acknowledge an alert",
	.run = acknowledge,
};
