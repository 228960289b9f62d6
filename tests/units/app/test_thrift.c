/* test_thrift.c - what is left of curses' bytes draws the same picture. */
#include <stdio.h>
#include <string.h>
#include <vterm.h>

#include "app/screen/compress.h"
#include "tests/support.h"

enum { W = 80, H = 5, FRAMES = 400, COLUMNS = 15 /* so that no line wraps, which curses avoids */ };

static void
check(const char *bytes, const char *expected)
{
	struct compressor t = { .to_column = true };
	size_t n = strlen(bytes);
	const char *out = compressor_apply(&t, bytes, &n);

	ck_assert_msg(
	    n == strlen(expected) && memcmp(out, expected, n) == 0, "%zu bytes: %s", n, out);
	compressor_done(&t);
}

START_TEST(known_cases)
{
	check("", "");
	check("a", "\033[ma"); /* what the terminal has is not known */
	check("\033(B\033[0;1ma\033(B\033[0m", "\033[0;1ma");
	check("\033(B\033[0m\033[38;5;246ma", "\033[0;38;5;246ma");
	check("\033[31m\033[1ma\033[32mb", "\033[0;1;31ma\033[32mb");
	check("\033[31ma\033[39mb", "\033[0;31ma\033[mb");
	check("\033[31m\033[32m\033[2;3Ha", "\033[2;3H\033[0;32ma");
	check("a\033[2;3Hb\033[2;13Hc\033[3;1Hd", "\033[ma\033[2;3Hb\033[13Gc\033[3;1Hd");
	check("a\033[2;3H\033[B\033[2;13Hc", "\033[ma\033[2;3H\033[B\033[2;13Hc");
	check("\033[31m\033[K", "\033[0;31m\033[K");
	check("\033[44mx\033[0;10my", "\033[0;44mx\033[my"); /* the Linux console's reset */
	check("\033[5ma", "\033[m\033[5m\033[ma"); /* unknown: passed on, and not relied upon */
}
END_TEST

/* A frame as curses might write it, and stranger ones. */
static void
random_frame(struct rng *rng, struct text *out)
{
	static const char *const looks[] = { "\033[m", "\033(B\033[m", "\033[0;1m",
		"\033(B\033[0;7m", "\033[1m", "\033[4m", "\033[31m", "\033[38;5;74m",
		"\033[38;5;246m", "\033[39m", "\033[49m", "\033[44m", "\033[48;5;17m",
		"\033[38;2;1;2;3m", "\033[93m", "\033[39;49m", "\033[1;31;42m" };
	static const char *const others[] = { "\033[K", "\033[1K", "\033[3X", "\r", "\b", "\033[2C",
		"\033[D", "\033[A", "\033[B", "\033[2d", "\033[7G", "\033[H", "\n", "\033[J",
		"\033[2P", "\033[@" };

	for (int i = 0, n = 1 + (int)(rng_next(rng) % 30); i < n; i++)
		switch (rng_next(rng) % 8) {
		case 0:
		case 1:
		case 2:
			text_add(out, looks[rng_next(rng) % (sizeof looks / sizeof *looks)]);
			break;
		case 3:
			text_add(out, others[rng_next(rng) % (sizeof others / sizeof *others)]);
			break;
		case 4:
		case 5:
			text_addf(out, "\033[%d;%dH", 1 + (int)(rng_next(rng) % H),
			    1 + (int)(rng_next(rng) % COLUMNS));
			break;
		default:
			text_addf(out, "%c%s", 'a' + (int)(rng_next(rng) % 26),
			    rng_next(rng) % 2 ? " " : "é");
		}
}

static VTerm *
terminal(VTermScreen **screen)
{
	VTerm *vt = vterm_new(H, W);

	vterm_set_utf8(vt, 1);
	*screen = vterm_obtain_screen(vt);
	vterm_screen_reset(*screen, 1);
	return vt;
}

static void
check_same(VTermScreen *a, VTermScreen *b, int frame)
{
	for (int i = 0; i < W * H; i++) {
		VTermPos at = { .row = i / W, .col = i % W };
		VTermScreenCell x, y;

		vterm_screen_get_cell(a, at, &x);
		vterm_screen_get_cell(b, at, &y);
		ck_assert_msg(x.chars[0] == y.chars[0], "frame %d: %c is %c", frame,
		    (int)x.chars[0], (int)y.chars[0]);
		ck_assert_msg(
		    x.attrs.bold == y.attrs.bold && x.attrs.underline == y.attrs.underline &&
			x.attrs.reverse == y.attrs.reverse && vterm_color_is_equal(&x.fg, &y.fg) &&
			vterm_color_is_equal(&x.bg, &y.bg),
		    "frame %d, cell %d, %d looks otherwise", frame, at.row, at.col);
	}
}

START_TEST(the_picture_is_the_same)
{
	struct compressor t = { .to_column = true };
	struct rng rng = { 7 };
	struct text frame = { 0 };
	VTermScreen *plain, *thrifty;
	VTerm *a = terminal(&plain), *b = terminal(&thrifty);
	size_t before = 0, after = 0;

	for (int i = 0; i < FRAMES; i++) {
		const char *bytes;
		size_t n;

		text_clear(&frame);
		text_add(&frame, "\033[3;3H");
		random_frame(&rng, &frame);
		n = frame.len;
		bytes = compressor_apply(&t, frame.s, &n);
		before += frame.len;
		after += n;
		vterm_input_write(a, frame.s, frame.len);
		vterm_input_write(b, bytes, n);
		check_same(plain, thrifty, i);
		if (i % 50 == 49) { /* somebody else writes */
			vterm_input_write(a, "\033[m\033[1;1Hx", 10);
			vterm_input_write(b, "\033[m\033[1;1Hx\033[4;35m", 17);
			vterm_input_write(a, "\033[m", 3);
			compressor_forget(&t);
			t.wanted = (struct terminal_look){ 0 };
		}
	}
	ck_assert_uint_lt(after, before * 9 / 10);
	vterm_free(a);
	vterm_free(b);
	text_done(&frame);
	compressor_done(&t);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("thrift");
	TCase *all = tcase_create("all");

	tcase_add_test(all, known_cases);
	tcase_add_test(all, the_picture_is_the_same);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
