/* test_feed_refused.c - saved states of feeds that do not fit, and documents that follow each
 * other. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/sources/source.h"
#include "tests/feed_run.h"
#include "tests/records.h"

static const struct feed_options plain;

/* --- what does not fit ------------------------------------------------------------------------ */

static void
check_refused(const struct feed_run *run, int save, const char *told)
{
	struct error err = { 0 };
	struct feed *feed = feed_run_load(run, &run->saves[save].bytes, &err);

	ck_assert_msg(feed == NULL, "%s was expected", told);
	ck_assert_msg(strstr(err.text, told) != NULL, "%s", err.text);
}

START_TEST(other_sources_are_refused)
{
	static const char bytes[] = "a,b\n1,2\n3,4\n5,6\n", other[] = "a,b\n1,2\n3,5\n5,6\n";
	struct feed_run run = { .options = &plain, .sparse = 1 };
	const struct feed_options told = { .dialect.types = "a=text" };
	struct error err;
	struct feed *feed;
	char path[200];

	snprintf(path, sizeof path, "%s", file_with("other", bytes, sizeof bytes - 1));
	run.spec = path;
	feed_run_begin(&run);
	file_with("other", other, sizeof other - 1);
	check_refused(&run, 2, "has other bytes before byte 12 than were read of it");
	feed = feed_run_load(&run, &run.saves[1].bytes, &err); /* what changed stands behind it */
	ck_assert_ptr_nonnull(feed);
	feed_close(feed);
	file_with("other", bytes, 9);
	check_refused(&run, 2, "is now shorter than the 12 bytes that were read of it");
	unlink(path);
	check_refused(&run, 2, "no such file");
	file_with("other", bytes, sizeof bytes - 1);
	run.options = &told;
	check_refused(&run, 2, "was read under other options");
	feed_run_done(&run);
	file_remove("other");
}
END_TEST

/* Bytes changed at random: never taken for a state as a whole; and where the checksum is left out,
 * nothing worse than other rows. */
START_TEST(changed_bytes_are_refused)
{
	static const char bytes[] = "time,v,s\n1,2,a\n3,4,b\nx,y,\"c\nd\"\n5,6,e\n7,8,f\n";
	struct feed_run run = { .options = &plain, .sparse = 1 };
	struct rng rng = { .state = 9 };
	char path[200];
	int taken = 0;

	snprintf(path, sizeof path, "%s", file_with("flip", bytes, sizeof bytes - 1));
	run.spec = path;
	feed_run_begin(&run);
	for (int i = 0; i < 20000; i++) {
		const struct buffer *saved = &run.saves[(uint64_t)i % (uint64_t)run.n].bytes;
		struct buffer b = { 0 };
		struct error err = { 0 };
		struct reader pieces;
		struct feed *feed;
		size_t begun, n = 1 + rng_next(&rng) % 3;

		buffer_put(&b, saved->data, saved->len);
		for (size_t k = 0; k < n; k++)
			b.data[rng_next(&rng) % b.len] ^= (unsigned char)(1 + rng_next(&rng) % 255);
		if (rng_next(&rng) % 8 == 0)
			b.len = rng_next(&rng) % b.len;
		if (b.len != saved->len || memcmp(b.data, saved->data, b.len) != 0) {
			ck_assert_int_eq(state_open(b.data, b.len, &pieces, &err), -1);
			ck_assert_str_ne(err.text, "");
		}
		/* the same with a checksum that fits */
		if (b.len > 28) {
			struct buffer sealed = { 0 };

			begun = state_begin(&sealed);
			buffer_put(&sealed, b.data + 28, b.len - 28);
			state_end(&sealed, begun);
			feed = feed_run_load(&run, &sealed, &err);
			if (feed != NULL) {
				struct text text = { 0 };

				feed_read_on(feed, &text, NULL);
				text_done(&text);
				feed_close(feed);
				taken++;
			} else {
				ck_assert_str_ne(err.text, "");
			}
			buffer_done(&sealed);
		}
		buffer_done(&b);
	}
	ck_assert_int_gt(taken, 100); /* so that what follows a feed_run_load is tried, too */
	feed_run_done(&run);
	file_remove("flip");
}
END_TEST

/* --- documents -------------------------------------------------------------------------------- */

static const char *const *documents; /* what the source below gives; ends with NULL */
static size_t piece;

struct pages {
	int page;
	size_t at;
};

static int
pages_open(struct source *source, struct error *err)
{
	(void)source, (void)err;
	return 0;
}

