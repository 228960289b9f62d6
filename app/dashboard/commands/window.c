/* window.c - the default window, as -w has it, while rows go.
 *
 * KPIs and rules written without a window are asked for anew with it, and begin anew at the next
 * row; those that have their own go on. Charts show as many rows, where it is a number of rows that
 * they can show. */
#include "app/config/config_names.h"
#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"

enum { SHOWN_LEAST = 2, SHOWN_MOST = 16000 };

static int
read_window(const char *argument, struct span *window, struct error *err)
{
	static const struct param p = { .name = "the window", .type = PARAM_WINDOW };
	struct value value = { 0 };

	if (value_parse(&value, &p, argument, err) != 0)
		return -1;
	*window = value.span;
	value_done(&value);
	return 0;
}

static int
ask_anew(struct dashboard *d, struct span window, struct error *err)
{
	struct query *staged = query_with_window(engine_query(d->engine), window, err);

	if (staged == NULL)
		return -1;
	if ((d->config == NULL || config_check_names(d->config, staged, err) == 0) &&
	    engine_replace(d->engine, staged, err) == 0)
		return 0;
	query_free(staged);
	return -1;
}

static void
say_window(struct dashboard *d, struct span window, bool shown, int64_t now)
{
	const char *rows = window.unit == SPAN_ROWS ? " rows" : "";
	struct text text = { 0 };

	span_print(window, &text);
	if (replay_has_ended(d))
		dashboard_say(d, now,
		    shown ? "charts show %s rows; all rows are read: windows stay"
			  : "all rows are read: windows of %s come too late",
		    text_get(&text));
	else
		dashboard_say(d, now, "windows are %s%s, anew from here%s%s%s", text_get(&text),
		    rows, shown ? "; charts show " : "", shown ? text_get(&text) : "",
		    shown ? " rows" : "");
	text_done(&text);
}

static enum outcome
set_window(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct span window;
	bool shown;

	if (read_window(argument, &window, err) != 0)
		return OUTCOME_NOTHING;
	if (engine_state(d->engine) == ENGINE_OPENING) {
		error_set(err, "no row was read yet, so the columns are not known");
		return OUTCOME_NOTHING;
	}
	/* windows that no row enters any more would only lose what they hold */
	if (!replay_has_ended(d) && ask_anew(d, window, err) != 0)
		return OUTCOME_NOTHING;
	shown = window.unit == SPAN_ROWS && window.n >= SHOWN_LEAST && window.n <= SHOWN_MOST;
	if (shown) {
		d->view.window = (uint64_t)window.n;
		d->view.window_told = true;
	}
	say_window(d, window, shown, now);
	return OUTCOME_DRAW;
}

const struct command command_window = {
	.name = "window",
	.letter = 'w',
	.form = ":w N|DUR",
	.help = "the default window",
	.run = set_window,
};
