/* trials.h - rules on trial: what each of them would have told, against the truth. */
#ifndef WEIR_TRIALS_H
#define WEIR_TRIALS_H

#include "app/run/truth.h"
#include "data/base/text.h"
#include "data/engine/engine.h"

struct trial {                  /* of one rule */
	char *name;             /* as the table has it; owned */
	int firing;             /* keys for which it fires now */
	uint64_t alerts, right; /* fired; of these inside of a range */
	int64_t *delay;         /* of each range: rows from its beginning; -1: not found */
};

struct trials {
	struct trial *all;
	int n;
	struct truth *truth;
	uint64_t rows;       /* the last one */
	int64_t first, last; /* stamps; TIME_NONE */
};

void trials_init(struct trials *, struct truth *, int rules);
void trials_done(struct trials *);
/* The trial of a rule is named; the text is copied. */
void trials_name(struct trials *, int rule, const char *name);
/* For an engine with these rules and no others. */
void trials_listen(struct trials *, struct engine *);
/* A row a rule: NAME alerts true false found/of missed delay per_day. */
void trials_print(const struct trials *, struct text *);

#endif
