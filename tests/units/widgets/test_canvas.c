/* test_canvas.c - cells, text made harmless, frames and dots, at sizes from 200 x 50 to nothing. */
#include "widgets/draw/canvas.h"
#include "widgets/draw/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "tests/support.h"
#include "widgets/draw/glyphs.h"
#include "widgets/draw/runes.h"

/* A picture with a border of guard cells, so that a cell drawn outside is noticed. */
enum { GUARD = 3 };

struct picture {
	struct cell *cells;
	struct canvas canvas;
	int rows;
};

static struct picture
picture_new(int w, int h, enum glyphs glyphs)
{
	struct picture p = { .rows = h + 2 * GUARD };

	p.canvas = (struct canvas){
		.stride = w + 2 * GUARD, .x = GUARD, .y = GUARD, .w = w, .h = h, .glyphs = glyphs
	};
	p.cells = memory_zero((size_t)(p.canvas.stride * p.rows), sizeof *p.cells);
	for (int i = 0; i < p.canvas.stride * p.rows; i++)
		p.cells[i].rune = 'G';
	p.canvas.cells = p.cells;
	canvas_clear(&p.canvas);
	return p;
}

/* Frees it, and checks the guard and that every wide character has both halves. */
static void
picture_free(struct picture *p)
{
	const struct canvas *c = &p->canvas;

	for (int y = 0; y < p->rows; y++) {
		for (int x = 0; x < c->stride; x++) {
			const struct cell *cell = &p->cells[y * c->stride + x];
			bool in = x >= c->x && x < c->x + c->w && y >= c->y && y < c->y + c->h;

			ck_assert(in || (cell->rune == 'G' && cell->style == 0));
			if (cell->rune == 0)
				ck_assert(rune_cells(cell[-1].rune) == 2);
			else if (in && rune_cells(cell->rune) == 2)
				ck_assert(cell[1].rune == 0 && x + 1 < c->x + c->w);
		}
	}
	free(p->cells);
}

static struct cell *
at(const struct picture *p, int x, int y)
{
	return &p->cells[(p->canvas.y + y) * p->canvas.stride + p->canvas.x + x];
}

/* Row y as UTF-8 without trailing blanks; valid until the next call. */
static const char *
row(const struct picture *p, int y)
{
	static char out[4096];
	int n = 0, end = 0;

	for (int x = 0; x < p->canvas.w; x++) {
		uint32_t rune = at(p, x, y)->rune;

		n += rune == 0 ? 0 : rune_write(rune, out + n);
		if (rune != ' ')
			end = n;
	}
	out[end] = '\0';
	return out;
}

START_TEST(text_is_drawn_and_cut)
{
	struct picture p = picture_new(10, 6, GLYPHS_BRAILLE);

	ck_assert_int_eq(canvas_text(&p.canvas, 0, 0, 10, STYLE_BOLD, "weir"), 4);
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 1, 4, STYLE_TEXT, "weirs"), 4);
	ck_assert_int_eq(canvas_text(&p.canvas, 7, 2, 100, STYLE_TEXT, "weirs"), 3);
	ck_assert_int_eq(canvas_text(&p.canvas, -2, 3, 8, STYLE_TEXT, "abcdef"), 6);
	ck_assert_int_eq(canvas_right(&p.canvas, 0, 4, 10, STYLE_TEXT, "7.25"), 4);
	ck_assert_int_eq(canvas_right(&p.canvas, 0, 5, 3, STYLE_TEXT, "12345"), 3);
	ck_assert_str_eq(row(&p, 0), "weir");
	ck_assert_int_eq(at(&p, 3, 0)->style, STYLE_BOLD);
	ck_assert_str_eq(row(&p, 1), "wei…");
	ck_assert_str_eq(row(&p, 2), "       we…");
	ck_assert_str_eq(row(&p, 3), "cdef");
	ck_assert_str_eq(row(&p, 4), "      7.25");
	ck_assert_str_eq(row(&p, 5), "12…");
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 0, 0, STYLE_TEXT, "x"), 0);
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 0, -5, STYLE_TEXT, "x"), 0);
	ck_assert_int_eq(canvas_text(&p.canvas, 2000000000, 0, 5, STYLE_TEXT, "x"), 0);
	ck_assert_str_eq(row(&p, 0), "weir");
	picture_free(&p);
}
END_TEST

