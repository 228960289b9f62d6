/* setup.c - from the command line and the dashboard file to an engine. */
#include "app/setup.h"

#include <math.h>
#include <uv.h>

#include "data/base/error.h"

enum { SCREEN_RATE = 10 }; /* rows a second that people can follow */

static struct engine *
new_engine(const struct args *args, const struct config *file, bool screen, struct uv_loop_s *loop,
    struct error *err)
{
	struct engine_options options = { 0 };

	config_options(file, &options);
	if (args->window.unit != SPAN_NONE)
		options.window = args->window;
	if (args->by != NULL)
		options.by = args->by;
	if (args->max_keys > 0)
		options.max_keys = args->max_keys;
	if (args->start != NULL)
		options.start = args->start;
	if (args->stop != NULL)
		options.stop = args->stop;
	if (args->lateness > 0)
		options.lateness = args->lateness;
	if (args->horizon > 0)
		options.horizon = args->horizon;
	/* Paths that nobody sees need not be scored at all their leads: one step ahead is what
	 * operators read, but for those that name their own. */
	if (!screen && args->snapshot == NULL && (args_emit(args) & EVENT_FORECAST) == 0)
		options.horizon = 1;
	options.loop = options.loop || args->loop;
	/* Panes of a dashboard draw the default ones, whatever else it asks for. */
	options.default_kpis =
	    args->kpis.n == 0 && (screen || args->snapshot != NULL || file->nkpis == 0);
	options.forecasts = (screen || args->snapshot != NULL) && options.by == NULL;
	/* Asked for by name; "all" is all that there is anyway. */
	options.forecast_columns = (args->emit & EVENT_FORECAST) != 0 && args->emit != ~0U;
	return engine_new(&options, loop, err);
}

static int
add_sources(struct engine *e, const struct args *args, struct error *err)
{
	struct feed_options options = {
		.format = args->format,
		.delimiter = args->delimiter,
		.no_header = args->no_header,
		.columns = args->columns,
		.types = args->types,
		.time = args->time,
	};

	for (int i = 0; i < args->sources.n; i++)
		if (engine_add_source(e, args->sources.s[i], &options, err) != 0)
			return -1;
	return 0;
}

static int
add_alert(struct engine *e, const char *text, struct error *err)
{
	struct alert_rule rule;

	if (alert_rule_parse(&rule, text, err) != 0)
		return error_at(err, "-a: '%s'", text);
	return engine_add_alert(e, &rule, err);
}

static int
add_asked(struct engine *e, const struct args *args, struct error *err)
{
	for (int i = 0; i < args->derive.n; i++)
		if (engine_derive(e, args->derive.s[i], err) != 0)
			return -1;
	for (int i = 0; i < args->kpis.n; i++)
		if (engine_add_kpi(e, args->kpis.s[i], err) != 0)
			return -1;
	for (int i = 0; i < args->alerts.n; i++)
		if (add_alert(e, args->alerts.s[i], err) != 0)
			return -1;
	return 0;
}

/* The option's pace, else the file's, else one that suits. */
static void
set_pace(struct engine *e, const struct args *args, const struct config *file, bool screen)
{
	bool asked = args->rate > 0 || args->speed > 0;
	double rate = asked ? args->rate : file->rate, speed = asked ? args->speed : file->speed;
	struct pacer *pacer = engine_pacer(e);
	int64_t now = (int64_t)uv_hrtime();

	if (isfinite(speed) && speed > 0)
		pacer_speed(pacer, speed, now);
	else if (isfinite(rate) && rate > 0)
		pacer_rate(pacer, rate, now);
	else if (screen && rate == 0 && speed == 0 && !engine_live(e))
		pacer_rate(pacer, SCREEN_RATE, now);
	else
		pacer_max(pacer);
}

static int
add_all(struct engine *e, const struct args *args, const struct config *file, struct error *err)
{
	if (config_add_asked(file, e, err) != 0 || add_asked(e, args, err) != 0)
		return -1;
	return args->sources.n > 0 ? add_sources(e, args, err) : config_add_sources(file, e, err);
}

struct engine *
setup_engine(const struct args *args, const struct config *file, bool screen,
    struct uv_loop_s *loop, struct error *err)
{
	struct engine *e = new_engine(args, file, screen, loop, err);

	if (e == NULL)
		return NULL;
	if (add_all(e, args, file, err) != 0) {
		engine_free(e);
		return NULL;
	}
	set_pace(e, args, file, screen);
	return e;
}
