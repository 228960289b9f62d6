/* recorder.c - rows, alerts, bad cells and notes into batches; a batch and the state of the engine
 * behind its last row are one commit.
 *
 * So a run that goes on from a checkpoint finds its rows recorded up to there, each once. */
#include "data/recording/recorder.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/base/times/clock.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"

enum { ROWS = 10000 };
/* Rows of a batch: about as much as the state beside them, so that little memory comes and goes. */
enum { BYTES_LEAST = 1 << 20, BYTES_MOST = 8 << 20 };
#define AT_LATEST TIME_SECOND         /* rows wait no longer to be committed */
#define AT_SOONEST (TIME_SECOND / 10) /* two commits that nobody asked for are so far apart */

struct recorder {
	struct engine *engine;
	struct writer *writer;
	char *version, *command, *config;
	struct span every;
	bool resumed, begun;
	int nsources; /* that the store knows */
	struct batch *batch;
	int64_t last;       /* clock of the last commit */
	int64_t since;      /* clock at which the first thing came that is not committed; 0: none */
	uint64_t lost, gap; /* rows: in all, and of those that are to be told */
	int64_t took;
	size_t state;      /* bytes of the last checkpoint */
	int64_t preparing; /* ns that the checkpoint under way took so far; 0: there is none */
	bool prepared;     /* ... and it is whole */
	uint64_t put;      /* batches, of those the writer took */
};

static int64_t
clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * TIME_SECOND + t.tv_nsec;
}

static int64_t
wall_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * TIME_SECOND + t.tv_nsec;
}

/* --- what is told ----------------------------------------------------------------------------- */

/* The columns of all sources are known. */
static void
begin(struct recorder *r)
{
	int n = engine_sources(r->engine);
	struct batch_source *sources = memory_zero((size_t)n + 1, sizeof *sources);
	struct batch_run run = { r->resumed || r->begun, r->version, r->command, r->config, sources,
		n };

	for (int i = 0; i < n; i++) {
		sources[i].schema = engine_query(r->engine)->sources[i].own;
		sources[i].stamps = sources[i].schema->time < 0 && sources[i].schema->stamps_tell;
	}
	batch_run(r->batch, &run);
	free(sources);
	r->nsources = n;
	r->begun = true;
}

static struct cell_text
text_of(const char *s)
{
	return (struct cell_text){ s, s != NULL ? (uint32_t)strlen(s) : 0 };
}

static const char *
column_name(const struct recorder *r, const struct event *e)
{
	const struct schema *schema = e->source >= 0 ? engine_schema(r->engine, e->source) : NULL;

	return schema != NULL && e->column >= 0 && e->column < schema->n
		   ? schema->columns[e->column].name
		   : NULL;
}

static void
add_fact(struct recorder *r, const struct event *e)
{
	struct fact_row fact = {
		.kind = FACT_NOTE, .source = e->source, .row = e->row, .time = e->time
	};

	if (e->type == EVENT_ALERT) {
		const struct alert_rule *rule = engine_rule(r->engine, e->rule);

		fact.kind = FACT_ALERT;
		fact.texts[0] = text_of(rule->name);
		fact.texts[1] = text_of(alert_state_name(e->state));
		fact.texts[2] = text_of(severity_name(rule->severity));
		fact.texts[3] = text_of(e->key);
		fact.texts[4] = text_of(rule->when);
	} else if (e->type == EVENT_BAD) {
		fact.kind = FACT_BAD;
		fact.texts[0] = text_of(column_name(r, e));
		fact.texts[1] = text_of(e->what);
		fact.texts[2] = e->text;
	} else {
		fact.texts[0] = text_of(e->what);
		fact.texts[1] = text_of(e->key);
	}
	batch_fact(r->batch, &fact);
}

static void
wait_begins(struct recorder *r)
{
	if (r->since == 0)
		r->since = clock_now();
}

static void
on_event(void *self, const struct event *e)
{
	struct recorder *r = self;

	if (e->type == EVENT_START || e->type == EVENT_RESUMED)
		begin(r);
	else if (r->begun)
		add_fact(r, e);
	wait_begins(r);
}

static void
on_rows(void *self, int source, const struct block *block, int at, int n)
{
	struct recorder *r = self;

	if (source >= r->nsources)
		begin(r);
	batch_rows(r->batch, source, block, engine_query(r->engine)->sources[source].own->n, at, n);
	wait_begins(r);
}

/* --- commits ---------------------------------------------------------------------------------- */

/* Not sooner than the last one has taken fifty times over: what state is large is saved less
 * often, unless a number of rows was asked for. */
static int64_t
soonest(const struct recorder *r)
{
	int64_t apart = 50 * r->took;

	return r->last + (apart > AT_SOONEST ? apart : AT_SOONEST);
}

static size_t
room_for_rows(const struct recorder *r)
{
	return r->state < BYTES_LEAST ? BYTES_LEAST : r->state > BYTES_MOST ? BYTES_MOST : r->state;
}

