/* test_feed.c - feeds: rows, stamps and faults. */
#include <string.h>

#include "data/input/feed.h"
#include "tests/records.h"
#include "tests/support.h"

struct feed_case {
	const char *bytes;
	struct dialect_options options;
	const char *rows;
};

static const struct feed_case cases[] = {
	/* stamps: a row without a time takes that of the row before */
	{ "time,v\n2026-01-01,1\n,2\n2026-01-02,3\n", { 0 },
	    "f: time=time v=number, time time\n1: @1767225600|1 @1767225600\n"
	    "2: |2 @1767225600\n3: @1767312000|3 @1767312000\n" },
	{ "time,v\n,0\n1700000010,1\nnever,2\n1700000020,3\n", { .types = "time=time" },
	    "f: time=time v=number, time time\n1: |0 @1700000010\n2: @1700000010|1 @1700000010\n"
	    "3?time not a time: never\n3: |2 @1700000010\n4: @1700000020|3 @1700000020\n" },
	{ "time,v\n1700000000,0\n1.70000001e9,1\n1.70000002E9,2\n", { .types = "time=time" },
	    "f: time=time v=number, time time\n1: @1700000000|0 @1700000000\n"
	    "2: @1700000010|1 @1700000010\n3: @1700000020|2 @1700000020\n" },
	/* bad cells are missing, the row stays */
	{ "a,b\n1,x\nabc,y\n\"1,5\",z\n1e999,-\n2,NA\n3,\n-0,q\n1e-400,r\n",
	    { .types = "a=number" },
	    "f: a=number b=text\n1: 1|'x\n2?a not a number: abc\n2: |'y\n3?a not a number: 1,5\n3: "
	    "|'z\n"
	    "4?a not a number: 1e999\n4: |'-\n5: 2|'NA\n6: 3|\n7: 0|'q\n8: 0|'r\n" },
	/* too few and too many fields */
	{ "a,b,c\n1,2,3\n4\n5,6,7,8\n9,9,9\n", { 0 },
	    "f: a=number b=number c=number c4=number\n1: 1|2|3|\n2?- too few fields: 1 of 3\n"
	    "2: 4|||\n3?- too many fields: 4 of 3\n3: 5|6|7|8\n4: 9|9|9|\n" },
	/* faults of a row stand in the order in which they were met */
	{ "a,b\n1,2\n1,2\n1,2\n1,2\nx,y,z\n", { 0 },
	    "f: a=number b=number c3=text\n1: 1|2|\n2: 1|2|\n3: 1|2|\n4: 1|2|\n"
	    "5?a not a number: x\n5?b not a number: y\n5?- too many fields: 3 of 2\n5: ||'z\n" },
	/* the header again; a record that gave no row is told before the next row, or at the end */
	{ "a,b\n1,2\na,b\n3,4\na,b\n", { 0 },
	    "f: a=number b=number\n1: 1|2\n2?- the header line again: \n2: 3|4\n"
	    "3?- the header line again: \n" },
	{ "a,b\n1,2\n3,\"4\n5,6\n", { .types = "b=number" },
	    "f: a=number b=number\n1: 1|2\n2?- quote left open: line 3: 3,\"4\n"
	    "2?b not a number: \"4\n2: 3|\n3: 5|6\n" },
	/* one column: blank lines are missing cells, except at the end */
	{ "v\n1\n\n3\n\n", { 0 }, "f: v=number\n1: 1\n2: \n3: 3\n" },
	{ "1\n\n3\n", { 0 }, "f: c1=number\n1: 1\n2: \n3: 3\n" },
	{ ",\n1,2\n,\n", { 0 }, "f: c1=number c2=number\n1: 1|2\n2: |\n" },
	{ "v\n1\n\n\"x\" \"y\n2\n", { .types = "v=number" },
	    "f: v=number\n1: 1\n2: \n3?- quote left open: line 4: \"x\" \"y\n"
	    "3?v not a number: \"x\" \"y\n3: \n4: 2\n" },
	{ "a,b\n1,\"x\" y\"\n2,z\n", { 0 },
	    "f: a=number b=text\n1?- stray quote: line 2: 1,\"x\" y\"\n1: 1|'x\" y\n2: 2|'z\n" },
	/* named cells */
	{ "{\"t\":\"2026-01-01\",\"v\":1}\n{\"v\":\"2\",\"t\":null}\noops\n{\"v\":\"x\"}\n",
	    { .types = "v=number" },
	    "f: t=time v=number, time t\n1: @1767225600|1 @1767225600\n2: |2 @1767225600\n"
	    "3?- not a JSON object: line 3: oops\n3?v not a number: x\n3: | @1767225600\n" },
	{ "{\"ts\":1700000000.5,\"s\":\"a\"}\n{\"s\":7}\n{\"s\":true}\n", { .types = "s=text" },
	    "f: ts=time s=text, time ts\n1: @1700000000.5|'a @1700000000.5\n2: |'7 "
	    "@1700000000.5\n3: |'1 @1700000000.5\n" },
	/* a header with fewer names, or more, begins another table; a row as wide as ours, or our
	 * header, ends it; but one that was made so wide is none */
	{ "a,b,c\n1,2,3\na,b\n4,5\n6,7,8\na,b,c,d\n1,2,3,4\nA,B,C\n7,8,9\n9,8\n", { 0 },
	    "f: a=number b=number c=number\n1: 1|2|3\n2?- the header of another table: 3\n"
	    "2?- a line of another table: \n2: 6|7|8\n3?- the header of another table: 6\n"
	    "3?- a line of another table: \n3?- the header line again: \n"
	    "3: 7|8|9\n4?- too few fields: 2 of 3\n4: 9|8|\n" },
	{ "a,b,c\n1,x,3\n2,y,4\na,b,c,d\n1,\"x\"y\",3,4\n2;z;5\n3,z,5\n", { 0 },
	    "f: a=number b=text c=number\n1: 1|'x|3\n2: 2|'y|4\n"
	    "3?- the header of another table: 4\n3?- a line of another table: \n"
	    "3?- a line of another table: \n3: 3|'z|5\n" },
	/* names that are cut off, or that other words stand behind, are not */
	{ "a,b,c,d\n1,2,3,4\n1,2,3,4\n1,2,3,4\na\na,b,x,y,z\n",
	    { .types = "a=number,b=number,c=number,d=number" },
	    "f: a=number b=number c=number d=number c5=text\n1: 1|2|3|4|\n2: 1|2|3|4|\n"
	    "3: 1|2|3|4|\n4?a not a number: a\n4?- too few fields: 1 of 4\n4: ||||\n"
	    "5?a not a number: a\n5?b not a number: b\n5?c not a number: x\n"
	    "5?d not a number: y\n5?- too many fields: 5 of 4\n5: ||||'z\n" },
	{ "level=info v=1\nlevel=warn v=2 v=3\n", { 0 },
	    "f: level=text v=number\n1: 'info|1\n2: 'warn|3\n" },
};

