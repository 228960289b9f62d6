/* test_relay.c - bytes on their way: in order and whole through a pipe that fills, and never too
 * many. */
#include "app/screen/output.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/error.h"
#include "tests/support.h"

enum { SECOND = 1000000000 };

START_TEST(all_arrives_in_order_whatever_is_taken)
{
	enum { TOTAL = 400000 };
	struct rng rng = { 9 };
	struct output r;
	char piece[5000], back[7000];
	size_t put = 0, got = 0;
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_NONBLOCK), 0);
	fcntl(ends[1], F_SETPIPE_SZ, 4096);
	output_init(&r, ends[1], 1000, 0);
	while (got < TOTAL) {
		size_t n = rng_next(&rng) % sizeof piece;
		ssize_t read_now;

		for (size_t i = 0; i < n; i++)
			piece[i] = (char)((put + i) % 251);
		if (put < TOTAL) {
			output_put(&r, piece, n, 0);
			put += n;
		}
		ck_assert_int_eq(output_flush(&r), 0);
		read_now = read(ends[0], back, rng_next(&rng) % sizeof back);
		for (ssize_t i = 0; i < read_now; i++, got++)
			ck_assert_int_eq((unsigned char)back[i], (int)(got % 251));
		if (put >= TOTAL && got == put)
			break;
	}
	ck_assert_uint_eq(got, put);
	ck_assert_uint_eq(r.total, put);
	ck_assert_int_eq(output_flush(&r), 0);
	ck_assert(output_idle(&r));
	close(ends[0]);
	output_put(&r, "x", 1, 0);
	ck_assert_int_eq(output_flush(&r), -1); /* nobody is there any more */
	output_drop(&r);
	ck_assert(output_idle(&r));
	close(ends[1]);
	output_done(&r);
}
END_TEST

/* A frame is put whenever it is allowed; a second counts what went since. */
START_TEST(the_ceiling_holds_over_any_second)
{
	enum { RATE = 20000, FRAME = 3000, STEP = 1000000, STEPS = 10000 };
	struct output r;
	char frame[FRAME] = { 0 };
	uint64_t sent[STEPS] = { 0 };

	output_init(&r, -1, RATE, 0);
	for (uint64_t i = 0; i < STEPS; i++) {
		uint64_t now = i * STEP, due = output_due(&r, false, now);

		if (due == 0)
			output_put(&r, frame, 500 + i % (FRAME - 500), now);
		else
			ck_assert(due > now && due <= now + SECOND);
		output_drop(&r);
		sent[i] = r.total;
	}
	for (size_t i = 1000; i < STEPS; i++)
		ck_assert_uint_le(sent[i] - sent[i - 1000], RATE + RATE / 10 + FRAME);
	ck_assert_uint_ge(r.total, RATE * 9); /* and what is allowed is used */
	output_done(&r);
}
END_TEST

START_TEST(after_a_long_pause_there_is_no_burst)
{
	struct output r;
	char frame[1000] = { 0 };
	int frames = 0;

	output_init(&r, -1, 20000, 0);
	for (; output_due(&r, false, UINT64_C(1000000) * SECOND) == 0; frames++)
		output_put(&r, frame, sizeof frame, UINT64_C(1000000) * SECOND);
	ck_assert_int_le(frames, 3);
	output_done(&r);
}
END_TEST

/* Up to a second's debt, no more: keys held down do not lift the ceiling. */
START_TEST(an_answer_overdraws_once)
{
	struct output r;
	char frame[1000] = { 0 };
	int answers = 0;

	output_init(&r, -1, 20000, 0);
	for (; output_due(&r, true, 0) == 0; answers++)
		output_put(&r, frame, sizeof frame, 0);
	ck_assert_int_ge(answers, 15);
	ck_assert_int_le(answers, 24);
	ck_assert_uint_gt(output_due(&r, true, 0), 0);
	ck_assert_uint_gt(output_due(&r, false, 0), SECOND - 1);
	output_done(&r);
}
END_TEST

/* A huge frame of a huge screen is no debt of the small one that follows. */
START_TEST(another_size_pays_a_second_at_most)
{
	struct output r;
	char *frame = memory_zero(900000, 1);

	output_init(&r, -1, 60000, 0);
	output_put(&r, frame, 900000, 0);
	ck_assert_uint_gt(output_due(&r, false, 0), UINT64_C(14) * SECOND);
	output_rate(&r, 20000, 0);
	ck_assert_uint_gt(output_due(&r, false, 0), 0);
	ck_assert_uint_le(output_due(&r, false, 0), SECOND + 1);
	ck_assert_uint_eq(output_due(&r, false, SECOND + 1), 0);
	free(frame);
	output_done(&r);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("relay");
	TCase *all = tcase_create("all");

	signal(SIGPIPE, SIG_IGN);
	tcase_set_timeout(all, 60);
	tcase_add_test(all, all_arrives_in_order_whatever_is_taken);
	tcase_add_test(all, the_ceiling_holds_over_any_second);
	tcase_add_test(all, after_a_long_pause_there_is_no_burst);
	tcase_add_test(all, an_answer_overdraws_once);
	tcase_add_test(all, another_size_pays_a_second_at_most);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
