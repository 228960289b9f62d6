/* test_synth.c - the generators: deterministic, however they are read, and within reason.
 *
 * With the name of a file, writes the bundled recording of the reactor there instead. */
#include "data/sources/source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/numbers/number.h"
#include "data/base/text.h"
#include "data/base/times/times.h"
#include "data/sources/synth/synth.h"
#include "tests/support.h"

#define RECORDING "synth:reactor?rows=1500"

/* All that a source gives, read in pieces of this size, is added to csv. */
static int
collect(const char *spec, size_t piece, struct text *csv, struct error *err)
{
	struct source *source = source_new(spec, false, err);
	char *buf = malloc(piece);
	long n = SOURCE_FAIL;

	if (source != NULL && source_open(source, err) == 0)
		while ((n = source->class->read(source, buf, piece, err)) > 0)
			text_addn(csv, buf, (size_t)n);
	source_free(source);
	free(buf);
	return n == SOURCE_END ? 0 : -1;
}

static struct text
read_all(const char *spec, size_t piece)
{
	struct text csv = { 0 };
	struct error err = { 0 };

	ck_assert_msg(collect(spec, piece, &csv, &err) == 0, "%s", err.text);
	return csv;
}

START_TEST(any_cut_gives_the_same_bytes)
{
	static const size_t pieces[] = { 1, 2, 3, 7, 100 };

	for (int i = 0; generators[i] != NULL; i++) {
		char spec[64];
		struct text whole;

		snprintf(spec, sizeof spec, "synth:%s?rows=700&seed=5", generators[i]->name);
		whole = read_all(spec, 1 << 20);
		for (size_t k = 0; k < sizeof pieces / sizeof pieces[0]; k++) {
			struct text cut = read_all(spec, pieces[k]);

			ck_assert_str_eq(cut.s, whole.s);
			text_done(&cut);
		}
		text_done(&whole);
	}
}
END_TEST

START_TEST(seeds_make_the_difference)
{
	for (int i = 0; generators[i] != NULL; i++) {
		struct text a, b;
		char spec[64];

		snprintf(spec, sizeof spec, "synth:%s?rows=300", generators[i]->name);
		a = read_all(spec, 4096);
		snprintf(spec, sizeof spec, "synth:%s?rows=300&seed=2", generators[i]->name);
		b = read_all(spec, 4096);
		ck_assert_str_ne(a.s, b.s);
		text_done(&a);
		text_done(&b);
	}
}
END_TEST

START_TEST(starting_over_gives_the_same_bytes)
{
	for (int i = 0; generators[i] != NULL; i++) {
		static char first[5000], again[5000];
		struct error err = { 0 };
		struct source *source;
		char spec[64];

		snprintf(spec, sizeof spec, "synth:%s", generators[i]->name);
		source = source_new(spec, false, &err);
		ck_assert(source != NULL && source_open(source, &err) == 0);
		ck_assert_int_eq(
		    source->class->read(source, first, sizeof first, &err), sizeof first);
		ck_assert_int_eq(source_seek(source, 0, &err), 0);
		ck_assert_int_eq(
		    source->class->read(source, again, sizeof again, &err), sizeof again);
		ck_assert(memcmp(first, again, sizeof first) == 0);
		source_free(source);
	}
}
END_TEST

/* --- every row of every generator --- */

struct shape {
	double min, max, sum, n;
	int missing, bad;
};

static void
look_at_cell(struct shape *c, const char *cell, size_t n)
{
	double v;
	enum cell_kind kind = number_cell(cell, n, &v);

	c->bad += kind == CELL_BAD;
	c->missing += kind == CELL_MISSING;
	if (kind != CELL_NUMBER)
		return;
	c->min = c->n > 0 ? fmin(c->min, v) : v;
	c->max = c->n > 0 ? fmax(c->max, v) : v;
	c->sum += v;
	c->n++;
}

