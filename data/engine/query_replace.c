/* query_replace.c - a staged query takes the place of the one in force; equal states go on, key by
 * key (query_move.c). All that can fail is done before anything changes. */
#include <stdlib.h>
#include <string.h>

#include "data/engine/engine_parts.h"
#include "data/query/query_match.h"

static void
exchange_alerts(struct key_state *k, const struct query *is)
{
	struct alert *alerts = memory_zero((size_t)is->nrules, sizeof *alerts);

	for (int i = 0; i < is->nrules; i++)
		if (is->rules[i].was >= 0)
			alerts[i] = k->alerts[is->rules[i].was];
	free(k->alerts);
	k->alerts = alerts;
}

static void
exchange_keys(struct engine *e, const struct query *is)
{
	for (int s = 0; s < e->nstreams; s++) {
		for (struct key_state *k = e->streams[s]->states.oldest; k != NULL; k = k->newer)
			exchange_alerts(k, is);
		key_states_count(&e->streams[s]->states, is->nrules);
	}
}

static void
exchange_counts(struct engine *e, const struct query *is)
{
	uint64_t *fired = memory_zero((size_t)is->nrules + 1, sizeof *fired);

	for (int i = 0; i < is->nrules; i++)
		if (is->rules[i].was >= 0)
			fired[i] = e->fired[is->rules[i].was];
	free(e->fired);
	e->fired = fired;
	e->nfired = is->nrules;
}

/* The latest value goes on; a column that is another now has none until its source's next row. */
static void
exchange_joined(struct engine *e, struct query_match *t)
{
	int n = t->is->njoined;
	struct joined_value *values = memory_new((size_t)n + 1, sizeof *values);

	for (int i = 0; i < n; i++) {
		int was = query_match_joined(t, i);

		joined_value_init(&values[i]);
		if (was >= 0)
			joined_value_copy(&values[i], &e->joined[was]);
	}
	for (int i = 0; i < e->njoined; i++)
		joined_value_done(&e->joined[i]);
	free(e->joined);
	e->joined = values;
	e->njoined = n;
}

static void
tell_replaced(struct engine *e, int source, const char *what)
{
	struct event event = { .type = EVENT_REPLACED,
		.source = source,
		.time = TIME_NONE,
		.rule = -1,
		.column = -1,
		.what = what };

	dispatch(e, &event);
}

int
engine_replace(struct engine *e, struct query *staged, struct error *err)
{
	return engine_exchange(e, staged, -1, "KPIs and rules were asked for anew", err);
}

int
engine_exchange(
    struct engine *e, struct query *staged, int source, const char *what, struct error *err)
{
	struct query_match t;

	e->saving.out = NULL;
	rewind_lost(e);
	query_move_all(e);
	engine_follow(e);
	t = query_match(e->query, staged);
	query_match_mark(&t, staged);
	if (query_move_begin(e, &t, err) != 0) {
		query_match_done(&t);
		return -1;
	}
	exchange_keys(e, staged);
	exchange_counts(e, staged);
	exchange_joined(e, &t);
	e->query = staged;
	query_move_few(e);
	for (int s = 0; s < e->nstreams; s++)
		stream_watch(e, e->streams[s], true);
	e->followed = 0;
	engine_follow(e);
	tell_replaced(e, source, what);
	return 0;
}
