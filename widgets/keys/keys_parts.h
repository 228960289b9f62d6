/* keys_parts.h - what the files of the list of keys share; nobody else includes it.
 *
 * keys.c        the widget: a line for each key
 * keys_lines.c  what is told of each
 * keys_places.c which columns find room, and where */
#ifndef WEIR_KEYS_PARTS_H
#define WEIR_KEYS_PARTS_H

#include "widgets/keys/key_list.h"
#include "widgets/draw/scale.h"
#include "widgets/sparkline.h"

enum { KPIS_MOST = 32, FIRING_CHARS = 96, TITLE_MOST = 16 };

struct key_kpi { /* a KPI that has a column */
	struct key_column column;
	char title[TITLE_CHARS];
	bool text;              /* its values are texts */
	struct figures figures; /* how its values are written, of the user's own */
	int x, w, ints, tail;   /* w 0: it found no room */
};

struct key_line {
	bool known; /* it has not been forgotten since the list was made */
	bool looked;
	int gravest; /* severity of the rules that fire for it; -1: none does */
	double values[KPIS_MOST];
	double trend[TREND_ROWS];
	int ntrend;
	uint64_t end; /* rows that the trend ends with */
	char rows[COUNT_CHARS], seen[WHEN_CHARS], firing[FIRING_CHARS];
};

struct key_place {
	int x, w; /* w 0: it found no room */
};

struct keys {
	int source;       /* -1: none has keys */
	unsigned version; /* of the list that the lines are of */
	struct key_kpi kpis[KPIS_MOST];
	int nkpis, sorted;      /* sorted: of the KPIs; -1: by something else */
	int series;             /* the one that the others are of */
	struct figures figures; /* ... and how it is written */
	enum key_measure by;
	bool reversed;
	struct key_line *lines;
	int n, room;
	struct key_place name, trend, rows, seen, firing;
};

/* The KPIs that there may be columns of: the user's own, and those of the series with the focus. */
void keys_find_kpis(struct keys *, const struct view *);
/* Of the keys in sight. */
void keys_find_lines(struct keys *, const struct view *);
/* In w cells. Returns how many columns find no room. */
int keys_place(struct keys *, const struct view *, int w);
/* A value of a KPI as it is written; "" when it is missing. */
void keys_print(
    const struct keys *, const struct view *, int kpi, double value, char out[FIRING_CHARS]);

#endif
