/* history_key.c - with --by another key is looked at: its lines begin with what it holds itself.
 *
 * Tracks follow one key alone, for all of them would be too many. But the windows of each key hold
 * its last rows, and KPIs their last values. */
#include <math.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/keys_view.h"
#include "data/history/history_parts.h"

enum { SEED_ROWS = 1024 };

struct seed {
	double values[SEED_ROWS];
	int64_t times[SEED_ROWS];
	int n;
};

static void
seed_read(struct seed *seed, const struct engine *e, int source, int column)
{
	uint64_t end;

	seed->n = engine_key_trend(
	    e, source, engine_key(e, source), column, seed->values, seed->times, SEED_ROWS, &end);
}

/* How many rows the fullest window of a track's column holds. */
static int
most_rows(const struct history *h, int source, struct seed *seed)
{
	int most = 0;

	for (int i = 0; i < h->ntracks; i++) {
		if (h->tracks[i].source != source || h->tracks[i].is_kpi)
			continue;
		seed_read(seed, h->engine, source, h->tracks[i].index);
		most = seed->n > most ? seed->n : most;
	}
	return most;
}

/* The n rows from `first` on, of which a column has the last ones. */
static void
fill_column(
    const struct track *t, struct lane *lane, uint64_t first, int n, const struct seed *seed)
{
	int missing = n - seed->n;

	for (int i = 0; i < n; i++) {
		uint64_t at = (first + (uint64_t)i) & ROW_MASK;

		t->values[at] = i < missing ? NAN : seed->values[i - missing];
		if (i >= missing && lane->time[at] == TIME_NONE)
			lane->time[at] = seed->times[i - missing];
	}
}

static void
fill_kpi(const struct track *t, const struct engine *e, uint64_t first, int n)
{
	for (int i = 0; i < n - 1; i++)
		t->values[(first + (uint64_t)i) & ROW_MASK] = NAN;
	t->values[(first + (uint64_t)n - 1) & ROW_MASK] =
	    engine_key_kpi(e, engine_key(e, t->source), t->index);
}

/* The row of that time; UINT64_MAX: it is not known. */
static uint64_t
row_at(const struct lane *lane, int64_t time)
{
	uint64_t row = lane->from;

	while (row < lane->end && lane->time[row & ROW_MASK] != time)
		row++;
	return row < lane->end && time != TIME_NONE ? row : UINT64_MAX;
}

static bool
is_looked_at(const struct history *h, const struct mark *m)
{
	size_t n, most = sizeof m->key - 1;
	const char *key = engine_looked(h->engine, m->source, &n);

	n = n < most ? n : most;
	return key != NULL && strlen(m->key) == n && memcmp(m->key, key, n) == 0;
}

void
lane_place_marks(struct history *h, int source)
{
	for (int i = 0; i < history_marks(h); i++) {
		struct mark *m = &h->marks[(h->nmarks - 1 - (uint64_t)i) % HISTORY_MARKS];

		if (m->source == source)
			m->row =
			    is_looked_at(h, m) ? row_at(&h->lanes[source], m->time) : UINT64_MAX;
	}
}

void
lane_begin(struct history *h, int source)
{
	const struct key_state *key = engine_key(h->engine, source);
	struct lane *lane = &h->lanes[source];
	struct seed seed;
	int n = key != NULL ? most_rows(h, source, &seed) : 0;

	lane->from = lane->low = lane->end;
	lane->begun = true;
	for (int i = 0; i < n; i++)
		lane->time[(lane->end + (uint64_t)i) & ROW_MASK] = TIME_NONE;
	for (int i = 0; i < h->ntracks && n > 0; i++) {
		const struct track *t = &h->tracks[i];

		if (t->source != source)
			continue;
		if (t->is_kpi) {
			fill_kpi(t, h->engine, lane->end, n);
			continue;
		}
		seed_read(&seed, h->engine, source, t->index);
		fill_column(t, lane, lane->end, n, &seed);
	}
	if (n > 0)
		lane->time[(lane->end + (uint64_t)n - 1) & ROW_MASK] = engine_key_time(key);
	lane->end += (uint64_t)n;
	lane->base = lane->end;
	lane->most = lane->end > lane->most ? lane->end : lane->most;
}

void
history_begin_anew(struct history *h, int source)
{
	if (source >= h->nlanes)
		return;
	h->lanes[source].looks++;
	lane_begin(h, source);
	lane_place_marks(h, source);
}
