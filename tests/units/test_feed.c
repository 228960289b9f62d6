/* test_feed.c - feeds: rows, stamps and faults from files and pipes, whatever the cuts. */
#include "data/input/feed.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/times.h"
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

/* --- pipes --- */

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

/* A table with all that may go wrong in it, of so many rows. */
static void
make_table(struct text *bytes, int n)
{
	struct rng rng = { .state = (uint64_t)n };

	text_add(bytes, "time,a,\"b c\",kind\r\n");
	for (int i = 0; i < n; i++) {
		static const char *const odd[] = { "1,2\n", "\n", "x,y,z,w\r\n", ",,,\n",
			"1,2,3,4,5\r", "time,a,b c,kind\n", "5,\"a\nb\",\"c\"\"d\",e\n" };

		if (rng_next(&rng) % 10 == 0)
			text_add(bytes, odd[rng_next(&rng) % 7]);
		text_addf(bytes, "%d,%.6g,%.6g,\"k%d\"\n", 1700000000 + i, rng_normal(&rng),
		    rng_uniform(&rng), i % 7);
	}
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

	make_table(&bytes, sizes[_i]);
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

/* --- files --- */

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

	make_table(&bytes, 5000);
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
		make_table(&bytes, 700);
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
	Suite *suite = suite_create("feed");
	TCase *tc = tcase_create("feed");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, rows_are_right, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tc, dates_and_clocks_apart);
	tcase_add_test(tc, codes_in_parameters);
	tcase_add_test(tc, the_order_of_dates_is_told);
	tcase_add_loop_test(tc, pipes_give_what_files_give, 0, 5);
	tcase_add_test(tc, slow_rows_go_at_once);
	tcase_add_test(tc, a_header_waits_for_its_first_row);
	tcase_add_test(tc, what_cannot_be_read_is_told);
	tcase_add_test(tc, sources_are_named);
	tcase_add_test(tc, packed_files);
	tcase_add_test(tc, a_recording_that_shrinks_is_told);
	tcase_add_test(tc, small_recordings_tell_their_rows);
	tcase_add_test(tc, recordings_start_over);
	tcase_add_test(tc, late_keys_are_told_once);
	tcase_add_test(tc, ten_thousand_columns);
	tcase_add_test(tc, unused_columns_are_checked_only);
	tcase_add_test(tc, few_blocks_are_held);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
