/* test_colors.c - how many colours a terminal is sent, and 24 bits through curses' numbers. */
#include "app/screen/colors.h"

#include <string.h>

#include "app/screen/truecolor.h"
#include "tests/support.h"

START_TEST(levels)
{
	static const struct {
		struct color_hints hints; /* option, NO_COLOR, COLORTERM, TERM */
		int known, level;
	} cases[] = {
		{ { NULL, NULL, NULL, "xterm" }, 8, COLORS_8 },
		{ { NULL, NULL, NULL, "x" }, 15, COLORS_8 },
		{ { NULL, NULL, NULL, "x" }, 16, COLORS_16 },
		{ { NULL, NULL, NULL, "x" }, 88, COLORS_16 },
		{ { "auto", NULL, NULL, "xterm-256color" }, 256, COLORS_256 },
		{ { "auto", NULL, "truecolor", "xterm-256color" }, 256, COLORS_TRUE },
		{ { "auto", NULL, "24bit", "xterm" }, 8, COLORS_TRUE },
		{ { "auto", NULL, "yes", "xterm" }, 8, COLORS_8 },
		{ { "auto", NULL, "truecolor", "vt100" }, -1, COLORS_NONE },
		{ { "auto", NULL, NULL, "xterm-direct" }, 1 << 24, COLORS_TRUE },
		{ { "auto", "1", "truecolor", "xterm" }, 256, COLORS_NONE },
		{ { NULL, "", "truecolor", "xterm" }, 256, COLORS_TRUE },
		{ { NULL, NULL, NULL, "vt100" }, -1, COLORS_NONE },
		{ { "never", NULL, "truecolor", "xterm" }, 256, COLORS_NONE },
		{ { "true", "1", NULL, "xterm" }, 8, COLORS_TRUE },
		{ { "256", "1", NULL, "xterm" }, 8, COLORS_256 },
		{ { "16", NULL, "truecolor", "xterm" }, 256, COLORS_16 },
	};
	const struct color_hints wrong = { "8", NULL, NULL, "xterm" };
	struct error err = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_int_eq(
		    color_level(&cases[i].hints, cases[i].known, &err), cases[i].level);
	ck_assert_int_eq(color_level(&wrong, 256, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "auto, never, 16, 256 or true"));
}
END_TEST

static void
check_swaps(struct swaps *swaps, const char *in, const char *want)
{
	size_t n = strlen(in);
	const char *out = swaps_apply(swaps, in, &n);

	ck_assert_uint_eq(n, strlen(want));
	ck_assert(memcmp(out, want, n) == 0);
}

START_TEST(numbers_become_colours)
{
	struct swaps swaps = { .n = 0 };

	check_swaps(&swaps, "\033[38;5;17mx", "\033[38;5;17mx"); /* none is known yet */
	swaps_add(&swaps, "\033[38;5;17m", "38", 0x56b4e9);
	swaps_add(&swaps, "\033[48;5;18m", "48", 0x000001);
	check_swaps(&swaps, "", "");
	check_swaps(&swaps, "a\033[38;5;17mb\033[48;5;18m\033[38;5;17m",
	    "a\033[38;2;86;180;233mb\033[48;2;0;0;1m\033[38;2;86;180;233m");
	check_swaps(
	    &swaps, "[38;5;17m\033[38;5;170m\033[38;5;17", "[38;5;17m\033[38;5;170m\033[38;5;17");
	check_swaps(&swaps, "\033", "\033");
	swaps_done(&swaps);
}
END_TEST

START_TEST(nothing_but_swaps_that_fit)
{
	struct swaps swaps = { .n = 0 };

	swaps_add(&swaps, "", "38", 1);
	swaps_add(&swaps, "\033[a capability that is longer than any of its kind", "38", 1);
	ck_assert_int_eq(swaps.n, 0);
	for (int i = 0; i < SWAPS_MOST + 5; i++)
		swaps_add(&swaps, "\033[31m", "38", i);
	ck_assert_int_eq(swaps.n, SWAPS_MOST);
	for (int i = 0; i < 3; i++) /* as long as it can get */
		check_swaps(&swaps, "\033[31m\033[31m\033[31m",
		    "\033[38;2;0;0;0m\033[38;2;0;0;0m\033[38;2;0;0;0m");
	swaps_done(&swaps);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("colors");
	TCase *all = tcase_create("all");

	tcase_add_test(all, levels);
	tcase_add_test(all, numbers_become_colours);
	tcase_add_test(all, nothing_but_swaps_that_fit);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
