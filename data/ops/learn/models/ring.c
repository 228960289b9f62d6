/* ring.c - the last rows, and those nearest to one.
 *
 * Rows stand in blocks of eight, feature by feature, so that eight distances are added at a time.
 * One scan from the newest to the oldest answers for three lengths of memory. */
#include "data/ops/learn/models/ring.h"

#include <string.h>

enum { SIXTEENTH_LEAST = 40, QUARTER_LEAST = 80 };

void
ring_fields(struct ring *r, struct fields *f)
{
	size_t cap = (size_t)r->cap;

	fields_u64(f, &r->n);
	fields_floats(f, &r->x, cap * (size_t)r->d);
	fields_floats(f, &r->tag, cap);
	fields_floats(f, &r->w, (size_t)r->d);
	fields_double(f, &r->tag_weight);
}

int
ring_rows(const struct ring *r)
{
	return r->n < (uint64_t)r->cap ? (int)r->n : r->cap;
}

int
ring_push(struct ring *r, const float *x, float tag)
{
	int row = (int)(r->n % (uint64_t)r->cap);
	float *block = r->x + (size_t)(row / RING_BLOCK) * (size_t)r->d * RING_BLOCK;

	for (int j = 0; j < r->d; j++)
		block[j * RING_BLOCK + row % RING_BLOCK] = x[j];
	r->tag[row] = tag;
	r->n++;
	return row;
}

static void
block_distances(const struct ring *r, int block, const float *x, float *restrict sum)
{
	const float *rows = r->x + (size_t)block * (size_t)r->d * RING_BLOCK;
	float total[RING_BLOCK] = { 0 };

	for (int j = 0; j < r->d; j++, rows += RING_BLOCK) {
		float w = r->w[j], at = x[j];

		for (int i = 0; i < RING_BLOCK; i++) {
			float e = rows[i] - at;

			total[i] += w * e * e;
		}
	}
	memcpy(sum, total, sizeof total);
}

static void
keep(struct near *near, float distance, int row)
{
	int at;

	if (near->n == RING_NEAREST && !(distance < near->distance[RING_NEAREST - 1]))
		return;
	at = near->n < RING_NEAREST ? near->n++ : RING_NEAREST - 1;
	for (; at > 0 && distance < near->distance[at - 1]; at--) {
		near->distance[at] = near->distance[at - 1];
		near->row[at] = near->row[at - 1];
	}
	near->distance[at] = distance;
	near->row[at] = row;
}

/* Most blocks have no row that is nearer than all ten so far. */
static bool
any_nearer(const struct near *near, const float *sum)
{
	int nearer = 0;

	if (near->n < RING_NEAREST)
		return true;
	for (int i = 0; i < RING_BLOCK; i++)
		nearer += sum[i] < near->distance[RING_NEAREST - 1];
	return nearer > 0;
}

/* So many rows of a block, the newest first. A tag only adds to a distance. */
static void
keep_block(
    const struct ring *r, struct near *near, const float *sum, float tag, int newest, int rows)
{
	if (!any_nearer(near, sum))
		return;
	for (int row = newest; row > newest - rows; row--) {
		float distance = sum[row % RING_BLOCK];

		if (near->n == RING_NEAREST && !(distance < near->distance[RING_NEAREST - 1]))
			continue;
		if (r->tag[row] < tag || r->tag[row] > tag)
			distance += (float)r->tag_weight;
		keep(near, distance, row);
	}
}

static int
at_least(int n, int least, int most)
{
	n = n > least ? n : least;
	return n < most ? n : most;
}

void
ring_search(const struct ring *r, const float *x, float tag, struct near found[RING_WINDOWS])
{
	int n = ring_rows(r), seen = 0, window = 0, newest;
	int until[RING_WINDOWS] = { at_least(n / 16, SIXTEENTH_LEAST, n),
		at_least(n / 4, QUARTER_LEAST, n), n };
	struct near near = { 0 };

	memset(found, 0, RING_WINDOWS * sizeof *found);
	newest = n > 0 ? (int)((r->n - 1) % (uint64_t)r->cap) : 0;
	while (seen < n) {
		int block = newest / RING_BLOCK, rows = newest - block * RING_BLOCK + 1;
		float sum[RING_BLOCK];

		rows = rows < n - seen ? rows : n - seen;
		block_distances(r, block, x, sum);
		keep_block(r, &near, sum, tag, newest, rows);
		newest -= rows;
		seen += rows;
		if (newest < 0)
			newest = n - 1;
		while (window < RING_WINDOWS && seen >= until[window])
			found[window++] = near;
	}
}
