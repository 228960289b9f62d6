/* test_keys.c - the one table of keys: complete, unambiguous, and safe in any order. */
#include "tests/support.h"

#include <stdlib.h>
#include <string.h>

#include "app/dashboard/keys.h"
#include "tests/rig.h"

static struct input
press(const struct key *k)
{
	return (struct input){ .code = k->code, .ctrl = k->ctrl, .shift = k->shift };
}

START_TEST(each_key_finds_its_row)
{
	for (const struct key *k = keys; k->code != 0; k++) {
		struct input in = press(k);

		ck_assert_ptr_eq(key_find(&in), k);
		ck_assert(k->act != NULL);
	}
}
END_TEST

START_TEST(no_view_takes_a_key_of_the_table)
{
	for (int i = 0; i < view_count(); i++) {
		struct input in = { .code = view_classes[i]->key };

		ck_assert_ptr_null(key_find(&in));
		for (int other = 0; other < i; other++)
			ck_assert_uint_ne(view_classes[other]->key, in.code);
	}
}
END_TEST

START_TEST(pasted_and_alt_keys_do_nothing)
{
	struct input in = { .code = 'q', .pasted = true };

	ck_assert_ptr_null(key_find(&in));
	in = (struct input){ .code = 'q', .alt = true };
	ck_assert_ptr_null(key_find(&in));
	in = (struct input){ .code = 'q', .ctrl = true };
	ck_assert_ptr_null(key_find(&in));
}
END_TEST

START_TEST(hints_tell_all_and_ranks_are_distinct)
{
	int n;
	struct hint *hints = keys_hints(&n);

	ck_assert_int_ge(n, view_count() + 10);
	for (int i = 0; i < n; i++) {
		ck_assert(
		    hints[i].keys != NULL && hints[i].help != NULL && hints[i].help[0] != '\0');
		if (hints[i].brief == NULL)
			continue;
		ck_assert(hints[i].line > 0 && hints[i].rank > 0);
		for (int k = 0; k < i; k++)
			ck_assert(hints[k].brief == NULL || (hints[k].line != hints[i].line &&
								hints[k].rank != hints[i].rank));
	}
	free(hints);
}
END_TEST

/* Any keys, in any order, at any size, with rows coming in between. */
START_TEST(any_keys_in_any_order)
{
	static const struct rig_options options = { .kpis = { "mean(a)", "b - a" },
		.alerts = { "a > 3" } };
	static const char csv[] =
	    "a,b,name\n1,2,x\n4,1,y\n,7,\nbad,3,z\n5,2,x\n1,1,y\n9,9,q\n2,2,w\n";
	struct rng r = { 11 };
	struct rig rig;
	int n = 0;

	while (keys[n].code != 0)
		n++;
	rig_open(&rig, csv, &options);
	for (int i = 0; i < 4000; i++) {
		struct input in = press(&keys[(int)(rng_uniform(&r) * n)]);

		if (rng_uniform(&r) < 0.3)
			in = (struct input){ .code = (uint32_t)(33 + rng_uniform(&r) * 90) };
		dashboard_input(rig.dashboard, &in, rig.now);
		rig.now += 50000000;
		if (i % 400 == 100)
			rig_rows(&rig, 1, 0, 0);
		if (i % 3 == 0)
			rig_picture(&rig, 1 + (int)(rng_uniform(&r) * 130),
			    1 + (int)(rng_uniform(&r) * 50), (enum glyphs)(rng_uniform(&r) * 3));
	}
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("keys");
	TCase *tcase = tcase_create("keys");

	tcase_add_test(tcase, each_key_finds_its_row);
	tcase_add_test(tcase, no_view_takes_a_key_of_the_table);
	tcase_add_test(tcase, pasted_and_alt_keys_do_nothing);
	tcase_add_test(tcase, hints_tell_all_and_ranks_are_distinct);
	tcase_add_test(tcase, any_keys_in_any_order);
	tcase_set_timeout(tcase, 60);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