START_TEST(wide_characters_stay_whole)
{
	struct picture p = picture_new(6, 6, GLYPHS_BRAILLE);

	ck_assert_int_eq(text_cells("水位°C"), 6);
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 0, 6, STYLE_TEXT, "水位°C"), 6);
	ck_assert_str_eq(row(&p, 0), "水位°C");
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 1, 4, STYLE_TEXT, "水位°"), 3);
	ck_assert_str_eq(row(&p, 1), "水…");
	canvas_cell(&p.canvas, 5, 2, 0x6c34, STYLE_TEXT); /* half outside */
	ck_assert_str_eq(row(&p, 2), "");
	canvas_cell(&p.canvas, -1, 2, 0x6c34, STYLE_TEXT);
	ck_assert_str_eq(row(&p, 2), "");
	canvas_text(&p.canvas, 0, 3, 6, STYLE_TEXT, "水位水");
	canvas_cell(&p.canvas, 1, 3, 'x', STYLE_TEXT); /* over a right half */
	canvas_cell(&p.canvas, 2, 3, 'y', STYLE_TEXT); /* over a left half */
	ck_assert_str_eq(row(&p, 3), " xy 水");
	canvas_text(&p.canvas, 0, 4, 6, STYLE_TEXT, "水位水");
	canvas_cell(&p.canvas, 1, 4, 0x4f4d, STYLE_TEXT); /* across two of them */
	ck_assert_str_eq(row(&p, 4), " 位 水");
	canvas_fill(&p.canvas, 0, 5, 5, 1, 0x6c34, STYLE_TEXT);
	ck_assert_str_eq(row(&p, 5), "水水");
	picture_free(&p);
}
END_TEST

/* Overwriting half of a wide character at the border of a part heals it outside of the part. */
START_TEST(a_part_clips)
{
	struct picture p = picture_new(12, 4, GLYPHS_BRAILLE);
	struct canvas part = canvas_part(&p.canvas, 3, 1, 5, 2), none;

	canvas_text(&p.canvas, 2, 1, 10, STYLE_TEXT, "水水a水z");
	canvas_fill(&part, -10, -10, 100, 100, '#', STYLE_BAND);
	ck_assert_str_eq(row(&p, 0), "");
	ck_assert_str_eq(row(&p, 1), "   ##### z");
	ck_assert_str_eq(row(&p, 2), "   #####");
	ck_assert_str_eq(row(&p, 3), "");
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
	picture_free(&p);
}
END_TEST

static void
harmless_case(const char *in, int n, const char *want)
{
	struct picture p = picture_new(24, 1, GLYPHS_BRAILLE);

	canvas_textn(&p.canvas, 0, 0, 24, STYLE_TEXT, in, n);
	ck_assert_str_eq(row(&p, 0), want);
	picture_free(&p);
}

START_TEST(text_is_made_harmless)
{
	harmless_case("\033[31mred", 8, "␛[31mred");
	harmless_case("a\0b\nc\td\177e", 9, "a␀b·c·d·e");
	harmless_case("\xc2\x9b"
		      "31m",
	    5, "·31m"); /* CSI as one C1 character */
	harmless_case("\x9b"
		      "31m",
	    4,
	    "\xef\xbf\xbd"
	    "31m"); /* and as a raw byte */
	harmless_case("a\xe2\x80\xae"
		      "b",
	    5, "a·b"); /* right-to-left override */
	harmless_case("a\xe2\x80\x8b"
		      "b\xef\xbb\xbf",
	    8, "a·b·");                                           /* zero width */
	harmless_case("e\xcc\x81", 3, "e·");                      /* combining accent */
	harmless_case("\xc0\xaf", 2, "\xef\xbf\xbd\xef\xbf\xbd"); /* overlong */
	harmless_case("\xed\xa0\x80", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); /* surrogate */
	harmless_case("\xe6\xb0", 2, "\xef\xbf\xbd\xef\xbf\xbd");                 /* cut off */
	harmless_case("\xe2\x80\xa8|\xf3\xa0\x81\x81", 8, "·|·"); /* line separator, tag */
}
END_TEST

