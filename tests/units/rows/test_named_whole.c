/* test_named_whole.c - JSON records given at once against their cells one by one: what is said of
 * their keys is true, and the rows are the same. */
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/formats/format.h"
#include "data/rows/decoder.h"
#include "tests/records.h"
#include "tests/support.h"

enum { LINES = 300, MOST = 40 };

/* --- what a sink gets ------------------------------------------------------------------------- */

struct got {
	struct text text, keys; /* keys: of the record before that came whole */
	int same;               /* records of which it was said that they have the same */
};

static void
on_named(void *self, const char *key, size_t n, const struct field *field)
{
	struct got *got = self;

	text_addf(&got->text, "%.*s=%.*s|", (int)n, key, (int)field->n, field->s);
}

static void
on_record(void *self)
{
	struct got *got = self;

	text_addc(&got->text, '\n');
}

static void
on_whole(void *self, const struct field *keys, const struct field *fields, int n, bool same)
{
	struct got *got = self;
	struct text all = { 0 };

	for (int i = 0; i < n; i++) {
		text_addf(&all, "%.*s|", (int)keys[i].n, keys[i].s);
		on_named(self, keys[i].s, keys[i].n, &fields[i]);
	}
	if (same)
		ck_assert_str_eq(text_get(&all), text_get(&got->keys));
	got->same += same;
	text_clear(&got->keys);
	text_addn(&got->keys, text_get(&all), all.len);
	text_done(&all);
	on_record(self);
}

static void
on_words(void *self, const char *what, const char *s, size_t n)
{
	struct got *got = self;

	text_addf(&got->text, "?%s: %.*s\n", what, (int)n, s);
}

static void
read_lines(struct record_sink *sink, const struct text *bytes, size_t piece)
{
	static const struct dialect dialect = { 0 };
	struct format format;

	format_open(&format, format_find("ndjson"), &dialect, sink);
	for (size_t at = 0; at < bytes->len; at += piece)
		format.class->feed(
		    &format, bytes->s + at, piece < bytes->len - at ? piece : bytes->len - at);
	format.class->finish(&format);
	format_close(&format);
}

static struct got
got_of(const struct text *bytes, size_t piece, bool whole)
{
	struct got got = { 0 };
	struct record_sink sink = { .named = on_named,
		.record = on_record,
		.drop = on_words,
		.fault = on_words,
		.named_whole = whole ? on_whole : NULL,
		.self = &got };

	read_lines(&sink, bytes, piece);
	return got;
}

static void
got_done(struct got *got)
{
	text_done(&got->text);
	text_done(&got->keys);
}

/* --- random objects --------------------------------------------------------------------------- */

/* Members mostly as in the object before: one is left out, moved, named or nested otherwise. */
static void
add_object(struct rng *rng, struct text *bytes)
{
	static const char *const names[] = { "time", "a", "b", "a", "\\u0061", "late",
		"a name that is longer than what is remembered of names", "c d" };
	static const char *const values[] = { "1", "-2.5", "\"x\"", "\"\\u00e4\"", "null",
		"{\"a\":3}", "[1,2]", "[]", "[\"x\"]", "true" };
	uint64_t odd = rng_next(rng) % 6;
	int n = odd == 0 ? (int)(rng_next(rng) % MOST) : 3;

	text_addc(bytes, '{');
	for (int i = 0; i < n; i++) {
		bool change = odd < 3 && rng_next(rng) % 3 == 0;
		size_t name = change ? rng_next(rng) % 8 : (size_t)i % 3;
		size_t value = odd < 2 ? rng_next(rng) % 10 : rng_next(rng) % 3;

		text_addf(bytes, "%s\"%s\":%s", i > 0 ? "," : "", names[name], values[value]);
	}
	text_add(bytes, odd == 1 ? "}x\n" : "}\n");
}

