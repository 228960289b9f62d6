/* test_canvas.c - cells, frames, bands, dots and lines, at sizes from 200 x 50 to nothing. */
#include "widgets/draw/canvas.h"
#include "widgets/draw/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "tests/guarded.h"
#include "tests/support.h"
#include "widgets/draw/glyphs.h"
#include "widgets/draw/runes.h"

/* Overwriting half of a wide character at the border of a part heals it outside of the part. */
START_TEST(a_part_clips)
{
	struct guarded p = guarded_new(12, 4, GLYPHS_BRAILLE);
	struct canvas part = canvas_part(&p.canvas, 3, 1, 5, 2), none;

	canvas_text(&p.canvas, 2, 1, 10, STYLE_TEXT, "水水a水z");
	canvas_fill(&part, -10, -10, 100, 100, '#', STYLE_BAND);
	ck_assert_str_eq(guarded_row(&p, 0), "");
	ck_assert_str_eq(guarded_row(&p, 1), "   ##### z");
	ck_assert_str_eq(guarded_row(&p, 2), "   #####");
	ck_assert_str_eq(guarded_row(&p, 3), "");
	none = canvas_part(&part, 5, 0, 3, 3);
	ck_assert_int_eq(none.w, 0);
	none = canvas_part(&part, -2, -1, 4, 2);
	ck_assert_int_eq(none.w, 2);
	ck_assert_int_eq(none.h, 1);
	ck_assert_int_eq(none.x, part.x);
	none = canvas_part(&part, 2, 0, -4, 1);
	ck_assert_int_eq(none.w, 0);
	none = canvas_part(&part, 2000000000, 0, 2000000000, 1);
	ck_assert_int_eq(none.w, 0);
	guarded_free(&p);
}
END_TEST

START_TEST(frames_keep_what_fits)
{
	struct guarded p = guarded_new(24, 3, GLYPHS_BRAILLE),
		       small = guarded_new(9, 2, GLYPHS_ASCII);
	struct guarded tiny = guarded_new(1, 1, GLYPHS_BRAILLE);

	canvas_frame(&p.canvas, "pH", "60 rows", false);
	ck_assert_str_eq(guarded_row(&p, 0), "╭ pH ──────── 60 rows ─╮");
	ck_assert_str_eq(guarded_row(&p, 1), "│                      │");
	ck_assert_str_eq(guarded_row(&p, 2), "╰──────────────────────╯");
	canvas_frame(&small.canvas, "temperature", "60 rows", true);
	ck_assert_str_eq(guarded_row(&small, 0), "+ temp~ +");
	ck_assert_str_eq(guarded_row(&small, 1), "+-------+");
	ck_assert_int_eq(guarded_at(&small, 0, 1)->style, STYLE_FOCUS);
	canvas_frame(&tiny.canvas, "x", "y", false);
	ck_assert_str_eq(guarded_row(&tiny, 0), "");
	guarded_free(&p);
	guarded_free(&small);
	guarded_free(&tiny);
}
END_TEST

START_TEST(braille_dots_are_where_unicode_says)
{
	static const uint32_t bits[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 },
		{ 0x40, 0x80 } };
	struct guarded p = guarded_new(4, 2, GLYPHS_BRAILLE);

	ck_assert_int_eq(canvas_dots_x(&p.canvas), 8);
	ck_assert_int_eq(canvas_dots_y(&p.canvas), 8);
	for (int y = 0; y < 4; y++) {
		for (int x = 0; x < 2; x++) {
			canvas_clear(&p.canvas);
			canvas_dot(&p.canvas, 2 + x, 4 + y, STYLE_SERIES);
			ck_assert_uint_eq(guarded_at(&p, 1, 1)->rune, 0x2800 + bits[y][x]);
		}
	}
	canvas_dot(&p.canvas, 2, 4, STYLE_SERIES);
	canvas_dot(&p.canvas, 3, 7, STYLE_SERIES);
	ck_assert_uint_eq(guarded_at(&p, 1, 1)->rune, 0x2800 + 0x81); /* joined */
	canvas_dot(&p.canvas, 3, 4, STYLE_SERIES + 1);                /* another style joins, too */
	ck_assert_uint_eq(guarded_at(&p, 1, 1)->rune, 0x2800 + 0x89);
	canvas_cell(&p.canvas, 0, 0, 0x2591, STYLE_SERIES);
	canvas_dot(&p.canvas, 0, 0, STYLE_SERIES);
	ck_assert_uint_eq(guarded_at(&p, 0, 0)->rune, 0x2801); /* over a shade: replaced */
	canvas_dot(&p.canvas, -1, 0, STYLE_SERIES);
	canvas_dot(&p.canvas, 0, -1, STYLE_SERIES);
	canvas_dot(&p.canvas, 8, 0, STYLE_SERIES);
	canvas_dot(&p.canvas, 0, 8, STYLE_SERIES);
	ck_assert_uint_eq(guarded_at(&p, 0, 0)->rune, 0x2801);
	guarded_free(&p);
}
END_TEST