START_TEST(every_rune_is_harmless_on_every_ladder)
{
	for (uint32_t rune = 0; rune < 0x110100; rune++) {
		uint32_t safe = rune_harmless(rune), ascii = glyph_fold(safe, GLYPHS_ASCII);
		char bytes[RUNE_BYTES];
		uint32_t back;
		int n = rune_write(safe, bytes);

		ck_assert(safe >= ' ' && safe != 0x7f && !(safe >= 0x80 && safe < 0xa0));
		ck_assert(ascii >= ' ' && ascii < 0x7f);
		ck_assert(rune_harmless(glyph_fold(safe, GLYPHS_BLOCK)) != RUNE_INVALID ||
			  safe == RUNE_INVALID);
		ck_assert_int_eq((int)rune_read(bytes, (size_t)n, &back), n);
		ck_assert(back == safe);
	}
}
END_TEST

START_TEST(random_bytes_never_break_a_cell)
{
	struct rng rng = { 7 };

	for (int turn = 0; turn < 3000; turn++) {
		struct picture p =
		    picture_new((int)(rng_next(&rng) % 12), 2, (enum glyphs)(rng_next(&rng) % 3));
		char bytes[32];

		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] =
			    rng_next(&rng) % 3 ? (char)rng_next(&rng) : "水\033\xe2\x80"[i % 6];
		for (int i = 0; i < 4; i++)
			canvas_textn(&p.canvas, (int)(rng_next(&rng) % 16) - 3, i % 2,
			    (int)(rng_next(&rng) % 16), STYLE_TEXT, bytes + i,
			    (int)(rng_next(&rng) % 28));
		for (int i = 0; i < p.canvas.w * 2; i++) {
			uint32_t rune = at(&p, i % p.canvas.w, i / p.canvas.w)->rune;

			ck_assert(rune == 0 || rune == rune_harmless(rune));
		}
		picture_free(&p);
	}
}
END_TEST

START_TEST(frames_keep_what_fits)
{
	struct picture p = picture_new(24, 3, GLYPHS_BRAILLE),
		       small = picture_new(9, 2, GLYPHS_ASCII);
	struct picture tiny = picture_new(1, 1, GLYPHS_BRAILLE);

	canvas_frame(&p.canvas, "pH", "60 rows", false);
	ck_assert_str_eq(row(&p, 0), "╭ pH ──────── 60 rows ─╮");
	ck_assert_str_eq(row(&p, 1), "│                      │");
	ck_assert_str_eq(row(&p, 2), "╰──────────────────────╯");
	canvas_frame(&small.canvas, "temperature", "60 rows", true);
	ck_assert_str_eq(row(&small, 0), "+ temp~ +");
	ck_assert_str_eq(row(&small, 1), "+-------+");
	ck_assert_int_eq(at(&small, 0, 1)->style, STYLE_FOCUS);
	canvas_frame(&tiny.canvas, "x", "y", false);
	ck_assert_str_eq(row(&tiny, 0), "");
	picture_free(&p);
	picture_free(&small);
	picture_free(&tiny);
}
END_TEST

START_TEST(braille_dots_are_where_unicode_says)
{
	static const uint32_t bits[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 },
		{ 0x40, 0x80 } };
	struct picture p = picture_new(4, 2, GLYPHS_BRAILLE);

	ck_assert_int_eq(canvas_dots_x(&p.canvas), 8);
	ck_assert_int_eq(canvas_dots_y(&p.canvas), 8);
	for (int y = 0; y < 4; y++) {
		for (int x = 0; x < 2; x++) {
			canvas_clear(&p.canvas);
			canvas_dot(&p.canvas, 2 + x, 4 + y, STYLE_SERIES);
			ck_assert_uint_eq(at(&p, 1, 1)->rune, 0x2800 + bits[y][x]);
		}
	}
	canvas_dot(&p.canvas, 2, 4, STYLE_SERIES);
	canvas_dot(&p.canvas, 3, 7, STYLE_SERIES);
	ck_assert_uint_eq(at(&p, 1, 1)->rune, 0x2800 + 0x81); /* joined */
	canvas_dot(&p.canvas, 3, 4, STYLE_SERIES + 1);        /* another style joins, too */
	ck_assert_uint_eq(at(&p, 1, 1)->rune, 0x2800 + 0x89);
	canvas_cell(&p.canvas, 0, 0, 0x2591, STYLE_SERIES);
	canvas_dot(&p.canvas, 0, 0, STYLE_SERIES);
	ck_assert_uint_eq(at(&p, 0, 0)->rune, 0x2801); /* over a shade: replaced */
	canvas_dot(&p.canvas, -1, 0, STYLE_SERIES);
	canvas_dot(&p.canvas, 0, -1, STYLE_SERIES);
	canvas_dot(&p.canvas, 8, 0, STYLE_SERIES);
	canvas_dot(&p.canvas, 0, 8, STYLE_SERIES);
	ck_assert_uint_eq(at(&p, 0, 0)->rune, 0x2801);
	picture_free(&p);
}
END_TEST

