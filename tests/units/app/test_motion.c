/* test_motion.c - charts scroll as smoothly as bytes allow, and do not turn back and forth. */
#include "app/screen/motion.h"
#include "tests/support.h"

#define SECOND INT64_C(1000000000)

struct ride {
	struct motion_choice choice;
	int64_t now;
	uint64_t rows, bytes;
	int turns; /* how often the choice changed */
};

/* Rows at that rate for so many seconds, each its own frame, that cost fixed bytes and, each time
 * the charts move, as many again. Returns the columns by which they move at the end. */
static int
go(struct ride *r, double rate, double seconds, uint64_t fixed, uint64_t scroll)
{
	for (int i = 0; i < (int)(rate * seconds); i++) {
		int step = r->choice.step;

		r->now += (int64_t)(SECOND / rate);
		motion_next(&r->choice, ++r->rows, r->bytes, r->now);
		r->bytes += fixed + (r->rows % (uint64_t)r->choice.step == 0 ? scroll : 0);
		r->turns += r->choice.step != step;
	}
	return r->choice.step;
}

static struct ride
start(const char *word, int w, int h, int64_t max_bytes)
{
	struct ride r = { .now = SECOND };

	motion_init(&r.choice, word);
	motion_size(&r.choice, w, h, max_bytes);
	/* all of the screen is painted */
	ck_assert_int_eq(go(&r, 1, 1, 90000, 0), r.choice.step);
	return r;
}

START_TEST(what_is_said_holds)
{
	static const struct {
		const char *word;
		enum motion motion;
		int step;
	} said[] = { { "scroll", MOTION_SCROLL, 1 }, { "step", MOTION_SCROLL, MOTION_STEP },
		{ "sweep", MOTION_SWEEP, 1 } };

	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct ride r = start(said[i].word, 80, 24, 0);

		ck_assert_int_eq(go(&r, 10, 20, 5000, 5000), said[i].step);
		ck_assert_int_eq(go(&r, 1, 20, 5, 5), said[i].step);
		motion_size(&r.choice, 90, 24, 0);
		ck_assert_int_eq(go(&r, 10, 20, 5000, 5000), said[i].step);
		ck_assert_int_eq(r.choice.motion, said[i].motion);
	}
}
END_TEST

START_TEST(it_scrolls_where_that_is_cheap)
{
	struct ride r = start("auto", 80, 24, 0);

	ck_assert_int_eq(go(&r, 10, 60, 100, 1050), 1);
	ck_assert_int_eq(r.turns, 0);
	r = start(NULL, 120, 36, 0);
	ck_assert_int_eq(go(&r, 10, 60, 100, 3400), 1);
	ck_assert_int_eq(r.turns, 0);
}
END_TEST

START_TEST(it_steps_where_that_is_dear)
{
	struct ride r = start("auto", 80, 24, 0);

	ck_assert_int_eq(go(&r, 10, 6, 100, 1500), 2);
	ck_assert_int_eq(go(&r, 10, 600, 100, 1500), 2);
	ck_assert_int_eq(r.turns, 1);
	r = start("auto", 120, 36, 0);
	ck_assert_int_eq(go(&r, 10, 600, 100, 4000), 2);
	r = start("auto", 120, 36, 3000); /* --max-bytes */
	ck_assert_int_eq(go(&r, 10, 600, 20, 1100), 8);
	ck_assert_int_eq(r.turns, 3);
	r = start("auto", 80, 24, 0); /* nothing helps */
	ck_assert_int_eq(go(&r, 10, 600, 1500, 100), 16);
}
END_TEST

/* As the pace changes; near the limit and for a moment, nothing does. */
START_TEST(it_turns_late)
{
	struct ride r = start("auto", 80, 24, 0);

	ck_assert_int_eq(go(&r, 10, 6, 100, 1500), 2);
	ck_assert_int_eq(go(&r, 7, 60, 100, 1500), 2); /* 5,950 a second: not yet cheap */
	ck_assert_int_eq(go(&r, 4, 60, 100, 1500), 1);
	ck_assert_int_eq(r.turns, 2);
	ck_assert_int_eq(go(&r, 20, 0.5, 100, 1500), 1);
	ck_assert_int_eq(go(&r, 4, 60, 100, 1500), 1);
	ck_assert_int_eq(go(&r, 20, 60, 100, 1500), 4);
	ck_assert_int_eq(r.turns, 4);
	r.now += 60 * SECOND; /* paused, then row by row */
	ck_assert_int_eq(go(&r, 1, 12, 100, 1500), 1);
}
END_TEST

/* Another size is measured anew. */
START_TEST(a_size_counts_for_itself)
{
	struct ride r = start("auto", 80, 24, 0);

	ck_assert_int_eq(go(&r, 10, 6, 100, 1500), 2);
	motion_size(&r.choice, 80, 24, 0);
	ck_assert_int_eq(go(&r, 10, 6, 100, 1500), 2);
	motion_size(&r.choice, 120, 36, 0);
	ck_assert_int_eq(go(&r, 10, 60, 100, 3000), 1);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("motion");
	TCase *all = tcase_create("all");

	tcase_add_test(all, what_is_said_holds);
	tcase_add_test(all, it_scrolls_where_that_is_cheap);
	tcase_add_test(all, it_steps_where_that_is_dear);
	tcase_add_test(all, it_turns_late);
	tcase_add_test(all, a_size_counts_for_itself);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
