/* session_actions.c - a rule begins to fire, or is resolved: what the dashboard file says is done.
 *
 * What is not done is told as a bad event, but not while the engine tells something else: it is
 * held till then. A rule may fail at every row, so only the first of them are told, and the others
 * are counted. */
#include <stdlib.h>
#include <string.h>

#include "app/config/config_reply.h"
#include "app/run/session_parts.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"
#include "data/net/net.h"

enum { TOLD_MOST = 20, LAST_MS = 1000 };

struct failure {
	int source;
	uint64_t row;
	char *name, *what;
};

struct acting {
	struct session *session;
	struct action_queue *queue;
	struct action_host host;
	struct failure *failures; /* not yet told */
	int nfailures;
	uint64_t failed; /* in all */
	uint64_t left_out;
	void (*done)(void *);
	void *done_self;
};

static const struct config_alert *
alert_named(const struct config *c, const char *name)
{
	for (int i = 0; i < c->nalerts; i++) {
		const struct config_alert *a = &c->alerts[i];

		if (strcmp(a->name != NULL ? a->name : a->when.s, name) == 0)
			return a;
	}
	return NULL;
}

/* --- what is not done ------------------------------------------------------------------------- */

static void
on_failed(void *self, const struct action_event *event, const char *what)
{
	struct acting *a = self;
	size_t n = (size_t)a->nfailures;

	if (a->failed++ >= TOLD_MOST)
		return;
	a->failures = memory_grow(a->failures, n + 1, sizeof *a->failures);
	a->failures[n] = (struct failure){ event->source, event->row,
		memory_text(event->name, strlen(event->name)), memory_text(what, strlen(what)) };
	a->nfailures++;
	if (a->session->loop != NULL)
		loop_wake(a->session->loop); /* it is told behind the next slice */
}

void
session_tell_failures(struct session *s)
{
	struct acting *a = s->acting;

	if (a == NULL)
		return;
	for (int i = 0; i < a->nfailures; i++) {
		struct failure *f = &a->failures[i];

		engine_bad(s->engine, f->source, f->row, f->what, f->name, strlen(f->name));
		if (s->face.failed != NULL)
			s->face.failed(s->face.self, f->what);
		free(f->name);
		free(f->what);
	}
	a->nfailures = 0;
}

/* How many there were beyond those told. */
static void
tell_rest(struct acting *a)
{
	struct engine *e = a->session->engine;
	struct text what = { 0 };

	session_tell_failures(a->session);
	if (a->failed > TOLD_MOST)
		text_addf(
		    &what, "%llu more actions failed", (unsigned long long)(a->failed - TOLD_MOST));
	if (a->left_out > 0)
		text_addf(&what, "%s%llu actions left out: more than %d were waiting",
		    what.len > 0 ? "; " : "", (unsigned long long)a->left_out, ACTIONS_WAITING);
	if (what.len > 0)
		engine_bad(e, 0, engine_progress(e, 0).row, text_get(&what), NULL, 0);
	text_done(&what);
	a->failed = a->left_out = 0;
}

/* --- acting ----------------------------------------------------------------------------------- */

static void
act(struct acting *a, const struct action *action, const struct action_event *event)
{
	struct error err = { 0 };

	if (action->class->begin != NULL) {
		if (!action_queue_add(a->queue, action, event) && a->left_out++ == 0)
			on_failed(a, event, "left out: too many actions are waiting");
	} else if (action->class->run != NULL &&
		   action->class->run(action, &a->host, event, &err) != 0) {
		on_failed(a, event, err.text);
	}
}

static void
on_alert(void *self, const struct event *event)
{
	struct acting *a = self;
	struct session *s = a->session;
	const struct config_alert *alert =
	    alert_named(s->config, engine_rule(s->engine, event->rule)->name);
	unsigned on = alert != NULL && alert->on != 0 ? alert->on : 1U << ALERT_FIRING;
	struct action_event described;

	if (alert == NULL || alert->nactions == 0 || (on & 1U << event->state) == 0)
		return;
	a->host.bell = s->face.host.bell;
	a->host.notify = s->face.host.notify;
	a->host.self = s->face.host.self;
	described = session_describe(s->engine, event);
	for (int i = 0; i < alert->nactions; i++)
		act(a, &alert->actions[i].action, &described);
	action_event_done(&described);
}

/* --- what may be done at all ------------------------------------------------------------------ */

static bool
any_action(const struct config *c, bool (*is)(const struct action_class *))
{
	for (int i = 0; i < c->nalerts; i++)
		for (int k = 0; k < c->alerts[i].nactions; k++)
			if (is(c->alerts[i].actions[k].action.class))
				return true;
	return false;
}

static bool
takes_time(const struct action_class *class)
{
	return class->begin != NULL;
}

