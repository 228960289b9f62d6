/* test_key_ranks.c - the order of keys of --by is that of all of them sorted at once. */
#include "tests/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/rig.h"
#include "widgets/keys/key_ranks.h"

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

int
main(void)
{
	Suite *suite = suite_create("key_ranks");
	TCase *tc = tcase_create("all");

	tcase_add_loop_test(tc, as_when_all_are_put_in_order, 0, FORMS);
	tcase_set_timeout(tc, 60);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
