/* secrets.h - words with what is secret in them made unreadable. */
#ifndef WEIR_SECRETS_H
#define WEIR_SECRETS_H

#include <stdbool.h>

#include "data/base/text.h"

/* Appends s; "***" stands in the place of what is behind "scheme://user:" up to "@", and of the
 * values of token=, password=, key= and the like, up to what can be no part of them. A comparison
 * as of expressions (key == 1) is none. false: there was nothing to hide. */
bool secrets_hide(const char *s, struct text *);

#endif