static long
pages_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct pages *pages = source->state;
	const char *s = documents[pages->page];
	size_t n;

	(void)err;
	if (s == NULL)
		return SOURCE_END;
	n = strlen(s) - pages->at;
	if (n == 0) {
		pages->page++;
		pages->at = 0;
		return documents[pages->page] != NULL ? SOURCE_NEW : SOURCE_END;
	}
	n = n < piece ? n : piece;
	n = n < cap ? n : cap;
	memcpy(buf, s + pages->at, n);
	pages->at += n;
	return (long)n;
}

static const struct source_class pages_class = {
	.scheme = "pages:",
	.size = sizeof(struct pages),
	.open = pages_open,
	.read = pages_read,
};

static const struct source_class live_pages_class = {
	.scheme = "pages:",
	.size = sizeof(struct pages),
	.open = pages_open,
	.read = pages_read,
	.live = true,
};

static const struct tag_column page_tag[] = { { "page", COLUMN_TEXT }, { NULL, COLUMN_TEXT } };

/* The page that it reads stands in a column behind the others. */
static long
tagged_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	static const struct field names[] = { { .s = "one", .n = 3 }, { .s = "two", .n = 3 } };
	const struct pages *pages = source->state;

	source->tags = &names[pages->page % 2];
	source->lane = (uint32_t)pages->page;
	return pages_read(source, buf, cap, err);
}

static const struct source_class tagged_pages_class = {
	.scheme = "pages:",
	.size = sizeof(struct pages),
	.open = pages_open,
	.read = tagged_read,
	.tags = page_tag,
	.live = true,
	.kind = SOURCE_LANES,
};

static struct feed *
pages_feed(const struct feed_options *options)
{
	struct error err;
	struct source *source = source_new("f=/dev/null", false, &err);

	source->class = &pages_class;
	return feed_attach(source, options, NULL, &err);
}

/* A record ends with its document; a header again is no row and no fault; offsets begin anew. */
START_TEST(documents_follow_each_other)
{
	static const struct {
		const char *documents[5], *rows;
	} cases[] = {
		{ { "a,b\n1,2\n3,4", "a,b\n5,6\n", "7,8\n", "", "a,b" },
		    "1: 1|2\n@8:2:16:0\n2: 3|4\n@11:3:16:0\n3: 5|6\n@8:2:16:0\n4: 7|8\n@4:1:16:0\n"
		    "4 rows\n" },
		{ { "\xef\xbb\xbf"
		    "a,b\n1,\"2",
		      "\xef\xbb\xbf"
		      "a,b\r\n3,4\r\na,b\n5,6\n" },
		    "1?- quote left open: line 2: 1,\"2\n1: 1|'\"2\n@11:2:16:0\n2: 3|'4\n"
		    "@12:2:17:0\n3?- the header line again: \n3: 5|'6\n@21:4:16:0\n3 rows\n" },
		{ { "", "{\"a\":1}", "{\"a\":2}\n{\"a\":" },
		    "1: 1\n@7:1:0:0\n2: 2\n@8:1:0:0\n"
		    "3?- not JSON: cut off: line 2: {\"a\":\n@13:2:0:0\n2 rows\n" },
	};
	const struct feed_options options = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (piece = 1; piece < 100; piece = piece * 2 + 1) {
			struct text text = { 0 };
			const char *list[6] = { NULL };
			struct feed *feed;

			memcpy(list, cases[i].documents, sizeof cases[i].documents);
			documents = list;
			feed = pages_feed(&options);
			feed_read_on(feed, &text, NULL);
			ck_assert_msg(strcmp(text_get(&text), cases[i].rows) == 0,
			    "in pieces of %zu\nexpected: %s\ngot: %s", piece, cases[i].rows,
			    text_get(&text));
			feed_close(feed);
			text_done(&text);
		}
	}
}
END_TEST

/* So also where the columns are long known. */
START_TEST(documents_follow_many_rows)
{
	struct text first = { 0 }, text = { 0 };
	const struct feed_options options = { 0 };
	struct feed *feed;

	text_add(&first, "a,b\n");
	for (int i = 0; i < 500; i++)
		text_addf(&first, "%d,x\n", i);
	piece = 7;
	documents = (const char *const[]){ first.s, "a,b\n1,y\n", "a,b\na,b\n2,z\n", NULL };
	feed = pages_feed(&options);
	feed_read_on(feed, &text, NULL);
	ck_assert_ptr_nonnull(strstr(text_get(&text),
	    "\n501: 1|'y\n@8:2:16:0\n502?- the header line again: \n502: 2|'z\n@12:3:16:0\n"
	    "502 rows\n"));
	feed_close(feed);
	text_done(&first);
	text_done(&text);
}
END_TEST

