/* engine_view.c - what the engine answers to those who draw and write. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times.h"
#include "data/engine/engine_parts.h"

enum { PULSE_EVERY = 100000000 }; /* ns */

void
pulse_beat(struct pulse *p, uint64_t rows, int64_t now)
{
	if (p->n > 0 && now - p->at[p->n - 1] < PULSE_EVERY)
		return;
	if (p->n == PULSES) {
		memmove(p->at, p->at + 1, (PULSES - 1) * sizeof *p->at);
		memmove(p->rows, p->rows + 1, (PULSES - 1) * sizeof *p->rows);
		p->n--;
	}
	p->at[p->n] = now;
	p->rows[p->n++] = rows;
}

/* Rows a second since the oldest sample of the last two seconds. */
static double
pulse_rate(const struct pulse *p, uint64_t rows, int64_t now)
{
	for (int i = 0; i < p->n; i++)
		if (now - p->at[i] <= 2 * TIME_SECOND && now > p->at[i])
			return (double)(rows - p->rows[i]) / time_seconds(now - p->at[i]);
	return 0;
}

enum engine_state
engine_state(const struct engine *e)
{
	return e->state;
}

int
engine_sources(const struct engine *e)
{
	return e->nstreams;
}

bool
engine_live(const struct engine *e)
{
	for (int i = 0; i < e->nstreams; i++)
		if (feed_live(e->streams[i]->feed))
			return true;
	return false;
}

const struct schema *
engine_schema(const struct engine *e, int source)
{
	return e->bound ? &e->streams[source]->shown : NULL;
}

int
engine_by(const struct engine *e, int source)
{
	return e->streams[source]->by;
}

const char *
engine_key_after(const struct engine *e, int source, const char *key)
{
	const struct key_states *states = &e->streams[source]->states;
	const struct key_state *k =
	    key == NULL ? states->oldest : key_states_find(states, key, strlen(key))->newer;

	return k != NULL ? k->key : NULL;
}

bool
engine_key_read(struct engine *e, int source, const char *key)
{
	struct stream *s = e->streams[source];
	struct key_state *k = s->by >= 0 ? key_states_find(&s->states, key, strlen(key)) : NULL;

	if (k != NULL)
		s->now = k;
	return k != NULL;
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
	}
	return all;
}

/* --- progress --------------------------------------------------------------------------------- */

/* What is left at this pace: by the rate that is set where there is one, else as measured. */
static double
seconds_left(const struct engine *e, const struct progress *p)
{
	double rate = e->pacer.pace == PACE_RATE ? e->pacer.rate : p->pace;

	if (p->rows < p->row || rate <= 0)
		return NAN;
	return (double)(p->rows - p->row) / rate;
}

struct progress
engine_progress(const struct engine *e, int source)
{
	const struct stream *s = e->streams[source];
	struct progress p = { .row = s->row, .time = s->time, .share = NAN };

	p.pace = pulse_rate(&s->pulse, s->counts.rows, engine_clock());
	p.exact = s->ended && s->reorder == NULL;
	p.rows = p.exact ? s->read : feed_rows(s->feed);
	if (p.rows < s->row)
		p.rows = p.rows > 0 ? s->row : 0;
	if (e->stop.row > 0 && p.rows > e->stop.row)
		p.rows = e->stop.row;
	if (p.rows > 0)
		p.share = (double)p.row / (double)p.rows;
	p.seconds = seconds_left(e, &p);
	return p;
}

/* --- KPIs and rules --------------------------------------------------------------------------- */

int
engine_kpis(const struct engine *e)
{
	return e->nkpis;
}

const struct kpi *
engine_kpi(const struct engine *e, int kpi)
{
	return &e->kpis[kpi];
}

double
engine_kpi_value(const struct engine *e, int kpi)
{
	const struct key_state *now = e->streams[e->kpis[kpi].source]->now;

	return now != NULL ? graph_value(now->graph, e->kpis[kpi].root) : NAN;
}

const double *
engine_kpi_values(const struct engine *e, int kpi)
{
	const struct stream *s = e->streams[e->kpis[kpi].source];

	return s->now == NULL ? e->missing : graph_out(s->now->graph, e->kpis[kpi].root);
}

