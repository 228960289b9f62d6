/* snapshot.c - a dashboard drawn once, on a canvas that no terminal shows. */
#include "app/picture/snapshot.h"

#include <stdlib.h>
#include <uv.h>

#include "app/dashboard/dashboard.h"
#include "app/picture/picture.h"
#include "data/history/history.h"

struct snapshot {
	const char *path;
	const struct theme *theme;
	struct canvas canvas;
	struct dashboard *dashboard;
};

static const struct theme *
theme_of(const struct args *args, struct error *err)
{
	const struct theme *theme = args->theme != NULL ? theme_find(args->theme) : themes[0];

	if (theme == NULL)
		error_set(err, "--theme: no theme '%s' (weir list themes names them)", args->theme);
	return theme;
}

struct snapshot *
snapshot_new(struct engine *e, struct history *history, const struct trials *trials,
    const struct args *args, const struct config *config, struct error *err)
{
	int w = args->size.columns > 0 ? args->size.columns : 120;
	int h = args->size.rows > 0 ? args->size.rows : 36;
	const struct theme *theme = theme_of(args, err);
	struct snapshot *s;

	if (theme == NULL)
		return NULL;
	if (args->snapshot != NULL && picture_check(args->snapshot, err) != 0) {
		error_at(err, "--snapshot");
		return NULL;
	}
	s = memory_zero(1, sizeof *s);
	s->path = args->snapshot;
	s->theme = theme;
	s->canvas =
	    (struct canvas){ .cells = memory_zero((size_t)w * (size_t)h, sizeof(struct cell)),
		    .stride = w,
		    .w = w,
		    .h = h,
		    .glyphs = args->ascii ? GLYPHS_ASCII : GLYPHS_BRAILLE };
	s->dashboard = dashboard_new(e, history, MOTION_SCROLL);
	dashboard_trials(s->dashboard, trials, false);
	dashboard_use(s->dashboard, config);
	engine_hold_at(e, NULL, 0); /* nobody is there to go on from a note */
	return s;
}

static void
draw(struct snapshot *s)
{
	canvas_clear(&s->canvas);
	dashboard_frame(s->dashboard, &s->canvas, (int64_t)uv_hrtime());
}

void
snapshot_svg(struct snapshot *s, struct text *out)
{
	draw(s);
	picture_svg(&s->canvas, s->theme, out);
}

int
snapshot_write(struct snapshot *s, const struct output_guard *guard, struct error *err)
{
	draw(s);
	if (picture_write(s->path, OUTPUT_THROUGH_LINKS, guard, &s->canvas, s->theme, err) != 0)
		return error_at(err, "--snapshot");
	return 0;
}

void
snapshot_free(struct snapshot *s)
{
	if (s == NULL)
		return;
	dashboard_free(s->dashboard);
	free(s->canvas.cells);
	free(s);
}
