/* test_picture.c - pictures hold exactly what is on the canvas, and nothing can break out of them.
 */
#include "app/picture/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/picture/picture_shapes.h"
#include "tests/support.h"
#include "widgets/draw/runes.h"

enum { W = 20, H = 4 };

static struct canvas
canvas_new(int w, int h)
{
	struct canvas c = { .stride = w, .w = w, .h = h };

	c.cells = memory_zero((size_t)(w * h) + 1, sizeof *c.cells);
	canvas_clear(&c);
	return c;
}

static int
count(const char *text, const char *part)
{
	int n = 0;

	for (const char *s = text; (s = strstr(s, part)); s += strlen(part))
		n++;
	return n;
}

START_TEST(text_is_exact)
{
	struct canvas c = canvas_new(W, H);
	struct text out = { 0 };

	canvas_text(&c, 0, 0, W, STYLE_TEXT, "a <b> & \"水\"");
	canvas_text(&c, 3, 2, W, STYLE_TEXT, "é …");
	picture_txt(&c, themes[0], &out);
	ck_assert_str_eq(text_get(&out), "a <b> & \"水\"\n\n   é …\n\n");
	text_done(&out);
	free(c.cells);
}
END_TEST

START_TEST(html_escapes_and_marks_styles)
{
	struct canvas c = canvas_new(W, 1);
	struct text out = { 0 };

	canvas_text(&c, 0, 0, W, STYLE_TEXT, "<script>");
	canvas_text(&c, 9, 0, W, STYLE_CRITICAL, "a&b");
	canvas_reverse(&c, 13, 0, 2);
	picture_html(&c, themes[0], &out);
	ck_assert_ptr_nonnull(strstr(text_get(&out),
	    "<pre>\n&lt;script&gt; <span style=\"color:#ff7447;font-weight:bold\">a&amp;b</span> "
	    "<span style=\"color:#15181c;background:#d8d8d8\">  </span>\n</pre>"));
	text_done(&out);
	free(c.cells);
}
END_TEST

/* The characters between tags, escapes undone; fails unless tags are closed in order. */
static void
read_xml(const char *s, struct text *content)
{
	char open[8][16];
	int depth = 0;

	while (*s) {
		char name[16];
		const char *end;

		if (*s != '<') {
			if (depth > 0 && strcmp(open[depth - 1], "text") == 0)
				text_addc(content, *s);
			s++;
			continue;
		}
		end = strchr(s, '>');
		ck_assert_ptr_nonnull(end);
		ck_assert_ptr_null(memchr(s + 1, '<', (size_t)(end - s - 1)));
		ck_assert_int_eq(sscanf(s + 1, "%15[/a-z]", name), 1);
		if (name[0] == '/')
			ck_assert(depth > 0 && strcmp(open[--depth], name + 1) == 0);
		else if (end[-1] != '/')
			strcpy(open[depth++], name);
		s = end + 1;
	}
	ck_assert_int_eq(depth, 0);
}

START_TEST(svg_is_well_formed_and_keeps_text)
{
	struct canvas c = canvas_new(W, H);
	struct text out = { 0 }, content = { 0 };

	canvas_frame(&c, "pH", "60", false);
	canvas_text(&c, 1, 1, W, STYLE_TEXT, "a <b> & \"水\"");
	canvas_text(&c, 1, 2, W, STYLE_SERIES, "x   y");
	picture_svg(&c, themes[0], &out);
	read_xml(text_get(&out), &content);
	ck_assert_str_eq(text_get(&content), "pH60a &lt;b&gt; &amp; &quot;水&quot;xy");
	text_done(&out);
	text_done(&content);
	free(c.cells);
}
END_TEST

/* Lines, light and heavy, and what is painted behind cells, from the first to the last of a row. */
START_TEST(svg_has_lines_and_backgrounds)
{
	struct canvas c = canvas_new(W, H);
	struct text out = { 0 };

	canvas_frame(&c, "", "", false);
	canvas_cell(&c, 3, 1, 0x2501, STYLE_SERIES);
	for (int x = 0; x < W; x++)
		canvas_cell(&c, x, 2, ' ', STYLE_TEXT);
	for (int x = 0; x < 3; x++)
		c.cells[2 * W + x].reverse = true;
	c.cells[3 * W - 1].reverse = true;
	picture_svg(&c, themes[0], &out);
	ck_assert_ptr_nonnull(strstr(out.s, "<rect x=\"10\" y=\"50\" width=\"30\" height=\"20\""));
	ck_assert_ptr_nonnull(strstr(out.s, "<rect x=\"200\" y=\"50\" width=\"10\" height=\"20\""));
	ck_assert_int_eq(count(out.s, "class=\"l\""), 1);
	ck_assert_ptr_nonnull(strstr(out.s, "d=\"M15 30V25Q15 20 20 20"));
	ck_assert_int_eq(count(out.s, "class=\"h\""), 1);
	ck_assert_ptr_nonnull(strstr(out.s, "d=\"M45 40h-5M45 40h5\""));
	text_done(&out);
	free(c.cells);
}
END_TEST

