/* test_dialect.c - how rows are written, told from their first bytes: an input for each kind. */
#include "data/dialect/find.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/text.h"
#include "data/dialect/encoding.h"
#include "tests/support.h"

struct dialect_case {
	const char *bytes;
	const char *found; /* see describe */
	struct dialect_options options;
};

static void
describe(const struct dialect *d, struct text *text)
{
	text_add(text, d->format);
	if (strcmp(d->format, "csv") == 0 && d->delimiter != ',')
		text_addf(text, " %c", d->delimiter);
	if (d->quote != '"')
		text_addf(text, " quote %c", d->quote);
	if (d->escape != 0)
		text_addf(text, " escape %c", d->escape);
	if (strcmp(d->encoding, "UTF-8") != 0)
		text_addf(text, " %s", d->encoding);
	if (d->mark > 0)
		text_addf(text, " mark %d", d->mark);
	if (d->sep)
		text_add(text, " sep");
	if (d->blanks)
		text_add(text, " blanks");
	if (d->skip > 0)
		text_addf(text, " skip %d", d->skip);
	if (d->header != 1)
		text_addf(text, " header %d", d->header);
	if (d->header_comment)
		text_add(text, " in a comment");
	if (d->units > 0)
		text_addf(text, " units %d", d->units);
	if (d->row_names)
		text_add(text, " row names");
	text_addf(text, " width %d", d->width);
	if (d->columns != d->width)
		text_addf(text, " of %d", d->columns);
	if (d->empty_tail > 0)
		text_addf(text, " tail %d", d->empty_tail);
}