/* Returns the rows; checks that stamps never go back and every row has the cells of the header. */
static int
look_at(const char *csv, struct shape *columns, int n)
{
	const char *line = strchr(csv, '\n') + 1;
	int64_t before = TIME_NONE, time;
	int rows = 0;

	memset(columns, 0, (size_t)n * sizeof *columns);
	for (; *line != '\0'; line = strchr(line, '\n') + 1, rows++) {
		const char *cell = line + strcspn(line, ",\n");

		if (!time_parse(line, (size_t)(cell - line), false, &time) || time < before)
			ck_abort_msg("row %d: %.60s", rows + 1, line);
		before = time;
		for (int i = 0; i < n; i++) {
			size_t length;

			if (*cell++ != ',')
				ck_abort_msg("row %d has only %d cells", rows + 1, i + 1);
			length = strcspn(cell, ",\n");
			look_at_cell(&columns[i], cell, length);
			cell += length;
		}
		if (*cell != '\n')
			ck_abort_msg("row %d has too many cells", rows + 1);
	}
	return rows;
}

static const struct {
	const char *spec, *header;
	int columns;
	struct {
		double low, high; /* of all values; both 0: texts */
		double mean;
	} of[7];
} expected[] = {
	{ "synth:reactor?rows=20000&seed=3", "time,temperature,pH,phase\n", 3,
	    { { 6, 20, 10.8 }, { 4, 6.5, 4.9 }, { 0, 0, 0 } } },
	{ "synth:sine?rows=20000", "time,sine,noisy,beat\n", 3,
	    { { 5, 15, 10 }, { 0, 20, 10 }, { 5, 15, 10 } } },
	{ "synth:random-walk?rows=20000", "time,walk,pulled\n", 2,
	    { { -800, 1000, NAN }, { 80, 120, 100 } } },
	{ "synth:seasonal?rows=20000", "time,load,temperature\n", 2,
	    { { 250, 1000, 640 }, { -25, 45, 8 } } },
	{ "synth:drift?rows=20000", "time,value,x,y,label,concept\n", 5,
	    { { 1, 25, 10.75 }, { 0, 10, 5 }, { 0, 10, 5 }, { 0, 0, 0 }, { 0, 3, 1.375 } } },
	{ "synth:trades?rows=20000", "time,symbol,price,volume,side\n", 4,
	    { { 0, 0, 0 }, { 5, 500, NAN }, { 1, 20000, 100 }, { 0, 0, 0 } } },
	{ "synth:clicks?rows=20000", "time,user,page,referrer,dwell\n", 4,
	    { { 0, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 }, { 1, 1000, 24 } } },
	{ "synth:visits?rows=20000", "time,visitor,page,origin,clicks,spent,basket,bought\n", 7,
	    { { 0, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 }, { 1, 7, 3.09 }, { 0, 1000, 56.3 },
		{ 0, 94, 12.9 }, { 0, 0, 0 } } },
};

START_TEST(values_are_plausible)
{
	for (size_t k = 0; k < sizeof expected / sizeof expected[0]; k++) {
		struct text csv = read_all(expected[k].spec, 65536);
		struct shape columns[7];

		ck_assert(strncmp(csv.s, expected[k].header, strlen(expected[k].header)) == 0);
		ck_assert_int_eq(look_at(csv.s, columns, expected[k].columns), 20000);
		for (int i = 0; i < expected[k].columns; i++) {
			double mean = columns[i].sum / columns[i].n, low = expected[k].of[i].low,
			       high = expected[k].of[i].high;

			if (low == 0 && high == 0) {
				ck_assert_int_eq(columns[i].bad, 20000);
				continue;
			}
			ck_assert_msg(columns[i].bad == 0 && columns[i].missing < 400,
			    "%s, column %d", expected[k].spec, i);
			ck_assert_msg(columns[i].min >= low && columns[i].max <= high,
			    "%s, column %d: %g..%g", expected[k].spec, i, columns[i].min,
			    columns[i].max);
			ck_assert_msg(isnan(expected[k].of[i].mean) ||
					  fabs(mean - expected[k].of[i].mean) < 0.05 * fabs(mean),
			    "%s, column %d: mean %g", expected[k].spec, i, mean);
		}
		text_done(&csv);
	}
}
END_TEST

/* The bytes of today: they must stay the same on every machine and in every version. */
START_TEST(the_bundled_recording_is_the_reactor)
{
	struct text csv = read_all(RECORDING, 65536), file = { 0 };
	FILE *f = fopen(WEIR_SETS "/reactor.csv", "r");
	char buf[4096];
	size_t n;

	ck_assert_msg(f != NULL, WEIR_SETS "/reactor.csv cannot be read");
	while ((n = fread(buf, 1, sizeof buf, f)) > 0)
		text_addn(&file, buf, n);
	fclose(f);
	ck_assert_str_eq(csv.s, file.s);
	text_done(&csv);
	text_done(&file);
}
END_TEST

