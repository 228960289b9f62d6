/* test_decoder.c - records to rows: what is dropped leaves no trace, what it took with it does. */
#include "data/rows/decoder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/base/times/times.h"
#include "tests/support.h"

struct fixture {
	struct row_map map;
	struct decoder *decoder;
	struct text rows;
};

/* Columns n and s: a number and a text, without a time. */
static void
setup(struct fixture *f)
{
	char **names = memory_new(2, sizeof *names);
	struct error err = { 0 };

	*f = (struct fixture){ .decoder = NULL };
	names[0] = memory_text("n", 1);
	names[1] = memory_text("s", 1);
	row_map_name(&f->map, names, 2);
	ck_assert_int_eq(row_map_types(&f->map, "n=number,s=text", NULL, &err), 0);
	f->decoder = decoder_new(&f->map, false, 0);
}

static void
teardown(struct fixture *f)
{
	decoder_free(f->decoder);
	row_map_done(&f->map);
	text_done(&f->rows);
}

static void
cell(struct fixture *f, int position, const char *s)
{
	struct record_sink *sink = decoder_sink(f->decoder);
	const struct field field = { .s = s, .n = strlen(s) };

	sink->cell(sink->self, position, &field);
}

static void
record(struct fixture *f, const char *n, const char *s)
{
	struct record_sink *sink = decoder_sink(f->decoder);

	cell(f, 0, n);
	cell(f, 1, s);
	sink->record(sink->self);
}

static void
drop(struct fixture *f, const char *what)
{
	struct record_sink *sink = decoder_sink(f->decoder);

	sink->drop(sink->self, what, "", 0);
}

static void
add_faults(struct text *out, const struct block *b, int row)
{
	for (int i = 0; i < b->nfaults; i++)
		if (b->faults[i].row == row)
			text_addf(out, "%d?%s ", (int)b->first_row + row, b->faults[i].what);
}

/* Appends the rows of all blocks that there are, also of one under way: "1:5|a 2?not a number 2:|b
 * ", and how they are stamped where that is asked for. */
static const char *
rows(struct fixture *f, bool stamps)
{
	struct block *b;

	while ((b = decoder_block(f->decoder, true)) != NULL) {
		for (int i = 0; i < b->n; i++) {
			const struct cell_text *s = &b->cells[1].text[i];

			add_faults(&f->rows, b, i);
			text_addf(&f->rows, "%d:", (int)b->first_row + i);
			if (!isnan(b->cells[0].number[i]))
				text_number(&f->rows, b->cells[0].number[i]);
			text_addf(&f->rows, "|%.*s", (int)s->n, s->s != NULL ? s->s : "");
			if (stamps)
				text_addf(&f->rows, "@%d", (int)b->time[i]);
			text_add(&f->rows, s->s == NULL ? "~ " : " ");
		}
		if (b->n == 0)
			add_faults(&f->rows, b, 0);
		decoder_drop(f->decoder);
	}
	return text_get(&f->rows);
}

/* --- faults ----------------------------------------------------------------------------------- */

/* The cells of a dropped record are nothing, and what was wrong with them neither: what was wrong
 * with the rows before it stays. */
START_TEST(a_dropped_record_takes_its_faults)
{
	struct fixture f;

	setup(&f);
	record(&f, "1", "a");
	record(&f, "x", "b");
	cell(&f, 0, "y");
	drop(&f, "torn");
	record(&f, "z", "c");
	ck_assert_str_eq(rows(&f, false), "1:1|a 2?not a number 2:|b 3?torn 3?not a number 3:|c ");
	teardown(&f);
}
END_TEST

/* The same when the rows before it were taken while it was under way. */
START_TEST(also_when_it_was_under_way)
{
	struct fixture f;

	setup(&f);
	record(&f, "x", "a");
	record(&f, "2", "b");
	drop(&f, "lost");
	cell(&f, 0, "y"); /* "lost" is told before this row, not with it */
	rows(&f, false);
	ck_assert_str_eq(text_get(&f.rows), "1?not a number 1:|a 2:2|b ");
	drop(&f, "torn");
	record(&f, "3", "c");
	ck_assert_str_eq(rows(&f, false), "1?not a number 1:|a 2:2|b 3?lost 3?torn 3:3|c ");
	teardown(&f);
}
END_TEST

