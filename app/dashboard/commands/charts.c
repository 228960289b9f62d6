/* charts.c - how many rows charts show, and whether they follow them; window.c
 * sets the window of both charts and operators. */
#include <stdlib.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "widgets/draw/scale.h"

static const uint64_t windows[] = { 30, 60, 120, 300, 600, 1800, 3600, 7200, 16000 };
enum { WINDOWS = sizeof windows / sizeof *windows };

int
command_rows(const char *argument, uint64_t *rows, struct error *err)
{
	char *end;

	*rows = strtoull(argument, &end, 10);
	if (*argument >= '0' && *argument <= '9' && *end == '\0' && *rows > 0 && *rows < INT64_MAX)
		return 0;
	return error_set(err, "'%.100s' is no number of rows (expected such as 120)", argument);
}

static enum outcome
show_rows(struct dashboard *d, uint64_t rows, int64_t now)
{
	char count[COUNT_CHARS];

	d->view.window = rows;
	d->view.window_told = true;
	count_print(rows, count);
	dashboard_say(d, now, "charts show %s rows", count);
	return OUTCOME_DRAW;
}

static enum outcome
show_more(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	int at = 0;

	(void)argument;
	(void)err;
	while (at < WINDOWS - 1 && windows[at] <= d->view.window)
		at++;
	return show_rows(d, windows[at], now);
}

const struct command command_wider = {
	.name = "wider",
	.form = ":wider",
	.help = "charts show more rows",
	.run = show_more,
};

static enum outcome
show_fewer(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	int at = WINDOWS - 1;

	(void)argument;
	(void)err;
	while (at > 0 && windows[at] >= d->view.window)
		at--;
	return show_rows(d, windows[at], now);
}

const struct command command_narrower = {
	.name = "narrower",
	.form = ":narrower",
	.help = "charts show fewer rows",
	.run = show_fewer,
};

static enum outcome
freeze(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	(void)err;
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

const struct command command_freeze = {
	.name = "freeze",
	.form = ":freeze",
	.help = "hold the picture only",
	.run = freeze,
};
