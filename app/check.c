/* check.c - a dashboard file against itself and against the columns of its sources.
 *
 * The sources are opened as far as it takes to know their columns, which compiles every expression,
 * and no row goes. A live source may be silent: after a while the file is right as far as can be
 * known. */
#include "app/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "app/complain.h"
#include "app/config_parts.h"
#include "data/base/suggest.h"
#include "widgets/lists.h"

enum { PATIENCE_MS = 5000 };

/* --- names ------------------------------------------------------------------------------------ */

static bool
is_column(const struct engine *e, const char *name)
{
	for (int i = 0; i < engine_sources(e); i++) {
		const struct schema *schema = engine_schema(e, i);
		size_t n = strlen(schema->source);

		if (schema_find(schema, name) >= 0)
			return true;
		if (strncmp(name, schema->source, n) == 0 && name[n] == '.' &&
		    schema_find(schema, name + n + 1) >= 0)
			return true;
	}
	return false;
}

static bool
is_kpi(const struct engine *e, const char *name)
{
	for (int i = 0; i < engine_kpis(e); i++)
		if (engine_kpi(e, i)->op == NULL && strcmp(engine_kpi(e, i)->name, name) == 0)
			return true;
	return false;
}

static int
unknown_column(
    const struct engine *e, const char *name, struct yaml_place at, const struct yaml_report *r)
{
	struct suggestion near = { 0 };

	for (int i = 0; i < engine_sources(e); i++)
		for (int c = 0; c < engine_schema(e, i)->n; c++)
			suggest(&near, name, engine_schema(e, i)->columns[c].name);
	if (near.word != NULL)
		return yaml_wrong(r, at, "no column '%.60s' (did you mean '%s'?)", name, near.word);
	return yaml_wrong(r, at, "no column '%.60s' (expected a column of the sources)", name);
}

/* "a, b" name by name; each is a column or a KPI. */
static int
check_list(
    const struct engine *e, const char *list, struct yaml_place at, const struct yaml_report *r)
{
	int status = 0;

	for (const char *p = list, *end; status == 0 && *p != '\0';
	     p = *end != '\0' ? end + 1 : end) {
		size_t n;
		char *name;

		p += strspn(p, " ");
		end = strchrnul(p, ',');
		for (n = (size_t)(end - p); n > 0 && p[n - 1] == ' '; n--)
			continue;
		name = memory_text(p, n);
		if (n > 0 && !is_column(e, name) && !is_kpi(e, name))
			status = unknown_column(e, name, at, r);
		free(name);
	}
	return status;
}

/* "a, b" name by name; each is one of the words "x|y|z". */
static int
check_words(const char *list, const char *words, struct yaml_place at, const struct yaml_report *r)
{
	const char *name;
	size_t n;

	while ((n = list_next(&list, &name)) > 0) {
		bool known = false;

		for (const char *w = words; !known && *w != '\0';
		     w += strcspn(w, "|"), w += *w == '|')
			known = strcspn(w, "|") == n && memcmp(w, name, n) == 0;
		if (!known)
			return yaml_wrong(r, at, "'%.*s' is not shown here (expected some of %s)",
			    n < 60 ? (int)n : 60, name, words);
	}
	return 0;
}

/* What a pane's own options name. */
static int
check_pane(const struct engine *e, const struct config_pane *pane, const struct yaml_report *r)
{
	static const char *const naming[] = { "x", "y", "kpis" };
	const struct param *p = pane->class->params;

	if (pane->of != NULL && check_list(e, pane->of, pane->at, r) != 0)
		return -1;
	for (int i = 0; p != NULL && p[i].name != NULL; i++) {
		const char *text = pane->values[i].text;
		bool names = false;

		for (size_t k = 0; k < sizeof naming / sizeof *naming; k++)
			names |= strcmp(p[i].name, naming[k]) == 0;
		if (p[i].type != PARAM_TEXT || text == NULL || !names)
			continue;
		if (p[i].choices != NULL ? check_words(text, p[i].choices, pane->at, r) != 0
					 : check_list(e, text, pane->at, r) != 0)
			return -1;
	}
	return 0;
}

