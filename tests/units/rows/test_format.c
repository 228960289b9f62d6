/* test_format.c - formats: the same records from the same bytes, however they are cut. */
#include "data/formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "tests/records.h"
#include "tests/support.h"

static const size_t pieces[] = { 0, 1, 2, 3, 7 };

struct vector {
	const char *format;
	char delimiter;
	const char *bytes;
	const char *records;
};

static const struct vector vectors[] = {
	{ "csv", 0, "", "" },
	{ "csv", 0, "a,b\n1,2\n", "a|b\n1|2\n" },
	{ "csv", 0, "a,b\n1,2", "a|b\n1|2\n" },
	{ "csv", 0, "a,b\r\n1,2\r\n", "a|b\n1|2\n" },
	{ "csv", 0, "a,b\r1,2\r", "a|b\n1|2\n" },
	{ "csv", 0, "a,b\r\n1,2\r3,4\n5,6\r\n", "a|b\n1|2\n3|4\n5|6\n" },
	{ "csv", 0, "a,b\n1,\n,2\n,\n", "a|b\n1|\n|2\n|\n" },
	{ "csv", 0, "a,b\n1,", "a|b\n1|\n" },
	{ "csv", 0, "a,b\n\n\n1,2\n\n", "a|b\n1|2\n" },   /* blank lines are nothing ... */
	{ "csv", 0, "v\n1\n\n\n2\n\n", "v\n1\n\n\n2\n" }, /* ... but missing cells of one column */
	{ "csv", 0, "v\r\n1\r\n\r\n2\r\n\r\n", "v\n1\n\n2\n" },
	{ "csv", 0, "\n\nv\n1\n", "v\n1\n" },
	{ "csv", 0, " a , b c \n 1 ,2\t\n", " a | b c \n 1 |2\t\n" },
	{ "csv", 0, "\" a \",\"b\"\n", " a |b\n" },
	{ "csv", 0, "\"a,b\",\"c\"\"d\"\n\"e\nf\",\"\"\n", "a,b|c\"d\ne/f|\n" },
	{ "csv", 0, "\"e\r\nf\",2\r\n3,4\r\n", "e//f|2\n3|4\n" },
	{ "csv", 0, "5\" pipe,a\"b\n", "5\" pipe|a\"b\n" }, /* no quoting inside a cell */
	{ "csv", 0, "1,2\n\"a\" b\",3\n4,5\n",
	    "1|2\n?stray quote: line 2: \"a\" b\",3\na\" b|3\n4|5\n" },
	{ "csv", 0, "1,2\n3,\"x\ny\n4,5\n",
	    "1|2\n?quote left open: line 2: 3,\"x\n3|\"x\ny\n4|5\n" },
	{ "csv", 0, "1,2\n3,\"x\ny\"\n4,\"p\nq\",\"open\n5,6\n7",
	    "1|2\n3|x/y\n?quote left open: line 4: 4,\"p\n4|\"p\n"
	    "?quote left open: line 5: q\",\"open\nq\"|\"open\n5|6\n7\n" },
	{ "csv", 0, "1,\"a\n\n\"\n2,\"open",
	    "1|a//\n?quote left open: line 4: 2,\"open\n2|\"open\n" },
	{ "csv", ';', "a;b\n1,5;2\n", "a|b\n1,5|2\n" },
	{ "csv", '|', "a|b\n1||2\n", "a|b\n1||2\n" },
	{ "tsv", 0, "a\tb c\n1\t\"x\ty\"\n\t2\n", "a|b c\n1|x\ty\n|2\n" },
	{ "tsv", 0, "a\tsay \"hi\"\n", "a|say \"hi\"\n" },
	{ "ndjson", 0, "{\"a\":1,\"b\":\"x\"}\n\n{\"b\":null}\r\n", "a=1|b=x\nb=\n" },
	{ "ndjson", 0, "{\"a\":true,\"b\":false,\"c\":[1, {\"d\":2, \"e\": \"x \\\" y\"} ]}",
	    "a=1|b=0|c=[1,{\"d\":2,\"e\":\"x \\\" y\"}]\n" },
	{ "ndjson", 0, "{\"id\":479386071891505153,\"t\":1700000000123456789,\"z\":-0.50E+3}\n",
	    "id=479386071891505153|t=1700000000123456789|z=-0.50E+3\n" },
	{ "ndjson", 0, "{\"h\":{\"cpu\":{\"user\":5},\"n\":\"x\"},\"b\":[1,null, -2.5],\"c\":3}\n",
	    "h.cpu.user=5|h.n=x|b.0=1|b.1=|b.2=-2.5|c=3\n" },
	{ "ndjson", 0, "{\"a\":[],\"b\":{},\"c\":[1,\"x\"],\"d\":[[1]],\"e\":{\"f\":[2]}}\n",
	    "c=[1,\"x\"]|d=[[1]]|e.f.0=2\n" },
	{ "ndjson", 0, "{\"a\\tb\":{\"c\\u00e9\":\"\\u20ac\\/\"},\"\":1}\n",
	    "a\tb.c\xc3\xa9=\xe2\x82\xac/|=1\n" },
	{ "ndjson", 0, "{\"a\":\"x\xe9y\"}\n",
	    "?a byte that is no UTF-8: line 1: \xe9\na=x\xe9y\n" },
	{ "ndjson", 0, "{\"a\":\"x\\n\\u00e9\"}\n", "a=x/\xc3\xa9\n" },
	{ "ndjson", 0, "{\"a\":\"x\\u0000y\",\"b\":\"\\\\u0000\"}\n",
	    "a=x\xe2\x90\x80y|b=\\u0000\n" },
	{ "ndjson", 0, "{\"a\":NaN,\"NaN\":\"NaN \\\" NaN\"}\n", "a=NaN|NaN=NaN \" NaN\n" },
	{ "ndjson", 0, "{\"a\":-Infinity}\n", "a=-Infinity\n" },
	{ "ndjson", 0, "{\"a\":\"x\\ud83d\",\"b\":NaN}\n",
	    "?half of a character: line 1: \\ud83d\na=x\xef\xbf\xbd|b=NaN\n" },
	{ "ndjson", 0, "{\"a\":\"\\udc00\\ud83d\\ude00\\\\ud800\"}\n",
	    "?half of a character: line 1: \\udc00\na=\xef\xbf\xbd\xf0\x9f\x98\x80\\ud800\n" },
	{ "ndjson", 0, "{\"a\":\"\\ud83d", "!not JSON: cut off: line 1: {\"a\":\"\\ud83d\n" },
	{ "ndjson", 0, "{\"a\":1}\n[1]\n3\n{\"a\":2} x\n{\"a\":\n{}\n",
	    "a=1\n!not a JSON object: line 2: [1]\n!not a JSON object: line 3: 3\n"
	    "!not JSON: more behind the object: line 4: {\"a\":2} x\n"
	    "!not JSON: cut off: line 5: {\"a\":\n\n" },
	{ "json", 0, "[{\"a\":1},{\"a\":2}]", "a=1\na=2\n" },
	{ "json", 0, " [ { \"a\" : 1 ,\n \"b\":{\"c\":[1,2]} }\n ,\n{\"a\":3}\n]\n\n[{\"a\":4}]",
	    "a=1|b.c.0=1|b.c.1=2\na=3\na=4\n" },
	{ "json", 0, "{\"a\":1}{\"a\":\"}{[\\\"\"}\n{\n\"a\":\n3}\x1e{\"a\":4}",
	    "a=1\na=}{[\"\na=3\na=4\n" },
	{ "json", 0, "[]", "" },
	{ "json", 0, "[1,\"x,{\",[2,{\"a\":3}],{\"a\":4}]",
	    "!not a JSON object: line 1: 1\n!not a JSON object: line 1: \"x,{\"\n"
	    "!not a JSON object: line 1: [2,{\"a\":3}]\na=4\n" },
	{ "json", 0, "[{\"a\":1},,{\"a\":2}\n{\"a\":3},]",
	    "a=1\n!not JSON: a comma too many: line 1: \na=2\n"
	    "?not JSON: a comma is missing before an object: line 2: {\"a\":3}\na=3\n"
	    "!not JSON: a comma too many: line 2: \n" },
	{ "json", 0, "{\"a\":1},\n{\"a\":2},\n{\"a\":3}\n",
	    "a=1\n!not JSON: commas between objects that no array holds: line 1: \na=2\na=3\n" },
	{ "json", 0, "[{\"a\":012},{\"a\":{\"b\":2.}},{\"a\":3}]",
	    "!not JSON: no such number: line 1: {\"a\":012},{\"a\":{\"b\":2\n"
	    "!not JSON: no such number: line 1: {\"a\":{\"b\":2.}},{\"a\":3}]\na=3\n" },
	{ "json", 0, "[\n{\"a\":\"x},\n{\"a\":2},\n{\"a\":3,\n{\"a\":4}\n]",
	    "!not JSON: a control character in a text: line 2: {\"a\":\"x},\na=2\n"
	    "!not JSON: a name in quotes is missing: line 5, 2 lines lost: {\"a\":4}\na=4\n" },
	{ "json", 0,
	    "[\n  {\n    \"a\": {\n      \"b\": +1\n    }\n  },\n  {\n    \"a\": 2\n  }\n]\n",
	    "!not JSON: no such value: line 4, 3 lines lost:       \"b\": +1\na=2\n" },
	{ "json", 0, "[{\"a\":1},{\"a\":",
	    "a=1\n!not JSON: cut off: line 1: {\"a\":\n"
	    "!not JSON: the array has no end (was the file cut off?): line 1: \n" },
	{ "json", 0, "call({\"a\":1})\nhello\n{\"a\":2}",
	    "!not a JSON object: line 1: call(\na=1\n!not a JSON object: line 1: )\n"
	    "!not a JSON object: line 2: hello\na=2\n" },
	{ "clf", 0,
	    "1.2.3.4 - bob [17/May/2015:10:05:03 +0000] \"GET /a?b=c d HTTP/1.1\" 200 512\n"
	    "::1 - - [17/May/2015:10:05:04 +0000] \"-\" 408 -\r\n",
	    "host=1.2.3.4|user=bob|time=17/May/2015:10:05:03 +0000|method=GET|path=/a?b=c "
	    "d|status=200|bytes=512\n"
	    "host=::1|user=|time=17/May/2015:10:05:04 +0000|method=|path=|status=408|bytes=\n" },
	{ "clf", 0,
	    "h id a b [t] \"POST /x\" 500 1 \"http://r/\" \"say \\\"hi\\\" \\\\\" 0.5 \"-\"\n",
	    "host=h|ident=id|user=a b|time=t|method=POST|path=/x|status=500|bytes=1|"
	    "referer=http://r/|agent=say \\\"hi\\\" \\\\|extra=0.5 \"-\"\n" },
	{ "clf", 0, "w.org:443 h - - [t] \"\\x16\\x03 GET\" 400 0 \"-\" \"-\"\n",
	    "vhost=w.org:443|host=h|user=|time=t|method=|path=\\x16\\x03 "
	    "GET|status=400|bytes=0|referer=|agent=\n" },
	{ "clf", 0,
	    "h - - [t] \"GET / HTTP/1.0\" 200\nh - - [t \"GET\" 200 1\n\nh - - [t] \"GET 200 1\n"
	    "h - - [t] \"GET /\" 200 1 \"r\"\nh - - [t] \"GET /\" OK 1\nhello\n",
	    "!no line of a web log: line 1: h - - [t] \"GET / HTTP/1.0\" 200\n"
	    "!no line of a web log: line 2: h - - [t \"GET\" 200 1\n"
	    "!no line of a web log: line 4: h - - [t] \"GET 200 1\n"
	    "!no line of a web log: line 5: h - - [t] \"GET /\" 200 1 \"r\"\n"
	    "!no line of a web log: line 6: h - - [t] \"GET /\" OK 1\n"
	    "!no line of a web log: line 7: hello\n" },
	{ "regex:^(?<level>\\w+): (?<what>[^=]*)(=(?<n>\\d+))?$", 0,
	    "info: a b=12\nwarn: x\r\n\nnothing\nerr: \xc3\xa9=1\n",
	    "level=info|what=a b|n=12\nlevel=warn|what=x|n=\n"
	    "!the pattern does not match: line 4: nothing\nlevel=err|what=\xc3\xa9|n=1\n" },
	{ "regex:(?<b>.)(?<a>.)", 0, "xyz\n\xff\xfe\n",
	    "b=x|a=y\n!the pattern does not match: line 2: \xff\xfe\n" },
	{ "regex:(?J)(?<v>\\d+)x|(?<v>\\d+)y", 0, "5x\n6y\n", "v=5\nv=6\n" },
	{ "regex:^(?<v>(a+)+)$", 0, "aaa\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n",
	    "v=aaa\n!the pattern tries too much on this line: line 2: "
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n" },
	{ "words", 0, "r  b   free\n1  0  20105\n 10\t2  x \r\n", "r|b|free\n1|0|20105\n10|2|x\n" },
	{ "words", 0, "\"a b\" c\n\"1\" \"x \\\"y\\\" z\" \"\" \"\"\"q\"\n\"open 1\n\"a\"b c\n",
	    "a b|c\n1|x \"y\" z||\"q\n\"open|1\n\"a\"b|c\n" },
	{ "words", 0, "t v\n12:10:01 AM 1\n1:05 pm\t2\n12:10:01  AM 3\n12:10:01 AMX 3\n9:59 PM",
	    "t|v\n12:10:01 AM|1\n1:05 pm|2\n12:10:01|AM|3\n12:10:01|AMX|3\n9:59 PM\n" },
	{ "words", 0, "12:10 AM v\n1:05 PM 2\n# c\n# d e\n",
	    "12:10 AM|v\n1:05 PM|2\n#|c\n!a comment: # d e\n" },
	{ "words", 0, "# vmstat\n#\na b\n# c\n1 2\n# c d\n", "a|b\n#|c\n1|2\n!a comment: # c d\n" },
	{ "words", 0,
	    "#Software: x\n#Fields: date time cs-uri\n2025-01-01 10:00:00 /a\n#Date: y\n"
	    "2025-01-01 10:00:01 -\n",
	    "date|time|cs-uri\n2025-01-01|10:00:00|/a\n!a comment: #Date: y\n"
	    "2025-01-01|10:00:01|-\n" },
	{ "words", 0,
	    "#separator \\x09\n#fields\tts\tuid\turi\n#types\ttime\tstring\tstring\n"
	    "1.5\tC a\t(empty)\n2.5\t\t-\n#close\t2020\n",
	    "ts|uid|uri\n1.5|C a|\n2.5||\n!a comment: #close\t2020\n" },
	{ "prometheus", 0,
	    "# HELP a b\n# TYPE a counter\na 1\nb{x=\"y z\",q=\"}\\\"\"} 2.5e3\nc{} NaN\na "
	    "2\nb{x=\"y z\",q=\"}\\\"\"} +Inf\n",
	    "a=1|b{x=\"y z\",q=\"}\\\"\"}=2.5e3|c=NaN\na=2|b{x=\"y z\",q=\"}\\\"\"}=+Inf\n" },
	{ "prometheus", 0, "a 1 1700000000000\nb 2 1700000000500\nc 3\na 4 1700000001000 # {x} 1\n",
	    "a=1|b=2|c=3|timestamp=1700000000500\na=4|timestamp=1700000001000\n" },
	{ "prometheus", 0, "a 1\n# EOF\na 2\nb 3\n# EOF\n", "a=1\na=2|b=3\n" },
	{ "prometheus", 0, "<html>\na 1\nb{x=\"y\" 2\na b\n1a 2\nc 3 x\na{} 4\n",
	    "!no metric and its value: line 1: <html>\n"
	    "?no metric and its value: line 3: b{x=\"y\" 2\n"
	    "?no metric and its value: line 4: a b\n?no metric and its value: line 5: 1a 2\n"
	    "?no metric and its value: line 6: c 3 x\na=1\na=4\n" },
	{ "prometheus", 0, "# HELP a b\nx\n", "!no metric and its value: line 2: x\n" },
	{ "logfmt", 0, "a=1 b=\"x y\"  c\n", "a=1|b=x y|c=true\n" },
	{ "logfmt", 0, "a= b=\"\" d=\"q\\\"\\n\\\\\" e==f", "a=|b=|d=q\"/\\|e==f\n" },
	{ "logfmt", 0, "a=1\nhello there\n a=2 \r\n",
	    "a=1\n!no key=value: line 2: hello there\na=2\n" },
	{ "logfmt", 0, "a=\"x b=1\nc=\"",
	    "?quote left open: line 1: \"x b=1\na=x b=1\n"
	    "?quote left open: line 2: \"\nc=\n" },
	{ "logfmt", 0, "=5 a=2\n", "?a value without a key: line 1: =5\na=2\n" },
};

START_TEST(records_do_not_depend_on_cuts)
{
	const struct vector *v = &vectors[_i];

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct text text = { 0 };

		format_transcript(
		    &text, v->format, v->delimiter, v->bytes, strlen(v->bytes), pieces[i]);
		ck_assert_msg(strcmp(text_get(&text), v->records) == 0,
		    "%s in pieces of %zu: %s\ngave: %s\nexpected: %s", v->format, pieces[i],
		    v->bytes, text_get(&text), v->records);
		text_done(&text);
	}
}
END_TEST

