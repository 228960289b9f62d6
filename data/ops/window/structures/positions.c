/* positions.c - the sum of c log2 c, estimated from a sample of positions.
 *
 * With f(c) = c log2 c, the sum over all values of f(c) is the sum over all n positions of
 * f(r) - f(r - 1), where r is how often the value there comes from that position to the end: it
 * telescopes. So n times the mean over a random sample of positions estimates it without bias, and
 * since the terms grow as log2 r alone, POSITIONS of them do for any counts, many or few, even or
 * skewed (Alon, Matias and Szegedy 1999; for entropy Chakrabarti, Cormode and McGregor
 * 2007). As long as all positions are in the sample it is exact.
 *
 * The sample is a reservoir: the n-th value takes a place in it with probability POSITIONS / n.
 * Which is drawn from n itself, so that it depends on the values alone. Working out the mean takes
 * long; it is done each time n has grown by 1 / STEPS. */
#include "data/ops/window/structures/positions.h"

#include <math.h>
#include <stdlib.h>

#include "data/base/error.h"

enum { STEPS = 128 };

static double
f(double c)
{
	return c > 1 ? c * log2(c) : 0;
}

static void
work_out(struct positions *p)
{
	size_t used = p->now.n < POSITIONS ? (size_t)p->now.n : POSITIONS;
	double sum = 0;

	for (size_t i = 0; i < used; i++) {
		double r = (double)(p->tally.entries[p->at[i].entry].count - p->at[i].before);

		if (r > 1)
			sum += f(r) - f(r - 1);
	}
	p->now.mean = sum / (double)used;
	p->now.due = p->now.n + 1 + p->now.n / STEPS;
}

static void
leave(struct positions *p, size_t place)
{
	struct entry *e = &p->tally.entries[p->at[place].entry];

	if (--e->spare > 0)
		return;
	e->count = 1;
	tally_drop(&p->tally, e);
}

/* e: of the value that has just come, already counted; NULL: it has none yet. */
static void
enter(struct positions *p, size_t place, double key, struct entry *e)
{
	if (e == NULL)
		e = tally_add(&p->tally, key);
	e->spare++;
	p->at[place].entry = (uint32_t)(e - p->tally.entries);
	p->at[place].before = e->count - 1;
}

void
positions_add(struct positions *p, double key)
{
	struct entry *e = tally_find(&p->tally, key);
	uint64_t n = ++p->now.n, place = n - 1;

	if (p->at == NULL)
		p->at = memory_zero(POSITIONS, sizeof *p->at);
	if (e != NULL)
		e->count++;
	if (n > POSITIONS) { /* the half keeps its draws apart from the places of keys */
		place = tally_hash((double)n + 0.5) % n;
		if (place < POSITIONS) {
			leave(p, (size_t)place);
			e = tally_find(&p->tally, key);
		}
	}
	if (place < POSITIONS)
		enter(p, (size_t)place, key, e);
	if (n >= p->now.due)
		work_out(p);
}

double
positions_sum(const struct positions *p)
{
	return (double)p->now.n * p->now.mean;
}

void
positions_done(struct positions *p)
{
	tally_done(&p->tally);
	free(p->at);
	*p = (struct positions){ 0 };
}

void
positions_save(const struct positions *p, struct buffer *b)
{
	buffer_put(b, &p->now, sizeof p->now);
	tally_save(&p->tally, b);
	for (size_t i = 0; i < POSITIONS && i < p->now.n; i++) {
		const struct entry *e = &p->tally.entries[p->at[i].entry];

		buffer_put(b, &e->key, sizeof e->key);
		buffer_u64(b, p->at[i].before);
	}
}

/* Each entry stands at as many positions as it says, and each is used. */
static bool
spares_right(const struct positions *p)
{
	size_t used = p->now.n < POSITIONS ? (size_t)p->now.n : POSITIONS, all = 0;
	uint32_t *spare = memory_zero(p->tally.used, sizeof *spare);
	bool right = true;

	for (size_t i = 0; i < used; i++)
		spare[p->at[i].entry]++;
	for (size_t i = 0; i < p->tally.used; i++) {
		right = right && spare[i] > 0 && spare[i] == p->tally.entries[i].spare;
		all += spare[i];
	}
	free(spare);
	return right && all == used;
}

int
positions_load(struct positions *p, struct reader *r)
{
	positions_done(p);
	if (reader_get(r, &p->now, sizeof p->now) < 0 || tally_load(&p->tally, r) < 0)
		return -1;
	p->at = memory_zero(POSITIONS, sizeof *p->at);
	for (size_t i = 0; i < POSITIONS && i < p->now.n; i++) {
		const struct entry *e;
		double key;

		if (reader_get(r, &key, sizeof key) < 0 || reader_u64(r, &p->at[i].before) < 0 ||
		    (e = tally_find(&p->tally, key)) == NULL || e->count <= p->at[i].before)
			return -1;
		p->at[i].entry = (uint32_t)(e - p->tally.entries);
	}
	return spares_right(p) ? 0 : -1;
}

size_t
positions_held(const struct positions *p)
{
	return tally_held(&p->tally) + (p->at != NULL ? POSITIONS * sizeof *p->at : 0);
}
