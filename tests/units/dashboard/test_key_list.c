/* test_key_list.c - keys of --by: which are kept, in what order they are listed, and how the one
 * that all is about is chosen. */
#include "tests/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/rig.h"
#include "widgets/keys/key_list.h"
#include "widgets/keys/key_ranks.h"

/* --- which keys are kept ---------------------------------------------------------------------- */

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

/* --- in what order ---------------------------------------------------------------------------- */

struct twin {
	const char *name;
	double value;
	bool reversed, by_name;
};

static int
by_twin(const void *left, const void *right)
{
	const struct twin *a = left, *b = right;
	int names = strcmp(a->name, b->name);

	if (a->by_name)
		return a->reversed ? -names : names;
	if (isnan(a->value) || isnan(b->value))
		return isnan(a->value) && isnan(b->value) ? names : isnan(a->value) ? 1 : -1;
	if (a->value != b->value)
		return (a->value < b->value) == a->reversed ? -1 : 1;
	return names;
}

/* The obvious way: all of them in order. Returns how many. */
static int
twin_order(const struct engine *e, const struct key_sorting *s, struct twin *out)
{
	int n = 0;

	for (int i = 0; i < engine_keys(e, 0); i++) {
		const struct key_state *k = engine_key_at(e, 0, i);
		size_t len;
		const char *name = key_state_name(k, &len);
		double value = s->by == KEY_ROWS   ? (double)engine_key_rows(k)
			       : s->by == KEY_SEEN ? (double)engine_key_row(k)
			       : s->by == KEY_KPI  ? engine_key_kpi(e, k, s->kpi)
						   : NAN;

		if (s->filter != NULL && strcasestr(name, s->filter) == NULL)
			continue;
		out[n++] = (struct twin){ .name = name,
			.value = value,
			.reversed = s->reversed,
			.by_name = s->by == KEY_NAME };
	}
	qsort(out, (size_t)n, sizeof *out, by_twin);
	return n;
}

enum { ORDER_KEYS = 700 };

static void
check_order(const struct engine *e, const struct key_sorting *s)
{
	static const int froms[] = { 0, 1, 13, 350, ORDER_KEYS - 20 };
	static struct twin twins[ORDER_KEYS];
	struct key_ranks ranks = { .n = 0 };
	int n = twin_order(e, s, twins);

	for (size_t f = 0; f < sizeof froms / sizeof *froms; f++) {
		int to = froms[f] + 20 < n ? froms[f] + 20 : n;

		key_ranks_find(&ranks, e, 0, s);
		ck_assert_int_eq(ranks.n, n);
		key_ranks_pick(&ranks, e, 0, froms[f], to);
		for (int i = froms[f]; i < to; i++) {
			const struct key_state *k = engine_key_at(e, 0, ranks.all[i].number);
			size_t len;

			if (strcmp(key_state_name(k, &len), twins[i].name) != 0)
				ck_abort_msg("place %d is %s, not %s (by %d, reversed %d)", i,
				    key_state_name(k, &len), twins[i].name, s->by, s->reversed);
			ck_assert_int_eq(key_ranks_place(&ranks, e, 0, k), i);
		}
	}
	key_ranks_done(&ranks);
}

/* Names that differ early, and in the last of the bytes that are compared first, and behind
 * these. */
enum { FORMS = 4 };

static void
write_keys(struct text *csv, int form)
{
	static const char *const begins[FORMS] = { "", "a/very/long/beginning/", "", "same" };
	static const char *const ends[FORMS] = { "", "", "", "12345678-and-more" };
	struct rng r = { 9 };

	text_add(csv, "k,x,word\n");
	for (int i = 0; i < ORDER_KEYS; i++)
		for (int k = (int)(rng_uniform(&r) * 4); k >= 0; k--) {
			if (form == 0)
				text_addf(csv, "%d-", i * 7919 % 1009);
			text_addf(csv, "%s%s%d", begins[form], ends[form], i);
			if (rng_uniform(&r) < 0.1)
				text_add(csv, ",,w\n");
			else
				text_addf(csv, ",%.1f,w\n", round(rng_uniform(&r) * 40 - 20) / 2);
		}
}

