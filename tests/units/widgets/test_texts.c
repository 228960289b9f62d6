/* test_texts.c - sources of texts alone: bars of the most frequent ones stand where charts have
 * nothing to show; and no note is an empty box. */
#include "tests/support.h"

#include <string.h>

#include "tests/rig.h"

static const char words[] = "level,host\ninfo,a\nwarning,b\ninfo,a\ninfo,b\nerror,a\nwarning,a\n";

static void
check_has(const char *picture, const char *text, bool has)
{
	ck_assert_msg((strstr(picture, text) != NULL) == has, "%s '%s' in\n%s", has ? "no" : "a",
	    text, picture);
}

START_TEST(texts_have_bars)
{
	static const struct rig_options none = { 0 };
	const char *picture, *info, *warning;
	struct rig rig;

	rig_open(&rig, words, &none);
	rig_rows(&rig, 6, 0, 0);
	picture = rig_picture(&rig, 80, 24, GLYPHS_BRAILLE);
	check_has(picture, "no number column", false);
	check_has(picture, "╭ series", false);
	check_has(picture, "─ texts", true);
	check_has(picture, "last 6 rows", true);
	check_has(picture, "│ level ", true);
	info = strstr(picture, "│ info ");
	warning = strstr(picture, "│ warning ");
	ck_assert(info != NULL && warning != NULL && info < warning); /* 3 against 2 */
	rig_keys(&rig, "2");
	check_has(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "─ texts", true);
	check_has(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "╭ histogram", false);
	rig_close(&rig);
}
END_TEST

/* A number column is worth more. */
START_TEST(not_beside_numbers)
{
	static const struct rig_options none = { 0 };
	struct rig rig;

	rig_open(&rig, "level,x\ninfo,1\nwarning,2\ninfo,3\n", &none);
	rig_rows(&rig, 3, 0, 0);
	check_has(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "─ texts", false);
	check_has(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "╭ series", true);
	rig_close(&rig);
}
END_TEST

/* More of them than there are lines are counted, none is dropped in silence. */
START_TEST(many_texts)
{
	static const struct rig_options none = { 0 };
	struct text csv = { 0 };
	struct rig rig;

	text_add(&csv, "word,other\n");
	for (int i = 0; i < 300; i++)
		text_addf(&csv, "word%03d,same\n", i % 200);
	rig_open(&rig, text_get(&csv), &none);
	rig_rows(&rig, 300, 0, 0);
	check_has(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "more at least, in ", true);
	check_has(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "same ", true);
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

START_TEST(before_the_first_note)
{
	static const char file[] = "sources: [{name: x, uri: 'synth:sine?seed=1'}]\n"
				   "notes: [{at: 5, text: Look at it now.}]\n"
				   "layout:\n  - panes: [{widget: chart}]\n"
				   "  - panes: [{widget: note}]\n";
	struct error err = { 0 };
	struct rig rig;

	ck_assert_msg(rig_open_file(&rig, file, &err) == 0, "%s", err.text);
	rig_rows(&rig, 2, 0, 0);
	check_has(
	    rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "The first note comes at row 5.", true);
	rig_rows(&rig, 3, 0, 0);
	check_has(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "Look at it now.", true);
	check_has(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "The first note", false);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("texts");
	TCase *all = tcase_create("all");

	tcase_add_test(all, texts_have_bars);
	tcase_add_test(all, not_beside_numbers);
	tcase_add_test(all, many_texts);
	tcase_add_test(all, before_the_first_note);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
