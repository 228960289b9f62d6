/* numbers.c - generated streams whose target is a number. */
#include <math.h>
#include <stdlib.h>

#include "tests/bench/streams/streams.h"

/* --- Friedman (1991), and with places of the features exchanged halfway (Ikonomovska 2011) ----*/

static double
friedman(const double *x, const int *at)
{
	return 10 * sin(acos(-1.0) * x[at[0]] * x[at[1]]) +
	       20 * (x[at[2]] - 0.5) * (x[at[2]] - 0.5) + 10 * x[at[3]] + 5 * x[at[4]];
}

static void
friedman_places(struct rng *r, struct stream_row *s, const int *at)
{
	for (int j = 0; j < 10; j++)
		s->x[j] = rng_uniform(r);
	s->y = friedman(s->x, at) + rng_normal(r);
}

static const int usual[] = { 0, 1, 2, 3, 4 }, exchanged[] = { 3, 4, 0, 1, 2 };

static void
friedman_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	(void)state;
	(void)i;
	(void)n;
	friedman_places(r, s, usual);
}

static void
friedman_drift_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	(void)state;
	friedman_places(r, s, i < n / 2 ? usual : exchanged);
}

/* A wild target once in a thousand rows. */
static void
friedman_wild_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	friedman_row(r, state, i, n, s);
	if (i % 1000 == 500)
		s->y = 1e9;
}

/* --- two planes (Breiman et al. 1984): the first feature says which of them counts --- */

static void
planes_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	(void)state;
	(void)i;
	(void)n;
	s->x[0] = rng_next(r) % 2 == 0 ? 1 : -1;
	for (int j = 1; j < 10; j++)
		s->x[j] = (double)(rng_next(r) % 3) - 1;
	if (s->x[0] > 0)
		s->y = 3 + 3 * s->x[1] + 2 * s->x[2] + s->x[3];
	else
		s->y = -3 + 3 * s->x[4] + 2 * s->x[5] + s->x[6];
	s->y += rng_normal(r);
}

/* --- hires of bicycles an hour: hour, kind of day and weather multiply, and the trade grows --- */

struct hires {
	double warm, wet, fashion;
};

static void
hires_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	struct hires *m = state;
	int hour = i % 24, day = i / 24 % 7;
	double season = cos(2 * acos(-1.0) * i / 8766), rush, mean;

	m->warm = 0.99 * m->warm + 0.15 * rng_normal(r);
	m->wet = 0.95 * m->wet + 0.3 * rng_normal(r);
	m->fashion = 0.98 * m->fashion + 0.05 * rng_normal(r);
	rush = day < 5 ? exp(-0.5 * pow((hour - 8) / 1.5, 2)) + exp(-0.5 * pow((hour - 18) / 2, 2))
		       : 0.9 * exp(-0.5 * pow((hour - 14) / 4.0, 2));
	mean = (20 + 400 * rush) * (1 + (double)i / n) *
	       exp(0.3 * m->warm - 0.5 * season - (m->wet > 1 ? 0.8 : 0) + m->fashion);
	s->x[0] = hour;
	s->x[1] = day;
	s->x[2] = 15 - 10 * season + 5 * m->warm;
	s->x[3] = m->wet > 1;
	s->x[4] = 60 + 15 * m->wet + 5 * rng_normal(r);
	s->x[5] = floor(i / 730.5);
	s->y = floor(fmax(0, mean + sqrt(mean) * rng_normal(r)));
}

const struct stream streams_of_numbers[] = {
	{ "Friedman", 10, true, friedman_row, 0 },
	{ "Friedman, drift", 10, true, friedman_drift_row, 0 },
	{ "Friedman, wild", 10, true, friedman_wild_row, 0 },
	{ "two planes", 10, true, planes_row, 0 },
	{ "hires", 6, true, hires_row, sizeof(struct hires) },
	{ 0 },
};

struct stream_row *
stream_rows(const struct stream *g, int n, int seed)
{
	struct stream_row *rows = calloc((size_t)n, sizeof *rows);
	void *state = calloc(1, g->state + 1);
	struct rng r = { (uint64_t)seed };

	for (int i = 0; i < n && rows != NULL && state != NULL; i++)
		g->row(&r, state, i, n, &rows[i]);
	free(state);
	return rows;
}
