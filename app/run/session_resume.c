/* session_resume.c - a run goes on from a checkpoint in its store.
 *
 * The newest one that is whole: of one that is damaged, or of another weir, the one before is
 * tried. What does not fit what is asked this time is wrong usage: an older one would lose more. */
#include "app/run/session_resume.h"

#include "app/config/report.h"
#include "app/run/session_parts.h"
#include "data/engine/engine_view.h"

enum { CHECKPOINTS = 3 };

/* An engine that could not be loaded can only be freed. */
static int
engine_anew(struct session *s, bool screen)
{
	engine_free(s->engine);
	s->engine = session_engine(s->args, s->config, screen, &s->uv, &s->err);
	return s->engine != NULL ? 0 : -1;
}

static void
tell_gaps(const struct session *s)
{
	struct error err;

	for (int i = 0; i < engine_sources(s->engine); i++) {
		if (engine_resumes(s->engine, i))
			continue;
		error_set(&err,
		    "--resume: %s cannot be read again: its rows since the checkpoint are missing, "
		    "statistics go on (record to a file what must not be lost)",
		    engine_schema(s->engine, i)->source);
		report(&err, NULL);
	}
}

/* On a screen it is read among the notes. */
static void
tell_changes(const struct session *s, bool screen, bool over)
{
	const char *changes = engine_changes(s->engine);
	struct error err;

	if (changes == NULL || (screen && !over))
		return;
	if (over)
		error_set(&err,
		    "--resume: %s: its run has ended, nothing is computed of what is asked this "
		    "time and was not then (a further run: leave --resume out)",
		    s->args->store);
	else
		error_set(&err, "--resume: %s: %s", s->args->store, changes);
	report(&err, NULL);
}

/* The checkpoint before so many newer ones. 1: the engine goes on from it; 0: there is none; -1
 * with err: it does not fit. */
static int
try_checkpoint(
    struct session *s, struct store *store, int before, struct resumed *r, struct error *err)
{
	struct checkpoint c = { 0 };
	int found = store_checkpoint(store, before, &c, err);

	if (found <= 0)
		return found;
	*r = (struct resumed){ .over = c.ended, .out = c.out, .rows = c.rows };
	found = engine_load(s->engine, c.state.data, c.state.len, err) == 0 ? 1 : -1;
	buffer_done(&c.state);
	return found;
}

static void
tell_older(const struct session *s, uint64_t rows, const struct error *why)
{
	struct error err;

	error_set(&err, "--resume: %s: goes on from an older state, of %llu rows: %s",
	    s->args->store, (unsigned long long)rows, why->text);
	report(&err, NULL);
}

static void
tell(const struct session *s, const struct resumed *r, const struct error *first, bool screen)
{
	if (first->text[0] != '\0')
		tell_older(s, r->rows, first);
	if (!r->over)
		tell_gaps(s);
	tell_changes(s, screen, r->over);
}

int
session_resume(struct session *s, struct store *store, bool screen, struct resumed *r)
{
	struct error first = { 0 };

	for (int i = 0; i < CHECKPOINTS; i++) {
		struct error err = { 0 };
		int status = try_checkpoint(s, store, i, r, &err);

		if (status == 0)
			break;
		if (status > 0) {
			r->goes_on = true;
			tell(s, r, &first, screen);
			return 0;
		}
		if (first.text[0] == '\0' || err.subject != ERROR_STATE)
			first = err;
		if (err.subject != ERROR_STATE)
			break;
		if (engine_anew(s, screen) != 0)
			return -1;
	}
	*r = (struct resumed){ .out = -1 };
	if (first.text[0] == '\0') /* no checkpoint yet: from the start */
		return 0;
	s->err = first;
	s->err.subject = ERROR_NOTHING;
	return error_at(&s->err, "--resume: %s", s->args->store);
}
