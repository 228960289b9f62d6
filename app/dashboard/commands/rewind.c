/* rewind.c - back in the rows, and to where they have come: see engine_go_back(). */
#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "data/base/times/times.h"
#include "widgets/draw/scale.h"

static enum outcome
say_no_way(struct dashboard *d, const struct error *err, int64_t now)
{
	dashboard_warn(d, now, "%s", err->text);
	return OUTCOME_DRAW;
}

/* The picture goes back with the rows, also one that stood: widgets know nothing any more of what
 * they showed. */
static void
forget_picture(struct dashboard *d)
{
	d->freezing = false;
	for (int i = 0; i < view_count(); i++) {
		view_close(d, i);
		view_open(d, i);
	}
	view_point(d);
}

static enum outcome
gone(struct dashboard *d, uint64_t row, int64_t now)
{
	char count[COUNT_CHARS];

	forget_picture(d);
	count_print(row, count);
	if (row == 0)
		dashboard_say(d, now, "before the first row; End returns");
	else
		dashboard_say(d, now, "back to row %s; End returns", count);
	return OUTCOME_DRAW;
}

enum outcome
replay_back(struct dashboard *d, uint64_t rows, int64_t now)
{
	struct error err;
	uint64_t row;

	if (engine_sources(d->engine) == 0 || engine_state(d->engine) == ENGINE_OPENING)
		return OUTCOME_NOTHING;
	row = engine_progress(d->engine, 0).row;
	if (engine_go_back(d->engine, rows, &err) != 0)
		return say_no_way(d, &err, now);
	return gone(d, row > rows ? row - rows : 0, now);
}

enum outcome
replay_back_to(struct dashboard *d, uint64_t row, int64_t time, int64_t now)
{
	struct error err;

	if (engine_seek_back(d->engine, row, time, &err) != 0)
		return say_no_way(d, &err, now);
	if (row == 0 && time != TIME_NONE) {
		forget_picture(d);
		return OUTCOME_DRAW;
	}
	return gone(d, row, now);
}

static enum outcome
home(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	(void)err;
	if (engine_sources(d->engine) == 0 || engine_state(d->engine) == ENGINE_OPENING)
		return OUTCOME_NOTHING;
	return replay_back_to(d, 0, TIME_NONE, now);
}

const struct command command_home = {
	.name = "home",
	.form = ":home",
	.help = "before the first row",
	.run = home,
};

static enum outcome
end(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	(void)err;
	if (!engine_is_back(d->engine) && engine_live(d->engine) && d->view.pacer->paused) {
		pacer_pause(engine_pacer(d->engine), false, now);
		dashboard_say(d, now, "now: rows go on as they come");
		return OUTCOME_DRAW;
	}
	if (!engine_is_back(d->engine)) {
		dashboard_say(d, now, "this is the last row that went");
		return OUTCOME_DRAW;
	}
	engine_return(d->engine);
	dashboard_say(d, now,
	    engine_live(d->engine) ? "now: rows go on as they come" : "where the rows had come");
	return OUTCOME_DRAW;
}

const struct command command_end = {
	.name = "end",
	.form = ":end",
	.help = "to where rows had come",
	.run = end,
};

/* As if it had just been opened, with its notes; what was done outside is not done again. */
static enum outcome
restart(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)argument;
	if (engine_sources(d->engine) == 0 || engine_state(d->engine) == ENGINE_OPENING)
		return OUTCOME_NOTHING;
	if (engine_seek_back(d->engine, 0, TIME_NONE, err) != 0) {
		dashboard_warn(d, now, "%s; q, and the same command begins anew", err->text);
		return OUTCOME_DRAW;
	}
	forget_picture(d);
	d->note_away = 0;
	pacer_pause(engine_pacer(d->engine), false, now);
	dashboard_say(d, now, "from the first row on");
	return OUTCOME_DRAW;
}

const struct command command_restart = {
	.name = "restart",
	.form = ":restart",
	.help = "from the first row again",
	.run = restart,
};
