/* mixer.h - one answer out of the members' chances. */
#ifndef WEIR_LEARN_MIXER_H
#define WEIR_LEARN_MIXER_H

#include "data/ops/learn/models.h"

void mixer_fields(struct mixer *, int k, struct fields *);
void mixer_init(struct mixer *);
void mixer_answer(struct mixer *, int k, double *p); /* the members' chances are in p */
void mixer_learn(struct mixer *, int k, int class);
void mixer_shares(const struct mixer *, double share[MIXED]); /* they sum to 1 */

#endif