static const struct dialect_case cases[] = {
	/* delimiters */
	{ "t,v\n1,2\n3,4\n", "csv width 2", { 0 } },
	{ "t;v\n1;2\n3;4\n", "csv ; width 2", { 0 } },
	{ "t\tv\n1\t2\n3\t4\n", "tsv width 2", { 0 } },
	{ "t|v\n1|2\n3|4\n", "csv | width 2", { 0 } },
	{ "t ; v\n1,5 ; 2,5\n3,5 ; 4,5\n", "csv ; blanks width 2", { 0 } },
	{ "a;b;c\n1,5;2,5;3,5\n1,7;2,7;3,7\n", "csv ; width 3", { 0 } },
	{ "1,5;2,5;3,5\n1,7;2,7;3,7\n", "csv ; header 0 width 3", { 0 } },
	{ "2026-01-01 00:00:00;21,5\n2026-01-01 00:00:01;21,6\n", "csv ; header 0 width 2", { 0 } },
	{ "name,place\nA. Smith,Paris; France\nB. Jones,Rome; Italy\n", "csv width 2", { 0 } },
	{ "time,text\n2026-01-01,a|b|c\n2026-01-02,d\n", "csv width 2", { 0 } },
	{ "v\n1\n2\n3\n", "csv width 1", { 0 } },
	{ "2026-01-01 00:00:00\n2026-01-01 00:00:01\n", "csv header 0 width 1", { 0 } },
	{ "12 3\n12 4\n", "words header 0 width 2", { 0 } },
	{ "a   b    c\n1  20  300\n10  2   3\n", "words width 3", { 0 } },
	{ "  1  20  300\n 10   2    3\n", "words header 0 width 3", { 0 } },
	{ "\"a\" \"b c\"\n1 \"x y\"\n2 \"z\"\n", "csv   width 2", { 0 } },
	/* single blanks in cells, two between them */
	{ "id  first name  v\n1   Ann Lee     2\n2   Bob         3\n", "words width 3", { 0 } },
	{ "id  a name  v\n1  x y  2\n\n2  z  3\n3  u v w  4\n", "words width 3", { 0 } },
	{ "a b  c\n1 2  3\n4 5  6\n", "words width 3", { 0 } },
	{ "a  b c\n1  2 3\n", "words width 2", { .delimiter = DELIMITER_RUNS } },
	{ "a^b\n1^2\n", "csv ^ width 2", { .delimiter = '^' } },
	{ "a b\n1  2\n3  4\n", "words width 2", { .delimiter = ' ' } },
	{ "a b\n1\t2\n3\t4\n", "words width 2", { .format = "words" } },
	/* another table behind it tells nothing of this one */
	{ "a,b\n1,2\n3,4\n5,6\na,b,c\n1,2,3\n4,5,6\n", "csv width 2", { 0 } },
	{ "a,b,c\n1,2,3\n3,4,5\n6,7,8\na,b\n1,2\n4,5\n", "csv width 3", { 0 } },
	/* what has another width than the table tells nothing of its columns */
	{ "1,x\nfoo\n2,y\nbar\n3,z\nbaz\n", "csv header 0 width 2", { 0 } },
	/* a record alone */
	{ "0.52 0.58 0.59 1/467 12345\n", "words header 0 width 5", { 0 } },
	{ "country,2019,2020\n", "csv width 3", { 0 } },
	{ "time,v\n", "csv width 2", { 0 } },
	{ "1,2\n", "csv header 0 width 2", { 0 } },
	/* quotes and escapes */
	{ "a,b\n\"x, y\",1\n\"z\",2\n", "csv width 2", { 0 } },
	{ "a,b\n'x, y',1\n'z, w',2\n", "csv quote ' width 2", { 0 } },
	{ "a,b\nit's,1\nthat's,2\n", "csv width 2", { 0 } },
	{ "a,b\n\"5\\\" pipe\",1\n\"6\\\" pipe\",2\n", "csv escape \\ width 2", { 0 } },
	{ "a,b\n'his, 5\\' pipe',1\n'x, y',2\n", "csv quote ' escape \\ width 2", { 0 } },
	{ "a,b\n'it's his, 5\\' pipe',1\n'x, y',2\n'let's, go',3\n'x, y',1\n'u, v',1\n'i, j',1\n",
	    "csv quote ' width 2", { 0 } },
	{ "a,b\n\"5\"\" pipe\",1\n\"6\"\" pipe\",2\n", "csv width 2", { 0 } },
	{ "a,b\n\"line one\nline two\",1\n\"line\n\nthree\",2\n", "csv width 2", { 0 } },
	{ "a,b\n~x, y~,1\n~z~,2\n", "csv quote ~ width 2", { .quote = '~' } },
	/* record ends */
	{ "a,b\r\n1,2\r\n", "csv width 2", { 0 } },
	{ "a,b\r1,2\r3,4\r", "csv width 2", { 0 } },
	/* before the table */
	{ "sep=;\na;b\n1;2\n", "csv ; sep skip 1 width 2", { 0 } },
	{ "\"sep=|\"\r\na|b\r\n1|2\r\n", "csv | sep skip 1 width 2", { 0 } },
	{ "# logger 7\n# unit C\ntime,v\n2026-01-01,1\n2026-01-02,2\n", "csv skip 2 width 2",
	    { 0 } },
	{ "# logger 7\n# time,v\n2026-01-01,1\n2026-01-02,2\n", "csv skip 1 in a comment width 2",
	    { 0 } },
	{ "#a b\n1 2\n3 4\n", "words in a comment width 2", { 0 } },
	{ "% made by hand\na,b\n1,2\n", "csv skip 1 width 2", { .comment = '%' } },
	{ "Station 12\n\ntime,t,p\n2026-01-01,1,2\n2026-01-02,3,4\n", "csv skip 2 width 3", { 0 } },
	{ "Report,,\n,,\ntime,t,p\n2026-01-01,1,2\n2026-01-02,3,4\n", "csv skip 2 width 3", { 0 } },
	{ "\n\n\na,b\n1,2\n3,4\n", "csv skip 3 width 2", { 0 } },
	/* what a program tells of itself has nearly as many cells as the table; a header comes */
	{ "made by,tool 2,here\nt,a,b,c\n1,2,3,4\n5,6,7,8\n9,10,11,12\n", "csv skip 1 width 4",
	    { 0 } },
	/* a header that stands again and again, and narrower records, say nothing of types */
	{ "a,b\n1,x\na,b\n2,y\na,b\n3,z\na,b\n4,u\n", "csv width 2", { 0 } },
	/* years are names, whatever stands beside them */
	{ "land,2019,2020,note\nA,1.5,2.5,x\nB,3.5,4.5,y\nC,5.5,6.5,z\n", "csv width 4", { 0 } },
	{ "land,id,2019,2020\nA,q,2.5,1.5\nB,r,4.5,1.5\nC,s,6.5,1.5\n", "csv width 4", { 0 } },
	{ "x\ny\na,b\n1,2\n3,4\n5,6\n", "csv skip 2 width 2", { .skip_told = true, .skip = 2 } },
	{ "a,b\n1,2\n# restarted\n3,4\n", "csv width 2", { 0 } },
	/* header */
	{ "1,2\n3,4\n", "csv header 0 width 2", { 0 } },
	{ "pump1,0.5,12\npump2,0.7,13\npump1,0.6,14\n", "csv header 0 width 3", { 0 } },
	{ "NaN\n1\n2\n", "csv header 0 width 1", { 0 } },
	{ "a,b\n", "csv width 2", { 0 } },
	{ "1,2\n", "csv header 0 width 2", { 0 } },
	{ "name,city\nAnn,Rome\nBob,Oslo\n", "csv width 2", { 0 } },
	{ "ok,up\nfail,down\nok,up\nok,down\n", "csv header 0 width 2", { 0 } },
	{ "x,1\ny,2\n", "csv header 0 width 2", { .no_header = true } },
	{ "country,2001,2002\nA,5.1,6\nB,5.2,7\n", "csv width 3", { 0 } },
	{ "power,power,flow\nkW in,kW out,l/s\n1,2,3\n4,5,6\n", "csv header 2 width 3", { 0 } },
	{ "time,v\n(s),(V)\n0,1\n1,2\n", "csv units 1 width 2", { 0 } },
	{ "time,T,p\ns,°C,hPa\n0,1,2\n1,2,3\n", "csv units 1 width 3", { 0 } },
	/* width */
	{ "a\tb\n\"1\"\t5\t6\n\"2\"\t7\t8\n", "tsv row names width 3", { 0 } },
	{ "x\na 1\nb 2\nc 3\n", "words row names width 2", { 0 } },
	{ "a b c\n1,2,\n3,4,\n5,6,\n", "csv width 3",
	    { 0 } }, /* the header has another delimiter */
	{ "a;b;;\n1;2;;\n3;4;;\n", "csv ; width 4 of 2 tail 2", { 0 } },
	{ "a,b\n1,2,\n3,4,\n", "csv width 3 of 2 tail 1", { 0 } },
	{ "a,b\n1,2\n3,4,5\n6,7\n", "csv width 2 of 3", { 0 } },
	{ "a,b,c\n1,2\n3,4\n", "csv width 2 of 3", { 0 } },
	/* encodings */
	{ "\xef\xbb\xbf"
	  "a,b\n1,2\n",
	    "csv mark 3 width 2", { 0 } },
	{ "caf\xe9,gr\xf6\xdf"
	  "e\n1,2\n",
	    "csv WINDOWS-1252 width 2", { 0 } },
	{ "a,b\n1,2\n", "csv ISO-8859-15 width 2", { .encoding = "ISO-8859-15" } },
	/* nothing there */
	{ "", "csv header 0 width 0", { 0 } },
	{ "\n\n", "csv header 0 width 0", { 0 } },
};

