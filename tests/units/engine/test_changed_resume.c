/* test_changed_resume.c - a saved state loaded where something else is asked for: it goes on as the
 * engine would that is asked anew at that row, and says what goes on. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/times/times.h"
#include "data/engine/engine_view.h"
#include "tests/asked.h"
#include "tests/support.h"

enum { ROWS = 600 };

struct watched { /* an engine, and all that it told */
	struct engine *engine;
	struct text values, told; /* of KPIs; of alerts and notes */
};

static char paths[2][32];

static void
write_files(void)
{
	struct rng rng = { 11 };

	for (int f = 0; f < 2; f++) {
		FILE *file;

		strcpy(paths[f], "/tmp/weir-changed-XXXXXX");
		file = fdopen(mkstemp(paths[f]), "w");
		ck_assert_ptr_nonnull(file);
		fprintf(file, f == 0 ? "time,x,y,k\n" : "time,u\n");
		for (int i = 0; i < ROWS; i++)
			if (f == 0)
				fprintf(file, "%d,%.3f,%.3f,%c\n", 1700000000 + i * 3,
				    sin(i / 9.0) + rng_normal(&rng) / 4, rng_normal(&rng),
				    "abc"[rng_next(&rng) % 3]);
			else
				fprintf(file, "%d,%.3f\n", 1700000001 + i * 3, sin(i / 7.0));
		fclose(file);
	}
}

static void
remove_files(void)
{
	for (int f = 0; f < 2; f++)
		unlink(paths[f]);
}

static void
on_rows(void *self, int source, const struct block *b, int at, int n)
{
	struct watched *w = self;

	for (int i = 0; i < n; i++)
		for (int k = 0; k < engine_kpis(w->engine); k++)
			if (engine_kpi(w->engine, k)->source == source)
				text_addf(&w->values, "%d %s %a\n", (int)b->first_row + at + i,
				    engine_kpi(w->engine, k)->name,
				    engine_kpi_values(w->engine, k)[i]);
}

static void
on_event(void *self, const struct event *event)
{
	struct watched *w = self;

	if (event->type == EVENT_NOTE)
		text_addf(&w->told, "note %s\n", event->what);
	else
		text_addf(&w->told, "%s %s %d\n", engine_rule(w->engine, event->rule)->name,
		    alert_state_name(event->state), (int)event->row);
}

static void
watch(struct watched *w, const struct engine_options *options, int sources, const struct asked *a)
{
	struct listener listener = {
		.wants = EVENT_ALERT | EVENT_NOTE, .event = on_event, .rows = on_rows, .self = w
	};
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	char source[80];

	*w = (struct watched){ 0 };
	w->engine = engine_new(options, NULL, &err);
	ck_assert_ptr_nonnull(w->engine);
	engine_listen(w->engine, &listener);
	asked_add(engine_ask(w->engine), a);
	for (int i = 0; i < sources; i++) {
		snprintf(source, sizeof source, "%c=%s", 'a' + i, paths[i]);
		ck_assert_int_eq(engine_add_source(w->engine, source, &feed, &err), 0);
	}
}

static void
watch_done(struct watched *w)
{
	engine_free(w->engine);
	text_done(&w->values);
	text_done(&w->told);
}

/* rows 0: to the end. */
static void
run(struct watched *w, int rows)
{
	struct error err = { 0 };
	enum engine_state state;
	int64_t wake;

	pacer_pause(engine_pacer(w->engine), rows > 0, 0);
	if (rows > 0)
		pacer_step(engine_pacer(w->engine), rows);
	do
		state = engine_run(w->engine, 10000000, &wake, &err);
	while (state == ENGINE_RUNNING);
	ck_assert_msg(state == (rows > 0 ? ENGINE_WAITING : ENGINE_END), "%s", err.text);
}

static int
load(struct watched *w, const struct buffer *state, struct error *err)
{
	return engine_load(w->engine, state->data, state->len, err);
}

static void
ask_anew(struct engine *e, const struct asked *a)
{
	struct error err = { 0 };
	struct query *staged = query_stage(engine_query(e), (struct span){ SPAN_NONE, 0 });

	asked_add(staged, a);
	ck_assert_msg(query_bind(staged, &err) == 0, "%s", err.text);
	ck_assert_msg(engine_replace(e, staged, &err) == 0, "%s", err.text);
}

