/* hoeffding.c - the Hoeffding tree (Domingos and Hulten, "Mining high-speed data streams", 2000)
 * with normal distributions in its leaves.
 *
 * A leaf is looked at every 200 rows; it splits when the best feature's gain is surely beyond the
 * second's, or the two cannot be told apart. Leaves answer by naive Bayes where that was right more
 * often than the majority. A second tree grows beside it from scratch, and takes its place when it
 * errs clearly less: so the tree follows changes. */
#include "data/ops/learn/trees/hoeffding_parts.h"

#include <math.h>
#include <string.h>

#include "data/ops/learn/features/shares.h"
#include "data/ops/learn/trees/nodes.h"

enum {
	GRACE = 200,
	LEAVES = 201,
	SLOT_BYTES = 400000,
	LEAVES_LEAST = 8,
	RIVAL_FROM = 500,
	RIVAL_EVERY = 100,
	RIVAL_UNTIL = 2000
};
static const double fade = 0.995, tail = 16;

static void
tree_fields(struct hoeffding *m, struct hoeffding_tree *t, struct fields *f)
{
	size_t leaves = (size_t)m->leaves_most, nodes = 2 * leaves, d = (size_t)m->shape.d;

	fields_int(f, &t->nodes, 1, 2 * m->leaves_most);
	fields_int(f, &t->leaves, 1, m->leaves_most);
	fields_double(f, &t->err);
	fields_double(f, &t->weight);
	fields_int(f, &t->age, 0, INT32_MAX);
	fields_doubles(f, &t->thr, nodes);
	fields_indices(f, &t->feature, nodes, m->shape.d);
	fields_indices(f, &t->child, nodes, 2 * m->leaves_most - 1);
	fields_indices(f, &t->slot, nodes, m->leaves_most);
	fields_doubles(f, &t->count, leaves * (size_t)m->shape.k);
	fields_doubles(f, &t->seen, leaves * (size_t)m->shape.k);
	fields_doubles(f, &t->mean, leaves * hoeffding_stats(m));
	fields_doubles(f, &t->m2, leaves * hoeffding_stats(m));
	fields_doubles(f, &t->least, leaves * d);
	fields_doubles(f, &t->most, leaves * d);
	fields_doubles(f, &t->hits_bayes, leaves);
	fields_doubles(f, &t->hits_majority, leaves);
	fields_doubles(f, &t->looked, leaves);
}

void
hoeffding_fields(struct hoeffding *m, struct fields *f)
{
	int slot = (int)sizeof(double) *
		   (2 * m->shape.k + 2 * (m->shape.k + 1) * m->shape.d + 2 * m->shape.d + 3);

	m->leaves_most = SLOT_BYTES / slot;
	m->leaves_most = m->leaves_most > LEAVES         ? LEAVES
			 : m->leaves_most < LEAVES_LEAST ? LEAVES_LEAST
							 : m->leaves_most;
	fields_int(f, &m->first, 0, 1);
	for (int i = 0; i < 2; i++)
		tree_fields(m, &m->tree[i], f);
	fields_doubles(f, &m->p, 3 * (size_t)m->shape.k);
}

void
hoeffding_clear(const struct hoeffding *m, struct hoeffding_tree *t, int slot)
{
	size_t d = (size_t)m->shape.d, k = (size_t)m->shape.k, at = (size_t)slot;

	memset(t->count + at * k, 0, k * sizeof(double));
	memset(t->seen + at * k, 0, k * sizeof(double));
	memset(t->mean + at * hoeffding_stats(m), 0, hoeffding_stats(m) * sizeof(double));
	memset(t->m2 + at * hoeffding_stats(m), 0, hoeffding_stats(m) * sizeof(double));
	for (size_t j = 0; j < d; j++) {
		t->least[at * d + j] = INFINITY;
		t->most[at * d + j] = -INFINITY;
	}
	t->hits_bayes[at] = t->hits_majority[at] = t->looked[at] = 0;
}

static void
plant(const struct hoeffding *m, struct hoeffding_tree *t)
{
	t->nodes = t->leaves = 1;
	t->child[0] = -1;
	t->slot[0] = 0;
	t->err = t->weight = 0;
	t->age = 0;
	hoeffding_clear(m, t, 0);
}

void
hoeffding_init(struct hoeffding *m)
{
	plant(m, &m->tree[0]);
	plant(m, &m->tree[1]);
}

static int
tree_check(const struct hoeffding_tree *t)
{
	return nodes_check(t->nodes, t->leaves, t->child, t->feature, t->slot);
}

int
hoeffding_check(const struct hoeffding *m)
{
	return tree_check(&m->tree[0]) < 0 || tree_check(&m->tree[1]) < 0 ? -1 : 0;
}

static int
leaf_of(const struct hoeffding_tree *t, const float *x)
{
	int node = 0;

	while (t->child[node] >= 0)
		node = t->child[node] + !((double)x[t->feature[node]] <= t->thr[node]);
	return node;
}

/* --- leaves ----------------------------------------------------------------------------------- */

/* The variance of a feature over all classes of a leaf. */
static double
leaf_var(const struct hoeffding *m, const struct hoeffding_tree *t, int slot, int feature)
{
	const double *seen = t->seen + slot * m->shape.k;
	const double *all = t->m2 + (size_t)slot * hoeffding_stats(m) + m->shape.k * m->shape.d;
	double n = hoeffding_sum(seen, m->shape.k);

	return n > 0 ? all[feature] / n : 0;
}

