/* replay.c - how rows go: pause, step and pace. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "app/options/args.h"

bool
replay_has_ended(const struct dashboard *d)
{
	return engine_state(d->engine) == ENGINE_END;
}

enum outcome
replay_say_ended(struct dashboard *d, int64_t now)
{
	dashboard_say(d, now, "all rows are read");
	return OUTCOME_DRAW;
}

/* --- row by row ------------------------------------------------------------------------------- */

static enum outcome
pause_or_go(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct pacer *pacer = engine_pacer(d->engine);

	(void)argument;
	(void)err;
	if (replay_has_ended(d))
		return replay_say_ended(d, now);
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
		return replay_back(d, (uint64_t)-rows, now);
	if (replay_has_ended(d))
		return replay_say_ended(d, now);
	if (!pacer->paused)
		pacer_pause(pacer, true, now);
	pacer_step(pacer, rows);
	return OUTCOME_DRAW;
}

const struct command command_step = {
	.name = "step",
	.form = ":step [N]",
	.help = "one row, then pause; , back",
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
	if (replay_has_ended(d))
		return replay_say_ended(d, now);
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