START_TEST(nul_bytes_are_kept)
{
	static const char bytes[] = "a,b\n1\0002,\0\n";
	struct text text = { 0 };

	format_transcript(&text, "csv", 0, bytes, sizeof bytes - 1, 1);
	ck_assert_str_eq(text_get(&text), "a|b\n1~2|~\n");
	text_done(&text);
}
END_TEST

/* Hostile bytes: whatever they mean, cuts may not change it. */
START_TEST(random_bytes_do_not_depend_on_cuts)
{
	static const char *const alphabets[] = { "ab,\"\n\r \t", "{\"a\":1}\n,[]N\\",
		"a=1 \"\\\n\r", "{\"a\":1}\n,[]{}\"\\", " a{=\"1}#\n" };
	struct rng rng = { .state = (uint64_t)_i };

	for (int round = 0; round < 2000; round++) {
		const char *alphabet = alphabets[round % 5];
		char bytes[64];
		size_t n = rng_next(&rng) % sizeof bytes;
		struct text whole = { 0 }, cut = { 0 };
		const char *name = strcmp(format_classes[_i]->name, "regex") != 0
				       ? format_classes[_i]->name
				       : "regex:^(?<a>[^,]*)(,(?<b>.*))?$";

		for (size_t i = 0; i < n; i++)
			bytes[i] = alphabet[rng_next(&rng) % strlen(alphabet)];
		format_transcript(&whole, name, 0, bytes, n, 0);
		format_transcript(&cut, name, 0, bytes, n, 1 + rng_next(&rng) % 7);
		ck_assert_msg(strcmp(text_get(&whole), text_get(&cut)) == 0,
		    "%s: %.*s\nwhole: %s\ncut: %s", name, (int)n, bytes, text_get(&whole),
		    text_get(&cut));
		text_done(&whole);
		text_done(&cut);
	}
}
END_TEST

