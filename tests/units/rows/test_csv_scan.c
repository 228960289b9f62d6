/* test_csv_scan.c - rows found in blocks of bytes against rows found one by one: the same cells,
 * faults and places, whatever finds the signs and however the bytes are cut. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/formats/csv/csv_scan.h"
#include "data/formats/format.h"
#include "tests/support.h"

/* --- where the signs stand -------------------------------------------------------------------- */

/* Byte by byte; what comes behind them is at[n]. */
static int
twin_marks(const char *s, size_t n, char delimiter, char quote, uint16_t *at)
{
	int marks = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == quote && quote != '\0')
			break;
		if (s[i] == delimiter || s[i] == '\n' || s[i] == '\r')
			at[marks++] = (uint16_t)i;
	}
	return marks;
}

static void
check_marks(const struct csv_scan *scan, const char *s, size_t n, char delimiter, char quote)
{
	struct csv_marks *marks = memory_new(1, sizeof *marks);
	uint16_t *twin = memory_new(CSV_BLOCK, sizeof *twin);
	char *copy = memory_new(n + 1, 1); /* so that a sanitizer sees reads beyond the bytes */
	char *end = copy + 1;              /* ... which stand at any address */
	int wanted;

	memcpy(end, s, n);
	memset(marks, 0xff, sizeof *marks);
	wanted = twin_marks(s, n, delimiter, quote, twin);
	scan->find(end, n, delimiter, quote, marks);
	ck_assert_msg(marks->n == wanted, "%s: %d marks and not %d of %zu bytes", scan->name,
	    marks->n, wanted, n);
	ck_assert(memcmp(marks->at, twin, (size_t)wanted * sizeof *twin) == 0);
	free(marks);
	free(twin);
	free(copy);
}

/* Of the bytes that a comparison could mistake for a sign: neighbours, and those of other signs
 * with the highest bit. rare: so many of them are plain. */
static void
fill(struct rng *rng, char *s, size_t n, unsigned rare)
{
	static const char signs[] = ",;\t|\"'\n\r\0\x80\x8a\x8d\xac\xa2\v\f!#+-";

	for (size_t i = 0; i < n; i++) {
		uint64_t r = rng_next(rng);

		s[i] = r % rare == 0 ? signs[(r >> 32) % (sizeof signs - 1)] : (char)(r >> 40);
	}
}

/* Every way that this machine can go. */
static const struct csv_scan *
next_scan(const struct csv_scan *scan)
{
	scan = scan == NULL ? csv_scans : scan->needs != CPU_VECTORS_NONE ? scan + 1 : NULL;
	while (scan != NULL && scan->needs > cpu_vectors())
		scan++;
	return scan;
}

START_TEST(signs_are_found_alike)
{
	static const char quotes[] = { '"', '\0', '\'' };
	static const unsigned rare[] = { 1, 5, 300, 100000 };
	struct rng rng = { 11 };
	char *bytes = memory_new(CSV_BLOCK, 1);

	for (const struct csv_scan *scan = next_scan(NULL); scan != NULL; scan = next_scan(scan))
		for (size_t round = 0; round < 400; round++) {
			size_t n = round < 300 ? round : rng_next(&rng) % (CSV_BLOCK + 1);

			n = round == 300 ? CSV_BLOCK : n;
			fill(&rng, bytes, n, rare[round % 4]);
			check_marks(scan, bytes, n, ",\t;|"[round / 3 % 4], quotes[round % 3]);
		}
	/* as many marks as there are bytes */
	memset(bytes, ',', CSV_BLOCK);
	for (const struct csv_scan *scan = next_scan(NULL); scan != NULL; scan = next_scan(scan))
		check_marks(scan, bytes, CSV_BLOCK, ',', '"');
	free(bytes);
}
END_TEST

START_TEST(the_best_one_runs_here)
{
	const struct csv_scan *best = csv_scan_best();

	ck_assert_ptr_eq(best, next_scan(NULL));
	ck_assert_int_le(best->needs, cpu_vectors());
}
END_TEST

/* --- what a sink gets ------------------------------------------------------------------------- */

struct got {
	struct text text;
	const struct record_sink *sink;
	int cells, wholes;
};

static void
add_bytes(struct text *text, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] > ' ' && s[i] != '|')
			text_addc(text, s[i]);
		else
			text_addf(text, "<%02x>", (unsigned char)s[i]);
}

static void
on_cell(void *self, int position, const struct field *field)
{
	struct got *got = self;

	ck_assert_int_eq(position, got->cells++);
	add_bytes(&got->text, field->s, field->n);
	text_addc(&got->text, '|');
}

