/* arithmetic.c - + - * / % ^ and the minus sign. Missing in, missing out; so is what is infinite.
 */
#include "data/ops/plain/plain.h"

static double
add(double a, double b)
{
	return a + b;
}

static void
add_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, add);
}

const struct op_class op_add = {
	.name = "+",
	.family = "arithmetic",
	.help = "a + b",
	.params = plain_a_b,
	.step = add_step,
	.explain = plain_explain_sign,
};

static double
subtract(double a, double b)
{
	return a - b;
}

static void
subtract_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, subtract);
}

const struct op_class op_subtract = {
	.name = "-",
	.family = "arithmetic",
	.help = "a - b",
	.params = plain_a_b,
	.step = subtract_step,
	.explain = plain_explain_sign,
};

static double
multiply(double a, double b)
{
	return a * b;
}

static void
multiply_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, multiply);
}

const struct op_class op_multiply = {
	.name = "*",
	.family = "arithmetic",
	.help = "a * b",
	.params = plain_a_b,
	.step = multiply_step,
	.explain = plain_explain_sign,
};

static double
divide(double a, double b)
{
	return a / b;
}

static void
divide_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, divide);
}

const struct op_class op_divide = {
	.name = "/",
	.family = "arithmetic",
	.help = "a / b; missing when b is 0",
	.params = plain_a_b,
	.step = divide_step,
	.explain = plain_explain_sign,
};

static double
rest(double a, double b)
{
	return fmod(a, b);
}

static void
remainder_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, rest);
}

const struct op_class op_remainder = {
	.name = "%",
	.family = "arithmetic",
	.help = "rest of a / b, with the sign of a (fmod); missing when b is 0",
	.params = plain_a_b,
	.step = remainder_step,
	.explain = plain_explain_sign,
};

static double
power(double a, double b)
{
	return pow(a, b);
}

static void
power_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, power);
}

const struct op_class op_power = {
	.name = "^",
	.family = "arithmetic",
	.help = "a to the power of b; missing where that is no real number",
	.params = plain_a_b,
	.step = power_step,
	.explain = plain_explain_sign,
};

static double
negate(double a)
{
	return -a;
}

static void
negate_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, negate);
}

const struct op_class op_negate = {
	.name = "neg",
	.family = "arithmetic",
	.help = "-x",
	.params = plain_x,
	.step = negate_step,
	.explain = plain_explain_call,
};
