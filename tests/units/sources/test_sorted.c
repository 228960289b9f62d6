/* test_sorted.c - recordings put in the order of time: the index, the source that gives them so,
 * and the feed that does it unasked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/base/times/times.h"
#include "data/input/feed.h"
#include "data/input/sorted/sorted.h"
#include "tests/support.h"

/* --- the index -------------------------------------------------------------------------------- */

struct row {
	int64_t time;
	size_t place;
};

static int
compare(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static int64_t
time_of(struct rng *r, int kind, int i)
{
	switch (kind) {
	case 0:
		return i / 3; /* in order */
	case 1:
		return -i / 3; /* newest first */
	case 2:
		return 5;
	case 3:
		return i % 50 == 49 ? -i : i; /* in order, but for a few */
	case 4:
		return (int64_t)(rng_next(r) % 40) - 20;
	default:
		return (int64_t)rng_next(r);
	}
}

START_TEST(the_index_is_sorted_as_its_twin)
{
	static const size_t steps[] = { 1, 7, 1000000 };
	static struct row rows[3000];
	struct rng r = { 2 };

	for (int trial = 0; trial < 300; trial++) {
		int n = (int)(rng_next(&r) % (trial < 250 ? 40 : 3000)), kind = trial % 6;
		struct row_index *x = row_index_new();
		bool rises = true;

		for (int i = 0; i < n; i++) {
			rows[i] = (struct row){ time_of(&r, kind, i), (size_t)i * 10 };
			rises = rises && (i == 0 || rows[i].time >= rows[i - 1].time);
			ck_assert(
			    row_index_add(x, rows[i].time, (struct row_span){ rows[i].place, 10 }));
		}
		ck_assert(row_index_in_order(x) == rises);
		while (!row_index_sort(x, steps[trial % 3]))
			;
		qsort(rows, (size_t)n, sizeof *rows, compare);
		ck_assert_uint_eq(row_index_rows(x), (size_t)n);
		for (int i = 0; i < n; i++) {
			ck_assert_uint_eq(row_index_span(x, (size_t)i).offset, rows[i].place);
			ck_assert_uint_eq(row_index_span(x, (size_t)i).n, 10);
		}
		row_index_free(x);
	}
}
END_TEST

START_TEST(what_does_not_fit_the_index_is_refused)
{
	struct row_index *x = row_index_new();

	ck_assert(row_index_add(x, 0, (struct row_span){ (UINT64_C(1) << 40) - 1, (1 << 24) - 1 }));
	ck_assert_uint_eq(row_index_span(x, 0).offset, (UINT64_C(1) << 40) - 1);
	ck_assert_uint_eq(row_index_span(x, 0).n, (1 << 24) - 1);
	ck_assert(!row_index_add(x, 0, (struct row_span){ UINT64_C(1) << 40, 1 }));
	ck_assert(!row_index_add(x, 0, (struct row_span){ 0, 1 << 24 }));
	row_index_free(x);
}
END_TEST

/* --- the source ------------------------------------------------------------------------------- */

static char path[] = "/tmp/weir-sorted-XXXXXX";

static void
write_file(const char *bytes, size_t n)
{
	FILE *f;

	strcpy(path, "/tmp/weir-sorted-XXXXXX");
	f = fdopen(mkstemp(path), "w");
	ck_assert(f != NULL && fwrite(bytes, 1, n, f) == n);
	fclose(f);
}

static size_t
read_all(struct source *s, char *out, size_t most, size_t cap)
{
	struct error err;
	size_t n = 0;
	long got;

	while (n < most &&
	       (got = s->class->read(s, out + n, cap < most - n ? cap : most - n, &err)) > 0)
		n += (size_t)got;
	return n;
}

/* "head", then lines of the numbers 0 to n - 1, given from the last to the first, then "tail". The
 * last line has no end, or there is a tail. */
START_TEST(all_places_of_a_sorted_source_are_found)
{
	enum { ROWS = 2500 };
	struct text in = { 0 }, expected = { 0 };
	struct row_index *x = row_index_new();
	bool tail = _i > 0;
	struct error err;
	struct source *s;
	struct spool *spool;
	size_t from[ROWS + 1];
	char *all, *part;

	text_add(&in, "head\n");
	for (int i = 0; i < ROWS; i++) {
		from[i] = in.len;
		text_addf(&in, "%d%.*s", i, i % 70,
		    "----------------------------------------------"
		    "------------------------");
		text_add(&in, i < ROWS - 1 || tail ? "\n" : "");
	}
	from[ROWS] = in.len;
	text_add(&in, tail ? "tail" : "");
	text_add(&expected, "head\n");
	for (int i = ROWS - 1; i >= 0; i--) {
		ck_assert(row_index_add(
		    x, ROWS - i, (struct row_span){ from[i], from[i + 1] - from[i] }));
		text_addn(&expected, in.s + from[i], from[i + 1] - from[i]);
		if (expected.s[expected.len - 1] != '\n')
			text_addc(&expected, '\n');
	}
	text_add(&expected, tail ? "tail" : "");
	write_file(in.s, in.len);
	s = source_new(path, false, &err);
	ck_assert(s != NULL && source_open(s, &err) == 0);
	spool = spool_new(s, &err);
	ck_assert_ptr_nonnull(spool);
	ck_assert_int_eq(spool_fill(spool, UINT64_MAX, &err), SPOOL_DONE);
	ck_assert_int_eq(spool_fill(spool, in.len - 1, &err), SPOOL_LARGE);
	ck_assert(row_index_sort(x, SIZE_MAX));
	s = sorted_source(s, spool, x, 5, from[ROWS]);
	all = memory_new(expected.len + 100, 1);
	part = memory_new(expected.len + 100, 1);
	for (size_t cap = 1; cap < 100000; cap *= 10) {
		ck_assert_int_eq(source_seek(s, 0, &err), 0);
		ck_assert_uint_eq(read_all(s, all, expected.len + 100, cap), expected.len);
		ck_assert(memcmp(all, expected.s, expected.len) == 0);
	}
	for (size_t at = 0; at <= expected.len;
	     at += at < 200 || at > expected.len - 200 ? 1 : 97) {
		size_t n = expected.len - at < 300 ? expected.len - at : 300;

		ck_assert_int_eq(source_seek(s, at, &err), 0);
		ck_assert_uint_eq(read_all(s, part, 300, 64), n);
		ck_assert_msg(memcmp(part, expected.s + at, n) == 0, "from byte %zu", at);
	}
	source_free(s);
	unlink(path);
	free(all);
	free(part);
	text_done(&in);
	text_done(&expected);
}
END_TEST

/* --- the feed --------------------------------------------------------------------------------- */

struct record {
	int64_t time;
	int x;
};

static const char *const ends[] = { "\n", "\r\n", "\r" };

/* Rows of 3 columns; every seventh has a quoted cell of two lines. */
static void
put_rows(struct text *out, const struct record *rows, int n, const char *end, bool last_end)
{
	text_addf(out, "time,x,name%s", end);
	for (int i = 0; i < n; i++) {
		text_addf(out, "2026-01-%02dT00:00:%02dZ,%d,", (int)(rows[i].time / 60) + 1,
		    (int)(rows[i].time % 60), rows[i].x);
		if (rows[i].x % 7 == 0)
			text_addf(out, "\"a \"\"b\"\",%s c\"", end);
		text_add(out, i < n - 1 || last_end ? end : "");
	}
}

static int
by_time(const void *a, const void *b)
{
	const struct record *p = a, *q = b;

	return (p->time > q->time) - (p->time < q->time);
}

/* A stable sort, by insertion. */
static void
sort_slowly(struct record *rows, int n)
{
	for (int i = 1; i < n; i++)
		for (int k = i; k > 0 && by_time(&rows[k - 1], &rows[k]) > 0; k--) {
			struct record kept = rows[k];

			rows[k] = rows[k - 1];
			rows[k - 1] = kept;
		}
}

/* What a feed makes of the file: each row's number, time and x. */
static int
read_feed(enum feed_sort sort, struct record *out, bool *noted)
{
	struct feed_options options = { .sort = sort };
	struct error err = { 0 };
	struct feed *feed = feed_open(path, &options, NULL, &err);
	enum feed_state state = FEED_READY;
	int n = 0;

	*noted = false;
	while (state == FEED_READY) {
		struct block *b;
		const char *note;
		bool doubt;

		state = feed_fill(feed, &err);
		ck_assert_msg(state == FEED_READY || state == FEED_END, "%s", err.text);
		note = feed_note(feed, &doubt);
		*noted = *noted || note != NULL;
		for (; (b = feed_block(feed)) != NULL; feed_drop(feed))
			for (int i = 0; i < b->n; i++) {
				ck_assert_uint_eq(b->first_row + (uint64_t)i, (uint64_t)n + 1);
				out[n].time = b->time[i];
				out[n++].x = (int)b->cells[1].number[i];
			}
	}
	feed_close(feed);
	return n;
}

START_TEST(a_feed_gives_rows_in_order)
{
	enum { ROWS = 400 };
	struct record rows[ROWS], read[ROWS + 1];
	const char *end = ends[_i % 3];
	bool newest_first = _i % 2 == 0, noted;
	struct text file = { 0 };
	struct rng r = { (uint64_t)_i };
	int n = _i < 6 ? 5 + _i : ROWS;

	for (int i = 0; i < n; i++) {
		rows[i].x = i;
		rows[i].time = newest_first ? (n - 1 - i) / 2 : (int64_t)(rng_next(&r) % 100);
	}
	put_rows(&file, rows, n, end, _i % 4 > 1);
	write_file(file.s, file.len);
	ck_assert_int_eq(read_feed(SORT_NEVER, read, &noted), n);
	for (int i = 0; i < n; i++)
		ck_assert_int_eq(read[i].x, i);
	ck_assert_int_eq(read_feed(newest_first ? SORT_FOUND : SORT_TOLD, read, &noted), n);
	ck_assert(noted == newest_first);
	sort_slowly(rows, n);
	for (int i = 0; i < n; i++)
		ck_assert_msg(
		    read[i].x == rows[i].x, "row %d is %d, not %d", i + 1, read[i].x, rows[i].x);
	unlink(path);
	text_done(&file);
}
END_TEST

static void
check_untouched(const char *text, enum feed_sort sort, bool noted_expected, int rows)
{
	struct record read[64];
	bool noted;

	write_file(text, strlen(text));
	ck_assert_int_eq(read_feed(sort, read, &noted), rows);
	ck_assert(noted == noted_expected);
	for (int i = 0; i < rows; i++)
		ck_assert_int_eq(read[i].x, i);
	unlink(path);
}

START_TEST(others_stay_as_they_are)
{
	/* one of two changes goes back; none does; there are no changes; no times */
	check_untouched("time,x\n2026-01-02,0\n2026-01-01,1\n2026-01-03,2\n", SORT_FOUND, false, 3);
	check_untouched("time,x\n2026-01-01,0\n2026-01-02,1\n", SORT_TOLD, false, 2);
	check_untouched("time,x\n2026-01-01,0\n2026-01-01,1\n", SORT_TOLD, false, 2);
	check_untouched("a,x\n3,0\n2,1\n1,2\n", SORT_TOLD, false, 3);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sorted");
	TCase *c = tcase_create("sorted");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, the_index_is_sorted_as_its_twin);
	tcase_add_test(c, what_does_not_fit_the_index_is_refused);
	tcase_add_loop_test(c, all_places_of_a_sorted_source_are_found, 0, 2);
	tcase_add_loop_test(c, a_feed_gives_rows_in_order, 0, 24);
	tcase_add_test(c, others_stay_as_they_are);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
