/* machine.h - one expression over the number columns x and y, stepped in runs of any cut. */
#ifndef WEIR_TESTS_MACHINE_H
#define WEIR_TESTS_MACHINE_H

#include "data/graph/graph.h"

struct machine {
	struct names *names;
	struct plan *plan;
	struct graph *graph;
	int root;
};

/* Fails the test when expr does not compile. */
struct machine machine_new(const char *expr);
void machine_free(struct machine *);
/* A new one that was loaded with the bytes of the other's state. */
struct machine machine_resume(const struct machine *, const char *expr);

/* Steps over rows [from, to) in runs of `cut` rows (0: random); out[row] is the value there. */
void machine_run(
    struct machine *, double *x, double *y, int64_t *time, int from, int to, int cut, double *out);

/* Why expr does not compile; fails the test when it does. Valid until the next call. */
const char *machine_refuses(const char *expr);

#endif