/* A date and a clock in columns of their own: what is no time of the two is told with the date. */
static const struct feed_case joined[] = {
	{ "day,at,v\n2026-01-01,10:15,1\n2026-01-02,soon,2\n,10:15,3\n2026-01-03,11:00,4\n",
	    { .time = "day+at" },
	    "f: day=text at=text v=number day+at=time, time day+at\n"
	    "1: '2026-01-01|'10:15|1|@1767262500 @1767262500\n"
	    "2?day+at not a time: 2026-01-02\n"
	    "2: '2026-01-02|'soon|2| @1767262500\n"
	    "3: |'10:15|3| @1767262500\n"
	    "4: '2026-01-03|'11:00|4|@1767438000 @1767438000\n" },
};

START_TEST(dates_and_clocks_apart)
{
	struct text text = { 0 }, source = { 0 };
	const struct feed_options options = { .dialect = joined[0].options };

	text_addf(&source, "f=%s", file_with("joined", joined[0].bytes, strlen(joined[0].bytes)));
	feed_transcript(&text, text_get(&source), &options);
	ck_assert_str_eq(text_get(&text), joined[0].rows);
	file_remove("joined");
	text_done(&source);
	text_done(&text);
}
END_TEST

/* A row with a cell more behind the sample: that one is nobody's, also where a time joined of two
 * stands behind the cells' columns. */
START_TEST(a_cell_too_many_is_nobodys)
{
	struct text bytes = { 0 }, text = { 0 };
	const struct feed_options options = { .dialect.time = "day+at" };

	text_add(&bytes, "day,at,v\n");
	for (int i = 0; i < 120; i++)
		text_addf(&bytes, "2026-01-01,10:%02d,%d%s\n", i % 60, i, i == 110 ? ",11:11" : "");
	feed_transcript(&text, file_with("more", bytes.s, bytes.len), &options);
	ck_assert_ptr_nonnull(
	    strstr(text_get(&text), "\n111?- too many fields: 4 of 3\n"
				    "111: '2026-01-01|'10:50|110|@1767264600 @1767264600\n112: "));
	file_remove("more");
	text_done(&bytes);
	text_done(&text);
}
END_TEST

