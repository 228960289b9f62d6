/* test_schema.c - names and types of columns, as found and as told. */
#include "data/rows/schema.h"

#include <stdio.h>
#include <string.h>

#include "tests/records.h"
#include "tests/support.h"

struct schema_case {
	const char *bytes;
	struct dialect_options options;
	const char *schema; /* or the whole transcript when it ends with a newline */
};

static const struct schema_case cases[] = {
	{ "a,b,c\n1,x,2026-01-01\n", { 0 }, "f: a=number b=text c=time, time c" },
	{ "a,b\nNA,-\nnull,\n", { 0 }, "f: a=text b=text\n1: |\n2: |\n" }, /* still open */
	{ "v\nx\n1\n2\n", { 0 }, "f: v=number" },                          /* most are numbers */
	{ "v,w\nx,1\n1,1\n", { 0 }, "f: v=text w=number" },                /* half are not most */
	{ "t\n2026-01-01\nsoon\n", { 0 }, "f: t=text" },                   /* not all are times */
	{ "t\n2026-01-01\n\n2026-01-02T03:04:05Z\n", { 0 }, "f: t=time, time t" },
	{ "Time,v\n1700000000,1\n", { 0 }, "f: Time=time v=number, time Time" },
	{ "EPOCH,ts\n1700000000,1700000000000\n", { 0 }, "f: EPOCH=time ts=time, time EPOCH" },
	{ "seconds\n1700000000\n", { 0 }, "f: seconds=number" },
	{ "seconds\n1700000000\n", { .time = "seconds" }, "f: seconds=time, time seconds" },
	{ "a,ts\n2026-01-01,2026-01-02\n", { .time = "ts" }, "f: a=time ts=time, time ts" },
	{ "a,b\n1,2\n", { .types = "a=text,b=time" }, "f: a=text b=time, time b" },
	{ "a=b,c\n1,2\n", { .types = "a=b=text", .format = "csv" }, "f: a=b=text c=number" },
	/* codes, and units */
	{ "a,b\nA501,x5\nA502,x6\n", { 0 }, "f: a=text b=text\n1: 'A501|'x5\n2: 'A502|'x6\n" },
	{ "a,b\nEUR 5,£5\nEUR 6,£6\n", { 0 }, "f: a=number b=number\n1: 5|5\n2: 6|6\n" },
	{ "a,b\n12a,1 foo\n7b,2 bar\n", { 0 }, "f: a=text b=text" },
	{ "a,b\n12foo,1 bar\n7foo,2 bar\n", { 0 }, "f: a=number b=number\n1: 12|1\n2: 7|2\n" },
	{ "a,b\n12foo,21°C\n", { 0 }, "f: a=text b=number\n1: '12foo|21\n" },
	{ "a,b\n12)-,1\n7)-,2\n", { 0 }, "f: a=text b=number" },
	{ "a,b,c\n00501,1,0.5\n10001,10,00.5\n", { 0 }, "f: a=text b=number c=number" },
	{ "a,b\n1,0\n00,2\n", { 0 }, "f: a=text b=number\n1: '1|0\n2: '00|2\n" },
	/* in texts nothing but the empty cell is missing, and null of JSON */
	{ "a,b\nNA,1\n-,2\nx,3\n,4\n", { 0 },
	    "f: a=text b=number\n1: 'NA|1\n2: '-|2\n3: 'x|3\n4: |4\n" },
	{ "{\"a\":\"null\"}\n{\"a\":\"NA\"}\n{\"a\":null}\n{\"a\":\"x\"}\n{\"a\":\"\"}\n", { 0 },
	    "f: a=text\n1: 'null\n2: 'NA\n3: \n4: 'x\n5: \n" },
	/* bytes that are no UTF-8 are told once, by whatever text has one first */
	{ "a,b\n\xc3\xb6,x\n12345678\xc3,\xe9\n\xe9,y\n", { .encoding = "UTF-8" },
	    "f: a=text b=text\n1: '\xc3\xb6|'x\n"
	    "2?- a byte that is no UTF-8: shown as U+FFFD, here and later (--encoding tells what "
	    "it "
	    "is): a\n2: '12345678\xc3|'\xe9\n3: '\xe9|'y\n" },
	{ "{\"a\":\"\xe9\"}\n", { .encoding = "UTF-8" },
	    "f: a=text\n1?- a byte that is no UTF-8: line 1: \xe9\n1: '\xe9\n" },
	/* names */
	{ "v,v,,v,v#2\n1,2,3,4,5\n", { 0 },
	    "f: v=number v#2=number c3=number v#3=number v#2#2=number\n"
	    "1: 1|2|3|4|5\n" },
	{ "1,2\n3,4\n", { 0 }, "f: c1=number c2=number" },
	{ "2026-01-01 00:00:00,5,\n", { 0 }, "f: c1=time c2=number c3=text, time c1" },
	{ "x,1\ny,2\n", { .no_header = true }, "f: c1=text c2=number" },
	{ "x,1\ny,2\n", { .columns = "name,v" }, "f: name=text v=number" },
	{ "name,v\ny,2\n", { .columns = "name,v" }, "f: name=text v=number\n1: 'y|2\n" },
	/* cells behind the names told are columns, too, with and without a header */
	{ "p,q,r,s\ny,2,3,z\nx,4,5,u\n", { .columns = "a,b" },
	    "f: a=text b=number c3=number c4=text\n1: 'y|2|3|'z\n2: 'x|4|5|'u\n" },
	{ "1,2,3\n4,5,6\n7,8\n", { .columns = "a", .no_header = true },
	    "f: a=number c2=number c3=number\n1: 1|2|3\n2: 4|5|6\n"
	    "3?- too few fields: 2 of 3\n3: 7|8|\n" },
	{ "p;q;\n1;2;\n3;4;\n", { .columns = "a" }, "f: a=number c2=number\n1: 1|2\n2: 3|4\n" },
	{ "p;q;\n1;2;\n3;4;\n", { .columns = "a,b,c" },
	    "f: a=number b=number c=text\n1: 1|2|\n2: 3|4|\n" },
	{ "{\"a\":1,\"b\":\"x\"}\n{\"c\":true}\n", { 0 }, "f: a=number b=text c=number" },
	{ "{\"a\":1,\"b\":\"x\"}\n", { .columns = "b,z" }, "f: b=text z=text\n1: 'x|\n" },
	{ "{\"a\":{\"x\":1},\"time\":1700000000}\n", { 0 }, "f: a.x=number time=time, time time" },
	/* nothing there */
	{ "", { 0 }, "f:\n" },
	{ "\n\n", { 0 }, "f:\n" },
	{ "a,b\n", { 0 }, "f: a=number b=number\n" },
	/* what does not fit */
	{ "temperature,pH\n1,2\n", { .time = "temprature" },
	    "wrong: -t: no column 'temprature' in f (did you mean 'temperature'?)\n" },
	{ "temperature,pH\n1,2\n", { .time = "when" },
	    "wrong: -t: no column 'when' in f (it has: temperature, pH)\n" },
	{ "", { .time = "when" }, "wrong: -t: no column 'when' in f (it has: none)\n" },
	{ "a\n1\n", { .types = "ab=text" },
	    "wrong: --types: no column 'ab' in f (did you mean 'a'?)\n" },
	{ "a\n1\n", { .types = "a=word" },
	    "wrong: --types: 'a=word': no such type (there are number, time, text)\n" },
	{ "a\n1\n", { .types = "a" },
	    "wrong: --types: 'a' (write COLUMN=number, =time or =text)\n" },
	{ "a\n1\n", { .format = "xml" },
	    "usage: -F: no format 'xml' (there are ndjson, json, prometheus, clf, regex:PATTERN, "
	    "logfmt, tsv, words, csv, auto)\n" },
	{ "\xff\xfe"
	  "a\0\n\0",
	    { .encoding = "klingon" },
	    "wrong: --encoding: no encoding 'klingon' (iconv -l lists those there are)\n" },
	{ "\xef\xbb\xbf\"a b\",c\n1,2\n", { 0 }, "f: a b=number c=number" },
};

