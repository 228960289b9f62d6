/* view.h - a view of the dashboard: which panes stand where. One view = one file with one const
 * struct view_class, and one line in list.h. */
#ifndef WEIR_VIEWS_VIEW_H
#define WEIR_VIEWS_VIEW_H

#include "app/views/list.h"
#include "widgets/list.h"
#include "widgets/widget.h"

struct pane {
	const struct widget_class *class; /* NULL ends a list of panes */
	int row;                          /* panes of one row stand side by side */
	int height, width;                /* weights; see layout.h */
	const char *option, *value;       /* one parameter of the widget; NULL */
};

struct room { /* what a widget asks for in this view, in the place of its own; see layout.h */
	const struct widget_class *class; /* NULL ends a list */
	int min_w, min_h, importance;
};

/* With --by a pane may stand there while all keys are looked at, or one; without, there is one. */
struct keyed {
	const struct widget_class *class; /* NULL ends a list */
	enum { KEYED_ALL, KEYED_ONE } when;
};

/* What up and down move. */
enum arrows {
	ARROWS_SERIES,
	ARROWS_KEYS,
	ARROWS_MARKS,
	ARROWS_ROWS,
	ARROWS_SUBJECTS,
	ARROWS_LINES
};

struct view_class {
	const char *keys; /* its key, by its name; a digit: Tab goes there too */
	const char *name, *help;
	const char *brief; /* with line and rank: in the line of keys, see struct hint; NULL */
	int line, rank;
	enum arrows arrows;
	const struct pane *panes;
	const struct room *rooms;  /* NULL: all widgets' own */
	const struct keyed *keyed; /* NULL: all panes stand there always */
};

extern const struct view_class *const view_classes[]; /* ends with NULL; the first is shown first */

#define VIEW(name) extern const struct view_class view_##name;
VIEW_LIST(VIEW)
#undef VIEW

#define WIDGET(name) extern const struct widget_class widget_##name;
WIDGET_LIST(WIDGET)
#undef WIDGET

#endif
