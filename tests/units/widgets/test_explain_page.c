/* test_explain_page.c - explanations as pages and pictures: signs of a textbook, numbers below one
 * another, the window and what moves in it, values in order, the states of a rule. */
#include "tests/support.h"

#include <string.h>

#include "tests/rig.h"
#include "widgets/explain/page.h"
#include "widgets/explain/textbook.h"

/* --- signs ------------------------------------------------------------------------------------ */

START_TEST(signs)
{
	static const struct {
		const char *told, *set;
	} pairs[] = {
		{ "a <- b", "a ← b\n" }, { "x <= 3 and y >= -2", "x ≤ 3 and y ≥ −2\n" },
		{ "2 * (-4) - 3 = -11", "2 × (−4) − 3 = −11\n" }, { "9 +- 2.5", "9 ± 2.5\n" },
		{ "sqrt(sum of (x - mean)^2 / 3)", "√(Σ (x − mean)² / 3)\n" },
		{ "a-b 2024-01-02 1e-5 a*b", "a-b 2024-01-02 1e-5 a*b\n" },
		{ "state = \"a <- b * 2\" * 2", "state = \"a <- b * 2\" × 2\n" },
		{ "  mean <-   1 + 2", "  mean ←    1 + 2\n" }, /* in its column */
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct text out = { 0 };

		textbook_print(pairs[i].told, false, &out);
		ck_assert_str_eq(text_get(&out), pairs[i].set);
		text_clear(&out);
		textbook_print(pairs[i].told, true, &out);
		ck_assert_str_eq(text_get(&out), pairs[i].told);
		text_done(&out);
	}
}
END_TEST

/* --- the page --------------------------------------------------------------------------------- */

enum { W = 60, H = 12 };

static void
draw_page(const char *told, int w, struct text *out)
{
	struct cell cells[W * H];
	struct canvas c = { cells, w, 0, 0, w, H, GLYPHS_ASCII };
	struct page page = { 0 };

	canvas_clear(&c);
	page_write(&page, told, GLYPHS_ASCII);
	page_wrap(&page, w);
	page_fit(&page, H);
	page_draw(&page, &c, 0);
	for (int y = 0; y < H; y++) {
		size_t from = out->len;

		for (int x = 0; x < w; x++)
			text_addc(out, (char)cells[y * w + x].rune);
		while (out->len > from && out->s[out->len - 1] == ' ')
			out->len--;
		text_addc(out, '\n');
	}
	page_done(&page);
}

START_TEST(results_stand_below_one_another)
{
	struct text out = { 0 };

	draw_page("mean(x, 3) = 10.6\n  mean      31.8 / 3 = 10.6\n  last      9.5 = 9.5\n"
		  "state = 3.6 kB\n  a batch   8 rows * 8 bytes = 64 B\n",
	    W, &out);
	ck_assert_ptr_nonnull(strstr(text_get(&out), "mean(x, 3)           = 10.6\n"
						     "  mean      31.8 / 3 = 10.6\n"));
	ck_assert_ptr_nonnull(strstr(text_get(&out), "  last      9.5      =  9.5\n"));
	ck_assert_ptr_nonnull(strstr(text_get(&out), "state                        = 3.6 kB\n"));
	text_done(&out);
}
END_TEST

START_TEST(points_of_numbers_too)
{
	struct text out = { 0 };

	draw_page(
	    "window\n  in        9.25\n  out       110\n  holds     3 rows: 1 2 3\n", W, &out);
	ck_assert_ptr_nonnull(strstr(text_get(&out), "  in          9.25\n  out       110\n"));
	ck_assert_ptr_nonnull(strstr(text_get(&out), "  holds     3 rows: 1 2 3\n"));
	text_done(&out);
}
END_TEST

/* A line that goes on in the next one keeps its words together. */
START_TEST(long_lines_are_not_pulled_apart)
{
	struct text out = { 0 };

	draw_page("x = 1\n  word      one two three four five six seven eight = 9\n", 30, &out);
	ck_assert_ptr_nonnull(strstr(text_get(&out), "x = 1\n  word      one two three four\n"
						     "            five six seven\n"
						     "            eight = 9\n"));
	text_done(&out);
}
END_TEST

START_TEST(shares_are_bars)
{
	struct text out = { 0 };

	draw_page("forecaster\n   50.0 %   half\n  100.0 %   all\n", W, &out);
	ck_assert_ptr_nonnull(strstr(text_get(&out), "   50.0 %   ########         half\n"));
	ck_assert_ptr_nonnull(strstr(text_get(&out), "  100.0 %   ################ all\n"));
	text_done(&out);
}
END_TEST

/* --- pictures --------------------------------------------------------------------------------- */

static const char seed[] = "temperature,pH\n10,5\n11,5.5\n10,6\n11,5\n12,4.5\n11,5\n10,4.5\n9,5\n"
			   "10,4.5\n11,5\n12,4\n11,4.5\n9,5\n12,4.5\n11,6\n";

static int
count(const char *picture, const char *sign)
{
	int n = 0;

	for (const char *p = picture; (p = strstr(p, sign)) != NULL; p += strlen(sign))
		n++;
	return n;
}

