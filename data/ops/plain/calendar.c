/* calendar.c - hour and weekday of a time, in UTC: times are seconds since 1970 in expressions. */
#include "data/ops/plain/plain.h"

static double
hour(double t)
{
	double day = floor(t / 86400);

	return floor((t - day * 86400) / 3600);
}

static double
weekday(double t)
{
	/* 1970-01-01 was a Thursday, day 3 counted from Monday */
	double day = floor(t / 86400) + 3;

	return day - 7 * floor(day / 7);
}

static void
hour_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, hour);
}

static void
weekday_step(struct op *op, const struct run *run, double *out)
{
	plain_one(op, run, out, weekday);
}

static const struct param params[] = {
	{ "t", PARAM_INPUT, NULL, 0, 0, NULL, "a time column, or seconds since 1970" },
	{ 0 },
};

const struct op_class op_hour = {
	.name = "hour",
	.family = "plain",
	.help = "hour of the day, 0 to 23, in UTC",
	.params = params,
	.step = hour_step,
	.explain = plain_explain_call,
};

const struct op_class op_weekday = {
	.name = "weekday",
	.family = "plain",
	.help = "day of the week, 0 (Monday) to 6, in UTC",
	.params = params,
	.step = weekday_step,
	.explain = plain_explain_call,
};