/* On a screen more can be asked for while rows go. */
bool
session_runs_programs(const struct args *args, const struct config *c, bool screen)
{
	if (screen || (!args->no_actions && any_action(c, takes_time)))
		return true;
	for (int i = 0; i < args->sources.n; i++)
		if (strstr(args->sources.s[i], "exec:") != NULL)
			return true;
	for (int i = 0; args->sources.n == 0 && i < c->nsources; i++)
		if (strncmp(c->sources[i].uri.s, "exec:", 5) == 0)
			return true;
	return false;
}

/* What is read is not written, too. */
static int
check_files(const struct session *s, const struct config *c, struct error *err)
{
	for (int i = 0; i < c->nalerts; i++)
		for (int k = 0; k < c->alerts[i].nactions; k++) {
			const struct config_action *a = &c->alerts[i].actions[k];
			struct error why;

			if (a->action.class->writes &&
			    output_guard_check_path(&s->guard, a->action.text, &why) != 0)
				return error_file(err, c->path, a->at.line, a->at.column,
				    "'%s' to %s", a->action.class->name, why.text);
		}
	return 0;
}

static int
on_reply(void *run, const struct action_event *event, const char *line, struct error *err)
{
	struct session *s = run;

	return engine_reply(s->engine, event->source, event->lane, line, err);
}

int
session_act(struct session *s, struct error *err)
{
	struct acting *a;
	struct listener listener = { .wants = EVENT_ALERT, .event = on_alert, .once = true };

	if (s->args->no_actions)
		return 0;
	if (config_check_replies(s->config, s->args->sources.s, s->args->sources.n, err) != 0 ||
	    check_files(s, s->config, err) != 0)
		return -1;
	a = memory_zero(1, sizeof *a);
	a->session = s;
	a->queue = action_queue_new(&s->uv, 0, on_failed, a);
	a->host =
	    (struct action_host){ .reply = on_reply, .run = s, .guard = &s->guard, .loop = &s->uv };
	listener.self = a;
	engine_listen(s->engine, &listener);
	s->acting = a;
	return 0;
}

static int
check_rules(
    const struct session *s, const struct config *c, const struct query *q, struct error *err)
{
	for (int i = 0; s->acting != NULL && i < q->nrules; i++) {
		const struct config_alert *alert = alert_named(c, q->rules[i].rule.name);
		int source = q->rules[i].source;

		if (q->rules[i].when < 0) /* it waits for the columns of a source */
			continue;
		if (alert != NULL && config_reply_of(alert) != NULL && source >= 0 &&
		    !engine_takes_replies(s->engine, source))
			return config_no_reply(c, config_reply_of(alert),
			    engine_schema(s->engine, source)->source, err);
	}
	return 0;
}

int
session_check_actions(const struct session *s, struct error *err)
{
	return check_rules(s, s->config, engine_query(s->engine), err);
}

int
session_check_next(
    const struct session *s, const struct config *c, const struct query *q, struct error *err)
{
	return check_files(s, c, err) != 0 ? -1 : check_rules(s, c, q, err);
}

/* --- the end ---------------------------------------------------------------------------------- */

static void
on_done(void *self)
{
	struct acting *a = self;

	tell_rest(a);
	if (a->done != NULL)
		a->done(a->done_self);
}

bool
session_await_actions(struct session *s, void (*done)(void *), void *self)
{
	struct acting *a = s->acting;

	if (a == NULL)
		return false;
	if (!action_queue_busy(a->queue)) {
		tell_rest(a);
		return false;
	}
	a->done = done;
	a->done_self = self;
	action_queue_end(a->queue, on_done, a);
	return true;
}

/* Only wakes the loop up. */
static void
on_tick(uv_timer_t *tick)
{
	(void)tick;
}

void
session_end_actions(struct session *s)
{
	int64_t until = (int64_t)uv_hrtime() + LAST_MS * (TIME_SECOND / 1000);
	struct acting *a = s->acting;
	uv_timer_t tick; /* so that no run of the loop lasts longer than that */

	if (a == NULL)
		return;
	uv_timer_init(&s->uv, &tick);
	uv_timer_start(&tick, on_tick, 0, 10);
	while (action_queue_busy(a->queue) && (int64_t)uv_hrtime() < until)
		uv_run(&s->uv, UV_RUN_ONCE);
	uv_close((uv_handle_t *)&tick, NULL);
	uv_run(&s->uv, UV_RUN_NOWAIT);
	tell_rest(a);
}

int
session_actions_waiting(const struct session *s)
{
	return s->acting != NULL ? action_queue_length(s->acting->queue) : 0;
}

void
session_act_no_more(struct session *s)
{
	struct acting *a = s->acting;

	if (a == NULL)
		return;
	action_queue_free(a->queue);
	for (int i = 0; i < a->nfailures; i++) {
		free(a->failures[i].name);
		free(a->failures[i].what);
	}
	free(a->failures);
	free(a);
	s->acting = NULL;
}
