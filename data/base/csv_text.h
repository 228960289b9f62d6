/* csv_text.h - a cell as CSV writes it, so that every reader gives the same text back. */
#ifndef WEIR_CSV_TEXT_H
#define WEIR_CSV_TEXT_H

#include <stddef.h>

struct text;

/* Appends the n bytes, in quotes where they need them. */
void csv_text_cell(struct text *, const char *s, size_t n);

#endif
