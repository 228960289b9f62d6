/* run_headless.c - a run without a screen: events out, and an exit status that tells how it
 * went. */
#include "app/run/run_headless.h"

#include "app/config/report.h"
#include "app/picture/snapshot.h"
#include "app/run/session.h"
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
	if (status != 2)
		engine_finish(s->engine);
	return status == 0 && fired(s->engine, s->args->fail_on) ? 3 : status;
}

static int
run_all(struct session *s, struct snapshot *snapshot)
{
	struct error err;
	int status;

	if (session_write_events(s) != 0)
		return failure(s, &s->err, 0, 1);
	status = run_rows(s, snapshot);
	if (session_end_events(s, status > 128 ? LAST_WORDS_MS : -1, &s->err) != 0)
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
		 (snapshot = snapshot_new(s.engine, s.history, args, config, &s.err)) == NULL)
		status = failure(&s, &s.err, 0, 2);
	else
		status = run_all(&s, snapshot);
	snapshot_free(snapshot);
	session_close(&s);
	return status;
}