/* Codes of bytes in what a source is given; what is no such code, and the end of a text, stay. */
START_TEST(codes_in_parameters)
{
	static const char *const same[][2] = {
		{ "f=synth:reactor?rows=%33&seed=%31%32", "f=synth:reactor?rows=3&seed=12" },
		{ "f=synth:reactor?seed=1%32&rows=2", "f=synth:reactor?seed=12&rows=2" },
	};
	static const char *const stays[] = { "%3", "%", "1%00", "%3x", "%x3", "1%2" };
	const struct feed_options options = { 0 };
	struct text a = { 0 }, b = { 0 };

	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		text_clear(&a);
		text_clear(&b);
		feed_transcript(&a, same[i][0], &options);
		feed_transcript(&b, same[i][1], &options);
		ck_assert_str_eq(text_get(&a), text_get(&b));
		ck_assert_ptr_nonnull(strstr(text_get(&a), "\n2: "));
	}
	for (size_t i = 0; i < sizeof stays / sizeof *stays; i++) {
		text_clear(&a);
		text_clear(&b);
		text_addf(&b, "synth:reactor?seed=%s", stays[i]);
		feed_transcript(&a, b.s, &options);
		text_addf(&b, ": seed: '%s' (expected a whole number)", stays[i]);
		ck_assert_msg(strstr(text_get(&a), b.s) != NULL, "%s", text_get(&a));
	}
	text_done(&a);
	text_done(&b);
}
END_TEST

/* In which order dates are read, and why, where more than one would do. */
START_TEST(the_order_of_dates_is_told)
{
	static const char *const dates[][2] = {
		{ "01/02/2026 03/02/2026 05/02/2026 07/02/2026",
		    "days first, so their steps are the most even" },
		{ "11/12/2025 12/12/2025 01/01/2026 01/02/2026",
		    "months first, so their steps are the most even" },
		{ "01.02.2026 05.02.2026", "days first, so they span the shortest time" },
		{ "02/01/2026 02/05/2026", "months first, so they span the shortest time" },
		{ "05-01-09 05-01-10 05-01-11", "years first, so they span the shortest time" },
		{ "01/01/2026 02/02/2026", "months first, as is the custom with such signs" },
		{ "01.01.2026 02.02.2026", "days first, as is the custom with such signs" },
		{ "10.01.2026 11.01.2026 12.01.2026 01.02.2026 02.02.2026 03.02.2026 04.02.2026 "
		  "05.02.2026 06.02.2026",
		    "days first, so time never goes back" },
		{ "31/12/2025 01/01/2026", NULL },
		{ "2026-01-31 2026-02-01", NULL },
	};
	const struct feed_options options = { 0 };

	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
		struct text bytes = { 0 }, source = { 0 };
		const char *note;
		bool doubt;
		struct feed *feed;
		struct error err;

		text_add(&bytes, "day,v\n");
		for (const char *s = dates[i][0]; *s != '\0'; s += strcspn(s, " "), s += *s == ' ')
			text_addf(&bytes, "%.*s,1.5\n", (int)strcspn(s, " "), s);
		text_addf(&source, "f=%s", file_with("dates", bytes.s, bytes.len));
		feed = feed_open(text_get(&source), &options, NULL, &err);
		ck_assert_ptr_nonnull(feed);
		while (feed_fill(feed, &err) == FEED_MORE)
			;
		note = feed_note(feed, &doubt);
		text_clear(&source);
		text_addf(&source, "day: dates are read with %s (--dates tells another order)",
		    dates[i][1] != NULL ? dates[i][1] : "");
		if (dates[i][1] == NULL)
			ck_assert_ptr_null(note);
		else
			ck_assert_str_eq(note, source.s);
		feed_close(feed);
		file_remove("dates");
		text_done(&bytes);
		text_done(&source);
	}
}
END_TEST

START_TEST(rows_are_right)
{
	const struct feed_case *c = &cases[_i];
	const struct feed_options options = { .dialect = c->options };
	struct text source = { 0 }, text = { 0 };

	text_addf(&source, "f=%s", file_with("feed", c->bytes, strlen(c->bytes)));
	feed_transcript(&text, text_get(&source), &options);
	ck_assert_str_eq(text_get(&text), c->rows);
	file_remove("feed");
	text_done(&source);
	text_done(&text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("feed");
	TCase *t = tcase_create("feed");

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, rows_are_right, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(t, dates_and_clocks_apart);
	tcase_add_test(t, a_cell_too_many_is_nobodys);
	tcase_add_test(t, codes_in_parameters);
	tcase_add_test(t, the_order_of_dates_is_told);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
