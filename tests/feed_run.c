/* feed_run.c - runs of feeds that are saved on their way, and go on from there. */
#include "tests/feed_run.h"

#include <stdlib.h>
#include <string.h>

#include "tests/records.h"

static void
save_now(struct feed_run *run, const struct feed *feed, const struct position *at, uint64_t row)
{
	size_t begun;
	struct feed_saved *save;

	if (run->sparse > 1 && rng_next(&run->rng) % (unsigned)run->sparse != 0)
		return;
	if (run->n == run->cap) {
		run->cap = run->cap * 2 + 64;
		run->saves = realloc(run->saves, (size_t)run->cap * sizeof *run->saves);
	}
	save = &run->saves[run->n++];
	*save = (struct feed_saved){ .told = run->text.len };
	begun = state_begin(&save->bytes);
	feed_save(feed, at, row, &save->bytes);
	state_end(&save->bytes, begun);
}

static void
add_place(struct text *text, const struct position *p)
{
	text_addf(text, "@%llu:%llu:%u:%u\n", (unsigned long long)p->offset,
	    (unsigned long long)p->line, p->flags, p->passed);
}

void
feed_read_on(struct feed *feed, struct text *text, struct feed_run *run)
{
	struct error err = { 0 };
	enum feed_state state;
	struct position at;
	uint64_t row;

	do {
		state = feed_fill(feed, &err);
		for (const struct block *b; (b = feed_block(feed)) != NULL; feed_drop(feed)) {
			for (int i = 0; i == 0 || i < b->n; i++) {
				if (run != NULL)
					save_now(run, feed, block_position(b, i),
					    b->first_row + (uint64_t)i - 1);
				row_transcript(text, b, i);
				add_place(text, &b->after[i]);
			}
		}
	} while (state == FEED_READY || state == FEED_MORE);
	ck_assert_msg(state == FEED_END, "%s", err.text);
	at = feed_position(feed, &row);
	if (run != NULL)
		save_now(run, feed, &at, row);
	text_addf(text, "%llu rows\n", (unsigned long long)row);
}

struct feed *
feed_run_load(const struct feed_run *run, const struct buffer *bytes, struct error *err)
{
	struct feed *feed = feed_open(run->spec, run->options, NULL, err);
	struct reader pieces;

	ck_assert_ptr_nonnull(feed);
	if (state_open(bytes->data, bytes->len, &pieces, err) == 0 &&
	    feed_load(feed, &pieces, err) == 0)
		return feed;
	feed_close(feed);
	return NULL;
}

/* What is saved at once is what was loaded. */
static void
check_saved_again(const struct feed *feed, const struct buffer *bytes)
{
	struct buffer again = { 0 };
	size_t begun = state_begin(&again);
	uint64_t row;
	struct position at = feed_position(feed, &row);

	feed_save(feed, &at, row, &again);
	state_end(&again, begun);
	ck_assert_uint_eq(again.len, bytes->len);
	ck_assert(memcmp(again.data, bytes->data, again.len) == 0);
	buffer_done(&again);
}

void
feed_run_begin(struct feed_run *run)
{
	struct error err = { 0 };
	struct feed *feed = feed_open(run->spec, run->options, NULL, &err);

	ck_assert_ptr_nonnull(feed);
	feed_read_on(feed, &run->text, run);
	feed_close(feed);
}

void
feed_run_done(struct feed_run *run)
{
	for (int i = 0; i < run->n; i++)
		buffer_done(&run->saves[i].bytes);
	free(run->saves);
	text_done(&run->text);
}

void
feed_run_check(const char *spec, const struct feed_options *options, int sparse, const char *what)
{
	struct feed_run run = { .spec = spec, .options = options, .sparse = sparse };
	struct error err = { 0 };

	feed_run_begin(&run);
	ck_assert_int_gt(run.n, 0);
	for (int i = 0; i < run.n; i++) {
		struct feed *feed = feed_run_load(&run, &run.saves[i].bytes, &err);
		struct text text = { 0 };
		const char *expected = text_get(&run.text) + run.saves[i].told;

		ck_assert_msg(feed != NULL, "%s: %s", what, err.text);
		check_saved_again(feed, &run.saves[i].bytes);
		feed_read_on(feed, &text, NULL);
		ck_assert_msg(strcmp(text_get(&text), expected) == 0,
		    "%s, save %d of %d\nexpected: %.500s\ngot: %.500s", what, i, run.n, expected,
		    text_get(&text));
		text_done(&text);
		feed_close(feed);
	}
	feed_run_done(&run);
}
