/* config_query.c - a dashboard file handed to the engine: its sources, and what it asks of them.
 *
 * To tell all that is wrong, what is wrong is asked for otherwise: a constant stands in its place,
 * so that what depends on it is not wrong as well, and each mistake is told once. */
#include <stdlib.h>
#include <string.h>

#include "app/config/config_names.h"
#include "app/config/config_parts.h"

enum { WRONG_TEXT = 1, WRONG_NAME = 2, WRONG_CLEAR = 4 };

struct wrong { /* for each item what of it is wrong; NULL: nothing is */
	unsigned char *derive, *kpis, *alerts;
};

void
config_options(const struct config *c, struct engine_options *o)
{
	o->query.window = c->window;
	o->query.by = c->by.s;
	o->max_keys = c->max_keys;
	o->start = c->start;
	o->stop = c->stop;
	o->loop = c->loop;
	o->lateness = c->lateness;
	o->query.horizon = c->horizon;
}

/* --- sources ---------------------------------------------------------------------------------- */

/* A text of one character, or two blanks; 0: none. */
static char
sign(const char *text)
{
	if (text != NULL && strcmp(text, "  ") == 0)
		return DELIMITER_RUNS;
	return text != NULL ? text[0] : '\0';
}

static int
add_source(const struct config *c, int i, struct engine *e, struct error *err)
{
	const struct config_source *s = &c->sources[i];
	struct feed_options options = {
		.dialect = {
			.format = s->format,
			.columns = s->columns,
			.no_header = s->no_header,
			.types = s->types,
			.time = s->time.s,
			.encoding = s->encoding,
			.delimiter = sign(s->delimiter),
			.quote = sign(s->quote),
			.comment = sign(s->comment),
			.decimal = sign(s->decimal),
			.skip_told = s->skip_told,
			.skip = s->skip,
			.missing = s->missing,
			.dates = s->dates,
			.time_format = s->time_format,
			.zone = s->zone,
		},
		.follow = s->follow,
		.with_rotated = s->with_rotated,
		.poll = s->poll,
		.ack = s->ack,
		.sort = s->sort ? SORT_TOLD : SORT_FOUND,
	};
	struct text named = { 0 };
	int status;

	if (s->name != NULL)
		text_addf(&named, "%s=", s->name);
	text_add(&named, s->uri.s);
	status = engine_add_source(e, named.s, &options, err);
	text_done(&named);
	if (status == 0)
		return 0;
	if (err->subject == ERROR_NOTHING)
		err->subject = ERROR_SOURCE;
	err->index = i;
	config_locate(c, err);
	return -1;
}

int
config_add_sources(const struct config *c, struct engine *e, struct error *err)
{
	for (int i = 0; i < c->nsources; i++)
		if (add_source(c, i, e, err) != 0)
			return -1;
	return 0;
}

int
config_check_sources(const struct config *c, struct engine *e, struct errors *errors)
{
	int status = 0;

	for (int i = 0; i < c->nsources; i++) {
		struct error err;

		if (!c->sources[i].sound) {
			status = -1;
		} else if (add_source(c, i, e, &err) != 0) {
			errors_add(errors, &err);
			status = -1;
		}
	}
	return status;
}

/* --- what is asked for ------------------------------------------------------------------------ */

/* Its own name, else one that nothing else has. */
static void
add_name(struct text *out, const char *name, int i, unsigned wrong)
{
	if (name != NULL && (wrong & WRONG_NAME) == 0)
		text_add(out, name);
	else
		text_addf(out, " %d", i);
}

static int
add_derived(struct query *q, const struct config_named *d, int i, unsigned wrong, struct error *err)
{
	struct text text = { 0 };
	int status;

	text_add(&text, "`");
	add_name(&text, d->name, i, wrong);
	text_addf(&text, "`=%s", wrong & WRONG_TEXT ? "0" : d->expr.s);
	status = query_derive(q, text.s, err);
	text_done(&text);
	return status;
}

static int
add_kpi(struct query *q, const struct config_named *k, unsigned wrong, struct error *err)
{
	struct text text = { 0 };
	int status;

	if (k->name != NULL && (wrong & WRONG_NAME) == 0)
		text_addf(&text, "%s:", k->name);
	text_add(&text, wrong != 0 ? "0" : k->expr.s);
	status = query_add_kpi(q, text.s, err);
	text_done(&text);
	return status;
}

static char *
copy(const char *s)
{
	return s != NULL ? memory_text(s, strlen(s)) : NULL;
}

