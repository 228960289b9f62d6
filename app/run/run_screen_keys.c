/* run_screen_keys.c - what keys ask of the owner of the terminal: pictures, reloads, sources. */
#include <inttypes.h>
#include <stdio.h>

#include "app/picture/picture.h"
#include "app/run/run_screen_parts.h"
#include "data/engine/engine_view.h"

int
run_screen_picture(
    struct run_screen *r, const char *path, enum output_links links, struct error *err)
{
	struct canvas shown = screen_shown(r->screen);

	return picture_write(path, links, &r->session.guard, &shown, screen_theme(r->screen), err);
}

/* What is on the screen now, under the name of --snapshot or of its row. */
static void
keep_picture(struct run_screen *r)
{
	const char *path = r->args->snapshot;
	char name[64];
	struct error err;

	if (path == NULL) {
		snprintf(name, sizeof name, "weir-%" PRIu64 ".svg",
		    engine_progress(r->session.engine, 0).row);
		path = name;
	}
	if (run_screen_picture(r, path, OUTPUT_NO_LINK, &err) != 0)
		dashboard_say(r->dashboard, run_screen_clock(), "no picture: %s", err.text);
	else
		dashboard_say(
		    r->dashboard, run_screen_clock(), "the screen is written to %s", path);
}

static void
reload(struct run_screen *r)
{
	struct config *before = NULL;
	struct text said = { 0 };
	struct error err;

	if (session_reload(&r->session, &before, &said, &err) != 0) {
		dashboard_warn(r->dashboard, run_screen_clock(), "%s", err.text);
		return;
	}
	dashboard_use(r->dashboard, r->session.config);
	dashboard_warn(r->dashboard, run_screen_clock(), "%s", text_get(&said));
	text_done(&said);
	config_free(before);
}

static void
add_source(struct run_screen *r, const char *spec)
{
	struct error err;

	if (session_add_source(&r->session, spec, &err) != 0)
		dashboard_warn(r->dashboard, run_screen_clock(), "not added: %s", err.text);
	else
		dashboard_say(
		    r->dashboard, run_screen_clock(), "a source more, once it has its first rows");
}

static void
save(struct run_screen *r, const char *path)
{
	struct error err;
	bool hidden;

	if (session_save(&r->session, path, &hidden, &err) != 0)
		dashboard_warn(r->dashboard, run_screen_clock(), "not saved: %s", err.text);
	else if (hidden)
		dashboard_warn(r->dashboard, run_screen_clock(),
		    "saved to %s without what is secret in addresses: put it in for ***", path);
	else
		dashboard_say(r->dashboard, run_screen_clock(), "saved: weir -c %s opens it", path);
}

void
run_screen_input(void *self, const struct input *in)
{
	struct run_screen *r = self;

	switch (dashboard_input(r->dashboard, in, run_screen_clock())) {
	case OUTCOME_NOTHING:
		return;
	case OUTCOME_QUIT:
		loop_stop(r->session.loop, 0);
		return;
	case OUTCOME_SUSPEND:
		screen_suspend(r->screen);
		break;
	case OUTCOME_THEME:
		screen_dress(r->screen, dashboard_theme(r->dashboard));
		break;
	case OUTCOME_REPAINT:
		screen_repaint(r->screen);
		break;
	case OUTCOME_PICTURE:
		keep_picture(r);
		break;
	case OUTCOME_RELOAD:
		reload(r);
		break;
	case OUTCOME_SAVE:
		save(r, dashboard_save_path(r->dashboard));
		break;
	case OUTCOME_SOURCE:
		add_source(r, dashboard_source(r->dashboard));
		break;
	case OUTCOME_DRAW:
		break;
	}
	loop_wake(r->session.loop); /* the pace may have changed */
	loop_frame_at(r->session.loop, 0);
}
