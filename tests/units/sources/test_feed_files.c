/* test_feed_files.c - feeds of recordings: names, packed ones, ones that shrink, and limits. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/base/times/times.h"
#include "data/input/feed.h"
#include "tests/records.h"
#include "tests/support.h"

START_TEST(what_cannot_be_read_is_told)
{
	static const struct {
		const char *source, *told;
	} wrong[] = {
		{ "/no/such.csv", "failed: /no/such.csv: no such file (check the name, and the "
				  "directory it is in)\n" },
		{ "/tmp", "failed: /tmp: is a directory (name a file in it)\n" },
		{ "a=/tmp", "failed: /tmp: is a directory (name a file in it)\n" },
		{ "gopher://host:1",
		    "usage: gopher://host:1: this build has no source 'gopher:' (it has: -, " },
		{ "nonsense:x",
		    "usage: nonsense:x: this build has no source 'nonsense:' (it has: -, " },
	};
	const struct feed_options options = { 0 };

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct text text = { 0 };

		feed_transcript(&text, wrong[i].source, &options);
		ck_assert_msg(strncmp(text_get(&text), wrong[i].told, strlen(wrong[i].told)) == 0,
		    "gave %s\nexpected %s", text_get(&text), wrong[i].told);
		text_done(&text);
	}
}
END_TEST

START_TEST(sources_are_named)
{
	static const char *const names[][2] = {
		{ "reactor.csv.gz", "reactor" },
		{ "reactor.csv", "reactor" },
		{ "reactor", "reactor" },
		{ "a.b.tsv", "a.b" },
		{ ".csv", ".csv" },
	};
	char path[200];
	struct error err;
	struct stat st;
	const struct feed_options options = { 0 };

	snprintf(path, sizeof path, "/tmp/weir-test-%d-dir", (int)getpid());
	ck_assert(mkdir(path, 0700) == 0 && stat(path, &st) == 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char file[300];
		struct feed *feed;
		int fd;

		snprintf(file, sizeof file, "%s/%s", path, names[i][0]);
		fd = open(file, O_WRONLY | O_CREAT, 0600);
		ck_assert_int_eq(write(fd, "a\n1\n", 4), 4);
		close(fd);
		feed = feed_open(file, &options, NULL, &err);
		ck_assert_int_eq(feed_fill(feed, &err), FEED_END);
		ck_assert_str_eq(feed_schema(feed)->source, names[i][1]);
		feed_close(feed);
		unlink(file);
	}
	rmdir(path);
}
END_TEST

START_TEST(a_recording_that_shrinks_is_told)
{
	const struct feed_options options = { 0 };
	struct text bytes = { 0 };
	struct error err;
	enum feed_state state;
	const char *path;
	struct feed *feed;

	text_add(&bytes, "x\n");
	for (int i = 0; i < 100000; i++)
		text_add(&bytes, "12345\n");
	path = file_with("shrinks", bytes.s, bytes.len);
	feed = feed_open(path, &options, NULL, &err);
	ck_assert_int_eq(feed_fill(feed, &err), FEED_READY);
	ck_assert_int_eq(truncate(path, 5000), 0);
	do {
		for (; feed_block(feed) != NULL; feed_drop(feed))
			;
		state = feed_fill(feed, &err);
	} while (state == FEED_READY || state == FEED_MORE);
	ck_assert_int_eq(state, FEED_FAIL);
	ck_assert_ptr_nonnull(strstr(err.text, ": was cut short while it was read ("));
	feed_close(feed);
	file_remove("shrinks");
	text_done(&bytes);
}
END_TEST

/* A packed file gives what the plain one does; one that is cut gives what there is, then fails. */
START_TEST(packed_files)
{
	static const char *const packers[] = { "gzip", "xz", "bzip2", "zstd", "lz4" };
	struct text bytes = { 0 }, source = { 0 }, plain = { 0 };
	const struct feed_options options = { 0 };
	const char *path;
	char command[700];
	int tried = 0;

	records_table(&bytes, 5000);
	path = file_with("packed", bytes.s, bytes.len);
	text_addf(&source, "f=%s", path);
	feed_transcript(&plain, text_get(&source), &options);
	for (size_t i = 0; i < sizeof packers / sizeof *packers; i++) {
		struct text packed = { 0 }, cut = { 0 }, where = { 0 };
		const char *failed;

		snprintf(command, sizeof command,
		    "command -v %s >/dev/null && %s -c <%s >%s.p && head -c 30000 %s.p >%s.c",
		    packers[i], packers[i], path, path, path, path);
		if (system(command) != 0) /* not installed */
			continue;
		tried++;
		text_addf(&where, "f=%s.p", path);
		feed_transcript(&packed, text_get(&where), &options);
		ck_assert_str_eq(text_get(&packed), text_get(&plain));
		text_clear(&where);
		text_addf(&where, "f=%s.c", path);
		feed_transcript(&cut, text_get(&where), &options);
		failed = strstr(text_get(&cut), "failed: ");
		ck_assert_msg(
		    failed != NULL && strstr(failed, "cut short") != NULL, "%s", packers[i]);
		ck_assert_msg(
		    strncmp(cut.s, plain.s, (size_t)(failed - cut.s)) == 0, "%s", packers[i]);
		text_done(&packed);
		text_done(&cut);
		text_done(&where);
	}
	ck_assert_int_gt(tried, 0);
	snprintf(command, sizeof command, "rm -f %s.p %s.c", path, path);
	ck_assert_int_eq(system(command), 0);
	file_remove("packed");
	text_done(&bytes);
	text_done(&source);
	text_done(&plain);
}
END_TEST

