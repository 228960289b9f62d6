/* classifier_explain.c - how a classifier came to what it said of the row just read, in words. */
#include "data/ops/learn/classifier_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/explain.h"

enum { CHANCES = 4, SHARES = 3, TERMS = 4, STEPS = 5, FEATURE_BYTES = 22 };

struct amount {
	double v;
	int of;
};

static int
by_amount(const void *a, const void *b)
{
	const struct amount *x = a, *y = b;

	return fabs(x->v) < fabs(y->v) ? 1 : fabs(x->v) > fabs(y->v) ? -1 : x->of - y->of;
}

static void
percent(struct text *out, double share)
{
	text_addf(out, "%.1f %%", 100 * share);
}

void
learner_print_feature(const struct op *op, int input, struct text *out)
{
	explain_input(op, input + 1, FEATURE_BYTES, out);
}

/* The feature of the models as the user wrote it; of a text its codes share the name. */
static void
add_feature(const struct op *op, int feature, struct text *out)
{
	const struct classifier *c = op->state;
	int at = models_origin(c->models, feature);

	for (int i = 0; i < c->inputs; i++)
		if (c->order[i] == at) {
			learner_print_feature(op, i, out);
			return;
		}
	text_add(out, "?");
}

/* --- what each method goes by ----------------------------------------------------------------- */

static void
explain_mixture(const struct op *op, struct text *out)
{
	const struct classifier *c = op->state;
	struct amount share[MIXED];
	double s[MIXED];

	models_shares(c->models, s);
	for (int i = 0; i < MIXED; i++)
		share[i] = (struct amount){ s[i], i };
	qsort(share, MIXED, sizeof *share, by_amount);
	explain_line(out, "by");
	for (int i = 0; i < SHARES; i++) {
		text_addf(out, "%s%s ", i > 0 ? ", " : "", members[share[i].of].name);
		percent(out, share[i].v);
	}
	text_addc(out, '\n');
}

/* The weighted sum that speaks for the class against the next one, by its greatest terms. */
static void
explain_sum(const struct op *op, const double *w, int n, int first, struct text *out)
{
	const struct classifier *c = op->state;
	int k = c->models->shape.k, other = c->said == 0, d = c->models->shape.d, shown;
	struct amount *term = memory_zero((size_t)d + 1, sizeof *term);
	double sum = 0;

	for (int i = 1; i < k; i++)
		if (i != c->said && c->p[i] > c->p[other])
			other = i;
	for (int j = 0; j < n; j++)
		sum += (w[c->said * n + j] - w[other * n + j]) *
		       (first == 0 ? c->models->u[j] : c->models->z[j]);
	for (int j = 0; j < d; j++)
		term[j] = (struct amount){
			(w[c->said * n + 1 + j] - w[other * n + 1 + j]) * c->models->z[1 + j], j
		};
	qsort(term, (size_t)d, sizeof *term, by_amount);
	explain_line(out, "sum");
	text_addf(out, "%.4g for it against ", sum);
	classifier_print_label(c, other, out);
	shown = d < TERMS ? d : TERMS;
	for (int i = 0; i < shown; i++) {
		text_add(out, i == 0 ? ": " : ", ");
		add_feature(op, term[i].of, out);
		text_addf(out, " %+.3g", term[i].v);
	}
	text_addc(out, '\n');
	free(term);
}

/* The chance by the sum, of which the one told is what came of such chances. */
static void
explain_calibration(const struct classifier *c, struct text *out)
{
	double p[CLASSES_MOST + 1];

	logistic_predict(&c->models->logistic, c->models->z, p);
	explain_line(out, "counted");
	percent(out, p[c->said]);
	text_add(out, " by the sum alone; told is how often such chances came true of late\n");
}

/* A test of a tree against the row, in words; lags of labels have no name of the user's. */
static void
explain_test(const struct op *op, int feature, bool left, double thr, struct text *out)
{
	const struct classifier *c = op->state;

	if (feature >= c->models->shape.d) {
		text_addf(out, "label before %s", left ? "low" : "high");
		return;
	}
	add_feature(op, feature, out);
	text_addf(out, " %s ", left ? "<=" : ">");
	explain_number(
	    out, thr + (c->models->scaler.n > 0 ? c->models->scaler.origin[feature] : 0));
}

