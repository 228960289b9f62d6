/* plain_twins.c - obvious twins of operators of one row, and of a row some rows ago. */
#include "tests/twins/plain_twins.h"

#include <math.h>
#include <stdbool.h>
#include <time.h>

static bool
either_missing(double x, double y)
{
	return isnan(x) || isnan(y);
}

static double
finite_or_missing(long double v)
{
	return v > -0x1p1024L && v < 0x1p1024L ? (double)v : NAN;
}

static double
add(double x, double y)
{
	return finite_or_missing((long double)x + (long double)y);
}

static double
subtract(double x, double y)
{
	return finite_or_missing((long double)x - (long double)y);
}

static double
multiply(double x, double y)
{
	return finite_or_missing((long double)x * (long double)y);
}

static double
divide(double x, double y)
{
	return y == 0 ? NAN : finite_or_missing((long double)x / (long double)y);
}

static double
rest(double x, double y)
{
	return y == 0 ? NAN : x - y * (double)(long long)(x / y);
}

static double
square(double x, double y)
{
	(void)y;
	return multiply(x, x);
}

static double
root_by_power(double x, double y)
{
	(void)y;
	return x < 0 ? NAN : sqrt(x);
}

static double
negate(double x, double y)
{
	(void)y;
	return 0 - x;
}

static double
less(double x, double y)
{
	return either_missing(x, y) ? 0 : y - x > 0;
}

static double
at_most(double x, double y)
{
	return either_missing(x, y) ? 0 : y - x >= 0;
}

static double
greater(double x, double y)
{
	return less(y, x);
}

static double
at_least(double x, double y)
{
	return at_most(y, x);
}

static double
equal(double x, double y)
{
	return either_missing(x, y) ? 0 : x - y == 0;
}

static double
differ(double x, double y)
{
	return either_missing(x, y) ? 0 : 1 - equal(x, y);
}

/* What is missing is not true: a rule must not fire for want of data. */
static int
truth(double v)
{
	return isnan(v) || v == 0 ? 0 : 1;
}

static double
both(double x, double y)
{
	return truth(x) * truth(y);
}

static double
either(double x, double y)
{
	return truth(x) + truth(y) > 0;
}

static double
negation(double x, double y)
{
	(void)y;
	return 1 - truth(x);
}

static double
chosen(double x, double y)
{
	return truth(x) ? y : -7;
}

static double
size(double x, double y)
{
	(void)y;
	return x < 0 ? -x : x;
}

static double
natural_log(double x, double y)
{
	(void)y;
	return x > 0 ? (double)logl((long double)x) : NAN;
}

static double
exponential(double x, double y)
{
	(void)y;
	return finite_or_missing(expl((long double)x));
}

static double
whole_below(double x, double y)
{
	double whole = (double)(long long)x;

	(void)y;
	return isnan(x) ? NAN : whole > x ? whole - 1 : whole;
}

static double
whole_above(double x, double y)
{
	return -whole_below(-x, y);
}

static double
whole_near(double x, double y)
{
	return x < 0 ? -whole_below(0.5 - x, y) : whole_below(x + 0.5, y);
}

static double
sign(double x, double y)
{
	(void)y;
	return isnan(x) ? NAN : x == 0 ? 0 : x / fabs(x);
}

static double
smaller(double x, double y)
{
	return either_missing(x, y) ? NAN : y < x ? y : x;
}

static double
larger(double x, double y)
{
	return either_missing(x, y) ? NAN : y > x ? y : x;
}

static double
clamped(double x, double y)
{
	(void)y;
	return isnan(x) ? NAN : x < -1 ? -1 : x > 2 ? 2 : x;
}

static struct tm
calendar(double seconds)
{
	time_t t = (time_t)whole_below(seconds, 0);
	struct tm tm;

	gmtime_r(&t, &tm);
	return tm;
}

/* x is a few: its days and hours are what is asked about. */
static double
hour(double x, double y)
{
	(void)y;
	return isnan(x) ? NAN : (double)calendar(x * 5000).tm_hour;
}

static double
weekday(double x, double y)
{
	(void)y;
	return isnan(x) ? NAN : (double)((calendar(x * 90000).tm_wday + 6) % 7);
}

const struct plain_twin plain_twins[] = {
	{ "+", "x + y", add },
	{ "-", "x - y", subtract },
	{ "*", "x * y", multiply },
	{ "/", "x / y", divide },
	{ "%", "x % y", rest },
	{ "^", "x ^ 2", square },
	{ "^", "x ^ 0.5", root_by_power },
	{ "neg", "-x", negate },
	{ "<", "x < y", less },
	{ "<=", "x <= y", at_most },
	{ ">", "x > y", greater },
	{ ">=", "x >= y", at_least },
	{ "==", "x == y", equal },
	{ "!=", "x != y", differ },
	{ "&&", "x and y", both },
	{ "||", "x or y", either },
	{ "!", "not x", negation },
	{ "if", "if(x, y, -7)", chosen },
	{ "abs", "abs(x)", size },
	{ "sqrt", "sqrt(x)", root_by_power },
	{ "log", "log(x)", natural_log },
	{ "exp", "exp(x)", exponential },
	{ "floor", "floor(x)", whole_below },
	{ "ceil", "ceil(x)", whole_above },
	{ "round", "round(x)", whole_near },
	{ "sign", "sign(x)", sign },
	{ "min2", "min2(x, y)", smaller },
	{ "max2", "max2(x, y)", larger },
	{ "clamp", "clamp(x, -1, 2)", clamped },
	{ "hour", "hour(x * 5000)", hour },
	{ "weekday", "weekday(x * 90000)", weekday },
};
const int plain_twins_n = sizeof plain_twins / sizeof *plain_twins;

static double
latest(const double *x, int row)
{
	while (row >= 0 && isnan(x[row]))
		row--;
	return row < 0 ? NAN : x[row];
}

static double
row_before(const double *x, int row)
{
	return row < 1 ? NAN : x[row - 1];
}

static double
seven_before(const double *x, int row)
{
	return row < 7 ? NAN : x[row - 7];
}

static double
step_up(const double *x, int row)
{
	return x[row] - row_before(x, row);
}

/* What stood before each fall so far is added. */
static double
without_resets(const double *x, int row)
{
	double sum = x[row], before = NAN;

	for (int i = 0; i <= row; i++) {
		if (x[i] < before)
			sum += before;
		before = isnan(x[i]) ? before : x[i];
	}
	return sum;
}

static double
without_resets_of_13(const double *x, int row)
{
	double rest[PAST_ROWS] = { 0 };

	for (int i = 0; i <= row; i++)
		rest[i] = fmod(x[i], 13);
	return without_resets(rest, row);
}

const struct past_twin past_twins[] = {
	{ "last", "last(x)", latest },
	{ "lag", "lag(x)", row_before },
	{ "lag", "lag(x, 7)", seven_before },
	{ "diff", "diff(x)", step_up },
	{ "counter", "counter(x)", without_resets },
	{ "counter", "counter(x % 13)", without_resets_of_13 },
};
const int past_twins_n = sizeof past_twins / sizeof *past_twins;
