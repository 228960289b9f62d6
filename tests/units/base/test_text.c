/* test_text.c - strings that grow, and JSON strings. */
#include "data/base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support.h"

START_TEST(text_grows)
{
	struct text t = { 0 };
	char expected[2000] = "";

	ck_assert_str_eq(text_get(&t), "");
	for (int i = 0; i < 300; i++) {
		text_addf(&t, "%d,", i);
		sprintf(expected + strlen(expected), "%d,", i);
		ck_assert_uint_eq(t.len, strlen(expected));
	}
	ck_assert_str_eq(text_get(&t), expected);
	text_clear(&t);
	ck_assert_str_eq(text_get(&t), "");
	text_addf(&t, "%1500d", 7);
	ck_assert_uint_eq(t.len, 1500);
	text_clear(&t);
	text_add(&t, "ab");
	text_addc(&t, 'c');
	text_addn(&t, "def", 2);
	text_addn(&t, NULL, 0);
	ck_assert_str_eq(text_get(&t), "abcde");
	text_done(&t);
	ck_assert_str_eq(text_get(&t), "");
	text_done(&t);
}
END_TEST

START_TEST(numbers_in_text)
{
	struct text t = { 0 };

	text_number(&t, 0.1);
	text_addc(&t, ' ');
	text_number(&t, NAN);
	text_addc(&t, ' ');
	text_number(&t, -INFINITY);
	text_addc(&t, ' ');
	text_number(&t, -1.7976931348623157e308);
	ck_assert_str_eq(text_get(&t), "0.1 null null -1.7976931348623157e+308");
	text_done(&t);
}
END_TEST

#define BAD "\xef\xbf\xbd"

static const struct {
	const char *raw, *json;
} strings[] = {
	{ "", "\"\"" },
	{ "plain", "\"plain\"" },
	{ "a\"b\\c/", "\"a\\\"b\\\\c/\"" },
	{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
	{ "\x1b[31m\x01", "\"\\u001b[31m\\u0001\"" },
	{ "\x7f", "\"\\u007f\"" },
	{ "\xc2\x9b", "\"\\u009b\"" },
	{ "\xc2\xa0", "\"\xc2\xa0\"" },
	{ "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"" },
	{ "\x80", "\"" BAD "\"" },
	{ "\xff", "\"" BAD "\"" },
	{ "\xc0\xaf", "\"" BAD BAD "\"" },
	{ "\xe0\x80\xaf", "\"" BAD BAD BAD "\"" },
	{ "\xed\xa0\x80", "\"" BAD BAD BAD "\"" },
	{ "\xf4\x90\x80\x80", "\"" BAD BAD BAD BAD "\"" },
	{ "\xf5\x80", "\"" BAD BAD "\"" },
	{ "a\xc3", "\"a" BAD "\"" },
	{ "\xe2\x82", "\"" BAD BAD "\"" },
	{ "\xc3x", "\"" BAD "x\"" },
	{ "\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf",
	    "\"\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf\"" },
	{ "\xf0\x8f\xbf\xbf", "\"" BAD BAD BAD BAD "\"" },
};

START_TEST(json_strings)
{
	struct text t = { 0 };

	for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
		text_clear(&t);
		text_json(&t, strings[i].raw, strlen(strings[i].raw));
		ck_assert_str_eq(text_get(&t), strings[i].json);
	}
	text_clear(&t);
	text_json(&t, "a\0b", 3);
	ck_assert_str_eq(text_get(&t), "\"a\\u0000b\"");
	text_done(&t);
}
END_TEST

START_TEST(sizes_have_units)
{
	static const struct {
		double bytes;
		const char *words;
	} sizes[] = { { 0, "0 B" }, { 999, "999 B" }, { 999.5, "1 kB" }, { 1500, "1.5 kB" },
		{ 64240, "64.2 kB" }, { 999499, "999 kB" }, { 999500, "1 MB" },
		{ 123456789, "123 MB" }, { 2.5e9, "2.5 GB" }, { 7.77e12, "7.77 TB" },
		{ 123456e12, "1.23e+05 TB" } };
	char out[SIZE_CHARS];
	struct text text = { 0 };

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		size_print(sizes[i].bytes, out);
		ck_assert_str_eq(out, sizes[i].words);
	}
	text_size(&text, 64240);
	ck_assert_str_eq(text_get(&text), "64.2 kB");
	text_done(&text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("text");
	TCase *c = tcase_create("text");

	tcase_add_test(c, text_grows);
	tcase_add_test(c, numbers_in_text);
	tcase_add_test(c, json_strings);
	tcase_add_test(c, sizes_have_units);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
