/* test_csv_long.c - records about as long as they may be: what is kept, what is dropped, and that
 * lines are counted right behind them. */
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "tests/records.h"
#include "tests/support.h"

static const size_t pieces[] = { 0, 7, 4096, 100001 };
enum { PIECES = sizeof pieces / sizeof *pieces };

static void
add_many(struct text *out, char c, size_t n)
{
	char *bytes = memory_new(n, 1);

	memset(bytes, c, n);
	text_addn(out, bytes, n);
	free(bytes);
}

/* What csv makes of the bytes, with long runs of x cut to "x*". */
static void
transcript(struct text *out, const struct text *bytes, size_t piece)
{
	struct text all = { 0 };

	format_transcript(&all, "csv", ',', bytes->s, bytes->len, piece);
	for (const char *p = text_get(&all); *p != '\0'; p++) {
		size_t n = strspn(p, "x");

		if (n > 10) {
			text_add(out, "x*");
			p += n - 1;
		} else {
			text_addc(out, *p);
		}
	}
	text_done(&all);
}

static void
check(const struct text *bytes, const char *expected)
{
	for (int i = 0; i < PIECES; i++) {
		struct text got = { 0 };

		transcript(&got, bytes, pieces[i]);
		ck_assert_msg(strcmp(text_get(&got), expected) == 0, "in pieces of %zu:\n%s",
		    pieces[i], text_get(&got));
		text_done(&got);
	}
}

/* The two characters that end the line of a dropped record end one line: no row is missing, no line
 * is counted twice. */
START_TEST(line_ends_behind_a_long_record)
{
	static const char *const ends[] = { "\n", "\r\n", "\r" };
	const char *end = ends[_i];
	struct text bytes = { 0 };

	text_addf(&bytes, "v%s", end);
	add_many(&bytes, 'x', 3 * RECORD_MAX);
	text_addf(&bytes, "%s2%s\"a\" b\"%s%s4%s", end, end, end, end, end);
	check(
	    &bytes, "v\n!over 1 MiB: line 2: x*\n2\n?stray quote: line 4: \"a\" b\"\na\" b\n\n4\n");
	text_done(&bytes);
}
END_TEST

/* Cells of 1,023 bytes and a comma each: 1,024 of them are a MiB, and no byte more is kept. */
START_TEST(many_cells_are_a_long_record)
{
	struct text bytes = { 0 }, expected = { 0 };

	for (int record = 0; record < 5; record++) {
		for (int cell = 0; cell < 1024; cell++) {
			text_add(&bytes, cell > 0 ? "," : "");
			add_many(&bytes, 'x', cell == 700 && record % 2 == 1 ? 1024 : 1023);
			if (record % 2 == 0)
				text_add(&expected, cell > 0 ? "|x*" : "x*");
		}
		text_addc(&bytes, '\n');
		if (record % 2 == 1)
			text_addf(&expected, "!over 1 MiB: line %d: x*", record + 1);
		text_addc(&expected, '\n');
	}
	check(&bytes, text_get(&expected));
	text_done(&bytes);
	text_done(&expected);
}
END_TEST

/* A record that is dropped for its length leaves its bytes to no other. */
START_TEST(the_next_record_counts_anew)
{
	struct text bytes = { 0 };

	text_add(&bytes, "a,b\n");
	for (int i = 0; i < 3; i++) {
		add_many(&bytes, 'x', RECORD_MAX / 2);
		text_addc(&bytes, ',');
		add_many(&bytes, 'x', i == 1 ? RECORD_MAX : 1000);
		text_addc(&bytes, '\n');
	}
	text_add(&bytes, "1,2\n");
	check(&bytes, "a|b\nx*|x*\n!over 1 MiB: line 3: x*\nx*|x*\n1|2\n");
	text_done(&bytes);
}
END_TEST

static void
count_bytes(void *self, int position, const struct field *field)
{
	size_t *bytes = self;

	(void)position;
	*bytes += field->n + 1;
}

static void
no_record(void *self)
{
	(void)self;
	ck_abort_msg("a record of 3 MiB is kept");
}

static void
no_fault(void *self, const char *what, const char *s, size_t n)
{
	(void)self, (void)what, (void)s, (void)n;
}

/* Who keeps the cells until the record is whole never has to keep more than a MiB of them. */
START_TEST(no_more_cells_than_may_be_kept)
{
	size_t bytes = 0;
	struct record_sink sink = { .cell = count_bytes,
		.record = no_record,
		.drop = no_fault,
		.fault = no_fault,
		.self = &bytes };
	const struct dialect dialect = { .delimiter = ',', .quote = '"' };
	struct format format;

	format_open(&format, format_find("csv"), &dialect, &sink);
	for (int i = 0; i < 3 * RECORD_MAX / 4; i++)
		format.class->feed(&format, "xyz,", 4);
	format.class->feed(&format, "\n", 1);
	ck_assert_uint_le(bytes, RECORD_MAX);
	format_close(&format);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("csv_long");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, line_ends_behind_a_long_record, 0, 3);
	tcase_add_test(tc, many_cells_are_a_long_record);
	tcase_add_test(tc, the_next_record_counts_anew);
	tcase_add_test(tc, no_more_cells_than_may_be_kept);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
