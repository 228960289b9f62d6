/* scale.h - numbers as people read them on an axis or in a column: at round places, in a width that
 * stays. */
#ifndef WEIR_SCALE_H
#define WEIR_SCALE_H

#include <stdbool.h>
#include <stdint.h>

/* How the numbers of one series are written: all alike, so that nothing moves when they change. */
struct form {
	int ints; /* cells before the point, the sign included */
	int decimals;
	int prefix; /* thousands left out: 1 is k, 2 is M, -1 is m; shown behind the number */
	bool power; /* beyond all of these: "9.64e+299" */
};
enum { FORM_CHARS = 48 };

/* For numbers in [lo, hi] where a difference of resolution should show. */
struct form form_for(double lo, double hi, double resolution);
/* For a column of numbers in [lo, hi]: three digits of its range. */
struct form form_column(double lo, double hi);
int form_width(struct form);
/* Writes v (ASCII), without leading spaces; returns its length. A number that is too great for the
 * form is written shorter, never cut; one that is so small beside the others that they would leave
 * nothing of it is written without their prefix; a missing one is "-". */
int form_print(struct form, double v, char *out);
/* The form that holds both. */
struct form form_join(struct form, struct form);

/* How a number is written that changes as rows come: whole while all its values are, a constant
 * with its own digits, anything else so fine that its range shows. Decimals never become fewer. */
struct figures { /* zeroed: nothing seen yet */
	struct form form;
	int finest;    /* decimals that write each value seen exactly */
	uint64_t seen; /* rows, for who walks over them: view_see() */
	bool set;
	/* what figures_print() goes by: */
	int decimals, resolution; /* powers of ten of what should show */
	bool small;
};
void figures_see(struct figures *, double v);                /* one of its values */
void figures_update(struct figures *, double lo, double hi); /* the range of the last of them */

/* One of its values, or with more decimals what was computed of them, by its own magnitude: "24.5",
 * "1,500", "1.25M", "1e99". Returns its length. */
int figures_print(const struct figures *, double v, int more, char *out);
int figures_tail(const char *text); /* cells of such a number from the point on */

enum { COUNT_CHARS = 32 };
int count_print(uint64_t n, char *out); /* "1,500"; returns its length */
/* In at most seven characters, for what is told once: "1.25M", "0.98". */
int short_print(double v, char *out);

/* What a chart spans: grows at once, shrinks only when less than RANGE_FILL of it was in use for
 * patience rows, so that the picture does not jump. */
#define RANGE_FILL 0.6
struct range { /* zeroed: nothing seen yet */
	double lo, hi;
	uint64_t filled; /* row at which it was last in full use */
	bool set;
};
/* Returns true when it changed. */
bool range_update(struct range *, double lo, double hi, uint64_t row, uint64_t patience);

struct scale { /* an axis from lo to hi */
	double lo, hi;
	double first, step; /* of its ticks: step is 1, 2 or 5 times 10^k, first a multiple of it */
	int steps;          /* the ticks are first, first + step, ..., steps + 1 of them */
	/* first and step are powers of ten: first 2 and step 1 is 100, 1000; or, where fine, places
	 * in the row 1, 2, 5, 10, ...: first 3 and step 1 is 10, 20, 50 */
	bool log, fine;
	struct form form;
};
/* From a multiple of the step to a multiple, at most n >= 1 steps. */
struct scale scale_fit(double lo, double hi, int n);
/* For an axis of h cells with that many dots each: ticks stand a whole number of cells apart, so
 * that their distances look alike, and of the ways to do so the one that the range fills best. Less
 * than three cells have one tick. */
struct scale scale_fit_cells(double lo, double hi, int h, int dots);
/* From lo to hi, lo < hi, themselves, whatever its height of h cells is; ticks at multiples of the
 * step between them. */
struct scale scale_fit_ends(double lo, double hi, int h);
/* A logarithmic axis of h cells, from a power of ten to a power of ten, or from one of 1, 2, 5
 * times such a power to another where that leaves room for a tick at each; 0 < lo <= hi. */
struct scale scale_fit_log(double lo, double hi, int h);
double scale_tick(const struct scale *, int i);
/* The dot of v among dots, 0 being the upper one; may lie outside. */
int scale_dot(const struct scale *, double v, int dots);
double step_round(double least); /* the next of 1, 2, 5 times 10^k */

#endif