START_TEST(as_when_all_are_put_in_order)
{
	static const struct rig_options options = { .kpis = { "last(x)", "mean(x, 3)" },
		.by = "k" };
	struct text csv = { 0 };
	struct rig rig;

	write_keys(&csv, _i);
	rig_open(&rig, text_get(&csv), &options);
	rig_end(&rig);
	for (int by = KEY_NAME; by <= KEY_KPI; by++)
		for (int kpi = 0; kpi < (by == KEY_KPI ? 2 : 1); kpi++)
			for (int form = 0; form < 4; form++) {
				struct key_sorting s = { (enum key_measure)by, kpi, form & 1,
					form & 2 ? "1" : NULL };

				if (by != KEY_FIRING)
					check_order(rig.engine, &s);
			}
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

/* --- on the screen ---------------------------------------------------------------------------- */

static const char fleet[] = "time,host,load,heat\n"
			    "2026-01-01T00:00:00Z,alpha,5,20\n2026-01-01T00:00:01Z,beta,9,10\n"
			    "2026-01-01T00:00:02Z,gamma,1,30\n2026-01-01T00:00:03Z,alpha,6,21\n"
			    "2026-01-01T00:00:04Z,beta,8,11\n2026-01-01T00:00:05Z,gamma,2,31\n"
			    "2026-01-01T00:00:06Z,beta,7,12\n2026-01-01T00:00:07Z,alpha,7,22\n";
static const struct rig_options watched = {
	.default_kpis = true, .alerts = { "busy: load > 6.5" }, .by = "host"
};

static const char *
screen(struct rig *rig)
{
	return rig_picture(rig, 120, 30, GLYPHS_BRAILLE);
}

/* The names stand below one another in this order. */
static void
stand(struct rig *rig, const char *a, const char *b, const char *c)
{
	const char *picture = strstr(screen(rig), "KEY"), *first, *second, *third;

	ck_assert_ptr_nonnull(picture);
	first = strstr(picture, a);
	second = strstr(picture, b);
	third = strstr(picture, c);
	ck_assert_msg(
	    first != NULL && second != NULL && third != NULL && first < second && second < third,
	    "%s, %s, %s in\n%s", a, b, c, picture);
}

static void
shows(struct rig *rig, const char *text, bool so)
{
	const char *picture = screen(rig);

	if ((strstr(picture, text) != NULL) != so)
		ck_abort_msg("'%s' in\n%.2000s", text, picture);
}

START_TEST(sorted_by_any_kpi)
{
	struct rig rig;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "3");
	stand(&rig, "alpha", "beta", "gamma"); /* those that fire first, then by name */
	shows(&rig, "FIRING▼", true);
	rig_keys(&rig, ":sort last(load)\r");
	stand(&rig, "alpha", "beta", "gamma"); /* 7, 7, 2 */
	rig_keys(&rig, "R");
	stand(&rig, "gamma", "alpha", "beta");
	shows(&rig, "LAST▲", true);
	rig_keys(&rig, ">");
	shows(&rig, "MEAN▼", true);
	stand(&rig, "beta", "alpha", "gamma"); /* 8, 6, 1.5 */
	rig_keys(&rig, "<<");
	shows(&rig, "KEY▲", true);
	rig_keys(&rig, ":sort mean(heat)\r"); /* of another series: it has the focus then */
	stand(&rig, "gamma", "alpha", "beta");
	shows(&rig, "keys by host · heat", true);
	rig_keys(&rig, ":sort nothing\r");
	shows(&rig, "keys are not sorted by 'nothing'", true);
	rig_close(&rig);
}
END_TEST

/* Through all of what there is, and back to where it began. */
START_TEST(sorting_goes_round)
{
	struct rig rig;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "3:sort key\r");
	for (int i = 0; i < KEY_COLUMNS; i++) {
		rig_keys(&rig, ">");
		if (strstr(screen(&rig), "KEY▲") != NULL) {
			/* six KPIs and four of forecasts of two series, and rows, seen, firing */
			ck_assert_int_eq(i + 1, 1 + 2 * 10 + 3);
			break;
		}
	}
	shows(&rig, "KEY▲", true);
	rig_close(&rig);
}
END_TEST

