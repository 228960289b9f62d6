/* hoeffding_parts.h - what the files of the Hoeffding tree share; nobody else includes it. */
#ifndef WEIR_LEARN_HOEFFDING_PARTS_H
#define WEIR_LEARN_HOEFFDING_PARTS_H

#include "data/ops/learn/trees/hoeffding.h"

static inline size_t
hoeffding_stats(const struct hoeffding *m) /* numbers of one kind in a slot */
{
	return (size_t)(m->shape.k + 1) * (size_t)m->shape.d;
}

static inline double
hoeffding_sum(const double *counts, int k)
{
	double sum = 0;

	for (int c = 0; c < k; c++)
		sum += counts[c];
	return sum;
}

/* A slot that has seen nothing. */
void hoeffding_clear(const struct hoeffding *, struct hoeffding_tree *, int slot);
/* Enough rows came to a leaf since the last time: it splits where that is surely worth it. */
void hoeffding_look(struct hoeffding *, struct hoeffding_tree *, int node);

#endif