static void
add_quoted(struct text *bytes, const char *cell)
{
	text_addc(bytes, '"');
	for (; *cell != '\0'; cell++) {
		if (*cell == '"')
			text_addc(bytes, '"');
		text_addc(bytes, *cell);
	}
	text_addc(bytes, '"');
}

/* The twin: a table written as RFC 4180 has it reads back as that table. */
START_TEST(quoted_tables_read_back)
{
	static const char letters[] = "ab,\"\n\r ;\t'";
	struct rng rng = { .state = 4 };

	for (int round = 0; round < 500; round++) {
		struct text bytes = { 0 }, expected = { 0 }, got = { 0 };
		int width = 1 + (int)(rng_next(&rng) % 4);

		for (int i = 0; i < width * 5; i++) {
			char cell[8] = "";
			size_t n = rng_next(&rng) % sizeof cell;

			for (size_t k = 0; k < n; k++)
				cell[k] = letters[rng_next(&rng) % (sizeof letters - 1)];
			cell[n] = '\0';
			add_quoted(&bytes, cell);
			for (size_t k = 0; k < n; k++)
				text_addc(
				    &expected, cell[k] == '\n' || cell[k] == '\r' ? '/' : cell[k]);
			text_add(&expected, i % width < width - 1 ? "|" : "\n");
			text_add(&bytes, i % width < width - 1 ? "," : round % 2 ? "\r\n" : "\n");
		}
		format_transcript(&got, "csv", 0, bytes.s, bytes.len, pieces[(size_t)round % 5]);
		ck_assert_str_eq(text_get(&got), text_get(&expected));
		text_done(&bytes);
		text_done(&expected);
		text_done(&got);
	}
}
END_TEST

