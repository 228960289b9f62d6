/* test_moving.c - pictures that move: what the terminal shows is what was drawn, the plot is full,
 * and nothing jumps. */
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
	static const char *const colors[] = { "true", "256", "16", "never", "auto" };
	static const char *const env[] = { "TERM=linux", NULL };
	const char *const argv[] = { program_path(), RECORDING, "--rate", "60", "--color",
		colors[_i], "-a", "cold: temperature < 10 severity critical", NULL };
	static char before[H][W][TERMINAL_LOOK], after[H][W][TERMINAL_LOOK];
	struct terminal *t = terminal_start(W, H, _i == 4 ? env : NULL, argv);

	program_pass(t, 3000);
	terminal_type(t, " ");
	ck_assert(terminal_wait_text(t, "paused"));
	program_rest(t);
	look_at_all(t, before);
	terminal_type(t, "\f");
	program_rest(t);
	look_at_all(t, after);
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			ck_assert_msg(strcmp(before[y][x], after[y][x]) == 0,
			    "cell %d, %d is %s and painted anew %s", x, y, before[y][x],
			    after[y][x]);
	program_quit(t);
}
END_TEST

/* --- fullness and rest ----------------------------------------------------------------------- */

struct shot {             /* what is looked at of a frame */
	char axis[H][16]; /* the labels at the left, as text */
	int line_x;       /* where the axis stands */
	double full;      /* share of the plot's columns that hold data or what is to come */
};

static bool
look_is(const char *look, const char *code)
{
	size_t n = strlen(code);

	return strncmp(look, code, n) == 0 && (look[n] == ' ' || look[n] == '\0');
}

/* Braille, blocks, or a background: the grid, labels and what is blank are none. */
static bool
holds_data(const char *look)
{
	long rune = strtol(look, NULL, 16);

	return strstr(look, " on ") != NULL || (rune > 0x2800 && rune < 0x2900) ||
	       (rune >= 0x2580 && rune < 0x25a0);
}

static int
axis_x(struct terminal *t, int y)
{
	char look[TERMINAL_LOOK];

	for (int x = 2; x < 16; x++) {
		terminal_look(t, x, y, look);
		if (look_is(look, "2502") || look_is(look, "2524"))
			return x;
	}
	return -1;
}

static void
take_shot(struct terminal *t, struct shot *shot)
{
	int full = 0, end = W - 2, h = 0;
	char look[TERMINAL_LOOK];

	memset(shot, 0, sizeof *shot);
	shot->line_x = axis_x(t, 2);
	while (h < H - 2 && axis_x(t, h + 2) == shot->line_x)
		h++;
	for (int y = 0; y < h; y++)
		for (int x = 2; x < shot->line_x && x < 16; x++) {
			terminal_look(t, x, y + 2, look);
			shot->axis[y][x - 2] = (char)strtol(look, NULL, 16);
		}
	for (int x = shot->line_x + 1; x < end; x++)
		for (int y = 0; y < h; y++) {
			terminal_look(t, x, y + 2, look);
			if (holds_data(look)) {
				full++;
				break;
			}
		}
	shot->full = (double)full / (end - shot->line_x - 1);
}

/* Rows are what an axis counts: 50 a second show in six seconds what ten do in thirty. */
START_TEST(the_plot_is_full_and_rests)
{
	struct terminal *t = START(
	    W, H, RECORDING, "--rate", "50", "-a", "cold: temperature < 10", "--motion", "scroll");
	struct shot before, shot;
	int relabels = 0;

	ck_assert(terminal_wait_text(t, "row 9"));
	program_pass(t, 100);
	take_shot(t, &before);
	ck_assert_int_gt(before.line_x, 0);
	for (int i = 0; i < 100; i++) { /* six seconds: 300 rows, thrice the rest of an axis */
		program_pass(t, 60);
		take_shot(t, &shot);
		ck_assert_int_eq(shot.line_x, before.line_x);
		ck_assert_msg(shot.full >= 0.95, "%.2f of the columns", shot.full);
		relabels += memcmp(shot.axis, before.axis, sizeof shot.axis) != 0;
		before = shot;
	}
	ck_assert_int_le(relabels, 4);
	program_quit(t);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("moving");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	tcase_add_loop_test(all, frames_leave_nothing_behind, 0, 5);
	tcase_add_test(all, the_plot_is_full_and_rests);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
