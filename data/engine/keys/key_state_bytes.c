/* key_state_bytes.c - the states of the keys of a source as bytes, and back. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/base/state.h"
#include "data/engine/engine_parts.h"

enum { VERSION = 2, GRAPH_VERSION = 1, KEY_MAX = 1 << 20 };

/* Only alerts that are not as they began. */
static void
save_alerts(const struct key_state *k, int nrules, struct buffer *out)
{
	uint64_t n = 0;

	for (int i = 0; i < nrules; i++)
		n += k->alerts[i].state != ALERT_INACTIVE || k->alerts[i].fired > 0;
	buffer_u64(out, n);
	for (int i = 0; i < nrules; i++) {
		if (k->alerts[i].state == ALERT_INACTIVE && k->alerts[i].fired == 0)
			continue;
		buffer_u32(out, (uint32_t)i);
		alert_save(&k->alerts[i], out);
	}
}

static bool
tells_text(const struct graph *graph, const struct plan *plan, int root, double *id)
{
	*id = plan_result(plan, root) == RESULT_TEXT ? graph_value(graph, root) : NAN;
	return !number_missing(*id);
}

/* Texts are numbers in a graph: the words of those that it gives now. */
static void
save_words(const struct graph *graph, const struct query *q, int source, struct buffer *out)
{
	const struct plan *plan = q->sources[source].plan;
	uint64_t n = 0;
	double id;

	for (int r = 0; r < plan_roots(plan); r++)
		n += tells_text(graph, plan, r, &id);
	buffer_u64(out, n);
	for (int r = 0; r < plan_roots(plan); r++)
		if (tells_text(graph, plan, r, &id))
			buffer_text(
			    out, names_text(q->names, id), strlen(names_text(q->names, id)));
}

size_t
key_states_save_begin(const struct key_states *states, struct buffer *out)
{
	size_t begun = state_piece_begin(out, "keys", VERSION);

	buffer_u64(out, (uint64_t)states->n);
	buffer_u64(out, states->evicted);
	return begun;
}

void
key_state_save(const struct key_state *k, const struct query *q, int source, struct buffer *out)
{
	size_t graph;

	if (q->sources[source].by >= 0)
		buffer_text(out, k->key, k->len);
	buffer_u32(out, k->clock != NULL);
	if (k->clock != NULL)
		key_clock_save(k->clock, out);
	buffer_u64(out, k->row);
	buffer_i64(out, k->time);
	save_alerts(k, q->nrules, out);
	graph = state_piece_begin(out, "graph", GRAPH_VERSION);
	graph_save(k->graph, out);
	state_piece_end(out, graph);
	save_words(k->graph, q, source, out);
}

/* The rule of the query that goes on as the saved one; -1: none. */
static int
rule_of(const struct keys_asked *asked, uint32_t saved)
{
	for (int i = 0; i < asked->query->nrules; i++)
		if (asked->was[i] == (int)saved)
			return i;
	return -1;
}

static int
load_alerts(struct key_state *k, const struct keys_asked *asked, struct reader *in)
{
	size_t n;

	if (reader_count(in, sizeof(uint32_t), &n) != 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct alert alert;
		uint32_t saved;
		int rule;

		if (asked->nwas == 0 || reader_below(in, (uint32_t)asked->nwas - 1, &saved) != 0 ||
		    alert_load(&alert, in) != 0)
			return -1;
		rule = rule_of(asked, saved);
		if (rule >= 0)
			k->alerts[rule] = alert;
	}
	return 0;
}

static int
load_clock(struct key_state *k, struct reader *in)
{
	uint32_t has;

	if (reader_below(in, 1, &has) != 0)
		return -1;
	key_clock_free(k->clock);
	k->clock = has ? key_clock_new() : NULL;
	return has ? key_clock_load(k->clock, in) : 0;
}

static int
load_graph(struct graph *graph, const bool *same, struct reader *in, struct error *err)
{
	struct reader piece;

	if (state_piece(in, "graph", GRAPH_VERSION, &piece, err) != 0 ||
	    graph_load_same(graph, same, &piece, err) != 0)
		return -1;
	return state_piece_done(&piece, "graph", err);
}

static int
load_words(struct names *names, struct reader *in)
{
	const char *s;
	size_t n, length;

	if (reader_count(in, sizeof(uint64_t), &n) != 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (reader_text(in, &s, &length) != 0)
			return -1;
		names_id(names, s, length);
	}
	return 0;
}

int
key_states_load(
    struct key_states *states, const struct keys_asked *asked, struct reader *in, struct error *err)
{
	const struct query *q = asked->query;
	int source = asked->source;
	bool keyed = q->sources[source].by >= 0;
	struct reader piece;
	uint64_t evicted;
	size_t n;

	if (state_piece(in, "keys", VERSION, &piece, err) != 0)
		return -1;
	if (reader_count(&piece, sizeof(uint32_t), &n) != 0 || reader_u64(&piece, &evicted) != 0 ||
	    (!keyed && n > 1))
		return state_damaged("keys", err);
	for (size_t i = 0; i < n; i++) {
		struct row_key key = { .s = NULL };
		struct key_state *k;

		if (keyed && (reader_text(&piece, &key.s, &key.n) != 0 || key.n > KEY_MAX))
			return state_damaged("keys", err);
		key.hash = keyed ? key_hash(key.s, key.n) : 0;
		k = key_states_get(states, q, source, &key, err);
		if (k == NULL)
			return -1;
		if (load_clock(k, &piece) != 0 || reader_u64(&piece, &k->row) != 0 ||
		    reader_i64(&piece, &k->time) != 0 || load_alerts(k, asked, &piece) != 0)
			return state_damaged("keys", err);
		if (load_graph(k->graph, asked->same, &piece, err) != 0)
			return -1;
		if (load_words(q->names, &piece) != 0)
			return state_damaged("keys", err);
	}
	states->evicted = evicted;
	key_states_count(states, q->nrules);
	return state_piece_done(&piece, "keys", err);
}
