/* manual.h - the manual page, printed from the same tables that the program works by. */
#ifndef WEIR_MANUAL_H
#define WEIR_MANUAL_H

#include "data/base/text.h"

void manual_print(struct text *); /* in roff, for man(1) */

#endif
