/* run_headless.c - a run without a screen: events out, and an exit status that tells how it
 * went. */
#include "app/run/run_headless.h"

#include <string.h>

#include "app/config/report.h"
#include "app/picture/snapshot.h"
#include "app/run/deny.h"
#include "app/run/session.h"
#include "app/run/session_store.h"
#include "data/engine/engine_view.h"

enum { LAST_WORDS_MS = 1000 }; /* for a reader that stalls while we are told to end */

/* --fail-on: did an alert of that severity, or a worse one, fire? */
static bool
fired(const struct engine *e, const char *word)
{
	enum severity least;

	if (word == NULL || severity_parse(word, &least) != 0)
		return false;
	for (int i = 0; i < engine_rules(e); i++)
		if (engine_rule(e, i)->severity >= least && engine_rule_fired(e, i) > 0)
			return true;
	return false;
}

/* What went wrong is told, and is the status where nothing else is. */
static int
failure(const struct session *s, const struct error *err, int status, int failed)
{
	report(err, s->config);
	return status == 0 || status == 3 ? failed : status;
}

static bool
on_picture(void *self, struct text *svg)
{
	snapshot_svg(self, svg);
	return true;
}

/* Where notes are not written, what is hardly what was meant is told all the same, and that a source
 * has come for which nobody waited. */
static void
on_doubt(void *self, const struct event *event)
{
	const struct session *s = self;
	const char *name = event->source >= 0 ? engine_source_name(s->engine, event->source) : "";
	size_t n = strlen(name);
	struct error err;

	if (event->type == EVENT_REPLACED && event->source < 0)
		return;
	if (n == 0 || (strncmp(event->what, name, n) == 0 && event->what[n] == ':'))
		error_set(&err, "%s", event->what);
	else
		error_set(&err, "%s: %s", name, event->what);
	report(&err, NULL);
}

static void
tell_doubts(struct session *s)
{
	struct listener listener = {
		.wants = EVENT_DOUBT | EVENT_REPLACED, .event = on_doubt, .self = s
	};

	if ((args_emit(s->args) & s->writer->writes & EVENT_DOUBT) == 0)
		engine_listen(s->engine, &listener);
}

/* A generator goes on for ever where nothing ends it: its name, NULL: there is none such. */
static const char *
endless(const struct args *args, const struct config *config)
{
	int n = args->sources.n > 0 ? args->sources.n : config->nsources;

	if (args->stop != NULL || config->stop != NULL || args->start != NULL)
		return NULL;
	for (int i = 0; i < n; i++) {
		const char *spec =
		    args->sources.n > 0 ? args->sources.s[i] : config->sources[i].uri.s;

		if (strstr(spec, "synth:") != NULL && strstr(spec, "rows=") == NULL)
			return spec;
	}
	return NULL;
}

/* Is anything told while rows go? */
static bool
tells_early(const struct session *s)
{
	unsigned emit = args_emit(s->args);

	return (emit & EVENT_ROW) != 0 || s->args->serve != NULL || s->args->store != NULL ||
	       ((emit & EVENT_ALERT) != 0 && engine_rules(s->engine) > 0) ||
	       ((emit & EVENT_DRIFT) != 0 && s->args->kpis.n > 0);
}

/* Who waits for what comes at the end alone waits in vain. */
static void
tell_endless(const struct session *s)
{
	const char *spec = endless(s->args, s->config);
	struct error err;

	if (spec == NULL || tells_early(s))
		return;
	error_set(&err,
	    "%s: has no end: what is told there comes when it is stopped "
	    "(?rows=1000 or --stop 1000 ends it)",
	    spec);
	report(&err, NULL);
}

/* Events that could not be written are told where they ended, at the end. */
static int
run_rows(struct session *s, struct snapshot *snapshot)
{
	int status;

	session_start(s, &(struct session_face){ .signals = true,
			     .picture = snapshot != NULL ? on_picture : NULL,
			     .self = snapshot });
	status = session_run(s);
	if (s->err.text[0] != '\0' && !s->file.failed)
		failure(s, &s->err, status, status);
	if (status == 0 && s->trials != NULL && trials_check(s->trials, &s->err) != 0)
		return failure(s, &s->err, 0, 2);
	return status == 0 && fired(s->engine, s->args->fail_on) ? 3 : status;
}

static int
run_all(struct session *s, struct snapshot *snapshot)
{
	struct error err;
	int status, patience;

	if (session_store_over(s))
		return 0;
	deny_calls();
	if (session_write_events(s) != 0)
		return failure(s, &s->err, 0, s->args->resume ? 2 : 1);
	tell_doubts(s);
	tell_endless(s);
	status = run_rows(s, snapshot);
	patience = status > 128 ? LAST_WORDS_MS : -1;
	if (status == 2 ? session_end_events(s, patience, &s->err) != 0
			: session_finish(s, patience, &s->err) != 0)
		status = failure(s, &s->err, 0, 1);
	if (snapshot != NULL && s->args->snapshot != NULL && status != 2 &&
	    snapshot_write(snapshot, &s->guard, &err) != 0)
		status = failure(s, &err, status, 1);
	return status;
}

int
run_headless(const struct args *args, const struct config *config)
{
	struct session s;
	struct snapshot *snapshot = NULL;
	int status;

	if (session_open(&s, args, config, false) != 0)
		status = failure(&s, &s.err, 0, 2);
	else if ((args->snapshot != NULL || args->serve != NULL) &&
		 (snapshot = snapshot_new(s.engine, s.history, s.trials, args, config, &s.err)) ==
		     NULL)
		status = failure(&s, &s.err, 0, 2);
	else
		status = run_all(&s, snapshot);
	snapshot_free(snapshot);
	session_close(&s);
	return status;
}