int
check_names(const struct config *c, const struct engine *e, struct error *err)
{
	struct yaml_report report = { c->path, c->bytes, c->len, err };

	for (int i = 0; i < c->ncolumns; i++)
		if (!is_column(e, c->columns[i].name))
			return unknown_column(e, c->columns[i].name, c->columns[i].at, &report);
	for (int i = 0; i < c->nlayout; i++)
		for (int k = 0; k < c->layout[i].npanes; k++)
			if (check_pane(e, &c->layout[i].panes[k], &report) != 0)
				return -1;
	return 0;
}

/* --- the command ------------------------------------------------------------------------------ */

static void
nothing(void *arg)
{
	(void)arg; /* that the loop woke up is all */
}

static void
give_up(uv_timer_t *timer)
{
	*(bool *)timer->data = true;
}

/* Till the columns are known, or patience ends: then ENGINE_OPENING. */
static enum engine_state
open_engine(struct engine *e, uv_loop_t *uv, struct error *err)
{
	bool late = false;
	enum engine_state state;
	int64_t wake;
	uv_timer_t timer;

	uv_timer_init(uv, &timer);
	timer.data = &late;
	uv_timer_start(&timer, give_up, PATIENCE_MS, 0);
	engine_on_ready(e, nothing, NULL);
	while ((state = engine_run(e, 0, &wake, err)) == ENGINE_OPENING && !late)
		uv_run(uv, UV_RUN_ONCE);
	uv_close((uv_handle_t *)&timer, NULL);
	uv_run(uv, UV_RUN_NOWAIT);
	return state;
}

static void
add_count(struct text *out, int n, const char *what)
{
	if (n > 0)
		text_addf(out, ", %d %s%s", n, what, n == 1 ? "" : "s");
}

static void
summarize(const struct config *c, const struct engine *e, bool opened, struct text *out)
{
	int columns = 0, panes = 0;

	for (int i = 0; opened && i < engine_sources(e); i++)
		columns += engine_schema(e, i)->n;
	for (int i = 0; i < c->nlayout; i++)
		panes += c->layout[i].npanes;
	text_addf(out, "%s: OK: %d source%s", c->path, c->nsources, c->nsources == 1 ? "" : "s");
	add_count(out, columns, "column");
	add_count(out, c->nkpis, "KPI");
	add_count(out, c->nalerts, "alert");
	add_count(out, c->nnotes, "note");
	add_count(out, panes, "pane");
	if (c->nsources == 0)
		text_add(
		    out, " (without sources the columns are unknown, so names were not checked)");
	else if (!opened)
		text_addf(out, " (no rows came within %d s, so names were not checked)",
		    PATIENCE_MS / 1000);
	text_addc(out, '\n');
	if (config_undone(c, out))
		text_addc(out, '\n');
}

static int
check_config(const struct config *c, uv_loop_t *uv, struct error *err, struct text *out)
{
	struct engine_options options = { 0 };
	enum engine_state state = ENGINE_OPENING;
	struct engine *e;
	int status = -1;

	config_options(c, &options);
	if ((e = engine_new(&options, uv, err)) == NULL)
		return -1;
	if (config_add_asked(c, e, err) == 0 && config_add_sources(c, e, err) == 0) {
		if (c->nsources > 0)
			state = open_engine(e, uv, err);
		if (state == ENGINE_FAILED || state == ENGINE_WRONG)
			config_locate(c, err);
		else if (state == ENGINE_OPENING || check_names(c, e, err) == 0)
			status = 0;
	}
	if (status == 0)
		summarize(c, e, state != ENGINE_OPENING, out);
	engine_free(e);
	return status;
}

int
check_run(int argc, char **argv)
{
	struct config config = { 0 };
	struct text out = { 0 };
	struct error err = { { 0 } };
	uv_loop_t uv;
	int status = -1;

	uv_loop_init(&uv);
	if (argc != 3)
		error_set(&err, "check: one file at a time (weir check FILE.yaml)");
	else if (config_load(&config, argv[2], &err) == 0)
		status = check_config(&config, &uv, &err, &out);
	uv_run(&uv, UV_RUN_DEFAULT); /* what is closing ends its closing */
	uv_loop_close(&uv);
	if (status == 0)
		fputs(text_get(&out), stdout);
	else
		complain(&err, &config);
	config_done(&config);
	text_done(&out);
	return status == 0 ? 0 : 2;
}
