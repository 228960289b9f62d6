/* hoeffding_split.c - when a leaf of a Hoeffding tree splits, and by what: the gain in bits of ten
 * thresholds of each feature, and how far such a gain may be off. */
#include "data/ops/learn/trees/hoeffding_parts.h"

#include <math.h>
#include <string.h>

enum { THRESHOLDS = 10 };
static const double delta = 1e-4, tie = 0.05, side_least = 0.01;

static double
entropy(const double *counts, int k, double sum)
{
	double h = 0;

	for (int c = 0; c < k; c++)
		if (counts[c] > 0)
			h -= counts[c] / sum * log2(counts[c] / sum);
	return h;
}

double
hoeffding_gain(const double *left, const double *right, int k)
{
	double l = hoeffding_sum(left, k), r = hoeffding_sum(right, k), all = 0;

	if (l < side_least * (l + r) || r < side_least * (l + r))
		return 0;
	for (int c = 0; c < k; c++) {
		double both = left[c] + right[c];

		if (both > 0)
			all -= both / (l + r) * log2(both / (l + r));
	}
	return all - (l * entropy(left, k, l) + r * entropy(right, k, r)) / (l + r);
}

double
hoeffding_bound(double range, double n)
{
	return sqrt(range * range * log(1 / delta) / (2 * n));
}

/* How many of a class's rows are at most thr, by its normal distribution. */
static void
sides(const struct hoeffding *m, const struct hoeffding_tree *t, int slot, int feature, double thr,
    double *left, double *right)
{
	const double *seen = t->seen + slot * m->shape.k;

	for (int c = 0; c < m->shape.k; c++) {
		size_t at = (size_t)slot * hoeffding_stats(m) + (size_t)(c * m->shape.d + feature);
		double n = seen[c], sd = n > 0 ? sqrt(t->m2[at] / n) : 0;
		double e = thr - t->mean[at], share;

		share = sd > 0 ? 0.5 * erfc(-e / sd * M_SQRT1_2) : e >= 0;
		left[c] = n * share;
		right[c] = n - left[c];
	}
}

struct candidate {
	int feature; /* -1: none */
	double thr, gain;
};

static struct candidate
best_of_feature(
    const struct hoeffding *m, const struct hoeffding_tree *t, int slot, int feature, double *room)
{
	int k = m->shape.k;
	double least = t->least[slot * m->shape.d + feature];
	double most = t->most[slot * m->shape.d + feature];
	struct candidate best = { feature, NAN, 0 };

	for (int i = 1; i <= THRESHOLDS && most > least; i++) {
		double thr = least + (most - least) * i / (THRESHOLDS + 1), gain;

		sides(m, t, slot, feature, thr, room, room + k);
		gain = hoeffding_gain(room, room + k, k);
		if (gain > best.gain)
			best = (struct candidate){ feature, thr, gain };
	}
	return best;
}

/* Children begin with the classes that are expected of them. */
static void
split(struct hoeffding *m, struct hoeffding_tree *t, int node, struct candidate by, double *room)
{
	int slot = t->slot[node], left = t->nodes, k = m->shape.k;

	sides(m, t, slot, by.feature, by.thr, room, room + k);
	t->feature[node] = (int16_t)by.feature;
	t->thr[node] = by.thr;
	t->child[node] = (int16_t)left;
	t->child[left] = t->child[left + 1] = -1;
	t->slot[left] = (int16_t)slot;
	t->slot[left + 1] = (int16_t)t->leaves;
	hoeffding_clear(m, t, slot);
	hoeffding_clear(m, t, t->leaves);
	memcpy(t->count + slot * k, room, (size_t)k * sizeof *room);
	memcpy(t->count + t->leaves * k, room + k, (size_t)k * sizeof *room);
	t->nodes += 2;
	t->leaves++;
}

void
hoeffding_look(struct hoeffding *m, struct hoeffding_tree *t, int node)
{
	int slot = t->slot[node], k = m->shape.k, present = 0;
	const double *seen = t->seen + slot * k;
	double n = hoeffding_sum(seen, k), *room = m->p + k, bound;
	struct candidate best = { -1, 0, 0 }, second = { -1, 0, 0 };

	t->looked[slot] = n;
	for (int c = 0; c < k; c++)
		present += seen[c] > 0;
	if (present < 2 || t->leaves == m->leaves_most)
		return;
	for (int j = 0; j < m->shape.d; j++) {
		struct candidate own = best_of_feature(m, t, slot, j, room);

		if (own.gain > best.gain) {
			second = best;
			best = own;
		} else if (own.gain > second.gain) {
			second = own;
		}
	}
	bound = hoeffding_bound(log2(present), n);
	if (best.gain > 0 && (best.gain - second.gain > bound || bound < tie))
		split(m, t, node, best, room);
}
