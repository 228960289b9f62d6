/* test_block.c - blocks: texts that stay in place, faults, memory that is used again. */
#include "data/rows/block.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/rows/blocks.h"
#include "tests/support.h"

static char names[] = "n\0t\0s";
static struct column columns[] = {
	{ .name = names, .type = COLUMN_NUMBER },
	{ .name = names + 2, .type = COLUMN_TIME },
	{ .name = names + 4, .type = COLUMN_TEXT },
};
static const struct schema schema = { .columns = columns, .n = 3, .time = -1 };

START_TEST(texts_stay_where_they_are)
{
	struct block *block = block_new(&schema, NULL);
	static char big[300000];
	struct cell_text cells[2000], large = { 0 };
	const char *first = NULL;

	memset(big, 'x', sizeof big);
	for (int round = 0; round < 3; round++) {
		char text[32];

		for (int i = 0; i < 2000; i++) {
			int n = snprintf(text, sizeof text, "%d:%d", round, i);

			cells[i] = block_text(block, text, (size_t)n);
			if (i == 1000)
				large = block_text(block, big, sizeof big);
		}
		for (int i = 0; i < 2000; i++) {
			int n = snprintf(text, sizeof text, "%d:%d", round, i);

			ck_assert_int_eq((int)cells[i].n, n);
			ck_assert_mem_eq(cells[i].s, text, (size_t)n);
		}
		ck_assert_mem_eq(large.s, big, sizeof big);
		if (first != NULL) /* the memory goes round */
			ck_assert_ptr_eq(first, cells[0].s);
		first = cells[0].s;
		block_clear(block);
	}
	block_free(block);
}
END_TEST

START_TEST(faults_are_kept_short)
{
	struct block *block = block_new(&schema, NULL);
	char text[200];

	memset(text, 'y', sizeof text);
	for (int i = 0; i < 1000; i++)
		block_fault(
		    block, i / 10, i % 3 - 1, "not a number", text, (size_t)i % sizeof text);
	block_fault(block, 100, -1, "over 1 MiB", NULL, 0);
	ck_assert_int_eq(block->nfaults, 1001);
	for (int i = 0; i < 1000; i++) {
		const struct fault *f = &block->faults[i];
		int n = i % (int)sizeof text;

		ck_assert_int_eq(f->row, i / 10);
		ck_assert_int_eq(f->column, i % 3 - 1);
		ck_assert_int_eq((int)f->text.n, n < FAULT_TEXT ? n : FAULT_TEXT);
		ck_assert_mem_eq(f->text.s, text, f->text.n);
	}
	ck_assert_ptr_null(block->faults[1000].text.s);
	block_free(block);
}
END_TEST

/* Many columns have fewer rows in a block, so that its memory is bounded. */
START_TEST(wide_blocks_are_short)
{
	static const int widths[] = { 1, 100, 2048, 2049, 10000, 600000 };

	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		struct column *wide = calloc((size_t)widths[i], sizeof *wide);
		struct schema s = { .columns = wide, .n = widths[i], .time = -1 };
		struct block *block = block_new(&s, NULL);

		ck_assert_int_ge(block->cap, 1);
		ck_assert_int_le(block->cap, BLOCK_ROWS);
		ck_assert(widths[i] > 2048 || block->cap == BLOCK_ROWS);
		ck_assert((long)block->cap * widths[i] <= 1 << 19 || block->cap == 1);
		block->cells[widths[i] - 1].number[block->cap - 1] = 1;
		block_free(block);
		free(wide);
	}
}
END_TEST

START_TEST(a_row_under_way_is_carried)
{
	struct block *from = block_new(&schema, NULL), *to = block_new(&schema, NULL);

	from->n = 5;
	from->cells[0].number[5] = 2.5;
	from->cells[1].time[5] = 77;
	from->cells[2].text[5] = block_text(from, "word", 4);
	block_fault(from, 4, 0, "not a number", "a", 1);
	block_fault(from, 5, 1, "not a time", "b", 1);
	block_fault(from, 5, -1, "stray quote", "c", 1);
	block_carry(from, to, 3);
	ck_assert_int_eq(from->nfaults, 1);
	ck_assert_int_eq(to->nfaults, 2);
	ck_assert_int_eq(to->faults[0].row, 0);
	ck_assert_str_eq(to->faults[1].what, "stray quote");
	block_clear(from);
	block_text(from, "????????", 8);
	ck_assert_double_eq(to->cells[0].number[0], 2.5);
	ck_assert_int_eq(to->cells[1].time[0], 77);
	ck_assert_mem_eq(to->cells[2].text[0].s, "word", 4);
	ck_assert_mem_eq(to->faults[0].text.s, "b", 1);
	block_free(from);
	block_free(to);
}
END_TEST

START_TEST(blocks_come_in_order)
{
	struct blocks blocks = { 0 };
	uint64_t first = 1, last = 0;
	struct rng rng = { .state = 5 };

	for (int i = 0; i < 10000; i++) {
		if (rng_next(&rng) % 2 == 0) {
			blocks_add(&blocks, &schema, NULL)->first_row = ++last;
		} else if (first <= last) {
			ck_assert_uint_eq(blocks_first(&blocks)->first_row, first++);
			blocks_drop(&blocks);
		} else {
			ck_assert_ptr_null(blocks_first(&blocks));
		}
	}
	blocks_done(&blocks);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("block");
	TCase *tc = tcase_create("block");

	tcase_add_test(tc, texts_stay_where_they_are);
	tcase_add_test(tc, faults_are_kept_short);
	tcase_add_test(tc, wide_blocks_are_short);
	tcase_add_test(tc, a_row_under_way_is_carried);
	tcase_add_test(tc, blocks_come_in_order);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
