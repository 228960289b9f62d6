/* nodes.h - trees kept in arrays, one entry a node. */
#ifndef WEIR_LEARN_NODES_H
#define WEIR_LEARN_NODES_H

#include <stdint.h>

/* Of loaded nodes: children stand behind their parents, so that every way down ends, and leaves
 * have slots that are in use. child: the left one, the right one stands behind it; of a leaf -1.
 * 0; -1: damaged. */
static inline int
nodes_check(int n, int slots, const int16_t *child, const int16_t *feature, const int16_t *slot)
{
	for (int i = 0; i < n; i++) {
		if (child[i] >= 0 && (child[i] <= i || child[i] + 1 >= n || feature[i] < 0))
			return -1;
		if (child[i] < 0 && (slot[i] < 0 || slot[i] >= slots))
			return -1;
	}
	return 0;
}

#endif
