/* test_feed_state.c - feeds, saved between two rows and loaded into fresh ones that go on, give
 * what an undisturbed run gives. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/feed_run.h"
#include "tests/records.h"

static const struct feed_options plain;

/* --- small inputs, at every row --------------------------------------------------------------- */

static const struct {
	const char *name, *bytes;
	struct dialect_options dialect;
} inputs[] = {
	{ "lf", "time,v,s\n1700000000,1,a\n,2,\n1700000003,x,\"b\"\"c\"\n1700000002,4,d", { 0 } },
	{ "crlf", "time,v\r\n1700000000,1\r\n\r\n1700000001,2\r\n1,2,3\r\n1700000002,3\r\n",
	    { 0 } },
	{ "cr", "a,b\r1,2\r\r3,4\r5,6\r", { 0 } },
	{ "mixed ends", "a,b\r\n1,2\n3,4\r5,6\r\n\n\r7,8", { 0 } },
	{ "quoted ends", "a,b\n1,\"x\ny\"\n2,\"x\r\ny\n\n\"\n3,\"\"\n4,\"\n\"\n5,z\n", { 0 } },
	{ "one column", "v\n1\n\n\n4\n\n6\n\n\n", { 0 } },
	{ "one column crlf", "v\r\n1\r\n\r\n\r\n4\r\n\r\n6\r\n\r\n", { 0 } },
	{ "one column of gaps", "v\n\n\n3\n \n5\n", { 0 } },
	{ "mark",
	    "\xef\xbb\xbf"
	    "a,b\n1,2\n3,4\n",
	    { 0 } },
	{ "marked, quoted header", "\xef\xbb\xbf\"a\",\"b\"\n1,2\n3,4\n", { 0 } },
	{ "no header", "1,2\n3,4\n\n5,6\n", { 0 } },
	{ "told", "1,2\nx,4\n5,6\n", { .no_header = true, .types = "c1=number" } },
	{ "names twice", "v,v,\n1,2,3\n4,5,6\n", { 0 } },
	{ "header again", "a,b\na,b\n1,2\na,b\n3,4\na,b\n", { 0 } },
	{ "stray quotes", "a,\"b\" c\n1,\"x\" y\"\n2,z\n\"q\" r,1\n4,5\n", { 0 } },
	{ "quote left open", "a,b\n1,2\n3,\"4\n5,6\n", { 0 } },
	{ "semicolons", "a;b\n1;2\n\n3;4\n", { 0 } },
	{ "header alone", "a,b\n", { 0 } },
	{ "nothing", "", { 0 } },
	{ "tsv", "a\tb\n1\tx y\n2\t\"z\nw\"\n\n3\t\n", { 0 } },
	{ "ndjson",
	    "{\"t\":\"2026-01-01\",\"v\":1}\n\n{\"v\":\"2\"}\r\noops\n[1]\n{\"v\":\"x\"}\n\n"
	    "{\"t\":\"2026-01-02\",\"v\":3}\nbad",
	    { 0 } },
	{ "ndjson, told", "{\"a\":1,\"z\":2}\n{\"a\":2}\n{\"b\":3}\n", { .columns = "a,b" } },
	{ "logfmt", "level=info v=1 t=2026-01-01\nlevel=warn v=2 v=3\nhello\n\n=5 v=4\nv=\"5",
	    { 0 } },
	{ "json",
	    "[{\"a\":1,\n\"b\":{\"c\":2}},\n{\"a\":2},{\"a\":03}\n,{\"a\":4}]\n[{\"a\":5}\n{\"a\":"
	    "6},]x",
	    { 0 } },
	{ "logfmt, labels", "a: 1 b:2\nready\na:3,b:\na:4;c:x\n", { .format = "logfmt" } },
	{ "json, arrays", "[[\"t\",\"v\"],[1,2],[3,{\"x\":4}],\n[5],[6,\"\\u00e4\"],7,[8,9]]",
	    { .format = "json" } },
	{ "json, arrays in lines", "[1,2]\n[3,4]\n[5,\n[6,7]\n", { 0 } },
	{ "json, columns",
	    "{\"u\":{\"time\":\"x\"},\"h\":{\"time\":[\"2026-01-01\",\"2026-01-02\",\"2026-01-03\"]"
	    ","
	    "\"v\":[1,null,\"\\u00e4\"],\"w\":[[1],[2,3],[]]}}\n",
	    { 0 } },
	{ "json, columns of mixed items",
	    "{\"time\":[\"2026-01-01\",\"2026-01-02\",\"2026-01-03\"],\"g\":[[1,2],3,[[4],{\"x\":5}"
	    "]],"
	    "\"w\":[[ ] , [6 , {\"a\":[7]}],[8]],\"v\":[{\"a\":1},[9],null]}",
	    { 0 } },
	{ "json, columns of each",
	    "{\"r\":[{\"m\":{\"a\":\"x\"},\"values\":[[1435781430,\"1\"],[1435781445,\"2\"]]},"
	    "{\"m\":{\"a\":\"y\"},\"values\":[]},{\"m\":{},\"values\":[[1435781430,\"3\"]]}]}",
	    { 0 } },
	{ "json, around",
	    "{\"n\":[1,2],\"of\":{\"s\":\"]}\",\"rows\":\n[{\"a\":1},\n{\"a\":[{\"b\":2}]},{\"a\":"
	    "03},"
	    "{\"a\":4}],\n\"next\":{}}}\n",
	    { 0 } },
	{ "json, concatenated",
	    "{\"a\":1}{\"a\":2},{\"a\":3},\n{\"a\":\n{\"a\":4}{\"b\":", { .format = "json" } },
	{ "words", "# c\na b\n1  2\n# d\n 3 \"x y\"\n\n# 4\n5 6", { .format = "words" } },
	{ "w3c", "#Software: x\n#Fields: a b\n1 2\n#Date: y\n#Fields: a b\n3 4\n", { 0 } },
	{ "w3c, commas", "#Software: x\n#Fields: a,b\n1,2\n#Date: y\n#Fields: a,b\n3,4\n", { 0 } },
	{ "twice",
	    "time,v,w\n2026-01-01,1,a\n2026-01-02,2,\"b\"\n2026-01-03,3,c\ntime,v\n"
	    "2026-01-01,1\n2026-01-02,\"2\"\n2026-01-03,3\n2026-01-04,4,d\n",
	    { 0 } },
	{ "title again, as many words as cells",
	    "one two three\na,b,c\n1,2,3\n4,5,6\none two three\na,b,c\n7,8,9\n", { 0 } },
	{ "another table",
	    "x 1 y\n\np q\n1 2\n\nd e f\nu 1 2\nv 3 4\n\np q\n3 4\n\nd e f\nu 5 6\np q\n7 8\nv 7 "
	    "8\n",
	    { 0 } },
	{ "a clock in the header",
	    "x y\n\n08:00:01 a b\n08:10:01 u 1\n08:20:01 v 2\n\n09:00:01 a b\n09:10:01 u 3\n",
	    { 0 } },
	{ "titles again, in words", "on off now\na b\n1 2\n3 4\non off now\na b\n5 6\n", { 0 } },
	{ "zeek", "#separator \\x09\n#fields\tts\tb\n#types\ttime\tx\n1.5\tc d\n2.5\t-\n#close\n",
	    { 0 } },
	{ "clf",
	    "h - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 1\nx\n"
	    "h - - [17/May/2015:10:05:04 +0000] \"-\" 408 -\r\n",
	    { 0 } },
	{ "regex", "a=1\nb\n\nc=3", { .format = "regex:^(?<k>.)=(?<v>.)$" } },
	{ "prometheus",
	    "# HELP a b\na 1\nb{c=\"d\"} 2\na 2\nx y\nb{c=\"d\"} 3\n# EOF\nx\na 3 1700000000\n# "
	    "EOF\n"
	    "b{c=\"d\"} 4\na 4",
	    { 0 } },
	{ "bytes that are no UTF-8", "a,b,n\n\xc3\xb6,x,1\ny,\xe9\xe9,2\n\xf6,z,3\nz,\xe9,4\n",
	    { .encoding = "UTF-8" } },
	{ "another table", "a,b,c\n1,2,3\n\na,b\n4,5\n6,7\n6,7,8\na,b,c,d\n1,2,3,4\n", { 0 } },
	{ "doubt", "time,v\n1700000000,1\n1700000001,2\nnever,3\n1700000003,4\n", { 0 } },
};