START_TEST(schemas)
{
	const struct schema_case *c = &cases[_i];
	const struct feed_options options = { .dialect = c->options };
	struct text source = { 0 }, text = { 0 };
	size_t n = strlen(c->schema);

	text_addf(&source, "f=%s", file_with("schema", c->bytes, strlen(c->bytes)));
	feed_transcript(&text, text_get(&source), &options);
	if (strchr(c->schema, '\n') != NULL)
		ck_assert_str_eq(text_get(&text), c->schema);
	else
		ck_assert_msg(strncmp(text_get(&text), c->schema, n) == 0 &&
				  (text.s[n] == '\n' || c->schema[n - 1] == ' '),
		    "gave %s\nexpected %s", text_get(&text), c->schema);
	file_remove("schema");
	text_done(&source);
	text_done(&text);
}
END_TEST

/* What the 101st row has, tells nothing, wherever reads and slices end. */
START_TEST(a_hundred_rows_tell)
{
	struct text bytes = { 0 }, source = { 0 }, text = { 0 };
	const struct feed_options options = { 0 };

	text_add(&bytes, "a,b\n");
	for (int i = 0; i < 1000; i++)
		text_addf(&bytes, "%s,%d\n", i < 80 ? "1" : "x", i);
	text_addf(&source, "f=%s", file_with("hundred", bytes.s, bytes.len));
	feed_transcript(&text, text_get(&source), &options);
	ck_assert(strncmp(text_get(&text), "f: a=number b=number\n", 21) == 0);
	ck_assert_ptr_nonnull(strstr(text_get(&text), "1000?a not a number: x\n1000: |999\n"));
	file_remove("hundred");
	text_done(&bytes);
	text_done(&source);
	text_done(&text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("schema");
	TCase *tc = tcase_create("schema");

	tcase_add_loop_test(tc, schemas, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tc, a_hundred_rows_tell);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
