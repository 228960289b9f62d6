/* ticks.c - silence is an event: time that passes at a live source while no row comes.
 *
 * A tick is the stamp of a key's last row and what has passed since that went: each whole second,
 * and where a duration of a rule ends. It moves windows of time, what is absent and how long a
 * condition has held, never the clock by which rows are late. Of a pipe whose rows have stamps of
 * their own there is none: what is read from one is to give the same events each time. */
#include "data/base/times/clock.h"
#include "data/base/numbers/number.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

enum {
	MISSED = 3,       /* seconds after which those that were missed are passed over */
	BUDGET = 4000000, /* ns, so that keys and signals are looked at between many keys */
	LOOKS = 64        /* keys between two looks at the clock */
};

static const int64_t STEP = TIME_SECOND;

bool
stream_has_ticks(const struct stream *s)
{
	return feed_live(s->feed) && (s->own->time < 0 || !feed_piped(s->feed));
}

static bool
is_timed(const struct alert_rule *rule)
{
	return rule->lasting.unit == SPAN_TIME || rule->keep > 0 || rule->cooldown > 0;
}

/* Does time alone change anything that is asked for? */
static bool
time_matters(const struct engine *e, const struct stream *s)
{
	bool any = plan_moves(e->query->sources[s->index].plan);

	for (int i = 0; i < e->query->nrules && !any; i++)
		any = e->query->rules[i].source == s->index && is_timed(&e->query->rules[i].rule);
	return any;
}

/* ns behind the key's last row at which the next tick is due, after the one at `after`. */
static int64_t
next_tick(const struct engine *e, const struct stream *s, const struct key_state *k, int64_t after)
{
	int64_t next = (after / STEP + 1) * STEP;
	int64_t edge = plan_edge(e->query->sources[s->index].plan, after);

	next = edge < next ? edge : next;
	for (int i = 0; i < e->nfired; i++) {
		const struct rule *r = &e->query->rules[i];

		if (r->source != s->index || !is_timed(&r->rule))
			continue;
		edge = alert_edge(&k->alerts[i], &r->rule, elapsed(-after, k->time));
		edge = edge != INT64_MAX ? elapsed(k->time, edge) : edge;
		next = edge < next ? edge : next;
	}
	return next;
}

static bool
holds(double truth)
{
	return truth != 0 && !number_missing(truth);
}

static void
judge(struct engine *e, struct stream *s, struct key_state *k, int index, int64_t time)
{
	const struct rule *r = &e->query->rules[index];
	struct alert *a = &k->alerts[index];
	bool when = holds(graph_value(k->graph, r->when));
	bool clear = r->clear >= 0 && holds(graph_value(k->graph, r->clear));
	enum alert_state was = a->state;

	if (!alert_tick(a, &r->rule, when, clear, time))
		return;
	key_states_changed(&s->states, index, was, a->state);
	if (a->state == ALERT_FIRING) {
		e->fired[index]++;
		if (r->rule.pause && e->options.pauses)
			pacer_pause(&e->pacer, true, engine_clock());
	}
	tick_tell(e, s, k, index, k->clock != NULL ? elapsed(k->clock->shift, time) : time);
}

static void
tick_key(struct engine *e, struct stream *s, struct key_state *k, int64_t since)
{
	int64_t time = elapsed(-since, k->time);

	query_move_key(e, s->index, k);
	graph_tick(k->graph, time, k->clock != NULL ? k->clock->shift : 0);
	k->ticked = since;
	for (int i = 0; i < e->nfired; i++)
		if (e->query->rules[i].source == s->index && e->query->rules[i].when >= 0)
			judge(e, s, k, i, time);
}

/* All ticks of a key that are due. Returns the clock of its next one. */
static int64_t
catch_up(struct engine *e, struct stream *s, struct key_state *k, int64_t now)
{
	int64_t since = now - k->came, next;

	if (since - k->ticked > MISSED * STEP)
		k->ticked = (since / STEP - 1) * STEP;
	next = next_tick(e, s, k, k->ticked);
	for (; next <= since; next = next_tick(e, s, k, k->ticked))
		tick_key(e, s, k, next);
	return k->came + next;
}

static void
tick_stream(struct engine *e, struct stream *s, int64_t now)
{
	int64_t until = engine_clock() + BUDGET;
	int looks = 0;

	s->tick = INT64_MAX;
	if (!time_matters(e, s))
		return;
	for (struct key_state *k = s->states.oldest; k != NULL; k = k->newer) {
		int64_t next = k->came > 0 ? catch_up(e, s, k, now) : INT64_MAX;

		s->tick = next < s->tick ? next : s->tick;
		if (++looks % LOOKS == 0 && engine_clock() > until) {
			s->tick = now; /* the others in the next slice */
			return;
		}
	}
}

int64_t
ticks_run(struct engine *e, int64_t now)
{
	int64_t wake = INT64_MAX;

	if (e->pacer.paused)
		return wake;
	for (int i = 0; i < e->nstreams; i++) {
		struct stream *s = e->streams[i];

		if (!s->silent || !stream_has_ticks(s))
			continue;
		if (s->arrived > 0 && s->arrived + s->lateness > now &&
		    s->arrived + s->lateness < wake)
			wake = s->arrived + s->lateness; /* rows held back may go */
		if (s->came == 0)
			continue;
		engine_follow(e);
		if (s->tick <= now)
			tick_stream(e, s, now);
		wake = s->tick < wake ? s->tick : wake;
	}
	return wake;
}

/* Of one key all is counted anew when it is silent; of many, which are walked through each second,
 * only what the one that had a row may have sooner. */
void
ticks_restart(struct engine *e, struct stream *s, int64_t now)
{
	int64_t next;

	s->came = s->now->came = now;
	s->now->ticked = 0;
	if (s->states.max <= 1) {
		s->tick = 0;
		return;
	}
	next = now + next_tick(e, s, s->now, 0);
	s->tick = s->tick > 0 && s->tick < next ? s->tick : next;
}
