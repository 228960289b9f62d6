/* test_json.c - JSON as RFC 8259 has it: what is none is told, what is one is as cJSON has it. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "tests/records.h"
#include "tests/support.h"

static const size_t pieces[] = { 0, 1, 2, 3, 7 };

/* The values that are no JSON: each must be told as the value of a member, nested in an object, in
 * an array, and in an array that is a text. */
static const char *const broken[] = {
	"012",
	"-012",
	"00",
	"2.",
	"-2.",
	".5",
	"-.5",
	"+1",
	"-",
	"--1",
	"1e",
	"1e+",
	"1.e5",
	"1.5.5",
	"0x1F",
	"1_000",
	"1,",
	"1,,2",
	"\"a\tb\"",
	"\"a\x01\"",
	"\"\\uqqqq\"",
	"\"\\u12\"",
	"\"\\u12g4\"",
	"\"\\x41\"",
	"\"\\'\"",
	"\"\\",
	"'a'",
	"a",
	"nan",
	"inf",
	"NULL",
	"True",
	"nul",
	"tru",
	"nullx",
	"truefalse",
	"undefined",
	"[1,]",
	"[,1]",
	"[1 2]",
	"[1",
	"[1}",
	"]",
	"{\"a\":1,}",
	"{,}",
	"{\"a\"}",
	"{\"a\" 1}",
	"{a:1}",
	"{1:1}",
	"{\"a\":}",
	"{\"a\":1]",
	"{\"a\":1 \"b\":2}",
	"// x",
	"/* x */ 1",
	"",
};

/* Those that Python writes may stand as a member of the outermost object, and nowhere else. */
static const char *const pythons[] = { "NaN", "Infinity", "-Infinity" };

static void
check_told(const char *format, const char *bytes)
{
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct text text = { 0 };

		format_transcript(&text, format, 0, bytes, strlen(bytes), pieces[i]);
		ck_assert_msg(*text_get(&text) == '!', "%s in pieces of %zu: %s gave %s", format,
		    pieces[i], bytes, text_get(&text));
		text_done(&text);
	}
}

/* The value in the place of the $. */
static void
check_within(const char *frame, const char *value)
{
	size_t n = strcspn(frame, "$");
	struct text bytes = { 0 };

	text_addf(&bytes, "%.*s%s%s", (int)n, frame, value, frame + n + 1);
	check_told("ndjson", text_get(&bytes));
	check_told("json", text_get(&bytes));
	text_done(&bytes);
}

START_TEST(what_is_no_json_is_told)
{
	static const char *const frames[] = { "{\"a\":$}", "{\"a\":{\"b\":$}}", "{\"a\":[0,$]}",
		"{\"a\":[\"x\",$]}", "{\"a\":[{\"b\":$}]}" };

	for (size_t k = 0; k < sizeof frames / sizeof *frames; k++) {
		for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
			check_within(frames[k], broken[i]);
		for (size_t i = 0; k > 0 && i < sizeof pythons / sizeof *pythons; i++)
			check_within(frames[k], pythons[i]);
	}
}
END_TEST

START_TEST(deep_nesting_is_told)
{
	struct text bytes = { 0 };

	text_add(&bytes, "{\"a\":");
	for (int i = 0; i < 100000; i++)
		text_addc(&bytes, '[');
	check_told("ndjson", text_get(&bytes));
	check_told("json", text_get(&bytes));
	text_done(&bytes);
}
END_TEST

/* A long name before many members costs no more memory than so much. */
START_TEST(names_of_nested_members_are_bounded)
{
	struct text bytes = { 0 };

	text_add(&bytes, "{\"");
	for (int i = 0; i < 100000; i++)
		text_addc(&bytes, 'x');
	text_add(&bytes, "\":[0");
	for (int i = 0; i < 100000; i++)
		text_add(&bytes, ",1");
	text_add(&bytes, "]}\n");
	check_told("ndjson", text_get(&bytes));
	text_done(&bytes);
}
END_TEST

/* --- the twin --------------------------------------------------------------------------------- */

static bool
is_flat(const cJSON *array)
{
	for (const cJSON *item = array->child; item != NULL; item = item->next)
		if (!cJSON_IsNumber(item) && !cJSON_IsBool(item) && !cJSON_IsNull(item))
			return false;
	return true;
}

