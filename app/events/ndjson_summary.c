/* ndjson_summary.c - the event at the end: counts, and the last values of all KPIs and scores.
 *
 * With --by each key has its own; they stand in an object for each key, those of all sources
 * together, the least recently seen key of the first source first. */
#include <math.h>
#include <string.h>

#include "app/events/ndjson_parts.h"

/* Writes what is to be told of one source, each with a comma before it but for the first. */
typedef void source_part(struct ndjson *, int source, const struct key_state *, bool *first);

/* "temperature", or "reactor.temperature" where another source has that column too. */
void
ndjson_column(struct ndjson *j, int source, int column)
{
	const struct schema *schema = engine_schema(j->engine, source);
	struct text name = { 0 };

	for (int s = 0; s < engine_sources(j->engine) && name.len == 0; s++)
		if (s != source &&
		    schema_find(engine_schema(j->engine, s), schema->columns[column].name) >= 0)
			text_addf(&name, "%s.", schema->source);
	text_add(&name, schema->columns[column].name);
	ndjson_string(ndjson_out(j), text_get(&name));
	text_done(&name);
}

static void
add_comma(struct ndjson *j, bool *first)
{
	text_add(ndjson_out(j), *first ? "" : ",");
	*first = false;
}

static void
add_kpis(struct ndjson *j, int source, const struct key_state *key, bool *first)
{
	const struct engine *e = j->engine;

	if (engine_counts(e, source).rows == 0) /* there is nothing to tell of none */
		return;
	for (int k = 0; k < engine_kpis(e); k++) {
		const struct kpi *kpi = engine_kpi(e, k);

		if (kpi->source != source)
			continue;
		add_comma(j, first);
		ndjson_string(ndjson_out(j), kpi->name);
		text_addc(ndjson_out(j), ':');
		ndjson_value(
		    ndjson_out(j), e, engine_key_kpi(e, key, k), kpi->result == RESULT_TEXT);
	}
}

static void
add_column_scores(
    struct ndjson *j, int source, const struct key_state *key, int column, bool *first)
{
	struct forecast_scores s;
	struct text *t = ndjson_out(j);

	if (!engine_scores(j->engine, source, key, column, &s))
		return;
	add_comma(j, first);
	ndjson_column(j, source, column);
	text_add(t, ":{\"n\":");
	ndjson_count(t, s.n);
	text_add(t, ",\"mae\":");
	text_number(t, s.mae);
	text_add(t, ",\"rmse\":");
	text_number(t, s.rmse);
	text_add(t, ",\"mase\":");
	text_number(t, s.mase);
	text_add(t, ",\"coverage\":");
	text_number(t, s.coverage);
	text_addc(t, '}');
}

static void
add_scores(struct ndjson *j, int source, const struct key_state *key, bool *first)
{
	for (int c = 0; c < engine_schema(j->engine, source)->n; c++)
		add_column_scores(j, source, key, c, first);
}

static void
add_score(struct text *t, const char *name, double v)
{
	text_addf(t, ",\"%s\":", name);
	text_number(t, v);
}

/* "bought by auto"; of a second one of the same, "bought by auto 2". */
static void
add_learner_name(
    struct ndjson *j, const struct key_state *key, int i, const struct op_score *s, const char *of)
{
	struct text name = { 0 };
	struct op_score other;
	const char *other_of;
	int same = 1;

	for (int k = 0; k < i; k++)
		if (engine_learner(key, k, &other, &other_of) && strcmp(of, other_of) == 0 &&
		    strcmp(s->method, other.method) == 0)
			same++;
	text_addf(&name, "%s by %s", of, s->method);
	if (same > 1)
		text_addf(&name, " %d", same);
	ndjson_string(ndjson_out(j), text_get(&name));
	text_done(&name);
}

/* Each learner beside its two baselines. */
static void
add_learners(struct ndjson *j, int source, const struct key_state *key, bool *first)
{
	struct text *t = ndjson_out(j);
	struct op_score s;
	const char *of;

	(void)source;
	for (int i = 0; engine_learner(key, i, &s, &of); i++) {
		add_comma(j, first);
		add_learner_name(j, key, i, &s, of);
		text_add(t, ":{\"n\":");
		ndjson_count(t, (uint64_t)s.n);
		add_score(t, s.numbers ? "mae" : "accuracy", s.own);
		add_score(t, s.numbers ? "mean" : "majority", s.plain);
		add_score(t, "last", s.last);
		text_addc(t, '}');
	}
}

static bool
any_learner(const struct engine *e)
{
	struct op_score s;
	const char *of;

	for (int i = 0; i < engine_sources(e); i++)
		if (engine_learner(engine_key(e, i), 0, &s, &of))
			return true;
	return false;
}

/* --- by key ----------------------------------------------------------------------------------- */

/* Was the key told with an earlier source? */
static bool
was_told(const struct engine *e, int source, const char *key, size_t n)
{
	for (int s = 0; s < source; s++)
		if (engine_by(e, s) >= 0 && engine_key_find(e, s, key, n) != NULL)
			return true;
	return false;
}

