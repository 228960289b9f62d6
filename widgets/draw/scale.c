/* scale.c - round ticks for numbers and the form in which the numbers of a series are written.
 *
 * The form follows from the range alone, and ranges change seldom, so that a column of changing
 * numbers stands still. */
#include "widgets/draw/scale_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define LOSS 0.05 /* of a number may go in its digits */

enum { PREFIXED_DECIMALS = 3, CELLS_MIN = 3, INTS_MOST = 16, POWER_CELLS = 9 };
#define FILL_GAIN 0.93 /* other ticks are worth it when the range fills the axis so much better */
#define SPAN_MIN 1e-12 /* of the numbers themselves: finer steps than that a double cannot count */
#define SPAN_ROUNDING 1e-8 /* less than that comes from rounding in what was computed */
#define SPAN_WHOLE 0.5     /* unless they are whole numbers, such as seconds since 1970 */

int
scale_clamp(int v, int lo, int hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

const char scale_prefixes[] = "yzafpnum\0kMGTPEZY"; /* u for micro: it is ASCII */

/* The power of ten of v's first digit; 0 for 0. */
int
scale_exponent(double v)
{
	return v > 0 ? (int)floor(log10(v) + 1e-9) : 0;
}

int
scale_prefix(double largest)
{
	if (largest == 0 || (largest >= PLAIN_MIN && largest < PLAIN_MAX))
		return 0;
	return scale_clamp((int)floor(scale_exponent(largest) / 3.0), -PREFIX_MAX, PREFIX_MAX);
}

struct form
form_for(double lo, double hi, double resolution)
{
	double largest = fmax(fabs(lo), fabs(hi));
	int finest = resolution > 0 ? scale_exponent(resolution) : 0;
	int prefix = scale_prefix(largest);
	int ints = scale_exponent(largest) - 3 * prefix + 1;
	struct form f = { .prefix = prefix,
		.decimals = scale_clamp(3 * prefix - finest, 0, DECIMALS_MAX) };

	/* A small range far from zero: leaving thousands out would only move the point. */
	if (prefix > 0 && f.decimals > PREFIXED_DECIMALS) {
		f.prefix = 0;
		f.decimals = scale_clamp(-finest, 0, DECIMALS_MAX);
		ints = scale_exponent(largest) + 1;
	}
	f.ints = (ints > 1 ? ints + (ints - 1) / 3 : 1) + (lo < 0);
	if (f.ints > INTS_MOST || (largest > 0 && scale_exponent(largest) < -3 * PREFIX_MAX))
		f = (struct form){ .ints = POWER_CELLS + (lo < 0), .power = true };
	return f;
}

struct form
form_column(double lo, double hi)
{
	double range = hi - lo;

	if (!(range > 0))
		range = fmax(fabs(lo), fabs(hi));
	return form_for(lo, hi, range > 0 ? pow(10, scale_exponent(range)) / 100 : 0.01);
}

/* Cells from the point on, which columns are aligned on. */
static int
form_tail(struct form f)
{
	return (f.decimals > 0 ? f.decimals + 1 : 0) + (f.prefix != 0);
}

int
form_width(struct form f)
{
	return f.ints + form_tail(f);
}

/* A form that was made for greater numbers leaves next to nothing of this one. */
static bool
loses(struct form f, double scaled)
{
	double unit = pow(10, -f.decimals);

	return f.prefix > 0 && fabs(round(scaled / unit) * unit - scaled) > LOSS * fabs(scaled);
}

/* With three digits, or as many as have room, and thousands of its own: "24.5", "9k". */
static int
print_small(struct form f, double v, char *out)
{
	int thousands = scale_exponent(fabs(v)) / 3, digits = 3, n;

	do
		n = snprintf(out, FORM_CHARS - 1, "%.*g", digits, v / pow(1000, thousands));
	while (n + (thousands > 0) > form_width(f) && --digits > 0);
	if (thousands > 0)
		out[n++] = scale_prefixes[thousands + PREFIX_MAX];
	out[n] = '\0';
	return n;
}

int
scale_commas(char *out, int n)
{
	int begin = out[0] == '-', digits = (int)strspn(out + begin, "0123456789"), len = begin;
	char number[FORM_CHARS];

	if (digits < 4 || n + (digits - 1) / 3 >= FORM_CHARS)
		return n;
	memcpy(number, out, (size_t)n + 1);
	for (int i = 0; i < digits; i++) {
		if (i > 0 && (digits - i) % 3 == 0)
			out[len++] = ',';
		out[len++] = number[begin + i];
	}
	memcpy(out + len, number + begin + digits, (size_t)(n - begin - digits) + 1);
	return n + (digits - 1) / 3;
}

int
form_print(struct form f, double v, char *out)
{
	double scaled = v / pow(1000, f.prefix);
	int n;

	if (!isfinite(v))
		return snprintf(out, FORM_CHARS, "-");
	if (f.power)
		return snprintf(out, FORM_CHARS, "%.*g", 3, v);
	if (loses(f, scaled))
		return print_small(f, v, out);
	if (fabs(scaled) < 0.5 * pow(10, -f.decimals))
		scaled = 0; /* never "-0.00" */
	n = scale_commas(out, snprintf(out, FORM_CHARS, "%.*f", f.decimals, scaled));
	if (n > form_width(f) - (f.prefix != 0) + 1 || n >= FORM_CHARS - 1)
		return snprintf(out, FORM_CHARS, "%.*g", 3, v);
	if (f.prefix != 0)
		out[n++] = scale_prefixes[f.prefix + PREFIX_MAX];
	out[n] = '\0';
	return n;
}

struct form
form_join(struct form a, struct form b)
{
	return (struct form){ .ints = a.ints > b.ints ? a.ints : b.ints,
		.decimals = a.decimals > b.decimals ? a.decimals : b.decimals,
		.prefix = a.prefix != 0 ? a.prefix : b.prefix,
		.power = a.power || b.power };
}

int
count_print(uint64_t n, char *out)
{
	char digits[COUNT_CHARS];
	int len = snprintf(digits, sizeof digits, "%" PRIu64, n), o = 0;

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			out[o++] = ',';
		out[o++] = digits[i];
	}
	out[o] = '\0';
	return o;
}

