/* test_query_move.c - something is asked for anew of very many keys: their graphs move by and by,
 * whatever happens meanwhile, and each goes on with what it had. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/engine/keys_view.h"
#include "tests/rig.h"
#include "tests/support.h"

enum { KEYS = 3000, ROWS = 40 * KEYS, SHORT_NS = 1000 };

static int
value_of(int row)
{
	return row * 7 % 101;
}

static const struct rig_options options = { .kpis = { "sum(x, all)", "mean(x, 3)", "sum(x, 2)" },
	.alerts = { "high: x > 90" },
	.by = "k",
	.max_keys = KEYS };

/* Keys take turns. */
static void
open_many(struct rig *rig)
{
	struct text csv = { 0 };

	text_add(&csv, "k,x\n");
	for (int row = 0; row < ROWS; row++)
		text_addf(&csv, "k%d,%d\n", row % KEYS, value_of(row));
	rig_open(rig, text_get(&csv), &options);
	text_done(&csv);
	pacer_max(engine_pacer(rig->engine));
	pacer_pause(engine_pacer(rig->engine), false, 0);
}

static void
run_to(struct rig *rig, uint64_t row)
{
	while (engine_progress(rig->engine, 0).row < row) {
		struct error err;
		int64_t wake;

		ck_assert_int_ne(engine_run(rig->engine, SHORT_NS, &wake, &err), ENGINE_FAILED);
	}
}

static double
sum_of(int key, int rows)
{
	double sum = 0;

	for (int row = key; row < rows; row += KEYS)
		sum += value_of(row);
	return sum;
}

static const struct key_state *
find(const struct rig *rig, int key)
{
	char name[16];
	size_t n = (size_t)snprintf(name, sizeof name, "k%d", key);

	return engine_key_find(rig->engine, 0, name, n);
}

/* The sum of each key is of all its rows; may: it may also be missing. Returns how many are. */
static int
check_sums(const struct rig *rig, bool may)
{
	int rows = (int)engine_progress(rig->engine, 0).row, missing = 0;

	for (int key = 0; key < KEYS; key++) {
		const struct key_state *k = find(rig, key);
		double sum;

		ck_assert_ptr_nonnull(k);
		sum = engine_key_kpi(rig->engine, k, 0);
		missing += isnan(sum);
		ck_assert(isnan(sum) ? may : fabs(sum - sum_of(key, rows)) < 0.5);
	}
	return missing;
}

START_TEST(each_goes_on)
{
	struct rig rig;
	int rows;

	open_many(&rig);
	run_to(&rig, 10 * KEYS);
	check_sums(&rig, false);
	rig_keys(&rig, ":drop mean(x, 3)\r");
	ck_assert_int_gt(check_sums(&rig, true), KEYS / 2);
	run_to(&rig, 10 * KEYS + 10);
	check_sums(&rig, true);
	run_to(&rig, 12 * KEYS); /* each had a row */
	ck_assert_int_eq(check_sums(&rig, false), 0);
	rows = (int)engine_progress(rig.engine, 0).row;
	for (int key = 0; key < KEYS; key++) {
		int last = (rows - 1 - key) / KEYS * KEYS + key;
		double sum = engine_key_kpi(rig.engine, find(&rig, key), 1);

		ck_assert(fabs(sum - value_of(last) - value_of(last - KEYS)) < 0.5);
	}
	rig_close(&rig);
}
END_TEST

/* Keys that move when nothing comes: who draws what stands is told by the state. */
START_TEST(at_the_end)
{
	struct rig rig;
	struct error err;
	int64_t wake;
	int turns = 0;

	open_many(&rig);
	rig_end(&rig);
	rig_keys(&rig, ":drop mean(x, 3)\r");
	ck_assert_int_gt(check_sums(&rig, true), KEYS / 2);
	while (engine_run(rig.engine, SHORT_NS, &wake, &err) == ENGINE_RUNNING)
		turns++;
	ck_assert_int_eq(engine_state(rig.engine), ENGINE_END);
	ck_assert_int_eq(check_sums(&rig, false), 0);
	ck_assert_int_ge(turns, 0);
	rig_close(&rig);
}
END_TEST

/* While they move: asked anew again, back and forth, and saved. */
START_TEST(whatever_happens)
{
	struct buffer state = { 0 };
	struct rig rig, other;
	struct error err;

	open_many(&rig);
	run_to(&rig, 10 * KEYS);
	rig_keys(&rig, ":drop mean(x, 3)\r");
	run_to(&rig, 10 * KEYS + 1);
	rig_keys(&rig, ":drop sum(x, 2)\r");
	run_to(&rig, 10 * KEYS + 2);
	check_sums(&rig, true);
	rig_keys(&rig, ":k sum(x, 4)\r");
	ck_assert_int_eq(engine_go_back(rig.engine, 3, &err), 0);
	rig_arrive(&rig);
	check_sums(&rig, true);
	rig_keys(&rig, ":a low: x < 5\r");
	engine_return(rig.engine);
	run_to(&rig, 11 * KEYS);
	check_sums(&rig, false);
	rig_keys(&rig, ":drop low\r");
	engine_save(rig.engine, &state);
	open_many(&other);
	ck_assert_int_eq(engine_load(other.engine, state.data, state.len, &err), 0);
	run_to(&rig, 12 * KEYS);
	run_to(&other, 12 * KEYS);
	ck_assert_int_eq(check_sums(&rig, false), 0);
	ck_assert_int_eq(check_sums(&other, false), 0);
	rig_keys(&rig, ":drop sum(x, 4)\r"); /* and closed as they are */
	rig_close(&rig);
	rig_close(&other);
	buffer_done(&state);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("query_move");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	tcase_add_test(all, each_goes_on);
	tcase_add_test(all, at_the_end);
	tcase_add_test(all, whatever_happens);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