static int
add_alert(struct query *q, const struct config_alert *a, int i, unsigned wrong, struct error *err)
{
	struct alert_rule rule = {
		.when = copy(wrong & WRONG_TEXT ? "0" : a->when.s),
		.clear = copy(wrong & WRONG_CLEAR ? NULL : a->clear.s),
		.lasting = a->lasting,
		.keep = a->keep,
		.cooldown = a->cooldown,
		.severity = a->severity,
	};
	struct text name = { 0 };

	add_name(&name, a->name != NULL || wrong != 0 ? a->name : a->when.s, i, wrong);
	rule.name = name.s;
	for (int k = 0; k < a->nactions; k++)
		rule.pause = rule.pause || (a->actions[k].action.class != NULL &&
					       a->actions[k].action.class->pauses);
	return query_add_rule(q, &rule, err);
}

static int
ask(const struct config *c, struct query *q, const struct wrong *wrong, struct error *err)
{
	int status = 0;

	for (int i = 0; i < c->nderive && status == 0; i++)
		status = add_derived(
		    q, &c->derive[i], i, wrong->derive != NULL ? wrong->derive[i] : 0, err);
	for (int i = 0; i < c->nkpis && status == 0; i++)
		status = add_kpi(q, &c->kpis[i], wrong->kpis != NULL ? wrong->kpis[i] : 0, err);
	for (int i = 0; i < c->nalerts && status == 0; i++)
		status = add_alert(
		    q, &c->alerts[i], i, wrong->alerts != NULL ? wrong->alerts[i] : 0, err);
	return status;
}

int
config_add_asked(const struct config *c, struct query *q, struct error *err)
{
	int status = ask(c, q, &(struct wrong){ 0 }, err);

	if (status != 0)
		config_locate(c, err);
	return status;
}

/* --- all that is wrong ------------------------------------------------------------------------ */

/* What the error is about is not asked for again; false: that is known, or cannot be helped. */
static bool
put_aside(const struct config *c, struct wrong *wrong, const struct error *err)
{
	bool name = err->subject == ERROR_DERIVED_NAME || err->subject == ERROR_KPI_NAME ||
		    err->subject == ERROR_RULE_NAME;
	unsigned char *of = NULL, what = name                          ? WRONG_NAME
					 : err->subject == ERROR_CLEAR ? WRONG_CLEAR
								       : WRONG_TEXT;
	int n = 0;

	if (err->subject == ERROR_DERIVED || err->subject == ERROR_DERIVED_NAME)
		of = wrong->derive, n = c->nderive;
	else if (err->subject == ERROR_KPI || err->subject == ERROR_KPI_NAME)
		of = wrong->kpis, n = c->nkpis;
	else if (err->subject == ERROR_RULE || err->subject == ERROR_CLEAR ||
		 err->subject == ERROR_RULE_NAME)
		of = wrong->alerts, n = c->nalerts;
	if (of == NULL || err->index < 0 || err->index >= n || (of[err->index] & what) != 0)
		return false;
	of[err->index] |= what;
	return true;
}

/* What could not be read was told when the file was loaded. */
static struct wrong
wrong_at_first(const struct config *c)
{
	struct wrong wrong = { memory_zero((size_t)c->nderive, 1), memory_zero((size_t)c->nkpis, 1),
		memory_zero((size_t)c->nalerts, 1) };

	for (int i = 0; i < c->nderive; i++)
		wrong.derive[i] = c->derive[i].expr.s == NULL ? WRONG_TEXT : 0;
	for (int i = 0; i < c->nkpis; i++)
		wrong.kpis[i] = c->kpis[i].expr.s == NULL ? WRONG_TEXT : 0;
	for (int i = 0; i < c->nalerts; i++)
		wrong.alerts[i] = c->alerts[i].when.s == NULL ? WRONG_TEXT : 0;
	return wrong;
}

void
config_check_query(const struct config *c, const struct query *of, struct errors *errors)
{
	struct wrong wrong = wrong_at_first(c);
	struct error err;
	bool again = true, right = false;

	while (again && !right) {
		struct query *staged = query_stage(of, c->window);

		right = ask(c, staged, &wrong, &err) == 0 && query_bind(staged, &err) == 0;
		if (right) {
			config_check_all_names(c, staged, errors);
		} else {
			again = put_aside(c, &wrong, &err);
			config_locate(c, &err);
			errors_add(errors, &err);
		}
		query_free(staged);
	}
	free(wrong.derive);
	free(wrong.kpis);
	free(wrong.alerts);
}
