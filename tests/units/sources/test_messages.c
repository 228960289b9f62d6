/* test_messages.c - a source of messages: what its columns are, each message a document of its own,
 * and how far it went: told when it was processed, and gone on with from any row. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/state.h"
#include "data/base/text.h"
#include "data/input/feed.h"
#include "data/input/lanes/lane_places.h"
#include "data/rows/block.h"
#include "data/sources/source.h"
#include "tests/support.h"

struct message {
	uint32_t lane;
	const char *bytes, *key;
};

/* What a broker has: the messages, and what it was told. Classes are const, so it is found by the
 * source's rest. */
struct broker {
	const struct message *messages;
	int n, at;
	int skip[8];           /* of each lane: messages that do not come again */
	int seen[8];           /* ... that were read so far */
	struct text processed; /* "lane:offset " */
};

static struct broker *
broker_of(const struct source *source)
{
	void *p = NULL;

	sscanf(source->rest, "%p", &p);
	return p;
}

static int
fake_open(struct source *source, struct error *err)
{
	(void)source, (void)err;
	return 0;
}

/* Whole messages; places count the messages of a lane. */
static long
fake_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	static struct field tag;
	struct broker *b = broker_of(source);
	const struct message *m;

	(void)err;
	while (b->at < b->n && b->seen[b->messages[b->at].lane] < b->skip[b->messages[b->at].lane])
		b->seen[b->messages[b->at++].lane]++;
	if (b->at == b->n)
		return SOURCE_END;
	m = &b->messages[b->at++];
	ck_assert_uint_lt(strlen(m->bytes), cap);
	memcpy(buf, m->bytes, strlen(m->bytes));
	tag = (struct field){ m->key != NULL ? m->key : "", m->key != NULL ? strlen(m->key) : 0 };
	source->lane = m->lane;
	source->tags = &tag;
	source->message = true;
	source->before = (struct position){ .offset = (uint64_t)b->seen[m->lane] };
	source->place =
	    (struct position){ .lane = m->lane, .offset = (uint64_t)++b->seen[m->lane] };
	return (long)strlen(m->bytes);
}

static void
fake_processed(struct source *source, const struct position *place)
{
	text_addf(&broker_of(source)->processed, "%u:%llu ", place->lane,
	    (unsigned long long)place->offset);
}

static void
fake_resume(struct source *source, const struct position *places, int n)
{
	struct broker *b = broker_of(source);

	for (int i = 0; i < n; i++)
		b->skip[places[i].lane] = (int)places[i].offset;
}

static const struct tag_column tags[] = { { "key", COLUMN_TEXT }, { 0 } };
static const struct source_class class = {
	.scheme = "fake:",
	.form = "fake:",
	.size = 1,
	.live = true,
	.kind = SOURCE_LANES | SOURCE_MESSAGES,
	.tags = tags,
	.open = fake_open,
	.read = fake_read,
	.processed = fake_processed,
	.resume = fake_resume,
};

static struct feed *
feed_of(struct broker *b)
{
	struct source *source = memory_zero(1, sizeof *source);
	struct feed_options options = { 0 };
	struct error err;
	struct feed *feed;
	char rest[32];

	snprintf(rest, sizeof rest, "%p", (void *)b);
	source->class = &class;
	source->spec = memory_text("fake", 4);
	source->name = memory_text("fake", 4);
	source->rest = memory_text(rest, strlen(rest));
	feed = feed_attach(source, &options, NULL, &err);
	ck_assert_msg(feed != NULL, "%s", err.text);
	return feed;
}

/* Its cells as text: "1,2,k;" a row. */
static void
print_row(const struct block *b, int row, struct text *out)
{
	for (int c = 0; c < b->schema->n; c++) {
		if (c > 0)
			text_addc(out, ',');
		if (b->schema->columns[c].type == COLUMN_NUMBER)
			text_number(out, b->cells[c].number[row]);
		else if (b->cells[c].text[row].s != NULL)
			text_addn(out, b->cells[c].text[row].s, b->cells[c].text[row].n);
	}
	text_addc(out, ';');
}

static struct block *
next_block(struct feed *feed)
{
	struct error err;
	struct block *b;

	for (int i = 0; i < 10000 && (b = feed_block(feed)) == NULL; i++)
		if (feed_fill(feed, &err) == FEED_END && (b = feed_block(feed)) == NULL)
			return NULL;
	return b;
}

static void
read_rest(struct feed *feed, struct text *out)
{
	struct block *b;

	for (; (b = next_block(feed)) != NULL; feed_drop(feed))
		for (int i = 0; i < b->n; i++)
			print_row(b, i, out);
}

