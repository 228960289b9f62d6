/* fixture.c - an engine on recordings written by a test, and what it told. */
#include "tests/fixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support.h"

static int
first_kpi(const struct engine *e, int source)
{
	for (int i = 0; i < engine_kpis(e); i++)
		if (engine_kpi(e, i)->source == source)
			return i;
	return -1;
}

static void
on_rows(void *self, int source, const struct block *b, int at, int n)
{
	struct fixture *f = self;
	int kpi = first_kpi(f->engine, source);
	const double *values = kpi >= 0 ? engine_kpi_values(f->engine, kpi) : NULL;
	static uint64_t late_before;
	uint64_t late = engine_counts(f->engine, -1).late;

	if (f->n == 0)
		late_before = 0;
	for (int i = 0; i < n; i++) {
		ck_assert_int_lt(f->n, MOST);
		f->seen[f->n++] = (struct seen){ source, b->first_row + (uint64_t)(at + i),
			values != NULL ? values[i] : NAN, late > late_before };
	}
	late_before = late;
}

void
fixture_event(void *self, const struct event *event)
{
	struct fixture *f = self;

	text_addf(
	    &f->events, "%d %d %lu", (int)event->type, event->source, (unsigned long)event->row);
	if (event->type == EVENT_ALERT)
		text_addf(&f->events, " %d %d", event->rule, (int)event->state);
	if (event->key != NULL)
		text_addf(&f->events, " %s", event->key);
	if (event->type == EVENT_BAD)
		text_addf(&f->events, " %s", event->what);
	text_addc(&f->events, '\n');
}

void
fixture_init(struct fixture *f)
{
	*f = (struct fixture){ .seen = memory_new(MOST, sizeof(struct seen)) };
}

FILE *
fixture_file(struct fixture *f)
{
	char *path = f->paths[f->nfiles];

	strcpy(path, "/tmp/weir-test-XXXXXX");
	f->files[f->nfiles] = fdopen(mkstemp(path), "w");
	ck_assert_ptr_nonnull(f->files[f->nfiles]);
	return f->files[f->nfiles++];
}

void
fixture_make(struct fixture *f, const char *kpi, const char *rule)
{
	struct listener listener = {
		.wants = ~0U, .event = fixture_event, .rows = on_rows, .self = f
	};
	struct feed_options feed = { 0 };
	struct alert_rule alert;
	struct text source = { 0 };

	engine_free(f->engine);
	f->n = 0;
	text_clear(&f->events);
	f->engine = engine_new(&f->options, NULL, &f->err);
	ck_assert_msg(f->engine != NULL, "%s", f->err.text);
	engine_listen(f->engine, &listener);
	if (kpi != NULL)
		ck_assert_int_eq(query_add_kpi(engine_ask(f->engine), kpi, &f->err), 0);
	if (rule != NULL) {
		ck_assert_int_eq(alert_rule_parse(&alert, rule, &f->err), 0);
		ck_assert_int_eq(query_add_rule(engine_ask(f->engine), &alert, &f->err), 0);
	}
	for (int i = 0; i < f->nfiles; i++) {
		if (f->files[i] != NULL)
			fclose(f->files[i]);
		f->files[i] = NULL;
		text_clear(&source);
		text_addf(&source, "%c=%s", 'a' + i, f->paths[i]);
		ck_assert_int_eq(engine_add_source(f->engine, source.s, &feed, &f->err), 0);
	}
	text_done(&source);
}

enum engine_state
fixture_run(struct fixture *f)
{
	enum engine_state state;
	int64_t wake;

	do
		state = engine_run(f->engine, 10000000, &wake, &f->err);
	while (state == ENGINE_RUNNING);
	return state;
}

void
fixture_run_all(struct fixture *f)
{
	enum engine_state state = fixture_run(f);

	ck_assert_msg(state == ENGINE_END, "%d: %s", (int)state, f->err.text);
	engine_finish(f->engine);
}

void
fixture_done(struct fixture *f)
{
	engine_free(f->engine);
	for (int i = 0; i < f->nfiles; i++)
		unlink(f->paths[i]);
	free(f->seen);
	text_done(&f->events);
}
