/* metrics.c - /metrics: counts, KPIs and rules in the text format of Prometheus. */
#include <string.h>
#include <sys/resource.h>

#include "app/serve/serve_parts.h"
#include "data/engine/keys_view.h"
#include "data/base/numbers/number.h"
#include "data/base/times/clock.h"

enum { KEYS_MAX = 1000 }; /* of which KPIs are given: the last seen */

/* ="value", with what has a meaning in it escaped; what is no UTF-8 is replaced. */
static void
add_label(struct text *out, const char *name, const char *value, size_t n)
{
	text_addf(out, "%s=\"", name);
	for (size_t i = 0; i < n;) {
		size_t k = text_utf8_length(value + i, n - i);

		if (value[i] == '\n')
			text_add(out, "\\n");
		else if (value[i] == '"' || value[i] == '\\')
			text_addf(out, "\\%c", value[i]);
		else if (k == 0)
			text_add(out, "\xef\xbf\xbd");
		else
			text_addn(out, value + i, k);
		i += k > 0 ? k : 1;
	}
	text_addc(out, '"');
}

static void
add_value(struct text *out, double v)
{
	if (number_missing(v))
		text_add(out, " NaN\n");
	else {
		text_addc(out, ' ');
		text_number(out, v);
		text_addc(out, '\n');
	}
}