static void
broker_done(struct broker *b)
{
	text_done(&b->processed);
}

static void
check_rows(const struct message *messages, int n, const char *columns, const char *rows, int bad)
{
	struct broker b = { .messages = messages, .n = n };
	struct feed *feed = feed_of(&b);
	struct text out = { 0 }, names = { 0 };
	struct cell_text text;
	const char *what;
	int told = 0;

	read_rest(feed, &out);
	ck_assert_str_eq(text_get(&out), rows);
	for (int c = 0; c < feed_schema(feed)->n; c++)
		text_addf(&names, "%s ", feed_schema(feed)->columns[c].name);
	ck_assert_str_eq(text_get(&names), columns);
	while (feed_bad(feed, &what, &text))
		told++;
	ck_assert_int_eq(told, bad);
	feed_close(feed);
	broker_done(&b);
	text_done(&out);
	text_done(&names);
}

START_TEST(messages_tell_the_columns_together)
{
	static const struct message some[] = { { 1, "{\"a\":1}", "x" },
		{ 1, "{\"a\":2,\"b\":3}", "y" }, { 2, "{\"b\":4}\n{\"b\":5}\n", NULL },
		{ 1, "{\n \"a\": 6\n}", "z" } };

	check_rows(some, 4, "a b key ", "1,null,x;2,3,y;null,4,;null,5,;6,null,z;", 0);
}
END_TEST

START_TEST(a_message_may_have_a_header)
{
	static const struct message some[] = { { 1, "a,b\n1,2\n3,4\n", "x" },
		{ 1, "a,b\n5,6", "y" }, { 2, "b,a\n8,7\n", "z" }, { 1, "9,10\n", "w" } };

	check_rows(some, 4, "a b key ", "1,2,x;3,4,x;5,6,y;7,8,z;9,10,w;", 0);
}
END_TEST

START_TEST(half_a_record_never_meets_the_next_message)
{
	static const struct message some[] = { { 1, "{\"a\":1}", "x" }, { 1, "{\"a\":2", "y" },
		{ 1, "}", "z" }, { 1, "{\"a\":4}", "w" } };

	check_rows(some, 4, "a key ", "1,x;4,w;", 0);
}
END_TEST

/* A picture among the first messages is refused, and no others with it. */
START_TEST(what_is_no_text_is_refused_alone)
{
	static const struct message some[] = { { 1, "\x89PNG\r\n\x1a\n....IHDR", "x" },
		{ 1, "{\"a\":1}", "y" }, { 1, "{\"a\":2}", "z" } };

	check_rows(some, 3, "a key ", "1,y;2,z;", 1);
}
END_TEST

static const struct message mixed[] = { { 1, "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n", "x" },
	{ 2, "{\"a\":4}\n", "y" }, { 2, "{\"a\":5}\n{\"a\":6}", "z" },
	{ 1, "{\"a\":7}\nno\n{\"a\":8}", "" }, { 3, "{\"a\":9}", "v" } };
enum { MIXED = sizeof mixed / sizeof *mixed, MIXED_ROWS = 9 };

/* Saved behind each row, and gone on with: the rows behind it come, and no others. */
START_TEST(it_goes_on_behind_any_row)
{
	for (int cut = 0; cut <= MIXED_ROWS; cut++) {
		struct broker first = { .messages = mixed, .n = MIXED };
		struct broker again = { .messages = mixed, .n = MIXED };
		struct feed *feed = feed_of(&first), *other = feed_of(&again);
		struct text before = { 0 }, behind = { 0 }, rest = { 0 };
		struct block *b = next_block(feed);
		struct buffer bytes = { 0 };
		struct reader pieces;
		struct error err;
		size_t begun = state_begin(&bytes);
		int rows = 0;

		ck_assert_int_eq(b->n, MIXED_ROWS);
		feed_save(feed, block_position(b, cut), (uint64_t)cut, &bytes);
		state_end(&bytes, begun);
		for (int i = 0; i < b->n; i++)
			print_row(b, i, i < cut ? &before : &behind);
		ck_assert_int_eq(state_open(bytes.data, bytes.len, &pieces, &err), 0);
		ck_assert_msg(feed_load(other, &pieces, &err) == 0, "%s", err.text);
		while ((b = next_block(other)) != NULL) {
			ck_assert_uint_eq(b->first_row, (uint64_t)(cut + rows + 1));
			for (int i = 0; i < b->n; i++, rows++)
				print_row(b, i, &rest);
			feed_drop(other);
		}
		ck_assert_int_eq(rows, MIXED_ROWS - cut);
		/* lanes may come in another turn: each row is there, once */
		ck_assert_uint_eq(rest.len, behind.len);
		for (char *s = behind.len > 0 ? strtok(behind.s, ";") : NULL; s != NULL;
		     s = strtok(NULL, ";"))
			ck_assert_msg(strstr(text_get(&rest), s) != NULL, "%d: %s", cut, s);
		feed_close(feed);
		feed_close(other);
		buffer_done(&bytes);
		broker_done(&first);
		broker_done(&again);
		text_done(&before);
		text_done(&behind);
		text_done(&rest);
	}
}
END_TEST