/* Where lines share cells their styles take turns by column; a line goes before a threshold. */
START_TEST(styles_take_turns)
{
	struct guarded p = guarded_new(4, 1, GLYPHS_BRAILLE);

	for (int x = 0; x < 8; x++) {
		canvas_dot(&p.canvas, x, 0, STYLE_SERIES);
		canvas_dot(&p.canvas, x, 2, STYLE_SERIES + 1);
		canvas_dot(&p.canvas, x, 3, STYLE_THRESHOLD);
	}
	for (int x = 0; x < 4; x++) {
		ck_assert_int_eq(guarded_at(&p, x, 0)->style, STYLE_SERIES + x % 2);
		ck_assert_uint_eq(guarded_at(&p, x, 0)->rune, 0x2800 + 0xed);
	}
	guarded_free(&p);
}
END_TEST

/* A band of every height: no cell within it is blank, what is drawn on it keeps it, what fills the
 * area does not, and it ends to an eighth above. */
START_TEST(a_band_is_solid)
{
	struct guarded p = guarded_new(1, 4, GLYPHS_BRAILLE);

	for (int top = 0; top < 32; top++)
		for (int bottom = top + 1; bottom <= 32; bottom++) {
			canvas_clear(&p.canvas);
			canvas_band(&p.canvas, 0, top, bottom);
			for (int y = 0; y < 4; y++) {
				const struct cell *cell = guarded_at(&p, 0, y);
				bool seen = cell->back == BACK_BAND || cell->rune != ' ';
				bool touched = top < (y + 1) * 8 && bottom > y * 8;

				ck_assert_msg(seen == touched, "%d to %d, cell %d", top, bottom, y);
				if (top >= y * 8 && touched && bottom >= (y + 1) * 8 && top % 8 > 1)
					ck_assert_uint_eq(cell->rune, 0x2588 - (uint32_t)(top % 8));
			}
		}
	canvas_band(&p.canvas, 0, 0, 32);
	canvas_dot(&p.canvas, 0, 0, STYLE_SERIES);
	canvas_text(&p.canvas, 0, 1, 1, STYLE_TEXT, "x");
	ck_assert(
	    guarded_at(&p, 0, 0)->back == BACK_BAND && guarded_at(&p, 0, 1)->back == BACK_BAND);
	ck_assert_uint_eq(cell_shaded(guarded_at(&p, 0, 2)).rune, 0x2591);
	ck_assert_uint_eq(cell_shaded(guarded_at(&p, 0, 1)).rune, 'x');
	canvas_clear(&p.canvas);
	canvas_band(&p.canvas, 0, 4, 28); /* edges that are drawn over, then cleared */
	canvas_clear(&p.canvas);
	for (int y = 0; y < 4; y++)
		ck_assert(guarded_at(&p, 0, y)->back == BACK_NONE);
	guarded_free(&p);
}
END_TEST

/* Cells of areas: what is written on them keeps them, an edge is as high as it should be, and with
 * few colours or none they are still told apart. */