/* What begins with head goes on with filler over the limit, then a line end and a good line. */
static void
check_too_long(
    const char *format, const char *head, const char *good, const char *gives, const char *what)
{
	const size_t sizes[] = { 0, 4096, 999 };

	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		struct text bytes = { 0 }, text = { 0 };

		text_addf(&bytes, "%s%s", good, head);
		for (int i = 0; i < RECORD_MAX + RECORD_MAX / 2; i++)
			text_addc(&bytes, "1234567,"[i % 8]);
		text_addf(&bytes, "\n%s", good);
		format_transcript(&text, format, 0, bytes.s, bytes.len, sizes[k]);
		ck_assert_msg(strncmp(text_get(&text), gives, strlen(gives)) == 0, "%s: %.200s",
		    format, text_get(&text));
		ck_assert_msg(strstr(text_get(&text), what) == text_get(&text) + strlen(gives),
		    "%.200s", text_get(&text));
		ck_assert_str_eq(text_get(&text) + text.len - strlen(gives), gives);
		ck_assert_uint_lt(text.len, 200);
		text_done(&bytes);
		text_done(&text);
	}
}

START_TEST(too_long_records_are_dropped)
{
	check_too_long("csv", "", "1,2\n", "1|2\n", "!over 1 MiB: line 2: ");
	check_too_long("csv", "3,\"", "1,2\n", "1|2\n", "!over 1 MiB: line 2: 3,\"1234567,");
	check_too_long("ndjson", "{\"a\":\"", "{\"a\":1}\n", "a=1\n", "!over 1 MiB: line 2: ");
	check_too_long("json", "{\"a\":\"", "{\"a\":1}\n", "a=1\n", "!over 1 MiB: line 2: ");
	check_too_long("clf", "", "h - - [t] \"-\" 1 2\n",
	    "host=h|user=|time=t|method=|path=|status=1|bytes=2\n", "!over 1 MiB: line 2: ");
	check_too_long("words", "", "1 2\n", "1|2\n", "!over 1 MiB: line 2: ");
	check_too_long("regex:(?<v>.*)", "", "1 2\n", "v=1 2\n", "!over 1 MiB: line 2: ");
	check_too_long("logfmt", "a=", "a=1\n", "a=1\n", "!over 1 MiB: line 2: ");
}
END_TEST

