/* frequent.h - the most frequent texts of a column among the last rows. */
#ifndef WEIR_FREQUENT_H
#define WEIR_FREQUENT_H

#include "widgets/widget.h"

enum { FREQUENT_TEXTS = 128, FREQUENT_CHARS = 32 };

struct frequent_text {
	char text[FREQUENT_CHARS];
	int times;
};

struct frequent {                                   /* zeroed: nothing counted */
	struct frequent_text texts[FREQUENT_TEXTS]; /* the most frequent first, equals by name */
	int n;
	int rows;     /* that have a text */
	int others;   /* rows with one that found no room */
	uint64_t end; /* rows for which that was counted */
};

/* Counts anew when rows came. */
void frequent_count(struct frequent *, const struct view *, int source, int column);
/* A line for each with its bar and its number; in the last line how many more there are. */
void frequent_draw(const struct frequent *, const struct canvas *);

/* Names, bars and numbers as three columns of w cells: how wide a name is that has the cells
 * `name`, beside numbers of so many. */
int frequent_name_cells(int name, int w);
/* Text columns of all sources: the i-th of them, and how many there are. */
bool frequent_column(const struct view *, int i, int *source, int *column);
int frequent_columns(const struct view *);

#endif