START_TEST(what_is_said_of_keys_is_true)
{
	static const size_t pieces[] = { 1 << 20, 1, 7, 64 };
	struct rng rng = { 31 + (uint64_t)_i };
	struct text bytes = { 0 };
	struct got twin;

	for (int i = 0; i < LINES; i++)
		add_object(&rng, &bytes);
	twin = got_of(&bytes, 1 << 20, false);
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct got got = got_of(&bytes, pieces[i], true);

		ck_assert_str_eq(text_get(&got.text), text_get(&twin.text));
		ck_assert_int_gt(got.same, LINES / 10);
		got_done(&got);
	}
	got_done(&twin);
	text_done(&bytes);
}
END_TEST

/* A sink that did not get the record before must not be told of it. */
START_TEST(a_new_sink_is_told_anew)
{
	static const struct dialect dialect = { 0 };
	static const char line[] = "{\"a\":1,\"b\":2}\n";
	struct got got[2] = { 0 };
	struct record_sink sinks[2];
	struct format format;

	for (int i = 0; i < 2; i++)
		sinks[i] = (struct record_sink){ .named = on_named,
			.record = on_record,
			.drop = on_words,
			.fault = on_words,
			.named_whole = on_whole,
			.self = &got[i] };
	format_open(&format, format_find("ndjson"), &dialect, &sinks[0]);
	for (int i = 0; i < 6; i++) {
		format.sink = &sinks[i / 2 % 2];
		format.class->feed(&format, line, strlen(line));
	}
	format_close(&format);
	ck_assert_int_eq(got[0].same, 2);
	ck_assert_int_eq(got[1].same, 1);
	got_done(&got[0]);
	got_done(&got[1]);
}
END_TEST

/* --- rows ------------------------------------------------------------------------------------- */

static struct text
rows_of(const struct row_map *map, const struct text *bytes, bool whole)
{
	struct decoder *d = decoder_new(map, true, 1);
	struct text rows = { 0 };

	decoder_arrival(d, 1);
	if (!whole)
		decoder_sink(d)->named_whole = NULL;
	read_lines(decoder_sink(d), bytes, 4096);
	decoder_finish(d);
	for (struct block *b = decoder_block(d, true); b != NULL; b = decoder_block(d, true)) {
		for (int row = 0; row == 0 || row < b->n; row++)
			row_transcript(&rows, b, row);
		decoder_drop(d);
	}
	decoder_free(d);
	return rows;
}

static void
check_same(const struct text *a, const struct text *b)
{
	size_t i = 0, from;

	while (i < a->len && i < b->len && a->s[i] == b->s[i])
		i++;
	from = i < 100 ? 0 : i - 100;
	ck_assert_msg(i == a->len && i == b->len, "at once:\n%.200s\none by one:\n%.200s",
	    text_get(a) + from, text_get(b) + from);
}

/* Columns in an order of their own, of which objects have some, others, or all. */
START_TEST(rows_are_the_same)
{
	static const char *const names[] = { "a", "b", "time", "c d" };
	struct rng rng = { 41 + (uint64_t)_i };
	struct text bytes = { 0 }, whole, one_by_one;
	char **own = memory_new(4, sizeof *own);
	struct row_map map = { 0 };
	int n = 3 + _i % 2;

	for (int i = 0; i < n; i++)
		own[i] = memory_text(names[_i % 3 == 0 && i < 3 ? (i + 2) % 3 : i],
		    strlen(names[_i % 3 == 0 && i < 3 ? (i + 2) % 3 : i]));
	row_map_name(&map, own, n);
	map.schema.source = memory_text("test", 4);
	for (int i = 0; i < LINES; i++)
		add_object(&rng, &bytes);
	whole = rows_of(&map, &bytes, true);
	one_by_one = rows_of(&map, &bytes, false);
	ck_assert_uint_gt(whole.len, 1000);
	check_same(&whole, &one_by_one);
	text_done(&whole);
	text_done(&one_by_one);
	text_done(&bytes);
	row_map_done(&map);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("named_whole");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, what_is_said_of_keys_is_true, 0, 8);
	tcase_add_test(tc, a_new_sink_is_told_anew);
	tcase_add_loop_test(tc, rows_are_the_same, 0, 8);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
