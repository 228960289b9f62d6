/* test_engine_state.c - an engine that is saved between two rows and loaded into a fresh one, which
 * goes on with the same bytes of events as if it had never stopped. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "app/events/ndjson.h"
#include "data/base/state.h"
#include "data/graph/op.h"
#include "tests/inputs.h"
#include "tests/support.h"

enum { ROWS = 400, CUTS = 12 };

struct setting { /* what a run is like */
	const char *ending, *types;
	void (*write)(FILE *, int rows);
	const char *by, *packer; /* packer: "gzip" */
	int64_t lateness;
	const char *kpis[8], *rules[4], *derive[4]; /* each ends with NULL */
};

static const char *second; /* another source; NULL */

struct trial {
	uv_loop_t uv;
	struct engine *engine;
	struct event_file file;
	struct ndjson *events;
};

/* --- a run ------------------------------------------------------------------------------------ */

static char path[64], events[64];

static void
write_input(const struct setting *s)
{
	FILE *f;

	snprintf(path, sizeof path, "/tmp/weir-state-%d%s", (int)getpid(), s->ending);
	snprintf(events, sizeof events, "/tmp/weir-state-%d.out", (int)getpid());
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	s->write(f, ROWS);
	fclose(f);
	if (s->packer != NULL) {
		char command[320];

		snprintf(
		    command, sizeof command, "%s -f %s && mv %s.* %s", s->packer, path, path, path);
		ck_assert_int_eq(system(command), 0);
	}
}

static void
ask(struct query *q, const struct setting *s)
{
	struct error err = { 0 };

	for (int i = 0; s->derive[i] != NULL; i++)
		ck_assert_msg(query_derive(q, s->derive[i], &err) == 0, "%s", err.text);
	for (int i = 0; s->kpis[i] != NULL; i++)
		ck_assert_msg(query_add_kpi(q, s->kpis[i], &err) == 0, "%s", err.text);
	for (int i = 0; s->rules[i] != NULL; i++) {
		struct alert_rule rule;

		ck_assert_int_eq(alert_rule_parse(&rule, s->rules[i], &err), 0);
		ck_assert_msg(query_add_rule(q, &rule, &err) == 0, "%s", err.text);
	}
}

static void
run_open(struct trial *r, const struct setting *s, const char *source)
{
	struct engine_options options = { .query = { .by = s->by, .forecast_columns = true },
		.lateness = s->lateness,
		.max_keys = 5 };
	struct feed_options feed = { .dialect.types = s->types };
	struct error err = { 0 };

	memset(r, 0, sizeof *r);
	uv_loop_init(&r->uv);
	r->engine = engine_new(&options, &r->uv, &err);
	ck_assert_ptr_nonnull(r->engine);
	ask(engine_ask(r->engine), s);
	ck_assert_msg(engine_add_source(r->engine, source, &feed, &err) == 0, "%s", err.text);
	if (second != NULL)
		ck_assert_int_eq(engine_add_source(r->engine, second, &feed, &err), 0);
	unlink(events); /* a run that goes on would write over what stands there */
	ck_assert_int_eq(event_file_open(&r->file, events, NULL, &err), 0);
	r->events = ndjson_new(r->engine, &r->file, ~0U, (struct span){ SPAN_NONE, 0 });
}

/* Until so many rows went in all; 0: to the end. */
static void
run_rows(struct trial *r, uint64_t rows)
{
	struct pacer *pacer = engine_pacer(r->engine);
	enum engine_state state;
	struct error err = { 0 };
	int64_t wake;

	pacer_pause(pacer, rows > 0, 0);
	pacer_max(pacer);
	do {
		uint64_t gone = engine_counts(r->engine, -1).rows;

		if (rows > 0 && gone >= rows)
			return;
		if (rows > 0)
			pacer_step(pacer, (int)(rows - gone));
		state = engine_run(r->engine, 1000000, &wake, &err);
		uv_run(&r->uv, UV_RUN_NOWAIT);
	} while (state == ENGINE_RUNNING || state == ENGINE_OPENING ||
		 (rows > 0 && state == ENGINE_WAITING));
	ck_assert_msg(state == ENGINE_END, "%s", err.text);
}

