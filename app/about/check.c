/* check.c - a dashboard file against itself and against the columns of its sources.
 *
 * The sources are opened as far as it takes to know their columns, which compiles every expression,
 * and no row goes. A live source may be silent: after a while the file is right as far as can be
 * known. A command is not run: who checks a file may not want what it does. */
#include "app/about/check.h"
#include "app/about/check_recording.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "app/config/config.h"
#include "app/config/config_reply.h"
#include "app/config/report.h"
#include "app/dashboard/keymap.h"
#include "app/options/args.h"
#include "data/base/harmless.h"
#include "data/net/net.h"
#include "data/sources/source.h"

enum { PATIENCE_MS = 5000, LOOK = 100000000 /* ns */ };

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

/* Till the columns are known and the first rows were looked at, of which none goes; or patience
 * ends: then ENGINE_OPENING. */
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
	pacer_pause(engine_pacer(e), true, (int64_t)uv_hrtime());
	while ((state = engine_run(e, 0, &wake, err)) == ENGINE_OPENING && !late)
		uv_run(uv, wake != INT64_MAX ? UV_RUN_NOWAIT : UV_RUN_ONCE);
	if (state == ENGINE_RUNNING)
		state = engine_run(e, LOOK, &wake, err);
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

static bool
runs_commands(const struct config *c)
{
	for (int i = 0; i < c->nsources; i++)
		if (c->sources[i].sound && strncmp(c->sources[i].uri.s, "exec:", 5) == 0)
			return true;
	return false;
}

static void
summarize(const struct config *c, const struct engine *e, bool opened, struct text *out)
{
	int columns = opened ? c->nderive : 0, panes = 0;

	for (int i = 0; opened && i < engine_sources(e); i++)
		columns += engine_schema(e, i)->n;
	for (int i = 0; i < c->nlayout; i++)
		panes += c->layout[i].npanes;
	text_add(out, c->path);
	make_harmless(out->s);
	text_addf(out, ": OK: %d source%s", c->nsources, c->nsources == 1 ? "" : "s");
	add_count(out, columns, "column");
	add_count(out, c->nkpis, "KPI");
	add_count(out, c->nalerts, "alert");
	add_count(out, c->nnotes, "note");
	add_count(out, panes, "pane");
	if (c->nsources == 0)
		text_add(
		    out, " (without sources the columns are unknown, so names were not checked)");
	else if (runs_commands(c))
		text_add(out,
		    " (a command is not run to check it, so names of columns were not checked)");
	else if (!opened)
		text_addf(out, " (no rows came within %d s, so names were not checked)",
		    PATIENCE_MS / 1000);
	if (c->nsources > 0 && config_check_replies(c, NULL, 0, NULL) != 0)
		text_add(out, " (a rule replies, and none of these sources reads: open it with one "
			      "such as exec:COMMAND)");
	text_addc(out, '\n');
}

/* Without opening any of them. */
static void
check_unopened(const struct config *c, struct errors *errors)
{
	struct error err = { 0 };

	for (int i = 0; i < c->nsources; i++) {
		struct source *source = c->sources[i].sound ? source_new(c->sources[i].uri.s,
								  c->sources[i].follow, &err)
							    : NULL;

		if (source == NULL && c->sources[i].sound) {
			error_subject(&err, ERROR_SOURCE, i, NULL);
			config_locate(c, &err);
			errors_add(errors, &err);
		}
		source_free(source);
	}
}

/* What is wrong beyond the file alone: with its sources, and with their columns. */
static enum engine_state
check_engine(const struct config *c, struct engine *e, uv_loop_t *uv, struct errors *errors)
{
	enum engine_state state = ENGINE_OPENING;
	struct error err;

	if (c->nsources == 0 || runs_commands(c)) {
		check_unopened(c, errors);
		if (errors->n == 0 && config_add_asked(c, engine_ask(e), &err) != 0)
			errors_add(errors, &err);
		return state;
	}
	if (config_check_sources(c, e, errors) != 0)
		return state;
	state = open_engine(e, uv, &err);
	if (state == ENGINE_FAILED || state == ENGINE_WRONG) {
		config_locate(c, &err);
		errors_add(errors, &err);
	}
	if (engine_query(e)->nsources == c->nsources)
		config_check_query(c, engine_query(e), errors);
	return state;
}