static void
explain_path(const struct op *op, struct text *out)
{
	const struct classifier *c = op->state;
	const struct models *m = c->models;
	const struct hoeffding_tree *t = &m->hoeffding.tree[m->hoeffding.first];
	int node = 0, steps = 0;

	explain_line(out, "path");
	for (; t->child[node] >= 0; steps++) {
		bool left = (double)m->f[t->feature[node]] <= t->thr[node];

		if (steps < STEPS && steps > 0)
			text_add(out, ", ");
		if (steps < STEPS)
			explain_test(op, t->feature[node], left, t->thr[node], out);
		node = t->child[node] + !left;
	}
	if (steps > STEPS)
		text_addf(out, ", %d more", steps - STEPS);
	text_addf(out, steps == 0 ? "the tree is one leaf\n" : "; leaf of %d\n", t->leaves);
}

/* The path of the row through the tree that did best of late. */
static void
explain_forest(const struct op *op, struct text *out)
{
	const struct classifier *c = op->state;
	const struct models *m = c->models;
	const struct grove_tree *t = forest_best(&m->forest);
	int node = 0, steps = 0;

	explain_line(out, "best tree");
	for (; t->child[node] >= 0; steps++) {
		bool left = m->f[t->feature[node]] <= t->thr[node];

		if (steps < STEPS && steps > 0)
			text_add(out, ", ");
		if (steps < STEPS)
			explain_test(op, t->feature[node], left, (double)t->thr[node], out);
		node = grove_next(t, node, m->f);
	}
	if (steps > STEPS)
		text_addf(out, ", %d more", steps - STEPS);
	text_addf(out, steps == 0 ? "one leaf\n" : "; %d leaves\n", t->leaves);
}

static void
explain_method(const struct op *op, struct text *out)
{
	const struct classifier *c = op->state;
	const struct models *m = c->models;

	if (c->method->answers == MEMBERS)
		explain_mixture(op, out);
	if (c->method->answers == MEMBER_LOGISTIC) {
		explain_sum(op, m->logistic.w, m->logistic.n, 1, out);
		explain_calibration(c, out);
	}
	if (c->method->answers == MEMBER_PERCEPTRON)
		explain_sum(op, m->perceptron.w, m->perceptron.n, 0, out);
	if (c->method->answers == MEMBER_HOEFFDING)
		explain_path(op, out);
	if (c->method->answers == MEMBERS || c->method->answers == MEMBER_FOREST)
		explain_forest(op, out);
}

/* --- all -------------------------------------------------------------------------------------- */

static void
explain_chances(const struct classifier *c, struct text *out)
{
	int k = c->classes;
	struct amount chance[CLASSES_MOST + 1] = { { 0, 0 } };

	for (int i = 0; i < k; i++)
		chance[i] = (struct amount){ c->p[i], i };
	qsort(chance, (size_t)k, sizeof *chance, by_amount);
	explain_line(out, "chances");
	for (int i = 0; i < k && i < CHANCES; i++) {
		struct text label = { 0 };

		classifier_print_label(c, chance[i].of, &label);
		text_addf(out, "%s%.16s ", i > 0 ? ", " : "", text_get(&label));
		percent(out, chance[i].v);
		text_done(&label);
	}
	text_addf(out, k > CHANCES ? ", %d more\n" : "\n", k - CHANCES);
}

static void
explain_score(const struct course_point *all, struct text *out)
{
	double n = all->n;

	explain_line(out, "right");
	percent(out, 1 - all->own / n);
	text_addf(out, " of %.0f rows before they were learned\n", n);
	explain_line(out, "baselines");
	text_add(out, "majority class ");
	percent(out, 1 - all->plain / n);
	text_add(out, ", label before ");
	percent(out, 1 - all->last / n);
	text_addc(out, '\n');
}

void
classifier_explain(const struct op *op, struct text *out)
{
	const struct classifier *c = op->state;

	text_addf(out, "classifier of %.40s: %s, %d feature%s, %d label%s\n",
	    op->args[0]->node->key, c->method->name, c->inputs, c->inputs == 1 ? "" : "s",
	    c->classes, c->classes == 1 ? "" : "s");
	if (c->classes == 0 || c->said < 0)
		return;
	explain_chances(c, out);
	explain_method(op, out);
	if (c->judge.course.rows > 0)
		explain_score(&c->judge.course.all, out);
	if (c->others > 0) {
		explain_line(out, "other");
		text_addf(out, "%.0f rows of labels beyond %d\n", c->others, c->method->classes);
	}
}