/* Appends what was told, but for the seconds that it took. */
static void
run_close(struct trial *r, bool finish, struct text *told)
{
	char *from, *line;
	size_t n = 0;
	FILE *f;

	if (finish)
		engine_finish(r->engine);
	event_file_flush(&r->file, -1);
	event_file_close(&r->file);
	ndjson_free(r->events);
	engine_free(r->engine);
	uv_run(&r->uv, UV_RUN_DEFAULT);
	uv_loop_close(&r->uv);
	f = fopen(events, "r");
	ck_assert_ptr_nonnull(f);
	for (line = NULL; getline(&line, &n, f) > 0;) {
		from = strstr(line, "\"seconds\":");
		if (from != NULL)
			memmove(
			    from, from + strcspn(from, ","), strlen(from + strcspn(from, ",")) + 1);
		text_add(told, line);
	}
	free(line);
	fclose(f);
}

static void
save_at(const struct setting *s, const char *source, uint64_t row, struct buffer *state,
    struct text *told)
{
	struct trial r;

	run_open(&r, s, source);
	run_rows(&r, row);
	engine_save(r.engine, state);
	run_close(&r, false, told);
}

static void
compare(const struct text *is, const struct text *as, uint64_t row)
{
	size_t i = 0, from;

	while (i < is->len && i < as->len && is->s[i] == as->s[i])
		i++;
	for (from = i; from > 0 && as->s[from - 1] != '\n'; from--)
		;
	ck_assert_msg(is->len == as->len && i == is->len,
	    "saved behind row %d: is  %.300s\nas  %.300s", (int)row,
	    from < is->len ? is->s + from : "(end)", from < as->len ? as->s + from : "(end)");
}

static void
check(const struct setting *s, const char *source, uint64_t row)
{
	struct text whole = { 0 }, parts = { 0 };
	struct buffer state = { 0 };
	struct error err = { 0 };
	struct trial r;

	run_open(&r, s, source);
	run_rows(&r, 0);
	run_close(&r, true, &whole);
	save_at(s, source, row, &state, &parts);
	run_open(&r, s, source);
	ck_assert_msg(engine_load(r.engine, state.data, state.len, &err) == 0, "%s", err.text);
	run_rows(&r, 0);
	run_close(&r, true, &parts);
	compare(&parts, &whole, row);
	buffer_done(&state);
	text_done(&whole);
	text_done(&parts);
}

static const struct setting settings[] = {
	{ ".csv", NULL, input_plain, NULL, NULL, 0,
	    { "mean(x, 20)", "p95(x, 2m)", "top(note, 1, 30)", "distinct(k, all)", "expected(x)",
		"sum(x, 1m, every=30s)", "absent(x, 20s)" },
	    { "hi: x > 1.5", "slow: mean(x, 5) > 0.8 for 3 rows",
		"gone: missing(x, 30) > 1 for 10s" },
	    { "z = x - y", "w = if(z > 0, k, note)" } },
	{ ".csv", NULL, input_plain, "k", NULL, 0,
	    { "mean(x, 5)", "last(note)", "lag(y, 2)", "ewsd(x, halflife=3)" },
	    { "hi: x > 1.2 for 2 rows" }, { "z = x * 2" } },
	{ ".csv", NULL, input_plain, NULL, NULL, 30 * TIME_SECOND,
	    { "mean(x, 1m)", "count(x, all)" }, { "hi: x > 1.5 for 5s" }, { NULL } },
	{ ".csv.gz", NULL, input_plain, "k", "gzip", 0, { "median(x, 9)" }, { "x > 2" }, { NULL } },
	{ ".csv", NULL, input_restless, NULL, NULL, 0,
	    { "mean(x, 1m)", "count(x, 20s, every=20s)", "sum(x, 9, gap=1m)" }, { "x > 9 for 10s" },
	    { NULL } },
	{ ".csv", NULL, input_restless, "k", NULL, 0, { "mean(x, 1m)", "count(x, 20s, every=20s)" },
	    { "x > 9 for 10s" }, { NULL } },
	{ ".csv", NULL, input_restless, "k", NULL, 20 * TIME_SECOND, { "mean(x, 1m)" },
	    { "x > 9", "mean(x, 3) > 9" }, { "y = 2 * x" } },
	{ ".csv", NULL, input_two_columns, NULL, NULL, 0, { "mean(x, 1h)", "distinct(Date, all)" },
	    { "x > 9 for 1h" }, { NULL } },
	{ ".csv", NULL, input_settled_late, NULL, NULL, 0, { "mean(x, 1h)" }, { "x > 9" },
	    { NULL } },
	{ ".csv", NULL, input_newest_first, NULL, NULL, 0, { "mean(x, 1m)" }, { "x > 9 for 10s" },
	    { NULL } },
	{ ".csv.gz", NULL, input_newest_first, NULL, "gzip", 0, { "lag(x, 3)" }, { "x > 9" },
	    { NULL } },
	{ ".csv", NULL, input_cr_lf, NULL, NULL, 0, { "mean(x, 7)", "forecast(x, 2)" },
	    { "x > 90" }, { NULL } },
	{ ".tsv", NULL, input_tsv, NULL, NULL, 0, { "max(x, 11)" }, { "y > 3 for 2 rows" },
	    { NULL } },
	{ ".json", NULL, input_ndjson, "k", NULL, 0, { "slope(x, 6)" }, { "x > 20" }, { NULL } },
	{ ".log", NULL, input_logfmt, NULL, NULL, 0, { "sd(x, 8)", "top(msg, 1, 9)" }, { "x < 2" },
	    { NULL } },
};
enum { SETTINGS = sizeof settings / sizeof *settings };

