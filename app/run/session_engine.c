/* session_engine.c - from the command line and the dashboard file to an engine. */

#include <math.h>
#include <uv.h>

#include "app/run/session_parts.h"
#include "data/sources/source.h"

enum {
	SCREEN_RATE = 10,  /* rows a second that people can follow */
	TIMED_KEYS = 10000 /* of more, the times of their last rows would take too much */
};

/* Does any KPI ask for the default ones beside it? */
static bool
any_beside(const struct args *args, const struct config *file)
{
	bool beside = false;

	for (int i = 0; i < args->kpis.n && !beside; i++)
		args_kpi(args->kpis.s[i], &beside);
	for (int i = 0; i < file->nkpis && !beside; i++)
		args_kpi(file->kpis[i].expr.s, &beside);
	return beside;
}

/* Why sources that have no rows yet hold the others up; NULL: they do not. */
static const char *
why_together(const struct args *args, const struct config *file, bool shown)
{
	if ((event_writer_find(args->out_format, args->out)->writes & EVENT_START) == 0)
		return "a table begins with the columns of all; --out-format ndjson does not wait";
	if (shown && (file->nlayout > 0 || file->nnotes > 0))
		return "the panes and notes of the dashboard file may show their columns";
	return NULL;
}

void
session_options(
    const struct args *args, const struct config *file, bool screen, struct engine_options *o)
{
	bool shown = screen || args->snapshot != NULL || args->serve != NULL;

	*o = (struct engine_options){ .pauses = screen && !args->no_actions };
	o->together = why_together(args, file, shown);
	o->joins = o->together == NULL;
	config_options(file, o);
	if (args->window.unit != SPAN_NONE)
		o->query.window = args->window;
	if (args->by != NULL)
		o->query.by = args->by;
	if (args->max_keys > 0)
		o->max_keys = args->max_keys;
	if (args->start != NULL)
		o->start = args->start;
	if (args->stop != NULL)
		o->stop = args->stop;
	if (args->lateness > 0)
		o->lateness = args->lateness;
	if (args->horizon > 0)
		o->query.horizon = args->horizon;
	/* Paths that nobody sees need not be scored at all their leads: one step ahead is what
	 * operators read, but for those that name their own. */
	if (!shown && (args_emit(args) & EVENT_FORECAST) == 0)
		o->query.horizon = 1;
	o->loop = o->loop || args->loop;
	/* Panes of a dashboard draw the default ones, whatever else it asks for. */
	o->query.default_kpis = (shown && file->nlayout > 0) || any_beside(args, file) ? true
				: args->kpis.n > 0                                     ? false
						   : shown || file->nkpis == 0;
	o->query.forecasts = shown && o->query.by == NULL;
	o->query.trails = shown && o->query.by != NULL;
	o->query.trail_times = o->query.trails && o->max_keys <= TIMED_KEYS;
	/* Asked for by name; "all" is all that there is anyway. */
	o->query.forecast_columns =
	    ((args->emit & EVENT_FORECAST) != 0 && args->emit != ~0U) || args->serve != NULL;
}

static unsigned
kind_of(const char *spec)
{
	struct error err;
	struct source *source = source_new(spec, true, &err);
	unsigned kind = source != NULL ? source->class->kind : 0;

	source_free(source);
	return kind;
}

bool
session_option_means(const struct args *args, int i, unsigned kind)
{
	bool any = false;

	for (int k = 0; k < args->sources.n && !any; k++)
		any = (kind_of(args->sources.s[k]) & kind) != 0;
	return !any || (kind_of(args->sources.s[i]) & kind) != 0;
}

static int
add_sources(struct engine *e, const struct args *args, struct error *err)
{
	struct feed_options options = args_feed_options(args);

	for (int i = 0; i < args->sources.n; i++) {
		options.poll =
		    args->poll > 0 && session_option_means(args, i, SOURCE_POLLS) ? args->poll : 0;
		options.follow = args->follow && session_option_means(args, i, SOURCE_FOLLOWS);
		options.with_rotated =
		    args->with_rotated && session_option_means(args, i, SOURCE_FOLLOWS);
		if (engine_add_source(e, args->sources.s[i], &options, err) != 0)
			return -1;
	}
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

int
session_ask(struct query *q, const struct args *args, const struct config *file, struct error *err)
{
	return config_add_asked(file, q, err) != 0 ? -1 : args_ask(q, args, err);
}

static int
add_all(struct engine *e, const struct args *args, const struct config *file, struct error *err)
{
	if (session_ask(engine_ask(e), args, file, err) != 0)
		return -1;
	return args->sources.n > 0 ? add_sources(e, args, err) : config_add_sources(file, e, err);
}

struct engine *
session_engine(const struct args *args, const struct config *file, bool screen,
    struct uv_loop_s *loop, struct error *err)
{
	struct engine_options options;
	struct engine *e;

	session_options(args, file, screen, &options);
	e = engine_new(&options, loop, err);
	if (e == NULL || add_all(e, args, file, err) != 0) {
		session_locate(args, file, err);
		engine_free(e);
		return NULL;
	}
	set_pace(e, args, file, screen);
	return e;
}
