/* stage.h - a widget alone, on a view made by hand, drawn as text. */
#ifndef WEIR_TESTS_STAGE_H
#define WEIR_TESTS_STAGE_H

#include "tests/rig.h"

enum { STAGE_PARAMS = 8 }; /* room for the parameters of any widget */

struct stage {
	struct rig rig;
	struct series series[3];
	struct view view;
	struct text picture;
};

/* Two number columns, a text and a KPI: x falls from 40 to 1, y is its square, word is a, b, b, a,
 * b, b ..., the KPI "half" is x / 2; a rule asks for x < 10. */
void stage_open(struct stage *);
void stage_close(struct stage *);

/* The widget with the values of its parameters in their order (NULL: its default), w x h cells,
 * each line with its blanks. Valid until the next. */
const char *stage_draw(
    struct stage *, const char *class, const char *const options[], int w, int h, enum glyphs);
/* The same without blanks at the ends of lines. */
const char *stage_trimmed(
    struct stage *, const char *class, const char *const options[], int w, int h, enum glyphs);

#endif
