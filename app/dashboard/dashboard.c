/* dashboard.c - the views on an engine: made, told what happens, and steered by keys. */
#include "app/dashboard/dashboard.h"

#include <stdlib.h>
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "data/base/times/times.h"
#include "widgets/keys/key_list.h"

enum { DEFAULT_WINDOW = 60 };

/* A rule began to fire: what of it concerns the screen. */
static void
on_alert(struct dashboard *d, const struct event *event)
{
	const struct alert_rule *rule = engine_rule(d->engine, event->rule);

	if (event->state != ALERT_FIRING)
		return;
	if (rule->pause)
		d->stopper = event->rule;
}

/* What is told of a source as a whole is said with the next frame. */
static void
on_note(struct dashboard *d, const struct event *event)
{
	if (event->row > 0 || d->told.len > MESSAGE_CHARS / 2)
		return;
	text_addf(&d->told, "%s%s", d->told.len > 0 ? "; " : "", event->what);
}

/* All rows went, and --truth tells of others. */
static void
check_truth(struct dashboard *d)
{
	struct error err;

	if (d->view.trials != NULL && trials_check(d->view.trials, &err) != 0)
		text_addf(&d->told, "%s%s", d->told.len > 0 ? "; " : "", err.text);
	else if (d->view.tried)
		text_add(
		    &d->told, "all rows went: 0 shows them again, q ends and prints the table");
}

/* The columns are known, or what is asked for has other numbers. */
static void
on_event(void *self, const struct event *event)
{
	struct dashboard *d = self;

	if (event->type == EVENT_ALERT) {
		on_alert(d, event);
		return;
	}
	if ((event->type & (EVENT_NOTE | EVENT_DOUBT)) != 0) {
		on_note(d, event);
		return;
	}
	if (event->type == EVENT_REPLACED && event->source >= 0)
		on_note(d, event);
	if (event->type == EVENT_SUMMARY) {
		check_truth(d);
		return;
	}
	d->stopper = -1;
	d->view.subject = d->view.selected_mark = 0;
	series_find(d);
}

struct dashboard *
dashboard_new(struct engine *engine, struct history *history, enum motion motion)
{
	struct dashboard *d = memory_zero(1, sizeof *d);
	struct listener listener = { .wants = EVENT_START | EVENT_ALERT | EVENT_NOTE | EVENT_DOUBT |
					      EVENT_REPLACED | EVENT_RESUMED | EVENT_SUMMARY,
		.event = on_event,
		.self = d };

	d->engine = engine;
	d->history = history;
	d->kpis = d->drawn = -1;
	d->message_until = d->bell_at = INT64_MIN;
	d->stopper = -1;
	d->series = memory_zero(SERIES_MAX, sizeof *d->series);
	d->view = (struct view){ .engine = engine,
		.history = history,
		.pacer = engine_pacer(engine),
		.window = DEFAULT_WINDOW,
		.keys = key_list_new(),
		.motion = motion,
		.step = 1 };
	keymap_init(&d->keymap, NULL);
	view_point(d);
	d->placed = memory_zero((size_t)view_count(), sizeof *d->placed);
	for (int v = 0; v < view_count(); v++)
		view_open(d, v);
	engine_listen(engine, &listener);
	return d;
}

void
dashboard_use(struct dashboard *d, const struct config *config)
{
	for (int v = 0; v < view_count(); v++)
		view_close(d, v);
	custom_done(&d->custom);
	d->config = config;
	custom_init(&d->custom, config);
	keymap_done(&d->keymap);
	keymap_init(&d->keymap, config);
	view_point(d);
	for (int v = 0; v < view_count(); v++)
		view_open(d, v);
	notes_init(d);
	d->drawn = -1;
	if (d->kpis >= 0)
		series_find(d);
}

void
dashboard_move(struct dashboard *d, enum motion motion, int step)
{
	d->view.motion = motion;
	d->view.step = step;
}

void
dashboard_trials(struct dashboard *d, const struct trials *trials, bool alone)
{
	d->view.trials = trials;
	d->view.tried = alone;
	if (alone)
		d->view.window = HISTORY_ROWS;
}

void
dashboard_free(struct dashboard *d)
{
	if (d == NULL)
		return;
	for (int v = 0; v < view_count(); v++)
		view_close(d, v);
	custom_done(&d->custom);
	key_list_free(d->view.keys);
	prompt_done(&d->prompt);
	free(d->holds);
	free(d->notes);
	for (int i = 0; i < d->view.nseries; i++)
		free(d->series[i].name);
	free(d->placed);
	free(d->series);
	free(d->own);
	text_done(&d->dialects);
	free(d->frozen);
	free(d->save_path);
	free(d->source);
	text_done(&d->told);
	keymap_done(&d->keymap);
	free(d);
}

/* --- keys ------------------------------------------------------------------------------------- */

const struct theme *
dashboard_theme(const struct dashboard *d)
{
	return d->theme;
}

const char *
dashboard_save_path(const struct dashboard *d)
{
	return d->save_path;
}

bool
dashboard_shows_health(const struct dashboard *d)
{
	const struct pane *panes = view_shown(d)->panes;

	for (int i = 0; panes[i].class != NULL; i++)
		if (panes[i].class == &widget_health)
			return true;
	return false;
}

void
dashboard_health(struct dashboard *d, const struct metric *metrics, int n)
{
	d->view.metrics = metrics;
	d->view.nmetrics = n;
}

void
dashboard_ring(struct dashboard *d)
{
	d->bell = true;
}

const char *
dashboard_source(const struct dashboard *d)
{
	return d->source;
}

bool
dashboard_bell(struct dashboard *d, int64_t now)
{
	bool due = d->bell && (d->bell_at == INT64_MIN || now - d->bell_at >= TIME_SECOND);

	d->bell = false;
	if (due)
		d->bell_at = now;
	return due;
}

enum outcome
dashboard_input(struct dashboard *d, const struct input *in, int64_t now)
{
	struct error err = { 0 };
	const char *line;
	enum outcome outcome;

	if (d->prompt.open)
		return prompt_type(d, in, now);
	if (d->filtering != NULL)
		return filter_type(d, in);
	line = keymap_line(&d->keymap, in);
	if (line == NULL)
		return OUTCOME_NOTHING;
	if (d->boxed) /* it would stand over what the key shows */
		d->message_until = INT64_MIN;
	d->click_x = in->x;
	d->click_y = in->y;
	outcome = command_run(d, line, now, &err);
	if (err.text[0] == '\0')
		return outcome;
	dashboard_warn(d, now, "%s", err.text);
	return OUTCOME_DRAW;
}
