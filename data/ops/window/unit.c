/* unit.c - units that fit. See unit.h. */
#include "data/ops/window/unit.h"

enum { MOST = 1000 }; /* exponent of a unit: its inverse is a number too */

/* The power of two that makes x - anchor (not 0) about 1. */
static double
unit_of(double x, double anchor)
{
	double d = x - anchor; /* which may be beyond all doubles */
	int e = ilogb(isfinite(d) ? d : x / 4 - anchor / 4);

	return ldexp(1, e > MOST ? -MOST : e < -MOST ? MOST : -e);
}

double
unit_fit(double unit, double m2, double x, double anchor)
{
	if (fabs(unit_above(x, anchor, unit)) < UNIT_FAR && m2 > 0)
		return unit; /* it is far smaller than those that are in */
	return unit_of(x, anchor);
}

double
unit_joint(double unit_a, double m2_a, double unit_b, double m2_b, double from, double to)
{
	double unit = from != to ? unit_of(from, to) : HUGE_VAL;

	if (m2_a > 0 && unit_a < unit)
		unit = unit_a;
	if (m2_b > 0 && unit_b < unit)
		unit = unit_b;
	return unit < HUGE_VAL ? unit : 1;
}
