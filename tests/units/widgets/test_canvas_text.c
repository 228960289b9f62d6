/* test_canvas_text.c - text on a canvas: cut between characters, and made harmless. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/text.h"
#include "tests/guarded.h"
#include "tests/support.h"
#include "widgets/draw/glyphs.h"
#include "widgets/draw/runes.h"

START_TEST(text_is_drawn_and_cut)
{
	struct guarded p = guarded_new(10, 6, GLYPHS_BRAILLE);

	ck_assert_int_eq(canvas_text(&p.canvas, 0, 0, 10, STYLE_BOLD, "weir"), 4);
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 1, 4, STYLE_TEXT, "weirs"), 4);
	ck_assert_int_eq(canvas_text(&p.canvas, 7, 2, 100, STYLE_TEXT, "weirs"), 3);
	ck_assert_int_eq(canvas_text(&p.canvas, -2, 3, 8, STYLE_TEXT, "abcdef"), 6);
	ck_assert_int_eq(canvas_right(&p.canvas, 0, 4, 10, STYLE_TEXT, "7.25"), 4);
	ck_assert_int_eq(canvas_right(&p.canvas, 0, 5, 3, STYLE_TEXT, "12345"), 3);
	ck_assert_str_eq(guarded_row(&p, 0), "weir");
	ck_assert_int_eq(guarded_at(&p, 3, 0)->style, STYLE_BOLD);
	ck_assert_str_eq(guarded_row(&p, 1), "wei…");
	ck_assert_str_eq(guarded_row(&p, 2), "       we…");
	ck_assert_str_eq(guarded_row(&p, 3), "cdef");
	ck_assert_str_eq(guarded_row(&p, 4), "      7.25");
	ck_assert_str_eq(guarded_row(&p, 5), "12…");
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 0, 0, STYLE_TEXT, "x"), 0);
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 0, -5, STYLE_TEXT, "x"), 0);
	ck_assert_int_eq(canvas_text(&p.canvas, 2000000000, 0, 5, STYLE_TEXT, "x"), 0);
	ck_assert_str_eq(guarded_row(&p, 0), "weir");
	guarded_free(&p);
}
END_TEST

START_TEST(wide_characters_stay_whole)
{
	struct guarded p = guarded_new(6, 6, GLYPHS_BRAILLE);

	ck_assert_int_eq(text_cells("水位°C"), 6);
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 0, 6, STYLE_TEXT, "水位°C"), 6);
	ck_assert_str_eq(guarded_row(&p, 0), "水位°C");
	ck_assert_int_eq(canvas_text(&p.canvas, 0, 1, 4, STYLE_TEXT, "水位°"), 3);
	ck_assert_str_eq(guarded_row(&p, 1), "水…");
	canvas_cell(&p.canvas, 5, 2, 0x6c34, STYLE_TEXT); /* half outside */
	ck_assert_str_eq(guarded_row(&p, 2), "");
	canvas_cell(&p.canvas, -1, 2, 0x6c34, STYLE_TEXT);
	ck_assert_str_eq(guarded_row(&p, 2), "");
	canvas_text(&p.canvas, 0, 3, 6, STYLE_TEXT, "水位水");
	canvas_cell(&p.canvas, 1, 3, 'x', STYLE_TEXT); /* over a right half */
	canvas_cell(&p.canvas, 2, 3, 'y', STYLE_TEXT); /* over a left half */
	ck_assert_str_eq(guarded_row(&p, 3), " xy 水");
	canvas_text(&p.canvas, 0, 4, 6, STYLE_TEXT, "水位水");
	canvas_cell(&p.canvas, 1, 4, 0x4f4d, STYLE_TEXT); /* across two of them */
	ck_assert_str_eq(guarded_row(&p, 4), " 位 水");
	canvas_fill(&p.canvas, 0, 5, 5, 1, 0x6c34, STYLE_TEXT);
	ck_assert_str_eq(guarded_row(&p, 5), "水水");
	guarded_free(&p);
}
END_TEST

static void
harmless_case(const char *in, int n, const char *want)
{
	struct guarded p = guarded_new(24, 1, GLYPHS_BRAILLE);

	canvas_textn(&p.canvas, 0, 0, 24, STYLE_TEXT, in, n);
	ck_assert_str_eq(guarded_row(&p, 0), want);
	guarded_free(&p);
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
		struct guarded p =
		    guarded_new((int)(rng_next(&rng) % 12), 2, (enum glyphs)(rng_next(&rng) % 3));
		char bytes[32];

		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] =
			    rng_next(&rng) % 3 ? (char)rng_next(&rng) : "水\033\xe2\x80"[i % 6];
		for (int i = 0; i < 4; i++)
			canvas_textn(&p.canvas, (int)(rng_next(&rng) % 16) - 3, i % 2,
			    (int)(rng_next(&rng) % 16), STYLE_TEXT, bytes + i,
			    (int)(rng_next(&rng) % 28));
		for (int i = 0; i < p.canvas.w * 2; i++) {
			uint32_t rune = guarded_at(&p, i % p.canvas.w, i / p.canvas.w)->rune;

			ck_assert(rune == 0 || rune == rune_harmless(rune));
		}
		guarded_free(&p);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("canvas_text");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, text_is_drawn_and_cut);
	tcase_add_test(all, wide_characters_stay_whole);
	tcase_add_test(all, text_is_made_harmless);
	tcase_add_test(all, every_rune_is_harmless_on_every_ladder);
	tcase_add_test(all, random_bytes_never_break_a_cell);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