START_TEST(one_is_chosen_and_left)
{
	struct rig rig;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 7, 0, 0);
	shows(&rig, "─ load · alpha ─", true); /* the first one that came, and it says so */
	shows(&rig, "3 keys", true);
	rig_keys(&rig, "3:sort key\r");
	screen(&rig);
	rig_keys(&rig, "\2\r");
	shows(&rig, "─ load · beta ─", true);
	shows(&rig, "╭ series · beta ─", true);
	shows(&rig, "key beta", true);
	shows(&rig, "KEY", false);
	rig_keys(&rig, "5");
	shows(&rig, "beta", true);
	shows(&rig, "alpha", false);
	rig_keys(&rig, "4");
	shows(&rig, "beta", true); /* in the status; of its alert the name is not needed */
	shows(&rig, "alpha", false);
	rig_keys(&rig, "1\033");
	shows(&rig, "3 keys", true);
	shows(&rig, "KEY", true);
	shows(&rig, "─ load · beta ─", true);
	rig_keys(&rig, ":key gamma\r");
	shows(&rig, "key gamma", true);
	rig_keys(&rig, ":key\r");
	shows(&rig, "3 keys", true);
	rig_close(&rig);
}
END_TEST

/* Its charts begin with what its own windows hold, with the times of these rows. */
START_TEST(it_has_a_past)
{
	struct rig rig;
	uint64_t first;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 7, 0, 0);
	rig_keys(&rig, ":key beta\r");
	first = history_begin(rig.history, 0);
	ck_assert_uint_eq(history_end(rig.history, 0) - first, 3);
	ck_assert_double_eq(history_at(rig.history, 0, first), 9);
	ck_assert_double_eq(history_at(rig.history, 0, first + 2), 7);
	ck_assert_int_eq(
	    history_time(rig.history, 0, first + 2) - history_time(rig.history, 0, first),
	    INT64_C(5000000000));
	rig_rows(&rig, 1, 0, 0); /* of another key */
	ck_assert_uint_eq(history_end(rig.history, 0) - first, 3);
	/* what happened to it stands at its rows, and what to others at none */
	for (int i = 0, n = 0; i < history_marks(rig.history); i++) {
		const struct mark *m = history_mark(rig.history, i);
		bool own = strcmp(m->key, "beta") == 0;

		ck_assert_uint_eq(m->row, own ? first : UINT64_MAX);
		n += own;
		ck_assert(i + 1 < history_marks(rig.history) || n == 1);
	}
	rig_close(&rig);
}
END_TEST

/* What was kept before another key was looked at is not taken for its past. */
START_TEST(back_to_before_it_was_chosen)
{
	struct rig rig;
	uint64_t first;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 6, 0, 0);
	rig_keys(&rig, ":key beta\r");
	rig_rows(&rig, 2, 0, 0);
	for (int i = 0; i < 3; i++) {
		rig_keys(&rig, ",");
		rig_arrive(&rig);
	}
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 5);
	first = history_begin(rig.history, 0);
	ck_assert_uint_eq(history_end(rig.history, 0) - first, 2);
	ck_assert_double_eq(history_at(rig.history, 0, first), 9);
	ck_assert_double_eq(history_at(rig.history, 0, first + 1), 8);
	shows(&rig, "key beta", true);
	rig_close(&rig);
}
END_TEST

/* Where the one that is looked at is forgotten another one is; where it was chosen its name
 * stands. */
START_TEST(it_is_forgotten)
{
	struct rig_options few = watched;
	struct rig rig;

	few.max_keys = 2;
	rig_open(&rig, fleet, &few);
	rig_rows(&rig, 3, 0, 0);
	shows(&rig, "alpha", false);
	shows(&rig, " load · beta ─", true);
	shows(&rig, "forgotten 1", true);
	rig_keys(&rig, ":key gamma\r");
	rig_rows(&rig, 2, 0, 0); /* alpha, beta */
	shows(&rig, "key gamma (no rows)", true);
	rig_rows(&rig, 1, 0, 0); /* it is back */
	shows(&rig, "(no rows)", false);
	shows(&rig, "key gamma", true);
	rig_close(&rig);
}
END_TEST