/* What a source knows of its rows is a column of theirs, in the sample and behind it. */
START_TEST(what_a_source_tells_is_a_column)
{
	struct text first = { 0 }, text = { 0 };
	struct error err;
	struct source *source = source_new("f=/dev/null", false, &err);
	struct feed *feed;

	text_add(&first, "a,b\n");
	for (int i = 0; i < 150; i++)
		text_addf(&first, "%d,0\n", i);
	piece = 7;
	documents = (const char *const[]){ first.s, "a,b\n7,8\n", NULL };
	source->class = &tagged_pages_class;
	feed = feed_attach(source, &plain, NULL, &err);
	feed_read_on(feed, &text, NULL);
	ck_assert_str_eq(feed_schema(feed)->columns[2].name, "page");
	ck_assert_ptr_nonnull(strstr(text_get(&text), "1: 0|0|'one"));
	ck_assert_ptr_nonnull(strstr(text_get(&text), "\n150: 149|0|'one"));
	ck_assert_ptr_nonnull(strstr(text_get(&text), "\n151: 7|8|'two"));
	feed_close(feed);
	text_done(&first);
	text_done(&text);
}
END_TEST

/* Where rows have no end, a header with other columns does not silence them. */
START_TEST(live_rows_go_on_behind_another_header)
{
	static const char *const rows = "a,b,c\n1,2,3\na,b\n4,5\n6,7,8\na,b,c,d\n7,8,9,10\n";
	struct error err;

	for (int n = 0; n < 2; n++) { /* in the sample, and behind it */
		struct text first = { 0 }, text = { 0 };
		struct source *source = source_new("f=/dev/null", false, &err);
		struct feed *feed;

		text_add(&first, "a,b,c\n");
		for (int i = 0; i < n * 150; i++)
			text_add(&first, "0,0,0\n");
		piece = 7;
		documents = (const char *const[]){ first.s, rows, NULL };
		source->class = &live_pages_class;
		feed = feed_attach(source, &plain, NULL, &err);
		feed_read_on(feed, &text, NULL);
		ck_assert_ptr_nonnull(
		    strstr(text_get(&text), "?- a header with other columns: \n"));
		ck_assert_ptr_nonnull(strstr(text_get(&text), ": 4|5|"));
		ck_assert_ptr_nonnull(strstr(text_get(&text), ": 6|7|8"));
		ck_assert_ptr_nonnull(strstr(text_get(&text), ": 7|8|9"));
		ck_assert_ptr_null(strstr(text_get(&text), "another table"));
		feed_close(feed);
		text_done(&first);
		text_done(&text);
	}
}
END_TEST

/* What they give now is another document of the same columns. */
START_TEST(live_sources_go_on_with_what_comes)
{
	static const char bytes[] = "a,b\n1,2\n";
	struct feed_run run = { .options = &plain, .sparse = 1 };
	struct error err = { 0 };
	struct reader pieces;
	struct text rows = { 0 };
	struct feed *feed;

	run.spec = file_with("live", bytes, sizeof bytes - 1);
	feed_run_begin(&run);
	piece = 7;
	documents = (const char *const[]){ "a,b\n4,3\n", NULL };
	feed = pages_feed(run.options);
	ck_assert_int_eq(
	    state_open(run.saves[1].bytes.data, run.saves[1].bytes.len, &pieces, &err), 0);
	ck_assert_int_eq(feed_load(feed, &pieces, &err), 0);
	feed_read_on(feed, &rows, NULL);
	ck_assert_str_eq(text_get(&rows), "2: 4|3\n@8:2:16:0\n2 rows\n");
	text_done(&rows);
	feed_close(feed);
	feed_run_done(&run);
	file_remove("live");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("feed_refused");
	TCase *t = tcase_create("feed_refused");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, other_sources_are_refused);
	tcase_add_test(t, changed_bytes_are_refused);
	tcase_add_test(t, documents_follow_each_other);
	tcase_add_test(t, documents_follow_many_rows);
	tcase_add_test(t, what_a_source_tells_is_a_column);
	tcase_add_test(t, live_rows_go_on_behind_another_header);
	tcase_add_test(t, live_sources_go_on_with_what_comes);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
