/* engine_view.c - what the engine answers to those who draw and write. */
#include <math.h>
#include <string.h>

#include "data/base/times/clock.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

enum engine_state
engine_state(const struct engine *e)
{
	return e->state;
}

const struct query *
engine_query(const struct engine *e)
{
	return e->query;
}

int
engine_sources(const struct engine *e)
{
	return e->nstreams;
}

bool
engine_repeats(const struct engine *e, int source)
{
	return feed_repeats(e->streams[source]->feed);
}

bool
engine_resumes(const struct engine *e, int source)
{
	return feed_resumes(e->streams[source]->feed);
}

bool
engine_live(const struct engine *e)
{
	for (int i = 0; i < e->nstreams; i++)
		if (!e->streams[i]->gone && feed_live(e->streams[i]->feed))
			return true;
	return false;
}

const struct dialect *
engine_dialect(const struct engine *e, int source)
{
	return feed_dialect(e->streams[source]->feed);
}

const struct schema *
engine_schema(const struct engine *e, int source)
{
	return e->query->bound ? &e->query->sources[source].shown : NULL;
}

int
engine_by(const struct engine *e, int source)
{
	return e->query->sources[source].by;
}

const struct key_state *
engine_key(const struct engine *e, int source)
{
	const struct stream *s = e->streams[source];

	if (s->looked == NULL)
		return s->now;
	return key_states_find(&s->states, s->looked, s->nlooked);
}

const char *
engine_looked(const struct engine *e, int source, size_t *n)
{
	*n = e->streams[source]->nlooked;
	return e->streams[source]->looked;
}

bool
engine_looks(const struct engine *e, int source)
{
	const struct stream *s = e->streams[source];

	return s->looked == NULL || (s->now != NULL && s->now->len == s->nlooked &&
					memcmp(s->now->key, s->looked, s->nlooked) == 0);
}

const struct key_state *
engine_key_find(const struct engine *e, int source, const char *key, size_t n)
{
	return key_states_find(&e->streams[source]->states, key, n);
}

const struct key_state *
engine_key_after(const struct engine *e, int source, const struct key_state *k)
{
	return k != NULL ? k->newer : e->streams[source]->states.oldest;
}

const char *
key_state_name(const struct key_state *k, size_t *n)
{
	*n = k->len;
	return k->key;
}

double
engine_seconds(const struct engine *e)
{
	return e->began > 0 ? time_seconds(engine_clock() - e->began) : 0;
}

struct counts
engine_counts(const struct engine *e, int source)
{
	struct counts all = { 0 };

	if (source >= 0)
		return e->streams[source]->counts;
	for (int i = 0; i < e->nstreams; i++) {
		const struct counts *c = &e->streams[i]->counts;

		all.rows += c->rows;
		all.bad += c->bad;
		all.late += c->late;
		all.dropped += c->dropped;
		all.skipped += c->skipped;
		all.headers += c->headers;
	}
	return all;
}

/* --- KPIs and rules --------------------------------------------------------------------------- */

int
engine_kpis(const struct engine *e)
{
	return e->query->nkpis;
}

const struct kpi *
engine_kpi(const struct engine *e, int kpi)
{
	return &e->query->kpis[kpi];
}

double
engine_key_kpi(const struct engine *e, const struct key_state *k, int kpi)
{
	return k != NULL && !k->behind ? graph_value(k->graph, e->query->kpis[kpi].root) : NAN;
}

double
engine_kpi_value(const struct engine *e, int kpi)
{
	return engine_key_kpi(e, engine_key(e, e->query->kpis[kpi].source), kpi);
}

const double *
engine_kpi_values(const struct engine *e, int kpi)
{
	const struct key_state *k = e->streams[e->query->kpis[kpi].source]->now;

	return k == NULL ? e->missing : graph_out(k->graph, e->query->kpis[kpi].root);
}

void
engine_kpi_print(const struct engine *e, int kpi, double v, struct text *out)
{
	if (number_missing(v))
		text_add(out, "missing");
	else if (e->query->kpis[kpi].result == RESULT_TEXT)
		text_add(out, names_text(e->names, v));
	else
		text_number(out, v);
}

int
engine_rules(const struct engine *e)
{
	return e->query->nrules;
}

