/* way_out.h - what a word that stands where it cannot was meant to be. Private to data/expr. */
#ifndef WEIR_WAY_OUT_H
#define WEIR_WAY_OUT_H

#include "data/base/text.h"
#include "data/expr/lexer.h"

/* Appends " (what to write)" for the word is, which stands behind was; nothing where it is not
 * seen what was meant. */
void way_out_add(const struct lexer *is, const struct lexer *was, struct text *out);

#endif
