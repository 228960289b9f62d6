/* test_theme.c - themes are complete, legible, and told apart by colour-blind eyes. */
#include "widgets/draw/theme.h"

#include <math.h>
#include <string.h>

#include "tests/support.h"

/* Linear light of one channel of sRGB (IEC 61966-2-1). */
static double
linear(int32_t rgb, int shift)
{
	double v = (double)(rgb >> shift & 255) / 255;

	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

/* Contrast ratio of WCAG 2: 1 to 21. */
static double
contrast(int32_t a, int32_t b)
{
	double la = 0.2126 * linear(a, 16) + 0.7152 * linear(a, 8) + 0.0722 * linear(a, 0);
	double lb = 0.2126 * linear(b, 16) + 0.7152 * linear(b, 8) + 0.0722 * linear(b, 0);

	return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

/* What an eye without red (0) or green (1) cones sees, after Viénot, Brettel and Mollon (1999), in
 * CIE L*a*b*-like coordinates: the cube roots of linear light keep distances near to perceived. */
static double
seen_distance(int32_t a, int32_t b, int blind)
{
	static const double see[3][2][3] = {
		{ { 0.11238, 0.88762, 0 }, { 0.00401, -0.00401, 1 } },
		{ { 0.29275, 0.70725, 0 }, { -0.02234, 0.02234, 1 } },
	};
	double rgb[2][3] = { { linear(a, 16), linear(a, 8), linear(a, 0) },
		{ linear(b, 16), linear(b, 8), linear(b, 0) } },
	       sum = 0;

	for (int part = 0; part < (blind == 2 ? 3 : 2); part++) {
		double v[2] = { 0, 0 };

		for (int eye = 0; eye < 2; eye++)
			for (int i = 0; i < 3; i++)
				v[eye] += blind == 2 ? (i == part) * rgb[eye][i]
						     : see[blind][part][i] * rgb[eye][i];
		sum += pow(cbrt(v[0]) - cbrt(v[1]), 2);
	}
	return sqrt(sum);
}

static int32_t
color_of(const struct theme *t, int style)
{
	return t->looks[style].fg < 0 ? t->foreground : t->looks[style].fg;
}

START_TEST(every_theme_is_complete)
{
	for (int i = 0; themes[i]; i++) {
		const struct theme *t = themes[i];

		ck_assert_ptr_eq(theme_find(t->name), t);
		ck_assert(strlen(t->help) > 0);
		for (int style = 0; style < STYLE_COUNT; style++) {
			const struct look *look = &t->looks[style];

			ck_assert(look->fg >= -1 && look->fg <= 0xffffff);
			ck_assert(look->fg16 >= -1 && look->fg16 < 16);
			ck_assert((look->fg < 0) == (look->fg16 < 0));
			ck_assert(t->colors || look->fg < 0);
			/* forgotten in the table: zeros are black on black */
			ck_assert(look->fg != 0);
		}
	}
	ck_assert_str_eq(themes[0]->name, "dark");
	ck_assert_ptr_null(theme_find("pink"));
}
END_TEST

START_TEST(text_has_contrast)
{
	for (int i = 0; themes[i]; i++) {
		const struct theme *t = themes[i];
		double least = t->paints ? 7 : 4.5;

		for (int style = 0; style < STYLE_AREA; style++) {
			bool decoration = style == STYLE_FRAME;
			bool line = style >= STYLE_SERIES || style == STYLE_THRESHOLD;
			double ratio = contrast(color_of(t, style), t->background);

			ck_assert_msg(ratio >= (style == STYLE_BAND ? 1.2
						   : decoration     ? 1.5
						   : line           ? 3
								    : least),
			    "%s: style %d has a contrast of %.2f", t->name, style, ratio);
		}
	}
}
END_TEST

START_TEST(series_differ_to_every_eye)
{
	for (int i = 0; themes[i]; i++) {
		if (!themes[i]->colors)
			continue;
		for (int a = 0; a < SERIES_STYLES; a++) {
			for (int b = 0; b < a; b++) {
				for (int blind = 0; blind < 3; blind++) {
					double d =
					    seen_distance(color_of(themes[i], STYLE_SERIES + a),
						color_of(themes[i], STYLE_SERIES + b), blind);

					ck_assert_msg(d >= (a < 4 ? 0.12 : 0.06),
					    "%s: series %d and %d, eye %d: %.3f", themes[i]->name,
					    b, a, blind, d);
				}
			}
		}
	}
}
END_TEST

/* On a band lines are seen, and what is written there can be read. */
START_TEST(a_band_hides_nothing)
{
	for (int i = 0; themes[i]; i++) {
		const struct theme *t = themes[i];

		for (int style = STYLE_EXPECTED; t->colors && style < STYLE_AREA; style++) {
			double ratio = contrast(color_of(t, style), theme_back(t, BACK_BAND));
			bool text = style >= STYLE_THRESHOLD && style < STYLE_KEY;

			ck_assert_msg(ratio >= (text ? 4.5 : 3),
			    "%s: style %d has a contrast of %.2f on the band", t->name, style,
			    ratio);
		}
	}
}
END_TEST

/* Areas are muted: their letters can be read, and they are told from one another in 256 colours as
 * in all; a ramp gets lighter, or darker, from step to step. */
START_TEST(areas)
{
	for (int i = 0; themes[i]; i++) {
		const struct theme *t = themes[i];
		double before = 0;

		for (int a = STYLE_AREA; t->colors && a < STYLE_COUNT; a++) {
			int end = a < STYLE_HEAT ? STYLE_HEAT : STYLE_COUNT;

			for (int b = a + 1; b < end; b++)
				ck_assert_msg(
				    color_256(color_of(t, a)) != color_256(color_of(t, b)),
				    "%s: areas %d and %d", t->name, a, b);
			if (a < STYLE_HEAT)
				ck_assert_msg(
				    contrast(color_of(t, a), color_of(t, STYLE_TITLE)) >= 4.5,
				    "%s: a letter on area %d", t->name, a);
		}
		for (int a = STYLE_HEAT; t->colors && a < STYLE_COUNT; a++) {
			double now = contrast(color_of(t, a), t->background);

			ck_assert_msg(now > before * 1.1, "%s: step %d", t->name, a);
			before = now;
		}
	}
}
END_TEST

/* What a terminal of so many colours makes of a style: a number, other for what looks different. */
static int
reduced(const struct theme *t, int style, int colors)
{
	const struct look *look = &t->looks[style];
	bool bold = look->attributes & ATTRIBUTE_BOLD;

	if (colors == 256)
		return color_256(color_of(t, style));
	if (colors == 16)
		return look->fg16;
	return look->fg16 == 8 ? 1000 : (look->fg16 & 7) + (bold || look->fg16 > 8 ? 100 : 0);
}

START_TEST(nothing_falls_together)
{
	static const int colors[] = { 256, 16, 8 };
	static const int groups[][2] = { { STYLE_SERIES, SERIES_STYLES }, { STYLE_INFO, 3 },
		{ STYLE_THRESHOLD, 3 } };

	for (int i = 0; themes[i]; i++)
		for (int k = 0; themes[i]->colors && k < 9; k++)
			for (int a = 0; a < groups[k / 3][1]; a++)
				for (int b = 0; b < a; b++) {
					int first = groups[k / 3][0], n = colors[k % 3];

					ck_assert_msg(reduced(themes[i], first + a, n) !=
							  reduced(themes[i], first + b, n),
					    "%s: styles %d and %d of %d colours", themes[i]->name,
					    first + b, first + a, n);
				}
}
END_TEST

/* Without colour what matters still stands out from plain text. */
START_TEST(meaning_needs_no_colour)
{
	for (int i = 0; themes[i]; i++) {
		const struct look *looks = themes[i]->looks;

		ck_assert_int_ne(looks[STYLE_CRITICAL].plain, looks[STYLE_TEXT].plain);
		ck_assert_int_ne(looks[STYLE_WARNING].plain, looks[STYLE_TEXT].plain);
		ck_assert_int_ne(looks[STYLE_CRITICAL].plain, looks[STYLE_WARNING].plain);
		ck_assert_int_ne(looks[STYLE_FOCUS].plain, looks[STYLE_FRAME].plain);
		ck_assert_int_ne(looks[STYLE_SERIES].plain, looks[STYLE_SERIES + 1].plain);
	}
}
END_TEST

/* The slow twin: every one of the 240 fixed colours. */
START_TEST(nearest_of_256)
{
	static const int levels[] = { 0, 95, 135, 175, 215, 255 };
	struct rng rng = { 5 };

	for (int turn = 0; turn < 5000; turn++) {
		int32_t rgb = (int32_t)(rng_next(&rng) & 0xffffff);
		int want[3] = { rgb >> 16, rgb >> 8 & 255, rgb & 255 }, best = 1 << 30,
		    got = color_256(rgb);
		int got_distance = 0;

		for (int n = 16; n < 256; n++) {
			int c[3] = { levels[(n - 16) / 36 % 6], levels[(n - 16) / 6 % 6],
				levels[(n - 16) % 6] },
			    d = 0;

			for (int k = 0; k < 3; k++) {
				c[k] = n >= 232 ? 8 + 10 * (n - 232) : c[k];
				d += (c[k] - want[k]) * (c[k] - want[k]);
			}
			best = d < best ? d : best;
			if (n == got)
				got_distance = d;
		}
		ck_assert_int_ge(got, 16);
		ck_assert_int_eq(got_distance, best);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("theme");
	TCase *all = tcase_create("all");

	tcase_add_test(all, every_theme_is_complete);
	tcase_add_test(all, text_has_contrast);
	tcase_add_test(all, series_differ_to_every_eye);
	tcase_add_test(all, a_band_hides_nothing);
	tcase_add_test(all, areas);
	tcase_add_test(all, nothing_falls_together);
	tcase_add_test(all, meaning_needs_no_colour);
	tcase_add_test(all, nearest_of_256);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