/* Rows that are in the window are shaded; those that came and went have their signs. */
START_TEST(the_window)
{
	static const struct rig_options mean = { .kpis = { "mean(temperature, 5)" } };
	struct rig rig;
	const char *picture;
	int shaded;

	rig_open(&rig, seed, &mean);
	rig_rows(&rig, 3, 0, 0);
	rig_keys(&rig, "e");
	picture = rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	ck_assert_ptr_nonnull(strstr(picture, "in 10 "));
	ck_assert_ptr_null(strstr(picture, "out 1")); /* it grows */
	shaded = count(picture, "░");
	ck_assert_int_gt(shaded, 100);
	rig_rows(&rig, 2, 0, 0);
	ck_assert_int_gt(count(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "░"), shaded * 3 / 2);
	rig_rows(&rig, 3, 0, 0);
	picture = rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	ck_assert_ptr_nonnull(strstr(picture, "out 10 "));
	ck_assert_ptr_nonnull(strstr(picture, " 5 rows "));
	ck_assert_ptr_nonnull(strstr(picture, "in 9 "));
	ck_assert_int_eq(count(picture, "○"), 1);
	ck_assert_int_eq(count(picture, "●"), 1);
	picture = rig_picture(&rig, 120, 36, GLYPHS_ASCII);
	for (const char *p = picture; *p != '\0'; p++)
		ck_assert_int_lt((unsigned char)*p, 0x80);
	rig_close(&rig);
}
END_TEST

/* A picture that is held shows the row that it was held at. */
START_TEST(it_is_held)
{
	static const struct rig_options mean = { .kpis = { "mean(temperature, 5)" } };
	struct rig rig;

	rig_open(&rig, seed, &mean);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "e");
	rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	rig_keys(&rig, "p");
	rig_rows(&rig, 1, 120, 36);
	ck_assert_ptr_nonnull(strstr(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "in 9 "));
	rig_keys(&rig, "p");
	ck_assert_ptr_nonnull(strstr(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "in 10 "));
	rig_close(&rig);
}
END_TEST

START_TEST(values_in_order)
{
	static const struct rig_options median = { .kpis = { "p95(temperature, 5)",
						       "iqr(temperature, 5)" } };
	struct rig rig;
	const char *picture;

	rig_open(&rig, seed, &median);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "e"); /* 9 10 11 11 12: rank 3.8 lies between 11 and 12 */
	picture = rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	ck_assert_ptr_nonnull(strstr(picture, "rank 3.8: 11.8"));
	ck_assert_int_eq(count(picture, "●"), 1);
	rig_keys(&rig, "\2");
	picture = rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	ck_assert_ptr_nonnull(strstr(picture, "rank 1: 10"));
	ck_assert_ptr_nonnull(strstr(picture, "rank 3: 11"));
	rig_close(&rig);
}
END_TEST

/* A rule that waits for nothing has no state between; a small page has them in a line. */
START_TEST(the_states_of_a_rule)
{
	static const struct rig_options rules = { .alerts = { "low: temperature < 10",
						      "lower: temperature < 10 for 2 rows" } };
	struct rig rig;
	const char *picture;

	rig_open(&rig, seed, &rules);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "e");
	picture = rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	ck_assert_ptr_nonnull(strstr(picture, "│ inactive │"));
	ck_assert_ptr_nonnull(strstr(picture, "│ firing │"));
	ck_assert_ptr_null(strstr(picture, "│ pending │"));
	ck_assert_ptr_nonnull(strstr(picture, "in 9 ")); /* the row for which it holds */
	rig_keys(&rig, "\2");
	picture = rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	ck_assert_ptr_nonnull(strstr(picture, "│ pending │"));
	picture = rig_picture(&rig, 50, 14, GLYPHS_BRAILLE);
	ck_assert_ptr_nonnull(strstr(picture, "inactive → pending → firing → resolved"));
	rig_close(&rig);
}
END_TEST

/* A threshold far away leaves the line its height. */
START_TEST(a_threshold_far_away)
{
	static const struct rig_options rules = { .alerts = { "far: temperature > 500" } };
	struct rig rig;

	rig_open(&rig, seed, &rules);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "e");
	ck_assert_ptr_nonnull(strstr(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "11┤"));
	ck_assert_ptr_null(strstr(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "00┤"));
	rig_close(&rig);
}
END_TEST

/* Nothing is drawn half, and nothing is lost at any size. */
START_TEST(any_size)
{
	static const struct rig_options all = { .kpis = { "mean(temperature, 5)",
						    "p95(temperature, all)" },
		.alerts = { "lower: temperature < 10 for 2 rows" } };
	struct rig rig;

	rig_open(&rig, seed, &all);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "e");
	for (int subject = 0; subject < 3; subject++, rig_keys(&rig, "\2"))
		for (int h = 4; h < 40; h += 3)
			for (int w = 30; w < 130; w += 17)
				for (int glyphs = GLYPHS_BRAILLE; glyphs <= GLYPHS_ASCII; glyphs++)
					rig_picture(&rig, w, h, (enum glyphs)glyphs);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("explain page");
	TCase *page = tcase_create("page"), *pictures = tcase_create("pictures");

	tcase_add_test(page, signs);
	tcase_add_test(page, results_stand_below_one_another);
	tcase_add_test(page, points_of_numbers_too);
	tcase_add_test(page, long_lines_are_not_pulled_apart);
	tcase_add_test(page, shares_are_bars);
	suite_add_tcase(suite, page);
	tcase_add_test(pictures, the_window);
	tcase_add_test(pictures, it_is_held);
	tcase_add_test(pictures, values_in_order);
	tcase_add_test(pictures, the_states_of_a_rule);
	tcase_add_test(pictures, a_threshold_far_away);
	tcase_add_test(pictures, any_size);
	suite_add_tcase(suite, pictures);
	return support_run(suite);
}
