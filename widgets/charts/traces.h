/* traces.h - the lines of a chart: which they are, on which axis, and how each is drawn. */
#ifndef WEIR_TRACES_H
#define WEIR_TRACES_H

#include "widgets/draw/plot.h"
#include "widgets/widget.h"
#include "widgets/draw/follow.h"

enum { TRACES = SERIES_STYLES };

struct trace {
	struct series of;
	bool right;     /* has the axis at the right */
	uint64_t since; /* the row at which that was settled; 0: it never was */
};

struct traces { /* zeroed: none; the first is what the chart is about */
	struct trace all[TRACES];
	int n;
	struct follow follow; /* the axis of those at the right */
};

/* What of: and kpis: name, of one source; see named.h. Which axis each has is kept as long as they
 * are the same. */
void traces_find(struct traces *, const struct view *, const char *of, const char *kpis);
/* Settles the axes from the rows first .. end - 1: widens what the first spans by what has the left
 * one, and returns whether something has the right one. */
bool traces_update(struct traces *, const struct view *, uint64_t first, uint64_t end, int h,
    int dots, struct extent *left);
/* That of the i-th. */
const struct scale *traces_scale(const struct traces *, int i, const struct scale *left);
int traces_label_width(const struct traces *, int most); /* 0: one line needs no name */

/* All of them, the first last. */
void traces_draw(const struct traces *, const struct canvas *plot, const struct plot *,
    const struct view *, const struct scale *left, uint64_t first, bool thick);
/* Their names beside the plot, each at the height of its last value, w cells from x. */
void traces_draw_labels(const struct traces *, const struct canvas *, int x, int w, int h,
    const struct view *, const struct scale *left);

#endif
