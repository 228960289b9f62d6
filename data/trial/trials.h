/* trials.h - rules and detectors of changes on trial: what each of them told, against the truth.
 *
 * A listener of the engine. An alert is true from the start of a range to its end; a range is found
 * by the first alert in it, or with delay 0 by a rule that fires already when it begins. */
#ifndef WEIR_TRIALS_H
#define WEIR_TRIALS_H

#include "data/base/text.h"
#include "data/engine/engine_view.h"
#include "data/trial/truth.h"

struct trial {                  /* of one rule, or of one detector */
	char *name;             /* the rule's, or the expression as it is told */
	bool drift;             /* a detector */
	int firing;             /* of a rule: keys for which it fires now */
	uint64_t alerts, right; /* fired, or declared a change; of these inside of a range */
	int64_t *delay;         /* of each range: rows from its beginning; -1: not found */
};

struct trials {
	const struct engine *engine;
	struct truth truth;
	struct trial *all; /* rules in the engine's order, then detectors as they were found */
	int n;
	int *of_rule; /* the trial of each of the engine's rules */
	int nrules;
	int nodes;           /* of the plan whose detectors are among them; 0: none yet */
	uint64_t rows;       /* the last one */
	int64_t first, last; /* stamps; TIME_NONE */
};

/* Takes the truth, and listens; before the engine runs. Of its first source. */
struct trials *trials_new(struct engine *, struct truth *);
void trials_free(struct trials *); /* NULL is fine */

struct trial_score {
	int found, missed; /* ranges */
	double delay;      /* mean over those found, in rows; NaN: none */
	double per_day;    /* alerts; NaN: without times of its own */
};
struct trial_score trials_score(const struct trials *, const struct trial *);

/* All rows went: ranges in which none of them lies are a mistake. -1 with err. */
int trials_check(const struct trials *, struct error *);
/* A line a trial: NAME alerts true false found/of missed delay per_day. */
void trials_print(const struct trials *, struct text *);

#endif
