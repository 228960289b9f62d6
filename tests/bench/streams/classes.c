/* classes.c - generated streams whose target is a class. */
#include <math.h>
#include <stdlib.h>

#include "tests/bench/streams/streams.h"

static double
between(struct rng *r, double low, double high)
{
	return low + (high - low) * rng_uniform(r);
}

static int
below(struct rng *r, int n)
{
	return (int)(rng_next(r) % (uint64_t)n);
}

/* Which of so many concepts, one after the other, row i of n is of. */
static int concept(int concepts, int i, int n)
{
	return (int)(concepts * (int64_t)i / n);
}

/* --- SEA (Street and Kim 2001): two of three features, a threshold that changes four times ------
 */

static void
sea_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	static const double theta[] = { 8, 9, 7, 9.5 };

	(void)state;
	for (int j = 0; j < 3; j++)
		s->x[j] = 10 * rng_uniform(r);
	s->y = s->x[0] + s->x[1] <= theta[concept(4, i, n)];
	if (rng_uniform(r) < 0.1)
		s->y = 1 - s->y;
}

/* The same, where the chance of the new concept grows slowly around each change. */
static void
sea_gradual_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	double spread = (rng_uniform(r) - 0.5) * n / 10;
	int at = i + (int)spread;

	sea_row(r, state, at < 0 ? 0 : at >= n ? n - 1 : at, n, s);
}

/* --- Agrawal, Imielinski and Swami (1993): people and loans, functions 1 to 3 in turn -----------
 */

static bool
agrawal_group(int function, double age, double salary, int level)
{
	int band = age < 40 ? 0 : age < 60 ? 1 : 2;
	static const double least[] = { 50000, 75000, 25000 }, most[] = { 100000, 125000, 75000 };

	if (function == 0)
		return band != 1;
	if (function == 1)
		return salary >= least[band] && salary <= most[band];
	return band == 0 ? level <= 1 : band == 1 ? level >= 1 && level <= 3 : level >= 2;
}

static void
agrawal_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	double salary = between(r, 20000, 150000), age = floor(between(r, 20, 81)), value;
	double commission = salary >= 75000 ? 0 : between(r, 10000, 75000);
	int level = below(r, 5), zip = below(r, 9);

	(void)state;
	value = (9 - zip) * 100000 * between(r, 0.5, 1.5);
	s->x[0] = salary;
	s->x[1] = commission;
	s->x[2] = age;
	s->x[3] = level;
	s->x[4] = 1 + below(r, 20);
	s->x[5] = zip;
	s->x[6] = value;
	s->x[7] = 1 + below(r, 30);
	s->x[8] = between(r, 0, 500000);
	s->y = agrawal_group(concept(3, i, n), age, salary, level);
}

/* --- rotating hyperplane (Hulten, Spencer and Domingos 2001): ten weights, of which two walk --*/

static void
hyperplane_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	double sum = 0, middle = 0;

	(void)state;
	(void)n;
	for (int j = 0; j < 10; j++) {
		double w = 0.5 + 0.1 * j + (j < 2 ? 0.001 * i * (j == 0 ? 1 : -0.3) : 0);

		s->x[j] = rng_uniform(r);
		sum += w * s->x[j];
		middle += w / 2;
	}
	s->y = sum >= middle;
	if (rng_uniform(r) < 0.05)
		s->y = 1 - s->y;
}

/* --- LED (Breiman et al. 1984): seven segments, each wrong once in ten, and 17 that say nothing */

static void
led_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	static const char *const segments[] = { "1110111", "0010010", "1011101", "1011011",
		"0111010", "1101011", "1101111", "1010010", "1111111", "1111011" };
	int digit = below(r, 10);

	(void)state;
	(void)i;
	(void)n;
	for (int j = 0; j < 7; j++)
		s->x[j] = (segments[digit][j] == '1') != (rng_uniform(r) < 0.1);
	for (int j = 7; j < 24; j++)
		s->x[j] = below(r, 2);
	s->y = digit;
}

/* --- waveform (Breiman et al. 1984): two of three triangles mixed, in noise --- */

