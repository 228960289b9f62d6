/* condition.c - what a rule asks for, in little room. */
#include "widgets/condition.h"

#include <string.h>

enum { HEAD_LEAST = 2 /* cells of what is compared, with what tells that it is cut */ };

void
condition_draw(const struct canvas *c, int x, int y, int w, enum style style, const char *text)
{
	const char *sign = strpbrk(text, "<>=!");
	int tail = sign != NULL ? text_cells(sign) : 0;

	if (text_cells(text) <= w || tail == 0 || tail + HEAD_LEAST + 1 > w) {
		canvas_text(c, x, y, w, style, text);
		return;
	}
	canvas_text(c, x, y, w - tail - 1, style, text);
	canvas_text(c, x + w - tail, y, tail, style, sign);
}