START_TEST(areas)
{
	struct guarded p = guarded_new(1, 1, GLYPHS_BRAILLE);

	for (int a = STYLE_AREA; a < STYLE_COUNT; a++) {
		canvas_solid(&p.canvas, 0, 0, (enum style)a);
		ck_assert_int_eq((int)back_style((enum back)guarded_at(&p, 0, 0)->back), a);
		canvas_cell(&p.canvas, 0, 0, 'R', STYLE_TITLE);
		ck_assert_int_eq((int)back_style((enum back)guarded_at(&p, 0, 0)->back), a);
		ck_assert_uint_eq(cell_few(guarded_at(&p, 0, 0)).rune, 'R');
		ck_assert_uint_eq(cell_shaded(guarded_at(&p, 0, 0)).rune, 'R');
		canvas_clear(&p.canvas);
		ck_assert(guarded_at(&p, 0, 0)->back == BACK_NONE);
	}
	for (int a = 1; a < AREA_STYLES; a++) {
		struct cell one, other;

		canvas_solid(&p.canvas, 0, 0, STYLE_AREA);
		one = *guarded_at(&p, 0, 0);
		canvas_solid(&p.canvas, 0, 0, (enum style)(STYLE_AREA + a));
		other = *guarded_at(&p, 0, 0);
		ck_assert(cell_shaded(&one).rune != cell_shaded(&other).rune);
		ck_assert(cell_few(&one).style != cell_few(&other).style);
		ck_assert(cell_few(&other).reverse && cell_few(&other).back == BACK_NONE);
	}
	for (int eighths = 0; eighths <= 8; eighths++) {
		canvas_edge(&p.canvas, 0, 0, STYLE_AREA, STYLE_AREA + 1, eighths);
		ck_assert_uint_eq(guarded_at(&p, 0, 0)->rune,
		    eighths % 8 == 0 ? ' ' : 0x2580 + (uint32_t)eighths);
		ck_assert_int_eq(cell_few(guarded_at(&p, 0, 0)).style, /* the greater one */
		    STYLE_SERIES + (eighths >= 4));
	}
	guarded_free(&p);
}
END_TEST

START_TEST(blocks_and_ascii_have_coarser_dots)
{
	struct guarded block = guarded_new(2, 1, GLYPHS_BLOCK),
		       ascii = guarded_new(3, 1, GLYPHS_ASCII);

	canvas_dot(&block.canvas, 0, 0, STYLE_SERIES);
	canvas_dot(&block.canvas, 1, 1, STYLE_SERIES);
	ck_assert_str_eq(guarded_row(&block, 0), "▀▄");
	canvas_dot(&block.canvas, 0, 1, STYLE_SERIES);
	ck_assert_str_eq(guarded_row(&block, 0), "█▄");
	canvas_dot(&ascii.canvas, 0, 0, STYLE_SERIES);
	canvas_dot(&ascii.canvas, 1, 0, STYLE_SERIES + 1);
	canvas_dot(&ascii.canvas, 2, 0, STYLE_FORECAST);
	ck_assert_str_eq(guarded_row(&ascii, 0), "*+.");
	ck_assert_int_eq(canvas_dots_y(&block.canvas), 2);
	ck_assert_int_eq(canvas_dots_x(&ascii.canvas), 3);
	guarded_free(&block);
	guarded_free(&ascii);
}
END_TEST

static bool
dot_set(const struct guarded *p, int dx, int dy)
{
	static const uint32_t bits[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 },
		{ 0x40, 0x80 } };
	uint32_t rune = guarded_at(p, dx / 2, dy / 4)->rune;

	return rune >= 0x2800 && rune < 0x2900 && (rune & bits[dy % 4][dx % 2]);
}