START_TEST(what_was_processed_is_told)
{
	struct broker b = { .messages = mixed, .n = MIXED };
	struct feed *feed = feed_of(&b);

	ck_assert_ptr_nonnull(next_block(feed));
	ck_assert_str_eq(text_get(&b.processed), "");
	feed_drop(feed);
	ck_assert_str_eq(text_get(&b.processed), "1:2 2:2 3:1 ");
	feed_close(feed);
	broker_done(&b);
}
END_TEST

/* With a store: what went up to a mark, when that is done, and nothing else. */
START_TEST(what_is_held_is_told_with_its_mark)
{
	struct broker b = { .messages = mixed, .n = MIXED };
	struct feed *feed = feed_of(&b);

	feed_hold_places(feed);
	ck_assert_ptr_nonnull(next_block(feed));
	feed_mark(feed, 2, 1); /* inside of the first message: it was not whole */
	feed_mark(feed, 4, 2);
	feed_drop(feed);
	feed_mark(feed, MIXED_ROWS, 3);
	ck_assert_str_eq(text_get(&b.processed), "");
	feed_marks_done(feed, 1);
	ck_assert_str_eq(text_get(&b.processed), "1:0 ");
	text_clear(&b.processed);
	feed_marks_done(feed, 2);
	ck_assert_str_eq(text_get(&b.processed), "1:1 2:1 ");
	text_clear(&b.processed);
	feed_marks_done(feed, 9);
	ck_assert_str_eq(text_get(&b.processed), "1:2 2:2 3:1 ");
	feed_close(feed);
	broker_done(&b);
}
END_TEST

/* Closed in the middle of a block: what went of it is told. */
START_TEST(who_leaves_tells_what_went)
{
	struct broker b = { .messages = mixed, .n = MIXED };
	struct feed *feed = feed_of(&b);

	ck_assert_ptr_nonnull(next_block(feed));
	feed_leave(feed, 5);
	ck_assert_str_eq(text_get(&b.processed), "1:1 2:1 ");
	feed_close(feed);
	broker_done(&b);
}
END_TEST

/* Bytes changed at random are refused, or are places. */
START_TEST(places_that_are_damaged)
{
	struct rng rng = { 7 };
	struct lane_places places = { 0 };
	struct buffer bytes = { 0 };

	for (uint32_t lane = 1; lane < 20; lane++)
		lane_places_set(
		    &places, &(struct position){ .lane = lane % 7, .offset = lane, .line = 3 });
	ck_assert_int_eq(places.n, 7);
	lane_places_save(&places, &bytes);
	for (int i = 0; i < 2000; i++) {
		struct lane_places loaded = { 0 };
		size_t n = rng_next(&rng) % (bytes.len + 1), at = rng_next(&rng) % bytes.len;
		struct reader r = { bytes.data, bytes.data + n };

		bytes.data[at] ^= (unsigned char)(1 + rng_next(&rng) % 255);
		if (lane_places_load(&loaded, &r) == 0)
			ck_assert_int_le(loaded.n, (int)(n / 24));
		lane_places_done(&loaded);
	}
	lane_places_done(&places);
	buffer_done(&bytes);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("messages");
	TCase *c = tcase_create("messages");

	suite_add_tcase(suite, c);
	tcase_add_test(c, messages_tell_the_columns_together);
	tcase_add_test(c, a_message_may_have_a_header);
	tcase_add_test(c, half_a_record_never_meets_the_next_message);
	tcase_add_test(c, what_is_no_text_is_refused_alone);
	tcase_add_test(c, it_goes_on_behind_any_row);
	tcase_add_test(c, what_was_processed_is_told);
	tcase_add_test(c, what_is_held_is_told_with_its_mark);
	tcase_add_test(c, who_leaves_tells_what_went);
	tcase_add_test(c, places_that_are_damaged);
	return support_run(suite);
}
