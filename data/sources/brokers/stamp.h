/* stamp.h - the time of a message as a tag: ms since 1970, as columns of times read them. */
#ifndef WEIR_STAMP_H
#define WEIR_STAMP_H

#include <stddef.h>
#include <stdint.h>

enum { STAMP_CHARS = 24 };

/* Its length; 0, a missing cell, where it is not between 1990 and 2100: an id that is no time. */
size_t stamp_print(int64_t ms, char out[STAMP_CHARS]);

#endif
