/* page.h - the arithmetic of a row as a page: lines that go on in their column, with the numbers
 * that they come to below one another. */
#ifndef WEIR_PAGE_H
#define WEIR_PAGE_H

#include <stdint.h>

#include "data/base/text.h"
#include "widgets/draw/canvas.h"

struct page_line {    /* of the screen: a piece of the text */
	int at, n;    /* bytes */
	int x;        /* cells from the left */
	bool heading; /* or what a heading goes on with */
	int result;   /* bytes before what it comes to; n: it comes to nothing */
	int gap,
	    pad; /* blanks that bring its " = ", and its number, below those of its neighbours */
	double share; /* of a bar in front of it; NaN: none */
};

struct page { /* zeroed: empty */
	struct text text;
	struct page_line *lines;
	int n, cap;
	bool spaced; /* there is room for a blank line before each heading */
};

/* Takes what operators tell: a line that does not begin with blanks is a heading, the others have a
 * word in a narrow column and what it stands for behind it. */
void page_write(struct page *, const char *told, enum glyphs);
void page_wrap(struct page *, int w); /* into lines of so many cells */
int page_height(const struct page *); /* with a blank line before each heading */
void page_fit(struct page *, int h);  /* spaced where that has room */
/* From this line on; what does not fit is counted in the last line. */
void page_draw(const struct page *, const struct canvas *, int first);
void page_done(struct page *);

#endif
