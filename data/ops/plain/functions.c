/* functions.c - abs sqrt log exp floor ceil round sign min2 max2 clamp. */
#include "data/ops/plain/plain.h"

static double
sign(double x)
{
	return number_missing(x) ? NAN : (double)((x > 0) - (x < 0));
}

static double
least(double a, double b)
{
	return number_missing(a) || number_missing(b) ? NAN : a < b ? a : b;
}

static double
greatest(double a, double b)
{
	return number_missing(a) || number_missing(b) ? NAN : a > b ? a : b;
}

static void
abs_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, fabs);
}

const struct op_class op_abs = {
	.name = "abs",
	.family = "plain",
	.help = "|x|",
	.params = plain_x,
	.step = abs_step,
	.explain = plain_explain_call,
};

static void
sqrt_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, sqrt);
}

const struct op_class op_sqrt = {
	.name = "sqrt",
	.family = "plain",
	.help = "square root; missing below 0",
	.params = plain_x,
	.step = sqrt_step,
	.explain = plain_explain_call,
};

static void
log_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, log);
}

const struct op_class op_log = {
	.name = "log",
	.family = "plain",
	.help = "natural logarithm; missing at 0 and below",
	.params = plain_x,
	.step = log_step,
	.explain = plain_explain_call,
};

static void
exp_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, exp);
}

const struct op_class op_exp = {
	.name = "exp",
	.family = "plain",
	.help = "e to the power of x",
	.params = plain_x,
	.step = exp_step,
	.explain = plain_explain_call,
};

static void
floor_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, floor);
}

const struct op_class op_floor = {
	.name = "floor",
	.family = "plain",
	.help = "largest whole number not above x",
	.params = plain_x,
	.step = floor_step,
	.explain = plain_explain_call,
};

static void
ceil_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, ceil);
}

const struct op_class op_ceil = {
	.name = "ceil",
	.family = "plain",
	.help = "smallest whole number not below x",
	.params = plain_x,
	.step = ceil_step,
	.explain = plain_explain_call,
};

static void
round_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, round);
}

const struct op_class op_round = {
	.name = "round",
	.family = "plain",
	.help = "nearest whole number, halves away from 0",
	.params = plain_x,
	.step = round_step,
	.explain = plain_explain_call,
};

static void
sign_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, sign);
}

const struct op_class op_sign = {
	.name = "sign",
	.family = "plain",
	.help = "-1, 0 or 1",
	.params = plain_x,
	.step = sign_step,
	.explain = plain_explain_call,
};

static void
min2_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, least);
}

const struct op_class op_min2 = {
	.name = "min2",
	.family = "plain",
	.help = "the smaller of a and b; missing if either is",
	.params = plain_a_b,
	.step = min2_step,
	.explain = plain_explain_call,
};

static void
max2_step(struct op *op, const struct run *run, double *out)
{
	plain_two(op, run, out, greatest);
}

const struct op_class op_max2 = {
	.name = "max2",
	.family = "plain",
	.help = "the larger of a and b; missing if either is",
	.params = plain_a_b,
	.step = max2_step,
	.explain = plain_explain_call,
};

static const struct param clamp_params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "a number" },
	{ "lo", PARAM_INPUT, NULL, 0, 0, NULL, "least value" },
	{ "hi", PARAM_INPUT, NULL, 0, 0, NULL, "greatest value" },
	{ 0 },
};

const struct op_class op_clamp = {
	.name = "clamp",
	.family = "plain",
	.help = "x kept within lo and hi",
	.params = clamp_params,
	.means = "min2(max2(x, lo), hi)",
};
