/* lanes.h - four doubles side by side, so that every compiler does them in one go.
 *
 * Loops over the 24 experts, and rows of small matrices, are written with these: whether a compiler
 * finds out by itself what may be done at once differs between versions and levels. The results are
 * the same to the bit on all machines, with registers of any width or none. */
#ifndef WEIR_FORECAST_LANES_H
#define WEIR_FORECAST_LANES_H

#include <stdint.h>
#include <string.h>

/* A function compiled twice, for machines with registers of four doubles and for others. The
 * results are the same: no sum changes its order, and nothing is fused. */
#if defined __x86_64__ && defined __GLIBC__ && defined __GNUC__ && !defined __clang__
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* Lanes are never passed by value: how that is done differs between those machines. What is called
 * in a WIDE function must become a part of it. */
#define INLINED static inline __attribute__((always_inline))

enum { LANES = 4 };
typedef double lanes __attribute__((vector_size(32), aligned(8), may_alias));
typedef int64_t lanes_bits __attribute__((vector_size(32), aligned(8), may_alias));
typedef float lanes_float __attribute__((vector_size(16), aligned(4), may_alias));

/* The lanes that begin at a number of an array. */
INLINED lanes *
lanes_at(double *p)
{
	return (lanes *)p;
}

INLINED const lanes *
lanes_of(const double *p)
{
	return (const lanes *)p;
}

/* Where mask is set, to is from. */
INLINED void
lanes_set(lanes *to, const lanes_bits *mask, const lanes *from)
{
	*to = (lanes)((*mask & (lanes_bits)*from) | (~*mask & (lanes_bits)*to));
}

/* Where mask is not set, v is 0. */
INLINED void
lanes_keep(lanes *v, const lanes_bits *mask)
{
	*v = (lanes)(*mask & (lanes_bits)*v);
}

INLINED void
lanes_abs(lanes *v)
{
	*v = (lanes)((lanes_bits)*v & INT64_MAX);
}

/* The sum of lanes, always in this order. */
INLINED double
lanes_sum(const lanes *v)
{
	return ((*v)[0] + (*v)[2]) + ((*v)[1] + (*v)[3]);
}

#endif
