/* synth.h - generators of rows. One generator = one file beside this one and a line in list.h.
 *
 * The same seed gives the same bytes on every machine: randomness is our own, and values are made
 * of + - * / and sqrt, which IEEE 754 rounds everywhere alike. */
#ifndef WEIR_SYNTH_H
#define WEIR_SYNTH_H

#include <stddef.h>
#include <stdint.h>

#include "data/base/text.h"

struct synth {       /* a generator at work */
	void *state; /* generator->size bytes, given zeroed */
	uint64_t random;
	uint64_t row;     /* from 0 */
	int64_t time;     /* of the next row; starts at 2026-01-01 */
	int64_t interval; /* between rows; 0: the generator moves time itself */
	struct text line;
};

struct generator {
	const char *name, *help;
	const char *columns; /* behind the time: "temperature,pH" */
	int64_t interval;    /* the default, ns; 0: irregular */
	size_t size;
	void (*start)(struct synth *); /* optional */
	/* Adds the cells of one row, each by one of the functions below. An irregular generator
	 * then moves time on to the next row. */
	void (*row)(struct synth *);
};

extern const struct generator *const generators[]; /* ends with NULL */

double synth_uniform(struct synth *);   /* [0, 1) */
int synth_below(struct synth *, int n); /* 0..n-1 */
double synth_normal(struct synth *);    /* mean 0, sd 1, within 6 */
double synth_exponential(struct synth *, double mean);
double synth_sine(double turns); /* sin(2 pi turns) */
double synth_between(double v, double low, double high);

void synth_number(struct synth *, double v, int decimals); /* rounded to them */
void synth_word(struct synth *, const char *);
void synth_missing(struct synth *);

#endif