static void
on_record(void *self)
{
	struct got *got = self;
	const struct position *p = &got->sink->after;

	text_addf(&got->text, " %d cells @%d:%d:%u:%u\n", got->cells, (int)p->offset, (int)p->line,
	    p->flags, p->passed);
	got->cells = 0;
}

static void
on_whole(void *self, const struct field *fields, int n)
{
	struct got *got = self;

	for (int i = 0; i < n; i++)
		on_cell(self, i, &fields[i]);
	on_record(self);
	got->wholes++;
}

static void
on_words(void *self, const char *what, const char *s, size_t n)
{
	struct got *got = self;

	text_addf(&got->text, "?%s: ", what);
	add_bytes(&got->text, s, n < 60 ? n : 60);
	text_addc(&got->text, '\n');
}

static void
on_drop(void *self, const char *what, const char *s, size_t n)
{
	on_words(self, what, s, n);
	on_record(self);
}

/* One way through the bytes: what finds the signs (NULL: nothing, rows come one by one), in pieces
 * of how many bytes (0: all at once), and whether whole records are wanted. */
struct way {
	const struct csv_scan *scan;
	size_t piece;
	bool whole;
};

static void
read_through(
    struct got *got, const struct dialect *dialect, const struct text *bytes, struct way way)
{
	struct record_sink sink = { .cell = on_cell,
		.record = on_record,
		.whole = way.whole ? on_whole : NULL,
		.drop = on_drop,
		.fault = on_words,
		.self = got };
	struct format format;

	got->sink = &sink;
	format_open(&format, format_find("csv"), dialect, &sink);
	csv_set_scan(&format, way.scan);
	for (size_t at = 0; at < bytes->len;) {
		size_t k =
		    way.piece == 0 || way.piece > bytes->len - at ? bytes->len - at : way.piece;
		char *copy = memory_new(k, 1);

		memcpy(copy, bytes->s + at, k);
		format.class->feed(&format, copy, k);
		free(copy);
		at += k;
	}
	format.class->finish(&format);
	text_addf(
	    &got->text, "at %d:%d:%u", (int)format.at.offset, (int)format.at.line, format.at.flags);
	format_close(&format);
}

static size_t
first_difference(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] != '\0' && a[i] == b[i])
		i++;
	return i < 80 ? 0 : i - 80;
}

/* Returns how many records came whole. */
static int
check_ways(const struct dialect *dialect, const struct text *bytes)
{
	static const size_t pieces[] = { 0, 1, 2, 3, 7, 63, 64, 65, 1000 };
	struct got one_by_one = { 0 };
	int wholes = 0;

	read_through(&one_by_one, dialect, bytes, (struct way){ .scan = NULL, .whole = true });
	ck_assert_int_eq(one_by_one.wholes, 0);
	for (const struct csv_scan *scan = next_scan(NULL); scan != NULL; scan = next_scan(scan))
		for (size_t i = 0; i < 2 * sizeof pieces / sizeof *pieces; i++) {
			struct got got = { 0 };
			size_t from;

			if (bytes->len > CSV_BLOCK && pieces[i / 2] % 1000 != 0)
				continue; /* it takes its time */
			read_through(
			    &got, dialect, bytes, (struct way){ scan, pieces[i / 2], i % 2 == 0 });
			from = first_difference(text_get(&got.text), text_get(&one_by_one.text));
			ck_assert_msg(strcmp(text_get(&got.text), text_get(&one_by_one.text)) == 0,
			    "%s in pieces of %zu:\n%.300s\none by one:\n%.300s", scan->name,
			    pieces[i / 2], text_get(&got.text) + from,
			    text_get(&one_by_one.text) + from);
			wholes += got.wholes;
			text_done(&got.text);
		}
	text_done(&one_by_one.text);
	return wholes;
}

/* --- random streams --------------------------------------------------------------------------- */

static void
add_cell(struct rng *rng, struct text *bytes, const struct dialect *dialect)
{
	static const char *const cells[] = { "", "1", "-2.5", " x ", "\t", "NA", "#", "# no", "a b",
		"2026-01-01T00:00:00Z", "\xef\xbb\xbf", "\xc3\xa4",
		"long enough to cross a word of "
		"sixty-four bytes and then to go on for some more" };
	uint64_t r = rng_next(rng);
	const char *cell = cells[(r >> 8) % (sizeof cells / sizeof *cells)];
	const char quote = dialect->quote != '\0' ? dialect->quote : '"';

	switch (r % 64) {
	case 0:
		text_addf(bytes, "%c%s%c", quote, cell, quote);
		break;
	case 1:
		text_addf(bytes, "%c%s\n%s\r\n%c", quote, cell, cell, quote);
		break;
	case 2:
		text_addf(bytes, "%s%c%s", cell, quote, cell);
		break;
	case 3:
		text_addn(bytes, "\0", 1);
		break;
	default:
		text_add(bytes, cell);
	}
}