START_TEST(an_encoding_that_is_told_and_is_not)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *told;
		bool doubt;
	} told[] = {
		{ "a,b\n1,2\n", 8, "UTF-16", true },
		{ "a,b\n1,2\n", 8, "utf-32be", true },
		{ "\xef\xbb\xbf"
		  "a,b\n",
		    7, "UTF-16LE", true },
		{ "a,b\n1,2\n", 8, "UTF-8", false },
		{ "a,b\n1,2\n", 8, NULL, false },
		{ "a\0,\0b\0", 6, "UTF-16", false },
		{ "\xff\xfe"
		  "a\0",
		    4, "UTF-16", false },
		{ "\x60\x4f\xff\xff", 4, "UTF-16LE", false },
		{ "", 0, "UTF-16", false },
	};

	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		ck_assert_msg(encoding_in_doubt(told[i].bytes, told[i].n, true, told[i].told) ==
				  told[i].doubt,
		    "%zu", i);
}
END_TEST

START_TEST(found)
{
	const struct dialect_case *c = &cases[_i];
	struct dialect dialect;
	struct text text = { 0 };

	dialect_find(c->bytes, strlen(c->bytes), true, &c->options, &dialect);
	describe(&dialect, &text);
	ck_assert_msg(strcmp(text_get(&text), c->found) == 0, "%s\nis %s\nand not %s", c->bytes,
	    text_get(&text), c->found);
	text_done(&text);
}
END_TEST

