/* test_other_names.c - what other programs call our operators: each row of the table leads to
 * something that is one. */
#include "data/graph/other_names.h"

#include <string.h>

#include "data/graph/graph.h"
#include "tests/support.h"

static char x[] = "x", y[] = "y";
static struct column columns[] = { { .name = x, .type = COLUMN_NUMBER },
	{ .name = y, .type = COLUMN_NUMBER } };

/* An operator, or an expression of x and y. */
static bool
is_ours(const char *s)
{
	struct schema schema = { .columns = columns, .n = 2, .time = -1 };
	struct names *names = names_new();
	struct plan *plan = plan_new(&schema, names, (struct span){ SPAN_ROWS, 60 });
	struct error err;
	bool is =
	    strpbrk(s, "( ") == NULL ? op_class_find(s) != NULL : plan_add(plan, s, &err) >= 0;

	plan_free(plan);
	names_free(names);
	return is;
}

START_TEST(each_leads_to_an_operator)
{
	for (const struct other_name *o = other_names; o->name != NULL; o++) {
		ck_assert_msg(is_ours(o->ours), "%s leads to %s", o->name, o->ours);
		ck_assert_msg(op_class_find(o->name) == NULL, "%s is one of ours", o->name);
		for (const struct other_name *p = o + 1; p->name != NULL; p++)
			ck_assert_str_ne(o->name, p->name);
	}
}
END_TEST

START_TEST(percentiles)
{
	static const struct {
		const char *name, *ours;
	} cases[] = { { "p75", "quantile(x, 0.75)" }, { "P05", "quantile(x, 0.05)" },
		{ "p5", "quantile(x, 0.05)" }, { "p999", "quantile(x, 0.999)" },
		{ "p100", "max(x)" }, { "p", NULL }, { "p7x", NULL }, { "q75", NULL },
		{ "p12345", NULL } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text out = { 0 };
		int status = other_name(cases[i].name, &out);

		ck_assert_int_eq(status, cases[i].ours != NULL ? 0 : -1);
		if (cases[i].ours != NULL)
			ck_assert_str_eq(text_get(&out), cases[i].ours);
		ck_assert(cases[i].ours == NULL || is_ours(cases[i].ours));
		text_done(&out);
	}
	ck_assert_str_eq(other_of_two("max"), "max2");
	ck_assert_str_eq(other_of_two("min"), "min2");
	ck_assert_ptr_null(other_of_two("mean"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("other_names");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, each_leads_to_an_operator);
	tcase_add_test(tc, percentiles);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
