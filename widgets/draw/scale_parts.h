/* scale_parts.h - what scales and figures share; nobody else includes it. */
#ifndef WEIR_SCALE_PARTS_H
#define WEIR_SCALE_PARTS_H

#include "widgets/draw/scale.h"

enum { PREFIX_MAX = 8, DECIMALS_MAX = 9 };
#define PLAIN_MAX 1e6 /* from here on thousands are left out */
#define PLAIN_MIN 1e-3

extern const char scale_prefixes[]; /* of the thousands from -PREFIX_MAX to PREFIX_MAX */
int scale_clamp(int v, int lo, int hi);
int scale_exponent(double v); /* the power of ten of the first digit; 0 for 0 */
int scale_prefix(double largest);
/* Puts commas between the thousands of the n characters of a number; returns how many there are. */
int scale_commas(char *out, int n);

/* The value at a place of a logarithmic axis, as first and step are. */
double scale_log_value(const struct scale *, double place);

#endif