START_TEST(small_inputs_go_on_at_every_row)
{
	const struct feed_options options = { .dialect = inputs[_i].dialect };

	feed_run_check(file_with("state", inputs[_i].bytes, strlen(inputs[_i].bytes)), &options, 1,
	    inputs[_i].name);
	file_remove("state");
}
END_TEST

/* More lines of another table, and headers again, than wait for a row: they get blocks of their
 * own. */
START_TEST(long_other_tables_go_on)
{
	struct text bytes = { 0 };

	text_add(&bytes, "a,b,c\n1,2,3\n4,5,6\na,b\n");
	for (int i = 0; i < 700; i++)
		text_addf(&bytes, "%d,1\n", i);
	text_add(&bytes, "7,8,9\n");
	for (int i = 0; i < 300; i++)
		text_add(&bytes, "a,b,c\n");
	text_add(&bytes, "5,6,7\na,b,c,d\n1,2,3,4\n");
	feed_run_check(file_with("tables", bytes.s, bytes.len), &plain, 1, "other tables");
	file_remove("tables");
	text_done(&bytes);
}
END_TEST

/* --- larger ones, of all formats, packed and made --------------------------------------------- */

static void
make_csv(struct text *bytes, int n, const char *delimiter)
{
	static const char *const odd[] = { "1,2\n", "\n", "x,y,z,w\r\n", ",,,\n", "1,2,3,4,5\r",
		"time,a,b c,kind\n", "5,\"a\nb\",\"c\"\"d\",e\n", "1,\"x\" y\",2,3\n" };
	struct rng rng = { .state = (uint64_t)n };
	size_t begun = bytes->len;

	text_add(bytes, "time,a,\"b c\",kind\r\n");
	for (int i = 0; i < n; i++) {
		if (rng_next(&rng) % 10 == 0)
			text_add(bytes, odd[rng_next(&rng) % 8]);
		text_addf(bytes, "%d,%.6g,%.6g,\"k%d\"\n", 1700000000 + i, rng_normal(&rng),
		    rng_uniform(&rng), i % 7);
	}
	for (size_t i = begun; i < bytes->len; i++)
		if (bytes->s[i] == ',')
			bytes->s[i] = *delimiter;
}

