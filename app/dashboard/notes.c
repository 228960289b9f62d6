/* notes.c - the notes of a dashboard file: the replay is held at their rows while they are read.
 *
 * The engine pauses by itself, at the very row; here is found which note that was. It stays in the
 * pane of notes until the next one; where the view has none, or one too small for the note, it
 * stands over the lower lines as long as the replay is held. */
#include "app/dashboard/dashboard_parts.h"

#include <stdlib.h>
#include <string.h>

#include "widgets/draw/prose.h"

enum {
	BOX_MAX_W = 100,
	BOX_EDGE = 2,
	BOX_MARGIN = 1,
	LOW = 16 /* lines of a screen without frames */
};

void
notes_init(struct dashboard *d)
{
	const struct config *c = d->config;

	free(d->holds);
	free(d->notes);
	d->view.note = d->view.note_title = NULL;
	d->view.note_fresh = false;
	d->holds = memory_new((size_t)c->nnotes + 1, sizeof *d->holds);
	d->notes = memory_new((size_t)c->nnotes + 1, sizeof *d->notes);
	for (int i = 0; i < c->nnotes; i++) {
		d->holds[i] = (uint64_t)c->notes[i].row;
		d->notes[i] = c->notes[i].text;
	}
	d->view.notes = d->notes;
	d->view.nnotes = c->nnotes;
	d->view.first_note = c->nnotes > 0 ? d->holds[0] : 0;
	engine_hold_at(d->engine, d->holds, c->nnotes);
}

void
notes_follow(struct dashboard *d)
{
	const struct config_note *note = NULL;
	uint64_t row;
	int at = 0;

	if (d->config == NULL || d->config->nnotes == 0 || engine_sources(d->engine) == 0)
		return;
	row = engine_progress(d->engine, 0).row;
	while (at < d->config->nnotes && d->holds[at] <= row)
		note = &d->config->notes[at++];
	if (at != d->note_away)
		d->note_away = 0;
	d->view.note_away = at > 0 && d->note_away == at;
	d->view.note = note != NULL ? note->text : NULL;
	d->view.note_title = note != NULL ? note->title : NULL;
	d->view.note_fresh = note != NULL && (uint64_t)note->row == row;
}

/* Which note it is, from 1; 0: none was told yet. */
static int
current(const struct dashboard *d)
{
	int at = 0;

	while (d->view.note != NULL && d->notes[at] != d->view.note)
		at++;
	return d->view.note != NULL ? at + 1 : 0;
}

/* The replay is held for it, or was for the last one. */
static bool
is_told(const struct dashboard *d)
{
	return d->view.note_fresh &&
	       (d->view.pacer->paused || engine_state(d->engine) == ENGINE_END);
}

static bool
shows_pane(const struct dashboard *d)
{
	const struct pane *panes = view_shown(d)->panes;

	for (int i = 0; panes[i].class != NULL; i++)
		if (panes[i].class == &widget_note)
			return true;
	return false;
}

bool
notes_put_away(struct dashboard *d)
{
	if (d->view.note == NULL || !(shows_pane(d) || is_told(d)))
		return false;
	d->note_away = d->view.note_away ? 0 : current(d);
	d->view.note_away = d->note_away > 0;
	return true;
}

/* A pane tells the note, with room for all of it in its frame. */
static bool
has_note_pane(const struct dashboard *d)
{
	const struct pane *panes = view_shown(d)->panes;

	for (int i = 0; panes[i].class != NULL; i++)
		if (panes[i].class == &widget_note && d->rects[i].w > 0 &&
		    prose_lines(d->view.note, d->rects[i].w - 2 * BOX_EDGE) <= d->rects[i].h - 2)
			return true;
	return false;
}

/* On a low screen, without a frame: what it tells of stands above it. */
static void
draw_low(const struct dashboard *d, const struct canvas *c, const char *title)
{
	int lines = prose_lines(d->view.note, c->w), most = c->h - BOX_MARGIN;
	int h = lines + 1 < most ? lines + 1 : most;
	struct canvas box = canvas_part(c, 0, most - h, c->w, h);
	struct canvas inner = canvas_part(&box, 0, 1, c->w, h - 1);

	canvas_fill(&box, 0, 0, box.w, box.h, ' ', STYLE_TEXT);
	if (h < 3) {
		prose_draw(&box, d->view.note, STYLE_BOLD);
		return;
	}
	canvas_text(&box, 0, 0, box.w - text_cells(" Esc"), STYLE_FOCUS, title);
	canvas_right(&box, box.w - text_cells(" Esc"), 0, text_cells(" Esc"), STYLE_KEY, " Esc");
	prose_draw(&inner, d->view.note, STYLE_TEXT);
}

void
notes_draw(const struct dashboard *d, const struct canvas *c)
{
	const char *text = d->view.note;
	const char *title = d->view.note_title != NULL ? d->view.note_title : "note";
	int w = c->w < BOX_MAX_W ? c->w : BOX_MAX_W, lines, h;
	bool ended = engine_state(d->engine) == ENGINE_END;
	struct canvas box, inner;

	if (!is_told(d) || d->view.note_away || has_note_pane(d) || c->h < 2)
		return;
	if (c->h < LOW) {
		draw_low(d, c, title);
		return;
	}
	lines = prose_lines(text, w - 2 * BOX_EDGE);
	h = lines + 2 < c->h - BOX_MARGIN ? lines + 2 : c->h - BOX_MARGIN;
	box = canvas_part(c, (c->w - w) / 2, c->h - BOX_MARGIN - h, w, h);
	canvas_fill(&box, 0, 0, box.w, box.h, ' ', STYLE_TEXT);
	if (w < BOX_MAX_W / 10) {
		prose_draw(&box, text, STYLE_BOLD);
		return;
	}
	canvas_frame(&box, title, ended ? "Esc" : "Esc, space goes on", true);
	inner = canvas_part(&box, BOX_EDGE, 1, w - 2 * BOX_EDGE, h - 2);
	prose_draw(&inner, text, STYLE_TEXT);
}