static void
add_line(struct rng *rng, struct text *bytes, const struct dialect *dialect, int cells)
{
	static const char *const ends[] = { "\n", "\n", "\n", "\r\n", "\r\n", "\r", "\n\n",
		"\r\n\r\n", "\r\r\n", "\n  \n" };
	uint64_t r = rng_next(rng);

	if (r % 20 == 0)
		cells += (int)(r >> 8) % 3 - 1;
	for (int i = 0; i < cells; i++) {
		if (i > 0)
			text_addc(bytes, r % 50 == 1 ? ';' : dialect->delimiter);
		add_cell(rng, bytes, dialect);
	}
	text_add(bytes, ends[dialect->skip == 0 ? (r >> 16) % 10 : (r >> 16) % 3]);
}

static struct dialect
any_dialect(struct rng *rng)
{
	uint64_t r = rng_next(rng);

	return (struct dialect){ .delimiter = ",;\t| "[r % 5],
		.quote = "\"\"\"'\0"[(r >> 8) % 5],
		.escape = "\0\0\\"[(r >> 16) % 3],
		.comment = "#\0"[(r >> 24) % 2],
		.blanks = (r >> 32) % 2 == 0,
		.skip = (int)(r >> 40) % 2 * 2,
		.header_comment = (r >> 44) % 4 == 0,
		.width = (int)(r >> 48) % 6 };
}

START_TEST(random_streams_are_read_alike)
{
	struct rng rng = { 21 + (uint64_t)_i };
	int wholes = 0;

	for (int round = 0; round < 15; round++) {
		struct dialect dialect = any_dialect(&rng);
		struct text bytes = { 0 };
		int lines = (int)(rng_next(&rng) % 60);

		for (int i = 0; i < lines; i++)
			add_line(&rng, &bytes, &dialect, dialect.width > 0 ? dialect.width : 3);
		if (lines % 2 == 0)
			text_add(&bytes, "9");
		wholes += check_ways(&dialect, &bytes);
		text_done(&bytes);
	}
	ck_assert_int_gt(wholes, 1000);
}
END_TEST

/* --- blocks ----------------------------------------------------------------------------------- */

/* Rows on both sides of a block's end, longer than a block, and of more cells than any before. */
START_TEST(rows_at_the_ends_of_blocks)
{
	static const struct dialect dialect = { .delimiter = ',', .quote = '"', .width = 2 };

	for (int around = -3; around <= 3; around++) {
		struct text bytes = { 0 };

		text_add(&bytes, "a,b\r\n");
		for (int i = 0; i < CSV_BLOCK - 5 + around; i++)
			text_addc(&bytes, 'x');
		text_add(&bytes, ",1\r\n2,3\r\n");
		for (int i = 0; i < CSV_BLOCK - 6 + around; i++)
			text_addc(&bytes, i % 2 == 0 ? 'y' : ',');
		text_add(&bytes, "\r\n");
		for (int i = 0; i < 3 * CSV_BLOCK; i++)
			text_addc(&bytes, i % 10 == 9 ? '\n' : i % 10 == 4 ? ',' : '1');
		ck_assert_int_gt(check_ways(&dialect, &bytes), 10000);
		text_done(&bytes);
	}
}
END_TEST

/* The rest of the line of a record over the limit is no row. */
START_TEST(rows_behind_a_long_record)
{
	static const struct dialect dialect = { .delimiter = ',', .quote = '"', .width = 2 };
	struct text bytes = { 0 };

	text_add(&bytes, "a,b\n1,2\n");
	for (int i = 0; i < RECORD_MAX + 5000; i++)
		text_addc(&bytes, i % 100 == 99 ? ',' : 'x');
	text_add(&bytes, "\n3,4\n5,6\n");
	ck_assert_int_gt(check_ways(&dialect, &bytes), 2);
	text_done(&bytes);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("csv_scan");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, signs_are_found_alike);
	tcase_add_test(tc, the_best_one_runs_here);
	tcase_add_loop_test(tc, random_streams_are_read_alike, 0, 6);
	tcase_add_test(tc, rows_at_the_ends_of_blocks);
	tcase_add_test(tc, rows_behind_a_long_record);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