/* The first line that differs is told. */
static void
check_same(const char *is, const char *as)
{
	while (*is != '\0' && *as != '\0') {
		size_t n = strcspn(is, "\n"), m = strcspn(as, "\n");

		ck_assert_msg(
		    n == m && memcmp(is, as, n) == 0, "%.*s for %.*s", (int)n, is, (int)m, as);
		is += n + 1;
		as += m + 1;
	}
	ck_assert_int_eq(*is, *as);
}

/* Asked anew at that row, and loaded there: the same from then on. The note goes to `note`. */
static void
compare(const struct engine_options *options, int sources, const struct asked *was,
    const struct asked *is, int rows, struct text *note)
{
	struct watched replaced, loaded;
	struct buffer state = { 0 };
	struct error err = { 0 };
	const char *told;

	watch(&replaced, options, sources, was);
	run(&replaced, rows);
	engine_save(replaced.engine, &state);
	ask_anew(replaced.engine, is);
	text_clear(&replaced.values);
	text_clear(&replaced.told);
	run(&replaced, 0);
	watch(&loaded, options, sources, is);
	ck_assert_msg(load(&loaded, &state, &err) == 0, "%s", err.text);
	text_clear(note);
	if (engine_changes(loaded.engine) != NULL)
		text_add(note, engine_changes(loaded.engine));
	run(&loaded, 0);
	told = text_get(&loaded.told);
	if (note->len > 0) {
		ck_assert_int_eq(strncmp(told, "note ", 5), 0);
		ck_assert_int_eq(strncmp(told + 5, text_get(note), note->len), 0);
		told = strchr(told, '\n') + 1;
	}
	check_same(told, text_get(&replaced.told));
	check_same(text_get(&loaded.values), text_get(&replaced.values));
	watch_done(&replaced);
	watch_done(&loaded);
	buffer_done(&state);
}

static const struct asked before = {
	.derive = { "r = x / (y + 10)", "gone = x - y" },
	.kpis = { "m: mean(x, 50)", "q: p95(r, 200)", "l: lower(r, 0.9)", "t: top(k, 2, 100)",
	    "w: ewma(y, alpha=0.1)", "s: sd(x, 5m)", "v: r", "old: sum(gone, 10)", "c: mean(x)" },
	.alerts = { "hot: x > 0.5 for 5 rows", "avg: mean(x, 30) > 0.3", "other: x > 0.2",
	    "lost: y > 1", "through: r > 0" },
};
/* Another order, other names, other meanings under the same names. */
static const struct asked after = {
	.derive = { "first = x * 2", "r = x / (y+10)" },
	.kpis = { "new: count(x, all)", "v: first", "s: sd(x, 5m)", "w: ewma(y, alpha=0.1)",
	    "most: top(k,2,100)", "l: lower(r, 0.9)", "q: p95(r, 100)", "m: mean(x,50)",
	    "c: mean(x, 60)" },
	.alerts = { "avg: mean(x, 30) > 0.3 severity critical", "other: x > 0.9",
	    "hot: x > 0.5 for 5 rows" },
};

START_TEST(as_if_asked_anew)
{
	static const int rows[] = { 1, 61, 245, 599 };
	static const struct engine_options plain = { 0 }, keyed = { .query.by = "k" };
	const struct engine_options *options = _i % 2 == 0 ? &plain : &keyed;
	struct text note = { 0 };
	char begins[100];

	write_files();
	compare(options, 1, &before, &after, rows[_i / 2], &note);
	snprintf(begins, sizeof begins,
	    "goes on with other expressions than before; from row %d on: kept ", rows[_i / 2] + 1);
	ck_assert_str_eq(strncmp(text_get(&note), begins, strlen(begins)) == 0 ? "" : note.s, "");
	ck_assert_str_eq(strstr(text_get(&note), "kept "),
	    "kept avg, hot, s, w, most and 4 more; started anew other, v, q; new new, first; gone "
	    "lost, through, old, gone");
	compare(options, 1, &before, &before, rows[_i / 2], &note);
	ck_assert_str_eq(text_get(&note), "");
	text_done(&note);
	remove_files();
}
END_TEST

/* A rule that reads a derived column which is another now is another rule, though its words are the
 * same; so is one that reads a column of another source which is derived otherwise. */