/* --- damage ----------------------------------------------------------------------------------- */

static const struct {
	const char *format;
	const char *lines[4]; /* records, and how a row of each begins */
	const char *rows[4];
} goods[] = {
	{ "csv", { "1,a\n", "2,b\n", "3,c\n", "4,d\n" }, { "1|a", "2|b", "3|c", "4|d" } },
	{ "words", { "1 a\n", "2  b\n", "3 c\n", "4 \"d\"\n" }, { "1|a", "2|b", "3|c", "4|d" } },
	{ "ndjson", { "{\"a\":1}\n", "{\"a\":2}\n", "{\"a\":{\"b\":3}}\n", "{\"a\":[4]}\n" },
	    { "a=1", "a=2", "a.b=3", "a.0=4" } },
	{ "json", { "[{\"a\":1},\n", "{\"a\":2},\n", "{\"a\":{\"b\":3}},\n", "{\"a\":[4]}]\n" },
	    { "a=1", "a=2", "a.b=3", "a.0=4" } },
	{ "logfmt", { "a=1\n", "a=2\n", "a=3\n", "a=4\n" }, { "a=1", "a=2", "a=3", "a=4" } },
	{ "clf",
	    { "1 - - [t] \"GET /\" 200 1\n", "2 - - [t] \"GET /\" 200 1\n",
		"3 - - [t] \"GET /\" 200 1 \"-\" \"x\"\n", "4 - - [t] \"GET /\" 200 1\n" },
	    { "host=1", "host=2", "host=3", "host=4" } },
	{ "regex:^(?<a>\\d)-(?<b>\\d)$", { "1-5\n", "2-5\n", "3-5\n", "4-5\n" },
	    { "a=1|b=5", "a=2", "a=3", "a=4" } },
	{ "prometheus", { "a 1\n", "a 2\n", "a 3\n", "a 4\n" }, { "a=1", "a=2", "a=3", "a=4" } },
};
enum { NGOODS = sizeof goods / sizeof *goods };

