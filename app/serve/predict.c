/* predict.c - /predict: what a column will be, and what the KPIs would be if that row came next. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/events/ndjson.h"
#include "app/serve/serve_parts.h"

static const char *
argument(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, name);
}

/* "temperature", or "reactor.temperature". */
static bool
find_column(const struct engine *e, const char *of, int *source, int *column)
{
	for (int s = 0; s < engine_sources(e); s++) {
		const struct schema *schema = engine_schema(e, s);
		size_t n = strlen(schema->source);

		*source = s;
		*column = schema_find(schema, of);
		if (*column < 0 && strncmp(of, schema->source, n) == 0 && of[n] == '.')
			*column = schema_find(schema, of + n + 1);
		if (*column >= 0)
			return true;
	}
	return false;
}

enum { NAMES_MOST = 12 };

/* "of: there is no column 'x' (there are a, b, c)" */
static enum MHD_Result
no_column(const struct server *s, struct MHD_Connection *c, const char *of)
{
	struct text line = { 0 };
	enum MHD_Result result;
	int n = 0;

	text_addf(&line, "of: there is no column '%.60s' (there are ", of);
	for (int i = 0; i < engine_sources(s->engine); i++) {
		const struct schema *schema = engine_schema(s->engine, i);

		for (int k = 0; k < schema->n; k++, n++)
			if (n < NAMES_MOST)
				text_addf(
				    &line, "%s%.60s", n > 0 ? ", " : "", schema->columns[k].name);
	}
	text_add(&line, n > NAMES_MOST ? ", ...)" : ")");
	result = server_say(c, MHD_HTTP_NOT_FOUND, text_get(&line));
	text_done(&line);
	return result;
}

static enum MHD_Result
wrong_horizon(const struct server *s, struct MHD_Connection *c)
{
	char line[120];

	snprintf(line, sizeof line, "h: 1 to %d (-H of the run asks for more)",
	    engine_horizon(s->engine));
	return server_say(c, MHD_HTTP_BAD_REQUEST, line);
}

enum MHD_Result
page_forecast(struct server *s, struct MHD_Connection *c, struct request *r)
{
	struct engine *e = s->engine;
	const char *of = argument(c, "of"), *h = argument(c, "h"), *key = argument(c, "key");
	const struct key_state *state;
	struct text out = { 0 };
	enum MHD_Result result;
	char *end = NULL;
	long steps = h != NULL ? strtol(h, &end, 10) : engine_horizon(e);
	int source, column;

	(void)r;
	if (engine_state(e) == ENGINE_OPENING)
		return server_say(c, MHD_HTTP_SERVICE_UNAVAILABLE, "no row has gone yet");
	if (of == NULL)
		return server_say(c, MHD_HTTP_BAD_REQUEST, "of: which column (?of=COLUMN&h=N)");
	if (h != NULL && (end == h || *end != '\0'))
		return wrong_horizon(s, c);
	if (!find_column(e, of, &source, &column))
		return no_column(s, c, of);
	state = key != NULL ? engine_key_find(e, source, key, strlen(key)) : engine_key(e, source);
	if (key != NULL && state == NULL)
		return server_say(c, MHD_HTTP_NOT_FOUND, "key: there is no such key");
	if (steps < 1 || steps > engine_horizon(e))
		return wrong_horizon(s, c);
	if (!ndjson_forecast(e, source, state, column, (int)steps, &out))
		return server_say(c, MHD_HTTP_NOT_FOUND, "of: nothing is forecast of this column");
	result = server_answer(c, MHD_HTTP_OK, "application/json", &out);
	text_done(&out);
	return result;
}

/* --- what if ---------------------------------------------------------------------------------- */

struct telling {
	struct engine *engine;
	struct text *out;
	int n;
};

static void
on_kpi(void *self, int kpi, double v)
{
	struct telling *t = self;
	const struct kpi *k = engine_kpi(t->engine, kpi);

	text_add(t->out, t->n++ > 0 ? "," : "");
	text_json(t->out, k->name, strlen(k->name));
	text_addc(t->out, ':');
	ndjson_value(t->out, t->engine, v, k->result == RESULT_TEXT);
}

static enum MHD_Result
no_source(const struct server *s, struct MHD_Connection *c, const char *name)
{
	struct text line = { 0 };
	enum MHD_Result result;

	text_addf(&line, "source: there is no source '%.60s' (there are ", name);
	for (int i = 0; i < engine_sources(s->engine) && i < NAMES_MOST; i++)
		text_addf(&line, "%s%.60s", i > 0 ? ", " : "", engine_schema(s->engine, i)->source);
	text_add(&line, engine_sources(s->engine) > NAMES_MOST ? ", ...)" : ")");
	result = server_say(c, MHD_HTTP_NOT_FOUND, text_get(&line));
	text_done(&line);
	return result;
}

static int
source_of(const struct engine *e, const char *name)
{
	for (int i = 0; i < engine_sources(e); i++)
		if (name == NULL || strcmp(engine_schema(e, i)->source, name) == 0)
			return i;
	return -1;
}

enum MHD_Result
page_what_if(struct server *s, struct MHD_Connection *c, struct request *r)
{
	struct engine *e = s->engine;
	struct text kpis = { 0 }, out = { 0 };
	struct telling telling = { e, &kpis, 0 };
	struct error err = { 0 };
	enum MHD_Result result;
	int source;

	if (engine_state(e) == ENGINE_OPENING)
		return server_say(c, MHD_HTTP_SERVICE_UNAVAILABLE, "no row has gone yet");
	source = source_of(e, argument(c, "source"));
	if (source < 0)
		return no_source(s, c, argument(c, "source"));
	if (engine_what_if(e, source, text_get(&r->body), r->body.len, on_kpi, &telling, &err) !=
	    0) {
		result = server_say(c, MHD_HTTP_BAD_REQUEST, err.text);
	} else {
		text_addf(&out, "{\"row\":%llu,\"kpis\":{%s}}\n",
		    (unsigned long long)(engine_progress(e, source).row + 1), text_get(&kpis));
		result = server_answer(c, MHD_HTTP_OK, "application/json", &out);
	}
	text_done(&kpis);
	text_done(&out);
	return result;
}