START_TEST(svg_has_a_circle_for_each_dot)
{
	struct canvas c = canvas_new(W, H);
	struct text out = { 0 };
	struct rng rng = { 1 };
	int dots = 0;

	for (int i = 0; i < W * H; i++) {
		uint32_t bits = (uint32_t)(rng_next(&rng) & 255);

		canvas_cell(&c, i % W, i / W, 0x2800 + bits, (enum style)(STYLE_SERIES + i % 8));
		dots += __builtin_popcount(bits);
	}
	picture_svg(&c, themes[0], &out);
	ck_assert_int_eq(count(text_get(&out), "h0"), dots);
	text_done(&out);
	free(c.cells);
}
END_TEST

START_TEST(every_shape_is_drawn_in_its_cell)
{
	for (uint32_t rune = 0x2500; rune < 0x2900; rune++) {
		struct text path = { 0 };

		if (!shape_is(rune))
			continue;
		for (int shape = 0; shape < SHAPE_COUNT; shape++)
			shape_add(&path, (enum shape)shape, rune, 0, 0);
		ck_assert((path.len == 0) == (rune == 0x2800));
		/* all starts are inside the cell */
		for (const char *s = text_get(&path); (s = strchr(s, 'M')); s++) {
			double x, y;

			ck_assert_int_eq(sscanf(s, "M%lf %lf", &x, &y), 2);
			ck_assert(x >= 0 && x <= CELL_W && y >= 0 && y <= CELL_H);
		}
		text_done(&path);
	}
}
END_TEST

/* Cells that did not come through a canvas. */
START_TEST(hostile_cells_are_harmless)
{
	struct canvas c = canvas_new(5, 1);
	struct text out = { 0 };

	c.cells[0].rune = 0x1b;
	c.cells[1].rune = 0x9b;
	c.cells[2].rune = 0x202e;
	c.cells[3].rune = 0x110000;
	c.cells[4].style = 255;
	c.cells[4].rune = '<';
	picture_txt(&c, themes[0], &out);
	ck_assert_str_eq(text_get(&out), "␛··\xef\xbf\xbd<\n");
	text_clear(&out);
	picture_svg(&c, themes[0], &out);
	ck_assert_ptr_null(strchr(text_get(&out), 0x1b));
	text_done(&out);
	free(c.cells);
}
END_TEST

START_TEST(files_are_written_by_their_ending)
{
	static const char *const names[] = { "svg", "html", "txt" };
	struct canvas c = canvas_new(W, H);
	struct error err = { 0 };
	char dir[] = "/tmp/weir-picture-XXXXXX", path[64];

	ck_assert_ptr_nonnull(mkdtemp(dir));
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/p.%s", dir, names[i]);
		ck_assert_int_eq(
		    picture_write(path, OUTPUT_THROUGH_LINKS, NULL, &c, themes[0], &err), 0);
		ck_assert_int_eq(access(path, R_OK), 0);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/p.png", dir);
	ck_assert_int_eq(picture_write(path, OUTPUT_THROUGH_LINKS, NULL, &c, themes[0], &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "no such kind of picture"));
	snprintf(path, sizeof path, "%s/none/p.svg", dir);
	ck_assert_int_eq(picture_write(path, OUTPUT_THROUGH_LINKS, NULL, &c, themes[0], &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "No such file"));
	ck_assert_int_eq(picture_check("/dev/full.txt", &err), 0);
	rmdir(dir);
	free(c.cells);
}
END_TEST

START_TEST(no_cells_and_all_themes)
{
	struct canvas c = canvas_new(W, H), none = canvas_new(0, 0);

	canvas_frame(&c, "title", "note", true);
	canvas_text(&c, 1, 1, W, STYLE_CRITICAL, "critical");
	for (int i = 0; themes[i]; i++) {
		struct text out = { 0 }, content = { 0 };

		picture_svg(&c, themes[i], &out);
		picture_svg(&none, themes[i], &out);
		read_xml(text_get(&out), &content);
		ck_assert_str_eq(text_get(&content), "titlenotecritical");
		text_done(&out);
		text_done(&content);
	}
	free(c.cells);
	free(none.cells);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("picture");
	TCase *all = tcase_create("all");

	tcase_add_test(all, text_is_exact);
	tcase_add_test(all, html_escapes_and_marks_styles);
	tcase_add_test(all, svg_is_well_formed_and_keeps_text);
	tcase_add_test(all, svg_has_lines_and_backgrounds);
	tcase_add_test(all, svg_has_a_circle_for_each_dot);
	tcase_add_test(all, every_shape_is_drawn_in_its_cell);
	tcase_add_test(all, hostile_cells_are_harmless);
	tcase_add_test(all, files_are_written_by_their_ending);
	tcase_add_test(all, no_cells_and_all_themes);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