/* Where lines share cells their styles take turns by column; a line goes before a threshold. */
START_TEST(styles_take_turns)
{
	struct picture p = picture_new(4, 1, GLYPHS_BRAILLE);

	for (int x = 0; x < 8; x++) {
		canvas_dot(&p.canvas, x, 0, STYLE_SERIES);
		canvas_dot(&p.canvas, x, 2, STYLE_SERIES + 1);
		canvas_dot(&p.canvas, x, 3, STYLE_THRESHOLD);
	}
	for (int x = 0; x < 4; x++) {
		ck_assert_int_eq(at(&p, x, 0)->style, STYLE_SERIES + x % 2);
		ck_assert_uint_eq(at(&p, x, 0)->rune, 0x2800 + 0xed);
	}
	picture_free(&p);
}
END_TEST

/* A band of every height: no cell within it is blank, what is drawn on it keeps it, what fills the
 * area does not, and it ends to an eighth above. */
START_TEST(a_band_is_solid)
{
	struct picture p = picture_new(1, 4, GLYPHS_BRAILLE);

	for (int top = 0; top < 32; top++)
		for (int bottom = top + 1; bottom <= 32; bottom++) {
			canvas_clear(&p.canvas);
			canvas_band(&p.canvas, 0, top, bottom);
			for (int y = 0; y < 4; y++) {
				const struct cell *cell = at(&p, 0, y);
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
	ck_assert(at(&p, 0, 0)->back == BACK_BAND && at(&p, 0, 1)->back == BACK_BAND);
	ck_assert_uint_eq(cell_shaded(at(&p, 0, 2)).rune, 0x2591);
	ck_assert_uint_eq(cell_shaded(at(&p, 0, 1)).rune, 'x');
	canvas_clear(&p.canvas);
	canvas_band(&p.canvas, 0, 4, 28); /* edges that are drawn over, then cleared */
	canvas_clear(&p.canvas);
	for (int y = 0; y < 4; y++)
		ck_assert(at(&p, 0, y)->back == BACK_NONE);
	picture_free(&p);
}
END_TEST

/* Cells of areas: what is written on them keeps them, an edge is as high as it should be, and with
 * few colours or none they are still told apart. */
START_TEST(areas)
{
	struct picture p = picture_new(1, 1, GLYPHS_BRAILLE);

	for (int a = STYLE_AREA; a < STYLE_COUNT; a++) {
		canvas_solid(&p.canvas, 0, 0, (enum style)a);
		ck_assert_int_eq((int)back_style((enum back)at(&p, 0, 0)->back), a);
		canvas_cell(&p.canvas, 0, 0, 'R', STYLE_TITLE);
		ck_assert_int_eq((int)back_style((enum back)at(&p, 0, 0)->back), a);
		ck_assert_uint_eq(cell_few(at(&p, 0, 0)).rune, 'R');
		ck_assert_uint_eq(cell_shaded(at(&p, 0, 0)).rune, 'R');
		canvas_clear(&p.canvas);
		ck_assert(at(&p, 0, 0)->back == BACK_NONE);
	}
	for (int a = 1; a < AREA_STYLES; a++) {
		struct cell one, other;

		canvas_solid(&p.canvas, 0, 0, STYLE_AREA);
		one = *at(&p, 0, 0);
		canvas_solid(&p.canvas, 0, 0, (enum style)(STYLE_AREA + a));
		other = *at(&p, 0, 0);
		ck_assert(cell_shaded(&one).rune != cell_shaded(&other).rune);
		ck_assert(cell_few(&one).style != cell_few(&other).style);
		ck_assert(cell_few(&other).reverse && cell_few(&other).back == BACK_NONE);
	}
	for (int eighths = 0; eighths <= 8; eighths++) {
		canvas_edge(&p.canvas, 0, 0, STYLE_AREA, STYLE_AREA + 1, eighths);
		ck_assert_uint_eq(
		    at(&p, 0, 0)->rune, eighths % 8 == 0 ? ' ' : 0x2580 + (uint32_t)eighths);
		ck_assert_int_eq(cell_few(at(&p, 0, 0)).style, /* the greater one */
		    STYLE_SERIES + (eighths >= 4));
	}
	picture_free(&p);
}
END_TEST

START_TEST(blocks_and_ascii_have_coarser_dots)
{
	struct picture block = picture_new(2, 1, GLYPHS_BLOCK),
		       ascii = picture_new(3, 1, GLYPHS_ASCII);

	canvas_dot(&block.canvas, 0, 0, STYLE_SERIES);
	canvas_dot(&block.canvas, 1, 1, STYLE_SERIES);
	ck_assert_str_eq(row(&block, 0), "▀▄");
	canvas_dot(&block.canvas, 0, 1, STYLE_SERIES);
	ck_assert_str_eq(row(&block, 0), "█▄");
	canvas_dot(&ascii.canvas, 0, 0, STYLE_SERIES);
	canvas_dot(&ascii.canvas, 1, 0, STYLE_SERIES + 1);
	canvas_dot(&ascii.canvas, 2, 0, STYLE_FORECAST);
	ck_assert_str_eq(row(&ascii, 0), "*+.");
	ck_assert_int_eq(canvas_dots_y(&block.canvas), 2);
	ck_assert_int_eq(canvas_dots_x(&ascii.canvas), 3);
	picture_free(&block);
	picture_free(&ascii);
}
END_TEST

static bool
dot_set(const struct picture *p, int dx, int dy)
{
	static const uint32_t bits[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 },
		{ 0x40, 0x80 } };
	uint32_t rune = at(p, dx / 2, dy / 4)->rune;

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
		struct picture p = picture_new(10, 5, GLYPHS_BRAILLE);
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
		picture_free(&p);
	}
}
END_TEST

