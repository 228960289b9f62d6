/* test_engine.c - the way of the rows: cuts and paces, order, keys, lateness, against twins. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"
#include "tests/fixture.h"
#include "tests/support.h"

/* Rows that are let go in handfuls must give what they give when all may go. */
START_TEST(values_and_events_do_not_depend_on_the_cuts)
{
	struct fixture f;
	struct rng rng = { 3 };
	struct seen *whole;
	char *events;
	FILE *file;
	int n;

	fixture_init(&f);
	file = fixture_file(&f);
	fputs("x,y\n", file);
	for (int i = 0; i < 3000; i++)
		fprintf(
		    file, "%.2f,%s\n", rng_normal(&rng), rng_uniform(&rng) < 0.01 ? "bad" : "1");
	fixture_make(&f, "mean(x, 7)", "x > 1 for 2 rows");
	fixture_run_all(&f);
	n = f.n;
	ck_assert_int_eq(n, 3000);
	whole = memory_new((size_t)n, sizeof *whole);
	memcpy(whole, f.seen, (size_t)n * sizeof *whole);
	events = memory_text(f.events.s, f.events.len);
	for (int most = 1; most <= 1000; most *= 10) {
		enum engine_state state;

		fixture_make(&f, "mean(x, 7)", "x > 1 for 2 rows");
		pacer_pause(engine_pacer(f.engine), true, 0);
		do {
			pacer_step(engine_pacer(f.engine), 1 + (int)(rng_uniform(&rng) * most));
			state = fixture_run(&f);
		} while (state != ENGINE_END);
		engine_finish(f.engine);
		ck_assert_int_eq(f.n, n);
		for (int i = 0; i < n; i++) {
			ck_assert_uint_eq(f.seen[i].row, whole[i].row);
			ck_assert_int_eq(memcmp(&f.seen[i].kpi, &whole[i].kpi, sizeof(double)), 0);
		}
		ck_assert_str_eq(f.events.s, events);
	}
	free(whole);
	free(events);
	fixture_done(&f);
}
END_TEST

/* All that was held and may go at this watermark, in the order of the times: the obvious way. */
static void
release(int *held, int *nheld, const int64_t *time, int64_t until, int *out, int *nout)
{
	for (;;) {
		int first = -1;

		for (int i = 0; i < *nheld; i++)
			if (time[held[i]] <= until &&
			    (first < 0 || time[held[i]] < time[held[first]]))
				first = i;
		if (first < 0)
			return;
		out[(*nout)++] = held[first];
		memmove(held + first, held + first + 1, (size_t)(--*nheld - first) * sizeof *held);
	}
}

START_TEST(late_rows_are_put_in_order)
{
	enum { ROWS = 2000 };
	static int64_t time[ROWS];
	static int held[ROWS], order[ROWS];
	static bool behind[ROWS]; /* further than the lateness when it came */
	struct fixture f;
	struct rng rng = { 11 };
	FILE *file;

	for (int lateness = 0; lateness <= 50; lateness += 5) {
		int64_t high = INT64_MIN;
		int nheld = 0, n = 0;
		bool any = false;
		double sum = 0;
		uint64_t late = 0;

		fixture_init(&f);
		file = fixture_file(&f);
		fputs("time,x,name\n", file);
		for (int i = 0; i < ROWS; i++) {
			time[i] = 1000000000 + i + (int)(rng_uniform(&rng) * 40);
			fprintf(file, "%ld,%d,row %d\n", (long)time[i], i, i + 1);
		}
		for (int i = 0; i < ROWS; i++) {
			held[nheld++] = i;
			high = time[i] > high ? time[i] : high;
			behind[i] = time[i] < high - lateness;
			release(held, &nheld, time, high - lateness, order, &n);
			if (lateness == 0) { /* nothing is held back: rows go as they come */
				n = i + 1;
				nheld = 0;
				order[i] = i;
			}
		}
		release(held, &nheld, time, INT64_MAX, order, &n);
		f.options.lateness = lateness * TIME_SECOND;
		fixture_make(&f, "sum(x, all)", NULL);
		fixture_run_all(&f);
		ck_assert_int_eq(f.n, ROWS);
		high = INT64_MIN;
		for (int i = 0; i < ROWS; i++) {
			bool is_late = behind[order[i]] || time[order[i]] < high;

			ck_assert_uint_eq(f.seen[i].row, (uint64_t)order[i] + 1);
			late += is_late;
			high = is_late ? high : time[order[i]];
			/* a late row leaves it as it was, where rows are held back */
			sum += is_late && lateness > 0 ? 0 : order[i];
			ck_assert(lateness == 0 || f.seen[i].late == is_late);
			any |= !is_late || lateness == 0;
			ck_assert(near(f.seen[i].kpi, any ? sum : NAN, 1e-12));
		}
		ck_assert_uint_eq(engine_counts(f.engine, 0).late, late);
		ck_assert(lateness >= 40 ? late == 0 : late > 0);
		fixture_done(&f);
	}
}
END_TEST