static void
read_all(struct feed *feed, struct text *text)
{
	struct error err;
	enum feed_state state;

	do {
		state = feed_fill(feed, &err);
		rows_transcript(text, feed);
	} while (state == FEED_READY || state == FEED_MORE);
	ck_assert_int_eq(state, FEED_END);
}

/* The rows of a small recording are known by its lines from the first one on; of these, a quoted
 * line end costs one until it is read. */
START_TEST(small_recordings_tell_their_rows)
{
	static const struct {
		const char *head, *last;
		uint64_t first, rows; /* told at the first block, and at the end */
	} ends[] = {
		{ "v,t\n", "", 1500, 1500 },
		{ "v,t\n", "7,8", 1501, 1501 },
		{ "v,t\n", "7,\"a\nb\"\n", 1502, 1501 },
		{ "", "\n", 1501, 1500 },
	};
	const struct feed_options options = { 0 };
	struct error err;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct text bytes = { 0 };
		struct feed *feed;
		uint64_t rows = 0;

		text_add(&bytes, ends[i].head);
		for (int row = 0; row < 1500; row++)
			text_addf(&bytes, "%d,%.*s\n", row, 1 + row % 50,
			    "12345678901234567890123456789012345678901234567890");
		text_add(&bytes, ends[i].last);
		feed = feed_open(file_with("lines", bytes.s, bytes.len), &options, NULL, &err);
		while (feed_fill(feed, &err) == FEED_READY || feed_block(feed) != NULL) {
			for (; feed_block(feed) != NULL; feed_drop(feed)) {
				rows += (uint64_t)feed_block(feed)->n;
				if (rows < 1024)
					ck_assert_uint_eq(feed_rows(feed), ends[i].first);
			}
		}
		ck_assert_uint_eq(rows, ends[i].rows);
		ck_assert_uint_eq(feed_rows(feed), ends[i].rows);
		feed_close(feed);
		file_remove("lines");
		text_done(&bytes);
	}
}
END_TEST

START_TEST(recordings_start_over)
{
	static const char *const heads[] = { "\xef\xbb\xbf", "" };
	const struct feed_options options = { 0 };
	struct error err;

	for (size_t i = 0; i < 2; i++) {
		struct text bytes = { 0 }, once = { 0 }, again = { 0 };
		struct feed *feed;
		uint64_t at, size;

		text_add(&bytes, heads[i]);
		records_table(&bytes, 700);
		feed = feed_open(file_with("over", bytes.s, bytes.len), &options, NULL, &err);
		read_all(feed, &once);
		feed_progress(feed, &at, &size);
		ck_assert_uint_eq(at, bytes.len);
		ck_assert_uint_eq(size, bytes.len);
		ck_assert_int_eq(feed_rewind(feed, &err), 0);
		feed_progress(feed, &at, &size);
		ck_assert_uint_eq(at, 0);
		read_all(feed, &again);
		ck_assert_str_eq(text_get(&once), text_get(&again));
		feed_close(feed);
		file_remove("over");
		text_done(&bytes);
		text_done(&once);
		text_done(&again);
	}
}
END_TEST

/* --- limits --- */

/* A key that came too late is told once, and not as a column. */
START_TEST(late_keys_are_told_once)
{
	struct text bytes = { 0 }, text = { 0 };
	const struct feed_options options = { 0 };
	int told = 0;

	for (int i = 0; i < 5000; i++)
		text_addf(&bytes, "{\"v\":%d,\"k%d\":1}\n", i, i < 100 ? 0 : 1 + i % 3);
	feed_transcript(&text, file_with("late", bytes.s, bytes.len), &options);
	for (const char *s = text.s; (s = strstr(s, "a key that came too late")) != NULL; s++)
		told++;
	ck_assert_int_eq(told, 3);
	file_remove("late");
	text_done(&bytes);
	text_done(&text);
}
END_TEST

