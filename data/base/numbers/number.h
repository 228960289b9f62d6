/* number.h - decimal text to double and back, exactly. */
#ifndef WEIR_NUMBER_H
#define WEIR_NUMBER_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

enum cell_kind { CELL_NUMBER, CELL_MISSING, CELL_BAD };

/* Reads a cell as a number (spaces around it are passed over). CELL_MISSING: empty, or a mark for
 * nothing. CELL_BAD: anything else that is not a finite decimal number: inf, 1e999, 0x1p3,
 * 1_000, 1,5. *v is NaN unless CELL_NUMBER. Independent of the locale; s needs no NUL. */
enum cell_kind number_cell(const char *s, size_t n, double *v);
/* Empty, or NA, N/A, NaN, null, None, -, ?, ., ***, #N/A (any case), without blanks around it. */
bool number_missing_mark(const char *s, size_t n);
/* Is it surely a number: digits, perhaps with a point and a minus? Costs a third of reading it. */
bool number_plain(const char *s, size_t n);

/* Writes v with the fewest digits that read back to the same double, without NUL; returns the
 * length, at most NUMBER_CHARS. From 0.00001 to below 1e16 there is no exponent, else 1.5e+300 or
 * 1e-6; -0 prints as 0; v is finite. */
enum { NUMBER_CHARS = 32 };
int number_format(double v, char *out);

/* A missing number is a NaN. */
static inline bool
number_missing(double v)
{
	return isnan(v);
}

/* An infinite result is missing: the one place where this rule is applied. */
static inline double
number_finite(double v)
{
	return isfinite(v) ? v : NAN;
}

#endif