/* Two pseudo rows of the leaf's variance keep that of a class from nothing. */
static double
class_var(double m2, double n, double leaf)
{
	return fmax((m2 + 2 * leaf) / (n + 2), 1e-3 * leaf);
}

static void
leaf_bayes(
    const struct hoeffding *m, const struct hoeffding_tree *t, int slot, const float *x, double *p)
{
	const double *counts = t->count + slot * m->shape.k, *seen = t->seen + slot * m->shape.k;
	int k = m->shape.k, d = m->shape.d;
	double total = hoeffding_sum(counts, k);

	for (int c = 0; c < k; c++)
		p[c] = counts[c] > 0 ? log((counts[c] + 0.1) / (total + 0.1 * k)) : -1000;
	for (int j = 0; j < d; j++) {
		double leaf = leaf_var(m, t, slot, j);

		for (int c = 0; c < k && leaf > 0; c++) {
			int of = seen[c] > 0 ? c : k; /* else what all classes are like */
			size_t at = (size_t)slot * hoeffding_stats(m) + (size_t)(of * d + j);
			double var = of < k ? class_var(t->m2[at], seen[c], leaf) : leaf;
			double e = (double)x[j] - t->mean[at];

			if (counts[c] > 0)
				p[c] -= (log(var) + fmin(tail, e * e / var)) / 2;
		}
	}
	shares_softmax(p, k);
}

static void
leaf_majority(const struct hoeffding *m, const struct hoeffding_tree *t, int slot, double *p)
{
	const double *counts = t->count + slot * m->shape.k;
	double total = hoeffding_sum(counts, m->shape.k);

	for (int c = 0; c < m->shape.k; c++)
		p[c] = (counts[c] + 0.1) / (total + 0.1 * m->shape.k);
}

static void
tree_predict(const struct hoeffding *m, struct hoeffding_tree *t, const float *x, double *p)
{
	int slot = t->slot[leaf_of(t, x)];

	leaf_bayes(m, t, slot, x, p);
	t->said_bayes = shares_best(p, m->shape.k);
	if (t->hits_bayes[slot] < t->hits_majority[slot])
		leaf_majority(m, t, slot, p);
	t->said = shares_best(p, m->shape.k);
}

void
hoeffding_predict(struct hoeffding *m, const struct example *ex, double *p)
{
	tree_predict(m, &m->tree[!m->first], ex->f, m->p);
	tree_predict(m, &m->tree[m->first], ex->f, p);
}

/* --- learn ------------------------------------------------------------------------------------ */

static void
add_row(double *mean, double *m2, const float *x, int d, double n)
{
	for (int j = 0; j < d; j++) {
		double e = (double)x[j] - mean[j];

		mean[j] += e / n;
		m2[j] += e * ((double)x[j] - mean[j]);
	}
}

static void
leaf_learn(struct hoeffding *m, struct hoeffding_tree *t, int slot, const float *x, int class)
{
	int k = m->shape.k, d = m->shape.d;
	double *counts = t->count + slot * k, *seen = t->seen + slot * k;
	size_t at = (size_t)slot * hoeffding_stats(m);

	t->hits_bayes[slot] += t->said_bayes == class;
	t->hits_majority[slot] += shares_best(counts, k) == class;
	counts[class] += 1;
	seen[class] += 1;
	add_row(t->mean + at + class * d, t->m2 + at + class * d, x, d, seen[class]);
	add_row(t->mean + at + k * d, t->m2 + at + k * d, x, d, hoeffding_sum(seen, k));
	for (int j = 0; j < d; j++) {
		t->least[slot * d + j] = fmin(t->least[slot * d + j], (double)x[j]);
		t->most[slot * d + j] = fmax(t->most[slot * d + j], (double)x[j]);
	}
}

static void
tree_learn(struct hoeffding *m, struct hoeffding_tree *t, const float *x, int class)
{
	int node = leaf_of(t, x), slot = t->slot[node];

	t->err = fade * t->err + (t->said != class);
	t->weight = fade * t->weight + 1;
	t->age += t->age < INT32_MAX;
	leaf_learn(m, t, slot, x, class);
	if (hoeffding_sum(t->seen + slot * m->shape.k, m->shape.k) - t->looked[slot] >= GRACE)
		hoeffding_look(m, t, node);
}

static double
error_of(const struct hoeffding_tree *t)
{
	return t->weight > 0 ? t->err / t->weight : 0;
}

/* The one that waits takes over when it errs less by more than chance would have it. */
static void
contest(struct hoeffding *m)
{
	struct hoeffding_tree *ours = &m->tree[m->first], *other = &m->tree[!m->first];
	double e = error_of(ours);

	if (other->age >= RIVAL_FROM && other->age % RIVAL_EVERY == 0 &&
	    e - error_of(other) > 0.01 + sqrt(e * (1 - e) / other->weight)) {
		m->first = !m->first;
		plant(m, ours);
	} else if (other->age >= RIVAL_UNTIL) {
		plant(m, other);
	}
}

void
hoeffding_learn(struct hoeffding *m, const struct example *ex, int class)
{
	tree_learn(m, &m->tree[0], ex->f, class);
	tree_learn(m, &m->tree[1], ex->f, class);
	contest(m);
}

void
hoeffding_uses(const struct hoeffding *m, double *uses)
{
	const struct hoeffding_tree *t = &m->tree[m->first];

	for (int j = 0; j < m->shape.d; j++)
		uses[j] = 0;
	for (int i = 0; i < t->nodes; i++)
		if (t->child[i] >= 0)
			uses[t->feature[i]]++;
}
