/* test_explain.c - the page that shows how values came about. */
#include "tests/support.h"

#include <string.h>

#include "tests/rig.h"

/* The first example of the manual. */
static const char seed[] = "temperature,pH\n10,5\n11,5.5\n10,6\n11,5\n12,4.5\n11,5\n10,4.5\n9,5\n"
			   "10,4.5\n11,5\n12,4\n11,4.5\n9,5\n12,4.5\n11,6\n";
static const struct rig_options asked = { .kpis = { "mean(temperature, 5)",
					      "ratio: temperature / pH" },
	.alerts = { "too low: temperature < 10" } };

static bool
shows(const char *picture, const char *text)
{
	return strstr(picture, text) != NULL;
}

START_TEST(the_mean_as_it_slides)
{
	static const char *const lines[] = { "window of temperature: 5 rows", "in         9",
		"out       10", "holds     5 rows: 11 12 11 10 9",
		"kept of it = n 5, Σ x = 53, squares: Σ (x − mean)² = 5.2",
		"mean(temperature, 5)       ", "Σ x / n = 53 / 5    = 10.6",
		"mean ←    10.8 + (9 − 10) / 5 = 10.6", "a batch   8 rows × 8 bytes = 64 B" };
	struct rig rig;
	const char *picture;

	rig_open(&rig, seed, &asked);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "e");
	picture = rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		ck_assert_msg(shows(picture, lines[i]), "no '%s'", lines[i]);
	rig_close(&rig);
}
END_TEST

START_TEST(arrows_choose)
{
	struct rig rig;

	rig_open(&rig, seed, &asked);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "e");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "1 of 3"));
	rig_keys(&rig, "\2");
	ck_assert(
	    shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "temperature / pH = 9 / 5 = 1.8"));
	rig_keys(&rig, "\2\2\2");
	ck_assert(
	    shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "temperature < 10 = 9 < 10 = true"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "too low = firing"));
	rig_keys(&rig, "\1\1");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "explain mean(temperature, 5)"));
	rig_close(&rig);
}
END_TEST

START_TEST(steps)
{
	struct rig rig;

	rig_open(&rig, seed, &asked);
	rig_keys(&rig, "e");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "no row was read yet"));
	rig_rows(&rig, 2, 80, 24);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "10 + (11 − 10) / 2 = 10.5"));
	rig_keys(&rig, ",");
	rig_arrive(&rig);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "back to row 1"));
	ck_assert(!shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "10 + (11 − 10) / 2 = 10.5"));
	rig_rows(&rig, 1, 80, 24);
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "10 + (11 − 10) / 2 = 10.5"));
	rig_close(&rig);
}
END_TEST

/* The list is as wide as its names, with whole values; on a narrow screen it stays without them. */
START_TEST(the_list_has_whole_names)
{
	static const struct rig_options long_names = {
		.kpis = { "a name of thirty characters...: mean(temperature, 5)",
		    "small: -temperature / 93.8" }
	};
	struct rig rig;

	rig_open(&rig, seed, &long_names);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "e");
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE),
	    "a name of thirty characters...       10.6 │"));
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), " -0.0959488 │"));
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "  small "));
	rig_close(&rig);
}
END_TEST

/* What does not fit is told, and scrolls. */
START_TEST(a_small_page)
{
	struct rig rig;

	rig_open(&rig, seed, &asked);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "e");
	ck_assert(shows(rig_picture(&rig, 40, 10, GLYPHS_BRAILLE), "PgDn"));
	ck_assert(shows(rig_picture(&rig, 40, 10, GLYPHS_BRAILLE), "mean(temperature, 5)"));
	for (int i = 0; i < 3; i++) {
		struct input down = { .code = INPUT_PAGE_DOWN };

		dashboard_input(rig.dashboard, &down, rig.now);
	}
	ck_assert(!shows(rig_picture(&rig, 40, 10, GLYPHS_BRAILLE), "PgDn"));
	ck_assert(shows(rig_picture(&rig, 40, 10, GLYPHS_BRAILLE), "state kept"));
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("explain");
	TCase *tc = tcase_create("page");

	tcase_add_test(tc, the_mean_as_it_slides);
	tcase_add_test(tc, arrows_choose);
	tcase_add_test(tc, steps);
	tcase_add_test(tc, the_list_has_whole_names);
	tcase_add_test(tc, a_small_page);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
