/* test_error.c - errors know their places beside their words, and a long text never costs the
 * reason. */
#include "tests/support.h"

#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"

START_TEST(places_are_kept_beside_the_words)
{
	struct error err;

	ck_assert_int_eq(error_column(&err, 6, "no column '%s'", "x"), -1);
	ck_assert_str_eq(err.text, "column 6: no column 'x'");
	ck_assert_str_eq(error_what(&err), "no column 'x'");
	ck_assert_int_eq(error_subject(&err, ERROR_KPI, 2, "mean(x)"), -1);
	ck_assert_str_eq(err.text, "-k: 'mean(x)': column 6: no column 'x'");
	ck_assert_str_eq(error_what(&err), "no column 'x'");
	ck_assert_int_eq(err.subject, ERROR_KPI);
	ck_assert_int_eq(err.index, 2);
	ck_assert_int_eq(err.column, 6);
	error_file(&err, "a.yaml", 3, 9, "unknown key");
	ck_assert_str_eq(err.text, "a.yaml:3:9: unknown key");
	ck_assert_str_eq(error_what(&err), "unknown key");
	ck_assert(err.subject == ERROR_FILE && err.line == 3 && err.column == 9);
	error_file(&err, "a.yaml", 0, 0, "cannot be read");
	ck_assert_str_eq(err.text, "a.yaml: cannot be read");
	error_set(&err, "plain");
	ck_assert(err.subject == ERROR_NOTHING && err.column == 0 && err.line == 0);
	ck_assert_int_eq(err.index, -1);
	error_at(&err, "--rate");
	ck_assert_str_eq(err.text, "--rate: plain");
	ck_assert_str_eq(error_what(&err), "plain");
	ck_assert_int_eq(error_subject(NULL, ERROR_BY, 0, NULL), -1);
}
END_TEST

/* Whatever its length, in bytes and in characters of two. */
START_TEST(a_long_expression_keeps_its_reason)
{
	static const char *const pieces[] = { "x + ", "\xc3\xa9" };

	for (int p = 0; p < 2; p++)
		for (int n = 1; n < 3000; n += 7) {
			struct text expr = { 0 };
			struct error err;

			for (int i = 0; i < n; i++)
				text_add(&expr, pieces[p]);
			error_column(&err, 6, "no column 'nosuch' (there are temperature, pH)");
			error_subject(&err, ERROR_KPI, 0, text_get(&expr));
			ck_assert_int_lt((int)strlen(err.text), (int)sizeof err.text);
			ck_assert_str_eq(
			    error_what(&err), "no column 'nosuch' (there are temperature, pH)");
			ck_assert(strncmp(err.text, "-k: '", 5) == 0);
			ck_assert(strstr(err.text, "': column 6: ") != NULL);
			ck_assert(strchr(err.text, '?') == NULL); /* no character is cut */
			ck_assert_int_eq(
			    strstr(err.text, " ... ") != NULL, expr.len > 512 - 12 - 58);
			text_done(&expr);
		}
}
END_TEST

START_TEST(what_has_no_room_is_cut_and_harmless)
{
	struct text long_text = { 0 };
	struct error err;

	for (int i = 0; i < 1000; i++)
		text_addc(&long_text, 'y');
	error_set(&err, "%s", text_get(&long_text));
	error_subject(&err, ERROR_DERIVED, 0, text_get(&long_text));
	ck_assert_int_eq((int)strlen(err.text), (int)sizeof err.text - 1);
	error_set(&err, "said");
	error_at(&err, "%s", text_get(&long_text));
	ck_assert_int_lt((int)strlen(err.text), (int)sizeof err.text);
	error_set(&err, "said");
	error_subject(&err, ERROR_KPI, 0, "a\033[31mb\n");
	ck_assert_str_eq(err.text, "-k: 'a?[31mb?': said");
	text_done(&long_text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("error");
	TCase *tcase = tcase_create("error");

	tcase_add_test(tcase, places_are_kept_beside_the_words);
	tcase_add_test(tcase, a_long_expression_keeps_its_reason);
	tcase_add_test(tcase, what_has_no_room_is_cut_and_harmless);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
