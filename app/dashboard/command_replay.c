/* command_replay.c - how rows go: pause, pace, and forward to a row. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "app/options/args.h"
#include "data/base/times.h"
#include "widgets/draw/scale.h"

enum { SEEK_PART = 10, ROWS_PARTS = 50 };

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

/* --- row by row ------------------------------------------------------------------------------- */

static enum outcome
pause_or_go(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct pacer *pacer = engine_pacer(d->engine);

	(void)argument;
	(void)err;
	if (has_ended(d))
		return say_ended(d, now);
	pacer_pause(pacer, !pacer->paused, now);
	return OUTCOME_DRAW;
}

const struct command command_pause = {
	.name = "pause",
	.form = ":pause",
	.help = "pause, and go on",
	.run = pause_or_go,
};

static enum outcome
step(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct pacer *pacer = engine_pacer(d->engine);
	int rows;

	if (command_count(argument, &rows, err) != 0)
		return OUTCOME_NOTHING;
	if (rows < 0)
		return say_no_way_back(d, now);
	if (has_ended(d))
		return say_ended(d, now);
	if (!pacer->paused)
		pacer_pause(pacer, true, now);
	pacer_step(pacer, rows);
	return OUTCOME_DRAW;
}

const struct command command_step = {
	.name = "step",
	.form = ":step [N]",
	.help = "one row, then pause",
	.run = step,
};

/* --- pace ------------------------------------------------------------------------------------- */

static enum outcome
say_pace(struct dashboard *d, int64_t now)
{
	const struct pacer *pacer = engine_pacer(d->engine);

	if (pacer->pace == PACE_RATE)
		dashboard_say(d, now, "%g rows a second", pacer->rate);
	else if (pacer->pace == PACE_SPEED)
		dashboard_say(d, now, "%g times as fast as recorded", pacer->speed);
	else
		dashboard_say(d, now, "as fast as rows can go");
	return OUTCOME_DRAW;
}

static enum outcome
notch(struct dashboard *d, int by, int64_t now)
{
	if (has_ended(d))
		return say_ended(d, now);
	pacer_notch(engine_pacer(d->engine), by, now);
	return say_pace(d, now);
}

static enum outcome
go_faster(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	(void)err;
	return notch(d, 1, now);
}

const struct command command_faster = {
	.name = "faster",
	.form = ":faster",
	.help = "rows go faster",
	.run = go_faster,
};

static enum outcome
go_slower(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	(void)err;
	return notch(d, -1, now);
}

const struct command command_slower = {
	.name = "slower",
	.form = ":slower",
	.help = "rows go slower",
	.run = go_slower,
};

/* Reads an option as the command line does; errors name it otherwise behind ':'. */
static int
read_option(struct args *args, const char *option, const char *argument, struct error *err)
{
	char *words[] = { memory_text("weir", 4), memory_text(option, strlen(option)),
		memory_text(argument, strlen(argument)) };
	int status = args_parse(args, 3, words, err);

	for (int i = 0; i < 3; i++)
		free(words[i]);
	return status == 0 ? 0 : error_set(err, "%s", error_what(err));
}

static enum outcome
set_pace(
    struct dashboard *d, const char *option, const char *argument, int64_t now, struct error *err)
{
	struct pacer *pacer = engine_pacer(d->engine);
	struct args args;
	int status = read_option(&args, option, argument, err);

	if (status == 0 && (isinf(args.rate) || isinf(args.speed)))
		pacer_max(pacer);
	else if (status == 0 && args.rate > 0)
		pacer_rate(pacer, args.rate, now);
	else if (status == 0)
		pacer_speed(pacer, args.speed, now);
	args_done(&args);
	return status == 0 ? say_pace(d, now) : OUTCOME_NOTHING;
}

static enum outcome
set_rate(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	return set_pace(d, "--rate", argument, now, err);
}

const struct command command_rate = {
	.name = "rate",
	.letter = 'r',
	.form = ":rate N",
	.help = "N rows a second; max",
	.run = set_rate,
};