/* What options ask for beside the file, where that is right. */
static void
check_options(
    const struct config *c, const struct args *args, const struct query *of, struct errors *errors)
{
	struct query *staged;
	struct error err;

	if (errors->n > 0)
		return;
	staged = query_stage(of, args->window.unit != SPAN_NONE ? args->window : c->window);
	if (config_add_asked(c, staged, &err) != 0 || args_ask(staged, args, &err) != 0 ||
	    (of->bound && query_bind(staged, &err) != 0))
		errors_add(errors, &err);
	query_free(staged);
}

static void
check_config(const struct config *c, const struct args *args, uv_loop_t *uv, struct errors *errors,
    struct text *out)
{
	struct engine_options options = { 0 };
	enum engine_state state;
	struct engine *e;
	struct error err;

	config_options(c, &options);
	if (args->by != NULL)
		options.query.by = args->by;
	if ((e = engine_new(&options, uv, &err)) == NULL) {
		config_locate(c, &err);
		errors_add(errors, &err);
		return;
	}
	keymap_check(c, &err, errors);
	if (isfinite(c->speed) && c->speed > 0) /* which asks for times */
		pacer_speed(engine_pacer(e), c->speed, (int64_t)uv_hrtime());
	state = check_engine(c, e, uv, errors);
	check_options(c, args, engine_query(e), errors);
	if (errors->n == 0)
		summarize(c, e, state != ENGINE_OPENING, out);
	engine_free(e);
}

/* In the order of the file; what has no place in it comes first. */
static int
by_place(const void *a, const void *b)
{
	const struct error *x = a, *y = b;
	int line = (x->line > y->line) - (x->line < y->line);

	return line != 0 ? line : (x->column > y->column) - (x->column < y->column);
}

/* One a line; a single one with the line that it points at. */
static void
report_all(struct errors *errors, const struct config *config)
{
	if (errors->n > 1) /* of none there is no list either */
		qsort(errors->all, (size_t)errors->n, sizeof *errors->all, by_place);
	for (int i = 0; i < errors->n; i++)
		report(&errors->all[i], errors->n == 1 ? config : NULL);
}

/* By its ending; a name without one, of which there is no file, is that of a dashboard. */
static bool
is_dashboard(const char *path)
{
	const char *dot = strrchr(path, '.');

	if (dot == NULL || strchr(dot, '/') != NULL)
		return access(path, F_OK) != 0;
	return strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0;
}

/* The words behind `weir check` as those of a run: a dashboard is the value of -c. */
static char **
words_of_run(int argc, char **argv, int *n)
{
	static char config[] = "-c";
	char **words = memory_new((size_t)argc * 2, sizeof *words);
	bool given = false;

	*n = 0;
	words[(*n)++] = argv[0];
	for (int i = 2; i < argc; i++) {
		bool value = i > 2 && argv[i - 1][0] == '-' && argv[i - 1][1] != '\0';

		if (argv[i][0] != '-' && !value && !given && is_dashboard(argv[i])) {
			words[(*n)++] = config;
			given = true;
		}
		words[(*n)++] = argv[i];
	}
	return words;
}

static int
check_dashboard(const struct args *args)
{
	struct config config = { 0 };
	struct text out = { 0 };
	struct errors errors = { 0 };
	struct error err;
	struct net *net;
	uv_loop_t uv;
	int status;

	uv_loop_init(&uv);
	net = net_open(&uv, false, &err);
	if (net == NULL)
		errors_add(&errors, &err);
	else if (config_load_all(&config, args->config, &errors) == 0 || config.path != NULL)
		check_config(&config, args, &uv, &errors, &out);
	net_close(net);
	uv_run(&uv, UV_RUN_DEFAULT); /* what is closing ends its closing */
	uv_loop_close(&uv);
	status = errors.n > 0 ? 2 : 0;
	fputs(text_get(&out), stdout);
	report_all(&errors, &config);
	config_done(&config);
	errors_done(&errors);
	text_done(&out);
	return status;
}

int
check_run(int argc, char **argv)
{
	struct args args;
	struct error err;
	int n, status;
	char **words = words_of_run(argc, argv, &n);

	if (args_parse(&args, n, words, &err) != 0) {
		report(&err, NULL);
		status = 2;
	} else if ((args.config != NULL) + args.sources.n != 1) {
		error_set(&err, "check: one file at a time (weir check FILE.yaml, or a recording)");
		report(&err, NULL);
		status = 2;
	} else {
		status = args.config != NULL ? check_dashboard(&args) : check_recording(&args);
	}
	args_done(&args);
	free(words);
	return status;
}
