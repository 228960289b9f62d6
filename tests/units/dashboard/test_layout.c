/* test_layout.c - panes and sizes to rectangles, over all sizes. */
#include "tests/support.h"

#include <string.h>

#include "app/dashboard/layout.h"

enum { MOST = 12, SCREEN_MAX = 130 };

/* Every cell belongs to exactly one pane. */
static void
check_cover(const struct rect *r, int n, int w, int h)
{
	static unsigned char owners[SCREEN_MAX][SCREEN_MAX];
	int wrong = 0;

	memset(owners, 0, sizeof owners);
	for (int i = 0; i < n; i++) {
		ck_assert(r[i].w == 0 || (r[i].x >= 0 && r[i].y >= 0 && r[i].x + r[i].w <= w &&
					     r[i].y + r[i].h <= h));
		for (int y = r[i].y; r[i].w > 0 && y < r[i].y + r[i].h; y++)
			for (int x = r[i].x; x < r[i].x + r[i].w; x++)
				owners[y][x]++;
	}
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			wrong += owners[y][x] != 1;
	ck_assert_msg(wrong == 0, "%d cells of %dx%d have not one owner", wrong, w, h);
}

static int
random_below(struct rng *r, int n)
{
	return (int)(rng_uniform(r) * n);
}

START_TEST(no_gap_no_overlap_and_least_sizes)
{
	struct rng r = { 7 };

	for (int trial = 0; trial < 3000; trial++) {
		struct layout_pane p[MOST] = { 0 };
		struct rect out[MOST];
		int n = 1 + random_below(&r, MOST), w = 1 + random_below(&r, SCREEN_MAX - 1);
		int h = 1 + random_below(&r, SCREEN_MAX - 1), left_out, gone = 0;

		for (int i = 0; i < n; i++)
			p[i] = (struct layout_pane){
				.row = i == 0 ? 0 : p[i - 1].row + random_below(&r, 2),
				.height = 1 + random_below(&r, 3),
				.width = 1 + random_below(&r, 3),
				.min_w = 1 + random_below(&r, 40),
				.min_h = 1 + random_below(&r, 12),
				.importance = random_below(&r, 100)
			};
		left_out = layout_place(p, n, w, h, out);
		check_cover(out, n, w, h);
		for (int i = 0; i < n; i++) {
			gone += out[i].w == 0;
			if (n - left_out > 1 && out[i].w > 0)
				ck_assert(out[i].w >= p[i].min_w && out[i].h >= p[i].min_h);
		}
		ck_assert_int_eq(gone, left_out);
	}
}
END_TEST

/* status, chart and alerts, table, keys */
static const struct layout_pane screen[] = {
	{ .row = 0, .width = 1, .min_w = 1, .min_h = 1, .max_h = 1, .importance = 80 },
	{ .row = 1, .height = 3, .width = 3, .min_w = 46, .min_h = 8, .importance = 50 },
	{ .row = 1, .height = 3, .width = 1, .min_w = 20, .min_h = 5, .importance = 45 },
	{ .row = 2,
	    .height = 2,
	    .width = 1,
	    .min_w = 20,
	    .min_h = 3,
	    .max_h = 5,
	    .importance = 90 },
	{ .row = 3, .width = 1, .min_w = 16, .min_h = 1, .max_h = 1, .importance = 40 },
};
enum { SCREEN = sizeof screen / sizeof *screen };

START_TEST(greatest_sizes_leave_the_rest_to_others)
{
	struct rect out[SCREEN];

	ck_assert_int_eq(layout_place(screen, SCREEN, 120, 36, out), 0);
	check_cover(out, SCREEN, 120, 36);
	ck_assert_int_eq(out[0].h, 1);
	ck_assert_int_eq(out[3].h, 5);
	ck_assert_int_eq(out[4].h, 1);
	ck_assert_int_eq(out[1].h, 36 - 7);
	ck_assert_int_gt(out[1].w, 2 * out[2].w);
}
END_TEST

START_TEST(least_important_go_first)
{
	struct rect out[SCREEN];

	layout_place(screen, SCREEN, 60, 36, out); /* no room for both in one row */
	ck_assert(out[1].w == 60 && out[2].w == 0);
	layout_place(screen, SCREEN, 40, 10, out);
	ck_assert(out[1].w == 0 && out[0].h == 1);
	layout_place(screen, SCREEN, 20, 4, out); /* the keys went before the status */
	ck_assert(out[4].w == 0 && out[0].w == 20 && out[3].h == 3);
	ck_assert_int_eq(layout_place(screen, SCREEN, 1, 1, out), SCREEN - 1);
	ck_assert(out[0].w == 1 && out[0].h == 1); /* all others need more */
}
END_TEST

