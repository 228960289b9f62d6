/* test_feed_state.c - feeds and rows held back: saved between two rows, loaded into fresh ones that
 * go on, they give what an undisturbed run gives. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/state.h"
#include "data/base/times.h"
#include "data/input/feed.h"
#include "data/rows/reorder.h"
#include "data/sources/source.h"
#include "tests/records.h"
#include "tests/support.h"

static const struct feed_options plain;

/* --- runs that are saved on their way --------------------------------------------------------- */

struct save { /* between two rows */
	struct buffer bytes;
	size_t told; /* length of the transcript until then */
};

struct run {
	const char *spec;
	const struct feed_options *options;
	struct text text; /* rows, faults and places */
	struct save *saves;
	int n, cap;
	int sparse; /* one of so many rows is saved; 1: each */
	struct rng rng;
};

static void
save_now(struct run *run, const struct feed *feed, const struct position *at, uint64_t row)
{
	size_t begun;
	struct save *save;

	if (run->sparse > 1 && rng_next(&run->rng) % (unsigned)run->sparse != 0)
		return;
	if (run->n == run->cap) {
		run->cap = run->cap * 2 + 64;
		run->saves = realloc(run->saves, (size_t)run->cap * sizeof *run->saves);
	}
	save = &run->saves[run->n++];
	*save = (struct save){ .told = run->text.len };
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

/* Reads all there is; run NULL: saves nothing. */
static void
read_on(struct feed *feed, struct text *text, struct run *run)
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

static struct feed *
load(const struct run *run, const struct buffer *bytes, struct error *err)
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

static void
run_begin(struct run *run)
{
	struct error err = { 0 };
	struct feed *feed = feed_open(run->spec, run->options, NULL, &err);

	ck_assert_ptr_nonnull(feed);
	read_on(feed, &run->text, run);
	feed_close(feed);
}

static void
run_done(struct run *run)
{
	for (int i = 0; i < run->n; i++)
		buffer_done(&run->saves[i].bytes);
	free(run->saves);
	text_done(&run->text);
}

/* From each save, in a fresh feed on the same source, comes what came. */
static void
check_run(const char *spec, const struct feed_options *options, int sparse, const char *what)
{
	struct run run = { .spec = spec, .options = options, .sparse = sparse };
	struct error err = { 0 };

	run_begin(&run);
	ck_assert_int_gt(run.n, 0);
	for (int i = 0; i < run.n; i++) {
		struct feed *feed = load(&run, &run.saves[i].bytes, &err);
		struct text text = { 0 };
		const char *expected = text_get(&run.text) + run.saves[i].told;

		ck_assert_msg(feed != NULL, "%s: %s", what, err.text);
		check_saved_again(feed, &run.saves[i].bytes);
		read_on(feed, &text, NULL);
		ck_assert_msg(strcmp(text_get(&text), expected) == 0,
		    "%s, save %d of %d\nexpected: %.500s\ngot: %.500s", what, i, run.n, expected,
		    text_get(&text));
		text_done(&text);
		feed_close(feed);
	}
	run_done(&run);
}

/* --- small inputs, at every row --------------------------------------------------------------- */

static const struct {
	const char *name, *bytes;
	struct dialect_options dialect;
} inputs[] = {
	{ "lf", "time,v,s\n1700000000,1,a\n,2,\n1700000003,x,\"b\"\"c\"\n1700000002,4,d", { 0 } },
	{ "crlf", "time,v\r\n1700000000,1\r\n\r\n1700000001,2\r\n1,2,3\r\n1700000002,3\r\n",
	    { 0 } },
	{ "cr", "a,b\r1,2\r\r3,4\r5,6\r", { 0 } },
	{ "mixed ends", "a,b\r\n1,2\n3,4\r5,6\r\n\n\r7,8", { 0 } },
	{ "quoted ends", "a,b\n1,\"x\ny\"\n2,\"x\r\ny\n\n\"\n3,\"\"\n4,\"\n\"\n5,z\n", { 0 } },
	{ "one column", "v\n1\n\n\n4\n\n6\n\n\n", { 0 } },
	{ "one column crlf", "v\r\n1\r\n\r\n\r\n4\r\n\r\n6\r\n\r\n", { 0 } },
	{ "one column of gaps", "v\n\n\n3\n \n5\n", { 0 } },
	{ "mark",
	    "\xef\xbb\xbf"
	    "a,b\n1,2\n3,4\n",
	    { 0 } },
	{ "marked, quoted header", "\xef\xbb\xbf\"a\",\"b\"\n1,2\n3,4\n", { 0 } },
	{ "no header", "1,2\n3,4\n\n5,6\n", { 0 } },
	{ "told", "1,2\nx,4\n5,6\n", { .no_header = true, .types = "c1=number" } },
	{ "names twice", "v,v,\n1,2,3\n4,5,6\n", { 0 } },
	{ "header again", "a,b\na,b\n1,2\na,b\n3,4\na,b\n", { 0 } },
	{ "stray quotes", "a,\"b\" c\n1,\"x\" y\"\n2,z\n\"q\" r,1\n4,5\n", { 0 } },
	{ "quote left open", "a,b\n1,2\n3,\"4\n5,6\n", { 0 } },
	{ "semicolons", "a;b\n1;2\n\n3;4\n", { 0 } },
	{ "header alone", "a,b\n", { 0 } },
	{ "nothing", "", { 0 } },
	{ "tsv", "a\tb\n1\tx y\n2\t\"z\nw\"\n\n3\t\n", { 0 } },
	{ "ndjson",
	    "{\"t\":\"2026-01-01\",\"v\":1}\n\n{\"v\":\"2\"}\r\noops\n[1]\n{\"v\":\"x\"}\n\n"
	    "{\"t\":\"2026-01-02\",\"v\":3}\nbad",
	    { 0 } },
	{ "ndjson, told", "{\"a\":1,\"z\":2}\n{\"a\":2}\n{\"b\":3}\n", { .columns = "a,b" } },
	{ "logfmt", "level=info v=1 t=2026-01-01\nlevel=warn v=2 v=3\nhello\n\n=5 v=4\nv=\"5",
	    { 0 } },
	{ "json",
	    "[{\"a\":1,\n\"b\":{\"c\":2}},\n{\"a\":2},{\"a\":03}\n,{\"a\":4}]\n[{\"a\":5}\n{\"a\":"
	    "6},]x",
	    { 0 } },
	{ "json, around",
	    "{\"n\":[1,2],\"of\":{\"s\":\"]}\",\"rows\":\n[{\"a\":1},\n{\"a\":[{\"b\":2}]},{\"a\":"
	    "03},"
	    "{\"a\":4}],\n\"next\":{}}}\n",
	    { 0 } },
	{ "json, concatenated",
	    "{\"a\":1}{\"a\":2},{\"a\":3},\n{\"a\":\n{\"a\":4}{\"b\":", { .format = "json" } },
	{ "words", "# c\na b\n1  2\n# d\n 3 \"x y\"\n\n# 4\n5 6", { .format = "words" } },
	{ "w3c", "#Software: x\n#Fields: a b\n1 2\n#Date: y\n#Fields: a b\n3 4\n", { 0 } },
	{ "w3c, commas", "#Software: x\n#Fields: a,b\n1,2\n#Date: y\n#Fields: a,b\n3,4\n", { 0 } },
	{ "twice",
	    "time,v,w\n2026-01-01,1,a\n2026-01-02,2,\"b\"\n2026-01-03,3,c\ntime,v\n"
	    "2026-01-01,1\n2026-01-02,\"2\"\n2026-01-03,3\n2026-01-04,4,d\n",
	    { 0 } },
	{ "title again, as many words as cells",
	    "one two three\na,b,c\n1,2,3\n4,5,6\none two three\na,b,c\n7,8,9\n", { 0 } },
	{ "titles again, in words", "on off now\na b\n1 2\n3 4\non off now\na b\n5 6\n", { 0 } },
	{ "zeek", "#separator \\x09\n#fields\tts\tb\n#types\ttime\tx\n1.5\tc d\n2.5\t-\n#close\n",
	    { 0 } },
	{ "clf",
	    "h - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 1\nx\n"
	    "h - - [17/May/2015:10:05:04 +0000] \"-\" 408 -\r\n",
	    { 0 } },
	{ "regex", "a=1\nb\n\nc=3", { .format = "regex:^(?<k>.)=(?<v>.)$" } },
	{ "prometheus",
	    "# HELP a b\na 1\nb{c=\"d\"} 2\na 2\nx y\nb{c=\"d\"} 3\n# EOF\nx\na 3 1700000000\n# "
	    "EOF\n"
	    "b{c=\"d\"} 4\na 4",
	    { 0 } },
	{ "bytes that are no UTF-8", "a,b,n\n\xc3\xb6,x,1\ny,\xe9\xe9,2\n\xf6,z,3\nz,\xe9,4\n",
	    { .encoding = "UTF-8" } },
	{ "doubt", "time,v\n1700000000,1\n1700000001,2\nnever,3\n1700000003,4\n", { 0 } },
};

START_TEST(small_inputs_go_on_at_every_row)
{
	const struct feed_options options = { .dialect = inputs[_i].dialect };

	check_run(file_with("state", inputs[_i].bytes, strlen(inputs[_i].bytes)), &options, 1,
	    inputs[_i].name);
	file_remove("state");
}
END_TEST

/* --- larger ones, of all formats, packed and made --------------------------------------------- */

static void
make_csv(struct text *bytes, int n, const char *delimiter)
{
	static const char *const odd[] = { "1,2\n", "\n", "x,y,z,w\r\n", ",,,\n", "1,2,3,4,5\r",
		"time,a,b c,kind\n", "5,\"a\nb\",\"c\"\"d\",e\n", "1,\"x\" y\",2,3\n" };
	struct rng rng = { .state = (uint64_t)n };
	size_t begun = bytes->len;

	text_add(bytes, "time,a,\"b c\",kind\r\n");
	for (int i = 0; i < n; i++) {
		if (rng_next(&rng) % 10 == 0)
			text_add(bytes, odd[rng_next(&rng) % 8]);
		text_addf(bytes, "%d,%.6g,%.6g,\"k%d\"\n", 1700000000 + i, rng_normal(&rng),
		    rng_uniform(&rng), i % 7);
	}
	for (size_t i = begun; i < bytes->len; i++)
		if (bytes->s[i] == ',')
			bytes->s[i] = *delimiter;
}

static void
make_ndjson(struct text *bytes, int n)
{
	struct rng rng = { .state = (uint64_t)n };

	for (int i = 0; i < n; i++) {
		text_addf(bytes, "{\"t\":%d,\"v\":%.6g", 1700000000 + i, rng_normal(&rng));
		if (i > 110 && rng_next(&rng) % 3 == 0)
			text_addf(bytes, ",\"late%d\":1,\"again\":2", (int)(rng_next(&rng) % 1500));
		text_add(bytes, "}\n");
		if (rng_next(&rng) % 10 == 0)
			text_add(bytes, rng_next(&rng) % 2 ? "oops\n" : "\r\n");
	}
}

static void
make_json(struct text *bytes, int n)
{
	static const char *const odd[] = { "{\"v\":01},", "7,", ",", "{\"v\":\n", "\"x\n",
		"{\"v\":[1,{}]}" };
	struct rng rng = { .state = (uint64_t)n };

	text_add(bytes, "[");
	for (int i = 0; i < n; i++) {
		text_addf(bytes, "{\"t\":%d,%s\"v\":{\"w\":[%.6g,2]}},", 1700000000 + i,
		    rng_next(&rng) % 3 == 0 ? "\n  " : " ", rng_normal(&rng));
		if (rng_next(&rng) % 20 == 0)
			text_add(bytes, odd[rng_next(&rng) % 6]);
		text_add(bytes, rng_next(&rng) % 2 == 0 ? "\n" : "");
	}
	text_add(bytes, "{\"t\":1}]\n");
}

static void
make_logfmt(struct text *bytes, int n)
{
	struct rng rng = { .state = (uint64_t)n };

	for (int i = 0; i < n; i++) {
		text_addf(bytes, "t=%d v=%.6g msg=\"a b%d\"", 1700000000 + i, rng_normal(&rng), i);
		if (i > 110 && rng_next(&rng) % 20 == 0)
			text_addf(bytes, " late%d=x", i % 50);
		text_add(bytes, rng_next(&rng) % 9 == 0 ? "\r\nnothing here\n" : "\n");
	}
}

static void
make_input(struct text *bytes, const char *format, int n)
{
	if (strcmp(format, "csv") == 0)
		make_csv(bytes, n, ",");
	else if (strcmp(format, "tsv") == 0)
		make_csv(bytes, n, "\t");
	else if (strcmp(format, "ndjson") == 0)
		make_ndjson(bytes, n);
	else if (strcmp(format, "json") == 0)
		make_json(bytes, n);
	else
		make_logfmt(bytes, n);
}

START_TEST(larger_inputs_go_on_at_any_row)
{
	static const char *const formats[] = { "csv", "tsv", "ndjson", "json", "logfmt" };
	static const char *const packers[] = { "cat", "gzip", "zstd" };
	const struct feed_options options = { .dialect.format = formats[_i] };
	struct text bytes = { 0 };
	char path[200], command[1000], what[64];
	int tried = 0;

	make_input(&bytes, formats[_i], 3000);
	snprintf(path, sizeof path, "%s", file_with("large", bytes.s, bytes.len));
	for (size_t k = 0; k < sizeof packers / sizeof *packers; k++) {
		snprintf(command, sizeof command, "%s -c <%s >%s.p 2>/dev/null || %s <%s >%s.p",
		    packers[k], path, path, packers[k], path, path);
		if (system(command) != 0) /* not installed */
			continue;
		tried++;
		snprintf(command, sizeof command, "f=%s.p", path);
		snprintf(what, sizeof what, "%s by %s", formats[_i], packers[k]);
		check_run(command, &options, 100, what);
	}
	ck_assert_int_gt(tried, 1);
	snprintf(command, sizeof command, "%s.p", path);
	unlink(command);
	file_remove("large");
	text_done(&bytes);
}
END_TEST

START_TEST(generated_rows_go_on)
{
	const struct feed_options options = { 0 };

	check_run("synth:reactor?rows=700&seed=3", &options, 20, "reactor");
	check_run("synth:trades?rows=700", &options, 20, "trades");
}
END_TEST

/* More keys come too late than are kept: those beyond are counted, and told when it begins and at
 * the end. */
START_TEST(late_keys_are_counted)
{
	struct text bytes = { 0 };
	struct run run = { .options = &plain, .sparse = 1000 };
	char path[200];

	for (int i = 0; i < 1200; i++)
		text_addf(&bytes, "{\"v\":%d,\"k%d\":1}\n", i, i < 100 ? 0 : i);
	text_add(&bytes, "{\"k1150\":1,\"k1\":2,\"k300\":1}\n");
	snprintf(path, sizeof path, "%s", file_with("keys", bytes.s, bytes.len));
	run.spec = path;
	run_begin(&run);
	ck_assert_ptr_nonnull(strstr(run.text.s,
	    "1101?- a key that came too late, as 1000 before: further ones are counted: k1100\n"));
	ck_assert_ptr_null(strstr(run.text.s, "k1101\n"));
	ck_assert_ptr_nonnull(
	    strstr(run.text.s, "1202?- cells left out, whose keys came too late: 102\n"));
	run_done(&run);
	check_run(path, run.options, 50, "late keys");
	file_remove("keys");
	text_done(&bytes);
}
END_TEST

START_TEST(long_records_go_on)
{
	static const char *const lines[][3] = { { "csv", "a,b\n1,2\n", "3,\"" },
		{ "csv", "a,b\n1,2\n", "3," }, { "ndjson", "{\"a\":1}\n", "{\"a\":\"" } };

	for (int i = 0; i < 3; i++) {
		const struct feed_options options = { .dialect.format = lines[i][0] };
		struct text bytes = { 0 };

		text_add(&bytes, lines[i][1]);
		for (int k = 0; k < 3; k++) {
			text_add(&bytes, lines[i][2]);
			for (int c = 0; c < RECORD_MAX + 5000 * k; c++)
				text_addc(&bytes, "1234567 "[c % 8]);
			text_addf(&bytes, "\n%s",
			    strchr(lines[i][1], '1') == NULL ? ""
			    : i < 2                          ? "5,6\n"
							     : "{\"a\":2}\n");
		}
		check_run(file_with("long", bytes.s, bytes.len), &options, 1, lines[i][2]);
		file_remove("long");
		text_done(&bytes);
	}
}
END_TEST

/* Bad records alone, at the end and in the middle: they are told once, also where they fill blocks
 * of their own. */
START_TEST(blocks_of_faults_go_on)
{
	const struct feed_options options = { .dialect.format = "ndjson" };
	struct text bytes = { 0 };

	text_add(&bytes, "{\"a\":1}\n");
	for (int i = 0; i < 700; i++)
		text_addf(&bytes, "bad %d\n", i);
	text_add(&bytes, "{\"a\":2}\n");
	for (int i = 0; i < 300; i++)
		text_addf(&bytes, "worse %d\n", i);
	check_run(file_with("bad", bytes.s, bytes.len), &options, 1, "bad records");
	file_remove("bad");
	text_done(&bytes);
}
END_TEST

/* --- what does not fit ------------------------------------------------------------------------ */

static void
check_refused(const struct run *run, int save, const char *told)
{
	struct error err = { 0 };
	struct feed *feed = load(run, &run->saves[save].bytes, &err);

	ck_assert_msg(feed == NULL, "%s was expected", told);
	ck_assert_msg(strstr(err.text, told) != NULL, "%s", err.text);
}

START_TEST(other_sources_are_refused)
{
	static const char bytes[] = "a,b\n1,2\n3,4\n5,6\n", other[] = "a,b\n1,2\n3,5\n5,6\n";
	struct run run = { .options = &plain, .sparse = 1 };
	const struct feed_options told = { .dialect.types = "a=text" };
	struct error err;
	struct feed *feed;
	char path[200];

	snprintf(path, sizeof path, "%s", file_with("other", bytes, sizeof bytes - 1));
	run.spec = path;
	run_begin(&run);
	file_with("other", other, sizeof other - 1);
	check_refused(&run, 2, "has other bytes before byte 12 than were read of it");
	feed = load(&run, &run.saves[1].bytes, &err); /* what changed stands behind it */
	ck_assert_ptr_nonnull(feed);
	feed_close(feed);
	file_with("other", bytes, 9);
	check_refused(&run, 2, "is now shorter than the 12 bytes that were read of it");
	unlink(path);
	check_refused(&run, 2, "no such file");
	file_with("other", bytes, sizeof bytes - 1);
	run.options = &told;
	check_refused(&run, 2, "was read under other options");
	run_done(&run);
	file_remove("other");
}
END_TEST

/* Bytes changed at random: never taken for a state as a whole; and where the checksum is left out,
 * nothing worse than other rows. */
START_TEST(changed_bytes_are_refused)
{
	static const char bytes[] = "time,v,s\n1,2,a\n3,4,b\nx,y,\"c\nd\"\n5,6,e\n7,8,f\n";
	struct run run = { .options = &plain, .sparse = 1 };
	struct rng rng = { .state = 9 };
	char path[200];
	int taken = 0;

	snprintf(path, sizeof path, "%s", file_with("flip", bytes, sizeof bytes - 1));
	run.spec = path;
	run_begin(&run);
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
			feed = load(&run, &sealed, &err);
			if (feed != NULL) {
				struct text text = { 0 };

				read_on(feed, &text, NULL);
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
	ck_assert_int_gt(taken, 100); /* so that what follows a load is tried, too */
	run_done(&run);
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
			read_on(feed, &text, NULL);
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
	read_on(feed, &text, NULL);
	ck_assert_ptr_nonnull(strstr(text_get(&text),
	    "\n501: 1|'y\n@8:2:16:0\n502?- the header line again: \n502: 2|'z\n@12:3:16:0\n"
	    "502 rows\n"));
	feed_close(feed);
	text_done(&first);
	text_done(&text);
}
END_TEST

/* What they give now is another document of the same columns. */
START_TEST(live_sources_go_on_with_what_comes)
{
	static const char bytes[] = "a,b\n1,2\n";
	struct run run = { .options = &plain, .sparse = 1 };
	struct error err = { 0 };
	struct reader pieces;
	struct text rows = { 0 };
	struct feed *feed;

	run.spec = file_with("live", bytes, sizeof bytes - 1);
	run_begin(&run);
	piece = 7;
	documents = (const char *const[]){ "a,b\n4,3\n", NULL };
	feed = pages_feed(run.options);
	ck_assert_int_eq(
	    state_open(run.saves[1].bytes.data, run.saves[1].bytes.len, &pieces, &err), 0);
	ck_assert_int_eq(feed_load(feed, &pieces, &err), 0);
	read_on(feed, &rows, NULL);
	ck_assert_str_eq(text_get(&rows), "2: 4|3\n@8:2:16:0\n2 rows\n");
	text_done(&rows);
	feed_close(feed);
	run_done(&run);
	file_remove("live");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("feed_state");
	TCase *tc = tcase_create("feed_state");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(
	    tc, small_inputs_go_on_at_every_row, 0, (int)(sizeof inputs / sizeof *inputs));
	tcase_add_loop_test(tc, larger_inputs_go_on_at_any_row, 0, 5);
	tcase_add_test(tc, generated_rows_go_on);
	tcase_add_test(tc, late_keys_are_counted);
	tcase_add_test(tc, long_records_go_on);
	tcase_add_test(tc, blocks_of_faults_go_on);
	tcase_add_test(tc, other_sources_are_refused);
	tcase_add_test(tc, changed_bytes_are_refused);
	tcase_add_test(tc, documents_follow_each_other);
	tcase_add_test(tc, documents_follow_many_rows);
	tcase_add_test(tc, live_sources_go_on_with_what_comes);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