START_TEST(each_key_has_its_own_state)
{
	enum { ROWS = 5000, KEYS = 40, KEPT = 10 };
	double sums[KEYS] = { 0 };
	int seen[KEYS];
	struct fixture f;
	struct rng rng = { 5 };
	static int keys[ROWS];
	FILE *file;

	fixture_init(&f);
	file = fixture_file(&f);
	fputs("x,key\n", file);
	for (int i = 0; i < ROWS; i++) {
		double u = rng_uniform(&rng);

		/* runs of a key, too */
		keys[i] = i > 0 && u < 0.3 ? keys[i - 1] : (int)(u * u * KEYS);
		fprintf(file, "%d,k%d\n", i, keys[i]);
	}
	f.options.query.by = "key";
	f.options.max_keys = KEPT;
	fixture_make(&f, "sum(x, all)", NULL);
	fixture_run_all(&f);
	for (int k = 0; k < KEYS; k++)
		seen[k] = -1;
	for (int i = 0; i < ROWS; i++) {
		int newer = 0, k = keys[i];

		for (int other = 0; other < KEYS; other++)
			newer += other != k && seen[other] > seen[k];
		if (seen[k] < 0 || newer >= KEPT)
			sums[k] = 0; /* new, or evicted since */
		seen[k] = i;
		sums[k] += i;
		ck_assert_double_eq(f.seen[i].kpi, sums[k]);
	}
	fixture_done(&f);
}
END_TEST

START_TEST(recordings_are_merged_by_time)
{
	struct fixture f;
	struct rng rng = { 9 };
	int64_t last[FILES] = { 0 }, times[FILES][1000];

	fixture_init(&f);
	for (int s = 0; s < FILES; s++) {
		FILE *file = fixture_file(&f);

		fputs("time,x\n", file);
		for (int i = 0; i < 1000; i++) {
			last[s] += (int64_t)(rng_uniform(&rng) * 4);
			times[s][i] = 1000000000 + last[s];
			fprintf(file, "%ld,%d\n", (long)times[s][i], i);
		}
	}
	fixture_make(&f, NULL, NULL);
	fixture_run_all(&f);
	ck_assert_int_eq(f.n, FILES * 1000);
	for (int i = 1; i < f.n; i++) {
		const struct seen *a = &f.seen[i - 1], *b = &f.seen[i];
		int64_t before = times[a->source][a->row - 1], after = times[b->source][b->row - 1];

		ck_assert(before < after || (before == after && a->source <= b->source));
	}
	fixture_done(&f);
}
END_TEST

START_TEST(without_times_rows_go_in_turn)
{
	struct fixture f;

	fixture_init(&f);
	for (int s = 0; s < FILES; s++) {
		FILE *file = fixture_file(&f);

		fputs("x\n", file);
		for (int i = 0; i < 100 * (s + 1); i++)
			fprintf(file, "%d\n", i);
	}
	fixture_make(&f, "a.x * 1000000 + b.x * 1000 + c.x", NULL);
	fixture_run_all(&f);
	ck_assert_int_eq(f.n, 600);
	for (int i = 0; i < 300; i++) {
		ck_assert_int_eq(f.seen[i].source, i % 3);
		ck_assert_uint_eq(f.seen[i].row, (uint64_t)i / 3 + 1);
		if (i % 3 == 0) { /* a's row i goes before those of the others */
			int r = i / 3;
			double expected = r > 0 ? r * 1e6 + (r - 1) * 1e3 + (r - 1) : NAN;

			ck_assert_msg(near(f.seen[i].kpi, expected, 0), "row %d: %.17g, not %.17g",
			    r, f.seen[i].kpi, expected);
		}
	}
	fixture_done(&f);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("engine");
	TCase *t = tcase_create("engine");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, values_and_events_do_not_depend_on_the_cuts);
	tcase_add_test(t, late_rows_are_put_in_order);
	tcase_add_test(t, each_key_has_its_own_state);
	tcase_add_test(t, recordings_are_merged_by_time);
	tcase_add_test(t, without_times_rows_go_in_turn);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