/* Of two that are equally important the later one goes, in a row and of all. */
START_TEST(the_later_of_equals_goes)
{
	static const struct layout_pane row[] = {
		{ .row = 0, .height = 1, .width = 1, .min_w = 30, .min_h = 2, .importance = 7 },
		{ .row = 0, .height = 1, .width = 1, .min_w = 30, .min_h = 2, .importance = 5 },
		{ .row = 0, .height = 1, .width = 1, .min_w = 30, .min_h = 2, .importance = 5 },
	};
	struct layout_pane stack[3];
	struct rect out[3];

	ck_assert_int_eq(layout_place(row, 3, 70, 10, out), 1);
	ck_assert(out[0].w > 0 && out[1].w > 0 && out[2].w == 0);
	ck_assert_int_eq(layout_place(row, 3, 40, 10, out), 2);
	ck_assert(out[0].w == 40 && out[1].w == 0 && out[2].w == 0);
	for (int i = 0; i < 3; i++) {
		stack[i] = row[i];
		stack[i].row = i;
	}
	ck_assert_int_eq(layout_place(stack, 3, 40, 5, out), 1);
	ck_assert(out[0].w > 0 && out[1].w > 0 && out[2].w == 0);
}
END_TEST

/* A row is as high as its highest pane may be: any height when one of them may have any, wherever
 * in the row it stands. */
START_TEST(one_pane_of_any_height)
{
	struct layout_pane p[] = {
		{ .row = 0, .height = 1, .width = 1, .min_w = 1, .min_h = 1, .max_h = 4 },
		{ .row = 0, .height = 1, .width = 1, .min_w = 1, .min_h = 1, .max_h = 6 },
		{ .row = 0, .height = 1, .width = 1, .min_w = 1, .min_h = 1, .max_h = 5 },
		{ .row = 1, .height = 1, .width = 1, .min_w = 1, .min_h = 1 },
	};
	struct rect out[4];

	layout_place(p, 4, 90, 40, out);
	ck_assert_int_eq(out[0].h, 6);
	ck_assert_int_eq(out[3].h, 34);
	for (int any = 0; any < 3; any++) {
		int most = p[any].max_h;

		p[any].max_h = 0;
		layout_place(p, 4, 90, 40, out);
		ck_assert_msg(out[0].h == 20, "pane %d of any height: %d high", any, out[0].h);
		ck_assert(out[0].h == out[1].h && out[1].h == out[2].h && out[3].h == 20);
		p[any].max_h = most;
	}
}
END_TEST

/* Shares are by weight, and what one pane may not take goes to others that may grow. */
START_TEST(shares_by_weight)
{
	struct layout_pane p[] = {
		{ .row = 0, .height = 1, .width = 1, .min_w = 10, .min_h = 1 },
		{ .row = 0, .height = 1, .width = 3, .min_w = 10, .min_h = 1, .max_w = 20 },
		{ .row = 0, .height = 1, .width = 2, .min_w = 10, .min_h = 1 },
		{ .row = 0, .height = 1, .width = 0, .min_w = 10, .min_h = 1 },
	};
	struct rect out[4];

	layout_place(p, 4, 110, 3, out);
	ck_assert_int_eq(out[1].w, 20);
	ck_assert_int_eq(out[3].w, 10);
	ck_assert_int_eq(out[0].w + out[2].w, 80);
	ck_assert(out[0].w > 20 && out[2].w > out[0].w);
	p[1].max_w = 0;
	layout_place(p, 4, 100, 3, out);
	ck_assert_int_eq(out[0].w, 20);
	ck_assert_int_eq(out[1].w, 40);
	ck_assert_int_eq(out[2].w, 30);
}
END_TEST

START_TEST(nothing_to_place)
{
	struct rect out[1];

	ck_assert_int_eq(layout_place(NULL, 0, 80, 24, out), 0);
}
END_TEST

/* A small one that went first fits where a greater one had to go. */
START_TEST(what_fits_comes_back)
{
	const struct layout_pane p[] = {
		{ .row = 0, .height = 1, .width = 1, .min_w = 9, .min_h = 5, .importance = 9 },
		{ .row = 1, .height = 1, .width = 1, .min_w = 9, .min_h = 6, .importance = 5 },
		{ .row = 2, .height = 1, .width = 1, .min_w = 9, .min_h = 1, .importance = 3 },
	};
	struct rect out[3];

	ck_assert_int_eq(layout_place(p, 3, 20, 8, out), 1);
	ck_assert(out[0].w > 0 && out[1].w == 0 && out[2].w > 0);
	ck_assert_int_eq(layout_place(p, 3, 20, 5, out), 2);
	ck_assert(out[0].w > 0 && out[1].w == 0 && out[2].w == 0);
	ck_assert_int_eq(layout_place(p, 3, 20, 12, out), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("layout");
	TCase *tcase = tcase_create("layout");

	tcase_add_test(tcase, what_fits_comes_back);
	tcase_add_test(tcase, no_gap_no_overlap_and_least_sizes);
	tcase_add_test(tcase, greatest_sizes_leave_the_rest_to_others);
	tcase_add_test(tcase, least_important_go_first);
	tcase_add_test(tcase, the_later_of_equals_goes);
	tcase_add_test(tcase, one_pane_of_any_height);
	tcase_add_test(tcase, shares_by_weight);
	tcase_add_test(tcase, nothing_to_place);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