START_TEST(what_is_read_counts)
{
	static const struct asked one = { .derive = { "d = u * 2", "c = u + 1", "e = x * 2" },
		.kpis = { "own: mean(x - u, 40)", "kept: mean(x - c, 40)",
		    "changed: count(x - d, all)", "there: mean(d, all)" },
		.alerts = { "far: d - x > -9", "near: c - x > -9", "twice: e > -9" } };
	static const struct asked two = { .derive = { "c = u + 1", "d = u * 3", "e = x * 3" },
		.kpis = { "changed: count(x - d, all)", "kept: mean(x - c, 40)",
		    "own: mean(x - u, 40)", "there: mean(d, all)" },
		.alerts = { "twice: e > -9", "near: c - x > -9", "far: d - x > -9" } };
	static const struct engine_options plain = { 0 };
	struct text note = { 0 };

	write_files();
	compare(&plain, 2, &one, &two, 500, &note);
	ck_assert_str_eq(text_get(&note),
	    "goes on with other expressions than before; from row 251 of a, 251 of b on: "
	    "kept near, kept, own, c; started anew twice, far, changed, there, d and 1 more");
	text_done(&note);
	remove_files();
}
END_TEST

/* A state of keys is none of all rows, nor of other keys. */
START_TEST(other_keys_are_refused)
{
	static const char *const by[] = { NULL, "k", "y" };
	struct engine_options options = { 0 };

	write_files();
	for (int i = 0; i < 3; i++) {
		struct buffer state = { 0 };
		struct watched w;

		options.query.by = by[i];
		watch(&w, &options, 1, &before);
		run(&w, 50);
		engine_save(w.engine, &state);
		watch_done(&w);
		for (int j = 0; j < 3; j++) {
			struct error err = { 0 };

			options.query.by = by[j];
			watch(&w, &options, 1, &before);
			ck_assert_int_eq(load(&w, &state, &err), i == j ? 0 : -1);
			if (i == 0 && j == 1)
				ck_assert_str_eq(err.text,
				    "saved state: is one for all rows, not for keys by 'k' (leave "
				    "--by out, or start anew)");
			if (i == 1 && j == 2)
				ck_assert_str_eq(err.text,
				    "saved state: is of keys by 'k', not by 'y' (give --by k, or "
				    "start anew)");
			watch_done(&w);
		}
		buffer_done(&state);
	}
	remove_files();
}
END_TEST

/* A rule that is added while no row goes is saved with, and gone back with, at once. */
START_TEST(what_was_just_asked_is_there)
{
	static const struct engine_options plain = { 0 };
	static const struct asked more = { .alerts = { "late: x > -9", "later: y > -9" } };
	struct buffer state = { 0 };
	struct error err = { 0 };
	struct watched w;

	write_files();
	watch(&w, &plain, 1, &before);
	engine_keep(w.engine, 10000000);
	run(&w, 50);
	asked_add(engine_ask(w.engine), &more);
	engine_save(w.engine, &state);
	asked_add(engine_ask(w.engine), &(struct asked){ .alerts = { "last: x > -9" } });
	ck_assert_msg(engine_go_back(w.engine, 20, &err) == 0, "%s", err.text);
	run(&w, 40);
	ck_assert_ptr_nonnull(strstr(text_get(&w.told), "last firing"));
	watch_done(&w);
	watch(&w, &plain, 1, &more);
	ck_assert_msg(load(&w, &state, &err) == 0, "%s", err.text);
	ck_assert_ptr_nonnull(strstr(engine_changes(w.engine), "kept late, later; gone "));
	watch_done(&w);
	buffer_done(&state);
	remove_files();
}
END_TEST

/* Rows that are held back stay held; none that went can be held any more. */
START_TEST(other_lateness_is_refused)
{
	static const int64_t seconds[] = { 0, 9, 60 };
	struct engine_options options = { 0 };

	write_files();
	for (int i = 0; i < 3; i++) {
		struct buffer state = { 0 };
		struct watched w;

		options.lateness = seconds[i] * TIME_SECOND;
		watch(&w, &options, 1, &before);
		run(&w, 50);
		engine_save(w.engine, &state);
		watch_done(&w);
		for (int j = 0; j < 3; j++) {
			struct error err = { 0 };

			options.lateness = seconds[j] * TIME_SECOND;
			watch(&w, &options, 1, &before);
			ck_assert_int_eq(load(&w, &state, &err), i == 0 || i == j ? 0 : -1);
			if (i == 1 && j == 2)
				ck_assert_str_eq(err.text,
				    "saved state: holds rows back for 9s to put them in order "
				    "(give --lateness 9s, or start anew)");
			if (i == 0)
				run(&w, 0);
			watch_done(&w);
		}
		buffer_done(&state);
	}
	remove_files();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("changed_resume");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, as_if_asked_anew, 0, 8);
	tcase_add_test(tc, what_is_read_counts);
	tcase_add_test(tc, other_keys_are_refused);
	tcase_add_test(tc, what_was_just_asked_is_there);
	tcase_add_test(tc, other_lateness_is_refused);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
