/* test_reorder_state.c - rows held back to be put in order: saved between two rows with the feed
 * that they came from, they go on as if nothing had happened. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/state.h"
#include "data/base/times/times.h"
#include "data/input/feed.h"
#include "data/rows/reorder.h"
#include "tests/records.h"
#include "tests/support.h"

static const struct feed_options plain;

struct line { /* a feed with its rows put in order, as those who read it do */
	struct feed *feed;
	struct reorder *reorder;
	bool pushed, ended;
};

static struct block *
feed_next(struct line *line)
{
	struct error err;
	struct block *b = feed_block(line->feed);

	while (b == NULL && !line->ended) {
		line->ended = feed_fill(line->feed, &err) == FEED_END;
		b = feed_block(line->feed);
	}
	return b;
}

static struct block *
line_next(struct line *line)
{
	struct block *b;

	while ((b = reorder_pop(line->reorder, false)) == NULL) {
		if (line->pushed)
			feed_drop(line->feed);
		b = feed_next(line);
		line->pushed = b != NULL;
		reorder_push(line->reorder, b);
		if (b == NULL)
			return reorder_pop(line->reorder, true);
	}
	return b;
}

static void
line_done(struct line *line)
{
	reorder_free(line->reorder);
	feed_close(line->feed);
}

static void
line_save(const struct line *line, int gone, struct buffer *b)
{
	size_t begun = state_begin(b);
	struct position at;
	uint64_t row;

	if (!reorder_taken(line->reorder, &row, &at))
		at = feed_position(line->feed, &row);
	feed_save(line->feed, &at, row, b);
	reorder_save(line->reorder, gone, b);
	state_end(b, begun);
}

static int
line_load(struct line *line, const char *spec, int64_t lateness, const struct buffer *b,
    struct error *err)
{
	struct reader pieces;

	*line = (struct line){ .feed = feed_open(spec, &plain, NULL, err) };
	if (state_open(b->data, b->len, &pieces, err) < 0 ||
	    feed_load(line->feed, &pieces, err) < 0)
		return -1;
	line->reorder = reorder_new(feed_schema(line->feed), lateness);
	return reorder_load(line->reorder, &pieces, err);
}

struct saves {
	struct buffer *bytes;
	size_t *told;
	int n, cap, sparse;
	struct rng rng;
};

static void
save_now(struct saves *saves, const struct line *line, int gone, size_t told)
{
	if (saves == NULL || (saves->sparse > 1 && rng_next(&saves->rng) % (unsigned)saves->sparse))
		return;
	if (saves->n == saves->cap) {
		saves->cap = saves->cap * 2 + 16;
		saves->bytes = realloc(saves->bytes, (size_t)saves->cap * sizeof *saves->bytes);
		saves->told = realloc(saves->told, (size_t)saves->cap * sizeof *saves->told);
	}
	saves->bytes[saves->n] = (struct buffer){ 0 };
	saves->told[saves->n] = told;
	line_save(line, gone, &saves->bytes[saves->n++]);
}

static void
saves_done(struct saves *saves)
{
	for (int i = 0; i < saves->n; i++)
		buffer_done(&saves->bytes[i]);
	free(saves->bytes);
	free(saves->told);
}

static void
read_on(struct line *line, struct text *text, struct saves *saves)
{
	int gone = 0;

	for (const struct block *b; (b = line_next(line)) != NULL;) {
		for (int i = 0; i == 0 || i < b->n; i++) {
			save_now(saves, line, i, text->len);
			row_transcript(text, b, i);
			text_addf(text, "@%llu%s\n", (unsigned long long)b->after[i].offset,
			    b->n > 0 && b->late[i] ? " late" : "");
		}
		gone = b->n > 0 ? b->n : 1;
	}
	save_now(saves, line, gone, text->len);
}

