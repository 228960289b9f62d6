/* health.c - how the program itself is. */
#include "app/run/health.h"

#include <math.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "app/run/session_parts.h"
#include "app/run/session_store.h"
#include "data/base/clock.h"
#include "data/base/times.h"
#include "data/engine/engine_view.h"

static double
since(int64_t wall)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return elapsed_seconds(wall, (int64_t)t.tv_sec * TIME_SECOND + t.tv_nsec);
}

static uint64_t
resident(void)
{
	unsigned long all, pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (f != NULL && fscanf(f, "%lu %lu", &all, &pages) != 2)
		pages = 0;
	if (f != NULL)
		fclose(f);
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* Of the live source that is furthest behind. */
static double
lag_of(const struct engine *e)
{
	double lag = NAN;

	for (int i = 0; i < engine_sources(e); i++) {
		const struct schema *schema = engine_schema(e, i);
		struct progress p;

		if (schema == NULL || !schema->stamps_tell || engine_repeats(e, i))
			continue;
		p = engine_progress(e, i);
		if (p.time != TIME_NONE && !(lag >= since(p.time)))
			lag = since(p.time);
	}
	return lag;
}

struct health
session_health(const struct session *s)
{
	struct counts counts = engine_counts(s->engine, -1);
	struct health h = { .rows = counts.rows,
		.bad = counts.bad,
		.late = counts.late,
		.dropped = counts.dropped,
		.lag = lag_of(s->engine),
		.checkpoint = NAN,
		.memory = resident(),
		.back = engine_kept_bytes(s->engine),
		.held = s->events != NULL ? s->file.text.len : 0 };
	struct writer_status status;

	h.recording = session_store_status(s, &status, &h.lost);
	if (!h.recording)
		return h;
	h.failed = status.failed;
	h.recorded = status.rows;
	h.waiting = status.waiting;
	h.store = (uint64_t)status.bytes;
	if (status.saved > 0)
		h.checkpoint = since(status.saved);
	return h;
}

static void
add_count(struct text *out, const char *before, uint64_t n, const char *after)
{
	text_add(out, before);
	text_count(out, n);
	text_add(out, after);
}

static void
add_store(const struct health *h, struct text *out)
{
	add_count(out, "; recorded ", h->recorded, h->failed ? ", and now the disk fails" : "");
	if (h->lost > 0)
		add_count(out, ", ", h->lost, " lost");
	if (h->waiting > 0)
		add_count(out, ", ", h->waiting, " commits waiting");
	if (!isnan(h->checkpoint))
		text_addf(out, ", checkpoint %.1f s ago", h->checkpoint);
	text_add(out, ", store ");
	text_size(out, h->store);
}

void
health_print(const struct health *h, uint64_t frames, uint64_t skipped, struct text *out)
{
	add_count(out, "rows ", h->rows, "");
	add_count(out, ", bad ", h->bad, "");
	add_count(out, ", late ", h->late, "");
	add_count(out, ", dropped ", h->dropped, "");
	if (!isnan(h->lag))
		text_addf(out, ", lag %.1f s", h->lag);
	if (h->recording)
		add_store(h, out);
	text_add(out, "; memory ");
	text_size(out, h->memory);
	if (h->back > 0) {
		text_add(out, ", ");
		text_size(out, h->back);
		text_add(out, " of it to go back");
	}
	if (h->held > 0) {
		text_add(out, ", ");
		text_size(out, h->held);
		text_add(out, " of events to be written");
	}
	if (frames > 0)
		add_count(out, "; frames ", frames, "");
	if (frames > 0)
		add_count(out, ", skipped ", skipped, "");
}
