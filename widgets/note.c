/* note.c - a text, broken between its words: of the dashboard file, else what a demo tells now. */
#include <stdio.h>

#include "widgets/draw/prose.h"
#include "widgets/draw/scale.h"
#include "widgets/widget.h"

static const struct param note_params[] = {
	{ "text", PARAM_TEXT, "", 0, 0, NULL,
	    "what it says; left out: the notes of the file, in turn" },
	{ 0 }
};

static const char *
own_text(const struct widget *w)
{
	return w->values != NULL && w->values[0].text != NULL && w->values[0].text[0] != '\0'
		   ? w->values[0].text
		   : NULL;
}

static void
note_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	const char *told = own_text(w) == NULL ? v->note_title : NULL;

	heading_title(h, w, NULL, told != NULL ? told : "note");
	if (own_text(w) == NULL && v->note_fresh && v->pacer->paused)
		snprintf(h->note, sizeof h->note, "space goes on");
	snprintf(h->keys, sizeof h->keys, "space");
}

/* Room for the longest of them, so that nothing moves from one to the next. */
static int
note_lines(const struct widget *w, const struct view *v, int width)
{
	int lines = own_text(w) != NULL ? prose_lines(own_text(w), width) : 0;

	if (own_text(w) == NULL && v->note_away)
		return 0;
	for (int i = 0; own_text(w) == NULL && i < v->nnotes; i++) {
		int n = prose_lines(v->notes[i], width);

		lines = n > lines ? n : lines;
	}
	return lines;
}

static void
draw_before_first(const struct view *v, const struct canvas *c)
{
	char row[COUNT_CHARS], text[64];

	count_print(v->first_note, row);
	snprintf(text, sizeof text, "The first note comes at row %s.", row);
	prose_draw(c, text, STYLE_DIM);
}

/* A note of the file that is no longer of this row steps back. */
static void
note_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const char *own = own_text(w);

	if (own != NULL)
		prose_draw(c, own, STYLE_TEXT);
	else if (v->note != NULL)
		prose_draw(c, v->note, v->note_fresh ? STYLE_TEXT : STYLE_DIM);
	else if (v->nnotes > 0 && engine_progress(v->engine, 0).row < v->first_note)
		draw_before_first(v, c);
}

const struct widget_class widget_note = {
	.name = "note",
	.help = "a text of your own, or the notes of the dashboard file in turn",
	.params = note_params,
	.whole = true,
	.min_w = 12,
	.min_h = 1,
	.weight = 45,
	.heading = note_heading,
	.lines = note_lines,
	.draw = note_draw,
};
