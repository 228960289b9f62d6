/* test_rewind_keys.c - going back with very many keys: what is kept for it is made in slices, in
 * which no row goes, and values are those of a straight run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/engine/keys_view.h"
#include "tests/rig.h"
#include "tests/support.h"

enum { KEYS = 30000, ROWS = 150000, BACK = 777, SHORT_NS = 1000, LEAST_BYTES = 20 };

static int
key_of(int row)
{
	return (int)((uint64_t)row * 7919 % KEYS);
}

static int
value_of(int row)
{
	return row % 101;
}

static const struct rig_options options = {
	.kpis = { "sum(x, all)", "mean(x, 3)" }, .by = "k", .max_keys = KEYS
};

static void
open_many(struct rig *rig)
{
	struct text csv = { 0 };

	text_add(&csv, "k,x\n");
	for (int row = 0; row < ROWS; row++)
		text_addf(&csv, "k%d,%d\n", key_of(row), value_of(row));
	rig_open(rig, text_get(&csv), &options);
	text_done(&csv);
	pacer_max(engine_pacer(rig->engine));
	pacer_pause(engine_pacer(rig->engine), false, 0);
}

/* Runs so short that each does a step: at most a run of rows, or a key of what is kept. Returns how
 * many let no row go. */
static int
run_shortly(struct rig *rig, uint64_t row)
{
	int still = 0;

	for (uint64_t before = 0; before < row; before = engine_progress(rig->engine, 0).row) {
		struct error err;
		int64_t wake;

		ck_assert_int_ne(engine_run(rig->engine, SHORT_NS, &wake, &err), ENGINE_FAILED);
		still += engine_progress(rig->engine, 0).row == before;
	}
	return still;
}

static void
check_sums(const struct rig *rig)
{
	static double sums[KEYS];
	int rows = (int)engine_progress(rig->engine, 0).row;

	memset(sums, 0, sizeof sums);
	for (int row = 0; row < rows; row++)
		sums[key_of(row)] += value_of(row);
	ck_assert_int_eq(engine_keys(rig->engine, 0), KEYS);
	for (int key = 0; key < KEYS; key += 7) {
		char name[16];
		size_t n = (size_t)snprintf(name, sizeof name, "k%d", key);
		const struct key_state *k = engine_key_find(rig->engine, 0, name, n);

		ck_assert_ptr_nonnull(k);
		ck_assert(!(engine_key_kpi(rig->engine, k, 0) < sums[key]) &&
			  !(engine_key_kpi(rig->engine, k, 0) > sums[key]));
	}
}

START_TEST(slices)
{
	struct rig rig;
	struct error err;
	uint64_t row;
	int still;

	open_many(&rig);
	still = run_shortly(&rig, ROWS - 5000);
	/* where the machine is so slow that it is not worth it, little is kept */
	if (engine_kept_bytes(rig.engine) > KEYS * LEAST_BYTES)
		ck_assert_int_gt(still, KEYS / 100);
	check_sums(&rig);
	row = engine_progress(rig.engine, 0).row;
	ck_assert_int_eq(engine_go_back(rig.engine, BACK, &err), 0);
	rig_arrive(&rig);
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, row - BACK);
	check_sums(&rig);
	engine_return(rig.engine);
	rig_arrive(&rig);
	ck_assert_uint_ge(engine_progress(rig.engine, 0).row, row);
	check_sums(&rig);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rewind_keys");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	tcase_add_test(all, slices);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