static void
waveform_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	static const int peak[] = { 6, 14, 10 }, first[] = { 0, 0, 1 }, second[] = { 1, 2, 2 };
	double share = rng_uniform(r);
	int class = below(r, 3);

	(void)state;
	(void)i;
	(void)n;
	for (int j = 0; j < 21; j++) {
		double a = fmax(0, 6 - abs(j - peak[first[class]]));
		double b = fmax(0, 6 - abs(j - peak[second[class]]));

		s->x[j] = share * a + (1 - share) * b + rng_normal(r);
	}
	s->y = class;
}

/* --- SINE2 and MIXED (Gama et al. 2004): above or below a curve, turned round at changes --- */

static bool
below_curve(double x, double y)
{
	return y < 0.5 + 0.3 * sin(3 * acos(-1.0) * x);
}

static void
sine_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	(void)state;
	for (int j = 0; j < 4; j++) /* of which two say nothing */
		s->x[j] = rng_uniform(r);
	s->y = below_curve(s->x[0], s->x[1]) != (concept(4, i, n) % 2 == 1);
}

static void
mixed_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	(void)state;
	for (int j = 0; j < 2; j++)
		s->x[j] = below(r, 2);
	for (int j = 2; j < 4; j++)
		s->x[j] = rng_uniform(r);
	s->y =
	    (s->x[0] + s->x[1] + below_curve(s->x[2], s->x[3]) >= 2) != (concept(4, i, n) % 2 == 1);
	if (rng_uniform(r) < 0.05)
		s->y = 1 - s->y;
}

/* --- STAGGER (Schlimmer and Granger 1986): size, colour and shape, three concepts, as texts would
 * be numbered -------------------------------------------------------------------------------------
 */

static void
stagger_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	int at = concept(3, i, n), size = below(r, 3), colour = below(r, 3), shape = below(r, 3);

	(void)state;
	s->x[0] = size;
	s->x[1] = colour;
	s->x[2] = shape;
	s->y = at == 0 ? size == 0 && colour == 0 : at == 1 ? colour == 1 || shape == 0 : size > 0;
}

/* --- random RBF with drift (Bifet et al. 2009): centres of five classes that move --- */

enum { CENTRES = 50, PLACE = 10, RBF_CLASSES = 5 };

struct rbf {
	struct centre {
		double at[PLACE], to[PLACE], spread, weight;
		int class;
	} centre[CENTRES];
	double weights;
};

static void
rbf_begin(struct rng *r, struct rbf *m)
{
	for (int c = 0; c < CENTRES; c++) {
		struct centre *k = &m->centre[c];
		double sum = 0;

		for (int j = 0; j < PLACE; j++) {
			k->at[j] = rng_uniform(r);
			k->to[j] = rng_uniform(r) - 0.5;
			sum += k->to[j] * k->to[j];
		}
		for (int j = 0; j < PLACE; j++)
			k->to[j] /= sqrt(sum);
		k->spread = rng_uniform(r);
		k->weight = rng_uniform(r);
		k->class = below(r, RBF_CLASSES);
		m->weights += k->weight;
	}
}

static void
rbf_move(struct rbf *m, double speed)
{
	for (int c = 0; c < CENTRES; c++)
		for (int j = 0; j < PLACE; j++) {
			struct centre *k = &m->centre[c];

			k->at[j] += speed * k->to[j];
			if (k->at[j] < 0 || k->at[j] > 1)
				k->to[j] = -k->to[j];
		}
}

static void
rbf_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	struct rbf *m = state;
	double at, sum = 0, far;
	int c = 0;

	(void)n;
	if (i == 0)
		rbf_begin(r, m);
	rbf_move(m, 0.0001);
	for (at = m->weights * rng_uniform(r); c < CENTRES - 1 && at > m->centre[c].weight; c++)
		at -= m->centre[c].weight;
	for (int j = 0; j < PLACE; j++) {
		s->x[j] = rng_uniform(r) - 0.5;
		sum += s->x[j] * s->x[j];
	}
	far = m->centre[c].spread * rng_normal(r) / sqrt(sum);
	for (int j = 0; j < PLACE; j++)
		s->x[j] = m->centre[c].at[j] + far * s->x[j];
	s->y = m->centre[c].class;
}

/* --- a random tree (Domingos and Hulten 2000): five features of words, five of numbers --- */

enum { TREE_DEPTH = 6, TREE_NODES = 1 << TREE_DEPTH, WORDS = 5, TREE_CLASSES = 4 };

