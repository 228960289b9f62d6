/* test_motion.c - charts scroll where that is cheap, and do not turn back and forth. */
#include "app/screen/motion.h"
#include "tests/support.h"

#define SECOND INT64_C(1000000000)

struct ride {
	struct motion_choice choice;
	int64_t now;
	uint64_t rows, bytes;
	int turns; /* how often the motion changed */
};

/* Rows at that rate for so many seconds, each its own frame, that cost scroll or step bytes. */
static enum motion
go(struct ride *r, double rate, double seconds, uint64_t scroll, uint64_t step)
{
	enum motion motion = r->choice.motion;

	for (int i = 0; i < (int)(rate * seconds); i++) {
		enum motion next;

		r->now += (int64_t)(SECOND / rate);
		next = motion_next(&r->choice, ++r->rows, r->bytes, r->now);
		r->bytes += next == MOTION_SCROLL ? scroll : step;
		r->turns += next != motion;
		motion = next;
	}
	return motion;
}

static struct ride
start(const char *word, int w, int h, int64_t max_bytes)
{
	struct ride r = { .now = SECOND };

	motion_init(&r.choice, word);
	motion_size(&r.choice, w, h, max_bytes);
	/* all of the screen is painted */
	ck_assert_int_eq(go(&r, 1, 1, 9000, 9000), r.choice.motion);
	return r;
}

START_TEST(what_is_said_holds)
{
	static const struct {
		const char *word;
		enum motion motion;
	} said[] = { { "scroll", MOTION_SCROLL }, { "step", MOTION_STEP },
		{ "sweep", MOTION_SWEEP } };

	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct ride r = start(said[i].word, 80, 24, 0);

		ck_assert_int_eq(go(&r, 10, 20, 5000, 5000), said[i].motion);
		ck_assert_int_eq(go(&r, 1, 20, 5, 5), said[i].motion);
		motion_size(&r.choice, 90, 24, 0);
		ck_assert_int_eq(go(&r, 10, 20, 5000, 5000), said[i].motion);
	}
}
END_TEST

START_TEST(it_scrolls_where_that_is_cheap)
{
	struct ride r = start("auto", 80, 24, 0);

	ck_assert_int_eq(go(&r, 10, 60, 240, 100), MOTION_SCROLL);
	ck_assert_int_eq(r.turns, 0);
	r = start(NULL, 120, 36, 0);
	ck_assert_int_eq(go(&r, 10, 60, 700, 100), MOTION_SCROLL);
	ck_assert_int_eq(r.turns, 0);
}
END_TEST

START_TEST(it_steps_where_that_is_dear)
{
	struct ride r = start("auto", 80, 24, 0);

	ck_assert_int_eq(go(&r, 10, 4, 300, 100), MOTION_STEP);
	ck_assert_int_eq(go(&r, 10, 600, 300, 100), MOTION_STEP);
	ck_assert_int_eq(r.turns, 1);
	r = start("auto", 120, 36, 0);
	ck_assert_int_eq(go(&r, 10, 600, 900, 100), MOTION_STEP);
	r = start("auto", 120, 36, 3000); /* --max-bytes */
	ck_assert_int_eq(go(&r, 10, 600, 200, 100), MOTION_STEP);
	ck_assert_int_eq(r.turns, 1);
}
END_TEST

/* As the pace changes; near the limit and for a moment, nothing does. */
START_TEST(it_turns_late)
{
	struct ride r = start("auto", 80, 24, 0);

	ck_assert_int_eq(go(&r, 10, 5, 300, 100), MOTION_STEP);
	ck_assert_int_eq(go(&r, 7, 60, 300, 100), MOTION_STEP); /* 2,100 a second: not yet cheap */
	ck_assert_int_eq(go(&r, 4, 60, 300, 100), MOTION_SCROLL);
	ck_assert_int_eq(r.turns, 2);
	ck_assert_int_eq(go(&r, 20, 1, 300, 100), MOTION_SCROLL);
	ck_assert_int_eq(go(&r, 4, 60, 300, 100), MOTION_SCROLL);
	ck_assert_int_eq(go(&r, 20, 60, 300, 100), MOTION_STEP);
	ck_assert_int_eq(r.turns, 3);
	r.now += 60 * SECOND; /* paused, then row by row */
	ck_assert_int_eq(go(&r, 1, 5, 300, 100), MOTION_SCROLL);
}
END_TEST

/* Another size is measured anew. */
START_TEST(a_size_counts_for_itself)
{
	struct ride r = start("auto", 80, 24, 0);

	ck_assert_int_eq(go(&r, 10, 5, 300, 100), MOTION_STEP);
	motion_size(&r.choice, 80, 24, 0);
	ck_assert_int_eq(go(&r, 10, 5, 300, 100), MOTION_STEP);
	motion_size(&r.choice, 120, 36, 0);
	ck_assert_int_eq(go(&r, 10, 60, 600, 100), MOTION_SCROLL);
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