static void
add_twin(struct text *out, const cJSON *item, const char *name)
{
	struct text inner = { 0 };
	char *nested;
	int i = 0;

	if (cJSON_IsObject(item) || (cJSON_IsArray(item) && is_flat(item))) {
		for (const cJSON *child = item->child; child != NULL; child = child->next, i++) {
			text_clear(&inner);
			if (cJSON_IsObject(item))
				text_addf(&inner, "%s.%s", name, child->string);
			else
				text_addf(&inner, "%s.%d", name, i);
			add_twin(out, child, text_get(&inner));
		}
		text_done(&inner);
		return;
	}
	text_addf(out, "%s%s=", out->len > 0 ? "|" : "", name);
	if (cJSON_IsNumber(item)) {
		text_addf(out, "%.17g", item->valuedouble);
	} else if (cJSON_IsBool(item)) {
		text_addc(out, cJSON_IsTrue(item) ? '1' : '0');
	} else if (cJSON_IsString(item)) {
		text_add(out, item->valuestring);
	} else if (cJSON_IsArray(item)) {
		nested = cJSON_PrintUnformatted(item);
		text_add(out, nested);
		cJSON_free(nested);
	}
}

static void
twin_of(struct text *out, const char *bytes)
{
	cJSON *root = cJSON_Parse(bytes);
	struct text record = { 0 };

	ck_assert_msg(root != NULL, "cJSON refuses %s", bytes);
	for (const cJSON *item = root->child; item != NULL; item = item->next)
		add_twin(&record, item, item->string);
	text_addf(out, "%s\n", text_get(&record));
	text_done(&record);
	cJSON_Delete(root);
}

struct writer { /* of JSON at random */
	struct text text;
	struct rng rng;
	bool lines;  /* blanks may be line ends */
	int escapes; /* 0: texts may have some; those in an array that is a text stay as written */
};

static unsigned
below(struct writer *w, unsigned n)
{
	return (unsigned)(rng_next(&w->rng) % n);
}

static void
add_blanks(struct writer *w)
{
	for (unsigned n = below(w, 8); n > 5; n--)
		text_addc(&w->text, w->lines && below(w, 2) == 0 ? '\n' : " \t"[below(w, 2)]);
}

static void
add_string(struct writer *w)
{
	static const char *const parts[] = { "a", "bc", "12345678", "{", "]", ",", ":", " ",
		"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\\\"", "\\\\", "\\u00e9",
		"\\ud83d\\ude00", "\\t", "\\/" };

	text_addc(&w->text, '"');
	for (unsigned n = below(w, 6); n > 0; n--)
		text_add(&w->text, parts[below(w, w->escapes == 0 ? 17 : 11)]);
	text_addc(&w->text, '"');
}

static void add_value(struct writer *, int depth);

static void
add_object(struct writer *w, int depth)
{
	text_addc(&w->text, '{');
	for (unsigned i = 0, n = below(w, 5); i < n; i++) {
		text_add(&w->text, i > 0 ? "," : "");
		add_blanks(w);
		text_addf(
		    &w->text, "\"k%u%s\"", i, w->escapes == 0 && below(w, 4) == 0 ? "\\u00df" : "");
		add_blanks(w);
		text_addc(&w->text, ':');
		add_value(w, depth + 1);
		add_blanks(w);
	}
	text_addc(&w->text, '}');
}

static void
add_array(struct writer *w, int depth)
{
	bool flat = below(w, 2) == 0;

	text_addc(&w->text, '[');
	w->escapes++;
	for (unsigned i = 0, n = below(w, 4); i < n; i++) {
		text_add(&w->text, i > 0 ? "," : "");
		if (flat)
			text_addf(&w->text, "%u", below(w, 100));
		else
			add_value(w, depth + 1);
	}
	w->escapes--;
	text_addc(&w->text, ']');
}

static void
add_value(struct writer *w, int depth)
{
	static const char *const plain[] = { "true", "false", "null", "0", "-7", "2.5", "12" };
	unsigned kind = below(w, depth < 4 ? 8 : 6);

	add_blanks(w);
	if (kind == 6)
		add_object(w, depth);
	else if (kind == 7)
		add_array(w, depth);
	else if (kind > 3)
		add_string(w);
	else
		text_add(&w->text, plain[below(w, sizeof plain / sizeof *plain)]);
}

