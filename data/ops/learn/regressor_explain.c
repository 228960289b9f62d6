/* regressor_explain.c - how a number was predicted, in words: by which models, the weighted sum,
 * and the errors beside the baselines. */
#include "data/ops/learn/regressor_parts.h"

#include "data/graph/explain.h"

enum { SHARES = 3, TERMS = 4, NAME_BYTES = 18 };

static void
explain_shares(const struct regressor *m, struct text *out)
{
	double share[NUMBERS_MIXED];

	numbers_shares(m->numbers, share);
	explain_line(out, "by");
	for (int i = 0; i < SHARES; i++) {
		int best = 0;

		for (int k = 1; k < NUMBERS_MIXED; k++)
			best = share[k] > share[best] ? k : best;
		text_addf(
		    out, "%s%s %.1f %%", i > 0 ? ", " : "", number_names[best], 100 * share[best]);
		share[best] = -1;
	}
	text_addc(out, '\n');
}

static void
explain_sum(const struct op *op, struct text *out)
{
	const struct regressor *m = op->state;
	const struct numbers *k = m->numbers;

	explain_line(out, "sum");
	explain_number(out, k->first + k->linear.w[0]);
	for (int i = 0; i < m->inputs && i < TERMS; i++) {
		int j = m->order[i];

		if (j < k->plain) {
			text_add(out, ", ");
			explain_input(op, i + 1, NAME_BYTES, out);
			text_addf(out, " %+.4g", k->linear.w[1 + j] * k->z[1 + j]);
		}
	}
	text_add(out, m->inputs > TERMS ? ", ...\n" : "\n");
}

void
regressor_explain(const struct op *op, struct text *out)
{
	const struct regressor *m = op->state;
	const struct course_point *all = &m->course.all;

	text_addf(out, "regressor of %.40s: %s, %d feature%s\n", op->args[0]->node->key,
	    m->method->name, m->inputs, m->inputs == 1 ? "" : "s");
	if (m->course.rows == 0)
		return;
	if (m->method->answers == NUMBER_MEMBERS)
		explain_shares(m, out);
	if (m->method->needs >> NUMBER_LINEAR & 1)
		explain_sum(op, out);
	explain_line(out, "error");
	text_addf(out, "mean of |y - predicted| = %.4g of %.0f rows\n", all->own / all->n, all->n);
	explain_line(out, "baselines");
	text_addf(
	    out, "mean so far %.4g, value before %.4g\n", all->plain / all->n, all->last / all->n);
	if (m->wild > 0) {
		explain_line(out, "wild");
		text_addf(out, "%.0f rows far beyond all others, not learned\n", m->wild);
	}
}
