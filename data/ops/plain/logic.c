/* logic.c - && || ! and if. What is missing counts as false. */
#include "data/ops/plain/plain.h"

static bool
truth(double v)
{
	return !number_missing(v) && v != 0;
}

static double
both(double a, double b)
{
	return truth(a) && truth(b);
}

static double
either(double a, double b)
{
	return truth(a) || truth(b);
}

static double
negation(double a)
{
	return !truth(a);
}

static void
both_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, both);
}

static void
either_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, either);
}

static void
negation_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, negation);
}

static void
if_step(struct op *op, const struct run *run, double *out)
{
	const double *c = op->in[0], *a = op->in[1], *b = op->in[2];

	for (int i = 0; i < run->n; i++)
		out[i] = truth(c[i]) ? a[i] : b[i];
}

static const struct param if_params[] = {
	{ "c", PARAM_INPUT, NULL, 0, 0, NULL, "the condition" },
	{ "a", PARAM_ANY, NULL, 0, 0, NULL, "value when it is true" },
	{ "b", PARAM_ANY, NULL, 0, 0, NULL, "value when it is false or missing" },
	{ 0 },
};

const struct op_class op_and = {
	.name = "&&",
	.family = "logic",
	.help = "1 if a and b are both true (not 0 and not missing), else 0",
	.params = plain_a_b,
	.step = both_step,
	.explain = plain_explain_sign,
};

const struct op_class op_or = {
	.name = "||",
	.family = "logic",
	.help = "1 if a or b is true, else 0",
	.params = plain_a_b,
	.step = either_step,
	.explain = plain_explain_sign,
};

const struct op_class op_not = {
	.name = "!",
	.family = "logic",
	.help = "1 if x is false or missing, else 0",
	.params = plain_x,
	.step = negation_step,
	.explain = plain_explain_call,
};

const struct op_class op_if = {
	.name = "if",
	.family = "plain",
	.help = "a where c is true, else b",
	.params = if_params,
	.result = RESULT_AS_INPUT,
	.step = if_step,
	.explain = plain_explain_call,
};
