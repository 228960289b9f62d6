/* borders.c - the borders of panes: titles, notes with their keys lit, and the views as tabs.
 *
 * Tabs stand at the left of the uppermost border, at the same place in every view; the pane's own
 * title follows. With all their names where that leaves room for title and note, else with that of
 * the one that is shown, else with keys alone. */
#include "app/dashboard/borders.h"

#include <string.h>

static const char between[] = " · "; /* the pieces of a note */

enum {
	LEFT = 2,
	APART = 3, /* title and note, and the line between */
	CORNER = 2,
	TITLE_LEAST = 20 /* cells of a title that is cut */
};

bool
view_is_in_turn(const struct view_class *view)
{
	return *view->keys >= '0' && *view->keys <= '9';
}

/* Places the tabs from x on; returns the cells that they take. */
static int
spread(struct tabs *t, int x)
{
	int at = x;

	for (int i = 0; i < t->n; i++) {
		bool named = t->names == TABS_ALL || (t->names == TABS_ONE && i == t->shown);

		t->of[i] = (struct tab){ at, 0 };
		if (!view_is_in_turn(t->views[i]))
			continue;
		t->of[i].w = text_cells(t->views[i]->keys);
		if (named)
			t->of[i].w += 1 + text_cells(t->views[i]->name);
		at += t->of[i].w + (named ? 2 : 1);
	}
	return at - x;
}

/* Pieces of a note, " · " between them, as many as fit; the last ones are left out. */
static void
fit_note(char *note, int cells)
{
	while (note[0] != '\0' && text_cells(note) > cells) {
		char *last = NULL;

		for (char *p = note; (p = strstr(p, between)) != NULL; p++)
			last = p;
		*(last != NULL ? last : note) = '\0';
	}
}

void
tabs_place(struct tabs *t, const struct heading *h, int x, int y, int w)
{
	int title = text_cells(h->title), note = text_cells(h->note);
	int room = w - LEFT - CORNER - APART - title;

	t->x = x;
	t->y = y;
	for (int names = TABS_ALL; names >= TABS_KEYS; names--) {
		t->names = (enum tab_names)names;
		if (spread(t, x + LEFT) <= room - (note > 0 ? note + APART : 0))
			return;
	}
	t->names = TABS_ONE; /* then the note loses pieces, and a long title its end */
	if (spread(t, x + LEFT) > room + title - (title < TITLE_LEAST ? title : TITLE_LEAST))
		t->pane = -1;
}

int
tabs_at(const struct tabs *t, int x, int y)
{
	for (int i = 0; t->pane >= 0 && y == t->y && i < t->n; i++)
		if (x >= t->of[i].x && x < t->of[i].x + t->of[i].w)
			return i;
	return -1;
}

/* Returns the column behind the last one. */
static int
draw_tabs(const struct canvas *c, const struct tabs *t)
{
	int end = LEFT;

	canvas_cell(c, LEFT - 1, 0, ' ', STYLE_TITLE);
	for (int i = 0; i < t->n; i++) {
		int x = t->of[i].x - t->x, key = text_cells(t->views[i]->keys);

		if (t->of[i].w == 0)
			continue;
		canvas_fill(c, end, 0, x + t->of[i].w - end, 1, ' ', STYLE_LABEL);
		canvas_text(
		    c, x, 0, key, i == t->shown ? STYLE_LABEL : STYLE_KEY, t->views[i]->keys);
		if (t->of[i].w > key)
			canvas_text(c, x + key + 1, 0, t->of[i].w - key - 1, STYLE_LABEL,
			    t->views[i]->name);
		if (i == t->shown)
			canvas_reverse(c, x, 0, t->of[i].w);
		end = x + t->of[i].w;
	}
	canvas_cell(c, end, 0, ' ', STYLE_TITLE);
	return end + 1;
}

static bool
is_key(const char *keys, const char *word, size_t n)
{
	for (const char *k = keys; *k != '\0'; k += strspn(k, " ")) {
		size_t length = strcspn(k, " ");

		if (length == n && memcmp(k, word, n) == 0)
			return true;
		k += length;
	}
	return false;
}

/* The words of a note that are keys. */
static void
light_keys(const struct canvas *c, int x, const struct heading *h)
{
	for (const char *s = h->note; *s != '\0';) {
		size_t n = strcspn(s, " ");
		char word[sizeof h->note];

		memcpy(word, s, n);
		word[n] = '\0';
		if (is_key(h->keys, s, n))
			canvas_text(c, x, 0, text_cells(word), STYLE_KEY, word);
		x += text_cells(word) + (s[n] == ' ');
		s += n + (s[n] == ' ');
	}
}

void
border_draw(const struct canvas *c, const struct heading *h, const struct tabs *t)
{
	int end = text_cells(h->title) + LEFT + 1, note;
	struct heading shown = *h;

	canvas_frame(c, t == NULL ? h->title : NULL, NULL, false);
	if (t != NULL) {
		int x = draw_tabs(c, t) + 2;

		if (h->title[0] != '\0') {
			canvas_cell(c, x - 1, 0, ' ', STYLE_TITLE);
			x += canvas_text(c, x, 0, c->w - CORNER - x, STYLE_TITLE, h->title);
			canvas_cell(c, x, 0, ' ', STYLE_TITLE);
		}
		end = x + 1;
	}
	fit_note(shown.note, c->w - end - 1 - LEFT - CORNER);
	note = text_cells(shown.note);
	if (note == 0)
		return;
	canvas_cell(c, c->w - note - 4, 0, ' ', STYLE_LABEL);
	canvas_text(c, c->w - note - 3, 0, note, STYLE_LABEL, shown.note);
	canvas_cell(c, c->w - 3, 0, ' ', STYLE_LABEL);
	light_keys(c, c->w - note - 3, &shown);
}
