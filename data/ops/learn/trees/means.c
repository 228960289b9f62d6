/* means.c - random-test trees for numbers. As forest.c, with means in the place of classes: a test
 * splits a leaf when the ratio of variances without and with it is beyond what chance does. */
#include "data/ops/learn/trees/means.h"

#include <math.h>
#include <string.h>

enum { CHECK_EVERY = 60, SIDE_LEAST = 4 };
static const float node_most = 300, lean = 2;
static const double bag = 6, split_from = 8;
static const struct rivalry rivalry = { 0.97, 0 };

void
means_fields(struct means *m, struct fields *f)
{
	struct grove *g = &m->grove;
	size_t tests = (size_t)m->leaves * (size_t)m->tests;

	g->trees = m->trees;
	g->features = shape_tree(&m->shape);
	g->first_lag = m->shape.d;
	g->leaves = m->leaves;
	g->tests = m->tests;
	g->lag_share = 0.2;
	grove_fields(g, f);
	for (int i = 0; i <= m->trees; i++) {
		struct means_sums *s = &m->sums[i];

		fields_floats(f, &s->n, (size_t)grove_nodes(g));
		fields_floats(f, &s->mean, (size_t)grove_nodes(g));
		fields_floats(f, &s->var, (size_t)m->leaves);
		fields_floats(f, &s->left_n, tests);
		fields_floats(f, &s->left, tests);
		fields_floats(f, &s->right_n, tests);
		fields_floats(f, &s->right, tests);
		fields_double(f, &m->said[i]);
	}
}

void
means_init(struct means *m, uint64_t seed)
{
	grove_init(&m->grove, seed);
}

/* In line, which fminf, for what is no number, is not. */
static inline float
at_most(float a, float most)
{
	return a < most ? a : most;
}

static double
tree_predict(const struct means *m, int tree, const float *x)
{
	const struct means_sums *s = &m->sums[tree];
	const struct grove_tree *t = &m->grove.tree[tree];
	float p = 0;

	for (int node = 0; node >= 0; node = grove_next(t, node, x))
		p = (s->n[node] * s->mean[node] + lean * p) / (s->n[node] + lean);
	return (double)p;
}

double
means_predict(struct means *m, const float *x)
{
	double sum = 0;

	for (int i = 0; i <= m->trees; i++)
		m->said[i] = tree_predict(m, i, x);
	for (int i = 0; i < m->trees; i++)
		sum += m->said[m->grove.order[i]];
	return sum / m->trees;
}

double
means_criterion(double left_n, double left, double right_n, double right, double var)
{
	double n = left_n + right_n, between;

	if (left_n < SIDE_LEAST || right_n < SIDE_LEAST || !(var > 0))
		return 0;
	between = left / left_n - right / right_n;
	between *= between * left_n * right_n / n;
	return -n * log(1 - fmin(0.9999, between / (n * var)));
}

static void
split(struct means *m, int tree, int node, int test)
{
	struct means_sums *s = &m->sums[tree];
	struct grove_tree *t = &m->grove.tree[tree];
	int at = t->slot[node] * m->tests + test;
	float var = 0.7F * s->var[t->slot[node]];
	int child = grove_split(&m->grove, t, node, test);

	s->n[child] = fminf(s->left_n[at], node_most);
	s->n[child + 1] = fminf(s->right_n[at], node_most);
	s->mean[child] = s->left[at] / s->left_n[at];
	s->mean[child + 1] = s->right[at] / s->right_n[at];
	s->var[t->slot[child]] = s->var[t->slot[child + 1]] = var;
}

static void
look_at_tests(struct means *m, int tree, int node)
{
	struct grove_tree *t = &m->grove.tree[tree];
	const struct means_sums *s = &m->sums[tree];
	int slot = t->slot[node], first = slot * m->tests, best = 0;
	double g[32] = { 0 };

	t->waiting[slot] = 0;
	for (int i = 0; i < m->tests; i++) {
		int at = first + i;

		g[i] =
		    t->test_feature[at] == NO_FEATURE
			? 0
			: means_criterion((double)s->left_n[at], (double)s->left[at],
			      (double)s->right_n[at], (double)s->right[at], (double)s->var[slot]) /
			      bag;
		best = g[i] > g[best] ? i : best;
	}
	if (g[best] > split_from && t->leaves < m->leaves) {
		split(m, tree, node, best);
		return;
	}
	for (int i = 0; i < m->tests; i++)
		if (g[i] < g[best] / 4 && chance_uniform(&t->chance) < 0.5)
			t->test_feature[first + i] = NO_FEATURE;
}

static void
count_tests(struct means *m, int tree, int slot, const float *x, float y, float weight)
{
	struct grove_tree *t = &m->grove.tree[tree];
	struct means_sums *s = &m->sums[tree];
	float left;

	for (int i = 0; i < m->tests; i++) {
		int at = slot * m->tests + i;

		if (t->test_feature[at] == NO_FEATURE) {
			grove_draw(&m->grove, t, slot, i, x);
			s->left_n[at] = s->left[at] = s->right_n[at] = s->right[at] = 0;
		}
		/* a side is added nothing to: which one it is, a processor guesses wrong half of
		 * the time */
		left = x[t->test_feature[at]] <= t->test_thr[at] ? weight : 0;
		s->left_n[at] += left;
		s->left[at] += left * y;
		s->right_n[at] += weight - left;
		s->right[at] += (weight - left) * y;
		if (i + 1 < m->tests && t->test_feature[at + 1] == NO_FEATURE &&
		    chance_uniform(&t->chance) < 0.5)
			return;
	}
}

static void
tree_learn(struct means *m, int tree, const float *x, float y)
{
	struct grove_tree *t = &m->grove.tree[tree];
	struct means_sums *s = &m->sums[tree];
	int weight = chance_poisson6(&t->chance), leaf = 0, slot;
	float w = (float)weight, before = 0;

	if (weight == 0)
		return;
	for (int node = 0; node >= 0; node = grove_next(t, node, x)) {
		s->n[node] = at_most(s->n[node] + w, node_most);
		before = s->mean[node];
		s->mean[node] += w / s->n[node] * (y - s->mean[node]);
		leaf = node;
	}
	slot = t->slot[leaf];
	s->var[slot] += w / s->n[leaf] * ((y - before) * (y - s->mean[leaf]) - s->var[slot]);
	count_tests(m, tree, slot, x, y, w);
	t->waiting[slot] = (uint16_t)(t->waiting[slot] + weight);
	if (t->waiting[slot] >= CHECK_EVERY)
		look_at_tests(m, tree, leaf);
}

void
means_learn(struct means *m, const float *x, double y)
{
	struct grove_tree *anew;
	float target = (float)fmax(-1e18, fmin(1e18, y));

	for (int i = 0; i <= m->trees; i++) {
		double e = y - m->said[i];

		grove_score(&m->grove.tree[i], fmin(e * e, 1e300));
		tree_learn(m, i, x, target);
	}
	anew = grove_contest(&m->grove, &rivalry);
	if (anew == NULL)
		return;
	grove_plant(&m->grove, anew);
	m->sums[anew - m->grove.tree].n[0] = m->sums[anew - m->grove.tree].mean[0] = 0;
	m->sums[anew - m->grove.tree].var[0] = 0;
}
