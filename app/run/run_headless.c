/* run_headless.c - a run without a screen: events out, and an exit status that tells how it
 * went. */
#include "app/run/run_headless.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>

#include "app/config/report.h"
#include "app/run/loop.h"
#include "app/events/ndjson.h"
#include "app/run/outputs.h"
#include "app/run/setup.h"
#include "app/events/event_file.h"
#include "app/picture/snapshot.h"

enum { LAST_WORDS_MS = 1000 }; /* for a reader that stalls while we are told to end */

struct headless {
	const struct args *args;
	const struct config *config;
	struct loop *loop;
	struct event_file sink;
	struct output_guard guard;
};

static void
on_slice(void *self, bool idle)
{
	struct headless *h = self;

	if (idle)
		event_file_flush(&h->sink, -1);
	if (h->sink.failed)
		loop_stop(h->loop, 1);
}

static void
on_end(void *self, enum engine_state state, const struct error *err)
{
	struct headless *h = self;

	if (state != ENGINE_END)
		report(err, h->config);
	loop_stop(h->loop, state == ENGINE_END ? 0 : state == ENGINE_WRONG ? 2 : 1);
}

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

static int
run_engine(struct headless *h, struct engine *e, uv_loop_t *uv)
{
	struct ndjson *events = ndjson_new(e, &h->sink, args_emit(h->args), h->args->every);
	struct loop_hooks hooks = { .slice = on_slice, .ended = on_end, .self = h };
	int status;

	h->loop = loop_new(uv, e, &hooks, 0, true);
	status = loop_run(h->loop);
	if (status != 2)
		engine_finish(e);
	event_file_flush(&h->sink, status > 128 ? LAST_WORDS_MS : -1);
	if (status == 0 && fired(e, h->args->fail_on))
		status = 3;
	loop_free(h->loop);
	ndjson_free(events);
	return status;
}

/* What went wrong is told, and is the status where nothing else is. */
static int
failure(const struct error *err, const struct config *config, int status, int failed)
{
	report(err, config);
	return status == 0 || status == 3 ? failed : status;
}

static int
run_all(struct headless *h, struct engine *e, uv_loop_t *uv)
{
	struct snapshot *snapshot = NULL;
	struct error err = { 0 };
	int status;

	if (outputs_check(h->args, h->config, &h->guard, &err) != 0)
		return failure(&err, NULL, 0, 2);
	if (h->args->snapshot != NULL &&
	    (snapshot = snapshot_new(e, h->args, h->config, &err)) == NULL)
		return failure(&err, NULL, 0, 2);
	if (event_file_open(&h->sink, h->args->out, &h->guard, &err) != 0) {
		snapshot_free(snapshot);
		return failure(&err, NULL, 0, 1);
	}
	status = run_engine(h, e, uv);
	if (snapshot != NULL && status != 2 && snapshot_write(snapshot, &h->guard, &err) != 0)
		status = failure(&err, NULL, status, 1);
	snapshot_free(snapshot);
	event_file_close(&h->sink);
	return h->sink.failed ? failure(&h->sink.err, NULL, 0, 1) : status;
}

int
run_headless(const struct args *args, const struct config *config)
{
	struct headless h = { .args = args, .config = config };
	struct error err = { 0 };
	struct engine *e;
	uv_loop_t uv;
	int status;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* writing fails then, and that is told */
	uv_loop_init(&uv);
	e = setup_engine(args, config, false, &uv, &err);
	status = e != NULL ? run_all(&h, e, &uv) : failure(&err, config, 0, 2);
	output_guard_done(&h.guard);
	engine_free(e);
	uv_run(&uv, UV_RUN_DEFAULT); /* what is closing ends its closing */
	uv_loop_close(&uv);
	return status;
}
