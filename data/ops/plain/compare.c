/* compare.c - < <= > >= == != as 1 or 0. A comparison with a missing value is false, != too: a rule
 * must not fire for want of data. == and != compare texts as well. */
#include "data/ops/plain/plain.h"

static const struct param any_a_b[] = {
	{ "a", PARAM_ANY, NULL, 0, 0, NULL, "a number or a text" },
	{ "b", PARAM_ANY, NULL, 0, 0, NULL, "the same kind" },
	{ 0 },
};

static double
less(double a, double b)
{
	return a < b;
}

static void
less_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, less);
}

const struct op_class op_less = {
	.name = "<",
	.family = "comparison",
	.help = "1 if a < b, else 0; false when either is missing",
	.params = plain_a_b,
	.step = less_step,
	.explain = plain_explain_sign,
};

static double
at_most(double a, double b)
{
	return a <= b;
}

static void
at_most_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, at_most);
}

const struct op_class op_at_most = {
	.name = "<=",
	.family = "comparison",
	.help = "1 if a <= b, else 0; false when either is missing",
	.params = plain_a_b,
	.step = at_most_step,
	.explain = plain_explain_sign,
};

static double
greater(double a, double b)
{
	return a > b;
}

static void
greater_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, greater);
}

const struct op_class op_greater = {
	.name = ">",
	.family = "comparison",
	.help = "1 if a > b, else 0; false when either is missing",
	.params = plain_a_b,
	.step = greater_step,
	.explain = plain_explain_sign,
};

static double
at_least(double a, double b)
{
	return a >= b;
}

static void
at_least_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, at_least);
}

const struct op_class op_at_least = {
	.name = ">=",
	.family = "comparison",
	.help = "1 if a >= b, else 0; false when either is missing",
	.params = plain_a_b,
	.step = at_least_step,
	.explain = plain_explain_sign,
};

static double
equal(double a, double b)
{
	return a == b;
}

static void
equal_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, equal);
}

const struct op_class op_equal = {
	.name = "==",
	.family = "comparison",
	.help = "1 if a == b, else 0; false when either is missing",
	.params = any_a_b,
	.step = equal_step,
	.explain = plain_explain_sign,
};

static double
differ(double a, double b)
{
	return a < b || a > b;
}

static void
differ_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, differ);
}

const struct op_class op_differ = {
	.name = "!=",
	.family = "comparison",
	.help = "1 if a != b, else 0; false when either is missing",
	.params = any_a_b,
	.step = differ_step,
	.explain = plain_explain_sign,
};