/* A dialect does not depend on how records end, nor on whether more is to come. */
START_TEST(found_whatever_the_line_ends)
{
	const struct dialect_case *c = &cases[_i];
	size_t n = strlen(c->bytes);
	char *bytes = malloc(2 * n + 1);
	size_t len = 0;
	struct dialect dialect;
	struct text text = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (c->bytes[i] == '\n' && (i == 0 || c->bytes[i - 1] != '\r'))
			bytes[len++] = '\r';
		bytes[len++] = c->bytes[i];
	}
	dialect_find(bytes, len, false, &c->options, &dialect);
	describe(&dialect, &text);
	ck_assert_str_eq(text_get(&text), c->found);
	text_done(&text);
	free(bytes);
}
END_TEST

/* --- encodings -------------------------------------------------------------------------------- */

static void
widen(const char *s, bool big, struct text *to)
{
	for (; *s != '\0'; s++) {
		if (big)
			text_addc(to, '\0');
		text_addc(to, *s);
		if (!big)
			text_addc(to, '\0');
	}
}

START_TEST(wide_without_a_mark)
{
	struct text text = { 0 };
	struct dialect dialect;

	widen("time;v\n2026-01-01;1,5\n2026-01-02;2,5\n", _i == 1, &text);
	dialect_find(text.s, text.len, true, &(struct dialect_options){ 0 }, &dialect);
	ck_assert_str_eq(dialect.encoding, _i == 1 ? "UTF-16BE" : "UTF-16LE");
	ck_assert_int_eq(dialect.mark, 0);
	ck_assert_int_eq(dialect.delimiter, ';');
	ck_assert_int_eq(dialect.header, 1);
	text_done(&text);
}
END_TEST

struct recoding {
	const char *encoding, *bytes;
	size_t n;
	const char *text;
};

static const struct recoding recodings[] = {
	{ "WINDOWS-1252", "gr\xfc\xdf \x80 \x81", 8, "grüß € \xef\xbf\xbd" },
	{ "UTF-16LE", "a\0\xfc\0\x3d\xd8\0\xde\n\0", 10, "aü😀\n" },
	{ "UTF-16BE", "\0a\0\xfc\xd8\x3d\xde\0", 8, "aü😀" },
	{ "UTF-16LE", "a\0\xfc", 3, "a\xef\xbf\xbd" }, /* half a character at the end */
	{ "UTF-8", "a\xff\xc3\xa4", 4, "a\xef\xbf\xbdä" },
	{ "UTF-32BE", "\0\0\0a\0\x01\xf6\0", 8, "a😀" },
};

START_TEST(recoded_in_all_cuts)
{
	const struct recoding *r = &recodings[_i];

	for (size_t piece = 1; piece <= r->n; piece++) {
		struct recoder *recoder = recoder_new(r->encoding, NULL);
		struct text text = { 0 };

		for (size_t at = 0; at < r->n; at += piece)
			recoder_feed(
			    recoder, r->bytes + at, r->n - at < piece ? r->n - at : piece, &text);
		recoder_finish(recoder, &text);
		ck_assert_str_eq(text_get(&text), r->text);
		recoder_free(recoder);
		text_done(&text);
	}
}
END_TEST

START_TEST(no_such_encoding)
{
	struct error err;

	ck_assert_ptr_null(recoder_new("klingon", &err));
	ck_assert_str_eq(
	    err.text, "--encoding: no encoding 'klingon' (iconv -l lists those there are)");
}
END_TEST

