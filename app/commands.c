/* commands.c - what keys do to a dashboard. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/dashboard_parts.h"
#include "app/live.h"
#include "widgets/scale.h"
#include "widgets/subject.h"

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
	dashboard_say(d, now, "going back needs a recording, and none is kept: --start ROW begins there");
	return OUTCOME_DRAW;
}

/* --- the replay -------------------------------------------------------------------------------- */

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

/* --- focus ------------------------------------------------------------------------------------- */

static int
bounded(int v, int lo, int hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/* The next series in that direction that the filter lets pass. */
static void
move_series(struct dashboard *d, int by)
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
		move_series(d, arg);
		break;
	case ARROWS_MARKS:
		move_marks(d, arg);
		break;
	case ARROWS_ROWS: /* up is back in time, and the list grows downwards */
		most = d->view.nseries > 0 ?
		    history_raw(d->history, d->series[d->view.selected].source) - 1 : 0;
		d->view.scroll = bounded(d->view.scroll - arg, 0, most > 0 ? most : 0);
		break;
	case ARROWS_SUBJECTS:
		most = subject_count(&d->view) - 1;
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
	if (view_classes[d->shown]->arrows == ARROWS_SUBJECTS) { /* these choose what it is that scrolls */
		d->view.scroll = bounded(d->view.scroll + arg * PAGE, 0, 999);
		return OUTCOME_DRAW;
	}
	return command_move(d, arg * PAGE, now);
}

/* --- views ------------------------------------------------------------------------------------- */

static void
go(struct dashboard *d, int view)
{
	if (view != d->shown)
		d->back = d->shown;
	d->shown = view;
	d->view.scroll = 0;
	if (view_classes[view]->arrows == ARROWS_SUBJECTS)
		subject_follow(&d->view);
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
	if (d->view.frozen != NULL) {
		d->view.frozen = NULL;
		dashboard_say(d, now, "the picture follows the rows");
		return OUTCOME_DRAW;
	}
	if (d->kpis < 0) { /* the columns are not known: there is no picture */
		dashboard_say(d, now, "no row was read yet");
		return OUTCOME_DRAW;
	}
	for (int i = 0; i < engine_sources(d->engine); i++)
		d->frozen[i] = history_end(d->history, i);
	d->view.frozen = d->frozen;
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

/* --- the filter -------------------------------------------------------------------------------- */

enum outcome
command_filter(struct dashboard *d, int arg, int64_t now)
{
	(void)arg;
	(void)now;
	d->prompting = true;
	return OUTCOME_DRAW;
}

/* Takes the last character off, all its bytes. */
static void
filter_chop(char *s)
{
	size_t n = strlen(s);

	while (n > 0 && ((unsigned char)s[--n] & 0xc0) == 0x80)
		;
	s[n] = '\0';
}

static void
filter_add(char *s, uint32_t rune)
{
	size_t n = strlen(s);

	if (n + 5 > FILTER_CHARS || rune < ' ' || rune >= INPUT_UP)
		return;
	if (rune < 0x80)
		s[n++] = (char)rune;
	else if (rune < 0x800) {
		s[n++] = (char)(0xc0 | rune >> 6);
		s[n++] = (char)(0x80 | (rune & 0x3f));
	} else {
		if (rune < 0x10000)
			s[n++] = (char)(0xe0 | rune >> 12);
		else {
			s[n++] = (char)(0xf0 | rune >> 18);
			s[n++] = (char)(0x80 | (rune >> 12 & 0x3f));
		}
		s[n++] = (char)(0x80 | (rune >> 6 & 0x3f));
		s[n++] = (char)(0x80 | (rune & 0x3f));
	}
	s[n] = '\0';
}

enum outcome
command_prompt(struct dashboard *d, const struct input *in)
{
	if (in->code == INPUT_ENTER)
		d->prompting = false;
	else if (in->code == INPUT_ESCAPE) {
		d->prompting = false;
		d->filter[0] = '\0';
	} else if (in->code == INPUT_BACKSPACE)
		filter_chop(d->filter);
	else if (in->code == INPUT_UP || in->code == INPUT_DOWN)
		move_series(d, in->code == INPUT_UP ? -1 : 1);
	else if (!in->ctrl && !in->alt)
		filter_add(d->filter, in->code);
	return in->ctrl && in->code == 'c' ? OUTCOME_QUIT : OUTCOME_DRAW;
}

/* --- the prompt -------------------------------------------------------------------------------- */

enum outcome
command_ask(struct dashboard *d, int arg, int64_t now)
{
	(void)arg;
	(void)now;
	prompt_open(&d->prompt);
	return OUTCOME_DRAW;
}

/* What is wrong stands in the place of the line, which comes back to be mended at the next key. */
static enum outcome
answer(struct dashboard *d, int64_t now)
{
	struct prompt *p = &d->prompt;
	struct error err = { { 0 } };
	enum outcome outcome;

	prompt_remember(p);
	p->browsed = p->nhistory;
	outcome = live_run(d, p->text, now, &err);
	p->open = outcome == OUTCOME_NOTHING;
	snprintf(p->wrong, sizeof p->wrong, "%s", err.text);
	return p->open ? OUTCOME_DRAW : outcome;
}

enum outcome
command_type(struct dashboard *d, const struct input *in, int64_t now)
{
	struct prompt *p = &d->prompt;

	if (in->ctrl && in->code == 'c')
		return OUTCOME_QUIT;
	switch (prompt_input(p, in)) {
	case PROMPT_ENTERED:
		return answer(d, now);
	case PROMPT_LEFT:
		p->open = false;
		break;
	case PROMPT_COMPLETE:
		live_complete(d, p->text, p->word, p->at, &p->found);
		prompt_complete(p, 1);
		break;
	case PROMPT_EDITED:
		break;
	}
	return OUTCOME_DRAW;
}

/* --- the program ------------------------------------------------------------------------------- */

enum outcome
command_repaint(struct dashboard *d, int arg, int64_t now)
{
	(void)d;
	(void)arg;
	(void)now;
	return OUTCOME_REPAINT;
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
