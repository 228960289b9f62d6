/* session_reload.c - the dashboard file read again while rows go: checked beside what is in force,
 * then put in its place.
 *
 * Sources are open and their rows are on the way, so what decides which rows come, and in whose
 * state they go, stays as it was until weir starts again; it is said when that has changed. */
#include <stdlib.h>
#include <string.h>

#include "app/config/config.h"
#include "app/config/config_names.h"
#include "app/dashboard/keymap.h"
#include "app/run/session_parts.h"

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* "sources, by" */
static void
name_changed(
    const struct args *args, const struct config *was, const struct config *is, struct text *out)
{
	struct engine_options a, b;

	session_options(args, was, true, &a);
	session_options(args, is, true, &b);
	if (args->sources.n == 0 && !config_same_sources(was, is))
		text_add(out, ", sources");
	if (!same_text(a.query.by, b.query.by))
		text_add(out, ", by");
	if (a.max_keys != b.max_keys)
		text_add(out, ", max_keys");
	if (a.lateness != b.lateness)
		text_add(out, ", lateness");
	if (a.query.horizon != b.query.horizon)
		text_add(out, ", horizon");
}

/* How many of the KPIs, rules and derived columns are new. */
static int
count_new(const struct engine *e)
{
	int n = 0;

	for (int i = 0; i < engine_kpis(e); i++)
		n += engine_kpi(e, i)->was < 0;
	for (int i = 0; i < engine_rules(e); i++)
		n += engine_query(e)->rules[i].was < 0;
	for (int s = 0; s < engine_sources(e); s++)
		for (int c = 0; c < engine_schema(e, s)->n; c++)
			n += query_column_was(engine_query(e), s, c) < 0;
	return n;
}

static void
say(const struct args *args, const struct config *was, const struct config *is,
    const struct engine *e, struct text *out)
{
	const char *slash = strrchr(is->path, '/');
	struct text changed = { 0 };
	int n = count_new(e);

	text_addf(out, "%s is read again", slash != NULL ? slash + 1 : is->path);
	if (n > 0)
		text_addf(out, ", %d new: %s", n,
		    engine_state(e) == ENGINE_END ? "all rows are read, so without a value"
						  : "from the next row on");
	name_changed(args, was, is, &changed);
	if (changed.len > 0)
		text_addf(out, "; %s changed: restart to use them", text_get(&changed) + 2);
	text_done(&changed);
}

/* The default window of the file where it tells another one than before; else the one in force,
 * which the prompt may have set. */
static struct span
choose_window(const struct session *s, const struct config *is)
{
	struct engine_options before, now;

	session_options(s->args, s->config, true, &before);
	session_options(s->args, is, true, &now);
	if (before.query.window.unit != now.query.window.unit ||
	    before.query.window.n != now.query.window.n)
		return now.query.window;
	return engine_query(s->engine)->options.window;
}

static int
replace(const struct session *s, const struct config *is, struct error *err)
{
	const struct args *args = s->args;
	struct engine *e = s->engine;
	struct query *staged = query_stage(engine_query(e), choose_window(s, is));

	if (session_ask(staged, args, is, err) == 0 && query_bind(staged, err) == 0 &&
	    config_check_names(is, staged, err) == 0 &&
	    session_check_next(s, is, staged, err) == 0) {
		query_keep(staged, engine_query(e));
		if (engine_replace(e, staged, err) == 0)
			return 0;
	}
	query_free(staged);
	session_locate(args, is, err);
	return -1;
}

static int
load(struct session *s, struct config *is, struct error *err)
{
	if (s->args->config == NULL)
		return error_set(err, "there is no file to read again (weir -c FILE opens one)");
	if (engine_state(s->engine) == ENGINE_OPENING)
		return error_set(err, "no row was read yet, so the columns are not known");
	if (config_load_again(is, s->args->config, err) != 0 || keymap_check(is, err, NULL) != 0)
		return -1;
	return replace(s, is, err);
}

int
session_reload(struct session *s, struct config **before, struct text *said, struct error *err)
{
	struct config *is = memory_zero(1, sizeof *is);

	if (load(s, is, err) != 0) {
		config_free(is);
		return -1;
	}
	say(s->args, s->config, is, s->engine, said);
	*before = s->reloaded;
	s->config = s->reloaded = is;
	return 0;
}