/* The slow twin: one dot per step of the longer side, in doubles, all of it. */
static bool
line_has(int x0, int y0, int x1, int y1, int x, int y)
{
	int w = abs(x1 - x0), h = abs(y1 - y0), n = w > h ? w : h;

	for (int i = 0; i <= n; i++) {
		double t = n ? (double)i / n : 0;
		double px = x0 + (x1 - x0) * t, py = y0 + (y1 - y0) * t;
		double off = w >= h ? py - y : px - x;
		bool on = w >= h ? (int)(px + (px < 0 ? -.5 : .5)) == x
				 : (int)(py + (py < 0 ? -.5 : .5)) == y;

		if (on && off >= -0.5 - 1e-9 && off <= 0.5 + 1e-9)
			return true;
	}
	return false;
}

START_TEST(lines_match_their_twin)
{
	struct rng rng = { 11 };

	for (int turn = 0; turn < 400; turn++) {
		struct guarded p = guarded_new(10, 5, GLYPHS_BRAILLE);
		int v[4], dots = 0;

		for (int i = 0; i < 4; i++)
			v[i] = (int)(rng_next(&rng) % 60) - 20;
		canvas_line(&p.canvas, v[0], v[1], v[2], v[3], STYLE_SERIES);
		for (int y = 0; y < 20; y++) {
			for (int x = 0; x < 20; x++) {
				bool set = dot_set(&p, x, y);

				dots += set;
				ck_assert(!set || line_has(v[0], v[1], v[2], v[3], x, y));
			}
		}
		if (v[0] >= 0 && v[0] < 20 && v[1] >= 0 && v[1] < 20) {
			ck_assert(dot_set(&p, v[0], v[1]));
			if (v[2] >= 0 && v[2] < 20 && v[3] >= 0 && v[3] < 20) {
				int w = abs(v[2] - v[0]), h = abs(v[3] - v[1]);

				ck_assert(dot_set(&p, v[2], v[3]));
				ck_assert_int_eq(dots, (w > h ? w : h) + 1);
			}
		}
		guarded_free(&p);
	}
}
END_TEST

START_TEST(lines_from_far_away)
{
	struct guarded p = guarded_new(10, 5, GLYPHS_BRAILLE);

	canvas_line(&p.canvas, INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX, STYLE_SERIES);
	for (int i = 0; i < 20; i++)
		ck_assert(dot_set(&p, i, i));
	canvas_line(&p.canvas, INT32_MIN, -1, INT32_MAX, -1, STYLE_SERIES);
	canvas_line(&p.canvas, 5, INT32_MAX, 5, INT32_MIN, STYLE_SERIES);
	for (int i = 0; i < 20; i++)
		ck_assert(dot_set(&p, 5, i));
	guarded_free(&p);
}
END_TEST

/* Everything at once at every small size: the guard in guarded_free() is the assertion. */
START_TEST(every_size_clips)
{
	static const int sizes[][2] = { { 80, 24 }, { 40, 10 }, { 1, 1 }, { 0, 0 }, { 2, 2 },
		{ 3, 1 }, { 200, 50 } };

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (int g = GLYPHS_BRAILLE; g <= GLYPHS_ASCII; g++) {
			struct guarded p = guarded_new(sizes[i][0], sizes[i][1], (enum glyphs)g);

			canvas_frame(&p.canvas, "水 temperature °C", "window 60 rows", true);
			for (int x = -3; x < 84; x++) {
				canvas_text(&p.canvas, x, x, 9, STYLE_TEXT, "水 weir 水");
				canvas_right(&p.canvas, x, 84 - x, 9, STYLE_TEXT, "位 12.5");
				canvas_line(&p.canvas, x, -5, 3 * x, 400, STYLE_SERIES);
				canvas_reverse(&p.canvas, x, x, 5);
			}
			guarded_free(&p);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("canvas");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, a_part_clips);
	tcase_add_test(all, frames_keep_what_fits);
	tcase_add_test(all, braille_dots_are_where_unicode_says);
	tcase_add_test(all, styles_take_turns);
	tcase_add_test(all, a_band_is_solid);
	tcase_add_test(all, areas);
	tcase_add_test(all, blocks_and_ascii_have_coarser_dots);
	tcase_add_test(all, lines_match_their_twin);
	tcase_add_test(all, lines_from_far_away);
	tcase_add_test(all, every_size_clips);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