/* ... and one that is kept keeps its own. */
START_TEST(a_record_under_way_goes_on)
{
	struct fixture f;
	struct record_sink *sink;

	setup(&f);
	sink = decoder_sink(f.decoder);
	record(&f, "x", "a");
	cell(&f, 0, "y");
	ck_assert_str_eq(rows(&f, false), "1?not a number 1:|a ");
	cell(&f, 1, "b");
	sink->record(sink->self);
	record(&f, "3", "c");
	ck_assert_str_eq(rows(&f, false), "1?not a number 1:|a 2?not a number 2:|b 3:3|c ");
	teardown(&f);
}
END_TEST

/* More of them than wait for a row: none is lost, none is told twice. */
/* Which columns are read may change between rows, to all of them again, too. */
START_TEST(columns_that_are_read)
{
	static const bool second[] = { false, true };
	struct fixture f;

	setup(&f);
	record(&f, "1", "a");
	decoder_use(f.decoder, second);
	record(&f, "2", "b");
	ck_assert_str_eq(rows(&f, false), "1:1|a 2:|b ");
	decoder_use(f.decoder, NULL);
	record(&f, "3", "c");
	record(&f, "4", "d");
	ck_assert_str_eq(rows(&f, false), "1:1|a 2:|b 3:3|c 4:4|d ");
	teardown(&f);
}
END_TEST

START_TEST(many_without_a_row)
{
	struct fixture f;
	int told = 0;

	setup(&f);
	record(&f, "1", "a");
	for (int i = 0; i < 1000; i++)
		drop(&f, "torn");
	decoder_finish(f.decoder);
	rows(&f, false);
	for (const char *p = text_get(&f.rows); (p = strstr(p, "torn")) != NULL; p++)
		told++;
	ck_assert_int_eq(told, 1000);
	teardown(&f);
}
END_TEST

/* --- stamps ----------------------------------------------------------------------------------- */

/* Rows without a time are stamped as they arrive; a clock that is set back sets no stamp back. */
START_TEST(the_clock_is_set_back)
{
	struct fixture f;

	setup(&f);
	decoder_arrival(f.decoder, 100);
	record(&f, "1", "a");
	decoder_arrival(f.decoder, 50);
	record(&f, "2", "b");
	decoder_arrival(f.decoder, 99);
	record(&f, "3", "c");
	decoder_arrival(f.decoder, 101);
	record(&f, "4", "d");
	ck_assert_str_eq(rows(&f, true), "1:1|a@100 2:2|b@100 3:3|c@100 4:4|d@101 ");
	teardown(&f);
}
END_TEST

/* --- texts ------------------------------------------------------------------------------------ */

/* What means that there is no value, in a column of texts; and what only looks like it. */
START_TEST(texts_that_are_none)
{
	static const char *const missing[] = { "" };
	static const char *const kept[] = { "null", "NULL", "NA", "NaN", "-", "nul", "nulls", "nil",
		"n", "N", "--", "NANA", "0", "inf" };
	struct fixture f;
	struct text expected = { 0 };
	int row = 0;

	setup(&f);
	for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
		record(&f, "1", missing[i]);
		text_addf(&expected, "%d:1|~ ", ++row);
	}
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		record(&f, "1", kept[i]);
		text_addf(&expected, "%d:1|%s ", ++row, kept[i]);
	}
	ck_assert_str_eq(rows(&f, false), text_get(&expected));
	text_done(&expected);
	teardown(&f);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("decoder");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, a_dropped_record_takes_its_faults);
	tcase_add_test(tc, also_when_it_was_under_way);
	tcase_add_test(tc, a_record_under_way_goes_on);
	tcase_add_test(tc, columns_that_are_read);
	tcase_add_test(tc, many_without_a_row);
	tcase_add_test(tc, the_clock_is_set_back);
	tcase_add_test(tc, texts_that_are_none);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
