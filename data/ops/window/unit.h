/* unit.h - the unit that the deviations of an aggregate are counted in, so that their squares and
 * fourth powers neither overflow nor vanish.
 *
 * Values of 1e160 or 1e-200 are numbers, their squares are not. An aggregate of squares therefore
 * holds them in a unit of its own, a power of two, which costs no digit: d = (x - anchor) * unit.
 * It is 1 as long as deviations are of a magnitude that people measure; else the first one that is
 * not 0 sets it, and a later one that is far greater sets it anew. What was summed before is then
 * scaled: it is too small to count, or keeps all its digits. */
#ifndef WEIR_UNIT_H
#define WEIR_UNIT_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Fourth powers of what lies within stay finite, also times the cube of a count of 2^40, and so do
 * those of its last digit. */
#define UNIT_FAR 0x1p150
#define UNIT_NEAR 0x1p-150

/* Does a deviation call for another unit? Each row asks, so two comparisons must do: of the bits
 * without the sign, where 0 less 1 is the greatest number. */
static inline bool
unit_misfit(double d)
{
	static const uint64_t near = (uint64_t)(1023 - 150) << 53;
	static const uint64_t far = (uint64_t)(1023 + 150) << 53;
	uint64_t bits;

	memcpy(&bits, &d, sizeof bits);
	bits <<= 1;
	return (bits - 1 < near - 1) | (bits >= far);
}

static inline double
unit_above(double x, double anchor, double unit)
{
	return x * unit - anchor * unit;
}

/* The unit for an aggregate whose squared deviations are m2, made fit for x - anchor, which is a
 * misfit. Sums that were taken before are to be scaled. */
double unit_fit(double unit, double m2, double x, double anchor);
/* The unit in which two aggregates with anchors that lie apart can be joined. */
double unit_joint(double unit_a, double m2_a, double unit_b, double m2_b, double from, double to);

#endif