int
short_print(double v, char *out)
{
	return form_print(form_for(v, v, pow(10, scale_exponent(fabs(v)) - 2)), v, out);
}

bool
range_update(struct range *r, double lo, double hi, uint64_t row, uint64_t patience)
{
	if (!r->set || row < r->filled) {
		*r = (struct range){ .lo = lo, .hi = hi, .filled = row, .set = true };
		return true;
	}
	if (lo < r->lo || hi > r->hi) {
		r->lo = fmin(r->lo, lo);
		r->hi = fmax(r->hi, hi);
		r->filled = row;
		return true;
	}
	if (hi - lo >= RANGE_FILL * (r->hi - r->lo)) {
		r->filled = row;
		return false;
	}
	if (row - r->filled < patience)
		return false;
	r->lo = lo;
	r->hi = hi;
	r->filled = row;
	return true;
}

double
step_round(double least)
{
	double power = pow(10, scale_exponent(least)), digit = least / power;

	return power * (digit <= 1 + 1e-9 ? 1 : digit <= 2 + 1e-9 ? 2 : digit <= 5 + 1e-9 ? 5 : 10);
}

static double
bounded(double v)
{
	return fmin(fmax(v, -1e300), 1e300);
}

/* Bounds what no axis can count, and gives a constant some room on both sides. */
static void
open_up(double *lo, double *hi)
{
	double level, least, pad;

	*lo = bounded(*lo);
	*hi = bounded(*hi);
	level = fmax(fabs(*lo), fabs(*hi));
	least = fmax(level * SPAN_MIN, fmin(level * SPAN_ROUNDING, SPAN_WHOLE));
	if (*hi - *lo > least)
		return;
	pad = *lo != 0 ? fabs(*lo) * 0.1 : 1;
	*lo -= pad;
	*hi += pad;
}