START_TEST(lines_from_far_away)
{
	struct picture p = picture_new(10, 5, GLYPHS_BRAILLE);

	canvas_line(&p.canvas, INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX, STYLE_SERIES);
	for (int i = 0; i < 20; i++)
		ck_assert(dot_set(&p, i, i));
	canvas_line(&p.canvas, INT32_MIN, -1, INT32_MAX, -1, STYLE_SERIES);
	canvas_line(&p.canvas, 5, INT32_MAX, 5, INT32_MIN, STYLE_SERIES);
	for (int i = 0; i < 20; i++)
		ck_assert(dot_set(&p, 5, i));
	picture_free(&p);
}
END_TEST

/* Everything at once at every small size: the guard in picture_free() is the assertion. */
START_TEST(every_size_clips)
{
	static const int sizes[][2] = { { 80, 24 }, { 40, 10 }, { 1, 1 }, { 0, 0 }, { 2, 2 },
		{ 3, 1 }, { 200, 50 } };

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (int g = GLYPHS_BRAILLE; g <= GLYPHS_ASCII; g++) {
			struct picture p = picture_new(sizes[i][0], sizes[i][1], (enum glyphs)g);

			canvas_frame(&p.canvas, "水 temperature °C", "window 60 rows", true);
			for (int x = -3; x < 84; x++) {
				canvas_text(&p.canvas, x, x, 9, STYLE_TEXT, "水 weir 水");
				canvas_right(&p.canvas, x, 84 - x, 9, STYLE_TEXT, "位 12.5");
				canvas_line(&p.canvas, x, -5, 3 * x, 400, STYLE_SERIES);
				canvas_reverse(&p.canvas, x, x, 5);
			}
			picture_free(&p);
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
	tcase_add_test(all, text_is_drawn_and_cut);
	tcase_add_test(all, wide_characters_stay_whole);
	tcase_add_test(all, a_part_clips);
	tcase_add_test(all, text_is_made_harmless);
	tcase_add_test(all, every_rune_is_harmless_on_every_ladder);
	tcase_add_test(all, random_bytes_never_break_a_cell);
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