START_TEST(parameters)
{
	struct text csv = read_all("synth:sine?rows=2&interval=1h", 100);
	uint64_t at, size;
	struct error err = { 0 };
	struct source *source;
	char buf[100];

	ck_assert(strncmp(strchr(csv.s, '\n') + 1, "2026-01-01T00:00:00Z,10,", 24) == 0);
	ck_assert(strstr(csv.s, "\n2026-01-01T01:00:00Z,10.523,") != NULL);
	text_done(&csv);
	csv = read_all("synth:sine?rows=0", 100);
	ck_assert_str_eq(csv.s, "time,sine,noisy,beat\n");
	text_done(&csv);

	source = source_new("synth:sine?rows=10", false, &err);
	ck_assert(source != NULL && source_open(source, &err) == 0);
	source->class->progress(source, &at, &size);
	ck_assert(at == 0 && size == 10);
	while (source->class->read(source, buf, sizeof buf, &err) > 0)
		continue;
	source->class->progress(source, &at, &size);
	ck_assert(at == 10 && size == 10);
	source_free(source);
}
END_TEST

START_TEST(wrong_parameters)
{
	struct error err = { 0 };
	struct source *source = source_new("synth:reaktor", false, &err);

	ck_assert(source != NULL && source_open(source, &err) == -1);
	ck_assert_str_eq(err.text, "synth:reaktor: no such generator (there are reactor, sine, "
				   "random-walk, seasonal, drift, trades, clicks, visits)");
	source_free(source);
	source = source_new("synth:trades?interval=5s", false, &err);
	ck_assert(source != NULL && source_open(source, &err) == -1);
	ck_assert(strstr(err.text, "leave out interval") != NULL);
	source_free(source);
	ck_assert(source_new("synth:sine?rows=-1", false, &err) == NULL);
	ck_assert(source_new("synth:sine?seed=x", false, &err) == NULL);
}
END_TEST

START_TEST(chance_is_fair)
{
	enum { N = 200000 };
	struct synth s = { .random = 1 };
	double sum = 0, squares = 0, waits = 0;
	int long_waits = 0, dice[6] = { 0 };

	for (int i = 0; i < N; i++) {
		double v = synth_normal(&s), wait = synth_exponential(&s, 2);

		sum += v;
		squares += v * v;
		waits += wait;
		long_waits += wait > 2;
		dice[synth_below(&s, 6)]++;
	}
	ck_assert_double_eq_tol(sum / N, 0, 0.01);
	ck_assert_double_eq_tol(squares / N, 1, 0.015);
	ck_assert_double_eq_tol(waits / N, 2, 0.02);
	ck_assert_double_eq_tol((double)long_waits / N, exp(-1), 0.005);
	for (int i = 0; i < 6; i++)
		ck_assert_double_eq_tol(dice[i] / (double)N, 1 / 6.0, 0.005);
	for (int i = -2000; i < 2000; i++)
		if (fabs(synth_sine(i / 777.0) - sin(2 * acos(-1.0) * i / 777.0)) > 1e-7)
			ck_abort_msg("sine of %d/777 turns", i);
}
END_TEST

static int
write_recording(const char *name)
{
	struct text csv = { 0 };
	struct error err;
	FILE *f = fopen(name, "w");
	int result = EXIT_FAILURE;

	if (f != NULL && collect(RECORDING, 65536, &csv, &err) == 0 &&
	    fwrite(csv.s, 1, csv.len, f) == csv.len && fclose(f) == 0)
		result = EXIT_SUCCESS;
	text_done(&csv);
	return result;
}

int
main(int argc, char **argv)
{
	Suite *suite = suite_create("synth");
	TCase *c = tcase_create("synth");

	if (argc == 2)
		return write_recording(argv[1]);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, any_cut_gives_the_same_bytes);
	tcase_add_test(c, seeds_make_the_difference);
	tcase_add_test(c, starting_over_gives_the_same_bytes);
	tcase_add_test(c, values_are_plausible);
	tcase_add_test(c, the_bundled_recording_is_the_reactor);
	tcase_add_test(c, parameters);
	tcase_add_test(c, wrong_parameters);
	tcase_add_test(c, chance_is_fair);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