const struct alert_rule *
engine_rule(const struct engine *e, int rule)
{
	return &e->query->rules[rule].rule;
}

uint64_t
engine_rule_fired(const struct engine *e, int rule)
{
	return rule < e->nfired ? e->fired[rule] : 0;
}

/* A rule that was just added has no state before the next row. */
const struct alert *
engine_alert(const struct engine *e, int rule)
{
	static const struct alert inactive;
	const struct key_state *k =
	    e->query->bound ? engine_key(e, e->query->rules[rule].source) : NULL;

	return k != NULL && rule < e->nfired ? &k->alerts[rule] : &inactive;
}

int
engine_rule_firing(const struct engine *e, int rule)
{
	const struct key_states *k;

	if (!e->query->bound)
		return 0;
	k = &e->streams[e->query->rules[rule].source]->states;
	return rule < k->nrules ? k->firing[rule] : 0;
}

int
engine_firing(const struct engine *e, int *gravest)
{
	int n = 0;

	*gravest = -1;
	for (int rule = 0; rule < e->query->nrules; rule++) {
		int firing = engine_rule_firing(e, rule);

		n += firing;
		if (firing > 0 && (int)engine_rule(e, rule)->severity > *gravest)
			*gravest = (int)engine_rule(e, rule)->severity;
	}
	return n;
}

/* --- forecasts -------------------------------------------------------------------------------- */

int
engine_horizon(const struct engine *e)
{
	return e->query->options.horizon;
}

int
engine_forecast(const struct engine *e, int source, const struct key_state *k, int column, double c,
    double *mean, double *lower, double *upper)
{
	const struct op *op = column_forecaster(e, source, k, column);
	int horizon = engine_horizon(e);

	if (op == NULL)
		return 0;
	forecaster_path(op, horizon, c, mean, lower, upper);
	return horizon;
}

const struct op *
engine_forecaster(const struct engine *e, int source, int column)
{
	return column_forecaster(e, source, engine_key(e, source), column);
}

bool
engine_scores(const struct engine *e, int source, const struct key_state *k, int column,
    struct forecast_scores *scores)
{
	const struct op *op = column_forecaster(e, source, k, column);

	if (op != NULL)
		*scores = forecaster_scores(op);
	return op != NULL;
}

/* --- anomalies -------------------------------------------------------------------------------- */

static bool
is_anomaly_of(const struct plan *plan, const struct node *node, int column)
{
	const struct node *input;

	if (node->class == NULL || strcmp(node->class->name, "anomaly") != 0 || node->ninputs != 1)
		return false;
	input = plan_node_at(plan, node->inputs[0]);
	return input->class == NULL && input->column == column;
}

const struct evidence_history *
engine_evidence(const struct engine *e, int source, int column)
{
	const struct plan *plan = engine_plan(e, source);
	const struct graph *g = engine_graph(e, source);
	const struct evidence_history *h = NULL;

	for (int i = 0; g != NULL && i < plan_nodes(plan) && h == NULL; i++) {
		const struct op *op = graph_node_op(g, i);

		if (op != NULL && is_anomaly_of(plan, op->node, column))
			h = anomaly_evidence(op);
	}
	return h;
}

/* --- learners --------------------------------------------------------------------------------- */

bool
engine_learner(const struct key_state *k, int i, struct op_score *score, const char **of)
{
	const struct op *const *speakers;
	int n = k != NULL ? graph_speakers(k->graph, &speakers) : 0;

	for (int s = 0; s < n; s++) {
		const struct op_class *class = speakers[s]->node->class;

		if (class->score == NULL || !class->score(speakers[s], score) || i-- > 0)
			continue;
		*of = speakers[s]->args[0]->node->key;
		return true;
	}
	return false;
}

/* --- inside ----------------------------------------------------------------------------------- */

const struct plan *
engine_plan(const struct engine *e, int source)
{
	return e->query->sources[source].plan;
}

const struct graph *
engine_graph(const struct engine *e, int source)
{
	const struct key_state *k = engine_key(e, source);

	return k != NULL ? k->graph : NULL;
}

struct names *
engine_names(const struct engine *e)
{
	return e->names;
}

bool
engine_takes_replies(const struct engine *e, int source)
{
	return feed_takes_replies(e->streams[source]->feed);
}
