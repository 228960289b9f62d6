/* figures.c - how a number is written that changes as rows come.
 *
 * Digits follow from the data, so that a column of changing numbers stands still; and each number
 * is written by its own magnitude, so that one spike leaves the others as they are. */
#include "widgets/draw/scale_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
	EXACT_DIGITS = 5,
	EXACT_PLACES = 2,
	DIGITS_MOST = 9,
	DIGITS_COMPUTED = 7,
	SHORT_DIGITS = 3,
	PLAIN_DIGITS = 15
};
#define NOISE 1e-9       /* of a number: differences that its computation makes, not the data */
#define SMALL_RANGE 0.01 /* of the numbers: their first digits tell nothing */

/* Decimals with which v has so many significant digits. */
static int
significant(double v, int digits)
{
	return scale_clamp(digits - 1 - scale_exponent(fabs(v)), 0, DECIMALS_MAX);
}

void
figures_see(struct figures *f, double v)
{
	int most, decimals = 0;
	double scaled = fabs(v);

	if (!isfinite(v) || f->finest == DECIMALS_MAX || scaled == round(scaled))
		return;
	most = significant(v, EXACT_DIGITS);
	most = most > EXACT_PLACES ? most : EXACT_PLACES;
	while (decimals <= most && fabs(scaled - round(scaled)) > scaled * NOISE) {
		scaled *= 10;
		decimals++;
	}
	if (decimals > most) /* no number of digits is enough */
		decimals = DECIMALS_MAX;
	f->finest = decimals > f->finest ? decimals : f->finest;
}

/* Digits of the range, but no more than four of the number unless the range is too small for that.
 */
static int
range_decimals(double level, double range)
{
	int most = significant(level, level < 1 ? 3 : 4), wanted;

	if (range <= level * NOISE)
		return most;
	wanted = significant(range, 3);
	if (range <= level * SMALL_RANGE) {
		most = significant(level, EXACT_DIGITS);
		most = significant(range, 1) > most ? significant(range, 1) : most;
	}
	return wanted < most ? wanted : most;
}

/* What figures_print() goes by. Digits that the data has are shown, as far as they are few. */
static void
update_print(struct figures *f, int decimals, double level, double range)
{
	if (f->finest < DECIMALS_MAX)
		decimals = f->finest;
	f->decimals = decimals > f->decimals ? decimals : f->decimals;
	f->small = level > 0 && level < PLAIN_MIN;
	f->resolution = range > level * NOISE ? scale_exponent(range) - 2 : -f->decimals;
}

void
figures_update(struct figures *f, double lo, double hi)
{
	double level = fmax(fabs(lo), fabs(hi)), range = hi - lo;
	int decimals;
	struct form form;

	if (!isfinite(lo) || !isfinite(hi))
		return;
	figures_see(f, lo);
	figures_see(f, hi);
	decimals = range <= level * NOISE && f->finest < DECIMALS_MAX
		       ? f->finest
		       : range_decimals(level, range);
	decimals = decimals < f->finest ? decimals : f->finest;
	form =
	    scale_prefix(level) == 0 ? form_for(lo, hi, pow(10, -decimals)) : form_column(lo, hi);
	f->form = f->set && f->form.prefix == form.prefix ? form_join(f->form, form) : form;
	f->set = true;
	update_print(f, decimals, level, range);
}

/* With three digits and thousands of its own, "1.25M"; beyond all prefixes "1e99". */
static int
print_short(double v, char *out)
{
	int exponent = scale_exponent(fabs(v)), thousands = (int)floor(exponent / 3.0), n;
	char *plus;

	if (thousands > PREFIX_MAX || thousands < -PREFIX_MAX) {
		n = snprintf(out, FORM_CHARS, "%.*g", SHORT_DIGITS, v);
		plus = strchr(out, '+');
		if (plus == NULL)
			return n;
		memmove(plus, plus + 1, strlen(plus));
		return n - 1;
	}
	n = snprintf(out, FORM_CHARS - 1, "%.*f",
	    scale_clamp(SHORT_DIGITS - 1 - (exponent - 3 * thousands), 0, SHORT_DIGITS - 1),
	    v / pow(1000, thousands));
	if (thousands != 0)
		out[n++] = scale_prefixes[thousands + PREFIX_MAX];
	out[n] = '\0';
	return n;
}

int
figures_print(const struct figures *f, double v, int more, char *out)
{
	int exponent = scale_exponent(fabs(v)),
	    decimals = scale_clamp(f->decimals + more, 0, DECIMALS_MAX);
	int most = more > 0 ? DIGITS_COMPUTED : DIGITS_MOST;

	if (!isfinite(v))
		return snprintf(out, FORM_CHARS, "-");
	if (v != 0 && f->small && fabs(v) < PLAIN_MIN)
		return print_short(v, out);
	if (fabs(v) >= PLAIN_MAX &&
	    (f->resolution > exponent - SHORT_DIGITS - 1 || exponent >= PLAIN_DIGITS))
		return print_short(v, out);
	if (exponent >= 0)
		decimals = scale_clamp(decimals, 0, exponent < most ? most - exponent - 1 : 0);
	if (fabs(v) < 0.5 * pow(10, -decimals))
		v = 0; /* never "-0.00" */
	return scale_commas(out, snprintf(out, FORM_CHARS, "%.*f", decimals, v));
}

int
figures_tail(const char *text)
{
	return (int)strlen(text) - (int)strspn(text, "-0123456789,");
}
