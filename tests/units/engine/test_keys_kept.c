/* test_keys_kept.c - keys of --by: which are kept, and that each has its own state. */
#include "tests/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/engine/keys_view.h"
#include "tests/rig.h"

enum { MODEL_KEYS = 40, MODEL_MOST = 7, MODEL_ROWS = 3000 };

struct model { /* the obvious way: an array from the least to the most recently seen */
	int key[MODEL_MOST];
	uint64_t rows[MODEL_MOST];
	double last[MODEL_MOST];
	int n;
	uint64_t evicted;
};

static void
model_row(struct model *m, int key, double x)
{
	uint64_t rows = 0;
	int i = 0;

	while (i < m->n && m->key[i] != key)
		i++;
	if (i < m->n)
		rows = m->rows[i];
	else if (m->n < MODEL_MOST)
		m->n++;
	else {
		i = 0;
		m->evicted++;
	}
	for (; i + 1 < m->n; i++) {
		m->key[i] = m->key[i + 1];
		m->rows[i] = m->rows[i + 1];
		m->last[i] = m->last[i + 1];
	}
	m->key[m->n - 1] = key;
	m->rows[m->n - 1] = rows + 1;
	m->last[m->n - 1] = x;
}

static void
check_model(const struct engine *e, const struct model *m)
{
	const struct key_state *k = NULL;
	int firing = 0, gravest;

	ck_assert_int_eq(engine_keys(e, 0), m->n);
	ck_assert_uint_eq(engine_keys_evicted(e, 0), m->evicted);
	for (int i = 0; i < m->n; i++) {
		char name[16];
		size_t n;

		k = engine_key_after(e, 0, k);
		snprintf(name, sizeof name, "k%d", m->key[i]);
		ck_assert_str_eq(key_state_name(k, &n), name);
		ck_assert_uint_eq(engine_key_rows(k), m->rows[i]);
		ck_assert_ptr_eq(engine_key_at(e, 0, engine_key_number(k)), k);
		firing += m->last[i] > 5;
	}
	ck_assert_int_eq(engine_firing(e, &gravest), firing);
	ck_assert_int_eq(gravest, firing > 0 ? (int)SEVERITY_CRITICAL : -1);
}

START_TEST(the_least_recently_seen_goes)
{
	static const struct rig_options options = { .kpis = { "last(x)" },
		.alerts = { "x > 5 severity critical" },
		.by = "k",
		.max_keys = MODEL_MOST };
	struct model model = { .n = 0 };
	struct text csv = { 0 };
	struct rng r = { 5 };
	int keys[MODEL_ROWS];
	double values[MODEL_ROWS];
	struct rig rig;

	text_add(&csv, "k,x\n");
	for (int i = 0; i < MODEL_ROWS; i++) { /* a few are seen often, most seldom */
		double u = rng_uniform(&r);

		keys[i] = (int)(u * u * MODEL_KEYS);
		values[i] = floor(rng_uniform(&r) * 10);
		text_addf(&csv, "k%d,%g\n", keys[i], values[i]);
	}
	rig_open(&rig, text_get(&csv), &options);
	for (int i = 0; i < MODEL_ROWS; i++) {
		rig_rows(&rig, 1, 0, 0);
		model_row(&model, keys[i], values[i]);
		check_model(rig.engine, &model);
	}
	ck_assert_uint_gt(model.evicted, 100);
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

/* So many that their states are fetched ahead; keys that are numbers, and one that is missing. */
START_TEST(each_of_many_has_its_own)
{
	enum { MANY_KEYS = 5000, MANY_ROWS = 30000 };
	static double sums[MANY_KEYS];
	static const struct rig_options options = { .kpis = { "sum(x, all)" }, .by = "k" };
	struct text csv = { 0 };
	struct rng r = { 8 };
	struct rig rig;

	memset(sums, 0, sizeof sums);
	text_add(&csv, "k,x\n");
	for (int i = 0; i < MANY_ROWS; i++) {
		int key = (int)(rng_uniform(&r) * MANY_KEYS), x = i % 97;

		sums[key] += x;
		if (key > 0)
			text_addf(&csv, "%d", key);
		text_addf(&csv, ",%d\n", x);
	}
	rig_open(&rig, text_get(&csv), &options);
	rig_end(&rig);
	for (int i = 0; i < engine_keys(rig.engine, 0); i++) {
		const struct key_state *k = engine_key_at(rig.engine, 0, i);
		size_t n;
		const char *name = key_state_name(k, &n);

		ck_assert_double_eq(engine_key_kpi(rig.engine, k, 0), sums[n > 0 ? atoi(name) : 0]);
		ck_assert_ptr_eq(engine_key_find(rig.engine, 0, name, n), k);
	}
	ck_assert_int_gt(engine_keys(rig.engine, 0), MANY_KEYS * 9 / 10);
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

/* What a saved state tells of its keys is what it told before. */
START_TEST(saved_and_loaded)
{
	static const struct rig_options options = { .kpis = { "mean(x, 5)" },
		.alerts = { "x > 3", "x > 6 severity critical" },
		.by = "k",
		.max_keys = MODEL_MOST };
	struct text csv = { 0 };
	struct buffer state = { 0 };
	struct rng r = { 6 };
	struct rig rig, other;
	struct error err = { 0 };
	int was, is, gravest;

	text_add(&csv, "k,x\n");
	for (int i = 0; i < 400; i++)
		text_addf(
		    &csv, "k%d,%d\n", (int)(rng_uniform(&r) * 12), (int)(rng_uniform(&r) * 10));
	rig_open(&rig, text_get(&csv), &options);
	rig_rows(&rig, 200, 0, 0);
	rig_open(&other, text_get(&csv), &options);
	engine_save(rig.engine, &state);
	ck_assert_msg(engine_load(other.engine, state.data, state.len, &err) == 0, "%s", err.text);
	rig_rows(&other, 0, 0, 0);
	was = engine_firing(rig.engine, &gravest);
	rig_rows(&rig, 100, 0, 0);
	rig_rows(&other, 100, 0, 0);
	ck_assert_int_gt(was, 0);
	is = engine_firing(other.engine, &gravest);
	ck_assert_int_eq(is, engine_firing(rig.engine, &gravest));
	ck_assert_uint_eq(engine_keys_evicted(other.engine, 0), engine_keys_evicted(rig.engine, 0));
	for (const struct key_state *k = NULL, *l = NULL;
	     (k = engine_key_after(rig.engine, 0, k)) != NULL;) {
		size_t n, m;

		l = engine_key_after(other.engine, 0, l);
		ck_assert_str_eq(key_state_name(k, &n), key_state_name(l, &m));
		ck_assert_uint_eq(engine_key_row(k), engine_key_row(l));
		ck_assert_uint_eq(engine_key_rows(k), engine_key_rows(l));
	}
	buffer_done(&state);
	rig_close(&rig);
	rig_close(&other);
	text_done(&csv);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("keys_kept");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, the_least_recently_seen_goes);
	tcase_add_test(tc, each_of_many_has_its_own);
	tcase_add_test(tc, saved_and_loaded);
	tcase_set_timeout(tc, 60);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