struct scale
scale_fit(double lo, double hi, int n)
{
	struct scale s = { 0 };

	open_up(&lo, &hi);
	s.step = step_round((hi - lo) / n);
	for (;;) {
		s.lo = floor(lo / s.step + 1e-9) * s.step;
		s.hi = ceil(hi / s.step - 1e-9) * s.step;
		if (s.hi - s.lo <= (n + 0.5) * s.step)
			break;
		s.step = step_round(s.step * 1.5);
	}
	s.first = s.lo;
	s.steps = (int)lround((s.hi - s.lo) / s.step);
	s.form = form_for(s.lo, s.hi, s.step);
	return s;
}

/* An axis with room for one tick, which need not be round. */
static struct scale
fit_single(double lo, double hi)
{
	return (struct scale){ .lo = lo,
		.hi = hi,
		.first = lo,
		.step = hi - lo,
		.form = form_for(lo, lo, (hi - lo) / 10) };
}

/* An axis whose ticks stand `apart` cells apart: a cell is step / apart high. */
static struct scale
fit_apart(double lo, double hi, int h, int dots, int apart)
{
	struct scale s = { 0 };
	double cell, high = h - 1.0 / dots; /* cells from the lowest dot to the highest */

	for (s.step = step_round((hi - lo) / high * apart);; s.step = step_round(s.step * 1.5)) {
		cell = s.step / apart;
		s.lo = floor(lo / cell + 1e-9) * cell;
		s.hi = s.lo + cell * high;
		if (s.hi >= hi - cell * 1e-6)
			break;
	}
	s.first = ceil(s.lo / s.step - 1e-6) * s.step;
	s.steps = (int)floor((s.hi - s.first) / s.step + 1e-6);
	s.form = form_for(s.first, s.first + s.steps * s.step, s.step);
	return s;
}

struct scale
scale_fit_cells(double lo, double hi, int h, int dots)
{
	int least = h < 8 ? 1 : h < 14 ? 2 : 3, most = least == 1 ? 2 : 2 * least;
	struct scale best = { 0 };

	open_up(&lo, &hi);
	if (h < CELLS_MIN) /* fewer cannot hold every range from a multiple of a cell on */
		return fit_single(lo, hi);
	for (int apart = least; apart <= most; apart++) {
		struct scale s = fit_apart(lo, hi, h, dots, apart);

		if (apart == least || s.hi - s.lo < (best.hi - best.lo) * FILL_GAIN)
			best = s;
	}
	return best;
}

#define TICKS_A_CELL 0.6

struct scale
scale_fit_ends(double lo, double hi, int h)
{
	struct scale s = { .lo = lo, .hi = hi };

	s.step = step_round((hi - lo) / fmax(2, TICKS_A_CELL * h));
	s.first = ceil(lo / s.step - 1e-9) * s.step;
	s.steps = (int)floor((hi - s.first) / s.step + 1e-9);
	s.form = form_for(lo, hi, s.step);
	return s;
}

double
scale_tick(const struct scale *s, int i)
{
	double v = s->first + i * s->step;

	if (s->log)
		return scale_log_value(s, v);

	return fabs(v) < s->step * 1e-6 ? 0 : v;
}

int
scale_dot(const struct scale *s, double v, int dots)
{
	double at = (s->hi - v) / (s->hi - s->lo) * (dots - 1);

	if (s->log)
		at = v > 0 ? log(s->hi / v) / log(s->hi / s->lo) * (dots - 1) : 1e6;
	return (int)lround(fmin(fmax(at, -1e6), 1e6));
}