/* Does a line of the transcript begin so? */
static bool
has_row(const char *transcript, const char *row)
{
	for (const char *s = transcript; s != NULL && *s != '\0'; s = strchr(s, '\n')) {
		s += *s == '\n';
		if (strncmp(s, row, strlen(row)) == 0)
			return true;
	}
	return false;
}

static void
check_rows(const char *format, const struct text *bytes, const char *const *rows, int first)
{
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct text got = { 0 };

		format_transcript(&got, format, 0, bytes->s, bytes->len, pieces[i]);
		for (int k = first; k < 4; k++)
			ck_assert_msg(has_row(text_get(&got), rows[k]),
			    "%s: %s\ngave: %s\nwithout %s", format, bytes->s, text_get(&got),
			    rows[k]);
		text_done(&got);
	}
}

/* Binary lines between good ones cost no good one, and each is a row or told. */
START_TEST(binary_between_lines_costs_no_row)
{
	static const char binary[] = "\x01\x02\xff\xfe\x80 \x7f\x1b[0m\x08\n";
	struct text bytes = { 0 }, got = { 0 };
	int lines = 0;

	for (int k = 0; k < 4; k++) {
		text_add(&bytes, goods[_i].lines[k]);
		text_addn(&bytes, binary, sizeof binary - 1);
	}
	check_rows(goods[_i].format, &bytes, goods[_i].rows, 0);
	format_transcript(&got, goods[_i].format, 0, bytes.s, bytes.len, 0);
	for (const char *s = text_get(&got); *s != '\0'; s++)
		lines += *s == '\n';
	ck_assert_msg(lines >= 8, "%s: %s", goods[_i].format, text_get(&got));
	text_done(&bytes);
	text_done(&got);
}
END_TEST

