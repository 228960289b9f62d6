/* grove.c - trees in flat arrays, their tests, and the challenger. */
#include "data/ops/learn/trees/grove.h"

#include "data/ops/learn/trees/nodes.h"

static const double discount = 0.998;
enum { CONTEST_FROM = 200, CONTEST_EVERY = 50, CONTEST_UNTIL = 1500 };

static void
tree_fields(struct grove *g, struct grove_tree *t, struct fields *f)
{
	size_t nodes = (size_t)grove_nodes(g), tests = (size_t)g->leaves * (size_t)g->tests;

	fields_u64(f, &t->chance.state);
	fields_int(f, &t->nodes, 1, grove_nodes(g));
	fields_int(f, &t->leaves, 1, g->leaves);
	fields_int(f, &t->age, 0, CONTEST_UNTIL);
	fields_double(f, &t->loss);
	fields_double(f, &t->weight);
	fields_floats(f, &t->thr, nodes);
	fields_indices(f, &t->feature, nodes, g->features);
	fields_indices(f, &t->child, nodes, grove_nodes(g) - 1);
	fields_indices(f, &t->slot, nodes, g->leaves);
	fields_floats(f, &t->test_thr, tests);
	fields_indices(f, &t->test_feature, tests, g->features);
	fields_u16(f, &t->waiting, (size_t)g->leaves);
}

void
grove_fields(struct grove *g, struct fields *f)
{
	for (int i = 0; i <= g->trees; i++)
		fields_int(f, &g->order[i], 0, g->trees);
	for (int i = 0; i <= g->trees; i++)
		tree_fields(g, &g->tree[i], f);
}

static int
tree_check(const struct grove *g, const struct grove_tree *t)
{
	if (t->nodes > grove_nodes(g) || t->leaves > g->leaves)
		return -1;
	return nodes_check(t->nodes, t->leaves, t->child, t->feature, t->slot);
}

int
grove_check(const struct grove *g)
{
	unsigned seen = 0;

	for (int i = 0; i <= g->trees; i++) {
		seen |= 1U << g->order[i];
		if (tree_check(g, &g->tree[i]) < 0)
			return -1;
	}
	return seen == (1U << (g->trees + 1)) - 1 ? 0 : -1;
}

void
grove_empty(const struct grove *g, struct grove_tree *t, int slot)
{
	for (int i = 0; i < g->tests; i++)
		t->test_feature[slot * g->tests + i] = NO_FEATURE;
	t->waiting[slot] = 0;
}

void
grove_plant(const struct grove *g, struct grove_tree *t)
{
	t->nodes = t->leaves = 1;
	t->child[0] = -1;
	t->slot[0] = 0;
	t->age = 0;
	t->loss = t->weight = 0;
	grove_empty(g, t, 0);
}

void
grove_init(struct grove *g, uint64_t seed)
{
	for (int i = 0; i <= g->trees; i++) {
		g->order[i] = i;
		g->tree[i].chance.state = 1000 * seed + (i < g->trees ? (uint64_t)i : 777);
		grove_plant(g, &g->tree[i]);
	}
}

void
grove_draw(const struct grove *g, struct grove_tree *t, int slot, int test, const float *x)
{
	int lags = g->features - g->first_lag, at = slot * g->tests + test, feature;

	if (g->first_lag == 0 || (lags > 0 && chance_uniform(&t->chance) < g->lag_share))
		feature = g->first_lag + chance_below(&t->chance, lags);
	else
		feature = chance_below(&t->chance, g->first_lag);
	t->test_feature[at] = (int16_t)feature;
	t->test_thr[at] = x[feature];
}

int
grove_split(struct grove *g, struct grove_tree *t, int node, int test)
{
	int at = t->slot[node] * g->tests + test, left = t->nodes;

	if (t->leaves == g->leaves)
		return -1;
	t->feature[node] = t->test_feature[at];
	t->thr[node] = t->test_thr[at];
	t->child[node] = (int16_t)left;
	t->child[left] = t->child[left + 1] = -1;
	t->slot[left] = t->slot[node];
	t->slot[left + 1] = (int16_t)t->leaves;
	t->nodes += 2;
	t->leaves++;
	grove_empty(g, t, t->slot[left]);
	grove_empty(g, t, t->slot[left + 1]);
	return left;
}

void
grove_score(struct grove_tree *t, double loss)
{
	t->loss = discount * t->loss + loss;
	t->weight = discount * t->weight + 1;
}

double
grove_loss(const struct grove_tree *t)
{
	return t->weight > 0 ? t->loss / t->weight : 0;
}

static int
worst(const struct grove *g)
{
	int found = 0;

	for (int i = 1; i < g->trees; i++)
		if (grove_loss(&g->tree[g->order[i]]) > grove_loss(&g->tree[g->order[found]]))
			found = i;
	return found;
}

struct grove_tree *
grove_contest(struct grove *g, const struct rivalry *r)
{
	int last = g->order[g->trees], at;
	struct grove_tree *challenger = &g->tree[last];

	challenger->age++;
	if (challenger->age >= CONTEST_FROM && challenger->age % CONTEST_EVERY == 0) {
		at = worst(g);
		if (grove_loss(challenger) <
		    r->better * grove_loss(&g->tree[g->order[at]]) - r->margin) {
			g->order[g->trees] = g->order[at];
			g->order[at] = last;
			return &g->tree[g->order[g->trees]];
		}
	}
	return challenger->age >= CONTEST_UNTIL ? challenger : NULL;
}

void
grove_uses(const struct grove *g, double *uses)
{
	for (int j = 0; j < g->features; j++)
		uses[j] = 0;
	for (int i = 0; i < g->trees; i++) {
		const struct grove_tree *t = &g->tree[g->order[i]];

		for (int n = 0; n < t->nodes; n++)
			if (t->child[n] >= 0)
				uses[t->feature[n]]++;
	}
}
