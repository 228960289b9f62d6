/* commands.c - what keys do to a dashboard. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/dashboard/dashboard_parts.h"
#include "widgets/draw/scale.h"
#include "widgets/explain_target.h"

static const uint64_t windows[] = { 30, 60, 120, 300, 600, 1800, 3600, 7200, 16000 };
enum { WINDOWS = sizeof windows / sizeof *windows, PAGE = 10, SEEK_PART = 10 };

static bool
has_ended(const struct dashboard *d)
{
	return engine_state(d->engine) == ENGINE_END;
}

static enum outcome
say_ended(struct dashboard *d, int64_t now)
{
	dashboard_say(d, now, "all rows are read");
	return OUTCOME_DRAW;
}

static enum outcome
say_no_way_back(struct dashboard *d, int64_t now)
{
	dashboard_say(
	    d, now, "going back needs a recording, and none is kept: --start ROW begins there");
	return OUTCOME_DRAW;
}

/* --- the replay ------------------------------------------------------------------------------- */

enum outcome
command_pause(struct dashboard *d, int arg, int64_t now)
{
	struct pacer *pacer = engine_pacer(d->engine);

	(void)arg;
	if (has_ended(d))
		return say_ended(d, now);
	pacer_pause(pacer, !pacer->paused, now);
	return OUTCOME_DRAW;
}

enum outcome
command_step(struct dashboard *d, int arg, int64_t now)
{
	struct pacer *pacer = engine_pacer(d->engine);

	if (arg < 0)
		return say_no_way_back(d, now);
	if (has_ended(d))
		return say_ended(d, now);
	if (!pacer->paused)
		pacer_pause(pacer, true, now);
	pacer_step(pacer, arg);
	return OUTCOME_DRAW;
}

void
command_say_pace(struct dashboard *d, int64_t now)
{
	const struct pacer *pacer = engine_pacer(d->engine);

	if (pacer->pace == PACE_RATE)
		dashboard_say(d, now, "%g rows a second", pacer->rate);
	else if (pacer->pace == PACE_SPEED)
		dashboard_say(d, now, "%g times as fast as recorded", pacer->speed);
	else
		dashboard_say(d, now, "as fast as rows can go");
}

enum outcome
command_speed(struct dashboard *d, int arg, int64_t now)
{
	struct pacer *pacer = engine_pacer(d->engine);

	if (has_ended(d))
		return say_ended(d, now);
	pacer_notch(pacer, arg, now);
	command_say_pace(d, now);
	return OUTCOME_DRAW;
}

enum outcome
command_go_to(struct dashboard *d, uint64_t row, int64_t now)
{
	char count[COUNT_CHARS];

	if (has_ended(d) || engine_sources(d->engine) == 0)
		return say_ended(d, now);
	if (row <= engine_progress(d->engine, 0).row)
		return say_no_way_back(d, now);
	engine_seek(d->engine, row);
	count_print(row, count);
	dashboard_say(d, now, "forward to row %s", count);
	return OUTCOME_DRAW;
}

/* Forward only: the rows before are not kept. */
enum outcome
command_seek(struct dashboard *d, int arg, int64_t now)
{
	struct progress progress;
	uint64_t part = (d->view.window > 0 ? d->view.window : 100) / SEEK_PART;

	if (arg < 0)
		return say_no_way_back(d, now);
	if (has_ended(d) || engine_sources(d->engine) == 0)
		return say_ended(d, now);
	progress = engine_progress(d->engine, 0);
	if (progress.rows / 50 > part)
		part = progress.rows / 50;
	return command_go_to(d, progress.row + (part > 0 ? part : 1), now);
}

/* --- focus ------------------------------------------------------------------------------------ */

