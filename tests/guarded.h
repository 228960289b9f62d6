/* guarded.h - a canvas with a border of guard cells, so that a cell drawn outside is noticed. */
#ifndef WEIR_TESTS_GUARDED_H
#define WEIR_TESTS_GUARDED_H

#include "widgets/draw/canvas.h"

struct guarded {
	struct cell *cells;
	struct canvas canvas;
	int rows;
};

struct guarded guarded_new(int w, int h, enum glyphs); /* blank */
/* Frees it, and checks the guard and that every wide character has both halves. */
void guarded_free(struct guarded *);
struct cell *guarded_at(const struct guarded *, int x, int y);
/* Row y as UTF-8 without trailing blanks; valid until the next call. */
const char *guarded_row(const struct guarded *, int y);

#endif