void
engine_kpi_print(const struct engine *e, int kpi, double v, struct text *out)
{
	if (number_missing(v))
		text_add(out, "missing");
	else if (e->kpis[kpi].result == RESULT_TEXT)
		text_add(out, names_text(e->names, v));
	else
		text_number(out, v);
}

int
engine_rules(const struct engine *e)
{
	return e->nrules;
}

const struct alert_rule *
engine_rule(const struct engine *e, int rule)
{
	return &e->rules[rule].rule;
}

int
engine_rule_source(const struct engine *e, int rule)
{
	return e->rules[rule].source;
}

uint64_t
engine_rule_fired(const struct engine *e, int rule)
{
	return e->rules[rule].fired;
}

const struct alert *
engine_alert(const struct engine *e, int rule)
{
	static const struct alert inactive;
	const struct key_state *now = e->bound ? e->streams[e->rules[rule].source]->now : NULL;

	return now != NULL ? &now->alerts[rule] : &inactive;
}

int
engine_rule_columns(const struct engine *e, int rule, const int **columns)
{
	*columns = e->rules[rule].columns;
	return e->rules[rule].ncolumns;
}

bool
engine_rule_threshold(const struct engine *e, int rule, int *source, int *column, double *at)
{
	const struct rule *r = &e->rules[rule];

	if (!r->threshold)
		return false;
	*source = r->source;
	*column = r->threshold_column;
	*at = r->threshold_at;
	return true;
}

/* --- forecasts -------------------------------------------------------------------------------- */

int
engine_horizon(const struct engine *e)
{
	return e->options.horizon;
}

/* How the plan writes the column: what it is computed from, where it is derived. */
static const char *
column_key(const struct engine *e, const struct stream *s, int column, struct text *text)
{
	struct expr name = { .kind = EXPR_NAME };

	for (int i = 0; i < e->nderived; i++)
		if (e->derived[i].source == s->index && e->derived[i].column == column)
			return plan_node(s->plan, e->derived[i].root)->key;
	name.text = s->shown.columns[column].name;
	expr_print(&name, text);
	return text_get(text);
}

/* ".forecaster(temperature, auto, ...)" is one of temperature. */
static bool
forecasts(const struct op *forecaster, const char *key)
{
	const char *own = forecaster->node->key + strcspn(forecaster->node->key, "(");
	size_t n = strlen(key);

	return *own == '(' && strncmp(own + 1, key, n) == 0 &&
	       (own[n + 1] == ',' || own[n + 1] == ')');
}

const struct op *
stream_forecaster(const struct engine *e, const struct stream *s, int column)
{
	const struct op *found = NULL;
	struct text text = { 0 };
	const char *key;

	if (s->now == NULL || s->shown.columns[column].type != COLUMN_NUMBER)
		return NULL;
	key_state_forecasters(s->now, s->plan);
	if (s->now->nforecasters == 0)
		return NULL;
	key = column_key(e, s, column, &text);
	/* of several methods on one column the default one, else the one asked for first */
	for (int i = 0; i < s->now->nforecasters; i++) {
		const struct op *f = s->now->forecasters[i];

		if (forecasts(f, key) &&
		    (found == NULL ||
			(op_choice(f, "method", "auto") && !op_choice(found, "method", "auto"))))
			found = f;
	}
	text_done(&text);
	return found;
}

int
engine_forecast(const struct engine *e, int source, int column, double c, double *mean,
    double *lower, double *upper)
{
	const struct op *op = stream_forecaster(e, e->streams[source], column);

	if (op == NULL)
		return 0;
	forecaster_path(op, e->options.horizon, c, mean, lower, upper);
	return e->options.horizon;
}

const struct op *
engine_forecaster(const struct engine *e, int source, int column)
{
	return stream_forecaster(e, e->streams[source], column);
}

bool
engine_scores(const struct engine *e, int source, int column, struct forecast_scores *scores)
{
	const struct op *op = stream_forecaster(e, e->streams[source], column);

	if (op != NULL)
		*scores = forecaster_scores(op);
	return op != NULL;
}

const struct plan *
engine_plan(const struct engine *e, int source)
{
	return e->streams[source]->plan;
}

const struct graph *
engine_graph(const struct engine *e, int source)
{
	const struct key_state *now = e->streams[source]->now;

	return now != NULL ? now->graph : NULL;
}

struct names *
engine_names(const struct engine *e)
{
	return e->names;
}
