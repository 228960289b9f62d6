/* widget.h - something to look at. One widget = one file with one const struct widget_class, and one
 * line in list.h. A widget draws from const data; what it computes is where things go, no more. */
#ifndef WEIR_WIDGET_H
#define WEIR_WIDGET_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/params.h"
#include "data/engine.h"
#include "data/history.h"
#include "widgets/canvas.h"

enum motion { MOTION_SCROLL, MOTION_STEP, MOTION_SWEEP };

struct series { /* one number column of one source, with the tracks that the screen keeps of it */
	int source, column;
	int track;                              /* its values */
	int expected, lower, upper, anomaly;    /* tracks; -1 */
	int kpi[16];                            /* default KPIs, by their order in the table; -1 */
};

struct view { /* all that a widget may look at */
	const struct engine *engine;
	const struct history *history;
	const struct series *series;
	int nseries;
	int selected;            /* series that has the focus */
	uint64_t window;         /* rows that a chart shows; 0: as many as fit */
	enum motion motion;
	int scroll;              /* first line, for lists */
	const char *filter;      /* show only series whose name contains it; NULL */
	bool paused_picture;     /* rows go on, the picture stands at frozen_end */
	uint64_t frozen_end;
};

struct widget {
	const struct widget_class *class;
	void *state;              /* class->size bytes, given zeroed */
	const struct value *values; /* of class->params */
	const char *title;        /* NULL: its own */
};

struct widget_class {
	const char *name, *help;
	const struct param *params;
	size_t size;
	int min_w, min_h;         /* smaller than this it is left out */
	int weight;               /* who is left out first when there is no room: the lightest */
	int (*init)(struct widget *, const struct view *, struct error *);
	void (*draw)(const struct widget *, const struct view *, const struct canvas *);
	void (*done)(struct widget *);
};

extern const struct widget_class *const widget_classes[]; /* ends with NULL */
const struct widget_class *widget_class_find(const char *name);

#endif
