/* test_feed_pipes.c - feeds of pipes: the rows of files, as they come, whatever the cuts. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "data/input/feed.h"
#include "tests/records.h"
#include "tests/support.h"

struct pipe_end { /* a FIFO that the test writes and a feed reads */
	char path[100];
	int fd;
	uv_loop_t loop;
	struct feed *feed;
	bool ready;
};

static void
on_ready(void *arg)
{
	struct pipe_end *end = arg;

	end->ready = true;
}

static void
pipe_begin(struct pipe_end *end, const struct feed_options *options)
{
	struct error err;
	char spec[120];

	*end = (struct pipe_end){ .fd = -1 };
	snprintf(end->path, sizeof end->path, "/tmp/weir-test-%d-fifo", (int)getpid());
	snprintf(spec, sizeof spec, "f=%s", end->path);
	ck_assert_int_eq(mkfifo(end->path, 0600), 0);
	uv_loop_init(&end->loop);
	end->feed = feed_open(spec, options, &end->loop, &err);
	ck_assert_ptr_nonnull(end->feed);
	ck_assert_int_eq(feed_fill(end->feed, &err), FEED_WAIT); /* nobody writes yet */
	feed_on_ready(end->feed, on_ready, end);
	end->fd = open(end->path, O_WRONLY);
	ck_assert_int_ge(end->fd, 0);
}

static enum feed_state
pipe_write(struct pipe_end *end, const char *bytes, size_t n)
{
	struct error err;

	ck_assert_int_eq(write(end->fd, bytes, n), (ssize_t)n);
	return feed_fill(end->feed, &err);
}

static void
pipe_end_done(struct pipe_end *end)
{
	close(end->fd);
	feed_close(end->feed);
	uv_run(&end->loop, UV_RUN_DEFAULT);
	ck_assert_int_eq(uv_loop_close(&end->loop), 0);
	unlink(end->path);
}

static void
pipe_transcript(struct text *text, const struct text *bytes, size_t piece)
{
	struct pipe_end end;
	struct text got = { 0 };
	struct error err;
	const struct feed_options options = { 0 };
	enum feed_state state;

	pipe_begin(&end, &options);
	for (size_t at = 0; at < bytes->len; at += piece) {
		size_t n = piece < bytes->len - at ? piece : bytes->len - at;

		state = pipe_write(&end, bytes->s + at, n);
		ck_assert(state != FEED_END && state <= FEED_READY);
		rows_transcript(&got, end.feed);
	}
	close(end.fd);
	do {
		state = feed_fill(end.feed, &err);
		rows_transcript(&got, end.feed);
	} while (state == FEED_READY || state == FEED_MORE);
	ck_assert_int_eq(state, FEED_END);
	schema_transcript(text, feed_schema(end.feed));
	text_add(text, text_get(&got));
	text_done(&got);
	end.fd = open("/dev/null", O_WRONLY);
	pipe_end_done(&end);
}

/* No loop runs here, so no pause is ever seen: a pipe gives what a file does. */
START_TEST(pipes_give_what_files_give)
{
	static const size_t pieces[] = { 1, 2, 3, 7, 1000, 60000 };
	static const int sizes[] = { 3, 99, 100, 101, 3000 };
	struct text bytes = { 0 }, source = { 0 }, whole = { 0 };
	const struct feed_options options = { 0 };

	records_table(&bytes, sizes[_i]);
	text_addf(&source, "f=%s", file_with("table", bytes.s, bytes.len));
	feed_transcript(&whole, text_get(&source), &options);
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct text cut = { 0 };

		pipe_transcript(&cut, &bytes, pieces[i]);
		ck_assert_msg(
		    strcmp(text_get(&whole), text_get(&cut)) == 0, "in pieces of %zu", pieces[i]);
		text_done(&cut);
	}
	file_remove("table");
	text_done(&bytes);
	text_done(&source);
	text_done(&whole);
}
END_TEST

static void
run_until_ready(struct pipe_end *end)
{
	end->ready = false;
	while (!end->ready)
		uv_run(&end->loop, UV_RUN_ONCE);
}

/* The first row waits for others for a while, then tells the columns; later ones go at once. */
START_TEST(slow_rows_go_at_once)
{
	struct pipe_end end;
	struct text text = { 0 };
	struct error err;
	const struct feed_options options = { 0 };
	static const char first[] = "time,v\n1700000000,1\n17000", second[] = "00001,x\n";

	pipe_begin(&end, &options);
	ck_assert(feed_live(end.feed));
	ck_assert_int_eq(pipe_write(&end, first, sizeof first - 1), FEED_WAIT);
	ck_assert_ptr_null(feed_schema(end.feed));
	run_until_ready(&end);
	ck_assert_int_eq(feed_fill(end.feed, &err), FEED_READY);
	rows_transcript(&text, end.feed);
	ck_assert_str_eq(text_get(&text), "1: @1700000000|1 @1700000000\n");
	ck_assert_int_eq(feed_fill(end.feed, &err), FEED_WAIT);
	text_clear(&text);
	ck_assert_int_eq(pipe_write(&end, second, sizeof second - 1), FEED_READY);
	rows_transcript(&text, end.feed);
	ck_assert_str_eq(text_get(&text), "2?v not a number: x\n2: @1700000001| @1700000001\n");
	ck_assert_int_eq(feed_fill(end.feed, &err), FEED_WAIT);
	end.ready = false;
	ck_assert_int_eq(write(end.fd, first, 1), 1);
	run_until_ready(&end); /* what is written wakes */
	text_done(&text);
	pipe_end_done(&end);
}
END_TEST

/* A header alone tells nothing: the wait begins with the first row. */
START_TEST(a_header_waits_for_its_first_row)
{
	struct pipe_end end;
	struct error err;
	const struct feed_options options = { 0 };

	pipe_begin(&end, &options);
	ck_assert_int_eq(pipe_write(&end, "a,b\n", 4), FEED_WAIT);
	run_until_ready(&end);
	ck_assert_int_eq(feed_fill(end.feed, &err), FEED_WAIT);
	ck_assert_int_eq(pipe_write(&end, "1,x\n", 4), FEED_WAIT);
	run_until_ready(&end);
	ck_assert_int_eq(feed_fill(end.feed, &err), FEED_READY);
	ck_assert_int_eq(feed_schema(end.feed)->columns[1].type, COLUMN_TEXT);
	pipe_end_done(&end);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("feed_pipes");
	TCase *t = tcase_create("pipes");

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, pipes_give_what_files_give, 0, 5);
	tcase_add_test(t, slow_rows_go_at_once);
	tcase_add_test(t, a_header_waits_for_its_first_row);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
