/* test_input.c - keys from the bytes of a terminal, cut anywhere. */
#include "app/screen/input.h"

#include <stdio.h>
#include <string.h>

#include "data/base/text.h"
#include "tests/support.h"

static void
describe(const struct input *in, struct text *out)
{
	static const char *const names[] = { "UP", "DOWN", "LEFT", "RIGHT", "HOME", "END", "PGUP",
		"PGDN", "INS", "DEL", "ENTER", "TAB", "ESC", "BS", "CLICK", "WHEELUP", "WHEELDOWN",
		"SYNC", "BACKGROUND", "ATTRIBUTES" };

	text_addf(out, "%s%s%s%s%s", out->len ? " " : "", in->pasted ? "p-" : "",
	    in->ctrl ? "^" : "", in->alt ? "M-" : "", in->shift ? "S-" : "");
	if (in->code >= INPUT_UP)
		text_add(out, names[in->code - INPUT_UP]);
	else if (in->code < 0x7f)
		text_addc(out, (char)in->code);
	else
		text_addf(out, "U+%X", in->code);
	if (in->code >= INPUT_CLICK && in->code <= INPUT_WHEEL_DOWN)
		text_addf(out, "@%d,%d", in->x, in->y);
	if (in->code == INPUT_SYNC || in->code == INPUT_BACKGROUND)
		text_addf(out, "=%x", in->value);
}

/* The keys of the bytes; flushed at the end, as after a pause, and there alone. */
static void
check(const char *bytes, const char *want)
{
	struct input_decoder d = { 0 };
	struct text out = { 0 };
	struct input in;

	for (const char *s = bytes; *s; s++)
		if (input_byte(&d, *s, &in))
			describe(&in, &out);
	if (input_pending(&d) && input_flush(&d, &in))
		describe(&in, &out);
	ck_assert_str_eq(text_get(&out), want);
	ck_assert(!input_pending(&d));
	text_done(&out);
}

START_TEST(characters)
{
	check("aZ?", "a Z ?");
	check("é水", "U+E9 U+6C34");
	check("\r\t\177\b\n", "ENTER TAB BS BS ENTER");
	check("\022\032", "^r ^z");
	check("\xc3q\x80\xff"
	      "r",
	    "q r"); /* no UTF-8: passed over */
}
END_TEST

START_TEST(pane_option_keys)
{
	check("\033[A\033[B\033[C\033[D", "UP DOWN RIGHT LEFT");
	check("\033OA\033OB\033OH\033OF", "UP DOWN HOME END");
	check("\033[1~\033[4~\033[5~\033[6~\033[2~\033[3~", "HOME END PGUP PGDN INS DEL");
	check("\033[Z\033[1;5C\033[1;2D\033[1;3A", "S-TAB ^RIGHT S-LEFT M-UP");
	check("\033q\033\r", "M-q M-ENTER");
}
END_TEST

START_TEST(a_lone_escape)
{
	struct input_decoder d = { 0 };
	struct input in;

	check("\033", "ESC");
	check("\033\033[A", "ESC UP");
	check("\033\033", "ESC ESC");
	check("\033[", "M-[");
	ck_assert(!input_byte(&d, '\033', &in));
	ck_assert(input_pending(&d));
	ck_assert(input_flush(&d, &in) && in.code == INPUT_ESCAPE && !in.alt);
	ck_assert(!input_flush(&d, &in));
}
END_TEST

START_TEST(unknown_sequences_are_passed_over)
{
	check("\033[15~\033[[A\033[?25;1;2;3;4;5;6;7;8;9zq", "q");
	check("\033P1$r0m\033\\\033_hello\033\\x", "x");
	check("\033]0;title\007y", "y");
	check("\033[1\033[A", "UP");
	check("\033]never ended\033[Az", "UP z");
	check(
	    "\033]a very long text that is longer than any sequence which is worth to be kept by us"
	    "\033\\k",
	    "k");
	check("\033[999999999999999999999999999999999;5Am", "^UP m");
}
END_TEST

START_TEST(the_mouse)
{
	check("\033[<0;10;5M\033[<0;10;5m", "CLICK@9,4");
	check("\033[<64;1;1M\033[<65;200;50M", "WHEELUP@0,0 WHEELDOWN@199,49");
	check("\033[<16;3;4M\033[<2;3;4M\033[<32;3;4M\033[<0;0;0M", "^CLICK@2,3");
}
END_TEST

START_TEST(pasted_text_is_marked)
{
	check("a\033[200~q:\r\033[201~b", "a p-q p-: p-ENTER b");
}
END_TEST

START_TEST(answers_of_the_terminal)
{
	check("\033[?2026;2$y", "SYNC=1");
	check("\033[?2026;0$y\033[?2027;1$y", "SYNC=0");
	check("\033]11;rgb:ffff/8080/0000\033\\", "BACKGROUND=ff8000");
	check("\033]11;rgb:f/0/ff\007q", "BACKGROUND=ff00ff q");
	check("\033]11;rgb:zz/0/0\007q", "q");
	check("\033]11;rgb:12345/0/0\007q", "q");
	check("\033[?1;2c", "ATTRIBUTES");
}
END_TEST

/* Random bytes: no more than one key a byte, and "q" after a pause and an escape always comes out.
 */
START_TEST(random_bytes_do_not_wedge_it)
{
	static const char some[] =
	    "\033\033[]OP_<;?0123456789ABm~$yc\\\007\x80\xc3\xe6\xb0\xf0 qrgb:/";
	struct rng rng = { 3 };

	for (int turn = 0; turn < 4000; turn++) {
		struct input_decoder d = { 0 };
		struct input in;

		for (int i = (int)(rng_next(&rng) % 90); i > 0; i--)
			if (input_byte(&d, some[rng_next(&rng) % (sizeof some - 1)], &in))
				ck_assert(in.code != 0);
		input_flush(&d, &in);
		input_byte(&d, '\033', &in);
		input_byte(&d, '[', &in);
		ck_assert(input_byte(&d, 'A', &in) && in.code == INPUT_UP);
		ck_assert(input_byte(&d, 'q', &in) && in.code == 'q');
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("input");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, characters);
	tcase_add_test(all, pane_option_keys);
	tcase_add_test(all, a_lone_escape);
	tcase_add_test(all, unknown_sequences_are_passed_over);
	tcase_add_test(all, the_mouse);
	tcase_add_test(all, pasted_text_is_marked);
	tcase_add_test(all, answers_of_the_terminal);
	tcase_add_test(all, random_bytes_do_not_wedge_it);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