START_TEST(it_goes_on_to_the_byte)
{
	const struct setting *s = &settings[_i];
	struct rng rng = { (uint64_t)_i + 1 };

	write_input(s);
	check(s, path, 1);
	check(s, path, ROWS);
	for (int i = 0; i < CUTS; i++)
		check(s, path, 1 + rng_next(&rng) % (ROWS - 1));
	unlink(path);
	unlink(events);
}
END_TEST

START_TEST(generated_rows_go_on)
{
	static const struct setting s = { "", NULL, NULL, NULL, NULL, 0,
		{ "mean(temperature, 30)", "expected(pH)" }, { "temperature < 10" }, { NULL } };

	snprintf(events, sizeof events, "/tmp/weir-state-%d.out", (int)getpid());
	check(&s, "synth:reactor?seed=4&rows=300", 1);
	check(&s, "synth:reactor?seed=4&rows=300", 157);
	check(&s, "synth:reactor?seed=4&rows=300", 299);
	unlink(events);
}
END_TEST

/* Columns of one source in the rows of another, numbers and texts, as they were of late. */
START_TEST(joined_values_go_on)
{
	static const struct setting s = { "", NULL, NULL, NULL, NULL, 0,
		{ "a.temperature - b.temperature", "top(b.phase, 1, 20)", "mean(b.pH, 9)" },
		{ "a.pH > b.pH for 3 rows" }, { "both = a.pH + b.pH" } };

	snprintf(events, sizeof events, "/tmp/weir-state-%d.out", (int)getpid());
	second = "b=synth:reactor?seed=9&rows=150&interval=2s";
	for (uint64_t row = 1; row < 450; row += 37)
		check(&s, "a=synth:reactor?seed=4&rows=300", row);
	unlink(events);
}
END_TEST

/* --- every operator --------------------------------------------------------------------------- */

/* "mean(x, 7)": what must be given is, and what takes a window has a short one. */
static bool
write_call(const struct op_class *class, struct text *out)
{
	int inputs = 0;

	if (*class->name == '.' || !((*class->name | 32) >= 'a' && (*class->name | 32) <= 'z'))
		return false;
	text_addf(out, "%s(", class->name);
	for (const struct param *p = class->params; p != NULL && p->name != NULL; p++) {
		const char *comma = p > class->params ? ", " : "";

		if (p->type == PARAM_INPUT || p->type == PARAM_ANY || p->type == PARAM_INPUTS ||
		    p->type == PARAM_ANYS)
			text_addf(out, "%s%s", comma, inputs++ == 0 ? "x" : "y");
		else if (p->type == PARAM_WINDOW)
			text_addf(out, "%s%s=7", comma, p->name);
		else if (p->fallback == NULL && p->type == PARAM_DURATION)
			text_addf(out, "%s%s=30s", comma, p->name);
		else if (p->fallback == NULL)
			text_addf(out, "%s%s=%g", comma, p->name,
			    p->max > 0 && p->max < 2 ? p->max / 2 : 2.0);
	}
	text_addc(out, ')');
	return true;
}

START_TEST(every_operator_goes_on)
{
	struct setting s = { ".csv", NULL, input_plain, NULL, NULL, 0, { NULL }, { NULL },
		{ NULL } };
	struct text call = { 0 };
	int tried = 0;

	write_input(&s);
	for (int i = 0; op_classes[i] != NULL; i++) {
		struct query *q = query_new(&(struct query_options){ 0 }, NULL);
		struct error err = { 0 };

		text_clear(&call);
		if (write_call(op_classes[i], &call)) {
			if (strncmp(op_classes[i]->name, "ew", 2) == 0)
				call.len--, text_add(&call, ", halflife=3)");
			ck_assert_msg(query_add_kpi(q, text_get(&call), &err) == 0, "%s", err.text);
			s.kpis[0] = text_get(&call);
			check(&s, path, 29);
			check(&s, path, 200);
			tried++;
		}
		query_free(q);
	}
	ck_assert_int_gt(tried, 40);
	text_done(&call);
	unlink(path);
	unlink(events);
}
END_TEST