/* An alert of a key that was forgotten is over. */
START_TEST(its_alerts_are_forgotten)
{
	struct rig_options few = watched;
	struct rig rig;

	few.max_keys = 2;
	rig_open(&rig, fleet, &few);
	rig_rows(&rig, 2, 0, 0);
	shows(&rig, "beta  9 > 6.5", true);
	rig_rows(&rig, 2, 0, 0);
	shows(&rig, "beta  9 > 6.5", false);
	shows(&rig, "0 firing", true);
	rig_close(&rig);
}
END_TEST

START_TEST(filtered_by_name)
{
	struct rig rig;

	rig_open(&rig, fleet, &watched);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, "3/ET");
	shows(&rig, "/ET", true);
	rig_keys(&rig, "\r");
	shows(&rig, "filter: ET · 1 of 3", true);
	shows(&rig, "gamma", false);
	rig_keys(&rig, "2"); /* series are filtered by another text */
	shows(&rig, "─ load · alpha ─", true);
	rig_keys(&rig, "3\033");
	rig_keys(&rig, "3");
	shows(&rig, "gamma", true);
	rig_keys(&rig, "/zzz\r");
	shows(&rig, "no key has the filter's text in its name", true);
	rig_keys(&rig, "\2\r");
	rig_close(&rig);
}
END_TEST

/* The list stands where it is while the order changes, and arrows go on from there. */
START_TEST(arrows_and_pages)
{
	struct text csv = { 0 };
	struct rig rig;
	size_t n;

	text_add(&csv, "k,x\n");
	for (int i = 0; i < 200; i++)
		text_addf(&csv, "k%03d,%d\n", i, i);
	rig_open(&rig, text_get(&csv), &(struct rig_options){ .default_kpis = true, .by = "k" });
	rig_rows(&rig, 200, 0, 0);
	rig_keys(&rig, "3:sort key\r");
	shows(&rig, "1-25 of 200", true);
	for (int i = 0; i < 30; i++)
		rig_keys(&rig, "\2");
	ck_assert_str_eq(
	    engine_key(rig.engine, 0) != NULL ? key_state_name(engine_key(rig.engine, 0), &n) : "",
	    "k030");
	shows(&rig, "7-31 of 200", true);
	rig_keys(&rig, ":page 100\r");
	shows(&rig, "176-200 of 200", true);
	rig_keys(
	    &rig, ":sort key\r"); /* the top again; the one that is looked at is out of sight */
	shows(&rig, "1-25 of 200", true);
	rig_keys(&rig, "\2");
	ck_assert_str_eq(key_state_name(engine_key(rig.engine, 0), &n), "k000");
	rig_close(&rig);
	text_done(&csv);
}
END_TEST

START_TEST(without_keys)
{
	struct rig rig;

	rig_open(&rig, fleet, &(struct rig_options){ .default_kpis = true });
	rig_rows(&rig, 3, 0, 0);
	rig_keys(&rig, "3");
	shows(&rig, "no keys (weir --by COLUMN begins with some)", true);
	rig_keys(&rig, ">\2\r");
	shows(&rig, "weir", true);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("key_list");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, the_least_recently_seen_goes);
	tcase_add_test(tc, each_of_many_has_its_own);
	tcase_add_test(tc, saved_and_loaded);
	tcase_add_loop_test(tc, as_when_all_are_put_in_order, 0, FORMS);
	tcase_add_test(tc, sorted_by_any_kpi);
	tcase_add_test(tc, sorting_goes_round);
	tcase_add_test(tc, one_is_chosen_and_left);
	tcase_add_test(tc, it_has_a_past);
	tcase_add_test(tc, back_to_before_it_was_chosen);
	tcase_add_test(tc, it_is_forgotten);
	tcase_add_test(tc, its_alerts_are_forgotten);
	tcase_add_test(tc, filtered_by_name);
	tcase_add_test(tc, arrows_and_pages);
	tcase_add_test(tc, without_keys);
	tcase_set_timeout(tc, 60);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
