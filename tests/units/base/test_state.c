/* test_state.c - the frame of saved state: what was written is read, and nothing else is. */
#include "data/base/state.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

static void
write_state(struct buffer *b)
{
	size_t begun = state_begin(b), outer = state_piece_begin(b, "outer", 3), inner;

	buffer_u32(b, 7);
	inner = state_piece_begin(b, "inner", 1);
	buffer_double(b, 0.1);
	buffer_text(b, "text", 4);
	state_piece_end(b, inner);
	buffer_i64(b, -1);
	state_piece_end(b, outer);
	state_piece_end(b, state_piece_begin(b, "empty", 2));
	state_end(b, begun);
}

START_TEST(fields_come_back)
{
	struct buffer b = { 0 };
	struct error err = { 0 };
	struct reader pieces, outer, inner, empty;
	uint32_t u;
	int64_t i;
	double d;
	const char *s;
	size_t n;

	write_state(&b);
	ck_assert_int_eq(state_open(b.data, b.len, &pieces, &err), 0);
	ck_assert_int_eq(state_piece(&pieces, "outer", 3, &outer, &err), 0);
	ck_assert(reader_u32(&outer, &u) == 0 && u == 7);
	ck_assert_int_eq(state_piece_done(&outer, "outer", &err), -1);
	ck_assert_int_eq(state_piece(&outer, "inner", 1, &inner, &err), 0);
	ck_assert(reader_double(&inner, &d) == 0 && d == 0.1);
	ck_assert(reader_text(&inner, &s, &n) == 0 && n == 4 && memcmp(s, "text", 4) == 0);
	ck_assert_int_eq(state_piece_done(&inner, "inner", &err), 0);
	ck_assert_int_eq(reader_u32(&inner, &u), -1); /* a piece ends where it does */
	ck_assert(reader_i64(&outer, &i) == 0 && i == -1);
	ck_assert_int_eq(state_piece_done(&outer, "outer", &err), 0);
	ck_assert_int_eq(state_piece(&pieces, "empty", 2, &empty, &err), 0);
	ck_assert_int_eq(state_piece_done(&empty, "empty", &err), 0);
	ck_assert_int_eq(
	    state_piece(&pieces, "empty", 2, &empty, &err), -1); /* there is no other */
	buffer_done(&b);
}
END_TEST

START_TEST(what_is_none_is_told)
{
	struct buffer b = { 0 };
	struct error err = { 0 };
	struct reader pieces, piece;

	write_state(&b);
	ck_assert_int_eq(state_open(NULL, 0, &pieces, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "none of weir"));
	ck_assert_int_eq(state_open(b.data, b.len - 1, &pieces, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "is torn"));
	b.data[8]++;
	ck_assert_int_eq(state_open(b.data, b.len, &pieces, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "is of another version"));
	b.data[8]--;
	b.data[b.len - 1]++;
	ck_assert_int_eq(state_open(b.data, b.len, &pieces, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "checksum"));
	b.data[b.len - 1]--;
	ck_assert_int_eq(state_open(b.data, b.len, &pieces, &err), 0);
	ck_assert_int_eq(state_piece(&pieces, "inner", 3, &piece, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "has 'outer' where inner should be"));
	ck_assert_int_eq(state_piece(&pieces, "outer", 4, &piece, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "that of outer is of version 3, this weir reads 4"));
	ck_assert_int_eq(state_piece(&pieces, "outer", 3, &piece, &err), 0);
	buffer_done(&b);
}
END_TEST

/* Any bit changed and any length cut is seen, as a whole. */
START_TEST(every_bit_counts)
{
	struct buffer b = { 0 };
	struct error err = { 0 };
	struct reader pieces;

	write_state(&b);
	for (size_t bit = 0; bit < 8 * b.len; bit++) {
		b.data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		ck_assert_int_eq(state_open(b.data, b.len, &pieces, &err), -1);
		b.data[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	for (size_t n = 0; n < b.len; n++)
		ck_assert_int_eq(state_open(b.data, n, &pieces, &err), -1);
	ck_assert_int_eq(state_open(b.data, b.len, &pieces, &err), 0);
	buffer_done(&b);
}
END_TEST

/* No number that was read makes room for more than there is. */
START_TEST(lengths_are_checked)
{
	struct buffer b = { 0 };
	struct reader r, whole;
	const char *s;
	size_t n;
	uint32_t u;

	buffer_u64(&b, 3);
	buffer_put(&b, "0123456789", 10);
	whole = (struct reader){ b.data, b.data + b.len };
	r = whole;
	ck_assert(reader_count(&r, 3, &n) == 0 && n == 3);
	r = whole;
	ck_assert_int_eq(reader_count(&r, 4, &n), -1);
	ck_assert_ptr_eq(r.p, whole.p); /* nothing was read */
	memset(b.data, 0xff, 8);
	ck_assert_int_eq(reader_count(&r, 1, &n), -1);
	ck_assert_int_eq(reader_text(&r, &s, &n), -1);
	memcpy(b.data, &(uint32_t){ 5 }, 4);
	ck_assert_int_eq(reader_below(&r, 4, &u), -1);
	ck_assert_ptr_eq(r.p, whole.p);
	ck_assert(reader_below(&r, 5, &u) == 0 && u == 5);
	buffer_done(&b);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("state");
	TCase *tc = tcase_create("state");

	tcase_add_test(tc, fields_come_back);
	tcase_add_test(tc, what_is_none_is_told);
	tcase_add_test(tc, every_bit_counts);
	tcase_add_test(tc, lengths_are_checked);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