static enum outcome
set_speed(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	return set_pace(d, "--speed", argument, now, err);
}

const struct command command_speed = {
	.name = "speed",
	.letter = 'x',
	.form = ":speed X",
	.help = "X times as recorded",
	.run = set_speed,
};

/* --- place ------------------------------------------------------------------------------------ */

/* Forward only: the rows before are not kept. */
static enum outcome
go_to(struct dashboard *d, uint64_t row, int64_t now)
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

/* To the first row at or after that time. */
static enum outcome
go_to_time(struct dashboard *d, int64_t time, int64_t now, struct error *err)
{
	char text[TIME_CHARS + 1];
	const struct schema *schema;
	int64_t at;

	if (has_ended(d) || engine_sources(d->engine) == 0)
		return say_ended(d, now);
	schema = engine_schema(d->engine, 0);
	if (schema == NULL || schema->time < 0) {
		error_set(err, "the rows have no times of their own (seek a row by its number)");
		return OUTCOME_NOTHING;
	}
	at = engine_progress(d->engine, 0).time;
	if (at != TIME_NONE && time <= at)
		return say_no_way_back(d, now);
	engine_seek_time(d->engine, time);
	text[time_format(time, text)] = '\0';
	dashboard_say(d, now, "forward to %s", text);
	return OUTCOME_DRAW;
}

static enum outcome
seek(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	uint64_t row;
	int64_t time;

	if (argument[strspn(argument, "0123456789")] == '\0')
		return command_rows(argument, &row, err) == 0 ? go_to(d, row, now)
							      : OUTCOME_NOTHING;
	if (time_parse(argument, strlen(argument), false, &time))
		return go_to_time(d, time, now, err);
	error_set(err,
	    "'%.60s' is neither a row nor a time (expected such as 120 or 2026-01-31T12:00:00)",
	    argument);
	return OUTCOME_NOTHING;
}

const struct command command_seek = {
	.name = "seek",
	.form = ":seek N",
	.help = "go to row N, or a time",
	.run = seek,
};

/* A part of what charts show, of a long recording at least so much that it is seen to move. */
static enum outcome
skip(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	uint64_t part = (d->view.window > 0 ? d->view.window : 100) / SEEK_PART;
	struct progress progress;
	int times;

	if (command_count(argument, &times, err) != 0)
		return OUTCOME_NOTHING;
	if (times < 0)
		return say_no_way_back(d, now);
	if (has_ended(d) || engine_sources(d->engine) == 0)
		return say_ended(d, now);
	progress = engine_progress(d->engine, 0);
	if (progress.rows / ROWS_PARTS > part)
		part = progress.rows / ROWS_PARTS;
	return go_to(d, progress.row + (part > 0 ? part : 1) * (uint64_t)times, now);
}

const struct command command_skip = {
	.name = "skip",
	.form = ":skip [N]",
	.help = "skip rows (forward only)",
	.run = skip,
};

/* --- sideways --------------------------------------------------------------------------------- */

/* The columns of the rows as they came, of which the first is to stand at the left. */
static void
move_columns(struct dashboard *d, int by)
{
	const struct series *s = view_selected(&d->view);
	const struct schema *schema = engine_sources(d->engine) > 0
					  ? engine_schema(d->engine, s != NULL ? s->source : 0)
					  : NULL;
	int64_t most = schema != NULL && schema->n > 0 ? schema->n - 1 : 0;
	int64_t side = (int64_t)d->view.side + by;

	d->view.side = (int)(side < 0 ? 0 : side > most ? most : side);
}

static enum outcome
go_sideways(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	int by;

	if (view_classes[d->shown]->arrows != ARROWS_ROWS)
		return skip(d, argument, now, err);
	if (command_count(argument, &by, err) != 0)
		return OUTCOME_NOTHING;
	move_columns(d, by);
	return OUTCOME_DRAW;
}

const struct command command_sideways = {
	.name = "sideways",
	.form = ":sideways [N]",
	.help = "skip rows; columns in 5",
	.run = go_sideways,
};