/* --- what is wrong ---------------------------------------------------------------------------- */

static int
try_load(const struct setting *s, const char *source, const struct buffer *state, struct error *err)
{
	struct text told = { 0 };
	struct trial r;
	int status;

	run_open(&r, s, source);
	status = engine_load(r.engine, state->data, state->len, err);
	if (status == 0)
		run_rows(&r, 0);
	run_close(&r, false, &told);
	text_done(&told);
	return status;
}

START_TEST(changed_bytes_are_an_error)
{
	const struct setting *s = &settings[_i];
	struct rng rng = { 77 + (uint64_t)_i };
	struct buffer state = { 0 };
	struct text told = { 0 };

	write_input(s);
	save_at(s, path, 150, &state, &told);
	for (int i = 0; i < 60; i++) {
		size_t at = rng_next(&rng) % state.len;
		unsigned char was = state.data[at];
		struct error err = { 0 };

		state.data[at] ^= (unsigned char)(1 + rng_next(&rng) % 255);
		ck_assert_int_eq(try_load(s, path, &state, &err), -1);
		ck_assert_msg(strncmp(err.text, "saved state", 11) == 0, "%s", err.text);
		state.data[at] = was;
	}
	state.len /= 2;
	ck_assert_int_eq(try_load(s, path, &state, &(struct error){ 0 }), -1);
	buffer_done(&state);
	text_done(&told);
	unlink(path);
	unlink(events);
}
END_TEST

/* A slice for each key and each piece of the checksum: the same bytes; what was begun and is not
 * true any more is not gone on with. */
START_TEST(slices_are_as_the_whole)
{
	const struct setting *s = &settings[_i];
	struct buffer whole = { 0 }, sliced = { 0 };
	struct text told = { 0 };
	enum engine_saved saved;
	struct trial r;
	int slices = 0;

	write_input(s);
	run_open(&r, s, path);
	run_rows(&r, ROWS / 2);
	engine_save(r.engine, &whole);
	engine_save_begin(r.engine, &sliced);
	while ((saved = engine_save_on(r.engine, 0)) == ENGINE_SAVED_PART)
		slices++;
	ck_assert_int_eq(saved, ENGINE_SAVED_WHOLE);
	ck_assert_int_ge(slices, s->by != NULL ? 3 : 1);
	ck_assert_uint_eq(sliced.len, whole.len);
	ck_assert_int_eq(memcmp(sliced.data, whole.data, whole.len), 0);
	ck_assert_int_eq(engine_save_on(r.engine, 0), ENGINE_SAVED_LOST);
	sliced.len = 0;
	engine_save_begin(r.engine, &sliced);
	ck_assert_int_eq(engine_save_on(r.engine, 0), ENGINE_SAVED_PART);
	run_rows(&r, 0);
	ck_assert_int_eq(engine_save_on(r.engine, 0), ENGINE_SAVED_LOST);
	run_close(&r, false, &told);
	buffer_done(&whole);
	buffer_done(&sliced);
	text_done(&told);
	unlink(path);
	unlink(events);
}
END_TEST

START_TEST(other_sources_are_told)
{
	const struct setting *s = &settings[0];
	struct buffer state = { 0 };
	struct text told = { 0 };
	struct error err = { 0 };
	char other[80];

	write_input(s);
	save_at(s, path, 50, &state, &told);
	snprintf(other, sizeof other, "other=%s", path);
	ck_assert_int_eq(try_load(s, other, &state, &err), -1);
	ck_assert_msg(strstr(err.text, "not of 'other'") != NULL, "%s", err.text);
	ck_assert_int_eq(truncate(path, 300), 0);
	err = (struct error){ 0 };
	ck_assert_int_eq(try_load(s, path, &state, &err), -1);
	ck_assert_msg(err.text[0] != '\0', "a shorter file is told");
	buffer_done(&state);
	text_done(&told);
	unlink(path);
	unlink(events);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("engine_state");
	TCase *tcase = tcase_create("all");

	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, it_goes_on_to_the_byte, 0, SETTINGS);
	tcase_add_test(tcase, generated_rows_go_on);
	tcase_add_test(tcase, joined_values_go_on);
	tcase_add_test(tcase, every_operator_goes_on);
	tcase_add_loop_test(tcase, changed_bytes_are_an_error, 0, SETTINGS);
	tcase_add_loop_test(tcase, slices_are_as_the_whole, 0, SETTINGS);
	tcase_add_test(tcase, other_sources_are_told);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
