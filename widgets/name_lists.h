/* name_lists.h - lists of names as options give them: "temperature, pH". */
#ifndef WEIR_NAME_LISTS_H
#define WEIR_NAME_LISTS_H

#include <stdbool.h>
#include <stddef.h>

/* The next name from *at, which moves behind it; returns its length, 0 at the end. */
size_t list_next(const char **at, const char **name);
/* An empty list, or none, names everything. */
bool list_names(const char *list, const char *name);

#endif
