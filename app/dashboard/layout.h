/* layout.h - panes and a size to rectangles: a pure function. */
#ifndef WEIR_LAYOUT_H
#define WEIR_LAYOUT_H

/* Panes stand in rows, from top to bottom, and side by side in a row from left to right. */
struct layout_pane {
	int row;           /* ascending */
	int height, width; /* weights: how what is left over is shared out; 0: keeps to its least */
	int min_w, min_h;
	int max_w, max_h; /* 0: any; a row is as high as its highest pane may be */
	int importance;   /* when there is no room, the least important pane is left out first */
};

struct rect {
	int x, y, w, h; /* w is 0 for what was left out */
};

/* Fills the w x h cells without gap or overlap, as far as the panes' greatest sizes allow; what
 * they leave over is above the last row, which ends at the lower edge. The last pane that is left
 * stands even in less room than it needs. Returns how many panes were left out. */
int layout_place(const struct layout_pane *, int n, int w, int h, struct rect *out);

#endif