struct tree {
	int feature[TREE_NODES];
	double at[TREE_NODES]; /* of words: the one that goes left */
	int class[TREE_NODES];
};

static void
tree_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	struct tree *m = state;
	int leaf = 1;

	(void)n;
	for (int k = 0; k < TREE_NODES && i == 0; k++) {
		m->feature[k] = below(r, 10);
		m->at[k] = m->feature[k] < 5 ? below(r, WORDS) : between(r, 0.2, 0.8);
		m->class[k] = below(r, TREE_CLASSES);
	}
	for (int j = 0; j < 10; j++)
		s->x[j] = j < 5 ? below(r, WORDS) : rng_uniform(r);
	for (int depth = 0; depth < TREE_DEPTH; depth++) {
		int k = leaf % TREE_NODES, j = m->feature[k];
		bool left = j < 5 ? (int)s->x[j] == (int)m->at[k] : s->x[j] <= m->at[k];

		leaf = 2 * leaf + left;
	}
	s->y = m->class[leaf % TREE_NODES];
}

/* --- a market: is the price above its mean of the last day? Labels come in runs (as Harries 1999
 * describes of electricity), features tell the hour, the weekday, demand and what is sent --- */

enum { DAY = 48 };

struct market {
	double price[DAY], demand, surplus, level;
};

static void
market_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	struct market *m = state;
	double hour = (double)(i % DAY) / DAY, mean = 0, shape, price;
	int weekday = i / DAY % 7;

	(void)n;
	shape = sin(2 * acos(-1.0) * (hour - 0.3)) + 0.5 * sin(4 * acos(-1.0) * hour);
	m->demand = 0.97 * m->demand + 0.1 * rng_normal(r);
	m->surplus = 0.95 * m->surplus + 0.15 * rng_normal(r);
	m->level = 0.999 * m->level + 0.02 * rng_normal(r);
	price = shape * (weekday < 5 ? 1 : 0.4) + m->demand + m->level + fmax(0, m->surplus) +
		0.15 * rng_normal(r);
	for (int k = 0; k < DAY; k++)
		mean += m->price[k] / DAY;
	m->price[i % DAY] = price;
	s->x[0] = hour;
	s->x[1] = weekday;
	s->x[2] = shape * (weekday < 5 ? 1 : 0.4) + m->demand + 0.1 * rng_normal(r);
	s->x[3] = m->surplus + 0.3 * rng_normal(r);
	s->x[4] = m->level + 0.3 * rng_normal(r);
	s->y = price > mean;
}

/* --- weather: will it rain tomorrow, of four measures of a hidden state and the season --- */

struct weather {
	double front;
};

static void
weather_row(struct rng *r, void *state, int i, int n, struct stream_row *s)
{
	struct weather *m = state;
	double season = cos(2 * acos(-1.0) * i / 365.25);

	(void)n;
	m->front = 0.6 * m->front + rng_normal(r);
	s->x[0] = 12 - 10 * season + 2 * m->front + 3 * rng_normal(r);
	s->x[1] = s->x[0] - 6 + 1.5 * m->front + 2 * rng_normal(r);
	s->x[2] = 1013 - 5 * m->front + 4 * rng_normal(r);
	s->x[3] = fabs(3 + m->front + 2 * rng_normal(r));
	s->y = 0.6 * m->front + 0.8 * rng_normal(r) > 0.6 - 0.3 * season;
}

const struct stream streams_of_classes[] = {
	{ "SEA", 3, false, sea_row, 0 },
	{ "SEA, gradual", 3, false, sea_gradual_row, 0 },
	{ "Agrawal, drift", 9, false, agrawal_row, 0 },
	{ "hyperplane", 10, false, hyperplane_row, 0 },
	{ "LED", 24, false, led_row, 0 },
	{ "waveform", 21, false, waveform_row, 0 },
	{ "sine", 4, false, sine_row, 0 },
	{ "mixed", 4, false, mixed_row, 0 },
	{ "STAGGER", 3, false, stagger_row, 0 },
	{ "moving RBF", PLACE, false, rbf_row, sizeof(struct rbf) },
	{ "random tree", 10, false, tree_row, sizeof(struct tree) },
	{ "market", 5, false, market_row, sizeof(struct market) },
	{ "weather", 4, false, weather_row, sizeof(struct weather) },
	{ 0 },
};