/* Objects at random, as cJSON reads them, through both formats and in all pieces. */
START_TEST(objects_read_as_their_twins)
{
	struct writer w = { .rng.state = 7 };

	for (int round = 0; round < 4000; round++) {
		struct text expected = { 0 }, got = { 0 };

		w.lines = round % 2;
		text_clear(&w.text);
		for (int i = 0; i < 3; i++) { /* names are known from the object before */
			size_t from = w.text.len;

			add_object(&w, 0);
			twin_of(&expected, w.text.s + from);
			text_addc(&w.text, '\n');
		}
		format_transcript(&got, w.lines ? "json" : "ndjson", 0, w.text.s, w.text.len,
		    pieces[(size_t)round % 5]);
		ck_assert_msg(strcmp(text_get(&got), text_get(&expected)) == 0,
		    "%s\ngave: %s\ntwin: %s", w.text.s, text_get(&got), text_get(&expected));
		text_done(&expected);
		text_done(&got);
	}
	text_done(&w.text);
}
END_TEST

/* Objects with a byte changed: what is read as one is one for cJSON, too, which is laxer. */
START_TEST(what_is_read_is_json)
{
	static const char letters[] = "{}[]\",:\\0.e+-ut \x01\n";
	struct writer w = { .rng.state = 8 };
	int read = 0;

	for (int round = 0; round < 20000; round++) {
		struct text got = { 0 };

		text_clear(&w.text);
		add_object(&w, 0);
		w.text.s[below(&w, (unsigned)w.text.len)] = letters[below(&w, sizeof letters - 1)];
		format_transcript(&got, "ndjson", 0, w.text.s, w.text.len, 0);
		if (memchr("!?", *text_get(&got), 3) == NULL) {
			cJSON *root = cJSON_ParseWithOpts(w.text.s, NULL, true);

			read++;
			ck_assert_msg(root != NULL, "%s gave %s", w.text.s, text_get(&got));
			cJSON_Delete(root);
		}
		text_done(&got);
	}
	text_done(&w.text);
	ck_assert_int_gt(read, 1000);
}
END_TEST

/* --- many objects ----------------------------------------------------------------------------- */

static void
check_rows(const char *bytes, size_t n, size_t piece, int rows)
{
	struct text got = { 0 };
	int count = 0;

	format_transcript(&got, "json", 0, bytes, n, piece);
	for (const char *s = text_get(&got); s != NULL && *s != '\0';) {
		char expected[64];
		size_t len = (size_t)snprintf(
		    expected, sizeof expected, "i=%d|o.v=%d|s={\"\n", count, count);

		ck_assert_msg(strncmp(s, expected, len) == 0, "row %d: %.100s", count, s);
		s += len;
		count++;
	}
	ck_assert_int_eq(count, rows);
	text_done(&got);
}

/* 8 MB of array, of which only the object under way is held: as long ones as 100 kB. */
START_TEST(long_arrays_stream)
{
	enum { ROWS = 2000 };
	struct text bytes = { 0 };

	for (int i = 0; i < ROWS; i++) {
		text_addf(&bytes, "%s\n{ \"i\" : %d,%*s \"o\": {\n\"v\": %d}, \"s\": \"{\\\"\"}",
		    i == 0 ? "[" : ",", i, i % 500 == 7 ? 100000 : 40, "", i);
	}
	text_add(&bytes, "\n]\n");
	check_rows(bytes.s, bytes.len, 0, ROWS);
	check_rows(bytes.s, bytes.len, 4096, ROWS);
	check_rows(bytes.s, bytes.len, 13, ROWS);
	text_done(&bytes);
}
END_TEST

/* Objects that are broken at once, one in the other: time grows with their bytes alone. */
START_TEST(hostile_braces_cost_little)
{
	struct text bytes = { 0 }, got = { 0 };

	for (int i = 0; i < 300000; i++)
		text_add(&bytes, "{\n");
	format_transcript(&got, "json", 0, bytes.s, bytes.len, 4096);
	ck_assert_uint_gt(got.len, 0);
	text_done(&bytes);
	text_done(&got);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("json");
	TCase *tc = tcase_create("json");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, what_is_no_json_is_told);
	tcase_add_test(tc, deep_nesting_is_told);
	tcase_add_test(tc, names_of_nested_members_are_bounded);
	tcase_add_test(tc, objects_read_as_their_twins);
	tcase_add_test(tc, what_is_read_is_json);
	tcase_add_test(tc, long_arrays_stream);
	tcase_add_test(tc, hostile_braces_cost_little);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
