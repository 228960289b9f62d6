/* history_back.c - what is kept of the rows goes back with the engine: rows behind the place are
 * forgotten, and those before it that had been pushed out come from the rings, which are longer
 * than what is shown. */
#include <string.h>

#include "data/history/history_parts.h"

static void
save_mark(const struct mark *m, struct buffer *out)
{
	buffer_u32(out, (uint32_t)m->type);
	buffer_u32(out, (uint32_t)m->source);
	buffer_u32(out, (uint32_t)m->state);
	buffer_u64(out, m->row);
	buffer_u64(out, m->number);
	buffer_i64(out, m->time);
	buffer_double(out, m->value);
	buffer_text(out, m->what, strlen(m->what));
	buffer_text(out, m->key, strlen(m->key));
	buffer_u32(out, m->seen);
}

void
history_save(const void *self, struct buffer *out)
{
	const struct history *h = self;

	buffer_u32(out, (uint32_t)h->nlanes);
	for (int i = 0; i < h->nlanes; i++) {
		const struct lane *lane = &h->lanes[i];

		buffer_u64(out, lane->end);
		buffer_u64(out, lane->from);
		buffer_u32(out, lane->looks);
		buffer_u64(out, lane->raw_end);
	}
	buffer_u64(out, h->nmarks);
	buffer_u32(out, (uint32_t)history_marks(h));
	for (int i = history_marks(h) - 1; i >= 0; i--)
		save_mark(history_mark(h, i), out);
}

struct place { /* of a lane */
	uint64_t end, from, raw_end;
	uint32_t looks;
};

static int
read_place(struct reader *in, struct place *p)
{
	return reader_u64(in, &p->end) != 0 || reader_u64(in, &p->from) != 0 ||
		       reader_u32(in, &p->looks) != 0 || reader_u64(in, &p->raw_end) != 0
		   ? -1
		   : 0;
}

/* Is all there of the last `shown` rows before end, of a ring of twice as many? What lies beyond
 * the last row since it was begun anew is not there. */
static bool
is_whole(uint64_t end, uint64_t most, uint64_t low, uint64_t shown)
{
	uint64_t first = end > shown ? end - shown : 0;

	return end <= most && first >= low && first + 2 * shown >= most;
}

static bool
lane_holds(const struct lane *lane, const struct place *p)
{
	return p->looks == lane->looks && is_whole(p->end, lane->most, lane->low, HISTORY_ROWS) &&
	       (lane->raw == NULL ||
		   is_whole(p->raw_end, lane->raw_most, lane->raw_low, (uint64_t)lane->nraw));
}

bool
history_holds(const void *self, struct reader in)
{
	const struct history *h = self;
	uint32_t n;

	if (reader_u32(&in, &n) != 0)
		return false;
	for (uint32_t i = 0; i < n && i < (uint32_t)h->nlanes; i++) {
		struct place p;

		if (read_place(&in, &p) != 0 || !lane_holds(&h->lanes[i], &p))
			return false;
	}
	return true;
}

/* Where not all is held, nothing is: the rows that go again begin it anew. So it is where another
 * key was looked at then. */
static void
lane_go_back(struct history *h, int source, const struct place *p)
{
	struct lane *lane = &h->lanes[source];

	if (!is_whole(p->end, lane->most, lane->low, HISTORY_ROWS)) {
		lane->low = p->end;
		lane->most = p->end;
	}
	if (lane->raw != NULL &&
	    !is_whole(p->raw_end, lane->raw_most, lane->raw_low, (uint64_t)lane->nraw)) {
		lane->raw_low = p->raw_end;
		lane->raw_most = p->raw_end;
	}
	lane->begun = false;
	lane->end = lane->base = p->end;
	lane->from = p->from;
	lane->raw_end = p->raw_end;
	if (p->looks != lane->looks)
		lane_begin(h, source);
}

/* The rule of that name now; -1: there is none any more. */
static int
rule_named(const struct engine *e, const char *name)
{
	for (int i = 0; i < engine_rules(e); i++)
		if (strncmp(engine_rule(e, i)->name, name, sizeof((struct mark *)0)->what - 1) == 0)
			return i;
	return -1;
}

static int
read_word(struct reader *in, char *to, size_t size)
{
	const char *s;
	size_t n;

	if (reader_text(in, &s, &n) != 0 || n >= size)
		return -1;
	memcpy(to, s, n);
	to[n] = '\0';
	return 0;
}

static int
read_mark(const struct history *h, struct reader *in, struct mark *m)
{
	uint32_t type, source, state, seen;

	*m = (struct mark){ .rule = -1 };
	if (reader_u32(in, &type) != 0 || reader_u32(in, &source) != 0 ||
	    reader_u32(in, &state) != 0 || reader_u64(in, &m->row) != 0 ||
	    reader_u64(in, &m->number) != 0 || reader_i64(in, &m->time) != 0 ||
	    reader_double(in, &m->value) != 0 || read_word(in, m->what, sizeof m->what) != 0 ||
	    read_word(in, m->key, sizeof m->key) != 0 || reader_below(in, 1, &seen) != 0)
		return -1;
	m->type = (enum event_type)type;
	m->source = (int)source;
	m->state = (enum alert_state)state;
	m->seen = seen;
	if (m->type == EVENT_ALERT)
		m->rule = rule_named(h->engine, m->what);
	return 0;
}

static int
read_marks(struct history *h, struct reader *in)
{
	uint64_t made;
	uint32_t n;

	if (reader_u64(in, &made) != 0 || reader_below(in, HISTORY_MARKS, &n) != 0 || n > made)
		return -1;
	h->nmarks = made - n;
	for (uint32_t i = 0; i < n; i++) {
		struct mark m;

		if (read_mark(h, in, &m) != 0)
			return -1;
		if (m.type != EVENT_ALERT || m.rule >= 0)
			h->marks[h->nmarks++ % HISTORY_MARKS] = m;
	}
	return 0;
}

int
history_go_back(void *self, struct reader *in)
{
	struct history *h = self;
	uint32_t n;

	if (reader_u32(in, &n) != 0)
		return -1;
	for (uint32_t i = 0; i < n; i++) {
		struct place p;

		if (read_place(in, &p) != 0 || i >= (uint32_t)h->nlanes)
			return -1;
		lane_go_back(h, (int)i, &p);
	}
	for (int i = (int)n; i < h->nlanes; i++)
		lane_go_back(h, i, &(struct place){ .looks = h->lanes[i].looks });
	if (read_marks(h, in) != 0)
		return -1;
	for (int i = 0; i < h->nlanes; i++)
		if (h->lanes[i].begun)
			lane_place_marks(h, i);
	return 0;
}
