/* test_slices.c - however little comes of what is read, the loop is given its turn. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/engine/engine.h"
#include "data/engine/engine_view.h"
#include "data/input/feed.h"
#include "tests/support.h"

enum { MIB = 1 << 20, CALL_MOST = 256 << 10, ROWS = 100000 };

static char path[32];

static int
make_file(void)
{
	strcpy(path, "/tmp/weir-slices-XXXXXX");
	return mkstemp(path);
}

/* Bytes that the source gave are counted call by call: no clock can make this pass or fail. */
static void
check_calls(uint64_t bytes)
{
	const struct feed_options options = { 0 };
	struct error err = { 0 };
	struct feed *feed = feed_open(path, &options, NULL, &err);
	uint64_t before = 0, at, size, calls = 0;
	enum feed_state state;

	ck_assert_ptr_nonnull(feed);
	do {
		state = feed_fill(feed, &err);
		for (; feed_block(feed) != NULL; feed_drop(feed))
			;
		feed_progress(feed, &at, &size);
		ck_assert_uint_le(at - before, CALL_MOST);
		before = at;
		calls++;
	} while (state == FEED_MORE || state == FEED_READY);
	ck_assert_int_eq(state, FEED_END);
	ck_assert_uint_eq(at, bytes);
	ck_assert_uint_ge(calls, bytes / CALL_MOST);
	feed_close(feed);
}

START_TEST(a_line_without_end)
{
	int fd = make_file();

	ck_assert_int_eq(ftruncate(fd, 32 * MIB), 0); /* sparse: it is all NUL */
	check_calls(32 * MIB);
	close(fd);
	unlink(path);
}
END_TEST

/* The columns are known, and then nothing comes but blank lines. */
START_TEST(blank_lines)
{
	char blank[1 << 16];
	int fd = make_file();

	ck_assert_int_eq(write(fd, "x,y\n1,2\n", 8), 8);
	memset(blank, '\n', sizeof blank);
	for (int i = 0; i < 128; i++)
		ck_assert_int_eq(write(fd, blank, sizeof blank), (ssize_t)sizeof blank);
	check_calls(8 + 128 * sizeof blank);
	close(fd);
	unlink(path);
}
END_TEST

/* --- the engine ------------------------------------------------------------------------------- */

static struct engine *
open_rows(const struct engine_options *options, const char *source)
{
	const struct feed_options feed = { 0 };
	struct error err = { 0 };
	struct engine *e = engine_new(options, NULL, &err);

	ck_assert_msg(e != NULL, "%s", err.text);
	ck_assert_int_eq(engine_add_source(e, source, &feed, &err), 0);
	return e;
}

/* With the least budget there is: one run a call. */
static enum engine_state
one_run(struct engine *e, int64_t *wake)
{
	struct error err = { 0 };

	return engine_run(e, 1, wake, &err);
}

static void
write_rows(void)
{
	FILE *file = fdopen(make_file(), "w");

	fputs("time,x\n", file);
	for (int i = 0; i < ROWS; i++)
		fprintf(file, "%d,%d\n", 1767225600 + i, i);
	fclose(file);
}

/* Rows before --start are read a block at a time, and so are those that are held back for a while
 * to be put in order. */
START_TEST(rows_that_do_not_go_yet)
{
	static const struct engine_options skips[] = { { .start = "100001" },
		{ .start = "2100-01-01" }, { .lateness = INT64_C(1000000000) * ROWS } };

	write_rows();
	for (size_t i = 0; i < sizeof skips / sizeof *skips; i++) {
		struct engine *e = open_rows(&skips[i], path);
		enum engine_state state;
		int64_t wake;
		int calls = 0;

		do {
			state = one_run(e, &wake);
			calls++;
		} while (state == ENGINE_RUNNING && engine_counts(e, -1).rows == 0);
		ck_assert_int_ge(calls, skips[i].lateness > 0 ? 65536 / 256 : ROWS / 256);
		engine_free(e);
	}
	unlink(path);
}
END_TEST

/* How long rows take is not known before some went. */
START_TEST(the_first_runs_are_short)
{
	struct engine *e = open_rows(&(struct engine_options){ 0 }, "synth:reactor?rows=100000");
	int64_t wake;

	for (int calls = 1; calls <= 3; calls++) {
		ck_assert_int_eq(one_run(e, &wake), ENGINE_RUNNING);
		ck_assert_uint_le(engine_counts(e, -1).rows, (16U << calls) - 16);
	}
	engine_free(e);
}
END_TEST

/* While the columns are sought, the loop is told to come back at once. */
START_TEST(columns_that_never_come)
{
	struct engine *e;
	int64_t wake;
	int fd = make_file();

	ck_assert_int_eq(ftruncate(fd, INT64_C(1) << 40), 0);
	close(fd);
	e = open_rows(&(struct engine_options){ 0 }, path);
	for (int i = 0; i < 5; i++) {
		ck_assert_int_eq(one_run(e, &wake), ENGINE_OPENING);
		ck_assert_int_ne(wake, INT64_MAX);
	}
	engine_free(e);
	unlink(path);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { a_line_without_end, blank_lines, rows_that_do_not_go_yet,
		the_first_runs_are_short, columns_that_never_come };
	Suite *suite = suite_create("slices");
	TCase *all = tcase_create("all");

	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
