/* preview.c - a dashboard file at a row of its own choice. See preview.h. */
#include "app/run/preview.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "app/dashboard/dashboard.h"
#include "app/run/session.h"

enum { ROWS = 240, SLICE_NS = 10 * 1000 * 1000 };

struct preview {
	struct args args;
	struct config config;
	struct session session;
	struct dashboard *dashboard; /* NULL: the session is not open */
	uint64_t row;
	bool done;
	struct cell *cells; /* of a screen that has the first and the last line, too */
	size_t ncells;
};

/* The note in the middle of those that it tells shows best what it is about. */
static uint64_t
chosen_row(const struct config *c)
{
	return c->nnotes > 0 ? (uint64_t)c->notes[c->nnotes / 2].row : ROWS;
}

static int
open_session(struct preview *p, struct error *err)
{
	if (config_load(&p->config, p->args.config, err) != 0)
		return -1;
	if (session_open(&p->session, &p->args, &p->config, true) != 0) {
		*err = p->session.err;
		session_close(&p->session);
		return -1;
	}
	p->dashboard = dashboard_new(p->session.engine, p->session.history, MOTION_SCROLL);
	dashboard_use(p->dashboard, &p->config);
	p->row = chosen_row(&p->config);
	engine_hold_at(p->session.engine, &p->row, 1);
	return 0;
}

struct preview *
preview_open(const char *path, struct error *err)
{
	struct preview *p = memory_zero(1, sizeof *p);

	p->args = (struct args){ .config = path, .no_actions = true, .rate = INFINITY };
	if (open_session(p, err) == 0)
		return p;
	preview_close(p);
	return NULL;
}

void
preview_close(struct preview *p)
{
	if (p == NULL)
		return;
	if (p->dashboard != NULL) {
		dashboard_free(p->dashboard);
		session_close(&p->session);
	}
	config_done(&p->config);
	free(p->cells);
	free(p);
}

bool
preview_step(struct preview *p)
{
	struct engine *e = p->session.engine;
	enum engine_state state;
	struct error err;
	int64_t wake;

	if (p->done)
		return false;
	uv_run(&p->session.uv, UV_RUN_NOWAIT);
	state = engine_run(e, SLICE_NS, &wake, &err);
	p->done = engine_pacer(e)->paused ||
		  (state != ENGINE_OPENING && state != ENGINE_RUNNING && state != ENGINE_WAITING);
	return true;
}

/* Without the line of the replay's state and that of the keys, which are not those of who looks. */
void
preview_draw(struct preview *p, const struct canvas *c)
{
	size_t n = (size_t)c->w * (size_t)(c->h + 2);
	struct canvas whole = { .stride = c->w, .w = c->w, .h = c->h + 2, .glyphs = c->glyphs };

	if (n > p->ncells)
		p->cells = memory_grow(p->cells, p->ncells = n, sizeof *p->cells);
	whole.cells = p->cells;
	canvas_clear(&whole);
	dashboard_frame(p->dashboard, &whole, (int64_t)uv_hrtime());
	for (int y = 0; y < c->h; y++)
		memcpy(&c->cells[(c->y + y) * c->stride + c->x], &whole.cells[(y + 1) * c->w],
		    (size_t)c->w * sizeof *c->cells);
}
