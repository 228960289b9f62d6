/* test_shift.c - what only went to the left in a row is found, and left alone where it is not worth
 * the escapes. */
#include "app/screen/screen_shift.h"

#include <string.h>

#include "tests/support.h"

enum { W = 80, TRIALS = 2000 };

static void
blank(struct cell *row, int w)
{
	for (int x = 0; x < w; x++)
		row[x] = (struct cell){ .rune = ' ' };
}

static void
write_text(struct cell *row, int x, const char *s)
{
	for (; *s != '\0'; s++)
		row[x++] = (struct cell){ .rune = (uint32_t)*s, .style = STYLE_LABEL };
}

static struct cell
data(struct rng *r)
{
	return (struct cell){ .rune = 0x2800 + (uint32_t)(rng_uniform(r) * 200),
		.style = STYLE_SERIES,
		.back = rng_uniform(r) < 0.5 ? BACK_BAND : BACK_NONE };
}

/* What a terminal does with the two escapes. */
static void
apply(struct cell *row, int w, struct shift s)
{
	for (int i = 0; i < s.by; i++) {
		memmove(&row[s.from], &row[s.from + 1], (size_t)(w - s.from - 1) * sizeof *row);
		row[w - 1] = (struct cell){ .rune = ' ' };
	}
	for (int i = 0; i < s.by; i++) {
		memmove(&row[s.to + 1], &row[s.to], (size_t)(w - s.to - 1) * sizeof *row);
		row[s.to] = (struct cell){ .rune = ' ' };
	}
}

static int
count_wrong(const struct cell *a, const struct cell *b, int w)
{
	int n = 0;

	for (int x = 0; x < w; x++)
		n += memcmp(&a[x], &b[x], sizeof *a) != 0;
	return n;
}

/* A chart between a border and a list that stays. */
static void
make_row(struct rng *r, struct cell *old, struct cell *new, int by)
{
	struct cell line[W];

	blank(old, W);
	for (int x = 0; x < W; x++)
		line[x] = data(r);
	write_text(old, 0, "| 12.5+");
	memcpy(old + 7, line, 50 * sizeof *line);
	write_text(old, 57, "|| too low      |");
	memcpy(new, old, W * sizeof *old);
	memcpy(new + 7, line + by, (size_t)(50 - by) * sizeof *line);
	for (int x = 57 - by; x < 57; x++)
		new[x] = data(r);
}

START_TEST(a_chart_that_went_left)
{
	struct rng r = { 5 };

	for (int by = 1; by <= 16; by *= 2) {
		struct cell old[W], new[W];
		struct shift s;

		make_row(&r, old, new, by);
		s = shift_find(new, old, W);
		ck_assert_int_eq(s.by, by);
		apply(old, W, s);
		ck_assert_int_le(count_wrong(new, old, W), by); /* what came in at the right */
	}
}
END_TEST

START_TEST(what_did_not_move)
{
	struct rng r = { 6 };
	struct cell old[W], new[W];

	make_row(&r, old, new, 1);
	ck_assert_int_eq(shift_find(old, old, W).by, 0);
	for (int x = 7; x < 57; x++) /* all is other than it was */
		new[x] = data(&r);
	ck_assert_int_eq(shift_find(new, old, W).by, 0);
	memcpy(new, old, sizeof new);
	for (int x = 7; x < 12; x++) /* so little moved that it is written sooner */
		new[x] = old[x + 1];
	ck_assert_int_eq(shift_find(new, old, W).by, 0);
}
END_TEST

/* Nothing is torn that is two cells wide. */
START_TEST(wide_characters_stay)
{
	struct rng r = { 7 };
	struct cell old[W], new[W];

	make_row(&r, old, new, 1);
	old[60].rune = new[60].rune = 0x6e29;
	old[61].rune = new[61].rune = 0;
	ck_assert_int_eq(shift_find(new, old, W).by, 0);
}
END_TEST

/* Whatever the rows are, less is wrong afterwards, and what stands beside stays. */
START_TEST(never_worse)
{
	struct rng r = { 8 };

	for (int i = 0; i < TRIALS; i++) {
		struct cell old[W], new[W], after[W];
		int w = 1 + (int)(rng_uniform(&r) * W), by = 1 + (int)(rng_uniform(&r) * 17);
		struct shift s;

		for (int x = 0; x < w; x++)
			old[x] = rng_uniform(&r) < 0.3 ? (struct cell){ .rune = ' ' } : data(&r);
		for (int x = 0; x < w; x++)
			new[x] = x + by < w &&rng_uniform(&r) < 0.9 ? old[x + by] : data(&r);
		s = shift_find(new, old, w);
		memcpy(after, old, sizeof after);
		apply(after, w, s);
		ck_assert(s.by == 0 || (s.from >= 0 && s.from < s.to && s.to + s.by <= w));
		ck_assert(s.by == 0 || count_wrong(new, after, w) < count_wrong(new, old, w));
		for (int x = 0; x < w; x++)
			if (s.by == 0 || x < s.from || x >= s.to + s.by)
				ck_assert(memcmp(&after[x], &old[x], sizeof *old) == 0);
	}
}
END_TEST

START_TEST(what_is_written)
{
	struct text out = { 0 };

	shift_write(&out, 4, (struct shift){ 8, 60, 2 }, true);
	ck_assert_str_eq(text_get(&out), "\033[5;9H\033[2P\033[61G\033[2@");
	text_clear(&out);
	shift_write(&out, 4, (struct shift){ 8, 60, 2 }, false);
	ck_assert_str_eq(text_get(&out), "\033[5;9H\033[2P\033[5;61H\033[2@");
	text_done(&out);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("shift");
	TCase *all = tcase_create("all");

	tcase_add_test(all, a_chart_that_went_left);
	tcase_add_test(all, what_did_not_move);
	tcase_add_test(all, wide_characters_stay);
	tcase_add_test(all, never_worse);
	tcase_add_test(all, what_is_written);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
