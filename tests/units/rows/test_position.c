/* test_position.c - where each record ends: the same however the bytes are cut, and a place from
 * which a fresh format gives all that came behind it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/formats/format.h"
#include "tests/records.h"
#include "tests/support.h"

/* --- what is told ----------------------------------------------------------------------------- */

static const struct {
	const char *format, *bytes, *gives;
} vectors[] = {
	{ "csv", "a,b\n1,2\r\n3,\"x\ny\"\n4",
	    "a|b\n@4:1:16:0\n1|2\n@8:2:17:0\n3|x/y\n@17:4:16:0\n"
	    "4\n@18:5:16:0\n" },
	/* blank lines are rows of the only column once another row comes */
	{ "csv", "v\n\n \n3\n\n", "v\n@2:1:2:0\n\n@2:1:2:1\n\n@2:1:2:2\n3\n@7:4:2:0\n" },
	{ "csv", "v\r\r\n\r\n3", "v\n@2:1:3:0\n\n@2:1:3:1\n\n@2:1:3:2\n3\n@7:4:2:0\n" },
	{ "csv", "a,b\n1,\"2\n3,4\n",
	    "a|b\n@4:1:16:0\n?quote left open: line 2: "
	    "1,\"2\n1|\"2\n@9:2:16:0\n3|4\n@13:3:16:0\n" },
	{ "ndjson", "{\"a\":1}\n\n{\"a\":2}\r\nx\n{\"a\":3}",
	    "a=1\n@8:1:0:0\na=2\n@18:3:0:0\n!not a JSON object: line 4: x\n@20:4:0:0\n"
	    "a=3\n@27:5:0:0\n" },
	{ "logfmt", "a=1\nb\na=2\n",
	    "a=1\n@4:1:0:0\n!no key=value: line 2: b\n@6:2:0:0\na=2\n@10:3:0:0\n" },
};

START_TEST(places_are_told)
{
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		struct text got = { 0 };

		format_positions(&got, vectors[i].format, 0, vectors[i].bytes,
		    strlen(vectors[i].bytes), 0, &(struct position){ 0 });
		ck_assert_str_eq(text_get(&got), vectors[i].gives);
		text_done(&got);
	}
}
END_TEST

/* --- going on --------------------------------------------------------------------------------- */

/* The place in the next line that begins with @; NULL: there is none. rest: what stands behind. */
static const char *
next_place(const char *s, struct position *at)
{
	unsigned long long offset, line;
	int n = 0;

	while (*s != '\0' &&
	       sscanf(s, "@%llu:%llu:%u:%u%n", &offset, &line, &at->flags, &at->passed, &n) < 4) {
		s = strchr(s, '\n');
		if (s == NULL)
			return NULL;
		s++;
	}
	at->offset = offset;
	at->line = line;
	return *s != '\0' ? s + n + 1 : NULL;
}

/* From each place on, what follows is what followed. */
static void
check_places(const char *format, const char *bytes, size_t n, size_t piece)
{
	struct text whole = { 0 }, cut = { 0 };
	struct position at = { 0 };
	const char *rest;

	format_positions(&whole, format, 0, bytes, n, 0, &at);
	format_positions(&cut, format, 0, bytes, n, piece, &at);
	ck_assert_msg(strcmp(text_get(&whole), text_get(&cut)) == 0,
	    "%s: %.*s\nwhole: %s\nin pieces of %zu: %s", format, n < 200 ? (int)n : 200, bytes,
	    text_get(&whole), piece, text_get(&cut));
	for (rest = text_get(&whole); (rest = next_place(rest, &at)) != NULL;) {
		text_clear(&cut);
		format_positions(&cut, format, 0, bytes, n, piece, &at);
		ck_assert_msg(strcmp(rest, text_get(&cut)) == 0,
		    "%s: %.*s\nfrom %llu:%llu:%u:%u: %s\nexpected: %s", format,
		    n < 200 ? (int)n : 200, bytes, (unsigned long long)at.offset,
		    (unsigned long long)at.line, at.flags, at.passed, text_get(&cut), rest);
	}
	text_done(&whole);
	text_done(&cut);
}

START_TEST(random_bytes_go_on_anywhere)
{
	static const char *const alphabets[] = { "a,\"\n\r ", "a,\n\r\n\r\"", "a\n\r \n",
		"{\"a\":1}\n,[]\r", "a=1 \"\n\r", "{}[]\n, \":1", "# a\n1 {}\t\"" };
	static const char *const lines[] = { "{\"a\":1}\n", "{\"a\":2}\r\n", "a=1\n", "a=1 b=\"\n",
		"\"x\ny\",2\r\n", "\n", "1,2\n", "\r", "\"a\" \"b,2\n", "1\n", "[{\"a\":3},\n",
		"  {\"a\":\n4", "}]", "#Fields: a b\n", "#fields\ta\n", "a 1\n", "b{} 2 3\n",
		"h - - [t] \"G\" 1 2\n", "# EOF\n" };
	const char *format = strcmp(format_classes[_i]->name, "regex") != 0
				 ? format_classes[_i]->name
				 : "regex:^(?<a>[^,]*)(,(?<b>.*))?$";
	struct rng rng = { .state = (uint64_t)_i + 7 };

	for (int round = 0; round < 3000; round++) {
		const char *alphabet = alphabets[round % 7];
		size_t n = rng_next(&rng) % 40;
		struct text bytes = { 0 };

		for (size_t i = 0; i < n; i++)
			if (rng_next(&rng) % 6 == 0)
				text_add(&bytes, lines[rng_next(&rng) % 19]);
			else
				text_addc(&bytes, alphabet[rng_next(&rng) % strlen(alphabet)]);
		check_places(format, text_get(&bytes), bytes.len, 1 + rng_next(&rng) % 5);
		text_done(&bytes);
	}
}
END_TEST

/* Inside a record that is too long, and behind it. */
START_TEST(long_records_go_on)
{
	static const struct {
		const char *format, *good, *head;
	} cases[] = {
		{ "csv", "1,2\n", "" },
		{ "csv", "1,2\r\n", "3,\"" },
		{ "csv", "1\n", "3\"" },
		{ "ndjson", "{\"a\":1}\n", "{\"a\":\"" },
		{ "logfmt", "a=1\n", "a=" },
		{ "json", "{\"a\":1}\n", "{\"a\":\"" },
		{ "json", "{\"a\":1}\n", "x" },
		{ "words", "1 2\n", "" },
		{ "prometheus", "a 1\n", "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text bytes = { 0 };

		text_addf(&bytes, "%s%s", cases[i].good, cases[i].head);
		for (int k = 0; k < RECORD_MAX + RECORD_MAX / 4; k++)
			text_addc(&bytes, "1234567,"[k % 8]);
		text_addf(&bytes, "\n%s%s", cases[i].good, cases[i].good);
		check_places(cases[i].format, bytes.s, bytes.len, 4096);
		check_places(cases[i].format, bytes.s, bytes.len, 999);
		text_done(&bytes);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("position");
	TCase *tc = tcase_create("position");
	int nclasses = 0;

	while (format_classes[nclasses] != NULL)
		nclasses++;
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, places_are_told);
	tcase_add_loop_test(tc, random_bytes_go_on_anywhere, 0, nclasses);
	tcase_add_test(tc, long_records_go_on);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
