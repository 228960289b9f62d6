/* test_secrets.c - what is secret in words is not shown. */
#include <string.h>

#include "data/base/error.h"
#include "data/base/secrets.h"
#include "data/sources/source.h"
#include "tests/support.h"

START_TEST(secrets_are_hidden)
{
	static const char *const words[][2] = { { "plain.csv", "plain.csv" },
		{ "http://example.org/a?b=1&c=2", "http://example.org/a?b=1&c=2" },
		{ "http://joe:pw@example.org/a", "http://joe:***@example.org/a" },
		{ "mqtt://joe:p@w@host:1883/x", "mqtt://joe:***@host:1883/x" },
		{ "http://joe@example.org:80/a", "http://joe@example.org:80/a" },
		{ "http://example.org:80/a@b:c@d", "http://example.org:80/a@b:c@d" },
		{ "http://h/?token=abc&x=1", "http://h/?token=***&x=1" },
		{ "http://h/?x=1&API_KEY=abc#top", "http://h/?x=1&API_KEY=***#top" },
		{ "--token=abc", "--token=***" }, { "mytoken=abc", "mytoken=abc" },
		{ "a token=b c", "a token=*** c" }, { "key==1 && x", "key==1 && x" },
		{ "uri: \"redis://:pw@h/s\"", "uri: \"redis://:***@h/s\"" }, { "", "" } };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct text t = { 0 };

		ck_assert(secrets_hide(words[i][0], &t) == (strcmp(words[i][0], words[i][1]) != 0));
		ck_assert_str_eq(text_get(&t), words[i][1]);
		text_done(&t);
	}
}
END_TEST

/* So errors about a source do not tell them, wherever they arise. */
START_TEST(errors_of_sources_hide_them)
{
	struct source *source = source_new("/nowhere/joe://x:secret@y?token=hidden", false, NULL);
	struct error err = { 0 };

	ck_assert_ptr_null(strstr(source->spec, "hidden"));
	ck_assert_int_eq(source_open(source, &err), -1);
	ck_assert_ptr_null(strstr(err.text, "secret"));
	ck_assert_ptr_nonnull(strstr(err.text, "x:***@y?token=***"));
	source_free(source);
	ck_assert_ptr_null(source_new("gopher://joe:secret@host/a?token=hidden", false, &err));
	ck_assert_ptr_null(strstr(err.text, "secret"));
	ck_assert_ptr_null(strstr(err.text, "hidden"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("secrets");
	TCase *tc = tcase_create("secrets");

	tcase_add_test(tc, secrets_are_hidden);
	tcase_add_test(tc, errors_of_sources_hide_them);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