/* A line cut anywhere costs itself and the next at most; one doubled gives both. */
START_TEST(cut_lines_cost_no_more)
{
	const char *first = goods[_i].lines[0];

	for (size_t n = 0; n <= strlen(first); n++) {
		struct text bytes = { 0 };

		text_addn(&bytes, first, n);
		text_add(&bytes, n % 2 ? "\n" : "");
		for (int k = 1; k < 4; k++)
			text_addf(&bytes, "%s%s", goods[_i].lines[k], goods[_i].lines[k]);
		check_rows(goods[_i].format, &bytes, goods[_i].rows, 2);
		text_done(&bytes);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("format");
	TCase *tc = tcase_create("format");
	int nvectors = sizeof vectors / sizeof *vectors, nclasses = 0;

	while (format_classes[nclasses] != NULL)
		nclasses++;
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, records_do_not_depend_on_cuts, 0, nvectors);
	tcase_add_test(tc, nul_bytes_are_kept);
	tcase_add_loop_test(tc, random_bytes_do_not_depend_on_cuts, 0, nclasses);
	tcase_add_test(tc, quoted_tables_read_back);
	tcase_add_test(tc, too_long_records_are_dropped);
	tcase_add_loop_test(tc, binary_between_lines_costs_no_row, 0, NGOODS);
	tcase_add_loop_test(tc, cut_lines_cost_no_more, 0, NGOODS);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
