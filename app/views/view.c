/* view.c - the table of views. */
#include "app/views/view.h"

#define VIEW(name) &view_##name,
const struct view_class *const view_classes[] = { VIEW_LIST(VIEW) NULL };
#undef VIEW
