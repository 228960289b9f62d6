/* compare.c - a label beside what was predicted, row by row: is it the same, is it the class that
 * is looked for, how surprising it was. Scores are means of these. */
#include <string.h>

#include "data/graph/explain.h"
#include "data/ops/learn/classifier.h"

static const double least_chance = 1e-15;

/* --- hit -------------------------------------------------------------------------------------- */

static void
hit_step(struct op *op, const struct run *run, double *out)
{
	const double *label = op->in[0], *said = op->in[1];

	for (int i = 0; i < run->n; i++)
		out[i] = number_missing(label[i]) || number_missing(said[i])
			     ? NAN
			     : !(label[i] < said[i]) && !(label[i] > said[i]);
}

static const struct param hit_params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "labels" },
	{ "said", PARAM_ANY, NULL, 0, 0, NULL, "predictions" },
	{ 0 },
};

const struct op_class op_hit = {
	.name = ".hit",
	.help = "1 where label and prediction are the same, else 0",
	.params = hit_params,
	.step = hit_step,
};

/* --- is: the class that is looked for --------------------------------------------------------- */

struct wanted {
	int given;
	double value;
};

/* The value= of the operator, else that of the proba that it reads. */
static const char *
value_of(const struct op *op)
{
	if (op_given(op, "value"))
		return op_value(op, "value")->text;
	if (op->args != NULL && op->args[1]->node->class == &op_proba &&
	    op_given(op->args[1], "value"))
		return op_value(op->args[1], "value")->text;
	return NULL;
}

static int
wanted_init(struct op *op, struct error *err)
{
	struct wanted *s = op->state;
	const char *value = value_of(op);

	if (op->args == NULL || value == NULL)
		return 0;
	s->given = true;
	if (op->args[0]->node->result == RESULT_TEXT)
		s->value = names_hash(value, strlen(value));
	else if (number_cell(value, strlen(value), &s->value) != CELL_NUMBER)
		return error_set(err, "value=%s (labels are numbers)", value);
	return 0;
}

/* The classifier whose outputs stand beside the rows of this step. */
static const struct classifier *
beside(const struct op *op)
{
	const struct classifier *c = classifier_of(op->args[1]);

	return op->args[1]->node->class == &op_proba || op->args[1]->node->class == &op_classify
		   ? c
		   : NULL;
}

/* NaN: nobody knows. Without a value, that of two labels which the classifier takes for positive;
 * of other chances, any number but 0. */
static double
is_wanted(const struct op *op, const struct classifier *c, int i)
{
	const struct wanted *s = op->state;
	double label = op->in[0][i], which = s->value;

	if (!s->given && c == NULL && op->args[0]->node->result != RESULT_TEXT)
		return number_missing(label) ? NAN : label > 0 || label < 0;
	if (!s->given)
		which = c != NULL ? c->lanes[CLASSIFIER_WHICH * BLOCK_ROWS + i] : NAN;
	if (number_missing(label) || number_missing(which))
		return NAN;
	return !(label < which) && !(label > which);
}

static void
is_step(struct op *op, const struct run *run, double *out)
{
	const struct classifier *c = beside(op);

	for (int i = 0; i < run->n; i++)
		out[i] = is_wanted(op, c, i);
}

static const struct param wanted_params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "labels" },
	{ "p", PARAM_INPUT, NULL, 0, 0, NULL, "chances" },
	{ "value", PARAM_TEXT, "", 0, 0, NULL, "the class" },
	{ 0 },
};

const struct op_class op_is = {
	.name = ".is",
	.help = "1 where the label is the class that is looked for, else 0",
	.params = wanted_params,
	.size = sizeof(struct wanted),
	.init = wanted_init,
	.step = is_step,
	.unsaved = true,
};

/* --- surprise --------------------------------------------------------------------------------- */

/* Of a classifier, what it gave to the label itself, whatever class p is of. */
static double
chance_given(const struct op *op, const struct classifier *c, int i)
{
	double p = op->in[1][i], wanted;

	if (c != NULL)
		return c->lanes[CLASSIFIER_TRUE * BLOCK_ROWS + i];
	wanted = is_wanted(op, c, i);
	return number_missing(wanted) ? NAN : wanted > 0 ? p : 1 - p;
}

static void
surprise_step(struct op *op, const struct run *run, double *out)
{
	const struct classifier *c = beside(op);

	for (int i = 0; i < run->n; i++) {
		double p = chance_given(op, c, i);

		out[i] = number_missing(p) ? NAN : -log(fmin(1, fmax(least_chance, p)));
	}
}

static const struct param surprise_params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "labels" },
	{ "p", PARAM_INPUT, NULL, 0, 0, NULL, "chances" },
	{ "value", PARAM_TEXT, "", 0, 0, NULL, "the class" },
	{ 0 },
};

const struct op_class op_surprise = {
	.name = ".surprise",
	.help = "-ln of the chance that was given to the label",
	.params = surprise_params,
	.size = sizeof(struct wanted),
	.init = wanted_init,
	.step = surprise_step,
	.unsaved = true,
};
