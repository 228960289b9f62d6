/* key_name.h - keys by their names, as a dashboard file and the table of keys write them. */
#ifndef WEIR_KEY_NAME_H
#define WEIR_KEY_NAME_H

#include <stdbool.h>

#include "app/screen/input.h"

/* A character ("x", "W", "é"), with Ctrl ("^R"), or a name ("space", "Tab", "S-Tab", "PgUp",
 * "click", ...). false: it is no key. */
bool key_read(const char *name, struct input *);
bool key_is(const struct input *a, const struct input *b); /* the same key */

#endif
