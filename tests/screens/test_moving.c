/* test_moving.c - pictures that move: what the terminal shows is what was drawn, the plot is full, and
 * nothing jumps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screens/program.h"
#include "tests/support.h"

#define RECORDING WEIR_SETS "/reactor.csv"

enum { W = 100, H = 30 };

static void
look_at_all(struct terminal *t, char looks[H][W][TERMINAL_LOOK])
{
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			terminal_look(t, x, y, looks[y][x]);
}

/* After many frames of which each sent what changed, the screen is what it is when painted anew. */
START_TEST(frames_leave_nothing_behind)
{
	static const char *const colors[] = { "true", "256", "16", "never" };
	static char before[H][W][TERMINAL_LOOK], after[H][W][TERMINAL_LOOK];
	struct terminal *t = START(W, H, RECORDING, "--rate", "60", "--color", colors[_i], "-a",
	    "cold: temperature < 10 severity critical");

	program_pass(t, 3000);
	terminal_type(t, " ");
	ck_assert(terminal_wait_text(t, "paused"));
	program_pass(t, 300);
	look_at_all(t, before);
	terminal_type(t, "\f");
	program_pass(t, 500);
	look_at_all(t, after);
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			ck_assert_msg(strcmp(before[y][x], after[y][x]) == 0,
			    "cell %d, %d is %s and painted anew %s", x, y, before[y][x],
			    after[y][x]);
	program_quit(t);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("moving");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	tcase_add_loop_test(all, frames_leave_nothing_behind, 0, 4);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