static void
check_order(const char *spec, int64_t lateness, int sparse)
{
	struct saves saves = { .sparse = sparse, .rng = { .state = 5 } };
	struct line line = { .feed = NULL };
	struct text whole = { 0 };
	struct error err = { 0 };

	line.feed = feed_open(spec, &plain, NULL, &err);
	ck_assert_int_ne(feed_fill(line.feed, &err), FEED_FAIL);
	line.reorder = reorder_new(feed_schema(line.feed), lateness);
	read_on(&line, &whole, &saves);
	line_done(&line);
	ck_assert_int_gt(saves.n, 1);
	for (int i = 0; i < saves.n; i++) {
		struct text text = { 0 };
		struct buffer again = { 0 };

		ck_assert_msg(
		    line_load(&line, spec, lateness, &saves.bytes[i], &err) == 0, "%s", err.text);
		line_save(&line, 0, &again); /* before anything was given again */
		ck_assert_uint_eq(again.len, saves.bytes[i].len);
		read_on(&line, &text, NULL);
		ck_assert_msg(strcmp(text_get(&text), text_get(&whole) + saves.told[i]) == 0,
		    "save %d of %d\nexpected: %.600s\ngot: %.600s", i, saves.n,
		    text_get(&whole) + saves.told[i], text_get(&text));
		line_done(&line);
		buffer_done(&again);
		text_done(&text);
	}
	saves_done(&saves);
	text_done(&whole);
}

static void
make_rows(struct text *bytes, int n, int spread)
{
	struct rng rng = { .state = (uint64_t)n };

	text_add(bytes, "time,v,s\n");
	for (int i = 0; i < n; i++) {
		int late = rng_next(&rng) % 12 == 0 ? 5 * spread : (int)(rng_next(&rng) % 4);

		if (rng_next(&rng) % 9 == 0)
			text_add(bytes, "time,v,s\n");
		text_addf(bytes, "%d,%s%d,\"k%s%d\"\n", 1700000000 + i - late,
		    rng_next(&rng) % 11 == 0 ? "x" : "", i, rng_next(&rng) % 5 ? "" : "\n", i);
	}
	text_add(bytes, "1700000000,\"open");
}

START_TEST(held_rows_go_on)
{
	static const int lateness[] = { 0, 1, 3, 20, 1000000 };
	struct text bytes = { 0 };

	make_rows(&bytes, 400, 3);
	check_order(file_with("order", bytes.s, bytes.len), lateness[_i] * TIME_SECOND, 1);
	file_remove("order");
	text_done(&bytes);
}
END_TEST

/* More rows than may be held: the oldest go, before and behind the cut. */
START_TEST(too_many_held_rows_go_on)
{
	struct text bytes = { 0 };

	make_rows(&bytes, REORDER_ROWS + 2000, 3);
	check_order(file_with("full", bytes.s, bytes.len), INT64_C(100000000) * TIME_SECOND, 9000);
	file_remove("full");
	text_done(&bytes);
}
END_TEST

START_TEST(changed_rows_are_refused)
{
	struct text bytes = { 0 };
	struct saves saves = { .sparse = 9 };
	struct line line = { .feed = NULL };
	struct rng rng = { .state = 1 };
	struct error err = { 0 };
	char path[200];
	int taken = 0;

	make_rows(&bytes, 40, 3);
	snprintf(path, sizeof path, "%s", file_with("flip", bytes.s, bytes.len));
	line.feed = feed_open(path, &plain, NULL, &err);
	feed_fill(line.feed, &err);
	line.reorder = reorder_new(feed_schema(line.feed), 9 * TIME_SECOND);
	text_clear(&bytes);
	read_on(&line, &bytes, &saves);
	line_done(&line);
	for (int i = 0; i < 20000; i++) {
		const struct buffer *saved = &saves.bytes[(uint64_t)i % (uint64_t)saves.n];
		struct buffer b = { 0 };
		size_t begun = state_begin(&b), n = 1 + rng_next(&rng) % 3;

		buffer_put(&b, saved->data + b.len, saved->len - b.len);
		for (size_t k = 0; k < n; k++)
			b.data[28 + rng_next(&rng) % (b.len - 28)] ^=
			    (unsigned char)(1 + rng_next(&rng) % 255);
		state_end(&b, begun);
		err = (struct error){ 0 };
		if (line_load(&line, path, 9 * TIME_SECOND, &b, &err) == 0) {
			struct text text = { 0 };

			read_on(&line, &text, NULL);
			text_done(&text);
			taken++;
		} else {
			ck_assert_str_ne(err.text, "");
		}
		line_done(&line);
		buffer_done(&b);
	}
	ck_assert_int_gt(taken, 100);
	/* another lateness is another buffer */
	ck_assert_int_eq(line_load(&line, path, 8 * TIME_SECOND, &saves.bytes[0], &err), -1);
	line_done(&line);
	saves_done(&saves);
	file_remove("flip");
	text_done(&bytes);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("reorder_state");
	TCase *tc = tcase_create("reorder_state");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, held_rows_go_on, 0, 5);
	tcase_add_test(tc, too_many_held_rows_go_on);
	tcase_add_test(tc, changed_rows_are_refused);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