static int
bounded(int v, int lo, int hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/* The next series in that direction that the filter lets pass. */
void
command_move_series(struct dashboard *d, int by)
{
	int step = by < 0 ? -1 : 1, at = d->view.selected;

	for (int i = at + step; by != 0 && i >= 0 && i < d->view.nseries; i += step)
		if (view_shows(&d->view, i)) {
			at = i;
			by -= step;
		}
	d->view.selected = at;
}

static void
move_marks(struct dashboard *d, int by)
{
	int step = by < 0 ? -1 : 1, at = d->view.selected_mark;

	for (int i = at + step; by != 0 && i >= 0 && i < history_marks(d->history); i += step) {
		enum event_type type = history_mark(d->history, i)->type;

		if (type == EVENT_ALERT || type == EVENT_DRIFT) {
			at = i;
			by -= step;
		}
	}
	d->view.selected_mark = at;
}

enum outcome
command_move(struct dashboard *d, int arg, int64_t now)
{
	int most = INT32_MAX;

	(void)now;
	switch (view_classes[d->shown]->arrows) {
	case ARROWS_SERIES:
		command_move_series(d, arg);
		break;
	case ARROWS_MARKS:
		move_marks(d, arg);
		break;
	case ARROWS_ROWS: /* up is back in time, and the list grows downwards */
		most = d->view.nseries > 0
			   ? history_raw(d->history, d->series[d->view.selected].source) - 1
			   : 0;
		d->view.scroll = bounded(d->view.scroll - arg, 0, most > 0 ? most : 0);
		break;
	case ARROWS_SUBJECTS:
		most = explain_target_count(&d->view) - 1;
		d->view.subject = bounded(d->view.subject + arg, 0, most > 0 ? most : 0);
		d->view.scroll = 0;
		break;
	case ARROWS_LINES:
		d->view.scroll = bounded(d->view.scroll + arg, 0, 999);
		break;
	}
	return OUTCOME_DRAW;
}

enum outcome
command_page(struct dashboard *d, int arg, int64_t now)
{
	/* these choose what it is that scrolls */
	if (view_classes[d->shown]->arrows == ARROWS_SUBJECTS) {
		d->view.scroll = bounded(d->view.scroll + arg * PAGE, 0, 999);
		return OUTCOME_DRAW;
	}
	return command_move(d, arg * PAGE, now);
}

static enum outcome
focus(struct dashboard *d, struct hit hit, int64_t now)
{
	const struct mark *mark;

	switch (hit.kind) {
	case HIT_NOTHING:
		return OUTCOME_NOTHING;
	case HIT_SERIES:
		d->view.selected = hit.index;
		break;
	case HIT_SUBJECT:
		d->view.subject = hit.index;
		d->view.scroll = 0;
		break;
	case HIT_MARK:
		d->view.selected_mark = hit.index;
		mark = history_mark(d->history, hit.index);
		dashboard_say(d, now, "%.80s: a acknowledges it",
		    mark->type == EVENT_ALERT ? engine_rule(d->engine, mark->rule)->name
					      : mark->what);
		break;
	}
	return OUTCOME_DRAW;
}

/* The panes stand where the last frame has drawn them. */
enum outcome
command_click(struct dashboard *d, int arg, int64_t now)
{
	const struct pane *panes = view_shown(d)->panes;

	(void)arg;
	for (int i = 0; d->drawn == d->shown && panes[i].class != NULL; i++) {
		const struct rect *r = &d->inners[i];
		int x = d->click_x - r->x, y = d->click_y - r->y;

		if (panes[i].class->at != NULL && x >= 0 && x < r->w && y >= 0 && y < r->h)
			return focus(d,
			    panes[i].class->at(
				&d->placed[d->shown][i].widget, &d->view, r->w, r->h, x, y),
			    now);
	}
	return OUTCOME_NOTHING;
}

/* --- views ------------------------------------------------------------------------------------ */

static void
go(struct dashboard *d, int view)
{
	if (view != d->shown)
		d->back = d->shown;
	d->shown = view;
	d->view.scroll = 0;
	if (view_classes[view]->arrows == ARROWS_SUBJECTS)
		explain_target_follow(&d->view);
}

/* The view's key; pressed there, it goes back. */
enum outcome
command_show(struct dashboard *d, int arg, int64_t now)
{
	bool digit = view_classes[arg]->key >= '0' && view_classes[arg]->key <= '9';

	(void)now;
	if (arg == d->shown && !digit)
		go(d, d->back);
	else
		go(d, arg);
	return OUTCOME_DRAW;
}

enum outcome
command_next_view(struct dashboard *d, int arg, int64_t now)
{
	int n = view_count(), at = d->shown;

	(void)now;
	do
		at = (at + arg + n) % n;
	while (at != d->shown && !(view_classes[at]->key >= '0' && view_classes[at]->key <= '9'));
	go(d, at);
	return OUTCOME_DRAW;
}

enum outcome
command_zoom(struct dashboard *d, int arg, int64_t now)
{
	(void)arg;
	(void)now;
	if (view_classes[d->shown] == &view_series)
		go(d, 0);
	else
		for (int i = 0; i < view_count(); i++)
			if (view_classes[i] == &view_series)
				go(d, i);
	return OUTCOME_DRAW;
}

enum outcome
command_back(struct dashboard *d, int arg, int64_t now)
{
	(void)arg;
	(void)now;
	if (d->filter[0] != '\0' && d->shown == 0)
		d->filter[0] = '\0';
	go(d, d->back == d->shown ? 0 : d->back);
	d->back = 0;
	return OUTCOME_DRAW;
}

enum outcome
command_window(struct dashboard *d, int arg, int64_t now)
{
	int at = 0;
	char count[COUNT_CHARS];

	while (at < WINDOWS - 1 && windows[at] < d->view.window)
		at++;
	at = bounded(windows[at] > d->view.window && arg > 0 ? at : at + arg, 0, WINDOWS - 1);
	d->view.window = windows[at];
	count_print(windows[at], count);
	dashboard_say(d, now, "charts show %s rows", count);
	return OUTCOME_DRAW;
}

enum outcome
command_freeze(struct dashboard *d, int arg, int64_t now)
{
	(void)arg;
	if (d->freezing) {
		d->freezing = false;
		view_point(d);
		dashboard_say(d, now, "the picture follows the rows");
		return OUTCOME_DRAW;
	}
	if (d->kpis < 0) { /* the columns are not known: there is no picture */
		dashboard_say(d, now, "no row was read yet");
		return OUTCOME_DRAW;
	}
	for (int i = 0; i < engine_sources(d->engine); i++)
		d->frozen[i] = history_end(d->history, i);
	d->freezing = true;
	view_point(d);
	dashboard_say(d, now, "the picture stands, rows go on: p follows them again");
	return OUTCOME_DRAW;
}

enum outcome
command_acknowledge(struct dashboard *d, int arg, int64_t now)
{
	(void)arg;
	if (history_marks(d->history) == 0) {
		dashboard_say(d, now, "no alert to acknowledge");
		return OUTCOME_DRAW;
	}
	history_acknowledge(d->history, d->view.selected_mark);
	move_marks(d, 1);
	return OUTCOME_DRAW;
}

/* --- the program ------------------------------------------------------------------------------ */

enum outcome
command_repaint(struct dashboard *d, int arg, int64_t now)
{
	(void)d;
	(void)arg;
	(void)now;
	return OUTCOME_REPAINT;
}

enum outcome
command_reload(struct dashboard *d, int arg, int64_t now)
{
	(void)d;
	(void)arg;
	(void)now;
	return OUTCOME_RELOAD;
}

enum outcome
command_picture(struct dashboard *d, int arg, int64_t now)
{
	(void)d;
	(void)arg;
	(void)now;
	return OUTCOME_PICTURE;
}

enum outcome
command_suspend(struct dashboard *d, int arg, int64_t now)
{
	(void)d;
	(void)arg;
	(void)now;
	return OUTCOME_SUSPEND;
}

enum outcome
command_quit(struct dashboard *d, int arg, int64_t now)
{
	(void)d;
	(void)arg;
	(void)now;
	return OUTCOME_QUIT;
}
