/* support.h - what unit tests share. */
#ifndef WEIR_TESTS_SUPPORT_H
#define WEIR_TESTS_SUPPORT_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Runs the suite that the case functions were added to and prints one line; for main(). */
int support_run(Suite *);

/* A small deterministic generator (splitmix64): tests never depend on the C library's. */
struct rng {
	uint64_t state;
};
uint64_t rng_next(struct rng *);
double rng_uniform(struct rng *); /* [0, 1) */
double rng_normal(struct rng *);

/* |a - b| within tol relative to the larger of 1 and |b|; two missing values are equal. */
bool near(double a, double b, double tol);

#endif
