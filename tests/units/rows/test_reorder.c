/* test_reorder.c - rows put in order of time, against a list that is looked through anew at each
 * row, and the most that are held back. */
#include "data/rows/reorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "tests/support.h"

enum { LIMIT = 65536 }; /* as it is promised */

static char names[] = "n\0s";
static struct column columns[] = {
	{ .name = names, .type = COLUMN_NUMBER },
	{ .name = names + 2, .type = COLUMN_TEXT },
};
static const struct schema schema = { .columns = columns, .n = 2, .time = -1 };

/* Row number `row` at this time; its cells tell which it is. */
static void
add_row(struct block *b, uint64_t row, int64_t time)
{
	char text[24];
	int n = snprintf(text, sizeof text, "row %d", (int)row), i = b->n++;

	if (i == 0)
		b->first_row = row;
	b->time[i] = time;
	b->cells[0].number[i] = (double)row;
	b->cells[1].text[i] =
	    row % 5 == 0 ? (struct cell_text){ NULL, 0 } : block_text(b, text, (size_t)n);
}

static void
check_cells(const struct block *b, int i)
{
	uint64_t row = b->first_row + (uint64_t)i;
	const struct cell_text *text = &b->cells[1].text[i];
	char expected[24];

	snprintf(expected, sizeof expected, "row %d", (int)row);
	ck_assert(b->cells[0].number[i] == (double)row);
	if (row % 5 == 0)
		ck_assert_ptr_null(text->s);
	else
		ck_assert(text->n == strlen(expected) && memcmp(text->s, expected, text->n) == 0);
}

/* Gives it rows first .. first+n-1 of the times, a block at a time. */
static void
push(struct reorder *r, struct block *b, const int64_t *times, int first, int n)
{
	block_clear(b);
	for (int i = first; i < first + n; i++)
		add_row(b, (uint64_t)i + 1, times[i]);
	reorder_push(r, b);
}

/* --- the bound -------------------------------------------------------------------------------- */

/* Nothing is ever old enough; so only the bound lets rows go, from the oldest. */
START_TEST(so_many_are_held)
{
	struct reorder *r = reorder_new(&schema, INT64_MAX);
	struct block *b = block_new(&schema, NULL), *out;
	uint64_t gone = 0;

	for (int row = 0; row < LIMIT + 300; row += b->n) {
		int n = row < LIMIT ? 256 : 100;

		block_clear(b);
		for (int i = 0; i < n; i++)
			add_row(b, (uint64_t)(row + i) + 1, (row + i) * TIME_SECOND);
		reorder_push(r, b);
		while ((out = reorder_pop(r, false)) != NULL)
			for (int i = 0; i < out->n; i++) {
				ck_assert_uint_eq(out->first_row + (uint64_t)i, ++gone);
				check_cells(out, i);
			}
		ck_assert_uint_eq(gone, row + n > LIMIT ? (uint64_t)(row + n - LIMIT) : 0);
	}
	while ((out = reorder_pop(r, true)) != NULL)
		gone += (uint64_t)out->n;
	ck_assert_uint_eq(gone, LIMIT + 300);
	block_free(b);
	reorder_free(r);
}
END_TEST

/* --- against a list --------------------------------------------------------------------------- */

enum { ROWS = 3000 };

struct told {
	uint64_t row;
	int64_t time;
	int64_t late; /* ns, when that is too late; else 0 */
};

/* The row held that goes first; -1: none. */
static int
oldest(const struct told *held, int n)
{
	int first = -1;

	for (int i = 0; i < n; i++)
		if (first < 0 || held[i].time < held[first].time ||
		    (held[i].time == held[first].time && held[i].row < held[first].row))
			first = i;
	return first;
}

static int
recount(const int64_t *times, int64_t lateness, struct told *out)
{
	static struct told held[ROWS];
	int n = 0, gone = 0, first;
	int64_t watermark = INT64_MIN;

	for (int i = 0; i < ROWS; i++) {
		held[n++] = (struct told){ (uint64_t)i + 1, times[i],
			watermark != INT64_MIN && watermark - times[i] > lateness
			    ? watermark - times[i]
			    : 0 };
		watermark = times[i] > watermark ? times[i] : watermark;
		while ((first = oldest(held, n)) >= 0 && watermark - held[first].time >= lateness) {
			out[gone++] = held[first];
			held[first] = held[--n];
		}
	}
	while ((first = oldest(held, n)) >= 0) {
		out[gone++] = held[first];
		held[first] = held[--n];
	}
	return gone;
}

static int
take(struct reorder *r, bool flush, const struct told *expected, int at)
{
	struct block *out;

	while ((out = reorder_pop(r, flush)) != NULL)
		for (int i = 0; i < out->n; i++, at++) {
			ck_assert_uint_eq(out->first_row + (uint64_t)i, expected[at].row);
			ck_assert_int_eq(out->time[i], expected[at].time);
			ck_assert_msg(out->late[i] == expected[at].late, "row %d is %lld ns late",
			    (int)expected[at].row, (long long)out->late[i]);
			check_cells(out, i);
		}
	return at;
}

START_TEST(in_order_whatever_the_cuts)
{
	static int64_t times[ROWS];
	static struct told expected[ROWS];
	int64_t lateness = _i % 3 * 7 * TIME_SECOND + (_i % 3 == 0);
	struct rng rng = { (uint64_t)_i };
	struct reorder *r = reorder_new(&schema, lateness);
	struct block *b = block_new(&schema, NULL);
	int at = 0;

	for (int i = 0; i < ROWS; i++) /* whole seconds: some rows are just as late as may be */
		times[i] = (i / 2 - (int)(rng_uniform(&rng) * 20)) * TIME_SECOND;
	ck_assert_int_eq(recount(times, lateness, expected), ROWS);
	for (int i = 0; i < ROWS;) {
		int n = 1 + (int)(rng_uniform(&rng) * (_i < 6 ? 255 : 3));

		n = n < ROWS - i ? n : ROWS - i;
		push(r, b, times, i, n);
		at = take(r, false, expected, at);
		i += n;
	}
	ck_assert_int_eq(take(r, true, expected, at), ROWS);
	ck_assert_ptr_null(reorder_pop(r, true));
	block_free(b);
	reorder_free(r);
}
END_TEST

/* A recording that starts over: what was held is forgotten, and so is how late it was. */
START_TEST(cleared)
{
	static const int64_t before[] = { 100 * TIME_SECOND, 90 * TIME_SECOND };
	static const int64_t after[] = { TIME_SECOND, 2 * TIME_SECOND };
	struct told expected[] = { { 1, TIME_SECOND, false }, { 2, 2 * TIME_SECOND, false } };
	struct reorder *r = reorder_new(&schema, 20 * TIME_SECOND);
	struct block *b = block_new(&schema, NULL);

	push(r, b, before, 0, 2);
	ck_assert_ptr_null(reorder_pop(r, false));
	reorder_clear(r);
	ck_assert_ptr_null(reorder_pop(r, true));
	push(r, b, after, 0, 2);
	ck_assert_int_eq(take(r, false, expected, 0), 0);
	ck_assert_int_eq(take(r, true, expected, 0), 2);
	block_free(b);
	reorder_free(r);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("reorder");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, so_many_are_held);
	tcase_add_loop_test(tc, in_order_whatever_the_cuts, 0, 9);
	tcase_add_test(tc, cleared);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
