/* place.c - where in the rows: forward to a row or a time, and the columns of the rows as
 * they came. */
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "data/base/times/times.h"
#include "widgets/draw/scale.h"

enum { SEEK_PART = 10, ROWS_PARTS = 50 };

static enum outcome
go_to(struct dashboard *d, uint64_t row, int64_t now)
{
	char count[COUNT_CHARS];
	struct progress progress;
	bool beyond;

	if (engine_sources(d->engine) == 0 || engine_state(d->engine) == ENGINE_OPENING)
		return OUTCOME_NOTHING;
	progress = engine_progress(d->engine, 0);
	if (row < progress.row)
		return replay_back_to(d, row, TIME_NONE, now);
	if (replay_has_ended(d))
		return replay_say_ended(d, now);
	engine_seek(d->engine, row);
	beyond = progress.exact && row > progress.rows;
	count_print(beyond ? progress.rows : row, count);
	dashboard_say(d, now, "forward to %s %s", beyond ? "the last row," : "row", count);
	return OUTCOME_DRAW;
}

/* To the first row at or after that time. */
static enum outcome
go_to_time(struct dashboard *d, int64_t time, int64_t now, struct error *err)
{
	char text[TIME_CHARS + 1];
	const struct schema *schema;
	int64_t at;

	if (engine_sources(d->engine) == 0 || engine_state(d->engine) == ENGINE_OPENING)
		return OUTCOME_NOTHING;
	schema = engine_schema(d->engine, 0);
	if (schema == NULL || schema->time < 0) {
		error_set(err, "the rows have no times of their own (seek a row by its number)");
		return OUTCOME_NOTHING;
	}
	at = engine_progress(d->engine, 0).time;
	if (at != TIME_NONE && time < at)
		return replay_back_to(d, 0, time, now);
	if (replay_has_ended(d))
		return replay_say_ended(d, now);
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
	if (engine_sources(d->engine) == 0 || engine_state(d->engine) == ENGINE_OPENING)
		return OUTCOME_NOTHING;
	progress = engine_progress(d->engine, 0);
	if (progress.rows / ROWS_PARTS > part)
		part = progress.rows / ROWS_PARTS;
	part = part > 0 ? part : 1;
	if (times < 0)
		return replay_back(d, part * (uint64_t)-times, now);
	return go_to(d, progress.row + part * (uint64_t)times, now);
}

const struct command command_skip = {
	.name = "skip",
	.form = ":skip [N]",
	.help = "skip rows; -1 back",
	.run = skip,
};

enum outcome
replay_go_to_share(struct dashboard *d, double share, int64_t now)
{
	struct progress progress = engine_progress(d->engine, 0);
	uint64_t row = (uint64_t)((double)progress.rows * share);

	return go_to(d, row > 0 ? row : 1, now);
}

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
