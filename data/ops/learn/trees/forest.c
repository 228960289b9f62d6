/* forest.c - random-test trees for classes.
 *
 * Twelve trees; each row counts 6 times on average in a tree (online bagging, Oza and Russell
 * 2001). A leaf holds 14 tests, each drawn from a row that came by; a test splits the leaf when the
 * G statistic of its classes on either side is beyond 7, of other trees 10 or 14: the first follow
 * fine borders in few rows, the last wait until they know the right test, and which is better
 * differs from stream to stream. So trees have the more votes, the better they did of late. A node's
 * own counts are bounded, which forgets, and a chance leans on that of the node above: so a young
 * leaf is not believed more than it has seen. Votes are averaged as logarithms and sharpened:
 * measured better than plainly. */
#include "data/ops/learn/trees/forest.h"

#include <math.h>
#include <string.h>

#include "data/ops/learn/features/shares.h"

enum { TREES = 12, LEAVES = 160, TESTS = 14, CHECK_EVERY = 60, COUNT_MOST = 60000 };
enum { VOTES_MOST = 4, VOTE_EVERY = 50 };
static const float node_most = 200, lean = 3;
static const double bag = 6, sharpness = 1.2, split_from[] = { 7, 10, 14 }, choosy = 10;
static const struct rivalry rivalry = { 0.98, 0.002 };

/* A tree may hold so many bytes: with many classes it has fewer leaves. */
static int
leaves_for(int k)
{
	int bytes = k <= 8 ? 60000 : 60000 + (k - 8) * 5500, leaf = 102 + 64 * k;

	return bytes / leaf < LEAVES ? bytes / leaf : LEAVES;
}

void
forest_fields(struct forest *m, struct fields *f)
{
	size_t k = (size_t)m->shape.k, tests;
	struct grove *g = &m->grove;

	g->trees = TREES;
	g->features = shape_tree(&m->shape);
	g->first_lag = m->shape.d;
	g->leaves = leaves_for(m->shape.k);
	g->tests = TESTS;
	g->lag_share = 0.1;
	tests = (size_t)g->leaves * TESTS;
	grove_fields(g, f);
	for (int i = 0; i <= TREES; i++) {
		fields_floats(f, &m->counts[i].node, (size_t)grove_nodes(g) * k);
		fields_u16(f, &m->counts[i].left, tests * k);
		fields_u16(f, &m->counts[i].right, tests * k);
	}
	for (int i = 0; i <= TREES; i++)
		fields_int(f, &m->votes[i], 0, VOTES_MOST);
	fields_doubles(f, &m->p, (TREES + 1) * k);
}

void
forest_init(struct forest *m)
{
	grove_init(&m->grove, m->shape.seed);
	for (int i = 0; i <= TREES; i++)
		m->votes[i] = VOTES_MOST;
}

static int
all_votes(const struct forest *m)
{
	int n = 0;

	for (int i = 0; i < TREES; i++)
		n += m->votes[m->grove.order[i]];
	return n;
}

int
forest_check(const struct forest *m)
{
	return grove_check(&m->grove) == 0 && all_votes(m) > 0 ? 0 : -1;
}

/* --- predict ---------------------------------------------------------------------------------- */

static void
tree_predict(const struct forest *m, int tree, const float *x, double *p)
{
	const struct grove_tree *t = &m->grove.tree[tree];
	int k = m->shape.k;

	for (int c = 0; c < k; c++)
		p[c] = 1.0 / k;
	for (int node = 0; node >= 0; node = grove_next(t, node, x)) {
		const float *counts = m->counts[tree].node + node * k;
		float sum = lean;
		double share;

		for (int c = 0; c < k; c++)
			sum += counts[c];
		share = 1 / (double)sum;
		for (int c = 0; c < k; c++)
			p[c] = ((double)counts[c] + (double)lean * p[c]) * share;
	}
}

void
forest_predict(struct forest *m, const struct example *ex, double *p)
{
	int k = m->shape.k, all;

	for (int i = 0; i <= TREES; i++)
		tree_predict(m, i, ex->f, m->p + i * k);
	all = all_votes(m);
	for (int c = 0; c < k; c++) {
		double product = 1; /* of 48 numbers at most: above 1e-192 */

		for (int i = 0; i < TREES; i++) {
			int tree = m->grove.order[i];
			double own = m->p[tree * k + c] + 1e-4;

			for (int v = 0; v < m->votes[tree]; v++)
				product *= own;
		}
		p[c] = sharpness / all * log(product);
	}
	shares_softmax(p, k);
}

/* --- learn ------------------------------------------------------------------------------------ */

static void
count_node(float *counts, int k, int class, int weight)
{
	float sum = 0;

	counts[class] += (float)weight;
	for (int c = 0; c < k; c++)
		sum += counts[c];
	if (sum <= node_most)
		return;
	for (int c = 0; c < k; c++)
		counts[c] *= node_most / sum;
}

static void
count_side(uint16_t *side, int k, int class, int weight)
{
	side[class] = (uint16_t)(side[class] + weight);
	if (side[class] > COUNT_MOST)
		for (int c = 0; c < k; c++)
			side[c] /= 2;
}

/* Tests are drawn one after the other from rows that come by: a coin ends it, so that the tests of
 * a leaf are of different rows. */