START_TEST(text_that_is_cut_stays_utf8)
{
	ck_assert_str_eq(encoding_find("a\xe2\x82", 3, false, NULL).name, "UTF-8");
	ck_assert_str_eq(encoding_find("a\xe2\x82", 3, true, NULL).name, "WINDOWS-1252");
	ck_assert_str_eq(encoding_find("\xed\xa0\x80", 3, true, NULL).name, "WINDOWS-1252");
	ck_assert_str_eq(encoding_find("\xc0\x80", 2, true, NULL).name, "WINDOWS-1252");
	ck_assert_str_eq(encoding_find("\xf4\x8f\xbf\xbf", 4, true, NULL).name, "UTF-8");
	ck_assert_str_eq(encoding_find("\xff\xfe"
				       "a\0",
			     4, true, "UTF-16")
			     .name,
	    "UTF-16LE");
}
END_TEST

/* Random bytes are some dialect, in bounds. */
START_TEST(any_bytes)
{
	static const char signs[] = "a1,;\t| \0C\"'\\\n\r#.-\xc3\xa4\xff";
	struct rng rng = { 7 };
	char bytes[400];

	for (int i = 0; i < 3000; i++) {
		size_t n = rng_next(&rng) % sizeof bytes;
		struct dialect d;

		for (size_t k = 0; k < n; k++)
			bytes[k] = signs[rng_next(&rng) % (sizeof signs - 1)];
		dialect_find(bytes, n, i % 2 == 0, &(struct dialect_options){ 0 }, &d);
		ck_assert_int_le(d.columns, (int)n + 1);
		ck_assert_int_le(d.skip, (int)n + 1);
		ck_assert_int_le(d.header, 6);
	}
}
END_TEST

/* --- words --- */

START_TEST(in_words)
{
	static const char *const words[][2] = {
		{ "t;v\n1,5;2,5\n3,5;4,5\n", "csv, ; between cells" },
		{ "t|v\n1|2\n3|4\n", "csv, | between cells" },
		{ "t\tv\n1\t2\n3\t4\n", "tsv" },
		{ "'t','v'\n'1','x, y'\n'3','z'\n", "csv, , between cells, ' around cells" },
		{ "title\n\n1;2\n3;4\n5;6\n", "csv, ; between cells, 2 lines skipped, no header" },
		{ "# x\nt,v\n1,2\n3,4\n", "csv, , between cells, 1 line skipped" },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct dialect dialect;
		struct text text = { 0 };

		dialect_find(words[i][0], strlen(words[i][0]), true, &(struct dialect_options){ 0 },
		    &dialect);
		dialect_words(&dialect, &text);
		ck_assert_str_eq(text_get(&text), words[i][1]);
		text_done(&text);
	}
}
END_TEST

/* --- flags ------------------------------------------------------------------------------------ */

START_TEST(flags_pin_it)
{
	static const char bytes[] = "title\n\n1;2\n3;4\n5;6\n";
	struct dialect dialect;
	struct text text = { 0 };

	dialect_find(bytes, strlen(bytes), true, &(struct dialect_options){ 0 }, &dialect);
	dialect_flags(&dialect, &text);
	ck_assert_str_eq(text_get(&text), "-F csv --delimiter ';' --skip 2 --no-header");
	text_done(&text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("dialect");
	TCase *tc = tcase_create("dialect");
	int ncases = (int)(sizeof cases / sizeof *cases);

	tcase_add_loop_test(tc, found, 0, ncases);
	tcase_add_test(tc, an_encoding_that_is_told_and_is_not);
	tcase_add_loop_test(tc, found_whatever_the_line_ends, 0, ncases);
	tcase_add_loop_test(tc, wide_without_a_mark, 0, 2);
	tcase_add_loop_test(
	    tc, recoded_in_all_cuts, 0, (int)(sizeof recodings / sizeof *recodings));
	tcase_add_test(tc, no_such_encoding);
	tcase_add_test(tc, text_that_is_cut_stays_utf8);
	tcase_add_test(tc, any_bytes);
	tcase_add_test(tc, in_words);
	tcase_add_test(tc, flags_pin_it);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