static void
add_head(struct text *out, const char *name, const char *type, const char *help)
{
	text_addf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void
add_text_label(struct text *out, const char *name, const char *value)
{
	add_label(out, name, value, strlen(value));
}

static const char *
source_name(const struct engine *e, int source)
{
	const struct schema *schema = engine_schema(e, source);

	return schema != NULL && schema->source != NULL ? schema->source : "";
}

static void
add_counts(struct text *out, const struct engine *e, const char *name, const char *help,
    uint64_t (*count)(const struct counts *))
{
	add_head(out, name, "counter", help);
	for (int i = 0; i < engine_sources(e); i++) {
		struct counts counts = engine_counts(e, i);

		text_addf(out, "%s{", name);
		add_text_label(out, "source", source_name(e, i));
		text_addf(out, "} %llu\n", (unsigned long long)count(&counts));
	}
}

/* That a source cannot be reached is to be seen, also before it has any row. */
static void
add_sources(struct text *out, const struct engine *e)
{
	add_head(out, "weir_source_up", "gauge",
	    "0: the source cannot be reached or has failed, and gives no rows.");
	for (int i = 0; i < served_sources(e); i++) {
		struct served_source s = served_source(e, i);

		text_add(out, "weir_source_up{");
		add_text_label(out, "source", s.name);
		text_add(out, s.now.lost || s.now.report.retries ? "} 0\n" : "} 1\n");
	}
	add_head(out, "weir_source_silent_seconds", "gauge",
	    "How long a live source that gave rows has given none.");
	for (int i = 0; i < served_sources(e); i++) {
		struct served_source s = served_source(e, i);

		text_add(out, "weir_source_silent_seconds{");
		add_text_label(out, "source", s.name);
		text_addc(out, '}');
		add_value(out, elapsed_seconds(0, s.now.silent));
	}
}

static uint64_t
rows_of(const struct counts *c)
{
	return c->rows;
}

static uint64_t
bad_of(const struct counts *c)
{
	return c->bad;
}

static uint64_t
late_of(const struct counts *c)
{
	return c->late;
}

static uint64_t
dropped_of(const struct counts *c)
{
	return c->dropped;
}

static uint64_t
keys_of(const struct engine *e, int source)
{
	return (uint64_t)engine_keys(e, source);
}

/* Of the sources that have keys; none has: nothing is told. */
static void
add_keys(struct text *out, const struct engine *e, const char *name, const char *type,
    const char *help, uint64_t (*count)(const struct engine *, int))
{
	bool any = false;

	for (int i = 0; i < engine_sources(e); i++) {
		if (engine_by(e, i) < 0)
			continue;
		if (!any)
			add_head(out, name, type, help);
		any = true;
		text_addf(out, "%s{", name);
		add_text_label(out, "source", source_name(e, i));
		text_addf(out, "} %llu\n", (unsigned long long)count(e, i));
	}
}

/* --- KPIs ------------------------------------------------------------------------------------- */

static void
add_kpi(struct text *out, const struct engine *e, int k, const struct key_state *key)
{
	const struct kpi *kpi = engine_kpi(e, k);
	size_t n = 0;
	const char *name = key != NULL ? key_state_name(key, &n) : NULL;

	text_add(out, "weir_kpi{");
	add_text_label(out, "source", source_name(e, kpi->source));
	text_addc(out, ',');
	add_text_label(out, "kpi", kpi->name);
	if (name != NULL) {
		text_addc(out, ',');
		add_label(out, "key", name, n);
	}
	text_addc(out, '}');
	add_value(out, engine_key_kpi(e, key, k));
}

static void
add_key_kpis(struct text *out, const struct engine *e, int k)
{
	int source = engine_kpi(e, k)->source, skip = engine_keys(e, source) - KEYS_MAX;

	for (const struct key_state *key = NULL; (key = engine_key_after(e, source, key)) != NULL;)
		if (skip-- <= 0)
			add_kpi(out, e, k, key);
}

static void
add_kpis(struct text *out, const struct engine *e)
{
	add_head(out, "weir_kpi", "gauge", "The value of a KPI after the last row.");
	for (int k = 0; k < engine_kpis(e); k++) {
		const struct kpi *kpi = engine_kpi(e, k);

		if (kpi->result != RESULT_NUMBER)
			continue;
		if (engine_by(e, kpi->source) >= 0)
			add_key_kpis(out, e, k);
		else
			add_kpi(out, e, k, engine_key(e, kpi->source));
	}
}

/* --- rules, health --------------------------------------------------------------------------- */

static void
add_rule(struct text *out, const struct engine *e, const char *name, int r)
{
	text_addf(out, "%s{", name);
	add_text_label(out, "alert", engine_rule(e, r)->name);
	text_addc(out, ',');
	add_text_label(out, "severity", severity_name(engine_rule(e, r)->severity));
	text_addc(out, '}');
}

static void
add_rules(struct text *out, const struct engine *e)
{
	add_head(
	    out, "weir_alert_firing", "gauge", "Whether a rule fires; with keys, for how many.");
	for (int r = 0; r < engine_rules(e); r++) {
		add_rule(out, e, "weir_alert_firing", r);
		add_value(out, engine_rule_firing(e, r));
	}
	add_head(out, "weir_alerts_fired_total", "counter", "How often a rule began to fire.");
	for (int r = 0; r < engine_rules(e); r++) {
		add_rule(out, e, "weir_alerts_fired_total", r);
		add_value(out, (double)engine_rule_fired(e, r));
	}
}

/* Those of one id have one head. */
static void
add_metric(struct text *out, const struct metric *m, const char *before)
{
	if (m->id == NULL)
		return;
	if (before == NULL || strcmp(before, m->id) != 0)
		add_head(out, m->id, m->counter ? "counter" : "gauge", m->help);
	text_add(out, m->id);
	if (m->label != NULL)
		text_addf(out, "{%s}", m->label);
	add_value(out, m->value);
}

static void
add_health(struct text *out, const struct server *s)
{
	struct metric metrics[SERVER_METRICS];
	int n = s->options.health != NULL ? s->options.health(s->options.self, metrics) : 0;

	for (int i = 0; i < n; i++)
		add_metric(out, &metrics[i], i > 0 ? metrics[i - 1].id : NULL);
}

static void
add_process(struct text *out, const struct server *s)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	add_head(out, "weir_info", "gauge", "The version that runs.");
	text_add(out, "weir_info{");
	add_text_label(out, "version", WEIR_VERSION);
	text_add(out, "} 1\n");
	add_head(out, "weir_run_seconds_total", "counter", "Seconds since rows began to go.");
	text_add(out, "weir_run_seconds_total");
	add_value(out, engine_seconds(s->engine));
	add_head(out, "weir_http_requests_total", "counter", "Requests that were answered.");
	text_add(out, "weir_http_requests_total");
	add_value(out, (double)s->requests);
	add_head(out, "process_cpu_seconds_total", "counter", "Seconds of the processor.");
	text_add(out, "process_cpu_seconds_total");
	add_value(out, (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
			   (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
}

enum MHD_Result
page_metrics(struct server *s, struct MHD_Connection *c, struct request *r)
{
	const struct engine *e = s->engine;
	struct text out = { 0 };
	enum MHD_Result result;

	(void)r;
	add_process(&out, s);
	add_health(&out, s);
	add_sources(&out, e);
	if (engine_state(e) != ENGINE_OPENING) {
		add_counts(&out, e, "weir_rows_total", "Rows that went.", rows_of);
		add_counts(
		    &out, e, "weir_bad_rows_total", "Cells and rows that were wrong.", bad_of);
		add_counts(&out, e, "weir_late_rows_total", "Rows that came too late.", late_of);
		add_counts(&out, e, "weir_dropped_rows_total", "Rows that were lost.", dropped_of);
		add_keys(&out, e, "weir_keys", "gauge", "Keys that are known.", keys_of);
		add_keys(&out, e, "weir_keys_forgotten_total", "counter",
		    "Keys that were forgotten because there were too many.", engine_keys_evicted);
		add_kpis(&out, e);
		add_rules(&out, e);
	}
	result = server_answer(c, MHD_HTTP_OK, "text/plain; version=0.0.4; charset=utf-8", &out);
	text_done(&out);
	return result;
}