static void
count_tests(struct forest *m, int tree, int slot, const float *x, int class, int weight)
{
	struct grove_tree *t = &m->grove.tree[tree];
	int k = m->shape.k;

	for (int i = 0; i < TESTS; i++) {
		int at = slot * TESTS + i;
		uint16_t *left = m->counts[tree].left + at * k;
		uint16_t *right = m->counts[tree].right + at * k;

		if (t->test_feature[at] == NO_FEATURE) {
			grove_draw(&m->grove, t, slot, i, x);
			memset(left, 0, (size_t)k * sizeof *left);
			memset(right, 0, (size_t)k * sizeof *right);
		}
		count_side(
		    x[t->test_feature[at]] <= t->test_thr[at] ? left : right, k, class, weight);
		if (i + 1 < TESTS && t->test_feature[at + 1] == NO_FEATURE &&
		    chance_uniform(&t->chance) < 0.5)
			return;
	}
}

static double
x_log_x(double x)
{
	return x > 0 ? x * log(x) : 0;
}

double
forest_criterion(const uint16_t *left, const uint16_t *right, int k)
{
	double sum = 0, l = 0, r = 0;

	for (int c = 0; c < k; c++) {
		if (left[c] + right[c] == 0)
			continue;
		sum += x_log_x(left[c]) + x_log_x(right[c]) - x_log_x(left[c] + right[c]);
		l += left[c];
		r += right[c];
	}
	if (l < 2 || r < 2)
		return 0;
	return 2 * (sum + x_log_x(l + r) - x_log_x(l) - x_log_x(r));
}

static void
split(struct forest *m, int tree, int node, int test)
{
	struct grove_tree *t = &m->grove.tree[tree];
	struct forest_counts *counts = &m->counts[tree];
	int k = m->shape.k, at = t->slot[node] * TESTS + test;
	int child = grove_split(&m->grove, t, node, test);

	for (int c = 0; c < k; c++) {
		counts->node[child * k + c] = counts->left[at * k + c];
		counts->node[(child + 1) * k + c] = counts->right[at * k + c];
	}
}

/* Enough came since the last time: the best test splits the leaf, or the poor ones make room. */
static void
look_at_tests(struct forest *m, int tree, int node)
{
	struct grove_tree *t = &m->grove.tree[tree];
	const float *counts = m->counts[tree].node + node * m->shape.k;
	int slot = t->slot[node], k = m->shape.k, present = 0, best = 0;
	double g[TESTS];

	t->waiting[slot] = 0;
	for (int c = 0; c < k; c++)
		present += counts[c] > 0.5F;
	if (present < 2)
		return;
	for (int i = 0; i < TESTS; i++) {
		size_t at = (size_t)(slot * TESTS + i) * (size_t)k;

		g[i] = t->test_feature[slot * TESTS + i] == NO_FEATURE
			   ? 0
			   : forest_criterion(
				 m->counts[tree].left + at, m->counts[tree].right + at, k) /
				 bag;
		best = g[i] > g[best] ? i : best;
	}
	if (g[best] > split_from[tree % 3] + (present - 2) && t->leaves < m->grove.leaves) {
		split(m, tree, node, best);
		return;
	}
	for (int i = 0; i < TESTS; i++)
		if (g[i] < g[best] / 4 && chance_uniform(&t->chance) < 0.5)
			t->test_feature[slot * TESTS + i] = NO_FEATURE;
}

static void
tree_learn(struct forest *m, int tree, const float *x, int class)
{
	struct grove_tree *t = &m->grove.tree[tree];
	int weight = chance_poisson6(&t->chance), k = m->shape.k, leaf = 0;

	if (weight == 0)
		return;
	for (int node = 0; node >= 0; node = grove_next(t, node, x)) {
		count_node(m->counts[tree].node + node * k, k, class, weight);
		leaf = node;
	}
	count_tests(m, tree, t->slot[leaf], x, class, weight);
	t->waiting[t->slot[leaf]] = (uint16_t)(t->waiting[t->slot[leaf]] + weight);
	if (t->waiting[t->slot[leaf]] >= CHECK_EVERY)
		look_at_tests(m, tree, leaf);
}

const struct grove_tree *
forest_best(const struct forest *m)
{
	const struct grove *g = &m->grove;
	const struct grove_tree *best = &g->tree[g->order[0]];

	for (int i = 1; i < TREES; i++)
		if (grove_loss(&g->tree[g->order[i]]) < grove_loss(best))
			best = &g->tree[g->order[i]];
	return best;
}

static void
count_votes(struct forest *m)
{
	double best = grove_loss(forest_best(m));

	for (int i = 0; i <= TREES; i++)
		m->votes[i] = (int)fmin(VOTES_MOST,
		    VOTES_MOST * exp(choosy * (best - grove_loss(&m->grove.tree[i]))) + 0.5);
}

void
forest_learn(struct forest *m, const struct example *ex, int class)
{
	int k = m->shape.k;
	struct grove_tree *anew;

	for (int i = 0; i <= TREES; i++) {
		grove_score(&m->grove.tree[i], shares_loss(m->p + i * k, k, class));
		tree_learn(m, i, ex->f, class);
	}
	anew = grove_contest(&m->grove, &rivalry);
	if (m->grove.tree[m->grove.order[TREES]].age % VOTE_EVERY == 0)
		count_votes(m);
	if (anew == NULL)
		return;
	grove_plant(&m->grove, anew);
	memset(m->counts[anew - m->grove.tree].node, 0, (size_t)k * sizeof(float));
}
