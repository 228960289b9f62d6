/* rune_widths.h - characters that take no cell, or two. */
#ifndef WEIR_RUNE_WIDTHS_H
#define WEIR_RUNE_WIDTHS_H

#include <stdbool.h>
#include <stdint.h>

bool rune_is_hidden(uint32_t rune); /* it has no cell of its own */
bool rune_is_wide(uint32_t rune);   /* it has two */

#endif
