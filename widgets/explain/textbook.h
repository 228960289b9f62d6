/* textbook.h - the arithmetic that operators tell, in the signs of a textbook. */
#ifndef WEIR_TEXTBOOK_H
#define WEIR_TEXTBOOK_H

#include <stdbool.h>

#include "data/base/text.h"

/* Where what a line below a heading tells begins, in cells: before it stands a word. */
enum { TEXTBOOK_X = 12 };

/* Appends told, line by line, with "<-" as an arrow, "*" as a cross, "sum of" as a sigma, and so
 * on; what stands in quotes, and all in ASCII (plain), stays as it is. */
void textbook_print(const char *told, bool plain, struct text *out);

#endif