START_TEST(ten_thousand_columns)
{
	struct text bytes = { 0 };
	struct error err;
	const struct feed_options options = { 0 };
	struct feed *feed;
	enum feed_state state;
	int rows = 0, most = 0;

	for (int row = 0; row < 40; row++)
		for (int i = 0; i < 10000; i++)
			text_addf(
			    &bytes, row == 0 ? "column %d%s" : "%d%s", i, i < 9999 ? "," : "\n");
	feed = feed_open(file_with("wide", bytes.s, bytes.len), &options, NULL, &err);
	do {
		int held = 0;

		state = feed_fill(feed, &err);
		for (struct block *b = feed_block(feed); b != NULL; b = feed_block(feed)) {
			ck_assert_int_eq(b->nfaults, 0);
			ck_assert_double_eq(b->cells[9999].number[b->n - 1], 9999);
			rows += b->n;
			held++;
			feed_drop(feed);
		}
		most = held > most ? held : most;
	} while (state == FEED_READY || state == FEED_MORE);
	ck_assert_int_eq(rows, 39);
	ck_assert_int_le(most, 2);
	feed_close(feed);
	file_remove("wide");
	text_done(&bytes);
}
END_TEST

/* Columns that are not used are missing, and what is wrong with them is told all the same. */
START_TEST(unused_columns_are_checked_only)
{
	static const char types[] = "n=number,t=time,s=text,u=number",
			  bytes[] = "n,t,s,u\n1,2026-01-01,a,1\nx,y,b,2\n-,NA,,3\n1e999,2026-01-"
				    "01T25:00,c,4\n+2.5e3,,d,5\n";
	static const int bad[][2] = { { 1, 0 }, { 1, 1 }, { 3, 0 }, { 3, 1 } };
	const struct feed_options options = { .dialect.types = types };
	const bool used[] = { false, false, false, true };
	struct error err;
	struct feed *feed;
	struct block *b;

	feed = feed_open(file_with("unused", bytes, sizeof bytes - 1), &options, NULL, &err);
	ck_assert_int_eq(feed_fill(feed, &err), FEED_END);
	ck_assert_int_eq(feed_rewind(feed, &err), 0);
	feed_use(feed, used);
	ck_assert_int_eq(feed_fill(feed, &err), FEED_END);
	b = feed_block(feed);
	ck_assert_int_eq(b->n, 5);
	for (int i = 0; i < b->n; i++) {
		ck_assert(isnan(b->cells[0].number[i]));
		ck_assert(b->cells[1].time[i] == TIME_NONE);
		ck_assert_ptr_null(b->cells[2].text[i].s);
		ck_assert(b->cells[3].number[i] == i + 1);
	}
	ck_assert_int_eq(b->nfaults, 4);
	for (int i = 0; i < b->nfaults; i++) {
		ck_assert_int_eq(b->faults[i].row, bad[i][0]);
		ck_assert_int_eq(b->faults[i].column, bad[i][1]);
	}
	feed_close(feed);
	file_remove("unused");
}
END_TEST

/* However many rows one read brings, few blocks are held at a time. */
START_TEST(few_blocks_are_held)
{
	struct text bytes = { 0 };
	struct error err;
	const struct feed_options options = { 0 };
	struct feed *feed;
	enum feed_state state;
	uint64_t rows = 0, at, size, before = 0;

	text_add(&bytes, "v\n");
	for (int i = 0; i < 500000; i++)
		text_add(&bytes, "1\n");
	feed = feed_open(file_with("many", bytes.s, bytes.len), &options, NULL, &err);
	do {
		int held = 0;

		state = feed_fill(feed, &err);
		for (; feed_block(feed) != NULL; held++) {
			ck_assert_uint_eq(feed_block(feed)->first_row, rows + 1);
			rows += (uint64_t)feed_block(feed)->n;
			feed_drop(feed);
		}
		ck_assert_int_le(held, 10);
		feed_progress(feed, &at, &size);
		ck_assert_uint_ge(at, before);
		ck_assert_uint_le(at, rows * 2 + 2 + 4096);
		before = at;
	} while (state == FEED_READY || state == FEED_MORE);
	ck_assert_uint_eq(rows, 500000);
	feed_close(feed);
	file_remove("many");
	text_done(&bytes);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("feed_files");
	TCase *t = tcase_create("files");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, what_cannot_be_read_is_told);
	tcase_add_test(t, sources_are_named);
	tcase_add_test(t, a_recording_that_shrinks_is_told);
	tcase_add_test(t, packed_files);
	tcase_add_test(t, small_recordings_tell_their_rows);
	tcase_add_test(t, recordings_start_over);
	tcase_add_test(t, late_keys_are_told_once);
	tcase_add_test(t, ten_thousand_columns);
	tcase_add_test(t, unused_columns_are_checked_only);
	tcase_add_test(t, few_blocks_are_held);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
