/* csv_header.h - the header of a table that was begun before: what goes on below it keeps to it. */
#ifndef WEIR_CSV_HEADER_H
#define WEIR_CSV_HEADER_H

#include <stddef.h>

#include "data/base/text.h"

/* Appends the first record of the file, as it stands there and without its end of line; nothing
 * where it cannot be read or has none. */
void csv_header_read(const char *path, struct text *);
/* Bytes of the cell with which s begins, its quotes among them. */
size_t csv_header_cell(const char *s, size_t n);

#endif
