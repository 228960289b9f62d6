/* health.c - how the program itself is, in numbers: rows, queues, what is recorded, memory by part,
 * frames. */
#include "app/run/health.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/run/session_parts.h"
#include "app/run/session_store.h"
#include "data/base/times/clock.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"

static double
since(int64_t wall)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return elapsed_seconds(wall, (int64_t)t.tv_sec * TIME_SECOND + t.tv_nsec);
}

static double
resident(void)
{
	unsigned long all, pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (f != NULL && fscanf(f, "%lu %lu", &all, &pages) != 2)
		pages = 0;
	if (f != NULL)
		fclose(f);
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
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

/* --- the groups ------------------------------------------------------------------------------- */

struct list {
	struct metric *at;
	int n;
};

static struct metric *
add(struct list *l, const char *name, enum metric_unit unit, double value)
{
	struct metric *m = &l->at[l->n++];

	*m = (struct metric){ .name = name, .unit = unit, .value = value };
	if (l->n > 1)
		m->group = m[-1].group;
	return m;
}

static void
tell(struct metric *m, const char *id, const char *label, const char *help)
{
	m->id = id;
	m->label = label;
	m->help = help;
	m->counter = strstr(id, "_total") != NULL;
}

/* What is counted by source is told to other programs so, see metrics.c. */
static void
add_rows(struct list *l, const struct engine *e)
{
	struct counts c = { 0 };
	double lag = NAN, keys = 0;

	if (engine_state(e) != ENGINE_OPENING) {
		c = engine_counts(e, -1);
		lag = lag_of(e);
		keys = (double)engine_keys_of_all(e);
	}
	add(l, "gone", METRIC_COUNT, (double)c.rows)->group = "rows";
	add(l, "bad", METRIC_COUNT, (double)c.bad);
	add(l, "late", METRIC_COUNT, (double)c.late);
	add(l, "dropped", METRIC_COUNT, (double)c.dropped);
	tell(add(l, "behind the clock", METRIC_SECONDS, lag), "weir_lag_seconds", NULL,
	    "How far the last row of a live source lies back.");
	tell(add(l, "keys", METRIC_COUNT, keys), "weir_keys", NULL, "Keys that have a state.");
}

static void
add_queue(struct list *l, const char *name, const char *label, double n)
{
	tell(add(l, name, METRIC_COUNT, n), "weir_queue_length", label,
	    "What waits, by where: rows to be put in order, commits to be written, actions.");
}

static void
add_queues(struct list *l, const struct session *s, const struct writer_status *w)
{
	add_queue(l, "rows to be put in order", "queue=\"order\"", (double)engine_held(s->engine));
	l->at[l->n - 1].group = "waiting";
	if (w != NULL)
		add_queue(l, "commits", "queue=\"store\"", (double)w->waiting);
	add_queue(l, "actions", "queue=\"actions\"", session_actions_waiting(s));
	tell(add(l, "events", METRIC_BYTES, s->events != NULL ? (double)s->file.text.len : 0),
	    "weir_events_held_bytes", NULL, "Events that are not yet written out.");
}

static void
add_recording(struct list *l, const struct session *s, const struct writer_status *w)
{
	add(l, "rows", METRIC_COUNT, (double)w->rows)->group = "recording";
	tell(&l->at[l->n - 1], "weir_recorded_rows_total", NULL, "Rows that the store has.");
	tell(add(l, "rows lost", METRIC_COUNT, (double)session_store_lost(s)),
	    "weir_recording_lost_rows_total", NULL, "Rows that it has not: the disk failed.");
	tell(add(l, "the disk fails", METRIC_FLAG, w->failed), "weir_recording_failed", NULL,
	    "Whether the disk is full, or fails.");
	tell(add(l, "last checkpoint", METRIC_SECONDS, w->saved > 0 ? since(w->saved) : NAN),
	    "weir_checkpoint_age_seconds", NULL, "Since the last checkpoint.");
	tell(add(l, "... took", METRIC_SECONDS, session_store_took(s)), "weir_checkpoint_seconds",
	    NULL, "What the last checkpoint took of the loop, all its slices.");
	tell(add(l, "store", METRIC_BYTES, (double)w->bytes), "weir_store_bytes", NULL,
	    "The file of the store.");
}

static double
add_part(struct list *l, const char *name, const char *label, double bytes)
{
	tell(add(l, name, METRIC_BYTES, bytes), "weir_memory_bytes", label,
	    "Memory by what it is for; states is what keys, KPIs and rules hold.");
	return bytes;
}

/* What no part tells are programs, libraries, blocks of rows on their way, and the screen. */
static void
add_memory(struct list *l, const struct session *s, const struct writer_status *w)
{
	double all = resident(), told = 0;

	add(l, "in all", METRIC_BYTES, all)->group = "memory";
	tell(&l->at[l->n - 1], "process_resident_memory_bytes", NULL, "Memory that is held.");
	told += add_part(l, "states", "part=\"states\"", (double)engine_state_bytes(s->engine));
	told += add_part(l, "to go back", "part=\"back\"", (double)engine_kept_bytes(s->engine));
	if (s->history != NULL)
		told += add_part(l, "charts", "part=\"charts\"", (double)history_bytes(s->history));
	if (w != NULL)
		told += add_part(l, "recording", "part=\"recording\"", (double)w->memory);
	add_part(l, "the rest", "part=\"rest\"", all > told ? all - told : 0);
}

static void
add_frames(struct list *l, const struct session *s)
{
	struct face_frames f = { 0 };

	if (s->face.frames == NULL)
		return;
	s->face.frames(s->face.self, &f);
	tell(add(l, "shown", METRIC_COUNT, (double)f.shown), "weir_frames_total", NULL,
	    "Frames that the terminal was sent.");
	l->at[l->n - 1].group = "frames";
	tell(add(l, "skipped", METRIC_COUNT, (double)f.skipped), "weir_frames_skipped_total", NULL,
	    "Frames that were left out: the terminal was busy, or the ceiling was reached.");
	tell(add(l, "bytes", METRIC_BYTES, (double)f.bytes), "weir_screen_bytes_total", NULL,
	    "Bytes that the terminal was sent.");
}

int
session_health(const struct session *s, struct metric metrics[HEALTH_METRICS])
{
	struct list l = { metrics, 0 };
	struct writer_status status;
	bool recording = session_store_status(s, &status);
	const struct writer_status *w = recording ? &status : NULL;

	add_rows(&l, s->engine);
	add_queues(&l, s, w);
	if (recording)
		add_recording(&l, s, w);
	add_memory(&l, s, w);
	add_frames(&l, s);
	return l.n;
}