bool
recorder_due(const struct recorder *r, int64_t now, int64_t *wake)
{
	uint64_t rows = r->batch->rows;
	int64_t at;

	*wake = INT64_MAX;
	if (r->since == 0 || engine_is_back(r->engine))
		return false;
	if (r->batch->log.len >= room_for_rows(r))
		return true;
	if (r->every.unit == SPAN_ROWS) {
		if (rows >= (uint64_t)r->every.n)
			return true;
		at = r->since + AT_LATEST;
	} else {
		at = r->since + (r->every.unit == SPAN_TIME ? r->every.n : AT_LATEST);
		if (r->every.unit == SPAN_NONE && rows >= ROWS)
			at = soonest(r);
	}
	*wake = at;
	return now >= at;
}

/* The rows of a batch that nobody takes are lost; that they are is told as soon as it can be. */
static void
lose(struct recorder *r)
{
	r->lost += r->batch->rows;
	r->gap += r->batch->rows;
	batch_clear(r->batch);
}

static void
tell_gap(struct recorder *r)
{
	struct fact_row fact = { .kind = FACT_NOTE, .source = -1, .time = TIME_NONE };
	struct text what = { 0 };

	text_addf(&what, "%llu rows before these are not recorded: the disk was full, or failed",
	    (unsigned long long)r->gap);
	fact.texts[0] = (struct cell_text){ what.s, (uint32_t)what.len };
	batch_fact(r->batch, &fact);
	text_done(&what);
	r->gap = 0;
}

static bool
takes_checkpoint(const struct recorder *r)
{
	return !engine_is_back(r->engine) && engine_state(r->engine) != ENGINE_OPENING &&
	       engine_query(r->engine)->bound;
}

bool
recorder_prepare(struct recorder *r, int64_t budget)
{
	int64_t began = clock_now();
	enum engine_saved saved;

	if (!takes_checkpoint(r))
		return true;
	if (r->preparing == 0) {
		r->batch->state.len = 0;
		engine_save_begin(r->engine, &r->batch->state);
	}
	saved = engine_save_on(r->engine, budget);
	r->preparing = saved == ENGINE_SAVED_LOST ? 0 : r->preparing + clock_now() - began;
	r->prepared = saved == ENGINE_SAVED_WHOLE;
	return r->prepared;
}

static void
take_state(struct recorder *r)
{
	int64_t began = clock_now();

	if (!r->prepared) {
		r->batch->state.len = 0;
		engine_save(r->engine, &r->batch->state);
	}
	r->took = clock_now() - began + r->preparing;
	r->state = r->batch->state.len;
	r->prepared = false;
	r->preparing = 0;
}

void
recorder_commit(struct recorder *r, int64_t out, enum recorder_end end)
{
	struct batch *b = r->batch;

	b->now = wall_now();
	b->last = end != RECORDER_GOES_ON;
	if (takes_checkpoint(r)) {
		take_state(r);
		b->checkpoint = true;
		b->ended = end == RECORDER_ENDED;
		b->out = out;
		b->total = engine_counts(r->engine, -1).rows;
		engine_mark(r->engine, r->put + 1);
	}
	r->last = clock_now();
	r->since = 0;
	if (writer_put(r->writer, b)) {
		r->batch = writer_batch(r->writer);
		r->put++;
	} else {
		lose(r);
	}
	if (r->gap > 0 && !writer_status(r->writer).failed) {
		tell_gap(r);
		wait_begins(r);
	}
}

/* --- its life --------------------------------------------------------------------------------- */

static char *
copy(const char *s)
{
	return s != NULL ? memory_text(s, strlen(s)) : NULL;
}

struct recorder *
recorder_new(struct engine *e, struct writer *w, const struct recorder_options *o)
{
	struct recorder *r = memory_zero(1, sizeof *r);
	struct listener listener = { .wants = EVENT_START | EVENT_RESUMED | EVENT_ALERT |
					      EVENT_BAD | EVENT_NOTE | EVENT_DRIFT,
		.event = on_event,
		.rows = on_rows,
		.once = true,
		.self = r };

	r->engine = e;
	r->writer = w;
	r->version = copy(o->version);
	r->command = copy(o->command);
	r->config = copy(o->config);
	r->every = o->every;
	r->resumed = o->resumed;
	r->batch = writer_batch(w);
	engine_listen(e, &listener);
	engine_hold_places(e);
	return r;
}

void
recorder_free(struct recorder *r)
{
	if (r == NULL)
		return;
	batch_free(r->batch);
	free(r->version);
	free(r->command);
	free(r->config);
	free(r);
}

void
recorder_written(struct recorder *r)
{
	engine_marks_done(r->engine, writer_status(r->writer).batches);
}

uint64_t
recorder_lost(const struct recorder *r)
{
	return r->lost;
}

int64_t
recorder_took(const struct recorder *r)
{
	return r->took;
}
