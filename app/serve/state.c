/* state.c - /state: rows, sources, KPIs and rules as one JSON object. */
#include <string.h>

#include "app/events/ndjson.h"
#include "app/serve/serve_parts.h"

static void
add_string(struct text *out, const char *s)
{
	text_json(out, s, strlen(s));
}

/* Of one that has no rows yet all is 0, but how it is. */
static void
add_source(struct text *out, const struct engine *e, int i, bool open)
{
	struct served_source s = served_source(e, i);
	bool counts = open && s.index >= 0;
	struct counts c = { 0 };

	if (counts)
		c = engine_counts(e, s.index);
	text_add(out, "{\"name\":");
	add_string(out, s.name);
	text_add(out, ",\"state\":");
	add_string(out, served_state(&s.now));
	if (served_reason(&s.now)[0] != '\0') {
		text_add(out, ",\"what\":");
		add_string(out, served_reason(&s.now));
	}
	text_addf(out,
	    ",\"rows\":%llu,\"bad\":%llu,\"late\":%llu,\"dropped\":%llu,\"rows_per_second\":",
	    (unsigned long long)c.rows, (unsigned long long)c.bad, (unsigned long long)c.late,
	    (unsigned long long)c.dropped);
	text_number(out, counts ? engine_progress(e, s.index).pace : 0);
	text_addc(out, '}');
}

static void
add_alert(struct text *out, const struct engine *e, int r)
{
	const struct alert_rule *rule = engine_rule(e, r);
	const struct alert *alert = engine_alert(e, r);

	text_add(out, "{\"name\":");
	add_string(out, rule->name);
	text_add(out, ",\"state\":");
	add_string(out, alert_state_name(alert != NULL ? alert->state : ALERT_INACTIVE));
	text_add(out, ",\"severity\":");
	add_string(out, severity_name(rule->severity));
	text_add(out, ",\"expr\":");
	add_string(out, rule->when);
	text_addf(out, ",\"fired\":%llu}", (unsigned long long)engine_rule_fired(e, r));
}

enum MHD_Result
page_state(struct server *s, struct MHD_Connection *c, struct request *r)
{
	struct engine *e = s->engine;
	bool open = engine_state(e) != ENGINE_OPENING;
	struct text out = { 0 };
	enum MHD_Result result;

	(void)r;
	text_addf(&out, "{\"rows\":%llu,\"sources\":[",
	    (unsigned long long)(open ? engine_counts(e, -1).rows : 0));
	for (int i = 0; i < served_sources(e); i++) {
		text_add(&out, i > 0 ? "," : "");
		add_source(&out, e, i, open);
	}
	text_add(&out, "],\"kpis\":");
	if (open)
		ndjson_kpis(e, &out);
	else
		text_add(&out, "{}");
	text_add(&out, ",\"alerts\":[");
	for (int i = 0; open && i < engine_rules(e); i++) {
		text_add(&out, i > 0 ? "," : "");
		add_alert(&out, e, i);
	}
	text_add(&out, "]}\n");
	result = server_answer(c, MHD_HTTP_OK, "application/json", &out);
	text_done(&out);
	return result;
}
