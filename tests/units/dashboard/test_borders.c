/* test_borders.c - the borders of panes: views as tabs, as many names as fit, keys that are lit,
 * and clicks. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "app/dashboard/borders.h"
#include "tests/rig.h"

enum { W = 100, H = 3 };

struct border {
	struct cell cells[W * H];
	struct tabs tabs;
	char line[4 * W + 1];
};

static void
draw(struct border *b, int w, int shown, const struct heading *h)
{
	struct canvas c = { b->cells, w, 0, 0, w, H, GLYPHS_ASCII };

	b->tabs = (struct tabs){ .n = 4, .shown = shown };
	for (int i = 0; i < b->tabs.n; i++)
		b->tabs.views[i] = view_classes[i];
	canvas_clear(&c);
	tabs_place(&b->tabs, h, 0, 0, w);
	border_draw(&c, h, b->tabs.pane >= 0 ? &b->tabs : NULL);
	for (int x = 0; x < w; x++)
		b->line[x] = (char)b->cells[x].rune;
	b->line[w] = '\0';
}

START_TEST(names_where_there_is_room)
{
	static const struct heading h = { "temperature", "60 rows · expected", "" };
	struct border b;

	draw(&b, 90, 0, &h);
	ck_assert_str_eq(b.line, "+ 1 overview  2 series  3 keys  4 alerts - temperature "
				 "------------- 60 rows . expected -+");
	draw(&b, 72, 1, &h);
	ck_assert_str_eq(b.line, "+ 1 2 series  3 4 - temperature ------------------ "
				 "60 rows . expected -+");
	draw(&b, 40, 1, &h); /* pieces of the note are left out, the last ones first */
	ck_assert_str_eq(b.line, "+ 1 2 series  3 4 - temperature -------+");
	draw(&b, 52, 1, &h); /* then all names */
	ck_assert_str_eq(b.line, "+ 1 2 3 4 - temperature ------ 60 rows . expected -+");
	draw(&b, 60, 1, &h);
	ck_assert_str_eq(b.line, "+ 1 2 series  3 4 - temperature ------ 60 rows . expected -+");
	draw(&b, 30, 1, &h); /* the title is worth more */
	ck_assert_str_eq(b.line, "+ temperature ----- 60 rows -+");
	ck_assert_int_eq(b.tabs.pane, -1);
	for (int w = 8; w < W; w++)
		draw(&b, w, w % 4, &h);
}
END_TEST

/* The shown one is reversed, the keys of the others are lit. */
START_TEST(what_is_lit)
{
	static const struct heading h = { "x", "row 9 · a acknowledges", "a b" };
	struct border b;
	int lit;

	draw(&b, 90, 2, &h);
	for (int i = 0; i < 4; i++) {
		const struct tab *t = &b.tabs.of[i];

		ck_assert_int_eq(b.cells[t->x].style, i == 2 ? STYLE_LABEL : STYLE_KEY);
		ck_assert_int_eq(b.cells[t->x].rune, (uint32_t)('1' + i));
		for (int x = t->x; x < t->x + t->w; x++) {
			ck_assert(b.cells[x].reverse == (i == 2));
			ck_assert_int_eq(tabs_at(&b.tabs, x, 0), i);
			ck_assert_int_eq(tabs_at(&b.tabs, x, 1), -1);
		}
		ck_assert_int_eq(tabs_at(&b.tabs, t->x - 1, 0), -1);
	}
	lit = (int)(strstr(b.line, " a ack") - b.line) + 1;
	ck_assert_int_eq(b.cells[lit].style, STYLE_KEY);
	for (int x = lit + 1; x < lit + 14; x++)
		ck_assert_int_eq(b.cells[x].style, STYLE_LABEL);
}
END_TEST

START_TEST(a_click_goes_there)
{
	static const struct rig_options plain = { .default_kpis = true };
	struct input click = { .code = INPUT_CLICK, .y = 1 };
	const char *line;
	struct rig rig;

	rig_open(&rig, "x\n1\n2\n3\n", &plain);
	rig_rows(&rig, 3, 120, 36);
	line = strchr(rig_picture(&rig, 120, 36, GLYPHS_ASCII), '\n') + 1;
	click.x = (int)(strstr(line, "4 alerts") - line) + 3;
	dashboard_input(rig.dashboard, &click, rig.now);
	ck_assert_ptr_nonnull(strstr(rig_picture(&rig, 120, 36, GLYPHS_ASCII), " - alerts -"));
	click.x = 3; /* back to the first */
	dashboard_input(rig.dashboard, &click, rig.now);
	ck_assert_ptr_null(strstr(rig_picture(&rig, 120, 36, GLYPHS_ASCII), " - alerts -"));
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("borders");
	TCase *all = tcase_create("all");

	tcase_add_test(all, names_where_there_is_room);
	tcase_add_test(all, what_is_lit);
	tcase_add_test(all, a_click_goes_there);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