/* "key":{...}, or nothing where there is nothing to tell. */
static void
add_key(struct ndjson *j, int source, const char *key, size_t n, source_part *part, bool *first)
{
	struct text *t = ndjson_out(j);
	size_t from = t->len, begun;
	bool first_before = *first, first_within = true;

	add_comma(j, first);
	ndjson_string(t, key);
	text_add(t, ":{");
	begun = t->len;
	for (int s = source; s < engine_sources(j->engine); s++) {
		const struct key_state *k =
		    engine_by(j->engine, s) >= 0 ? engine_key_find(j->engine, s, key, n) : NULL;

		if (k != NULL)
			part(j, s, k, &first_within);
	}
	text_addc(t, '}');
	if (t->len > begun + 1)
		return;
	t->len = from;
	*first = first_before;
}

static void
add_keys(struct ndjson *j, int source, source_part *part, bool *first)
{
	const struct key_state *k = NULL;

	while ((k = engine_key_after(j->engine, source, k)) != NULL) {
		size_t n;
		const char *key = key_state_name(k, &n);

		if (!was_told(j->engine, source, key, n))
			add_key(j, source, key, n, part, first);
	}
}

static void
add_parts(struct ndjson *j, const char *label, source_part *part)
{
	bool first = true;

	text_add(ndjson_out(j), label);
	for (int s = 0; s < engine_sources(j->engine); s++)
		if (engine_by(j->engine, s) >= 0)
			add_keys(j, s, part, &first);
		else
			part(j, s, engine_key(j->engine, s), &first);
	text_addc(ndjson_out(j), '}');
}

/* --- against the truth ------------------------------------------------------------------------ */

static void
add_trial(struct ndjson *j, const struct trial *trial, bool *first)
{
	struct trial_score score = trials_score(j->trials, trial);
	struct text *t = ndjson_out(j);

	add_comma(j, first);
	ndjson_string(t, trial->name);
	text_add(t, ":{\"alerts\":");
	ndjson_count(t, trial->alerts);
	text_add(t, ",\"true\":");
	ndjson_count(t, trial->right);
	text_add(t, ",\"false\":");
	ndjson_count(t, trial->alerts - trial->right);
	text_addf(t, ",\"found\":%d,\"of\":%d,\"missed\":%d,\"delay\":", score.found,
	    j->trials->truth.n, score.missed);
	text_number(t, score.delay);
	text_addc(t, '}');
}

/* How early rules and detectors told what is known to be odd; delays are mean ones, in rows. */
static void
add_trials(struct ndjson *j)
{
	static const char *const labels[] = { ",\"truth\":{\"alerts\":{", "},\"drift\":{" };

	for (int drift = 0; drift < 2; drift++) {
		bool first = true;

		text_add(ndjson_out(j), labels[drift]);
		for (int i = 0; i < j->trials->n; i++)
			if (j->trials->all[i].drift == drift)
				add_trial(j, &j->trials->all[i], &first);
	}
	text_add(ndjson_out(j), "}}");
}

void
ndjson_kpis(struct engine *e, struct text *out)
{
	struct event_file file = { .fd = -1, .memory = true };
	struct ndjson j = { .engine = e, .sink = &file };

	add_parts(&j, "{", add_kpis);
	text_addn(out, text_get(&file.text), file.text.len);
	text_done(&file.text);
}

void
ndjson_summary(struct ndjson *j)
{
	const struct engine *e = j->engine;
	struct counts counts = engine_counts(e, -1);
	struct text *t = ndjson_out(j);

	text_add(t, "{\"type\":\"summary\",\"rows\":");
	ndjson_count(t, counts.rows);
	text_add(t, ",\"bad\":");
	ndjson_count(t, counts.bad);
	text_add(t, ",\"late\":");
	ndjson_count(t, counts.late);
	text_add(t, ",\"dropped\":");
	ndjson_count(t, counts.dropped);
	if (counts.skipped > 0) {
		text_add(t, ",\"skipped\":");
		ndjson_count(t, counts.skipped);
	}
	text_add(t, ",\"seconds\":");
	text_number(t, round(engine_seconds(e) * 1000) / 1000);
	text_add(t, ",\"alerts\":{");
	for (int r = 0; r < engine_rules(e); r++) {
		text_add(t, r > 0 ? "," : "");
		ndjson_string(t, engine_rule(e, r)->name);
		text_addc(t, ':');
		ndjson_count(t, engine_rule_fired(e, r));
	}
	text_addc(t, '}');
	if (j->trials != NULL)
		add_trials(j);
	add_parts(j, ",\"kpis\":{", add_kpis);
	add_parts(j, ",\"forecast\":{", add_scores);
	if (any_learner(e))
		add_parts(j, ",\"learning\":{", add_learners);
	ndjson_end(j);
}