static void
make_ndjson(struct text *bytes, int n)
{
	struct rng rng = { .state = (uint64_t)n };

	for (int i = 0; i < n; i++) {
		text_addf(bytes, "{\"t\":%d,\"v\":%.6g", 1700000000 + i, rng_normal(&rng));
		if (i > 110 && rng_next(&rng) % 3 == 0)
			text_addf(bytes, ",\"late%d\":1,\"again\":2", (int)(rng_next(&rng) % 1500));
		text_add(bytes, "}\n");
		if (rng_next(&rng) % 10 == 0)
			text_add(bytes, rng_next(&rng) % 2 ? "oops\n" : "\r\n");
	}
}

static void
make_json(struct text *bytes, int n)
{
	static const char *const odd[] = { "{\"v\":01},", "7,", ",", "{\"v\":\n", "\"x\n",
		"{\"v\":[1,{}]}" };
	struct rng rng = { .state = (uint64_t)n };

	text_add(bytes, "[");
	for (int i = 0; i < n; i++) {
		text_addf(bytes, "{\"t\":%d,%s\"v\":{\"w\":[%.6g,2]}},", 1700000000 + i,
		    rng_next(&rng) % 3 == 0 ? "\n  " : " ", rng_normal(&rng));
		if (rng_next(&rng) % 20 == 0)
			text_add(bytes, odd[rng_next(&rng) % 6]);
		text_add(bytes, rng_next(&rng) % 2 == 0 ? "\n" : "");
	}
	text_add(bytes, "{\"t\":1}]\n");
}

static void
make_logfmt(struct text *bytes, int n)
{
	struct rng rng = { .state = (uint64_t)n };

	for (int i = 0; i < n; i++) {
		text_addf(bytes, "t=%d v=%.6g msg=\"a b%d\"", 1700000000 + i, rng_normal(&rng), i);
		if (i > 110 && rng_next(&rng) % 20 == 0)
			text_addf(bytes, " late%d=x", i % 50);
		text_add(bytes, rng_next(&rng) % 9 == 0 ? "\r\nnothing here\n" : "\n");
	}
}

static void
make_input(struct text *bytes, const char *format, int n)
{
	if (strcmp(format, "csv") == 0)
		make_csv(bytes, n, ",");
	else if (strcmp(format, "tsv") == 0)
		make_csv(bytes, n, "\t");
	else if (strcmp(format, "ndjson") == 0)
		make_ndjson(bytes, n);
	else if (strcmp(format, "json") == 0)
		make_json(bytes, n);
	else
		make_logfmt(bytes, n);
}

