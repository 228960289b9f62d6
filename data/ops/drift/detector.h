/* detector.h - what a method that detects changes is to the operators around it.
 *
 * A detector is fed the values of a stream, without the missing ones, and says at which of them it
 * declares a change. Its state is a plain struct without pointers: zeroed, then opened; saved as
 * its bytes. Values are within +-DRIFT_VALUE_MAX, so that squares and their sums stay finite. */
#ifndef WEIR_DRIFT_DETECTOR_H
#define WEIR_DRIFT_DETECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/text.h"

#define DRIFT_VALUE_MAX 1e140

struct drift_options { /* the method's own where the user gave none */
	double delta, threshold;
};

struct drift_change { /* the mean of the stream on both sides of a change declared */
	double before, after;
};

struct drift_detector {
	const char *name, *help;
	double delta, threshold; /* what is taken where the user gives none; NaN: takes none */
	size_t size;
	void (*open)(void *, const struct drift_options *);
	/* Is a change declared at this value? Then what the mean was and is. */
	bool (*step)(void *, double x, struct drift_change *);
	/* Of a state read as bytes, with its options put right: can it be stepped? */
	bool (*sound)(const void *);
	/* The options among the state, which are the expression's whatever the bytes say. */
	struct drift_options *(*options)(void *);
	/* What stands against what, as a few lines. */
	void (*explain)(const void *, struct text *);
};

extern const struct drift_detector drift_adwin, drift_ph, drift_kswin, drift_cusum, drift_ddm,
    drift_eddm, drift_hddm;

#endif
