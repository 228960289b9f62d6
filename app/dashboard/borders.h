/* borders.h - the borders of panes: titles, notes with their keys lit, and the views as tabs. */
#ifndef WEIR_BORDERS_H
#define WEIR_BORDERS_H

#include "app/views/view.h"

enum { TABS_MOST = 10 };

enum tab_names { TABS_KEYS, TABS_ONE /* of the view that is shown alone */, TABS_ALL };

struct tab { /* cells of the line that they stand in */
	int x, w;
};

struct tabs {
	const struct view_class *views[TABS_MOST];
	int n, shown; /* one of them */
	int pane;     /* that they stand in the border of; -1: there is no room */
	int x, y;     /* where that begins */
	enum tab_names names;
	struct tab of[TABS_MOST];
};

/* Into the upper border of the pane, which stands there and has that heading. */
void tabs_place(struct tabs *, const struct heading *, int x, int y, int w);
int tabs_at(const struct tabs *, int x, int y); /* the view whose tab that is; -1 */
/* The border of a pane; tabs NULL: they stand elsewhere. */
void border_draw(const struct canvas *, const struct heading *, const struct tabs *);

/* Does Tab go through the view? Then its key is a digit, and it has a tab. */
bool view_is_in_turn(const struct view_class *);

#endif