START_TEST(larger_inputs_go_on_at_any_row)
{
	static const char *const formats[] = { "csv", "tsv", "ndjson", "json", "logfmt" };
	static const char *const packers[] = { "cat", "gzip", "zstd" };
	const struct feed_options options = { .dialect.format = formats[_i] };
	struct text bytes = { 0 };
	char path[200], command[1000], what[64];
	int tried = 0;

	make_input(&bytes, formats[_i], 3000);
	snprintf(path, sizeof path, "%s", file_with("large", bytes.s, bytes.len));
	for (size_t k = 0; k < sizeof packers / sizeof *packers; k++) {
		snprintf(command, sizeof command, "%s -c <%s >%s.p 2>/dev/null || %s <%s >%s.p",
		    packers[k], path, path, packers[k], path, path);
		if (system(command) != 0) /* not installed */
			continue;
		tried++;
		snprintf(command, sizeof command, "f=%s.p", path);
		snprintf(what, sizeof what, "%s by %s", formats[_i], packers[k]);
		feed_run_check(command, &options, 100, what);
	}
	ck_assert_int_gt(tried, 1);
	snprintf(command, sizeof command, "%s.p", path);
	unlink(command);
	file_remove("large");
	text_done(&bytes);
}
END_TEST

START_TEST(generated_rows_go_on)
{
	const struct feed_options options = { 0 };

	feed_run_check("synth:reactor?rows=700&seed=3", &options, 20, "reactor");
	feed_run_check("synth:trades?rows=700", &options, 20, "trades");
}
END_TEST

/* More keys come too late than are kept: those beyond are counted, and told when it begins and at
 * the end. */
START_TEST(late_keys_are_counted)
{
	struct text bytes = { 0 };
	struct feed_run run = { .options = &plain, .sparse = 1000 };
	char path[200];

	for (int i = 0; i < 1200; i++)
		text_addf(&bytes, "{\"v\":%d,\"k%d\":1}\n", i, i < 100 ? 0 : i);
	text_add(&bytes, "{\"k1150\":1,\"k1\":2,\"k300\":1}\n");
	snprintf(path, sizeof path, "%s", file_with("keys", bytes.s, bytes.len));
	run.spec = path;
	feed_run_begin(&run);
	ck_assert_ptr_nonnull(strstr(run.text.s,
	    "1101?- a key that came too late, as 1000 before: further ones are counted: k1100\n"));
	ck_assert_ptr_null(strstr(run.text.s, "k1101\n"));
	ck_assert_ptr_nonnull(
	    strstr(run.text.s, "1202?- cells left out, whose keys came too late: 102\n"));
	feed_run_done(&run);
	feed_run_check(path, run.options, 50, "late keys");
	file_remove("keys");
	text_done(&bytes);
}
END_TEST

START_TEST(long_records_go_on)
{
	static const char *const lines[][3] = { { "csv", "a,b\n1,2\n", "3,\"" },
		{ "csv", "a,b\n1,2\n", "3," }, { "ndjson", "{\"a\":1}\n", "{\"a\":\"" } };

	for (int i = 0; i < 3; i++) {
		const struct feed_options options = { .dialect.format = lines[i][0] };
		struct text bytes = { 0 };

		text_add(&bytes, lines[i][1]);
		for (int k = 0; k < 3; k++) {
			text_add(&bytes, lines[i][2]);
			for (int c = 0; c < RECORD_MAX + 5000 * k; c++)
				text_addc(&bytes, "1234567 "[c % 8]);
			text_addf(&bytes, "\n%s",
			    strchr(lines[i][1], '1') == NULL ? ""
			    : i < 2                          ? "5,6\n"
							     : "{\"a\":2}\n");
		}
		feed_run_check(file_with("long", bytes.s, bytes.len), &options, 1, lines[i][2]);
		file_remove("long");
		text_done(&bytes);
	}
}
END_TEST

/* Bad records alone, at the end and in the middle: they are told once, also where they fill blocks
 * of their own. */
START_TEST(blocks_of_faults_go_on)
{
	const struct feed_options options = { .dialect.format = "ndjson" };
	struct text bytes = { 0 };

	text_add(&bytes, "{\"a\":1}\n");
	for (int i = 0; i < 700; i++)
		text_addf(&bytes, "bad %d\n", i);
	text_add(&bytes, "{\"a\":2}\n");
	for (int i = 0; i < 300; i++)
		text_addf(&bytes, "worse %d\n", i);
	feed_run_check(file_with("bad", bytes.s, bytes.len), &options, 1, "bad records");
	file_remove("bad");
	text_done(&bytes);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("feed_state");
	TCase *t = tcase_create("feed_state");

	tcase_set_timeout(t, 120);
	tcase_add_loop_test(
	    t, small_inputs_go_on_at_every_row, 0, (int)(sizeof inputs / sizeof *inputs));
	tcase_add_loop_test(t, larger_inputs_go_on_at_any_row, 0, 5);
	tcase_add_test(t, generated_rows_go_on);
	tcase_add_test(t, late_keys_are_counted);
	tcase_add_test(t, long_records_go_on);
	tcase_add_test(t, blocks_of_faults_go_on);
	tcase_add_test(t, long_other_tables_go_on);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
