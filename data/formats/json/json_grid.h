/* json_grid.h - rows that are arrays: [[1, 2], [3, 4]], or one a line. */
#ifndef WEIR_JSON_GRID_H
#define WEIR_JSON_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "data/rows/dialect.h"

/* By the first bytes: an array whose first item is one of several plain values, or a line that is
 * such an array and nothing else. Lines of logs begin with brackets, too. */
bool json_grid_fits(const char *s, size_t n);

struct json_object;
/* The names in the first of these rows, where it names the columns: see struct dialect. */
void json_grid_header(const char *s, size_t n, char titles[TITLES_MAX]);
/* Names the cells of a row; is it that header itself? */
bool json_grid_name(struct json_object *, const char *titles);

#endif
