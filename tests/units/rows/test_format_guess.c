/* test_format_guess.c - which format bytes have, and what has no rows at all. */
#include <string.h>

#include "data/formats/format.h"
#include "data/formats/looks_like.h"
#include "tests/support.h"

START_TEST(formats_are_guessed)
{
	static const struct {
		const char *bytes, *format;
		char delimiter;
	} cases[] = {
		{ "", "csv", ',' },
		{ "v\n1\n2\n", "csv", ',' },
		{ "a,b\n1,2\n", "csv", ',' },
		{ "a;b\n1,5;2,5\n1,0;3\n", "csv", ';' },
		{ "a|b|c\nx, y|z|1\n", "csv", '|' },
		{ "a\tb\n1\t2\n", "csv", '\t' }, /* until its dialect is known */
		{ "time\tmsg\n1\ta, b\n2\tc\n", "csv", '\t' },
		{ "\"a;b\",c\n\"1;2\",3\n", "csv", ',' },
		{ "{\"a\":1}\n", "ndjson", 0 },
		{ "\n  {\"a\":1}", "ndjson", 0 },
		{ "{\"a\":\n{\"a\":1}\n", "ndjson", 0 },
		{ "{\"a\":{\"b\":\"}\"}} \r\n{", "ndjson", 0 },
		{ "{\"a\":1}{\"a\":1}\n", "json", 0 },
		{ "{\n  \"a\":1\n}\n{}\n", "json", 0 },
		{ "{\"a\":\n{\"b\":1},\n \"c\":2}", "json", 0 },
		{ " [\n{\"a\":1}]", "json", 0 },
		{ "[]", "json", 0 },
		{ "[2026-01-01] hello, you\n", "csv", 0 },
		{ "h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 512\n", "clf", 0 },
		{ "oops\nh - - [t] \"GET / HTTP/1.1\" 200 5 \"-\" \"a\"\n", "clf", 0 },
		{ "# HELP a b\na 1\n", "prometheus", 0 },
		{ "a{b=\"c, d\"} 1\n", "prometheus", 0 },
		{ "r  b   free\n1  0  20105\n10 2  19000\n", "words", 0 },
		{ " 0.1  18.00\n 0.2 17.0\n -3 4", "words", 0 },
		{ "a b\n1 5 6\n2 7 8\n", "words", 0 },
		{ "#Software: x\r\n#Fields: a b\r\n", "words", 0 },
		{ "#separator \\x09\n#fields\ta\tb\n1\t2\n", "words", 0 },
		{ "a b\n1 2\n", "csv", 0 },
		{ "time\n2026-01-01 00:00:00\n2026-01-01 00:00:01\n", "csv", 0 },
		{ "no name\nroom one\nroom two\n", "csv", 0 },
		{ "a b\n1 2,5\n1 3,5\n", "csv", 0 },
		{ "level=info msg=\"a b\" v=1\n", "logfmt", 0 },
		{ "ts=1 flag v=2", "logfmt", 0 },
		{ "v=1\n", "logfmt", 0 },
		{ "a=1,b=2\n3,4\n", "csv", ',' },
		{ "what is = this\n", "csv", ',' },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *bytes = cases[i].bytes;
		const struct format_class *class = format_guess("-", bytes, strlen(bytes), true);

		ck_assert_msg(
		    strcmp(class->name, cases[i].format) == 0, "%s: %s", bytes, class->name);
	}
}
END_TEST

START_TEST(endings_tell_where_bytes_do_not)
{
	static const struct {
		const char *path, *bytes, *format;
	} cases[] = {
		{ "x.tsv", "a, b\n", "tsv" },
		{ "d.x/y.TSV.gz", "a, b\n", "tsv" },
		{ "x.csv", "{\"a\":1}\n", "ndjson" },
		{ "x.json", "oops\n", "json" },
		{ "x.jsonl", "oops\n", "ndjson" },
		{ "tsv", "a, b\n", "csv" },
		{ "x.tsvx", "a, b\n", "csv" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_str_eq(
		    format_guess(cases[i].path, cases[i].bytes, strlen(cases[i].bytes), true)->name,
		    cases[i].format);
}
END_TEST

START_TEST(what_is_no_rows_is_known)
{
	static const struct {
		const char *bytes;
		size_t n;
		bool told;
		const char *kind; /* how it begins; NULL: it may be rows */
	} cases[] = {
		{ "PK\3\4abc", 7, true, "a zip archive" },
		{ "\x89PNG\r\n", 6, false, "a PNG picture" },
		{ "%PDF-1.4", 8, false, "a PDF document" },
		{ "\177ELF", 4, false, "a program" },
		{ "\n <!DOCTYPE html>", 17, false, "an HTML page" },
		{ "\n <!DOCTYPE html>", 17, true, NULL },
		{ "<?xml version", 13, false, "an XML document" },
		{ "SQLite format 3", 16, false, "a SQLite database" },
		{ "time,v\n1,2\n", 11, false, NULL },
		{ "PK,a\n1,2\n", 9, false, NULL },
		{ "", 0, false, NULL },
	};
	char bytes[512] = { 0 };
	const char *advice;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *kind = looks_like(cases[i].bytes, cases[i].n, cases[i].told, &advice);

		if (cases[i].kind == NULL)
			ck_assert_msg(kind == NULL, "%s: %s", cases[i].bytes, kind);
		else
			ck_assert_msg(
			    kind != NULL &&
				strncmp(kind, cases[i].kind, strlen(cases[i].kind)) == 0 &&
				strlen(advice) > 0,
			    "%s: %s", cases[i].bytes, kind);
	}
	ck_assert_ptr_null(looks_like(bytes, sizeof bytes, false, &advice)); /* NULs alone */
	memcpy(bytes + 257, "ustar", 5);
	ck_assert_str_eq(looks_like(bytes, sizeof bytes, false, &advice), "a tar archive");
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 37);
	ck_assert_str_eq(looks_like(bytes, sizeof bytes, false, &advice), "binary data");
	ck_assert_ptr_null(looks_like(bytes, sizeof bytes, true, &advice));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("format_guess");
	TCase *tc = tcase_create("guess");

	tcase_add_test(tc, formats_are_guessed);
	tcase_add_test(tc, endings_tell_where_bytes_do_not);
	tcase_add_test(tc, what_is_no_rows_is_known);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
